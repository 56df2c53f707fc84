"""What answers a selection: one set of events for the page, the chart, the facets and exports."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import batched
from typing import Any

import numpy as np
from django.core.paginator import Page, Paginator

from timeline.models import Event
from timeline.models.events import EventQuerySet
from timeline.models.words import terms_of
from timeline.selection.columns import Columns, Keys, Mask, columns_of
from timeline.selection.facets import Choice, Facet
from timeline.selection.histogram import Histogram, build_histogram
from timeline.selection.known_days import KnownDays
from timeline.selection.selection import NEWEST, Selection
from timeline.selection.versions import Shown, Span, shown_on
from timeline.selection.words import holding

PAGE_SIZE = 50
EXPORTED_AT_ONCE = 200


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
    def columns(self) -> Columns:
        """The numbers of the timeline's public events."""
        return columns_of(self.selection.timeline)

    @cached_property
    def shown(self) -> Shown:
        """What of them is shown on the day in view, unfiltered."""
        selection = self.selection
        return shown_on(self.columns, selection.known, selection.day, selection.zone)

    @property
    def total(self) -> int:
        """How many events are known on the day in view."""
        return len(self.shown.rows)

    @cached_property
    def keys(self) -> Keys:
        """The primary keys of the selected events, in the order of the list."""
        ordered = self.shown.ordered(self._choice.mask, newest=self.selection.sort == NEWEST)
        keys: Keys = self.shown.events["event"][ordered]
        return keys

    @property
    def count(self) -> int:
        """How many events are selected."""
        return len(self.keys)

    def around(self, key: int, number: int) -> list[Event]:
        """The event with this key and up to `number` on either side of it; none where it is not."""
        for at in np.flatnonzero(self.keys == key).tolist():
            keys = self.keys[max(0, at - number) : at + number + 1].tolist()
            found = self.known_events.in_bulk(keys)
            return [found[one] for one in keys if one in found]
        return []

    @cached_property
    def page(self) -> Page[Event]:
        """The page of events that is asked for, each with its details; past the end, the last."""
        paginator: Paginator[Any] = Paginator(self.keys, PAGE_SIZE)  # of keys, then of events
        page = paginator.get_page(self.selection.page)
        first = (page.number - 1) * PAGE_SIZE
        keys = self.keys[first : first + PAGE_SIZE].tolist()
        return Page(self._events(keys), page.number, paginator)

    @property
    def events(self) -> Iterator[Event]:
        """All selected events with their details, some at a time, for exports."""
        for keys in batched(self.keys.tolist(), EXPORTED_AT_ONCE, strict=False):
            yield from self._events(keys)

    @property
    def facets(self) -> list[Facet]:
        """The filters with their counts."""
        return self._choice.facets

    @cached_property
    def histogram(self) -> Histogram:
        """The figures of the chart."""
        first = self.known_days[0].day if self.known_days else None
        return build_histogram(self.shown, self._choice.mask, first, self._titles)

    @cached_property
    def known_days(self) -> KnownDays:
        """The days on which readers learned something."""
        return KnownDays(self.columns, self.selection)

    @property
    def plans(self) -> int:
        """How many of the known events were still plans."""
        return int(self.shown.is_plan.sum())

    @property
    def unresolved(self) -> int:
        """How many of those plans lay in the past without a reported outcome."""
        return int(self.shown.is_unresolved.sum())

    @cached_property
    def quotes(self) -> int:
        """How many quotes bear on the known events."""
        keys, quotes = self.columns.coded("quotes", "key")
        if not self.selection.known:
            return len(keys)
        days = self.columns.days("quotes", self.selection.zone)
        known = quotes[days <= np.datetime64(self.selection.known)]
        return int(np.count_nonzero(np.bincount(known)))

    @property
    def span(self) -> Span:
        """The first and the last day that the known events can mean."""
        return self.shown.span

    @cached_property
    def focused(self) -> Event | None:
        """The event whose quotes stand beside the list, if it is known on the day in view."""
        if not self.selection.focus:
            return None
        events = self.known_events.filter(slug=self.selection.focus)
        return events.with_details(self.selection.known, self.selection.zone).first()

    @cached_property
    def _choice(self) -> Choice:
        return Choice(self.shown, self.selection, self._within)

    @property
    def _within(self) -> Mask:
        """The shown rows that hold the words and meet the range."""
        selection, rows = self.selection, self.shown.rows
        mask: Mask = np.full(len(rows), selection.is_valid)
        start, end = selection.start, selection.end
        if start or end:
            mask &= rows["is_dated"]
        if start:
            mask &= (rows["latest"] >= np.datetime64(start)) | np.isnat(rows["latest"])
        if end:
            mask &= (rows["earliest"] <= np.datetime64(end)) | np.isnat(rows["earliest"])
        for term in terms_of(selection.q) if selection.is_valid else ():
            mask &= holding(term, self.shown)
        return mask

    def _titles(self, keys: list[int]) -> dict[int, str]:
        """The titles of some events as shown on the day in view."""
        events = self.known_events.filter(pk__in=keys)
        return dict(events.values_list("pk", "shown_title"))

    def _events(self, keys: Sequence[int]) -> list[Event]:
        selection = self.selection
        events = self.known_events.filter(pk__in=keys)
        found = {event.pk: event for event in events.with_details(selection.known, selection.zone)}
        return [found[key] for key in keys if key in found]
