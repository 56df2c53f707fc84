"""Who is attributed: the choice among the noun phrases around a cue, and their words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from timeline.basis import Span as Words

from ..decision import Decision
from ..document import EDGE, OUTSIDE, Document
from ..lexicon import words
from ..linear_model import QuoteModel, score
from ..syntax import Token, trim
from .cue_trees import OWN_SUBJECT, PASSIVE, QUOTED, RULES, CueTree
from .cues import PEOPLE, PRONOUNS, distance_class, head_class
from .medium import is_circumstance

NOBODY = -1
LINKS = words("function_words", "source link")
_NO_HEADS = frozenset({"compound", "nummod", "npadvmod", "nmod", "poss"})
_IMPERSONAL = words("function_words", "impersonal")
_BELONGING = words("function_words", "belonging")
_TIMES = words("function_words", "time")
_MAY_BE_WHEN = frozenset({"prep", "npadvmod", "advmod", "acl"})
_MARKS = frozenset({"punct", "cc", "preconj"})
_MOST_SOURCES = 5
_FARTHEST_SOURCE = 40
_PEOPLE_CLASSES = frozenset({"P", "p", "pe", "or"})


class SourceSpan(NamedTuple):
    """A source by words: where it begins and ends, and the word that heads it."""

    begin: int
    end: int
    head: int


def may_head(doc: Document, word: int) -> bool:
    """Whether a word, not in quotation marks, may head a source.

    It heads a noun phrase in its tree; without one it ends a name or is a pronoun or a noun for
    people.
    """
    if doc.quoted_at[word] != OUTSIDE:
        return False
    token = doc.token_at[word]
    if token is not None:
        return token.is_noun and token.dep not in _NO_HEADS and token.lower not in _IMPERSONAL
    name = doc.name_at[word]
    if name == OUTSIDE:
        return doc.lower[word] in PRONOUNS or doc.lower[word] in PEOPLE
    return word + 1 == doc.size or doc.name_at[word + 1] != name


def phrase_begin(doc: Document, head: int, first: int) -> int:
    """Return the first word of the noun phrase of a head, `first` at the earliest."""
    token, name = doc.token_at[head], doc.name_at[head]
    begin = head
    if token is not None:
        begin = max(first, doc.word_of(_leftmost(token).start))
    while begin > first and name != OUTSIDE and doc.name_at[begin - 1] == name:
        begin -= 1
    return min(begin, head)


def _leftmost(token: Token) -> Token:
    """Return the first token of a phrase."""
    while True:
        child = next((child for child in token.children if child.dep not in _MARKS), None)
        if child is None or child.start > token.start:
            return token
        token = child


def source_span(doc: Document, head: int, cue: int | None) -> SourceSpan:
    """Return the words of a source with all that hangs on its head: "Lee, a professor at Yale".

    The cue, quoted words, and what tells when or through what something was said bound it.
    """
    token = doc.token_at[head]
    if token is None:
        return SourceSpan(phrase_begin(doc, head, 0), head + 1, head)
    before = None if cue is None else doc.token_at[cue]
    tokens = trim(_hanging(doc, token, before)) or [token]
    begin, end = doc.word_of(tokens[0].start), doc.at(tokens[-1].end)
    if cue is not None:
        begin, end = (max(begin, cue + 1), end) if cue < head else (begin, min(end, cue))
    run_at = doc.quoted_at
    begin, end = min(begin, head), max(end, head + 1)
    end = next((word for word in range(head + 1, end) if run_at[word] != OUTSIDE), end)
    begin = next((w + 1 for w in range(head - 1, begin - 1, -1) if run_at[w] != OUTSIDE), begin)
    return SourceSpan(begin, end, _titled(doc, head, end))


def _hanging(doc: Document, head: Token, cue: Token | None) -> list[Token]:
    """Return a token and what hangs on it, without the cue, other clauses and circumstances."""
    left, kept = [head], []
    name = doc.name_at[doc.word_of(head.start)]
    is_person = name != OUTSIDE and doc.names[name].kind == "person"
    while left:
        token = left.pop()
        kept.append(token)
        for child in token.children:
            is_other = token is head and child.dep == "conj" and not child.is_noun
            is_day = child.start < head.start and child.lower in _TIMES  # "In May Ann Lee said"
            is_where = is_person and child.dep == "prep" and child.lower not in _BELONGING
            if child is cue or is_other or is_day or (token is head and is_where):
                continue
            after = child.dep in _MAY_BE_WHEN and child.start > head.start
            if not (after and is_circumstance(doc, doc.word_of(child.start))):
                left.append(child)
    return kept


def _titled(doc: Document, head: int, last: int) -> int:
    """Return the last word of the name that a noun stands before: "mayor Ann Lee", or the noun."""
    name_at, end = doc.name_at, head + 1
    if doc.lower[head] not in PEOPLE or end >= last or doc.separators[end] != " ":
        return head
    while end < last and name_at[end] == name_at[head + 1] != OUTSIDE:
        end += 1
    return end - 1


def find_source(tree: CueTree, side: str, model: QuoteModel) -> tuple[int, Decision]:
    """Return the word that heads the source of a cue, or NOBODY, and the decision on it.

    `side` is the side of the cue on which its content stands.
    """
    best = plain_source(tree)
    if best is None:
        seen = {NOBODY: nobody_features(tree, side)} | {
            head: features(tree, side, head, rank) for head, rank in candidates(tree)
        }
        best = max(seen, key=lambda head: score(model.source, seen[head]))
    return best, decide(tree.doc, best, rule_of(tree, best))


def plain_source(tree: CueTree) -> int | None:
    """Return whom the tree names as source where that leaves no doubt.

    That is a name, a noun for people or a personal pronoun which is the cue's own subject, right
    before it or after it: of 100 such in the corpus 99 are the source. Whom the verb before "as
    saying" quotes is the source too, and nobody of "is expected to".
    """
    doc, source, rule = tree.doc, tree.source, tree.rule
    if rule == PASSIVE and doc.lower[tree.cue + 1 : tree.cue + 2] == ["to"]:
        return NOBODY
    if source is None or doc.quoted_at[source] != OUTSIDE:
        return None
    if rule == QUOTED:
        return source
    is_beside = rule == OWN_SUBJECT and (source == tree.cue - 1 or source > tree.cue)
    return source if is_beside and head_class(doc, source) in _PEOPLE_CLASSES else None


def rule_of(tree: CueTree, head: int) -> str:
    """Return the name of the rule by which a head is the source of a cue."""
    if head == NOBODY:
        return "source_spans: model, nobody"
    if head == tree.source:
        return f"source_spans: {RULES[tree.rule]}"
    return "source_spans: model, a noun phrase " + ("before" if head < tree.cue else "after")


def decide(doc: Document, head: int, rule: str) -> Decision:
    """Return the decision that a word heads the source of some words."""
    if head == NOBODY:
        return Decision("source", "", rule)
    start, end = doc.starts[head], doc.ends[head]
    return Decision("source", doc.text[start:end], rule, (Words(doc.text[start:end], start, end),))


def candidates(tree: CueTree) -> Iterator[tuple[int, str]]:
    """Yield the words that may head the source of a cue, each with its rank.

    These are whom the tree names (=), the nearest to the left (<1, <2 …) and to the right (>1).
    """
    doc, cue, named = tree.doc, tree.cue, tree.source
    if named is not None and named != cue and doc.quoted_at[named] == OUTSIDE:
        yield named, "<=" if named < cue else ">="
    before = (word for word in range(cue - 1, tree.first - 1, -1) if may_head(doc, word))
    for count, word in enumerate(islice(before, _MOST_SOURCES), 1):
        if word != named:
            yield word, f"<{count}"
    for word in range(cue + 1, min(tree.last, cue + _FARTHEST_SOURCE)):
        if doc.quoted_at[word] != OUTSIDE:
            break
        if may_head(doc, word):
            if word != named:
                yield word, ">1"
            break


def nobody_features(tree: CueTree, side: str) -> list[str]:
    """Return what tells whether a cue names no source ("is expected", "reportedly")."""
    return [f"4{tree.doc.lower[tree.cue]}{side}", f"B{tree.rule}{tree.shape}{side}"]


def features(tree: CueTree, side: str, head: int, rank: str) -> list[str]:
    """Return what tells whether the phrase that a word heads is the source of a cue."""
    doc, cue = tree.doc, tree.cue
    lower, gaps, commas = doc.lower, doc.separators, doc.commas
    word, sort = lower[head], head_class(doc, head)
    begin = phrase_begin(doc, head, tree.first)
    before = lower[begin - 1] if begin > tree.first else EDGE
    low, high = (head + 1, cue) if head < cue else (cue + 1, begin)
    parted = bisect_right(commas, high) - bisect_left(commas, low)
    apart = f"{gaps[low]}{min(parted, 3)}"
    where = rank[0]
    path = tree.path(head)
    named = "=" if head == tree.source else "-"
    return [
        f"b{where}{word}",
        f"d{where}{side}{before}",
        f"f{where}{side}{apart}{distance_class(high - low)}",
        f"m{where}{side}{gaps[begin]}{sort}{apart}",
        f"o{rank}{tree.first == begin}",
        f"t{lower[cue][-3:]}{rank}",
        f"P{path}{where}",
        f"S{named}{sort}{word[-2:] == "'s"}",
        f"U{path}{lower[cue]}",
        f"V{tree.rule}{named}{side}{gaps[cue]}{gaps[cue + 1]}",
    ]
