"""Every trigger of an article with what its sentence says about it."""

from collections.abc import Iterator

from .actors import Cast, Clauses
from .prose import Prose, Scope
from .attachment import attach
from .folding import fold
from .mention import Mention
from .status import status
from .triggers import Trigger, find, positions
from .wordlists import OPENERS, LINKS

_SCARE = 30  # characters of a quoted run that is no speech: a “peace offensive”


def collect(prose: Prose) -> Iterator[list[Mention]]:
    """Yield the mentions of each sentence, headings left out."""
    cast = Cast()
    candidates = positions(prose.lower)
    for scope in prose.scopes():
        found = find(prose, candidates, scope.first, scope.last)
        mentions = _mentions(prose, scope, found, cast)
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
        begin = clauses.begin
        who = clauses.who(trigger, before)
        state, ground = status(prose, scope.first, scope.last, trigger, before)
        mentions.append(
            Mention(
                scope,
                trigger,
                order,
                _opener(prose.lower, begin, trigger.group_start),
                quoted > 0,
                times.get(order),
                who,
                state,
                ground,
                trigger.tense,
            )
        )
        before = trigger
    if clauses.awaited is not None and clauses.subject:
        for mention in mentions:
            if mention.trigger is clauses.awaited:
                mention.who = clauses.subject
    return mentions


def _opener(lower: list[str], first: int, last: int) -> str:
    """Return the word nearest before `last` that opens a clause, of lower[first:last]."""
    for i in range(last - 1, first - 1, -1):
        word = lower[i]
        if word in OPENERS and word not in LINKS:
            return word
    return ""
