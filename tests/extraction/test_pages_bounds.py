"""The bounds of reading a page: just so much is read as is said, and nothing beyond."""

from datetime import date, timedelta

import pytest

from tests.extraction.test_pages import FIRST, MENU, SECOND, THIRD, copied, page
from timeline.extraction import read_article
from timeline.extraction.pages.article import UnreadableError
from timeline.extraction.pages.copied_page import read_whole_page
from timeline.extraction.pages.encodings import MAX_BYTES, decode
from timeline.extraction.pages.printed_days import PrintedDay, resolve_day
from timeline.extraction.pages.publication_line import read_stamp


def test_a_file_of_just_the_most_bytes_is_read_and_a_longer_one_is_not():
    assert len(decode(b"a" * MAX_BYTES)) == MAX_BYTES
    with pytest.raises(UnreadableError, match="10 MB"):
        decode(b"a" * (MAX_BYTES + 1))


def test_a_block_of_linked_data_that_is_too_long_is_left_aside():
    told = (
        '{"@type": "NewsArticle", "headline": "Pier", "datePublished": "2018-03-27",'
        ' "articleSection": "Harbour"%s}'
    )
    for filling, section in (("", "Harbour"), (" " * 2_000_000, None)):
        linked = f'<script type="application/ld+json">{told % filling}</script>'
        assert read_article(page(linked, FIRST)).section == section


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Thursday 05/04/2018", date(2018, 4, 5)),
        ("Friday 05/04/2018", date(2018, 5, 4)),
        ("Sunday 05/04/2018", None),
    ],
)
def test_a_weekday_settles_which_figure_is_the_month(line: str, day: date | None):
    stamp = read_stamp(line)
    assert stamp is not None
    assert (stamp.day if stamp.other is None else None) == day


@pytest.mark.parametrize(("days", "is_near"), [(7, True), (8, False)])
def test_a_day_within_a_week_settles_a_printed_one(days: int, is_near: bool):
    printed = PrintedDay(date(2018, 4, 5), 0, 10, date(2018, 5, 4))
    near = [date(2018, 4, 5) - timedelta(days=days)]
    assert resolve_day(printed, near, "") == (date(2018, 4, 5) if is_near else None)


def test_the_headline_of_a_copied_page_is_no_paragraph():
    lines = [
        "News",
        "Sport",
        "Council closes the old bridge",
        "27 March 2018",
        FIRST,
        SECOND,
        THIRD,
    ]
    header, text = read_whole_page(lines)
    assert header.headline == "Council closes the old bridge"
    assert text == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("above", "stamp", "day"),
    [
        ("Published March 27, 2018", "By Jo Doe", 27),
        ("Published March 27, 2018", "Updated March 30, 2018", 27),
        ("Updated March 28, 2018", "By Jo Doe", 28),
        ("Updated March 28, 2018", "Updated March 30, 2018", 30),
        ("Updated March 28, 2018\nPublished March 27, 2018", "By Jo Doe", 27),
        ("Published March 27, 2018\nUpdated March 28, 2018", "By Jo Doe", 27),
        ("Updated March 28, 2018\nUpdated March 29, 2018", "By Jo Doe", 29),
    ],
)
def test_the_day_of_an_update_counts_where_no_other_is_printed_near(above, stamp, day):
    article = read_article(copied(stamp=stamp, above=f"{MENU}\n{above}"))
    assert article.published == date(2018, 3, day)
