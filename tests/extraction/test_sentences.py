"""Sentences: where they end, and where a full stop does not end one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.text.sentences import LONGEST, split


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


def test_a_line_break_ends_a_sentence_and_a_paragraph():
    text = "Storm hits Bergen\n\n  The ferry sank. Nobody drowned.  \n"
    assert sentences(text) == ["Storm hits Bergen", "The ferry sank.", "Nobody drowned."]
    assert [s.paragraph for s in split(text)] == [0, 1, 1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Olsen met Dr. Berg and Sen. Vik in St. Ives.",
        "The envoy left on Jan. 10 with No. 4 of the list.",
        "John F. Kennedy flew to the U.S. Navy base at 5 p.m. Monday.",
        "Harbour Co. Chairman Tor Lie bought 3.5 tonnes.",
        "“Will it sink?” he asked.",
        "She waited … and left.",
    ],
)
def test_a_mark_inside_a_sentence_does_not_end_it(sentence):
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("They flew to the U.S.", "The talks failed."),
        ("He said no.", "She said yes."),
        ("The ship sank!", "Was it old?"),
        ("“It sank.”", "She wept."),
        ("``It sank.''", "``Twice,'' he said."),
        ("The phone is dear.", "iNavi makes a cheaper one."),
        ("The class has 7 ships.", "12 more are planned."),
        ("They came at 5 p.m.", "It was dark."),
        ("(The minister declined.)", "[His aide did not.]"),
        ("배가 가라앉았다.", "아무도 죽지 않았다."),
    ],
)
def test_two_sentences_are_parted(first, second):
    assert sentences(f"{first} {second}") == [first, second]


def test_an_ideographic_full_stop_needs_no_space():
    assert sentences("船沉了。沒有人死。") == ["船沉了。", "沒有人死。"]


@pytest.mark.parametrize("word", ["storm ", "storm", "storm\t  "])
def test_what_never_ends_is_cut_at_spaces(word):
    found = split(word * 1000)
    assert all(s.end - s.start <= LONGEST for s in found)
    if " " in word:
        assert {w for s in found for w in (word * 1000)[s.start : s.end].split()} == {"storm"}


@given(st.text())
def test_any_text_is_parted_into_sentences_in_order_that_lose_no_word(text):
    found = split(text)
    assert all(s.start < s.end for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join("".join(text[s.start : s.end].split()) for s in found)
    assert kept == "".join(text.split())
