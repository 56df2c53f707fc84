"""Training of linear models over symbolic features, by stochastic gradient descent."""

import math
import random
from collections import Counter
from collections.abc import Sequence

from ..linear_model import Weights

Floats = dict[str, float]
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
    kept = [
        ([[f for f in option if seen[f] >= at_least] for option in options], right)
        for options, right in cases
    ]
    chance = random.Random(1)
    total: Floats = {}
    for _ in range(samples):
        learner = Learner(rate, penalty)
        sample = chance.choices(kept, k=len(kept)) if samples > 1 else kept.copy()
        for _ in range(rounds):
            chance.shuffle(sample)
            for case in sample:
                learner.learn(*case)
        for feature, weight in learner.averages().items():
            total[feature] = total.get(feature, 0.0) + weight / samples
    return {f: round(100 * w) for f, w in total.items() if abs(w) >= smallest}


class Learner:
    """Weights that are moved step by step, and their averages over all the steps.

    The averages sway less with the order of the cases (Freund and Schapire, 1999).
    """

    def __init__(self, rate: float, penalty: float) -> None:
        self.rate = rate
        self.penalty = penalty
        self.steps = 0
        self.weights: Floats = {}
        self._squares: Floats = {}
        self._sums: Floats = {}
        self._since: dict[str, int] = {}

    def learn(self, options: Sequence[Features], right: int) -> None:
        """Take one step towards the right option of a case."""
        self.steps += 1
        slopes = _slopes(self.weights, options, right)
        for option, slope in zip(options, slopes, strict=True):
            if abs(slope) > _SURE:
                self.move(option, slope)

    def move(self, option: Features, slope: float) -> None:
        """Move the weights of an option against the derivative of the loss by its score."""
        weights, squares, sums, since = self.weights, self._squares, self._sums, self._since
        now = self.steps
        for feature in option:
            weight = weights.get(feature, 0.0)
            sums[feature] = sums.get(feature, 0.0) + weight * (now - since.get(feature, 0))
            since[feature] = now
            steep = slope + self.penalty * weight
            squares[feature] = square = squares.get(feature, _FIRST_SQUARES) + steep * steep
            weights[feature] = weight - self.rate * steep / math.sqrt(square)

    def averages(self) -> Floats:
        """Return the weights as they stood on average."""
        return {
            feature: (self._sums[feature] + weight * (self.steps - self._since[feature] + 1))
            / (self.steps + 1)
            for feature, weight in self.weights.items()
        }


def train_yes_no(cases: Sequence[tuple[Features, bool]], **settings: float) -> Weights:
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


def _slopes(weights: Floats, options: Sequence[Features], right: int) -> list[float]:
    """Return the derivative of the loss by the score of each option."""
    sums = [sum([weights.get(feature, 0.0) for feature in option]) for option in options]
    top = max(sums)
    parts = [math.exp(value - top) for value in sums]
    total = sum(parts)
    return [part / total - (index == right) for index, part in enumerate(parts)]
