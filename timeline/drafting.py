"""From the suggestions of a draft's articles to its candidates, by the engine of the extraction.

Nothing is read anew: events and quotes are the suggestions that the articles have, and of the text
only the days are looked up again, which takes 3 ms an article.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from timeline.basis import Base, Basis, DateBasis, Span
from timeline.extraction import drafts as engine
from timeline.extraction.times import Time, find_times
from timeline.models import (
    Article,
    Candidate,
    CandidateReport,
    Draft,
    DraftArticle,
    Event,
    Kind,
    Likeness,
    Suggestion,
)
from timeline.models.candidate_reports import said_by

COPY = "nearly the text of another article"
MOST_CANDIDATES = 5000  # of a draft; what ranks below them no editor gets to


class _Event(NamedTuple):
    """A suggestion of a report as the engine weighs it."""

    start: int
    end: int
    title: str
    edtf: str
    status: str
    stance: str
    kind: str
    actors: tuple[str, ...]
    place: str | None
    grade: float


class _Quote(NamedTuple):
    """A suggestion of a quote as the engine weighs it."""

    start: int
    text: str
    actor: str | None


@dataclass(slots=True)
class _Reading:
    """What is stored of an article's reading; the numbers of the engine are places in the lists."""

    article: Article
    times: list[Time]
    reports: list[Suggestion] = field(default_factory=list)
    said: list[Suggestion] = field(default_factory=list)
    refused: list[Suggestion] = field(default_factory=list)

    @property
    def events(self) -> list[_Event]:
        """The reports, as the engine takes them."""
        return [
            _Event(
                one.start or 0,
                one.end or 0,
                one.title,
                one.edtf,
                one.status,
                one.stance,
                one.kind,
                tuple(one.actors),
                one.place or None,
                one.grade or 0.0,
            )
            for one in self.reports
        ]

    @property
    def quotes(self) -> list[_Quote]:
        """The quotes, as the engine takes them."""
        return [_Quote(one.start or 0, one.text, one.speaker or None) for one in self.said]


def begin(articles: Iterable[Article], by: User) -> Draft:
    """Make a draft of articles, ranked; its title is still to be given."""
    draft = Draft.objects.create(title="Untitled draft", made_by=by)
    draft.gather(articles)
    rank(draft)
    return draft


@transaction.atomic
def rank(draft: Draft) -> None:
    """Make the candidates of a draft from what its articles suggest now.

    What an editor has decided, edited, merged or split stays, at its new place; new reports of it
    go to a candidate that waits, or make one that adds to its event.
    """
    draft.hold()
    readings = _readings(draft)
    copies = _copies(readings)
    sources = [
        engine.Source(
            id=str(pk),
            published=reading.article.published_on,
            text=reading.article.body,
            found=_Found(reading.times, reading.quotes, reading.events),
            headline=reading.article.headline,
        )
        for pk, reading in readings.items()
        if pk not in copies
    ]
    made = engine.draft(sources, draft.about.split())
    draft.candidates.filter(state=Candidate.State.OPEN, is_edited=False, absorbed_by=None).delete()
    _Ranking(draft, readings).store(made.candidates)
    _note_articles(draft, made.articles)
    draft.gathered.filter(article__in=copies).update(aside=COPY)
    draft.topic, draft.ranked_at = list(made.topic), timezone.now()
    draft.sentences = sum(len(one.reports) + len(one.said) for one in readings.values())
    draft.save(update_fields=("topic", "ranked_at", "sentences"))


@dataclass(frozen=True, slots=True)
class _Found:
    times: Sequence[Time]
    quotes: Sequence[_Quote]
    events: Sequence[_Event]


