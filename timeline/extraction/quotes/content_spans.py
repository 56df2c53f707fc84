"""Where attributed words begin and end: decisions made from the cue outwards, one gap at a time."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..document import EDGE, OUTSIDE, Document
from ..lexicon import words
from ..linear_model import QuoteModel, Weights, score
from .cue_trees import AGENT, QUOTED, CueTree
from .cues import distance_class
from .medium import TELLING
from .source_spans import phrase_begin

Range = tuple[int, int]

_MAY_BEGIN = words("function_words", "clause")
_FINITE = words("function_words", "finite")
_SMALL = words("function_words", "preposition", "determiner")
_CIRCUMSTANCES = words("function_words", "time") | words("media", "occasion", "manner")
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


def right_of(tree: CueTree, model: QuoteModel) -> Range:
    """Return the words to the right of a cue that are its content, an empty range if none are.

    After a colon at the end of the cue's sentence the content is the next sentence.
    """
    doc, cue, last = tree.doc, tree.cue, tree.last
    if last < doc.size and ":" in doc.separators[last] and last - cue < _COLON_ENDS_WITHIN:
        begin, last = last, doc.sentence(last)[1]
    else:
        begin = _right_begin(tree, model)
    run = doc.quoted_at[last - 1]
    if run != OUTSIDE:
        last = doc.quoted_words[run][1]
    last = min(last, begin + _LONGEST)
    if begin == cue:
        return cue, cue
    for index in right_ends(doc, begin, last):
        is_joined = "," in doc.separators[index] and tree.branch(index).label == "0cc"
        if is_joined or score(model.right_end, features(tree, index, begin, last)) > 0:
            return begin, index  # joined to the cue: "she said that it sank, but nobody saw it"
    return begin, _before_coda(doc, begin, last)


def is_circumstance(tree: CueTree, end: int) -> bool:
    """Whether words after a cue only say when, through what or how something was said."""
    after = tree.doc.lower[tree.cue + 1 : end]
    if end > tree.cue + 1 and tree.doc.quoted_at[end - 1] != OUTSIDE:
        return False  # she said: “No.”
    if after[:1] == ["by"] and tree.rule == QUOTED:
        return "that" not in after
    return len(after) <= _LONGEST_CIRCUMSTANCE and all(
        word in _CIRCUMSTANCES or word in _SMALL or word[0].isdigit() for word in after
    )


def is_audience(tree: CueTree, begin: int, end: int) -> bool:
    """Whether words after a cue only say who was told: "he told the BBC"."""
    doc, cue = tree.doc, tree.cue
    told = begin == cue + 1 and doc.lower[cue] in TELLING and doc.quoted_at[begin] == OUTSIDE
    return told and phrase_begin(doc, end - 1, begin) == begin


def _right_begin(tree: CueTree, model: QuoteModel) -> int:
    """Return where the content to the right of a cue begins, the cue itself if there is none."""
    doc, cue, last = tree.doc, tree.cue, tree.last
    run, after = bisect_right(doc.quoted_firsts, cue), cue + 1
    if run < len(doc.quoted):
        quoted = doc.quoted_firsts[run]
        if quoted < min(last, cue + _FARTHEST_BEGIN) and ":" in doc.separators[quoted]:
            return quoted
        if doc.separators[cue] == doc.separators[quoted] == ',"' and quoted < last:
            return quoted  # “…,” said Ann Lee, “…”
    if after < last and doc.lower[after] == "by":
        if tree.rule == QUOTED:
            return next((i for i in range(after, last) if doc.lower[i] == "that"), after)
        if tree.rule == AGENT and tree.token and tree.token.dep == "acl":
            return cue  # "the cuts demanded by the union would cost jobs"
    seen = ((i, features(tree, i, cue, last)) for i in right_begins(doc, cue, last))
    return _first_yes(seen, model.right_begin, cue)


def _before_coda(doc: Document, begin: int, end: int) -> int:
    """Return the end of content without a second attribution: "that …, it added"."""
    if end - begin < _SHORTEST_BEFORE_CODA or doc.lower[end - 1] not in _REPORTING:
        return end
    subject = phrase_begin(doc, end - 2, begin)
    return subject if "," in doc.separators[subject] else end


def left_of(tree: CueTree, model: QuoteModel) -> Range:
    """Return the words to the left of a cue that are its content, an empty range if none are."""
    doc, first = tree.doc, tree.first
    ends = list(left_ends(tree))
    if ends and tree.source and phrase_begin(doc, tree.source, first) == ends[-1]:
        end = ends[-1]  # “…,” Ann Lee, 71, said
    else:
        seen = ((i, features(tree, i, tree.cue, first)) for i in ends)
        end = _first_yes(seen, model.left_end, first)
    if end == first:
        return first, first
    first = left_first(doc, first, end)
    if doc.quoted_at[end - 1] != OUTSIDE and doc.quoted_at[first] != OUTSIDE:
        return first, end
    seen = ((i, features(tree, i, end - 1, first)) for i in left_begins(doc, first, end))
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


def right_ends(doc: Document, begin: int, last: int) -> Iterator[int]:
    """Yield the gaps at which content that begins at `begin` may end, before the sentence does."""
    gaps, lower, run_at = doc.separators, doc.lower, doc.quoted_at
    for index in range(begin + 1, min(last, begin + _FARTHEST_END)):
        gap = gaps[index]
        if (lower[index] in _MAY_END_BEFORE if gap == " " else gap not in _GOES_ON_AFTER) and (
            run_at[index] == OUTSIDE or run_at[index] != run_at[index - 1]
        ):
            yield index


def left_ends(tree: CueTree) -> Iterator[int]:
    """Yield the gaps at which content to the left of a cue may end, nearest first."""
    doc = tree.doc
    for index in range(tree.cue, max(tree.first, tree.cue - _FARTHEST_BEGIN), -1):
        is_quoted = doc.quoted_at[index - 1] != OUTSIDE
        if is_quoted or doc.separators[index] != " ":
            yield index
        if is_quoted:
            break


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


def features(tree: CueTree, index: int, held: int, edge: int) -> list[str]:
    """Return what tells whether content begins or ends before a word.

    `held` is a word beyond doubt, the cue or in the content; `edge` is as far as it may reach.
    """
    doc = tree.doc
    lower, gap, word = doc.lower, doc.separators[index], doc.lower[index]
    before, verb = lower[index - 1] if index else EDGE, lower[tree.cue]
    after = lower[index + 1] if index + 1 < doc.size else EDGE
    near, far = distance_class(abs(index - held)), distance_class(abs(edge - index))
    runs = doc.quoted_at[index - 1], doc.quoted_at[index], doc.quoted_at[held]
    quoted = "".join(["-" if run == OUTSIDE else "q" for run in runs])
    shape = "A" if doc.words[index] != word else "a"
    closes, opens, other = map(tree.branch, (index - 1, index, held))
    change = "=" + opens.label
    if closes.root is not opens.root:
        change = f"{closes.label}/{opens.label}"
    finite = not _FINITE.isdisjoint(lower[min(index, held) : max(index, held)])
    stays = f"{closes.root is other.root:d}{opens.root is other.root:d}"
    return [
        f"a{gap} {word}",
        f"b{before} {near}",
        f"c{word} {near}",
        f"h{word} {far}",
        f"i{verb} {far} {quoted}",
        f"d{word} {after}",
        f"e{verb} {near} {gap}{quoted}",
        f"f{gap}{quoted}{near}{shape}",
        f"g{near} {far} {gap}{quoted}",
        f"n{gap}{word}{after[-2:]}{finite:d}{quoted}",
        f"A{change}{stays}",
        f"B{change}{stays}{gap}{quoted}",
        f"C{change}{gap}{word}",
        f"D{verb}{change}",
        f"E{other.label}{stays}{gap}{near}",
    ]
