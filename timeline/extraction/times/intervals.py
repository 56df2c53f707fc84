"""Two expressions that bound one stretch of time: “from Monday to Friday”, “1950–1953”."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..lexicon import alternatives, load
from .grammar import grammar
from .meaning import Meaning
from .points import BeyondCalendarError
from .times_of_day import ReadTimex

_AND = re.compile(r",? (?:and|&) (?:the )?")
_WORDS_BEFORE = 40  # characters before an expression in which something may be moved


class _Bounds(NamedTuple):
    """What stands between two dates that bound a stretch of time, and before them."""

    alone: re.Pattern[str]
    both: re.Pattern[str]
    outset: re.Pattern[str]
    moved: re.Pattern[str]  # from one day to another: that lasts for neither


@cache
def _bounds() -> _Bounds:
    cues, moved = grammar().cues, load("tense")["moved"]["words"].split()
    return _Bounds(
        re.compile(rf"\s?[-–—]\s?|,? (?:{alternatives(cues['through_alone'])}) (?:the )?"),
        re.compile(rf",? (?:{alternatives(cues['through_both'])}) (?:the )?"),
        re.compile(rf"\b({alternatives(cues['outset'])})(?: the)? \Z", re.IGNORECASE),
        re.compile(rf"\b(?:{alternatives(moved)})\b"),
    )


def with_intervals(text: str, read: list[ReadTimex]) -> list[ReadTimex]:
    """Let the first of two expressions that bound a stretch of time stand for all of it, in EDTF.

    The TIMEX3 values stay those of each. Times of day bound nothing here.
    """
    for first, last in reversed(list(pairwise(read))):
        begins, ends = _span(first.meaning), _span(last.meaning)
        if not (begins and ends and _precedes(first, last)):
            continue
        if _bound(text, first, last) or _are_days_on_end(text, first, last):
            first.meaning.edtf, first.last = f"{begins[0]}/{ends[-1]}", last
            if first.meaning.ground.is_stated:  # then what the end counts from, if from anything
                first.meaning.ground = last.meaning.ground
    return read


def _span(meaning: Meaning) -> list[str]:
    """The EDTF strings of where a date begins and ends; empty for what is open or no date."""
    if meaning.type != "DATE" or meaning.edtf is None or ".." in meaning.edtf:
        return []
    return meaning.edtf.split("/")


def _precedes(first: ReadTimex, last: ReadTimex) -> bool:
    begin, end = first.meaning.point, last.meaning.point
    try:
        return begin is not None and end is not None and begin.first < end.last
    except BeyondCalendarError:
        return False


def _bound(text: str, first: ReadTimex, last: ReadTimex) -> bool:
    """Whether the words between, and those before, say that one is the beginning, one the end."""
    if _bounds().alone.fullmatch(text, first.end, last.start):
        return True
    if not _bounds().both.fullmatch(text, first.end, last.start):
        return False
    before = _bounds().outset.search(text, max(first.start - 13, 0), first.start)
    between = text[first.end : last.start].lstrip(", ").startswith("and")
    if before is None:
        return text.startswith(" to ", first.end) and first.rule in _OPEN_SPANS
    if (before[1].lower() == "between") != between:
        return False
    return not _bounds().moved.search(text, max(first.start - _WORDS_BEFORE, 0), first.start)


def _are_days_on_end(text: str, first: ReadTimex, last: ReadTimex) -> bool:
    """Whether one thing lasts for all of some days: "met on April 27 and 28", not "on 3 and 10"."""
    begin, end = first.meaning.point, last.meaning.point
    goes_on = last.last is not None and text[first.end : last.start] == ", "  # "May 3, 4 and 5"
    is_joined = goes_on or _AND.fullmatch(text, first.end, last.start)
    return bool(is_joined and begin and begin.unit == "day" and begin.shift(1) == end)


# "Nov. 7 to 9" without "from"
_OPEN_SPANS = frozenset(("month-day", "day-month", "first-of-days", "year"))
