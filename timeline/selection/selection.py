"""What a reader asks for: the day in view, and the choice of events within a timeline."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from django.utils import timezone

from timeline import dates
from timeline.models import (
    Actor,
    Kind,
    Outlet,
    Place,
    Status,
    Timeline,
)

Side = Literal["earliest", "latest"]
NOT_STATED = "-"
UNRESOLVED = "unresolved"
OLDEST, NEWEST = "oldest", "newest"
LIST, LANES = "list", "lanes"
SORTS = {OLDEST: "Oldest first", NEWEST: "Newest first"}
VIEWS = {LIST: "List", LANES: "Lanes"}
STATUSES = {**dict(Status.choices), UNRESOLVED: "Outcome not reported"}
KINDS = dict(Kind.choices)
# Field of Selection → URL parameter, for those that may be given more than once.
MANY = {
    "kinds": "kind",
    "statuses": "status",
    "actors": "actor",
    "places": "place",
    "outlets": "outlet",
}
# The same fields in the order of the filters beside the list.
FACETS = ("statuses", "kinds", "actors", "places", "outlets")
# Field → the label of each value, or the model whose records are called by their slugs.
LABELS: dict[str, dict[str, str] | type[Actor | Place | Outlet]] = {
    "kinds": KINDS,
    "statuses": STATUSES,
    "actors": Actor,
    "places": Place,
    "outlets": Outlet,
}
# What a side of the range may be. Other EDTF has two sides of its own, or none.
_DAY_MONTH_OR_YEAR = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def side_of(edtf: str, side: Side) -> dt.date | None:
    """Return the first or the last day of a day, month or year; None for an empty string.

    Raises ValueError for any other EDTF: it has two sides of its own, or none.
    """
    if not edtf:
        return None
    if not _DAY_MONTH_OR_YEAR.fullmatch(edtf):
        raise ValueError("This is a range, a set or a mask.")
    bounds = dates.bounds(edtf)
    return bounds.earliest if side == "earliest" else bounds.latest


class Chip(NamedTuple):
    """An active filter: what it says, and the URL of the same selection without it."""

    label: str
    url: str


@dataclass(frozen=True)
class DayInView:
    """The day whose knowledge a page shows, and the timeline in whose time zone it ends."""

    timeline: Timeline
    _: KW_ONLY
    known: dt.date | None = None  # None is today

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


@dataclass(frozen=True)
class Selection(DayInView):
    """A reader's choice within one timeline, as `SelectionForm` reads it from a query string.

    `since` and `until` are the sides of the range of dates in EDTF, as they were asked for. Of a
    query that could not be read as a whole, `is_valid` is false, and nothing is selected.
    """

    q: str = ""
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sort: str = OLDEST
    view: str = LIST
    page: int = 1
    focus: str = ""
    is_valid: bool = True

    @cached_property
    def start(self) -> dt.date | None:
        """The first day of the range; None where it is open, or could not be read."""
        return _readable_side(self.since, "earliest")

    @cached_property
    def end(self) -> dt.date | None:
        """The last day of the range; None where it is open, or could not be read."""
        return _readable_side(self.until, "latest")

    def values(self, field: str) -> tuple[str, ...]:
        """The values of one of the fields of `MANY`."""
        found: tuple[str, ...] = getattr(self, field)
        return found

    def parameters(self) -> list[tuple[str, str]]:
        """The selection as the pairs of a query string, in a fixed order and without defaults."""
        single = {
            "q": self.q,
            "from": self.since,
            "to": self.until,
            "known": self.known.isoformat() if self.known else "",
            "sort": self.sort if self.sort != OLDEST else "",
            "view": self.view if self.view != LIST else "",
            "page": str(self.page) if self.page > 1 else "",
            "focus": self.focus,
        }
        many = [(MANY[field], value) for field in MANY for value in self.values(field)]
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

    def without(self, field: str, value: str) -> str:
        """Return the query string of this selection less one value of a field of `MANY`."""
        left = [one for one in self.values(field) if one != value]
        return self.url(**{MANY[field]: left})

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the timeline, the day in view apart."""
        return bool(self.q or self.start or self.end) or any(map(self.values, MANY))

    @property
    def cleared_url(self) -> str:
        """The query string with every filter gone; the day in view, order and view stay."""
        return self.url(q=None, from_=None, to=None, focus=None, **dict.fromkeys(MANY.values()))

    @cached_property
    def chips(self) -> list[Chip]:
        """The active filters, each with the way out of it."""
        words = self.q if '"' in self.q else f"“{self.q}”"
        chips = [Chip(words, self.url(q=None))] if self.q else []
        for field in MANY:
            labels = {NOT_STATED: "Place not stated"} | labels_of(field, self.values(field))
            chips += [
                Chip(labels.get(value, value), self.without(field, value))
                for value in self.values(field)
            ]
        if self.start:
            chips.append(Chip(f"from {dates.words(self.since)}", self.url(from_=None)))
        if self.end:
            chips.append(Chip(f"to {dates.words(self.until)}", self.url(to=None)))
        return chips

    @property
    def description(self) -> str:
        """The selection in one line, for titles, feeds and exports."""
        said = [chip.label for chip in self.chips]
        if self.known:
            said.append(f"as known on {dates.words(self.known.isoformat())}")
        return ", ".join(said)


def _readable_side(edtf: str, side: Side) -> dt.date | None:
    try:
        return side_of(edtf, side)
    except ValueError:
        return None


def labels_of(field: str, values: Collection[str]) -> dict[str, str]:
    """Return the labels of some values of a field of `MANY`; records take one query."""
    labels = LABELS[field]
    if isinstance(labels, dict):
        return labels
    if not values:
        return {}
    return dict(labels.objects.public().filter(slug__in=values).values_list("slug", "name"))
