"""One text with all that is known of it, layer upon layer: what events and quotes both read.

The stages of `pipeline` add one layer each. Words are counted from 0; what a range holds ends
before its second number. Offsets are code points into the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from .lexicon import words
from .names import KnownNames, Name
from .syntax import Token, Tree, noun_phrase
from .text.datelines import Filed
from .text.quotation_marks import QuotedSpan
from .text.sentences import SentenceSpan
from .text.tokens import Tokens
from .times import Time

if TYPE_CHECKING:
    from .events import Event
    from .quotes import Quote

_LONG_NAME = 30  # characters, above which a title has the initials instead
OUTSIDE = -1  # in `name_at` and `quoted_at`: no name, no quoted span
EDGE = "¶"  # what stands for a word or separator beyond the edge of a sentence

_ARTICLES = words("event_words", "dropped")
_GOES_ON = frozenset({'?"', '!"', ',"', ':"'})
_STRAIGHT = str.maketrans("“”„‟«»’‘", '""""""\'\'')


class TextSpan(NamedTuple):
    """Code points [start, end) of the text and the words that stand there."""

    start: int
    end: int
    text: str


class Phrase(NamedTuple):
    """The words of a noun phrase without its article, and the one it is about."""

    first: int
    last: int
    head: int


@dataclass(slots=True, eq=False)
class TimeSpan:
    """A date in a sentence with the words that it covers."""

    first: int
    last: int
    what: Time


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence: its words behind a dateline, and what stands in them."""

    doc: "Document"
    span: SentenceSpan
    number: int | None  # among the sentences of prose, None for a heading, caption or credit
    first: int
    last: int
    times: list[TimeSpan]
    names: list[tuple[int, Name]]  # by their first words
    actors: list[tuple[int, Name]]  # the people, organisations and countries among them
    is_quoting: bool  # whether something in it stands between quotation marks
    tree: Tree

    def token(self, word: int) -> Token | None:
        """Return where a word stands in the tree."""
        return self.tree.at(self.doc.starts[word])

    def name_at(self, token: Token) -> Name | None:
        """Return the name that a token belongs to."""
        return next((n for _, n in self.names if n.start <= token.start < n.end), None)

    def time_at(self, token: Token) -> bool:
        """Whether a token belongs to a date."""
        return any(t.what.start <= token.start < t.what.end for t in self.times)

    def phrase(self, head: Token) -> Phrase | None:
        """Return the words of the noun phrase around a token, without article."""
        tokens = [t for t in noun_phrase(head) if t.dep != "det" or t.lower not in _ARTICLES]
        if not tokens:
            return None
        doc = self.doc
        last = doc.at(tokens[-1].end)
        first = min(doc.word_of(tokens[0].start), last - 1)
        return Phrase(first, last, min(max(doc.word_of(head.start), first), last - 1))


