"""What an expression denotes: type, TIMEX3 value, EDTF, and the basis it was read on."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from timeline import dates

from .time_grammar import Found, grammar
from .time_points import Point, edtf, month_point, value

# "early", "mid", "late" and the very start and end of a unit, as the slice of its parts.
_SLICES = {
    "year": {"start": (0, 1), "early": (0, 3), "mid": (4, 8), "late": (9, 12), "end": (11, 12)},
    "month": {"start": (0, 10), "early": (0, 10), "mid": (10, 20), "late": (20, 31), "end": (20, 31)},
    "week": {"start": (0, 3), "early": (0, 3), "mid": (2, 4), "late": (3, 7), "end": (4, 7)},
    "decade": {"start": (0, 2), "early": (0, 4), "mid": (4, 7), "late": (7, 10), "end": (8, 10)},
    "century": {"start": (0, 10), "early": (0, 34), "mid": (34, 67), "late": (67, 100), "end": (90, 100)},
}  # fmt: skip


@dataclass(slots=True)
class Meaning:
    """The reading of one expression.

    `basis` completes "“next month” …" up to the arrow of the derivation. `point` is what later
    expressions may refer to. `clock` is a time of day that still waits for its day.
    """

    type: str
    value: str
    edtf: str | None = None
    basis: str = ""
    point: Point | None = None
    clock: str | None = None
    zone: str = ""

    def derivation(self, text: str) -> str:
        """One sentence: the words, what they were read on, the date."""
        if self.edtf:
            result = dates.words(self.edtf)
            if "T" in self.edtf:
                result += ", " + self.edtf.partition("T")[2][:5]
        else:
            result = _VALUE_WORDS.get(self.value, self.value)
        return f"“{text}” {self.basis} → {result}"


READINGS: dict[str, Callable[..., Meaning | None]] = {}


def reading[F: Callable[..., Meaning | None]](function: F) -> F:
    """Register the function that reads the rules whose `reading` is its name."""
    READINGS[function.__name__] = function
    return function


_VALUE_WORDS = {
    "PRESENT_REF": "the present, no date",
    "PAST_REF": "some time in the past, no date",
    "FUTURE_REF": "some time in the future, no date",
}


def calendar(point: Point, basis: str, part: str | None = None) -> Meaning:
    """A date: a calendar unit, or the early, middle or late part of one."""
    text = edtf(point)
    if text and part and point.unit in _SLICES:
        text = _sliced(point, part)
    return Meaning("DATE", value(point), text, basis, point)


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


def long_day(point: Point) -> str:
    """`Wed 28 March 2018`, for derivations."""
    day: dt.date = point.first
    return f"{day:%a} {day.day} {day:%B} {day.year}"


def part_of(found: Found) -> str | None:
    """Which part of a unit the words name: early, mid, late, start or end."""
    words = [word.lower() for word in found.words("part")]
    if not words:
        return None
    if words[0] == "latter":
        return "late"
    if len(words) == 1 and words[0] in ("end", "close", "beginning", "start", "outset", "onset"):
        return "end" if words[0] in ("end", "close") else "start"
    return grammar().values[words[0]]


def number(words: list[str]) -> float | None:
    """What a number phrase counts: 5, 5.5, 21; None for "few", "several"."""
    values = grammar().values
    total = current = 0.0
    seen = False
    words = [word.lower() for word in words]
    for index, word in enumerate(words):
        meaning = values.get(word)
        if word in ("a", "an"):
            continue
        if word == "/" and index and index + 1 < len(words):
            return int(words[index - 2]) + int(words[index - 1]) / (int(words[index + 1]) or 1)
        if word == "." and index:
            return float(f"{words[index - 1]}.{words[index + 1]}")
        if word == "," and index:
            return float(words[index - 1] + words[index + 1])
        if word == "half":
            current += 0.5
        elif isinstance(meaning, int):
            seen = True
            if meaning in (100, 1000, 10**6, 10**9) and not word.isdigit():
                total, current = total + max(current, 1) * meaning, 0.0
            else:
                current += meaning
        elif meaning == word and word in _VAGUE:
            return None
        seen = seen or word == "half"
    return total + current if seen else 1.0


_VAGUE = frozenset(["few", "several", "many", "some", "numerous", "dozens", "hundreds", "thousands", "tens", "scores"])


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time: `P4D`, `PT5H30M`, `PXW`."""
    if unit == "2W":
        return duration(count and count * 2, "W")
    letter = "P" + unit if unit[0] != "T" else "PT" + unit[1]
    amount = "X" if count is None else f"{count:g}"
    prefix = "PT" if unit[0] == "T" else "P"
    if unit == "TH" and count is not None and count % 1:
        hours, minutes = divmod(round(count * 60), 60)
        return "PT" + (f"{hours}H" if hours else "") + f"{minutes}M"
    return f"{prefix}{amount}{letter[len(prefix) :]}"
