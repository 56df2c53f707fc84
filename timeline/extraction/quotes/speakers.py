"""Who is attributed: the choice among the noun phrases around a cue."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple, Self

from ..document import EDGE, OUTSIDE, Document
from ..lexicon import words
from ..linear_model import QuoteModel, score
from .cues import PEOPLE, PRONOUNS, QUOTING, RIGHT, distance_class, is_as_saying, word_class

NOBODY = -1

_DETERMINERS = words("function_words", "determiner")
_POSSESSIVES = words("function_words", "possessive")
_FUNCTION = words(
    "function_words", "determiner", "conjunction", "preposition", "auxiliary", "adverb"
)
_GENITIVE = frozenset({"'s", "’s"})
_TIMES = words("function_words", "time")
_SUBJECTS = frozenset({"he", "she", "they", "we", "i"})
_ARTICLES = frozenset({"the", "a", "an"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_PARTICIPLE = frozenset({"ed", "id", "wn", "ht"})
_NO_SUBJECTS = words("function_words", "auxiliary", "adverb")
_BETWEEN = frozenset({"has", "have", "had", "also"})
_STAND_ALONE = frozenset(
    {"several", "some", "many", "most", "all", "both", "few", "two", "another"}
)
_BOUNDS = _FUNCTION | PRONOUNS | {"said", "told", "asked", "quoted"}
_SMALL_HEADS = _BOUNDS | _TIMES
_ALONE = PRONOUNS | _POSSESSIVES
_HEADS_AT_END = _FUNCTION & _STAND_ALONE
_LEADS_TO_SOURCE = frozenset({"by", "to", "from"})
_NO_HEAD_BEFORE = frozenset({"ed", "ly"})
_SMALL = _FUNCTION | words("function_words", "finite")
_WIDEST = 30
_MOST_LEFT = 5
_MOST_RIGHT = 1
_FIRST_WITHIN = 10
_LONGEST_PHRASE = 8
_CERTAIN = 250  # no head weighed later is chosen before one that weighs this much


class SourceQuery(NamedTuple):
    """The cue whose source is asked for, the side of its content, and what stands beside it."""

    cue: int
    side: str
    first: int
    before: str
    gaps: str
    ending: str

    @classmethod
    def of(cls, doc: Document, cue: int, side: str, first: int) -> Self:
        lower, gaps = doc.lower, doc.separators
        before = lower[cue - 1] if cue > first else EDGE
        return cls(cue, side, first, before, gaps[cue] + gaps[cue + 1], lower[cue][-3:])


def choose(
    doc: Document,
    cue: int,
    side: str,
    first: int,
    last: int,
    heard: Collection[int],
    model: QuoteModel,
) -> int:
    """Return the word that heads the source of a cue, or NOBODY.

    `heard` are the heads of sources found before, of surer cues.
    """
    subject = beside(doc, cue, first, last)
    if subject != NOBODY or _is_passive(doc, cue, first):
        return subject
    weights = model.source
    query = SourceQuery.of(doc, cue, side, first)
    best = NOBODY
    best_score = score(weights, nobody_features(doc, query))
    for head, rank in candidates(doc, cue, side, first, last, heard):
        value = score(weights, features(doc, query, head, rank, head in heard))
        if value > best_score:
            best, best_score = head, value
            if value > _CERTAIN:
                break
    return best


def beside(doc: Document, cue: int, first: int, last: int) -> int:
    """Return the head of the subject right beside a cue where that leaves no doubt, or NOBODY.

    Before it that is a name, a pronoun or a noun for people: of 100 such in the corpus 97 are the
    source, with "has" or "also" between 95; after words in marks and a comma, of 100 such 98.
    """
    lower, gaps, name_at = doc.lower, doc.separators, doc.name_at
    if lower[cue - 1] == "as" and is_as_saying(doc, cue, first):
        return _quoted(doc, cue - 2, first)
    if gaps[cue] == " ":
        index = cue - 1
        while index > first and lower[index] in _BETWEEN and gaps[index] == " ":
            index -= 1
        if index < first or doc.quoted_at[index] != OUTSIDE:
            return NOBODY
        word = lower[index]
        found = word in _SUBJECTS or word in PEOPLE or name_at[index] != OUTSIDE
        return index if found else NOBODY
    head = cue + 1
    if gaps[cue] != ',"' or head >= last or gaps[head] != " ":
        return NOBODY
    if name_at[head] != OUTSIDE or lower[head] in _ARTICLES:
        return next((i for i in range(head, last) if is_head(doc, i, last)), NOBODY)
    return NOBODY


def _quoted(doc: Document, head: int, first: int) -> int:
    """Return who is quoted as saying: in "quoted Lee", "Lee was quoted", "Lee was cited by AFP"."""
    lower = doc.lower
    begin = phrase_begin(doc, head, first)
    if begin - 1 > first and lower[begin - 1] == "by":
        head = begin - 2
    if lower[head] not in QUOTING:
        return head
    while head > first and (lower[head] in QUOTING or lower[head] in _NO_SUBJECTS):
        head -= 1
    return head


def _is_passive(doc: Document, cue: int, first: int) -> bool:
    """Whether a cue names no source: "is expected to"; in the corpus 76 of 80 such do not."""
    lower = doc.lower
    beside = cue > first and lower[cue - 1] in _BE and lower[cue + 1 : cue + 2] == ["to"]
    return beside and lower[cue][-2:] in _PARTICIPLE


def candidates(
    doc: Document, cue: int, side: str, first: int, last: int, heard: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Yield the words that may head the source of a cue, each with its rank.

    These are the nearest to the left (<1, <2 …), the first of the sentence (<0) and the nearest
    to the right (>1 …), none in quotation marks.
    """
    run_at = doc.quoted_at
    lower_after = doc.lower[cue + 1] if cue + 1 < last else EDGE
    if cue > first and doc.lower[cue - 1] in _POSSESSIVES:
        yield cue - 1, "<'"
    count, reached = 0, cue
    for index in range(cue - 1, max(first, cue - _WIDEST) - 1, -1):
        if run_at[index] == OUTSIDE and is_head(doc, index, cue):
            count, reached = count + 1, index
            yield index, f"<{count}"
            if count == _MOST_LEFT:
                break
    known = [head for head in heard if first <= head < reached]
    for index in known:
        yield index, "<h"
    for index in range(first, min(first + _FIRST_WITHIN, reached)):
        if run_at[index] == OUTSIDE and is_head(doc, index, cue):
            if index not in known:
                yield index, "<0"
            break
    reached = cue
    if side != RIGHT or cue <= first + 2 or lower_after in _LEADS_TO_SOURCE:
        count = 0
        for index in range(cue + 1, min(last, cue + _WIDEST)):
            if run_at[index] != OUTSIDE:
                break
            if is_head(doc, index, last):
                count, reached = count + 1, index
                yield index, f">{count}"
                if count == _MOST_RIGHT:
                    break
    for head in heard:
        if reached < head < last:
            yield head, ">h"


