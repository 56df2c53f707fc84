"""Training of linear models over symbolic features, by stochastic gradient descent."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..linear_model import Weights

Features = Sequence[str]
Case = tuple[Sequence[Features], int]

_FIRST_SQUARES = 1e-4
_SURE = 0.01


def train_choice(
    cases: Sequence[Case],
    *,
    samples: int = 4,
    rounds: int = 4,
    rate: float = 0.15,
    penalty: float = 1e-4,
    at_least: int = 10,
    smallest: float = 0.08,
) -> Weights:
    """Return weights by which the right option of each case (options, right one) scores highest.

    The loss is that of a softmax over the options, the steps are AdaGrad's (Duchi, Hazan and
    Singer, 2011). The weights are the mean of those learned from several samples of the cases,
    drawn with replacement (bagging: Breiman, 1996). Features in fewer than `at_least` options, and
    weights under `smallest`, are left out. Weights are returned in hundredths. Chance has a fixed
    seed: the same cases, the same weights.
    """
    seen = Counter(feature for options, _ in cases for option in options for feature in option)
    names = [feature for feature, times in seen.items() if times >= at_least]
    numbers = {feature: number for number, feature in enumerate(names)}
    kept = [
        ([[numbers[f] for f in option if f in numbers] for option in options], right)
        for options, right in cases
    ]
    chance = random.Random(1)
    total = [0.0] * len(names)
    for _ in range(samples):
        learner = Learner(len(names), rate, penalty)
        sample = chance.choices(kept, k=len(kept)) if samples > 1 else kept.copy()
        for _ in range(rounds):
            chance.shuffle(sample)
            for case in sample:
                learner.learn(*case)
        total = [
            sum_ + mean / samples for sum_, mean in zip(total, learner.averages(), strict=True)
        ]
    weights = zip(names, total, strict=True)
    return {name: round(100 * weight) for name, weight in weights if abs(weight) >= smallest}


class Learner:
    """Weights of numbered features that are moved step by step, and their averages over the steps.

    The averages sway less with the order of the cases (Freund and Schapire, 1999).
    """

    def __init__(self, size: int, rate: float, penalty: float) -> None:
        self.rate = rate
        self.penalty = penalty
        self.steps = 0
        self.weights = [0.0] * size
        self._squares = [_FIRST_SQUARES] * size
        self._sums = [0.0] * size
        self._since = [0] * size

    def learn(self, options: Sequence[Sequence[int]], right: int) -> None:
        """Take one step towards the right option of a case."""
        self.steps += 1
        slopes = _slopes(self.weights, options, right)
        for option, slope in zip(options, slopes, strict=True):
            if abs(slope) > _SURE:
                self.move(option, slope)

    def move(self, option: Sequence[int], slope: float) -> None:
        """Move the weights of an option against the derivative of the loss by its score."""
        weights, squares, sums, since = self.weights, self._squares, self._sums, self._since
        now, rate, penalty, root = self.steps, self.rate, self.penalty, math.sqrt
        for feature in option:
            weight = weights[feature]
            sums[feature] += weight * (now - since[feature])
            since[feature] = now
            steep = slope + penalty * weight
            squares[feature] += steep * steep
            weights[feature] = weight - rate * steep / root(squares[feature])

    def averages(self) -> list[float]:
        """Return the weights as they stood on average."""
        steps = self.steps + 1
        of_each = zip(self.weights, self._sums, self._since, strict=True)
        return [(sum_ + weight * (steps - since)) / steps for weight, sum_, since in of_each]


def train_yes_no(cases: Sequence[tuple[Features, bool]], **settings: Any) -> Weights:
    """Return weights that sum to more than nothing where the answer to a case is yes."""
    return train_choice([((features, ()), 0 if yes else 1) for features, yes in cases], **settings)


def of_option(option: str, features: Features) -> list[str]:
    """Return features as those of one option, told from the same features of the others."""
    return [f"{option}|{feature}" for feature in features]


def by_option(weights: Weights) -> dict[str, Weights]:
    """Return a table of weights for each option, from features made by `of_option`."""
    tables: dict[str, Weights] = {}
    for name, weight in weights.items():
        option, _, feature = name.partition("|")
        tables.setdefault(option, {})[feature] = weight
    return tables


def _slopes(weights: Sequence[float], options: Sequence[Sequence[int]], right: int) -> list[float]:
    """Return the derivative of the loss by the score of each option."""
    sums = [sum([weights[feature] for feature in option]) for option in options]
    top = max(sums)
    parts = [math.exp(value - top) for value in sums]
    total = sum(parts)
    return [part / total - (index == right) for index, part in enumerate(parts)]
