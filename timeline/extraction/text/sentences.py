"""Paragraphs and sentences of a news text, by code-point offsets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..lexicon import words
from ..lexicon.day_names import SHORT_MONTHS
from .datelines import after_dateline


class SentenceSpan(NamedTuple):
    """A sentence: offsets of its first and one past its last character, and its paragraph."""

    start: int
    end: int
    paragraph: int


LONGEST = 2_000  # characters of a sentence; in news few have 600
_LINE = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
# A mark that may end a sentence, what closes after it, a space, and what opens the next one.
# That it begins with one set of characters lets the search skip to them.
_END = re.compile(r"""[.!?…。！？](?:(?<=[。！？])|["'”’)\]»]*(\s+)["'“‘(\[«`—–-]*(\w{1,12}))""")
_SPACE = re.compile(r"\s*")
_LAST_WORD = re.compile(r"[\w.]{1,12}\Z")


# Before a name: these never end a sentence.
_INSIDE = words("abbreviations", "inside")
_INSIDE |= {word.lower() for word in words("name_contexts", "abbreviated")}
# Before a number, these do not end a sentence.
_BEFORE_NUMBER = words("abbreviations", "before a number")
_BEFORE_NUMBER |= {month.lower() for month in SHORT_MONTHS}
# These end a sentence only where the next word is one that mostly begins sentences.
_BEFORE_NAME = words("abbreviations", "before a name")
_BEGINS = words("abbreviations", "begins")


def split(text: str) -> list[SentenceSpan]:
    """Return the sentences of `text` in order; a line break always ends one.

    Offsets are code points, ends exclusive; white space around a sentence is left out. What runs on
    for more than `LONGEST` characters is cut at a space, so that whoever compares the words of a
    sentence with each other stays linear in the length of the text, as this is.

    >>> [text[s.start:s.end] for text in ["A. B said.\\nC"] for s in split(text)]
    ['A. B said.', 'C']
    """
    return [
        SentenceSpan(start, end, paragraph)
        for paragraph, line in enumerate(_LINE.finditer(text))
        for whole in _within(text, line.start(), line.start() + len(line[0].rstrip()))
        for start, end in ([whole] if whole[1] - whole[0] <= LONGEST else _cut(text, *whole))
    ]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of pieces of at most `LONGEST` characters, cut at spaces where there are."""
    while end - start > LONGEST:
        piece = text[start : start + LONGEST]
        space = max(piece.rfind(" "), piece.rfind("\t"))
        stop = start + (space if space > 0 else LONGEST)
        yield start, start + len(text[start:stop].rstrip())
        space_after = _SPACE.match(text, stop, end)
        start = space_after.end() if space_after else stop
    yield start, end


def _within(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the sentences of one line; a dateline is part of its first."""
    start = begin
    for match in _END.finditer(text, after_dateline(text, begin, end), end):
        if match[2] is None:
            if match.end() < end:
                yield start, match.end()
                start = match.end()
        elif _ends(text, start, match.start(), match[2]):
            yield start, match.start(1)
            start = match.end(1)
    if start < end:
        yield start, end


def _ends(text: str, start: int, mark: int, after: str) -> bool:
    """Whether the mark at `mark` ends the sentence from `start` when the word `after` follows."""
    first = after[0]
    if first.islower() and not after[1:3].strip("abcdefghijklmnopqrstuvwxyz")[:1].isupper():
        return False  # but "iPhone" begins one
    if text[mark] != ".":
        return True
    last = _LAST_WORD.search(text, max(start, mark - 12), mark)
    if not last:
        return True
    word = last[0].lower().strip(".")
    if word in _INSIDE:
        return False
    if word in _BEFORE_NUMBER and first.isdigit():
        return False
    if word in _BEFORE_NAME or (len(word) == 1 and word.isalpha()):
        return after in _BEGINS
    return True
