"""Statuses: what is only possible, and what has not happened and is no event."""

import pytest

from tests.extraction.reading import WEDNESDAY, candidates, find_events


def told(text: str) -> list[tuple[str, str]]:
    """(title, status) of the events of a text."""
    return [(event.title, event.status) for event in find_events(text, WEDNESDAY)]


@pytest.mark.parametrize(
    "text",
    [
        "The pact was not signed on Monday.",
        "The pact was never signed.",
        "The pact will not be signed on Friday.",
        "No pact was signed on Monday.",
        "Norlak has yet to sign the pact.",
        "Anna Berg did not agree to visit Peru in May.",
        "Anna Berg would have met Pablo Ruiz on Monday.",
        "Anna Berg should have resigned in 2015.",
        "If the talks had failed in 2015, Norlak would have closed the yard.",
        "Reports that Tor Lie resigned on Monday were denied.",
        "Rumours that Tor Lie resigned on Monday are false.",
    ],
)
def test_what_has_not_happened_is_no_event(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Norlak failed to sign the pact in May.", "Norlak fails to sign the pact"),
        ("Tor Lie refused to resign on Monday.", "Tor Lie refuses to resign"),
        ("Norlak ruled out closing the yard in May.", "Norlak rules out closing the yard"),
        ("Norlak denied reports that it sold the yard on Monday.", "Norlak denies reports"),
        ("Norlak denied that Tor Lie resigned on Monday.", "Norlak denies Tor Lie resigned"),
        (
            "Tor Lie denied on Monday that he had met Pablo Ruiz in 2015.",
            "Tor Lie denies he had met Pablo Ruiz",
        ),
    ],
)
def test_a_denial_or_refusal_is_an_event_and_what_is_denied_is_none(text, title):
    assert told(text) == [(title, "occurred")]


def test_who_stayed_away_from_a_meeting_takes_no_part_in_it():
    text = "Anna Berg did not attend the summit in Oslo on Monday."
    (event,) = find_events(text, WEDNESDAY)
    assert (event.title, event.actors) == ("Summit in Oslo", ())
    assert told("Nobody attended the hearing on Monday.") == [("Hearing", "occurred")]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Norlak hired 40 people in May to meet demand.", ["Norlak hires 40 people"]),
        ("The bank closed on Monday to cut costs.", ["Bank closes"]),
        ("Police cleared the square after a riot.", ["Police clear the square after a riot"]),
        ("Did the talks in Lima end on Monday?", []),
        ("If the port closed in May, prices rose.", ["Prices rise"]),
    ],
)
def test_a_purpose_a_question_and_a_condition_are_no_events(text, titles):
    assert [event.title for event in find_events(text, WEDNESDAY)] == titles


def test_a_meeting_that_is_not_held_is_cancelled():
    assert told("The summit will not take place in May.") == [("Summit cancelled", "cancelled")]


def test_not_only_denies_nothing():
    text = "Anna Berg not only visited Lima on Monday but met Pablo Ruiz."
    assert ("Anna Berg visits Lima", "occurred") in told(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The storm could hit the coast on Friday.", "Storm could hit the coast"),
        ("The yard could be closed on Friday.", "Yard could be closed"),
        ("The pact might be signed on Friday.", "Pact may be signed"),
        ("The summit could be cancelled in May.", "Summit could be cancelled"),
        ("Tor Lie should resign on Friday.", "Tor Lie should resign"),
        ("Norlak hopes to close the yard on Friday.", "Norlak may close the yard"),
        ("Anna Berg hopes that the pact will be signed on Friday.", "Pact may be signed"),
        ("Anna Berg may have met Pablo Ruiz on Monday.", "Anna Berg may have met Pablo Ruiz"),
        ("Anna Berg must have left on Monday.", "Anna Berg must have left"),
        ("Tor Lie reportedly resigned on Monday.", "Tor Lie may have resigned"),
        ("Tor Lie is rumoured to have resigned on Monday.", "Tor Lie may have resigned"),
    ],
)
def test_what_may_come_or_may_have_been_is_possible(text, title):
    assert told(text) == [(title, "possible")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Norlak plans to close the yard on Friday.", "Norlak to close the yard"),
        ("Norlak agreed to close the yard on Friday.", "Norlak to close the yard"),
        ("The court is to rule on Friday.", "Court to rule"),
        ("Anna Berg is due to visit Lima on Friday.", "Anna Berg to visit Lima"),
    ],
)
def test_who_plans_a_deed_is_named_in_its_title(text, title):
    assert told(text) == [(title, "planned")]


def test_what_is_vowed_or_threatened_is_planned_for_the_day_that_follows_it():
    text = "The union threatened to strike on Friday."
    assert [(m.span.exact, m.status, m.time is not None) for m in candidates(text)] == [
        ("threatened", "occurred", False),
        ("strike", "planned", True),
    ]


def test_a_noun_and_the_verb_that_tells_of_it_are_one_event():
    assert told("The strike, which would be the first since 1987, could begin on Friday.") == [
        ("Strike could begin", "possible")
    ]
    assert told("An earthquake shook Lima on Monday.") == [("Earthquake shakes Lima", "occurred")]


def test_what_somebody_said_would_come_is_planned_behind_other_words_too():
    assert ("Day of mourning to be declared", "planned") in told(
        "Her office said on Monday that a day of mourning would be declared in May."
    )


def test_what_was_to_come_is_a_plan():
    assert told("The ship was to arrive in June 2018.") == [("Ship to arrive", "planned")]
