"""Marks of quotation: which words they hold, in American and in British papers."""

import pytest

from tests.extraction.reading import find_quotes
from timeline.extraction.text.quotation_marks import quoted_spans


def quoted(text: str) -> list[str]:
    return [text[run.start : run.end] for run in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("“We sail,” she said.", [True]),
        ("“We sail, she said.", [False]),
        ("“We “sail” late, she said.", [True]),
        ("“We sail,” she said. “It is late.", [True, False]),
        ("“We “sail,” she said. “It is late.", [True, False]),
    ],
)
def test_a_quotation_is_closed_where_a_mark_ends_it(text, closed):
    assert [run.closed for run in quoted_spans(text)] == closed


def test_single_marks_quote_where_no_others_do():
    assert quoted("‘We sail,’ she said. ‘It’s late.’") == ["We sail,", "It’s late."]


def test_a_plural_s_does_not_end_a_quotation_in_single_marks():
    assert quoted("‘Our members’ votes count,’ she said.") == ["Our members’ votes count,"]


def test_double_marks_inside_single_ones_are_part_of_the_quotation():
    assert quoted("‘They called it “fair”,’ she said. ‘It is not.’") == [
        "They called it “fair”,",
        "It is not.",
    ]


def test_single_marks_inside_double_ones_are_part_of_the_quotation():
    assert quoted("“They called it ‘fair’,” she said. “It is not.”") == [
        "They called it ‘fair’,",
        "It is not.",
    ]


def test_a_term_in_single_marks_is_left_where_others_quote():
    text = "The ‘fair’ deal failed. “We sail,” she said. “It is late.”"
    assert quoted(text) == ["We sail,", "It is late."]


@pytest.mark.parametrize(
    "text", ["In the ’90s it was rock ’n’ roll.", "The drivers’ vote was close.", "‘", "a‘b’"]
)
def test_an_apostrophe_quotes_nothing(text):
    assert quoted(text) == []


@pytest.mark.parametrize("text", ["The sign read ‘…’", "‘…’", "‘… …’", "‘…?’ ‘……’", "‘$’ ‘“…”’"])
def test_single_marks_without_a_word_quote_nothing(text):
    assert quoted(text) == []
    assert find_quotes(text) == []


def test_a_single_mark_left_open_loses_no_line():
    assert quoted("‘We sail, she said.\n‘It is late,’ she said.") == ["It is late,"]


def test_who_speaks_in_single_marks_is_found():
    text = (
        "Ann Lee, the mayor, came. ‘We sail at noon,’ said Lee. The fare is ‘a disgrace’, she said."
    )
    found = [(quote.text.rstrip(","), quote.kind, quote.actor) for quote in find_quotes(text)]
    assert ("We sail at noon", "direct", "Ann Lee") in found
    assert any(kind == "mixed" and actor == "Ann Lee" for _, kind, actor in found)


@pytest.mark.parametrize("text", ["“We sail,” said", "“We sail,” said the", "as saying “we sail”"])
def test_a_text_may_end_at_the_word_of_saying(text):
    assert [quote.text.rstrip(",").casefold() for quote in find_quotes(text)] == ["we sail"]


def test_a_straight_mark_set_after_the_space_still_closes():
    assert quoted('"We sail on Monday, "said Ann Lee. "It is late."') == [
        "We sail on Monday, ",
        "It is late.",
    ]
