"""The lemmas of words: what the model's own components say of a whole sentence, asked for once."""

import re

import pytest

from timeline.extraction import lemmas, parser
from timeline.extraction.lemmas import Lemmas

TEXTS = [
    "There is a plan. There's been one; it's late, and isn't theirs. The yard is shut.",
    "Let's go. He let his own go: let 's see, said Li. Let Us is a yard.",
    "I'm gonna stay, you gotta leave, they ain't here, y'all come on, c'm on! Gon na Ta.",
    "The leaves leave. She left the left; her saws saw what he saw. Better is the enemy of good.",
    "Mr. Li's 3,000 ships' 4th-best lay   idle\n\tat U.S. ports — “sunk”, \U0001f600 he said.",
]


def told(doc):
    return [(t.lemma_.lower(), t.pos_, t.tag_, t.dep_) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_lemmas_are_those_of_the_whole_pipeline(text):
    nlp = parser.pipeline()
    own = Lemmas(nlp)
    for _ in "the first time", "once its words are known":
        (words,) = own.of([nlp(text, disable=lemmas.COMPONENTS)])
        assert words == told(nlp(text))


def test_a_word_is_asked_for_once(monkeypatch):
    nlp = parser.pipeline()
    own, asked = Lemmas(nlp), []
    monkeypatch.setattr(
        own, "_ruled", lambda doc: asked.append(len(doc)) or Lemmas._ruled(own, doc)
    )
    for text in ("The yard shut the yard.", "The yard shut the yard.", "Ann shut the yard."):
        list(own.of([nlp(text, disable=lemmas.COMPONENTS)]))
    assert asked[1:] == [1]


def test_words_are_forgotten_when_they_are_too_many(monkeypatch):
    nlp = parser.pipeline()
    own = Lemmas(nlp)
    monkeypatch.setattr(lemmas, "_REMEMBERED", 3)
    for n in range(5):
        text = f"Yard {n} shut its gate number {n}."
        (words,) = own.of([nlp(text, disable=lemmas.COMPONENTS)])
        assert words == told(nlp(text))
    assert len(own._known) < 20


def test_every_rule_of_two_words_holds_a_word_that_is_read_with_its_neighbours():
    """A later release of the model may have more of them: this says which to add."""
    for rule in parser.pipeline().get_pipe("attribute_ruler").patterns:
        for pattern in rule["patterns"]:
            if len(pattern) > 1:
                assert any(holds_paired(token) for token in pattern), pattern


def holds_paired(token):
    if token.get("DEP") == lemmas.EXPLETIVE:
        return True
    lower = token.get("LOWER", "")
    if isinstance(lower, str):
        return lower in lemmas.PAIRED
    if "REGEX" in lower:
        matching = [word for word in lemmas.PAIRED if re.search(lower["REGEX"], word)]
        return len(matching) == 2  # "y" and "y'", all that it matches
    return set(lower.get("IN", "?")) <= set(lemmas.PAIRED)
