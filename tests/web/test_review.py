"""The review desk: an article’s text, and beside it what it suggests. The articles are our own."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.web.desk import FERRY, desk, suggest, words_of
from timeline.admin.desk.text_markup import ORDER, Mark, marked
from timeline.models import Article, Suggestion

pytestmark = pytest.mark.django_db


def test_each_suggestion_stands_beside_its_paragraph(alice: Client, article: Article) -> None:
    groups = alice.get(desk(article)).context["groups"]
    rows = [row for group in groups for row in group.rows]
    cards = {row.number: [card.suggestion.title for card in row.cards] for row in rows}
    assert cards == {
        1: [],
        2: ["Vale and Strand meet"],
        3: [""],
        4: ["Strand visits Elmsport"],
        5: [],
    }


def test_paragraphs_without_open_suggestions_lie_folded(alice: Client, article: Article) -> None:
    page = alice.get(desk(article))
    assert [(group.is_open, len(group.rows)) for group in page.context["groups"]] == [
        (False, 1),
        (True, 3),
        (False, 1),
    ]
    assert "<summary>Paragraph 1, no suggestions</summary>" in page.content.decode()


def test_date_words_names_and_quotes_are_underlined_each_in_its_manner(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    page = alice.get(desk(article)).content.decode()
    visit = article.suggestions.get(edtf="2018-07")
    quote = article.suggestions.get(type="quote")
    assert re.search(
        rf'<a class="span span--date" href="\?at={visit.pk}#s{visit.pk}">[^<]*July</a>', page
    )
    assert re.search(r'<span class="span span--name">[^<]*Piet Strand</span>', page)
    assert f'<a class="span span--quote" href="?at={quote.pk}#s{quote.pk}">' in page


def test_the_text_of_an_article_is_never_taken_for_html(alice: Client) -> None:
    alice.post(reverse("admin:bring_in"), {"text": FERRY.replace("old pier", "<b>old</b> & pier")})
    page = alice.get(desk(Article.objects.get())).content.decode()
    assert "&lt;b&gt;old&lt;/b&gt; &amp; pier" in page


@given(
    body=st.text("ab <&>“é", max_size=30),
    spans=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(ORDER)), max_size=8
    ),
)
def test_marks_never_change_the_words_however_they_overlap(body: str, spans: list) -> None:
    marks = [Mark(start, end, kind, "?at=1") for start, end, kind in spans if start < end]
    page = marked(body, 0, len(body), marks)
    assert html.unescape(re.sub(r"<[^>]*>", "", page)) == body
    assert page.count("<span") == page.count("</span>")
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", page)


def test_queries_of_the_desk_stay_flat_as_suggestions_grow(alice: Client, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            alice.get(desk(article))
        return len(captured)

    def add(number: int) -> None:
        event = factories.event(f"Sailing {number}", place=factories.place(f"Pier {number}"))
        factories.takes_part(factories.actor(f"Captain {number}"), event)
        suggest(article, "The line was closed", title=f"Sailing {number}", match=event, score=0.7)
        done = suggest(article, "The line was closed", title=f"Done {number}")
        done.accept(by=alice_user)

    alice_user = factories.editor("bob")
    for number in range(2):
        add(number)
    few = queries()
    for number in range(2, 9):
        add(number)
    assert queries() == few


def test_a_citation_without_its_text_says_so(alice: Client) -> None:
    citation = factories.article("2018-05-16")
    assert "it is a citation" in words_of(alice.get(desk(citation)))


def long_article(paragraphs: int) -> Article:
    """An article of one-letter paragraphs, about which Vale says something in the middle."""
    body = ["a"] * paragraphs
    body[paragraphs // 2] = "Vale met Strand."
    article = factories.article("2018-05-16", f"{paragraphs}", body="\n\n".join(body))
    suggest(article, "Vale met Strand", title="Vale meets Strand")
    return article


def test_a_page_stays_small_however_many_paragraphs_lie_folded(alice: Client) -> None:
    short = alice.get(desk(long_article(3)))
    page = alice.get(desk(long_article(33_000)))
    assert len(page.content) < len(short.content) + 2_000
    assert "Paragraphs 1 to 16,500, no suggestions" in words_of(page)
    assert "Paragraphs 16,502 to 33,000, no suggestions" in words_of(page)
    assert 'href="?fold=16502#p16502"' in page.content.decode()


def test_folded_paragraphs_are_opened_by_their_link_a_few_at_a_time(alice: Client) -> None:
    article = long_article(33_000)
    page = alice.get(desk(article), {"fold": "16502"})
    html = page.content.decode()
    assert '<details class="fold" open>' in html
    assert 'id="p16502"' in html
    assert 'id="p16701"' in html
    assert 'id="p16702"' not in html
    assert 'href="?fold=16702#p16702"' in html
    assert len(page.content) < 120_000


@pytest.mark.parametrize("fold", ["", "0", "-3", "x", "9" * 5_000, "99999999999"])
def test_a_fold_that_is_not_there_opens_nothing(alice: Client, fold: str) -> None:
    page = alice.get(desk(long_article(300)), {"fold": fold})
    assert page.status_code == 200
    assert '<details class="fold" open>' not in page.content.decode()


def test_of_many_suggestions_those_around_the_current_one_are_shown(alice: Client) -> None:
    sentences = [f"Vale met Strand on pier {number}." for number in range(1_000)]
    article = factories.article("2018-05-16", body="\n\n".join(sentences))
    for sentence in sentences:
        suggest(article, sentence, title=sentence)
    page = alice.get(desk(article))
    assert page.content.decode().count('<details class="card') == 60
    assert "Paragraphs 61 to 1,000, 940 suggestions wait" in words_of(page)
    there = article.suggestions.get(title=sentences[500])
    page = alice.get(desk(article), {"at": there.pk})
    shown = page.content.decode()
    assert f'<details class="card card--current" id="s{there.pk}"' in shown
    assert shown.count('<details class="card') == 80
    assert len(page.content) < 400_000


def test_a_decided_suggestion_in_a_long_fold_is_shown_where_it_is_asked_for(
    alice: Client,
) -> None:
    article = long_article(1_000)
    suggestion = article.suggestions.get()
    suggestion.reject(by=factories.editor("bob"))
    assert f'id="s{suggestion.pk}"' not in alice.get(desk(article)).content.decode()
    page = alice.get(desk(article), {"at": suggestion.pk}).content.decode()
    assert f'id="s{suggestion.pk}"' in page
