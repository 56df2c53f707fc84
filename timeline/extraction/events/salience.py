"""How likely a trigger names an event that a reader would put on a timeline: a linear model.

Trained by `python -m timeline.extraction.events.train`; the model is one table of weights for each
feature, in the order of `features`.
"""

import json
from itertools import repeat
from math import exp
from pathlib import Path

from .mention import SAYING, Mention
from .prose import Prose
from .triggers import NOUNS, VERBS
from .wordlists import RELATIVE

MODEL = Path(__file__).with_name("salience.json")
_LATE = 16
_POSITIONS = ("0", "1", *("2" * 2), *("3" * 4), *("4" * 8))  # of a sentence in its article
_ORDERS = ("0", "1", "2")
_CLAUSES = {"": "", "that": "that"} | dict.fromkeys(RELATIVE, "relative")
_NOTHING = repeat(0.0)


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
        _CLAUSES.get(mention.opener, "adverbial"),
        mention.status,
        _ORDERS[mention.order] if mention.order < 3 else "3",
        tense if mention.quoted else "",
        actor + "!" if reading.kind in SAYING else actor,
        "" if mention.time is None else "noun" if tense == "noun" else "verb",
        mention.reason + mention.tense,
        "negated" if trigger.negated else "",
        "" if mention.tense == tense else "folded",
        "topical" if reading.lemma in headline else "",
    )


TABLES: list[dict[str, float]] = json.loads(MODEL.read_text("utf-8")) if MODEL.exists() else []


def salience(prose: Prose, mention: Mention, headline: set[str]) -> float:
    """Return the probability that a mention is salient, between 0 and 1."""
    return logistic(sum(map(dict.get, TABLES, features(prose, mention, headline), _NOTHING)))


def logistic(total: float) -> float:
    return 1 / (1 + exp(-total)) if total > -30 else 0.0
