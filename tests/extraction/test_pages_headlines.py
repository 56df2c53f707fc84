"""Which line of a saved page is its headline, and which its site's name."""

import pytest

from tests.extraction.test_pages import FIRST, THIRD
from timeline.extraction import IncompleteError, Told, read_article

SITE = "The Norland Herald"
CLOSES = "Council closes the old bridge"


@pytest.mark.parametrize(
    "title", ["Ministers agree to reopen the line", "Rain", "Talks open in Oslo"]
)
@pytest.mark.parametrize(
    "first",
    [
        "“We will sail again!”",
        "Will the ferry sail again?",
        "Minister Vale said on Tuesday:",
        "Minister Vale met her colleague, ‘we will sail.’",
        "Minister Vale met her colleague and said: “We will sail.”",
        "Minister Vale met her colleague…",
        "Minister Vale met her colleague (again).",
        "Minister Vale, of all people,",
    ],
)
@pytest.mark.parametrize("label", ["h1", "og", "title alone"])
def test_the_first_paragraph_is_not_taken_for_the_headline(title, first, label):
    head = {"og": f'<meta property="og:title" content="{title}">'}.get(label, "")
    above = f"<h1>{title}</h1>" if label == "h1" else ""
    article = read_article(
        f"<html><head><title>{title}</title>{head}</head><body>{above}<p>27 March 2018</p>"
        f"<p>{first}</p><p>{FIRST}</p><p>{THIRD}</p></body></html>"
    )
    assert (article.headline, article.outlet) == (title, "NTB")
    assert FIRST in article.body


@pytest.mark.parametrize(
    "headline",
    ["Will the council close the bridge?", "The council: “The bridge is closed!”", CLOSES],
)
@pytest.mark.parametrize("tag", ["h2", "div", "b"])
def test_a_headline_below_a_title_that_is_the_sites_may_end_as_a_sentence_does(headline, tag):
    article = read_article(
        f"<html><head><title>{SITE}</title></head><body><{tag}>{headline}</{tag}>"
        f"<p>27 March 2018</p><p>{FIRST}</p><p>{THIRD}</p></body></html>"
    )
    assert (article.headline, article.outlet) == (headline, SITE)


@pytest.mark.parametrize(
    "first", ["The council closes it!", "Will the bridge be closed?", "“Closed”, says the council:"]
)
@pytest.mark.parametrize("tag", ["p", "p class=headline", "h2"])
@pytest.mark.parametrize("between", ["", "<p>By Jo Doe</p>"])
def test_a_paragraph_above_the_day_is_the_headline_of_a_page_without_another(first, tag, between):
    article = read_article(
        f"<html><head><title>{SITE}</title></head><body><{tag}>{first}</{tag.split()[0]}>{between}"
        f"<p>27 March 2018</p><p>{FIRST}</p><p>{THIRD}</p></body></html>"
    )
    assert (article.headline, article.outlet) == (first, SITE)


@pytest.mark.parametrize("line", ["<div>“The council closes it!”</div>",
                                  "<p>The council closes it</p>",
                                  "<div>The bridge of the council</div>"])  # fmt: skip
@pytest.mark.parametrize("is_above", [True, False], ids=["above the day", "below the day"])
def test_where_title_and_first_line_share_no_word_the_headline_is_asked_for(line, is_above):
    day = "<p>27 March 2018</p>"
    text = (
        "<html><head><title>Talks open in Oslo</title></head><body>"
        f"{line + day if is_above else day + line}<p>{FIRST}</p><p>{THIRD}</p></body></html>"
    )
    with pytest.raises(IncompleteError, match="No headline stands above the text") as raised:
        read_article(text)
    assert raised.value.outlet != "Talks open in Oslo"
    told = read_article(text, told=Told(headline="Talks open in Oslo"))
    assert (told.headline, told.outlet) == ("Talks open in Oslo", "NTB")


