"""What answers a selection: one set of events for the page, the chart, the facets and exports."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from timeline.models import PLANS, Alias, Event, Participation, PlaceAlias, Quote, Report
from timeline.models.events import EventQuerySet
from timeline.selection.facets import Facet, FacetedEvent, build_facets
from timeline.selection.histogram import Histogram, build_histogram
from timeline.selection.known_days import KnownDay, find_known_days
from timeline.selection.selection import (
    MANY,
    NEWEST,
    NOT_STATED,
    RELATED,
    UNRESOLVED,
    Selection,
)

PAGE_SIZE = 100


class Results:
    """The events of a selection. Each part is worked out once, when it is first asked for."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection

    @property
    def known_events(self) -> EventQuerySet:
        """The published events of the timeline as shown on the day in view, unfiltered."""
        selection = self.selection
        return selection.timeline.events.public().as_known_on(selection.known, selection.zone)

    @cached_property
    def total(self) -> int:
        """How many events are known on the day in view."""
        return self.known_events.count()

    @cached_property
    def rows(self) -> list[FacetedEvent]:
        """The events that hold the words and meet the range, with what each facet asks of them."""
        if not self.selection.is_valid:
            return []
        events = self._in_range(self._with_words(self.known_events)).order_by(*self._order)
        found = list(
            events.values_list(
                "pk", "kind", "shown_status", "is_unresolved", "shown_place_id", "place__slug"
            )
        )
        related = {field: self._related(*source) for field, source in RELATED.items()}
        return [
            FacetedEvent(
                pk,
                {
                    "kinds": frozenset({kind}),
                    "statuses": frozenset({status, UNRESOLVED} if unresolved else {status}),
                    "places": frozenset({slug if place_id else NOT_STATED}),
                }
                | {field: values.get(pk, frozenset()) for field, values in related.items()},
            )
            for pk, kind, status, unresolved, place_id, slug in found
        ]

    @cached_property
    def keys(self) -> list[int]:
        """The primary keys of the selected events, in the order of the list."""
        return [row.pk for row in self.rows if row.answers(self._chosen)]

    @property
    def count(self) -> int:
        """How many events are selected."""
        return len(self.keys)

    @cached_property
    def page(self) -> Page[Event]:
        """The page of events that is asked for, each with its details; past the end, the last."""
        paginator: Paginator[Any] = Paginator(self.keys, PAGE_SIZE)  # of keys, then of events
        keys = paginator.get_page(self.selection.page)
        return Page(self._events(list(keys)), keys.number, paginator)

    @cached_property
    def events(self) -> list[Event]:
        """All selected events with their details, for exports."""
        return self._events(self.keys)

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters with their counts."""
        return build_facets(self.rows, self._chosen)

    @cached_property
    def histogram(self) -> Histogram:
        """The figures of the chart."""
        selected = self.known_events.filter(pk__in=self.keys)
        first = self.known_days[0].day if self.known_days else None
        return build_histogram(list(selected), first, self.selection.day)

    @cached_property
    def known_days(self) -> list[KnownDay]:
        """The days on which readers learned something."""
        return find_known_days(self.selection)

    @cached_property
    def plans(self) -> int:
        """How many of the known events were still plans."""
        return self.known_events.filter(shown_status__in=PLANS).count()

    @cached_property
    def unresolved(self) -> int:
        """How many of those plans lay in the past without a reported outcome."""
        return self.known_events.filter(is_unresolved=True).count()

    @cached_property
    def quotes(self) -> int:
        """How many quotes bear on the known events."""
        quotes = Quote.objects.public().filter(events__in=self.selection.timeline.events.public())
        if self.selection.known:
            quotes = quotes.known_on(self.selection.known, self.selection.zone)
        return quotes.distinct().count()

    @cached_property
    def focused(self) -> Event | None:
        """The event whose quotes stand beside the list, if it is known on the day in view."""
        if not self.selection.focus:
            return None
        events = self.known_events.filter(slug=self.selection.focus)
        return events.with_details(self.selection.known, self.selection.zone).first()

    @property
    def last_day(self) -> dt.date | None:
        """The last day of publication by the end of the day in view."""
        return max(
            (known_day.day for known_day in self.known_days if not known_day.is_later), default=None
        )

    @property
    def _chosen(self) -> dict[str, frozenset[str]]:
        return {field: frozenset(self.selection.values(field)) for field in MANY}

    @property
    def _order(self) -> list[str]:
        """The past before what is ahead, newest first turns both; the undated stand last."""
        if self.selection.sort == NEWEST:
            return ["is_undated", "-is_ahead", "-shown_day", "-pk"]
        return ["is_undated", "is_ahead", "shown_day", "pk"]

    def _events(self, keys: list[int]) -> list[Event]:
        selection = self.selection
        events = self.known_events.filter(pk__in=keys)
        found = {event.pk: event for event in events.with_details(selection.known, selection.zone)}
        return [found[key] for key in keys if key in found]

    def _related(
        self, model: type[Participation | Report], column: str
    ) -> dict[int, frozenset[str]]:
        """The values of a column in the known records of each event."""
        related = model.objects.public().filter(event__in=self.selection.timeline.events.public())
        if self.selection.known:
            related = related.known_on(self.selection.known, self.selection.zone)
        found: dict[int, set[str]] = {}
        for event, value in related.values_list("event_id", column):
            found.setdefault(event, set()).add(value)
        return {event: frozenset(values) for event, values in found.items()}

    def _in_range(self, events: EventQuerySet) -> EventQuerySet:
        """Keep the dated events whose window meets the range; an open side reaches to its end."""
        start, end = self.selection.start, self.selection.end
        if start or end:
            events = events.exclude(shown_edtf="")
        if start:
            events = events.filter(Q(shown_latest__gte=start) | Q(shown_latest=None))
        if end:
            events = events.filter(Q(shown_earliest__lte=end) | Q(shown_earliest=None))
        return events

    def _with_words(self, events: EventQuerySet) -> EventQuerySet:
        """Keep the events that hold every word in what is shown of them on the day in view."""
        known, zone = self.selection.known, self.selection.zone
        reports = Report.objects.public().filter(event=OuterRef("pk"))
        quotes = Quote.objects.public().filter(events=OuterRef("pk"))
        named = Participation.objects.public().filter(event=OuterRef("pk"))
        if known:
            reports = reports.known_on(known, zone)
            quotes = quotes.known_on(known, zone)
            named = named.known_on(known, zone)
        called = Alias.objects.public()
        spelt = PlaceAlias.objects.public().filter(place=OuterRef("place"))
        for word in self.selection.words:
            events = events.filter(
                Q(shown_title__icontains=word)
                | Q(is_told=True, summary__icontains=word)
                | Q(shown_place_id__isnull=False, place__name__icontains=word)
                | Q(Exists(spelt.filter(name__icontains=word)), shown_place_id__isnull=False)
                | Exists(reports.filter(exact__icontains=word))
                | Exists(quotes.filter(text__icontains=word))
                | Exists(named.filter(actor__name__icontains=word))
                | Exists(
                    named.filter(actor__in=called.filter(name__icontains=word).values("actor"))
                )
            )
        return events
