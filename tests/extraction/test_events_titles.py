"""The titles of events: each a headline in correct English."""

import pytest

from tests.extraction.reading import WEDNESDAY, find_events


def titles(text: str) -> list[str]:
    return [event.title for event in find_events(text, WEDNESDAY)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("At least nine people died on Monday.", "At least nine people die"),
        ("More than 2,000 people died in 1943.", "More than 2,000 people die"),
        ("The two towns fought a short war in 1917.", "Two towns fight a short war"),
        ("Friends of Anna Berg protested on Monday.", "Friends of Anna Berg protest"),
        ("The last vote, in 2015, was won by Tor Lie.", "Last vote won by Tor Lie"),
        ("The harbour bridge, which opened in 1952, is blue.", "Harbour bridge opens"),
        ("Shares of Norlak rose 4.1% on Monday.", "Shares of Norlak rise 4.1%"),
        ("In Oslo the exhibition for Kiel opened on Monday.", "Exhibition for Kiel opens in Oslo"),
        ("Last year’s winner, Hult, sold 3,000 boats on Monday.", "Hult sells 3,000 boats"),
        ("The toll was expected to rise on Thursday.", "Toll expected to rise"),
        ("The plant is now set to close on Friday.", "Plant to close"),
    ],
)
def test_the_subject_of_a_title_is_a_noun_phrase_where_it_names_nobody(text, title):
    assert title in titles(text)


def test_her_office_is_that_of_the_woman_named_before():
    text = "Anna Berg will visit Lima in May, and her office announced a trip to Oslo on Monday."
    assert "Anna Berg’s office announces a trip to Oslo" in titles(text)


def test_a_verb_joined_to_another_has_its_subject():
    text = "The yard opened in 1952 and closed in 1971."
    assert titles(text) == ["Yard opens", "Yard closes"]


def test_what_a_verb_leads_to_is_said_of_the_sentence_s_first_subject():
    text = "A court approved the purchase, ending a two-year dispute on Monday."
    assert "Court ends a two-year dispute" in titles(text)


def test_what_goes_on_since_a_year_is_no_deed_of_that_year():
    assert titles("Anna Berg has ruled since 1994.") == ["Anna Berg has ruled since 1994"]


def test_the_object_of_a_title_does_not_stop_at_half_a_phrase():
    text = (
        "Anna Berg visited on Monday the mayor of a town. Tor Lie signed on Sunday a pact of the."
    )
    assert all(not title.endswith((" a", " of", " the")) for title in titles(text))


def test_the_owner_of_a_thing_takes_an_apostrophe_alone_after_s():
    assert (
        titles("Thomas’ visit to Peru ended on Monday. Anna Jones’s arrest on Monday was sudden.")[
            -1
        ]
        == "Anna Jones’ arrest"
    )


def test_they_are_the_subject_of_the_sentence_before():
    text = "Shares of Norlak rose on Monday. They have gained 20% since January."
    assert titles(text)[1] == "Shares of Norlak have gained 20% since January"


def test_a_participle_after_the_opening_words_is_said_of_them():
    text = "The deal, announced in July 2017 and blocked by the port in March 2018, is old."
    assert titles(text) == ["Deal announced", "Deal blocked by the port"]


def test_we_in_quoted_words_is_who_says_them():
    text = "“We asked for drains in 2016. Nothing came,” said Mayor Tor Lie."
    assert titles(text)[0] == "Tor Lie asks for drains"


def test_what_was_done_with_a_thing_is_told_with_it():
    text = "The ban was lifted in March after long talks."
    assert titles(text) == ["Ban lifted after long talks"]


def test_an_object_goes_on_behind_a_time():
    assert titles("Norlak won Sunday’s harbour race.") == ["Norlak wins harbour race"]
    assert titles("Anna Berg met on Monday Pablo Ruiz.") == ["Anna Berg meets Pablo Ruiz"]


