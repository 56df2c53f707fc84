"""Who the source of an attribution is in the article, and through what medium the words came."""

from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from timeline.basis import Span as Words

from ..coreference import IT, PERSONAL, THEY, actors
from ..decision import Decision
from ..document import OUTSIDE, Document
from ..lexicon import words
from ..names.gazetteer import MEDIA
from ..statements import OCCASIONS, PLACING, Statement, Statements
from ..syntax import RELATIVE, Token, is_present, subject
from .cues import KIND, PRONOUNS
from .medium import beside, beside_cue
from .source_spans import LINKS, SourceSpan, phrase_begin

_PRESS = words("media", "press")
_REPORTING = words("media", "reporting")
_HAD = frozenset({"had"})
_LONGEST_AGENCY = 5
_start = attrgetter("span.start")
_ANAPHORS = PERSONAL | IT | THEY


class Voice(NamedTuple):
    """Who speaks and through what medium, each with the rule that tells it."""

    actor: str | None
    rule: str
    medium: str | None
    through: str = "medium: beside the cue or its source"


class SourceResolver:
    """Follows the speakers through an article, so that who goes on keeps the medium.

    Attributions are given in the order of the text.
    """

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.actor: str | None = None  # who spoke last, through what, by which cue, and until where
        self.medium: str | None = None
        self.cue: int | None = None
        self.end = 0
        self.press: str | None = None
        self.statements = Statements(doc)

    def resolve(
        self, source: SourceSpan | None, cue: int | None, content: tuple[int, int]
    ) -> tuple[str | None, str | None, list[Decision]]:
        """Return who the source is, by the fullest name, the medium, and how both were decided."""
        if cue is not None and self._is_carried_over(cue, content):
            cue = None
        medium = None if cue is None else self._channel(source, cue, content)
        voice = Voice(None, "source_resolution: nobody named", medium)
        spans: tuple[Words, ...] = ()
        if source is not None:
            doc, (begin, end, _) = self.doc, source
            spans = (Words(doc.words_between(begin, end), doc.starts[begin], doc.ends[end - 1]),)
            voice = self._voice(Voice(*self._actor(source, cue), medium), source, cue, content)
            self.actor, self.medium, self.cue, self.end = *voice[::2], cue, content[1]
        decisions = [Decision("speaker", voice.actor or "", voice.rule, spans)]
        if voice.medium:
            decisions.append(Decision("medium", voice.medium, voice.through))
        return voice.actor, voice.medium, decisions

    def _voice(
        self, voice: Voice, source: SourceSpan, cue: int | None, content: tuple[int, int]
    ) -> Voice:
        """Return who speaks where a letter or paper is the source, and a medium told elsewhere."""
        if statement := self._statement(source, voice.actor):
            rule = "statements: whose it is"
            return Voice(statement.writer, rule, voice.medium or statement.medium, rule)
        if voice.actor in MEDIA or self.doc.lower[source.head] in _PRESS:
            self.press = voice.actor
            goes_on = self.end == content[0] and self.actor in self.doc.kinds
            inner = self._subject(content) or (self.actor if goes_on else None)
            rule = "source_resolution: whom a medium's sentence is about"
            return Voice(inner, rule, f"via {voice.actor}", rule) if inner else voice
        if voice.medium:
            return voice
        medium, through = self._told_elsewhere(source, voice.actor, cue, content)
        return voice._replace(medium=medium, through=through)

    def _statement(self, source: SourceSpan, actor: str | None) -> Statement | None:
        """Return the statement that a source is: "the letter", "it" where nobody else is meant."""
        word = self.doc.lower[source.head]
        if word in OCCASIONS and self.doc.name_at[source.head] == OUTSIDE:
            return self.statements.meant(source.head)
        return self.statements.fresh(source.head) if word in IT and actor is None else None

    def _told_elsewhere(
        self, source: SourceSpan, actor: str | None, cue: int | None, content: tuple[int, int]
    ) -> tuple[str | None, str]:
        """Return the medium that is told at the sentence's end or before it, and the rule."""
        if by := self._reported_by(source, content):
            return by, "source_resolution: the medium that ends the sentence"
        doc, begin = self.doc, content[0]
        if cue is None or not self._goes_on(source, cue, content):
            return None, ""
        since = doc.ends[self.end - 1] if self.end else 0
        statement = self.statements.fresh(begin)
        if statement and statement.writer == actor and since <= statement.start:
            return statement.medium, "statements: issued right before"
        is_near = self.actor == actor and doc.text.count("\n\n", since, doc.starts[begin]) <= 1
        return (self.medium if is_near else None), "source_resolution: as in the words before"

    def _goes_on(self, source: SourceSpan, cue: int, content: tuple[int, int]) -> bool:
        """Whether somebody only goes on: not "in May, …", "had said", "says" after "said"."""
        doc, (first, _) = self.doc, self.doc.sentence(cue)
        first = first if doc.quoted_at[first] == OUTSIDE else source.begin
        elsewhere = doc.lower[first] in PLACING and not content[0] <= first < content[1]
        said = self.cue is None or not is_present(doc.token_at[self.cue])
        another = (said and is_present(doc.token_at[cue])) or doc.lower[cue - 1] in _HAD
        return doc.lower[cue] in KIND and not (elsewhere or another)

    def _actor(self, source: SourceSpan, cue: int | None) -> tuple[str | None, str]:
        """Return who a source is, and the rule."""
        doc, word = self.doc, self.doc.lower[source.head]
        if word in IT and self.press and cue is not None and doc.lower[cue] in _REPORTING:
            return self.press, "source_resolution: it, the medium"
        if word in _ANAPHORS:
            found = self._meant(doc.token_at[source.head])
            return found, f"coreference: {'a pronoun' if found else 'a pronoun of nobody'}"
        if word in RELATIVE and doc.name_at[source.head] == OUTSIDE:  # not the WHO
            return self._of_relative(source.head), "source_resolution: whom the clause qualifies"
        if (at := doc.name_at[source.head]) != OUTSIDE:
            name = doc.names[at]
            rule = "as written" if name.canonical == name.text else "a short name"
            return name.in_full, f"names: {rule}"
        if found := self._meant(doc.token_at[source.head]):
            return found, "coreference: a description or the name beside it"
        if word in PRONOUNS:
            return None, "source_resolution: a pronoun of nobody"
        return self._text(source), "source_resolution: as written"

    def _channel(self, source: SourceSpan | None, cue: int, content: tuple[int, int]) -> str | None:
        """Return the medium beside a cue or beside its source: "Lee, speaking to Reuters, said"."""
        if source is None:
            return beside_cue(self.doc, cue, cue + 1, content)
        for aside in (source.head + 1, source.end):
            if found := beside(self.doc, aside, cue):
                return found
        return beside_cue(self.doc, cue, max(cue + 1, source.end), content)

    def _is_carried_over(self, cue: int, content: tuple[int, int]) -> bool:
        """Whether the words are a paragraph that goes on from one before, with its cue."""
        doc, (first, last) = self.doc, sorted((cue, content[0]))
        breaks = doc.text.count("\n", doc.starts[first], doc.starts[last])
        return bool(breaks) and doc.sentence(cue) != doc.sentence(content[0])

    def _meant(self, token: Token | None) -> str | None:
        """Return whom a pronoun or a noun means: "he", "a lawyer for Norlak, Ann Lee,"."""
        at = bisect_right(self.doc.sentences, token.start, key=_start) - 1 if token else OUTSIDE
        meant = actors(self.doc.sentences[at], token) if token and at != OUTSIDE else ()
        return meant[0] if len(meant) == 1 else None

    def _of_relative(self, word: int) -> str | None:
        """Return whom a relative pronoun refers to."""
        doc, token = self.doc, self.doc.token_at[word]
        noun = subject(token.head) if token is not None and token.head else None
        if noun is None or noun is token or noun.start > doc.starts[word]:
            return None
        head = doc.word_of(noun.start)
        return self._meant(noun) or doc.words_between(phrase_begin(doc, head, 0), head + 1)

    def _text(self, source: SourceSpan) -> str:
        """Return the words of a source without what a comma sets off: "The bank, which …"."""
        doc, inner = self.doc, range(source.head + 1, source.end)
        end = next((index for index in inner if "," in doc.separators[index]), source.end)
        return doc.words_between(source.begin, end)

    def _subject(self, content: tuple[int, int]) -> str | None:
        """Return the person a medium's sentence is about: its first that no link leads to."""
        doc = self.doc
        for index in range(*content):
            name = doc.name_at[index]
            if name == OUTSIDE or doc.names[name].kind != "person":
                continue
            begin = phrase_begin(doc, index, content[0])
            genitive = doc.lower[index][-2:] in ("'s", "’s")
            if not genitive and (begin == content[0] or doc.lower[begin - 1] not in LINKS):
                return doc.names[name].canonical
        return None

    def _reported_by(self, source: SourceSpan, content: tuple[int, int]) -> str | None:
        """Return the medium that a sentence ends on: "Kim said …, it added"."""
        doc = self.doc
        _, last = doc.sentence(source.head)
        tail = range(content[1], min(last, content[1] + _LONGEST_AGENCY))
        if self.press and tail and doc.lower[tail[0]] == "it" and "," in doc.separators[tail[0]]:
            return f"via {self.press}"
        for index in tail:
            name = doc.name_at[index]
            if name != OUTSIDE and doc.names[name].canonical in MEDIA:
                self.press = doc.names[name].canonical
                return f"via {self.press}"
        return None
