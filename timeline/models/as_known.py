"""An event as it was known on a day: what a query adds to its row, and what is told of it."""

import datetime as dt
from typing import TYPE_CHECKING

from timeline.models.derived import precision_of, words_of
from timeline.models.vocabulary import PLANS, Stance, Status

if TYPE_CHECKING:
    from timeline.models.actors import Place
    from timeline.models.participations import Participation
    from timeline.models.quotes import Quote
    from timeline.models.reports import Report


class AsKnown:
    """The attributes of events that come from `EventQuerySet.as_known_on` and `with_details`.

    They are declared, not stored: an event that comes from elsewhere raises AttributeError for
    them. Annotations on a base class are what both Django and django-stubs take as they are. A
    proxy model would put a second name into migrations, permissions and content types, while every
    relation still returned an Event; `WithAnnotations` of django-stubs has no room for properties,
    and none for what `Prefetch(to_attr=…)` sets.
    """

    # as_known_on: what readers are shown on the day in view
    shown_title: str
    shown_edtf: str
    shown_earliest: dt.date | None
    shown_latest: dt.date | None
    shown_status: str
    shown_place_id: int | None
    shown_day: dt.date | None  # for the order of a list
    is_told: bool  # no later report is still to change the story
    is_undated: bool
    is_unresolved: bool  # its window is over, and no outcome is reported
    is_ahead: bool  # its window is not over, or it was called off before it came

    # with_details: what readers may read of it
    known_reports: "list[Report]"
    known_quotes: "list[Quote]"
    shown_participations: "list[Participation]"

    # matching: the reports whose words stand for the event's
    first_reports: "list[Report]"
    latest_reports: "list[Report]"

    # of the event itself
    summary: str
    place: "Place | None"

    @property
    def marker(self) -> str:
        """The shape that stands for the event: its shown status, or `unresolved`."""
        return "unresolved" if self.is_unresolved else self.shown_status

    @property
    def shown_status_words(self) -> str:
        """The shown status in a reader's words."""
        return "Outcome not reported" if self.is_unresolved else Status(self.shown_status).label

    @property
    def shown_date_words(self) -> str:
        """The shown date in a reader's words."""
        return words_of(self.shown_edtf)

    @property
    def shown_precision(self) -> str:
        """How exact the shown date is, in a reader's words."""
        return precision_of(self.shown_edtf)

    @property
    def shown_summary(self) -> str:
        """The summary, once it gives nothing away."""
        return self.summary if self.is_told else ""

    @property
    def shown_place(self) -> "Place | None":
        """The place, once a known report has named it."""
        return self.place if self.shown_place_id else None

    @property
    def plan_steps(self) -> "list[Report]":
        """The known reports that changed date or status, if a plan was among them.

        Recollections change nothing and are left out; so is a report that repeats the last one.
        """
        steps: list[Report] = []
        for report in self.known_reports:
            if report.stance == Stance.RECALLS:
                continue
            if not steps or (steps[-1].edtf, steps[-1].status) != (report.edtf, report.status):
                steps.append(report)
        is_plan = any(step.status in (*PLANS, Status.CANCELLED) for step in steps)
        return steps if len(steps) > 1 and is_plan else []
