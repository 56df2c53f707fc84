"""EDTF strings: the days they span and the words a reader gets."""

import datetime as dt
import time

import pytest
from edtf import parse_edtf
from hypothesis import example, given
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
        "",
        "[]",
        "[2018]",
        "[2018,]",
        "2019-02-29",
        "٢٠١٨",
        "2018-03-28T25:30:00Z",
        "2018-03-28T23:30:00+99:99",
        "2018-05~~",
        "2018-31",
        "{2018,2019}",
        "Y12000",
        "9" * 5000,
    ],
)
def test_what_is_no_date_is_refused_in_plain_words(nonsense):
    with pytest.raises(ValueError, match="“"):
        dates.validate(nonsense)


def test_a_date_open_on_both_sides_is_refused():
    with pytest.raises(ValueError, match="leave the date empty"):
        dates.validate("../..")


@pytest.mark.parametrize(
    ("senseless", "reason"),
    [
        ("2018-XX-12", "“2018-XX-12” has a day but no month"),
        ("201X-05", "“201X-05” has a month but no year"),
        ("20XX-05-03/2019", "“20XX-05-03” has a month but no year"),
        ("[2018-XX,2019]", "write each of them without X"),
        ("2018-21-05", "“2018-21-05” has a day in a part of the year"),
        ("0000", "the years from 1 to 9999"),
        ("000X", "the years from 1 to 9999"),
        ("9999-24", "not over by the year 9999"),
        ("2018-13", "not a month or a season of the calendar"),
    ],
)
def test_a_masked_or_senseless_date_is_refused_with_what_it_lacks(senseless, reason):
    for read in (dates.validate, dates.bounds, dates.interpretation):
        with pytest.raises(ValueError, match=reason):
            read(senseless)


YEARS = some.integers(0, 9999).map("{:04}".format) | some.sampled_from(
    ["201X", "20XX", "1XXX", "000X", "00XX", "9999", "0001", "2018"]
)
MONTHS = some.integers(0, 43).map("-{:02}".format) | some.sampled_from(["-XX", "-1", ""])
DAYS = some.integers(0, 32).map("-{:02}".format) | some.sampled_from(["-XX", "", ""])
MARKS = some.sampled_from(["", "", "", "~", "?", "%", "T23:30:00Z", "T11:51:00+09:00", "T24:61:00"])
PARTS = some.builds("{}{}{}{}".format, YEARS, MONTHS, DAYS, MARKS)
SIDES = PARTS | some.sampled_from(["..", ""])
LOOKS_LIKE_EDTF = (
    PARTS
    | some.builds("{}/{}".format, SIDES, SIDES)
    | some.lists(PARTS, max_size=4).map(lambda parts: f"[{','.join(parts)}]")
    | some.text("0123456789X-/.[],~?%T:Z+ ", max_size=24)
)


@given(some.text(max_size=40) | LOOKS_LIKE_EDTF)
def test_any_text_is_either_a_date_or_a_plain_refusal(text):
    try:
        dates.validate(text)
    except ValueError:
        return
    earliest, latest = dates.bounds(text)
    assert earliest or latest
    assert not (earliest and latest) or earliest <= latest
    assert dates.words(text)
    assert dates.interpretation(text)
    assert isinstance(dates.precision(text), str)
    assert isinstance(dates.is_exact(text), bool)


def read_by_the_parser_of_the_whole_standard(text):
    """What the package `edtf` makes of a string; it cannot read all that the standard allows."""
    try:
        return parse_edtf(text)
    except Exception:
        return None


def is_outside_the_parser(text):
    """Whether the standard allows a date that the package refuses or fails on.

    It knows no qualifier on a season or a masked date, and neither quarters nor masks inside an
    interval or a set.
    """
    parts = text.strip("[]").replace("/", ",").split(",")
    is_grouped = any(part[5:7].isdigit() and int(part[5:7]) > 12 for part in parts)
    return (is_grouped or "X" in text) and (len(parts) > 1 or text[-1] in "~?%")


@given(LOOKS_LIKE_EDTF)
@example("2018-05-30~/2018-05-31~")
@example("2018-41")
@example("[2018-05,2018-06-03]")
def test_what_is_held_for_a_date_the_parser_of_the_standard_holds_for_the_same_days(text):
    try:
        span = dates.bounds(text)
        dates.validate(text)
    except ValueError:
        return
    parsed = read_by_the_parser_of_the_whole_standard(text)
    assert parsed is not None or is_outside_the_parser(text)
    winter = (
        text.partition("/")[2][5:7] == "24" or text[5:7] == "24"
    )  # the package ends it in December
    if parsed is None or None in span or winter or text.startswith("["):
        return
    days = [
        time.strftime("%Y-%m-%d", day) for day in (parsed.lower_strict(), parsed.upper_strict())
    ]
    assert [f"{day.year}-{day:%m-%d}" for day in span] == days


@given(some.dates(), some.dates())
def test_every_interval_of_days_spans_exactly_those_days(one, other):
    first, last = sorted((one, other))
    assert dates.bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


def test_only_whole_days_without_a_doubt_are_exact():
    assert dates.is_exact("2018-03-27")
    assert dates.is_exact("2019-01-07/2019-01-10")
    assert not any(map(dates.is_exact, ("2018-03", "2018-03-27~", "2018-03-27/..", "")))


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("2018-03-27", "2018-03", True),
        ("2018-03-27", "2018-03-26", False),
        ("2018-03-25/2018-03-27", "2018-03-27", True),
        ("../2018-03-26", "2018-03-27", False),
        ("2018-03-27/..", "2018-03-26", False),
        ("2018-03-27/..", "../2018", True),
        ("2018", "", True),
    ],
)
def test_two_dates_agree_when_they_have_a_day_in_common(one: str, other: str, agrees: bool) -> None:
    assert dates.agree(one, other) == dates.agree(other, one) == agrees


@pytest.mark.parametrize(
    ("one", "other", "lies_within"),
    [
        ("2018-03-27", "2018-03", True),
        ("2018-03", "2018-03-27", False),
        ("2018-03-31/2018-04-01", "2018-03", False),
        ("2018-03-27/..", "2018", False),
        ("2018-03-27/..", "2018/..", True),
        ("2018-03-27", "", True),
        ("", "2018", False),
        ("", "", False),
    ],
)
def test_a_date_lies_within_another_that_holds_all_its_days(one, other, lies_within) -> None:
    assert dates.is_within(one, other) is lies_within


@pytest.mark.parametrize(
    ("one", "other", "coarser"),
    [
        ("2018-06-05/2018-06-15", "../2018-06-10", True),
        ("2018-06-05/2018-06-10", "../2018-06-10", False),
        ("2018-06-01/2018-06-15", "2018-06-05/..", True),
        ("2018-06-05/2018-06-15", "2018-06-05/..", False),
        ("2018-06-10/..", "2018-06-01/2018-06-20", True),
        ("../2018-06-10", "2018-06-01/2018-06-20", True),
        ("2018-06-10/2018-06-15", "2018-06-01/2018-06-20", False),
        ("2018-07/..", "2018-06-01/2018-06-20", False),
    ],
)
def test_of_two_dates_one_of_them_open_that_is_coarser_which_goes_beyond_a_bound(
    one: str, other: str, coarser: bool
) -> None:
    assert dates.is_coarser(one, other) == coarser
