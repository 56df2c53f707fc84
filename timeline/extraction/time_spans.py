"""Readings that name no calendar date: times of day, lengths, repetitions, references."""

from .time_context import Context
from .time_grammar import Found, grammar
from .time_meaning import LENGTH, REPEATED, Meaning, beside_focus, number, reading
from .time_meaning import duration as length
from .time_points import SEASONS, edtf, value

_CLOCK_CUES = frozenset("at by until till around about from to before after since between".split())
# After these "over" means "more than": "for over nine months", but "sent over two weeks".
_OVER_CUES = frozenset("for in after of since by from to within than lasted took spent".split())
_NO_DATE = "names no date"


@reading
def clock(found: Found, context: Context) -> Meaning | None:
    """“10:35 a.m.”, “9 p.m. EST”, “4 o'clock”: a time that waits for its day."""
    hour, minute = int(found.get("hour")), found.words("minute") or found.words("point") or ["00"]
    half = found.words("ampm")
    if len(minute[0]) != 2 or int(minute[0]) > 59 or hour > 24 or (half and hour == 0 > 1):
        return None
    if not half and not found.words("zone") and "clock" not in _words(found) and not _dated(found):
        return None
    if half and hour <= 12:
        hour = hour % 12 + found.get("ampm")
    return _time(found, f"{hour:02}:{minute[0]}")


def _words(found: Found) -> list[str]:
    return [word.lower() for word in found.tokens.words[found.first : found.last]]


def _dated(found: Found) -> bool:
    """Whether something beside "11:51" says that it is a time, not a score or a verse."""
    if found.word(-1).lower() in _CLOCK_CUES:
        return True
    codes = grammar().codes
    dated = {codes[word] for word in ("January", "Jan", "May", "Monday", "Mon", "2018")}
    return (
        codes.get(found.word(0)) in dated or codes.get(found.word(-1)) in dated or _after_iso(found)
    )


def _after_iso(found: Found) -> bool:
    return found.word(-2) == "-" and found.word(-4) == "-" and found.word(-1).isdigit()


@reading
def military(found: Found, context: Context) -> Meaning | None:
    """“0800 hours”, “1353 GMT”."""
    hour, minute = divmod(found.get("hour"), 100)
    return _time(found, f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else None


@reading
def noon(found: Found, context: Context) -> Meaning:
    """“noon”, “midnight”."""
    return _time(found, found.get("noon"))


def _time(found: Found, time: str) -> Meaning:
    zone = found.get("zone", "")
    return Meaning("TIME", "", None, "", clock=time, zone="" if zone == "local" else zone)


@reading
def periodic(found: Found, context: Context) -> Meaning | None:
    """“daily”, “annually”; not the name of a newspaper."""
    word, before, after = found.words("periodic")[0], found.word(-1), found.word(0)
    if word[0].isupper() and after[:1].isupper() and before[:1].isupper():
        return None
    return Meaning("SET", found.get("periodic"), None, REPEATED)


@reading
def every(found: Found, context: Context) -> Meaning | None:
    """“every day”, “every two weeks”, “twice a week”, “per month”."""
    word, unit = found.words("unit")[0].lower(), found.get("unit")
    if isinstance(unit, int):
        return Meaning("SET", f"XXXX-{SEASONS[unit]}", None, REPEATED)
    if word == "weekend":
        return Meaning("SET", "XXXX-WXX-WE", None, REPEATED)
    if word == "quarter":
        return Meaning("SET", "P3M", None, REPEATED)
    if grammar().codes[word] == grammar().codes["morning"]:
        return Meaning("SET", f"XXXX-XX-XXT{unit}", None, REPEATED)
    counted = found.words("n") if found.rule.name == "every" else []
    return Meaning("SET", length(number(counted) if counted else 1, unit), None, REPEATED)


@reading
def weekdays(found: Found, context: Context) -> Meaning:
    """“every Monday”, “Sundays”."""
    day = found.get("weekday", found.get("plural")) + 1
    part = f"T{found.get('late')}" if found.words("late") else ""
    return Meaning("SET", f"XXXX-WXX-{day}{part}", None, REPEATED)


@reading
def duration(found: Found, context: Context) -> Meaning | None:
    """“four-day”, “5 1/2 hours”, “weeks”; an age is not one."""
    after = [found.word(k).lower() for k in range(2)]
    if "old" in after or "older" in after or after == ["of", "age"]:
        return None
    counted, unit = found.words("n"), found.get("unit")
    words = [word.lower() for word in counted]
    if found.words("approx")[-1:] == ["over"] and found.word(-1).lower() not in _OVER_CUES:
        found.first += len(found.words("approx"))
    plural = found.words("unit")[0].lower().endswith(("s", "ia"))
    if unit == "WE" or (unit == 2 and "-" not in _words(found)):
        return None
    if found.words("unit")[0].istitle() and (counted or found.word(-1).isalnum()):
        return None  # a name: "60 Minutes"
    count = number(counted) if counted else None if plural else 1
    if words in (["a"], ["an"]) and found.rule.name == "duration" and _per(found):
        return Meaning("SET", length(1, unit), None, REPEATED)
    if (
        words[:1] in (["a"], ["an"])
        and words[1:]
        and not plural
        and words[1] != "half"
        and count != 1
    ):
        found.first += 1
    if words in (["a"], ["an"]) and "-" in _words(found):
        return None
    return Meaning("DURATION", length(count, "TS" if unit == 2 else unit), None, LENGTH)


def _per(found: Found) -> bool:
    """Whether "a day" follows a count of something: "three meals a day", "$5 a day"."""
    before = found.word(-1)
    counted = [found.word(-k) for k in range(2, 6)]
    if before.isdigit() or before in ("million", "billion", "percent"):
        return True
    return before.endswith("s") and len(before) > 3 and any(
        word.isdigit() or word == "$" or isinstance(grammar().values.get(word.lower()), int)
        for word in counted
    )  # fmt: skip


@reading
def reference(found: Found, context: Context) -> Meaning | None:
    """“now”, “recently”, “the near future”."""
    ref = found.get("ref")
    if ref == 0 or ref == "PRESENT_REF":
        return Meaning("DATE", "PRESENT_REF", None, "means the present")
    if context.narrative or _words(found) == ["future"]:
        return Meaning("DATE", ref, None, _NO_DATE)
    today = edtf(context.published)
    span = f"../{today}" if ref == "PAST_REF" else f"{today}/.."
    return Meaning("DATE", ref, span, _NO_DATE)


@reading
def the_past(found: Found, context: Context) -> Meaning | None:
    """“in the past”, not "the past election"."""
    after = found.word(0)
    if after.isalpha() and after not in (
        "and",
        "but",
        "as",
        "to",
        "for",
        "that",
        "when",
        "is",
        "was",
    ):
        return None
    return Meaning("DATE", "PAST_REF", None, _NO_DATE)


@reading
def these_days(found: Found, context: Context) -> Meaning | None:
    """“these days”."""
    if _words(found)[-1] != "days":
        return None
    return Meaning("DATE", "PRESENT_REF", None, "means the present")


@reading
def former(found: Found, context: Context) -> Meaning | None:
    """“former”, which in a history points back; in news it is only a title."""
    return Meaning("DATE", "PAST_REF", None, _NO_DATE) if context.narrative else None


@reading
def period(found: Found, context: Context) -> Meaning | None:
    """“during that period”: the date in focus."""
    if context.focus is None:
        return None
    return Meaning("DATE", value(context.focus), edtf(context.focus), beside_focus(context))
