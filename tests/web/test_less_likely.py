"""What an editor would hardly want is folded at the review desk, and found in the list."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY, suggest
from timeline.extraction import extract, grades
from timeline.ingest import ingest
from timeline.models import Article, Suggestion
from timeline.models.suggestions import LINE

pytestmark = pytest.mark.django_db

CLOSED = "The line was closed in 2011"


@pytest.fixture
def storm(article: Article) -> Suggestion:
    """A side remark of the ferry article that is less likely than the rest."""
    return suggest(article, CLOSED, title="Storm damages the pier", grade=LINE - 0.01)


@pytest.fixture
def sailing(article: Article) -> Suggestion:
    """Another of them, in the paragraph of the meeting."""
    return suggest(article, "Transport Minister", title="Vale is minister", grade=0.02)


def test_the_line_is_that_of_the_extraction() -> None:
    assert LINE == grades.LINE


def test_an_article_is_graded_under_its_headline_and_explained_with_the_same_grade(
    alice: Client,
) -> None:
    article = ingest(FERRY).article
    read = extract(article.body, article.published_local, article.headline).events
    by_title = {event.title: event.grade for event in read}
    reports = list(article.suggestions.filter(type=Suggestion.Type.REPORT))
    assert {one.title: one.grade for one in reports} == {
        one.title: pytest.approx(by_title[one.title]) for one in reports
    }
    assert by_title != {
        event.title: event.grade for event in extract(article.body, article.published_local).events
    }, "the headline counts"
    for one in reports:
        told = alice.get(reverse("admin:explanation", args=[one.pk])).content.decode()
        assert f'<th scope="row">Grade</th><td>{one.grade:.2f}</td>' in told
    assert not article.suggestions.filter(type=Suggestion.Type.QUOTE, grade__isnull=False)


def test_an_article_that_is_read_again_grades_what_waits_and_nothing_else() -> None:
    article = ingest(FERRY).article
    waiting, decided = article.suggestions.filter(type=Suggestion.Type.REPORT)[:2]
    grade = waiting.grade
    Suggestion.objects.update(grade=None, kind="talks")
    decided.reject(by=factories.editor("bob"))
    Article.objects.update(body="")  # an editor took the text out, and it comes in again
    ingest(FERRY)
    waiting.refresh_from_db()
    decided.refresh_from_db()
    assert (waiting.grade, waiting.kind) == (pytest.approx(grade), "talks")
    assert (decided.grade, decided.state) == (None, Suggestion.State.REJECTED)


def test_the_list_tells_the_grade_sorts_by_it_and_finds_the_less_likely(
    alice: Client, article: Article, storm: Suggestion, sailing: Suggestion
) -> None:
    suggest(article, CLOSED, title="Line closed", grade=0.876)
    url = reverse("admin:timeline_suggestion_changelist")
    column = alice.get(url).context["cl"].list_display.index("shown_grade")

    def listed(**query: str) -> list[str]:
        shown = alice.get(url, query).content.decode()
        cells = re.findall(r'class="field-shown_grade">(.*?)</td>', shown)
        return [re.sub("<[^>]+>", "", cell) for cell in cells]

    assert listed(o=str(column)) == ["–", "–", "–", "0.02", "0.14", "0.88"]
    assert listed(o=f"-{column}") == ["0.88", "0.14", "0.02", "–", "–", "–"]
    assert sorted(listed(unlikely="yes")) == ["0.02", "0.14"]
    assert sorted(listed(unlikely="no")) == ["0.88", "–", "–", "–"]
    assert len(listed(unlikely="perhaps")) == 6
