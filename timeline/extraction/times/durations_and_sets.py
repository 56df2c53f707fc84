"""Readings that name no calendar date: lengths, repetitions, and the present, past and future."""

from .context import Context
from .grammar import Found, grammar
from .meaning import (
    CALENDAR_UNIT,
    LENGTH,
    PRESENT,
    REPEATED,
    VAGUE,
    Meaning,
    beside_focus,
    beside_publication,
    calendar,
    number,
    reading,
)
from .meaning import duration as length
from .points import SEASONS, edtf, value


@reading
def duration(found: Found, context: Context) -> Meaning | None:
    """“four-day”, “5 1/2 hours”, “weeks”; an age is not one."""
    counted, unit, word = found.words("n"), found.get("unit"), found.words("unit")[0]
    if _is_age(found) or _is_title(found, word) or _is_comparison(found):
        return None
    if not counted and _is_difference(found):
        return None
    if word.lower() == "second":
        if "-" not in found.all:
            return None
        unit = "TS"
    article = [w.lower() for w in counted] in (["a"], ["an"])
    if article and found.rule.name == "duration" and _is_rate(found):
        return Meaning("SET", length(1, unit), None, REPEATED)
    if article and ("-" in found.all or found.near(0) == "-"):
        return None
    plural = word.lower().endswith(("s", "ia"))
    count = number(counted) if counted else None if plural else 1
    _narrow(found, _leads_a_noun(found, counted, plural, count))
    return _ahead(found, context, count) or Meaning("DURATION", length(count, unit), None, LENGTH)


def _narrow(found: Found, leads_a_noun: bool) -> None:
    """Leave an "over" that is no "more than" out, and an article that belongs to another noun."""
    if found.words("approx")[-1:] == ["over"] and not found.beside(-1, "over"):
        found.first += len(found.words("approx"))
    if leads_a_noun and found.rule.name != "counted-period":
        found.first += 1


def _ahead(found: Found, context: Context, count: float | None) -> Meaning | None:
    """The day, week, month or year that "will end in 60 days" and "in two weeks' time" speak of."""
    name = CALENDAR_UNIT.get(found.get("unit"))
    if found.near(-1).lower() != "in" or not (name and count) or context.narrative:
        return None
    timed = found.words("time")
    counted = any(found.beside(-k, "repeated") for k in range(2, 6))
    if not timed and (counted or context.tense(found.start, found.end) != "future"):
        return None
    count *= {"2W": 2, "DE": 10, "CE": 100}.get(found.get("unit"), 1)
    name = "year" if name in ("decade", "century") else name
    point = context.published.to(name).shift(int(count))
    return calendar(point, beside_publication(context))


@reading
def compound(found: Found, context: Context) -> Meaning | None:
    """“2 hours and 15 minutes”, “a year and a half”."""
    unit, lesser, count = found.get("unit"), found.get("lesser"), number(found.words("n"))
    halved = found.word("more") == "a"
    if _is_age(found) or count is None or halved == (lesser is not None):
        return None
    if halved:
        return Meaning("DURATION", length(count + 0.5, unit), None, LENGTH)
    if unit not in _SIZES or lesser not in _SIZES or _SIZES.index(unit) >= _SIZES.index(lesser):
        return None
    first, second = length(count, unit), length(found.get("more"), lesser)
    if unit[0] == "T":
        second = second.removeprefix("PT")
    return Meaning("DURATION", first + second.removeprefix("P"), None, LENGTH)


_SIZES = ("Y", "M", "W", "D", "TH", "TM", "TS")


@reading
def daylong(found: Found, context: Context) -> Meaning:
    """“weeklong”."""
    return Meaning("DURATION", length(1, grammar().values[found.all[0]]), None, LENGTH)


def _is_age(found: Found) -> bool:
    after = [found.near(k).lower() for k in range(2)]
    return "old" in after or "older" in after or after == ["of", "age"]


def _is_comparison(found: Found) -> bool:
    """Whether "many" counts nothing itself: "the third test in as many weeks"."""
    before = [found.near(-2), found.near(-1), *found.all[:1]]
    return before[:2] == ["as", "many"] or before[1:] == ["as", "many"]


def _is_difference(found: Found) -> bool:
    """Whether bare units say how far two things differ: "minutes apart", "older by decades"."""
    return found.near(0) == "apart" or (found.near(-1) == "by" and found.near(0) != "of")


def _is_title(found: Found, word: str) -> bool:
    """Whether a capital shows a name: "60 Minutes"."""
    return word.istitle() and (bool(found.words("n")) or found.near(-1).isalnum())


