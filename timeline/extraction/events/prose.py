"""A text laid out for the reading of its events: words, times, names, quotation marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from ..names import Name
from ..parser import parse
from ..syntax import Token, Tree, noun_phrase
from ..text.sentences import Sentence
from ..text.tokens import tokenise
from ..times import Time
from .wordlists import LINKS, OPENERS

# What stands between quotation marks; a line break ends it.
_QUOTED = re.compile(r"""(?:"|“|«|``)((?:[^"”»\n']++|'(?!'))*+)(?:["”»\n]|''|\Z)""")
# "SEOUL, March 28 (Yonhap) -- " or "… (Reuters) - " before the first words of a story.
_DATELINE = re.compile(r"[A-Z]{2}[^\n]{0,80}?(?:--|[—–]|\)\s[-_])\s")
_FULL_STOPS = (".", "!", "?", "…")
_CLOSING = "\"'”’)]»"
_CLOCKS = frozenset({"clock", "military"})
_DAY = re.compile(r"day\b|[A-Z][a-z]{2,}\.? \d|\d{4}-")
_CLAUSE_OPENERS = OPENERS - LINKS
_NAMES_AFTER, _SPEAKER = 3, 8  # names, and words, after quoted words in which who speaks is named
_ACTORS = frozenset({"person", "organisation", "country"})


_ARTICLES = frozenset({"a", "an", "the", "that", "this"})


class Phrase(NamedTuple):
    """The words of a noun phrase without its article (end exclusive), and the one it is about."""

    first: int
    last: int
    head: int


# With slots and without equality: made in 140 ns and read in 8, a named tuple in 240 and 18. An
# article makes some hundred of these and of triggers, and reads them a thousand times.
@dataclass(slots=True, eq=False)
class Standing:
    """A time with the words it covers (end exclusive)."""

    first: int
    last: int
    what: Time


@dataclass(slots=True, eq=False)
class Scope:
    """One sentence: its words (end exclusive), and the times and names that stand in it."""

    prose: "Prose"
    sentence: Sentence
    number: int
    first: int
    last: int
    times: list[Standing]
    names: list[tuple[int, Name]]  # by their first words
    people: list[tuple[int, Name]]  # the possible actors among them
    is_quoting: bool  # whether something in it stands between quotation marks
    tree: Tree

    def actors(self, first: int, last: int) -> list[Name]:
        """Return the possible actors whose names begin among words[first:last]."""
        return [name for index, name in self.people if first <= index < last]

    def token(self, index: int) -> Token | None:
        """Return where words[index] stands in the tree."""
        return self.tree.at(self.prose.starts[index])

    def name_at(self, token: Token) -> Name | None:
        """Return the name that a token ends or is the head of."""
        return next((n for _, n in self.names if n.start <= token.start < n.end), None)

    def time_at(self, token: Token) -> bool:
        """Whether a token belongs to a date."""
        return any(t.what.start <= token.start < t.what.end for t in self.times)

    def phrase(self, head: Token) -> "Phrase | None":
        """Return the words of the noun phrase around a token, without article."""
        tokens = [t for t in noun_phrase(head) if t.dep != "det" or t.lower not in _ARTICLES]
        if not tokens:
            return None
        last = self.prose.word_at(tokens[-1].end)
        first = min(self.prose.word_of(tokens[0].start), last - 1)
        return Phrase(first, last, min(max(self.prose.word_of(head.start), first), last - 1))


class Prose:
    """A text with all that the reading of events looks up in it, by code-point offset."""

    def __init__(
        self,
        text: str,
        published: date,
        sentences: Sequence[Sentence],
        times: Sequence[Time],
        names: Sequence[Name],
        speakers: Mapping[int, str] | None = None,
    ) -> None:
        self.text = text
        self.published = published
        self.today = f"{published}~"
        self.words, gaps, self.starts, self.ends, self.lower = tokenise(text)
        self.gaps = gaps[1:]  # gaps[i] follows words[i]
        self._quotation = [edge for run in _QUOTED.finditer(text) for edge in run.span(1)]
        self._durations = [time for time in times if time.type == "DURATION"]
        self.speakers = speakers or {}  # whom a pronoun before or after a quote means
        self._sentences = sentences
        self._trees = parse(text, [self._parsed(sentence) for sentence in sentences])
        starts = self.starts
        self._names = [(bisect_left(starts, name.start), name) for name in names]
        self._times = [
            Standing(bisect_left(starts, time.start), bisect_left(starts, time.end), time)
            for time in times
            if _is_date(time)
        ]
        self.kinds = {name.canonical: name.kind for name in names}
        self._bearers = {
            name.canonical.rpartition(" ")[2]: name.canonical
            for name in reversed(names)
            if name.kind == "person"
        }

    def forget(self) -> None:
        """Let go of the trees, whose tokens refer to each other: no circle is left behind."""
        for tree in self._trees:
            tree.forget()

    def word_of(self, offset: int) -> int:
        """Return the index of the word that begins at or before `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def durations(self, first: int, last: int) -> list[Time]:
        """Return the durations that begin among words[first:last]."""
        start, end = self.starts[first], self.starts[last]
        return [duration for duration in self._durations if start <= duration.start < end]

    def opener(self, first: int, last: int) -> int:
        """Return the index of the last word among words[first:last] that opens a clause, or -1."""
        if _CLAUSE_OPENERS.isdisjoint(self.lower[first:last]):
            return -1
        return max(i for i in range(first, last) if self.lower[i] in _CLAUSE_OPENERS)

    def quoted(self, offset: int) -> int:
        """Return how many characters stand quoted around `offset`, 0 outside quotation marks."""
        edges = self._quotation
        n = bisect_right(edges, offset)
        return edges[n] - edges[n - 1] if n % 2 else 0

    def speaker(self, offset: int) -> tuple[str, ...]:
        """Return the person named soon after the quoted words around `offset`: "…,” said Li"."""
        edges = self._quotation
        n = bisect_right(edges, offset)
        if n % 2 == 0:
            return ()
        first = self.word_at(edges[n])
        at = bisect_left(self._names, first, key=itemgetter(0))
        for index, name in self._names[at : at + _NAMES_AFTER]:
            if name.kind == "person" and index - first < _SPEAKER:
                return (name.canonical,)
        return ()

    def scopes(self) -> Iterator[Scope]:
        """Yield the sentences that are no headings, captions or credits."""
        text, starts, edges = self.text, self.starts, self._quotation
        name_words = [index for index, _ in self._names]
        time_words = [standing.first for standing in self._times]
        number = 0
        for sentence, tree in zip(self._sentences, self._trees, strict=True):
            start, end, _ = sentence
            if text[end - 1] not in _FULL_STOPS and self._is_heading(start, end):
                continue
            if text[start : start + 2].isupper():
                start = self._after_dateline(start, end)
            first = bisect_left(starts, start)
            last = bisect_left(starts, end, first)
            begin = bisect_left(name_words, first)
            names = self._names[begin : bisect_left(name_words, last, begin)]
            if first < last and not (names and names[0][0] == first):
                names = self._bearer(first) + names
            begin = bisect_left(time_words, first)
            times = self._times[begin : bisect_left(time_words, last, begin)]
            people = [pair for pair in names if pair[1].kind in _ACTORS]
            edge = bisect_right(edges, start)
            quoting = edge % 2 == 1 or (edge < len(edges) and edges[edge] < end)
            yield Scope(self, sentence, number, first, last, times, names, people, quoting, tree)
            number += 1

    def _parsed(self, sentence: Sentence) -> Sentence:
        """Return the part of a sentence that its dateline leaves."""
        start, end, paragraph = sentence
        if self.text[start : start + 2].isupper():
            start = self._after_dateline(start, end)
        return Sentence(start, end, paragraph)

    def _after_dateline(self, start: int, end: int) -> int:
        dateline = _DATELINE.match(self.text, start, end)
        return dateline.end() if dateline else start

    def _bearer(self, first: int) -> list[tuple[int, Name]]:
        """Return the person whose family name begins a sentence, where that is not read as a name.

        Any word is capitalised there; after "Ann Price" a sentence with "Price resigned" is of her.
        """
        word, start = self.words[first], self.starts[first]
        bearer = self._bearers.get(word.removesuffix("'s").removesuffix("’s"))
        return [(first, Name(start, start + len(word), word, bearer, "person"))] if bearer else []

    def _is_heading(self, start: int, end: int) -> bool:
        """Whether a line ends without a full stop, as headlines, captions and credits do."""
        return not self.text[max(start, end - 8) : end].rstrip(_CLOSING).endswith(_FULL_STOPS)


def _is_date(time: Time) -> bool:
    """Whether a time says when something is: no set of days, and no bare time of day."""
    return (
        bool(time.edtf)
        and time.type != "SET"
        and (time.rule not in _CLOCKS or bool(_DAY.search(time.text)))
    )
