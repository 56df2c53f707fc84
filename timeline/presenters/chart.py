"""The chart: its figures for the module that draws it, and the same figures as a table."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.templatetags.static import static

from timeline.models import Status
from timeline.selection import Histogram, Results
from timeline.selection.histogram import HistogramSpan
from timeline.selection.selection import STATUSES, UNRESOLVED

# The order of the stack, from what is sure at the bottom to what is not.
STACK = (
    Status.OCCURRED,
    Status.ONGOING,
    Status.PLANNED,
    Status.EXPECTED,
    Status.POSSIBLE,
    Status.POSTPONED,
    UNRESOLVED,
    Status.CANCELLED,
)


class Ghost(NamedTuple):
    """A step of the axis in which an event was once planned, and is no longer."""

    at: int
    title: str


@dataclass(frozen=True)
class Chart:
    """The histogram of the results, with what is drawn over it."""

    results: Results
    url = settings.CHART_URL
    integrity = settings.CHART_INTEGRITY

    @property
    def fallback(self) -> str:
        """The address of the self-hosted Chart.js."""
        return static(settings.CHART_FALLBACK)

    @property
    def histogram(self) -> Histogram:
        """The events by month or year."""
        return self.results.histogram

    @cached_property
    def shapes(self) -> list[tuple[str, str]]:
        """The markers that occur, in the order of the stack, each with its words."""
        present = {marker for _, counts in self._columns for marker in counts}
        present |= {span.marker for span in self.histogram.spans}
        return [(str(marker), STATUSES[marker]) for marker in STACK if marker in present]

    @cached_property
    def rows(self) -> list[tuple[str, list[int]]]:
        """The rows of the table: each step of the axis with its events by shape."""
        return [
            (label, [counts.get(marker, 0) for marker, _ in self.shapes])
            for label, counts in self._columns
            if counts
        ]

    @cached_property
    def spans(self) -> list[tuple[str, str]]:
        """The dates that cover several steps, in words: the event's title, status and window."""
        return [(span.title, self._span_words(span)) for span in self.histogram.spans]

    @cached_property
    def ghosts(self) -> list[Ghost]:
        """Where events of this page were once planned."""
        steps = {one.edtf: number for number, one in enumerate(self.histogram.bins)}
        length = {"year": 4, "month": 7}[self.histogram.unit]
        ghosts = []
        for event in self.results.page.object_list:
            now = _step(event.shown_earliest, event.shown_latest, length)
            once = {_step(report.earliest, report.latest, length) for report in event.plan_steps}
            left = sorted(step for step in once - {now} if step in steps)
            ghosts += [Ghost(steps[step], event.shown_title) for step in left]
        return ghosts

    @property
    def figures(self) -> dict[str, Any]:
        """What the module draws, as plain data."""
        return self.histogram.as_json() | {
            "shapes": self.shapes,
            "ghosts": [ghost._asdict() for ghost in self.ghosts],
            "now": self._now,
        }

    @property
    def _columns(self) -> list[tuple[str, Mapping[str, int]]]:
        return [
            ("Earlier", self.histogram.earlier),
            *((one.label, one.counts) for one in self.histogram.bins),
            ("Later", self.histogram.later),
            ("No date", self.histogram.undated),
        ]

    @property
    def _now(self) -> int | None:
        """How many steps of the axis lie in the past on the day in view; None when it is off it."""
        day = self.results.selection.day
        steps = [one.edtf for one in self.histogram.bins]
        step = f"{day.year:04}" if self.histogram.unit == "year" else f"{day:%Y-%m}"
        return steps.index(step) + 1 if step in steps else None

    def _span_words(self, span: HistogramSpan) -> str:
        bins = self.histogram.bins
        first, last = bins[span.first].label, bins[span.last].label
        window = first if first == last else f"{first} to {last}"
        return f"{STATUSES[span.marker]}, {window}"


def _step(earliest: dt.date | None, latest: dt.date | None, length: int) -> str:
    """The one month or year that holds a whole date; empty for a date that covers more."""
    if earliest is None or latest is None:
        return ""
    first, last = earliest.isoformat()[:length], latest.isoformat()[:length]
    return first if first == last else ""
