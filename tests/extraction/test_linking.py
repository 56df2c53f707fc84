"""Matching an article's event report to the events that are known."""

import re
from dataclasses import replace

import pytest

from timeline.extraction.lexicon import load
from timeline.extraction.linking import THRESHOLD, Sketch, rank

QUEEN, PRIME_MINISTER = "Queen Astrid", "Per Dahl"


def visit(number, edtf, key, **more):
    return Sketch(
        title=f"Queen Astrid's {number} visit to Iceland",
        edtf=edtf,
        kind="visit",
        actors=(QUEEN,),
        places=("Reykjavik", "Iceland"),
        key=key,
        **more,
    )


VISITS = [
    visit("first", "2001-06-03/2001-06-05", "first"),
    visit("second", "2004-08", "second"),
    visit("third", "2009-02-11", "third"),
    visit("fourth", "2012-01-07/2012-01-10", "fourth"),
]


def best(report, candidates, aliases=None):
    match = rank(report, candidates, aliases)[0]
    return match.candidate.key if match.score >= THRESHOLD else "new event"


def test_a_fourth_visit_is_a_report_of_the_visit_known_as_the_fourth():
    report = Sketch(
        title="Visit to Iceland",
        kind="visit",
        actors=(QUEEN,),
        places=("Iceland",),
        wordings=("voiced hopes that her fourth known visit to Iceland would help",),
    )
    match = rank(report, VISITS)[0]
    assert match.candidate.key == "fourth"
    assert match.score >= THRESHOLD
    assert "Both are called the fourth." in match.reasons


def test_the_number_that_both_are_called_is_named_where_one_is_called_another_too():
    report = Sketch(
        title="Visit to Iceland",
        kind="visit",
        actors=(QUEEN,),
        wordings=("her third visit to Iceland", "as on her fourth visit to Iceland"),
    )
    reasons = {match.candidate.key: match.reasons for match in rank(report, VISITS)}
    assert "Both are called the fourth." in reasons["fourth"]


def test_a_fifth_visit_is_a_new_event():
    report = Sketch(
        title="Queen Astrid's fifth visit to Iceland",
        edtf="2015-03-02",
        kind="visit",
        actors=(QUEEN,),
        places=("Iceland",),
    )
    assert best(report, VISITS) == "new event"


def test_the_same_number_tells_one_of_two_undated_visits():
    unnumbered = replace(VISITS[3], title="Queen Astrid's visit to Iceland", edtf="", key="other")
    numbered = replace(VISITS[3], edtf="")
    report = replace(unnumbered, wordings=("her fourth visit to Iceland",))
    first, second = rank(report, [unnumbered, numbered])
    assert first.candidate.key == "fourth"
    assert first.score > second.score + 0.1


def test_the_number_of_a_summit_does_not_number_the_visit_in_the_same_words():
    trip = Sketch(
        title="Queen Astrid's trip to Oslo",
        edtf="2012-09-19/2012-12-31",
        kind="visit",
        status="planned",
        actors=(QUEEN, PRIME_MINISTER),
        wordings=("to come to Oslo for a fourth summit within the year",),
        key="trip",
    )
    report = replace(
        trip, title="", edtf="2012-12-30/..", wordings=("which they agreed at their third summit",)
    )
    assert best(report, [trip]) == "trip"


def test_a_month_agrees_with_a_day_in_it_and_not_with_a_day_outside():
    report = visit("", "2009-02", None)
    inside, outside = visit("", "2009-02-11", "inside"), visit("", "2009-04-11", "outside")
    assert best(report, [outside, inside]) == "inside"
    assert best(report, [outside]) == "new event"


