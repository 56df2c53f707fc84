"""The events that a report may be of: those that all would give, at a cost that does not grow."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import connection
from django.db.models.sql import compiler
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.web.desk import FERRY
from timeline import matching
from timeline.ingest import ingest
from timeline.models import Alias, Article, Event, Participation, Suggestion

# Articles of our own about the events of the demo, and one about none of them.
ARTICLES = [
    FERRY,
    """\
Kim and Moon to meet again in Pyongyang

World 09:10 KST August 14, 2018

SEOUL, Aug. 14 (Tidewire) -- Kim Jong-un and Moon Jae-in will meet in Pyongyang in September, both
sides said on Monday.

It will be their third summit this year. They first met at Panmunjom on April 27 and again on May
26.

Trump met Kim in Singapore on June 12. The summit was called off by Trump on May 24 before it was
set again.
""",
    """\
Xi to visit North Korea this week

World 18:00 KST June 17, 2019

BEIJING, June 17 (Tidewire) -- Chinese President Xi Jinping will visit North Korea on Thursday and
Friday, his first trip there since he took office.

Kim Jong-un visited China four times. His fourth visit to Beijing was in January.

Kim met Putin in Vladivostok on April 25. The second summit between Trump and Kim was held in Hanoi
on February 27 and 28, and ended without an agreement.
""",
    """\
A year after Panmunjom, little moves

Analysis 2019-04-27

SEOUL, April 27 (Tidewire) -- A year ago Moon Jae-in and Kim Jong-un signed the Panmunjom
Declaration.

The Korean War of 1950-53 ended in an armistice in 1953. The two leaders held talks in Pyongyang in
September.

“We will go on,” said Moon Jae-in in a New Year address.

A fourth summit of the two Koreas is expected this year. Trump and Kim met on the border on June 30.
""",
    """\
Kim leaves Beijing after four days

World 2019-01-10

SEOUL, Jan. 10 (Tidewire) -- North Korean leader Kim Jong-un ended a four-day visit to China on
Thursday after talks with Xi Jinping on Tuesday.

It was his fourth visit to China. A second summit with Trump may follow in Vietnam in late February.

