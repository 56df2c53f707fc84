"""The quote and the event of one sentence name the same person, whatever pronoun stands there."""

from datetime import date

import pytest

from timeline.extraction import extract

WEDNESDAY = date(2018, 3, 28)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Ann Lee met Tor Berg on Monday. She said the port “is shut”.", "Ann Lee"),
        ("Ann Lee met Tor Berg on Monday.\n\nShe said the port “is shut”.", "Ann Lee"),
        (
            "Tor Berg resigned on Monday after a row with Ann Lee. “I am tired,” he said.",
            "Tor Berg",
        ),
        ("Peter Berg beat Mary Lee on Sunday. She called the vote “unfair” on Monday.", "Mary Lee"),
        ("The bank fired Ann Lee on Monday. “I was surprised,” she said on Tuesday.", "Ann Lee"),
        ("Mary Lee left Lima on Monday. Peter Berg stayed. He called it “a pity”.", "Peter Berg"),
    ],
)
def test_a_quote_and_the_event_of_its_sentence_name_one_person(text, actor):
    found = extract(text, WEDNESDAY)
    quote = found.quotes[-1]
    events = [e for e in found.events if e.trigger.start == quote.cue.start]
    assert quote.actor == actor
    assert all(event.actors == (actor,) for event in events)
