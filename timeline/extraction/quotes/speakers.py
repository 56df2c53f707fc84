"""Who is attributed: the choice among the noun phrases around a cue."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple, Self

from ..lexicon import rows, words
from .cues import PRONOUNS, RIGHT, near, sort_of
from .linear import load, score
from .passage import EDGE, OUTSIDE, Passage

NOBODY = -1

PEOPLE = frozenset(word.lower() for word, _ in rows("people"))
_DETERMINERS = words("function_words", "determiner")
_POSSESSIVES = words("function_words", "possessive")
_FUNCTION = words(
    "function_words", "determiner", "conjunction", "preposition", "auxiliary", "adverb"
)
_GENITIVE = frozenset({"'s", "’s"})
_TIMES = words("function_words", "time")
_SUBJECTS = frozenset({"he", "she", "they", "we", "i"})
_STAND_ALONE = frozenset(
    {"several", "some", "many", "most", "all", "both", "few", "two", "another"}
)
_NO_HEADS = _FUNCTION | _TIMES
_HEADS_AT_END = _FUNCTION & _STAND_ALONE
_LEADS_TO_SOURCE = frozenset({"by", "to", "from"})
_NO_HEAD_BEFORE = frozenset({"ed", "ly"})
_SMALL = _FUNCTION | words("function_words", "finite")
_SAYING = frozenset({"said", "says", "told", "added", "wrote"})
_WIDEST = 30
_MOST_LEFT = 5
_MOST_RIGHT = 1
_FIRST_WITHIN = 10
_LONGEST_PHRASE = 8


class Asked(NamedTuple):
    """The cue whose source is asked for, the side of its content, and what stands beside it."""

    cue: int
    side: str
    first: int
    before: str
    after: str
    gaps: str

    @classmethod
    def of(cls, passage: Passage, cue: int, side: str, first: int, last: int) -> Self:
        lower, gaps = passage.lower, passage.gaps
        before = lower[cue - 1] if cue > first else EDGE
        after = lower[cue + 1] if cue + 1 < last else EDGE
        return cls(cue, side, first, before, after, gaps[cue] + gaps[cue + 1])


def choose(
    passage: Passage, cue: int, side: str, first: int, last: int, heard: Collection[int]
) -> int:
    """Return the word that heads the source of a cue, or NOBODY.

    `heard` are the heads of sources found before, of surer cues.
    """
    if subject_before(passage, cue, first):
        return cue - 1
    weights = load()["source"]
    asked = Asked.of(passage, cue, side, first, last)
    best = NOBODY
    best_score = score(weights, nobody_features(passage, asked))
    for head, rank in candidates(passage, cue, side, first, last, heard):
        value = score(weights, features(passage, asked, head, rank, head in heard))
        if value > best_score:
            best, best_score = head, value
    return best


def subject_before(passage: Passage, cue: int, first: int) -> bool:
    """Whether the word right before a cue is its subject: of 100 such in the corpus 97 are."""
    if cue == first or passage.gaps[cue] != " " or passage.run_at[cue - 1] != OUTSIDE:
        return False
    word = passage.lower[cue - 1]
    return word in _SUBJECTS or word in PEOPLE or passage.name_at[cue - 1] != OUTSIDE


def candidates(
    passage: Passage, cue: int, side: str, first: int, last: int, heard: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Yield the words that may head the source of a cue, each with its rank.

    These are the nearest to the left (<1, <2 …), the first of the sentence (<0) and the nearest
    to the right (>1 …), none in quotation marks.
    """
    run_at = passage.run_at
    lower_after = passage.lower[cue + 1] if cue + 1 < last else EDGE
    if cue > first and passage.lower[cue - 1] in _POSSESSIVES:
        yield cue - 1, "<'"
    count, reached = 0, cue
    for index in range(cue - 1, max(first, cue - _WIDEST) - 1, -1):
        if run_at[index] == OUTSIDE and is_head(passage, index, cue):
            count, reached = count + 1, index
            yield index, f"<{count}"
            if count == _MOST_LEFT:
                break
    known = [head for head in heard if first <= head < reached]
    for index in known:
        yield index, "<h"
    for index in range(first, min(first + _FIRST_WITHIN, reached)):
        if run_at[index] == OUTSIDE and is_head(passage, index, cue):
            if index not in known:
                yield index, "<0"
            break
    reached = cue
    if side != RIGHT or cue <= first + 2 or lower_after in _LEADS_TO_SOURCE:
        count = 0
        for index in range(cue + 1, min(last, cue + _WIDEST)):
            if run_at[index] != OUTSIDE:
                break
            if is_head(passage, index, last):
                count, reached = count + 1, index
                yield index, f">{count}"
                if count == _MOST_RIGHT:
                    break
    for head in heard:
        if reached < head < last:
            yield head, ">h"


