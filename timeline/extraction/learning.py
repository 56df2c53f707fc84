"""Training of linear models over symbolic features, by stochastic gradient descent."""

import math
import random
from collections import Counter
from collections.abc import Sequence

from .linear import Weights

Features = Sequence[str]
Case = tuple[Sequence[Features], int]

_FIRST_SQUARES = 1e-4
_SURE = 0.01


def train_choice(
    cases: Sequence[Case],
    *,
    rounds: int = 6,
    rate: float = 0.15,
    penalty: float = 1e-4,
    at_least: int = 7,
    smallest: float = 0.08,
) -> Weights:
    """Return weights by which the right option of each case (options, right one) scores highest.

    The loss is that of a softmax over the options, the steps are AdaGrad's (Duchi, Hazan and
    Singer, 2011). Features in fewer than `at_least` options, and weights under `smallest`, are
    left out. The order of the cases is shuffled by a fixed seed: the same cases, the same weights.
    """
    seen = Counter(feature for options, _ in cases for option in options for feature in option)
    kept = [
        ([[f for f in option if seen[f] >= at_least] for option in options], right)
        for options, right in cases
    ]
    weights: Weights = {}
    squares: Weights = {}
    shuffle = random.Random(1).shuffle
    for _ in range(rounds):
        shuffle(kept)
        for options, right in kept:
            for option, slope in zip(options, _slopes(weights, options, right), strict=True):
                if abs(slope) > _SURE:
                    _step(weights, squares, option, slope, rate, penalty)
    return {f: round(w, 2) for f, w in weights.items() if abs(w) >= smallest}


def train_yes_no(cases: Sequence[tuple[Features, bool]], **settings: float) -> Weights:
    """Return weights that sum to more than nothing where the answer to a case is yes."""
    return train_choice([((features, ()), 0 if yes else 1) for features, yes in cases], **settings)


def _slopes(weights: Weights, options: Sequence[Features], right: int) -> list[float]:
    """Return the derivative of the loss by the score of each option."""
    sums = [sum([weights.get(feature, 0.0) for feature in option]) for option in options]
    top = max(sums)
    parts = [math.exp(value - top) for value in sums]
    total = sum(parts)
    return [part / total - (index == right) for index, part in enumerate(parts)]


def _step(
    weights: Weights, squares: Weights, option: Features, slope: float, rate: float, penalty: float
) -> None:
    for feature in option:
        weight = weights.get(feature, 0.0)
        steep = slope + penalty * weight
        squares[feature] = square = squares.get(feature, _FIRST_SQUARES) + steep * steep
        weights[feature] = weight - rate * steep / math.sqrt(square)