def test_a_labelled_headline_comes_before_a_title_that_is_an_outlets_name():
    article = read_article(
        f"<html><head><title>{SITE}</title></head><body><div itemprop=headline>{CLOSES}</div>"
        f"<p>27 March 2018</p><p>Will it?</p><p>{FIRST}</p><p>{THIRD}</p></body></html>"
    )
    assert article.headline == CLOSES


def test_a_name_that_the_page_states_as_its_sites_is_no_headline():
    article = read_article(
        f'<html><head><title>{SITE}</title><meta property="og:site_name" content="{SITE}"></head>'
        f"<body><h1>{SITE}</h1><h2>{CLOSES}</h2><p>27 March 2018</p><p>{FIRST}</p><p>{THIRD}</p>"
    )
    assert (article.headline, article.outlet) == (CLOSES, SITE)


@pytest.mark.parametrize(
    "title",
    ["\u200b", "— — —", "16.05.2018", "May 16, 2018", "Wednesday, 16 May 2018", "27 mars 2018",
     "Published March 27, 2018", "2018-03-27", "10:30 a.m.", "* * *", "(LEAD) ...", "1 – 2",
     "- Harbour News", "| Harbour News", "· Harbour News", ":: Harbour News", "\xa0",
     "-Harbour News", "—Harbour News", "|Harbour News", "/ Harbour News", "·Harbour News",
     "::Harbour News", "Harbour News", "Harbour News | 16.05.2018", "Home | Harbour News",
     "Home – Harbour News", "Homepage", "Untitled", "Untitled Document", "\u3164\u3164",
     "\u115f\u1160", "\uffa0", "ª", "Harbour News – Home", "News - Harbour News", "Latest",
     "Welcome to Harbour News", "Page not found", ": Harbour News", "~ Harbour News",
     "404 Not Found", "Front Page | The Norland Post", "Top stories :: Harbour News",
     "Harbour News - Latest news", "Loading…", "Welcome to Harbour News | Home", "> Harbour News",
     "The Norland Post · World", "Home"],
)  # fmt: skip
def test_a_title_without_words_of_its_own_is_asked_for(title):
    body = f"<body><p>27 March 2018</p><p>{FIRST}</p><p>{THIRD}</p>"
    text = f"<html><head><title>{title}</title></head>{body}"
    with pytest.raises(IncompleteError, match="No headline stands above the text") as raised:
        read_article(text)
    assert raised.value.field == "headline"
    with pytest.raises(IncompleteError):
        read_article(text, told=Told(headline="\u200b"))
    with pytest.raises(IncompleteError):
        read_article(text, told=Told(headline="\u3164"))
    assert read_article(text, told=Told(headline="1984")).headline == "1984"


@pytest.mark.parametrize("title", ["May 16: Vale meets Strand", "Talks on 27 March 2018", "회담",
                                   "May to meet Strand", "US – China", "G7", "-30 in Oslo",
                                   "Home-grown ferries sail", "Untitled works by Vale sold",
                                   "Index of prices rises", "The End of Hard Times",
                                   "Home – a play by Vale – opens", "$ 5 million for ferries",
                                   "Home - the play opens in Elmsport", "Latest on the talks",
                                   "Document - leaked - sinks minister", "News of the talks",
                                   "Welcome to the new bridge", "The Price of a Free Press",
                                   "World – Cup ends in Elmsport"])  # fmt: skip
def test_a_title_with_a_date_among_its_words_is_a_headline(title):
    for heading in (f"<h1>{title}</h1>", ""):
        body = f"<body>{heading}<p>27 March 2018</p><p>{FIRST}</p><p>{THIRD}</p>"
        text = f"<html><head><title>{title}</title></head>{body}"
        assert read_article(text).headline == title


@pytest.mark.parametrize("title", ["Talks open in Oslo", "Rain", "Peace at last for neighbours"])
def test_a_title_that_shares_no_word_with_the_story_is_the_headline_all_the_same(title):
    body = f"<h1>{title}</h1><p>27 March 2018</p><p>{FIRST}</p><p>{THIRD}</p>"
    article = read_article(f"<html><head><title>{title}</title></head><body>{body}</body></html>")
    assert (article.headline, article.outlet) == (title, "NTB")
