"""The stepper: the days on which readers learned something."""

import datetime as dt
from typing import NamedTuple

import numpy as np

from timeline.selection.columns import Columns
from timeline.selection.selection import Selection


class KnownDay(NamedTuple):
    """One day of publication, and how much had been reported by its end."""

    day: dt.date
    articles: int
    events: int
    is_current: bool
    is_later: bool
    position: float  # 0 at the first stop, 1 at the last, in proportion to time
    selection: Selection

    @property
    def url(self) -> str:
        """The same selection as known on this day."""
        return self.selection.url(known=self.day, focus=None)


def find_known_days(columns: Columns, selection: Selection) -> list[KnownDay]:
    """Return each day on which an article of the timeline was published."""
    learned = columns.kept("learned", selection.zone, _learned)
    if not learned:
        return []
    days = [day for day, _, _ in learned]
    length = max((days[-1] - days[0]).days, 1)
    current = max((day for day in days if selection.known and day <= selection.known), default=None)
    return [
        KnownDay(
            day=day,
            articles=articles,
            events=events,
            is_current=day == current,
            is_later=selection.known is not None and day > selection.known,
            position=(day - days[0]).days / length,
            selection=selection,
        )
        for day, articles, events in learned
    ]


def _learned(columns: Columns, zone: dt.tzinfo) -> list[tuple[dt.date, int, int]]:
    """Each day of publication, with the articles and the events that were known by its end."""
    published, reports = columns.days("reports", zone), columns.reports
    order = np.argsort(published, kind="stable")
    days = np.unique(published)
    known = []
    for column in ("article", "event"):
        _, first = np.unique(reports[column][order], return_index=True)
        known.append(np.searchsorted(np.sort(published[order][first]), days, side="right"))
    return list(zip(days.tolist(), *(one.tolist() for one in known), strict=True))


def stops(known_days: list[KnownDay], most: int) -> list[KnownDay]:
    """Return up to `most` of some days, evenly spaced in time, with the first, last and current.

    Of the days that share a space, the last stands for all.
    """
    if len(known_days) <= most:
        return known_days
    by_space = {int(one.position * (most - 3)): one for one in known_days}
    chosen = {known_days[0], *by_space.values(), *(one for one in known_days if one.is_current)}
    return sorted(chosen, key=lambda one: one.day)
