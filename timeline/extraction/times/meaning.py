"""What an expression denotes: type, TIMEX3 value, EDTF, and the ground it was read on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from timeline.basis import Base

from .context import Context
from .grammar import Found, grammar
from .points import Point, edtf, month_point, value

# "early", "mid", "late", "start" and "end" of a unit, as the slice of its months, days or years.
_SLICES = {
    "year": {"start": (0, 1), "early": (0, 3), "mid": (4, 8), "late": (9, 12), "end": (11, 12)},
    "month": {
        "start": (0, 10), "early": (0, 10), "mid": (10, 20), "late": (20, 31), "end": (20, 31),
    },
    "week": {"start": (0, 3), "early": (0, 3), "mid": (2, 4), "late": (3, 7), "end": (4, 7)},
    "decade": {"start": (0, 2), "early": (0, 4), "mid": (4, 7), "late": (7, 10), "end": (8, 10)},
    "century": {
        "start": (0, 10), "early": (0, 34), "mid": (34, 67), "late": (67, 100), "end": (90, 100),
    },
}  # fmt: skip
# The unit of a point for each unit of TIMEX3 that is one of the calendar.
CALENDAR_UNIT = {
    "D": "day", "W": "week", "2W": "week", "WE": "weekend", "M": "month", "Q": "quarter",
    "Y": "year", "DE": "decade", "CE": "century",
}  # fmt: skip


class Ground(NamedTuple):
    """What an expression was read on: a key of `basis.DATE_RULES`, and the day it counts from."""

    rule: str
    base: Base | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the words alone say which date it is, or which part of one."""
        return self.base is None and self.rule in ("stated", "part")


STATED = Ground("stated")
LENGTH = Ground("length")
REPEATED = Ground("repeated")
PRESENT = Ground("present")
OPEN = Ground("open")
DAYPART = Ground("daypart")
VAGUE = Ground("vague")
_NONE = Ground("")


@dataclass(slots=True)
class Meaning:
    """The reading of one expression.

    `point` is what later expressions may refer to. `clock` is a time of day, "HH:MM", that waits
    for its day.
    """

    type: str
    value: str
    edtf: str | None = None
    ground: Ground = _NONE
    point: Point | None = None
    clock: str = ""
    zone: str = ""


READINGS: dict[str, Callable[[Found, Context], Meaning | None]] = {}


def reading[F: Callable[[Found, Context], Meaning | None]](function: F) -> F:
    """Register what reads the rules whose `reading` is the function's name.

    A reading returns None where the words fit the rule but are no time expression.
    """
    READINGS[function.__name__] = function
    return function


def calendar(point: Point, ground: Ground, part: str | None = None) -> Meaning:
    """A calendar unit, or the early, middle or late part of one."""
    text = edtf(point)
    if text and part and part in _SLICES.get(point.unit, ()):
        text, ground = _sliced(point, part), Ground("part", ground.base)
    return Meaning("DATE", value(point), text, ground, point)


def _sliced(point: Point, part: str) -> str:
    low, high = _SLICES[point.unit][part]
    match point.unit:
        case "year":
            ends = [month_point(point.number, low + 1), month_point(point.number, high)]
        case "month" | "week":
            first, last = point.first.toordinal(), point.last.toordinal()
            ends = [Point("day", first + low), Point("day", min(first + high - 1, last))]
        case _:
            ends = [Point("year", point.year + low), Point("year", point.year + high - 1)]
    begin, end = map(edtf, ends)
    return f"{begin}~" if begin == end else f"{begin}/{end}"


def with_daypart(meaning: Meaning, part: str | None) -> Meaning:
    """The same day with its morning, afternoon, evening or night, where `part` names one."""
    if part:
        meaning.type, meaning.value = "TIME", f"{meaning.value}T{part}"
    return meaning


def beside_publication(context: Context, rule: str = "relative") -> Ground:
    """What counts from the day of publication."""
    return Ground(rule, context.publication)


def beside_focus(context: Context, rule: str = "relative") -> Ground:
    """What follows from the last date in the text; if there is none, from publication."""
    return Ground(rule, _base(context.focus) or context.publication)


def counted_from(point: Point, context: Context, rule: str = "relative") -> Ground:
    """What counts from a date in the text, or from publication where that is the point."""
    return Ground(rule, context.publication if point is context.published else _base(point))


def in_text(rule: str, point: Point) -> Ground:
    """What follows from a date in the text, as the rule says."""
    return Ground(rule, _base(point))


def beside_anchor(context: Context, rule: str = "relative") -> Ground:
    """What is nearest to the publication of news, to the focus of a narrative."""
    if context.narrative:
        return beside_focus(context, rule)
    return beside_publication(context, rule)


def _base(point: Point | None) -> Base | None:
    """The date in the text that words count from; None before the common era."""
    known = point and edtf(point)
    return Base(known, "text") if known else None


def is_deictic(found: Found) -> bool:
    """Whether "last", "next" or "this" counts from today even in a history: no "the" before it."""
    return found.word("shift") in ("last", "next", "this") and "the" not in found.all


def part_of(found: Found) -> str | None:
    """Which part of a unit the words name: early, mid, late, start or end."""
    word = found.word("part")
    return grammar().values[word] if word else None


def number(words: list[str]) -> float | None:
    """What a number phrase counts: 5, 5.5, 21; None for "few", "several"."""
    words = [word.lower() for word in words]
    if "/" in words:
        at = words.index("/")
        return int(words[at - 2]) + int(words[at - 1]) / (int(words[at + 1]) or 1)
    if "." in words:
        return float("".join(words[:3]))
    if words[0].isdigit():
        return float("".join(filter(str.isdigit, words))) + (0.5 if words[-1] == "half" else 0)
    total = current = 0.0
    for word in words:
        meaning = grammar().values.get(word)
        if meaning == "half":
            current += 0.5
        elif meaning == "X":
            return None
        elif isinstance(meaning, int) and meaning >= 100:
            total, current = total + (current or 1) * meaning, 0.0
        elif isinstance(meaning, int):
            current += meaning
    return (total + current) or 1.0


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time: `P4D`, `PT5H30M`, `PXW`."""
    if unit == "2W":
        count, unit = count and count * 2, "W"
    if unit in _YEARS and count is not None:
        count, unit = count * _YEARS[unit], "Y"
    if unit == "TH" and count is not None and count % 1:
        hours, minutes = divmod(round(count * 60), 60)
        return "PT" + (f"{hours}H" if hours else "") + f"{minutes}M"
    amount = "X" if count is None else str(int(count)) if count == int(count) else str(count)
    return f"PT{amount}{unit[1]}" if unit[0] == "T" else f"P{amount}{unit}"


_YEARS = {"DE": 10, "CE": 100, "ML": 1000}
