"""Train the models of quotations from a corpus of marked attributions (JSON Lines).

    python -m timeline.extraction.training.quotes ../shared/eval/corpora/quotes/polnear-train.jsonl

A line holds `text` and `gold_quotes`, each with the spans of its `content`, `source` and `cue`, in
code points. Plain Python; the same corpus gives the same file.

Every kind of feature costs time at each decision. Those kept were chosen on fifths of the corpus
after training on the rest: kinds without which the loss there hardly grew were left out. The fewer
are left the larger the steps must be, and more samples make the choice of sources steadier.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from ..linear_model import QUOTES, QuoteModel, Weights
from ..quotes import cues
from ..quotes.run_attribution import NO_CUE
from .quote_examples import Cases, Example, examples, owner_cases
from .softmax import Case, by_option, train_choice, train_yes_no

_PARTS = 3
_BOUNDS = {"samples": 6, "rounds": 4, "at_least": 5, "rate": 0.3}
_AT_LEAST = 2
_LEAST_SHARE = 0.1
_LEAST_WEIGHT = 16


def main(arguments: list[str]) -> int:
    """Train from the file named first, and write the file named second or the package's own."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    model = train(examples([json.loads(line) for line in lines]))
    out = Path(arguments[1]) if len(arguments) > 1 else QUOTES
    out.write_text(model.as_json(), encoding="utf-8")
    return 0


def train(corpus: list[Example]) -> QuoteModel:
    """Return the model of a corpus."""
    owner = _train_owner(corpus)
    known = _cue_words(corpus)
    return QuoteModel(known, **_heavy(_train_cued(corpus, known) | {"owner": owner}))


def _heavy(weights: dict[str, Any]) -> dict[str, Any]:
    """Return tables of weights without those that hardly turn a decision, a third of all."""
    return {
        name: _heavy(weight) if isinstance(weight, dict) else weight
        for name, weight in weights.items()
        if isinstance(weight, dict) or abs(weight) >= _LEAST_WEIGHT
    }


def _train_cued(corpus: list[Example], known: frozenset[str]) -> dict[str, Any]:
    """Return the weights of the decisions about attributions with a cue."""
    cases = Cases(known)
    for example in corpus:
        cases.add(*example)
    return {
        "cue": train_yes_no(cases.cue, samples=12, rate=0.15, at_least=4),
        "side": by_option(train_choice(cases.side, samples=12, rate=0.25, at_least=5)),
        "source": train_choice(cases.source, samples=12, rate=0.25, at_least=3),
        "right_begin": train_yes_no(cases.right_begin, **_BOUNDS),
        "right_end": train_yes_no(cases.right_end, **_BOUNDS),
        "left_begin": train_yes_no(cases.left_begin, **_BOUNDS),
        "left_end": train_yes_no(cases.left_end, **_BOUNDS),
    }


def _train_owner(corpus: list[Example]) -> dict[str, Weights]:
    """Return the weights that tell whose a quoted run is.

    They are learned from what the other decisions leave over in texts that those were not trained
    on: each third of the corpus is read with a model of the others.
    """
    cases: list[Case] = []
    for part in range(_PARTS):
        seen = [example for index, example in enumerate(corpus) if index % _PARTS != part]
        known = _cue_words(seen)
        model = QuoteModel(known, **_train_cued(seen, known), owner={})
        for example in corpus[part::_PARTS]:
            cases += owner_cases(*example, model)
    return by_option(train_choice(cases, samples=10, at_least=4, rate=0.15))


def _cue_words(corpus: list[Example]) -> frozenset[str]:
    """Return the words of saying and those that attribute often enough to be looked at as cues."""
    used = Counter(
        example.doc.lower[quote.cue]
        for example in corpus
        for quote in example.quotes
        if quote.cue != NO_CUE
    )
    total = Counter(word for example in corpus for word in example.doc.lower if word in used)
    often = {w for w, n in used.items() if n >= _AT_LEAST and n / total[w] >= _LEAST_SHARE}
    return frozenset(often | cues.KIND.keys())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
