"""What one article says of one event."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from timeline.models.articles import Article, published_by
from timeline.models.derived import Dated, DerivedQuerySet
from timeline.models.events import Event
from timeline.models.evidence import Evidence
from timeline.models.history import Kept, KeptQuerySet, acted
from timeline.models.log import record
from timeline.models.partings import leave
from timeline.models.vocabulary import Stance, Status


class ReportQuerySet(KeptQuerySet["Report"], DerivedQuerySet["Report"]):  # type: ignore[override]
    """Reads of reports."""

    def public(self) -> "ReportQuerySet":
        """Released reports of published events."""
        return self.released().filter(event__is_published=True)

    def released(self) -> "ReportQuerySet":
        """Reports that readers see where they see the event."""
        return self.filter(is_published=True)

    def waiting(self) -> "ReportQuerySet":
        """Reports that become public when their event, or their article, is published.

        Not those of an article that an editor has withdrawn: they wait for the article alone.
        """
        return self.filter(is_published=False, article__withdrawn_at=None)

    def known_on(self, day: dt.date, zone: dt.tzinfo) -> "ReportQuerySet":
        """Reports in articles published by the end of `day` in `zone`."""
        return self.filter(published_by(day, zone, "article__"))

    def in_order(self) -> "ReportQuerySet":
        """The order in which readers learned them."""
        return self.order_by("article__published_at", "pk")


class Report(Kept, Evidence, Dated):
    """What one article says of one event."""

    PART_OF = "event"
    HAS_PAGE = True

    article = models.ForeignKey(Article, models.CASCADE, related_name="reports")
    event = models.ForeignKey(Event, models.CASCADE, related_name="reports")
    status = models.CharField(max_length=20, choices=Status)
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.REPORTS)
    title = models.CharField(
        max_length=200, blank=True, help_text="What the event was called then, if otherwise."
    )
    is_published = models.BooleanField("published", default=False, editable=False)
    # Whether the event has taken its date and status from here; not since an editor has set them
    # otherwise. None: the event has not followed the report yet.
    gives_date = models.BooleanField(null=True, editable=False)
    gives_status = models.BooleanField(null=True, editable=False)
    made_event = models.BooleanField(default=False, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("article__published_at", "pk")
        constraints = (
            *Dated.Meta.constraints,
            *Evidence.Meta.constraints,
            models.UniqueConstraint(fields=("article", "event"), name="report_once_per_article"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="report_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="report_stance_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.article.citation}: {self.get_stance_display().lower()} {self.date_words}"

    @property
    def called(self) -> str:
        """What it says of the event."""
        return f"{self.get_stance_display()}, {self.date_words}"

    @property
    def is_public(self) -> bool:
        """Whether readers see it, which they do with its event."""
        return self.is_published and self.event.is_published

    @acted
    def release(self, by: User) -> None:
        """Let readers of the event, which is public, see the report; write who did it."""
        self.event.take_over()
        if not self._set_published(True):
            return
        record(by, self.event, f"Published the report of {self.article.citation}.")
        if self.gives_status is None:
            self.event.follow(self, by)
        self.event.tell(by, "as reported")

    @acted
    def withdraw(self, by: User) -> None:
        """Let the report wait again, with what it had changed of its event; write who did it."""
        self.event.take_over()
        if self._set_published(False):
            record(by, self.event, f"Took back the report of {self.article.citation}.")
            self.event.tell(by, "as reported before")

    @acted
    def retract(self, by: User) -> bool:
        """Delete the report, with what it had changed of its event; write who did it.

        Returns False, and writes nothing, where it is deleted already.
        """
        list(Event.objects.select_for_update(no_key=True).filter(pk=self.event_id))
        stored = (
            Report.objects.select_related("event", "article__outlet").filter(pk=self.pk).first()
        )
        if stored is None:
            return False
        stored.event.take_over()
        self.delete()
        record(by, stored.event, f"Deleted the report of {stored.article.citation}.")
        stored.event.tell(by, "as reported before")
        return True

    @acted
    def correct(self, columns: Iterable[str], by: User) -> None:
        """Save these columns as an editor has corrected them; events follow, and write it.

        Of another article or another event, the report waits again: readers have not been shown
        that by anybody. The event that it leaves is told without it.
        """
        columns = set(columns)
        self.lock_events(self.event_id)
        stored = Report.objects.select_related("event", "article__outlet").get(pk=self.pk)
        before = stored.event
        before.take_over()
        if columns & {"article", "event"} and stored.is_published:
            self.is_published = False
            columns.add("is_published")
            record(by, before, f"Took back the report of {stored.article.citation}: it was moved.")
        if "event" in columns:
            leave(stored, before)
            self.gives_date, self.gives_status, self.made_event = None, None, False
            columns |= {"gives_date", "gives_status", "made_event"}
        self.save(update_fields=columns)
        if self.made_event:
            before.made_as = {"edtf": self.edtf, "status": self.status}
            before.save(update_fields=["made_as"])
        before.tell(by, "as its reports are corrected")
        if "event" in columns:
            self.event.follow(self, by)

    def lock_events(self, *events: int) -> None:
        """Keep its event and these from others, in one order; they come before their reports."""
        keys = {*Report.objects.filter(pk=self.pk).values_list("event", flat=True), *events}
        rows = Event.objects.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))

    def _set_published(self, is_published: bool) -> bool:
        self.is_published = is_published
        changed = Report.objects.filter(pk=self.pk, is_published=not is_published)
        return changed.update(is_published=is_published) > 0
