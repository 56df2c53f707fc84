"""EDTF strings: the days they span and the words a reader gets."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timeline import dates


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2018-03-27", "2018-03-27", "2018-03-27"),
        ("2018-05", "2018-05-01", "2018-05-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2018-21", "2018-03-01", "2018-05-31"),
        ("2018-24", "2018-12-01", "2019-02-28"),
        ("2018-34", "2018-04-01", "2018-06-30"),
        ("2018-41", "2018-07-01", "2018-12-31"),
        ("2011-12~", "2011-12-01", "2011-12-31"),
        ("2019?", "2019-01-01", "2019-12-31"),
        ("1950/1953", "1950-01-01", "1953-12-31"),
        ("2018-04-21~/2018-04-30", "2018-04-21", "2018-04-30"),
        ("2019-01-10/..", "2019-01-10", None),
        ("../2018-05", None, "2018-05-31"),
        ("[2018-05-01,2018-05-03]", "2018-05-01", "2018-05-03"),
        ("2018-03-28T23:30:00+09:00", "2018-03-28", "2018-03-28"),
        ("", None, None),
    ],
)
def test_a_date_spans_its_first_to_its_last_day(edtf, earliest, latest):
    span = dates.bounds(edtf)
    assert span == tuple(day and dt.date.fromisoformat(day) for day in (earliest, latest))


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2018-03-27", "27 March 2018"),
        ("2018-05", "May 2018"),
        ("2018-21", "spring 2018"),
        ("2018-33", "first quarter of 2018"),
        ("199X", "1990s"),
        ("2011-12~", "about December 2011"),
        ("2019?", "2019 (uncertain)"),
        ("2019-01-07/2019-01-10", "7–10 January 2019"),
        ("2019-06-30/2019-07-21", "30 June – 21 July 2019"),
        ("2018-12-30/2019-01-02", "30 December 2018 to 2 January 2019"),
        ("1950/1953", "1950–1953"),
        ("../2018-05", "by May 2018"),
        ("2019-01-10/..", "after 10 January 2019"),
        ("", "Date not set"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(edtf, said):
    assert dates.words(edtf) == said


@pytest.mark.parametrize(
    ("edtf", "precision"),
    [
        ("2018-03-27", "Tuesday"),
        ("2018-05", "month only"),
        ("2018", "year only"),
        ("2011-12~", "approximate"),
        ("2019?", "uncertain"),
        ("2019-01-07/2019-01-10", "Mon to Thu, 4 days"),
        ("../2018-05", "start not given"),
        ("2019-01-10/..", "end not given"),
    ],
)
def test_a_reader_is_told_how_exact_a_date_is(edtf, precision):
    assert dates.precision(edtf) == precision


def test_an_editor_sees_how_a_month_is_understood():
    assert dates.interpretation("2018-05") == "2018-05 → May 2018, 1–31 May"


@pytest.mark.parametrize(
    "nonsense",
    [
        "yesterdayish",
        "2018-13",
        "2018-02-30",
        "2018-3-1",
        "0000",
        "[" * 50,
        "2018-05-02/2018-05-01",
    ],
)
def test_what_is_no_date_is_refused_in_plain_words(nonsense):
    with pytest.raises(ValueError, match="“"):
        dates.validate(nonsense)


def test_a_date_open_on_both_sides_is_refused():
    with pytest.raises(ValueError, match="leave the date empty"):
        dates.validate("../..")


@given(some.text(max_size=40))
def test_any_text_is_either_a_date_or_a_plain_refusal(text):
    try:
        dates.validate(text)
    except ValueError:
        return
    assert dates.words(text)


@given(some.dates(), some.dates())
def test_every_interval_of_days_spans_exactly_those_days(one, other):
    first, last = sorted((one, other))
    assert dates.bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


def test_only_whole_days_without_a_doubt_are_exact():
    assert dates.is_exact("2018-03-27")
    assert dates.is_exact("2019-01-07/2019-01-10")
    assert not any(map(dates.is_exact, ("2018-03", "2018-03-27~", "2018-03-27/..", "")))
