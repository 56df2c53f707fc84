"""Where a rule of the times ends: the last that it reads, and the first that it does not."""

import datetime as dt

import pytest

from timeline.extraction.times import find_times
from timeline.extraction.times.points import BeyondCalendarError, Point, edtf

WEDNESDAY = dt.date(2018, 3, 28)


def read(text: str) -> list[tuple[str, str]]:
    return [(time.text, time.value) for time in find_times(text, WEDNESDAY)]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The plan runs until May 2399.", [("May 2399", "2399-05")]),
        ("The plan runs until May 2400.", [("May", "2018-05")]),
        ("The shop in 1917 Elm Street closed.", []),
        ("The shop in 1917 Elm closed.", [("1917", "1917")]),
    ],
)
def test_a_year_is_a_number_below_2400_that_numbers_no_house(text, times):
    assert read(text) == times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("They have met in the past year.", [("the past year", "P1Y")]),
        ("They met on Tuesday. The previous evening Lee had left.",
         [("Tuesday", "2018-03-27"), ("The previous evening", "2018-03-26TEV")]),
        ("It was ten years to the day after the war.", [("ten years", "P10Y")]),
    ],
)  # fmt: skip
def test_the_past_year_is_one_and_the_previous_evening_the_one_before(text, times):
    assert read(text) == times


@pytest.mark.parametrize(("year", "decade"), [(2014, "192X"), (2015, "202X"), (2018, "202X")])
def test_a_decade_by_its_tens_is_the_last_that_is_no_more_than_five_years_off(year, decade):
    (found,) = find_times("It was built in the twenties.", dt.date(year, 3, 28))
    assert found.value == decade


def test_the_last_year_of_the_calendar_has_a_date_and_the_next_has_none():
    assert edtf(Point("year", 9999)) == "9999"
    with pytest.raises(BeyondCalendarError):
        edtf(Point("year", 10_000))
