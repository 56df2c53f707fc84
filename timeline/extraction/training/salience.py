"""Train the model of salience: `python -m timeline.extraction.training.salience CORPUS.jsonl …`.

A corpus is JSON Lines with `published`, `text` and `gold_events` ({"trigger": {"start", "end"}}).
Where it names `targets`, only their events are gold, and a sentence without any teaches nothing.
"""

import json
import random
import sys
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

from ..events import find_candidates
from ..events.salience import MODEL, features, logistic
from ..pipeline import read

ROUNDS, RATE, PENALTY = 30, 0.1, 0.01

Example = tuple[tuple[str, ...], bool]


def examples(document: dict[str, Any]) -> list[Example]:
    """Return the features of every candidate that may teach, and whether it is gold."""
    text = document["text"]
    doc = read(text, date.fromisoformat(document["published"][:10]))
    gold = [(e["trigger"]["start"], e["trigger"]["end"]) for e in document["gold_events"]]
    targets = [target.split()[-1] for target in document.get("targets", [])]
    found = []
    for candidates in find_candidates(doc):
        for candidate in candidates:
            start, end = candidate.sentence.span[:2]
            named = any(target in text[start:end] for target in targets)
            if targets and not named and not any(start <= a < end for a, _ in gold):
                continue
            a, b = doc.starts[candidate.trigger.first], doc.ends[candidate.trigger.last - 1]
            is_gold = any(a < end and start < b for start, end in gold)
            found.append((features(candidate), is_gold))
    return found


def train(data: list[Example]) -> list[dict[str, float]]:
    """Return the tables of weights, one for each feature, of a logistic regression.

    Stochastic gradient steps with a rate of its own for each weight (Duchi, Hazan and Singer 2011),
    and a penalty on large weights, since some thousand examples are few.
    """
    data = list(data)
    tables: list[dict[str, float]] = [{} for _ in data[0][0]]
    squares: list[dict[str, float]] = [{} for _ in tables]
    shuffle = random.Random(1).shuffle
    for _ in range(ROUNDS):
        shuffle(data)
        for values, label in data:
            columns = list(zip(tables, squares, values, strict=True))
            error = label - logistic(sum(table.get(value, 0.0) for table, _, value in columns))
            for table, square, value in columns:
                weight = table.get(value, 0.0)
                slope = error - PENALTY * weight
                square[value] = square.get(value, 1.0) + slope * slope
                table[value] = weight + RATE * slope / sqrt(square[value])
    return [{value: round(weight, 3) for value, weight in sorted(t.items())} for t in tables]


def main(corpora: list[str]) -> None:
    """Train on all documents of some corpora and write the model beside this module."""
    lines = [line for name in corpora for line in Path(name).read_text("utf-8").splitlines()]
    data = [example for line in lines for example in examples(json.loads(line))]
    MODEL.write_text(json.dumps(train(data), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
