"""What happened or is planned: events as the desk knows them, and as they were known on a day."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.deletion import Collector
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from timeline.models.actors import Actor, Place
from timeline.models.articles import published_by
from timeline.models.as_known import AsKnown
from timeline.models.derived import Dated, DerivedQuerySet
from timeline.models.history import Kept, KeptQuerySet, acted
from timeline.models.partings import part_with
from timeline.models.publishable import PERMISSIONS, Publishable, counted, rows
from timeline.models.telling import Telling
from timeline.models.vocabulary import PLANS, Kind, Stance, Status

if TYPE_CHECKING:
    from timeline.models.quotes import QuoteQuerySet
    from timeline.models.reports import ReportQuerySet


# Of `Any`, not of Event: django-stubs refuses lookups of the columns that as_known_on() adds.
class EventQuerySet(KeptQuerySet[Any], DerivedQuerySet[Any]):  # type: ignore[override]
    """Reads of events. What is shown of one on a given day stands in its `shown_…` columns."""

    def public(self) -> "EventQuerySet":
        """Events that an editor has published, and that somebody vouches for before readers.

        That is a report that they see, or an editor: who made the event, or has set its status.
        What a suggestion made goes with its last report, and returns with one.
        """
        is_reported = Exists(rows(Event, "reports").released().filter(event=OuterRef("pk")))
        is_by_hand = Q(made_as={}) | Q(own__has_key="status")
        return self.filter(is_by_hand | Q(is_reported), is_published=True)

    def waiting(self) -> "EventQuerySet":
        """Drafts that no editor has withdrawn."""
        return self.filter(is_published=False, withdrawn_at=None)

    def unreported(self) -> "EventQuerySet":
        """Published events without a report that readers see; these see what is by hand of them."""
        reports = rows(Event, "reports").released().filter(event=OuterRef("pk"))
        return self.filter(is_published=True).exclude(Exists(reports))

    def placed(self) -> "EventQuerySet":
        """Events whose place readers see: known from no report, or from one that is public."""
        return self.filter(_is_placed(rows(Event, "reports").public()), place__isnull=False)

    def as_known_on(
        self, day: dt.date | None, zone: dt.tzinfo, reports: "ReportQuerySet | None" = None
    ) -> "EventQuerySet":
        """Events as the reports of the end of `day` in `zone` had them; None for the desk's now.

        Only released reports count, unless the desk gives others as `reports`. An event is known
        when a report of it is. Date and status are those of the latest report that states them;
        one that only recalls counts while nothing else is known. The name is that of the latest
        report that gives one, a recollection too: it says what the event was called on its day.
        The desk's own name, which may know the outcome (“First …”), stands in where no known
        report gives one.
        `is_told` is false while a later report is still to change the story: until then the
        summary waits, and so do place and participants that no known report has named.
        """
        reports = rows(Event, "reports").released() if reports is None else reports
        is_placed = _is_placed(reports)
        reports = reports.filter(event=OuterRef("pk"))
        if day is None:
            return self._as_now(is_placed)._with_order(timezone.localdate(timezone=zone))
        known = reports.known_on(day, zone)
        told = known.exclude(stance=Stance.RECALLS).order_by("-article__published_at", "-pk")
        recalled = known.order_by("article__published_at", "pk")
        named = known.exclude(title="").order_by("-article__published_at", "-pk")

        def stated(column: str, where: Q) -> Coalesce:
            return Coalesce(
                Subquery(told.filter(where).values(column)[:1]),
                Subquery(recalled.filter(where).values(column)[:1]),
            )

        dated = ~Q(edtf="")
        later = reports.exclude(stance=Stance.RECALLS).exclude(published_by(day, zone, "article__"))
        found: EventQuerySet = (
            self.filter(Exists(known))
            .annotate(
                shown_edtf=Coalesce(stated("edtf", dated), Value("")),
                shown_status=stated("status", Q()),
                is_told=~Exists(later),
            )
            .annotate(
                shown_title=Coalesce(Subquery(named.values("title")[:1]), F("title")),
                shown_earliest=_bound_of(told, recalled, "earliest"),
                shown_latest=_bound_of(told, recalled, "latest"),
                shown_place_id=Case(
                    When(Q(is_placed, is_told=True), then=F("place")),
                    When(Exists(known.filter(pk=OuterRef("place_known_from"))), then=F("place")),
                    default=None,
                ),
            )
            ._with_order(day)
        )
        return found

    def with_details(self, day: dt.date | None, zone: dt.tzinfo) -> "EventQuerySet":
        """Fetch what readers see of each event, as known on `day`, in a fixed number of queries.

        Fills `known_reports`, `known_quotes` and `shown_participations`.
        """
        reports = rows(Event, "reports").public().select_related("article__outlet")
        quotes = rows(Event, "quotes").public().select_related("article__outlet", "speaker")
        participations = rows(Event, "participations").public().select_related("actor")
        if day is not None:
            reports = reports.known_on(day, zone)
            quotes = quotes.known_on(day, zone)
            participations = participations.known_on(day, zone)
        return self.select_related("place").prefetch_related(
            Prefetch("reports", reports.in_order(), to_attr="known_reports"),
            Prefetch("quotes", quotes, to_attr="known_quotes"),
            Prefetch("participations", participations, to_attr="shown_participations"),
        )

    def with_contradiction(self) -> "EventQuerySet":
        """Add `is_contradicted`: reports state dates, and none of them agrees with the event's."""
        dated = rows(Event, "reports").filter(event=OuterRef("pk")).exclude(edtf="")
        agreeing = dated.filter(
            Q(earliest=None) | Q(earliest__lte=OuterRef("latest")) | Q(event__latest=None),
            Q(latest=None) | Q(latest__gte=OuterRef("earliest")) | Q(event__earliest=None),
        )
        found: EventQuerySet = self.annotate(
            is_contradicted=_whether(Q(~Q(edtf=""), Exists(dated), ~Exists(agreeing)))
        )
        return found

    def _as_now(self, is_placed: Q) -> "EventQuerySet":
        found: EventQuerySet = self.annotate(
            shown_title=F("title"),
            shown_edtf=F("edtf"),
            shown_earliest=F("earliest"),
            shown_latest=F("latest"),
            shown_status=F("status"),
            shown_place_id=Case(When(is_placed, then=F("place")), default=None),
            is_told=Value(True),
        )
        return found

    def _with_order(self, day: dt.date) -> "EventQuerySet":
        """Add `shown_day`, the order of a list, and what the day in view makes of a plan.

        `is_unresolved`: its outcome is not reported. `is_ahead`: its window is not over, or it was
        called off before it came.
        """
        found: EventQuerySet = self.annotate(
            shown_day=Coalesce("shown_earliest", "shown_latest"),
            is_undated=_whether(Q(shown_edtf="")),
            is_unresolved=_whether(Q(shown_status__in=PLANS, shown_latest__lt=day)),
        ).annotate(
            is_ahead=_whether(
                Q(shown_status__in=PLANS, is_unresolved=False)
                | Q(shown_status=Status.CANCELLED, shown_day__gt=day)
            )
        )
        return found


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=models.BooleanField())


