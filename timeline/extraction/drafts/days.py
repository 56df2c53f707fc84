"""The days of a draft, each with what makes it a day for a timeline, and its central sentences.

What weighs is how many articles name a day, how many still name it when it is over, and how many
are published on it, each article by how near it is to the topic. On the five development topics of
Timeline17 these four weights stand on a plateau: any of them half as large or as large again moves
the date F1 by at most 0.012. Events counted in the place of named days, sentences in the place of
articles, first sentences and stated dates weighed apart gained nothing on topics left out.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from .reading import Folder, Line, Page, Vector, dot, unit

_NAMED, _RECALLED, _REMEMBERED, _PUBLISHED, _CHRONICLED = 0.5, 1.0, 0.5, 0.75, 1.5
_OVER, _LONG_OVER = 2, 30  # days from which on an article recalls a day
# What comes late in a folder had less time to be recalled: up to so many articles count for that.
_EXPOSURE, _EXPOSED = 0.3, 20.0
# The day after a great one is full of it: it gives up what it lacks beyond this much.
_LACK = 1.0
# A day that lies so far before the first article is background, however often it is told.
_BACKGROUND, _MONTH = 0.5, 30
_LEAD = 6  # sentences of an article that may tell of its own day or the day before
_UNDATED = 0.6  # what one of these counts where it names no day
_TELLING_WORDS = range(
    4, 25
)  # of a sentence for a timeline: shorter ones tell little, longer too much
_ALIKE = 0.55  # the cosine from which on two sentences say the same


class Part(NamedTuple):
    """One count that a score is made of, in plain words, and what it adds, in log units."""

    words: str
    worth: float


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a draft and what its score, in log units, is made of.

    `named` and `published` are sums of articles' weights, `recalled` counts articles that name it
    two days later or more, `remembered` is the weight of those of a month later; `exposure` is the
    weight of all that is published two days later or more, `chronicled` that of articles which are
    chronicles and have an entry of the day.
    """

    day: date
    named: float
    recalled: int
    remembered: float
    published: float
    exposure: float
    chronicled: float = 0.0
    before: int = 0  # days from it to the first article
    aftermath: float = 0.0  # what is taken off for the day before

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the score is the sum of."""
        recalled = "article looks" if self.recalled == 1 else "articles look"
        found = (
            Part(
                f"Articles name this day, with a weight of {self.named:.1f}",
                _NAMED * math.log1p(2 * self.named),
            ),
            Part(f"{self.recalled} {recalled} back on it", _RECALLED * math.log1p(self.recalled)),
            Part(
                f"Of these, a month later, a weight of {self.remembered:.1f}",
                _REMEMBERED * math.log1p(self.remembered),
            ),
            Part(
                f"Articles published on this day, with a weight of {self.published:.1f}",
                _PUBLISHED * math.log1p(self.published),
            ),
            Part("It has an entry in a chronicle", _CHRONICLED * math.log1p(self.chronicled)),
            Part(
                "Less, because much is published later that could look back",
                -_EXPOSURE * math.log1p(min(_EXPOSED, self.exposure)),
            ),
            Part(
                f"Less, because it lies {self.before} day{'s' * (self.before != 1)} "
                "before the first article",
                -_BACKGROUND * math.log1p(self.before / _MONTH),
            ),
            Part("Less, because the day before is greater", -self.aftermath),
        )
        return tuple(part for part in found if part.worth)

    @property
    def score(self) -> float:
        """How much a timeline of the topic needs this day."""
        return math.fsum(part.worth for part in self.parts)


class DayTelling(NamedTuple):
    """A sentence that may tell of a day, and how much it counts there."""

    page: Page
    line: Line
    weight: float


def days_of(folder: Folder) -> dict[int, Day]:
    """Return the days that any article names or is published on, by their ordinals."""
    named: dict[int, dict[int, float]] = defaultdict(dict)
    published: dict[int, float] = defaultdict(float)
    chronicled: dict[int, float] = defaultdict(float)
    for number, page in enumerate(folder.pages):
        published[page.day] += page.weight
        for day in page.chronicled:
            chronicled[day] += page.weight
        for line in page.lines:
            weight = page.weight * folder.on_topic(line) if line.days else 0.0
            for day in line.days:
                named[day][number] = max(named[day].get(number, 0.0), weight)
    exposure, first = _exposure(published), min(published, default=0)
    found: dict[int, Day] = {}
    for day in sorted(named.keys() | published.keys()):
        by = [(folder.pages[number], weight) for number, weight in named[day].items()]
        later = [page for page, _ in by if page.day - day >= _OVER]
        found[day] = Day(
            date.fromordinal(day),
            named=sum(weight for _, weight in by),
            recalled=len(later),
            remembered=sum(page.weight for page in later if page.day - day >= _LONG_OVER),
            published=published.get(day, 0.0),
            exposure=exposure(day + _OVER),
            chronicled=chronicled.get(day, 0.0),
            before=max(0, first - day),
        )
    return {day: _less_aftermath(found[day], found.get(day - 1)) for day in found}


def _less_aftermath(day: Day, before: Day | None) -> Day:
    lack = before.score - day.score - _LACK if before else 0.0
    return replace(day, aftermath=lack) if lack > 0 else day


def _exposure(published: Mapping[int, float]) -> Callable[[int], float]:
    """Return how much is published from a day on."""
    days = sorted(published)
    until = [0.0, *accumulate(published[day] for day in days)]
    return lambda day: until[-1] - until[bisect_left(days, day)]


# ----------------------------------------------------------------------- the sentences of a day


def told_of(folder: Folder) -> dict[int, list[DayTelling]]:
    """Return, by day, the sentences that name it, and undated ones that lead articles then."""
    told: dict[int, list[DayTelling]] = defaultdict(list)
    for page in folder.pages:
        for place, line in enumerate(page.lines):
            if not line.days and place >= _LEAD:
                continue
            weight = page.weight * folder.on_topic(line)
            for day in line.days or (page.day, page.day - 1):
                told[day].append(DayTelling(page, line, weight if line.days else _UNDATED * weight))
    return told


def middle(folder: Folder, told: Iterable[DayTelling]) -> Vector:
    """Return what sentences have in common: their vectors added up, each by its weight."""
    total: Vector = defaultdict(float)
    for one in told:
        for word, value in folder.vector(one.line.stems).items():
            total[word] += value * one.weight
    return unit(total)


def central_sentences(folder: Folder, told: list[DayTelling], number: int) -> list[DayTelling]:
    """Return the sentences nearest to what all have in common, none like another."""
    centre = middle(folder, told)
    fitting = [one for one in told if len(one.line.stems) in _TELLING_WORDS] or told
    vectors = [folder.vector(one.line.stems) for one in fitting]
    worth = [
        dot(v, centre) * math.sqrt(one.weight) for v, one in zip(vectors, fitting, strict=True)
    ]
    chosen: list[int] = []
    for index in sorted(range(len(fitting)), key=lambda index: -worth[index]):
        if len(chosen) == number:
            break
        if all(dot(vectors[index], vectors[other]) < _ALIKE for other in chosen):
            chosen.append(index)
    return [fitting[index] for index in chosen]
