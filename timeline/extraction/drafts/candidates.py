"""Candidates: one event of a draft with all its reports, its date, title and rank."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from timeline import dates
from timeline.basis import Span

from ..decision import Decision
from .days import Day, DayTelling, Part, central_sentences, days_of, middle, told_of
from .joining import Group, Joiner
from .reading import Folder, Page, Vector, dot, exact_day, near_day, stems
from .reports import Report, reports_of, told_report

# Log units. A day's first event stands before what else is told of the day; a date that names no
# one day tells a timeline less, and what only pages tell that are no news stands behind all.
_NEXT_OF_DAY, _NO_DAY, _ASIDE = 4.0, 1.0, 8.0
_APPROXIMATE = 0.5  # what a report counts for whose article states no date
_LONGEST = 90  # characters of a title; a longer one is cut at the end of a phrase
_FEW, _MANY = 2, 12  # telling words of a title
_SHOWN = 3  # words of the topic that a reason shows
_SAID = 5  # quotes that a candidate brings along


@dataclass(frozen=True, slots=True)
class Saying:
    """A quote of an article that bears on a candidate; `number` is its place in `found.quotes`."""

    article: str
    number: int
    actor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One event with the reports of every article that tells it, in the order of publication.

    `edtf` is "" where no date is set. `aside` says why it is kept apart from the rest, "" if it
    is not; `score`, in log units, is what the order goes by, the sum of `parts`, and `decisions`
    are the verdicts on it.
    """

    title: str
    edtf: str
    status: str
    kind: str
    actors: tuple[str, ...]
    place: str | None
    reports: tuple[Report, ...]
    quotes: tuple[Saying, ...]
    score: float
    parts: tuple[Part, ...]
    aside: str
    decisions: tuple[Decision, ...]

    @property
    def day(self) -> date | None:
        """The one day of its date, None where that names none."""
        day = near_day(self.edtf)
        return date.fromordinal(day) if day else None

    @property
    def disagreeing(self) -> tuple[Report, ...]:
        """The reports whose date or status is another."""
        return tuple(
            report
            for report in self.reports
            if report.status != self.status or not dates.agree(report.edtf, self.edtf)
        )


