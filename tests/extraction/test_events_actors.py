"""Who takes part in an event, and who is only named beside it."""

import pytest

from tests.extraction.reading import WEDNESDAY, event, find_events


def test_a_name_that_qualifies_what_a_relative_clause_is_about_does_not_act():
    text = "The Peru copper mine, which halted work on Monday, is old."
    assert (event(text, "halted").actors, event(text, "halted").title) == (
        (),
        "Peru copper mine halts work",
    )


def test_a_place_that_a_thing_comes_from_does_not_act():
    text = "A team from Peru arrived on Monday."
    assert (event(text, "arrived").actors, event(text, "arrived").title) == (
        (),
        "Team from Peru arrives",
    )


def test_a_place_in_the_clause_before_does_not_act():
    text = "Anna Berg will travel to Peru on Sunday, and her office announced a trip on Monday."
    assert event(text, "announced").actors == ()


def test_his_release_at_the_beginning_is_of_the_man_spoken_of_before():
    text = (
        "Tor Lie left prison on Monday. His release on Monday had been demanded by Norlak, whose "
        "director, Helga Brandt, was glad."
    )
    assert event(text, "release").actors[:1] == ("Tor Lie",)


def test_the_company_is_no_country_and_the_government_no_company():
    assert event("Peru won on Monday. The company closed a yard on Tuesday.", "closed").actors == ()
    text = "Norlak sold a yard on Monday. The government bought a port on Tuesday."
    assert event(text, "bought").actors == ()


def test_what_a_time_before_a_comma_closes_off_it_does_not_date():
    text = "Norlak, founded in 1952, carried three million people in 2017."
    assert {(e.trigger.text, e.edtf) for e in find_events(text, WEDNESDAY)} == {
        ("founded", "1952"),
        ("carried", "2017"),
    }


def test_nobody_in_particular_says_no_event():
    assert find_events("Officials said on Monday the port was safe.", WEDNESDAY) == []


def test_what_somebody_said_would_come_is_planned():
    text = "Tor Lie said on Monday the army would build a bridge next week."
    assert event(text, "build").status == "planned"


def test_what_must_be_done_by_a_day_is_planned_and_what_may_be_is_possible():
    assert event("Tor Lie must leave the country by May 3.", "leave").status == "planned"
    assert event("The tide may reach Oslo in May.", "reach").status == "possible"


def place(text: str, trigger: str) -> str | None:
    return event(text, trigger).place


def test_where_somebody_is_from_is_no_place_of_the_event():
    assert place("Petrolux, based in Geneva, agreed on Monday to buy Hult.", "agreed") is None
    assert place("Tor Lie, a lawyer in Oslo, resigned on Monday.", "resigned") is None
    assert place("The mayor of Paris resigned on Monday.", "resigned") is None
    assert place("Police arrested Tor Lie, who was born in Oslo, on Monday.", "arrested") is None


def test_what_somebody_says_of_a_place_is_not_said_there():
    assert place("Anna Berg said on Monday the army would build a bridge in Lima.", "said") is None
    assert place("Anna Berg vowed on Monday to visit Lima in May.", "vowed") is None


def test_who_flies_from_one_place_to_another_arrives():
    assert place("Anna Berg flew from Oslo to Lima on Monday.", "flew") == "Lima"


def test_where_somebody_was_born_is_told_of_the_birth_alone():
    assert place("Tor Lie was born in Oslo in 1931.", "born") == "Oslo"
    told = find_events("Tor Lie, born in Oslo, resigned on Monday.", WEDNESDAY)
    assert [(e.trigger.text, e.actors, e.place) for e in told] == [("resigned", ("Tor Lie",), None)]


def test_who_is_spoken_of_beside_a_deed_takes_no_part_in_it():
    assert event("Anna Berg fled to Peru in 1944.", "fled").actors == ("Anna Berg",)
    assert event("Anna Berg spoke to Tor Lie on Monday.", "spoke").actors == (
        "Anna Berg",
        "Tor Lie",
    )


def test_a_verb_after_and_has_the_subject_of_the_verb_before():
    text = "Anna Berg flew to Peru in 1948, spoke at Lima University and published a book in 1957."
    assert event(text, "published").actors == ("Anna Berg",)


