"""Every trigger of an article as a mention, sentence by sentence."""

from collections.abc import Iterator

from .arguments import Arguments
from .attachment import attach
from .cast import Cast
from .folding import fold
from .mention import Mention
from .plans import settle
from .prose import Prose, Scope
from .triggers import Trigger, find, positions

_SCARE = 30  # characters of a quoted run that is no speech: a “peace offensive”


def collect(prose: Prose, cast: Cast) -> Iterator[tuple[Arguments, list[Mention]]]:
    """Yield the sentences, headings left out, with their mentions."""
    candidates = positions(prose.lower)
    before: list[Mention] = []
    for scope in prose.scopes():
        found = find(prose, candidates, scope.first, scope.last, scope.tree)
        if scope.times:
            found = [trigger for trigger in found if not _is_of_time(trigger, scope)]
        clauses = Arguments(scope, found, cast)
        mentions = settle(fold(_mentions(clauses)), before) if found else []
        yield clauses, mentions
        before = mentions


def _is_of_time(trigger: Trigger, scope: Scope) -> bool:
    """Whether a word is part of a time: "this fall"."""
    return trigger.tense == "noun" and any(
        time.first <= trigger.first < time.last for time in scope.times
    )


def _mentions(clauses: Arguments) -> list[Mention]:
    scope, found = clauses.scope, clauses.found
    prose = scope.prose
    times = attach(scope, found) if scope.times else {}
    mentions: list[Mention] = []
    before = None
    for order, trigger in enumerate(found):
        if trigger.reading.group == "state" or trigger.tense == "adjective":
            continue
        quoted = prose.quoted(prose.starts[trigger.first]) if scope.is_quoting else 0
        if 0 < quoted < _SCARE:
            continue
        before = Mention(clauses, order, before, quoted > 0, times.get(order) if times else None)
        mentions.append(before)
    return mentions
