"""An event as an article reports it, set against the events that are known: is it one of them?

Pure and explainable. Each feature adds its weight to the log-odds that both are the same event and
gives a short sentence for the editor, who decides. "His fourth visit" is so proposed as a report of
the visit that is known as the fourth, and not as a new event.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

from timeline import dates

from .lexicon import load

_STEMMER = snowballstemmer.stemmer("english")

# Below this score a report is of a new event. Of the demo's 93 reports, each against what was known
# before its article, 0.45 and 0.5 propose 91 rightly, 0.4 proposes 90, 0.6 proposes 88.
THRESHOLD = 0.5

_PRIOR = -3.0
_OPEN_WINDOW = 3653  # days; an interval open on one side tells no more than ten years do
_REMEMBERED = 50_000  # dates, numbers and words of known events, read once for all reports
# Words weigh as among so many events where fewer are compared, so that a decision does not change
# with how many were fetched. By its words alone 70 % of the demo's reports are found, with 1 for
# this number 68 %.
_AMONG = 100
_SHORT = 3.0  # added to the weight of all words, so that the only word of a title does not decide
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_PLANS = frozenset(["planned", "expected", "possible", "postponed", "cancelled"])


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known of an event, or what one article reports of it, as plain data.

    `edtf` is the date last stated, "" when none is set. `actors` are names; `places` the place and
    what contains it ("Beijing", "China"). `wordings` are the words of articles that tell of it.
    """

    title: str
    edtf: str = ""
    kind: str = "other"
    status: str = "occurred"
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    key: str | int | None = None


class Match(NamedTuple):
    """A known event that may be the one reported: score from 0 to 1, and why in short sentences."""

    candidate: Sketch
    score: float
    reasons: tuple[str, ...]


def rank(
    report: Sketch,
    candidates: Sequence[Sketch],
    aliases: Mapping[str, str] | None = None,
    weights: Mapping[str, float] | None = None,
) -> list[Match]:
    """Return `candidates` as matches for `report`, the likeliest first.

    `aliases` gives the one name for other spellings of actors and places, keys in casefold.
    `weights` is the `rarity` of the words of all candidates, where the caller has it already.
    A best score under THRESHOLD says that the report is of a new event. A date that cannot be read
    counts as not set.
    """
    weights = rarity(candidates) if weights is None else weights
    matches = [_match(report, candidate, aliases or {}, weights) for candidate in candidates]
    return sorted(matches, key=lambda match: -match.score)


def _match(
    report: Sketch, known: Sketch, aliases: Mapping[str, str], weights: Mapping[str, float]
) -> Match:
    signs = [
        _by_date(report, known),
        _by_kind(report, known),
        _by_ordinal(report, known),
        _by_actors(_names(report.actors, aliases), _names(known.actors, aliases)),
        _by_place(_names(report.places, aliases), _names(known.places, aliases), report.kind),
        _by_words(_words(report), _words(known), weights),
    ]
    odds = _PRIOR + sum(weight for weight, _ in signs)
    reasons = tuple(reason for weight, reason in sorted(signs, key=_by_weight) if reason)
    return Match(known, round(1 / (1 + math.exp(-odds)), 3), reasons)


def _by_weight(sign: tuple[float, str]) -> float:
    return -abs(sign[0])


# ----------------------------------------------------------------------------------------- dates


class _Window(NamedTuple):
    first: int  # day ordinals
    last: int
    width: int  # days, _OPEN_WINDOW when a side is open
    slack: int  # days by which an approximate date may be off


@lru_cache(maxsize=_REMEMBERED)
def _window(edtf: str) -> _Window | None:
    earliest, latest = dates.known_bounds(edtf)
    if earliest is None and latest is None:
        return None
    slack = 7 if "~" in edtf or "?" in edtf else 0
    first = (earliest or date.min).toordinal()
    last = (latest or date.max).toordinal()
    return _Window(first, last, min(last - first + 1 + 2 * slack, _OPEN_WINDOW), slack)


def _by_date(report: Sketch, known: Sketch) -> tuple[float, str]:
    new, old = _window(report.edtf), _window(known.edtf)
    if not new or not old:
        return 0.0, ""
    gap = max(old.first - new.last, new.first - old.last) - max(new.slack, old.slack)
    if gap <= 0:
        # from 3 for one day both times, through 2 for a month, to 0.5 for an open interval
        weight = 3 - 0.7 * math.log10(max(new.width, old.width))
        if report.edtf == known.edtf and old.width < _OPEN_WINDOW:
            return max(weight, 2.0), f"Same date: {dates.words(known.edtf)}."
        agreed = f"{_capital(dates.words(report.edtf))} agrees with {dates.words(known.edtf)}."
        return weight, agreed
    if gap <= 2:
        return 0.5, f"{dates.words(report.edtf)} is next to {dates.words(known.edtf)}."
    if known.status in _PLANS and new.first > old.first and gap <= 400:
        return 0.0, f"Was {known.status} for {dates.words(known.edtf)}; the date may have moved."
    return -5.0, f"{_capital(dates.words(report.edtf))} is not {dates.words(known.edtf)}."


# --------------------------------------------------------------------------- kinds and ordinals


def _by_kind(report: Sketch, known: Sketch) -> tuple[float, str]:
    if report.kind == known.kind:
        return 1.0, "" if report.kind == "other" else f"Both are of the kind {report.kind}."
    if "other" in (report.kind, known.kind):
        return 0.0, ""
    if _family(report.kind) == _family(known.kind):
        return 0.3, ""
    return -1.5, f"One is of the kind {report.kind}, the other {known.kind}."


