"""The signs of pages that are no article: each pattern of the lexicon finds its example."""

import re

import pytest

from timeline.extraction.lexicon import load, rows

PATTERNS = [one for kind in load("page_kinds")["kind"] for one in kind["patterns"]]


@pytest.mark.parametrize("entry", PATTERNS, ids=lambda entry: entry["example"])
def test_every_sign_of_the_lexicon_is_found_in_its_example(entry):
    assert re.search(entry["pattern"], entry["example"], re.MULTILINE)


@pytest.mark.parametrize("entry", rows("news_words"), ids=lambda entry: entry[0])
def test_every_class_of_news_words_has_an_example_of_one(entry):
    _, listed, example = entry
    assert set(listed.split()) & set(re.findall(r"\w+", example.lower()))
