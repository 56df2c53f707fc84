"""Who is attributed: the choice among the noun phrases around a cue, and their words."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple, Self

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
_NO_HEADS = frozenset({"compound", "nummod", "npadvmod", "quantmod", "nmod"})
_IMPERSONAL = words("function_words", "impersonal")
_ARTICLES = frozenset({"a", "an", "the"})
_BELONGING = words("function_words", "belonging")
_TIMES = words("function_words", "time")
_MAY_BE_WHEN = frozenset({"prep", "npadvmod", "advmod", "acl"})
_MARKS = frozenset({"punct", "cc", "preconj"})
_MOST_SOURCES = 5
_CERTAIN_SOURCE = 250  # no head weighed later is chosen before one that weighs this much
_FARTHEST_SOURCE = 40
_THINGS = words("function_words", "thing")
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


def named(doc: Document, head: int, last: int) -> int:
    """Return the end of the name beside a noun, or 0: "her deputy, Ann Lee"."""
    token = doc.token_at[head]
    beside = token.child("appos") if token is not None and doc.name_at[head] == OUTSIDE else None
    if beside is None:
        return 0
    end = doc.word_of(beside.start) + 1
    return end if end <= last and doc.name_at[end - 1] != OUTSIDE else 0


class SourceQuery(NamedTuple):
    """The cue whose source is asked for, the side of its content, and what stands beside it."""

    cue: int
    side: str
    first: int
    last: int
    before: str
    gaps: str
    tree: CueTree

    @classmethod
    def of(cls, doc: Document, tree: CueTree, side: str, cue: int, first: int, last: int) -> Self:
        gaps = doc.separators
        before = doc.lower[cue - 1] if cue > first else EDGE
        return cls(cue, side, first, last, before, gaps[cue] + gaps[cue + 1], tree)


def choose(
    doc: Document, query: SourceQuery, heard: Collection[int], model: QuoteModel
) -> tuple[int, Decision]:
    """Return the word that heads the source of a cue, or NOBODY, and the decision on it.

    `heard` are the heads of sources found before, of surer cues.
    """
    plain = plain_source(doc, query)
    if plain is not None:
        return plain, decide(doc, plain, rule_of(query, plain))
    best = NOBODY
    best_score = score(model.source, nobody_features(doc, query))
    for head, rank in candidates(doc, query):
        value = score(model.source, features(doc, query, head, rank, head in heard))
        if value > best_score:
            best, best_score = head, value
            if value > _CERTAIN_SOURCE:
                break
    return best, decide(doc, best, rule_of(query, best))


def plain_source(doc: Document, query: SourceQuery) -> int | None:
    """Return whom the tree names as source where that leaves no doubt.

    That is a name, a noun for people or a personal pronoun which is the cue's own subject, right
    before it or after it: of 100 such in the corpus 99 are the source. Whom the verb before "as
    saying" quotes is the source too, and nobody of "is expected to".
    """
    source, rule = query.tree.source, query.tree.rule
    if rule == PASSIVE and doc.lower[query.cue + 1 : query.cue + 2] == ["to"]:
        return NOBODY
    if source is None or doc.quoted_at[source] != OUTSIDE:
        return _behind_marks(doc, query)
    if rule == QUOTED:
        return source
    is_beside = source == query.cue - 1 or source > query.cue
    if rule != OWN_SUBJECT or not is_beside or doc.lower[source] in _THINGS:
        return None
    return source if head_class(doc, source) in _PEOPLE_CLASSES else None


def _behind_marks(doc: Document, query: SourceQuery) -> int | None:
    """Return who follows words in marks, a comma and a cue: “Nobody,” said the coach, “works.”"""
    after = query.cue + 1
    if query.gaps != '," ' or after >= query.last or doc.lower[after] not in _ARTICLES:
        return None
    return next((word for word in range(after, query.last) if may_head(doc, word)), None)


def rule_of(query: SourceQuery, head: int) -> str:
    """Return the name of the rule by which a head is the source of a cue."""
    if head == NOBODY:
        return "source_spans: model, nobody"
    if head == query.tree.source:
        return f"source_spans: {RULES[query.tree.rule]}"
    return "source_spans: model, a noun phrase " + ("before" if head < query.cue else "after")


def decide(doc: Document, head: int, rule: str) -> Decision:
    """Return the decision that a word heads the source of some words."""
    if head == NOBODY:
        return Decision("source", "", rule)
    start, end = doc.starts[head], doc.ends[head]
    return Decision("source", doc.text[start:end], rule, (Words(doc.text[start:end], start, end),))


def candidates(doc: Document, query: SourceQuery) -> Iterator[tuple[int, str]]:
    """Yield the words that may head the source of a cue, each with its rank.

    These are whom the tree names (=), the nearest to the left (<1, <2 …) and to the right (>1 …).
    """
    cue, named = query.cue, query.tree.source
    if named is not None and named != cue and doc.quoted_at[named] == OUTSIDE:
        yield named, "<=" if named < cue else ">="
    else:
        named = None
    count = 0
    for index in range(cue - 1, query.first - 1, -1):
        if may_head(doc, index):
            count += 1
            if index != named:
                yield index, f"<{count}"
            if count == _MOST_SOURCES:
                break
    for index in range(cue + 1, min(query.last, cue + _FARTHEST_SOURCE)):
        if doc.quoted_at[index] != OUTSIDE:
            break
        token = doc.token_at[index]
        if may_head(doc, index) and not (token and token.dep == "poss"):
            if index != named:
                yield index, ">1"
            break


def nobody_features(doc: Document, query: SourceQuery) -> list[str]:
    """Return what tells whether a cue names no source ("is expected", "reportedly")."""
    verb, side, tree = doc.lower[query.cue], query.side, query.tree
    return [
        f"4{verb}{side}",
        f"B{tree.rule}{tree.shape}{side}",
        f"C{tree.rule}{query.before}",
    ]


def features(doc: Document, query: SourceQuery, head: int, rank: str, is_heard: bool) -> list[str]:
    """Return what tells whether the phrase that ends at `head` is the source of a cue.

    `is_heard` is for a head that is the source of a surer cue of the sentence.
    """
    cue, side, first, _, cue_before, cue_gaps, tree = query
    lower, gaps, commas = doc.lower, doc.separators, doc.commas
    word = lower[head]
    sort = head_class(doc, head)
    if word.endswith("'s"):
        sort += "'"
    begin = phrase_begin(doc, head, first)
    before = gap_before = EDGE
    if begin > first:
        before, gap_before = lower[begin - 1], gaps[begin]
    low, high = (head + 1, cue) if head < cue else (cue + 1, begin)
    parted = bisect_right(commas, high) - bisect_left(commas, low)
    apart = f"{gaps[low]}{parted if parted < 3 else 3}"
    where = rank[0]
    path = tree.path(head)
    named = "=" if head == tree.source else "-"
    return [
        f"b{where}{word}",
        f"d{where}{side}{before}",
        f"f{where}{side}{apart}{distance_class(high - low)}",
        f"m{where}{side}{gap_before}{sort}{apart}",
        f"o{rank}{cue_before}{'1' if begin == first else '0'}",
        f"t{'h' if is_heard else '-'}{lower[cue][-3:]}{rank}",
        f"P{path}{where}",
        f"S{named}{sort}",
        f"U{path}{lower[cue]}",
        f"V{tree.rule}{named}{side}{cue_gaps}",
    ]
