"""What is no event, or another than it seems: nouns like verbs, bounds, media, accusations."""

import pytest

from tests.extraction.reading import event, find_events


def titles(text: str) -> list[str]:
    return [one.title for one in find_events(text)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Norlak, striking unions reach a deal.", "striking"),
        ("Tor Lie set a hearing on further civil damages for May 4.", "damages"),
        ("Over 70 users had signed up, according to head of research Eva Holm.", "head"),
        ("Tor Lie was fined on Monday for not reading incident reports.", "reports"),
        ("Ringing bells were heard in Lima on Monday after a beating of drums.", "Ringing"),
        ("Voting unions left the square on Monday.", "Voting"),
    ],
)
def test_a_noun_or_adjective_with_the_form_of_a_verb_is_no_deed(text: str, word: str):
    assert all(one.trigger.text != word for one in find_events(text))


def test_a_slaying_is_told_under_its_noun():
    assert "May 3 slaying" in titles("Police have searched the yard since the May 3 slaying.")


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg is suspected of selling secrets in 2016.",
        "The letter accused Norlak of theft, including by selling secrets in 2016.",
        "The union blames Norlak for selling secrets in 2016.",
        "Norlak was sued for selling secrets in 2016.",
        "Police are investigating Tor Lie for selling secrets in 2016.",
    ],
)
def test_what_somebody_is_only_accused_of_is_no_event(text: str):
    assert [one for one in find_events(text) if one.trigger.text == "selling"] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The trial is of two toughs charged with killing Li, 34, on Oct. 21, 2011.", "2011-10-21"),
        ("Tor Lie is accused of stealing three boats in May 2014.", "2014-05"),
        ("Norlak was sued for selling three mines in 2009.", "2009"),
        ("Police arrested Tor Lie for hiding two men in 2016.", "2016"),
        ("Anna Berg was indicted for selling secrets in 2016.", "2016"),
    ],
)
def test_the_day_of_what_somebody_is_accused_of_is_not_that_of_the_charge(text: str, day: str):
    assert all(one.edtf != day for one in find_events(text))


@pytest.mark.parametrize(
    "text",
    [
        "If Tor Lie were also indicted and convicted, he could face a fine.",
        "If the bank is sold and closed, all will be lost.",
        "Tor Lie could go free if the judge resigned or died.",
        "If he were jailed or fined or convicted, Tor Lie might fall.",
    ],
)
def test_what_is_joined_to_a_condition_is_one(text: str):
    words = ("convicted", "closed", "died", "fined")
    assert not [one for one in find_events(text) if one.trigger.text in words]


@pytest.mark.parametrize(
    "text",
    [
        "Kopp is a farmer in charge of the yard.",
        "Tor Lie is on trial for murder.",
        "The two countries are at war since the vote.",
        "The house is on sale and on fire.",
        "Miners are on strike in Lima.",
    ],
)
def test_a_state_that_somebody_is_in_is_no_event(text: str):
    words = ("charge", "trial", "war", "sale", "fire", "strike")
    assert not [one for one in find_events(text) if one.trigger.text in words]


def test_that_a_state_began_is_an_event():
    assert find_events("Miners in Lima went on strike on Monday.")[0].edtf == "2018-03-26"


@pytest.mark.parametrize(
    "text",
    [
        "Norlak expects sales to rise by 2 percent, less than forecast in July.",
        "The bank sold more boats than in May 2016.",
        "The firm has fewer workers than in 2009 and closed a yard.",
        "The bank hired more people than in all of 2016.",
    ],
)
def test_the_day_that_something_is_compared_with_dates_nothing(text: str):
    assert all((one.edtf or "2018-03-28~") == "2018-03-28~" for one in find_events(text))


def test_of_two_subjects_the_nearer_is_meant():
    text = (
        "A shocking video released for the first time Thursday captures the moment a Brooklyn "
        "mother of 12 was killed in a gang shootout."
    )
    assert titles(text) == ["Brooklyn mother of 12 killed in a gang shootout"]


@pytest.mark.parametrize(
    "text",
    [
        "In a tweet, Tor Lie said rivals were slow.",
        "In a statement on Monday, Norlak said it would close the plant.",
        "In an interview published on Sunday, Anna Berg denied that she would resign.",
        "In a press release issued on Monday, Hult rejected the offer.",
        "Tor Lie denied the charge in a letter sent on Monday.",
    ],
)
def test_what_something_is_said_in_is_no_event_beside_it(text: str):
    assert len(titles(text)) == 1


