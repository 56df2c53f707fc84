"""Linear models over symbolic features: the weights of what is seen, added up.

They are trained by `timeline.extraction.training.quotes` and kept as JSON: for each decision a
table from a feature, written as one letter for its kind and its value, to its weight in hundredths;
where what is seen is the same for each option, one such table an option.
"""

import json
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from typing import Any

Weights = dict[str, int]

FILE = Path(__file__).parent / "quotes" / "model.json"
_NOTHING = repeat(0)
_in_use: dict[str, Any] = {}


def score(weights: Weights, features: Iterable[str]) -> int:
    """Return the sum of the weights of `features`; one never seen in training weighs nothing."""
    return sum(map(weights.get, features, _NOTHING))


def load() -> dict[str, Any]:
    """Return the models in use, by the decision they make: at first those of this package."""
    if not _in_use:
        use(json.loads(FILE.read_text(encoding="utf-8")))
    return _in_use


def use(models: dict[str, Any]) -> None:
    """Put models in the place of those in use, as training does between its steps."""
    _in_use.clear()
    _in_use.update(models)
