"""Which words of a text attribute: verbs and nouns that make other words somebody's."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..document import EDGE, OUTSIDE, Document
from ..lexicon import rows, words
from ..lexicon.inflection import verbs_of_speech
from ..linear_model import QuoteModel, score
from .cue_trees import OWN_SUBJECT, QUOTED, CueTree

SIDES = LEFT, RIGHT, BOTH = "L", "R", "B"

PRONOUNS = words("function_words", "pronoun")
PEOPLE = frozenset(word.lower() for word, _ in rows("people"))
KIND = verbs_of_speech()
_MEETINGS = words("media", "meeting")

_SURE = -30
_HOPELESS = -100
_CERTAIN_CUE = 300
_CLOSE_TO_MARKS = 5
_COMMA_WITHIN = 14
_COLON_FOLLOWS_WITHIN = 8
_MARKS_LEFT_WITHIN = 40
_MARKS_RIGHT_WITHIN = 25


_DISTANCE_CLASSES = [*"01234", *"555", *"8888888"]


class CueCandidate(NamedTuple):
    """A word that may attribute, in its sentence `first` to `last`.

    `is_quoting` tells whether quoted spans are in that; `earlier` and `later` are the known words
    nearest to it there, if any.
    """

    word: int
    first: int
    last: int
    is_quoting: bool
    earlier: int | None
    later: int | None


class Cue(NamedTuple):
    """A word that attributes: the candidate, where its content is, how sure that is, and why."""

    candidate: CueCandidate
    side: str
    sure: int
    tree: CueTree
    rule: str


class CueContext(NamedTuple):
    """What stands around a cue: a comma, a colon, quoted spans, and the class of the next word."""

    comma: str
    colon: str
    left: str
    right: str
    after: str


def distance_class(distance: int) -> str:
    """Return a distance in words in few forms."""
    return (
        _DISTANCE_CLASSES[distance]
        if 0 <= distance < len(_DISTANCE_CLASSES)
        else "f"
        if distance > 0
        else str(distance)
    )


def find_candidates(doc: Document, known: Collection[str]) -> Iterator[CueCandidate]:
    """Yield the words that may attribute: known words, and verbs soon after marks."""
    lower, edges = doc.lower, doc.edges
    found = _candidates(doc, known)
    at = 0
    while at < len(found):
        sentence = bisect_right(edges, found[at])
        first, last = edges[sentence - 1], edges[sentence]
        here = found[at : bisect_left(found, last, at)]
        at += len(here)
        quoted = doc.has_quoted(first, last)
        sure = [None, *([cue for cue in here if lower[cue] in known] if quoted else here), None]
        before = 0
        for cue in here:
            after = before + 1 + (sure[before + 1] == cue)
            yield CueCandidate(cue, first, last, quoted, sure[before], sure[after])
            before = after - 1


def _candidates(doc: Document, known: Collection[str]) -> list[int]:
    """Return the words that may attribute, in order."""
    lower, run_at = doc.lower, doc.quoted_at
    found = [index for index, word in enumerate(lower) if word in known]
    if not doc.quoted:
        return found
    close = {index for _, end in doc.quoted_words for index in _verbs_after(doc, end)}
    return sorted(close.union([index for index in found if run_at[index] == OUTSIDE]))


def _verbs_after(doc: Document, end: int) -> list[int]:
    """Return the verbs soon after a quoted span, in its sentence."""
    run_at, last = doc.quoted_at, min(end + _CLOSE_TO_MARKS, doc.sentence(end - 1)[1])
    return [
        index
        for index in range(end, last)
        if (token := doc.token_at[index]) and token.is_verb and run_at[index] == OUTSIDE
    ]


def find_cue(doc: Document, candidate: CueCandidate, model: QuoteModel) -> Cue | None:
    """Return the cue that a word is, with the side of it on which its content stands, if it is."""
    cue, first, *_ = candidate
    word, before = doc.lower[cue], doc.lower[cue - 1] if cue > first else EDGE
    if model.cue.get("a" + word, 0) + model.cue.get("e" + before, 0) < _HOPELESS:
        return None
    tree = CueTree(doc, cue)
    if tree.rule == QUOTED:
        return Cue(candidate, RIGHT, _CERTAIN_CUE, tree, "quoted as saying")
    if tree.leads_to_saying or (word in _MEETINGS and tree.tag.startswith("N")):
        return None
    context = cue_context(doc, candidate)
    sure = score(model.cue, features(doc, candidate, context, tree))
    rule = f"model, {KIND.get(word, 'a word that attributes')}"
    if sure <= _SURE:
        if _is_coda(doc, cue, first):
            rule = "a pronoun that adds"
        elif context.left[0] == "," and tree.takes_before:
            rule = "a verb whose clause in marks stands before it"
        else:
            return None
    return Cue(candidate, _side(doc, candidate, context, tree, model), sure, tree, rule)


def _side(
    doc: Document, candidate: CueCandidate, context: CueContext, tree: CueTree, model: QuoteModel
) -> str:
    """Return on which side of a cue its content stands."""
    if context.comma == context.left == "-":
        return RIGHT
    if doc.separators[candidate.word] == ',"' and _goes_on_after(doc, candidate):
        # A subject before the first marks has only the second: "Lee, who wore “…,” shouted, “…”"
        source = tree.source if tree.rule == OWN_SUBJECT else None
        is_before = source is not None and source < candidate.word
        return RIGHT if is_before and doc.quoted_at[source or 0] == OUTSIDE else BOTH
    seen = side_features(doc, candidate, context, tree)
    values = [score(model.side[option], seen) for option in SIDES]
    return SIDES[values.index(max(values))]


def _goes_on_after(doc: Document, candidate: CueCandidate) -> bool:
    """Whether commas set a cue off from words in marks on both sides: “…,” said she, “…”."""
    cue, _, last, *_ = candidate
    run = bisect_right(doc.quoted_firsts, cue)
    begin = doc.quoted_firsts[run] if run < len(doc.quoted_firsts) else last
    return begin < last and doc.separators[begin] == ',"'


def _is_coda(doc: Document, cue: int, first: int) -> bool:
    """Whether a sentence goes on with a comma, a pronoun and a verb of saying: "…, it added"."""
    lower, gaps = doc.lower, doc.separators
    said = KIND.get(lower[cue]) == "say" and gaps[cue] == " "
    return said and cue - 1 > first and lower[cue - 1] in PRONOUNS and "," in gaps[cue - 1]


def features(
    doc: Document, candidate: CueCandidate, context: CueContext, tree: CueTree
) -> list[str]:
    """Return what tells whether a word attributes."""
    lower = doc.lower
    cue, first, last, _, earlier, later = candidate
    word = lower[cue]
    before = lower[cue - 1] if cue > first else EDGE
    after = lower[cue + 1] if cue + 1 < last else EDGE
    after2 = lower[cue + 2] if cue + 2 < last else EDGE
    comma, colon, left, right, following = context
    subject = EDGE if tree.source is None else head_class(doc, tree.source)
    word1 = word2 = far1 = far2 = EDGE
    if earlier is not None:
        word1, far1 = lower[earlier], _apart(doc, earlier, cue)
    if later is not None:
        word2, far2 = lower[later], _apart(doc, cue, later)
    return [
        f"a{word}",
        f"e{before}",
        f"h{after} {after2}",
        f"v{left} {following} {doc.separators[cue + 1]}",
        f"A{word} {left[0]}{right[:2]}",
        f"k{comma}{colon}",
        f"B{KIND.get(word)} {left}{right}",
        f"2{word2}{far2}",
        f"3{word1} {word}",
        f"4{word1}{far1}",
        f"C{tree.shape}{tree.tag}",
        f"D{tree.shape}{KIND.get(word)}{tree.rule}",
        f"F{subject}{tree.rule}{left[0]}",
    ]


def _apart(doc: Document, one: int, other: int) -> str:
    """Return how far two words are apart, and whether anything but spaces is between them."""
    return distance_class(other - one) + ("c" if doc.is_broken(one, other) else "s")


def side_features(
    doc: Document, candidate: CueCandidate, context: CueContext, tree: CueTree
) -> list[str]:
    """Return what tells on which side of a cue its content stands."""
    cue, first, last = candidate[:3]
    word = doc.lower[cue]
    after = doc.lower[cue + 1] if cue + 1 < last else EDGE
    gap, gap2 = doc.separators[cue], doc.separators[cue + 1]
    comma, _, left, right, sort2 = context
    end = "9" if cue + 1 == last else "1" if cue == first else "5"
    return [
        f"a{word}",
        f"B{KIND.get(word)}{left[0]}{right[:2]}{gap2}",
        f"b{after}",
        f"c{gap}|{gap2}",
        f"m{left}{comma}{end}{sort2}",
        f"A{tree.shape}",
        f"C{tree.shape}{left[0]}{right[:2]}",
    ]


def cue_context(doc: Document, candidate: CueCandidate) -> CueContext:
    """Return what stands around a cue in its sentence."""
    cue, first, last, quoted, *_ = candidate
    return CueContext(
        _comma(doc, cue, first),
        _colon(doc, cue, last) if doc.colons else "-",
        marks_left(doc, cue, first) if quoted else "-",
        _marks_right(doc, cue, last) if quoted else "-",
        word_class(doc, cue + 1) if cue + 1 < last else EDGE,
    )


def head_class(doc: Document, index: int) -> str:
    """Return the class of a word that heads a noun phrase: P for people without a name."""
    return "P" if doc.lower[index] in PEOPLE else word_class(doc, index)


def word_class(doc: Document, index: int) -> str:
    """Return the sort of a word: q quoted, p pronoun, kind of a name, A capital, 0 number, a."""
    if doc.quoted_at[index] != OUTSIDE:
        return "q"
    word = doc.lower[index]
    if word in PRONOUNS:
        return "p"
    name = doc.name_at[index]
    if name != OUTSIDE:
        return doc.names[name].kind[:2]
    if doc.words[index] != word:
        return "A"
    ending = word[-2:]
    if ending in ("ed", "ng", "ly"):
        return ending
    return "0" if word[0].isdigit() else "a"


def _comma(doc: Document, cue: int, first: int) -> str:
    """Return how far to the left of a cue a comma sets the words before it off."""
    before = bisect_right(doc.commas, cue) - 1
    if before < 0 or doc.commas[before] <= max(first, cue - _COMMA_WITHIN):
        return "-"
    return f",{min(cue - doc.commas[before], 6)}"


def _colon(doc: Document, cue: int, last: int) -> str:
    """Return whether a colon follows a cue soon."""
    colons = doc.colons
    after = bisect_right(colons, cue)
    if after < len(colons) and colons[after] < min(last + 1, cue + _COLON_FOLLOWS_WITHIN):
        return f":{min(colons[after] - cue, 3)}"
    return ":" if ":" in doc.separators[last] else "-"


def marks_left(doc: Document, cue: int, first: int) -> str:
    """Return how the quoted run nearest to the left of a cue ends, and how far away that is."""
    run = bisect_left(doc.quoted_firsts, cue) - 1
    if run < 0:
        return "-"
    index = min(doc.quoted_words[run][1], cue) - 1
    if index < max(first, cue - _MARKS_LEFT_WITHIN):
        return "-"
    gap = doc.separators[index + 1]
    end = "," if "," in gap else "!" if "?" in gap or "!" in gap else "." if "." in gap else "q"
    return end + distance_class(cue - index)


def _marks_right(doc: Document, cue: int, last: int) -> str:
    """Return how the quoted run nearest to the right of a cue begins, and how far away that is."""
    run = bisect_right(doc.quoted_firsts, cue)
    if run == len(doc.quoted_firsts):
        return "-"
    index = doc.quoted_firsts[run]
    if index >= min(last, cue + _MARKS_RIGHT_WITHIN):
        return "-"
    gap = doc.separators[index]
    mark = "," if "," in gap else ":" if ":" in gap else "q"
    case = "a" if doc.words[index] == doc.lower[index] else "A"
    return mark + case + distance_class(index - cue)
