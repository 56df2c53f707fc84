"""EDTF strings, the days they span, and the words a reader gets.

EDTF is ISO 8601-2 as the Library of Congress profiles it: levels 0 and 1, and of level 2 the
quarters and halves of a year and "one of a set". Qualifiers (`~` approximate, `?` uncertain,
`%` both) never move a bound: they are said in words.

The grammar is our own, for it is asked about every date that is read or written: it answers in
microseconds, where a parser of the whole standard takes 12 to 18 ms. A test holds both together.
"""

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

MONTHS = tuple(calendar.month_name)
# First month and length in months of the sub-year groupings of EDTF.
GROUPINGS = {
    21: ("spring", 3, 3),
    22: ("summer", 6, 3),
    23: ("autumn", 9, 3),
    24: ("winter", 12, 3),
    33: ("first quarter of", 1, 3),
    34: ("second quarter of", 4, 3),
    35: ("third quarter of", 7, 3),
    36: ("fourth quarter of", 10, 3),
    40: ("first half of", 1, 6),
    41: ("second half of", 7, 6),
}
_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")
_CLOCK = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_OPEN = ("..", "")
_DOUBT = re.compile(r"[~?%\[]")


class Bounds(NamedTuple):
    """First and last day that a date can mean; `None` where that side is open."""

    earliest: dt.date | None
    latest: dt.date | None


class Days(NamedTuple):
    """First and last day of a date that is open on neither side."""

    earliest: dt.date
    latest: dt.date


class Part(NamedTuple):
    """One date of an EDTF string, before any interval is built."""

    days: Days
    year: str
    month: int | None  # 1 to 12, or a grouping of GROUPINGS
    day: int | None
    qualifier: str  # "", "~", "?" or "%"


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> Bounds:
    """Return the days that `edtf` spans, both included.

    An empty string is "date not set" and has no bounds. Raises ValueError as `validate` does.
    """
    if not edtf:
        return Bounds(None, None)
    validate(edtf)
    if edtf.startswith("["):
        choices = [_part(choice).days for choice in edtf[1:-1].split(",")]
        return Bounds(min(days.earliest for days in choices), max(days.latest for days in choices))
    first, slash, last = edtf.partition("/")
    if not slash:
        return Bounds(*_part(_without_clock(first)).days)
    earliest = None if first in _OPEN else _part(first).days.earliest
    latest = None if last in _OPEN else _part(last).days.latest
    return Bounds(earliest, latest)


def known_bounds(edtf: str) -> Bounds:
    """Return the bounds of a stored date; of one that came past the checks, none, as of no date."""
    try:
        return bounds(edtf)
    except ValueError:
        return Bounds(None, None)


@lru_cache(maxsize=4096)
def validate(edtf: str) -> None:
    """Raise ValueError, in words for the person who typed it, unless Dateline holds this date.

    It does when the string is EDTF, names days of the calendar in the years 1 to 9999, and has
    bounds: what passes is read by every function here without an error.
    """
    if edtf.startswith("[") and edtf.endswith("]"):
        _validate_choices(edtf)
        return
    first, slash, last = edtf.partition("/")
    if not slash:
        _part(_without_clock(first))
        return
    if first in _OPEN and last in _OPEN:
        raise ValueError(f"“{edtf}” is open on both sides: leave the date empty instead.")
    begin, end = (None if side in _OPEN else _part(side) for side in (first, last))
    if begin and end and begin.days.earliest > end.days.latest:
        raise ValueError(f"“{edtf}” ends before it begins.")


def _validate_choices(edtf: str) -> None:
    choices = edtf[1:-1].split(",")
    if not all(choices):
        raise _unread(edtf)
    for choice in choices:
        _part(choice)
    if len(choices) < 2:
        raise ValueError(f"“{edtf}” offers a single date: write it without the brackets.")
    if "X" in edtf:
        raise ValueError(f"“{edtf[:60]}” offers a choice of dates: write each of them without X.")


def _without_clock(text: str) -> str:
    """Return the day of a date-time, and anything else as it is."""
    clock = _CLOCK.fullmatch(text)
    return clock[1] if clock else text


