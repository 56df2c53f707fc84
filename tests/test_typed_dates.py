"""Dates as people type them are read as EDTF, or refused in a sentence."""

import datetime as dt

import pytest

from timeline.typed_dates import read_typed

DAY = dt.date(2018, 3, 28)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("26 March", "2018-03-26"),
        ("March 26", "2018-03-26"),
        ("on 26 March", "2018-03-26"),
        ("  26   March ", "2018-03-26"),
        ("May", "2018-05"),
        ("in May", "2018-05"),
        ("next month", "2018-04"),
        ("late 2011", "2011-10/2011-12"),
        ("spring 2018", "2018-21"),
        ("7 to 10 January 2019", "2019-01-07/2019-01-10"),
        ("between 5 and 9 May 2018", "2018-05-05/2018-05-09"),
        ("about 2011", "2011~"),
        ("around 5 May 2018", "2018-05-05~"),
        ("c. 1950", "1950~"),
        ("c 1950", "1950~"),
        ("24 Dec 2018", "2018-12-24"),
        ("the 1950s", "195X"),
        ("between May and June 2018", "2018-05/2018-06"),
        ("from 5 May to 7 June 2018", "2018-05-05/2018-06-07"),
        ("1950-1953", "1950/1953"),
        ("by May 2018", "../2018-05"),
        ("before 2018", "../2017-12-31"),
        ("since 2018", "2018/.."),
        ("28/03/2018", "2018-03-28"),
        ("03/28/2018", "2018-03-28"),
        ("28.3.2018", "2018-03-28"),
        ("5/5/2018", "2018-05-05"),
        ("2018/3/28", "2018-03-28"),
        ("3/2018", "2018-03"),
        ("２８ March ２０１８", "2018-03-28"),
        ("Monday 7 May 2018", "2018-05-07"),
        ("2018-03-27", "2018-03-27"),
        ("2019-01-07/2019-01-10", "2019-01-07/2019-01-10"),
        ("", ""),
        (" ", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(typed, edtf) -> None:
    assert read_typed(typed, DAY) == edtf


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mayish", "is no date that can be read"),
        ("soon", "is no date that can be read"),
        ("26 March and other days", "is no date that can be read"),
        ("the meeting of 26 March", "is no date that can be read"),
        ("12/06/2018", "Write 12 June 2018 or 2018-06-12"),
        ("12/06/2018", "write 6 December 2018 or 2018-12-06"),
        ("31/02/2018", "not a day of the calendar"),
        ("44 BC", "lies before the years"),
        ("Monday 5 May 2018", "was a Saturday"),
        ("12.6.2018", "Write 12 June 2018 or 2018-06-12"),
        ("2018-13", "is not a month"),
        ("31 February 2018", "no date"),
        ("<script>", "no date"),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(typed, said) -> None:
    with pytest.raises(ValueError, match=said):
        read_typed(typed, DAY)


def test_without_an_article_a_date_needs_its_year() -> None:
    assert read_typed("26 March 2018") == "2018-03-26"
    with pytest.raises(ValueError, match="names no year"):
        read_typed("26 March")


def test_without_an_article_several_days_of_one_year_are_read_on_any_day() -> None:
    assert read_typed("from 5 May to 7 June 2018") == "2018-05-05/2018-06-07"


@pytest.mark.parametrize(
    ("typed", "day_first", "edtf"),
    [
        ("12/06/2018", True, "2018-06-12"),
        ("12/06/2018", False, "2018-12-06"),
        ("28/03/2018", False, "2018-03-28"),
    ],
)
def test_whoever_knows_the_order_of_numbers_is_not_asked(typed, day_first, edtf) -> None:
    assert read_typed(typed, day_first=day_first) == edtf
