"""Pages in any encoding, language and size, and such as no newspaper makes."""

import pytest

from tests.extraction.test_pages import LINKED, STATED, THIRD, page
from timeline.extraction import read_article
from timeline.extraction.pages.article import MAX_TEXT, UnreadableError
from timeline.extraction.pages.html_page import MAX_ELEMENTS


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Fähre läuft wieder aus\n\n6 May 2019\n\nDie Fähre läuft für die Gäste aus.", "cp1252"),
        ("다리 폐쇄 결정\n\n2019.05.06\n\n의회는 월요일에 다리를 폐쇄하기로 결정했다.", "cp949"),
        ("Мост закрыт до июня\n\n06.05.2019\n\nСовет решил закрыть мост до июня.", "cp1251"),
        ("Council closes the bridge\n\n6 May 2019\n\nIt voted.", "utf-16-le"),
        ("Council closes the bridge\n\n6 May 2019\n\nThe mayor’s vote.", "cp1252"),
    ],
)
def test_a_text_that_declares_no_encoding_is_read_in_its_own(text, encoding):
    assert read_article(text.encode(encoding)) == read_article(text)


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "euc-kr", "utf-8"])
def test_a_page_is_read_in_the_encoding_that_it_declares(declared):
    word = "다리" if declared == "euc-kr" else "Mühlbrücke"
    text = page(f'<meta charset="{declared}">', "<p>6 May 2019</p>").replace("quarry", word)
    article = read_article(text.encode({"euc-kr": "cp949"}.get(declared, declared), "replace"))
    assert word in article.body


def test_text_that_was_garbled_before_is_told():
    text = "The cafÃ© of the cafÃ© and the cafÃ© closed."
    (warning,) = read_article(f"Bridge closed\n\n6 May 2019\n\n{text}").warnings
    assert "garbled" in warning


def test_a_language_that_is_not_read_is_named():
    body = (
        "La reunión se celebrará el 18 de mayo, dijo el ministro, y la ciudad espera que el puente"
    )
    article = read_article(f"El puente se cierra\n\n28/03/2018\n\n{body}.")
    assert not article.is_read
    assert article.warnings[0].startswith("Dateline does not read Spanish:")


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>" + "<div>" * 100_000 + "deep",
        "<html><body><p>" + "<b>" * 100_000 + "deep",
        "<html>" + "&amp;" * 100_000,
        "<html>" + "<" * 100_000,
        "<!DOCTYPE html [<!ENTITY a 'b'><!ENTITY c SYSTEM 'file:///etc/hostname'>]><p>&a;&c;</p>",
        "<html>\0\0\0<p>\0</p>",
        "<html><head><script type='application/ld+json'>" + "[" * 100_000 + "</script></head>",
        '<html><head><link rel="canonical" href="http://[::1"></head><body><h1>x</h1></body>',
        "<!DOCTYPE html>",
    ],
    ids=["divs", "spans", "entities", "brackets", "external", "nul", "json", "address", "empty"],
)
def test_hostile_markup_is_refused_in_one_sentence(text):
    with pytest.raises(UnreadableError) as refusal:
        read_article(text)
    assert str(refusal.value).endswith(".")


def test_what_no_database_takes_is_left_out_of_what_a_page_states():
    linked = LINKED.replace("Jo Doe", "Jo\\u0000 \\ud800Doe")
    article = read_article(STATED.replace(LINKED, linked))
    assert article.byline == "Jo Doe and An Other"


def test_a_page_of_very_many_elements_is_read_by_its_lines():
    many = "<i>x</i>" * (MAX_ELEMENTS + 1)
    article = read_article(page(body=f"<p>27 March 2018</p><nav>{many}</nav>"))
    assert article.headline == "Council closes the old bridge"
    assert article.body.endswith(THIRD)


def test_a_text_of_more_than_an_article_is_refused():
    with pytest.raises(UnreadableError, match="too long"):
        read_article("Bridge closed\n\n6 May 2019\n\n" + "It voted. " * (MAX_TEXT // 9))
