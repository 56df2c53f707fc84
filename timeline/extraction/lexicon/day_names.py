"""The names of months and of the days of the week, as the time expressions have them."""

from . import load


def _named(*classes: str) -> dict[str, int]:
    listed = load("times")["words"]
    pairs = (entry.split("=") for name in classes for entry in listed[name].split())
    return {word: int(number) for word, number in pairs}


# With a capital, as they are printed, and the number of each: months from 1, weekdays from 0.
MONTHS = _named("MONTH", "MODAL")
SHORT_MONTHS = _named("ABBR")
WEEKDAYS = _named("WEEKDAY")
SHORT_WEEKDAYS = _named("WKD")
# The number of a month by its first three letters: "sep" → 9.
MONTH_NUMBERS = {name[:3].lower(): number for name, number in MONTHS.items()}
