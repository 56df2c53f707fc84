"""How likely a trigger names an event that a reader would put on a timeline: a linear model.

Trained by `python -m timeline.extraction.training.salience`; the model is one table of weights
for each feature, in the order of `features`. They are what the words beside a trigger show, so that
only what is salient need be read closely: with the date, the status and the actors themselves the
model was no better, cross-validated on the development corpora.
"""

import json
from dataclasses import replace
from math import exp
from pathlib import Path

from ..document import Sentence
from ..lexicon import words
from .candidate import EventCandidate

MODEL = Path(__file__).with_name("salience.json")
_LATE_SENTENCE = 16
_POSITIONS = ("0", "1", *("2" * 2), *("3" * 4), *("4" * 8))  # of a sentence in its article
_ORDERS = ("0", "1", "2")
_MAX_WORDS_TO_SUBJECT = 4  # words from the beginning of a name to the verb it may be the subject of
_PRONOUNS = dict.fromkeys(words("event_words", "one person"), "he")
_PRONOUNS |= dict.fromkeys(words("event_words", "another pronoun"), "it")


def features(candidate: EventCandidate) -> tuple[str, ...]:
    """Return the values of the features; time, relation and the tree's tag made it no better."""
    trigger, order, number = candidate.trigger, candidate.order, candidate.sentence.number or 0
    return (
        _POSITIONS[number] if number < _LATE_SENTENCE else "5",
        trigger.sense.group,
        "negated" if trigger.is_negated else trigger.shape,
        _ORDERS[order] if order < 3 else "3",
        trigger.shape if candidate.is_quoted else "",
        _before(candidate.sentence, trigger.phrase_start),
    )


def _before(sentence: Sentence, start: int) -> str:
    """Return what stands before a word as its subject may: a pronoun, or the kind of an actor."""
    if start > sentence.first and (pronoun := _PRONOUNS.get(sentence.doc.lower[start - 1])):
        return pronoun
    for index, name in reversed(sentence.actors):
        if index < start:
            return name.kind if start - index <= _MAX_WORDS_TO_SUBJECT else "far"
    return ""


TABLES: list[dict[str, float]] = json.loads(MODEL.read_text("utf-8")) if MODEL.exists() else []


def scored(candidates: list[EventCandidate]) -> list[EventCandidate]:
    """Return candidates of one sentence with the probability, 0 to 1, that each is salient."""
    return [replace(candidate, salience=_salience(candidate)) for candidate in candidates]


def _salience(candidate: EventCandidate) -> float:
    values = zip(TABLES, features(candidate), strict=True)
    return logistic(sum(table.get(value, 0.0) for table, value in values))


def logistic(total: float) -> float:
    return 1 / (1 + exp(-total))
