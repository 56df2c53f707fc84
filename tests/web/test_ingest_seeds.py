"""The two seed articles complete the citations of the demo and suggest what they tell."""

from pathlib import Path

import pytest

from tests.web.ingesting import run
from timeline.models import Article, Event, Report

pytestmark = pytest.mark.django_db


SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))


@pytest.fixture
def seeds(demo: None, db: None) -> dict[str, Article]:
    if not SEEDS:
        pytest.skip("the two seed articles are not beside this checkout")
    status, out, _ = run(*SEEDS)
    assert status == 0
    assert out.count("completed") == 2
    assert out.count("Left for you, because readers see this article: dateline") == 2
    articles = Article.objects.exclude(body="")
    return {article.published[:4]: article for article in articles}


def test_the_seeds_complete_the_citations_of_the_demo(seeds: dict[str, Article]) -> None:
    assert Article.objects.count() == 22
    first, second = seeds["2018"], seeds["2019"]
    assert first.headline == "With talks with Xi, N.K. leader ups ante for showdown with Trump"
    assert second.headline == "NK-China summit raises cautious optimism about 2nd Trump-Kim meeting"
    assert first.labels == second.labels == ["News Focus"]
    assert (first.lead, second.lead) == ("", "2nd LD")
    assert (first.section, second.section) == ("All Headlines", "North Korea")
    assert first.published == "2018-03-28T11:51:00+09:00"
    assert second.published == "2019-01-10T16:02:00+09:00"
    assert (first.correction, first.correction_paragraphs) == ("", [])
    assert second.correction == "ADDS more info in paras 6-7"
    assert second.correction_paragraphs == []  # public: left to the editor, like the dateline
    assert (first.byline, second.byline) == ("Lee Chi-dong", "Song Sang-ho")
    for article, day in ((first, "2018-03-28"), (second, "2019-01-10")):
        assert article.dateline_place == "SEOUL"
        assert str(article.dateline_date) == day
        assert article.dateline_agency == ""  # readers see the citation: an editor adds it
        assert len(article.captions) == 1
        assert article.captions[0] not in article.body
        assert article.abstract
        for furniture in ("Go to Contents", "Send Feedback", "How can we improve", "Thanks for"):
            assert furniture not in article.body
    assert (len(first.paragraphs), len(second.paragraphs)) == (21, 24)


def test_the_seeds_suggest_the_talks_and_the_end_of_the_visit(seeds: dict[str, Article]) -> None:
    talks = seeds["2018"].suggestions.filter(edtf="2018-03-27", status="occurred")
    assert any("on Tuesday" in one.exact and one.derivation for one in talks)
    completed = seeds["2019"].suggestions.filter(status="occurred")
    assert any(
        "completed his four-day visit" in one.exact and "2019-01-10" in one.edtf and one.derivation
        for one in completed
    )
    assert not Event.objects.exclude(is_published=True).exists()
    assert Report.objects.count() == 93
