"""Times of day, and the day that each belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..text.sentences import SentenceSpan
from .context import Context
from .grammar import Found, grammar
from .meaning import Ground, Meaning, beside_publication, in_text, reading
from .points import Point, edtf

# What may stand between a time of day and its day for the two to be one expression.
_BETWEEN = frozenset((" ", ", ", " on ", " at "))


_AFTER_NOON = {"AF": 12, "EV": 12, "NI": 12}


@dataclass(slots=True)
class ReadTimex:
    """An expression that was read: offsets, the rule that fitted, the meaning."""

    start: int
    end: int
    rule: str
    meaning: Meaning
    last: "ReadTimex | None" = None  # the expression that gives its end: “from Monday to Friday”

    @property
    def day(self) -> Point | None:
        """The day that it denotes, if it denotes one."""
        point = self.meaning.point
        is_day = point is not None and point.unit == "day" and "/" not in self.meaning.value
        return point if is_day else None


@reading
def clock(found: Found, context: Context) -> Meaning | None:
    """“10:35 a.m.”, “9 p.m. EST”, “4 o'clock”."""
    hour, half = int(found.get("hour")), found.words("ampm") or found.words("half")
    minute = (found.words("minute") or found.words("point") or ["00"])[0]
    if len(minute) != 2 or int(minute) > 59 or hour > (12 if half else 24):
        return None
    if not half and not found.words("zone") and "clock" not in found.all and not _is_time(found):
        return None
    if half:
        hour = hour % 12 + found.get("ampm", _AFTER_NOON.get(found.get("half"), 0))
    return _time(found, f"{hour:02}:{minute}")


def _is_time(found: Found) -> bool:
    """Whether something beside "11:51" says that it is a time, not a score or a verse."""
    if found.beside(-1, "clock"):
        return True
    codes = grammar().codes
    dates = {codes[word] for word in ("January", "Jan", "May", "Monday", "Mon", "2018")}
    after_iso = found.near(-2) == found.near(-4) == "-" and found.near(-1).isdigit()
    return codes.get(found.near(0)) in dates or codes.get(found.near(-1)) in dates or after_iso


@reading
def military(found: Found, context: Context) -> Meaning | None:
    """“0800 hours”, “1353 GMT”."""
    if len(found.all) == 1 and not found.beside(-1, "clock"):
        return None
    hour, minute = divmod(found.get("hour"), 100)
    return _time(found, f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else None


@reading
def noon(found: Found, context: Context) -> Meaning | None:
    """“noon”, “midnight”; not the high noon of a showdown or a film."""
    if found.near(-1).lower() == "high":
        return None
    return _time(found, found.get("noon"))


def _time(found: Found, time: str) -> Meaning:
    zone = found.get("zone", "")
    return Meaning("TIME", "", clock=time, zone="" if zone == "local" else zone)


def with_days(
    text: str, read: list[ReadTimex], sentences: Sequence[SentenceSpan], context: Context
) -> list[ReadTimex]:
    """Join times of day to the day beside them; give the others that of their sentence or before.

    Where no day was spoken of at all, it is the day of publication.
    """
    joined: list[ReadTimex] = []
    for item in read:
        before = joined[-1] if joined else None
        if before and text[before.end : item.start] in _BETWEEN:
            clock, dated = (item, before) if item.meaning.clock else (before, item)
            if clock.meaning.clock and not dated.meaning.clock and dated.day:
                whole = _on(clock.meaning, dated.day, dated.meaning.ground)
                joined[-1] = ReadTimex(before.start, item.end, clock.rule, whole)
                continue
        joined.append(item)
    _date_lone_clocks(joined, sentences, context)
    return joined


def _date_lone_clocks(
    read: list[ReadTimex], sentences: Sequence[SentenceSpan], context: Context
) -> None:
    ends = [sentence.end for sentence in sentences]
    at = 0
    last: tuple[int, Point] | None = None  # where the last day begins, and the day
    for index, item in enumerate(read):
        while at < len(ends) - 1 and ends[at] <= item.start:
            at += 1
        if item.day:
            last = item.start, item.day
        elif item.meaning.clock and not item.meaning.value:
            limit = ends[at] if ends else 0
            begins = sentences[at].start if ends else 0
            if last is None or last[0] < begins:
                last = _first_day(read, index + 1, limit) or last
            if last:
                item.meaning = _on(item.meaning, last[1], in_text("clock", last[1]))
            else:
                item.meaning = _on(
                    item.meaning, context.published, beside_publication(context, "clock")
                )


def _first_day(read: list[ReadTimex], index: int, limit: int) -> tuple[int, Point] | None:
    """The first day among the expressions from `index` on that begin before the offset `limit`.

    Returns where it begins, and the day.
    """
    while index < len(read) and (item := read[index]).start < limit:
        if item.day:
            return item.start, item.day
        index += 1
    return None


def _on(clock: Meaning, day: Point, ground: Ground) -> Meaning:
    date = edtf(day)
    value = f"{date}T{clock.clock}" + ("Z" if clock.zone == "Z" else "")
    text = date if clock.clock == "24:00" else f"{date}T{clock.clock}:00{clock.zone}"
    return Meaning("TIME", value, text, ground, day, clock.clock, clock.zone)
