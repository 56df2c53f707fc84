"""Time expressions of a text: where they stand, what they denote, and how that was found.

Values follow TIMEX3 (ISO-TimeML), calendar dates are EDTF (ISO 8601-2). Rules and words are data,
in `lexicon/times.toml`; `time_grammar` finds where they fit, `time_readings` says what they mean.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import sentences as _sentences
from . import time_calendar, time_relative, time_spans  # noqa: F401  they fill READINGS
from .sentences import Sentence
from .time_context import Context
from .time_grammar import Found, find
from .time_meaning import READINGS, STATED, Meaning
from .time_points import Point, edtf, month_point, point_of


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

    Never raises for any text. The time taken grows linearly with its length.
    """
    fits = sorted(find(text), key=lambda found: (found.first, -found.last))
    if not fits:
        return []
    context = Context(
        text,
        point_of("day", published),
        _sentences.split(text) if sentences is None else sentences,
        narrative := _narrates(fits, published.year),
        _ahead(fits) if narrative else None,
    )
    read: list[_Read] = []
    taken = 0
    for found in fits:
        if found.first >= taken and (meaning := READINGS[found.rule.reading](found, context)):
            taken = found.last
            if meaning.point:
                context.note(meaning.point, meaning.basis == STATED)
            read.append(_Read(found.start, found.end, found.rule.name, meaning))
    return [_time(text, item) for item in _with_days(text, read, context)]


@dataclass(slots=True)
class _Read:
    start: int
    end: int
    rule: str
    meaning: Meaning


_DEICTIC = frozenset(("weekday", "today", "relative-unit", "relative-month"))


def _narrates(fits: list[Found], year: int) -> bool:
    """Whether the text is a history: its years are far from its publication, nothing is today."""
    far = near = 0
    for found in fits:
        if found.rule.reading == "bc":
            far += 1
        elif found.rule.name in ("year", "month-year", "years"):
            far += abs(found.get("year") - year) > 1
        elif found.rule.name in _DEICTIC:
            near += found.words("shift")[:1] != ["that"]
    return far > 2 if not near else far > 7 and far > 4 * near


def _ahead(fits: list[Found]) -> dict[int, Point]:
    """For each token where something fits, the next month that the text states with its year."""
    ahead: dict[int, Point] = {}
    after = None
    for found in reversed(fits):
        if after:
            ahead[found.first] = after
        if found.words("year") and found.words("month") and found.rule.name != "slashes":
            if found.words("month")[0].isalpha() and found.rule.name != "month-bc":
                after = month_point(found.get("year"), found.get("month"))
    return ahead


def _with_days(text: str, read: list[_Read], context: Context) -> list[_Read]:
    """Give each time of day its day: one that stands beside it, in its sentence, or in focus."""
    joined: list[_Read] = []
    for item in read:
        before = joined[-1] if joined else None
        if before and bool(item.meaning.clock) != bool(before.meaning.clock):
            clock, day = (item, before) if item.meaning.clock else (before, item)
            gap = text[before.end : item.start]
            if _is_day(day.meaning) and gap in (" ", ", ", " on ", " at "):
                before.end = item.end
                before.rule = clock.rule
                before.meaning = _on(clock.meaning, day.meaning)
                continue
        joined.append(item)
    day = None
    for item in joined:
        if item.meaning.clock and not item.meaning.value:
            known = day or Meaning("DATE", "", None, "", context.published)
            known = Meaning(
                "DATE", edtf(known.point), edtf(known.point), f"+ {edtf(known.point)}", known.point
            )
            item.meaning = _on(item.meaning, known)
        elif _is_day(item.meaning):
            day = item.meaning
    return joined


def _is_day(meaning: Meaning) -> bool:
    return meaning.point is not None and meaning.point.unit == "day" and "/" not in meaning.value


def _on(clock: Meaning, day: Meaning) -> Meaning:
    date = edtf(day.point)
    time = clock.clock
    text = date if time == "24:00" else f"{date}T{time}:00{clock.zone}"
    suffix = "Z" if clock.zone == "Z" else ""
    return Meaning("TIME", f"{date}T{time}{suffix}", text, day.basis, day.point, time, clock.zone)


def _time(text: str, item: _Read) -> Time:
    words = text[item.start : item.end]
    meaning = item.meaning
    return Time(
        item.start, item.end, words, meaning.type, meaning.value, meaning.edtf,
        meaning.derivation(words), item.rule,
    )  # fmt: skip


_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?\s*([AaPp]\.?[Mm]\.?)?")


def parse_clock(text: str) -> dt.date | dt.datetime | None:
    """Read a publication line: “11:51 March 28, 2018”, “2018-03-28 11:51”, “28 Mar 2018”.

    Returns a date where no time of day is given, a datetime otherwise, aware if the line names
    its zone; None where there is no full date.
    """
    for time in find_times(text, dt.date(2000, 1, 1), []):
        if time.edtf and re.match(r"\d{4}-\d\d-\d\d", time.edtf):
            return (
                dt.datetime.fromisoformat(time.edtf)
                if "T" in time.edtf
                else dt.date.fromisoformat(time.edtf)
            )
    return None
