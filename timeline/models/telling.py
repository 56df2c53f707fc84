"""How an event follows its reports: what is taken over from them, told again and written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from timeline.models.derived import Dated
from timeline.models.history import acted
from timeline.models.log import record
from timeline.models.publishable import Publishable
from timeline.models.told import GIVEN_BY, may_give, passed, set_by_hand, told
from timeline.models.vocabulary import Stance, Status

if TYPE_CHECKING:
    from timeline.models.reports import Report, ReportQuerySet


class Telling(Publishable, Dated):
    """An event's own memory of its date and status, and the one way in which both change."""

    if TYPE_CHECKING:
        reports: ReportQuerySet

    status = models.CharField(max_length=20, choices=Status)
    # What an editor has set, by column (`timeline.models.told`); without reports the columns say it
    own = models.JSONField(default=dict, blank=True, editable=False)
    # What the suggestion stated that it was made of; told, to the desk, while no report gives
    # anything. Empty where an editor made the event.
    made_as = models.JSONField(default=dict, blank=True, editable=False)

    class Meta(Publishable.Meta, Dated.Meta):
        abstract = True

    @acted
    def follow(self, report: "Report", by: User) -> None:
        """Take over what a report states, and write it.

        On a public event a report that waits to be published changes nothing. What an editor has
        set before is kept, so that it can be told again without the report.
        """
        self.take_over()
        if self.is_published and not report.is_published:
            return
        others = [one for one in self._telling() if one.pk != report.pk]
        given = self._given(report, others)
        for column, gives in given.items():
            setattr(report, column, gives)
        report.save(update_fields=[*given])
        self.tell(by, "as reported")

    def take_over(self) -> None:
        """Take what an editor has set since for the desk's own, and keep the event from others.

        No report that the event has followed gives that any more, those that wait again included.
        To be called before what counts is changed, as `tell` is afterwards. An editor who vouches
        for a public event without reports does so by what was set, not by what it was made as: the
        rest goes.
        """
        now = type(self)._default_manager.select_for_update(no_key=True)
        fields = ("edtf", "status", "is_published", "own", "made_as")
        self.refresh_from_db(fields=fields, from_queryset=now)
        reports = self._telling()
        set_since = self._set_since(reports)
        if not set_since:
            return
        self.own = set_by_hand(self.own, set_since, self.status, self.edtf)
        self.save(update_fields=["own"])
        flags = {GIVEN_BY[column]: False for column in set_since}
        counting = Q(pk__in=[report.pk for report in reports])
        self.reports.filter(counting | Q(gives_status__isnull=False)).update(**flags)
        self.tell(None, "for want of a report that states it")

    @acted
    def tell(self, by: User | None, why: str) -> None:
        """Set date and status as the desk and the reports that count have them, and write it."""
        was = f"{self.get_status_display()} {self.edtf}"
        for column, value in self._told(self._telling()).items():
            setattr(self, column, value)
        if was != f"{self.get_status_display()} {self.edtf}":
            self.save(update_fields=["edtf", "status"])
            record(by, self, f"{was} → {self.get_status_display()} {self.edtf}, {why}.")

    def date_with(self, report: "Report") -> str:
        """Return the date that the event will have once it follows `report`, which is not stored.

        Reads `reports` with their articles, which may be fetched before.
        """
        found = [one for one in self.reports.all() if one.is_published or not self.is_published]
        counting = sorted(found, key=lambda one: (one.article.published_at, one.pk))
        since = self._set_since(counting)
        others = passed(counting, since)
        for column, gives in self._given(report, others).items():
            setattr(report, column, gives)
        later = [one for one in others if one.article.published_at > report.article.published_at]
        reports = [*(one for one in others if one not in later), report, *later]
        return self._told(reports, set_by_hand(self.own, since, self.status, self.edtf)).get(
            "edtf", self.edtf
        )

    @acted
    def let_stand(self, by: User) -> None:
        """Take the event as it is for an editor's word; write who gave it.

        The date stands for want of another: what a report states of it later is told.
        """
        self.own |= {column: getattr(self, column) for column in GIVEN_BY} | {"dated_as": ""}
        self.save(update_fields=["own"])
        record(by, self, "Let it stand without a report.")

    def _given(self, report: "Report", others: Sequence["Report"]) -> dict[str, bool]:
        """Which columns it takes from a report beside these others."""
        given = may_give(report, others, self.edtf)
        return {column: gives or report.stance == Stance.RECALLS for column, gives in given.items()}

    def _told(
        self, reports: Sequence["Report"], own: dict[str, str] | None = None
    ) -> dict[str, str]:
        """What these reports and the desk, with what is its own, have the event say.

        Readers are not told what it was made as: of what they see without a report, the editor who
        vouches for it says all.
        """
        own = self.own if own is None else own
        made_as = {"edtf": ""} if self.is_published and "status" in own else self.made_as
        return told(own, made_as, reports)

    def _set_since(self, reports: Sequence["Report"]) -> dict[str, str]:
        """The columns that say otherwise than these reports and the desk until now."""
        said = self._told(reports)
        now = {column: getattr(self, column) for column in GIVEN_BY}
        return {column: now[column] for column in now if now[column] != said.get(column, "")}

    def _telling(self) -> list["Report"]:
        """The reports that count: of a draft all, of a public event those that readers see."""
        reports = self.reports.public() if self.is_published else self.reports.all()
        return list(reports.select_related("article").in_order())
