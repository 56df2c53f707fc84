"""Bringing articles in, from a file to suggestions. All articles but the seeds are our own."""

from dataclasses import replace

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from edtf import parse_edtf
from pyparsing import ParserElement

from tests import factories
from tests.web.desk import FERRY
from timeline import ingest as ingesting
from timeline import proposals
from timeline.bibliography import outlet_of
from timeline.extraction import read_article
from timeline.ingest import Result, ingest
from timeline.models import Article, Outlet, Suggestion
from timeline.models.slugs import MOST_ALIKE, free_slug

pytestmark = pytest.mark.django_db


def test_an_article_is_stored_with_every_field() -> None:
    article = ingest(FERRY).article
    article.refresh_from_db()
    assert article.headline == "Ministers agree to reopen the Elmsport ferry line"
    assert article.labels == ["Port Watch"]
    assert (article.lead, article.section, article.byline) == ("LEAD", "Coast", "Ada Brook")
    assert article.published == "2018-05-16T10:30:00+09:00"
    assert article.dateline_place == "ELMSPORT"
    assert str(article.dateline_date) == "2018-05-16"
    assert article.dateline_agency == "Tidewire"
    assert article.correction == "RECASTS headline; ADDS quote in paras 2-3"
    assert article.correction_paragraphs == [2, 3]
    assert article.captions == ["The mayor opens the new pier in Elmsport. (Tidewire)"]
    assert len(article.paragraphs) == 5
    assert "Send Feedback" not in article.body
    assert "mayor" not in article.body


def test_an_unknown_outlet_is_made_and_a_known_one_is_found_by_any_of_its_names() -> None:
    factories.outlet("Tidewire News Agency")
    assert ingest(FERRY).article.outlet.name == "Tidewire News Agency"
    other = ingest(FERRY.replace("(Tidewire)", "(Gullpress)")).article.outlet
    assert (other.name, other.kind) == ("Gullpress", Outlet.Kind.AGENCY)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("Tidewire News Agency", "TIDEWIRE"),
        ("Tidewire News Agency", "tidewire news agency"),
        ("Tidewire Central News Agency", "Tidewire"),
        ("Tidewire", "Tidewire"),
        ("항구 통신", "항구 통신"),
        ("Волна", "ВОЛНА"),
        ("Écho du Port", "écho du port"),
    ],
)
def test_an_outlet_is_found_in_any_case_and_script(known: str, said: str) -> None:
    factories.outlet("Gullpress")
    outlet = factories.outlet(known)
    page = replace(read_article(FERRY), outlet=said)
    with CaptureQueriesContext(connection) as queries:
        assert outlet_of(page) == outlet
    assert len(queries) == 1


def test_what_an_article_suggests_stands_at_its_words_with_its_date() -> None:
    outcome = ingest(FERRY)
    reports = [one for one in outcome.suggestions if one.type == Suggestion.Type.REPORT]
    meeting = next(one for one in reports if one.edtf == "2018-05-15")
    assert "Tuesday" in meeting.exact
    assert meeting.derivation
    for one in outcome.suggestions:
        assert outcome.article.body[one.start : one.end] == one.exact


def test_the_same_article_with_another_text_is_not_overwritten() -> None:
    ingest(FERRY)
    outcome = ingest(FERRY.replace("a storm damaged", "a flood damaged"))
    assert outcome.result is Result.KEPT
    assert "a storm damaged" in Article.objects.get().body


def test_a_report_of_a_known_event_is_matched_with_score_and_reasons() -> None:
    closing = factories.event("Closure of the Elmsport ferry line", edtf="2011", kind="other")
    factories.report(
        closing,
        factories.article("2011-11-02"),
        exact="the Elmsport ferry line was closed in 2011 after a storm damaged the old pier",
    )
    matched = [one for one in ingest(FERRY).suggestions if one.match == closing]
    assert matched
    assert all(one.score >= 0.5 and one.reasons for one in matched)


def test_nothing_is_half_stored_when_storing_fails_midway(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("power cut")

    monkeypatch.setattr(ingesting, "_suggest", fail)
    with pytest.raises(OperationalError):
        ingest(FERRY)
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_a_free_slug_takes_one_question_however_many_are_alike() -> None:
    slugs = []
    for _ in range(MOST_ALIKE + 3):
        with CaptureQueriesContext(connection) as queries:
            slugs.append(free_slug(Outlet, "The Times"))
        assert len(queries) == 1
        Outlet.objects.create(slug=slugs[-1], name="The Times", kind=Outlet.Kind.NEWSPAPER)
    assert slugs[:3] == ["the-times", "the-times-2", "the-times-3"]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.usefixtures("demo")
def test_no_general_parser_is_asked_for_the_dates_of_a_page_or_an_article(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, parse = [], ParserElement.parse_string
    monkeypatch.setattr(
        ParserElement,
        "parse_string",
        lambda *args, **more: asked.append(args) or parse(*args, **more),
    )
    assert client.get("/timelines/korean-peninsula-summits/").status_code == 200
    ingest(FERRY)
    assert asked == []
    parse_edtf("2018-05")
    assert len(asked) == 1


def test_a_date_that_the_records_cannot_hold_is_left_out() -> None:
    assert proposals._readable("2018-W12") == ""
    assert proposals._readable("2018-05") == "2018-05"
