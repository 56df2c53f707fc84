"""The sentence that a reader gets of the basis of a date and a status."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.basis import Base, Basis, DateBasis, Span, StatusBasis
from timeline.basis.rules import BASES, COUNTING, DATE_RULES, LINKS, STATUS_RULES
from timeline.basis.words import sentence

WEDNESDAY = dt.date(2018, 3, 28)


def dated(rule: str, *words: str, base: Base | None = None, link: str = "") -> Basis:
    """The basis of a date that those words give."""
    return Basis(DateBasis(rule, tuple(map(Span, words)), base, link))


def told(rule: str, *words: str) -> Basis:
    """The basis of a status that those words give."""
    return Basis(status=StatusBasis(rule, tuple(map(Span, words))))


DATES = [
    (
        "stated",
        ["on 27 March 2018"],
        "2018-03-27",
        "The article gives the date: “on 27 March 2018”.",
    ),
    ("stated", ["in March 2018"], "2018-03", "The article gives the month: “in March 2018”."),
    ("stated", ["1994"], "1994", "The article gives the year: “1994”."),
    ("stated", ["1950-53"], "1950/1953", "The article gives the years: “1950-53”."),
    (
        "stated",
        ["7 January", "10 January 2019"],
        "2019-01-07/2019-01-10",
        "The article gives the dates: “7 January” and “10 January 2019”.",
    ),
    ("stated", [], "1994", "The article gives the year."),
    ("no-year", ["in May"], "2018-05", "No year is given; the article is of 28 March 2018."),
    (
        "weekday",
        ["on Tuesday"],
        "2018-03-27",
        "“on Tuesday” is the Tuesday before the article’s day, Wednesday 28 March 2018.",
    ),
    (
        "weekday",
        ["Friday"],
        "2018-03-30",
        "“Friday” is the Friday after the article’s day, Wednesday 28 March 2018.",
    ),
    (
        "weekday",
        ["on Wednesday"],
        "2018-03-28",
        "“on Wednesday” is the article’s own day, Wednesday 28 March 2018.",
    ),
    (
        "weekday",
        ["from Sunday to Wednesday"],
        "2018-03-25/2018-03-28",
        "“from Sunday to Wednesday” is counted from the article’s day, Wednesday 28 March 2018.",
    ),
    (
        "relative",
        ["next month"],
        "2018-04",
        "“next month” is counted from the article’s day, Wednesday 28 March 2018.",
    ),
    (
        "clock",
        ["at 3 p.m."],
        "2018-03-28",
        "“at 3 p.m.” is on the article’s day, Wednesday 28 March 2018.",
    ),
    (
        "part",
        ["late 2011"],
        "2011-10/2011-12",
        "“late 2011” is taken as October 2011 to December 2011.",
    ),
    ("part", ["late 2011"], "2011-12~", "“late 2011” is taken as about December 2011."),
    (
        "vague",
        ["recently"],
        "../2018-03-28",
        "“recently” names no day; the article is of 28 March 2018.",
    ),
    (
        "published",
        [],
        "2018-03-28~",
        "The article states no date; it tells this as news of its own day, 28 March 2018.",
    ),
    (
        "cited",
        [],
        "../2018-03-28",
        "The article states no date; it speaks of this as known by its own day, 28 March 2018.",
    ),
    (
        "to-come",
        [],
        "2018-03-28/..",
        "The article states no date; on its own day, 28 March 2018, this was still to come.",
    ),
    ("earlier", [], "", "The article states no date; it says only that this came earlier."),
    ("not-set", [], "", "The article states no date."),
    ("judged", [], "2018", "The article states no exact date; this is the editors’ estimate."),
    ("length", ["four-day"], "", "“four-day” is a length of time, not a date."),
    ("repeated", ["daily"], "", "“daily” says how often, not when."),
    ("present", ["now"], "", "“now” means the present at large, not a day."),
    ("open", ["years ago"], "", "“years ago” leaves open how far away it is."),
    ("daypart", ["at night"], "", "“at night” is a time of day without its day."),
]


OF_THE_TEXT = [
    (
        "same-month",
        ["25"],
        "2018-04-25",
        "2018-04",
        "“25” is in the month named before, April 2018.",
    ),
    ("same-year", ["June"], "2017-06", "2017", "“June” is in the year spoken of before, 2017."),
    (
        "event",
        ["during the trip"],
        "2019-01-07/2019-01-10",
        "2019-01-07/2019-01-10",
        "“during the trip” points to 7–10 January 2019, which the article speaks of.",
    ),
    (
        "relative",
        ["two days later"],
        "2018-05-12",
        "2018-05-10",
        "“two days later” is counted from Thursday 10 May 2018, which the article speaks of.",
    ),
    (
        "no-year",
        ["in June"],
        "2017-06",
        "2017-05-12",
        "No year is given; the article has just spoken of 12 May 2017.",
    ),
]


@pytest.mark.parametrize(("rule", "words", "edtf", "said"), DATES)
def test_each_rule_of_a_date_has_its_sentence(rule, words, edtf, said):
    assert sentence(dated(rule, *words), edtf, "occurred", WEDNESDAY) == said


@pytest.mark.parametrize(("rule", "words", "edtf", "base", "said"), OF_THE_TEXT)
def test_what_counts_from_a_date_in_the_text_names_that_date(rule, words, edtf, base, said):
    assert (
        sentence(dated(rule, *words, base=Base(base, "text")), edtf, "occurred", WEDNESDAY) == said
    )


def test_no_rule_is_without_its_sentence():
    assert {case[0] for case in DATES} | {case[0] for case in OF_THE_TEXT} == DATE_RULES.keys()
    assert DATE_RULES.keys() > COUNTING


def test_a_dateline_is_told_from_the_day_of_publication():
    friday = dated("weekday", "Friday", base=Base("2019-01-18", "dateline"))
    assert sentence(friday, "2019-01-18", "", dt.date(2019, 1, 19)) == (
        "“Friday” is the day of its dateline, Friday 18 January 2019."
    )


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("same-clause", "That dates the whole sentence."),
        ("told-before", "The article has told of this before and dated it 26 March 2018."),
        ("in-focus", "This passage names no day of its own; it goes on telling of 26 March 2018."),
        ("lead", "This passage names no day of its own; the article tells of 26 March 2018."),
        ("end", "This is the end of that time."),
    ],
)
def test_a_date_that_another_passage_gives_says_so(link, said):
    monday = dated("weekday", "on Monday", link=link)
    assert sentence(monday, "2018-03-26~", "", WEDNESDAY) == (
        f"“on Monday” is the Monday before the article’s day, Wednesday 28 March 2018. {said}"
    )


@pytest.mark.parametrize(
    ("link", "day", "edtf", "way"),
    [
        ("length-back", "Wednesday", "2018-03-25/2018-03-28", "back"),
        ("length-forward", "Wednesday", "2018-03-28/2018-03-31", "on"),
    ],
)
def test_a_length_is_counted_from_the_day_that_is_named(link, day, edtf, way):
    visit = dated("weekday", f"on {day}", "four-day", link=link)
    assert sentence(visit, edtf, "", WEDNESDAY) == (
        f"“on {day}” is the article’s own day, Wednesday 28 March 2018. "
        f"“four-day” is counted {way} from that day."
    )


def test_every_link_is_tried():
    assert LINKS.keys() == {
        "same-clause", "told-before", "in-focus", "lead", "end", "length-back", "length-forward"
    }  # fmt: skip
    assert BASES.keys() == {"publication", "dateline", "text"}


@pytest.mark.parametrize(
    ("words", "status", "edtf", "said"),
    [
        ("will", "planned", "2018-05", "“will” makes it a plan."),
        ("is expected", "expected", "2018-05", "“is expected” tells it as likely, not as certain."),
        ("may", "possible", "2018-05", "“may” tells it as possible, no more."),
        ("put off", "postponed", "2018-05", "“put off” says that it was put off."),
        ("called off", "cancelled", "2018-05", "“called off” says that it will not take place."),
        ("did not", "cancelled", "2018-03-27", "“did not” says that it did not take place."),
        ("under way", "ongoing", "2018-03", "“under way” tells it as under way."),
        ("was held", "occurred", "2018-03", "“was held” tells it as something that has happened."),
    ],
)
def test_the_word_that_gives_a_status_is_told_in_plain_words(words, status, edtf, said):
    assert sentence(told("cue", words), edtf, status, WEDNESDAY) == said


def test_each_rule_of_a_status_has_its_sentence_but_what_goes_without_saying():
    said = {
        "told": (sentence(told("told", "met"), "2018", "occurred", WEDNESDAY), ""),
        "cue": (sentence(told("cue", "will"), "2018", "planned"), "“will” makes it a plan."),
        "under-way": (
            sentence(told("under-way", "is visiting"), "2018", "ongoing"),
            "“is visiting” tells it as under way.",
        ),
        "ahead": (
            sentence(told("ahead"), "2018-06-12", "planned"),
            "That day was still to come when the article appeared.",
        ),
    }
    assert said.keys() == STATUS_RULES.keys()
    for found, wanted in said.values():
        assert found == wanted


def test_a_remark_stands_last_and_words_of_elsewhere_are_said_to_be():
    found = Basis(
        DateBasis("no-year", (Span("June 12"),)),
        StatusBasis("cue", (Span("called off"),)),
        "It was on again in June.",
    )
    day, outside = dt.date(2018, 5, 24), (Span("June 12"),)
    assert sentence(found, "2018-06-12", "cancelled", day, outside) == (
        "No year is given; the article is of 24 May 2018. "
        "The words stand elsewhere in the article. "
        "“called off” says that it will not take place. It was on again in June."
    )


def test_nothing_is_said_where_nothing_is_known():
    assert sentence(Basis()) == ""
    assert sentence(dated("relative", "next month"), "2018-04") == ""
    assert sentence(dated("published"), "2018-04") == "The article states no date."


@given(
    st.sampled_from(sorted(DATE_RULES)),
    st.sampled_from(["", *LINKS]),
    st.sampled_from(sorted(STATUS_RULES)),
    st.sampled_from([None, *BASES]),
    st.sampled_from(
        ["", "2018", "soon", "2018-XX-12", "../2018", "2018-03-27~", "0001", "9999-12-31"]
    ),
    st.integers(0, 3),
)
def test_every_sentence_is_whole(rule, link, state, of, edtf, count):
    """Whatever an editor combines, each sentence begins and ends as one, and has no gap."""
    base = Base("2018-03-28", of) if of else None
    spans = tuple(map(Span, ["on Monday", "May 5", "four-day"][:count]))
    said = sentence(
        Basis(DateBasis(rule, spans, base, link), StatusBasis(state, spans)), edtf, "planned"
    )
    assert not said or said[-1] == "."
    assert not any(gap in said for gap in ("{", "}", "  ", "“”", " .", "..", " ,", "None"))


@pytest.mark.parametrize(("base", "is_over"), [("2018-03-28", True), ("2018-03-26", False)])
def test_without_a_publication_a_plan_is_over_by_the_day_its_date_was_counted_from(base, is_over):
    day = DateBasis("stated", (Span("27 March"),), Base(base))
    found = Basis(day, StatusBasis("cue", (Span("called off"),)))
    said = "did" if is_over else "will"
    assert f"says that it {said} not take place" in sentence(found, "2018-03-27", "cancelled")