@lru_cache(maxsize=4096)
def words(edtf: str) -> str:
    """Return the date as a reader says it: “27 March 2018”, “7–10 January 2019”, “by May 2018”."""
    if not edtf:
        return "Date not set"
    if edtf.startswith("["):
        return " or ".join(_part_words(_part(choice)) for choice in edtf[1:-1].split(","))
    first, slash, last = edtf.partition("/")
    if not slash:
        return _part_words(_part(_without_clock(first)))
    if first in _OPEN:
        return f"by {_part_words(_part(last))}"
    if last in _OPEN:
        return f"after {_part_words(_part(first))}"
    return _interval_words(_part(first), _part(last))


@lru_cache(maxsize=4096)
def precision(edtf: str) -> str:
    """Return what a reader must know of how exact the date is; the weekday of an exact day."""
    if not edtf:
        return ""
    first, slash, last = edtf.partition("/")
    if slash:
        return _interval_precision(first, last)
    if edtf.startswith("["):
        return "one of these"
    part = _part(_without_clock(first))
    said = {"~": "approximate", "?": "uncertain", "%": "approximate, uncertain"}
    if part.qualifier:
        return said[part.qualifier]
    if part.day:
        return f"{part.days.earliest:%A}"
    if part.month:
        return "month only" if part.month <= 12 else ""
    return "year only" if "X" not in part.year else "within these years"


def is_exact(edtf: str) -> bool:
    """Whether the date is one day, or days from and to, without a qualifier."""
    return (
        bool(edtf)
        and not re.search(r"[~?%X\[]|\.\.", edtf)
        and all(len(side) >= 10 for side in edtf.split("/"))
    )


def interpretation(edtf: str) -> str:
    """Return how an editor's input is understood: “2018-05 → May 2018, 1–31 May”.

    Raises ValueError as `validate` does.
    """
    if not edtf:
        return "Date not set"
    validate(edtf)
    earliest, latest = bounds(edtf)
    if earliest and earliest == latest:
        return f"{edtf} → {earliest:%A} {words(edtf)}"
    if earliest and latest:
        return f"{edtf} → {words(edtf)}, {_days(earliest, latest)}"
    begins = f"no earlier than {_day(earliest)}" if earliest else ""
    ends = f"no later than {_day(latest)}" if latest else ""
    return f"{edtf} → {words(edtf)}, {begins or ends}"


@lru_cache(maxsize=4096)
def agree(one: str, other: str) -> bool:
    """Return whether two stored dates have a day in common; one without bounds agrees with all."""
    first, second = known_bounds(one), known_bounds(other)
    return all(
        not before.latest or not after.earliest or before.latest >= after.earliest
        for before, after in ((first, second), (second, first))
    )


def is_within(one: str, other: str) -> bool:
    """Return whether all days of `one`, which is set, are days of `other`, or that is not set."""
    inner, outer = known_bounds(one), known_bounds(other)
    starts = not outer.earliest or (inner.earliest and inner.earliest >= outer.earliest)
    ends = not outer.latest or (inner.latest and inner.latest <= outer.latest)
    return bool(one and starts and ends)


def is_coarser(one: str, other: str) -> bool:
    """Return whether `one` tells less of the same date than `other`: it may be more days, or is
    approximate, uncertain or a choice where the other is not; of two of which one is open, whether
    it begins before the other, or ends after it. Neither does where one is not set."""
    if not one or not other:
        return False
    if not is_within(other, one):
        return _is_looser(known_bounds(one), known_bounds(other)) and agree(one, other)
    is_doubtful = bool(_DOUBT.search(one)) and not _DOUBT.search(other)
    return is_doubtful or not is_within(one, other)


def _is_looser(one: Bounds, other: Bounds) -> bool:
    """Whether one of these is open, and `one` leaves a side on which `other` has a bound."""
    begins = other.earliest and not (one.earliest and one.earliest >= other.earliest)
    ends = other.latest and not (one.latest and one.latest <= other.latest)
    return not all((*one, *other)) and bool(begins or ends)


def is_week(edtf: str) -> bool:
    """Whether the date is a whole week, from Monday to Sunday."""
    earliest, latest = known_bounds(edtf)
    return bool(earliest and latest and (latest - earliest).days == 6 and not earliest.weekday())


