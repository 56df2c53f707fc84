"""The quote and the event of one sentence name the same person, whatever pronoun stands there."""

from datetime import date

import pytest

from timeline.extraction import extract
from timeline.extraction.coreference import actors
from timeline.extraction.pipeline import read

WEDNESDAY = date(2018, 3, 28)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Ann Lee met Tor Berg on Monday. She said the port “is shut”.", "Ann Lee"),
        ("Ann Lee met Tor Berg on Monday.\n\nShe said the port “is shut”.", "Ann Lee"),
        (
            "Tor Berg resigned on Monday after a row with Ann Lee. He called the bank “a trap”.",
            "Tor Berg",
        ),
        ("Peter Berg beat Mary Lee on Sunday. She called the vote “unfair” on Monday.", "Mary Lee"),
        ("The bank fired Ann Lee on Monday. She called it “a surprise” on Tuesday.", "Ann Lee"),
        ("Mary Lee left Lima on Monday. Peter Berg stayed. He called it “a pity”.", "Peter Berg"),
        (
            "Senator Ann Lee left Lima on Monday. The senator called it “a pity” on Tuesday.",
            "Ann Lee",
        ),
        ("Norlak Bank closed on Monday. The bank called it “a pity” on Tuesday.", "Norlak Bank"),
        (
            "Norlak Group closed on Monday. It called the strike “a pity” on Tuesday.",
            "Norlak Group",
        ),
        (
            "Robin Hale resigned on Monday. His wife, Sasha Hale, left. She called it “a pity”.",
            "Sasha Hale",
        ),
        (
            "“Berg lied on Sunday,” Peter Lee said. He called the vote “unfair” on Monday.",
            "Peter Lee",
        ),
        ("Mr Hale met Sasha Lee on Monday. He called the talks “long” on Tuesday.", "Hale"),
        ("In a speech on her return, Ann Lee called the deal “unfair” on Monday.", "Ann Lee"),
    ],
)
def test_a_quote_and_the_event_of_its_sentence_name_one_person(text, actor):
    found = extract(text, WEDNESDAY)
    quote = found.quotes[-1]
    events = [e for e in found.events if e.trigger.start == quote.cue.start]
    assert quote.actor == actor
    assert [event.actors for event in events] == [(actor,)]


def test_a_first_person_in_a_quote_is_its_speaker():
    doc = read("“I resigned on Monday,” Ann Lee told reporters in Lima.", WEDNESDAY, last="quotes")
    (sentence,) = doc.sentences
    assert actors(sentence, sentence.tree.tokens[1]) == ("Ann Lee",)


@pytest.mark.parametrize(
    "verb",
    [
        "bought a yard",
        "opened a yard",
        "closed",
        "built a yard",
        "won",
        "left Lima",
        "raised prices",
    ],
)
def test_a_firm_that_begins_a_sentence_acts_whatever_it_does(verb):
    (event,) = extract(f"Norlak {verb} on Monday.", WEDNESDAY).events
    assert event.actors == ("Norlak",)


@pytest.mark.parametrize(
    "noun", ["Trading", "Rain", "Fighting", "Schools", "Inflation", "Monday", "May", "Christmas"]
)
def test_a_common_noun_that_begins_a_sentence_is_nobody(noun):
    for event in extract(f"{noun} stopped on Monday.", WEDNESDAY).events:
        assert event.actors == ()
