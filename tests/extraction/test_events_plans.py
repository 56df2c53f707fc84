"""Plans: what becomes of them, when they are for, and what is told beside them."""

import pytest

from tests.extraction.reading import WEDNESDAY, candidates, dates, find_events


def told(text: str) -> list[tuple[str, str, str | None]]:
    """(trigger, status, date) of the events of a text."""
    found = find_events(text, WEDNESDAY)
    return [(event.trigger.text, event.status, event.edtf) for event in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A joint naval drill planned for August has been called off.",
            ("drill", "cancelled", "2018-08"),
        ),
        (
            "Anna Berg cancelled a trip to Lima that had been planned for Saturday.",
            ("trip", "cancelled", "2018-03-31"),
        ),
        (
            "Anna Berg is expected to hold another summit in Oslo later this year.",
            ("summit", "expected", "2018-03-28/2018-12-31"),
        ),
        (
            "Anna Berg had been scheduled to visit Lima in April, but the trip was put off.",
            ("visit", "postponed", "2018-04"),
        ),
        (
            "A meeting of Anna Berg with the harbour master Tor Lie, set for May, was called off.",
            ("meeting", "cancelled", "2018-05"),
        ),
        ("The meeting has been rescheduled for May 12.", ("meeting", "planned", "2018-05-12")),
        ("Norlak expects to carry 3 million people in 2020.", ("carry", "expected", "2020")),
        ("The schools have been closed until April 20.", ("closed", "ongoing", "2018-04-20")),
    ],
)
def test_a_plan_and_what_became_of_it_are_one_event(text, expected):
    assert told(text) == [expected]


def named(text: str) -> list[tuple[str, str, str | None]]:
    """(title, status, date) of the events of a text."""
    return [(event.title, event.status, event.edtf) for event in find_events(text, WEDNESDAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The fair, which was to start on April 7, was canceled.",
            ("Fair canceled", "cancelled", "2018-04-07"),
        ),
        (
            "A probe was to arrive in 2020 but was canceled in 2015.",
            ("Probe canceled", "cancelled", "2020"),
        ),
        (
            "A speech that Anna Berg was to make in Oslo this Saturday has been canceled.",
            ("Anna Berg’s speech in Oslo", "cancelled", "2018-03-31"),
        ),
        (
            "A claim by Tor Lie was due to be heard on Monday but has been adjourned.",
            ("Claim by Tor Lie adjourned", "postponed", "2018-04-02"),
        ),
        (
            "Anna Berg was expected to testify next Wednesday; that hearing has been delayed.",
            ("Hearing postponed", "postponed", "2018-04-04"),
        ),
        (
            "Anna Berg, who was to leave for Lima on Tuesday, has put off the trip.",
            ("Anna Berg to leave for Lima", "postponed", "2018-04-03"),
        ),
        (
            "A planned stop in Lima was dropped because of the heat.",
            ("Planned stop in Lima dropped because of the heat", "cancelled", None),
        ),
        (
            "Organisers scrapped the cruise planned for June 3.",
            ("Organisers scrap the cruise", "cancelled", "2018-06-03"),
        ),
        (
            "The wedding, due on Friday, was put back to next May.",
            ("Wedding postponed", "postponed", "2018-05"),
        ),
        (
            "Norlak had planned to sell its yard in May, but the sale fell through.",
            ("Norlak to sell its yard", "cancelled", "2018-05"),
        ),
        (
            "The album, which was to have been published in June, was delayed until May 2019.",
            ("Album delayed", "postponed", "2019-05"),
        ),
        (
            "A visit by Anna Berg to Lima, first scheduled for last June, was canceled.",
            ("Visit by Anna Berg to Lima", "cancelled", "2017-06"),
        ),
    ],
)
def test_what_became_of_a_plan_is_told_with_the_day_of_the_plan(text, expected):
    assert named(text) == [expected]


def test_a_plan_is_called_off_by_the_sentence_after_it():
    text = "Anna Berg had planned to fly to Lima on Friday. The trip has been {}."
    (event,) = find_events(text.format("put off until 18 April"), WEDNESDAY)
    assert (event.title, event.status, event.edtf) == (
        "Anna Berg to fly to Lima",
        "postponed",
        "2018-04-18",
    )
    assert (event.text, event.actors) == (
        "The trip has been put off until 18 April.",
        ("Anna Berg",),
    )
    assert named(text.format("called off")) == [
        ("Anna Berg to fly to Lima", "cancelled", "2018-03-30")
    ]


def test_what_is_called_off_beside_a_plan_is_not_that_plan():
    text = "Anna Berg will fly to Lima on Friday. The concert has been called off."
    assert ("Anna Berg to fly to Lima", "planned", "2018-03-30") in named(text)


def test_why_a_plan_was_put_off_happened_at_a_time_that_is_not_said():
    text = "The visit, planned for May, was postponed after a flood had killed 40 people."
    assert [(m.span.exact, m.status, m.edtf) for m in candidates(text)] == [
        ("visit", "postponed", "2018-05"),
        ("flood", "occurred", None),
    ]


