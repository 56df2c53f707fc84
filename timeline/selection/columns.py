"""The public events of a timeline as columns of numbers, kept by each process.

What the filters, the counts and the chart ask of every event is asked of these columns, in numpy;
the database is asked for the events of one page. The columns are never the truth: a stamp of the
history says whether they are as new as the database, and what has changed is read anew.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import batched
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from timeline.models import Event, Kind, Participation, Quote, Report, Stance, Status, Timeline
from timeline.models.articles import local_day
from timeline.models.stamps import Changed, Stamp, changed_since, stamp_now

type Table = npt.NDArray[Any]
type Days = npt.NDArray[np.datetime64]
type Mask = npt.NDArray[np.bool_]
# Where rows stand in a table
type Places = npt.NDArray[np.intp]
type Keys = npt.NDArray[np.int64]

KINDS = list(Kind)
STATUSES = list(Status)
NEVER = np.datetime64("9999-12-31") + np.timedelta64(1, "D")
# So many timelines are kept at once: a million events take some 150 MB.
KEPT = 8
_AT_ONCE = 5_000

_PUBLISHED = [("has_time", "?"), ("at", "M8[us]"), ("on", "M8[D]")]
DATED = [("is_dated", "?"), ("earliest", "M8[D]"), ("latest", "M8[D]")]
# Published is the report that first names the place; `is_placed`: none does, or readers see it
_PLACE = [("place", "i8"), ("is_placed", "?"), *_PUBLISHED]
EVENT = np.dtype([("event", "i8"), ("kind", "i1"), ("status", "i1"), *DATED, *_PLACE])
_SAYS = [("status", "i1"), ("recalls", "?"), ("is_named", "?"), *DATED]
_SOURCE = [("article", "i8"), ("outlet", "i8"), *_PUBLISHED]
REPORT = np.dtype([("event", "i8"), ("key", "i8"), *_SAYS, *_SOURCE])
PART = np.dtype([("event", "i8"), ("actor", "i8"), *_PUBLISHED])
QUOTE = np.dtype([("event", "i8"), ("key", "i8"), *_PUBLISHED])


@dataclass(frozen=True)
class Columns:
    """The tables of a timeline by their names, each in order of its events."""

    tables: dict[str, Table]
    # As of when: the same while nothing has been written
    stamp: Stamp
    # What has been worked out of them, by what it is and the time zone
    worked_out: dict[tuple[str, str], Any] = field(default_factory=dict)
    # Field of a selection → key of a record → its slug and its name, of those that were asked for
    labels: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, timeline: Timeline, stamp: Stamp) -> "Columns":
        """Read the public events of a timeline."""
        return cls(_tables(timeline.events.public()), stamp)

    def with_new(self, timeline: Timeline, changed: Changed, stamp: Stamp) -> "Columns":
        """Return the columns with the events of what has changed as they are now."""
        quotes = self.tables["quotes"]
        bearing = quotes["event"][np.isin(quotes["key"], list(changed.quotes))]
        keys = changed.events | set(bearing.tolist())
        if not keys:
            return replace(self, stamp=stamp, labels={})  # somebody may be called otherwise
        stored = timeline.events.public()
        new = [
            _tables(stored.filter(pk__in=some)) for some in batched(sorted(keys), 500, strict=False)
        ]
        tables = {
            name: _in_order(
                table[~np.isin(table["event"], list(keys))], *(tables[name] for tables in new)
            )
            for name, table in self.tables.items()
        }
        return Columns(tables, stamp)

    @property
    def events(self) -> Table:
        """The events."""
        return self.tables["events"]

    @property
    def reports(self) -> Table:
        """Their reports."""
        return self.tables["reports"]

    def kept[Result](
        self, name: str, zone: dt.tzinfo, work_out: "Callable[[Columns, dt.tzinfo], Result]"
    ) -> Result:
        """Return what `work_out` makes of the columns, as it was first worked out."""
        key = name, str(zone)
        if key not in self.worked_out:
            self.worked_out[key] = work_out(self, zone)
        found: Result = self.worked_out[key]
        return found

    def days(self, name: str, zone: dt.tzinfo) -> Days:
        """The day in a zone on which each row of a table was published."""
        return self.kept(f"days of {name}", zone, lambda one, _: days_of(one.tables[name], zone))

    def places_of(self, name: str) -> Places:
        """Where the event of each row of a table stands in `events`."""
        return self.kept(f"places of {name}", dt.UTC, lambda one, _: one._places_of(name))

    def coded(self, name: str, column: str) -> tuple[npt.NDArray[Any], Places]:
        """The values of a column in order, and for each row which of them it has."""
        return self.kept(
            f"codes of {name}.{column}",
            dt.UTC,
            lambda one, _: np.unique(one.tables[name][column], return_inverse=True),
        )

    def _places_of(self, name: str) -> Places:
        return np.searchsorted(self.events["event"], self.tables[name]["event"])


def days_of(table: Table, zone: dt.tzinfo) -> Days:
    """The day on which each row's article was published in a zone; a date alone is that day."""
    days: Days = table["on"].copy()
    timed = table["has_time"]
    instants, back = np.unique(table["at"][timed], return_inverse=True)
    local = [local_day(one.replace(tzinfo=dt.UTC), zone) for one in instants.tolist()]
    days[timed] = np.array(local, "M8[D]")[back]
    return days


