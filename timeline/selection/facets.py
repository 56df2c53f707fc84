"""Filters with counts: how many events each value would leave."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.selection.selection import FACETS, NOT_STATED, STATUSES, labels_of

Values = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class FacetedEvent:
    """What the filters need to know of one event, as shown on the day in view."""

    pk: int
    values: Values  # field → the values that this event answers to

    def answers(self, chosen: Values, *, but: str = "") -> bool:
        """Whether the event holds one of the chosen values of every field `but` one."""
        return all(
            self.values[field] & wanted
            for field, wanted in chosen.items()
            if wanted and field != but
        )


class FacetOption(NamedTuple):
    """One value of a facet and the number of events it would leave."""

    value: str
    label: str
    events: int
    is_on: bool


class Facet(NamedTuple):
    """One filter: its field of the selection, its options."""

    field: str
    options: list[FacetOption]


def build_facets(rows: Sequence[FacetedEvent], chosen: Values) -> list[Facet]:
    """Return the facets of a timeline, counting each under every filter but its own."""
    return [Facet(field, _options(field, rows, chosen)) for field in FACETS]


def _options(field: str, rows: Sequence[FacetedEvent], chosen: Values) -> list[FacetOption]:
    counts = Counter(
        value for row in rows if row.answers(chosen, but=field) for value in row.values[field]
    )
    present = {value for row in rows for value in row.values[field]} | chosen[field]
    labels = {NOT_STATED: "Not stated"} | labels_of(field, present)
    options = [
        FacetOption(value, labels.get(value, value), counts[value], value in chosen[field])
        for value in present
    ]
    if field == "statuses":
        order = list(STATUSES)
        return sorted(options, key=lambda option: order.index(option.value))
    return sorted(
        options, key=lambda option: (option.value == NOT_STATED, -option.events, option.label)
    )