def test_the_day_of_a_statement_is_that_of_what_it_says():
    assert event(
        "In a press release issued on Monday, Hult rejected the offer.", "rejected"
    ).edtf == ("2018-03-26")


@pytest.mark.parametrize(
    "text",
    [
        "Tor Lie spoke in Oslo ahead of Friday's vote.",
        "Tor Lie spoke to hundreds of unions ahead of next Friday's primary.",
        "Tor Lie spoke before Friday's match.",
        "Despite Friday's threat of rain, Tor Lie spoke.",
    ],
)
def test_the_day_of_a_noun_that_bounds_a_deed_does_not_date_it(text: str):
    assert "2018-03-30" not in (event(text, "spoke").edtf or "")
    assert event(text, "spoke").status == "occurred"


@pytest.mark.parametrize(
    "text",
    [
        "Profit rose 10% in the quarter, which ended on December 30, 2017.",
        "Sales fell in the year that began in May 2016.",
        "Norlak grew in the month that ended on Monday.",
    ],
)
def test_that_a_time_began_or_ended_is_no_event(text: str):
    assert not [one for one in find_events(text) if one.trigger.text in ("ended", "began")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Monday, police in Leeds, England arrested nine men.", "Police in Leeds arrest nine men"),
        (
            "Police in Leeds, England arrested nine men on Thursday.",
            "Police in Leeds arrest nine men",
        ),
        ("A jury in Oslo, Norway convicted Tor Lie on Friday.", "Jury in Oslo convicts Tor Lie"),
        (
            "A judge in Paris, France found Norlak not guilty of fraud on Monday.",
            "Judge in Paris finds Norlak not guilty of fraud",
        ),
        (
            "Doctors in Porto, Portugal treated ten people on Sunday.",
            "Doctors in Porto treat ten people",
        ),
    ],
)
def test_the_country_behind_a_town_is_not_who_acts(text: str, title: str):
    assert title in titles(text)
    assert not {"France", "England", "Norway", "Portugal"} & set(find_events(text)[0].actors)


def test_what_somebody_is_banned_from_is_no_event():
    assert titles("The court banned Tor Lie from visiting Oslo on Monday.") == [
        "Court bans Tor Lie from visiting Oslo"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“Many people were injured but it is difficult to evacuate them due to traffic jams.”",
        "In terms of closing yards, Norlak was slow.",
        "Jo Holm described the plan in terms of lowering costs.",
        "Tor Lie has done much beyond studying the issues.",
        "Talbed, 24, is old.",
        "Tor Lie will speak at the third and final debate.",
    ],
)
def test_what_is_only_spoken_of_is_no_event(text: str):
    words = ("evacuate", "closing", "lowering", "studying", "Talbed", "final")
    assert not [one for one in find_events(text) if one.trigger.text in words]


@pytest.mark.parametrize(
    "text",
    [
        "Tor Lie has praised the moderator of Monday night's debate.",
        "Friends of the victims of Monday's attack wept in Oslo.",
        "Norlak hired the winner of Monday's race.",
    ],
)
def test_the_day_of_what_qualifies_who_takes_part_does_not_date_it(text: str):
    days = {one.edtf for one in find_events(text) if one.trigger.text not in ("attack", "race")}
    assert "2018-03-26" not in days


def test_a_particle_keeps_its_noun_in_a_title():
    text = (
        "Sameh Ali, Nikos Dal, Jean Roux and Anna Holmberg called on Norlak on Monday "
        "to halt its drilling of the northern wells."
    )
    assert any("on Norlak" in title for title in titles(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Norlak shares rose as soon as results were announced in Lima.", "announced"),
        ("The town mourned while Tor Lie visited a school.", "visited"),
        ("Two men left a bar owned by Norlak because it closed.", "closed"),
    ],
)
def test_the_main_clause_tells_what_occurred_before_one_beside_it(text: str, word: str):
    assert word not in [one.trigger.text for one in find_events(text)]


def test_a_clause_whose_day_is_counted_tells_an_event_of_its_own():
    text = (
        "Two leaders on Friday scrapped a vote on a rail bill that had been set for Tuesday, "
        "a day after two senators withdrew their support."
    )
    assert "withdrew" in [one.trigger.text for one in find_events(text)]
