"""Quotation marks and the runs of words between them.

Marks are " “ ” „ ‟ « » and the wire forms `` and ''. A run never crosses a line end: a mark left
open, as in a quotation that goes on in the next paragraph, runs to the end of its line, so that an
unbalanced mark loses no more than that line.
"""

import re
from typing import NamedTuple

# A set of characters alone is searched for four times as fast as one with the wire forms beside it.
_MARK = re.compile(r"[\"“”„‟«»]")
_WIRE_MARK = re.compile(r"''|``|[\"“”„‟«»]")
_OPENERS = frozenset("“„«") | {"``"}
_CLOSERS = frozenset("”»")
_BEFORE_OPENING = frozenset("([{—–-/‘'")
_AFTER_OPENING = frozenset("([{‘'$#@…")
_HAS_WORD = re.compile(r"\w")


class Run(NamedTuple):
    """Words in marks: `start` to `end` without the marks, `left` to `right` with them."""

    start: int
    end: int
    left: int
    right: int
    closed: bool


def runs(text: str) -> list[Run]:
    """Return the outermost quoted runs of `text` in order; a run without a word is left out.

    >>> [text[r.start:r.end] for text in ['He is "a “real” friend," she said.'] for r in runs(text)]
    ['a “real” friend,']
    """
    found: list[Run] = []
    line: list[re.Match[str]] = []
    line_end = 0
    marks = _WIRE_MARK if "''" in text or "``" in text else _MARK
    for match in marks.finditer(text):
        if line and match.start() > line_end:
            found += _pair(text, line, line_end)
            line = []
        if not line:
            line_end = text.find("\n", match.start())
            line_end = len(text) if line_end < 0 else line_end
        line.append(match)
    if line:
        found += _pair(text, line, line_end)
    return [run for run in found if _HAS_WORD.search(text, run.start, run.end)]


def _pair(text: str, line: list[re.Match[str]], line_end: int) -> list[Run]:
    """Pair the marks of one line: nested where they balance, else the innermost opening counts."""
    found, depth, first = [], 0, None
    for match in line:
        if _opens(text, match, depth > 0):
            depth += 1
            first = first or match
        elif first:
            depth -= 1
            if not depth:
                found.append(Run(first.end(), match.start(), first.start(), match.end(), True))
                first = None
    return found if first is None else _pair_flat(text, line, line_end)


def _pair_flat(text: str, line: list[re.Match[str]], line_end: int) -> list[Run]:
    found, first = [], None
    for match in line:
        if _opens(text, match, first is not None):
            first = match
        elif first:
            found.append(Run(first.end(), match.start(), first.start(), match.end(), True))
            first = None
    if first:
        found.append(Run(first.end(), line_end, first.start(), line_end, False))
    return found


def _opens(text: str, match: re.Match[str], inside: bool) -> bool:
    """Whether a mark opens a run, by its form and by the characters beside it."""
    mark = match[0]
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    left_free = not before or before.isspace() or before in _BEFORE_OPENING
    right_free = not (after.isalnum() or after in _AFTER_OPENING) if after else True
    if mark in _OPENERS:
        return not (inside and right_free and not left_free)
    if mark in _CLOSERS:
        return not inside and left_free and not right_free
    return left_free if left_free != right_free else not inside
