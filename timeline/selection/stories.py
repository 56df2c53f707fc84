"""What the reports of each event tell by the end of each day, worked out for all events at once.

The rules are those of `EventQuerySet.as_known_on`: the latest report that tells, else the first
that recalls; for dates, of those that state one. They are running maxima over the reports in one
order: a loop over the events in Python took a hundred times as long.
"""

import datetime as dt

import numpy as np
import numpy.typing as npt

from timeline.selection.columns import DATED, NEVER, Columns, Mask, Table

type Ranks = npt.NDArray[np.intp]

# `place` is where the event stands in `Columns.events`
_PERIOD = [("place", "i8"), ("since", "M8[D]"), ("until", "M8[D]")]
# `named` is the key of the report whose name is shown; 0 for the event's own
VERSION = np.dtype([*_PERIOD, ("is_told", "?"), ("named", "i8"), ("status", "i1"), *DATED])
_NONE = -1


def versions_of(columns: Columns, zone: dt.tzinfo) -> Table:
    """Return the versions of all events: one for each day on which something of it was published.

    They are of `VERSION`, with `until` exclusive, in order of the events and the days.
    """
    places = columns.places_of("reports")
    # In the order in which readers learned them: where a report stands in it is its rank
    order = np.lexsort((columns.reports["key"], columns.reports["at"], places))
    reports: Table = columns.reports[order]
    places, days = places[order], columns.days("reports", zone)[order]
    # A day without a time counts as a whole, so that days need not follow each other as times do
    by_day = np.lexsort((days, places))
    days_in_order = days[by_day]
    known = _Known(by_day, places)
    told = ~reports["recalls"]
    everything = np.ones(len(reports), bool)
    says = _either(known.latest(told), known.first(everything))
    dated = _either(known.latest(told & reports["is_dated"]), known.first(reports["is_dated"]))
    named = known.latest(reports["is_named"])
    is_new_day = (places[1:] != places[:-1]) | (days_in_order[1:] != days_in_order[:-1])
    lasts = np.flatnonzero(np.append(is_new_day, [True] * bool(len(reports))))
    says, dated, named = (one[lasts] for one in (says, _either(dated, says), named))
    rows = np.zeros(len(lasts), VERSION)
    rows["place"], rows["since"], rows["until"] = places[lasts], days_in_order[lasts], NEVER
    is_followed = rows["place"][1:] == rows["place"][:-1]
    rows["until"][:-1][is_followed] = rows["since"][1:][is_followed]
    rows["status"] = reports["status"][says]
    rows["named"] = np.where(named == _NONE, 0, reports["key"][named])
    for name, _ in DATED:
        rows[name] = reports[name][dated]
    last_told = np.full(len(columns.events), np.datetime64("0001-01-01"))
    np.maximum.at(last_told, places[told], days[told])
    rows["is_told"] = last_told[rows["place"]] <= rows["since"]
    return rows


class _Known:
    """The ranks of the reports that are known at each place of an order by event and day."""

    def __init__(self, by_day: Ranks, places: Ranks) -> None:
        self.by_day = by_day
        # The ranks of an event's reports run from one to the other
        self.lowest = np.searchsorted(places, places, side="left")
        self.highest = np.searchsorted(places, places, side="right") - 1

    def latest(self, wanted: Mask) -> Ranks:
        """The highest rank of those wanted of the same event up to each place, or `_NONE`."""
        return self._running(np.where(wanted[self.by_day], self.by_day, _NONE))

    def first(self, wanted: Mask) -> Ranks:
        """The lowest of them: the highest, counted from the other end of the event's ranks."""
        turned = self.lowest + self.highest - self.by_day
        found = self._running(np.where(wanted[self.by_day], turned, _NONE))
        return np.where(found == _NONE, _NONE, self.lowest + self.highest - found)

    def _running(self, ranks: Ranks) -> Ranks:
        highest = np.maximum.accumulate(ranks)
        return np.where(highest >= self.lowest, highest, _NONE)


def _either(ranks: Ranks, others: Ranks) -> Ranks:
    """These ranks, and of the others where there are none."""
    return np.where(ranks == _NONE, others, ranks)