def test_who_is_charged_says_nothing():
    text = "Pablo Ruiz was charged in January with fraud."
    assert titles(text) == ["Pablo Ruiz charged with fraud"]


def test_the_object_of_a_title_ends_where_another_verb_goes_on():
    text = "The first visit since Anna Berg took power was desirable in late 2011."
    assert titles(text) == ["Anna Berg takes power"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Anna Berg is bracing for a high-risk, high-return game in May.",
            "Anna Berg braces for a high-risk, high-return game",
        ),
        ("Norlak signed on Monday a pact with Hult and Peru.", "Norlak signs a pact"),
        ("Norlak bought 40% of Hult on Monday.", "Norlak buys 40% of Hult"),
        ("Fire damaged the yards of Hult and Norlak on Monday.", "Fire damages the yards of Hult"),
        ("Norlak praised on Monday the pact Tor Lie had signed.", "Norlak praises the pact"),
        ("The court freed on Monday a man arrested in May.", "Court frees a man"),
    ],
)
def test_an_object_is_cut_where_a_phrase_ends(text, title):
    assert titles(text)[0].startswith(title)


def test_what_somebody_says_is_told_whole_or_not_at_all():
    assert titles("Anna Berg said on Monday that the port was safe.") == [
        "Anna Berg says the port was safe"
    ]
    assert titles("Anna Berg said on Monday: “The port is safe.”") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Anna Berg called the deal “unfair” on Monday.", "Anna Berg calls the deal unfair"),
        ("On Monday Anna Berg said the port “is shut”.", "Anna Berg says the port is shut"),
        ("Anna Berg described it on Monday as “a pity”.", "Anna Berg describes it as a pity"),
        ("Anna Berg appealed on Monday.", "Anna Berg appeals"),
    ],
)
def test_a_few_quoted_words_are_part_of_the_title_of_what_was_said(text, title):
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "“We will sail,” Anna Berg said on Monday.",
        "Anna Berg added on Monday: “We will sail.”",
        "“It is a pity,” Anna Berg told reporters in Lima on Monday.",
        "The yard of Norlak in Lima is idle, Anna Berg announced on Monday.",
    ],
)
def test_a_verb_of_saying_is_no_event_where_a_quotation_or_a_clause_before_tells_it(text):
    assert not any("Berg" in title for title in titles(text))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talks between Anna Berg and Tor Lie ended on Monday.", "Talks between Anna Berg and Tor"),
        ("The inter-Korean summit was secret on Monday.", "Inter-Korean summit"),
        ("The visit to Peru was a success on Monday.", "Visit to Peru"),
        ("The embargo on sugar was harsh in 1952.", "Embargo on sugar"),
        ("Anna Berg sent a letter to Tor Lie on Monday.", "Anna Berg sends a letter"),
        ("Talks with Tor Lie on Monday were secret.", "Talks with Tor Lie"),
        ("Anna Berg's visit to Peru on Monday was viewed as odd.", "Anna Berg’s visit to Peru"),
    ],
)
def test_a_noun_has_with_it_what_tells_it_from_others(text, title):
    assert titles(text)[0].startswith(title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A storm that hit Lima on Monday killed ten people.", "Storm kills ten people"),
        ("A clinic supported by Norlak closed on Monday.", "Clinic supported by Norlak closes"),
        ("By closing the yard on Monday, Norlak saved money.", "Norlak closes the yard"),
    ],
)
def test_the_subject_of_a_verb_is_the_noun_that_a_clause_before_it_tells_of(text, title):
    assert title in titles(text)


def test_a_title_without_a_subject_is_no_sentence():
    assert titles("Closing the yard on Monday was wrong.") == ["Closing the yard"]


