"""Readings that need another date: the publication day, or the date the text spoke of last."""

from .context import Context
from .grammar import Found, grammar
from .meaning import (
    CALENDAR_UNIT,
    DAYPART,
    LENGTH,
    OPEN,
    PRESENT,
    READINGS,
    Meaning,
    beside_anchor,
    beside_publication,
    calendar,
    counted_from,
    duration,
    is_deictic,
    number,
    part_of,
    reading,
    with_daypart,
)
from .points import Point, edtf, value

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@reading
def today(found: Found, context: Context) -> Meaning | None:
    """“today”, “tomorrow night”, “the day before yesterday”; of a history, the present at large."""
    word = found.word("today")
    if found.beside(-1, "today_name") and found.words("today")[0][0].isupper():
        return None
    if context.narrative and word in ("today", "tonight") and not found.words("late"):
        return Meaning("DATE", "PRESENT_REF", None, PRESENT)
    days = found.get("today") * (2 if found.words("beside") else 1)
    meaning = calendar(context.published.shift(days), beside_publication(context))
    return with_daypart(meaning, "NI" if word == "tonight" else found.get("late"))


@reading
def weekday(found: Found, context: Context) -> Meaning | None:
    """“on Tuesday” by tense; “last Tuesday”, “Tuesday of next week” by what they say."""
    wanted, tense = found.get("weekday"), None
    if found.near(0).istitle() and found.beside(0, "paper"):
        return None
    if found.near(-1).istitle() and found.beside(-1, "famous"):
        return None
    if found.beside(0, "plural_daypart"):
        return None
    base = context.day if context.narrative and context.day else context.published
    here = (base.number - 1) % 7
    if found.words("week"):
        days = wanted - here + 7 * found.get("week")
    elif found.tells("shift", "ahead_of_day"):
        days = (wanted - here - 1) % 7 + 1
    elif found.tells("shift", "before_day"):
        days = -((here - wanted - 1) % 7 + 1)
    else:
        tense = context.tense(found.start, found.end)
        if tense == "future" and _is_over(found):
            tense = "past"
        days = (wanted - here) % 7 if tense == "future" else -((here - wanted) % 7)
        if tense == "open":
            days = (wanted - here + 3) % 7 - 3
        if found.beside(-1, "through") and context.read_up_to == found.first - 1:
            days = max(days, _after_day(context, wanted) - base.number)
    meaning = calendar(base.shift(days), counted_from(base, context, "weekday"))
    late = found.words("late")
    return with_daypart(meaning, grammar().values[late[-1]] if late else found.get("daypart"))


def _after_day(context: Context, wanted: int) -> int:
    """The first such weekday after the day that was read last: "from Monday to Friday"."""
    last = context.focus
    if last is None or last.unit != "day":
        return 0
    return last.number + (wanted - (last.number - 1) % 7 - 1) % 7 + 1


def _is_over(found: Found) -> bool:
    """Whether what a weekday has, is over whatever the verb: "will fight Wednesday's ruling"."""
    has = found.near(0) in ("'", "’") and found.near(1) == "s"
    return has and not (found.beside(-1, "ahead") or found.beside(2, "to_come"))


@reading
def day_beside(found: Found, context: Context) -> Meaning | None:
    """“the day before last Tuesday”, “the weekend before Christmas”."""
    inner = "weekday" if found.words("weekday") else "named" if found.words("named") else "day"
    meaning = READINGS[inner](found, context)
    if not meaning or not meaning.point:
        return None
    unit, move = CALENDAR_UNIT[found.get("unit")], found.get("beside")
    point = meaning.point.to(unit)
    apart = unit != "weekend" or point.first <= meaning.point.first or move < 0
    return calendar(point.shift(move if apart else 0), meaning.ground)


@reading
def daypart(found: Found, context: Context) -> Meaning | None:
    """“this morning”, “last night”, “the next morning”, “that evening”."""
    part, shift = found.get("daypart"), found.word("shift")
    if shift in ("this", "last", "past"):
        base = context.published.shift(-1 if shift == "last" else 0)
        return with_daypart(calendar(base, beside_publication(context)), part)
    base = context.day or context.published
    ground = counted_from(base, context)
    if shift:
        move = 1 if found.tells("shift", "ahead_of_day") else -1 if shift == "previous" else 0
        return with_daypart(calendar(base.shift(move), ground), part)
    headed = found.all[0] == "the" and found.near(0).lower() != "of"
    if headed or found.rule.name == "hours-of-day":
        return with_daypart(calendar(base, ground), part)
    if found.near(-1).lower() in ("at", "by") and part in ("NI", "MO", "EV"):
        return Meaning("TIME", f"XXXX-XX-XXT{part}", None, DAYPART)
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
    unit, word = found.get("unit"), (found.words("shift") or [""])[-1].lower()
    part, name = part_of(found) or found.get("early"), CALENDAR_UNIT.get(unit)
    headed = found.all[0] == "the" and not part
    if _is_any(found, word, name):
        return None
    if unit != "WE" and (word == "past" or (word == "last" and headed and unit != "Q")):
        return span(found, context, 1, -1)
    near = word in grammar().cues["from_publication"]
    if name is None or (name == "day" and (near or not (word or part))):
        return None
    near = near or (word == "next" and not headed)
    if name != "day" and _is_beside_publication(found, context, name, word, near):
        return _unit_beside_publication(found, context, name, word, part)
    return _unit_of_the_story(found, context, name, word, part)


