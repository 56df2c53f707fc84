"""Reading a saved page or wire copy. Every article here was written for these tests."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from timeline.extraction import read_article
from timeline.extraction.lexicon import load
from timeline.extraction.pages.article_parser import MAX_BYTES, UnreadableError

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


def test_a_furniture_word_inside_a_sentence_stays():
    body = "Share prices fell.\n\nPrint is not dead, she said."
    assert read_article(page(body=body)).body == body


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