class Ranker:
    """Makes the candidates of a folder and puts them in order."""

    def __init__(self, folder: Folder) -> None:
        self.joiner = Joiner(folder)
        self._folder = folder
        self._pages = {page.source.id: page for page in folder.pages}
        self._days = days_of(folder)
        self._told = told_of(folder)
        self._quotes = {page.source.id: _quotes(page) for page in folder.pages}

    def candidates(self) -> list[Candidate]:
        """Return a candidate for each event, the most important one first."""
        days: dict[int | None, list[Group]] = defaultdict(list)
        for group in self.joiner.groups(reports_of(self._folder)):
            days[near_day(_date(group.reports))].append(group)
        for day in self._told.keys() - days.keys():
            days[day] += self._told_alone(day)
        found = [one for day, groups in days.items() for one in self._of_day(day, groups)]
        return sorted(found, key=_order)

    def _told_alone(self, day: int) -> list[Group]:
        """Return what is told of a day of which no event was found: its central sentence.

        It names the day, or leads an article of that day. A quotation tells no event, so it stands
        only where nothing else does, under its article's headline.
        """
        told = [one for one in self._told[day] if day in one.line.days or one.page.day == day]
        told = [one for one in told if not self._is_said(one)] or told
        return [
            Group([told_report(one, day, one.page.source.headline if self._is_said(one) else "")])
            for one in central_sentences(self._folder, told, 1)
        ]

    def _is_said(self, told: DayTelling) -> bool:
        """Whether a quotation begins in a sentence."""
        return told.page.at(told.line.start) in self._quotes[told.page.source.id]

    def _of_day(self, day: int | None, groups: list[Group]) -> Iterator[Candidate]:
        """Yield the candidates of a day: its middle tells which of its events is the first."""
        told = self._told.get(day, []) if day else []
        centre = middle(self._folder, told) if told else self._folder.topic
        worth = [self._worth(group.reports, centre) for group in groups]
        aside = [all(report.is_aside for report in group.reports) for group in groups]
        order = sorted(range(len(groups)), key=lambda i: (aside[i], -worth[i], _key(groups[i])))
        most = worth[order[0]] if order else 1.0
        for place, index in enumerate(order):
            share = min(1.0, worth[index] / most) if most else 1.0
            yield self._candidate(groups[index], self._days.get(day or 0), centre, share, place)

    def _worth(self, reports: Sequence[Report], centre: Vector) -> float:
        """Return how much of a day a group tells: each article's best report, added up."""
        best: dict[str, float] = {}
        for report in reports:
            worth = self._centrality(report, centre) * (
                1.0 if exact_day(report.edtf) else _APPROXIMATE
            )
            best[report.article] = max(best.get(report.article, 0.0), worth)
        return sum(best.values())

    def _centrality(self, report: Report, centre: Vector) -> float:
        """Return how near a report's title is to what a day is about; fragments are far."""
        words = stems(report.title)
        fit = 1.0 if _FEW <= len(words) <= _MANY and "|" not in report.title else 0.3
        near = dot(self._folder.vector(words), centre)
        return fit * (0.05 + near) * math.sqrt(report.weight * report.grade)

    def _candidate(
        self, group: Group, day: Day | None, centre: Vector, share: float, place: int
    ) -> Candidate:
        reports = sorted(group.reports, key=lambda r: (r.published, r.article, r.start, r.title))
        best = max(reports, key=lambda report: (self._centrality(report, centre), report.title))
        edtf, status = _date(reports), _status(reports)
        aside = self._aside(reports)
        parts = _parts(reports, day, share, place, aside)
        score = math.fsum(part.worth for part in parts)
        return Candidate(
            title=shortened(best.title),
            edtf=edtf,
            status=status,
            kind=Counter(report.kind for report in reports).most_common(1)[0][0],
            actors=_names(actor for report in reports for actor in report.actors),
            place=next(iter(_names(r.place for r in reports if r.place)), None),
            reports=tuple(reports),
            quotes=self._sayings(reports),
            score=score,
            parts=parts,
            aside=aside,
            decisions=(
                Decision(
                    "rank",
                    f"{score:.2f}",
                    f"drafts: {'day' if day else 'no one day'}, told by {_articles(reports)}",
                    self._topic_words(reports),
                ),
                Decision("date", edtf, _of_date(reports, edtf), _spans(reports[:1])),
                Decision(
                    "title",
                    best.title,
                    "drafts: nearest to what is told of the day",
                    _spans([best]),
                ),
                *_of_joining(group),
                *([Decision("aside", aside, "drafts: page kinds, topic")] if aside else []),
            ),
        )

    def _aside(self, reports: Sequence[Report]) -> str:
        """Return why all articles of a candidate stand aside, "" if one of them does not."""
        if not all(report.is_aside for report in reports):
            return ""
        page = self._pages[reports[0].article]
        if page.kind:
            return f"{page.kind.name}: {page.kind.found} signs, {page.kind.rate:.0f} in 1,000 words"
        return f"off the topic: {page.nearness:.2f} of the nearest articles"

    def _topic_words(self, reports: Iterable[Report]) -> tuple[Span, ...]:
        topic = self._folder.topic
        found = {word for report in reports for word in report.stems if word in topic}
        return tuple(Span(w) for w in sorted(found, key=lambda w: (-topic[w], w))[:_SHOWN])

    def _sayings(self, reports: Sequence[Report]) -> tuple[Saying, ...]:
        """Return the quotes in the evidence of reports, and then those of the sentences after."""
        found: dict[Saying, None] = {}
        for after in (0, 1):
            for report in reports:
                page = self._pages[report.article]
                place = page.at(report.start) + after
                found |= dict.fromkeys(self._quotes[report.article].get(place, ()))
        return tuple(found)[:_SAID]


