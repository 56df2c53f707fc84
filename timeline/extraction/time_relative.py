"""Readings that need another date: the publication day, or the date the text spoke of last."""

from .time_calendar import beside, with_daypart
from .time_context import Context
from .time_grammar import Found
from .time_meaning import Meaning, calendar, duration, number, part_of, reading
from .time_points import Point, edtf, value

_CALENDAR_UNIT = {
    "D": "day", "W": "week", "M": "month", "Y": "year", "DE": "decade", "CE": "century",
    "Q": "quarter", "WE": "weekend", "2W": "week",
}  # fmt: skip
_DAYS_AHEAD = frozenset(["next", "following"])


@reading
def today(found: Found, context: Context) -> Meaning:
    """“today”, “tomorrow night”, “the day before yesterday”; in a narrative the present at large."""
    word = found.words("today")[0].lower()
    shift = found.get("today")
    if context.narrative and word in ("today", "tonight") and not found.words("daypart"):
        return Meaning("DATE", "PRESENT_REF", None, "in a text on the past means the present")
    if found.words("beside"):
        shift *= 2
    meaning = calendar(context.published.shift(shift), beside_publication(context))
    if word == "tonight":
        return with_daypart(meaning, "NI")
    return with_daypart(meaning, found.get("daypart")) if found.words("daypart") else meaning


def beside_publication(context: Context) -> str:
    from .time_meaning import long_day

    return f"+ published {long_day(context.published)}"


@reading
def weekday(found: Found, context: Context) -> Meaning | None:
    """“on Tuesday” by tense; “last Tuesday”, “Tuesday of next week” by what they say."""
    number = found.get("weekday")
    base = context.published
    tense = None
    if context.narrative and context.day:
        base = context.day
    here = (base.number - 1) % 7
    shift = [word.lower() for word in found.words("shift")]
    if found.words("week"):
        days = number - here + 7 * found.get("week")
    elif shift and shift[0] in ("next", "following"):
        days = (number - here - 1) % 7 + 1
    elif shift and shift[0] in ("last", "past", "previous"):
        days = -((here - number - 1) % 7 + 1)
    else:
        tense = context.tense(found.start, found.end)
        days = (number - here) % 7 if tense == "future" else -((here - number) % 7)
    point = base.shift(days)
    basis = beside(context, tense)
    meaning = calendar(point, basis)
    words = found.words("daypart")
    if words:
        return with_daypart(meaning, _daypart(words[-1]))
    return meaning


def _daypart(word: str) -> str:
    from .time_grammar import grammar

    return grammar().values[word]


@reading
def daypart(found: Found, context: Context) -> Meaning | None:
    """“this morning”, “last night”, “the next morning”, “that evening”."""
    part, shift = found.get("daypart"), [word.lower() for word in found.words("shift")]
    whole = [word.lower() for word in found.tokens.words[found.first : found.last]]
    if not shift:
        before, after = found.word(-1).lower(), found.word(0).lower()
        if whole[0] == "the" and after != "of":
            base = context.day or context.published
            return with_daypart(calendar(base, _focus_basis(context)), part)
        if before in ("at", "by") and part in ("NI", "MO", "EV"):
            return Meaning("TIME", f"XXXX-XX-XXT{part}", None, "names a time of day, no date")
        return None
    first = shift[0]
    if first in ("this", "last", "past"):
        base = context.published
        move = -1 if first == "last" else 0
        basis = beside_publication(context)
    else:
        base = context.day or context.published
        move = 1 if first in ("next", "following") else -1 if first == "previous" else 0
        basis = _focus_basis(context)
    return with_daypart(calendar(base.shift(move), basis), part)


@reading
def overnight(found: Found, context: Context) -> Meaning:
    day = context.published.shift(-1)
    span = f"{edtf(day)}/{edtf(context.published)}"
    return Meaning("TIME", f"{value(day)}TNI", span, beside_publication(context), day)


def _focus_basis(context: Context) -> str:
    if context.focus:
        return f"+ the date before it, {value(context.focus)}"
    return beside_publication(context)


@reading
def relative_unit(found: Found, context: Context) -> Meaning | None:
    """“next month”, “earlier this week”, “the following day”, “the end of the year”."""
    unit = _CALENDAR_UNIT.get(found.get("unit"))
    part = part_of(found) or found.get("early")
    shift = [word.lower() for word in found.words("shift")]
    if unit is None:
        return _clock_unit(found, context, shift)
    words = [word.lower() for word in found.tokens.words[found.first : found.last]]
    first = shift[0] if shift else ""
    deictic = not context.narrative and (
        (first in ("this", "now", "past"))
        or (first in ("last", "next") and words[0] != "the")
        or (first in ("last",))
        or (not shift and not _in_focus(context))
        or (unit in ("week", "weekend") and first in ("", "coming", "next", "past", "previous"))
        or first in ("coming", "upcoming")
    )
    if unit == "day" and first in ("this", "last", "past", "now", ""):
        if first != "" or not part:
            return None
    if unit == "day":
        deictic = False
    base = (
        context.published
        if deictic
        else (context.day if unit == "day" else None) or context.focus or context.published
    )
    if base.year < 1 and unit in ("week", "weekend", "day"):
        return None
    move = found.get("shift", 0)
    if unit == "weekend" and not shift:
        tense = context.tense(found.start, found.end)
        move = 0 if tense == "future" or context.published.number % 7 in (6, 0) else -1
    point = base.to(unit).shift(move)
    basis = beside_publication(context) if deictic else _focus_basis(context)
    if first == "past" or (words[0] == "the" and first == "last" and unit != "weekend"):
        return _window(found, context, 1, -1)
    meaning = calendar(point, basis, part)
    if move == 0 and deictic and unit in ("week", "month", "year") and point.year > 0:
        _until_now(meaning, found, context, part, unit)
    return meaning


