"""Quotations: who said what, where it stands, and through whom it came."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extraction.reading import find_quotes
from timeline.extraction.lexicon import rows
from timeline.extraction.lexicon.inflection import inflect
from timeline.extraction.quotes import Quote

GOLD = Path(__file__).parent / "gold_quotes.tsv"
MARKS = "⟦⟧⟨⟩"


def gold() -> list[list[str]]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def unmark(marked: str) -> tuple[str, dict[str, int]]:
    """Return a text without its marks, and where each mark stood."""
    text, places = "", {}
    for character in marked.replace("\\n", "\n"):
        if character in MARKS:
            places[character] = len(text)
        else:
            text += character
    return text, places


def only(text: str) -> Quote:
    [quote] = find_quotes(text)
    return quote


@pytest.mark.parametrize(("kind", "actor", "medium", "marked"), gold())
def test_a_gold_quotation_is_found_with_its_speaker(kind, actor, medium, marked):
    text, at = unmark(marked)
    quotes = find_quotes(text)
    if kind == "none":
        spoken = [q for q in quotes if q.kind != "indirect"]
        assert not [q for q in spoken if q.start < at["⟧"] and at["⟦"] < q.end]
        return
    [quote] = [q for q in quotes if (q.start, q.end) == (at["⟦"], at["⟧"])]
    assert (quote.kind, quote.actor, quote.medium or "") == (kind, actor, medium)
    assert quote.speaker.start < at["⟩"]
    assert at["⟨"] < quote.speaker.end


def test_there_are_at_least_sixty_gold_quotations():
    assert len(gold()) >= 60


def test_a_mixed_quote_covers_its_clause_and_gives_the_quoted_words_without_their_marks():
    text = "Rosa Alder said the law was “blind” and “cruel to many”."
    quote = only(text)
    assert quote.text == "the law was “blind” and “cruel to many”"
    assert [text[a:b] for a, b in quote.runs] == ["blind", "cruel to many"]


def test_an_open_mark_loses_no_more_than_its_line():
    text = "“We begin in May, Rosa Alder said.\n\n“We end in June,” Tom Birch said."
    quote = find_quotes(text)[-1]
    assert (quote.text, quote.actor) == ("We end in June,", "Tom Birch")


def test_a_quotation_over_paragraphs_keeps_its_speaker():
    text = "“We begin in May,” said Rosa Alder. “It is a start.\n\n“And we end in June.”"
    assert [q.actor for q in find_quotes(text)] == ["Rosa Alder"] * 3


def test_a_namesake_who_speaks_is_not_the_leader_of_the_same_family_name():
    text = (
        "North Korean leader Kim Jong-un left Beijing on Thursday.\n\n"
        "“The visit was a signal,” said Kim Heung-soo, a professor at Hanyang University.\n\n"
        "“Kim wanted to be seen,” he added.\n\n"
        "Kim said the talks were “fruitful and warm”."
    )
    actors = [quote.actor for quote in find_quotes(text) if quote.kind != "indirect"]
    assert actors == ["Kim Heung-soo", "Kim Heung-soo", "Kim Jong-un"]


def test_an_agency_that_adds_is_the_medium_of_the_same_report():
    text = (
        "Chinese President Xi Jinping backed “an early summit,” the Xinhua News Agency "
        "reported.\n\n"
        "Kim Jong-un also said that he will work for a result, which would be “welcomed by all,” "
        "it added."
    )
    found = {q.text[:20]: (q.actor, q.medium) for q in find_quotes(text) if q.kind != "indirect"}
    assert ("Xi Jinping", "via Xinhua News Agency") in found.values()
    assert ("Kim Jong-un", "via Xinhua News Agency") in found.values()


def test_quotations_come_in_the_order_of_the_text_and_point_at_it():
    text = "Tom Birch asked: “Why?” Later Rosa Alder said the port was shut, officials said."
    quotes = find_quotes(text)
    assert [q.start for q in quotes] == sorted(q.start for q in quotes)
    for quote in quotes:
        assert text[quote.start : quote.end] == quote.text
        for span in (quote.speaker, quote.cue):
            assert span is None or text[span.start : span.end] == span.text


@pytest.mark.parametrize(("kind", "listed", "example"), rows("function_words"))
def test_the_example_of_a_class_of_small_words_has_one_of_them(kind, listed, example):
    assert set(example.lower().rstrip(".").split()) & set(listed.split())


@pytest.mark.parametrize(("word", "example"), rows("people"))
def test_a_noun_for_people_is_the_source_of_what_it_said(word, example):
    quote = only(f"“The road is closed,” {example} said.")
    assert quote.speaker.text == example
    assert word in example.split()


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    for quote in find_quotes(text):
        assert text[quote.start : quote.end] == quote.text


@given(st.text(alphabet="aA \"“”«»'`\n.,:(){}said he", max_size=200))
def test_any_tangle_of_marks_is_read_without_an_error(text):
    for quote in find_quotes(text):
        assert 0 <= quote.start < quote.end <= len(text)


@pytest.mark.parametrize(("kind", "verbs", "example"), rows("speech_verbs"))
def test_the_example_of_a_class_of_verbs_is_attributed_by_one_of_them(kind, verbs, example):
    assert only(example).cue.text in {form for v in verbs.split() for form, _ in inflect(v)}


@pytest.mark.parametrize("verb", ["implied", "slammed", "snapped", "bragged", "queried"])
def test_a_verb_of_speech_is_known_in_its_past(verb):
    quote = find_quotes(f"“The port is shut,” Ann Lee {verb}.")[0]
    assert (quote.kind, quote.actor, quote.cue.text) == ("direct", "Ann Lee", verb)


def test_an_it_that_no_medium_stands_behind_has_no_actor():
    text = "The Xinhua News Agency reported the talks. The port was shut. It wants a “new deal”."
    assert [q.actor for q in find_quotes(text) if q.kind == "mixed"] in ([], [None])


def test_an_official_without_a_name_is_not_somebody_with_that_title():
    text = "Official Tom Birch left. “The gates are shut,” a ministry official said."
    assert find_quotes(text)[-1].actor == "a ministry official"


def test_words_that_a_coda_already_found_said_are_not_said_twice():
    text = "Ann Lee said that the town will pay for the pier, it added."
    assert [quote.speaker.text for quote in find_quotes(text)] == ["Ann Lee"]


def test_what_goes_on_from_a_speakers_words_is_hers_by_way_of_the_agency():
    text = (
        "The pier will open in May, Xinhua News Agency reported.\n\n"
        "Repeating her promise, Ann Lee also said she will press for an early start of "
        'the repairs with Bob Roe, which would be "welcomed by the whole town," it added.'
    )
    quote = next(quote for quote in find_quotes(text) if "welcomed" in quote.text)
    assert (quote.actor, quote.medium) == ("Ann Lee", "via Xinhua News Agency")


def test_whole_sentences_in_marks_go_on_from_the_speaker_before_them_in_the_paragraph():
    text = (
        "“We begin in May,” said Rosa Alder. “It is a start.” “The rest can wait.” The crowd left."
    )
    assert [q.actor for q in find_quotes(text)] == ["Rosa Alder"] * 3


def test_a_pronoun_that_adds_after_a_comma_attributes_the_words_before_it():
    text = (
        "Ann Lee has “gladly” accepted the offer and notified the town of her plan, "
        "it added without elaborating."
    )
    assert [q.cue.text for q in find_quotes(text) if q.kind == "mixed"] == ["added"]


def test_all_runs_of_one_clause_have_one_speaker():
    text = "Rosa Alder said the law is “blind,” that it is “cruel to many” and will “never” pass."
    quotes = [q for q in find_quotes(text) if q.kind != "indirect"]
    assert {q.actor for q in quotes} == {"Rosa Alder"}


@pytest.mark.parametrize(
    "sentence",
    ["It is her first trip since she was sworn in on Jan. 15.", "Rosa Alder has ruled since 1994."],
)
def test_a_date_after_a_verb_is_nobodys_words(sentence):
    assert find_quotes(sentence) == []


def test_paragraphs_in_open_marks_are_the_words_of_whom_the_sentence_before_names():
    quotes = find_quotes(
        "Ann Lee spoke for an hour on Monday.\n\n"
        "“The harbour is a hole in the water and we shall fill it.\n\n"
        "“Ships are only houses that float, and houses need roofs.\n\n"
        "“I have never seen a gull that paid its taxes.”\n\n"
        "The crowd cheered."
    )
    assert [(quote.kind, quote.actor) for quote in quotes] == [("direct", "Ann Lee")] * 3


def test_a_name_and_a_colon_before_marks_tell_who_speaks():
    quotes = find_quotes(
        "Ann Lee: “We will build the bridge and nobody will stop us.”\n\n"
        "Bob Reed: “You said so then, and there is no bridge yet.”\n\n"
        "Ann Lee: “You were mayor.”"
    )
    assert [quote.actor for quote in quotes] == ["Ann Lee", "Bob Reed", "Ann Lee"]


@pytest.mark.parametrize(
    "sentence",
    [
        "GENEVA — Opposition leader Ann Lee left the meeting on Tuesday and flew home.",
        "The two sides held talks on Monday that ended without a deal.",
        "The changes demanded by the union would cost the port ten jobs.",
    ],
)
def test_a_title_a_meeting_and_what_is_demanded_attribute_nothing(sentence):
    assert find_quotes(sentence) == []


def test_whom_somebody_told_is_not_what_was_told():
    text = "Bob Roe smiled. “We will fight,” Ann Lee told the BBC. She told the BBC."
    assert [quote.text for quote in find_quotes(text)] == ["We will fight,"]


def test_who_is_expected_or_said_to_do_something_is_not_who_says_so():
    text = "Tom Birch is said to be ill. The ferry is expected to sail in May."
    assert {quote.speaker for quote in find_quotes(text)} == {None}


def test_the_day_on_which_something_was_said_is_no_part_of_who_said_it():
    quote = only("Mayor Tom Birch on Friday told the council that the port would stay shut.")
    assert quote.speaker.text == "Mayor Tom Birch"


def test_marks_of_each_kind_are_read_in_the_order_of_the_text():
    text = "``We go,'' said Ann Lee. “We stay,” said Bob Roe. \"We wait,\" he said. «No,» she said."
    assert [quote.text for quote in find_quotes(text)] == ["We go,", "We stay,", "We wait,", "No,"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to Anna Berg, the dam was “a ruin”.", "Anna Berg"),
        ("According to Anna Berg, the dam broke in two.", "Anna Berg"),
        ("“We will fight,” said Ann Lee at a press conference on Monday.", "Ann Lee"),
        ("“We will fight,” said Ann Lee in Lima on Monday.", "Ann Lee"),
        ("In January Ann Lee said critics were “late”.", "Ann Lee"),
        ("Ann Lee, speaking to Radio Austral, called the deal “fair”.", "Ann Lee"),
        ("“We will fight,” said a spokesman for the port in a letter.", "a spokesman for the port"),
    ],
)
def test_who_speaks_ends_before_what_when_and_where(text, speaker):
    assert only(text).speaker.text == speaker


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Edith Vale met her husband, the engineer Femi Adeyo. “I fell,” she said.", "Edith Vale"),
        (
            "Ingrid Vass died on Saturday. She leaves a son, Olu Vass. “I was lucky,” she said.",
            "Ingrid Vass",
        ),
        ("Tom Birch came. Dame Kaya Orlo spoke. “I went,” he said.", "Tom Birch"),
        ("“We lost,” said Bob Roe.\n\nTom Birch fell. “I’m fine,” he wrote.", "Tom Birch"),
    ],
)
def test_he_and_she_are_those_of_their_gender_whom_the_article_is_about(text, actor):
    assert find_quotes(text)[-1].actor == actor


def test_who_opens_a_sentence_after_a_poll_is_not_who_took_it():
    quote = only("According to a poll of voters in Lima, Tom Birch leads by ten points.")
    assert quote.speaker.text == "a poll of voters in Lima"


def test_a_name_behind_a_comma_and_titles_is_who_the_noun_means():
    quote = only("“We lost,” said her opponent, Senator Tom Birch, on Monday.")
    assert (quote.speaker.text, quote.actor) == ("her opponent, Senator Tom Birch", "Tom Birch")
