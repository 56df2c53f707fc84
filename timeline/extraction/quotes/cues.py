"""Which words of a text attribute: verbs and nouns that make other words somebody's."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from ..document import EDGE, OUTSIDE, Document
from ..lexicon import rows, words
from ..lexicon.inflection import inflect
from ..linear_model import QuoteModel, score

SIDES = LEFT, RIGHT, BOTH = "L", "R", "B"

PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "this", "those", "one"}
)
PEOPLE = frozenset(word.lower() for word, _ in rows("people"))
QUOTING = frozenset({"quoted", "quotes", "quoting", "cited", "cites", "citing"})
_MEETINGS = words("media", "meeting")
_VERB_ENDINGS = frozenset({"ed", "es", "ts", "rs", "ks", "ns", "ls", "ds", "ng", "ms", "ps"})
KIND = {
    form: kind
    for kind, verbs, _ in rows("speech_verbs")
    for verb in verbs.split()
    for form, _ in inflect(verb)
}
_SAYING = frozenset(word for word in KIND if word.endswith("ing"))

_SURE = -30
_HOPELESS = -100
_CERTAIN = 300
_AS_SAYING_WITHIN = 12
_CLOSE_TO_MARKS = 5
_COMMA_WITHIN = 14
_COLON_WITHIN = 8
_MARKS_LEFT_WITHIN = 40
_MARKS_RIGHT_WITHIN = 25


_DISTANCE_CLASSES = [*"01234", *"555", *"8888888"]


class CueCandidate(NamedTuple):
    """A word that may attribute, in its sentence `first` to `last`.

    `is_quoting` tells whether quoted spans are in that; `earlier` and `later` are the known words
    nearest to it there, if any.
    """

    cue: int
    first: int
    last: int
    is_quoting: bool
    earlier: int | None
    later: int | None


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
    """Return the words soon after a quoted run, in its sentence, that end as verbs do."""
    lower, words, run_at = doc.lower, doc.words, doc.quoted_at
    return [
        index
        for index in range(end, min(end + _CLOSE_TO_MARKS, doc.sentence(end - 1)[1]))
        if lower[index][-2:] in _VERB_ENDINGS
        and lower[index] == words[index]
        and run_at[index] == OUTSIDE
    ]


def content_side(
    doc: Document, candidate: CueCandidate, model: QuoteModel
) -> tuple[str | None, int]:
    """Return on which side of a word its content stands, and how sure that is.

    The side is None where the word does not attribute.
    """
    weights = model.cue
    cue, first, last, *_ = candidate
    word, before = doc.lower[cue], doc.lower[cue - 1] if cue > first else EDGE
    if weights.get("a" + word, 0) + weights.get("e" + before, 0) < _HOPELESS:
        return None, _HOPELESS
    if before == "as" and is_as_saying(doc, cue, first):
        return RIGHT, _CERTAIN
    context = cue_context(doc, candidate)
    sure = score(weights, features(doc, candidate, context))
    if sure <= _SURE and not _is_coda(doc, cue, first):
        return None, sure
    if (
        _is_title(doc, cue)
        or _is_meeting(doc, cue, first)
        or (word in QUOTING and _leads_to_saying(doc, cue, last))
    ):
        return None, _HOPELESS
    comma, _, left, *_ = context
    if comma == left == "-":
        return RIGHT, sure
    if doc.separators[cue] == ',"' and _goes_on_after(doc, candidate):
        return BOTH, sure
    seen = side_features(doc, candidate, context)
    values = [score(model.side[option], seen) for option in SIDES]
    return SIDES[values.index(max(values))], sure


def is_as_saying(doc: Document, cue: int, first: int) -> bool:
    """Whether a word ends "was quoted as saying", "quoted Ann Lee as telling" and the like."""
    lower = doc.lower
    if lower[cue] not in _SAYING or cue - 2 < first or lower[cue - 1] != "as":
        return False
    return not QUOTING.isdisjoint(lower[max(first, cue - _AS_SAYING_WITHIN) : cue])


def _leads_to_saying(doc: Document, cue: int, last: int) -> bool:
    """Whether a verb only leads to "as saying", which then is the cue."""
    after = doc.lower[cue + 1 : min(last, cue + _AS_SAYING_WITHIN)]
    return any(word == "as" and verb in _SAYING for word, verb in pairwise(after))


def _goes_on_after(doc: Document, candidate: CueCandidate) -> bool:
    """Whether commas set a cue off from words in marks on both sides: “…,” said she, “…”."""
    cue, _, last, *_ = candidate
    run = bisect_right(doc.quoted_firsts, cue)
    begin = doc.quoted_firsts[run] if run < len(doc.quoted_firsts) else last
    return begin < last and doc.separators[begin] == ',"'


def _is_title(doc: Document, cue: int) -> bool:
    """Whether a word only tells whose the person named after it is: "Opposition leader Lee"."""
    lower = doc.lower
    after = lower[cue + 1] if cue + 1 < doc.size and doc.separators[cue + 1] == " " else EDGE
    return after in PEOPLE and doc.words[cue] != lower[cue] not in KIND


def _is_meeting(doc: Document, cue: int, first: int) -> bool:
    """Whether a word names a meeting and is no verb, which has a subject before it: "he talks"."""
    if doc.lower[cue] not in _MEETINGS:
        return False
    before = cue - 1
    return before < first or not (
        doc.lower[before] in PRONOUNS
        or doc.lower[before] in PEOPLE
        or doc.name_at[before] != OUTSIDE
    )


def _is_coda(doc: Document, cue: int, first: int) -> bool:
    """Whether a sentence goes on with a comma, a pronoun and a verb of saying: "…, it added"."""
    lower, gaps = doc.lower, doc.separators
    said = KIND.get(lower[cue]) == "say" and gaps[cue] == " "
    return said and cue - 1 > first and lower[cue - 1] in PRONOUNS and "," in gaps[cue - 1]


def features(doc: Document, candidate: CueCandidate, context: CueContext) -> list[str]:
    """Return what tells whether a word attributes."""
    lower = doc.lower
    cue, first, last, _, earlier, later = candidate
    word = lower[cue]
    before = lower[cue - 1] if cue > first else EDGE
    after = lower[cue + 1] if cue + 1 < last else EDGE
    after2 = lower[cue + 2] if cue + 2 < last else EDGE
    comma, colon, left, right, sort2 = context
    sort = word_class(doc, cue - 1) if cue > first else EDGE
    gap2 = doc.separators[cue + 1]
    word1 = word2 = far1 = far2 = EDGE
    if earlier is not None:
        word1, far1 = lower[earlier], _apart(doc, earlier, cue)
    if later is not None:
        word2, far2 = lower[later], _apart(doc, cue, later)
    return [
        f"a{word}",
        f"c{word} {after}",
        f"e{before}",
        f"h{after} {after2}",
        f"k{comma}{colon}",
        f"v{left} {sort} {sort2} {gap2}",
        f"B{KIND.get(word)} {left}{right}",
        f"2{word2}{far2}",
        f"3{word1} {word}",
        f"4{word1}{far1}",
        f"7{after}{gap2}{word[-2:]}",
    ]


def _apart(doc: Document, one: int, other: int) -> str:
    """Return how far two words are apart, and whether anything but spaces is between them."""
    return distance_class(other - one) + ("c" if doc.is_broken(one, other) else "s")


def side_features(doc: Document, candidate: CueCandidate, context: CueContext) -> list[str]:
    """Return what tells on which side of a cue its content stands."""
    cue, first, last = candidate[:3]
    word = doc.lower[cue]
    after = doc.lower[cue + 1] if cue + 1 < last else EDGE
    gap, gap2 = doc.separators[cue], doc.separators[cue + 1]
    comma, _, left, right, sort2 = context
    sort = word_class(doc, cue - 1) if cue > first else EDGE
    end = "9" if cue + 1 == last else "1" if cue == first else "5"
    return [
        f"a{word}",
        f"B{KIND.get(word)}{left[0]}{right[:2]}{gap2}",
        f"b{after}",
        f"c{gap}|{gap2}",
        f"d{gap}{sort}{sort2}",
        f"m{left}{comma}{end}{sort2}",
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
    if after < len(colons) and colons[after] < min(last + 1, cue + _COLON_WITHIN):
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
