"""Days with a name, and the day of a year that each rule of `lexicon/named_days.toml` gives."""

import calendar
import datetime as dt
from functools import cache

from ..lexicon import load

_MONTHS = list(calendar.month_name)
_WEEKDAYS = list(calendar.day_name)


@cache
def rules() -> dict[str, str]:
    """Each name with its rule."""
    return {name: day["rule"] for day in load("named_days")["day"] for name in day["names"]}


def day_in(year: int, rule: str) -> dt.date:
    """The day that `rule` gives for `year`, from 1 to 9999."""
    words = rule.split()
    match words:
        case [day, month, only] if only.isdigit():
            return dt.date(int(only), _MONTHS.index(month), int(day))
        case ["Easter", distance]:
            return _easter(year) + dt.timedelta(days=int(distance))
        case [weekday, "from", day, month]:
            return _next(dt.date(year, _MONTHS.index(month), int(day)), weekday)
        case ["last", weekday, "of", month]:
            return _next(dt.date(year, _MONTHS.index(month) + 1, 1) - dt.timedelta(days=7), weekday)
        case [nth, weekday, "of", month]:
            weeks = dt.timedelta(weeks=int(nth[0]) - 1)
            return _next(dt.date(year, _MONTHS.index(month), 1), weekday) + weeks
    return dt.date(year, _MONTHS.index(words[1]), int(words[0]))


def _next(day: dt.date, weekday: str) -> dt.date:
    """The first such weekday on or after `day`."""
    return day + dt.timedelta(days=(_WEEKDAYS.index(weekday) - day.weekday()) % 7)


def _easter(year: int) -> dt.date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