def _readings(draft: Draft) -> dict[int, _Reading]:
    """Return what is stored of each article that has a text; rejected suggestions are left out.

    Those that this draft itself has rejected still weigh: they show what the articles are about.
    """
    articles = draft.articles.exclude(body="").select_related("outlet").in_bulk()
    readings = {
        pk: _Reading(one, find_times(one.body, one.published_local or one.published_on))
        for pk, one in sorted(articles.items())
    }
    rejected = draft.candidates.filter(state=Candidate.State.REJECTED)
    own = Suggestion.objects.filter(
        pk__in=CandidateReport.objects.filter(candidate__in=rejected).values("suggestion")
    )
    suggestions = Suggestion.objects.filter(article__in=articles)
    rejected_here = set(own.values_list("pk", flat=True))
    rows = suggestions.select_related("report__event", "match")
    for one in rows.order_by("article", "start", "pk"):
        reading = readings.get(one.article_id)
        if reading is None or one.start is None:
            continue
        one.article = reading.article
        if one.state == Suggestion.State.REJECTED and one.pk not in rejected_here:
            reading.refused.append(one)
        elif one.type == Suggestion.Type.QUOTE:
            reading.said.append(one)
        else:
            reading.reports.append(one)
    return readings


def _copies(readings: dict[int, _Reading]) -> set[int]:
    """Return the articles that say nothing that an earlier one does not, nearly in its words.

    What they suggest stands there (`recognition.without_repeated`); weighed once more, their
    sentences would make cards of their own, on their own day of publication.
    """
    silent = {pk for pk, one in readings.items() if not (one.reports or one.said or one.refused)}
    pairs = Likeness.objects.filter(article__in=silent, other__in=readings)
    return set(pairs.values_list("article", flat=True))


class _Ranking:
    """Stores the engine's candidates beside those that an editor has dealt with."""

    def __init__(self, draft: Draft, readings: dict[int, _Reading]) -> None:
        self.draft = draft
        self.readings = readings
        for one in draft.candidates.waiting():
            one.catch_up()
        kept = list(draft.candidates.select_related("event").prefetch_related("reports"))
        self.keeper = {
            key: one for one in kept for report in one.reports.all() for key in [_key(report)]
        }
        self.numbers: dict[int, tuple[int, float]] = {}  # of the kept ones, in this ranking

    def store(self, found: Sequence[engine.Candidate]) -> None:
        """Write candidates, their reports and their quotes, a few queries for all."""
        candidates: list[Candidate] = []
        reports: list[CandidateReport] = []
        quotes: list[tuple[Candidate, Suggestion]] = []
        for number, one in enumerate(found[:MOST_CANDIDATES], 1):
            told = [self._report(report) for report in one.reports if not self._is_refused(report)]
            new = [report for report in told if _key(report) not in self.keeper]
            keepers = [self.keeper[_key(report)] for report in told if report not in new]
            for keeper in keepers:
                self.numbers.setdefault(keeper.pk, (number, one.score))
            if not new:
                continue
            waiting = next((k for k in keepers if k.is_open and k.absorbed_by_id is None), None)
            candidate = waiting or self._candidate(number, one, new, keepers)
            if not waiting:
                candidates.append(candidate)
                quotes += [(candidate, said) for said in self._quotes(one)]
            for report in new:
                report.candidate = candidate
            reports += new
        Candidate.objects.bulk_create(candidates)
        for report in reports:
            report.candidate = report.candidate  # takes the key that was given since
        CandidateReport.objects.bulk_create(reports)
        through = Candidate.quotes.through
        through.objects.bulk_create(
            [through(candidate_id=c.pk, suggestion_id=said.pk) for c, said in quotes],
            ignore_conflicts=True,
        )
        self._settle(reports)

    def _settle(self, added: Sequence[CandidateReport]) -> None:
        """Let what an editor has dealt with say what reports were added, at its new place."""
        for candidate in {report.candidate for report in added if report.candidate.is_edited}:
            candidate.follow()
        for pk, (number, score) in self.numbers.items():
            Candidate.objects.filter(pk=pk).update(number=number, score=score)

    def _is_refused(self, report: engine.Report) -> bool:
        """Whether it is a bare sentence in which an editor has rejected what was suggested."""
        refused = self.readings[int(report.article)].refused
        return report.number is None and any(
            (one.start or 0) < report.end and (one.end or 0) > report.start for one in refused
        )

    def _report(self, report: engine.Report) -> CandidateReport:
        reading = self.readings[int(report.article)]
        one = None if report.number is None else reading.reports[report.number]
        return CandidateReport(
            article=reading.article,
            suggestion=one,
            title=engine.shortened(report.title) or "–",
            edtf=report.edtf,
            status=report.status,
            stance=report.stance,
            start=report.start,
            end=report.end,
            basis={} if one else _basis(report, reading.times).as_data(),
        )

    def _candidate(
        self,
        number: int,
        found: engine.Candidate,
        reports: Sequence[CandidateReport],
        keepers: Sequence[Candidate],
    ) -> Candidate:
        said = said_by(sorted(reports, key=lambda one: (one.article.published_at, one.start)))
        return Candidate(
            draft=self.draft,
            number=number,
            score=found.score,
            title=found.title,
            kind=found.kind if found.kind in Kind.values else Kind.OTHER,
            edtf=said["edtf"],
            status=said["status"],
            actors=list(found.actors),
            place=(found.place or "")[:200],
            aside=found.aside[:200],
            parts=[list(part) for part in found.parts],
            reasons=[
                [of, value, rule, [span.exact[:200] for span in spans]]
                for of, value, rule, spans in found.decisions
            ],
            event=_event(reports, keepers),
        )

    def _quotes(self, found: engine.Candidate) -> list[Suggestion]:
        said = [self.readings[int(one.article)].said[one.number] for one in found.quotes]
        return [one for one in said if one.state != Suggestion.State.REJECTED]


