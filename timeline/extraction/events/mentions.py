"""Every trigger of an article with what its sentence says about it."""

from collections.abc import Iterator

from .actors import Cast, Clauses
from .attachment import attach
from .folding import fold
from .mention import Mention
from .prose import Prose, Scope
from .status import status
from .triggers import Trigger, find, positions

_NO_EVENT = frozenset({"state"})
_REACH = 10  # words from a noun to the one joined to it
_SCARE = 30  # characters of a quoted run that is no speech: a “peace offensive”


def collect(prose: Prose) -> Iterator[list[Mention]]:
    """Yield the mentions of each sentence, headings left out."""
    cast = Cast()
    candidates = positions(prose.lower)
    for scope in prose.scopes():
        found = find(prose, candidates, scope.first, scope.last)
        mentions = _mentions(prose, scope, found, cast)
        if scope.people:
            cast.see([actor for m in mentions for actor in m.who], scope)
        yield fold(mentions)


def _mentions(prose: Prose, scope: Scope, found: list[Trigger], cast: Cast) -> list[Mention]:
    times = attach(prose, scope, found) if scope.times else {}
    clauses = Clauses(prose, scope, cast)
    mentions = []
    before = None
    for order, trigger in enumerate(found):
        quoted = prose.quoted(prose.starts[trigger.first])
        if 0 < quoted < _SCARE:
            continue
        opener = prose.opener(clauses.begin, trigger.group_start)
        who = clauses.who(trigger, before, opener)
        before, previous = trigger, before
        if trigger.reading.group in _NO_EVENT:
            continue
        state, ground = status(prose, scope.first, scope.last, trigger, previous)
        other = mentions[-1] if mentions else None
        if other and other.to_come and _goes_with(prose, trigger, other.trigger):
            state, ground, who = other.status, other.ground, who or other.who
        mentions.append(
            Mention(
                scope,
                trigger,
                order,
                prose.lower[opener] if opener >= 0 else "",
                quoted > 0,
                times.get(order),
                who,
                state,
                ground,
                trigger.tense,
            )
        )
    if clauses.awaited is not None and clauses.first:
        for mention in mentions:
            if mention.trigger is clauses.awaited:
                mention.who = clauses.first
    return mentions


def _goes_with(prose: Prose, trigger: Trigger, before: Trigger) -> bool:
    """Whether two nouns hang on one verb: "bring about a summit with Li and trip to Oslo"."""
    if trigger.tense != "noun" or before.tense != "noun":
        return False
    joint = "and" in prose.lower[trigger.first - 2 : trigger.first]
    between = prose.gaps[before.first : trigger.first]
    return joint and len(between) <= _REACH and not any("," in gap for gap in between)
