"""A text laid out for the reading of its events: words, times, names, quotation marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..names import Name
from ..sentences import Sentence
from ..times import Time
from ..tokens import tokenise
from .wordlists import LINKS, OPENERS

_MARK = re.compile(r"[\"“”«»\n]|``|''")
_QUOTATION = re.compile(r"[\"“«]|``")
# "SEOUL, March 28 (Yonhap) -- " before the first words of a story.
_DATELINE = re.compile(r"[A-Z]{2}[^\n]{0,80}?(?:--|[—–])\s")
_FULL_STOP = re.compile(r"[.!?…][\"'”’)\]»]*\Z")
_CLOCKS = frozenset({"clock", "military"})
_DAY = re.compile(r"day\b|[A-Z][a-z]{2,}\.? \d|\d{4}-")
_CLAUSE_OPENERS = OPENERS - LINKS
_ACTORS = frozenset({"person", "organisation", "country"})


class Standing(NamedTuple):
    """A name or a time with the words it covers (end exclusive)."""

    first: int
    last: int
    what: Name | Time


class Scope(NamedTuple):
    """One sentence: its words (end exclusive), and the times and names that stand in it."""

    sentence: Sentence
    number: int
    first: int
    last: int
    times: list[Standing]
    names: list[Standing]
    people: list[tuple[int, Name]]  # the possible actors among the names, by their first words

    def actors(self, first: int, last: int) -> list[Name]:
        """Return the possible actors whose names begin among words[first:last]."""
        return [name for index, name in self.people if first <= index < last]


class Prose:
    """A text with all that the reading of events looks up in it, by code-point offset."""

    def __init__(
        self,
        text: str,
        published: date,
        sentences: Sequence[Sentence],
        times: Sequence[Time],
        names: Sequence[Name],
    ) -> None:
        self.text = text
        self.published = published
        self.day = f"{published.day} {published:%B %Y}"
        self.words, gaps, self.starts, self.ends = tokenise(text)
        self.gaps = gaps[1:]  # gaps[i] follows words[i]
        self.lower = list(map(str.lower, self.words))
        if "’" in text:
            self.lower = [word.replace("’", "'") for word in self.lower]
        self._openers = [i for i, word in enumerate(self.lower) if word in _CLAUSE_OPENERS]
        self._quotation = _quotation(text)
        self._times = [time for time in times if _is_date(time)]
        self._durations = sorted((t for t in times if t.type == "DURATION"), key=_start)
        self.names = names
        self.kinds = {name.canonical: name.kind for name in names}
        self._bearers = {
            name.canonical.rpartition(" ")[2]: name.canonical
            for name in reversed(names)
            if name.kind == "person"
        }
        self._named = {name.start for name in names}
        self.headlines = [s for s in sentences[:6] if self._is_heading(s)]
        self._sentences = sentences

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def durations(self, first: int, last: int) -> list[Time]:
        """Return the durations that begin among words[first:last]."""
        begin = bisect_left(self._durations, self.starts[first], key=_start)
        end = bisect_left(self._durations, self.starts[last], key=_start)
        return self._durations[begin:end]

    def opener(self, first: int, last: int) -> int:
        """Return the index of the last word among words[first:last] that opens a clause, or -1."""
        n = bisect_left(self._openers, last) - 1
        return self._openers[n] if n >= 0 and self._openers[n] >= first else -1

    def quoted(self, offset: int) -> int:
        """Return how many characters stand quoted around `offset`, 0 outside quotation marks."""
        edges = self._quotation
        if not edges:
            return 0
        n = bisect_right(edges, offset)
        return (edges[n] if n < len(edges) else len(self.text)) - edges[n - 1] if n % 2 else 0

    def scopes(self) -> Iterator[Scope]:
        """Yield the sentences that are no headings, captions or credits."""
        times = _Cursor(self._times)
        names = _Cursor(self.names)
        number = 0
        for sentence in self._sentences:
            if self._is_heading(sentence):
                continue
            first = self.word_at(self._after_dateline(sentence))
            last = self.word_at(sentence.end)
            standing = self._bearer(first) + self._stand(names.within(sentence), first)
            yield Scope(
                sentence,
                number,
                first,
                last,
                self._stand(times.within(sentence), first),
                standing,
                [(name.first, name.what) for name in standing if name.what.kind in _ACTORS],
            )
            number += 1

    def _after_dateline(self, sentence: Sentence) -> int:
        start = sentence.start
        if not self.text[start : start + 2].isupper():
            return start
        dateline = _DATELINE.match(self.text, start, sentence.end)
        return dateline.end() if dateline else start

    def _bearer(self, first: int) -> list[Standing]:
        """Return the person whose family name begins a sentence, where that is not read as a name.

        Any word is capitalised there; after "Ann Price" a sentence with "Price resigned" is of her.
        """
        if first >= len(self.words) or self.starts[first] in self._named:
            return []
        word = self.words[first]
        canonical = self._bearers.get(word.removesuffix("'s").removesuffix("’s"))
        if canonical is None:
            return []
        start = self.starts[first]
        return [
            Standing(first, first + 1, Name(start, start + len(word), word, canonical, "person"))
        ]

    def _stand(self, spans: list[Name] | list[Time], first: int) -> list[Standing]:
        """Return the spans with the words they cover, without those before words[first]."""
        starts = self.starts
        return [
            Standing(index, bisect_left(starts, span.end, index), span)
            for span in spans
            if (index := bisect_left(starts, span.start)) >= first
        ]

    def _is_heading(self, sentence: Sentence) -> bool:
        """Whether a line ends without a full stop, as headlines, captions and credits do."""
        return not _FULL_STOP.search(self.text, max(sentence.start, sentence.end - 8), sentence.end)


class _Cursor:
    """Hands out the spans that begin in each sentence, the sentences taken in order."""

    def __init__(self, spans: Sequence[Name] | Sequence[Time]) -> None:
        self._spans = sorted(spans, key=_start)
        self._next = 0

    def within(self, sentence: Sentence) -> list:
        spans, begin = self._spans, self._next
        while begin < len(spans) and spans[begin].start < sentence.start:
            begin += 1
        end = begin
        while end < len(spans) and spans[end].start < sentence.end:
            end += 1
        self._next = end
        return spans[begin:end]


def _is_date(time: Time) -> bool:
    """Whether a time says when something is: no set of days, and no bare time of day."""
    return (
        bool(time.edtf)
        and time.type != "SET"
        and (time.rule not in _CLOCKS or bool(_DAY.search(time.text)))
    )


def _start(span: Name | Time) -> int:
    return span.start


def _quotation(text: str) -> list[int]:
    """Return the offsets at which quotation begins and ends by turns; a line break ends it."""
    edges: list[int] = []
    if not _QUOTATION.search(text):
        return edges
    for match in _MARK.finditer(text):
        mark, inside = match[0], len(edges) % 2
        if mark in ("“", "«", "``"):
            turns = not inside
        elif mark in ("”", "»", "''", "\n"):
            turns = inside
        else:
            turns = True
        if turns:
            edges.append(match.start() if inside else match.end())
    return edges
