"""Every trigger of an article as a candidate, sentence by sentence."""

from collections.abc import Iterator

from ..document import Document, Sentence
from .arguments import ArgumentFinder
from .candidate import EventCandidate
from .light_verbs import merge_light_verbs
from .plan_outcomes import merge_outcomes
from .time_attachment import attach
from .triggers import Trigger, find, positions

_SCARE = 30  # characters of a quoted run that is no speech: a “peace offensive”


def find_candidates(doc: Document) -> Iterator[tuple[ArgumentFinder, list[EventCandidate]]]:
    """Yield the sentences, headings left out, with their candidates."""
    places = positions(doc.lower)
    before: list[EventCandidate] = []
    for sentence in doc.prose:
        found = find(doc, places, sentence.first, sentence.last, sentence.tree)
        if sentence.times:
            found = [trigger for trigger in found if not _is_of_time(trigger, sentence)]
        arguments = ArgumentFinder(sentence, found)
        candidates = (
            merge_outcomes(merge_light_verbs(_candidates(arguments)), before) if found else []
        )
        yield arguments, candidates
        before = candidates


def _is_of_time(trigger: Trigger, sentence: Sentence) -> bool:
    """Whether a word is part of a time: "this fall"."""
    return trigger.tense == "noun" and any(
        time.first <= trigger.first < time.last for time in sentence.times
    )


def _candidates(arguments: ArgumentFinder) -> list[EventCandidate]:
    sentence, found = arguments.sentence, arguments.found
    doc = sentence.doc
    times = attach(sentence, found) if sentence.times else {}
    candidates: list[EventCandidate] = []
    before = None
    for order, trigger in enumerate(found):
        if trigger.sense.group == "state" or trigger.tense == "adjective":
            continue
        quoted = doc.quoted_length(doc.starts[trigger.first]) if sentence.is_quoting else 0
        if 0 < quoted < _SCARE:
            continue
        before = EventCandidate(
            arguments, order, before, quoted > 0, times.get(order) if times else None
        )
        candidates.append(before)
    return candidates