def test_who_only_tells_what_the_rest_of_a_sentence_reports_says_no_event():
    text = "Hult sold 3,000 boats on Monday, Anna Berg said."
    assert titles(text) == ["Hult sells 3,000 boats"]
    text = "Anna Berg came. She said the port was safe after Hult had sold it."
    assert "Anna Berg says the port was safe after Hult had sold it" in titles(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talks between the towns collapsed on Monday.", "Talks between the towns collapse"),
        ("Previous talks collapsed in 2002.", "Previous talks collapse"),
        ("The lifting of the ban was praised in 2002.", "Lifting of the ban"),
        ("Sentencing was set for May 3.", "Sentencing"),
        ("Norlak has settled lawsuits since May.", "Norlak has settled lawsuits since May"),
        ("A warning was issued but lifted two hours later on Monday.", "Warning lifted"),
        ("Helga Brandt is alleged to have left Peru on Monday.", "Helga Brandt may have left Peru"),
        ("Maria Gomez, whose father died in 2015, wept.", "Maria Gomez’s father dies"),
        ("Gunmen seized the port on Monday.", "Gunmen seize the port"),
        ("Shares rose in Oslo on Monday.", "Shares rise in Oslo"),
        ("Norlak reached a deal with Hult on Monday.", "Norlak reaches a deal"),
    ],
)
def test_nouns_and_verbs_are_told_apart_as_readers_do(text, title):
    assert title in [one[: len(title)] for one in titles(text)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Peru voted to stay on Thursday.", "Peru votes to stay"),
        ("The Act of Union was passed in 1707.", "Act of Union passed"),
        ("Gunmen stole the data of 147 people on Monday.", "Gunmen steal the data of 147 people"),
        ("Three of the bombs exploded on Monday.", "Three of the bombs explode"),
        ("The fairs were opened on Monday.", "Fairs opened"),
        ("The contract expires on June 30.", "Contract to expire"),
        ("The yard shut in 2005 but the port opened on Monday.", "Port opens"),
        (
            "A group claiming links to Peru attacked the port on Monday.",
            "Group claiming links to Peru attacks the port",
        ),
        ("The towns closed in 2009 what they had opened in 1999.", "Towns open"),
        ("Rain killed ten people minutes before the match on Monday.", "Rain kills ten people"),
        ("They asked a judge, Ann Lee, to review the rules in May.", "Ann Lee to review the rules"),
    ],
)
def test_a_title_names_who_did_what_in_whole_phrases(text, title):
    assert title in [one[: len(title)] for one in titles(text)]


def test_verbs_in_a_row_are_all_passive_where_the_first_is():
    text = "Anna Berg was promoted in 2007, dismissed in May 2017 and arrested the following month."
    assert titles(text) == ["Anna Berg promoted", "Anna Berg dismissed", "Anna Berg arrested"]
    text = "The treaty was amended in 1979 and expired at midnight in 1999."
    assert titles(text)[-1] == "Treaty expires"


def test_shares_are_held_and_not_a_deed():
    assert titles("Lumetra shares, which rose in May, are old.") == ["Lumetra shares rise"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Anna Berg revived the plan in 1881.", "Anna Berg revives the plan"),
        ("Anna Berg scuttled the plan in 1881.", "Anna Berg scuttles the plan"),
        ("Tor Lie died there in 1904.", "Tor Lie dies"),
        ("Peru and Chile signed a treaty here on Tuesday.", "Peru and Chile sign a treaty"),
        ("Tor Lie joined Dales & County Bank in 2001.", "Tor Lie joins Dales & County Bank"),
        ("A new plan, put forward in April by Norlak, is dear.", "New plan put forward by Norlak"),
        ("Born in Lima in 1932, Anna Berg moved to Oslo.", "Anna Berg born in Lima"),
        ("A ferry sank in heavy seas late on Monday.", "Ferry sinks in heavy seas"),
    ],
)
def test_a_title_stands_in_the_present_and_ends_on_a_noun(text, title):
    assert title in [event.title for event in find_events(text, WEDNESDAY)]


