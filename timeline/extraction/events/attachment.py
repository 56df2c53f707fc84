"""Which trigger of a sentence a time belongs to."""

from itertools import repeat

from ..times import Time
from .prose import Prose, Scope, Standing
from .triggers import FINITE, Trigger, lasts
from .wordlists import BE, JOINTS, OPENERS, PREPOSITIONS, RELATIVE, WAS

_REACH = 30
# How much less a time fits a trigger than a finite verb: a noun or participle, one word away less.
_TENSE = {
    "noun": 3.0,
    "gerund": 2.5,
    "infinitive": 2.5,
    "reduced": 2.5,
    "adjective": 2.5,
    "perfect": 1.0,
}
_OF_ITS_OWN = frozenset({"gerund", "noun"})  # which a preposition parts from a time before it
_TOO_FAR = 99.0
_PRICE = dict.fromkeys(BE, 2.0) | dict.fromkeys(OPENERS, 3.5)  # of a word between them
_PRICE |= dict.fromkeys(JOINTS, 4.5)
_PARTS = frozenset(",;:-")  # marks between them, each 1
_SPEECH = 30  # characters of a quoted run that is more than a phrase
_TOLD = frozenset({"past", "perfect", "pluperfect", "reduced"})
_UNTOLD = frozenset({"future", "modal", "infinitive"})


def attach(scope: Scope, found: list[Trigger]) -> dict[int, Time]:
    """Return {order of a trigger: the time that its clause states} for one sentence."""
    attached: dict[int, tuple] = {}
    today = scope.prose.published.isoformat()
    for standing in scope.times:
        time = standing.what
        future = time.edtf > today
        cost, owner = _REACH, -1
        for n, trigger in enumerate(found):
            if trigger.last > standing.first - _REACH and trigger.first < standing.last + _REACH:
                price = _cost(scope, trigger, standing, future, cost)
                if n and _is_of_participle(scope, found[n - 1], standing, trigger):
                    price += 6
                if price <= cost and price < _REACH:  # of two as near, the later
                    cost, owner = price, n
        if owner < 0:
            continue
        rank = cost - (0 if ".." in time.edtf else min(len(time.edtf), 10))  # a day before a year
        if owner not in attached or rank < attached[owner][0]:
            attached[owner] = rank, time
    return {n: time for n, (_, time) in attached.items()}


def _is_of_participle(scope: Scope, verb: Trigger, time: Standing, trigger: Trigger) -> bool:
    """Whether a time belongs to the participle before it: "a man held on Monday was freed"."""
    if verb.tense != "reduced" or not verb.last <= time.first < trigger.group_start:
        return False
    gaps = scope.prose.gaps
    if any("," in gap for gap in gaps[verb.last - 1 : time.first]):
        return False
    ends = any("," in gap for gap in gaps[time.last - 1 : trigger.group_start])
    return ends or time.last == trigger.group_start


def _is_put_between(prose: Prose, time: Standing) -> bool:
    """Whether commas stand on both sides of a time: "The firm, in 1952, closed"."""
    begin = time.first - (prose.lower[time.first - 1] in PREPOSITIONS)
    return "," in prose.gaps[begin - 1]


def _is_closed_off(prose: Prose, trigger: Trigger, end: int) -> bool:
    """Whether a trigger stands in a clause that a comma ends: "Li, who had left, on Monday"."""
    who, begin = trigger.group_start - 1, trigger.group_start - 2
    is_relative = who > 0 and prose.lower[who] in RELATIVE and "," in prose.gaps[begin]
    return is_relative and any("," in gap for gap in prose.gaps[trigger.last - 1 : end])


def _cost(scope: Scope, trigger: Trigger, time: Standing, future: bool, most: float) -> float:
    """How badly a time fits a trigger: words between them, and more for what parts clauses.

    It is not counted to the end once it is more than `most`.
    """
    prose, tense = scope.prose, trigger.tense
    gaps = prose.gaps
    cost = _TENSE.get(tense, 0.0)
    if future and tense == "infinitive" and trigger.last <= time.first:
        cost = 0.0
    if time.last <= trigger.first:
        low, high = time.last, trigger.group_start
        if low >= high and tense == "noun":
            return 0.0
        if time.first <= scope.first + 1:
            cost -= 8 if tense in FINITE else 0
        elif trigger.reading.kind == "statement" and "," in "".join(gaps[low - 1 : high]):
            cost += 6  # "… this year, analysts said"
        elif tense in _OF_ITS_OWN and prose.lower[high - 1] in PREPOSITIONS:
            cost += 3  # "was jailed on Monday for taking bribes"
        elif "," in gaps[low - 1] and not _is_put_between(prose, time):
            cost += 4  # "The firm, founded in 1952, closed"
    elif trigger.last <= time.first:
        low, high = trigger.last, time.first
        if prose.lower[high - 1] == "as" and prose.lower[high - 3] == "as":
            high -= 3  # "as soon as Friday"
        if (
            tense == "noun"
            and "," in gaps[time.last - 1]
            and scope.first == trigger.group_start - 1
        ):
            return 0.0  # "During his visit on Monday, …"
    else:
        return _TOO_FAR
    apart = high - low
    if apart > _REACH or (tense in _TOLD and time.what.edtf.endswith("..")):
        return _TOO_FAR
    if (
        tense in _TOLD
        if future
        else tense in _UNTOLD and prose.lower[trigger.group_start] not in WAS
    ):
        if future and prose.lower[time.first - 1] == "until" and not lasts(trigger):
            return _TOO_FAR  # "offered to keep jobs until 2025"
        cost += 6
    if trigger.reading.group == "state":
        cost += 2
    if cost + 0.5 * apart > most:
        return _TOO_FAR
    if scope.is_quoting:
        quoted = prose.quoted(time.what.start)
        if quoted != prose.quoted(prose.starts[trigger.first]):
            cost += _REACH if quoted > _SPEECH else 8
    if gaps[low:high].count(" ") < apart:
        cost += sum(not _PARTS.isdisjoint(gap) for gap in gaps[low:high])
        if high == time.first and _is_closed_off(prose, trigger, high):
            cost += 10
    if cost + 0.5 * apart > most:
        return _TOO_FAR
    return sum(map(_PRICE.get, prose.lower[low:high], repeat(0.5)), cost)
