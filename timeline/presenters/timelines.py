"""A timeline: the list, the chart, the filters and the quotes of one selection."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.forms import BoundField
from django.urls import reverse

from timeline.exports import EXPORTS
from timeline.models import Event, Timeline
from timeline.presenters.chart import Chart
from timeline.presenters.lanes import Lanes, lanes
from timeline.presenters.page import Page
from timeline.presenters.sections import Section, sections
from timeline.selection import FacetOption, KnownDay, Results, Selection, SelectionForm
from timeline.selection.selection import LANES, NEWEST, SORTS, VIEWS

# Options of a filter that stand open; the others are behind “more”.
FACET_SIZE = 8
# Days of publication that stand on one line, and in one list.
MAX_STOPS = 40


class Filter(NamedTuple):
    """A facet beside the list: its field, its first options and the rest."""

    field: BoundField
    first: list[FacetOption]
    more: list[FacetOption]
    left_out: int  # values that are not offered


class Stepper(NamedTuple):
    """The day of publication in view, and the ones beside it."""

    earlier: KnownDay | None
    current: KnownDay | None
    later: KnownDay | None
    position: float  # of the day in view, from 0 to 1


@dataclass(frozen=True)
class TimelinePage(Page):
    """A published timeline, or the part of it that the query string asks for."""

    form: SelectionForm

    @property
    def selection(self) -> Selection:
        """What the reader asked for."""
        return self.form.selection

    @property
    def timeline(self) -> Timeline:
        """The timeline."""
        return self.form.timeline

    @property
    def known(self) -> dt.date | None:
        """The day in view; None for today."""
        return self.selection.known

    @cached_property
    def results(self) -> Results:
        """What answers the selection."""
        return Results(self.selection)

    @property
    def stamp(self) -> str:
        """The same while nothing is written that readers see: what is kept under it is as new."""
        return "-".join(map(str, self.results.columns.stamp))

    @property
    def exports(self) -> list[tuple[str, str, str]]:
        """Each export: the address without its query string, what it is called, its format."""
        return [
            (reverse("export", args=[self.timeline.slug, name]), one.label, one.hint)
            for name, one in EXPORTS.items()
        ]

    @cached_property
    def last_known_day(self) -> KnownDay | None:
        """The last day of publication by the day in view."""
        days = self.results.known_days
        return days[days.reached - 1] if days.reached else None

    @cached_property
    def stops(self) -> list[KnownDay]:
        """The days of publication that the stepper offers at once; it leads to every other one."""
        return self.results.known_days.stops(MAX_STOPS)

    @cached_property
    def stepper(self) -> Stepper:
        """The way from one day of publication to the next."""
        days = self.results.known_days
        if not self.known:
            return Stepper(days[-1] if days else None, None, None, 1)
        reached = days.reached
        current = days[reached - 1] if reached else None
        return Stepper(
            earlier=days[reached - 2] if reached > 1 else None,
            current=current,
            later=days[reached] if reached < len(days) else None,
            position=current.position if current else 0,
        )

    @cached_property
    def filters(self) -> list[Filter]:
        """The facets that offer anything, or were asked for what is not there.

        Where something could not be read, they count what the rest of the wish would leave.
        """
        readable = Results(replace(self.selection, is_valid=True))
        results = self.results if self.selection.is_valid else readable
        fields = [(facet, self.form[facet.field]) for facet in results.facets]
        return [
            Filter(field, facet.options[:FACET_SIZE], facet.options[FACET_SIZE:], facet.left_out)
            for facet, field in fields
            if facet.options or field.errors
        ]

    @cached_property
    def chart(self) -> Chart:
        """The chart of the selected events."""
        return Chart(self.results)

    @cached_property
    def sections(self) -> list[Section]:
        """The events of this page in the sections of the list."""
        days = self.results.known_days
        first_year = (days[0].day if days else self.selection.day).year
        return sections(self._events, first_year, newest=self.selection.sort == NEWEST)

    @cached_property
    def lanes(self) -> Lanes | None:
        """The same events as lanes, where these are asked for."""
        return lanes(self.sections) if self.selection.view == LANES else None

    @cached_property
    def focused(self) -> Event | None:
        """The event whose quotes stand beside the list: the one chosen, else the most quoted."""
        quoted = [event for event in self._events if event.known_quotes]
        most_quoted = max(quoted, key=lambda event: len(event.known_quotes), default=None)
        return self.results.focused or most_quoted

    @cached_property
    def _events(self) -> list[Event]:
        """The events of this page; the roles of their speakers are fetched in one query."""
        events = list(self.results.page.object_list)
        focused = [self.results.focused] if self.results.focused else []
        quotes = [quote for event in (*events, *focused) for quote in event.known_quotes]
        prefetch_related_objects(quotes, "speaker__roles")
        return events

    @property
    def now_url(self) -> str:
        """The same selection as of today."""
        return self.selection.url(known=None, focus=None)

    @property
    def order_urls(self) -> dict[str, str]:
        """The same selection in each order."""
        return {name: self.selection.url(sort=name) for name in SORTS}

    @property
    def view_urls(self) -> dict[str, str]:
        """The same selection in each view."""
        return {name: self.selection.url(view=name) for name in VIEWS}

    @property
    def previous_url(self) -> str:
        """The page before."""
        return self.selection.url(page=self.results.page.number - 1, focus=None)

    @property
    def next_url(self) -> str:
        """The page after."""
        return self.selection.url(page=self.results.page.number + 1, focus=None)
