"""Who the source of an attribution is in the article, and through what medium the words came."""

from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from timeline.basis import Span as Words

from ..coreference import IT, PERSONAL, RELATIVE, THEY
from ..decision import Decision
from ..document import OUTSIDE, Document
from ..lexicon import words
from ..names import Name
from ..names.gazetteer import MEDIA
from ..syntax import subject
from .cues import PRONOUNS
from .medium import beside_cue, spoken
from .source_spans import LINKS, SourceSpan, named, phrase_begin

_PRESS = words("media", "press")
_REPORTING = words("media", "reporting")
_ADDING = words("media", "adding")
_NAMES_BACK = 12
_LONGEST_AGENCY = 5
_ANAPHORS = PERSONAL | IT | THEY


class LastSpeaker(NamedTuple):
    """Who spoke last, through what medium, and where the words end."""

    actor: str | None
    medium: str | None
    place: int


class SourceResolver:
    """Follows the speakers through an article, so that who only adds keeps the medium.

    Attributions are given in the order of the text.
    """

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.last = LastSpeaker(None, None, OUTSIDE)
        self.press: str | None = None

    def resolve(
        self, source: SourceSpan | None, cue: int | None, content: tuple[int, int]
    ) -> tuple[str | None, str | None, list[Decision]]:
        """Return who the source is, by the fullest name, the medium, and how both were decided."""
        medium = None if cue is None else self._channel(source, cue, content)
        through = "medium: beside the cue or its source"
        if source is None:
            decisions = [Decision("speaker", "", "source_resolution: nobody named")]
            return None, medium, decisions + self._of_medium(medium, through)
        doc, last = self.doc, self.last
        actor, rule = self._actor(source, cue)
        word = doc.lower[source.head]
        if actor in MEDIA or word in _PRESS:
            self.press = actor
            goes_on = last.place == content[0] and last.actor in doc.kinds
            inner = self._subject(content) or (last.actor if goes_on else None)
            if inner:
                actor, medium = inner, f"via {actor}"
                rule = through = "source_resolution: whom a medium's sentence is about"
        elif not medium and word in PERSONAL and self._only_adds(cue, actor):
            medium, through = last.medium, "source_resolution: as in the words before"
        elif not medium:
            medium = self._reported_by(source, content)
            through = "source_resolution: the medium that ends the sentence"
        self.last = LastSpeaker(actor, medium, content[1])
        words_of = doc.words_between(source.begin, source.end)
        span = Words(words_of, doc.starts[source.begin], doc.ends[source.end - 1])
        decisions = [Decision("speaker", actor or "", rule, (span,))]
        return actor, medium, decisions + self._of_medium(medium, through)

    def _of_medium(self, medium: str | None, rule: str) -> list[Decision]:
        return [Decision("medium", medium, rule)] if medium else []

    def _only_adds(self, cue: int | None, actor: str | None) -> bool:
        """Whether who spoke last only adds to what came through a medium: "she added"."""
        return self.last.actor == actor and (cue is None or self.doc.lower[cue] in _ADDING)

    def _actor(self, source: SourceSpan, cue: int | None) -> tuple[str | None, str]:
        """Return who a source is, and the rule."""
        doc, word = self.doc, self.doc.lower[source.head]
        if word in IT and self.press and cue is not None and doc.lower[cue] in _REPORTING:
            return self.press, "source_resolution: it, the medium"
        if word in _ANAPHORS:
            found = self._antecedent(source.head)
            return found, f"coreference: {'a pronoun' if found else 'a pronoun of nobody'}"
        if word in RELATIVE:
            return self._of_relative(source.head), "source_resolution: whom the clause qualifies"
        name = self._name(source)
        if name:
            is_whole = name.canonical == name.text
            return name.canonical, f"names: {'as written' if is_whole else 'a short name'}"
        if word in PRONOUNS:
            return None, "source_resolution: a pronoun of nobody"
        if found := self._antecedent(source.head):
            return found, "coreference: a description"
        return self._text(source), "source_resolution: as written"

    def _channel(self, source: SourceSpan | None, cue: int, content: tuple[int, int]) -> str | None:
        """Return the medium beside a cue or beside its source: "Lee, speaking to Reuters, said"."""
        first, last = sorted((cue, content[0]))
        breaks = self.doc.text.count("\n", self.doc.starts[first], self.doc.starts[last])
        if breaks and self.doc.sentence(cue) != self.doc.sentence(content[0]):
            return None  # a paragraph that goes on from one before
        if source is None:
            return beside_cue(self.doc, cue, cue + 1, content)
        aside = source.head + 1
        if aside < cue and "," in self.doc.separators[aside]:
            found = spoken(self.doc, aside)
            if found:
                return found
        return beside_cue(self.doc, cue, max(cue + 1, source.end), content)

    def _name(self, source: SourceSpan) -> Name | None:
        name_at = self.doc.name_at
        head = name_at[source.head]
        if head != OUTSIDE:
            return self.doc.names[head]
        end = named(self.doc, source.head, source.end)
        return self.doc.names[name_at[end - 1]] if end else None

    def _antecedent(self, word: int) -> str | None:
        """Return whom a pronoun or a description means, nobody where they are several."""
        meant = self.doc.antecedents.get(self.doc.starts[word], ())
        return meant[0] if len(meant) == 1 else None

    def _of_relative(self, word: int) -> str | None:
        """Return whom a relative pronoun refers to, without a tree who was named last before it."""
        doc, token = self.doc, self.doc.token_at[word]
        noun = subject(token.head) if token is not None and token.head else None
        if noun is not None and noun is not token and noun.start < doc.starts[word]:
            head = doc.word_of(noun.start)
            if doc.name_at[head] != OUTSIDE:
                return doc.names[doc.name_at[head]].canonical
            return doc.words_between(phrase_begin(doc, head, 0), head + 1)
        last = bisect_left(doc.names, doc.starts[word], key=attrgetter("start"))
        near = reversed(doc.names[max(0, last - _NAMES_BACK) : last])
        return next((name.canonical for name in near if name.kind == "person"), None)

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