def _by_ordinal(report: Sketch, known: Sketch) -> tuple[float, str]:
    new, old = _ordinals(report), _ordinals(known)
    for family in new.keys() & old.keys():
        if new[family] & old[family]:
            number = _ordinal_word(min(new[family] & old[family]))
            return 2.5, f"Both are called the {number}."
        return -2.5, (
            f"This one is called the {_ordinal_word(min(new[family]))}, "
            f"that one the {_ordinal_word(min(old[family]))}."
        )
    return 0.0, ""


def _ordinals(sketch: Sketch) -> dict[int, set[int]]:
    """Return the numbers of a sketch by family: of its title, or its own in the words of articles.

    "His second summit and trip to Seoul" does not number the trip.
    """
    if numbers := _numbers(sketch.title):
        return numbers
    own = _family(sketch.kind)
    numbers = _numbers(" | ".join(sketch.wordings))
    return {own: numbers[own]} if own in numbers else {}


@lru_cache(maxsize=_REMEMBERED)
def _numbers(text: str) -> dict[int, set[int]]:
    language = _language()
    found: dict[int, set[int]] = {}
    for match in language.numbered.finditer(text.lower()):
        family = language.nouns[match["noun"]]
        found.setdefault(family, set()).add(language.ordinals[match["ordinal"]])
    return found


# ---------------------------------------------------------------------- actors, places and words


def _by_actors(new: frozenset[str], old: frozenset[str]) -> tuple[float, str]:
    if not new or not old:
        return 0.0, ""
    shared = new & old
    if not shared:
        return -2.5, f"{_list(new)} here, {_list(old)} there."
    weight = 2 * len(shared) / min(len(new), len(old)) + (0.2 if len(shared) > 1 else -0.5)
    if new - shared and old - shared:  # Smith and Jones, not Smith and Brown
        weight -= 1.0
    return weight, f"Both name {_list(shared)}."


def _by_place(new: frozenset[str], old: frozenset[str], kind: str) -> tuple[float, str]:
    if not new or not old:
        return 0.0, ""
    if shared := new & old:
        return 1.0, f"Same place: {_list(shared)}."
    return (-3.0 if kind == "visit" else -1.0), f"{_list(new)} is not {_list(old)}."


def _by_words(
    new: Mapping[str, str], old: Mapping[str, str], weights: Mapping[str, float]
) -> tuple[float, str]:
    if not new or not old:
        return 0.0, ""
    shared = new.keys() & old.keys()
    if not shared:
        return -0.5, ""
    new_word = weights[""]
    least = min(sum(weights.get(word, new_word) for word in words) for words in (new, old))
    score = 4 * sum(weights[word] for word in shared) / (least + _SHORT)
    telling = sorted(shared, key=lambda word: (-weights[word], word))[:3]
    return score - 0.5, f"Both say {_list(f'“{new[word]}”' for word in telling)}."


def _names(names: Iterable[str], aliases: Mapping[str, str]) -> frozenset[str]:
    return frozenset(aliases.get(name.casefold(), name) for name in names)


def _words(sketch: Sketch) -> Mapping[str, str]:
    """Return the telling words of a sketch by stem; its actors and places are weighed apart."""
    names = " ".join((*sketch.actors, *sketch.places))
    return _telling_words(" ".join((sketch.title, *sketch.wordings)), names)


@lru_cache(maxsize=_REMEMBERED)
def _telling_words(text: str, names: str) -> Mapping[str, str]:
    passed_over = _language().common | set(_LETTERS.findall(names.lower()))
    words = [word for word in _LETTERS.findall(text.lower()) if word not in passed_over]
    return dict(zip(_STEMMER.stemWords(words), words, strict=True))


def rarity(candidates: Sequence[Sketch]) -> dict[str, float]:
    """Return how telling each word is among the candidates; the key "" stands for a new word."""
    counts = Counter(word for candidate in candidates for word in _words(candidate))
    total = max(len(candidates), _AMONG) + 1
    return {"": math.log(total + 1)} | {w: math.log((total + 1) / n) for w, n in counts.items()}


def stems(title: str) -> Mapping[str, str]:
    """Return the telling words of a title in small letters, by their stems."""
    return _telling_words(title, "")


# --------------------------------------------------------------------------------------- wording


class _Language(NamedTuple):
    ordinals: dict[str, int]
    nouns: dict[str, int]
    families: dict[str, int]
    common: frozenset[str]
    numbered: re.Pattern[str]


@lru_cache(maxsize=1)
def _language() -> _Language:
    tables = load("linking")
    ordinals = {word: entry["number"] for entry in tables["ordinal"] for word in entry["words"]}
    nouns = {noun: i for i, entry in enumerate(tables["family"]) for noun in entry["nouns"]}
    families = {kind: i for i, entry in enumerate(tables["family"]) for kind in entry["kinds"]}
    common = frozenset(word for entry in tables["common"] for word in entry["words"])
    common |= nouns.keys() | ordinals.keys()  # they are weighed apart
    numbered = rf"\b(?P<ordinal>{'|'.join(ordinals)})\b(?:[ –-]\w+){{0,3}}?[ –-]"
    numbered += rf"(?P<noun>{'|'.join(nouns)})\b"
    return _Language(ordinals, nouns, families, common, re.compile(numbered))


def _family(kind: str) -> int | None:
    return _language().families.get(kind)


def _ordinal_word(number: int) -> str:
    ordinals: list[dict[str, Any]] = load("linking")["ordinal"]
    return str(next(entry["words"][0] for entry in ordinals if entry["number"] == number))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _list(words: Iterable[str]) -> str:
    *most, last = list(words) if not isinstance(words, frozenset) else sorted(words)
    return f"{', '.join(most)} and {last}" if most else last
