"""Where attributed words begin and end: decisions made from the cue outwards, one gap at a time."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..document import EDGE, OUTSIDE, Document
from ..lexicon import words
from ..linear_model import QuoteModel, Weights, score
from .cue_trees import AGENT, QUOTED, CueTree
from .cues import distance_class, marks_left
from .medium import PREPOSITIONS, TELLING
from .source_spans import phrase_begin

Range = tuple[int, int]

_MAY_BEGIN = words("function_words", "clause")
_FINITE = words("function_words", "finite")
_SMALL = words("function_words", "preposition", "determiner")
_WAYS = words("media", "occasion", "manner")
_CIRCUMSTANCES = words("function_words", "time") | _WAYS
_LONGEST_CIRCUMSTANCE = 8
_REPORTING = words("media", "reporting")
# Before these words, with no mark between, content ends in fewer than 2 of 100 cases.
_GOES_ON_WITH = words("function_words", "continuing")
_MAY_END_BEFORE = words("function_words", "break") - _GOES_ON_WITH
_GOES_ON_AFTER = frozenset({".", "'", "$"})
_SHORTEST_BEFORE_CODA = 5
_LONGEST = 1000
_COLON_ENDS_WITHIN = 12
_BEGINS_ANYWHERE = 4
_FARTHEST_BEGIN = 40
_FARTHEST_END = 120


def right_of(tree: CueTree, last: int, model: QuoteModel) -> Range:
    """Return the words to the right of a cue that are its content, an empty range if none are.

    `last` is the end of the cue's sentence; after a colon at its end the content is the next.
    """
    doc, cue = tree.doc, tree.cue
    if last < doc.size and ":" in doc.separators[last] and last - cue < _COLON_ENDS_WITHIN:
        begin, last = last, doc.sentence(last)[1]
    else:
        begin = _right_begin(tree, last, model)
    run = doc.quoted_at[last - 1]
    if run != OUTSIDE:
        last = doc.quoted_words[run][1]
    last = min(last, begin + _LONGEST)
    if begin == cue or begin >= tree.clause_end:
        return cue, cue
    for count, index in enumerate(right_ends(doc, begin, last)):
        features = right_end_features(tree, begin, index, last, count)
        if score(model.right_end, features) > 0:
            return begin, index
    return begin, _before_coda(doc, begin, last)


def is_circumstance(tree: CueTree, end: int) -> bool:
    """Whether words after a cue only say when, through what or how something was said."""
    after = tree.doc.lower[tree.cue + 1 : end]
    if end > tree.cue + 1 and tree.doc.quoted_at[end - 1] != OUTSIDE:
        return False  # she said: “No.”
    if after[:1] == ["without"]:
        return True
    if after[:1] == ["by"] and tree.rule == QUOTED:
        return "that" not in after
    if len(after) > _LONGEST_CIRCUMSTANCE:
        return False
    telling = [word for word in after if word not in _SMALL]
    return all(word in _CIRCUMSTANCES or word[0].isdigit() for word in telling) and (
        not _WAYS.issuperset(telling) or not telling or after[0] in PREPOSITIONS
    )


def is_audience(tree: CueTree, begin: int, end: int) -> bool:
    """Whether words after a cue only say who was told: "he told the BBC"."""
    doc, cue = tree.doc, tree.cue
    told = begin == cue + 1 and doc.lower[cue] in TELLING and doc.quoted_at[begin] == OUTSIDE
    return told and phrase_begin(doc, end - 1, begin) == begin


def _right_begin(tree: CueTree, last: int, model: QuoteModel) -> int:
    """Return where the content to the right of a cue begins, the cue itself if there is none."""
    doc, cue = tree.doc, tree.cue
    run, after = bisect_right(doc.quoted_firsts, cue), cue + 1
    if run < len(doc.quoted):
        quoted = doc.quoted_firsts[run]
        if quoted < min(last, cue + _FARTHEST_BEGIN) and ":" in doc.separators[quoted]:
            return quoted
        if doc.separators[cue] == doc.separators[quoted] == ',"' and quoted < last:
            return quoted  # “…,” said Ann Lee, “…”
    if after < last and doc.lower[after] == "by":
        if tree.rule == QUOTED:
            return next((i for i in range(after, last) if _is_that(doc, i)), after)
        if tree.rule == AGENT and tree.token and tree.token.dep == "acl":
            return cue  # "the cuts demanded by the union would cost jobs"
    if after < last and (doc.quoted_at[after] != OUTSIDE or _is_that(doc, after)):
        return after
    seen = ((i, right_begin_features(tree, i, last)) for i in right_begins(doc, cue, last))
    return _first_yes(seen, model.right_begin, cue)


def _is_that(doc: Document, index: int) -> bool:
    return doc.lower[index] == "that" and doc.separators[index] == " "


def _before_coda(doc: Document, begin: int, end: int) -> int:
    """Return the end of content without a second attribution: "that …, it added"."""
    if end - begin < _SHORTEST_BEFORE_CODA or doc.lower[end - 1] not in _REPORTING:
        return end
    subject = phrase_begin(doc, end - 2, begin)
    return subject if "," in doc.separators[subject] else end


def left_of(tree: CueTree, first: int, model: QuoteModel) -> Range:
    """Return the words to the left of a cue that are its content, an empty range if none are."""
    doc = tree.doc
    ends = left_ends(tree, first)
    if ends and doc.separators[ends[0]] == ',"':
        end = ends[0]
    else:
        marks = marks_left(doc, tree.cue, first)
        seen = ((index, left_end_features(tree, index, marks)) for index in ends)
        end = _first_yes(seen, model.left_end, first)
    first = left_first(doc, first, end) if end > first else end
    if end == first or (doc.quoted_at[end - 1] != OUTSIDE and doc.quoted_at[first] != OUTSIDE):
        return first, end
    seen = ((i, left_begin_features(tree, i, first, end)) for i in left_begins(doc, first, end))
    return _first_yes(seen, model.left_begin, end), end


def left_first(doc: Document, first: int, end: int) -> int:
    """Return the first word of the sentence in which a run begins that ends at `end`."""
    run = doc.quoted_at[end - 1]
    if run != OUTSIDE:
        first = min(first, doc.sentence(doc.quoted_words[run][0])[0])
    return max(first, end - _LONGEST)


def _first_yes(seen: Iterable[tuple[int, list[str]]], weights: Weights, otherwise: int) -> int:
    """Return the first option of more than no value, else the one of most, if there is any."""
    best, best_value = otherwise, None
    for option, features in seen:
        value = score(weights, features)
        if value > 0:
            return option
        if best_value is None or value > best_value:
            best, best_value = option, value
    return best


def right_begins(doc: Document, cue: int, last: int) -> Iterator[int]:
    """Yield the words at which the content to the right of a cue may begin, nearest first."""
    gaps, lower, run_at = doc.separators, doc.lower, doc.quoted_at
    for index in range(cue + 1, min(last, cue + _FARTHEST_BEGIN)):
        if index <= cue + _BEGINS_ANYWHERE or gaps[index] != " " or lower[index] in _MAY_BEGIN:
            yield index
        if run_at[index] != OUTSIDE:
            break


def _marks(doc: Document, *indexes: int) -> str:
    """Return for each of some words whether it is in quotation marks."""
    return "".join("-" if doc.quoted_at[index] == OUTSIDE else "q" for index in indexes)


def _change(tree: CueTree, index: int) -> str:
    """Return which branch of the tree ends before a word, and which begins with it."""
    before, after = tree.branch(index - 1), tree.branch(index)
    return "=" + after.label if before.root is after.root else f"{before.label}/{after.label}"


def right_begin_features(tree: CueTree, index: int, last: int) -> list[str]:
    doc, cue = tree.doc, tree.cue
    lower, gap = doc.lower, doc.separators[index]
    verb, word, before = lower[cue], lower[index], lower[index - 1]
    after = lower[index + 1] if index + 1 < last else EDGE
    distance, change, quoted = distance_class(index - cue), _change(tree, index), _marks(doc, index)
    shape = "A" if doc.words[index][0].isupper() else "a"
    return [
        f"c{verb} {distance} {gap}{quoted}",
        f"d{before} {distance}",
        f"g{gap} {word}",
        f"h{gap}{quoted}{distance}{shape}",
        f"i{word} {after}",
        f"A{change}",
        f"B{change}{gap}{quoted}",
        f"C{verb}{change}",
        f"D{word}{change}",
    ]


def right_ends(doc: Document, begin: int, last: int) -> Iterator[int]:
    """Yield the gaps at which content that begins at `begin` may end, before the sentence does."""
    gaps, lower, run_at = doc.separators, doc.lower, doc.quoted_at
    for index in range(begin + 1, min(last, begin + _FARTHEST_END)):
        gap = gaps[index]
        if (lower[index] in _MAY_END_BEFORE if gap == " " else gap not in _GOES_ON_AFTER) and (
            run_at[index] == OUTSIDE or run_at[index] != run_at[index - 1]
        ):
            yield index


def right_end_features(tree: CueTree, begin: int, index: int, last: int, count: int) -> list[str]:
    doc = tree.doc
    lower, gap, word = doc.lower, doc.separators[index], doc.lower[index]
    after = lower[index + 1] if index + 1 < last else EDGE
    length, rest = distance_class(index - begin), distance_class(last - index)
    quoted, opened = _marks(doc, index - 1, index), f"{_marks(doc, begin)}{min(count, 3)}"
    (label, first), (closes, ends), (opens, begins) = map(tree.branch, (begin, index - 1, index))
    stays = ("=" if ends is first else "-") + ("=" if begins is first else "-")
    change = "=" + opens if ends is begins else f"{closes}/{opens}"
    finite = "-" if _FINITE.isdisjoint(lower[begin:index]) else "f"
    return [
        f"a{gap} {word}",
        f"f{gap}{quoted}{opened}",
        f"h{length} {rest} {gap}",
        f"j{lower[tree.cue]} {length} {gap}{quoted}",
        f"n{gap}{word}{after[-2:]}{finite}{quoted}",
        f"A{change}{stays}",
        f"B{change}{stays}{gap}{quoted}",
        f"C{change}{gap}{word}",
        f"E{label}{stays}{gap}{length}",
    ]


def left_ends(tree: CueTree, first: int) -> list[int]:
    """Return the gaps at which content to the left of a cue may end, nearest first."""
    doc, found = tree.doc, []
    for index in range(tree.cue, max(first, tree.cue - _FARTHEST_BEGIN), -1):
        is_quoted = doc.quoted_at[index - 1] != OUTSIDE
        if is_quoted or doc.separators[index] != " ":
            found.append(index)
        if is_quoted:
            break
    return found


def left_end_features(tree: CueTree, index: int, marks: str) -> list[str]:
    doc = tree.doc
    gap, word, quoted = doc.separators[index], doc.lower[index], _marks(doc, index - 1)
    return [
        f"c{gap} {word}",
        f"f{word} {distance_class(tree.cue - index)}",
        f"h{gap}{quoted}{marks[0]}",
        f"A{_change(tree, index)}",
    ]


def left_begins(doc: Document, first: int, end: int) -> list[int]:
    """Return the words at which content to the left of a cue may begin, farthest first."""
    gaps, lower, run_at = doc.separators, doc.lower, doc.quoted_at
    return [
        index
        for index in range(first, min(end, first + _FARTHEST_BEGIN))
        if index <= first + 1
        or (gaps[index] != " " and (run_at[index] == OUTSIDE or run_at[index] != run_at[index - 1]))
        or lower[index] == "that"
    ]


def left_begin_features(tree: CueTree, index: int, first: int, end: int) -> list[str]:
    doc = tree.doc
    word, gap, verb = doc.lower[index], doc.separators[index], doc.lower[tree.cue]
    before = doc.lower[index - 1] if index > first else EDGE
    quoted, place = _marks(doc, index, end - 1), distance_class(index - first)
    change = _change(tree, index)
    stays = "=" if tree.branch(index).root is tree.branch(end - 1).root else "-"
    return [
        f"c{word} {place}",
        f"e{before} {gap}{quoted}",
        f"f{distance_class(end - index)}{quoted}{place}",
        f"g{verb} {place}{quoted}",
        f"A{change}{stays}",
        f"B{change}{stays}{gap}{quoted}",
        f"C{change}{word}{stays}",
    ]
