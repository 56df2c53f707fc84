"""Lanes: a table with one column for each of the people who meet most."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from timeline.models import Actor, Event
from timeline.presenters.sections import Section

# More columns than this do not fit beside the titles.
MAX_LANES = 5


class Cell(NamedTuple):
    """One crossing of an event and a lane: its marker, and how the line runs through it."""

    is_there: bool
    link: str  # "", "link-start", "link-mid" or "link-end"


class LaneRow(NamedTuple):
    """One event with its cells."""

    event: Event
    cells: list[Cell]
    is_ahead: bool


class Lanes(NamedTuple):
    """The table: its columns, and the rows before and after the line that parts the plans."""

    actors: list[Actor]
    past: list[LaneRow]
    ahead: list[LaneRow]


def lanes(sections: Iterable[Section]) -> Lanes:
    """Return the lanes of the actors that take part in the most events of a page.

    People come before countries: it is they who meet.
    """
    rows = [(row.event, section.is_ahead) for section in sections for row in section.rows]
    counts: Counter[Actor] = Counter(
        one.actor for event, _ in rows for one in event.shown_participations
    )
    ranked = sorted(
        counts, key=lambda actor: (actor.kind != Actor.Kind.PERSON, -counts[actor], actor.name)
    )
    actors = ranked[:MAX_LANES]
    table = [LaneRow(event, _cells(event, actors), is_ahead) for event, is_ahead in rows]
    return Lanes(
        actors,
        [row for row in table if not row.is_ahead],
        [row for row in table if row.is_ahead],
    )


def _cells(event: Event, actors: list[Actor]) -> list[Cell]:
    present = {one.actor for one in event.shown_participations}
    there = [number for number, actor in enumerate(actors) if actor in present]
    first, last = (there[0], there[-1]) if len(there) > 1 else (0, 0)

    def run(number: int) -> str:
        if not first < last or not first <= number <= last:
            return ""
        return {first: "link-start", last: "link-end"}.get(number, "link-mid")

    return [Cell(actor in present, run(number)) for number, actor in enumerate(actors)]
