"""One event: its plan and outcome, its evidence, its quotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from timeline.models import Correction, Event, Timeline
from timeline.models.articles import local_day
from timeline.models.events import EventQuerySet
from timeline.presenters.page import DayPage
from timeline.selection import EventForm, Results, Selection

# How many events before and after this one the page names.
NEIGHBOURS = 2


@dataclass(frozen=True)
class EventPage(DayPage):
    """A published event as known on the day in view."""

    stored: Event
    form: EventForm

    @property
    def timeline(self) -> Timeline | None:
        """The timeline that led here, else the first that the event stands in."""
        return self.form.chosen

    @property
    def others(self) -> list[Timeline]:
        """The other timelines that the event stands in."""
        return [one for one in self.form.timelines if one != self.timeline]

    @cached_property
    def event(self) -> Event | None:
        """The event with its details; None where nothing had been reported of it."""
        known = self._events.filter(pk=self.stored.pk)
        found = known.with_details(self.known, self.day.zone).first()
        if found:
            prefetch_related_objects(found.known_quotes, "speaker__roles")
        return found

    @cached_property
    def whole(self) -> Event | None:
        """The event that this one is part of."""
        return self._events.filter(pk=self.stored.part_of_id).first()

    @cached_property
    def parts(self) -> Iterable[Event]:
        """The events that are part of this one."""
        return self._events.filter(part_of=self.stored.pk).order_by("shown_day", "pk")

    @cached_property
    def neighbours(self) -> list[Event]:
        """The events that stand before and after this one on the timeline, itself among them."""
        if not self.timeline:
            return []
        results = Results(Selection(self.timeline, known=self.known))
        return results.around(self.stored.pk, NEIGHBOURS)

    @property
    def corrections(self) -> list[Correction]:
        """What readers are told of changes, up to the day in view."""
        notes = self.stored.corrections.all()
        zone = self.day.zone
        return [
            one for one in notes if not self.known or local_day(one.made_at, zone) <= self.known
        ]

    @property
    def _events(self) -> EventQuerySet:
        return Event.objects.public().as_known_on(self.known, self.day.zone)
