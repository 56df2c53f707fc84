"""What is derived, beside the slow and simple definition that it is derived from."""

import datetime as dt
from collections.abc import Iterator

from timeline.models import Timeline
from timeline.selection.columns import STATUSES
from timeline.selection.results import Results
from timeline.selection.selection import Selection

type Row = tuple[object, ...]


def defined(timeline: Timeline, known: dt.date | None) -> dict[int, Row]:
    """What the database shows of each event on a day, one subquery a column."""
    shown = timeline.events.public().as_known_on(known, timeline.zone)
    columns = ("pk", "shown_status", "shown_earliest", "shown_latest", "is_undated", "is_told")
    found = shown.values_list(*columns, "is_unresolved", "is_ahead", "shown_place_id")
    return {key: (*row, place or 0) for key, *row, place in found.iterator()}


def derived(timeline: Timeline, known: dt.date | None) -> dict[int, Row]:
    """What the columns show of each event on a day."""
    shown = Results(Selection(timeline, known=known)).shown
    rows = shown.rows
    values = zip(
        shown.events["event"].tolist(),
        rows["status"].tolist(),
        rows["earliest"].tolist(),
        rows["latest"].tolist(),
        (~rows["is_dated"]).tolist(),
        rows["is_told"].tolist(),
        shown.is_unresolved.tolist(),
        shown.is_ahead.tolist(),
        shown.places.tolist(),
        strict=True,
    )
    return {key: (str(STATUSES[status]), *row) for key, status, *row in values}


def differences(timeline: Timeline, days: int) -> Iterator[str]:
    """Say of which events the two differ: today, and on up to `days` days of publication."""
    known_days = Results(Selection(timeline)).known_days
    for known in (None, *(one.day for one in known_days.stops(days))):
        said, meant = derived(timeline, known), defined(timeline, known)
        for key in sorted(said.keys() | meant.keys()):
            if said.get(key) != meant.get(key):
                when = f"on {known}" if known else "today"
                yield f"Event {key} of “{timeline}” {when}: {said.get(key)}, not {meant.get(key)}"
