"""Readings that need another date: the publication day, or the date the text spoke of last."""

from .time_calendar import nearest
from .time_context import Context
from .time_grammar import Found, grammar
from .time_meaning import (
    LENGTH, Meaning, beside_anchor, beside_focus, beside_publication, calendar, duration, number,
    part_of, reading, with_daypart,
)  # fmt: skip
from .time_points import Point, edtf, value

_CALENDAR_UNIT = {
    "D": "day", "W": "week", "2W": "week", "WE": "weekend", "M": "month", "Q": "quarter",
    "Y": "year", "DE": "decade", "CE": "century",
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_FROM_PUBLICATION = frozenset("this last past next coming upcoming current".split())
_BACK = frozenset("last past previous preceding prior recent ago earlier before previously".split())


def _lower(words: list[str]) -> list[str]:
    return [word.lower() for word in words]


@reading
def today(found: Found, context: Context) -> Meaning:
    """“today”, “tomorrow night”, “the day before yesterday”; of a history, the present at large."""
    word = found.words("today")[0].lower()
    if context.narrative and word in ("today", "tonight") and not found.words("late"):
        return Meaning("DATE", "PRESENT_REF", None, "means the present")
    days = found.get("today") * (2 if found.words("beside") else 1)
    meaning = calendar(context.published.shift(days), beside_publication(context))
    return with_daypart(meaning, "NI" if word == "tonight" else found.get("late"))


@reading
def weekday(found: Found, context: Context) -> Meaning | None:
    """“on Tuesday” by tense; “last Tuesday”, “Tuesday of next week” by what they say."""
    wanted, shift = found.get("weekday"), _lower(found.words("shift"))
    base = context.day if context.narrative and context.day else context.published
    here = (base.number - 1) % 7
    tense = None
    if found.words("week"):
        days = wanted - here + 7 * found.get("week")
    elif shift and shift[0] in ("next", "following", "coming", "upcoming"):
        days = (wanted - here - 1) % 7 + 1
    elif shift and shift[0] in _BACK:
        days = -((here - wanted - 1) % 7 + 1)
    else:
        tense = context.tense(found.start, found.end)
        days = (wanted - here) % 7 if tense == "future" else -((here - wanted) % 7)
    meaning = calendar(base.shift(days), beside_anchor(context, tense))
    late = found.words("late")
    return with_daypart(meaning, grammar().values[late[-1]] if late else found.get("daypart"))


@reading
def daypart(found: Found, context: Context) -> Meaning | None:
    """“this morning”, “last night”, “the next morning”, “that evening”."""
    part, shift = found.get("daypart"), _lower(found.words("shift"))
    word = shift[0] if shift else ""
    if word in ("this", "last", "past"):
        base = context.published.shift(-1 if word == "last" else 0)
        return with_daypart(calendar(base, beside_publication(context)), part)
    base, basis = context.day or context.published, beside_focus(context)
    if word:
        move = 1 if word in ("next", "following") else -1 if word == "previous" else 0
        return with_daypart(calendar(base.shift(move), basis), part)
    headed = found.tokens.words[found.first].lower() == "the"
    if (headed and found.word(0).lower() != "of") or found.rule.name == "hours-of-day":
        return with_daypart(calendar(base, basis), part)
    if found.word(-1).lower() in ("at", "by") and part in ("NI", "MO", "EV"):
        return Meaning("TIME", f"XXXX-XX-XXT{part}", None, "names a time of day, no date")
    return None


@reading
def overnight(found: Found, context: Context) -> Meaning:
    """The night before publication."""
    day = context.published.shift(-1)
    span = f"{edtf(day)}/{edtf(context.published)}"
    return Meaning("TIME", f"{value(day)}TNI", span, beside_publication(context), day)


@reading
def relative_unit(found: Found, context: Context) -> Meaning | None:
    """“next month”, “earlier this week”, “the following day”, “the end of the year”."""
    unit, shift = found.get("unit"), _lower(found.words("shift"))
    part = part_of(found) or found.get("early")
    word = shift[-1] if shift else ""
    headed = found.tokens.words[found.first].lower() == "the"
    if word == "past" or (word == "last" and headed and unit != "WE"):
        return span(found, context, 1, -1)
    name = _CALENDAR_UNIT.get(unit)
    if name is None or (
        name == "day" and (word in _FROM_PUBLICATION - {"next"} or not (word or part))
    ):
        return None
    from_publication = not context.narrative and name != "day" and (
        word in ("this", "current", "coming", "upcoming", "")
        or (word in ("last", "next") and not (headed and word == "next"))
        or (name == "weekend" and word not in ("that", "same", "following"))
    )  # fmt: skip
    if from_publication:
        base, basis = context.published, beside_publication(context)
    else:
        base = (context.day if name == "day" else None) or context.focus or context.published
        basis = beside_focus(context)
    if base.year < 1 and name not in _MONTHS:
        return None
    move = _move(found, context, name, shift)
    meaning = calendar(base.to(name).shift(move), basis, part)
    if from_publication and not move:
        _until_published(meaning, found, context, name)
    return meaning


def _move(found: Found, context: Context, name: str, shift: list[str]) -> int:
    if shift:
        return grammar().values[shift[-1]]
    if name == "weekend" and context.published.number % 7 not in (6, 0):
        return 0 if context.tense(found.start, found.end) == "future" else -1
    return 0


def _until_published(meaning: Meaning, found: Found, context: Context, name: str) -> None:
    """“Earlier this week” ends on the day before publication, “this week” of the past on it."""
    first, last, today = meaning.point.first, meaning.point.last, context.published.first
    early = found.get("early")
    if early == "early" and first < today:
        yesterday = context.published.shift(-1).first
        meaning.edtf = f"{first}/{yesterday}" if first < yesterday else f"{first}"
    elif early == "late" and today < last:
        meaning.edtf = f"{today}/{last}"
    elif name == "week" and not found.words("part") and first < today:
        if context.tense(found.start, found.end) == "past":
            meaning.edtf = f"{first}/{today}"


@reading
def unit_beside(found: Found, context: Context) -> Meaning | None:
    """“the day before”, “the year after”."""
    name = _CALENDAR_UNIT.get(found.get("unit"))
    base = (context.day if name == "day" else None) or context.focus or context.published
    if name is None or (base.year < 1 and name not in _MONTHS):
        return None
    word = found.words("shift")[0].lower()
    if not _closes(found):
        found.last -= 1
    return calendar(base.to(name).shift(-1 if word in _BACK else 1), beside_focus(context))


def _closes(found: Found) -> bool:
    """Whether nothing follows that "before" or "after" could govern."""
    after = found.word(0)
    return not after or after in ",.;:)'\"”" or after.lower() in ("and", "but", "when", "as")


@reading
def offset(found: Found, context: Context) -> Meaning | None:
    """“two months ago” before publication, “two days later” after the date in focus."""
    word = found.words("shift")[0].lower()
    if word in ("before", "after", "previous", "following") and not _closes(found):
        return None
    back = word in _BACK
    count = number(found.words("n")) if found.words("n") else None
    name = _CALENDAR_UNIT.get(found.get("unit"))
    if name is None or count is None or count > 10**5:
        return Meaning("DATE", "PAST_REF" if back else "FUTURE_REF", None, "leaves open how far")
    from_publication = word in ("ago", "from") and not context.narrative
    base = context.published if from_publication else context.focus or context.published
    if name == "day" and not from_publication:
        base = context.day or base
    count *= {"2W": 2, "DE": 10, "CE": 100}.get(found.get("unit"), 1)
    name = "year" if name in ("decade", "century") else name
    if base.year < 1 and name not in _MONTHS:
        return None
    point = base.to(name).shift(int(-count if back else count))
    if base.year > 0 and not 1 <= _year_of(point) <= 9999:
        return None
    meaning = calendar(point, (beside_publication if from_publication else beside_focus)(context))
    if back and name == "year":
        meaning.point = None  # a look back does not move the story
    return meaning


def _year_of(point: Point) -> int:
    """Its year, by estimate where the calendar does not reach."""
    if point.unit in ("day", "week", "weekend"):
        return point.number * (1 if point.unit == "day" else 7) // 366 + (point.number > 0)
    return point.year


@reading
def window(found: Found, context: Context) -> Meaning | None:
    """“the past two months”, “the coming weeks or months”: a length, up to or from a date."""
    counted, unit = found.words("n"), found.words("unit")[0].lower()
    if not counted and not unit.endswith(("s", "ia")):
        return None
    move = -1 if found.words("shift")[0].lower() in _BACK else 1
    return span(found, context, number(counted) if counted else None, move)


@reading
def counted_window(found: Found, context: Context) -> Meaning | None:
    """“the four previous weeks”."""
    return window(found, context)


def span(found: Found, context: Context, count: float | None, move: int) -> Meaning:
    """A length of time that ends (`move` -1) or begins (1) on the day of publication."""
    unit = found.get("unit")
    meaning = Meaning("DURATION", duration(count, unit), None, LENGTH)
    name = _CALENDAR_UNIT.get(unit)
    if context.narrative or name is None:
        return meaning
    today = edtf(context.published)
    other = _days_away(context.published, name, int(count) * move) if count else None
    if count and other is None:
        return meaning
    meaning.basis = beside_publication(context)
    far = edtf(other) if other else ".."
    meaning.edtf = f"{far}/{today}" if move < 0 else f"{today}/{far}"
    return meaning


def _days_away(today: Point, name: str, count: int) -> Point | None:
    """The same day of the month `count` units away; None where the calendar has no such year."""
    if abs(count) > 10**5:
        return None
    if name not in _MONTHS:
        point = today.shift(count * (1 if name == "day" else 7))
        return point if 1 <= _year_of(point) <= 9990 else None
    target = today.to("month").shift(count * _MONTHS[name])
    if not 1 <= target.year <= 9998:
        return None
    return target.to("day").shift(min(today.first.day, target.last.day) - 1)
