"""Filters with counts: how many events each value would leave."""

from collections.abc import Set
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from timeline.models import Actor, Outlet, Place
from timeline.selection import columns
from timeline.selection.columns import Mask
from timeline.selection.selection import FACETS, KINDS, NOT_STATED, STATUSES, UNRESOLVED, Selection
from timeline.selection.versions import Shown

# Fields whose values are records: in the URL by their slugs, in the columns by their keys
RECORDS: dict[str, type[Actor | Place | Outlet]] = {
    "actors": Actor,
    "places": Place,
    "outlets": Outlet,
}
# The key of what is not stated, which no record has
_NONE = 0
# So many values of a filter are offered, those with most events first.
MOST = 30


class FacetOption(NamedTuple):
    """One value of a facet and the number of events it would leave."""

    value: str
    label: str
    events: int
    is_on: bool


class Facet(NamedTuple):
    """One filter: its field of the selection, its options, and how many more values there are."""

    field: str
    options: list[FacetOption]
    left_out: int


class Values(NamedTuple):
    """Which of the shown rows has which value of a field, as its place among `keys`."""

    rows: npt.NDArray[np.intp]
    codes: npt.NDArray[np.intp]
    keys: npt.NDArray[Any]


class Choice:
    """The shown rows that hold what is chosen in the filters, of those `within` words and range."""

    def __init__(self, shown: Shown, selection: Selection, within: Mask) -> None:
        self.shown = shown
        self.selection = selection
        self.within = within

    @cached_property
    def mask(self) -> Mask:
        """The rows that hold one of the chosen values of every field."""
        return self._mask_without("")

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters, each counted under every filter but its own."""
        return [self._facet(field) for field in FACETS]

    def _mask_without(self, field: str) -> Mask:
        masks = [mask for name, mask in self._masks.items() if name != field]
        found: Mask = np.logical_and.reduce([self.within, *masks])
        return found

    @cached_property
    def _masks(self) -> dict[str, Mask]:
        """For each field of which values are chosen: the rows that hold one of them."""
        masks = {}
        for field, keys in self._chosen.items():
            if keys:
                values = self._values(field)
                is_chosen = np.isin(values.keys, list(keys))
                masks[field] = np.zeros(len(self.within), bool)
                masks[field][values.rows[is_chosen[values.codes]]] = True
        return masks

    @cached_property
    def _chosen(self) -> dict[str, dict[Any, str]]:
        """The chosen values of each field by their keys."""
        chosen: dict[str, dict[Any, str]] = {}
        for field in FACETS:
            values = self.selection.values(field)
            chosen[field] = {value: value for value in values}
            if model := RECORDS.get(field):
                slugs = [value for value in values if value != NOT_STATED]
                stored = model.objects.public().filter(slug__in=slugs)
                chosen[field] = dict(stored.values_list("pk", "slug")) if slugs else {}
                if NOT_STATED in values:
                    chosen[field][_NONE] = NOT_STATED
        return chosen

    def _values(self, field: str) -> Values:
        shown, every = self.shown, np.arange(len(self.shown.rows))
        if field == "kinds":
            return Values(every, shown.events["kind"], np.array(columns.KINDS))
        if field == "statuses":
            unresolved = np.flatnonzero(shown.is_unresolved)
            last = np.full(len(unresolved), len(columns.STATUSES))
            codes = np.concatenate((shown.rows["status"], last))
            return Values(
                np.r_[every, unresolved], codes, np.array([*columns.STATUSES, UNRESOLVED])
            )
        if field == "places":
            keys, codes = shown.columns.coded("events", "place")
            codes = np.where(shown.places, codes[shown.rows["place"]], len(keys))
            return Values(every, codes, np.r_[keys, _NONE])
        name, column = {"actors": ("parts", "actor"), "outlets": ("reports", "outlet")}[field]
        keys, codes = shown.columns.coded(name, column)
        known, rows = shown.known(name)
        # An outlet may report an event more than once
        if field == "outlets" and len(keys):
            rows, codes = np.divmod(np.unique(rows * len(keys) + codes[known]), len(keys))
            return Values(rows, codes, keys)
        return Values(rows, codes[known], keys)

    def _facet(self, field: str) -> Facet:
        values = self._values(field)
        counts = np.bincount(
            values.codes[self._mask_without(field)[values.rows]], minlength=len(values.keys)
        )
        here = np.bincount(values.codes[self.within[values.rows]], minlength=len(values.keys))
        offered = np.flatnonzero(here)
        most = offered[np.argsort(-counts[offered], kind="stable")][:MOST]
        is_chosen = np.isin(values.keys, list(self._chosen[field]))
        shown = np.union1d(most, np.flatnonzero(is_chosen))
        events = dict(zip(values.keys[shown].tolist(), counts[shown].tolist(), strict=True))
        options = self._options(field, dict.fromkeys(self._chosen[field], 0) | events)
        options = [one._replace(is_on=one.value in self.selection.values(field)) for one in options]
        return Facet(field, options, max(len(offered) - len(options), 0))

    def _options(self, field: str, events: dict[Any, int]) -> list[FacetOption]:
        """The options for values by their keys, in the order in which they are offered."""
        if field == "statuses":
            return [
                FacetOption(one, label, events[one], False)
                for one, label in STATUSES.items()
                if one in events
            ]
        if model := RECORDS.get(field):
            labels = self._labels(field, model, events.keys() - {_NONE})
            named = [(slug, name, events[key]) for key, (slug, name) in labels.items()]
        else:
            named = [(key, KINDS[key], number) for key, number in events.items()]
        named.sort(key=lambda one: (-one[2], one[1]))
        if _NONE in events:
            named.append((NOT_STATED, "Not stated", events[_NONE]))
        return [FacetOption(value, label, number, False) for value, label, number in named]

    def _labels(
        self, field: str, model: type[Actor | Place | Outlet], keys: Set[int]
    ) -> dict[int, tuple[str, str]]:
        """The slugs and names of records; each is asked for once while nothing is written."""
        known = self.shown.columns.labels.setdefault(field, {})
        if missing := keys - known.keys():
            found = model.objects.public().filter(pk__in=missing)
            for key, slug, name in found.values_list("pk", "slug", "name"):
                known[key] = slug, name
        return {key: known[key] for key in keys if key in known}
