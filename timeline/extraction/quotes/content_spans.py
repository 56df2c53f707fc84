"""Where attributed words begin and end: decisions made from the cue outwards, one gap at a time."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from ..document import EDGE, OUTSIDE, Document
from ..lexicon import words
from ..linear_model import QuoteModel, Weights, score
from .cues import distance_class, is_as_saying, marks_left
from .speakers import phrase_begin

_MAY_BEGIN = words("function_words", "clause")
_FINITE = words("function_words", "finite")
_AUXILIARIES = words("function_words", "auxiliary") & _FINITE
_PREPOSITIONS = words("function_words", "preposition")
_SMALL = words("function_words", "preposition", "determiner")
_TELLING = words("media", "telling")
_OCCASIONS = words("media", "occasion", "manner")
_CIRCUMSTANCES = words("function_words", "time") | _OCCASIONS
_LONGEST_CIRCUMSTANCE = 8
_REPORTING = words("media", "reporting")
# Before these words, with no mark between, content ends in fewer than 2 of 100 cases.
_GOES_ON_WITH = frozenset({"to", "for", "that", "or", "if"})
_MAY_END_BEFORE = words("function_words", "break") - _GOES_ON_WITH
_GOES_ON_AFTER = frozenset({".", "'", "$"})
_SHORTEST_BEFORE_CODA = 5
_LONGEST = 1000
_COLON_WITHIN = 12
_BEGINS_ANYWHERE = 4
_FARTHEST_BEGIN = 40
_FARTHEST_END = 120


def right_of(doc: Document, cue: int, last: int, model: QuoteModel) -> tuple[int, int]:
    """Return the words (first, one past the last) to the right of a cue that are its content.

    `last` is the end of the cue's sentence; after a colon at its end the content is the next.
    """
    if last < doc.size and ":" in doc.separators[last] and last - cue < _COLON_WITHIN:
        begin, last = last, doc.sentence(last)[1]
    else:
        begin = _right_begin(doc, cue, last, model.right_begin)
    if begin is None:
        return cue, cue
    run = doc.quoted_at[last - 1]
    if run != OUTSIDE:
        last = doc.quoted_words[run][1]
    last = min(last, begin + _LONGEST)
    for count, index in enumerate(right_ends(doc, begin, last)):
        features = right_end_features(doc, cue, begin, index, last, count)
        if score(model.right_end, features) > 0:
            return begin, index
    return begin, _before_coda(doc, begin, last)


def is_circumstance(doc: Document, begin: int, end: int) -> bool:
    """Whether words after a cue only say when, through what or how something was said."""
    after = doc.lower[begin:end]
    if after[:1] == ["without"]:
        return True
    if after[:1] == ["by"] and is_as_saying(doc, begin - 1, 0):
        return "that" not in after
    if len(after) > _LONGEST_CIRCUMSTANCE:
        return False
    telling = [word for word in after if word not in _SMALL]
    return all(word in _CIRCUMSTANCES or word[0].isdigit() for word in telling) and (
        not _OCCASIONS.issuperset(telling) or not telling or after[0] in _PREPOSITIONS
    )


def is_audience(doc: Document, cue: int, begin: int, end: int) -> bool:
    """Whether words after a cue only say who was told: "he told the BBC"."""
    told = begin == cue + 1 and doc.lower[cue] in _TELLING and doc.quoted_at[begin] == OUTSIDE
    return told and phrase_begin(doc, end - 1, begin) == begin


def _right_begin(doc: Document, cue: int, last: int, weights: Weights) -> int | None:
    """Return where the content to the right of a cue begins: at marks after a colon, if any."""
    run = bisect_right(doc.quoted_firsts, cue)
    if run < len(doc.quoted):
        quoted = doc.quoted_firsts[run]
        if quoted < min(last, cue + _FARTHEST_BEGIN) and ":" in doc.separators[quoted]:
            return quoted
        if doc.separators[cue] == doc.separators[quoted] == ',"' and quoted < last:
            return quoted  # “…,” said Ann Lee, “…”
    after = cue + 1
    if after < last and is_as_saying(doc, cue, 0) and doc.lower[after] == "by":
        return next((i for i in range(after, last) if _is_that(doc, i)), after)
    if after < last and (doc.quoted_at[after] != OUTSIDE or _is_that(doc, after)):
        return after
    if after < last and doc.lower[after] == "by" and _is_qualified(doc, after, last):
        return None
    begin = _first_yes(
        right_begins(doc, cue, last),
        lambda index: score(weights, right_begin_features(doc, cue, index, last)),
    )
    manner = begin is not None and begin + 1 < last and doc.lower[begin].endswith("ly")
    return begin + 1 if manner and doc.lower[begin + 1] == "that" else begin


def _is_qualified(doc: Document, by: int, last: int) -> bool:
    """Whether a clause goes on behind "by": "the cuts demanded by the union would cost jobs"."""
    for index in range(by + 1, min(last, by + _FARTHEST_BEGIN)):
        if doc.separators[index] != " " or doc.lower[index] == "that":
            return False
        if doc.lower[index] in _AUXILIARIES:
            return True
    return False


def _is_that(doc: Document, index: int) -> bool:
    return doc.lower[index] == "that" and doc.separators[index] == " "


def _before_coda(doc: Document, begin: int, end: int) -> int:
    """Return the end of content without a second attribution: "that …, it added"."""
    if end - begin < _SHORTEST_BEFORE_CODA or doc.lower[end - 1] not in _REPORTING:
        return end
    subject = phrase_begin(doc, end - 2, begin)
    return subject if "," in doc.separators[subject] else end


def left_of(doc: Document, cue: int, first: int, model: QuoteModel) -> tuple[int, int]:
    """Return the words (first, one past the last) to the left of a cue that are its content."""
    end = _left_end(doc, cue, first, model.left_end)
    if end is None:
        return cue, cue
    first = left_first(doc, first, end)
    if doc.quoted_at[end - 1] != OUTSIDE and doc.quoted_at[first] != OUTSIDE:
        return first, end
    begin = _first_yes(
        left_begins(doc, first, end),
        lambda index: score(model.left_begin, left_begin_features(doc, cue, index, first, end)),
    )
    return (end, end) if begin is None else (begin, end)


def _left_end(doc: Document, cue: int, first: int, weights: Weights) -> int | None:
    """Return where the content to the left of a cue ends: at a comma and marks, if any."""
    found = left_ends(doc, cue, first)
    if found and doc.separators[found[0]] == ',"':
        return found[0]
    marks = marks_left(doc, cue, first)
    return _first_yes(
        found,
        lambda index: score(weights, left_end_features(doc, cue, index, marks)),
    )


def left_first(doc: Document, first: int, end: int) -> int:
    """Return the first word of the sentence in which a run begins that ends at `end`."""
    run = doc.quoted_at[end - 1]
    if run != OUTSIDE:
        first = min(first, doc.sentence(doc.quoted_words[run][0])[0])
    return max(first, end - _LONGEST)


def _first_yes(options: Iterable[int], value: Callable[[int], int]) -> int | None:
    """Return the first option of more than no value, or the one of most."""
    best, best_value = None, 0
    for option in options:
        this = value(option)
        if this > 0:
            return option
        if best is None or this > best_value:
            best, best_value = option, this
    return best


def right_begins(doc: Document, cue: int, last: int) -> Iterator[int]:
    """Yield the words at which the content to the right of a cue may begin, nearest first."""
    gaps, lower, run_at = doc.separators, doc.lower, doc.quoted_at
    for index in range(cue + 1, min(last, cue + _FARTHEST_BEGIN)):
        if index <= cue + _BEGINS_ANYWHERE or gaps[index] != " " or lower[index] in _MAY_BEGIN:
            yield index
        if run_at[index] != OUTSIDE:
            break


def right_begin_features(doc: Document, cue: int, index: int, last: int) -> list[str]:
    lower, gaps = doc.lower, doc.separators
    verb = lower[cue]
    word, before = lower[index], lower[index - 1]
    after = lower[index + 1] if index + 1 < last else EDGE
    gap = gaps[index]
    distance = distance_class(index - cue)
    quoted = "q" if doc.quoted_at[index] != OUTSIDE else "-"
    shape = "A" if doc.words[index][0].isupper() else "a"
    return [
        f"a{word} {distance}",
        f"c{verb} {distance} {gap}{quoted}",
        f"d{before} {distance}",
        f"g{gap} {word}",
        f"h{gap}{quoted}{distance}{shape}",
        f"i{word} {after}",
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


def right_end_features(
    doc: Document, cue: int, begin: int, index: int, last: int, count: int
) -> list[str]:
    lower, gaps, run_at = doc.lower, doc.separators, doc.quoted_at
    verb, opening = lower[cue], lower[begin]
    word = lower[index]
    after = lower[index + 1] if index + 1 < last else EDGE
    gap = gaps[index]
    length, rest = distance_class(index - begin), distance_class(last - index)
    quoted = ("q" if run_at[index - 1] != OUTSIDE else "-") + (
        "q" if run_at[index] != OUTSIDE else "-"
    )
    finite = "-" if _FINITE.isdisjoint(lower[begin:index]) else "f"
    opened = ("q" if run_at[begin] != OUTSIDE else "-") + str(min(count, 3))
    sort = opening if opening in _MAY_BEGIN else "A" if doc.words[begin][0].isupper() else "a"
    return [
        f"a{gap} {word}",
        f"f{gap}{quoted}{opened}",
        f"h{length} {rest} {gap}",
        f"i{sort} {length} {gap}",
        f"j{verb} {length} {gap}{quoted}",
        f"n{gap}{word}{after[-2:]}{finite}{quoted}",
    ]


def left_ends(doc: Document, cue: int, first: int) -> list[int]:
    """Return the gaps at which content to the left of a cue may end, nearest first."""
    gaps, run_at = doc.separators, doc.quoted_at
    found = []
    for index in range(cue, max(first, cue - _FARTHEST_BEGIN), -1):
        if gaps[index] != " " or run_at[index - 1] != OUTSIDE:
            found.append(index)
        if run_at[index - 1] != OUTSIDE:
            break
    return found


def left_end_features(doc: Document, cue: int, index: int, marks: str) -> list[str]:
    gap, word = doc.separators[index], doc.lower[index]
    quoted = "q" if doc.quoted_at[index - 1] != OUTSIDE else "-"
    distance = distance_class(cue - index)
    return [
        f"c{gap} {word}",
        f"f{word} {distance}",
        f"h{gap}{quoted}{marks[0]}",
        f"i{gap}{quoted}{marks}{distance}",
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


def left_begin_features(doc: Document, cue: int, index: int, first: int, end: int) -> list[str]:
    lower, gaps, run_at = doc.lower, doc.separators, doc.quoted_at
    before = lower[index - 1] if index > first else EDGE
    quoted = ("q" if run_at[index] != OUTSIDE else "-") + (
        "q" if run_at[end - 1] != OUTSIDE else "-"
    )
    place = distance_class(index - first)
    return [
        f"c{lower[index]} {place}",
        f"e{before} {gaps[index]}{quoted}",
        f"f{distance_class(end - index)}{quoted}{place}",
        f"g{lower[cue]} {place}{quoted}",
    ]
