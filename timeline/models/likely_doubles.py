"""Actors and places that may be one: pairs with their reasons, ranked.

Records are put into blocks by keys made of their names, ids and whereabouts, and compared within
a block alone: the work grows with the records, not with their pairs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import cos, floor, hypot, radians

from timeline.models.actors import Actor, Alias, Named, Place, PlaceAlias, Role
from timeline.models.apart import Apart
from timeline.models.scripts import words_of_name

# How likely a pair is one for each reason, by judgement; the rest is multiplied.
ID, NAME, ALIAS, ORDER, TITLE, INITIALS, NEAR = 0.97, 0.9, 0.85, 0.75, 0.55, 0.45, 0.3
# A block of more says nothing of any two of them: “Kim” of a hundred people.
MOST_IN_A_BLOCK = 12
_NEAR_KM = 2.0
_KM_A_DEGREE = 111.2
_CELL = 0.02  # degrees of latitude, more than _NEAR_KM
_SHORTEST = 2  # letters of initials that tell a body: UN

type Pair = tuple[int, int]


@dataclass
class Bearer:
    """A record with what its keys are made of."""

    record: Named
    names: list[str]
    titles: list[str] = field(default_factory=list)


@dataclass
class Double:
    """Two records that may be one: how likely, and why."""

    one: Named
    other: Named
    score: float
    reasons: list[str]


def likely_doubles(model: type[Named]) -> list[Double]:
    """Return the pairs of a model that may be one, the likeliest first, in four queries.

    Those that an editor has told apart are left out.
    """
    bearers = _bearers(model)
    found: dict[Pair, dict[str, float]] = defaultdict(dict)
    for weight, reason, blocks in _blocks(bearers):
        for keys in blocks:
            for pair in combinations(sorted(keys), 2):
                found[pair].setdefault(reason, weight)
    apart = Apart.objects.pairs(model)
    doubles = [
        _double(bearers[low].record, bearers[high].record, reasons)
        for (low, high), reasons in found.items()
        if (low, high) not in apart
    ]
    return sorted(doubles, key=lambda one: (-one.score, one.one.name, one.one.pk, one.other.pk))


def _bearers(model: type[Named]) -> dict[int, Bearer]:
    found = {
        record.pk: Bearer(record, [record.name]) for record in model._default_manager.order_by("pk")
    }
    owner = str(model._meta.model_name)
    aliases = Alias if model is Actor else PlaceAlias
    for pk, name in aliases._default_manager.values_list(owner, "name"):
        found[pk].names.append(name)
    if model is Actor:
        for pk, title in Role.objects.values_list("actor", "title"):
            found[pk].titles.append(title)
    return found


def _blocks(bearers: dict[int, Bearer]) -> Iterator[tuple[float, str, Iterable[set[int]]]]:
    """Yield each reason with its weight and the sets of keys that share it."""
    yield (
        ID,
        "Same Wikidata id",
        _sharing((pk, one.record.wikidata) for pk, one in bearers.items() if one.record.wikidata),
    )
    words = {pk: [words_of_name(name) for name in one.names] for pk, one in bearers.items()}
    yield (
        NAME,
        "Same name but for case, marks and hyphens",
        _sharing((pk, "".join(names[0])) for pk, names in words.items()),
    )
    yield (
        ALIAS,
        "A name that both bear",
        _sharing((pk, "".join(one)) for pk, names in words.items() for one in names),
    )
    yield (
        ORDER,
        "Same words in another order",
        _sharing(
            (pk, " ".join(sorted(one)))
            for pk, names in words.items()
            for one in names
            if len(one) > 1
        ),
    )
    yield INITIALS, "One has the initials of the other", _with_initials(words)
    yield TITLE, "A title and a surname of the other", _with_titles(bearers, words)
    yield NEAR, f"Within {_NEAR_KM:g} km of each other", _near(bearers)


def _sharing(keyed: Iterable[tuple[int, str]]) -> Iterator[set[int]]:
    blocks: dict[str, set[int]] = defaultdict(set)
    for pk, key in keyed:
        if key:
            blocks[key].add(pk)
    return (keys for keys in blocks.values() if 1 < len(keys) <= MOST_IN_A_BLOCK)


def _bridges(short: Iterable[tuple[int, str]], full: dict[str, set[int]]) -> Iterator[set[int]]:
    """Yield each short form with each full one of its key, unless too many share it."""
    for pk, key in short:
        others = full.get(key, set()) - {pk}
        if len(others) <= MOST_IN_A_BLOCK:
            yield from ({pk, other} for other in others)


def _with_initials(words: dict[int, list[list[str]]]) -> Iterator[set[int]]:
    """“J. Smith” with “John Smith”, “UN” with “United Nations”."""
    full: dict[str, set[int]] = defaultdict(set)
    short: list[tuple[int, str]] = []
    for pk, names in words.items():
        for one in filter(None, names):
            if len(one) > 1 and len(one[0]) > 1:
                full[f"{one[0][0]} {one[-1]}"].add(pk)
                full["".join(word[0] for word in one)].add(pk)
            elif len(one) > 1:
                short.append((pk, f"{one[0]} {one[-1]}"))
            elif len(one[0]) >= _SHORTEST:
                short.append((pk, one[0]))
    return _bridges(short, full)


def _with_titles(
    bearers: dict[int, Bearer], words: dict[int, list[list[str]]]
) -> Iterator[set[int]]:
    """“President Moon” with Moon Jae-in, whose role is president."""
    full: dict[str, set[int]] = defaultdict(set)
    titles: set[str] = set()
    for pk, one in bearers.items():
        for title in (words_of_name(title) for title in one.titles):
            titles.update(title[:1])
            for name in words[pk] if title else ():
                for surname in {name[0], name[-1]} if name else ():
                    full[f"{title[0]} {surname}"].add(pk)
    short = [
        (pk, f"{name[0]} {name[-1]}")
        for pk, names in words.items()
        for name in names
        if len(name) > 1 and name[0] in titles
    ]
    return _bridges(short, full)


def _near(bearers: dict[int, Bearer]) -> Iterator[set[int]]:
    """Places whose coordinates are near by; each cell is compared with those around it."""
    cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for one in bearers.values():
        if isinstance(one.record, Place) and one.record.latitude is not None:
            cells[_cell(one.record)].append(one.record)
    for (row, column), places in cells.items():
        around = [
            place
            for down in (-1, 0, 1)
            for along in (-1, 0, 1)
            for place in cells.get((row + down, column + along), ())
        ]
        if len(around) > MOST_IN_A_BLOCK:
            continue
        for place in places:
            for other in around:
                if place.pk < other.pk and _km(place, other) <= _NEAR_KM:
                    yield {place.pk, other.pk}


def _cell(place: Place) -> tuple[int, int]:
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    row = floor(latitude / _CELL)
    width = _CELL / max(cos(radians(row * _CELL)), 0.01)
    return row, floor(longitude / width)


def _km(one: Place, other: Place) -> float:
    latitude, longitude = one.latitude or 0.0, one.longitude or 0.0
    down = latitude - (other.latitude or 0.0)
    along = (longitude - (other.longitude or 0.0)) * cos(radians(latitude))
    return hypot(down, along) * _KM_A_DEGREE


def _double(one: Named, other: Named, reasons: dict[str, float]) -> Double:
    doubt = 1.0
    for weight in reasons.values():
        doubt *= 1 - weight
    score, said = 1 - doubt, list(reasons)
    for what in ("wikidata", "kind", "country"):
        mine, theirs = getattr(one, what, ""), getattr(other, what, "")
        if mine and theirs and mine != theirs:
            score /= 2
            named = "Wikidata ids" if what == "wikidata" else f"{what}s".replace("ys", "ies")
            said.append(f"but their {named} differ")
    return Double(one, other, score, said)