def _part(text: str) -> Part:
    match = _DATE.fullmatch(text)
    if not match:
        raise _unread(text)
    year, month_text, day_text, qualifier = match.groups()
    month = int(month_text) if month_text and month_text != "XX" else None
    day = int(day_text) if day_text and day_text != "XX" else None
    if day_text and month_text == "XX" and day is not None:
        raise ValueError(f"“{text}” has a day but no month: write {year}, or the month as well.")
    if "X" in year and month is not None:
        raise ValueError(f"“{text}” has a month but no year: write {year}, or the year as well.")
    if day_text and month is not None and month > 12:
        raise ValueError(f"“{text}” has a day in a part of the year that is no month.")
    try:
        days = _days_of(year, month, day)
    except ValueError as error:
        raise ValueError(f"“{text}” is not {_what_it_lacks(year, month)}.") from error
    return Part(days, year, month, day, qualifier)


def _unread(text: str) -> ValueError:
    return ValueError(
        f"“{text[:60]}” is not an EDTF date. Write 2018-03-27, 2018-03, 2018, "
        "2018-21 (spring), 2011-12~ (about), 2018-06? (uncertain) or 2019-01-07/2019-01-10."
    )


def _what_it_lacks(year: str, month: int | None) -> str:
    if year.startswith("00") and not int(year.replace("X", "0")):
        return "in the years from 1 to 9999, which Dateline holds"
    if month == 24 and year == "9999":
        return "over by the year 9999, the last that Dateline holds"
    if month is not None and not 1 <= month <= 12:
        return "a month or a season of the calendar"
    return "a day of the calendar"


def _days_of(year: str, month: int | None, day: int | None) -> Days:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None:
        return Days(dt.date(first, 1, 1), dt.date(last, 12, 31))
    if day is not None:
        exact = dt.date(first, month, day)
        return Days(exact, exact)
    _, begin, length = GROUPINGS.get(month, ("", month, 1))
    begins = dt.date(first, begin, 1)
    ends_year, ends_month = divmod(first * 12 + begin - 1 + length - 1, 12)
    return Days(
        begins,
        dt.date(ends_year, ends_month + 1, calendar.monthrange(ends_year, ends_month + 1)[1]),
    )


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _days(first: dt.date, last: dt.date) -> str:
    """The first to the last day; without the year where both lie in one."""
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    end = f"{last.day} {MONTHS[last.month]}"
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{first.day} {MONTHS[first.month]} – {end}"


def _part_words(part: Part) -> str:
    about = "about " if part.qualifier in ("~", "%") else ""
    doubt = " (uncertain)" if part.qualifier in ("?", "%") else ""
    decade = "s" if "X" in part.year else ""
    year = f"{int(part.year.replace('X', '0'))}{decade}"
    if part.month and part.day:
        said = f"{part.day} {MONTHS[part.month]} {year}"
    elif part.month and part.month > 12:
        said = f"{GROUPINGS[part.month][0]} {year}"
    elif part.month:
        said = f"{MONTHS[part.month]} {year}"
    else:
        said = year
    return f"{about}{said}{doubt}"


def _interval_words(first: Part, last: Part) -> str:
    plain = not first.qualifier and not last.qualifier
    if plain and first.month and first.day and last.day and first.year == last.year:
        if first.month == last.month:
            return f"{first.day}–{last.day} {MONTHS[first.month]} {int(first.year)}"
        return f"{first.day} {MONTHS[first.month]} – {_part_words(last)}"
    if plain and not (first.month or last.month or "X" in first.year + last.year):
        return f"{int(first.year)}–{int(last.year)}"
    return f"{_part_words(first)} to {_part_words(last)}"


def _interval_precision(first: str, last: str) -> str:
    if first in ("..", ""):
        return "start not given"
    if last in ("..", ""):
        return "end not given"
    begin, end = _part(first), _part(last)
    if begin.qualifier or end.qualifier:
        return "approximate"
    if begin.day and end.day:
        length = (end.days.latest - begin.days.earliest).days + 1
        return f"{begin.days.earliest:%a} to {end.days.latest:%a}, {length} days"
    return "years only" if not begin.month and not end.month else "months only"
