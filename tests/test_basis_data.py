"""What is stored as a basis, read or refused; and where its words stand in a text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import basis
from timeline.basis import Base, Basis, DateBasis, Span
from timeline.basis.rules import BASES, DATE_RULES, LINKS, STATUS_RULES
from timeline.basis.words import sentence

WEDNESDAY = dt.date(2018, 3, 28)


def dated(rule: str, *words: str, base: Base | None = None, link: str = "") -> Basis:
    """The basis of a date that those words give."""
    return Basis(DateBasis(rule, tuple(map(Span, words)), base, link))


WHOLE = {
    "date": {
        "rule": "weekday",
        "spans": [{"exact": "on Tuesday", "start": 120, "end": 130}, {"exact": "Friday"}],
        "base": {"edtf": "2018-03-28", "of": "publication"},
        "link": "lead",
    },
    "status": {"rule": "cue", "spans": [{"exact": "will"}]},
    "note": "A remark.",
}


def test_the_data_say_again_what_was_read_from_them():
    basis.check(WHOLE)
    assert basis.read(WHOLE).as_data() == WHOLE
    assert basis.read({}).as_data() == {}


AMISS = [
    None,
    [],
    "on Tuesday",
    {"dates": {}},
    {"date": []},
    {"date": {"rule": "guessed"}},
    {"date": {"rule": ["weekday"]}},
    {"date": {"rule": None}},
    {"date": {"spans": "on Tuesday"}},
    {"date": {"spans": ["on Tuesday"]}},
    {"date": {"spans": [{"exact": ""}]}},
    {"date": {"spans": [{"exact": 7}]}},
    {"date": {"spans": [{"exact": "May", "start": 4, "end": 6}]}},
    {"date": {"spans": [{"exact": "May", "start": -1, "end": 2}]}},
    {"date": {"spans": [{"exact": "May", "start": "4", "end": "7"}]}},
    {"date": {"spans": [{"exact": "M", "start": False, "end": True}]}},
    {"date": {"spans": [{"exact": "May", "start": 4}]}},
    {"date": {"spans": [{"exact": "May"}] * 99}},
    {"date": {"spans": [{"exact": "May" * 999}]}},
    {"date": {"base": "2018"}},
    {"date": {"base": {"edtf": "2018"}}},
    {"date": {"base": {"edtf": "soon", "of": "text"}}},
    {"date": {"base": {"edtf": ["2018"], "of": "text"}}},
    {"date": {"base": {"edtf": "2018", "of": "hearsay"}}},
    {"date": {"link": "far"}},
    {"status": {"rule": "weekday"}},
    {"status": {"base": {"edtf": "2018", "of": "text"}}},
    {"note": 7},
    {"note": "x" * 9999},
]


@pytest.mark.parametrize("data", AMISS)
def test_what_is_no_basis_is_refused_and_never_breaks_a_reading(data):
    with pytest.raises(ValueError, match=r"(no|The|does not)"):
        basis.check(data)
    assert sentence(basis.read(data), "2018", "planned", WEDNESDAY) == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(
        [*DATE_RULES, *LINKS, *BASES, *STATUS_RULES, "2018-03-28", "2018-XX-12", "9999-12-31"]
    ),
    lambda some: st.lists(some) | st.dictionaries(
        st.sampled_from(
            ["date", "status", "note", "rule", "spans", "base", "link", "exact", "start", "end",
             "edtf", "of", ""]
        ),
        some,
    ),
)  # fmt: skip


@given(JSON, st.sampled_from(["", "2018", "soon", "../2018", "[2018,2019]", "9999"]))
def test_no_stored_basis_takes_a_page_down(data, edtf):
    read = basis.read(data)
    assert isinstance(sentence(read, edtf, "planned", WEDNESDAY, read.date.spans), str)
    basis.check(read.as_data())


def test_words_are_placed_by_their_offsets_where_these_are_known():
    text = "May may come in May, in May."
    assert basis.placed([Span("May", 116, 119)], text, 100) == [(16, 19)]


def test_words_without_offsets_stand_where_they_are_words_of_their_own():
    assert basis.placed([Span("May")], "The Mayor came in May", None) == [(18, 21)]
    assert basis.placed([Span("may")], "The Mayor came in May", None) == [None]
    assert basis.placed([Span("28"), Span("28")], "from 28 to 28", None) == [(5, 7), (11, 13)]


def test_offsets_of_a_wording_that_was_changed_since_are_not_trusted():
    assert basis.placed([Span("on Monday", 103, 112)], "It was on Monday", 100) == [(7, 16)]
    assert basis.placed([Span("on Monday", 3, 12)], "It was on Monday", None) == [(7, 16)]


def test_words_find_their_place_when_the_body_comes():
    body = "On Monday it rained. Li met Kim on Monday. He left on Friday."
    start, end = 21, 42
    read = basis.anchored(dated("weekday", "on Monday", "on Friday", "on Sunday"), body, start, end)
    assert read.date.spans == (
        Span("on Monday", 32, 41),
        Span("on Friday", 51, 60),
        Span("on Sunday"),
    )
