"""Who the source of an attribution is in the article, and the medium."""

from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from ..coreference import IT, PERSONAL, RELATIVE, THEY
from ..document import OUTSIDE, Document
from ..lexicon import words
from ..names import Name
from ..names.gazetteer import MEDIA
from .cues import PRONOUNS
from .medium import beside_cue, spoken
from .source_spans import LINKS, SourceSpan, named
from .speakers import phrase_begin

_PRESS = words("media", "press")
_REPORTING = words("media", "reporting")
_ADDING = words("media", "adding")
_NAMES_BACK = 12
_LONGEST_AGENCY = 5


class Heard(NamedTuple):
    """Who spoke last, through what medium, and where the words end."""

    actor: str | None
    medium: str | None
    place: int


class Ear:
    """Follows the speakers through an article, so that "he" and "it" find their bearers.

    Attributions are given in the order of the text.
    """

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.last: Heard | None = None
        self.press: str | None = None

    def resolve(
        self, source: SourceSpan | None, cue: int | None, content: tuple[int, int]
    ) -> tuple[str | None, str | None]:
        """Return the actor of an attribution, by the fullest name, and the medium."""
        doc = self.doc
        medium = None if cue is None else self._channel(source, cue, content)
        if source is None:
            return None, medium
        word = doc.lower[source.head]
        name = self._name(source)
        actor = name.canonical if name else None
        if word in IT and self.press and cue is not None and doc.lower[cue] in _REPORTING:
            actor = self.press
        elif word in PERSONAL | IT | THEY:
            actor = self._antecedent(source.head)
            if word in PERSONAL and self._goes_on(source, cue, actor):
                medium = medium or self.last.medium
        elif word in RELATIVE:
            actor = self._last_person(source.head)
        if actor is None and word not in PRONOUNS:
            whole = self._core(source) == source.head + 1
            actor = (whole and self._antecedent(source.head)) or self._text(source)
        if self._is_press(actor, word):
            self.press = actor
            inner = self._subject(content) or self._going_on(content)
            if inner:
                actor, medium = inner, f"via {actor}"
        elif not medium:
            medium = self._reported_by(source, content)
        self.last = Heard(actor, medium, content[1])
        return actor, medium

    def _channel(self, source: SourceSpan | None, cue: int, content: tuple[int, int]) -> str | None:
        """Return the medium beside a cue or beside its source: "Lee, speaking to Reuters, said"."""
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
        if source.end == source.head + 1:
            return None
        end = named(self.doc, source.head, source.end)
        return self.doc.names[name_at[end - 1]] if end else None

    def _antecedent(self, word: int) -> str | None:
        """Return whom a pronoun or a description means, nobody where they are several."""
        meant = self.doc.antecedents.get(self.doc.starts[word], ())
        return meant[0] if len(meant) == 1 else None

    def _last_person(self, word: int) -> str | None:
        """Return the person named last before a word."""
        last = bisect_left(self.doc.names, self.doc.starts[word], key=attrgetter("start"))
        near = reversed(self.doc.names[max(0, last - _NAMES_BACK) : last])
        return next((name.canonical for name in near if name.kind == "person"), None)

    def _goes_on(self, source: SourceSpan, cue: int | None, actor: str | None) -> bool:
        """Whether somebody only adds to what came through a medium: "she told AFP", "she added"."""
        return bool(
            self.last
            and (cue is None or self.doc.lower[cue] in _ADDING)
            and self.last.actor == actor
            and self.doc.text.count(
                "\n", self.doc.ends[self.last.place - 1], self.doc.starts[source.head]
            )
            <= 2
        )

    def _core(self, source: SourceSpan) -> int:
        """Return the end of a source without what a comma sets off: "The bank, which …"."""
        gaps = self.doc.separators
        inner = range(source.head + 1, source.end)
        return next((index for index in inner if "," in gaps[index]), source.end)

    def _text(self, source: SourceSpan) -> str:
        end = self._core(source)
        return self.doc.text[self.doc.starts[source.begin] : self.doc.ends[end - 1]]

    def _is_press(self, actor: str | None, word: str) -> bool:
        return actor in MEDIA or word in _PRESS

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

    def _going_on(self, content: tuple[int, int]) -> str | None:
        """Return who spoke the words that content goes on from: "she said …, which …, it added"."""
        last = self.last
        goes_on = last is not None and last.place == content[0] and last.actor in self.doc.kinds
        return last.actor if last is not None and goes_on else None

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
