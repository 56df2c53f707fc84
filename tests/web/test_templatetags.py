"""What templates say: dates in short, how a date was read, what a speaker was then."""

import pytest

from tests import factories as make
from timeline.models import Quote, Report
from timeline.templatetags.dateline import (
    is_fuzzy,
    is_stretch,
    quotation,
    reading,
    role,
    short,
    web_url,
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


def test_the_words_that_were_read_are_marked_in_the_fragment():
    report = Report(
        exact="They will meet in May & not later",
        derivation="‘in May’, published March 2018 → 2018-05",
        edtf="2018-05",
        status="planned",
    )
    read = reading(report)
    assert read.fragment == "They will meet <mark>in May</mark> &amp; not later"
    assert (read.words, read.result, read.note) == (["in May"], "May 2018, planned", "")


@pytest.mark.parametrize(
    ("derivation", "note"),
    [
        ("‘June 12’, the June before Jan 2019 → 2018-06-12", "The June before Jan 2019"),
        ("‘June 12’ and ‘next month’, published May 2018 → 2018-06-12", ""),
        ("no time words → after publication", "No time words"),
        ("The Tuesday before publication.", "The Tuesday before publication."),
        ("", ""),
    ],
)
def test_the_rule_is_told_where_the_words_alone_do_not_give_the_date(derivation, note):
    assert reading(Report(derivation=derivation, edtf="2018-06-12", status="occurred")).note == note


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
    assert web_url(url) == ""
    assert web_url("HTTPS://a.example/") == "HTTPS://a.example/"
