"""Whole articles of our own, read as a careful editor reads them but for their known misses."""

import pytest

from tests.extraction.articles import NAMES, facts, load


@pytest.mark.parametrize("name", NAMES)
def test_an_article_says_what_its_gold_says_but_for_its_known_misses(name):
    article = load(name)
    missed = {str(fact) for fact in facts(article) if not fact.right}
    known = set(article["known_misses"])
    assert (missed - known, known - missed) == (set(), set()), "(missed anew, no longer missed)"


@pytest.mark.parametrize("name", NAMES)
def test_no_two_facts_of_an_article_go_by_one_name(name):
    wanted = [str(fact) for fact in facts(load(name)) if not fact.field.startswith("a ")]
    assert len(wanted) == len(set(wanted))
