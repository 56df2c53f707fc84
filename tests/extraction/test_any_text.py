"""Whatever the text and the day, the extraction answers, and what it found stands where it says."""

from datetime import UTC, date, datetime
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from timeline import dates
from timeline.extraction import UnreadableError, extract, read_article

NEWS_WORDS = """
may May on Tuesday Monday last next week month year the a in 2018 1950-53 March 28 , . ; : ' " “ ”
« » `` '' ( ) -- — said told he she Kim Xi Jinping President Mr. U.S. visit summit talks will not
has been met expected to be held early late spring quarter decade century first second fourth 's
ago later earlier today yesterday noon p.m. 11:51 GMT percent and of that according to if
"""
PHRASES = ["“We sail,” said", "‘sail’", "quoted as saying", "from 1990 to", "OSLO (AP) -- "]
WORDS = [*NEWS_WORDS.split(), *PHRASES, "\n", "\n\n", "\t"]
NEWS = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=60).map(" ".join)
DAYS = st.dates() | st.datetimes() | st.datetimes(timezones=st.just(UTC))


@given(text=st.text() | NEWS, published=DAYS)
@example(text="\ud800 said on Tuesday", published=date(2018, 3, 28))
@example(text="last century, next week, a decade ago, tomorrow", published=date.min)
@example(text="next century, in 9,000 years, tomorrow", published=date.max)
@example(text="yesterday " + "9" * 400 + " years ago, February 30, 0000", published=date.min)
@example(text="İ ǰ ß ŉ on Tuesday he said “ẞ” İ", published=datetime(2018, 3, 28, 11, 51))
def test_any_text_on_any_day_gives_offsets_that_slice_to_their_words(text, published):
    found = extract(text, published).as_json()
    spans = [*found["times"], *found["quotes"], *found["events"]]
    spans += [quote[part] for quote in found["quotes"] for part in ("speaker", "cue")]
    spans += [event["trigger"] for event in found["events"]]
    for span in filter(None, spans):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]
    for quote in found["quotes"]:
        for start, end in quote.get("runs", ()):
            assert quote["start"] <= start < end <= quote["end"]
    for dated in (*found["times"], *found["events"]):
        if dated["edtf"]:
            dates.bounds(dated["edtf"])


@given(text=st.text() | NEWS, published=DAYS)
def test_times_are_in_order_and_apart(text, published):
    times = extract(text, published).times
    assert all(one.end <= other.start for one, other in pairwise(times))


@given(text=NEWS)
def test_reading_twice_says_the_same(text):
    assert extract(text, date(2018, 3, 28)) == extract(text, date(2018, 3, 28))


@given(raw=st.binary() | st.text() | NEWS.map("Headline\nMay 6, 2019\n{}".format))
def test_any_page_is_an_article_or_unreadable(raw):
    try:
        article = read_article(raw)
    except UnreadableError:
        return
    assert article.headline
    paragraphs = [article.body[start:end] for start, end in article.paragraphs]
    assert paragraphs == article.body.split("\n\n")