def _is_rate(found: Found) -> bool:
    """Whether "a day" follows a count of something: "three meals a day", "$5 a day"."""
    before, values = found.near(-1), grammar().values
    if before.isdigit() or before in ("million", "billion", "percent"):
        return True
    counted = [found.near(-k) for k in range(2, 6)]
    return before.endswith("s") and len(before) > 3 and any(
        word.isdigit() or word == "$" or isinstance(values.get(word.lower()), int)
        for word in counted
    )  # fmt: skip


def _leads_a_noun(found: Found, counted: list[str], plural: bool, count: float | None) -> bool:
    """Whether the article belongs to a noun after it: "a four-month ordeal"."""
    articled = len(counted) > 1 and counted[0].lower() in ("a", "an")
    return articled and not plural and count != 1 and counted[1].lower() != "half"


@reading
def periodic(found: Found, context: Context) -> Meaning | None:
    """“daily”, “annually”; not the name of a newspaper."""
    if found.words("periodic")[0].istitle() and found.near(0).istitle():
        return None
    return Meaning("SET", found.get("periodic"), None, REPEATED)


@reading
def every(found: Found, context: Context) -> Meaning | None:
    """“every day”, “every two weeks”, “twice a week”, “per month”."""
    word, unit, codes = found.word("unit"), found.get("unit"), grammar().codes
    if codes[word] == codes["spring"]:
        return Meaning("SET", f"XXXX-{SEASONS[unit]}", None, REPEATED)
    if codes[word] == codes["morning"]:
        return Meaning("SET", f"XXXX-XX-XXT{unit}", None, REPEATED)
    if word == "weekend":
        return Meaning("SET", "XXXX-WXX-WE", None, REPEATED)
    if word == "quarter":
        return Meaning("SET", "P3M", None, REPEATED)
    counted = found.words("n") if found.rule.name == "every" else []
    return Meaning("SET", length(number(counted) if counted else 1, unit), None, REPEATED)


@reading
def weekdays(found: Found, context: Context) -> Meaning:
    """“every Monday”, “Sundays”."""
    day = found.get("weekday", found.get("plural")) + 1
    part = f"T{found.get('late')}" if found.words("late") else ""
    return Meaning("SET", f"XXXX-WXX-{day}{part}", None, REPEATED)


@reading
def reference(found: Found, context: Context) -> Meaning | None:
    """“now”, “recently”, “the near future”."""
    ref = found.get("ref")
    if found.near(-1).lower() == "most":
        return None  # "most recently last October"
    if ref in (0, "PRESENT_REF"):
        return Meaning("DATE", "PRESENT_REF", None, PRESENT)
    of_something = ref == "FUTURE_REF" and (found.near(0) == "of" or found.all == ["future"])
    if context.narrative or of_something:
        return Meaning("DATE", ref, None, VAGUE)
    span = _until(context) if ref == "PAST_REF" else f"{edtf(context.published)}/.."
    return Meaning("DATE", ref, span, beside_publication(context, "vague"))


@reading
def long_ago(found: Found, context: Context) -> Meaning:
    """“not long ago”."""
    return Meaning("DATE", "PAST_REF", _until(context), beside_publication(context, "vague"))


@reading
def the_past(found: Found, context: Context) -> Meaning | None:
    """“in the past”, not "the past election"."""
    if found.near(0).isalpha() and not found.beside(0, "past"):
        return None
    return Meaning("DATE", "PAST_REF", _until(context), beside_publication(context, "vague"))


def _until(context: Context) -> str | None:
    return None if context.narrative else f"../{edtf(context.published)}"


@reading
def these_days(found: Found, context: Context) -> Meaning | None:
    """“these days”."""
    if found.all != ["these", "days"]:
        return None
    return Meaning("DATE", "PRESENT_REF", None, PRESENT)


@reading
def former(found: Found, context: Context) -> Meaning | None:
    """“former”, which in a history points back; in news it is only a title."""
    return Meaning("DATE", "PAST_REF", None, VAGUE) if context.narrative else None


@reading
def that_time(found: Found, context: Context) -> Meaning | None:
    """“at the time”, which in a history is the date in focus; in news a manner of speaking."""
    return period(found, context) if context.narrative else None


@reading
def period(found: Found, context: Context) -> Meaning | None:
    """“during that period”: the date in focus."""
    if context.focus is None:
        return None
    return Meaning("DATE", value(context.focus), edtf(context.focus), beside_focus(context))
