"""Filters with counts: how many events each value would leave."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from timeline.models import Actor, Outlet, Place
from timeline.selection.parse import KINDS, NOT_STATED, STATUSES, Selection


@dataclass(frozen=True, slots=True)
class FacetedEvent:
    """What the filters need to know of one event, as shown on the day in view."""

    pk: int
    values: dict[str, frozenset[str]]  # parameter → the values this event answers to

    def answers(self, chosen: dict[str, frozenset[str]], *, but: str = "") -> bool:
        """Whether the event holds one of the chosen values of every parameter `but` one."""
        return all(
            self.values[parameter] & wanted
            for parameter, wanted in chosen.items()
            if wanted and parameter != but
        )


class FacetOption(NamedTuple):
    """One value of a facet and the number of events it would leave."""

    value: str
    label: str
    count: int
    is_on: bool


class Facet(NamedTuple):
    """One filter: its URL parameter, its legend, its options."""

    parameter: str
    legend: str
    options: list[FacetOption]


def build_facets(selection: Selection, rows: Iterable[FacetedEvent], chosen: dict) -> list[Facet]:
    """Return the facets of a timeline, counting each under every filter but its own."""
    rows = list(rows)
    labels = _labels(rows)
    legends = {
        "status": "Status",
        "kind": "Kind",
        "actor": "People and countries",
        "place": "Place",
        "outlet": "Outlet",
    }
    return [
        Facet(parameter, legend, _options(parameter, labels[parameter], rows, chosen))
        for parameter, legend in legends.items()
    ]


def _options(
    parameter: str, labels: dict[str, str], rows: list[FacetedEvent], chosen: dict
) -> list[FacetOption]:
    counts = Counter(
        value
        for row in rows
        if row.answers(chosen, but=parameter)
        for value in row.values[parameter]
    )
    present = {value for row in rows for value in row.values[parameter]} | chosen[parameter]
    options = [
        FacetOption(value, labels.get(value, value), counts[value], value in chosen[parameter])
        for value in present
    ]
    if parameter == "status":
        order = list(STATUSES)
        return sorted(options, key=lambda option: order.index(option.value))
    return sorted(
        options, key=lambda option: (option.value == NOT_STATED, -option.count, option.label)
    )


def _labels(rows: list[FacetedEvent]) -> dict[str, dict[str, str]]:
    def named(model, parameter: str) -> dict[str, str]:
        slugs = {value for row in rows for value in row.values[parameter]}
        return dict(model.objects.public().filter(slug__in=slugs).values_list("slug", "name"))

    return {
        "status": STATUSES,
        "kind": KINDS,
        "actor": named(Actor, "actor"),
        "place": {NOT_STATED: "Not stated"} | named(Place, "place"),
        "outlet": named(Outlet, "outlet"),
    }