def _is_placed(reports: "ReportQuerySet") -> Q:
    """Whether the place is known from one of `reports`, or from none that is named."""
    return Q(place_known_from=None) | Q(Exists(reports.filter(pk=OuterRef("place_known_from"))))


def _bound_of(told: "ReportQuerySet", recalled: "ReportQuerySet", column: str) -> Case:
    """The bound of the date that is shown; an open side stays open and falls back on nothing."""
    dated = ~Q(edtf="")
    return Case(
        When(Exists(told.filter(dated)), then=Subquery(told.filter(dated).values(column)[:1])),
        default=Subquery(recalled.filter(dated).values(column)[:1]),
    )


def unplace(
    collector: Collector,
    field: models.ForeignKey[Any, Any],
    events: Sequence["Event"],
    using: str,
) -> None:
    """On the deletion of the report that a place is known from: see `part_with`."""
    leaving = collector.data.get(field.remote_field.model, ())
    for event in events:
        heir = None
        if event.place and (report := event.place_known_from):
            is_gone, heir = part_with(
                report, event.place, is_brought=event.place_is_brought, leaving=leaving
            )
            if is_gone:
                collector.add_field_update(Event._meta.get_field("place"), None, [event])
                brought = Event._meta.get_field("place_is_brought")
                collector.add_field_update(brought, False, [event])
        collector.add_field_update(field, heir, [event])


