"""The query string ⇄ the selection."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from timeline import dates
from timeline.models import Actor, Kind, Outlet, Participation, Place, Report, Status, Timeline

MAX_LENGTH = 200
MAX_WORDS = 10
MAX_PAGE = 10_000
NOT_STATED = "-"
UNRESOLVED = "unresolved"
SORTS = {"oldest": "Oldest first", "newest": "Newest first"}
VIEWS = {"list": "List", "lanes": "Lanes"}
STATUSES = {**dict(Status.choices), UNRESOLVED: "Outcome not reported"}
KINDS = dict(Kind.choices)
# URL parameter → field of Selection, for those that may be given more than once.
MANY = {
    "kind": "kinds",
    "status": "statuses",
    "actor": "actors",
    "place": "places",
    "outlet": "outlets",
}
# What a side of the range may be. Other EDTF has two sides of its own, or none.
_DAY_MONTH_OR_YEAR = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SINGLE = ("q", "from", "to", "known", "sort", "view", "page", "focus")


class Chip(NamedTuple):
    """An active filter: what it says, and the URL of the same selection without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Selection:
    """A reader's choice within one timeline. With `errors`, nothing is selected."""

    timeline: Timeline
    q: str = ""
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    known: dt.date | None = None
    sort: str = "oldest"
    view: str = "list"
    page: int = 1
    focus: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, query: QueryDict, timeline: Timeline) -> "Selection":
        """Return the selection that a query string asks for, its errors beside their parameters.

        A parameter that is not one of Dateline's is left alone; a value that cannot be read is an
        error, never a filter that is silently dropped.
        """
        return cls(timeline=timeline, **_Reader(query, timeline).read())

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone in which the timeline's days end."""
        return self.timeline.zone

    @cached_property
    def today(self) -> dt.date:
        """The day it is in the timeline's zone."""
        return timezone.localdate(timezone=self.zone)

    @property
    def day(self) -> dt.date:
        """The day in view: the one it is known on, else today."""
        return self.known or self.today

    @property
    def words(self) -> list[str]:
        """The words of the search, each of which an event must hold."""
        return self.q.split()

    def parameters(self) -> list[tuple[str, str]]:
        """The selection as the pairs of a query string, in a fixed order and without defaults."""
        single = {
            "q": self.q,
            "from": self.typed.get("from", ""),
            "to": self.typed.get("to", ""),
            "known": self.known.isoformat() if self.known else "",
            "sort": self.sort if self.sort != "oldest" else "",
            "view": self.view if self.view != "list" else "",
            "page": str(self.page) if self.page > 1 else "",
            "focus": self.focus,
        }
        many = [(name, value) for name, column in MANY.items() for value in getattr(self, column)]
        return [
            ("q", single.pop("q")),
            *many,
            *single.items(),
        ]

    def url(self, **changes: object) -> str:
        """Return the query string of this selection with `changes` by parameter name.

        None removes a parameter; any change of what is selected returns to the first page.
        """
        if "from_" in changes:
            changes["from"] = changes.pop("from_")
        if "page" not in changes and changes.keys() - {"focus"}:
            changes["page"] = None
        kept = [(name, value) for name, value in self.parameters() if name not in changes]
        for name, value in changes.items():
            values = value if isinstance(value, list | tuple) else [value]
            kept += [(name, str(one)) for one in values if one not in (None, "")]
        return "?" + urlencode([(name, value) for name, value in kept if value])

    def without(self, parameter: str, value: str) -> str:
        """Return the query string of this selection less one value of a repeated parameter."""
        left = [one for one in getattr(self, MANY[parameter]) if one != value]
        return self.url(**{parameter: left})

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the timeline, the day in view apart."""
        return bool(self.q or self.start or self.end) or any(
            getattr(self, column) for column in MANY.values()
        )

    @property
    def cleared_url(self) -> str:
        """The query string with every filter gone; the day in view, order and view stay."""
        return self.url(q=None, from_=None, to=None, focus=None, **dict.fromkeys(MANY))

    @cached_property
    def chips(self) -> list[Chip]:
        """The active filters, each with the way out of it."""
        chips = [Chip(f"“{self.q}”", self.url(q=None))] if self.q else []
        names = _names(self)
        for parameter, column in MANY.items():
            chips += [
                Chip(names[parameter].get(value, value), self.without(parameter, value))
                for value in getattr(self, column)
            ]
        if self.start:
            chips.append(Chip(f"from {dates.words(self.typed['from'])}", self.url(from_=None)))
        if self.end:
            chips.append(Chip(f"to {dates.words(self.typed['to'])}", self.url(to=None)))
        return chips

    @property
    def description(self) -> str:
        """The selection in one line, for titles, feeds and exports."""
        said = [chip.label for chip in self.chips]
        if self.known:
            said.append(f"as known on {dates.words(self.known.isoformat())}")
        return ", ".join(said)


def _names(selection: Selection) -> dict[str, dict[str, str]]:
    """The label of each chosen value, by parameter."""

    def named(model, slugs: tuple[str, ...]) -> dict[str, str]:
        return (
            dict(model.objects.public().filter(slug__in=slugs).values_list("slug", "name"))
            if slugs
            else {}
        )

    return {
        "kind": KINDS,
        "status": STATUSES,
        "actor": named(Actor, selection.actors),
        "place": {NOT_STATED: "Place not stated"} | named(Place, selection.places),
        "outlet": named(Outlet, selection.outlets),
    }


class _Reader:
    """Reads one query string, collecting an error for each parameter that cannot be read."""

    def __init__(self, query: QueryDict, timeline: Timeline) -> None:
        self.query = query
        self.timeline = timeline
        self.typed: dict[str, str] = {}
        self.errors: dict[str, str] = {}

    def read(self) -> dict:
        for name in SINGLE:
            self.typed[name] = self._single(name)
        values = {column: self._many(name) for name, column in MANY.items()}
        values |= {
            "q": self._words(),
            "start": self._bound("from", "earliest"),
            "end": self._bound("to", "latest"),
            "known": self._known(),
            "sort": self._choice("sort", SORTS, "oldest"),
            "view": self._choice("view", VIEWS, "list"),
            "page": self._page(),
            "focus": self._focus(),
        }
        if values["start"] and values["end"] and values["start"] > values["end"]:
            self.errors["to"] = "This lies before the start of the range."
        return values | {"typed": self.typed, "errors": self.errors}

    def _single(self, name: str) -> str:
        given = [value.strip() for value in self.query.getlist(name)]
        distinct = [value for value in dict.fromkeys(given) if value]
        if len(distinct) > 1:
            self.errors[name] = "This is given more than once: choose one."
        value = distinct[0] if distinct else ""
        return value if self._is_plain(name, value) else value[:40]

    def _is_plain(self, name: str, value: str) -> bool:
        if len(value) > MAX_LENGTH:
            self.errors[name] = f"This is too long: {MAX_LENGTH} characters at most."
        elif any(ord(character) < 32 or character == "\x7f" for character in value):
            self.errors[name] = "This holds a character that cannot be searched for."
        return name not in self.errors

    def _words(self) -> str:
        if len(self.typed["q"].split()) > MAX_WORDS:
            self.errors["q"] = f"These are too many words: {MAX_WORDS} at most."
        return "" if "q" in self.errors else self.typed["q"]

    def _many(self, name: str) -> tuple[str, ...]:
        values = tuple(dict.fromkeys(value for value in self.query.getlist(name) if value))
        if not values or not all(self._is_plain(name, value) for value in values):
            return ()
        known = self._known_values(name, values)
        unknown = [value for value in values if value not in known]
        if unknown:
            what = {"actor": "person or country"}.get(name, name)
            self.errors[name] = f"There is no {what} “{unknown[0]}” here."
        return tuple(value for value in values if value in known)

    def _known_values(self, name: str, values: tuple[str, ...]) -> set[str]:
        if name in ("kind", "status"):
            return set(KINDS if name == "kind" else STATUSES)
        # what only a draft names is not here: neither found nor called by its name
        events = self.timeline.events.public()
        if name == "actor":
            parts = Participation.objects.public().filter(event__in=events)
            public = Actor.objects.public().filter(participations__in=parts)
        elif name == "place":
            public = Place.objects.public().filter(events__in=events.placed())
        else:
            reports = Report.objects.public().filter(event__in=events)
            public = Outlet.objects.public().filter(articles__reports__in=reports)
        found = set(public.filter(slug__in=values).values_list("slug", flat=True))
        return found | ({NOT_STATED} if name == "place" else set())

    def _bound(self, name: str, side: str) -> dt.date | None:
        value = self.typed[name]
        if not value or name in self.errors:
            return None
        try:
            if not _DAY_MONTH_OR_YEAR.fullmatch(value):
                raise ValueError("This is a range, a set or a mask.")
            return getattr(dates.bounds(value), side)
        except ValueError:
            self.errors[name] = f"“{value[:40]}” is not a date. Write 2018-03-27, 2018-03 or 2018."
            return None

    def _known(self) -> dt.date | None:
        value = self.typed["known"]
        if not value or "known" in self.errors:
            return None
        try:
            if not _DAY.fullmatch(value):
                raise ValueError
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.errors["known"] = f"“{value[:40]}” is not a day. Write 2018-03-28."
            return None
        if day > timezone.localdate(timezone=self.timeline.zone):
            self.errors["known"] = "This day is still to come: nobody knows it yet."
        elif day.year < 1000:
            self.errors["known"] = "This day lies before anything was reported."
        return None if "known" in self.errors else day

    def _choice(self, name: str, choices: dict[str, str], default: str) -> str:
        value = self.typed[name] or default
        if name not in self.errors and value not in choices:
            self.errors[name] = f"“{value[:40]}” is not one of: {', '.join(choices)}."
        return value if value in choices else default

    def _page(self) -> int:
        value = self.typed["page"] or "1"
        if "page" in self.errors:
            return 1
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= MAX_PAGE):
            self.errors["page"] = f"“{value[:40]}” is not a page number."
            return 1
        return int(value)

    def _focus(self) -> str:
        value = self.typed["focus"]
        if not value or "focus" in self.errors:
            return ""
        if not self.timeline.events.public().filter(slug=value).exists():
            self.errors["focus"] = f"There is no event “{value[:40]}” here."
            return ""
        return value
