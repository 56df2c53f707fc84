"""Which of the shown events hold a term, in what is shown of them on the day in view."""

import numpy as np

from timeline.models import Alias, PlaceAlias
from timeline.models.words import SEARCHED, SPREAD, Term, texts_with
from timeline.selection.columns import Keys, Mask
from timeline.selection.versions import Shown


def holding(term: Term, shown: Shown) -> Mask:
    """Return the rows of `shown` that hold a term.

    That is in the title, the summary once the story is told, the place, and the words, quotes and
    participants that are known; names that are public stand for theirs.
    """
    found = np.array(texts_with(term), np.int64)
    keys = {
        source: found[found % SPREAD == number] // SPREAD for source, number in SEARCHED.items()
    }
    rows, events = shown.rows, shown.events["event"]
    own_title = np.isin(events, keys["event", "title"]) & (rows["named"] == 0)
    mask: Mask = own_title | np.isin(rows["named"], keys["report", "title"])
    mask |= np.isin(events, keys["event", "summary"]) & rows["is_told"]
    places = np.union1d(keys["place", "name"], _bearers(PlaceAlias, keys["placealias", "name"]))
    mask |= np.isin(shown.places, places)
    actors = np.union1d(keys["actor", "name"], _bearers(Alias, keys["alias", "name"]))
    for name, column, wanted in (
        ("reports", "key", keys["report", "exact"]),
        ("quotes", "key", keys["quote", "text"]),
        ("parts", "actor", actors),
    ):
        is_known, at = shown.known(name)
        mask[at[np.isin(shown.columns.tables[name][column][is_known], wanted)]] = True
    return mask


def _bearers(model: type[Alias | PlaceAlias], keys: Keys) -> Keys:
    """The actors, or the places, that are called by the public names among these."""
    owner = "actor_id" if model is Alias else "place_id"
    if not len(keys):
        return keys
    named = model.objects.public().filter(pk__in=keys.tolist())
    return np.fromiter(named.values_list(owner, flat=True), np.int64)
