"""The list of a timeline in the parts that a reader sees: years, plans, dates not set."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from timeline.models import Event

# Years without an event that the list says aloud.
LONG_SILENCE = 5


class SectionRow(NamedTuple):
    """One event of the list, and the years that pass before it."""

    event: Event
    gap: int


class Section(NamedTuple):
    """A heading and its events; `is_ahead` parts what is planned from what has happened."""

    key: str
    title: str
    rows: list[SectionRow]
    is_ahead: bool = False
    is_background: bool = False


def sections(events: Iterable[Event], first_year: int, *, newest: bool) -> list[Section]:
    """Return the sections of a list: each year, what is still ahead, and the undated.

    What lies before `first_year`, the year of the first article, is background in one section.
    A plan whose window is not over stands with the plans whatever its date, so that nobody reads
    it among what has happened.
    """
    past: dict[int, list[Event]] = {}
    ahead: list[Event] = []
    undated: list[Event] = []
    for event in events:
        if event.shown_day is None:
            undated.append(event)
        elif event.is_ahead:
            ahead.append(event)
        else:
            year = event.shown_day.year
            past.setdefault(year if year >= first_year else 0, []).append(event)
    found = [
        Section(
            str(year or "before"),
            str(year) if year else f"Before {first_year}",
            list(_rows(members)),
            is_background=not year,
        )
        for year, members in past.items()
    ]
    if ahead:
        plans = Section("ahead", "Plans and expectations", list(_rows(ahead)), is_ahead=True)
        found = [plans, *found] if newest else [*found, plans]
    if undated:
        found.append(
            Section("undated", "Date not set", [SectionRow(event, 0) for event in undated])
        )
    return found


def _rows(events: list[Event]) -> Iterator[SectionRow]:
    before = None
    for event in events:
        gap = _years_between(before, event) if before else 0
        yield SectionRow(event, gap if gap >= LONG_SILENCE else 0)
        before = event


def _years_between(one: Event, other: Event) -> int:
    """The years from the end of the earlier of two dated events to the beginning of the other."""
    days = [(event.shown_day, event.shown_latest or event.shown_day) for event in (one, other)]
    (_, end), (start, _) = sorted(
        ((first, last) for first, last in days if first and last), key=lambda span: span[0]
    )
    return start.year - end.year
