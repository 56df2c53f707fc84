"""Which words of a text attribute: verbs and nouns that make other words somebody's."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import NamedTuple

from ..document import EDGE, OUTSIDE, Document
from ..lexicon import rows, words
from ..lexicon.inflection import verbs_of_speech
from ..linear_model import QuoteModel, score
from .cue_trees import QUOTED, CueTree

SIDES = LEFT, RIGHT, BOTH = "L", "R", "B"

PRONOUNS = words("function_words", "pronoun")
PEOPLE = frozenset(word.lower() for word, _ in rows("people"))
KIND = verbs_of_speech()
_MEETINGS = words("media", "meeting")

_SURE = -50
_HOPELESS = -100
_CERTAIN_CUE = 300
_CLOSE_TO_MARKS = 5
_NEAR = 12
_COMMA_WITHIN = 14
_COLON_FOLLOWS_WITHIN = 8
_MARKS_LEFT_WITHIN = 40
_MARKS_RIGHT_WITHIN = 25
_DISTANCE_CLASSES = [*"01234", *"555", *"8888888"]


class Cue(NamedTuple):
    """A word that attributes: its tree, where its content is, how sure that is, and why."""

    tree: CueTree
    side: str
    sure: int
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
    if distance < 0:
        return str(distance)
    return _DISTANCE_CLASSES[distance] if distance < len(_DISTANCE_CLASSES) else "f"


def find_candidates(doc: Document, known: Collection[str]) -> list[int]:
    """Return the words that may attribute, in order: known words, and verbs soon after marks."""
    found = [index for index, word in enumerate(doc.lower) if word in known]
    if not doc.quoted:
        return found
    close = {index for _, end in doc.quoted_words for index in _verbs_after(doc, end)}
    return sorted(close.union([index for index in found if doc.quoted_at[index] == OUTSIDE]))


def _verbs_after(doc: Document, end: int) -> list[int]:
    """Return the verbs soon after a quoted span, in its sentence."""
    run_at, last = doc.quoted_at, min(end + _CLOSE_TO_MARKS, doc.sentence(end - 1)[1])
    return [
        index
        for index in range(end, last)
        if (token := doc.token_at[index]) and token.is_verb and run_at[index] == OUTSIDE
    ]


def find_cue(doc: Document, cue: int, model: QuoteModel) -> Cue | None:
    """Return the cue that a word is, with the side of it on which its content stands, if it is."""
    word = doc.lower[cue]
    if model.cue.get("a" + word, 0) + model.cue.get("e" + _before(doc, cue), 0) < _HOPELESS:
        return None
    tree = CueTree(doc, cue)
    if tree.rule == QUOTED:
        return Cue(tree, RIGHT, _CERTAIN_CUE, "quoted as saying")
    if tree.leads_to_saying or (word in _MEETINGS and tree.tag.startswith("N")):
        return None
    context = cue_context(tree)
    seen = features(tree, context)
    sure = score(model.cue, seen)
    rule = f"model, {KIND.get(word, 'a word that attributes')}"
    if sure <= _SURE:
        if _is_coda(tree):
            rule = "a pronoun that adds"
        elif (KIND.get(word) == "say" and context.right[-1] == "1") or (
            context.left[0] == "," and " ccomp<" in tree.shape
        ):
            rule = "a verb beside words in marks"
        else:
            return None
    return Cue(tree, _side(tree, context, seen, model), sure, rule)


def _side(tree: CueTree, context: CueContext, seen: list[str], model: QuoteModel) -> str:
    """Return on which side of a cue its content stands."""
    if context.comma == context.left == "-":
        return RIGHT
    if tree.doc.separators[tree.cue] == ',"' and _goes_on_after(tree):
        return BOTH
    return max(SIDES, key=lambda side: score(model.side[side], seen))


def _goes_on_after(tree: CueTree) -> bool:
    """Whether commas set a cue off from words in marks on both sides: “…,” said she, “…”."""
    doc = tree.doc
    run = bisect_right(doc.quoted_firsts, tree.cue)
    begin = doc.quoted_firsts[run] if run < len(doc.quoted_firsts) else tree.last
    return begin < tree.last and doc.separators[begin] == ',"'


def _is_coda(tree: CueTree) -> bool:
    """Whether a sentence goes on with a comma, a pronoun and a verb of saying: "…, it added"."""
    cue, lower, gaps = tree.cue, tree.doc.lower, tree.doc.separators
    said = KIND.get(lower[cue]) == "say" and gaps[cue] == " "
    return said and cue - 1 > tree.first and lower[cue - 1] in PRONOUNS and "," in gaps[cue - 1]


def features(tree: CueTree, context: CueContext) -> list[str]:
    """Return what tells whether a word attributes, and on which side of it its content stands."""
    doc, cue = tree.doc, tree.cue
    word = doc.lower[cue]
    after, after2 = [*doc.lower[cue + 1 : min(cue + 3, tree.last)], EDGE, EDGE][:2]
    gap, gap2, kind = doc.separators[cue], doc.separators[cue + 1], KIND.get(word)
    comma, colon, left, right, following = context
    subject = EDGE if tree.source is None else head_class(doc, tree.source)
    return [
        f"a{word}",
        f"e{_before(doc, cue)}",
        f"b{after}",
        f"h{after} {after2}",
        f"c{gap}|{gap2}",
        f"v{left} {following} {gap2}",
        f"A{word} {left[0]}{right[:2]}",
        f"k{comma}{colon}",
        f"B{kind} {left}{right}",
        f"C{tree.shape}{tree.tag}",
        f"D{tree.shape}{kind}{tree.rule}",
        f"E{tree.shape}{left[0]}{right[:2]}",
        f"F{subject}{tree.rule}{left[0]}",
        f"2{tree.above} {word}",
        f"3{tree.above}{tree.shape}",
        f"4{_speech_in(doc.lower[max(tree.first, cue - _NEAR) : cue][::-1])}",
        f"5{_speech_in(doc.lower[cue + 1 : min(tree.last, cue + _NEAR)])}{gap2}",
    ]


def _speech_in(near: list[str]) -> str:
    """Return the first verb of speech among some words, and how far away it is."""
    for distance, word in enumerate(near):
        if word in KIND:
            return f"{word}{distance_class(distance)}"
    return EDGE


def _before(doc: Document, cue: int) -> str:
    return EDGE if cue in doc.openings else doc.lower[cue - 1]


def cue_context(tree: CueTree) -> CueContext:
    """Return what stands around a cue in its sentence."""
    doc, cue, first, last = tree.doc, tree.cue, tree.first, tree.last
    quoted = doc.has_quoted(first, last)
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