_held: OrderedDict[int, Columns] = OrderedDict()
_lock = Lock()


def columns_of(timeline: Timeline) -> Columns:
    """Return the columns of a timeline as the database has them now.

    The process keeps them for all its threads, of the timelines that were asked for last.
    """
    with _lock:
        columns = _held.get(timeline.pk)
    # Before the rows are read: what is written meanwhile is read again next time
    stamp = stamp_now()
    if columns is None:
        columns = Columns.read(timeline, stamp)
    elif stamp != columns.stamp:
        changed = changed_since(timeline, columns.stamp)
        if changed is None:
            columns = Columns.read(timeline, stamp)
        else:
            columns = columns.with_new(timeline, changed, stamp)
    with _lock:
        _held[timeline.pk] = columns
        _held.move_to_end(timeline.pk)
        if len(_held) > KEPT:
            _held.popitem(last=False)
    return columns


def forget_columns() -> None:
    """Keep nothing: who asks next reads all from the database."""
    with _lock:
        _held.clear()


def _tables(events: QuerySet[Event]) -> dict[str, Table]:
    public = events.order_by().values("pk")
    reports = Report.objects.public().filter(event__in=public)
    parts = Participation.objects.public().filter(event__in=public)
    quotes = Quote.objects.public().filter(events__in=public)
    return {
        "events": _table(
            EVENT,
            events.values_list(
                *("pk", "kind", "status", "edtf", "earliest", "latest", "place_id"),
                *("place_known_from_id", "place_known_from__is_published"),
                *_published("place_known_from__article"),
            ),
            _event,
        ),
        "reports": _table(
            REPORT,
            reports.values_list(
                *("event_id", "pk", "status", "stance", "title", "edtf", "earliest", "latest"),
                *("article_id", "article__outlet_id", *_published("article")),
            ),
            _report,
        ),
        "parts": _table(
            PART,
            parts.values_list("event_id", "actor_id", *_published("known_from__article")),
            lambda event, actor, *article: (event, actor, *_time(*article)),
        ),
        "quotes": _table(
            QUOTE,
            quotes.values_list("events", "pk", *_published("article")),
            lambda event, quote, *article: (event, quote, *_time(*article)),
        ),
    }


def _table(dtype: np.dtype[Any], rows: Any, row: Callable[..., tuple[Any, ...]]) -> Table:
    """Make a table of rows of the database, some at a time: as objects they take ten times more."""
    found = rows.order_by().iterator(chunk_size=_AT_ONCE)
    parts = [
        np.array([row(*one) for one in some], dtype)
        for some in batched(found, _AT_ONCE, strict=False)
    ]
    return _in_order(*parts, np.empty(0, dtype))


def _in_order(*tables: Table) -> Table:
    """One table of several, in order of the events."""
    whole = np.concatenate(tables)
    return whole[np.argsort(whole["event"], kind="stable")]


def _published(article: str) -> tuple[str, str, str]:
    return f"{article}__has_time", f"{article}__published_at", f"{article}__published_on"


def _time(has_time: bool | None, at: dt.datetime | None, on: dt.date | None) -> tuple[Any, ...]:
    """The columns of `_PUBLISHED`; without an article the day is none."""
    return bool(has_time), at and at.replace(tzinfo=None), on


def _event(*row: Any) -> tuple[Any, ...]:
    key, kind, status, edtf, earliest, latest, place, known_from, is_named, *article = row
    codes = KINDS.index(kind), STATUSES.index(status)
    is_placed = not known_from or bool(is_named)
    if not is_placed:
        article = [None, None, None]
    return key, *codes, edtf != "", earliest, latest, place or 0, is_placed, *_time(*article)


def _report(*row: Any) -> tuple[Any, ...]:
    event, key, status, stance, title, edtf, earliest, latest, *source = row
    says = STATUSES.index(status), stance == Stance.RECALLS, title != ""
    return event, key, *says, edtf != "", earliest, latest, *source[:2], *_time(*source[2:])
