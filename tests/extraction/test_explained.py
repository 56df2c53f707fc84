"""From a wrong title to the module that made it: what is decided of a text, with the reasons."""

import pytest

from tests.extraction.reading import WEDNESDAY
from timeline.extraction import extract


def reason(text: str, of: str, trigger: str) -> str:
    """The rule by which one thing was decided of the event that a word names."""
    (event,) = [e for e in extract(text, WEDNESDAY).events if e.trigger.text == trigger]
    return next(decision.rule for decision in event.decisions if decision.of == of)


@pytest.mark.parametrize(
    ("text", "cut", "rule"),
    [
        (
            "Boston (AP) – Tor Berg resigned on Monday.",
            "Boston (AP) –",
            "datelines: place, agency",
        ),
        (
            "OSLO, March 27 (NTB) – Lee left.",
            "OSLO, March 27 (NTB) –",
            "datelines: place, day, agency",
        ),
        (
            "Boston (Harbour Wire) – Tor Berg resigned on Monday.",
            "",
            "datelines: no form of one begins a sentence",
        ),
    ],
)
def test_a_text_tells_which_dateline_was_cut_off_or_that_none_was(text, cut, rule):
    decision = next(d for d in extract(text, WEDNESDAY).decisions if d.of == "dateline")
    assert (decision.value, decision.rule) == (cut, rule)
    assert all(text[span.start : span.end].rstrip() == cut for span in decision.spans)


@pytest.mark.parametrize(
    ("text", "trigger", "rule"),
    [
        ("The pier closed on Monday.", "closed", "arguments: subject; no name known (names)"),
        (
            "Lima opened a yard on Monday.",
            "opened",
            "arguments: subject; a place by gazetteer: a known name",
        ),
        (
            "Rain fell. It closed the pier on Monday.",
            "closed",
            "arguments: subject, a pronoun; nobody meant (coreference)",
        ),
    ],
)
def test_where_nobody_acts_the_reason_names_the_layer_that_knows_nobody(text, trigger, rule):
    assert reason(text, "agents", trigger) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The WHO closed a ward on Monday.", "World Health Organization: gazetteer: a known name"),
        ("Mayor Tor Berg closed it on Monday.", "Tor Berg: recognition: its title"),
        ("Quil Tarn closed it on Monday.", "Quil Tarn: recognition: two or three capitals"),
        ("The firm Norlak closed it on Monday.", "Norlak: recognition: “firm” before it"),
        (
            "Norlak closed it on Monday.",
            "Norlak: pipeline: an unknown word begins the sentence as its subject",
        ),
        (
            "Robin Hale came. On Monday Hale closed it.",
            "Robin Hale: recognition: a capital alone, aliases: named elsewhere",
        ),
        ("Ann Lee came. On Monday she closed it.", "Ann Lee: coreference"),
    ],
)
def test_who_takes_part_is_told_with_the_layer_that_named_them(text, rule):
    assert reason(text, "actors", "closed") == f"arguments: {rule}"
