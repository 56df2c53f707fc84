"""Time expressions of a text: where they stand, what they denote, and how that was found.

Values follow TIMEX3 (ISO-TimeML), calendar dates are EDTF (ISO 8601-2). Words and rules are data
in `lexicon/times.toml`: `grammar` finds where the rules fit, and the readings in
`calendar`, `years`, `relative`, `durations_and_sets` and `times_of_day` say what that means.
"""

import datetime as dt
import re
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from timeline.basis import Basis, DateBasis, Span
from timeline.basis.words import sentence

from ..lexicon import alternatives
from ..text.sentences import SentenceSpan, split
from . import calendar, durations_and_sets, relative, years  # noqa: F401 fill READINGS
from .context import Context
from .grammar import Found, find, grammar
from .intervals import with_intervals
from .meaning import READINGS, Ground, Meaning
from .points import BeyondCalendarError, Point, month_point, point_of
from .times_of_day import ReadTimex, with_days

# Rules whose expressions count from the day of publication: a text full of them is news.
_NEWS = frozenset(("weekday", "today", "relative-unit", "relative-month"))


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: code-point offsets (end-exclusive), its text and what it denotes.

    `type` and `value` are TIMEX3; `edtf` is set where it denotes a point or span on the calendar;
    `ground` is what it was read on, `lead` the preposition before it, `rule` what rule of the
    grammar fired; `last` are the words that give its end, where those are another expression.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    edtf: str | None
    ground: Ground
    lead: str
    rule: str
    last: Span | None = None

    @property
    def date(self) -> str:
        """Its EDTF, empty where it denotes nothing on the calendar."""
        return self.edtf or ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words that were read, with the preposition before them."""
        words = Span(self.lead + self.text, self.start - len(self.lead), self.end)
        return (words, self.last) if self.last else (words,)

    @property
    def derivation(self) -> str:
        """One sentence for a reader: the words, and how they give the date."""
        basis = DateBasis(self.ground.rule, self.spans, self.ground.base)
        return sentence(Basis(basis), (self.edtf or "").partition("T")[0])


def find_times(
    text: str, published: dt.date | dt.datetime, sentences: Sequence[SentenceSpan] | None = None
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
    read = [
        ReadTimex(f.start, f.end, f.rule.name, meaning) for f, meaning in _readings(fits, context)
    ]
    dated = with_intervals(text, with_days(text, read, sentences, context))
    return [_time(text, item) for item in dated]


def _readings(fits: list[Found], context: Context) -> Iterator[tuple[Found, Meaning]]:
    """The fits that are time expressions, in order; what overlaps one before it is narrowed."""
    narrowed: list[Found] = []
    for found in fits:
        while narrowed and narrowed[0].place < found.place:
            yield from _read(narrowed.pop(0), narrowed, context)
        yield from _read(found, narrowed, context)
    while narrowed:
        yield from _read(narrowed.pop(0), narrowed, context)


def _read(found: Found, narrowed: list[Found], context: Context) -> Iterator[tuple[Found, Meaning]]:
    """The fit with its meaning, or where it is none, what fits inside it in `narrowed`."""
    meaning = _meaning(found, context) if found.first >= context.read_up_to else None
    if meaning:
        context.read_up_to = found.last
        if meaning.point:
            context.note(meaning.point, found.start, meaning.ground.is_stated)
        yield found, meaning
    elif found.last > context.read_up_to:
        inner = found.within(max(found.first + 1, context.read_up_to))
        if inner:
            insort(narrowed, inner, key=attrgetter("place"))


def _meaning(found: Found, context: Context) -> Meaning | None:
    try:
        return READINGS[found.rule.reading](found, context)
    except BeyondCalendarError:
        return None  # "900 years ago" in a text of the year 800


def _narrates(fits: list[Found], year: int) -> bool:
    """Whether the text is a history: its years lie far from its publication, nothing is today."""
    far = near = 0
    from_text = grammar().cues["from_text"]
    for found in fits:
        if found.rule.reading == "bc":
            far += 1
        elif found.rule.name in ("year", "month-year", "years"):
            far += abs(found.get("year") - year) > 1
        elif found.rule.name in _NEWS and from_text.isdisjoint(found.all):
            near += 3 if found.rule.name == "weekday" else 1
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


def _time(text: str, item: ReadTimex) -> Time:
    meaning = item.meaning
    lead = _lead().search(text, max(0, item.start - 7), item.start)
    last = item.last
    return Time(
        item.start,
        item.end,
        text[item.start : item.end],
        meaning.type,
        meaning.value,
        meaning.edtf,
        meaning.ground,
        lead[0] if lead else "",
        item.rule,
        Span(text[last.start : last.end], last.start, last.end) if last else None,
    )


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?i:{alternatives(grammar().cues['lead'])}) \Z")