def is_head(doc: Document, index: int, last: int) -> bool:
    """Whether a word may be the last of a noun phrase that is a source.

    A name before a noun for people is not: in 943 of 953 such sources that goes on ("a BBC poll").
    """
    word = doc.lower[index]
    if word in _SMALL_HEADS:
        return word in PRONOUNS or (word in _HEADS_AT_END and index + 1 == last)
    if word[0].isdigit():
        return False
    if index + 1 >= last:
        return True
    name = doc.name_at[index]
    if name != OUTSIDE:
        return doc.name_at[index + 1] != name and not (
            doc.separators[index + 1] == " " and doc.lower[index + 1] in PEOPLE
        )
    if word in PEOPLE or word[-2:] in _GENITIVE:
        return True
    if word.endswith("ly") and doc.words[index] == word:
        return False
    gap = doc.separators[index + 1]
    if gap != " ":
        return gap != "." or index + 1 in doc.openings
    after = doc.lower[index + 1]
    return after in _BOUNDS or after[-2:] in _NO_HEAD_BEFORE


def phrase_begin(doc: Document, head: int, first: int) -> int:
    """Return the first word of the noun phrase that ends at `head`."""
    lower, gaps, name_at, run_at = (
        doc.lower,
        doc.separators,
        doc.name_at,
        doc.quoted_at,
    )
    if lower[head] in _ALONE:
        return head
    index, name = head, name_at[head]
    for index in range(head, max(first, head - _LONGEST_PHRASE), -1):
        before, gap = lower[index - 1], gaps[index]
        if gap != " " and not (
            (gap == "." and index not in doc.openings and len(before) < 5)
            or (name != OUTSIDE and name_at[index - 1] == name)
        ):
            return index
        if before in _BOUNDS:
            return index - 1 if before in _DETERMINERS else index
        if run_at[index - 1] != OUTSIDE:
            return index
    return max(first, head - _LONGEST_PHRASE)


def nobody_features(doc: Document, query: SourceQuery) -> list[str]:
    """Return what tells whether a cue names no source ("is expected", "reportedly")."""
    verb, side = doc.lower[query.cue], query.side
    return [f"1{verb}", f"3{side}{query.before}{query.gaps}", f"4{verb}{side}"]


def features(doc: Document, query: SourceQuery, head: int, rank: str, is_heard: bool) -> list[str]:
    """Return what tells whether the phrase that ends at `head` is the source of a cue.

    `is_heard` is for a head that is the source of a surer cue of the sentence.
    """
    cue, side, first, cue_before, cue_gaps, ending = query
    lower, gaps, commas = doc.lower, doc.separators, doc.commas
    word = lower[head]
    after = lower[head + 1] if head + 1 < doc.size else EDGE
    if after not in _SMALL:
        after = after[-2:]
    sort = "P" if word in PEOPLE else word_class(doc, head)
    if word.endswith("'s"):
        sort += "'"
    begin = phrase_begin(doc, head, first)
    before = gap_before = EDGE
    if begin > first:
        before, gap_before = lower[begin - 1], gaps[begin]
    low, high = (head + 1, cue) if head < cue else (cue + 1, begin)
    between = " ".join(lower[low:high]) if high - low < 3 else lower[low]
    parted = bisect_right(commas, high) - bisect_left(commas, low)
    apart = f"{gaps[low]}{parted if parted < 3 else 3}"
    where = rank[0]
    return [
        f"a{rank}{gaps[head + 1]}{after}",
        f"b{where}{word}",
        f"d{where}{side}{before}",
        f"e{where}{doc.beside_saying.get(word, 0)}{sort}",
        f"f{where}{side}{apart}{distance_class(high - low)}",
        f"h{where}{between}",
        f"m{where}{side}{gap_before}{sort}{apart}",
        f"o{rank}{cue_before}{'1' if begin == first else '0'}",
        f"p{rank}{side}{cue_gaps}",
        f"t{'h' if is_heard else '-'}{ending}{rank}",
    ]
