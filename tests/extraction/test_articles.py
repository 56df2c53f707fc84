"""Whole articles of our own, read as a careful editor reads them."""

import tomllib
from datetime import date

import pytest

from tests.eval.gate import FLOORS
from tests.extraction.articles import NAMES, facts, load, score
from timeline import basis
from timeline.extraction import extract

CORPUS = "own articles "


def test_no_field_of_our_own_articles_is_read_worse_than_its_floor():
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    wanted = {title: floor for title, floor in floors.items() if title.startswith(CORPUS)}
    read = score()
    assert wanted.keys() == {CORPUS + field for field in read}
    assert {title: read[title.removeprefix(CORPUS)] for title in wanted} == {
        title: pytest.approx(max(floor, read[title.removeprefix(CORPUS)]))
        for title, floor in wanted.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_event_has_a_basis_that_the_records_can_hold_and_a_sentence_for_readers(name):
    article = load(name)
    for event in extract(article["text"], date.fromisoformat(article["published"])).events:
        basis.check(event.basis.as_data())
        assert event.derivation.endswith(".")
        for span in event.basis.spans:
            assert article["text"][span.start : span.end] == span.exact


@pytest.mark.parametrize("name", NAMES)
def test_no_two_facts_of_an_article_go_by_one_name(name):
    wanted = [str(fact) for fact in facts(load(name)) if not fact.field.startswith("a ")]
    assert len(wanted) == len(set(wanted))