def _unit_of_the_story(found: Found, context: Context, name: str, word: str, part: str) -> Meaning:
    base = _base(found, context, name)
    move = grammar().values[word] if word else 0
    point = base.to(name).shift(move)
    if found.words("early") and not move and base.unit != name:
        meaning = calendar(point, counted_from(base, context))
        meaning.edtf = _rest(point, base, part)
        return meaning
    return calendar(point, counted_from(base, context), part)


def _is_any(found: Found, word: str, name: str | None) -> bool:
    """Whether no one unit is meant: "the last day of the visit", "after a weekend of rain"."""
    if name == "weekend":
        return found.near(-1).lower() in ("a", "one")
    return word == "last" and name == "day" and found.near(0) == "of"


def _unit_beside_publication(
    found: Found, context: Context, name: str, word: str, part: str
) -> Meaning:
    move = _move(found, context, name, word)
    point = context.published.to(name).shift(move)
    meaning = calendar(point, beside_publication(context), part)
    if not move:
        meaning.edtf = _up_to_publication(point, found, context) or meaning.edtf
    return meaning


def _is_beside_publication(
    found: Found, context: Context, name: str, word: str, near: bool
) -> bool:
    """Whether a unit counts from publication, by its words, `near`, or for want of another date."""
    if name == "weekend":
        near = word not in ("that", "same", "following")
    elif word == "":
        near = near or not context.speaks_of_another(found.start)
    return near and (not context.narrative or is_deictic(found))


def _rest(whole: Point, within: Point, part: str) -> str | None:
    """What of a year or month lies before or after a finer date in it: "later that year"."""
    if within.unit not in ("day", "month") or edtf(whole) is None:
        return edtf(whole)
    ends = Point("day", whole.first.toordinal()), Point("day", whole.last.toordinal())
    first, last = (
        (ends[0].to(within.unit), within) if part == "early" else (within, ends[1].to(within.unit))
    )
    return f"{edtf(first)}/{edtf(last)}" if first != last else edtf(first)


def _move(found: Found, context: Context, name: str, word: str) -> int:
    if word:
        move: int = grammar().values[word]
        return move
    if name == "weekend" and context.published.number % 7 not in (6, 0):
        return 0 if context.tense(found.start, found.end) == "future" else -1
    return 0


def _up_to_publication(unit: Point, found: Found, context: Context) -> str | None:
    """The EDTF of the part of `unit`, around publication, that is meant; None for all of it.

    “Earlier this week” ends on the day before publication, “this week” of the past on it.
    """
    first, last, today = unit.first, unit.last, context.published.first
    early = found.get("early")
    if early == "early" and first < today:
        yesterday = context.published.shift(-1).first
        return f"{first}/{yesterday}" if first < yesterday else f"{first}"
    if early == "late" and today < last:
        return f"{today}/{last}"
    if unit.unit == "week" and not found.words("part") and first < today:
        return f"{first}/{today}" if context.tense(found.start, found.end) == "past" else None
    return None


@reading
def whole_unit(found: Found, context: Context) -> Meaning | None:
    """“for the year”: the one that is spoken of."""
    name = CALENDAR_UNIT.get(found.get("unit"))
    if name is None or not found.beside(-1, "whole") or _continues(found):
        return None
    base = (context.focus if context.narrative else None) or context.published
    return calendar(base.to(name), beside_anchor(context))


def _continues(found: Found) -> bool:
    """Whether a word or a hyphen follows, as in "for the year-ago period"."""
    return found.near(0) == "-" or found.near(0)[:1].isalnum()


@reading
def year_end(found: Found, context: Context) -> Meaning:
    """“by year-end”."""
    return calendar(context.anchor.to("year"), beside_anchor(context), "end")


@reading
def unit_end(found: Found, context: Context) -> Meaning | None:
    """“by year's end”, “at month's end”."""
    name = CALENDAR_UNIT.get(found.get("unit"))
    return calendar(context.anchor.to(name), beside_anchor(context), "end") if name else None


@reading
def new_year(found: Found, context: Context) -> Meaning | None:
    """“until the new year”: the beginning of the year after this one."""
    if context.narrative:
        return None
    return calendar(context.anchor.to("year").shift(1), beside_anchor(context), "start")


