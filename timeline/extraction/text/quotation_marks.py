"""Quotation marks and the runs of words between them.

Marks are " “ ” „ ‟ « » and the wire forms `` and ''. A run never crosses a line end: a mark left
open, as in a quotation that goes on in the next paragraph, runs to the end of its line, so that an
unbalanced mark loses no more than that line. ‘ and ’ are marks in a text that quotes with them
more often than with the others, as British papers do; elsewhere they stand inside quotations.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import zip_longest
from operator import attrgetter
from typing import NamedTuple

_OPENERS = frozenset("“„«") | {"``"}
_CLOSERS = frozenset("”»")
_MARKS = ('"', "“", "”", "„", "‟", "«", "»", "``", "''")
_BEFORE_OPENING = frozenset("([{—–-/‘'")
_AFTER_OPENING = frozenset("([{‘'$#@…")
_HAS_WORD = re.compile(r"\w")
_SINGLE_OPENING = re.compile(r"(?<![^\s(\[—–-])‘(?=[\w“$£€…])")
_SINGLE_CLOSING = re.compile(r"’(?!\w)")
_CLOSES_LATE = re.compile(r"""[,.?!] "[a-z]""")  # “We sail, "said the captain.
_ENDS_SPEECH = frozenset(",.?!…—”")

Mark = tuple[int, int, str]  # start, end and form


class QuotedSpan(NamedTuple):
    """Words in marks: `start` to `end` without the marks, `left` to `right` with them."""

    start: int
    end: int
    left: int
    right: int
    closed: bool


def quoted_spans(text: str) -> list[QuotedSpan]:
    """Return the outermost quoted runs of `text` in order; a run without a word is left out.

    >>> text = 'He is "a “real” friend," she said.'
    >>> [text[span.start:span.end] for span in quoted_spans(text)]
    ['a “real” friend,']
    """
    found = _in_double_marks(text)
    if "‘" not in text:
        return found
    single = _in_single_marks(text)
    outer = [run for run in found if not _is_within(run, single)]
    if len(single) <= len(outer):
        return found
    return sorted(single + [run for run in outer if not _holds(run, single)])


def _is_within(run: QuotedSpan, others: list[QuotedSpan]) -> bool:
    at = bisect_right(others, run.left, key=attrgetter("left")) - 1
    return at >= 0 and run.right <= others[at].right


def _holds(run: QuotedSpan, others: list[QuotedSpan]) -> bool:
    at = bisect_right(others, run.left, key=attrgetter("left"))
    return at < len(others) and others[at].right <= run.right


def _in_single_marks(text: str) -> list[QuotedSpan]:
    """Return the runs in ‘ and ’, of which the latter is an apostrophe too.

    The end is the first ’ after the mark that closes a sentence or clause, before the next ‘ of
    the line; if there is none, the first that no letter follows.
    """
    found = []
    openings = [match.start() for match in _SINGLE_OPENING.finditer(text)]
    for at, following in zip_longest(openings, openings[1:], fillvalue=len(text)):
        line_end = text.find("\n", at, following)
        stop = following if line_end < 0 else line_end
        closings = [match.start() for match in _SINGLE_CLOSING.finditer(text, at, stop)]
        ending = [end for end in closings if text[end - 1] in _ENDS_SPEECH]
        for end in (ending or closings)[:1]:
            found.append(QuotedSpan(at + 1, end, at, end + 1, True))
    return _with_words(text, found)


def _in_double_marks(text: str) -> list[QuotedSpan]:
    found: list[QuotedSpan] = []
    line: list[Mark] = []
    line_end = 0
    for mark in sorted(_marks(text)):
        if line and mark[0] > line_end:
            found += _pair(text, line, line_end)
            line = []
        if not line:
            line_end = text.find("\n", mark[0])
            line_end = len(text) if line_end < 0 else line_end
        line.append(mark)
    if line:
        found += _pair(text, line, line_end)
    return _with_words(text, found)


def _with_words(text: str, found: list[QuotedSpan]) -> list[QuotedSpan]:
    """Return the runs that hold a word: “…” and ‘?’ quote nobody, and stand at no word."""
    return [run for run in found if _HAS_WORD.search(text, run.start, run.end)]


def _marks(text: str) -> Iterator[Mark]:
    """Yield the marks of each kind; to look for one after another is faster than for any."""
    for mark in _MARKS:
        start = text.find(mark)
        while start >= 0:
            end = start + len(mark)
            yield start, end, mark
            start = text.find(mark, end)


def _pair(text: str, line: list[Mark], line_end: int) -> list[QuotedSpan]:
    """Pair the marks of one line: nested where they balance, else the innermost opening counts."""
    found, depth, first = [], 0, None
    for mark in line:
        if _opens(text, mark, depth > 0):
            depth += 1
            first = first or mark
        elif first:
            depth -= 1
            if not depth:
                found.append(QuotedSpan(first[1], mark[0], first[0], mark[1], True))
                first = None
    return found if first is None else _pair_flat(text, line, line_end)


def _pair_flat(text: str, line: list[Mark], line_end: int) -> list[QuotedSpan]:
    found, first = [], None
    for mark in line:
        if _opens(text, mark, first is not None):
            first = mark
        elif first:
            found.append(QuotedSpan(first[1], mark[0], first[0], mark[1], True))
            first = None
    if first:
        found.append(QuotedSpan(first[1], line_end, first[0], line_end, False))
    return found


def _opens(text: str, found: Mark, inside: bool) -> bool:
    """Whether a mark opens a run, by its form and by the characters beside it."""
    start, end, mark = found
    before, after = text[start - 1 : start], text[end : end + 1]
    left_free = not before or before.isspace() or before in _BEFORE_OPENING
    right_free = not (after.isalnum() or after in _AFTER_OPENING) if after else True
    if mark in _OPENERS:
        return not (inside and right_free and not left_free)
    if mark in _CLOSERS:
        return not inside and left_free and not right_free
    if inside and mark == '"' and _CLOSES_LATE.match(text, start - 2, end + 1):
        return False
    return left_free if left_free != right_free else not inside
