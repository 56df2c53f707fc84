"""Words of language stand in the lexicon, not in the constants of modules."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from timeline.basis.rules import DATE_RULES
from timeline.extraction import lexicon

TABLES = Path(lexicon.__file__).parent
# What is no word of language in a constant: the marks of the tree and of the tagger, the forms of
# verbs and other terms of the code's own, the vocabularies of formats, and the names of rules.
TREE = """
acl acomp advcl advmod agent amod appos attr auxpass ccomp compound conj csubj csubjpass dative
dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp
pobj poss preconj prep prt punct relcl root xcomp adj adp adv aux cconj noun num part pron propn
sconj space verb
"""
TERMS = """
adjective future gerund infinitive modal participle perfect pluperfect present progressive
person organisation place country thing cancelled expected ongoing occurred planned possible
postponed base ing past announces cancels confirms expects postpones recalls reports claim cue
head near next none null prev label day week weekend month quarter half season year decade
century after before that
"""
FORMATS = {"pages/html_page.py", "pages/encodings.py", "_ARTICLE", "_LICENCE", "_MARKS"}
FORMATS |= {"__all__"}
RULES = {"RULES", "KINDS", "_FACTUALITY", "_NAMES", "_TOLD_ELSEWHERE", "_RULE", "STAGES", "_NEWS"}
READERS = {"any_of", "getattr", "load", "rows", "stemmer", "verbs_of_speech", "with_name", "words"}
READERS |= {"_load", "attrgetter", "itemgetter", "read_text"}
MOST_WORDS = 70
WORD = re.compile(r"[^\W\d_]{3,}")


CLASSED = """
abbreviations event_words function_words light_verbs media name_parts news_words page_words
references speech_verbs stances status things verb_media
"""


def codes() -> set[str]:
    """The lexicon's own terms: its classes, kinds and groups, and what words of times mean."""
    named = {field for row in lexicon.rows("triggers") for field in row[:3]}
    named |= {f"n.{row[1]}" for row in lexicon.rows("triggers")}
    named |= {row[0] for table in CLASSED.split() for row in lexicon.rows(table)}
    times = lexicon.load("times")["words"].values()
    meant = {word.partition("=")[2] for listed in times for word in listed.split()}
    return named | meant | {*TREE.split(), *TERMS.split(), *DATE_RULES}


def words_of(value: ast.expr, known: set[str]) -> Iterator[str]:
    """Yield the words in the strings of an expression that are no codes and name no table."""
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in READERS:
        return
    text = value.value if isinstance(value, ast.Constant) else None
    if isinstance(text, str) and text.lower() not in known:
        yield from WORD.findall(re.sub(r"\(\?P[<=]\w+[>)]|\\\w", " ", text))
    for child in ast.iter_child_nodes(value):
        if isinstance(child, ast.expr | ast.comprehension | ast.keyword):
            yield from words_of(child, known)  # type: ignore[arg-type]


def constants(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """Yield the name and the value of each constant of a module."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield ast.unparse(target), node.value


def test_words_of_language_stand_in_the_lexicon():
    root, known = TABLES.parent, codes()
    found = {}
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith(("lexicon/", "training/")) or name in FORMATS:
            continue
        for constant, value in constants(path):
            if constant not in RULES | FORMATS:
                listed = list(words_of(value, known))
                found |= {f"{name} {constant}": listed} if listed else {}
    assert sum(map(len, found.values())) <= MOST_WORDS, found
