"""Words that an editor selects in the text become a report or a quote, where they stand."""

import pytest

from tests import factories as make
from tests.web.desk import decide, desk, onlooker, suggest, words_of
from timeline.models import Article, Decision, Suggestion

pytestmark = pytest.mark.django_db

SAIL = "Strand will visit Elmsport again in July"


def mark(client, article: Article, words: str, kind: str = "report", at: bool = True, **more):
    start = article.body.find(words)
    place = {"start": start, "end": start + len(words)} if at and start >= 0 else {}
    sent = {"do": "mark", "words": words, "type": kind, **place, **more}
    return client.post(desk(article), sent)


@pytest.mark.parametrize("at", [True, False], ids=["selected", "typed"])
def test_words_become_an_event_that_is_completed_and_accepted(alice, article, at) -> None:
    page = mark(alice, article, "closed in 2011 after a storm", at=at)
    card = article.suggestions.get(title="closed in 2011 after a storm")
    assert page.url.endswith(f"?at={card.pk}&edit=1#s{card.pk}")
    assert article.body[card.start : card.end] == card.exact
    assert (card.edtf, card.status, card.suffix[:8]) == ("2011", "occurred", " damaged")
    decide(alice, card, "accept")
    assert article.reports.get(event__title=card.title).exact == card.exact


def test_a_day_ahead_is_a_plan(alice, article) -> None:
    mark(alice, article, "visit Elmsport again in July")
    card = article.suggestions.get(title="visit Elmsport again in July")
    assert (card.edtf, card.status, card.stance) == ("2018-07", "planned", "expects")


def test_words_become_a_quote_without_its_marks(alice, article) -> None:
    mark(alice, article, '"We will sail again', "quote")
    card = article.suggestions.filter(type="quote").latest("pk")
    assert card.text == "We will sail again"
    decide(alice, card, "accept")
    assert article.quotes.get().attribution == "not named"


def test_offsets_are_code_points_whatever_the_words_are(alice) -> None:
    body = "🚢🚢 김 met Vale.\n\nThe 𝒻erry sailed to Ölport on Monday."
    article = make.article("2018-05-16", body=body)
    mark(alice, article, "𝒻erry sailed to Ölport")
    card = article.suggestions.get()
    assert body[card.start : card.end] == "𝒻erry sailed to Ölport"


def test_a_selection_over_two_paragraphs_is_one_card(alice, article) -> None:
    mark(alice, article, 'officials said.\n\n"We will sail')
    card = article.suggestions.latest("pk")
    assert card.exact == 'officials said.\n\n"We will sail'
    assert card.title == 'officials said. "We will sail'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Select words in the text"),
        ("   ", "Select words in the text"),
        ("words of another text", "The text has no such words"),
        ("Elmsport", "times in the text: take more"),
        ("x" * 5001, "too many words for one card"),
    ],
)
def test_what_cannot_be_marked_is_said_beside_the_field(alice, article, words, said) -> None:
    page = mark(alice, article, words, at=False)
    assert page.status_code == 400
    assert said in words_of(page)
    assert article.suggestions.count() == 3


def test_a_place_that_does_not_hold_the_words_is_not_believed(alice, article) -> None:
    mark(alice, article, "The line was closed in 2011", start=0, end=9)
    card = article.suggestions.get(title="The line was closed in 2011")
    assert article.body[card.start : card.end] == "The line was closed in 2011"


def test_the_same_words_are_marked_once(alice, article) -> None:
    for _ in range(2):
        page = mark(alice, article, SAIL)
    card = article.suggestions.get(title=SAIL)
    assert page.url.endswith(f"?at={card.pk}#s{card.pk}")


def test_what_was_marked_is_undone(alice, article) -> None:
    mark(alice, article, SAIL)
    assert Decision.objects.get().kind == "add"
    alice.post(desk(article), {"do": "undo"})
    assert not Suggestion.objects.filter(title=SAIL).exists()


def test_htmx_loads_the_page_anew_where_the_card_of_an_undone_mark_is_gone(alice, article) -> None:
    mark(alice, article, SAIL)
    page = alice.post(desk(article), {"do": "undo"}, headers={"HX-Request": "true"})
    assert page.headers["HX-Redirect"] == desk(article)


def test_who_may_not_decide_marks_nothing(client, article) -> None:
    assert mark(onlooker(client), article, SAIL).status_code == 403
    assert suggest(article, SAIL, title="x").pk  # the words are there
