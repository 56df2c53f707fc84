"""A title that names nobody bears the name of the body or country that its article is about."""

from datetime import date

import pytest

from timeline.extraction import extract

PUBLISHED = date(2018, 5, 17)


def titles(text: str, headline: str = "") -> list[str]:
    return [event.title for event in extract(text, PUBLISHED, headline).events]


MORE = "The Elmsport Ferry Company says that the Elmsport Ferry Company will pay."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The pier collapsed on Tuesday.", "Pier collapses (Elmsport Ferry Company)"),
        ("Dozens of workers quit on Monday.", "Dozens of workers quit (Elmsport Ferry Company)"),
        ("Nora Vale resigned on Tuesday.", "Nora Vale resigns"),
        ("The Elmsport Ferry Company closed its office on Tuesday.",
         "Elmsport Ferry Company closes its office"),
        ("Talks in France ended on Tuesday.", "Talks in France end"),
        ("A trial will begin in the Royal Courts on Friday.",
         "Trial to begin in the Royal Courts (Elmsport Ferry Company)"),
        ("Men blocked the long road from the northern harbour to the southern valley on Friday.",
         "Men block the long road from the northern harbour to the southern valley"),
    ],
)  # fmt: skip
def test_a_title_without_a_name_says_whose_story_it_belongs_to(text: str, title: str) -> None:
    assert title in titles(f"{text} {MORE}", "Elmsport Ferry Company under fire")


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Nora Vale under fire", "The pier collapsed on Tuesday. Nora Vale wept. Nora Vale left."),
        ("A pier is gone", "The pier collapsed on Tuesday. Many wept."),
        ("Elmsport Ferry Company under fire", "The pier collapsed on Tuesday."),
    ],
    ids=["a person", "nobody", "a name that the article does not tell"],
)
def test_no_name_is_put_behind_a_title_that_might_not_be_its_story(
    headline: str, text: str
) -> None:
    assert "Pier collapses" in titles(text, headline)


def test_the_first_sentence_tells_the_story_where_the_headline_does_not() -> None:
    text = "The Elmsport Ferry Company is in trouble. The pier collapsed on Tuesday. "
    assert "Pier collapses (Elmsport Ferry Company)" in titles(text + MORE, "A bad week")


def test_the_agency_of_a_dateline_is_no_story() -> None:
    text = "ELMSPORT, May 17 (Reuters) -- The pier collapsed on Tuesday, Reuters learned."
    assert not any("(" in title for title in titles(text, "A bad week"))


def test_the_title_tells_its_rule_and_its_words() -> None:
    text = f"The pier collapsed on Tuesday. {MORE}"
    event = next(
        event
        for event in extract(text, PUBLISHED, "Elmsport Ferry Company under fire").events
        if event.title.startswith("Pier")
    )
    title = [one for one in event.decisions if one.of == "title"][-1]
    assert title.rule == "story names: nobody is named, the headline's is put behind"
    assert [words for words, _, _ in title.spans] == ["Elmsport Ferry Company"]
