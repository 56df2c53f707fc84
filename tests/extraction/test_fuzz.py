"""Whole sentences, torn and put together in odd ways: the extraction reads them all.

`make test` tries 500 texts, the same in every run; `make fuzz` tries 20,000 others.
"""

import json
import os
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from timeline import dates
from timeline.extraction import extract

TEXTS = int(os.environ.get("FUZZ", "500"))

TITLES = [
    *["", "", "", "Mr ", "Mrs. ", "Sir ", "Dame ", "Dr. ", "Supt ", "Det Supt ", "President "],
    *["Prime Minister ", "North Korean leader ", "Pope ", "King ", "union leader ", "St. ", "Lt. "],
]
GIVEN = ["Kelly", "Ann", "Robert", "José", "Kim", "Jong-un", "Zoë", "Nguyen", "O’Neil", "Bo", "김"]
FAMILY = [
    "Marsh",
    "Downey",
    "Lee",
    "Peña",
    "King",
    "van der Berg",
    "Muñoz",
    "McKay",
    "May",
    "Xi",
    "X",
]
SUFFIXES = [
    "",
    "",
    "",
    " Jr.",
    " Jr",
    " Sr.",
    " III",
    " II",
    ", PhD",
    " PhD",
    " QC",
    ", 47",
    "’s",
    "'s",
]
GROUPS = [
    "police",
    "the ministry",
    "KCNA",
    "The U.N.",
    "Tessel & Co.",
    "People's Daily",
    "US",
    "he",
]
PLACES = [
    "in Lima",
    "at Panmunjom",
    "in New York",
    "in Washington, D.C.",
    "off Elmsport",
    "there",
    "",
]
SAYING = [
    "said",
    "told reporters",
    "says",
    "wrote",
    "according to",
    "was quoted as saying",
    "asked",
]
DOING = [
    *[
        "met",
        "will meet",
        "resigned",
        "is to visit",
        "has been sworn in",
        "was killed",
        "called off",
    ],
    *["did not attend", "may postpone", "plans to hold talks with", "visited", "agreed to sign"],
]
THINGS = [
    "",
    "the talks",
    "a summit",
    "the 1950-53 war",
    "its fourth visit",
    "the plan",
    "a letter",
]
MARKS = [
    *"“”‘’\"'«»„‟([{)]}—–…·•*_~^`´′″¿¡‹›「」", "``", "''", "--", "...", "……", " . . . ", "?!",
    "‘…’", "“…”", "‘ ’", "“”", "‘…?’", "('", "’)", "-”", "„…“",
]  # fmt: skip
ODD = [
    *["\n", "\n\n", "\r\n", "\t", "\u2028", "\x85", "\x0b", "\x00", "\x1b[31m", "\x7f", "\ufeff"],
    *[
        "\ud800",
        "\udfff",
        "\u202e",
        "\u200f",
        "\u200b",
        "\u2066",
        "\xad",
        "\xa0",
        "\u0301",
        "\u0345",
    ],
    *[
        "İ",
        "ß",
        "ŉ",
        "ǰ",
        "ﬁ",
        "Σ",
        "ς",
        "ᾳ",
        "𝟙",
        "²",
        "٣",
        "Ⅷ",
        "🙂",
        "👩‍👩‍👧",
        "שלום",
        "مرحبا",
        "e\u0301",
    ],
]
WHEN = """
on Tuesday; last week; next month; tomorrow; yesterday evening; earlier this year; by May;
until next Friday; since the 1990s; in the 19th century; two days later; a decade ago; at noon;
in the first quarter of 2018; in spring; from 1990 to 1850; Monday through Friday; in 2018-XX-12;
the day after Christmas; 31 June 2018; Feb. 29, 2019; on the 31st; between 1 May and 3 May 2018;
at 25:61 p.m.; three days before 1 January 0001; 9,999 years from now; in 201X; 2018-W12;
every other Sunday; the following day; late in the 20th century; half a century earlier
"""
MONTHS = ["January", "Feb.", "March", "Sept", "December", "Mayuary"]
DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2020, 2, 29)])
ZONES = st.none() | st.sampled_from(
    [
        UTC,
        timezone(timedelta(hours=14)),
        timezone(timedelta(hours=-12)),
        timezone(timedelta(hours=9)),
    ]
)
PUBLISHED = DAYS | st.datetimes(timezones=ZONES) | st.sampled_from([datetime.min, datetime.max])