Kim Yong-chol will travel to Washington next week to meet Mike Pompeo.
""",
]


class Everything(matching.Candidates):
    """The slow definition: every event in the records is compared with every report."""

    def __init__(self, article, reports):
        found = matching._keys
        matching._keys = lambda *_: set(Event.objects.values_list("pk", flat=True))
        try:
            super().__init__(article, reports)
        finally:
            matching._keys = found


def reports_of(outcome) -> list[Suggestion]:
    return [one for one in outcome.suggestions if one.type == Suggestion.Type.REPORT]


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("raw", ARTICLES, ids=lambda raw: raw.strip().splitlines()[0][:20])
def test_the_few_that_are_fetched_decide_as_all_events_would(raw: str) -> None:
    outcome = ingest(raw)
    reports = reports_of(outcome)
    everything = Everything(outcome.article, reports)
    decisions = {report.title: everything.match(report) for report in reports}
    wanted = {title: match and match.candidate.key for title, match in decisions.items()}
    assert {report.title: report.match_id for report in reports} == wanted
    assert any(wanted.values()) or raw == FERRY


# ------------------------------------------------------------------- what it costs to look

VALE = "Nora Vale"
MET = "Nora Vale met Piet Strand in Elmsport"


def archive(events: int, first: dt.date, *, apart: int, actor: str = "Person A") -> None:
    """Put so many events of one actor into the records, each so many days after the last."""
    made = Event.objects.bulk_create(
        Event(
            slug=f"harvest-{first}-{events}-{number}",
            title=f"Harvest {number} gathered",
            status="occurred",
            edtf=(first + dt.timedelta(days=apart * number)).isoformat(),
        )
        for number in range(events)
    )
    who = make.actor(actor)
    Participation.objects.bulk_create(Participation(event=event, actor=who) for event in made)


@dataclass
class Cost:
    """How many queries the candidates of an article take, and how many rows these return."""

    queries: int
    rows: int


def cost_of(article: Article, reports: list[Suggestion]) -> Cost:
    """Find the candidates, and count."""
    rows = 0
    iterate = compiler.cursor_iter

    def counted(*args):
        nonlocal rows
        for chunk in iterate(*args):
            rows += len(chunk)
            yield chunk

    compiler.cursor_iter = counted
    try:
        with CaptureQueriesContext(connection) as queries:
            matching.Candidates(article, reports)
    finally:
        compiler.cursor_iter = iterate
    return Cost(len(queries), rows)


@pytest.fixture
def ferry(db: None):
    """The ferry article with its reports, and an event of the records that one of them is of."""
    outcome = ingest(FERRY)
    meeting = make.event(MET, edtf="2018-05-15")
    make.takes_part(make.actor(VALE), meeting)
    return outcome.article, reports_of(outcome)


@pytest.mark.parametrize(
    ("first", "apart", "actor"),
    [
        (dt.date(1960, 1, 1), 3, "Person A"),
        (dt.date(2019, 12, 1), 1, "Person A"),
        (dt.date(1960, 1, 1), 3, VALE),
        (dt.date(2018, 5, 15), 0, "Person A"),
        (dt.date(2018, 5, 15), 0, VALE),
    ],
    ids=["long ago", "later", "long ago, same actor", "same day", "same day and actor"],
)
def test_a_large_archive_takes_no_more_queries_and_rows(ferry, first, apart, actor) -> None:
    article, reports = ferry
    archive(400, first, apart=apart, actor=actor)
    small = cost_of(article, reports)
    archive(1600, first + dt.timedelta(days=400 * apart), apart=apart, actor=actor)
    assert cost_of(article, reports) == small
    assert matching.Candidates(article, reports).match(
        next(report for report in reports if report.edtf == "2018-05-15")
    )


def test_what_lies_far_away_is_not_fetched_at_all(ferry) -> None:
    article, reports = ferry
    alone = cost_of(article, reports)
    archive(50, dt.date(1960, 1, 1), apart=3)
    archive(50, dt.date(2019, 12, 1), apart=1)
    assert cost_of(article, reports) == alone


def report_often(event: Event, reports: int, since: int = 0) -> None:
    """Let so many articles tell of one event, before the ferry's article and after it."""
    outlet = make.outlet("Tidewire")
    for number in range(since, since + reports):
        day = dt.date(2018, 3, 1) + dt.timedelta(days=number % 90)
        told = make.article(day.isoformat(), f"Report {number}", outlet=outlet)
        make.report(event, told, edtf="2018-05-15", exact=f"They met, report {number} says.")


def test_an_event_with_many_reports_takes_no_more_queries_and_rows(ferry) -> None:
    article, reports = ferry
    meeting = Event.objects.get(title=MET)
    report_often(meeting, 100)
    few = cost_of(article, reports)
    report_often(meeting, 200, since=100)
    assert cost_of(article, reports) == few


def test_an_event_with_many_reports_keeps_no_other_from_being_found(ferry) -> None:
    article, reports = ferry
    report_often(Event.objects.get(title=MET), 150)
    moved = make.event("A gathering", edtf="2015-01-01")
    told = make.article("2018-03-28", "Told elsewhere")
    make.report(moved, told, edtf="2018-05-15")
    assert moved.pk in matching._keys(article, [matching._sketch_of_report(r) for r in reports])


def test_more_reports_take_no_more_queries(ferry) -> None:
    article, reports = ferry
    assert cost_of(article, reports * 50).queries == cost_of(article, reports).queries


def test_an_article_without_reports_asks_for_nothing(ferry) -> None:
    article, _ = ferry
    assert cost_of(article, []).queries <= 1


def test_an_actor_is_found_by_an_alias_in_any_case(ferry) -> None:
    article, reports = ferry
    strand = make.actor("Pieter Strand-Øye")
    Alias.objects.create(actor=strand, name="PIET STRAND")
    visit = make.event("A tour of the pier", edtf="2018-07-02", status="planned", kind="visit")
    make.takes_part(strand, visit)
    (report,) = [one for one in reports if "July" in one.exact]
    match = matching.Candidates(article, reports).match(report)
    assert match.candidate.key == visit.pk
    assert "Both name Pieter Strand-Øye." in match.reasons


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_searched_too(ferry, day) -> None:
    article, reports = ferry
    for report in reports:
        report.edtf = day
    twin = make.event(reports[0].title, edtf=day, kind=reports[0].kind)
    assert matching.Candidates(article, reports).match(reports[0]).candidate.key == twin.pk