@reading
def year_ago(found: Found, context: Context) -> Meaning | None:
    """“the year-earlier figure”."""
    if found.all[0] == "a":
        found.first += 1
    return calendar(context.anchor.to("year").shift(-1), beside_anchor(context))


@reading
def unit_beside(found: Found, context: Context) -> Meaning | None:
    """“the day before”, “the year after”."""
    name = CALENDAR_UNIT.get(found.get("unit"))
    if name is None:
        return None
    base = _base(found, context, name)
    if found.near(-1) == "to":
        return None  # "ten years to the day after"
    if not _closes(found):
        found.last -= 1
    point = base.to(name).shift(-1 if _back(found) else 1)
    return calendar(point, counted_from(base, context))


def _base(found: Found, context: Context, name: str) -> Point:
    """What a number of units, `name`, is counted from: the last day, or what is in focus."""
    day = context.day_spoken_of(found.start, found.end) if name == "day" else None
    return day or context.focus or context.published


def _back(found: Found) -> bool:
    """Whether the expression looks back: "ago", "earlier", "the last", "recent"."""
    return found.word("shift") in ("earlier", "recent") or found.get("shift") == -1


def _closes(found: Found) -> bool:
    """Whether nothing follows that "before" or "after" could govern."""
    after = found.near(0).lower()
    return not after or after in ",.;:)'\"”" or found.beside(0, "closing")


@reading
def offset(found: Found, context: Context) -> Meaning | None:
    """“two months ago” before publication, “two days later” after the date in focus."""
    word, back = found.word("shift"), _back(found)
    if not found.tells("shift", "away") and not _closes(found):
        return None
    count = number(found.words("n")) if found.words("n") else None
    name = CALENDAR_UNIT.get(found.get("unit"))
    if found.get("unit")[0] == "T":
        return Meaning("DURATION", duration(count, found.get("unit")), None, LENGTH)
    if name is None or count is None or _is_adrift(word, context):
        return Meaning("DATE", "PAST_REF" if back else "FUTURE_REF", None, OPEN)
    count *= {"2W": 2, "DE": 10, "CE": 100}.get(found.get("unit"), 1)
    name = "year" if name in ("decade", "century") else name
    if found.words("shift")[1:] == ["today"]:
        day = _days_away(context.published, name, int(count))
        return calendar(day, beside_publication(context))
    is_beside = word in ("ago", "from") and not context.narrative
    base = context.published if is_beside else _base(found, context, name)
    ground = beside_publication(context) if is_beside else counted_from(base, context)
    meaning = calendar(base.to(name).shift(int(-count if back else count)), ground)
    if meaning.edtf and _is_approximate(found):
        meaning.edtf = "/".join(f"{end}~" for end in meaning.edtf.split("/"))
    if back and name == "year":
        meaning.point = None  # a look back does not move the story
    return meaning


def _is_approximate(found: Found) -> bool:
    return bool(found.words("approx")) and found.word("approx") not in ("only", "just")


def _is_adrift(word: str, context: Context) -> bool:
    """Whether "later" counts from nothing that was said."""
    return word == "later" and context.focus is None


@reading
def window(found: Found, context: Context) -> Meaning | None:
    """“the past two months”, “the coming weeks or months”: a length, up to or from a date."""
    counted = found.words("n")
    if found.all[0] == "last" and found.beside(-1, "modal"):
        found.first += 1  # "may last months"
        return Meaning(
            "DURATION",
            duration(number(counted) if counted else None, found.get("unit")),
            None,
            LENGTH,
        )
    if not counted and not found.word("unit").endswith(("s", "ia")):
        return None
    return span(found, context, number(counted) if counted else None, -1 if _back(found) else 1)


@reading
def first_units(found: Found, context: Context) -> Meaning | None:
    """“the first nine months”, “the early years”."""
    counted = found.words("n")
    return Meaning(
        "DURATION", duration(number(counted) if counted else None, found.get("unit")), None, LENGTH
    )


def span(found: Found, context: Context, count: float | None, move: int) -> Meaning:
    """A length of time that ends (`move` -1) or begins (1) on the day of publication."""
    unit = found.get("unit")
    meaning = Meaning("DURATION", duration(count, unit), None, LENGTH)
    name = CALENDAR_UNIT.get(unit)
    if context.narrative or name is None:
        return meaning
    today = edtf(context.published)
    far = edtf(_days_away(context.published, name, int(count) * move)) if count else ".."
    meaning.ground = beside_publication(context)
    meaning.edtf = f"{far}/{today}" if move < 0 else f"{today}/{far}"
    return meaning


def _days_away(today: Point, name: str, count: int) -> Point:
    """The same day of the month `count` units away."""
    if name not in _MONTHS:
        return today.shift(count * (1 if name == "day" else 7))
    target = today.to("month").shift(count * _MONTHS[name])
    return target.to("day").shift(min(today.first.day, target.last.day) - 1)
