"""A text laid out for the reading of its events: words, times, names, quotation marks."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..names import Name
from ..sentences import Sentence
from ..times import Time
from ..tokens import tokenise
from .wordlists import LINKS, OPENERS

# What stands between quotation marks; a line break ends it.
_QUOTED = re.compile(r"""(?:"|“|«|``)((?:[^"”»\n']++|'(?!'))*+)(?:["”»\n]|''|\Z)""")
# "SEOUL, March 28 (Yonhap) -- " before the first words of a story.
_DATELINE = re.compile(r"[A-Z]{2}[^\n]{0,80}?(?:--|[—–])\s")
_FULL_STOPS = (".", "!", "?", "…")
_CLOSING = "\"'”’)]»"
_CLOCKS = frozenset({"clock", "military"})
_DAY = re.compile(r"day\b|[A-Z][a-z]{2,}\.? \d|\d{4}-")
_CLAUSE_OPENERS = OPENERS - LINKS
_ACTORS = frozenset({"person", "organisation", "country"})


# With slots and without equality: made in 140 ns and read in 8, a named tuple in 240 and 18. An
# article makes some hundreds of these and of triggers, and reads them ten thousand times.
@dataclass(slots=True, eq=False)
class Standing:
    """A name or a time with the words it covers (end exclusive)."""

    first: int
    last: int
    what: Name | Time


@dataclass(slots=True, eq=False)
class Scope:
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
        self.today = f"{published}~"
        self.day = f"{published.day} {published:%B %Y}"
        self.words, gaps, self.starts, self.ends, self.lower = tokenise(text)
        self.gaps = gaps[1:]  # gaps[i] follows words[i]
        self._openers = [i for i, word in enumerate(self.lower) if word in _CLAUSE_OPENERS]
        self._quotation = [edge for run in _QUOTED.finditer(text) for edge in run.span(1)]
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
        self._begins = [sentence.start for sentence in sentences]

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
        return edges[n] - edges[n - 1] if n % 2 else 0

    def scopes(self) -> Iterator[Scope]:
        """Yield the sentences that are no headings, captions or credits."""
        times, names = self._by_sentence(self._times), self._by_sentence(self.names)
        number = 0
        for order, sentence in enumerate(self._sentences):
            if self._is_heading(sentence):
                continue
            first = self.word_at(self._after_dateline(sentence))
            last = self.word_at(sentence.end)
            standing = self._bearer(first) + [n for n in names[order] if n.first >= first]
            yield Scope(
                sentence,
                number,
                first,
                last,
                [time for time in times[order] if time.first >= first],
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

    def _by_sentence(self, spans: Sequence[Name] | Sequence[Time]) -> dict[int, list[Standing]]:
        """Return {number of a sentence: the spans that begin in it}, in order."""
        starts, begins = self.starts, self._begins
        found = defaultdict(list)
        for span in sorted(spans, key=_start):
            first = bisect_left(starts, span.start)
            standing = Standing(first, bisect_left(starts, span.end, first), span)
            found[bisect_right(begins, span.start) - 1].append(standing)
        return found

    def _is_heading(self, sentence: Sentence) -> bool:
        """Whether a line ends without a full stop, as headlines, captions and credits do."""
        tail = self.text[max(sentence.start, sentence.end - 8) : sentence.end]
        return not tail.rstrip(_CLOSING).endswith(_FULL_STOPS)


def _is_date(time: Time) -> bool:
    """Whether a time says when something is: no set of days, and no bare time of day."""
    return (
        bool(time.edtf)
        and time.type != "SET"
        and (time.rule not in _CLOCKS or bool(_DAY.search(time.text)))
    )


def _start(span: Name | Time) -> int:
    return span.start
