"""Reading time grows with the length of a text, not with its square, whatever the text is.

Ratios of processor time, the least of several tries, so that a busy machine changes nothing; no
absolute time is asserted. A text may take half as long again as its length says, for the noise of a
short measurement: four times the text six times as long, where what is quadratic takes sixteen.
"""

import gc
from datetime import date
from time import process_time

import pytest

from timeline.extraction import extract, read_article
from timeline.extraction.names import find_names
from timeline.extraction.pages.article_parser import UnreadableError
from timeline.extraction.text.sentences import split
from timeline.extraction.times import find_times

PUBLISHED = date(2018, 3, 28)
SHORT, LONG = 12_000, 48_000
PARSED_SHORT, PARSED_LONG = 2_000, 6_000  # with the trees; beyond 2,000 a sentence is cut
NOISE = 1.5

UNITS = {
    "digits": "1",
    "spaced digits": "12 ",
    "dates": "3/4/5 ",
    "dashed digits": "1-2",
    "years": "1950-53 ",
    "straight quotation marks": '"',
    "opening marks": "“",
    "closing marks": "”",
    "turning marks": '“"',
    "single marks": "‘a’ ",
    "opening single marks": "‘a ",
    "closing single marks": "a’ ",
    "single marks around double ones": "‘a “b”’ ",
    "wire quotation marks": "``''",
    "quoted words": '"a" ',
    "May may": "May may ",
    "may May,": "may, May ",
    "capitals": "A",
    "capitalised words": "Aa ",
    "capitalised words and commas": "Aa, ",
    "titles": "Mr. ",
    "initials": "A. ",
    "hyphenated names": "Kim-",
    "ands": "Aa and ",
    "of the": "of the ",
    "combining characters": "e\u0301",
    "combining characters alone": "\u0301",
    "capitals of a dateline": "AA ",
    "words of a dateline": "AA, Aa 3 ",
    "datelines": "AA, Aa 3 (Aa) -- a\n",
    "spans of years": "from 1950 to 1953 ",
    "spans of weekdays": "Monday to Friday ",
    "verbs of plans": "could open Monday ",
    "brackets": "((",
    "nested brackets": "(a",
    "closed brackets": "(a) ",
    "closing brackets": "))",
    "newlines": "\n",
    "lines": "a\n",
    "carriage returns": "\r",
    "blank space": " ",
    "tabs": "\t",
    "full stops": ".",
    "spaced full stops": ". ",
    "sentences": "A. B ",
    "questions": "?! ",
    "apostrophes": "'",
    "possessives": "a's ",
    "hyphens": "-",
    "dashes": " -- ",
    "commas": ", ",
    "said": "said ",
    "he said": "he said, ",
    "quoted said": '"said" said ',
    "according to": "according to ",
    "that": "said that ",
    "on Tuesday": "on Tuesday ",
    "Tuesdays": "Tuesday, ",
    "next week": "the next week ",
    "last": "last ",
    "the day after": "the day after ",
    "early": "early ",
    "in": "in ",
    "several": "several years ago ",
    "visits": "visited Paris on Monday. ",
    "will be": "will be ",
    "not": "not been ",
    "talks": "talks ",
    "Kim": "Kim met Xi. ",
    "one endless sentence": "met Kim in Paris on Monday and ",
    "a quotation on each line": '"a b c\n',
    "a quotation after a colon": 'Kim said: "a" ',
    "plans": "Kim will visit Paris next month. ",
    "nouns of events": "the summit, the talks, the visit, ",
    "headings": "Summit Opens in Paris\n\n",
    "clocks": "11:51 p.m. EST ",
    "Hangul": "김정은 ",
    "emoji": "\U0001f600",
    "no-break spaces": "\u00a0",
    "joiners": "\u200d",
}


def seconds(read, text):
    """Processor time without the garbage collector: it walks all that the test run holds."""
    gc.disable()
    try:
        begin = process_time()
        read(text)
        return process_time() - begin
    finally:
        gc.enable()


def is_linear(read, unit, least=SHORT, most=LONG):
    """Whether `most` characters take in proportion to `least`, in one of up to four tries."""
    short = (unit * least)[:least]
    long = (unit * most)[:most]
    allowed = NOISE * most / least
    return any(seconds(read, long) < allowed * max(seconds(read, short), 1e-3) for _ in range(4))


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_extraction_takes_time_linear_in_the_text(unit):
    assert is_linear(lambda text: extract(text, PUBLISHED), unit, PARSED_SHORT, PARSED_LONG)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_names_and_times_take_time_linear_in_the_text(unit):
    def read(text):
        sentences = split(text)
        find_names(text, sentences)
        find_times(text, PUBLISHED, sentences)

    assert is_linear(read, unit)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_reading_a_page_takes_time_linear_in_the_page(unit):
    def read(text):
        try:
            return read_article(f"Headline\nMay 6, 2019\n(ATTN: {text}\nBy {text}\n({text}")
        except UnreadableError:
            return None

    assert is_linear(read, unit)
