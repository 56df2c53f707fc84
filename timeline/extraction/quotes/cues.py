"""Which words of a text attribute: verbs and nouns that make other words somebody's."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection

from ..lexicon import rows
from .linear import load, score
from .passage import EDGE, OUTSIDE, Passage

LEFT, RIGHT, BOTH = "L", "R", "B"

PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "this", "those", "one"}
)
_VERB_ENDINGS = frozenset({"ed", "es", "ts", "rs", "ks", "ns", "ls", "ds", "ng", "ms", "ps"})
_KIND = {verb: kind for kind, verbs, _ in rows("speech_verbs") for verb in verbs.split()}
_SURE = -40
_CLOSE_TO_MARKS = 6
_COMMA_WITHIN = 14
_COLON_WITHIN = 8
_MARKS_LEFT_WITHIN = 40
_MARKS_RIGHT_WITHIN = 25


def near(distance: int) -> str:
    """Return a distance in words in few forms."""
    return str(distance) if distance < 5 else "5" if distance < 8 else "8" if distance < 15 else "f"


def candidates(passage: Passage, known: Collection[str], first: int, last: int) -> list[int]:
    """Return the words of a sentence that may attribute: known ones, and verbs close to marks."""
    lower, run_at = passage.lower, passage.run_at
    run = bisect_left(passage.run_firsts, last) - 1
    if run < 0 or passage.run_words[run][1] <= first:
        words = enumerate(lower[first:last], first)
        return [index for index, word in words if word in known or word in _KIND]
    found = []
    since_marks = _CLOSE_TO_MARKS
    for index in range(first, last):
        if run_at[index] != OUTSIDE:
            since_marks = 0
            continue
        since_marks += 1
        word = lower[index]
        if (
            word in known
            or word in _KIND
            or (
                since_marks < _CLOSE_TO_MARKS
                and word[-2:] in _VERB_ENDINGS
                and word == passage.words[index]
            )
        ):
            found.append(index)
    return found


def side(passage: Passage, cue: int, first: int, last: int) -> tuple[str | None, int]:
    """Return on which side of the word at `cue` its content stands, and how sure that is.

    The side is None, and the sureness not positive, where the word does not attribute.
    """
    models = load()
    around = around_cue(passage, cue, first, last)
    sure = score(models["cue"], features(passage, cue, first, last, around))
    if sure <= _SURE:
        return None, sure
    comma, marks = around[2], around[4]
    if comma == marks == "-":
        return RIGHT, sure
    best = max(
        (LEFT, RIGHT, BOTH),
        key=lambda option: score(
            models["side"], side_features(passage, cue, first, last, around, option)
        ),
    )
    return best, sure


def features(
    passage: Passage, cue: int, first: int, last: int, around: tuple[str, ...]
) -> list[str]:
    """Return what tells whether the word at `cue` attributes, in its sentence [first, last)."""
    lower, gaps = passage.lower, passage.gaps
    word = lower[cue]
    before = lower[cue - 1] if cue > first else EDGE
    after = lower[cue + 1] if cue + 1 < last else EDGE
    after2 = lower[cue + 2] if cue + 2 < last else EDGE
    gap2 = gaps[cue + 1]
    sort, sort2, comma, colon, left, right = around
    outer = _outer(passage, cue, first)
    kind = _KIND.get(word, "-")
    return [
        f"a{word}",
        f"b{word} {before}",
        f"c{word} {after}",
        f"e{before}",
        f"f{after}",
        f"h{after} {after2}",
        f"k{comma}{colon}",
        f"l{word} {comma}",
        f"q{left}{right}",
        f"r{word} {left[0]}{right[:2]}",
        f"v{left} {sort} {sort2} {gap2}",
        f"y{outer}",
        f"z{outer} {comma}{before}",
        f"A{outer} {word}",
        f"B{kind} {left}{right}",
    ]


def side_features(
    passage: Passage, cue: int, first: int, last: int, around: tuple[str, ...], option: str
) -> list[str]:
    """Return what tells whether the content stands on the side `option` of a cue."""
    word = passage.lower[cue]
    after = passage.lower[cue + 1] if cue + 1 < last else EDGE
    gap, gap2 = passage.gaps[cue], passage.gaps[cue + 1]
    sort, sort2, comma, colon, left, right = around
    place = "9" if cue + 1 == last else "1" if cue == first else "5"
    return [
        f"a{option}{word}",
        f"B{option}{_KIND.get(word)}{left[0]}{right[:2]}{gap2}",
        f"b{option}{after}",
        f"c{option}{gap}|{gap2}",
        f"d{option}{gap}{sort}{sort2}",
        f"g{option}{comma}{colon}{place}",
        f"i{option}{word}{left[0]}{right[:2]}",
        f"m{option}{left}{comma}{place}{sort2}",
    ]


def around_cue(passage: Passage, cue: int, first: int, last: int) -> tuple[str, ...]:
    """Return what stands around a cue: the sorts of the words beside it, comma, colon, marks."""
    return (
        sort_of(passage, cue - 1) if cue > first else EDGE,
        sort_of(passage, cue + 1) if cue + 1 < last else EDGE,
        _comma(passage, cue, first),
        _colon(passage, cue, last),
        marks_left(passage, cue, first),
        _marks_right(passage, cue, last),
    )


def sort_of(passage: Passage, index: int) -> str:
    """Return the sort of a word: q quoted, p pronoun, kind of a name, A capital, 0 number, a."""
    if passage.run_at[index] != OUTSIDE:
        return "q"
    word = passage.lower[index]
    if word in PRONOUNS:
        return "p"
    name = passage.name_at[index]
    if name != OUTSIDE:
        return passage.names[name].kind[:2]
    if passage.words[index] != word:
        return "A"
    ending = word[-2:]
    if ending in ("ed", "ng", "ly"):
        return ending
    return "0" if word[0].isdigit() else "a"


def _outer(passage: Passage, cue: int, first: int) -> str:
    """Return how a word of saying to the left of a cue, with no comma between, leads to it."""
    known = load()["cue_words"]
    that = ""
    for index in range(cue - 1, max(first, cue - 12) - 1, -1):
        if passage.gaps[index + 1] != " ":
            return "-"
        word = passage.lower[index]
        if word in ("that", "what", "who", "which"):
            that = word
        if word in known:
            return f"{word[-2:]}{that}{min(cue - index, 3)}"
    return "-"


def _comma(passage: Passage, cue: int, first: int) -> str:
    """Return how far to the left of a cue a comma sets the words before it off."""
    before = bisect_right(passage.commas, cue) - 1
    if before < 0 or passage.commas[before] <= max(first, cue - _COMMA_WITHIN):
        return "-"
    return f",{min(cue - passage.commas[before], 6)}"


def _colon(passage: Passage, cue: int, last: int) -> str:
    """Return whether a colon follows a cue soon."""
    colons = passage.colons
    if not colons:
        return "-"
    after = bisect_right(colons, cue)
    if after < len(colons) and colons[after] < min(last + 1, cue + _COLON_WITHIN):
        return f":{min(colons[after] - cue, 3)}"
    return ":" if ":" in passage.gaps[last] else "-"


def marks_left(passage: Passage, cue: int, first: int) -> str:
    """Return how the quoted run nearest to the left of a cue ends, and how far away that is."""
    run = bisect_left(passage.run_firsts, cue) - 1
    if run < 0:
        return "-"
    index = min(passage.run_words[run][1], cue) - 1
    if index < max(first, cue - _MARKS_LEFT_WITHIN):
        return "-"
    gap = passage.gaps[index + 1]
    end = "," if "," in gap else "!" if "?" in gap or "!" in gap else "." if "." in gap else "q"
    return end + near(cue - index)


def _marks_right(passage: Passage, cue: int, last: int) -> str:
    """Return how the quoted run nearest to the right of a cue begins, and how far away that is."""
    run = bisect_right(passage.run_firsts, cue)
    if run == len(passage.run_firsts):
        return "-"
    index = passage.run_firsts[run]
    if index >= min(last, cue + _MARKS_RIGHT_WITHIN):
        return "-"
    gap = passage.gaps[index]
    mark = "," if "," in gap else ":" if ":" in gap else "q"
    case = "a" if passage.words[index] == passage.lower[index] else "A"
    return mark + case + near(index - cue)
