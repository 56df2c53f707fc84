"""A day as the pages of many countries print it, in words or in figures.

Where day and month could be swapped, both readings are kept: `resolve_day` chooses between them by
what else stands in the article, or nobody does.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..lexicon.day_names import MONTH_NUMBERS
from ..text.datelines import DAY, MONTH, YEAR

# Pages in these languages print their dates with the month as a word (dateparser's codes).
_LANGUAGES = ["es", "pt", "fr", "de", "it", "nl", "ca", "ru", "uk", "pl", "cs", "tr", "sv", "da"]
_LANGUAGES += ["nb", "fi", "id", "vi", "el", "ro", "hu", "hr", "ar"]
_WORD = r"(?P<word>[^\W\d_]{3,12})\.?"
_OF = r"(?:(?:de|del|d['’]|of)? ?)"
_IN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{MONTH} ?{DAY},? ?{YEAR}\b",
        rf"\b{DAY} (?:of )?{MONTH},? {YEAR}\b",
        rf"\b{DAY}-{MONTH}-{YEAR}\b",
        rf"\b{YEAR}(?P<mark>[-./])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)\.?",
        rf"\b{YEAR}(?:년|年) ?(?P<month>\d{{1,2}})(?:월|月) ?(?P<day>\d{{1,2}})(?:일|日)",
    )
)
_IN_FOREIGN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/:.-])(?P<day>\d{{1,2}})(?:\.|º|er)? ?{_OF}{_WORD},? {_OF}{YEAR}\b",
        rf"\b{_WORD} (?P<day>\d{{1,2}}),? {_OF}{YEAR}\b",
    )
)
_IN_FIGURES = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[-./]|\. )(?P<second>\d{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)(?![\d/-])"
)
# `2/23/16`, `10.05.15`: with two figures of the year, dots do not tell which comes first
_IN_FEW_FIGURES = re.compile(
    r"(?<![\d/.:-])(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d\d)(?![\d/.:-])"
)
_MENTIONED = re.compile(rf"\b(?:{MONTH} {DAY}|(?P<first>\d{{1,2}}) (?P<name>[A-Z][a-z]{{2,8}}))\b")
_NEAR = 7  # days: an article tells of the week in which it is published


class PrintedDay(NamedTuple):
    """A day at start..end of its line, in code points; `other` is it with day and month swapped."""

    day: date
    start: int
    end: int
    other: date | None = None


def find_day(line: str) -> PrintedDay | None:
    """Return the first day that `line` prints with its year.

    >>> find_day("Publicado el 28 de abril de 2022")
    PrintedDay(day=datetime.date(2022, 4, 28), start=13, end=32, other=None)
    >>> find_day("12/10/2021 | 03:12am EST").other
    datetime.date(2021, 12, 10)
    """
    for pattern in _IN_WORDS:
        match = pattern.search(line)
        if match and (day := day_of(match["year"], match["month"], match["day"])):
            return PrintedDay(day, *match.span())
    if match := _IN_FIGURES.search(line):
        return _of_figures(match)
    for pattern in _IN_FOREIGN_WORDS:
        match = pattern.search(line)
        if match and (day := _foreign(match["day"], match["word"].lower(), match["year"])):
            return PrintedDay(day, *match.span())
    match = _IN_FEW_FIGURES.search(line)
    return _of_figures(match) if match else None


def day_of(year: str, month: str, day: str) -> date | None:
    """Return the day of its printed parts, the month in English or a number; None for none."""
    number = int(month) if month.isdigit() else MONTH_NUMBERS[month[:3].lower()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def resolve_day(printed: PrintedDay, near: list[date], text: str) -> date | None:
    """Return the right reading of a day whose month may be its day, or None if nothing tells.

    `near` are days that stand near the publication, as that of the dateline; `text` is read for
    days that it names within a week of one reading, and of one alone.
    """
    readings = [printed.day, *([printed.other] if printed.other else [])]
    if len(readings) == 1:
        return printed.day
    told = [*near, *_mentioned(text, {reading.year for reading in readings})]
    kept = [
        reading for reading in readings if any(abs((reading - day).days) <= _NEAR for day in told)
    ]
    return kept[0] if len(kept) == 1 else None


def _of_figures(match: re.Match[str]) -> PrintedDay | None:
    """Read `28/03/2018`. With dots the day comes first wherever such dates are written."""
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    day_first = day_of(year, match["second"], match["first"])
    month_first = day_of(year, match["first"], match["second"])
    if match["mark"] in (".", ". ") and day_first and len(match["year"]) == 4:
        month_first = day_first
    day = day_first or month_first
    if day is None:
        return None
    other = month_first if month_first != day else None
    return PrintedDay(day, *match.span(), other)


def _mentioned(text: str, years: set[int]) -> list[date]:
    """Return the days that a text names by month and day, in each of the `years`."""
    found = []
    for match in _MENTIONED.finditer(text[:50_000]):
        month, day = match["month"] or match["name"], match["day"] or match["first"]
        if month[:3].lower() in MONTH_NUMBERS:
            found += [day_of(str(year), month, day) for year in years]
    return [day for day in found if day]


@lru_cache(maxsize=256)
def _foreign(day: str, month: str, year: str) -> date | None:
    """Read a day whose month is a word of another language."""
    # Imported here: it loads for a quarter of a second, and pages in English do not need it.
    import dateparser

    # Its cache of languages is as good for a page as for the next: the words decide alone.
    read = dateparser.parse(
        f"{day} {month} {year}", languages=_LANGUAGES, settings={"STRICT_PARSING": True}
    )
    return (
        read.date() if read and (str(read.day), str(read.year)) == (str(int(day)), year) else None
    )