def test_what_a_ship_does_is_not_done_by_who_sent_it():
    text = "Peru sent a ship, which is expected to arrive on Sunday."
    assert (event(text, "arrive").actors, event(text, "arrive").title) == (
        (),
        "Ship expected to arrive",
    )


def test_it_is_the_thing_that_the_sentence_before_is_about():
    text = "The storm could reach Peru on Sunday. It killed ten people last week."
    assert (event(text, "killed").actors, event(text, "killed").title) == (
        (),
        "Storm kills ten people",
    )


def test_they_are_the_last_people_spoken_of_without_a_name():
    text = "Ministers met in Oslo on Monday. They were late. They called on Peru to help."
    assert event(text, "called on").title == "Ministers call on Peru to help"


def test_what_that_stands_for_is_the_nearest_noun():
    text = "Most backed the strike in a ballot that closed on Monday."
    assert event(text, "closed").title == "Ballot closes"


def test_the_bank_is_the_one_so_named_and_no_other_body():
    text = "Capital Bank lost money. The FBI arrested Tor Lie on Monday. The bank sold a port."
    assert event(text, "sold").actors == ("Capital Bank",)
    assert event("Norlak Group lost. The bank sold a port on Monday.", "sold").actors == ()


def test_who_leads_a_body_does_not_do_what_it_does():
    text = "A commission led by Lord Kelling closed a port on Monday."
    assert (event(text, "closed").actors, event(text, "closed").title) == (
        (),
        "Commission led by Lord Kelling closes a port",
    )


def test_it_is_the_body_that_speaks_in_the_same_sentence():
    text = "Peru won. Norlak Group said on Monday it will close a port in May."
    assert event(text, "close").actors == ("Norlak Group",)


def test_him_is_the_man_spoken_of_before():
    text = "Tor Lie resigned on Sunday. Prosecutors are to question him on Thursday."
    assert event(text, "question").title == "Prosecutors to question Tor Lie"


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Kenya and Uganda signed a pact on Monday.", "signed", ("Kenya", "Uganda")),
        ("Peru, Chile and Uganda agreed to meet.", "agreed", ("Peru", "Chile", "Uganda")),
        ("Anna Berg met her aide, Pablo Ruiz, on Monday.", "met", ("Anna Berg", "Pablo Ruiz")),
        ("Anna Berg met the mayor on Monday, Pablo Ruiz said.", "met", ("Anna Berg",)),
        ("Anna Berg left for Peru on Monday.", "left", ("Anna Berg",)),
        ("Unions planned a march on the Capitol on Saturday.", "march", ()),
        ("A quake struck southern Peru on Monday.", "quake", ()),
        ("Born in Lima on 9 May 1932, Anna Berg moved to Oslo.", "Born", ("Anna Berg",)),
        ("Anna Berg, who found the wreck, died on Monday.", "died", ("Anna Berg",)),
        ("Anna Berg, 58, of Lima, had sold the yard in May.", "sold", ("Anna Berg",)),
        ("It was Anna Berg's first win since she left Peru in May.", "left", ("Anna Berg",)),
    ],
)
def test_all_who_act_are_actors_and_no_place_is(text, trigger, actors):
    assert event(text, trigger).actors == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Anna Berg met Peter Lie on Friday. He flew to Peru on Monday.", ("Peter Lie",)),
        ("Anna Berg met Peter Lie on Friday. She flew to Peru on Monday.", ("Anna Berg",)),
        ("Anna Berg met Peter Lie. They flew to Peru on Monday.", ("Anna Berg", "Peter Lie")),
        ("The storm was near Norlak Group on Sunday. It flew off on Monday.", ()),
    ],
)
def test_a_pronoun_means_whom_its_gender_and_number_allow(text, actors):
    assert event(text, "flew").actors == actors


