"""How many events fall in which month: the figures of the chart."""

import datetime as dt
from collections import Counter
from typing import Any, NamedTuple

from timeline.models import Event

# A month axis longer than this is unreadable; years take over.
MAX_MONTHS = 96
# Years on either side of the day in view that the axis can reach; what lies beyond is “Earlier” or
# “Later”, so that one date of the year 9999 makes no axis of eight thousand steps.
MAX_YEARS = 200


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


def build_histogram(events: list[Event], first: dt.date | None, day: dt.date) -> Histogram:
    """Count `events` along an axis from the January of `first` to the last date or `day`.

    `first` is the day of the first article: what lies before its year is background and goes into
    one bin, “Earlier”, so that the axis stays readable.
    """
    axis_start = dt.date(max((first or day).year, day.year - MAX_YEARS, dt.MINYEAR), 1, 1)
    axis_end = dt.date(min(day.year + MAX_YEARS, dt.MAXYEAR), 12, 31)
    last = min(_last_day(events, axis_start), axis_end)
    unit = "month" if _index(last, axis_start, "month") < MAX_MONTHS else "year"
    counts: dict[int, Counter[str]] = {}
    earlier: Counter[str] = Counter()
    later: Counter[str] = Counter()
    undated: Counter[str] = Counter()
    spans: list[HistogramSpan] = []
    for event in events:
        begin = event.shown_earliest or event.shown_latest
        if not begin:
            undated[event.marker] += 1
            continue
        end = event.shown_latest or max(begin, last)
        if end < axis_start:
            earlier[event.marker] += 1
            continue
        if begin > axis_end:
            later[event.marker] += 1
            continue
        low, high = (
            _index(min(max(one, axis_start), last), axis_start, unit)
            for one in (begin, max(begin, end))
        )
        is_within = axis_start <= begin and end <= axis_end
        if low == high and is_within and event.shown_earliest and event.shown_latest:
            counts.setdefault(low, Counter())[event.marker] += 1
        else:
            spans.append(HistogramSpan(low, high, event.marker, event.shown_title))
    bins = [
        Bin(*_name(number, axis_start, unit), dict(counts.get(number, {})))
        for number in range(_index(last, axis_start, unit) + 1)
    ]
    return Histogram(unit, bins, dict(earlier), dict(later), dict(undated), spans)


def _last_day(events: list[Event], first: dt.date) -> dt.date:
    """Return the last day of some events, `first` where none is later."""
    ends = [event.shown_latest or event.shown_earliest for event in events]
    return max([end for end in ends if end and end >= first], default=first)


def _index(day: dt.date, start: dt.date, unit: str) -> int:
    years = day.year - start.year
    return years if unit == "year" else years * 12 + day.month - start.month


def _name(number: int, start: dt.date, unit: str) -> tuple[str, str]:
    if unit == "year":
        year = str(start.year + number).zfill(4)
        return year, year
    month = dt.date(start.year + number // 12, number % 12 + 1, 1)
    return month.isoformat()[:7], f"{month:%b} {month.year}"
