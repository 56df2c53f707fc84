"""The articles of a draft as the engine weighs them: sentences, stems, and the topic they share.

The topic is found from the articles themselves. Each is a vector of its telling words; the middle
of all of them is the topic, found anew three times with each article counted by how near it lay.
So what only a few pages speak of leaves the middle by itself.
"""

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol

import snowballstemmer

from ..lexicon import rows, words
from ..text.datelines import after_dateline
from ..text.sentences import split
from ..times import Time
from .page_kinds import PageKind, page_kind

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[^\W_]{2,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T|~?\Z)")
_AGENCY = re.compile(r"[^()]{0,200}?\([A-Z][\w .&/-]{1,40}\) ?(?:--?|[—–―]) ?(?=\S)")
_SMALL = [
    *("determiner", "pronoun", "preposition", "clause", "break", "time", "negation", "small"),
    *("modal", "ability", "have", "having", "was", "stayed", "is", "be", "stay", "do", "did"),
]
_OPENING = 20  # sentences that tell what an article is about
_OPENED = 12  # characters that may stand before the day with which an entry begins: "On Monday, "
_CHRONICLE = 5  # entries of a chronicle at least, and a fifth of its sentences
_ROUNDS = 3
_SMOOTH = 50  # sentences by which a folder counts as larger, so that in a small one words weigh
_OFF_TOPIC = 0.3  # of the relevance of the nearest quarter; fewer than one in seven lie below
_KEYWORDED = 3.0  # how much more an article that names a keyword counts for the topic
_ASIDE = 0.25  # the weight left to a page that is no article
_NEAR = 0.4  # a sentence that has so much of the topic's vector is wholly on the topic
_LEAST = 0.1  # the weight left to a sentence without any word of the topic

Vector = dict[str, float]


