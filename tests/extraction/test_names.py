"""Names: where they stand, what they name, and the fullest form of each."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.lexicon import rows
from timeline.extraction.names import Name, find_names


def by_text(text: str) -> dict[str, Name]:
    return {name.text: name for name in find_names(text)}


def test_a_title_with_its_country_stands_before_the_name():
    name = by_text("Chinese President Xi Jinping left Beijing.")["Xi Jinping"]
    assert (name.kind, name.title, name.canonical) == ("person", "Chinese President", "Xi Jinping")


def test_a_title_in_small_letters_is_one_too():
    name = by_text("He met North Korean leader Kim Jong-un in May.")["Kim Jong-un"]
    assert (name.title, name.kind) == ("North Korean leader", "person")


def test_a_family_name_alone_is_the_person_first_introduced_by_it():
    text = "Kim Jong-un spoke. Kim Heung-soo, a professor, doubted it. Kim left."
    assert [name.canonical for name in find_names(text)][-1] == "Kim Jong-un"


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Kelly Marsh Jr. scored. Marsh Jr joined in July.", "Marsh Jr", "Kelly Marsh Jr."),
        ("Kelly Marsh Jr. scored. He praised Marsh.", "Marsh", "Kelly Marsh Jr."),
        ("Henry Marsh III resigned. He praised Marsh III.", "Marsh III", "Henry Marsh III"),
        ("Bo Marsh, PhD, met Ann Marsh. He praised Marsh PhD.", "Marsh PhD", "Bo Marsh"),
        ("Ann Marsh Sr. and Bo Marsh Jr. met. He saw Marsh Jr.", "Marsh Jr", "Bo Marsh Jr."),
    ],
)
def test_a_suffix_is_no_family_name(text, short, full):
    assert by_text(text)[short].canonical == full


def test_a_degree_alone_names_nobody():
    assert "PhD" not in by_text("Ann Lee, PhD, met Bo Marsh on Monday.")


def test_a_reporter_in_the_byline_lends_nobody_a_name():
    text = "By Lee Chi-dong\n\nLee Hee-ok, a professor, spoke. “It is late,” Lee said."
    assert find_names(text)[-1].canonical == "Lee Hee-ok"


def test_mr_and_mrs_tell_namesakes_apart():
    text = "Rosa Alder and Tom Alder came. Mr. Alder spoke. Mrs. Alder left."
    assert [n.canonical for n in find_names(text)][-2:] == ["Tom Alder", "Rosa Alder"]


def test_initials_in_brackets_stand_for_the_name_before_them():
    text = "The Harbour Workers Union (HWU) met. The HWU struck."
    assert find_names(text)[-1].canonical == "Harbour Workers Union"


@pytest.mark.parametrize(
    "name",
    ["Dar es Salaam", "Ursula von der Leyen", "Rio de Janeiro", "María del Carmen Ortiz"],
)
def test_a_small_word_inside_a_name_is_part_of_it(name):
    assert [found.text for found in find_names(f"They met in {name} again.")] == [name]


def test_a_genitive_ends_a_name_and_is_no_part_of_it():
    assert by_text("They read Rosa Alder's letter.")["Rosa Alder"].canonical == "Rosa Alder"


def test_a_word_that_begins_a_sentence_is_no_name_for_that():
    assert find_names("Meanwhile the crew slept. There was rain. It's late.") == []


def test_the_city_of_a_name_is_a_place():
    assert by_text("Rain fell on the coastal city of Tanga.")["Tanga"].kind == "place"


def test_the_last_word_of_a_text_tells_nothing_of_its_first_name():
    assert by_text("Of Tanga nobody spoke in that city")["Tanga"].kind == "organisation"


def test_a_short_name_that_begins_a_sentence_is_that_of_a_person_named_elsewhere():
    names = find_names("The mayor is Marcos López. López vowed to sue. Nothing came.")
    assert [(n.text, n.canonical) for n in names][1:] == [("López", "Marcos López")]


def test_a_name_that_begins_a_sentence_is_one_if_it_stands_elsewhere_too():
    names = find_names("They sold Codelco. Codelco shut the mine. Miners wept.")
    assert [name.text for name in names] == ["Codelco", "Codelco"]


@pytest.mark.parametrize("word", ["Ministers", "Lawmakers", "Nurses", "Rebels"])
def test_a_plural_that_begins_a_sentence_is_no_name(word):
    assert find_names(f"{word} met in May.") == []


def test_a_word_after_a_dateline_is_no_name_for_its_capital():
    names = find_names("MINSK, Aug. 3 (Example News) -- Opposition leaders walked free.")
    assert "Opposition" not in [name.text for name in names]


def test_what_a_paper_or_firm_is_called_is_no_person():
    assert by_text("He told the newspaper Dagens Tidende so.")["Dagens Tidende"].kind == (
        "organisation"
    )


def test_each_of_two_names_may_have_its_title():
    names = by_text("President Rosa Alder and Chinese President Xi Jinping spoke.")
    assert [(n.text, n.title) for n in names.values()] == [
        ("Rosa Alder", "President"),
        ("Xi Jinping", "Chinese President"),
    ]


def test_a_name_in_the_middle_of_a_longer_one_is_its_bearer_too():
    text = "Luiz Inácio Lula da Silva spoke. Later Lula left."
    assert find_names(text)[-1].canonical == "Luiz Inácio Lula da Silva"


def test_a_title_that_goes_before_a_given_name_finds_its_bearer():
    text = "Sheikh Tarik bin Omar opened it. Then Sheikh Tarik left."
    assert find_names(text)[-1].canonical == "Tarik bin Omar"


def test_partners_joined_by_an_ampersand_are_an_organisation():
    name = by_text("He works for O'Hara & Sons in Cork.")["O'Hara & Sons"]
    assert name.kind == "organisation"


def test_a_storm_and_the_letters_of_a_party_are_no_names():
    text = "They fled as Hurricane Rosa came, said Tom Birch (D-Ohio)."
    assert list(by_text(text)) == ["Tom Birch"]


def test_a_place_in_capitals_is_that_place():
    assert by_text("They closed ISTANBUL again.")["ISTANBUL"].kind == "place"


@pytest.mark.parametrize(
    "dateline",
    [
        "ISTANBUL, May 3 (Example News) -- ",
        "ROCHESTER, N.Y., Feb. 5 (Bizline) - ",
        "BERGEN, Norway, March 4 (Norpress) _ ",
        "PORT ALMERA — ",
    ],
)
def test_a_dateline_names_nobody(dateline):
    assert [n.text for n in find_names(dateline + "Optical maker Lumetra Inc. shut.")] == [
        "Lumetra Inc"
    ]


def test_a_dash_in_a_first_sentence_makes_no_dateline():
    assert "Tom Birch" in by_text("UN envoy Tom Birch — who came late — spoke.")


def test_a_title_that_nobody_listed_stands_before_the_name_after_a_nationality():
    name = by_text("He met Kenyan Water Minister Daniel Mutiso.")["Daniel Mutiso"]
    assert name.title == "Kenyan Water Minister"


def test_the_place_of_a_title_is_part_of_it():
    names = find_names("Former Ohio governor Walter Pruitt died in Columbus.")
    assert [(n.text, n.title) for n in names] == [
        ("Walter Pruitt", "Ohio governor"),
        ("Columbus", None),
    ]


def test_what_acts_as_firms_do_is_a_name_where_a_sentence_begins():
    assert [n.text for n in find_names("Norlak sold its ferries to Hult.")] == ["Norlak", "Hult"]
    assert find_names("Officials sold it. Rain fell. Nothing came of it.") == []


def test_a_party_bears_its_nationality_in_its_name():
    names = find_names("He left the Scottish National Party. The Scottish Ministry met.")
    assert [n.text for n in names] == ["Scottish National Party", "Ministry"]


def test_a_treaty_is_no_name_nor_is_where_it_was_signed():
    assert find_names("The Treaty of Versailles ended it.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Seoul-based firm closed.", "Seoul"),
        ("The Saudi Arabia-led coalition struck.", "Saudi Arabia"),
        ("The Norlak-owned mine shut.", "Norlak"),
        ("A World Bank-funded dam opened.", "World Bank"),
        ("The Hult Group-run mill shut.", "Hult Group"),
        ("Bell Harbour Institution-operated robots dived.", "Bell Harbour Institution"),
    ],
)
def test_what_somebody_did_is_no_part_of_the_name(text, name):
    (found,) = find_names(text)
    assert found.text == name
    assert found.kind != "person"


def test_a_title_in_marks_is_no_name():
    assert find_names("He wrote “Salt Bread” and “Iron Butter.”") == []


def test_a_name_after_an_article_is_no_person():
    assert by_text("She wrote for the Fenland Argus.")["Fenland Argus"].kind == "organisation"


def test_a_vietnamese_name_is_called_by_its_last_word():
    text = "President Tran Quoc Hai spoke. Later Hai left."
    assert find_names(text)[-1].canonical == "Tran Quoc Hai"


def test_the_wife_of_a_man_is_a_person_by_one_name():
    assert by_text("He and his wife Oona left.")["Oona"].kind == "person"


def test_a_capital_inside_a_word_shows_a_name_where_a_sentence_begins():
    assert "QuikBrew" in by_text("QuikBrew closed. Workers wept.")


@pytest.mark.parametrize(("name", "_", "example"), rows("groups"))
def test_a_group_is_known_by_its_name(name, _, example):
    assert (name, "organisation") in {(n.canonical, n.kind) for n in find_names(example)}


def test_names_come_in_the_order_of_the_text_and_do_not_overlap():
    names = find_names("Rosa Alder of the Harbour Party met Tom Birch, of Canada, in New York.")
    assert all(one.end <= other.start for one, other in pairwise(names))


@pytest.mark.parametrize(("name", "_a", "_d", "_c", "example"), rows("countries"))
def test_a_country_is_known(name, _a, _d, _c, example):
    assert (name, "country") in {(n.canonical, n.kind) for n in find_names(example)}


@pytest.mark.parametrize(
    "demonym", [d for _, _, names, *_ in rows("countries") for d in names.split("|") if d]
)
def test_a_demonym_is_part_of_a_title(demonym):
    [name] = find_names(f"He met {demonym} President Rosa Quillfeather.")
    assert name.title == f"{demonym} President"


@pytest.mark.parametrize(
    "capital", [c for row in rows("countries") for c in row[3].split("|") if c]
)
def test_a_capital_is_a_place(capital):
    assert capital in {n.canonical for n in find_names(f"They met in {capital} in spring.")}


@pytest.mark.parametrize(("name", "_", "example"), rows("places"))
def test_a_place_is_known(name, _, example):
    assert (name, "place") in {(n.canonical, n.kind) for n in find_names(example)}


@pytest.mark.parametrize(("name", "_", "example"), rows("agencies"))
def test_a_news_medium_is_known(name, _, example):
    assert (name, "organisation") in {(n.canonical, n.kind) for n in find_names(example)}


@pytest.mark.parametrize(("title", "example"), rows("titles"))
def test_a_title_makes_a_person_of_a_name(title, example):
    person = next(name for name in find_names(example) if name.kind == "person")
    assert title.lower() in person.title.lower()


@pytest.mark.parametrize(("word", "example"), rows("organisations"))
def test_a_word_for_an_organisation_makes_one_of_a_name(word, example):
    [name] = find_names(example)
    assert name.kind == "organisation"
    assert word in name.text


@pytest.mark.parametrize(("kind", "word", "example"), rows("things"))
def test_a_word_for_a_place_or_a_thing_makes_no_person_of_a_name(kind, word, example):
    assert word in example
    assert [name.kind for name in find_names(example)] == ([] if kind == "thing" else [kind])


@pytest.mark.parametrize(
    "given_name", [n for _, names in rows("first_names") for n in names.split()]
)
def test_a_given_name_makes_a_person(given_name):
    [name] = find_names(f"They met {given_name} Quillfeather there.")
    assert (name.kind, name.text) == ("person", f"{given_name} Quillfeather")


@pytest.mark.parametrize(
    "family_name", sorted({n for _, f in rows("family_names") for n in f.split()})
)
def test_a_family_name_that_stands_first_is_the_short_form(family_name):
    text = f"They met {family_name} Won-gon there. Later {family_name} spoke."
    assert [name.canonical for name in find_names(text)] == [f"{family_name} Won-gon"] * 2


@pytest.mark.parametrize(("_", "example"), rows("capitalised"))
def test_a_word_that_english_capitalises_is_no_name(_, example):
    assert find_names(example) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (example.format(word), name.format(word), kind)
        for _, words, example, name, kind in rows("name_contexts")
        for word in words.split()
    ],
)
def test_a_word_beside_or_in_a_name_tells_of_what_kind_it_is(text, name, kind):
    assert [(found.text, found.kind) for found in find_names(text)] == (
        [(name, kind)] if name else []
    )


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    for name in find_names(text):
        assert text[name.start : name.end] == name.text


@pytest.mark.parametrize("word", ["He", "She", "They", "It", "When"])
def test_a_word_that_begins_the_next_sentence_is_no_part_of_a_name(word):
    text = f"Tor Berg met Ann Lee. {word} said so in May."
    assert [name.text for name in find_names(text)] == ["Tor Berg", "Ann Lee"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Norlak launched the iTunes Music Store in 2003.", "iTunes Music Store"),
        ("The eLink Film Library opened in Oslo.", "eLink Film Library"),
        ("Tor Lie praised the iPark Hotel.", "iPark Hotel"),
    ],
)
def test_a_word_that_begins_small_is_part_of_the_name_behind_it(text, whole):
    assert [(n.text, n.kind) for n in find_names(text) if n.text == whole] == [
        (whole, "organisation")
    ]