def test_the_more_exact_the_date_the_stronger_the_match():
    scores = [
        rank(visit("", "2009-02-11", None), [visit("", edtf, "known")])[0].score
        for edtf in ("2009-02-11", "2009-02", "2009", "2009-01-01/..")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_an_approximate_day_agrees_with_a_day_some_days_off():
    assert best(visit("", "2009-02-14", None), [visit("", "2009-02-11~", "known")]) == "known"
    assert best(visit("", "2009-02-24", None), [visit("", "2009-02-11~", "known")]) == "new event"


def test_two_approximate_days_do_not_add_up_their_doubt():
    near, far = visit("", "2009-02-16~", None), visit("", "2009-02-22~", None)
    assert best(near, [visit("", "2009-02-11~", "known")]) == "known"
    assert best(far, [visit("", "2009-02-11~", "known")]) == "new event"


def test_the_date_of_a_plan_may_move_and_that_of_the_past_may_not():
    plan = Sketch(
        title="Astrid–Dahl summit",
        edtf="2012-05",
        kind="summit",
        status="planned",
        actors=(QUEEN, PRIME_MINISTER),
        key="summit",
    )
    moved = replace(plan, edtf="2012-06-12", wordings=("the summit, now set for June 12",))
    assert best(moved, [plan]) == "summit"
    assert best(moved, [replace(plan, status="occurred")]) == "new event"


def test_a_report_without_a_date_finds_the_only_event_of_its_kind_and_actors():
    known = Sketch(
        title="Dam talks", edtf="2012-05-02", kind="talks", actors=(QUEEN, "Ola Lie"), key=1
    )
    other = Sketch(title="Port opens", edtf="2012-05-02", kind="other", actors=("Ola Lie",), key=2)
    report = Sketch(title="Talks on the dam", kind="talks", actors=(QUEEN, "Ola Lie"))
    assert best(report, [other, known]) == 1


def test_the_same_day_and_kind_with_other_people_is_another_event():
    known = Sketch(
        title="Talks", edtf="2012-05-02", kind="talks", actors=("Ola Lie", "Bo Ek"), key=1
    )
    report = replace(known, actors=(QUEEN, PRIME_MINISTER))
    assert best(report, [known]) == "new event"


def test_astrid_and_dahl_do_not_meet_when_astrid_and_lie_do():
    known = Sketch("Summit", "2012-05", "summit", actors=(QUEEN, PRIME_MINISTER), key=1)
    alone = replace(known, actors=(QUEEN,))
    other = replace(known, actors=(QUEEN, "Ola Lie"))
    assert rank(alone, [known])[0].score > rank(other, [known])[0].score + 0.2


def test_a_visit_to_another_country_is_another_visit():
    report = Sketch(
        title="Visit", edtf="2009-02-11", kind="visit", actors=(QUEEN,), places=("Peru",)
    )
    assert best(report, [VISITS[2]]) == "new event"


def test_another_spelling_of_a_name_is_the_same_actor():
    report = replace(VISITS[2], actors=("Astrid of Norway",))
    assert best(report, [VISITS[2]], {"astrid of norway": QUEEN}) == "third"
    with_alias = rank(report, [VISITS[2]], {"astrid of norway": QUEEN})[0].score
    assert with_alias > rank(report, [VISITS[2]])[0].score


def test_rare_words_tell_two_events_of_one_day_apart():
    letter = Sketch(
        "Open letter on whaling", "2012-05-02", "statement", actors=(QUEEN,), key="letter"
    )
    toast = Sketch("Toast at the harbour", "2012-05-02", "statement", actors=(QUEEN,), key="toast")
    report = Sketch(
        "", "2012-05-02", "statement", actors=(QUEEN,), wordings=("wrote of whaling on Wednesday",)
    )
    assert best(report, [toast, letter]) == "letter"


def test_a_name_is_weighed_as_an_actor_and_not_as_a_word():
    known = Sketch("Solberg speaks", "2012-05-02", "speech", actors=("Ingrid Solberg",), key=1)
    report = replace(known, title="Speech of Solberg")
    assert not any("Both say" in reason for reason in rank(report, [known])[0].reasons)
    unnamed = rank(replace(report, actors=()), [replace(known, actors=())])[0]
    assert "Both say “solberg”." in unnamed.reasons


def test_every_candidate_is_ranked_with_a_score_between_0_and_1_and_full_sentences():
    matches = rank(VISITS[3], VISITS)
    assert sorted(match.candidate.key for match in matches) == [
        "first",
        "fourth",
        "second",
        "third",
    ]
    assert [match.score for match in matches] == sorted(
        (match.score for match in matches), reverse=True
    )
    for match in matches:
        assert 0 <= match.score <= 1
        assert match.reasons
        assert all(re.fullmatch(r"[A-Z0-9“].*\.", reason) for reason in match.reasons)


def test_the_reasons_name_what_agrees_and_what_does_not():
    reasons = rank(visit("fourth", "2012-01-10", None), VISITS)[0].reasons
    assert "10 January 2012 agrees with 7–10 January 2012." in reasons
    assert "Both name Queen Astrid." in reasons
    assert "Same place: Iceland and Reykjavik." in reasons
    worst = rank(visit("fourth", "2012-01-10", None), VISITS[:1])[0].reasons
    assert worst[0] == "10 January 2012 is not 3–5 June 2001."


def test_nothing_known_gives_no_match():
    assert rank(VISITS[0], []) == []


@pytest.mark.parametrize("entry", load("linking")["ordinal"], ids=lambda entry: entry["example"])
def test_every_ordinal_of_the_lexicon_numbers_its_example(entry):
    for table in load("linking")["family"]:
        for kind in table["kinds"]:
            report = Sketch(title=entry["example"], kind=kind)
            same = Sketch(title=f"The {entry['words'][0]} {table['nouns'][0]}", kind=kind)
            reasons = rank(report, [replace(same, title=entry["example"])])[0].reasons
            assert f"Both are called the {entry['words'][0]}." in reasons


@pytest.mark.parametrize("entry", load("linking")["family"], ids=lambda entry: entry["example"])
def test_every_noun_of_a_family_can_be_numbered(entry):
    for noun in entry["nouns"]:
        report = Sketch(title=f"the second long {noun}", kind=entry["kinds"][0])
        assert "Both are called the second." in rank(report, [report])[0].reasons
        other = replace(report, title=f"the third long {noun}")
        assert (
            "This one is called the second, that one the third." in rank(report, [other])[0].reasons
        )


def test_common_words_of_the_lexicon_are_no_sign():
    for entry in load("linking")["common"]:
        report = Sketch(title=entry["example"], kind="talks")
        assert not any("Both say" in reason for reason in rank(report, [report])[0].reasons)
