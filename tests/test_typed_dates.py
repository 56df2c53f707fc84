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