def test_a_deed_joined_to_a_postponement_has_happened():
    text = "Anna Berg postponed her trip on Monday and flew to Lima on Tuesday."
    assert ("flew", "occurred", "2018-03-27") in told(text)


def test_a_season_is_no_fall():
    text = (
        "Anna Berg was to visit Lima in April, but the trip was put off; it is expected this fall."
    )
    found = find_events(text, WEDNESDAY)
    assert [(e.title, e.status, e.edtf) for e in found] == [
        ("Anna Berg to visit Lima", "postponed", "2018-04"),
        ("Trip expected", "expected", "2018-23"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote was planned for May, but it was put off.", ("vote", "postponed", "2018-05")),
        (
            "It is the first trial since the court was set up in 2009.",
            ("trial", "occurred", "2009"),
        ),
        ("The schools will stay shut until May.", ("shut", "planned", "2018-05")),
    ],
)
def test_small_words_tell_a_plan_from_what_is_done(text, expected):
    assert expected in told(text)


def test_who_is_jailed_for_a_deed_is_not_jailed_on_its_day():
    assert told("The mayor was jailed on Monday for taking bribes.") == [
        ("jailed", "occurred", "2018-03-26")
    ]


def test_a_clause_with_when_is_of_the_time_before_it():
    text = "The towns were calm until 1922, when Norlak banned imports of fish."
    assert ("banned", "occurred", "1922") in told(text)


def test_a_time_before_a_clause_with_when_is_not_of_what_is_told_before_it():
    text = "Ann Lee said the port had shut in 1952, when rain fell."
    dated = dates(text)
    assert (dated["shut"], dated["fell"]) == ("1952", "1952")
    assert dated["said"] != "1952"


def test_an_auxiliary_that_ends_a_clause_makes_no_tense_with_the_verb_behind_it():
    (angered,) = candidates("What the mayor does angered voters on Monday.")
    assert angered.shape == "past"


def test_what_is_put_between_commas_has_a_time_of_its_own():
    text = "Tor Lie, who joined Norlak in July, has now sold nine boats."
    assert ("joined", "2017-07") in [(m.span.exact, m.edtf) for m in candidates(text)]
    assert ("sold", "occurred", "2017-07") not in told(text)
    assert told("Tor Lie, who had left Lima, died on Sunday.") == [
        ("died", "occurred", "2018-03-25")
    ]
    assert told("Tor Lie, who led Norlak, died on Sunday.") == [("died", "occurred", "2018-03-25")]


def test_a_time_that_opens_a_sentence_holds_for_all_of_it():
    text = "In December 2004, a quake triggered a wave that killed ten people."
    assert {m.edtf for m in candidates(text) if m.span.exact in ("quake", "killed")} == {"2004-12"}


def test_a_plan_is_for_the_day_of_its_occasion():
    text = "Anna Berg is expected to speak at the meeting on May 8."
    assert ("speak", "expected", "2018-05-08") in told(text)


def test_a_promise_that_lasts_until_a_year_is_not_of_that_year():
    text = "Norlak has offered to keep the jobs until 2025."
    assert "2025" not in {e[2] for e in told(text)}


def test_what_a_preposition_parts_from_a_time_is_not_of_it():
    text = "Police arrested Tor Lie on Monday over the deaths of ten sailors in 2015."
    assert told(text) == [("arrested", "occurred", "2018-03-26"), ("deaths", "occurred", "2015")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board will meet on Thursday to dismiss him.", ("meet", "planned", "2018-03-29")),
        (
            "Peru reached an agreement on Friday to end the war.",
            ("agreement", "occurred", "2018-03-23"),
        ),
        ("The towns voted to leave in June 2016.", ("voted", "occurred", "2016-06")),
        (
            "A pact signed by Peru in 1994 collapsed in 1996 with a bang.",
            ("collapsed", "occurred", "1996"),
        ),
        ("Tor Lie, who wrote it, retires next month.", ("retires", "planned", "2018-04")),
        ("The vote will go ahead in May.", ("vote", "planned", "2018-05")),
    ],
)
def test_of_two_deeds_a_time_dates_the_one_it_is_said_of(text, expected):
    assert expected in told(text)


def test_what_somebody_does_at_any_time_is_no_event():
    assert told("Norlak Group makes sensors for wind farms.") == []
    assert told("Norlak Group opens a port on Friday.") != []


@pytest.mark.parametrize(
    "verb", ["scrapped", "axed", "ditched", "nixed", "scuttled", "binned", "aborted"]
)
@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg {} a summit with Pablo Ruiz on Tuesday.",
        "The summit was {} on Tuesday.",
        "A summit with Pablo Ruiz, {} on Tuesday, was dear.",
    ],
)
def test_what_is_done_away_with_did_not_take_place(text, verb):
    told = [e.status for e in find_events(text.format(verb)) if "summit" in e.title.lower()]
    assert "occurred" not in told
    assert "cancelled" in told or not told


def test_a_ship_that_is_scrapped_is_no_plan_called_off():
    assert [(e.title, e.status) for e in find_events("Norlak scrapped a ferry on Tuesday.")] == [
        ("Norlak scraps a ferry", "occurred")
    ]