class FoundEvent(Protocol):
    """An event as an article tells it, as `timeline.extraction.Event` describes the columns."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def edtf(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def stance(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def actors(self) -> tuple[str, ...]: ...
    @property
    def place(self) -> str | None: ...
    @property
    def grade(self) -> float: ...


class FoundQuote(Protocol):
    """A quote of an article: where it begins, the words, and who said them, None if unknown."""

    @property
    def start(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def actor(self) -> str | None: ...


class Found(Protocol):
    """What was found in an article: an `Extraction`, or what is stored of one."""

    @property
    def times(self) -> Sequence[Time]: ...
    @property
    def quotes(self) -> Sequence[FoundQuote]: ...
    @property
    def events(self) -> Sequence[FoundEvent]: ...


@dataclass(frozen=True, slots=True)
class Source:
    """An article of a draft: its text, and what was found in it.

    `id` names it in the draft; `published` is its day. `headline` is "" where none is known.
    """

    id: str
    published: date
    text: str
    found: Found
    headline: str = ""


class Line(NamedTuple):
    """A sentence of an article: code points [start, end), its stems, and what it names."""

    start: int
    end: int
    stems: tuple[str, ...]
    days: frozenset[int]  # the exact days that it names, as ordinals
    events: tuple[int, ...]  # places in the article's `found.events`
    opening: int | None = None  # the day that it begins with, as the entries of a chronicle do


@dataclass(slots=True)
class Page:
    """An article with its sentences; `nearness` is from 0 to 1, `kind` says where it is no news."""

    source: Source
    day: int
    lines: list[Line]
    kind: PageKind | None
    nearness: float = 1.0

    @property
    def weight(self) -> float:
        """How much its word counts, from 0 to 1; squared nearness, which parts topic from rest."""
        return self.nearness**2 * (_ASIDE if self.kind else 1.0)

    @property
    def chronicled(self) -> frozenset[int]:
        """The days of an article that is a chronicle itself: they were chosen for a timeline."""
        days = {line.opening for line in self.lines if line.opening}
        earlier = sum(day < self.day - 1 for day in days)
        many = max(_CHRONICLE, len(self.lines) / _CHRONICLE)
        return frozenset(days) if earlier >= many and not self.is_aside else frozenset()

    @property
    def is_aside(self) -> bool:
        """Whether it is no article, or not about the topic."""
        return self.kind is not None or self.nearness < _OFF_TOPIC

    def at(self, offset: int) -> int:
        """Return the number of the sentence in which a code point of the article stands."""
        return max(0, bisect_right(self.lines, offset, key=lambda line: line.start) - 1)

    def text_of(self, line: Line) -> str:
        """Return the words of a sentence without its dateline, on one line."""
        start = after_dateline(self.source.text, line.start, line.end)
        if agency := _AGENCY.match(self.source.text, start, line.end):
            start = agency.end()
        return " ".join(self.source.text[start : line.end].split())

    def event(self, number: int) -> FoundEvent:
        """Return one of the events that were found in it."""
        return self.source.found.events[number]


class Folder:
    """All articles of a draft, in an order that does not depend on the order given."""

    def __init__(self, sources: Iterable[Source], keywords: Sequence[str] = ()) -> None:
        ordered = sorted(sources, key=lambda s: (s.published, s.id, s.headline, s.text))
        self.pages = [_page(source) for source in ordered]
        self.sentences = sum(len(page.lines) for page in self.pages)
        self.counts = Counter(
            w for page in self.pages for line in page.lines for w in set(line.stems)
        )
        self.topic = self._topic(frozenset(stems(" ".join(keywords))))

    def on_topic(self, line: Line) -> float:
        """Return how much of the topic a sentence speaks of, from `_LEAST` to 1."""
        near = math.sqrt(sum(self.topic.get(word, 0.0) ** 2 for word in dict.fromkeys(line.stems)))
        return _LEAST + (1 - _LEAST) * min(1.0, near / _NEAR)

    def rarity(self, word: str) -> float:
        """Return how telling a stem is in this folder."""
        return math.log((self.sentences + _SMOOTH) / (1 + self.counts[word]))

    def vector(self, words: Iterable[str]) -> Vector:
        """Return stems as a vector of length 1, each by its count and its rarity."""
        counts = Counter(words)
        return unit({w: (1 + math.log(n)) * self.rarity(w) for w, n in counts.items()})

    def _topic(self, keywords: frozenset[str]) -> Vector:
        """Find the topic, set the nearness of every page to it, and return its vector."""
        openings = [
            Counter(w for line in p.lines[:_OPENING] for w in line.stems) for p in self.pages
        ]
        vectors, total = _vectors(openings), len(openings)
        asked = [_KEYWORDED if keywords & opening.keys() else 1.0 for opening in openings]
        counted = asked
        topic: Vector = {}
        for _ in range(_ROUNDS):
            middle: Vector = defaultdict(float)
            for vector, weight in zip(vectors, counted, strict=True):
                for word, value in vector.items():
                    middle[word] += value * weight
            topic = unit(middle)
            near = [dot(vector, topic) for vector in vectors]
            nearest = sorted(near)[-max(1, total // 4) :]
            top = sum(nearest) / max(1, len(nearest)) or 1.0
            counted = [a * (one / top) ** 2 for a, one in zip(asked, near, strict=True)]
            for page, one in zip(self.pages, near, strict=True):
                page.nearness = min(1.0, one / top)
        return topic


def _vectors(openings: list[Counter[str]]) -> list[Vector]:
    """Return the openings of articles as vectors, by how few share a word, of words of no topic."""
    found = Counter(word for opening in openings for word in opening)
    passed_over, total = _any_story(), len(openings)
    return [
        unit(
            {
                word: math.log1p(n) * math.sqrt(math.log(1 + total / found[word]))
                for word, n in opening.items()
                if (found[word] > 1 or total < 3) and word not in passed_over and word.isalpha()
            }
        )
        for opening in openings
    ]


def _page(source: Source) -> Page:
    text, spans = source.text, split(source.text)
    starts = [span.start for span in spans]
    days: list[set[int]] = [set() for _ in spans]
    opening: list[int | None] = [None for _ in spans]
    events: list[list[int]] = [[] for _ in spans]
    for time in source.found.times:
        for day in _named_days(time) if spans else ():
            place = _at(starts, time.start)
            days[place].add(day)
            if time.start - starts[place] <= _OPENED:
                opening[place] = day
    for number, event in enumerate(source.found.events):
        if spans:
            events[_at(starts, event.start)].append(number)
    lines = [
        Line(span.start, span.end, stems(text[span.start : span.end]), frozenset(d), tuple(e), o)
        for span, d, e, o in zip(spans, days, events, opening, strict=True)
    ]
    kind = page_kind([text[span.start : span.end] for span in spans])
    return Page(source, source.published.toordinal(), lines, kind)


def _named_days(time: Time) -> list[int]:
    """Return the days that an expression names: one, or both ends of "from 3 to 6 June"."""
    ends = time.date.split("/") if time.last else [time.date]
    return [day for end in ends if (day := exact_day(end))]


def _at(starts: list[int], offset: int) -> int:
    return max(0, bisect_right(starts, offset) - 1)


def exact_day(edtf: str | None) -> int | None:
    """Return the ordinal of the one day that a date names, an approximate one left out.

    >>> exact_day("2010-01-12"), exact_day("2010-01"), exact_day("2010-01-12~")
    (733784, None, None)
    """
    return None if not edtf or edtf.endswith("~") else near_day(edtf)


def near_day(edtf: str | None) -> int | None:
    """Return the ordinal of the one day that a date names, exactly or approximately."""
    day = _DAY.match(edtf or "")
    return date.fromisoformat(day[0]).toordinal() if day else None


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the telling words of a text, in order; numbers are among them."""
    return tuple(stem for word in _WORD.findall(text.lower()) if (stem := _stem(word)))


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return "" if word in _small_words() else str(_STEMMER.stemWord(word))


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return words("function_words", *_SMALL)


@lru_cache(maxsize=1)
def _any_story() -> frozenset[str]:
    listed = words("news_words", *(kind for kind, *_ in rows("news_words")))
    return frozenset(_STEMMER.stemWords(sorted(listed)))


def unit(vector: Mapping[str, float]) -> Vector:
    """Return a vector with length 1, or without entries where it has no length."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / length for word, value in vector.items() if value} if length else {}


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other.get(word, 0.0) for word, value in one.items())
