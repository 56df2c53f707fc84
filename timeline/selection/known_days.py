"""The stepper: the days on which readers learned something."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, overload

import numpy as np

from timeline.selection.columns import Columns, Days, Places
from timeline.selection.selection import Selection


class KnownDay(NamedTuple):
    """One day of publication, and how much had been reported by its end."""

    day: dt.date
    articles: int
    events: int
    is_current: bool
    is_later: bool
    position: float  # 0 at the first stop, 1 at the last, in proportion to time
    url: str  # of the same selection as known on this day


class KnownDays(Sequence[KnownDay]):
    """The days on which an article of the timeline was published, in order."""

    def __init__(self, columns: Columns, selection: Selection) -> None:
        self.selection = selection
        self._days, self._articles, self._events = columns.kept("learned", selection.zone, _learned)

    def __len__(self) -> int:
        return len(self._days)

    @overload
    def __getitem__(self, at: int) -> KnownDay: ...
    @overload
    def __getitem__(self, at: slice) -> list[KnownDay]: ...
    def __getitem__(self, at: int | slice) -> KnownDay | list[KnownDay]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        place = range(len(self))[at]  # raises IndexError, by which a walk ends
        first, day, last = self._days[[0, place, -1]].tolist()
        return KnownDay(
            day=day,
            articles=int(self._articles[place]),
            events=int(self._events[place]),
            is_current=self.selection.known is not None and place == self.reached - 1,
            is_later=place >= self.reached,
            position=(day - first).days / max((last - first).days, 1),
            url=self.selection.url(known=day, focus=None),
        )

    @cached_property
    def reached(self) -> int:
        """How many of them are not later than the day in view."""
        if not self.selection.known:
            return len(self)
        known = np.datetime64(self.selection.known)
        return int(np.searchsorted(self._days, known, side="right"))

    def stops(self, most: int) -> list[KnownDay]:
        """Return up to `most` of them, evenly spaced in time, with the first and the current.

        Of the days that share a space, the last stands for all.
        """
        if len(self) <= most:
            return list(self)
        since = (self._days - self._days[0]).astype(np.int64)
        spaces = since * (most - 3) // max(int(since[-1]), 1)
        lasts = np.flatnonzero(np.append(spaces[1:] != spaces[:-1], [True]))
        chosen = {0, *lasts.tolist(), max(self.reached - 1, 0)}
        return [self[one] for one in sorted(chosen)]


def _learned(columns: Columns, zone: dt.tzinfo) -> tuple[Days, Places, Places]:
    """Each day of publication, with the articles and the events that were known by its end."""
    published, reports = columns.days("reports", zone), columns.reports
    order = np.argsort(published, kind="stable")
    days = np.unique(published)
    known = []
    for column in ("article", "event"):
        _, first = np.unique(reports[column][order], return_index=True)
        known.append(np.searchsorted(np.sort(published[order][first]), days, side="right"))
    return days, known[0], known[1]
