"""Paragraphs and sentences of a news text, by code-point offsets."""

import re
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence: offsets of its first and one past its last character, and its paragraph."""

    start: int
    end: int
    paragraph: int


# An abbreviation before a full stop does not end a sentence.
ABBREVIATIONS = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "capt", "sgt", "rev", "hon", "st", "jr", "sr", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no", "vs", "etc", "inc", "corp", "co", "ltd", "ave", "blvd", "u.s", "u.n", "u.k", "n.k", "s.k", "e.u", "d.c", "a.m", "p.m", "i.e", "e.g"]
)
_END = re.compile(r"""[.!?]["'”’)\]]*(?=\s+["'“‘(\[«`]*[A-Z0-9À-Þ])""")
_LAST_WORD = re.compile(r"[\w.]+\Z")


def split(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order; a line break always ends one.

    >>> [text[s.start:s.end] for text in ["A. B said.\\nC"] for s in split(text)]
    ['A. B said.', 'C']
    """
    found = []
    paragraph = -1
    position = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            paragraph += 1
            begin = position + line.index(body[0])
            found.extend(
                Sentence(start, end, paragraph)
                for start, end in _within(text, begin, begin + len(body))
            )
        position += len(line)
    return found


def _within(text: str, begin: int, end: int):
    start = begin
    for match in _END.finditer(text, begin, end):
        word = _LAST_WORD.search(text, max(start, match.start() - 12), match.start())
        if text[match.start()] == "." and word:
            last = word[0].lower().strip(".")
            if (len(last) == 1 and last.isalpha()) or last in ABBREVIATIONS:
                continue
        yield start, match.end()
        start = match.end()
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
