"""Dates as people type them: “26 March”, “late 2011”, or EDTF; the interpretation is EDTF."""

import datetime as dt
import re
from unicodedata import normalize

from timeline import dates
from timeline.extraction.times import find_times

# What is said before a date and says nothing of which day it is.
_LEADING = re.compile(r"^(?:on|in|the|during)\s+", re.IGNORECASE)
# What belongs to a date of two ends, and stands before its first.
_BETWEEN = re.compile(r"(?:between|from)\s+", re.IGNORECASE)
# What leaves one side open, as `dates.words` says it: “by May 2018” is ../2018-05.
_UNTIL = re.compile(r"(?:by|until|till|up to|no later than)\s+", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|after|no earlier than)\s+", re.IGNORECASE)
_BEFORE = re.compile(r"before\s+", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:about|around|approximately|approx\.|circa|ca?\.?)\s+", re.IGNORECASE)
_BEFORE_OUR_ERA = re.compile(r"\bB\.?\s?C\.?(?:\s?E\.?)?(?![a-z])|\bbefore christ\b", re.IGNORECASE)
# Dates in numbers. Of the first, which is the day and which the month is a matter of country.
_EITHER = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([./-])([0-9]{1,2})\2([0-9]{1,2})\.?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")
_YEARS = re.compile(r"([0-9]{4})\s?[-–]\s?([0-9]{4})")
_YEAR = re.compile(r"\b([12][0-9]{3})(?:s|\b)")
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
# A date alone is read as one only with a word that takes a date before it: “in May”.
_CONTEXTS = ("", "in ", "on ")
EXAMPLES = "26 March 2018, May 2018, late 2011 or 2018-03-27"


class TwoDatesError(ValueError):
    """A date in numbers that some read with the day first, and some with the month."""

    def __init__(self, typed: str, day_first: dt.date, month_first: dt.date) -> None:
        self.day_first, self.month_first = day_first, month_first
        one, other = (f"{dates.words(str(day))} or {day}" for day in (day_first, month_first))
        super().__init__(
            f"“{typed}” is read by some with the day first, by others with the month. "
            f"Write {one}. If you mean the other, write {other}."
        )


def read_typed(text: str, day: dt.date | None = None, *, day_first: bool | None = None) -> str:
    """Return the date that somebody typed, as EDTF; "" for none.

    Words that name no year are read as in an article of `day`; without one they are refused.
    `day_first` says which number of 12/06/2018 is the day, where that is known. Raises ValueError,
    in a sentence for an editor, for what is no date: a `TwoDatesError` where it may be either of
    two.
    """
    typed = " ".join(normalize("NFKC", text).split())
    if not typed:
        return ""
    if _BEFORE_OUR_ERA.search(typed):
        raise ValueError(
            f"“{typed[:60]}” lies before the years from 1 to 9999, which Dateline holds."
        )
    numbers = _in_numbers(typed, day_first)
    if numbers is not None:
        return numbers
    try:
        dates.validate(typed)
    except ValueError:
        if re.fullmatch(r"[0-9~?%/.X-]+", typed):
            raise  # meant as EDTF
    else:
        return typed
    for side, opened in ((_UNTIL, "../{}"), (_SINCE, "{}/.."), (_BEFORE, "")):
        if (said := side.match(typed)) and (rest := typed[said.end() :]):
            return _opened(typed, read_typed(rest, day, day_first=day_first), opened)
    return _in_words(typed, day)


def _in_words(typed: str, day: dt.date | None) -> str:
    words = _LEADING.sub("", typed, count=1)
    is_about = bool(_ABOUT.match(words))
    words = _ABOUT.sub("", words, count=1)
    year = _YEAR.search(words)
    edtf = _read(words, day or dt.date(int(year[1]) if year else 2000, 1, 1))
    if edtf is None:
        raise ValueError(f"“{typed[:60]}” is no date that can be read. Write {EXAMPLES}.")
    if day is None and not year:
        raise ValueError(f"“{typed[:60]}” names no year. Write {EXAMPLES}.")
    _check_weekday(typed, edtf)
    return f"{edtf}~" if is_about and re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", edtf) else edtf


def _in_numbers(typed: str, day_first: bool | None) -> str | None:
    """Read a date that is all numbers and no EDTF; None for another."""
    if found := _EITHER.fullmatch(typed):
        return _day_of(typed, int(found[4]), int(found[1]), int(found[3]), day_first)
    if found := _YEAR_FIRST.fullmatch(typed):
        return _valid(typed, f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}")
    if found := _MONTH_YEAR.fullmatch(typed):
        return _valid(typed, f"{found[2]}-{int(found[1]):02}")
    if (found := _YEARS.fullmatch(typed)) and found[1] < found[2]:
        return _valid(typed, f"{found[1]}/{found[2]}")
    return None


def _day_of(typed: str, year: int, first: int, second: int, day_first: bool | None) -> str:
    """Return the one day that 28/03/2018 can be, or that of two which `day_first` says."""
    found: list[dt.date | None] = []
    for day, month in ((first, second), (second, first)):
        try:
            found.append(dt.date(year, month, day))
        except ValueError:
            found.append(None)
    one, other = found
    if one and other and one != other and day_first is None:
        raise TwoDatesError(typed, one, other)
    chosen = other if day_first is False and other else one or other
    if chosen is None:
        raise ValueError(f"“{typed}” is not a day of the calendar. Write {EXAMPLES}.")
    return str(chosen)


def _valid(typed: str, edtf: str) -> str:
    try:
        dates.validate(edtf)
    except ValueError as error:
        raise ValueError(f"“{typed}” is not a day of the calendar. Write {EXAMPLES}.") from error
    return edtf


def _opened(typed: str, edtf: str, opened: str) -> str:
    """Return a date that is open before or after `edtf`."""
    if re.search(r"[/\[]", edtf):
        raise ValueError(f"“{typed[:60]}” is no date that can be read. Write {EXAMPLES}.")
    if opened:
        return opened.format(edtf)
    last = dates.bounds(edtf).earliest
    if last is None or last == dt.date.min:
        raise ValueError(f"“{typed[:60]}” is no date that can be read. Write {EXAMPLES}.")
    return f"../{last - dt.timedelta(days=1)}"


def _check_weekday(typed: str, edtf: str) -> None:
    """Raise ValueError where the weekday that is typed is another than that of the day."""
    bounds = dates.bounds(edtf)
    named = _WEEKDAY.findall(typed)
    if len(named) != 1 or not bounds.earliest or bounds.earliest != bounds.latest:
        return
    if not f"{bounds.earliest:%A}".lower().startswith(named[0].lower()):
        raise ValueError(f"“{typed[:60]}” was a {bounds.earliest:%A}: which of both is right?")


def _read(words: str, day: dt.date) -> str | None:
    """Read words that are a date as a whole; None where they are not."""
    for context in _CONTEXTS:
        found = find_times(f"{context}{words}", day)
        first = len(context) + (between.end() if (between := _BETWEEN.match(words)) else 0)
        if not found or found[0].start != first or found[-1].end < len(context + words):
            continue
        whole = found[0].edtf
        if whole and all(one.edtf and dates.is_within(one.edtf, whole) for one in found):
            dates.validate(whole)
            return whole
    return None
