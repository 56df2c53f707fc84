"""How many events fall in which month: the figures of the chart."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from timeline.selection.columns import STATUSES, Days, Mask
from timeline.selection.selection import UNRESOLVED
from timeline.selection.versions import Shown, begins

# A month axis longer than this is unreadable; years take over.
MAX_MONTHS = 96
# Years on either side of the day in view that the axis can reach; what lies beyond is “Earlier” or
# “Later”, so that one date of the year 9999 makes no axis of eight thousand steps.
MAX_YEARS = 200
# More lines than these over the chart are unreadable: those of one extent are drawn as one.
MAX_SPANS = 40
MARKERS = [*map(str, STATUSES), UNRESOLVED]

type Codes = npt.NDArray[np.intp]


class Bin(NamedTuple):
    """One step of the axis: its EDTF month or year, and the events in it by marker."""

    edtf: str
    label: str
    counts: dict[str, int]


class HistogramSpan(NamedTuple):
    """A date that covers more than one step: drawn over them, counted in none."""

    first: int
    last: int
    marker: str
    title: str


class Histogram(NamedTuple):
    """The chart: events by month or year, those off the axis, those without a date."""

    unit: str
    bins: list[Bin]
    earlier: dict[str, int]
    later: dict[str, int]
    undated: dict[str, int]
    spans: list[HistogramSpan]

    def as_json(self) -> dict[str, Any]:
        """The figures as plain data for the chart's module."""
        return {
            "unit": self.unit,
            "bins": [one._asdict() for one in self.bins],
            "earlier": self.earlier,
            "later": self.later,
            "undated": self.undated,
            "spans": [one._asdict() for one in self.spans],
        }


def build_histogram(
    shown: Shown,
    chosen: Mask,
    first: dt.date | None,
    titles: Callable[[list[int]], Mapping[int, str]],
) -> Histogram:
    """Count the chosen events along an axis from the January of `first` to the last date or day.

    `first` is the day of the first article: what lies before its year is background and goes into
    one bin, “Earlier”, so that the axis stays readable. `titles` gives those of some events.
    """
    axis = _Axis.of(shown, chosen, first)
    rows = np.flatnonzero(chosen)
    begin, end = begins(shown.rows)[rows], shown.rows["latest"][rows]
    is_open = np.isnat(end) | np.isnat(shown.rows["earliest"][rows])
    end = np.where(np.isnat(end), np.maximum(begin, axis.last), end)
    markers = np.where(shown.is_unresolved, len(STATUSES), shown.rows["status"])[rows]
    is_undated = np.isnat(begin)
    is_earlier = ~is_undated & (end < axis.start)
    is_later = ~is_undated & ~is_earlier & (begin > axis.end)
    is_on_axis = ~(is_undated | is_earlier | is_later)
    low = axis.steps(begin[is_on_axis])
    high = axis.steps(np.maximum(begin, end)[is_on_axis])
    is_within = (axis.start <= begin) & (end <= axis.end) & ~is_open
    is_counted = (low == high) & is_within[is_on_axis]
    return Histogram(
        axis.unit,
        axis.bins(low[is_counted], markers[is_on_axis][is_counted]),
        _counts(markers[is_earlier]),
        _counts(markers[is_later]),
        _counts(markers[is_undated]),
        _spans(
            low[~is_counted],
            high[~is_counted],
            markers[is_on_axis][~is_counted],
            shown.events["event"][rows][is_on_axis][~is_counted],
            titles,
        ),
    )


class _Axis(NamedTuple):
    """The steps from the January of the first article's year on."""

    unit: str
    start: np.datetime64
    last: np.datetime64  # of the events that are on it
    end: np.datetime64  # what lies beyond is later than the axis can reach

    @classmethod
    def of(cls, shown: Shown, chosen: Mask, first: dt.date | None) -> "_Axis":
        day: dt.date = shown.day.item()
        start = dt.date(max((first or day).year, day.year - MAX_YEARS, dt.MINYEAR), 1, 1)
        end = np.datetime64(dt.date(min(day.year + MAX_YEARS, dt.MAXYEAR), 12, 31))
        rows = shown.rows[chosen]
        ends: Days = np.where(np.isnat(rows["latest"]), rows["earliest"], rows["latest"])
        ends = ends[ends >= np.datetime64(start)]
        last = min(ends.max() if len(ends) else np.datetime64(start), end)
        axis = cls("month", np.datetime64(start), last, end)
        return axis if axis.steps(np.array([last]))[0] < MAX_MONTHS else axis._replace(unit="year")

    def steps(self, days: Days) -> Codes:
        """The step of the axis that each day falls in, or the one that is nearest."""
        unit = f"M8[{self.unit[0].upper()}]"
        first = self.start.astype(unit)
        found: Codes = (np.clip(days, self.start, self.last).astype(unit) - first).astype(np.intp)
        return found

    def bins(self, steps: Codes, markers: Codes) -> list[Bin]:
        """The steps with their events by marker."""
        number = int(self.steps(np.array([self.last]))[0]) + 1
        counts = np.bincount(steps * len(MARKERS) + markers, minlength=number * len(MARKERS))
        by_step = counts.reshape(number, len(MARKERS))
        return [Bin(*self._name(step), _named(by_step[step])) for step in range(number)]

    def _name(self, number: int) -> tuple[str, str]:
        start: dt.date = self.start.item()
        if self.unit == "year":
            year = str(start.year + number).zfill(4)
            return year, year
        month = dt.date(start.year + number // 12, number % 12 + 1, 1)
        return month.isoformat()[:7], f"{month:%b} {month.year}"


def _counts(markers: Codes) -> dict[str, int]:
    return _named(np.bincount(markers, minlength=len(MARKERS)))


def _named(counts: Codes) -> dict[str, int]:
    return {name: number for name, number in zip(MARKERS, counts.tolist(), strict=True) if number}


def _spans(
    low: Codes,
    high: Codes,
    markers: Codes,
    keys: npt.NDArray[np.int64],
    titles: Callable[[list[int]], Mapping[int, str]],
) -> list[HistogramSpan]:
    """The spans one by one, or those of one extent and marker together where there are too many."""
    if len(keys) <= MAX_SPANS:
        named = titles(keys.tolist()) if len(keys) else {}
        found = zip(low.tolist(), high.tolist(), markers.tolist(), keys.tolist(), strict=True)
        return [
            HistogramSpan(first, last, MARKERS[marker], named[key])
            for first, last, marker, key in found
        ]
    extents, numbers = np.unique(np.stack((low, high, markers)), axis=1, return_counts=True)
    most = np.sort(np.argsort(-numbers, kind="stable")[:MAX_SPANS])
    return [
        HistogramSpan(first, last, MARKERS[marker], f"{number} event{'' if number == 1 else 's'}")
        for (first, last, marker), number in zip(
            extents[:, most].T.tolist(), numbers[most].tolist(), strict=True
        )
    ]