def test_a_quake_is_in_the_country_it_strikes():
    assert event("A quake struck southern Peru on Monday.", "quake").place == "Peru"
    assert event("Anna Berg left for Peru on Monday.", "left").place == "Peru"


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        (
            "Norlak Group filed a lawsuit against Anna Berg.",
            "lawsuit",
            ("Norlak Group", "Anna Berg"),
        ),
        ("Anna Berg faces a federal charge of fraud.", "charge", ("Anna Berg",)),
        ("A court found Anna Berg guilty of fraud on Monday.", "found", ("Anna Berg",)),
        ("A judge in Lima, Peru freed Anna Berg on Monday.", "freed", ("Anna Berg",)),
        ("Anna Berg won the Norlak Prize on Monday.", "won", ("Anna Berg",)),
        ("A lawyer for Norlak, Anna Berg, left on Monday.", "left", ("Anna Berg",)),
        ("The head of the union in Lima, Rosa Paz, resigned.", "resigned", ("Rosa Paz",)),
        (
            "The president of Hult Union, Rosa Paz, and her deputy, Tor Berg, resigned on Friday.",
            "resigned",
            ("Rosa Paz", "Tor Berg"),
        ),
        (
            "Anna Berg and her Danish and Dutch peers, Tor Holm and Jan Vos, met on Monday.",
            "met",
            ("Anna Berg", "Tor Holm", "Jan Vos"),
        ),
        (
            "Air Nordland and Norlak Group merged on Monday.",
            "merged",
            ("Air Nordland", "Norlak Group"),
        ),
        ("Norlak Group CEO Anna Berg resigned on Monday.", "resigned", ("Anna Berg",)),
        ("The winner, Anna Berg, left Lima on Monday.", "left", ("Anna Berg",)),
    ],
)
def test_who_does_or_undergoes_a_deed_takes_part_in_it(text, trigger, actors):
    assert event(text, trigger).actors == actors


def test_he_is_the_one_spoken_of_before_also_where_a_relative_clause_follows():
    text = "Peter Lie spoke in Lima. He ordered the evacuation, which must end by noon on Thursday."
    assert event(text, "ordered").actors == ("Peter Lie",)


def test_who_was_to_act_in_a_plan_is_of_its_end():
    text = "A claim by Tor Lie was to be heard on Monday but has been adjourned."
    assert event(text, "adjourned").actors == ("Tor Lie",)


@pytest.mark.parametrize("where", ["off western Norway", "off Norway", "in southern Norway"])
def test_a_place_by_its_side_of_the_compass_is_where_it_happens_and_acts_in_nothing(where):
    (event,) = find_events(f"A ferry sank {where} on Tuesday.", WEDNESDAY)
    assert (event.actors, event.place) == ((), "Norway")


@pytest.mark.parametrize(
    "text",
    [
        "Tor Lie and Anna Berg met in Oslo. The envoy Luigi Maio joined them. They urged a vote.",
        "Tor Lie and Anna Berg left. The storm hit Lima. They urged a vote on Monday.",
        "Anna Berg and Tor Lie spoke on Monday. Norway was silent. They urged a vote.",
    ],
)
def test_they_are_who_acted_together_before_somebody_joined_them(text):
    assert set(event(text, "urged").actors) == {"Tor Lie", "Anna Berg"}


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Trade left the summit on Monday. They urged a vote.",
        "The Ministry of Trade met Tor Lie on Monday. They urged a vote.",
    ],
)
def test_they_may_be_a_body_that_acted_alone(text):
    assert event(text, "urged").actors == ("Ministry of Trade",)


def test_they_are_nobody_where_many_acted_in_between():
    text = "Tor Lie and Anna Berg left. Workers came. They urged a vote on Monday."
    assert event(text, "urged").actors == ()


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Shares of Norlak fell on Monday.", "fell"),
        ("Norlak's profit rose on Monday.", "rose"),
        ("The annual revenue of Norlak doubled in 2006.", "doubled"),
        ("On Monday the exports of Peru dropped.", "dropped"),
        ("Peru's economy grew in 2006.", "grew"),
    ],
)
def test_a_result_is_that_of_the_body_or_country_it_belongs_to(text, trigger):
    assert event(text, trigger).actors in (("Norlak",), ("Peru",))


def test_what_others_of_a_body_do_is_not_its_own_deed():
    assert event("The workers of Norlak protested on Monday.", "protested").actors == ()
