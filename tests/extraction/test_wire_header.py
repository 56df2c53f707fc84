"""The lines above a wire article: headline, labels, dateline, publication and byline."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from timeline.extraction import read_article
from timeline.extraction.lexicon import load
from timeline.extraction.pages.article_parser import UnreadableError
from timeline.extraction.pages.publication_line import outlet_named, read_dateline, read_stamp

SEOUL = ZoneInfo("Asia/Seoul")


def page(
    headline="Ferry link reopens", stamp="May 6, 2019", body="OSLO, May 6 (NTB) -- It sailed."
):
    return f"{headline}\n\n{stamp}\n\n{body}\n"


def test_a_headline_of_nothing_but_a_label_stays_a_headline():
    article = read_article(page(headline="(URGENT)"))
    assert (article.headline, article.lead) == ("(URGENT)", None)


@pytest.mark.parametrize("entry", load("wire")["lead"], ids=lambda entry: entry["example"])
def test_every_lead_of_the_lexicon_is_parted_from_the_headline(entry):
    article = read_article(page(headline=entry["example"]))
    assert article.headline == "Talks open in Geneva"
    assert article.lead
    assert article.lead in entry["example"]


@pytest.mark.parametrize("entry", load("wire")["label"], ids=lambda entry: entry["words"])
def test_every_rubric_of_the_lexicon_is_a_label(entry):
    article = read_article(page(headline=entry["example"]))
    assert article.headline == "What the talks can bring"
    assert [label.lower() for label in article.labels] == [entry["words"].lower()]


def test_a_colon_in_a_headline_is_no_label():
    assert (
        read_article(page(headline="Ministry: ferry is safe")).headline == "Ministry: ferry is safe"
    )


@pytest.mark.parametrize("entry", load("wire")["outlet"], ids=lambda entry: entry["name"])
def test_every_outlet_of_the_lexicon_is_read_from_a_dateline(entry):
    assert outlet_named(read_dateline(entry["example"]).agency) == entry["name"]
    assert read_article(page(body=entry["example"])).outlet == entry["name"]


@pytest.mark.parametrize(
    ("line", "place", "filed", "agency"),
    [
        ("WASHINGTON (AP) — Talks opened.", "WASHINGTON", None, "AP"),
        ("LONDON, March 3 (Reuters) - Talks opened.", "LONDON", date(2020, 3, 3), "Reuters"),
        ("BEIJING, Feb. 28 (Xinhua) -- Talks opened.", "BEIJING", date(2020, 2, 28), "Xinhua"),
        ("SEOUL/TOKYO (Reuters) - Talks opened.", "SEOUL/TOKYO", None, "Reuters"),
        ("ST. JOHN'S, Canada (AP) -- Talks opened.", "ST. JOHN'S, Canada", None, "AP"),
        ("Geneva, March 3, 2019 (AFP) – Talks opened.", "Geneva", date(2019, 3, 3), "AFP"),
        ("March 3 (UPI) -- Talks opened.", None, date(2020, 3, 3), "UPI"),
        ("MOSCOW, March 3. /TASS/. Talks opened.", "MOSCOW", date(2020, 3, 3), "TASS"),
        ("SEOUL, March 3 -- Talks opened.", "SEOUL", date(2020, 3, 3), None),
        ("NEW YORK — Talks opened.", "NEW YORK", None, None),
    ],
)
def test_datelines_of_many_houses_give_place_date_and_agency(line, place, filed, agency):
    assert read_dateline(line, date(2020, 3, 4)) == (place, filed, agency)


@pytest.mark.parametrize(
    "line",
    [
        "The Korean Central News Agency (KCNA) - an official outlet - was silent.",
        "Kim met Xi on March 3 (Tuesday) and left.",
        "He said May 3 (a Sunday) - was too late.",
        "",
    ],
)
def test_a_sentence_with_brackets_is_no_dateline(line):
    assert read_dateline(line, date(2020, 3, 4)) is None


def test_a_dateline_of_december_read_in_january_is_of_the_year_before():
    assert read_dateline("OSLO, Dec. 31 (NTB) --", date(2020, 1, 1)).date == date(2019, 12, 31)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("All Headlines 11:51 March 3, 2020", datetime(2020, 3, 3, 11, 51, tzinfo=SEOUL)),
        ("2020-03-03 11:51", datetime(2020, 3, 3, 11, 51, tzinfo=SEOUL)),
        ("2020.03.03 (11:51)", datetime(2020, 3, 3, 11, 51, tzinfo=SEOUL)),
        ("March 3, 2020 1:05 p.m. KST", datetime(2020, 3, 3, 13, 5, tzinfo=SEOUL)),
        ("Tuesday, March 3, 2020, 12:05 AM UTC", datetime(2020, 3, 3, 0, 5, tzinfo=UTC)),
        (
            "Published 3 March 2020 at 10:15 GMT, updated 4 March 2020",
            datetime(2020, 3, 3, 10, 15, tzinfo=UTC),
        ),
        (
            "Posted on : Mar.3,2020 17:22 KST Modified on : Mar.4,2020 09:01 KST",
            datetime(2020, 3, 3, 17, 22, tzinfo=SEOUL),
        ),
        ("2020-03-03T11:51:07-05:00", datetime(2020, 3, 3, 16, 51, 7, tzinfo=UTC)),
        ("World 11:51 March 3, 2020 KST", datetime(2020, 3, 3, 11, 51, tzinfo=SEOUL)),
        ("3rd March 2020", date(2020, 3, 3)),
        ("World | March 3, 2020", date(2020, 3, 3)),
    ],
)
def test_publication_lines_of_many_pages_are_read(line, published):
    article = read_article(page(stamp=line, body="SEOUL (Yonhap) -- Talks opened."))
    assert article.published == published


def test_a_clock_without_a_zone_of_an_outlet_without_one_gives_the_day_alone():
    article = read_article(
        page(stamp="7:24 PM March 8, 2018", body="WASHINGTON (AP) — Talks opened.")
    )
    assert article.published == date(2018, 3, 8)


def test_xinhua_pages_name_their_source_beside_the_time():
    article = read_article(
        page(stamp="Source: Xinhua | 2020-03-03 20:19:31 | Editor: Li", body="The hall was full.")
    )
    assert article.outlet == "Xinhua"
    assert article.published.isoformat() == "2020-03-03T20:19:31+08:00"
    assert article.section is None


@pytest.mark.parametrize("entry", load("wire")["zone"], ids=lambda entry: entry["name"])
def test_every_printed_zone_of_the_lexicon_is_read(entry):
    stamp = read_stamp(entry["example"])
    assert (stamp.zone, stamp.rest) == (entry["name"], "")


@pytest.mark.parametrize("table", ["stamp", "revision"])
def test_words_around_a_publication_time_are_no_section(table):
    for entry in load("wire")[table]:
        assert entry["words"].lower() in entry["example"].lower()
        assert read_stamp(entry["example"]).rest in ("", "Xinhua")


def test_a_time_in_a_headline_is_not_the_publication_line():
    article = read_article(page(headline="Ministers look back on March 3, 2011"))
    assert article.headline == "Ministers look back on March 3, 2011"
    assert article.published == date(2019, 5, 6)


def test_an_impossible_date_is_no_date():
    with pytest.raises(UnreadableError, match="date"):
        read_article(page(stamp="February 31, 2019", body="It sailed."))


def test_the_publication_line_may_stand_before_the_headline_or_below_the_text():
    above = read_article("March 3, 2020\nFerry sails\n\nIt sailed at dawn.")
    below = read_article("Ferry sails\n\nIt sailed at dawn.\n\nPublished March 3, 2020")
    for article in (above, below):
        assert (article.headline, article.published) == ("Ferry sails", date(2020, 3, 3))
        assert article.body == "It sailed at dawn."


def test_a_dateline_with_its_year_dates_an_article_without_a_publication_line():
    article = read_article("Ferry sails\n\nGeneva, March 3, 2020 (AFP) – It sailed at dawn.")
    assert article.published == date(2020, 3, 3)
    assert article.section is None


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By JO DOE, Associated Press", "JO DOE"),
        ("By Jo Doe and An Other", "Jo Doe and An Other"),
        ("BY J.R. DOE", "J.R. DOE"),
    ],
)
def test_a_byline_names_the_writers_alone(line, byline):
    assert read_article(page(stamp=f"May 6, 2019\n{line}")).byline == byline


@pytest.mark.parametrize(
    "line", ["By then the ferry had gone.", "Reuters", "Seoul, May 4, 2019", "North May 4, 2019"]
)
def test_a_short_paragraph_of_the_text_is_no_line_of_the_header(line):
    body = f"OSLO, May 6 (NTB) -- It sailed.\n\n{line}\n\nIt came back."
    article = read_article(page(body=body))
    assert article.body == body
    assert (article.byline, article.section, article.outlet) == (None, None, "NTB")


def test_a_byline_may_stand_below_a_second_headline():
    article = read_article(
        "Ferry sails\nMay 6, 2019\nMinister pleased\nBy Jo Doe\nIt sailed at dawn."
    )
    assert article.byline == "Jo Doe"
    assert article.body == "Minister pleased\n\nIt sailed at dawn."


def test_a_first_sentence_that_begins_with_by_is_no_byline():
    article = read_article(page(body="By noon it had sailed."))
    assert (article.byline, article.body) == (None, "By noon it had sailed.")


def test_a_writer_beside_the_publication_time_is_the_byline_and_no_section():
    article = read_article(page(stamp="By Jo Doe | Posted : May 6, 2019 - 17:22"))
    assert (article.byline, article.section) == ("Jo Doe", None)
    assert article.published == date(2019, 5, 6)
