"""Train the model of salience: `python -m timeline.extraction.train_events CORPUS.jsonl …`.

A corpus is JSON Lines with `published`, `text` and `gold_events` ({trigger: {start, end}}). Where
it names `targets`, only their events are gold: sentences that name none of them teach nothing.
"""

import json
import sys
from collections.abc import Iterable
from datetime import date
from math import exp
from pathlib import Path

from .article import Article
from .mentions import collect
from .names import find_names
from .salience import MODEL, features
from .sentences import split
from .times import find_times

EPOCHS, RATE, DECAY = 60, 0.1, 0.002
Example = tuple[list[str], int]


def examples(document: dict) -> list[Example]:
    """Return (features, label) of every mention of a document that may teach."""
    text = document["text"]
    published = date.fromisoformat(document["published"][:10])
    sentences = split(text)
    article = Article(
        text,
        published,
        sentences,
        find_times(text, published, sentences),
        find_names(text, sentences),
    )
    gold = [(g["trigger"]["start"], g["trigger"]["end"]) for g in document["gold_events"]]
    targets = [t.split()[-1] for t in document.get("targets", [])]
    found = []
    for mentions in collect(article):
        if not mentions:
            continue
        sentence = mentions[0].sentence
        words = text[sentence.start : sentence.end]
        inside = any(sentence.start <= a < sentence.end for a, _ in gold)
        if targets and not inside and not any(t in words for t in targets):
            continue
        for mention in mentions:
            start = article.words.start[mention.trigger.first]
            end = article.words.end(mention.trigger.last - 1)
            found.append((features(mention), int(any(a < end and start < b for a, b in gold))))
    return found


def train(data: Iterable[Example]) -> dict[str, float]:
    """Return the weights of a logistic regression: full gradient steps (Adagrad), L2 decay."""
    rows = list(data)
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    for _ in range(EPOCHS):
        for names, label in rows:
            total = sum(weights.get(n, 0.0) for n in names)
            error = label - 1 / (1 + exp(-max(-30.0, min(30.0, total))))
            for n in names:
                gradient = error - DECAY * weights.get(n, 0.0)
                squares[n] = squares.get(n, 1.0) + gradient * gradient
                weights[n] = weights.get(n, 0.0) + RATE * gradient / squares[n] ** 0.5
    return {n: round(w, 3) for n, w in sorted(weights.items()) if abs(w) >= 0.0005}


def main(corpora: list[str]) -> None:
    documents = [
        json.loads(line) for name in corpora for line in Path(name).read_text("utf-8").splitlines()
    ]
    weights = train(example for document in documents for example in examples(document))
    MODEL.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