def _until_now(meaning: Meaning, found: Found, context: Context, part, unit: str) -> None:
    """“Earlier this week” ends the day before publication, “this week” in the past on the day."""
    first, today = meaning.point.first, context.published.first
    if found.words("early") and part == "early" and first < today:
        last = context.published.shift(-1)
        meaning.edtf = edtf(last) if last.first == first else f"{first}/{edtf(last)}"
    elif found.words("early") and part == "late" and today < meaning.point.last:
        meaning.edtf = f"{today}/{meaning.point.last}"
    elif unit == "week" and not part and first < today:
        if context.tense(found.start, found.end) == "past":
            meaning.edtf = f"{first}/{today}"


def _in_focus(context: Context) -> bool:
    return context.focus is not None


def _clock_unit(found: Found, context: Context, shift: list[str]) -> Meaning | None:
    unit = found.get("unit")
    if unit not in ("TH", "TM"):
        return None
    if shift and shift[0] in ("past", "last", "next"):
        return Meaning("DURATION", duration(1, unit), None, "is a length of time")
    return None


@reading
def day_beside(found: Found, context: Context) -> Meaning | None:
    """“the day before”, “the week after”."""
    unit = _CALENDAR_UNIT.get(found.get("unit"))
    base = context.day if unit == "day" else context.focus
    base = base or context.focus or context.published
    if unit is None or (base.year < 1 and unit in ("day", "week")):
        return None
    return calendar(
        base.to(unit).shift(
            -1 if found.get("shift") < 0 or found.words("shift")[0].lower() == "earlier" else 1
        ),
        _focus_basis(context),
    )


@reading
def offset(found: Found, context: Context) -> Meaning | None:
    """“two months ago” before publication, “two days later” after the date in focus."""
    words = [word.lower() for word in found.words("shift")]
    unit = found.get("unit")
    back = words[0] in ("ago", "earlier", "before", "previously", "previous", "past")
    counted = found.words("n")
    if words[0] in ("before", "after", "previous", "past", "following") and not _closes(found):
        return None
    count = number(counted) if counted else None
    if unit not in _CALENDAR_UNIT or count is None or count != int(count) or count > 10**5:
        if unit in _CALENDAR_UNIT and count is not None and count % 1 and unit == "Y":
            count = int(count)
        else:
            return Meaning(
                "DATE", "PAST_REF" if back else "FUTURE_REF", None, "leaves the distance open"
            )
    deictic = words[0] == "ago" or words[0] == "from"
    name = _CALENDAR_UNIT[unit]
    base = context.published if deictic else context.focus or context.published
    if name == "day" and not deictic:
        base = context.day or base
    if deictic and context.narrative:
        base = context.focus or base
    if unit in ("DE", "CE"):
        count, name = count * (10 if unit == "DE" else 100), "year"
    if unit == "2W":
        count *= 2
    if name in ("day", "week") and base.year < 1:
        return None
    point = base.to(name).shift(int(-count if back else count))
    if not 1 <= point.year <= 9999 and base.year > 0:
        return None
    basis = beside_publication(context) if deictic else _focus_basis(context)
    return calendar(point, basis)


def _closes(found: Found) -> bool:
    """Whether nothing follows that "before" or "after" could govern."""
    after = found.word(0)
    return (
        not after
        or after in ",.;:)'\"”"
        or (after.lower() in ("and", "he", "she", "the", "they")
        and found.words("shift")[0].lower() == "earlier")
    )


@reading
def window(found: Found, context: Context) -> Meaning | None:
    """“the past two months”, “the coming weeks or months”: a length, up to or from a date."""
    counted = found.words("n")
    words = [word.lower() for word in found.words("shift")]
    plural = found.words("unit")[0].lower().endswith("s") or counted
    if not plural:
        return None
    back = words[0] in ("last", "past", "previous", "recent", "preceding", "prior")
    if words[0] in ("these", "those"):
        return None
    count = number(counted) if counted else None
    return _window(found, context, count, -1 if back else 1)


def _window(found: Found, context: Context, count: float | None, move: int) -> Meaning:
    unit = found.get("unit")
    meaning = Meaning("DURATION", duration(count, unit), None, "is a length of time")
    if context.narrative:
        return meaning
    today = context.published
    meaning.basis = beside_publication(context)
    name = _CALENDAR_UNIT.get(unit)
    if count is None or name is None:
        if name:
            meaning.edtf = f"../{edtf(today)}" if move < 0 else f"{edtf(today)}/.."
        return meaning
    other = _days_away(today, name, int(count) * move)
    if other:
        ends = sorted((other, today))
        meaning.edtf = f"{edtf(ends[0])}/{edtf(ends[1])}"
    return meaning


def _days_away(today: Point, unit: str, count: int) -> Point | None:
    """The same day of the month `count` units away; None where the calendar has no such year."""
    years = {"year": 1, "decade": 10, "century": 100}
    if unit in ("day", "week", "weekend"):
        days = count * (1 if unit == "day" else 7)
        return today.shift(days) if 0 < today.number + days < 3_000_000 else None
    if unit == "quarter":
        count, unit = count * 3, "month"
    months = count * 12 * years[unit] if unit in years else count
    target = today.to("month").shift(months)
    if not 1 <= target.year <= 9998:
        return None
    day = min(today.first.day, target.last.day)
    return Point("day", target.first.toordinal() + day - 1)
