"""The two lines of an article that say when: the publication line of its page and the dateline.

Both have few forms and are read strictly, so that a date in a headline is never taken for the day
of publication. Outlets, zones and the words around a stamp are data in `lexicon/wire.toml`.
"""

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..lexicon import load
from ..text.datelines import DAY, MONTH, YEAR, Filed, find_dateline

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{MONTH} ?{DAY},? ?{YEAR}\b",
        rf"\b{DAY} {MONTH},? {YEAR}\b",
        rf"\b{YEAR}(?P<mark>[-./])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)\.?",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?P<sign>[:.])(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.\d+)?"
    r"(?![\d:])(?: ?(?P<half>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r" ?\(?(?:(?:UTC|GMT)? ?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?(?!\d)"
    r"|(?P<name>[A-Z]{1,4})\b)\)?"
)
_WEEKDAY = re.compile(
    r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?", re.IGNORECASE
)


class Stamp(NamedTuple):
    """A publication line: its day, its clock and zone where printed, and the words left over."""

    day: date
    clock: tuple[int, int, int] | None
    zone: str | timezone | None
    rest: str


class Dateline(NamedTuple):
    """Where and when a piece was filed, and by which agency: `SEOUL, March 28 (Yonhap) --`."""

    place: str | None
    date: date | None
    agency: str | None


def read_stamp(line: str) -> Stamp | None:
    """Read a line that is nothing but a publication time and perhaps a section.

    >>> read_stamp("World 11:51 March 3, 2020")
    Stamp(day=datetime.date(2020, 3, 3), clock=(11, 51, 0), zone=None, rest='World')
    """
    if len(line) > 160 or not (found := _first_date(line)):
        return None
    day, start, end = found
    if revision := _words("revision").search(line, end):
        line = line[: revision.start()]
    clock, zone, cut = None, None, [(start, end)]
    if match := _clock_match(line, start, end):
        clock = _clock(match)
        cut.append(match.span())
        for position in (match.end(), end):
            printed = _ZONE.match(line, position)
            if zone is None and printed and (zone := _zone(printed)):
                cut.append(printed.span())
    rest = _words("stamp").sub(" ", _WEEKDAY.sub(" ", _without(line, cut)))
    rest = " ".join(rest.strip(" |,:;·•/-–—()").split())
    if len(rest) > 40 or re.search(r"[.!?]\Z|\|.*\w", rest):
        return None
    return Stamp(day, clock, zone, rest)


def moment(stamp: Stamp, outlet: str | None) -> datetime | date:
    """Return the publication time: a day alone where no zone is printed or known of `outlet`."""
    zone = stamp.zone or _outlet_zones().get(outlet or "")
    if stamp.clock is None or zone is None:
        return stamp.day
    where = ZoneInfo(zone) if isinstance(zone, str) else zone
    return datetime(*stamp.day.timetuple()[:3], *stamp.clock, tzinfo=where)


def read_dateline(line: str, published: date | None = None) -> Dateline | None:
    """Read the dateline with which `line` begins, its year taken from `published` if not printed.

    >>> read_dateline("OSLO, Dec. 31 (NTB) -- Talks opened.", date(2020, 1, 1))
    Dateline(place='OSLO', date=datetime.date(2019, 12, 31), agency='NTB')
    """
    filed = find_dateline(line, 0, len(line))
    return Dateline(filed.place, _filed(filed, published), filed.agency) if filed else None


def outlet_named(words: str) -> str | None:
    """Return the short name of the outlet that prints its name as `words`, if it is known."""
    return _outlets().get(words.strip().casefold())


def _filed(filed: Filed, published: date | None) -> date | None:
    """Return the day of a dateline, where no year is printed the one nearest to `published`."""
    if not filed.month or not filed.day:
        return None
    if filed.year:
        return _day(filed.year, filed.month, filed.day)
    if published is None:
        return None
    years = [published.year + step for step in (-1, 0, 1) if 1 < published.year < 9999]
    days = [_day(str(year), filed.month, filed.day) for year in years]
    published = date(published.year, published.month, published.day)
    return min((day for day in days if day), key=lambda day: abs(day - published), default=None)


def _first_date(line: str) -> tuple[date, int, int] | None:
    for pattern in _DATES:
        match = pattern.search(line)
        if match and (day := _day(match["year"], match["month"], match["day"])):
            return day, match.start(), match.end()
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _clock_match(line: str, start: int, end: int) -> re.Match[str] | None:
    """Find the clock outside the date at start..end; `10.15` is one only with am or pm."""
    for match in _CLOCK.finditer(line):
        outside = match.end() <= start or match.start() >= end
        if outside and (match["sign"] == ":" or match["half"]) and _clock(match):
            return match
    return None


def _clock(match: re.Match[str]) -> tuple[int, int, int] | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _zone(match: re.Match[str]) -> str | timezone | None:
    if match["name"]:
        return _zones().get(match["name"])
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if offset > timedelta(hours=14):
        return None
    return timezone(-offset if match["sign"] == "-" else offset)


def _without(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        line = line[:start] + " | " + line[end:]
    return re.sub(r"\| (?:T |[|,()@-]|at\b|on\b|\s)*\|", "|", line)


@cache
def _words(table: str) -> re.Pattern[str]:
    words = sorted((entry["words"] for entry in load("wire")[table]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def _outlets() -> dict[str, str]:
    return {
        printed.casefold(): outlet["name"]
        for outlet in load("wire")["outlet"]
        for printed in (outlet["name"], *outlet["also"])
    }


@cache
def _outlet_zones() -> dict[str, str]:
    return {o["name"]: o["zone"] for o in load("wire")["outlet"] if "zone" in o}


@cache
def _zones() -> dict[str, str]:
    return {printed: zone["name"] for zone in load("wire")["zone"] for printed in zone["printed"]}
