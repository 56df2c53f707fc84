"""Reports of one event, joined: the score of a pair, and the groups that pairs make.

Only reports that one day dates are compared, each with the few groups of that day that share most
of its rare words. The weights are those of a logistic regression on pairs of invented reports
(`tests/extraction/drafts/tellings.tsv`, 303 pairs of one day): with each story left out in turn, 99
of 100 pairs at JOINED or above are of one event, and 80 of 100 pairs of one event lie there. Real
news is harder, for its sentences tell several events: of 55 groups of the development topics that
were looked at 88 of 100 were right at 0.7, which is why JOINED is higher.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ..lexicon import load
from ..lexicon import words as listed
from ..text.datelines import DAY, MONTH
from .reading import Folder, Vector, dot, near_day, stems
from .reports import Report

JOINED = 0.8  # the probability from which on reports are joined without an editor

_PRIOR = -2.9
_SENTENCE, _TITLE = 4.4, 3.5
_BEYOND_TITLE = 0.35  # what a sentence may be more alike than its title: it may tell two events
_OTHER_PLACE = -2.0  # set by hand: the gold has few pairs with two places
_ASSUMED = -0.7  # where an article states no date, so that the day is only its own
_NUMBERS, _NAMES, _OTHER_NAMES, _ONE_ARTICLE = 1.5, 1.2, -0.7, -2.6
_GROUPS = 8  # of a day that a report is compared with
_MEMBERS = 4  # of a group: its first ones, which have the most weight

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")
_DATE = re.compile(rf"(?:\b{DAY} )?\b{MONTH}(?: \d{{1,2}}\b)?|\b(?:19|20)\d\d\b")
_NAME = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w-]+")


class Pair(NamedTuple):
    """Whether two reports are of one event: the probability, and why in short sentences."""

    score: float
    reasons: tuple[str, ...]


class _Signs(NamedTuple):
    """What a report is compared by."""

    report: Report
    sentence: Vector
    title: Vector
    numbers: frozenset[str]
    names: frozenset[str]


@dataclass(slots=True)
class Group:
    """Reports of one event; `pairs` says of each report but the first why it is here."""

    reports: list[Report]
    pairs: list[Pair] = field(default_factory=list)


class Joiner:
    """Joins the reports of a folder; `compared` counts the pairs that it has scored."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.compared = 0

    def groups(self, reports: Iterable[Report]) -> list[Group]:
        """Return groups of all reports, each in exactly one, whatever the order they come in."""
        days: dict[str, list[Report]] = defaultdict(list)
        groups: list[Group] = []
        for report in sorted(reports, key=_weightiest):
            day = near_day(report.edtf)
            if day is None and not report.edtf:
                groups.append(Group([report]))
            else:
                days[str(day or report.edtf)].append(report)
        for about in sorted(days):
            groups += self._of_day(days[about])
        return groups

    def pair(self, one: Report, other: Report) -> Pair:
        """Return whether two reports of about one day are of one event."""
        return self._pair(self._signs(one), self._signs(other))

    def _of_day(self, reports: Sequence[Report]) -> list[Group]:
        groups: list[Group] = []
        members: list[list[_Signs]] = []
        having: dict[str, list[int]] = defaultdict(list)
        for report in reports:
            signs = self._signs(report)
            best, pair = self._best(signs, members, having)
            if best is not None and pair is not None and pair.score >= JOINED:
                groups[best].reports.append(report)
                groups[best].pairs.append(pair)
                if len(members[best]) >= _MEMBERS:
                    continue
            else:
                best = len(groups)
                groups.append(Group([report]))
                members.append([])
            members[best].append(signs)
            for word in signs.sentence:
                if best not in having[word][-_MEMBERS:]:
                    having[word].append(best)
        return groups

    def _best(
        self, signs: _Signs, members: list[list[_Signs]], having: dict[str, list[int]]
    ) -> tuple[int | None, Pair | None]:
        """Return the group that a report fits best, as the mean of its pairs has it, and a pair."""
        shared: dict[int, float] = defaultdict(float)
        for word, value in sorted(signs.sentence.items(), key=lambda item: (-item[1], item[0]))[
            :12
        ]:
            for group in having.get(word, ())[:200]:
                shared[group] += value * value
        best, best_pair, best_mean = None, None, 0.0
        for group, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_GROUPS]:
            pairs = [self._pair(signs, member) for member in members[group]]
            mean = sum(pair.score for pair in pairs) / len(pairs)
            if mean > best_mean:
                best, best_mean = group, mean
                best_pair = max(pairs)._replace(score=mean)
        return best, best_pair

    def _pair(self, one: _Signs, other: _Signs) -> Pair:
        self.compared += 1
        title = dot(one.title, other.title)
        sentence = min(dot(one.sentence, other.sentence), title + _BEYOND_TITLE)
        odds = _PRIOR + _SENTENCE * sentence + _TITLE * title
        reasons = [f"Words alike: {sentence:.2f} of the sentence, {title:.2f} of the title."]
        if one.numbers and other.numbers:
            shared = sorted(one.numbers & other.numbers)
            odds += _NUMBERS if shared else -_NUMBERS
            reasons.append(f"Both say {shared[0]}." if shared else "Other numbers.")
        if one.names and other.names:
            both = sorted(one.names & other.names)
            fewer = min(len(one.names), len(other.names))
            odds += _NAMES * len(both) / fewer if both else _OTHER_NAMES
            reasons.append(f"Both name {', '.join(both[:3])}." if both else "Other names.")
        if one.report.place and other.report.place and one.report.place != other.report.place:
            odds += _OTHER_PLACE
            reasons.append(f"{one.report.place} is not {other.report.place}.")
        if one.report.edtf.endswith("~") or other.report.edtf.endswith("~"):
            odds += _ASSUMED
            reasons.append("No date stated in one.")
        if one.report.article == other.report.article:
            odds += _ONE_ARTICLE
            reasons.append("One article tells both.")
        return Pair(1 / (1 + math.exp(-odds)), tuple(reasons))

    def _signs(self, report: Report) -> _Signs:
        return _Signs(
            report,
            self._vector(report.stems),
            self._vector(stems(report.title)),
            _numbers(report.text),
            frozenset(
                name for name in _NAME.findall(report.text) if name.lower() not in _time_words()
            ),
        )

    def _vector(self, found: Iterable[str]) -> Vector:
        return self._folder.vector(word for word in found if not word.isdigit())


def _weightiest(report: Report) -> tuple[float, str, str, int, str]:
    return (
        -report.weight * report.grade,
        report.published.isoformat(),
        report.article,
        report.start,
        report.title,
    )


def _numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text in figures: no dates, nor one, which stands in any sentence."""
    known = _number_words()
    found = (word.replace(",", "") for word in _NUMBER.findall(_DATE.sub(" ", text).lower()))
    numbers = {known.get(word, word) for word in found}
    return frozenset(one for one in numbers if one[0].isdigit() and one != "1")


@lru_cache(maxsize=1)
def _number_words() -> dict[str, str]:
    return dict(entry.split("=") for entry in load("times")["words"]["NUM"].split())


@lru_cache(maxsize=1)
def _time_words() -> frozenset[str]:
    return listed("function_words", "time")
