"""How likely a trigger names an event that a reader would put on a timeline: a linear model.

Trained by `python -m timeline.extraction.train_events`; the model is one table of weights for each
feature, in the order of `features`.
"""

import json
from math import exp
from pathlib import Path

from .prose import Prose
from .mention import Mention
from .triggers import NOUNS, VERBS
from .wordlists import RELATIVE

MODEL = Path(__file__).with_name("salience.json")
_PLACES = (1, 2, 4, 8, 16)


def headline_lemmas(prose: Prose) -> set[str]:
    """Return the lemmas of the words of the headlines that may name an event."""
    lemmas = set()
    for sentence in prose.headlines:
        for form in prose.lower[prose.word_at(sentence.start) : prose.word_at(sentence.end)]:
            lemmas.update(r.lemma for r in (VERBS.get(form), NOUNS.get(form)) if r)
    return lemmas


def features(prose: Prose, mention: Mention, headline: set[str]) -> tuple[str, ...]:
    """Return the values of the features of a mention, whose date has been looked for."""
    trigger = mention.trigger
    reading, tense = trigger.reading, trigger.tense
    actor = prose.kinds.get(mention.who[0], "") if mention.who else ""
    number = mention.scope.number
    return (
        "",
        reading.group,
        tense,
        str(sum([number >= place for place in _PLACES])),
        _clause(mention.opener),
        mention.status,
        str(min(mention.order, 3)),
        f"{mention.quoted} {tense}",
        f"{actor} {mention.says}",
        f"{mention.time is not None} {tense == 'noun'}",
        f"{mention.reason} {mention.tense}",
        str(trigger.negated),
        str(mention.tense != tense),
        str(reading.lemma in headline),
    )


def _clause(opener: str) -> str:
    if not opener or opener == "that":
        return opener
    return "relative" if opener in RELATIVE else "adverbial"


TABLES: list[dict[str, float]] = json.loads(MODEL.read_text("utf-8")) if MODEL.exists() else []


def salience(prose: Prose, mention: Mention, headline: set[str]) -> float:
    """Return the probability that a mention is salient, between 0 and 1."""
    total = 0.0
    for table, value in zip(TABLES, features(prose, mention, headline)):  # noqa: B905 speed
        if value in table:
            total += table[value]
    return logistic(total)


def logistic(total: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
