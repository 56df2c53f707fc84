"""Reading a saved page or wire copy. Every article here was written for these tests."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from timeline.extraction import read_article
from timeline.extraction.lexicon import load
from timeline.extraction.pages.article_parser import MAX_BYTES, UnreadableError
from timeline.extraction.pages.publication_line import outlet_named, read_dateline, read_stamp

SEOUL = ZoneInfo("Asia/Seoul")

YONHAP = """\
Go to Contents Go to Navigation

(2nd LD) (Yonhap Feature) Ferry link to island reopens after 3-year wait

National 09:05 May 6, 2019

(ATTN: UPDATES with minister's remarks in paras 2-3, 5; ADDS photo)
By Han So-ra

MOKPO, South Korea, May 6 (Yonhap) -- The first ferry in three years left for the island on Monday.

"We have waited long enough," the harbor master said.

The ministry paid for two ships.

Passengers wave from a ferry in Mokpo on May 6, 2019. (Yonhap)

Passengers wave from a ferry in Mokpo on May 6, 2019. (Yonhap)

A third ship will follow in June.

(END)

Send Feedback
How can we improve?
Thanks for your feedback!
"""


def page(
    headline="Ferry link reopens", stamp="May 6, 2019", body="OSLO, May 6 (NTB) -- It sailed."
):
    return f"{headline}\n\n{stamp}\n\n{body}\n"


def test_a_wire_page_is_taken_apart_into_its_fields():
    article = read_article(YONHAP)
    assert article.headline == "Ferry link to island reopens after 3-year wait"
    assert article.lead == "2nd LD"
    assert article.labels == ("Yonhap Feature",)
    assert article.section == "National"
    assert article.published == datetime(2019, 5, 6, 9, 5, tzinfo=SEOUL)
    assert article.published.isoformat() == "2019-05-06T09:05:00+09:00"
    assert article.byline == "Han So-ra"
    assert article.dateline == ("MOKPO, South Korea", date(2019, 5, 6), "Yonhap")
    assert article.outlet == "Yonhap"
    assert article.language == "en"


def test_the_note_to_the_desks_keeps_its_words_and_the_paragraphs_it_names():
    article = read_article(YONHAP)
    assert article.note == "UPDATES with minister's remarks in paras 2-3, 5; ADDS photo"
    assert article.note_paragraphs == (2, 3, 5)


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("ADDS details in para 4", (4,)),
        ("UPDATES paras 1, 3 and 5-6", (1, 3, 5, 6)),
        ("RECASTS paragraphs 2 to 4", (2, 3, 4)),
        ("CHANGES headline; ADDS photo", ()),
        ("ADDS 12 soldiers in lead", ()),
    ],
)
def test_paragraph_numbers_are_read_from_the_note(note, named):
    article = read_article(page(stamp=f"May 6, 2019\n(ATTN: {note})"))
    assert (article.note, article.note_paragraphs) == (note, named)


def test_a_note_may_run_over_lines_and_hold_brackets():
    article = read_article(
        page(stamp="May 6, 2019\n(ATTN: ADDS (corrected)\nfigures in paras 3-4)")
    )
    assert article.note == "ADDS (corrected) figures in paras 3-4"
    assert article.body == "OSLO, May 6 (NTB) -- It sailed."


def test_a_caption_is_kept_once_and_apart_from_the_body():
    article = read_article(YONHAP)
    assert article.captions == ("Passengers wave from a ferry in Mokpo on May 6, 2019. (Yonhap)",)
    assert "Passengers" not in article.body


def test_page_furniture_is_in_no_field():
    article = read_article(YONHAP)
    everything = " ".join(
        map(str, (article.headline, article.section, article.captions, article.body))
    )
    for entry in load("wire")["furniture"]:
        assert entry["phrase"] not in everything


def test_paragraph_offsets_slice_the_body_to_its_paragraphs():
    article = read_article(YONHAP)
    paragraphs = [article.body[start:end] for start, end in article.paragraphs]
    assert paragraphs == article.body.split("\n\n")
    assert paragraphs[1] == '"We have waited long enough," the harbor master said.'
    assert len(paragraphs) == 4


@pytest.mark.parametrize("entry", load("wire")["furniture"], ids=lambda entry: entry["phrase"])
def test_every_furniture_line_of_the_lexicon_is_dropped(entry):
    body = read_article(
        page(body=f"It sailed at dawn.\n\n{entry['example']}\n\nIt came back.")
    ).body
    assert body == "It sailed at dawn.\n\nIt came back."


def test_the_address_of_a_reporter_is_dropped():
    assert read_article(page(body="It sailed at dawn.\n\njo.doe@wire.example")).body == (
        "It sailed at dawn."
    )


def test_a_headline_of_nothing_but_a_label_stays_a_headline():
    article = read_article(page(headline="(URGENT)"))
    assert (article.headline, article.lead) == ("(URGENT)", None)


def test_a_furniture_word_inside_a_sentence_stays():
    body = "Share prices fell.\n\nPrint is not dead, she said."
    assert read_article(page(body=body)).body == body


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


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    windows = b"\xef\xbb\xbf" + YONHAP.replace("\n", "\r\n").encode()
    assert read_article(windows) == read_article(YONHAP)


def test_utf_16_is_read_when_it_declares_itself():
    assert read_article(YONHAP.encode("utf-16")) == read_article(YONHAP)


def test_a_hard_wrapped_copy_has_the_paragraphs_of_its_author():
    article = read_article(
        "Ferry link reopens\n\nMay 6, 2019\nBy Ola Nordmann\n\n"
        "OSLO, May 6 (NTB) -- The first ferry in three years left the quay\n"
        "on Monday morning with two hundred passengers on board, among\n"
        "them the mayor.\n\n"
        "Nobody had expected so many people, the harbor master told us, and\n"
        "not one of them had a ticket.\n"
    )
    assert article.byline == "Ola Nordmann"
    assert len(article.paragraphs) == 2
    assert article.body.endswith("told us, and not one of them had a ticket.")


def test_lines_without_blank_lines_between_them_are_paragraphs():
    article = read_article("Ferry sails\nMay 6, 2019\nIt sailed at dawn.\nIt came back.")
    assert article.body == "It sailed at dawn.\n\nIt came back."


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


@pytest.mark.parametrize("table", ["credit", "caption"])
def test_every_credit_and_caption_of_the_lexicon_is_parted_from_the_body(table):
    for entry in load("wire")[table]:
        article = read_article(page(body=f"It sailed.\n\n{entry['example']}\n\nIt came back."))
        assert article.captions == (entry["example"],)
        assert article.body == "It sailed.\n\nIt came back."


def test_every_word_of_a_picture_makes_a_credited_last_line_a_caption():
    for entry in load("wire")["picture"]:
        assert read_article(page(body=f"It sailed.\n\n{entry['example']}")).captions


def test_an_agency_that_signs_the_last_paragraph_is_the_outlet():
    article = read_article(page(body="It sailed at dawn.\n\nIt came back at noon. (Yonhap)"))
    assert article.outlet == "Yonhap"
    assert article.captions == ()
    assert article.body.endswith("It came back at noon. (Yonhap)")


@pytest.mark.parametrize("entry", load("wire")["language"], ids=lambda entry: entry["code"])
def test_every_language_of_the_lexicon_is_told_by_its_small_words(entry):
    assert read_article(page(body=entry["example"])).language == entry["code"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("배가 항구를 떠났다.", "ko"),
        ("船は港を出た。", "ja"),
        ("轮船离开了港口。", "zh"),
        ("Судно вышло.", "ru"),
    ],
)
def test_other_scripts_tell_their_language(body, code):
    assert read_article(page(body=body)).language == code


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4\n\x00\x01\x02", "binary"),
        (bytes(range(128, 256)) * 9, "binary"),
        (b"a" * (MAX_BYTES + 1), "too big"),
        (b"\xff\xfea", "encoding"),
        (b"<!DOCTYPE html><html><body>Ferry</body></html>", "headline"),
        (b"May 6, 2019\n\nOSLO, May 6 (NTB) -- It sailed.", "headline"),
        (b"Ferry sails\n\nIt sailed at dawn.", "date"),
        (b"Ferry sails\n\nOSLO, May 6 (NTB) -- It sailed at dawn.", "date"),
        (b"Ferry sails\n\nMay 6, 2019", "no text"),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(raw, reason):
    with pytest.raises(UnreadableError, match=reason) as refusal:
        read_article(raw, "saved.txt")
    message = str(refusal.value)
    assert message.startswith("saved.txt: ")
    assert "\n" not in message
    assert message.endswith(".")


def test_text_is_refused_like_bytes():
    for text in ("", "\0", "a" * (MAX_BYTES + 1)):
        with pytest.raises(UnreadableError):
            read_article(text)
