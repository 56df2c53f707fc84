"""What is known of an article before its events are read: words, sentences, times, names, quotes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from .sentences import Sentence
from .triggers import Words

_MARK = re.compile(r"[\"“”«»\n]|``|''")
_TERMINAL = re.compile(r"[.!?…][\"'”’)\]»]*\Z")


class Article:
    """A text with everything that the reading of events looks up in it, by code-point offset."""

    __slots__ = (
        "_name_starts",
        "_quoted",
        "_time_starts",
        "lead",
        "names",
        "published",
        "sentences",
        "text",
        "times",
        "words",
    )

    def __init__(
        self,
        text: str,
        published: date,
        sentences: Sequence[Sentence],
        times: Sequence,
        names: Sequence,
    ) -> None:
        self.text = text
        self.published = published
        self.sentences = sentences
        self.words = Words(text)
        self.times = sorted((t for t in times if t.edtf and t.type in ("DATE", "TIME")), key=_start)
        self.names = sorted(names, key=_start)
        self._time_starts = [t.start for t in self.times]
        self._name_starts = [n.start for n in self.names]
        self._quoted = _quoted(text)

    def times_in(self, start: int, end: int) -> list:
        return self.times[
            bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)
        ]

    def names_in(self, start: int, end: int) -> list:
        return self.names[
            bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)
        ]

    def is_quoted(self, offset: int) -> bool:
        """Whether `offset` stands between quotation marks."""
        return bisect_right(self._quoted, offset) % 2 == 1

    def is_heading(self, sentence: Sentence) -> bool:
        """Whether a line is a headline, a caption or a credit: it ends without a full stop."""
        return not _TERMINAL.search(self.text, max(sentence.start, sentence.end - 8), sentence.end)


def _start(span) -> int:
    return span.start


def _quoted(text: str) -> list[int]:
    """Return the offsets at which quotation begins and ends by turns; a line break ends it."""
    edges: list[int] = []
    for match in _MARK.finditer(text):
        mark, inside = match[0], len(edges) % 2
        if mark == "\n":
            if inside:
                edges.append(match.start())
        elif mark in ("“", "«", "``"):
            if not inside:
                edges.append(match.end())
        elif mark in ("”", "»", "''"):
            if inside:
                edges.append(match.start())
        else:
            edges.append(match.start() if inside else match.end())
    return edges
