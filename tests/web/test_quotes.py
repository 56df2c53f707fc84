"""Quotes: who said what, by speaker, outlet and words."""

import re

import pytest

from tests import factories as make
from timeline.models import Article

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour_quotes() -> None:
    """Alice in Harbour News in March and May, Bob in the Tide in July, and one on a draft."""
    opening = make.event()
    tide = make.outlet("The Tide")
    march, may = make.article("2018-03-02"), make.article("2018-05-02")
    july = make.article("2018-07-02", outlet=tide)
    make.quote("We want peace at sea", march, make.actor("Alice"), opening)
    make.quote("Peace takes time", may, make.actor("Alice"), opening)
    make.quote("The sea is calm", july, make.actor("Bob"), opening)
    make.quote("Keep this quiet", july, make.actor("Bob"), make.event("Draft", published=False))


def said(client, query: str = "", **headers: str) -> list[str]:
    found = client.get("/quotes/" + query, headers=headers).content.decode()
    return [
        re.sub(r"<[^>]+>", "", words)
        for words in re.findall(r"<blockquote><p>“(.*?)”</p>", found, re.DOTALL)
    ]


def test_quotes_stand_in_order_of_publication_and_drafts_stay_hidden(client, harbour_quotes):
    assert said(client) == ["We want peace at sea", "Peace takes time", "The sea is calm"]


def test_quotes_are_filtered_by_speaker_outlet_and_words(client, harbour_quotes):
    assert said(client, "?speaker=alice") == ["We want peace at sea", "Peace takes time"]
    assert said(client, "?outlet=the-tide") == ["The sea is calm"]
    assert said(client, "?q=sea+peace") == ["We want peace at sea"]
    assert said(client, "?speaker=bob&q=peace") == []


def test_the_words_that_were_searched_for_are_marked(client, harbour_quotes):
    found = client.get("/quotes/?q=calm").content.decode()
    assert '“The sea is <em class="topic">calm</em>”' in found


def test_a_partial_quote_has_ellipses_and_a_tag(client, harbour_quotes):
    make.Quote.objects.filter(text="The sea is calm").update(is_partial=True)
    found = client.get("/quotes/?speaker=bob").content.decode()
    assert "“…The sea is calm…”" in found
    assert "partial quote" in found


def test_as_known_on_a_day_later_words_and_speakers_are_missing(client, harbour_quotes):
    assert said(client, "?known=2018-05-02") == ["We want peace at sea", "Peace takes time"]
    found = client.get("/quotes/?known=2018-05-02").content.decode()
    assert "Bob" not in found
    assert "The Tide" not in found


def test_htmx_gets_the_fragment(client, harbour_quotes):
    found = client.get("/quotes/", headers={"HX-Request": "true"}).content.decode()
    assert found.lstrip().startswith('<div id="view"')
    assert "<html" not in found


def test_htmx_is_told_the_address_without_empty_parameters(client, harbour_quotes):
    response = client.get("/quotes/?q=&speaker=alice&outlet=", headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == "/quotes/?speaker=alice"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("speaker=nobody", "There is no speaker “nobody” here"),
        ("outlet=none", "There is no outlet “none” here"),
        ("q=" + "x" * 10_000, "This is too long"),
        ("q=a%00b", "This holds a character that cannot be searched for"),
        ("page=-1", "“-1” is not a page number"),
        ("known=soon", "“soon” is not a day"),
    ],
    ids=["speaker", "outlet", "long", "nul", "page", "known"],
)
def test_what_cannot_be_read_is_said_in_place_of_quotes(client, harbour_quotes, query, sentence):
    response = client.get("/quotes/?" + query)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert said(client, "?" + query) == []


def test_quotes_come_in_pages_and_a_fixed_number_of_queries(
    client, harbour_quotes, django_assert_num_queries
):
    with django_assert_num_queries(7):
        client.get("/quotes/?speaker=alice")
    opening = make.Event.objects.get(slug="harbour-opening")
    paper = make.article("2018-08-01")
    for number in range(40):
        make.quote(f"Words {number}", paper, make.actor("Alice"), opening)
    with django_assert_num_queries(7):
        assert len(said(client, "?speaker=alice")) == 20
    assert "Words 39" in said(client, "?speaker=alice&page=3")


@pytest.mark.parametrize("url", ["https://harbour.example/told", ""])
def test_a_quote_of_an_article_that_has_no_public_page_cites_the_original(client, url):
    paper = make.article("2018-05-16")
    Article.objects.filter(pk=paper.pk).update(url=url)
    event = make.event("Opening")
    make.quote("We sail", paper, make.actor("Nora"), event)
    for address in ("/quotes/", event.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "We sail" in page
        assert f"<cite>{paper.citation}</cite>" in page
        assert paper.get_absolute_url() not in page
        assert (f'<a href="{url}" rel=' in page) is bool(url)
    assert client.get(paper.get_absolute_url()).status_code == 404
