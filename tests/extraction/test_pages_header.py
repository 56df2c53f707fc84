"""The day, the writers and the agency above an article, as pages of many countries print them."""

from datetime import date

import pytest

from timeline.extraction import read_article
from timeline.extraction.pages.article import UnreadableError

HEADER_CASES = [
    ("28/03/2018", "2018-03-28"),
    ("08.05.2018", "2018-05-08"),
    ("Last Updated: Monday, 18 July, 2005, 05:01 GMT 06:01 UK", "2005-07-18T05:01:00+00:00"),
    ("Friday, 12/10/2021 | 03:12am EST", "2021-12-10T03:12:00-05:00"),
    ("2018년 12월 4일", "2018-12-04"),
    ("입력: 2018년 12월 04일 15:42", "2018-12-04T15:42:00+09:00"),
    ("2018年12月4日", "2018-12-04"),
    ("28 de abril de 2022", "2022-04-28"),
    ("Miércoles, 4 de mayo de 2022 - 10:15", "2022-05-04"),
    ("28. März 2018, 14:05 Uhr", "2018-03-28"),
    ("April 1, 2010 3:30 PM CDT", "2010-04-01T15:30:00-05:00"),
    ("March 3, 2020 10:15 CST", "2020-03-03"),
    ("Updated: 4 March 2020\nPublished: 3 March 2020, 10:00 GMT", "2020-03-03T10:00:00+00:00"),
    ("By Jo Doe 3 March 2020, 3:51 pm 11 Edit", "2020-03-03"),
    ("Printed on 9 March 2021\nPublished 3 March 2020", "2020-03-03"),
    ("Sat 14 Jan 2023 17.44 GMT", "2023-01-14T17:44:00+00:00"),
    ("Sun 15 Jan 2023\nFirst published on Sat 14 Jan 2023 06.02 GMT", "2023-01-14T06:02:00+00:00"),
    ("Publié le 6 mars 2020 à 00h32", "2020-03-06"),
    ("15/03/2020 14h32 Atualizado 16/03/2020 09h01", "2020-03-15"),
    ("기사입력 2020년 3월 5일 오후 2:15", "2020-03-05T14:15:00+09:00"),
    ("Stand: 29.06.2021, 11:20 Uhr", "2021-06-29"),
    ("23. 2. 2016 12:30", "2016-02-23"),
    ("2/23/16 10:00am", "2016-02-23"),
    ("Wednesday 5th of August 2015", "2015-08-05"),
    ("2015年07月05日 15時42分", "2015-07-05"),
    ("5 de julio de 2015 15:42 hs", "2015-07-05"),
]


@pytest.mark.parametrize(("stamp", "published"), HEADER_CASES)
def test_dates_of_many_countries_are_read_and_leave_no_section(stamp, published):
    article = read_article(f"Council closes the old bridge\n\n{stamp}\n\nThe council voted.")
    assert article.published.isoformat() == published
    assert article.section is None
    assert article.body == "The council voted."


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Doe | jo@post.example | Published July 5, 2015 at 3:42 p.m.",
        "Posted by Jo Doe on July 5, 2015 in News",
        "By Jo Doe, Staff Writer July 5, 2015",
    ],
)
def test_a_writer_on_the_line_of_the_day_is_the_byline_and_no_section(line):
    article = read_article(f"Council closes the bridge\n\n{line}\n\nIt voted.")
    assert (article.byline, article.section) == ("Jo Doe", None)
    assert article.published == date(2015, 7, 5)


def test_a_day_that_may_be_two_is_settled_by_the_dateline_or_the_text_or_asked():
    head = "Council closes the old bridge\n\n12/10/2021 | 03:12am EST\n\n"
    for text in ("PRAGUE, Dec 10 (NTB) - The hall was full.", "The vote of December 9 was close."):
        assert read_article(head + text).published.date() == date(2021, 12, 10)
    assert read_article(f"{head}The vote of 9 October was close.").published.month == 10
    with pytest.raises(UnreadableError, match="12 October 2021 or 10 December 2021"):
        read_article(f"{head}The council voted to close the bridge.")


def test_the_agency_that_signs_as_writer_is_the_agency():
    article = read_article("Council closes the bridge\n\nBy AFP\nMarch 27, 2018\n\nIt voted.")
    assert (article.byline, article.outlet, article.dateline.agency) == (None, "AFP", "AFP")


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Staff Reporter", None),
        ("By Dunley Post Newsroom", None),
        ("Par Jeanne Duval", "Jeanne Duval"),
        ("Von: Uwe Kranz, Ilse Horn", "Uwe Kranz, Ilse Horn"),
        ("Por Beatriz Lima", "Beatriz Lima"),
    ],
)
def test_a_byline_names_writers_in_other_languages_and_no_desk(line, byline):
    article = read_article(f"Council closes the bridge\n\n{line}\nMarch 27, 2018\n\nIt voted.")
    assert article.byline == byline


def test_addresses_are_no_part_of_a_byline():
    line = "By Jo Doe, jo.doe@post.example | The Dunley Post"
    article = read_article(f"Council closes the bridge\n\n{line}\nMarch 27, 2018\n\nIt voted.")
    assert (article.byline, article.outlet) == ("Jo Doe", "The Dunley Post")
