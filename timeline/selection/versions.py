"""What is shown of each event of a timeline on any day, as rows of (event, since, until).

What is known of an event changes on days of publication alone. `EventQuerySet.as_known_on` is the
definition, which these rows must agree with for every event and day; it asks one event at a time.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from timeline.models import PLANS, Status
from timeline.selection.columns import STATUSES, Columns, Days, Mask, Places, Table
from timeline.selection.stories import VERSION, versions_of

_PLANS = [STATUSES.index(status) for status in PLANS]
_CANCELLED = STATUSES.index(Status.CANCELLED)


class Span(NamedTuple):
    """The first and the last day of some events; None where there is none."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True)
class Shown:
    """The events of a timeline as shown on a day, in order of their dates, then of their keys."""

    columns: Columns
    rows: Table  # of VERSION
    day: np.datetime64
    zone: dt.tzinfo
    is_now: bool

    @cached_property
    def events(self) -> Table:
        """What is the same on any day: a row of `Columns.events` for each."""
        found: Table = self.columns.events[self.rows["place"]]
        return found

    @cached_property
    def is_unresolved(self) -> Mask:
        """Whether the window of a plan is over, and its outcome not reported."""
        found: Mask = self.is_plan & (self.rows["latest"] < self.day)
        return found

    @cached_property
    def is_ahead(self) -> Mask:
        """Whether its window is not over, or it was called off before it came."""
        called_off = (self.rows["status"] == _CANCELLED) & (begins(self.rows) > self.day)
        found: Mask = (self.is_plan & ~self.is_unresolved) | called_off
        return found

    @cached_property
    def is_plan(self) -> Mask:
        """Whether it is a plan, with its window over or not."""
        return np.isin(self.rows["status"], _PLANS)

    @cached_property
    def places(self) -> npt.NDArray[np.int64]:
        """The key of the place that is shown of each; 0 for none."""
        events = self.events
        is_shown = events["is_placed"] & self.rows["is_told"]
        if not self.is_now:
            is_shown |= self._is_by(self.columns.days("events", self.zone)[self.rows["place"]])
        found: npt.NDArray[np.int64] = np.where(is_shown, events["place"], 0)
        return found

    @cached_property
    def row_of(self) -> Places:
        """For each of `Columns.events`, where it stands in `rows`; -1 where it is not known."""
        found = np.full(len(self.columns.events), -1, np.intp)
        found[self.rows["place"]] = np.arange(len(self.rows))
        return found

    def known(self, name: str) -> tuple[Mask, Places]:
        """Which rows of a table of `Columns` are known, and where the events of these stand.

        A participation is known, too, once the story of its event is told.
        """
        rows = self.row_of[self.columns.places_of(name)]
        is_known = rows >= 0
        if not self.is_now:
            by_report = self._is_by(self.columns.days(name, self.zone))
            if name == "parts":
                by_report |= self.rows["is_told"][rows] if len(self.rows) else False
            is_known &= by_report
        return is_known, rows[is_known]

    def ordered(self, chosen: Mask, *, newest: bool) -> Places:
        """Where the chosen rows stand, in the order of the list.

        The past comes before what is ahead, newest first turns both; the undated stand last.
        """
        found = np.flatnonzero(chosen)
        is_ahead = self.is_ahead[found]
        if newest:
            found, is_ahead = found[::-1], ~is_ahead[::-1]
        group = is_ahead + 2 * ~self.rows["is_dated"][found]
        ordered: Places = found[np.argsort(group.astype(np.int8), kind="stable")]
        return ordered

    @property
    def span(self) -> "Span":
        """The first and the last day that dates of these events can mean."""
        first, last = self.rows["earliest"], self.rows["latest"]
        first, last = first[~np.isnat(first)], last[~np.isnat(last)]
        return Span(
            first.min().item() if len(first) else None, last.max().item() if len(last) else None
        )

    def _is_by(self, days: Days) -> Mask:
        found: Mask = days <= self.day
        return found


def shown_on(columns: Columns, known: dt.date | None, day: dt.date, zone: dt.tzinfo) -> Shown:
    """Return what is shown on `known` in `zone`; None for what the desk knows now, on `day`."""
    if known is None:
        rows = columns.kept("now", zone, _versions_now)
    else:
        rows = columns.kept("versions", zone, _versions)
        rows = rows[
            (rows["since"] <= np.datetime64(known)) & (rows["until"] > np.datetime64(known))
        ]
    return Shown(columns, rows, np.datetime64(day), zone, is_now=known is None)


def begins(rows: Table) -> Days:
    """The day by which dated rows stand in order: the first, or the last where that is open."""
    days: Days = np.where(np.isnat(rows["earliest"]), rows["latest"], rows["earliest"])
    return days


def _versions_now(columns: Columns, zone: dt.tzinfo) -> Table:
    events = columns.events
    rows = np.zeros(len(events), VERSION)
    rows["place"] = np.arange(len(events))
    rows["is_told"] = True
    for name in ("status", "is_dated", "earliest", "latest"):
        rows[name] = events[name]
    return _in_order(rows)


def _versions(columns: Columns, zone: dt.tzinfo) -> Table:
    return _in_order(versions_of(columns, zone))


def _in_order(rows: Table) -> Table:
    """The rows in order of their days, then of their events; those without a day come last."""
    return rows[np.lexsort((rows["place"], begins(rows)))]
