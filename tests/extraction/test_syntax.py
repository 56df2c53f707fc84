"""The trees of sentences: what is read from them, and that any string has one."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from timeline.extraction import parser, syntax
from timeline.extraction.parser import parse
from timeline.extraction.syntax import Token, Tree
from timeline.extraction.text.sentences import split

# Of the files in the official release 3.8.0, en_core_web_sm-3.8.0-py3-none-any.whl.
HASHES = {
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}


def trees(text: str) -> list[Tree]:
    return parse(text, split(text))


def verb(text: str, word: str) -> Token:
    (tree,) = trees(text)
    return next(token for token in tree.tokens if token.text == word)


def phrase(head: Token | None) -> str:
    return " ".join(token.text for token in syntax.noun_phrase(head)) if head else ""


@pytest.mark.parametrize(
    ("text", "word", "subject"),
    [
        ("The old bank bought its rival.", "bought", "The old bank"),
        (
            "Makers of aircraft, which were sued in 2009, agreed to pay.",
            "sued",
            "Makers of aircraft",
        ),
        (
            "Makers of aircraft, which were sued in 2009, agreed to pay.",
            "pay",
            "Makers of aircraft",
        ),
        ("They asked a judge to review the rules.", "review", "a judge"),
        ("The town held talks and signed a pact.", "signed", "The town"),
        ("The bank fell on Monday, losing a fifth of its value.", "losing", "The bank"),
        ("A clinic supported by the town closed.", "supported", "A clinic"),
        ("The court accused the mayor of taking bribes.", "taking", "the mayor"),
        ("By closing the yard, the firm saved money.", "closing", "the firm"),
    ],
)
def test_the_subject_of_a_verb_is_found_over_what_it_hangs_on(text, word, subject):
    head = syntax.subject(verb(text, word))
    assert subject in phrase(head)
    assert head.text == subject.split()[-1] or head.text in subject


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("The yard was sold in May.", "sold", True),
        ("The yard sold in May was old.", "sold", True),
        ("The firm sold a yard in May.", "sold", False),
        ("The firm has sold a yard.", "sold", False),
        ("The yard has been sold.", "sold", True),
    ],
)
def test_who_undergoes_a_deed_is_told_from_who_does_it(text, word, passive):
    assert syntax.is_passive(verb(text, word)) is passive


def test_the_doer_of_a_passive_stands_after_by():
    assert phrase(syntax.agent(verb("The yard was sold by the town.", "sold"))) == "the town"


def test_offsets_are_code_points_into_the_text():
    text = "\U0001f600 Li’s aide didn't go.\n\nThe U.S. left  at 3."
    for tree in trees(text):
        assert all(text[token.start : token.end] == token.text for token in tree.tokens)


def test_a_tree_is_of_one_sentence_of_ours():
    text = "Mr. Li left; he said so. The yard no. 4 closed"
    sentences = split(text)
    for sentence, tree in zip(sentences, parse(text, sentences), strict=True):
        assert [t for t in tree.tokens if t.head is None] == [tree.root]
        assert tree.tokens[0].start == sentence.start
        assert tree.tokens[-1].end == sentence.end


@pytest.mark.parametrize(
    "text", ["", "\n", "(" * 3000, "a" * 3000, "x," * 2000, "\ud83d a \udc00."]
)
def test_any_string_has_trees(text):
    assert len(trees(text)) == len(split(text))


def test_two_threads_may_read_at_once():
    text = "The old bank bought its rival on Monday. " * 20
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(trees, [text] * 8))
    assert {len(found) for found in read} == {20}


def test_a_long_sentence_is_parsed_in_pieces():
    (tree,) = trees("x, " * 600)
    roots = [token for token in tree.tokens if token.head is None]
    assert len(tree.tokens) == 1200
    assert len(roots) >= 1200 / parser.LONGEST


def test_half_a_surrogate_moves_no_offset():
    (tree,) = trees("\ud83d Ann Lee left.")
    assert [(t.start, t.text) for t in tree.tokens if t.text == "Lee"] == [(6, "Lee")]


def test_the_model_is_the_official_one():
    folder = Path(find_spec(parser.MODEL).origin).parent
    (data,) = folder.glob(f"{parser.MODEL}-*")
    for name, expected in HASHES.items():
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == expected


@pytest.mark.parametrize(
    "module", ["timeline.urls", "timeline.extraction", "timeline.extraction.times"]
)
def test_nothing_loads_the_model_before_an_article_is_read(module):
    code = (
        "import os, sys, importlib; os.environ['DJANGO_SETTINGS_MODULE'] = 'timeline.settings'; "
        f"import django; django.setup(); importlib.import_module({module!r}); "
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