def _quotes(page: Page) -> dict[int, list[Saying]]:
    """Return the quotes of an article by the sentence in which they begin."""
    quotes: dict[int, list[Saying]] = defaultdict(list)
    for number, quote in enumerate(page.source.found.quotes):
        saying = Saying(page.source.id, number, quote.actor, quote.text)
        quotes[page.at(quote.start)].append(saying)
    return quotes


# ------------------------------------------------------------------------- the verdicts on a group


def _date(reports: Sequence[Report]) -> str:
    """Return the date that most weight states; what no sentence states counts less."""
    weights: dict[str, float] = defaultdict(float)
    for report in reports:
        if report.edtf:
            stated = 0.1 if report.edtf.endswith("~") else 1.0
            weights[report.edtf] += stated * (0.01 + report.weight)
    return min(weights, key=lambda edtf: (-weights[edtf], edtf), default="")


def _status(reports: Sequence[Report]) -> str:
    """Return the status of the latest report that does not merely recall; of the latest, if all."""
    telling = [report for report in reports if report.stance != "recalls"] or reports
    last = max(report.published for report in telling)
    latest = [report for report in telling if report.published == last]
    return Counter(report.status for report in latest).most_common(1)[0][0]


def _parts(
    reports: Sequence[Report], day: Day | None, share: float, place: int, aside: str
) -> tuple[Part, ...]:
    """Return what the score of a candidate is the sum of, in log units."""
    if day is None:
        weight = sum(report.weight * report.grade for report in reports)
        words = f"Told by {_articles(reports)}, with a weight of {weight:.1f}"
        parts = [Part(words, math.log1p(weight)), Part("Less, because it has no one day", -_NO_DAY)]
    else:
        parts = list(day.parts)
        if place:
            words = f"Less, because it is event {place + 1} of its day, told {share:.2f} as much as"
            worth = math.log(max(share, 0.01)) - _NEXT_OF_DAY
            parts.append(Part(f"{words} the first", worth))
    if aside:
        parts.append(Part(f"Less, because it stands aside: {aside}", -_ASIDE))
    return tuple(parts)


def _articles(reports: Sequence[Report]) -> str:
    number = len({report.article for report in reports})
    return f"{number} article{'s' * (number > 1)}"


def _of_date(reports: Sequence[Report], edtf: str) -> str:
    agree = sum(report.edtf == edtf for report in reports)
    others = sorted({report.edtf for report in reports if report.edtf and report.edtf != edtf})
    return f"drafts: stated by {agree} of {len(reports)}" + (
        f", others {', '.join(others)}" if others else ""
    )


def _of_joining(group: Group) -> Iterator[Decision]:
    for report, pair in zip(group.reports[1:], group.pairs, strict=True):
        rule = f"drafts: pair {pair.score:.2f}, {' '.join(pair.reasons)}"
        yield Decision("joined", report.article, rule, _spans([report]))


def _spans(reports: Sequence[Report]) -> tuple[Span, ...]:
    return tuple(Span(report.text, report.start, report.end) for report in reports)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names, the most frequent first."""
    counts = Counter(names)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _key(group: Group) -> tuple[str, str, int]:
    first = min(group.reports, key=lambda r: (r.published, r.article, r.start, r.title))
    return first.published.isoformat(), first.article, first.start


def _order(candidate: Candidate) -> tuple[float, str, str, int, str]:
    first = candidate.reports[0]
    return -candidate.score, candidate.edtf, first.article, first.start, candidate.title


def shortened(title: str) -> str:
    """Return a title of at most 90 characters, cut where a phrase ends if there is a place.

    >>> shortened("Ministers meet")
    'Ministers meet'
    """
    title = " ".join(title.split())
    if len(title) <= _LONGEST:
        return title
    cut = title[: _LONGEST + 1]
    at = max(cut.rfind(mark, 30) for mark in (", ", "; ", " – ", " — ", " after ", " as "))
    return cut[:at] if at > 0 else cut.rsplit(" ", 1)[0]
