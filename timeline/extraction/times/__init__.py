"""Time expressions of a text: where they stand, what they denote, and how that was found.

Values follow TIMEX3 (ISO-TimeML), calendar dates are EDTF (ISO 8601-2). Words and rules are data
in `lexicon/times.toml`: `grammar` finds where the rules fit, and the readings in
`calendar`, `years`, `relative`, `spans` and `clocks` say what that means.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from ..sentences import Sentence, split
from . import calendar, relative, spans, years  # noqa: F401 fill READINGS
from .clocks import Read, with_days
from .context import Context
from .grammar import Found, find
from .meaning import READINGS, STATED, Meaning
from .points import BeyondCalendarError, Point, month_point, point_of

# Rules whose expressions count from the day of publication: a text full of them is news.
_NEWS = frozenset(("weekday", "today", "relative-unit", "relative-month"))
_LEADING = frozenset(("on", "in", "at", "since", "by", "until"))


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: code-point offsets (end-exclusive), its text and what it denotes.

    `type` and `value` are TIMEX3; `edtf` is set where it denotes a point or span on the calendar;
    `derivation` is one sentence for a reader, `rule` the name of the rule that fired.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    edtf: str | None
    derivation: str
    rule: str


def find_times(
    text: str, published: dt.date | dt.datetime, sentences: Sequence[Sentence] | None = None
) -> list[Time]:
    """Return the time expressions of `text` in order, none of them overlapping.

    `sentences` are those of `sentences.split`, where the caller has them already. Never raises
    for any text; the time taken grows linearly with its length.
    """
    fits = find(text)
    if not fits:
        return []
    sentences = split(text) if sentences is None else sentences
    narrative = _narrates(fits, published.year)
    ahead = _ahead(fits) if narrative else {}
    context = Context(text, point_of("day", published), sentences, narrative, ahead)
    read = [Read(f.start, f.end, f.rule.name, meaning) for f, meaning in _readings(fits, context)]
    return [_time(text, item) for item in with_days(text, read, sentences, context)]


def _readings(fits: list[Found], context: Context) -> Iterator[tuple[Found, Meaning]]:
    """The fits that are time expressions, in order; what overlaps one before it is narrowed."""
    queue = [(found.place, nth, found) for nth, found in enumerate(fits)]
    more = count(len(fits))  # two fits may have one place
    while queue:
        *_, found = heappop(queue)
        meaning = _meaning(found, context) if found.first >= context.read_up_to else None
        if meaning:
            context.read_up_to = found.last
            if meaning.point:
                context.note(meaning.point, found.start, meaning.basis == STATED)
            yield found, meaning
        elif found.last > context.read_up_to:
            inner = found.within(max(found.first + 1, context.read_up_to))
            if inner:
                heappush(queue, (inner.place, next(more), inner))


def _meaning(found: Found, context: Context) -> Meaning | None:
    try:
        return READINGS[found.rule.reading](found, context)
    except BeyondCalendarError:
        return None  # "900 years ago" in a text of the year 800


def _narrates(fits: list[Found], year: int) -> bool:
    """Whether the text is a history: its years lie far from its publication, nothing is today."""
    far = near = 0
    for found in fits:
        if found.rule.reading == "bc":
            far += 1
        elif found.rule.name in ("year", "month-year", "years"):
            far += abs(found.get("year") - year) > 1
        elif found.rule.name in _NEWS:
            near += found.word("shift") != "that"
    return far > 2 if not near else far > 7 and far > 4 * near


def _ahead(fits: list[Found]) -> dict[int, Point]:
    """For each token where something fits, the next month that the text states with its year."""
    ahead: dict[int, Point] = {}
    after = None
    for found in reversed(fits):
        if after:
            ahead[found.first] = after
        if found.rule.name in ("month-day", "day-month", "month-year") and found.words("year"):
            after = month_point(found.get("year"), found.get("month"))
    return ahead


def _time(text: str, item: Read) -> Time:
    words, meaning = text[item.start : item.end], item.meaning
    before = text[max(0, item.start - 7) : item.start].split()
    led = before and text[item.start - 1] == " " and before[-1].lower() in _LEADING
    derivation = meaning.derivation(f"{before[-1]} {words}" if led else words)
    return Time(
        item.start,
        item.end,
        words,
        meaning.type,
        meaning.value,
        meaning.edtf,
        derivation,
        item.rule,
    )
