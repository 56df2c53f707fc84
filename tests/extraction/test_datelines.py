"""Where a story begins behind its dateline, and what the dateline says: one reader for all."""

import pytest

from tests.extraction.reading import find_events
from timeline.extraction.names import find_names
from timeline.extraction.pages.publication_line import read_dateline
from timeline.extraction.text.datelines import after_dateline

STORY = "Talks opened in Elmsport on Monday."
DATELINES = [
    "SEOUL, March 28 (Yonhap) --",
    "PRAGUE, Dec 10 (Reuters) -",
    "ROCHESTER, N.Y. (Bizline) _",
    "LAS VEGAS (AP) —",
    "DUBLIN, 6 October 2026 –",
    "MIAMI —",
    "PARIS/BERLIN, Feb. 2 (AFP) --",
    "BEIJING, June 20, 2018 /Xinhua/",
    "Seoul, 28 March (Yonhap) --",
    "HEMPSTEAD, N.Y., Sept. 26 (UPI) —",
    "WASHINGTON -",
    "Dec. 31 (NTB) --",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_names_events_and_pages_agree_where_a_dateline_ends(dateline: str):
    line = f"{dateline} {STORY}"
    assert line[after_dateline(line, 0, len(line)) :] == STORY
    assert read_dateline(line) is not None
    assert [name.text for name in find_names(line)] == ["Elmsport"]
    assert [event.text for event in find_events(line)] == [STORY]


@pytest.mark.parametrize(
    "line",
    [
        "NATO ministers met in Elmsport on Monday.",
        "The ferry - the last of its kind - sank on Monday.",
        "UN-backed talks in Elmsport ended on Monday.",
        "Norlak - which owns the port - closed it on Monday.",
        "A deal on May 3 (the third) - was signed in Elmsport.",
    ],
)
def test_a_sentence_that_only_looks_like_one_has_no_dateline(line: str):
    assert after_dateline(line, 0, len(line)) == 0


@pytest.mark.parametrize(
    "line",
    [
        "Washington, D.C. (CNN) – ",
        "Boston (AP) – ",
        "Miami, Fla. (AP) – ",
        "St. Louis, Mo. (AP) -- ",
        "Oslo (Reuters) - ",
    ],
)
def test_before_a_known_agency_a_place_need_not_stand_in_capitals(line):
    text = f"{line}Tor Berg resigned on Tuesday."
    assert after_dateline(text, 0, len(text)) == len(line)


@pytest.mark.parametrize("line", ["Ann Lee (Labour) – a teacher – ", "Norlak (Oslo) – a bank – "])
def test_a_party_or_a_town_in_brackets_is_no_agency(line):
    text = f"{line}resigned on Tuesday."
    assert after_dateline(text, 0, len(text)) == 0
