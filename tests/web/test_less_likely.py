"""What an editor would hardly want is folded at the review desk, and found in the list."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY, decide, desk, onlooker, suggest, words_of
from timeline.extraction import extract, grades
from timeline.ingest import ingest
from timeline.models import Article, Suggestion
from timeline.models.suggestions import LINE

pytestmark = pytest.mark.django_db

CLOSED = "The line was closed in 2011"
FOLD = re.compile(r'<details class="unlikely"( open)?>(.*?)</section>', re.DOTALL)


@pytest.fixture
def storm(article: Article) -> Suggestion:
    """A side remark of the ferry article that is less likely than the rest."""
    return suggest(article, CLOSED, title="Storm damages the pier", grade=LINE - 0.01)


@pytest.fixture
def sailing(article: Article) -> Suggestion:
    """Another of them, in the paragraph of the meeting."""
    return suggest(article, "Transport Minister", title="Vale is minister", grade=0.02)


def page(client: Client, article: Article, **query: object) -> str:
    return client.get(desk(article), query).content.decode()


def folds(shown: str) -> list[tuple[bool, list[int]]]:
    """Of each fold whether it is open, and the keys of the cards in it."""
    cards = re.compile(r'<details class="card[^>]* id="s(\d+)"')
    return [(bool(is_open), [*map(int, cards.findall(of))]) for is_open, of in FOLD.findall(shown)]


def test_the_line_is_that_of_the_extraction() -> None:
    assert LINE == grades.LINE


def test_what_is_below_the_line_is_folded_at_the_end_of_its_paragraph(
    alice: Client, article: Article, meeting: Suggestion, sailing: Suggestion
) -> None:
    on_the_line = suggest(article, "on Tuesday", title="Vale speaks", grade=LINE)
    shown = page(alice, article)
    assert folds(shown) == [(False, [sailing.pk])]
    assert "1 less likely suggestion<" in shown
    assert shown.index(f'id="s{on_the_line.pk}"') < shown.index('<details class="unlikely">')
    assert f'<details class="card card--current" id="s{meeting.pk}"' in shown


def test_what_has_no_grade_is_never_folded(alice: Client, article: Article) -> None:
    shown = page(alice, article)
    assert folds(shown) == []
    assert "less likely" not in shown
    assert 'class="card__grade"' not in shown


def test_a_card_tells_its_grade_and_what_that_is(
    alice: Client, article: Article, storm: Suggestion
) -> None:
    said = re.findall(
        r'<span class="card__grade" title="([^"]+)">(.*?)</span>', page(alice, article)
    )
    assert [figure for _, figure in said] == ["grade 0.14"]
    assert "from 0 to 1" in said[0][0]


def test_the_fold_with_the_card_that_is_asked_for_is_open(
    alice: Client, article: Article, storm: Suggestion, sailing: Suggestion
) -> None:
    assert folds(page(alice, article, at=storm.pk)) == [
        (False, [sailing.pk]),
        (True, [storm.pk]),
    ]


def test_a_form_that_comes_back_with_an_error_is_not_folded_away(
    alice: Client, article: Article, storm: Suggestion, sailing: Suggestion
) -> None:
    refused = decide(alice, sailing, "merge")
    assert refused.status_code == 400
    assert folds(refused.content.decode()) == [(True, [sailing.pk]), (False, [storm.pk])]


def test_the_head_says_how_many_are_folded_and_leads_to_where_they_are_rejected_at_once(
    alice: Client, article: Article, storm: Suggestion, sailing: Suggestion
) -> None:
    other = factories.article("2018-05-17", body=article.body)
    suggest(other, CLOSED, title="Of another article", grade=0.01)
    suggest(article, CLOSED, title="Rejected before", grade=0.01).reject(by=factories.editor("bob"))
    answer = alice.get(desk(article))
    assert "3 to decide, 2 less likely folded" in words_of(answer)
    address = re.search(r'href="([^"]+)">Reject the 2 less likely', answer.content.decode())
    listed = alice.get(address[1].replace("&amp;", "&")).context["cl"].queryset
    assert set(listed) == {storm, sailing}
    keys = [one.pk for one in listed]
    alice.post(
        address[1].replace("&amp;", "&"), {"action": "reject_selected", "_selected_action": keys}
    )
    assert "less likely" not in page(alice, article)


def test_who_may_decide_nothing_is_offered_no_rejection(
    client: Client, article: Article, storm: Suggestion
) -> None:
    shown = page(onlooker(client), article)
    assert "1 less likely folded" in shown
    assert "Reject" not in shown


def test_an_article_with_less_likely_suggestions_alone_says_so_and_shows_them(
    alice: Client, article: Article, storm: Suggestion, sailing: Suggestion
) -> None:
    article.suggestions.exclude(pk__in=(storm.pk, sailing.pk)).delete()
    answer = alice.get(desk(article))
    assert "All 2 suggestions are less likely: show them" in words_of(answer)
    assert folds(answer.content.decode()) == [(False, [sailing.pk]), (False, [storm.pk])]
    way = re.search(r'<a href="\?at=(\d+)#s\1">show them', answer.content.decode())
    shown = alice.get(desk(article), {"at": way[1]})
    assert folds(shown.content.decode()) == [(True, [sailing.pk]), (True, [storm.pk])]
    assert "All 2 suggestions are less likely." in words_of(shown)
    sailing.delete()
    assert "The one suggestion is less likely: show it" in words_of(alice.get(desk(article)))


def test_the_desk_goes_on_to_what_is_folded_only_from_there(
    alice: Client, article: Article, storm: Suggestion, sailing: Suggestion
) -> None:
    meeting, quote, visit = article.suggestions.likely().order_by("start")
    for one, following in ((visit, meeting), (meeting, quote)):
        answer = decide(alice, one, "reject")
        assert f'card--current" id="s{following.pk}"' in answer.content.decode()
    answer = decide(alice, quote, "reject")
    assert "2 less likely suggestions are folded in the text" in words_of(answer)
    answer = alice.get(desk(article))
    assert "What is left, 2 suggestions, is less likely: show them" in words_of(answer)
    assert not any(is_open for is_open, _ in folds(answer.content.decode()))
    answer = decide(alice, sailing, "reject")
    assert folds(answer.content.decode()) == [(True, [storm.pk])]


def test_what_was_decided_is_no_longer_folded(
    alice: Client, article: Article, sailing: Suggestion
) -> None:
    shown = decide(alice, sailing, "reject").content.decode()
    assert folds(shown) == []
    assert f'<div class="card card--done" id="s{sailing.pk}">' in shown


def test_paragraphs_out_of_sight_lead_to_what_is_likely_in_them(alice: Client) -> None:
    sentences = [f"Vale met Strand on pier {number}." for number in range(100)]
    article = factories.article("2018-05-16", body="\n\n".join(sentences))
    made = [suggest(article, one, title=one, grade=0.9) for one in sentences]
    Suggestion.objects.filter(pk=made[60].pk).update(grade=0.01)
    assert f'href="?at={made[61].pk}#s{made[61].pk}">Paragraphs 61 to 100' in page(alice, article)


def test_queries_stay_flat_as_folds_fill(alice: Client, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(alice, article)
        return len(captured)

    def add(number: int) -> None:
        event = factories.event(f"Sailing {number}", place=factories.place(f"Pier {number}"))
        factories.takes_part(factories.actor(f"Captain {number}"), event)
        suggest(article, CLOSED, title=f"Sailing {number}", match=event, score=0.7, grade=0.01)

    add(0)
    few = queries()
    for number in range(1, 6):
        add(number)
    assert queries() == few


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
