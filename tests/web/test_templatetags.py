"""What templates say: dates in short, how a date was read, what a speaker was then."""

import datetime as dt

import pytest

from tests import factories as make
from timeline.models import Article, Quote, Report
from timeline.templatetags.dateline import (
    is_fuzzy,
    is_stretch,
    quotation,
    role,
    short,
    shown_evidence,
    when,
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("27 March 2018", "27 Mar 2018"),
        ("7–10 January 2019", "7–10 Jan 2019"),
        ("April 2018", "April 2018"),
        ("12 June 2018", "12 June 2018"),
        ("by 28 March 2018", "By 28 Mar 2018"),
    ],
)
def test_a_month_is_cut_only_behind_a_day(words, said):
    assert short(words) == said


@pytest.mark.parametrize(
    ("edtf", "element"),
    [
        ("2018-03-27", '<time datetime="2018-03-27">x</time>'),
        ("2019-01-07/2019-01-10", '<time datetime="2019-01-07">x</time>'),
        ("2018-21", "<span>x</span>"),
        ("2011-12~", "<span>x</span>"),
        ("../2018-05", "<span>x</span>"),
        ("", "<span>x</span>"),
    ],
)
def test_a_time_element_holds_only_what_html_can_express(edtf, element):
    assert when(edtf, "x") == element


def test_a_stretch_is_drawn_long_and_a_rough_date_in_a_capsule():
    assert is_stretch("1950/1953")
    assert is_stretch("2019-01-07/2019-01-10")
    assert is_fuzzy("2011-12~")
    assert is_fuzzy("../2018-05")
    assert not is_fuzzy("2018-03-27")
    assert not is_fuzzy("1950/1953")
    assert not is_fuzzy("")


def evidence(exact: str, *words: str, cue: str = "", start: int | None = None, **fields) -> Report:
    """A report of an article of 28 March 2018 whose date was read from `words`."""
    spans = [{"exact": word} for word in words]
    basis = {"date": {"rule": "no-year", "spans": spans}}
    if cue:
        basis["status"] = {"rule": "cue", "spans": [{"exact": cue}]}
    article = Article(published="2018-03-28", published_on=dt.date(2018, 3, 28))
    given = {"edtf": "2018-05", "status": "planned", "basis": basis, "article": article}
    return Report(exact=exact, start=start, **(given | fields))


def test_the_words_that_were_read_are_marked_in_the_fragment():
    read = shown_evidence(evidence("They will meet in May & not later", "in May", cue="will"))
    assert read.fragment == (
        'They <mark class="cue">will</mark> meet <mark>in May</mark> &amp; not later'
    )
    assert (read.words, read.result) == (["in May"], "May 2018, planned")
    assert read.why == "No year is given; the article is of 28 March 2018. “will” makes it a plan."


def test_what_tells_of_something_that_happened_is_not_marked_beside_its_date():
    told = evidence("They met in May", "in May", cue="met", status="occurred")
    assert shown_evidence(told).fragment == "They met <mark>in May</mark>"


def test_each_of_several_words_is_marked():
    read = shown_evidence(
        evidence("on February 27th and 28th in Hanoi", "on February 27th", "28th")
    )
    assert read.fragment == "<mark>on February 27th</mark> and <mark>28th</mark> in Hanoi"


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (("<b>May</b>",), "in <mark>&lt;b&gt;May&lt;/b&gt;</mark> &amp; June"),
        (("b",), "in &lt;<mark>b</mark>&gt;May&lt;/b&gt; &amp; June"),
        (("May", "May</b> & June"), "in &lt;b&gt;<mark>May&lt;/b&gt; &amp; June</mark>"),
        (
            ("in <b>May", "May</b>"),
            "<mark>in &lt;b&gt;May</mark><mark>&lt;/b&gt;</mark> &amp; June",
        ),
        (("in", "in"), "<mark>in</mark> &lt;b&gt;May&lt;/b&gt; &amp; June"),
        (("may", "Jun", "&amp;", "<mark>"), "in &lt;b&gt;May&lt;/b&gt; &amp; June"),
        (("June", "in"), "<mark>in</mark> &lt;b&gt;May&lt;/b&gt; &amp; <mark>June</mark>"),
    ],
)
def test_marks_may_overlap_in_any_way_and_never_carry_markup(words, marked):
    assert shown_evidence(evidence("in <b>May</b> & June", *words)).fragment == marked


def test_words_are_marked_where_they_stand_not_where_they_stand_first():
    at = [{"exact": "May", "start": 108, "end": 111}]
    report = evidence("May the May fair open", start=100, basis={"date": {"spans": at}})
    assert shown_evidence(report).fragment == "May the <mark>May</mark> fair open"


@pytest.mark.parametrize("basis", [None, [], "x", {"date": 7}, {"date": {"spans": [{"exact": 0}]}}])
def test_a_basis_stored_amiss_takes_no_page_down(basis):
    read = shown_evidence(evidence("They will meet in May", basis=basis))
    assert (read.fragment, read.words, read.why) == ("They will meet in May", [], "")


def test_a_part_of_a_sentence_is_quoted_with_ellipses():
    assert quotation(Quote(text="in due time.", is_partial=True)) == "“…in due time…”"
    assert quotation(Quote(text="In due time.")) == "“In due time.”"


def test_a_quotation_cannot_carry_markup():
    said = quotation(Quote(text="<b>now</b> & then"), "now &")
    assert (
        said == '“&lt;b&gt;<em class="topic">now</em>&lt;/b&gt; <em class="topic">&amp;</em> then”'
    )


@pytest.mark.django_db
def test_a_speaker_is_what_they_were_on_the_day_of_the_article():
    alice = make.actor("Alice")
    alice.roles.create(title="Mayor", since="2010", until="2017")
    alice.roles.create(title="Harbour master", since="2018")
    for day, title in (
        ("2016-05-01", "Mayor"),
        ("2018-05-01", "Harbour master"),
        ("2009-01-01", ""),
    ):
        assert role(Quote(speaker=alice, article=make.article(day))) == title
    assert role(Quote(attribution="an official")) == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//a.example", "data:text/html,x", ""])
def test_only_web_addresses_are_links(url):
    assert Article(url=url).web_url == ""
    assert Article(url="HTTPS://a.example/").web_url == "HTTPS://a.example/"


@pytest.mark.parametrize(
    ("prefix", "exact", "around"),
    [
        ("", "Minister Vale met Strand, officials said.", ("", "")),
        ("is to sail again.\n\n", "Minister Vale met Strand.", ("", "")),
        ("the ferry. ", "“We sail,” Vale said.”", ("", "")),
        ("the Transport ", "Minister Vale met Strand", ("…", "…")),
        ("they met Mr. ", "Strand on Tuesday.", ("…", "")),
        ("", "met Strand on Tuesday", ("…", "…")),
    ],
)
def test_an_ellipsis_stands_only_where_a_sentence_goes_on(
    prefix: str, exact: str, around: tuple[str, str]
) -> None:
    article = Article(published="2018-05-16")
    read = shown_evidence(
        Report(article=article, prefix=prefix, exact=exact, edtf="2018", status="occurred")
    )
    assert (read.before, read.after) == around
