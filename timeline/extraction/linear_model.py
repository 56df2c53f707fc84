"""Linear models over symbolic features: the weights of what is seen, added up.

Those of quotations are trained by `timeline.extraction.training.quotes` and kept as JSON: for each
decision a table from a feature, written as one letter for its kind and its value, to its weight in
hundredths; where what is seen is the same for each option, one such table an option.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any, Self

Weights = dict[str, int]

_NOTHING = repeat(0)


def score(weights: Weights, features: Iterable[str]) -> int:
    """Return the sum of the weights of `features`; one never seen in training weighs nothing."""
    return sum(map(weights.get, features, _NOTHING))


@dataclass(frozen=True, slots=True)
class QuoteModel:
    """The words that may attribute, and the weights of each decision about quotations."""

    cue_words: frozenset[str]
    cue: Weights
    side: Mapping[str, Weights]  # by the side of the cue on which its content stands
    source: Weights
    right_begin: Weights
    right_end: Weights
    left_begin: Weights
    left_end: Weights
    owner: Mapping[str, Weights]  # by the tie of a quoted run to who may own it

    @classmethod
    def of_json(cls, text: str) -> Self:
        """Return the model that `as_json` wrote."""
        tables = json.loads(text)
        return cls(**tables | {"cue_words": frozenset(tables["cue_words"])})

    def as_json(self) -> str:
        """Return the model as it is kept: the same weights give the same bytes."""
        tables: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        tables["cue_words"] = sorted(self.cue_words)
        return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


QUOTES = Path(__file__).parent / "quotes" / "model.json"


@cache
def quote_model() -> QuoteModel:
    """Return the model of this package, read once."""
    return QuoteModel.of_json(QUOTES.read_text(encoding="utf-8"))
