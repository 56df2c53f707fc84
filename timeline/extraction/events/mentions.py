"""Every trigger of an article as a mention, sentence by sentence."""

from collections.abc import Iterator

from ..document import Document, Sentence
from .arguments import Arguments
from .attachment import attach
from .folding import fold
from .mention import Mention
from .plans import settle
from .triggers import Trigger, find, positions

_SCARE = 30  # characters of a quoted run that is no speech: a “peace offensive”


def collect(doc: Document) -> Iterator[tuple[Arguments, list[Mention]]]:
    """Yield the sentences, headings left out, with their mentions."""
    candidates = positions(doc.lower)
    before: list[Mention] = []
    for sentence in doc.prose:
        found = find(doc, candidates, sentence.first, sentence.last, sentence.tree)
        if sentence.times:
            found = [trigger for trigger in found if not _is_of_time(trigger, sentence)]
        clauses = Arguments(sentence, found)
        mentions = settle(fold(_mentions(clauses)), before) if found else []
        yield clauses, mentions
        before = mentions


def _is_of_time(trigger: Trigger, sentence: Sentence) -> bool:
    """Whether a word is part of a time: "this fall"."""
    return trigger.tense == "noun" and any(
        time.first <= trigger.first < time.last for time in sentence.times
    )


def _mentions(clauses: Arguments) -> list[Mention]:
    sentence, found = clauses.sentence, clauses.found
    doc = sentence.doc
    times = attach(sentence, found) if sentence.times else {}
    mentions: list[Mention] = []
    before = None
    for order, trigger in enumerate(found):
        if trigger.reading.group == "state" or trigger.tense == "adjective":
            continue
        quoted = doc.quoted_length(doc.starts[trigger.first]) if sentence.is_quoting else 0
        if 0 < quoted < _SCARE:
            continue
        before = Mention(clauses, order, before, quoted > 0, times.get(order) if times else None)
        mentions.append(before)
    return mentions
