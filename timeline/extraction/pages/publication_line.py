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

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b\.?"
    r"|(?:January|February|March|April|August|September|October|November|December)\b)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_MONTH} ?{_DAY},? ?{_YEAR}\b",
        rf"\b{_DAY} {_MONTH},? {_YEAR}\b",
        rf"\b{_YEAR}(?P<mark>[-./])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)\.?",
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
_FILED = rf"{_MONTH} {_DAY}(?:, {_YEAR})?\.?"
_AGENCY = r" ?\((?P<agency>[A-ZÀ-Þ][\w .&/-]{1,40})\) ?(?:--?|[—–―:])"
_CAPITALS = r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’]+[^()\d\n]{0,50}?)"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<place>[A-ZÀ-Þ][^()\d\n]{{1,50}}?), {_FILED}{_AGENCY}",
        rf"{_CAPITALS}{_AGENCY}",
        rf"{_FILED}{_AGENCY}",
        rf"(?P<place>[A-ZÀ-Þ][^()\d\n]{{1,50}}?), {_FILED} ?/(?P<agency>[A-Z][\w-]{{1,20}})/\.?",
        rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{{2,40}}), {_FILED} ?(?:--|[—–―]|- )",
        r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’]{2,30}(?:[ /][A-ZÀ-Þ.'’]{2,30}){0,3}) ?(?:--|[—–―]) ",
    )
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
    for pattern in _DATELINES:
        if match := pattern.match(line):
            parts = match.groupdict()
            place = parts.get("place")
            return Dateline(
                place and place.strip(" ,"), _filed(parts, published), parts.get("agency")
            )
    return None


def outlet_named(words: str) -> str | None:
    """Return the short name of the outlet that prints its name as `words`, if it is known."""
    return _outlets().get(words.strip().casefold())


def _filed(parts: dict[str, str | None], published: date | None) -> date | None:
    if not parts.get("month"):
        return None
    if parts.get("year"):
        return _day(parts, int(parts["year"]))
    if published is None:
        return None
    days = [_day(parts, published.year + step) for step in (-1, 0, 1) if 1 < published.year < 9999]
    published = date(published.year, published.month, published.day)
    return min((day for day in days if day), key=lambda day: abs(day - published), default=None)


def _first_date(line: str) -> tuple[date, int, int] | None:
    for pattern in _DATES:
        match = pattern.search(line)
        if match and (day := _day(match.groupdict(), int(match["year"]))):
            return day, match.start(), match.end()
    return None


def _day(parts: dict[str, str | None], year: int) -> date | None:
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(year, number, int(parts["day"]))
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