def is_head(passage: Passage, index: int, last: int) -> bool:
    """Whether a word may be the last of a noun phrase that is a source."""
    word = passage.lower[index]
    if word in PRONOUNS:
        return True
    if word in _NO_HEADS:
        return word in _HEADS_AT_END and index + 1 == last
    if word[0].isdigit():
        return False
    if index + 1 >= last:
        return True
    name = passage.name_at[index]
    if name != OUTSIDE:
        return passage.name_at[index + 1] != name
    if word in PEOPLE or word[-2:] in _GENITIVE:
        return True
    if word.endswith("ly") and passage.words[index] == word:
        return False
    gap = passage.gaps[index + 1]
    if gap != " ":
        return gap != "." or index + 1 in passage.openings
    after = passage.lower[index + 1]
    return after in _FUNCTION or after in PRONOUNS or after[-2:] in _NO_HEAD_BEFORE


def phrase_begin(passage: Passage, head: int, first: int) -> int:
    """Return the first word of the noun phrase that ends at `head`."""
    lower, gaps, name_at = passage.lower, passage.gaps, passage.name_at
    if lower[head] in PRONOUNS or lower[head] in _POSSESSIVES:
        return head
    index, name = head, name_at[head]
    for index in range(head, max(first, head - _LONGEST_PHRASE), -1):
        before = lower[index - 1]
        joined = gaps[index] == " " or (
            gaps[index] == "." and index not in passage.openings and len(before) < 5
        )
        if not (joined or (name != OUTSIDE and name_at[index - 1] == name)):
            return index
        if before in _DETERMINERS:
            return index - 1
        if before in _FUNCTION or before in PRONOUNS or passage.run_at[index - 1] != OUTSIDE:
            return index
    return max(first, head - _LONGEST_PHRASE)


def nobody_features(passage: Passage, asked: Asked) -> list[str]:
    """Return what tells whether a cue names no source ("is expected", "reportedly")."""
    verb = passage.lower[asked.cue]
    return [
        f"0{asked.side}",
        f"1{verb}",
        f"3{asked.side}{asked.before}{asked.gaps}",
        f"4{verb}{asked.side}",
        f"7{verb} {asked.after}",
    ]


def features(passage: Passage, asked: Asked, head: int, rank: str, is_heard: bool) -> list[str]:
    """Return what tells whether the phrase that ends at `head` is the source of a cue.

    `is_heard` is for a head that is the source of a surer cue of the sentence.
    """
    cue, side, first, cue_before, _, cue_gaps = asked
    lower, gaps = passage.lower, passage.gaps
    word, after, gap_after = lower[head], lower[head + 1 : head + 2], gaps[head + 1]
    after = after[0] if after else EDGE
    if after not in _SMALL:
        after = after[-2:]
    sort = "P" if word in PEOPLE else sort_of(passage, head)
    spoken = min(passage.spoken.get(word, 0), 3)
    if word[-2:] in _GENITIVE:
        sort += "'"
    begin = phrase_begin(passage, head, first)
    before, gap_before = (lower[begin - 1], gaps[begin]) if begin > first else (EDGE, EDGE)
    low, high, gap = (head + 1, cue, gap_after) if head < cue else (cue + 1, begin, gaps[cue + 1])
    between = " ".join(lower[low:high]) if high - low < 3 else lower[low]
    commas = passage.commas
    apart = f"{gap}{min(bisect_right(commas, high) - bisect_left(commas, low), 3)}"
    where = rank[0]
    ending = lower[cue][-3:]
    opening = "1" if begin == first else "0"
    return [
        f"a{rank}{gap_after}{after}",
        f"b{where}{word}",
        f"c{where}{ending}{after}{gap_after}",
        f"d{where}{side}{before}",
        f"e{where}{spoken}{sort}",
        f"f{where}{side}{apart}{near(high - low)}",
        f"h{where}{between}",
        f"m{where}{side}{gap_before}{sort}{apart}",
        f"o{rank}{cue_before}{opening}",
        f"p{rank}{side}{cue_gaps}",
        f"r{where}{word if word in PRONOUNS else sort}{apart}{cue_gaps}",
        f"t{is_heard:d}{ending}{rank}",
    ]
