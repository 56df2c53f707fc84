"""Who speaks where a sentence makes that hard: what lies between a speaker and the words."""

import pytest

from tests.extraction.reading import WEDNESDAY, find_quotes
from timeline.extraction.pipeline import read
from timeline.extraction.quotes import Quote
from timeline.extraction.quotes.cue_trees import CueTree
from timeline.extraction.quotes.source_spans import candidates


def marked(text: str) -> Quote:
    """Return the last quotation of a text that stands in marks."""
    return [quote for quote in find_quotes(text) if quote.kind != "indirect"][-1]


def rules(quote: Quote) -> dict[str, str]:
    return {decision.of: decision.rule for decision in quote.decisions}


HARD = [
    ("a relative clause", "Ann Lee, who replaced Tor Berg in March, said the port was “a ruin”."),
    ("a cleft", "It was Ann Lee who said the port was “a ruin”, not Tor Berg."),
    ("a passive", "The dam was described by Ann Lee, an engineer from Lima, as “a ruin”."),
    ("a passive hearer", "Tor Berg was told by Ann Lee that the port was “a ruin”."),
    ("joined cues", "Ann Lee left Tor Berg, thanked the crowd and called the port “a ruin”."),
    ("a hearer", "Ann Lee told Tor Berg that the port was “a ruin”."),
    ("a participle", "Ann Lee, speaking after Tor Berg, promised to “rebuild the port”."),
    ("control", "Ann Lee promised Tor Berg to “rebuild the port”."),
    ("a title before a name", "“It is a ruin,” said ministry spokesman Ann Lee."),
    ("a title before a name and a comma", "“It is a ruin,” a tired Ann Lee told Tor Berg."),
    ("a clause before", "In a letter that Tor Berg made public, Ann Lee called the port “a ruin”."),
    ("a participle before", "Asked about Tor Berg, Ann Lee said the port was “a ruin”."),
    ("a parenthesis", "Tor Berg, Ann Lee said, had left the port “a ruin”."),
    (
        "a relative clause of another",
        "Ann Lee, whose deputy is Tor Berg, called the port “a ruin”.",
    ),
    ("as saying", "Ann Lee was quoted by the Daily Post as saying the port was “a ruin”."),
    ("quoted as saying", "The Daily Post quoted Ann Lee as saying the port was “a ruin”."),
    ("a title after according to", "According to police chief Ann Lee, “the port is a ruin.”"),
    ("a badge", "Ann Lee, who wore a badge reading “Save our lake,” shouted, “The port is ours!”"),
]


@pytest.mark.parametrize("text", [text for _, text in HARD], ids=[name for name, _ in HARD])
def test_ann_lee_speaks_whatever_stands_between_her_and_her_words(text):
    assert marked(text).actor == "Ann Lee"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A spokesman for Ann Lee said the port was “a ruin”.", "A spokesman for Ann Lee"),
        ("The report that Ann Lee wrote says the port is “a ruin”.", "The report"),
        ("The engineer whom Tor Berg hired warned that the dam was “a ruin”.", "The engineer"),
        ("Although the judge hearing the case said it was “a ruin”, Tor Berg paid.", "the judge"),
        ("The council heard forty complaints, the vicar calling the bells “awful”.", "the vicar"),
        ("Half of those asked called the fare “fair”.", "Half of those"),
        ("Ann Lee met Tor Berg before a lawyer for the port said it was “a ruin”.", "a lawyer"),
    ],
)
def test_a_noun_that_speaks_is_not_the_name_that_stands_nearer(text, speaker):
    assert marked(text).speaker.text.startswith(speaker)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("“We shall rebuild the whole port.”\n— Mayor Ann Lee\n\nThe crowd left.", "Ann Lee"),
        ("“We shall rebuild the whole port.” – Ann Lee\n\nThe crowd left.", "Ann Lee"),
        ("The two met.\n\n“LEE: We shall rebuild.”\n\n“BERG: You said so before.”", "BERG"),
    ],
)
def test_a_name_set_beside_a_quotation_without_a_verb_tells_who_speaks(text, actor):
    assert marked(text).actor == actor


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("“Sparks flew,” one local resident recounted to public broadcaster NHK.", "told NHK"),
        ("“Sparks flew,” Ann Lee said to reporters in Lima.", "told reporters"),
    ],
)
def test_whom_words_are_said_to_is_the_medium_and_the_verb_need_not_be_known(text, medium):
    assert marked(text).medium == medium


def test_a_small_word_in_marks_is_words_of_whom_was_asked():
    quote = marked("Asked whether he would resign, the minister replied: “No.”")
    assert (quote.text, quote.actor) == ("No.", "the minister")


def test_paragraphs_that_go_on_keep_the_speaker_and_not_whom_the_first_was_told_to():
    text = (
        "Ann Lee told mourners that the mine was “a grave”.\n\n“It is shut for good.”\n\nRain fell."
    )
    quotes = [quote for quote in find_quotes(text) if quote.kind != "indirect"]
    assert [(q.actor, q.medium) for q in quotes] == [
        ("Ann Lee", "told mourners"),
        ("Ann Lee", None),
    ]


def test_the_title_of_a_film_with_a_colon_names_no_speaker():
    quotes = find_quotes("He saw “Tom Birch: The Man Who Sailed,” and went home.")
    assert [quote.actor for quote in quotes if quote.kind != "indirect"] in ([], [None], ["He"])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Ann Lee said the port was “a ruin”.", "source_spans: subject of the cue"),
        ("The dam was described by Ann Lee as “a ruin”.", "source_spans: agent of the passive cue"),
        ("According to Ann Lee, the dam was “a ruin”.", "source_spans: after 'according to'"),
        (
            "The Daily Post quoted Ann Lee as saying the port was “a ruin”.",
            "source_spans: quoted by the verb before 'as'",
        ),
        (
            "“We begin in May,” said Rosa Alder. “It is a start.”",
            "run_attribution: goes on from the quote before",
        ),
        (
            "Ann Lee: “We will build the bridge.”",
            "run_attribution: a name with a colon or a dash beside it",
        ),
    ],
)
def test_the_rule_that_named_a_speaker_is_told_with_the_quotation(text, rule):
    quote = marked(text)
    decision = next(decision for decision in quote.decisions if decision.of == "source")
    assert decision.rule == rule
    assert [text[span.start : span.end] for span in decision.spans] == [decision.value]


def test_each_quotation_tells_how_its_kind_and_cue_were_decided():
    of = rules(marked("“We begin in May,” said Rosa Alder."))
    assert of["kind"] == "quotes: all of the content stands in one quoted span"
    assert of["cue"].startswith("cues: model")


@pytest.mark.parametrize(
    ("text", "cue", "heads"),
    [
        ("“We sail,” Lee told Berg.", "told", {"Lee": "<=", "Berg": ">1"}),
        ("“We sail,” said Lee.", "said", {"Lee": ">="}),
        ("“We sail,” said “Rita” of Berg.", "said", {}),
        (
            "Rain fell, Berg and Ann Lee said in Oslo, and Strand left.",
            "said",
            {"Berg": "<=", "Lee": "<1", "Rain": "<3", "Oslo": ">1"},
        ),
    ],
)
def test_who_may_be_the_source_is_ranked_by_the_tree_then_by_nearness(text, cue, heads):
    doc = read(text, WEDNESDAY)
    found = candidates(CueTree(doc, doc.lower.index(cue)))
    assert {doc.words[word]: rank for word, rank in found} == heads
