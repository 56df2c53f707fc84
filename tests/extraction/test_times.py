"""Time expressions: where they stand, what they denote, and how that was found."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import bounds
from timeline.extraction import times
from timeline.extraction.lexicon import load
from timeline.extraction.lexicon import rows as load_rows
from timeline.extraction.text.sentences import split
from timeline.extraction.times import find_times, intervals, named_days, tense
from timeline.extraction.times.grammar import grammar

WEDNESDAY = dt.date(2018, 3, 28)
GOLD = [
    line.split("\t")
    for line in Path(__file__).with_name("gold_times.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
HISTORY = (
    "The republic was founded in May 1810 and fell in 1814. In 1820 it rose again under a general, "
    "and in June 1821 it was recognised by its neighbours. "
)


def read(text, published=WEDNESDAY):
    """The expressions of a text with their TIMEX3 values."""
    return {time.text: time.value for time in find_times(text, published)}


def only(text, published=WEDNESDAY):
    """The one expression of a text."""
    (time,) = find_times(text, published)
    return time


@pytest.mark.parametrize(("published", "text", "words", "kind", "value", "edtf"), GOLD)
def test_our_own_gold_is_read_as_we_read_it(published, text, words, kind, value, edtf):
    times = find_times(text, dt.date.fromisoformat(published))
    if not words:
        assert times == []
        return
    assert (words, kind, value, edtf or None) in [
        (time.text, time.type, time.value, time.edtf) for time in times
    ]


@pytest.mark.parametrize("rule", load("times")["rule"], ids=lambda rule: rule["name"])
def test_the_example_beside_a_rule_is_read_by_that_rule(rule):
    text, published, words, value, edtf = rule["example"]
    times = find_times(text, published)
    assert (words, value, edtf or None, rule["name"]) in [
        (time.text, time.value, time.edtf, time.rule) for time in times
    ]


@pytest.mark.parametrize("day", load("named_days")["day"], ids=lambda day: day["names"][0])
def test_a_day_with_a_name_falls_where_its_example_says(day):
    year, date = day["example"]
    assert named_days.day_in(year, day["rule"]).isoformat() == date
    for name in day["names"]:
        assert read(f"It ended on {name} in the rain.", dt.date.fromisoformat(date)) == {name: date}


def said(text, word):
    """What is read of a text, `word` left out of the expressions."""
    return [(t.text.replace(word, ""), t.value, t.edtf) for t in find_times(text, WEDNESDAY)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("They landed on D-Day.", "stated"), ("They met on Christmas Day.", "no-year"),
     ("They met on Christmas Day 2010.", "stated"), ("They met last Christmas Day.", "relative")],
)  # fmt: skip
def test_a_day_that_came_once_is_stated_by_its_name(text, rule):
    assert only(text).ground.rule == rule


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On the 5th it was refused.", ["2018-10-05"]),
        ("On the 5th, it was refused.", ["2018-10-05"]),
        ("The 5th Brigade refused.", []),
        ("The 5th of them refused.", []),
    ],
)
def test_a_number_is_a_day_of_the_month_spoken_of_where_no_noun_follows(text, days):
    _, *found = find_times(f"On 2 October they made an offer. {text}", dt.date(2018, 10, 9))
    assert [time.value for time in found] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The attack came on 10 Nov 11.", "10 Nov 11"),
        ("On 10 Nov 5 people left.", "10 Nov"),
        ("On 10 Nov 11 people left.", "10 Nov"),
    ],
)
def test_two_digits_after_a_month_are_a_year_where_they_count_nothing(text, day):
    assert read(text, dt.date(2011, 11, 20)) == {day: "2011-11-10"}


@pytest.mark.parametrize("name", load("times")["words"])
def test_every_word_of_a_class_decides_what_its_sample_says(name):
    table = load("times")
    sample = table["samples"][name]
    without = said(sample.replace("{}", "unheard"), "unheard")
    for entry in table["words"][name].split():
        word = entry.partition("=")[0]
        assert said(sample.replace("{}", word), word) != without, word


@pytest.mark.parametrize("cue", load("times")["cues"])
def test_every_word_of_a_cue_decides_what_its_sample_says(cue, monkeypatch):
    samples = load("times")["cue_samples"][cue]
    words = grammar().cues[cue]
    for word in words:
        texts = [
            sample.replace("{}", word).replace("{Word}", word.capitalize()) for sample in samples
        ]
        with_word = [find_times(text, WEDNESDAY) for text in texts]
        with monkeypatch.context() as patched:
            patched.setitem(grammar().cues, cue, words - {word})
            for pattern in (times._lead, intervals._bounds):
                patched.setattr(pattern.__module__ + "." + pattern.__name__, pattern.__wrapped__)
            assert with_word != [find_times(text, WEDNESDAY) for text in texts], word


@pytest.mark.parametrize(
    "text",
    [
        "The strike will last two months.",
        "The strike won't last two months.",
        "It'll last two months.",
        "It doesn’t last two months.",
        "The strike did last two months.",
        "It could not last two months.",
    ],
)
def test_what_lasts_some_months_is_not_the_last_of_them(text):
    assert read(text) == {"two months": "P2M"}


@pytest.mark.parametrize("group", load("tense").values(), ids=load("tense"))
def test_every_verb_of_the_lexicon_tells_which_monday_is_meant(group):
    for verb in group["words"].split():
        sentence = group["example"].replace("{}", verb.replace("_", " "))
        assert group["monday"].isoformat() in read(sentence).values(), sentence


def phrases(written: str) -> Iterator[str]:
    """All that a phrase of the lexicon stands for, with one word where any may stand."""
    any_word = {"*": "now", "*ly": "duly", "*ing": "leaving"}
    slots = [word.split("/") for word in written.split() if not word.startswith("!")]
    for words in product(*slots):
        yield " ".join(any_word.get(word, word) for word in words)


@pytest.mark.parametrize(("written", "example"), load_rows("tense_phrases"))
def test_words_speak_together_of_the_monday_ahead_and_not_without_their_row(
    written, example, monkeypatch
):
    for words in phrases(written):
        assert "2018-04-02" in read(example.replace("{}", words)).values(), words
    rest = [row for row in load_rows("tense_phrases") if row[0] != written]
    monkeypatch.setattr(tense, "rows", lambda name: rest)
    tense._tables.cache_clear()
    try:
        assert "2018-03-26" in read(example.replace("{}", next(phrases(written)))).values()
    finally:
        tense._tables.cache_clear()


@pytest.mark.parametrize(
    ("classes", "monday"),
    [
        (("will", "modal"), "2018-04-02"),
        (("have", "was", "did"), "2018-03-26"),
    ],
)
def test_auxiliaries_are_those_of_the_table_that_verb_groups_read(classes, monday):
    listed = [
        w
        for kind, words, _ in load_rows("function_words")
        if kind in classes
        for w in words.split()
    ]
    for word in listed:
        if "'" not in word:
            assert monday in read(f"The crews {word} Monday.").values(), word


def test_no_word_of_the_lexicon_has_two_classes():
    words = [
        entry.partition("=")[0].lower()
        for listed in load("times")["words"].values()
        for entry in listed.split()
    ]
    assert len(words) == len(set(words))


def test_every_class_group_and_macro_of_the_lexicon_is_used_by_a_rule():
    table = load("times")
    patterns = [rule["pattern"] for rule in table["rule"]]
    used = " ".join([*patterns, *table["macros"].values(), *table["groups"].values()])
    names = [*table["words"], *table["groups"], *table["macros"]]
    assert [name for name in names if not re.search(rf"\b{name}\b", used)] == []


def test_offsets_are_code_points_into_the_text_as_given():
    text = "😀 “On Tuesday”, he said."
    time = only(text)
    assert text[time.start : time.end] == time.text == "Tuesday"


def test_the_preposition_stays_outside_the_expression_but_leads_its_derivation():
    time = only("Kim met Xi on Tuesday.")
    assert time.text == "Tuesday"
    assert time.derivation == (
        "“on Tuesday” is the Tuesday before the article’s day, Wednesday 28 March 2018."
    )


def test_the_end_of_a_name_is_no_preposition():
    time = only("She will meet Moon Jae-in next month.")
    assert [span.exact for span in time.spans] == ["next month"]


def test_a_stated_date_says_so_in_its_derivation():
    assert only("The 1950-53 war ended.").derivation == "The article gives the years: “1950-53”."


def test_a_date_counted_from_the_one_before_names_that_one():
    _, second = find_times("It fell on 28 April 1945. Two days later he was dead.", WEDNESDAY)
    assert second.derivation == (
        "“Two days later” is counted from Saturday 28 April 1945, which the article speaks of."
    )


def test_the_day_of_publication_may_be_a_time_of_day():
    noon = dt.datetime(2018, 3, 28, 11, 51, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert only("Kim met Xi on Tuesday.", noon).value == "2018-03-27"


def test_sentences_may_be_handed_in():
    text = "They meet on Friday. He left on Monday."
    assert find_times(text, WEDNESDAY, split(text)) == find_times(text, WEDNESDAY)


def test_the_verb_of_another_sentence_does_not_tell_the_tense():
    text = "He will rest. The talks ended on Friday."
    assert read(text) == {"Friday": "2018-03-23"}


def test_in_a_history_a_month_is_the_one_near_the_date_before():
    assert read(HISTORY + "In August the ports were opened.")["August"] == "1821-08"


def test_in_a_history_a_month_before_a_stated_one_is_read_with_it():
    text = (
        HISTORY + "In 1825 a war began. By February the capital was lost; in March 1826 it ended."
    )
    assert read(text)["February"] == "1826-02"


def test_in_a_history_today_is_the_present_at_large():
    assert read(HISTORY * 3 + "The house is a museum today.")["today"] == "PRESENT_REF"


def test_in_news_the_same_months_are_near_the_publication():
    text = "The firm was founded in May 1810. In February it was sold, he said on Monday."
    assert read(text)["February"] == "2018-02"


def test_one_remark_on_another_age_does_not_move_a_history():
    text = HISTORY + "A film of 1995 recalls the fair. In July the king died."
    assert read(text)["July"] == "1821-07"


def test_a_time_of_day_belongs_to_the_day_of_its_sentence():
    text = "The mayor spoke on Monday. At 10:35 a.m. the bomb went off, police said Tuesday."
    assert read(text)["10:35 a.m."] == "2018-03-27T10:35"


def test_a_time_of_day_alone_belongs_to_the_last_day_spoken_of():
    text = "He was last seen on Monday. His car was found at 6 a.m. near the river."
    assert read(text)["6 a.m."] == "2018-03-26T06:00"


def test_the_thirtieth_of_february_is_no_day():
    assert "February 30" not in read("It was signed on February 30 by both.")


def test_a_leap_day_is_looked_for_in_leap_years():
    assert read("They withdrew on February 29.") == {"February 29": "2016-02-29"}


def test_dates_beyond_the_calendar_are_left_alone():
    assert read("It was built yesterday.", dt.date(1, 1, 1)) == {}


PIECES = """1 31 02 1999 480 2300 the last next early of half week two days ago later May Feb 29 BC
    's / - : . , a.m. GMT noon Easter D-Day century every fiscal quarter 년 3 월 mars"""


@given(st.text() | st.lists(st.sampled_from(PIECES.split())).map(" ".join), st.dates())
def test_any_text_on_any_day_gives_spans_in_order_with_valid_edtf(text, published):
    times = find_times(text, published)
    for time in times:
        assert text[time.start : time.end] == time.text
        assert time.type in ("DATE", "TIME", "DURATION", "SET")
        assert time.value
        if time.edtf:
            bounds(time.edtf)
            parse_edtf(time.edtf)
    assert all(before.end <= after.start for before, after in pairwise(times))
