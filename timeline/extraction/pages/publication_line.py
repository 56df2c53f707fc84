"""The two lines of an article that say when: the publication line of its page and the dateline.

Both have few forms and are read strictly, so that a date in a headline is never taken for the day
of publication. Outlets, zones and the words around a stamp are data in `lexicon/wire.toml`.
"""

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..lexicon import alternatives, any_of, load
from ..lexicon.day_names import SHORT_WEEKDAYS, WEEKDAYS
from ..text.datelines import Filed, find_dateline
from .printed_days import PrintedDay, day_of, find_day

_KOREAN = re.compile(r"\d년 ?\d{1,2}월")
_CLOCK = re.compile(
    r"(?<![\d:])(?:(?P<half_before>오전|오후) ?)?"
    r"(?P<hour>\d{1,2})(?P<sign>[:.h])(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.\d+)?"
    r"(?![\d:])(?: ?(?P<half>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r" ?\(?(?:(?:UTC|GMT)? ?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?(?!\d)"
    r"|(?P<name>[A-Z]{1,4})\b)\)?"
)
# “05:01 GMT 06:01 UK”, and the clocks of other zones in general
_SECOND_CLOCK = re.compile(
    r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?(?: [A-Z]{1,4}\b)?"
)
_CLOCK_WORDS = any_of("page_words", "beside a clock")
_BEFORE_CLOCK = any_of("page_words", "beside a clock", "before a clock")
_BESIDE_CLOCK = re.compile(
    rf"\A(?:{_BEFORE_CLOCK})\b\s*(?=\Z|\|)|(?:\A|\s)[|,·/–—-]*\s*(?:{_CLOCK_WORDS})\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"\b(?:{any_of('page_words', 'first published')})\b", re.IGNORECASE)
# the number of comments, and a button, behind the time
_COUNTER = re.compile(r" ?\|[ |]*\d{1,6}(?: [A-Za-z]{2,10}){0,2}\Z")
_WEEKDAY = re.compile(rf"\b(?:{alternatives(WEEKDAYS | SHORT_WEEKDAYS)})\b\.?,?", re.IGNORECASE)


class Stamp(NamedTuple):
    """A publication line: its day, its clock and zone where printed, and the words left over.

    `other` is the day with day and month swapped, where that may be meant. `is_update` tells that
    the line gives the time of a later version alone, `is_first` that it says “first published”.
    """

    day: date
    clock: tuple[int, int, int] | None
    zone: str | timezone | None
    rest: str
    other: date | None = None
    is_update: bool = False
    is_first: bool = False

    @property
    def printed(self) -> PrintedDay:
        """The day with both its readings."""
        return PrintedDay(self.day, 0, 0, self.other)


class Dateline(NamedTuple):
    """Where and when a piece was filed, and by which agency: `SEOUL, March 28 (Yonhap) --`."""

    place: str | None
    date: date | None
    agency: str | None


def read_stamp(line: str) -> Stamp | None:
    """Read a line that is nothing but a publication time and perhaps a section.

    Of several times on a line, the one called published counts, else the first, else an update; a
    line of the day on which the page was printed or retrieved has none.

    >>> read_stamp("World 11:51 March 3, 2020")
    Stamp(day=datetime.date(2020, 3, 3), clock=(11, 51, 0), zone=None, rest='World', other=None, \
is_update=False, is_first=False)
    """
    if len(line) > 200 or not any(character.isdigit() for character in line):
        return None
    parts = _parts(line)
    for wanted in ("published", None, "updated"):
        for label, words in parts:
            if label == wanted and (found := find_day(words)):
                before = parts[0][1] if label and parts[0][0] is None else ""
                stamp = _stamp(words, found, before, is_update=label == "updated")
                is_first = label == "published" and bool(_FIRST.search(line))
                return stamp and stamp._replace(is_first=is_first)
    return None


def _parts(line: str) -> list[tuple[str | None, str]]:
    """Part a line at the words that say what a time is: (label, words after it), in order."""
    parts: list[tuple[str | None, str]] = []
    label, start = None, 0
    for match in _labels().finditer(line):
        parts.append((label, line[start : match.start()]))
        label, start = match.lastgroup, match.end()
    return [*parts, (label, line[start:])]


def _stamp(line: str, found: PrintedDay, before: str, *, is_update: bool) -> Stamp | None:
    day, start, end, other = _by_weekday(found, f"{before} {line}")
    clock, zone, cut = None, None, [(start, end)]
    if match := _clock_match(line, start, end):
        clock = _clock(match)
        cut.append(match.span())
        for position in (match.end(), end):
            printed = _ZONE.match(line, position)
            if printed and (known := _zone(printed)) is not None:
                zone = zone or known or None
                cut.append(printed.span())
    if zone is None and _KOREAN.search(line):
        zone = "Asia/Seoul"
    rest = _SECOND_CLOCK.sub(" ", f"{before} {_without(line, cut)}")
    rest = _foreign_weekday().sub(" ", _WEEKDAY.sub(" ", rest))
    rest = _BESIDE_CLOCK.sub("", " ".join(rest.strip(" |,:;·•/-–—()[]").split()))
    rest = _writer_alone(_COUNTER.sub("", rest))
    if len(rest) > 40 or re.search(r"[.!?]\Z|\|.*\w", rest):
        return None
    return Stamp(day, clock, zone, rest, other, is_update)


def _writer_alone(rest: str) -> str:
    """Return the byline among the words around a time, as in `by Jo Doe on | in News`."""
    pieces = [_BESIDE_CLOCK.sub("", " ".join(piece.split())) for piece in rest.split("|")]
    writers = [piece for piece in pieces if piece[:3].lower() == "by " and len(piece) <= 80]
    is_short = all(len(piece.split()) <= 4 or piece in writers for piece in pieces)
    return writers[0] if len(pieces) > 1 and len(writers) == 1 and is_short else rest


def _by_weekday(found: PrintedDay, line: str) -> PrintedDay:
    """Settle a day that may be two by the weekday printed beside it."""
    match = _WEEKDAY.search(line)
    if not match or not found.other:
        return found
    names = {day: f"{day:%a}" == match[0][:3].title() for day in (found.day, found.other)}
    right = [day for day, is_named in names.items() if is_named]
    return found._replace(day=right[0], other=None) if len(right) == 1 else found


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
        return day_of(filed.year, filed.month, filed.day)
    if published is None:
        return None
    years = [published.year + step for step in (-1, 0, 1) if 1 < published.year < 9999]
    days = [day_of(str(year), filed.month, filed.day) for year in years]
    published = date(published.year, published.month, published.day)
    return min((day for day in days if day), key=lambda day: abs(day - published), default=None)


def _clock_match(line: str, start: int, end: int) -> re.Match[str] | None:
    """Find the clock outside the date at start..end; `10.15` needs am, pm or a zone behind it."""
    for match in _CLOCK.finditer(line):
        outside = match.end() <= start or match.start() >= end
        is_plain = match["sign"] != "." or match["half"] or _is_before_zone(line, match.end())
        if outside and is_plain and _clock(match):
            return match
    return None


def _is_before_zone(line: str, position: int) -> bool:
    printed = _ZONE.match(line, position)
    return bool(printed and printed["name"] and _zone(printed) is not None)


def _clock(match: re.Match[str]) -> tuple[int, int, int] | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if half := match["half"] or match["half_before"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() in ("p", "오후") else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _zone(match: re.Match[str]) -> str | timezone | None:
    """Return the zone printed, an empty name for one of several meanings, None for no zone."""
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
def _labels() -> re.Pattern[str]:
    """The words before a time, as groups that say what it is a time of."""
    groups = []
    for name, table in (
        ("updated", "revision"),
        ("other", "no_publication"),
        ("published", "stamp"),
    ):
        words = sorted((entry["words"] for entry in load("wire")[table]), key=len, reverse=True)
        groups.append(rf"(?P<{name}>{'|'.join(map(re.escape, words))})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w) ?:?", re.IGNORECASE)


@cache
def _foreign_weekday() -> re.Pattern[str]:
    words = "|".join(word for entry in load("wire")["weekday"] for word in entry["words"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w),?", re.IGNORECASE)


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
    """Return the zone of every abbreviation; nothing for those that mean several."""
    several = {name: "" for zone in load("wire")["several_zones"] for name in zone["printed"]}
    return several | {
        name: zone["name"] for zone in load("wire")["zone"] for name in zone["printed"]
    }