class Document:
    """A text, published on a day, and its layers.

    Tokens: `words`, their `starts` and `ends`, `lower` (small letters, straight apostrophes), and
    `space_before`: what stands before each word; the last ends the text. `separators` has the
    same in few forms (straight marks, one space or line end), `breaks` the indexes of those that
    are more than a space.
    Sentences: `spans`, the dateline of each or None in `datelines`, and by words `edges`, the first
    word of each and, last, the number of words.
    Names and times: as read. Quoted spans: `quoted`, by words in `quoted_words`, and for each word
    the index of its quoted span and its name in `quoted_at` and `name_at`, or OUTSIDE.
    Syntax: `sentences` with their trees, `prose` without the headings. Coreference: `antecedents`,
    whom a pronoun or a description means, by its offset. Quotes: `quotes`, and in `speakers` whose
    words their bounds hold. Events: `events`. Before their stages these four are empty.
    """

    def __init__(
        self, text: str, published: date, headline: str = "", known: KnownNames | None = None
    ) -> None:
        self.text = text
        self.published = published
        self.headline = headline
        self.known = known or {}  # names beside those of the lexicon
        self.antecedents: dict[int, tuple[str, ...]] = {}
        self.quotes: Sequence[Quote] = ()
        self.speakers: list[tuple[int, int, tuple[str, ...]]] = []
        self.events: Sequence[Event] = ()

    # ------------------------------------------------------------ layers, each added by a stage

    def add_tokens(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.words, self.space_before, self.starts, self.ends, self.lower = tokens
        self.size = len(self.words)

    def add_names(self, names: Sequence[Name]) -> None:
        self.names = names
        self.name_at = self._spread([self._words_of(name) for name in names])
        self.kinds = {name.canonical: name.kind for name in names}

    def add_times(self, times: Sequence[Time]) -> None:
        self.times = times

    def add_quoted_spans(self, quoted: list[QuotedSpan]) -> None:
        self.quoted = quoted
        self.quoted_words = [(self.at(span.start), self.at(span.end)) for span in quoted]
        self.quoted_firsts = [first for first, _ in self.quoted_words]
        self.quoted_at = self._spread(self.quoted_words)
        self.separators = self.space_before.copy()
        self.breaks = [index for index, gap in enumerate(self.space_before) if gap != " "]
        for index in self.breaks:
            self.separators[index] = _separator(self.space_before[index])
        for span, (first, end) in zip(quoted, self.quoted_words, strict=True):
            if self.text[span.left] == "‘":  # let ‘ and ’ that bound a span look like “ and ”
                self.separators[first] = self.separators[first].replace("'", '"')
                self.separators[end] = self.separators[end].replace("'", '"')
        self.commas = [index for index in self.breaks if "," in self.separators[index]]
        self.colons = [index for index in self.breaks if ":" in self.separators[index]]

    def add_spans(self, spans: Sequence[SentenceSpan]) -> None:
        self.spans = spans
        self.edges = self._edges(spans)
        self.openings = frozenset(self.edges)

    def add_datelines(self, datelines: list[Filed | None]) -> None:
        self.datelines = datelines

    def add_sentences(self, sentences: list["Sentence"]) -> None:
        self.sentences = sentences
        self.prose = [sentence for sentence in sentences if sentence.number is not None]

    def add_antecedents(self, antecedents: dict[int, tuple[str, ...]]) -> None:
        self.antecedents = antecedents

    def add_quotes(self, quotes: Sequence["Quote"]) -> None:
        self.quotes = quotes
        self.speakers = [(q.start, q.end, (q.actor,)) for q in quotes if q.actor in self.kinds]

    def add_events(self, events: Sequence["Event"]) -> None:
        self.events = events

    def forget(self) -> None:
        """Let go of the sentences and their trees, which refer back: no circle is left behind."""
        for sentence in self.sentences:
            sentence.tree.forget()
        self.sentences = self.prose = []

    # --------------------------------------------------------------------------------- look-ups

    def at(self, offset: int) -> int:
        """Return the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def word_of(self, offset: int) -> int:
        """Return the last word that starts at or before an offset, the first if none does."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def words_between(self, first: int, last: int) -> str:
        """Return words[first:last] as they are printed."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def text_span(self, first: int, last: int) -> TextSpan:
        """Return where words[first:last] stand in the text."""
        return TextSpan(self.starts[first], self.ends[last - 1], self.words_between(first, last))

    def sentence(self, word: int) -> tuple[int, int]:
        """Return the first word of the sentence of a word, and the first after it."""
        index = bisect_right(self.edges, word)
        return self.edges[index - 1], self.edges[index]

    def is_broken(self, one: int, other: int) -> bool:
        """Whether anything but spaces is between two words."""
        at = bisect_right(self.breaks, one)
        return at < len(self.breaks) and self.breaks[at] <= other

    def first_quoted(self, word: int) -> int:
        """Return the index of the first quoted span that ends after a word."""
        span = bisect_left(self.quoted_firsts, word)
        return span - 1 if span and self.quoted_words[span - 1][1] > word else span

    def has_quoted(self, first: int, last: int) -> bool:
        """Whether any of words[first:last] is in quotation marks."""
        span = self.first_quoted(first)
        return span < len(self.quoted) and self.quoted_firsts[span] < last

    def quoted_around(self, offset: int) -> QuotedSpan | None:
        """Return the quoted span in which an offset lies."""
        index = bisect_right(self.quoted, offset, key=attrgetter("start")) - 1
        span = self.quoted[index] if index >= 0 else None
        return span if span is not None and offset < span.end else None

    def quoted_length(self, offset: int) -> int:
        """Return how many characters stand quoted around an offset, 0 outside quotation marks."""
        span = self.quoted_around(offset)
        return span.end - span.start if span is not None else 0

    def speaker_at(self, offset: int) -> tuple[str, ...]:
        """Return who speaks the words at an offset, nobody outside of quotes."""
        for start, end, actors in self.speakers:
            if start <= offset < end:
                return actors
        return ()

    def durations(self, first: int, last: int) -> list[Time]:
        """Return the durations that begin among words[first:last]."""
        start, end = self.starts[first], self.starts[last]
        return [t for t in self.times if t.type == "DURATION" and start <= t.start < end]

    @cached_property
    def initials(self) -> dict[str, str]:
        """The initials that the text introduces, in brackets, for names too long for a title."""
        text = self.text
        return {
            name.canonical: name.text
            for name in self.names
            if len(name.canonical) > _LONG_NAME
            and name.text.isupper()
            and text[name.start - 1] + text[name.end : name.end + 1] == "()"
        }

    def shortened(self, words: str) -> str:
        """Return words with the initials of the long names in them that have any."""
        for name, initials in self.initials.items():
            words = words.replace(name, initials)
        return words

    @cached_property
    def token_at(self) -> list[Token | None]:
        """For each word the token of a tree that covers its start, None outside of prose."""
        at: list[Token | None] = [None] * self.size
        for sentence in self.sentences:
            tokens = iter(sentence.tree.tokens)
            token = next(tokens, None)
            for word in range(sentence.first, sentence.last):
                start = self.starts[word]
                while token is not None and token.end <= start:
                    token = next(tokens, None)
                at[word] = token if token is not None and token.start <= start else None
        return at

    def _words_of(self, name: Name) -> tuple[int, int]:
        begin = bisect_left(self.starts, name.start)
        return begin, bisect_left(self.starts, name.end, begin)

    def _spread(self, ranges: Iterable[tuple[int, int]]) -> list[int]:
        at = [OUTSIDE] * self.size
        for index, (begin, end) in enumerate(ranges):
            at[begin:end] = [index] * (end - begin)
        return at

    def _edges(self, spans: Sequence[SentenceSpan]) -> list[int]:
        """Return the first word of each sentence, and the number of words.

        A question in marks and the words after it are one sentence ("Why?" Ann Lee asked), and so
        are a colon and the quotation that follows it, on its line or the next.
        """
        edges: list[int] = []
        for span in spans:
            first = self.at(span.start)
            if first < self.size and (not edges or edges[-1] < first):
                goes_on = self.separators[first] in _GOES_ON
                if not (edges and goes_on):
                    edges.append(first)
        if self.size and not edges:
            edges.append(0)
        edges.append(self.size)
        return edges


@lru_cache(maxsize=4096)
def _separator(gap: str) -> str:
    """Return what stands between two words in few forms: straight marks, one space or line end."""
    marks = "".join(gap.translate(_STRAIGHT).replace("''", '"').replace("``", '"').split())
    if marks == ".,":
        marks = ","  # after "a.m." or "Inc."
    if "\n" in gap and ":" not in marks:
        marks = "\n" + marks
    return marks[:6] or " "
