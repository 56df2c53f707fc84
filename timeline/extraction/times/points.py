"""Points on the calendar at any grain, from a day to a century, and how they are written.

A point is a unit and the number of that unit since the year 0, so that "two weeks later" is an
addition. It is written as a TIMEX3 value (ISO-TimeML) and as EDTF (ISO 8601-2). Years before
the common era are astronomical: 480 BC is -479.
"""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

SEASONS = ("SP", "SU", "FA", "WI")
# How many of the unit make a year; those not named here are counted otherwise.
_PER_YEAR = {"month": 12, "quarter": 4, "half": 2, "season": 4, "year": 1}
_YEARS = {"year": 1, "decade": 10, "century": 100}
_EDTF_GROUPING = {"season": 21, "quarter": 33, "half": 40}


class BeyondCalendarError(ValueError):
    """A day before the year 1 or after 9999 was asked for."""


class Point(NamedTuple):
    """A calendar unit, counted: `Point("month", 2018 * 12 + 2)` is March 2018.

    Units are day, week, weekend, month, quarter, half, season, year, decade and century.
    """

    unit: str
    number: int

    def shift(self, count: int) -> "Point":
        return Point(self.unit, self.number + count)

    @property
    def year(self) -> int:
        if self.unit in _PER_YEAR:
            return self.number // _PER_YEAR[self.unit]
        if self.unit in _YEARS:
            return self.number * _YEARS[self.unit]
        return self.first.year

    @property
    def place(self) -> int:
        """Its place within the year, from 0: April is 3, the second quarter 1."""
        return self.number % _PER_YEAR[self.unit]

    @property
    def first(self) -> dt.date:
        """Its first day. Raises BeyondCalendarError outside the years 1 to 9999."""
        unit, number = self
        try:
            if unit == "day":
                return dt.date.fromordinal(number)
            if unit in ("week", "weekend"):
                return dt.date.fromordinal(number * 7 + (6 if unit == "weekend" else 1))
            month = int(self.months[0])
            return dt.date(month // 12, month % 12 + 1, 1)
        except (ValueError, OverflowError) as error:
            raise BeyondCalendarError(self) from error

    @property
    def last(self) -> dt.date:
        """Its last day. Raises as `first` does."""
        if self.unit == "weekend":
            return Point("day", self.first.toordinal() + 1).first
        return Point("day", self.shift(1).first.toordinal() - 1).first

    @property
    def months(self) -> tuple[float, float]:
        """Where it begins and ends, in months since the year 0: to measure gaps, also BC."""
        if self.unit in ("day", "week", "weekend"):
            at = self.first.year * 12 + self.first.month - 1 + (self.first.day - 1) / 31
            return at, at + (0 if self.unit == "day" else 0.2)
        if self.unit in _YEARS:
            years = _YEARS[self.unit]
            return self.number * years * 12, (self.number + 1) * years * 12
        size = 12 // _PER_YEAR[self.unit]
        begins = self.number * size + (2 if self.unit == "season" else 0)
        return begins, begins + size

    def to(self, unit: str) -> "Point":
        """The point of another unit that holds this one's beginning."""
        if unit == self.unit:
            return self
        if unit in _YEARS:
            return Point(unit, self.year // _YEARS[unit])
        if unit in _PER_YEAR:
            months = int(self.months[0]) - (2 if unit == "season" else 0)
            return Point(unit, months * _PER_YEAR[unit] // 12)
        return point_of(unit, self.first)


def point_of(unit: str, day: dt.date) -> Point:
    """The point of `unit` in which `day` lies; January and February are the last year's winter."""
    if unit == "day":
        return Point(unit, day.toordinal())
    if unit in ("week", "weekend"):
        return Point(unit, (day.toordinal() - 1) // 7)
    return Point("month", day.year * 12 + day.month - 1).to(unit)


def month_point(year: int, month: int) -> Point:
    return Point("month", year * 12 + month - 1)


def day_point(year: int, month: int, day: int) -> Point | None:
    """The day, or None where the calendar has no such day."""
    try:
        return Point("day", dt.date(year, month, day).toordinal())
    except (ValueError, OverflowError):
        return None


def year_value(year: int) -> str:
    """`1939`, and `BC0480` for 480 BC."""
    return f"{year:04}" if year > 0 else f"BC{1 - year:04}"


@lru_cache(maxsize=4096)
def value(point: Point) -> str:
    """The TIMEX3 value: `2018-03-27`, `2018-W13`, `2018-W13-WE`, `2018-Q1`, `2018-SP`, `199X`."""
    unit, number = point
    if unit == "day":
        return point.first.isoformat()
    if unit in ("week", "weekend"):
        iso = dt.date.fromordinal(number * 7 + 1).isocalendar()
        return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "decade":
        return f"{number:03}X" if number >= 0 else f"BC{-number:03}"
    if unit == "century":
        return f"{number:02}" if number >= 0 else f"BC{-number - 1:02}"
    year = year_value(point.year)
    match unit:
        case "month":
            return f"{year}-{point.place + 1:02}"
        case "season":
            return f"{year}-{SEASONS[point.place]}"
        case "quarter" | "half":
            return f"{year}-{unit[0].upper()}{point.place + 1}"
    return year


@lru_cache(maxsize=4096)
def edtf(point: Point) -> str | None:
    """The EDTF string, an interval for a week; None before the common era.

    Raises BeyondCalendarError after the year 9999.
    """
    unit, number = point
    if point.year < 1:
        return None
    if point.year > (9998 if unit == "season" else 9999):  # a winter ends in the year after
        raise BeyondCalendarError(point)
    if unit == "day":
        return point.first.isoformat()
    if unit in ("week", "weekend"):
        return f"{point.first}/{point.last}"
    if unit in ("decade", "century"):
        return f"{number:03}X" if unit == "decade" else f"{number:02}XX"
    if unit in _EDTF_GROUPING:
        return f"{point.year:04}-{_EDTF_GROUPING[unit] + point.place}"
    return f"{point.year:04}-{point.place + 1:02}" if unit == "month" else f"{point.year:04}"
