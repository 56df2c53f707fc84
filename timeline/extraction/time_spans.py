"""Readings that name no calendar date: times of day, lengths, repetitions, references."""

from .time_context import Context
from .time_grammar import Found
from .time_meaning import Meaning, number, reading
from .time_meaning import duration as _duration
from .time_points import edtf

_LENGTH = "is a length of time"
_REPEATED = "is a repetition"


@reading
def clock(found: Found, context: Context) -> Meaning | None:
    """“10:35 a.m.”, “9 p.m. EST”, “4 o'clock”: a time that waits for its day."""
    hour = found.get("hour")
    minute = found.words("minute") or found.words("point")
    meridiem = (
        found.get("ampm") if found.words("ampm") and found.words("ampm")[0].lower() != "o" else None
    )
    zone = found.words("zone")
    if minute and (len(minute[0]) != 2 or int(minute[0]) > 59):
        return None
    if not found.words("ampm") and not zone:
        if found.word(-1).lower() not in (
            "at",
            "by",
            "until",
            "around",
            "about",
            "from",
            "to",
            "before",
            "after",
            "since",
        ):
            return None
    if meridiem is not None and not 0 <= int(hour) <= 23:
        return None
    if int(hour) > 24:
        return None
    hour = int(hour)
    if meridiem is not None and hour <= 12:
        hour = hour % 12 + int(meridiem)
    return _clock(found, f"{hour:02}:{minute[0] if minute else '00'}")


@reading
def military(found: Found, context: Context) -> Meaning | None:
    """“0800 hours”, “1353 GMT”."""
    number = found.get("hour")
    if found.words("unit") and found.words("unit")[0].lower() != "hours":
        return None
    if found.words("unit") and len(found.words("hour")[0]) != 4:
        return None
    hour, minute = divmod(number, 100)
    return _clock(found, f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else None


@reading
def noon(found: Found, context: Context) -> Meaning:
    return _clock(found, found.get("noon"))


def _clock(found: Found, time: str) -> Meaning:
    zone = found.get("zone", "")
    return Meaning(
        "TIME",
        f"T{time}",
        None,
        "is a time of day",
        clock=time,
        zone="" if zone == "local" else zone,
    )


@reading
def periodic(found: Found, context: Context) -> Meaning:
    """“daily”, “annually”."""
    return Meaning("SET", found.get("periodic"), None, _REPEATED)


@reading
def every(found: Found, context: Context) -> Meaning | None:
    """“every day”, “each of the two weeks”, “twice a week”, “per month”."""
    unit = found.get("unit")
    if found.words("unit")[0].lower() in ("morning", "afternoon", "evening", "night"):
        return Meaning("SET", f"XXXX-XX-XXT{unit}", None, _REPEATED)
    count = number(found.words("n")) if found.words("n") and found.rule.name == "every" else 1
    if isinstance(unit, int):
        return Meaning("SET", f"XXXX-{('SP', 'SU', 'FA', 'WI')[unit]}", None, _REPEATED)
    if unit == "WE":
        return Meaning("SET", "XXXX-WXX-WE", None, _REPEATED)
    if unit == "Q":
        return Meaning("SET", "P3M", None, _REPEATED)
    return Meaning("SET", _duration(count, unit), None, _REPEATED)


@reading
def weekdays(found: Found, context: Context) -> Meaning:
    """“every Monday”, “Sundays”."""
    number = found.get("weekday", found.get("plural"))
    part = f"T{found.get('daypart')}" if found.words("daypart") else ""
    return Meaning("SET", f"XXXX-WXX-{number + 1}{part}", None, _REPEATED)


@reading
def duration(found: Found, context: Context) -> Meaning | None:
    """“four-day”, “5 1/2 hours”, “weeks”; an age is not one."""
    after = [found.word(k).lower() for k in range(3)]
    if "old" in after[:2] or "older" in after[:2] or after[:2] == ["of", "age"]:
        return None
    unit = found.get("unit")
    counted = found.words("n")
    count = (
        number(counted)
        if counted
        else 1
        if found.rule.name == "unit-long" and not found.words("unit")[0].lower().endswith("s")
        else None
    )
    lone = [word.lower() for word in counted] in (["a"], ["an"])
    if lone and _per(found):
        return Meaning("SET", _duration(1, unit), None, _REPEATED)
    if found.rule.name == "seconds":
        unit = "TS"
    if unit == "WE":
        return None
    if unit in ("DE", "CE") and count is not None:
        count, unit = count * (10 if unit == "DE" else 100), "Y"
    return Meaning("DURATION", _duration(count, unit), None, _LENGTH)


def _per(found: Found) -> bool:
    """Whether "a day" follows a count of something: "three meals a day", "$5 a day"."""
    before = found.word(-1)
    return (
        before.isalpha()
        and before.endswith("s")
        and len(before) > 3
        and any(found.word(-k).isdigit() or found.word(-k) == "$" for k in range(2, 6))
    )


@reading
def reference(found: Found, context: Context) -> Meaning | None:
    """“now”, “recently”, “the near future”."""
    value = found.get("ref")
    if value == "PRESENT_REF":
        return Meaning("DATE", value, None, "means the present")
    today = edtf(context.published)
    if context.narrative:
        return Meaning("DATE", value, None, "names no date")
    if value == "FUTURE_REF" and len(found.tokens.words[found.first : found.last]) == 1:
        return Meaning("DATE", value, None, "names no date")
    span = f"../{today}" if value == "PAST_REF" else f"{today}/.."
    return Meaning("DATE", value, span, "names no date")


@reading
def the_past(found: Found, context: Context) -> Meaning | None:
    if (
        found.word(0).isalpha()
        and found.word(0).islower()
        and found.word(0) not in ("and", "but", "as", "to", "for", "that", "when")
    ):
        return None
    return Meaning("DATE", "PAST_REF", None, "names no date")


@reading
def these_days(found: Found, context: Context) -> Meaning | None:
    if found.tokens.words[found.last - 1].lower() != "days":
        return None
    return Meaning("DATE", "PRESENT_REF", None, "means the present")