number = st.integers(0, 10**6) | st.sampled_from([0, 1, 31, 1950, 2018, 9999, 10**30])
day_of_month = st.integers(0, 32)
year = st.integers(0, 10000) | st.sampled_from([1, 1950, 2018, 9999])
dated = st.one_of(
    st.sampled_from([said.strip() for said in WHEN.split(";")]),
    st.builds("on {} {}, {}".format, st.sampled_from(MONTHS), day_of_month, year),
    st.builds("on {} {} {}".format, day_of_month, st.sampled_from(MONTHS), year),
    st.builds("{:04}-{:02}-{:02}".format, year, st.integers(0, 13), day_of_month),
    st.builds("{}.{}.{}".format, day_of_month, st.integers(0, 13), year),
    st.builds("{} to {} {}".format, year, year, st.sampled_from(["BC", "AD", "", "percent"])),
    st.builds("{} {} ago".format, number, st.sampled_from(["days", "weeks", "centuries", "years"])),
    st.builds("in {} {}".format, number, st.sampled_from(["hours", "months", "decades", "years"])),
)
name = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(TITLES),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    st.sampled_from(SUFFIXES),
)
short = st.builds(
    "{}{}{}".format, st.sampled_from(TITLES), st.sampled_from(FAMILY), st.sampled_from(SUFFIXES)
)
who = name | short | st.sampled_from(GROUPS)
clause = st.builds(
    "{} {} {} {} {}".format,
    who,
    st.sampled_from(DOING),
    st.sampled_from(THINGS) | who,
    st.sampled_from(PLACES),
    dated,
)
said = st.builds(
    "{}{}{} {}".format,
    st.sampled_from(["“", "‘", '"', "'", "«", "„", "", "``"]),
    clause,
    st.sampled_from([",”", ",’", ',"', ",'", "»", "“", ",", "?”", "…’", ".''"]),
    st.builds("{} {}".format, st.sampled_from(SAYING), who)
    | st.builds("{} {}".format, who, st.sampled_from(SAYING)),
)
sentence = st.builds(
    "{}{}".format, clause | said, st.sampled_from([". ", ".\n", "? ", "", "… ", ".”\n\n"])
)
odd = st.sampled_from(MARKS) | st.sampled_from(ODD) | st.text(max_size=3) | dated | who
pieces = st.lists(st.one_of(sentence, sentence, odd, odd), max_size=12)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of whole sentences with odd things between them, or inside one after a cut."""
    text = draw(st.sampled_from(["", " "])).join(draw(pieces))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(odd) + text[at:]
    text = text[draw(st.integers(0, 3)) : len(text) - draw(st.integers(0, 3))]
    form = draw(st.sampled_from(["", "", "", "NFD", "NFKC"]))
    return unicodedata.normalize(form, text) if form else text


def spans_of(found: dict) -> list[dict]:
    """Every place in the text that an answer names."""
    spans = [*found["times"], *found["quotes"], *found["events"]]
    spans += [quote[part] for quote in found["quotes"] for part in ("speaker", "cue")]
    spans += [event["trigger"] for event in found["events"]]
    return [span for span in spans if span]


@settings(
    max_examples=TEXTS,
    derandomize=TEXTS == 500,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(text=texts(), published=PUBLISHED)
@example(
    text="Kelly Marsh Jr. scored 27 points. Marsh Jr joined in July.", published=date(2023, 11, 8)
)
@example(text="Robert Downey Jr. won. Downey Jr. thanked them.", published=date(2023, 11, 8))
@example(text="The sign read ‘…’", published=date(2018, 3, 28))
@example(text="‘…’", published=date(2018, 3, 28))
@example(text="‘… …’ said Ann Lee. ‘…?’ ‘……’", published=date(2018, 3, 28))
@example(text="1949 on Jan. 1, 1949Feb. 29, 20190000", published=date.min)
@example(text="“Ann met Bo. Lee““Kim met Bo on Tuesday,” said Lee. ", published=date.min)
@example(text="", published=date.min)
@example(text="a", published=date.max)
def test_any_text_is_read_and_what_is_found_stands_where_it_says(text, published):
    found = extract(text, published).as_json()
    for span in spans_of(found):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]
    for quote in found["quotes"]:
        for start, end in quote.get("runs", ()):
            assert quote["start"] <= start < end <= quote["end"]
    for one in (*found["times"], *found["events"]):
        if one["edtf"] is not None:
            dates.validate(one["edtf"])
    json.dumps(found, allow_nan=False)
