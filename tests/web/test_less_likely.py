"""What an editor would hardly want is folded at the review desk, and found in the list."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY
from timeline.extraction import extract, grades
from timeline.ingest import ingest
from timeline.models import Article, Suggestion
from timeline.models.suggestions import LINE

pytestmark = pytest.mark.django_db


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
