"""Names that the caller knows: those of its records, in any script."""

import datetime as dt

import pytest

from timeline.extraction import Event, Extraction, extract

KNOWN = {
    "Nora Vale": ("Nora Vale", "person"),
    "베일": ("Nora Vale", "person"),
    "Нора Вейл": ("Nora Vale", "person"),
    "Iron Pilot": ("Nora Vale", "person"),
    "Norlak": ("Norlak Mining", "organisation"),
    "Old Quay Hall": ("Harbour Hall", "place"),
    "Beijing": ("The city of Beijing", "organisation"),
    "Vale": ("Somebody Else", "person"),
    "pilot": ("Nora Vale", "person"),
}


def read(text: str, known: dict | None = None) -> Extraction:
    return extract(text, dt.date(2018, 3, 28), "", KNOWN if known is None else known)


def only_event(text: str, known: dict | None = None) -> Event:
    events = read(text, known).events
    assert len(events) == 1
    return events[0]


@pytest.mark.parametrize("name", ["베일", "Нора Вейл", "Iron Pilot", "Nora Vale"])
def test_an_alias_in_any_script_is_its_bearer(name: str) -> None:
    event = only_event(f"{name} visited Beijing on Monday.")
    assert event.actors == ("Nora Vale",)
    assert event.title == "Nora Vale visits Beijing"


def test_it_keeps_its_title_its_quotes_and_its_s() -> None:
    said = extract(
        "“We will sail,” Minister Iron Pilot said on Monday.", dt.date(2018, 3, 28), "", KNOWN
    )
    assert [quote.actor for quote in said.quotes] == ["Nora Vale"]
    event = only_event("Iron Pilot's plane landed in Beijing on Monday.")
    assert "Nora Vale" in event.title


def test_a_place_is_called_as_its_record_is() -> None:
    assert only_event("Piet Strand visited Old Quay Hall on Monday.").place == "Harbour Hall"


def test_one_word_is_its_bearer_unless_the_article_names_another_by_it() -> None:
    assert only_event("Norlak sold its mine on Monday.").actors == ("Norlak Mining",)
    events = read("Tom Vale arrived on Monday. Vale met Piet Strand on Tuesday.").events
    assert all("Somebody Else" not in event.actors for event in events)
    assert any("Tom Vale" in event.actors for event in events)


def test_what_the_lexicon_knows_stays_and_words_in_small_letters_are_no_names() -> None:
    event = only_event("The pilot Piet Strand visited Beijing on Monday.")
    assert event.place == "Beijing"
    assert event.actors == ("Piet Strand",)


def test_a_part_of_a_word_or_of_a_longer_name_is_none() -> None:
    known = {"Iron Pilot": ("Nora Vale", "person"), "Ann Lee": ("Nora Vale", "person")}
    event = only_event("Iron Pilots visited Beijing on Monday.", known)
    assert "Nora Vale" not in event.actors
    event = only_event("The Ann Lee University opened a school on Monday.", known)
    assert "Nora Vale" not in event.actors


@pytest.mark.parametrize("name", ["", " ", "\ud800", "(", "[a-z]"])
def test_a_name_that_is_none_changes_nothing(name: str) -> None:
    text = "Piet Strand (left) visited Beijing on Monday \ud800."
    assert read(text, {name: ("Nora Vale", "person")}) == read(text, {})
