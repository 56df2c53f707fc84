"""How likely a trigger names an event that a reader would put on a timeline: a linear model.

Trained by `python -m timeline.extraction.events.train`; the model is one table of weights for each
feature, in the order of `features`.
"""

import json
from math import exp
from pathlib import Path

from .mention import Mention
from .prose import Prose
from .triggers import NOUNS, VERBS
from .wordlists import RELATIVE

MODEL = Path(__file__).with_name("salience.json")
_LATE = 16
_POSITIONS = ("0", "1", *("2" * 2), *("3" * 4), *("4" * 8))  # of a sentence in its article
_ORDERS = ("0", "1", "2")


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
        _POSITIONS[number] if number < _LATE else "5",
        _clause(mention.opener),
        mention.status,
        _ORDERS[mention.order] if mention.order < 3 else "3",
        tense if mention.quoted else "",
        actor + "!" if mention.says else actor,
        "" if mention.time is None else "noun" if tense == "noun" else "verb",
        mention.reason + mention.tense,
        "negated" if trigger.negated else "",
        "" if mention.tense == tense else "folded",
        "topical" if reading.lemma in headline else "",
    )


def _clause(opener: str) -> str:
    if not opener or opener == "that":
        return opener
    return "relative" if opener in RELATIVE else "adverbial"


TABLES: list[dict[str, float]] = json.loads(MODEL.read_text("utf-8")) if MODEL.exists() else []


def salience(prose: Prose, mention: Mention, headline: set[str]) -> float:
    """Return the probability that a mention is salient, between 0 and 1."""
    values = features(prose, mention, headline)
    return logistic(sum([table.get(value, 0.0) for table, value in zip(TABLES, values)]))  # noqa: B905


def logistic(total: float) -> float:
    return 1 / (1 + exp(-total)) if total > -30 else 0.0