class Event(Kept, AsKnown, Telling, Publishable, Dated):
    """Something that happened or is planned: the desk's best knowledge of it now."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="events")
    place_known_from = models.ForeignKey(
        "Report",
        unplace,
        null=True,
        blank=True,
        related_name="+",
        help_text="The report that first names the place, if it came before the outcome.",
    )
    # Whether a merge brought the place, and no editor has set it since
    place_is_brought = models.BooleanField(default=False, editable=False)
    participants = models.ManyToManyField(Actor, through="Participation", related_name="events")
    summary = models.TextField(blank=True, help_text="In our own words; public.")
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    note = models.TextField(blank=True, help_text="For editors; never public.")
    objects = EventQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = (F("earliest").asc(nulls_last=True), "pk")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="event_status_is_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="event_kind_is_known"),
            models.CheckConstraint(
                condition=Q(part_of=None) | ~Q(part_of=F("id")), name="event_is_no_part_of_itself"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    def clean(self) -> None:
        """Raise ValidationError when `part_of` would run in a circle."""
        above, seen = self.part_of, {self.pk}
        while above:
            if above.pk in seen:
                raise ValidationError({"part_of": "An event cannot be part of itself."})
            seen.add(above.pk)
            above = above.part_of

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return Event.objects.public().filter(pk=self.pk).exists()

    @property
    def released_with(self) -> list[models.Model]:
        """The reports and quotes that readers do not see yet and that are published with it."""
        reports = self.reports.waiting().in_order().select_related("article__outlet")
        return [*reports, *self._waiting_quotes().select_related("speaker")]

    @property
    def waiting(self) -> str:
        """How many these are, in words."""
        quotes = self._waiting_quotes().count()
        return counted(waiting_report=self.reports.waiting().count(), waiting_quote=quotes)

    @acted
    def correct(self, columns: Collection[str], by: User) -> None:
        """Save as an editor has corrected them; a place of theirs goes with no report any more."""
        if {"place", "place_known_from"} & set(columns):
            self.place_is_brought = False
            columns = [*columns, "place_is_brought"]
        self.save(update_fields=columns)
        is_vouched_for = self.is_published and not self.reports.public().exists()
        if is_vouched_for and {"edtf", "status"} & set(columns):
            self.take_over()  # at once, not with the next decision

    @acted
    def publish(self, by: User) -> bool:
        """Publish as `Publishable` does; what a withdrawn article told is then no longer told.

        What no article reports at all is published as it stands, on the editor's own word.
        """
        self.take_over()
        is_changed = super().publish(by)
        if not self.reports.exists() and not self.is_public:
            self.let_stand(by)
            is_changed = True
        self.tell(by, "as its public reports have it")
        return is_changed

    @acted
    def unpublish(self, by: User) -> bool:
        """Unpublish as `Publishable` does; the draft tells what its waiting reports state, too."""
        self.take_over()
        is_changed = super().unpublish(by)
        self.tell(by, "as reported")
        return is_changed

    def _waiting_quotes(self) -> "QuoteQuerySet":
        """The quotes on it that are published with it."""
        return self.quotes.waiting(self).filter(article__withdrawn_at=None)

    def _release(self, by: User, *, was_published: bool) -> str:
        """Publish the waiting reports, and the quotes that bear on the event.

        A draft has followed its reports as they were accepted; a public event does it now.
        """
        reports = list(self.reports.waiting().in_order().select_related("article__outlet"))
        for report in reports if was_published else ():
            report.release(by)
        self.reports.filter(pk__in=[report.pk for report in reports]).update(is_published=True)
        quotes = list(self._waiting_quotes().order_by("pk"))
        for quote in quotes:
            quote.publish(by)
        self.quotes.filter(withdrawn_with=self).update(withdrawn_with=None)
        return counted(report=len(reports), quote=len(quotes))

    def _take_back(self, by: User, *, was_published: bool) -> str:
        """Let the reports wait; of a public event the quotes that bear on no other, too."""
        for report in self.reports.filter(is_published=False, gives_status=None).in_order():
            self.follow(report, by)
        reports = self.reports.filter(is_published=True).update(is_published=False)
        leaving = self.quotes.leaving_with([self.pk] if was_published else [])
        quotes = list(leaving.order_by("pk"))
        for quote in quotes:
            quote.let_wait(by)
        self.quotes.filter(pk__in=[quote.pk for quote in quotes]).update(withdrawn_with=self)
        return counted(report=reports, quote=len(quotes))