def test_who_is_made_something_in_a_row_of_passives_does_not_make_it():
    text = "Anna Berg was elected a fellow in 1979 and made a dame in 1993."
    assert [(event.title, event.edtf) for event in find_events(text, WEDNESDAY)] == [
        ("Anna Berg elected a fellow", "1979"),
        ("Anna Berg made a dame", "1993"),
    ]


def test_the_main_deed_of_a_sentence_is_told_beside_an_aside():
    text = "Norlak Group, which was founded in Lima in 1921, collapsed."
    assert "Norlak Group collapses" in [event.title for event in find_events(text, WEDNESDAY)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Norlak Inc closed on Monday. Its rival sued the company on Tuesday.",
            "Norlak Inc’s rival sues Norlak Inc",
        ),
        (
            "Ann Lee, the mayor of Oslo, left on Monday. On Tuesday police arrested the mayor.",
            "Police arrest Ann Lee",
        ),
        ("A company closed on Monday. On Tuesday Oslo sued the company.", "Oslo sues the company"),
    ],
)
def test_a_title_names_whom_a_description_means(text, title):
    assert titles(text)[-1] == title


@pytest.mark.parametrize(
    ("banned", "title"),
    [
        ("Boats", "Norlak bans boats"),
        ("TVs", "Norlak bans TVs"),
        ("GMOs", "Norlak bans GMOs"),
        ("YouTube videos", "Norlak bans YouTube videos"),
        ("Oslo boats", "Norlak bans Oslo boats"),
        ("A boat", "Norlak bans a boat"),
    ],
)
def test_a_word_keeps_the_capital_that_it_has_in_any_place(banned, title):
    assert titles(f"{banned} that Norlak banned on Monday were old.")[-1] == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Berg was loaned to Real Oslo's cross-town rivals Atlas Oslo in May.", "to Atlas Oslo"),
        ("Norlak sold its mine to Hult's former owner Anna Berg in 2004.", "Anna Berg"),
        ("The envoy met Norway's new leader Tor Lie on Monday.", "Envoy meets Tor Lie"),
    ],
)
def test_a_name_stands_without_what_it_is_to_another(text, title):
    assert any(told.endswith(title) for told in titles(text))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("iPods made by Norlak were sold on Monday.", "iPods made by Norlak sold"),
        ("eBay bought Norlak in 2004.", "eBay buys Norlak"),
        ("On Monday iOS was updated.", "iOS updated"),
    ],
)
def test_a_word_that_begins_small_for_good_stays_small(text, title):
    assert title in titles(text)


def test_a_long_name_is_told_by_the_initials_that_the_text_introduces():
    text = (
        "The Bureau of Enquiry and Analysis for Civil Safety (BEA) opened in 1952. "
        "The BEA retrieved the aircraft's cockpit voice recorders in May 2011."
    )
    assert titles(text) == [
        "BEA opens",
        "BEA retrieves the aircraft’s cockpit voice recorders",
    ]


def test_the_hours_from_one_deed_to_another_end_no_title():
    text = "Berg went after Walker hours after the governor threw his support behind Tor Lie."
    assert "Berg goes after Walker" in titles(text)


def test_a_plan_of_nobody_makes_no_title():
    text = "It is a strike that owners said could ultimately affect earnings."
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Norlak raised its rate on Thursday, the third increase this year.",
            "Norlak raises its rate",
        ),
        (
            "The union sued Norlak in Lima on Monday, the third such lawsuit in a long dispute.",
            "Union sues Norlak in Lima",
        ),
        ("The Tigers beat the Lions 3-1 on Saturday.", "Tigers beat the Lions 3-1"),
        ("The Falcons won the cup on Saturday.", "Falcons win the cup"),
        ("On Sunday the Rovers won the cup.", "Rovers win the cup"),
    ],
)
def test_a_title_ends_with_its_deed_and_agrees_with_a_team(text, title):
    assert title in titles(text)