def _key(report: CandidateReport) -> tuple[int, int, int, str]:
    """What makes a report the same in two rankings: its suggestion, else its sentence and day."""
    if report.suggestion_id:
        return report.suggestion_id, 0, 0, ""
    return -report.article_id, report.start, report.end, report.edtf


def _basis(report: engine.Report, times: Sequence[Time]) -> Basis:
    """Return what the date of a sentence rests on: the words that name the day, else its lead."""
    for time in times:
        if report.start <= time.start < report.end and report.edtf in time.date.split("/"):
            span = Span(time.text, time.start, time.end)
            return Basis(DateBasis(time.ground.rule, (span,), time.ground.base))
    return Basis(DateBasis("published", base=Base(report.published.isoformat())))


def _event(reports: Sequence[CandidateReport], keepers: Sequence[Candidate]) -> Event | None:
    """Return the event that a candidate adds to.

    It is what an accepted report of it is of, else what the suggestions were matched with, most
    often and with nothing against it.
    """
    accepted = [one.event for one in keepers if one.event and not one.is_open]
    suggestions = [report.suggestion for report in reports if report.suggestion]
    accepted += [one.report.event for one in suggestions if one.report]
    if accepted:
        return accepted[0]
    matched: dict[int, list[Suggestion]] = defaultdict(list)
    for one in suggestions:
        if one.match_id:
            matched[one.match_id].append(one)
    for _, agreeing in sorted(matched.items(), key=lambda item: (-len(item[1]), item[0])):
        if 2 * len(agreeing) > len(suggestions) and not agreeing[0].merge_objections():
            return agreeing[0].match
    return None


def _note_articles(draft: Draft, verdicts: Iterable[engine.SourceVerdict]) -> None:
    rows = {str(row.article_id): row for row in draft.gathered.all()}
    changed = []
    for verdict in verdicts:
        row = rows[verdict.article]
        off_topic = "off the topic" if verdict.is_aside else ""
        row.nearness, row.aside = verdict.nearness, (verdict.kind or off_topic)[:100]
        changed.append(row)
    DraftArticle.objects.bulk_update(changed, ("nearness", "aside"), 500)
