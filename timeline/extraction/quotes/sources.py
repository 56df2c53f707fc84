"""Who the source of an attribution is in the article, and the medium."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from ..document import OUTSIDE, Document
from ..lexicon import words
from ..names import Name
from ..names.gazetteer import MEDIA, gender_of
from .channels import channel, spoken
from .cues import PRONOUNS
from .phrases import LINKS, Phrase, named
from .speakers import phrase_begin

_PRESS = words("media", "press")
_REPORTING = words("media", "reporting")
_ADDING = words("media", "adding")
_NO_FARTHER = 400
_LONGEST_AGENCY = 5
_HE = frozenset({"he", "his", "him"})
_SHE = frozenset({"she", "her"})
_IT = frozenset({"it", "its"})
_WHO = frozenset({"who", "whose"})
_KIN = {
    **dict.fromkeys(("husband", "father", "son", "brother", "uncle", "nephew", "widower"), "m"),
    **dict.fromkeys(("wife", "mother", "daughter", "sister", "aunt", "niece", "widow"), "f"),
}
_HONORIFICS = {
    **dict.fromkeys(("mr", "sir", "lord", "king", "prince"), "m"),
    **dict.fromkeys(("mrs", "ms", "miss", "dame", "lady", "queen", "princess"), "f"),
}


class Heard(NamedTuple):
    """Who spoke last: the actor, whether that is a medium, and through what the words came."""

    actor: str | None
    name: Name | None
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
        self.titled = {
            name.title.lower().split()[-1]: name.canonical
            for name in reversed(doc.names)
            if name.title and name.kind == "person"
        }

    def resolve(
        self, source: Phrase | None, cue: int | None, content: tuple[int, int]
    ) -> tuple[str | None, str | None]:
        """Return the actor of an attribution, by the fullest name, and the medium."""
        doc = self.doc
        medium = None if cue is None else self._channel(source, cue, content)
        if source is None:
            return None, medium
        word = doc.lower[source.head]
        name = self._name(source)
        actor = name.canonical if name else None
        if word in _IT and self.press and cue is not None and doc.lower[cue] in _REPORTING:
            actor, name = self.press, None
        elif word in _HE or word in _SHE:
            name = self._bearer(source, "m" if word in _HE else "f")
            actor = name.canonical if name else None
            if self._goes_on(source, cue, actor):
                medium = medium or self.last.medium
        elif word in _WHO:
            name = self._antecedent(source)
            actor = name.canonical if name else None
        if actor is None and word not in PRONOUNS:
            actor = self._by_title(source) or self._text(source)
        if self._is_press(actor, word):
            self.press = actor
            inner = self._subject(content) or self._going_on(content)
            if inner:
                actor, name, medium = inner.canonical, inner, f"via {actor}"
        elif not medium:
            medium = self._reported_by(source, content)
        self.last = Heard(actor, name, medium, content[1])
        return actor, medium

    def _channel(self, source: Phrase | None, cue: int, content: tuple[int, int]) -> str | None:
        """Return the medium beside a cue or beside its source: "Lee, speaking to Reuters, said"."""
        if source is None:
            return channel(self.doc, cue, cue + 1, content)
        aside = source.head + 1
        if aside < cue and "," in self.doc.separators[aside]:
            found = spoken(self.doc, aside)
            if found:
                return found
        return channel(self.doc, cue, max(cue + 1, source.end), content)

    def _name(self, source: Phrase) -> Name | None:
        name_at = self.doc.name_at
        head = name_at[source.head]
        if head != OUTSIDE:
            return self.doc.names[head]
        if source.end == source.head + 1:
            return None
        end = named(self.doc, source.head, source.end)
        return self.doc.names[name_at[end - 1]] if end else None

    def _people_before(self, word: int) -> Iterable[Name]:
        names = self.doc.names
        near = range(word - 1, max(-1, word - _NO_FARTHER), -1)
        index = next((i for i in near if self.doc.name_at[i] != OUTSIDE), None)
        if index is None:
            return
        last = self.doc.name_at[index]
        for name in reversed(names[max(0, last - 12) : last + 1]):
            if name.kind == "person":
                yield name

    def _bearer(self, source: Phrase, gender: str) -> Name | None:
        """Return whom "he" or "she" means.

        It is who a sentence of the paragraph begins with, if somebody; else the last speaker, else
        the last person before.
        """
        first, _ = self.doc.sentence(source.head)
        last = self.last.name if self.last else None
        if last and last.kind == "person":
            opening = self._opener(source.head, self.last.place)
            if opening and self._may_be(opening, gender):
                return opening
            if first - self.last.place < _NO_FARTHER and self._may_be(last, gender):
                return last
        opening = None if last else self._opener(source.head, 0) or self._first_name(first - 1)
        if opening and self._may_be(opening, gender):
            return opening  # "Ann Lee met Tor Berg. She said …"
        people = self._people_before(source.head)
        return next((name for name in people if self._may_be(name, gender)), None)

    def _opener(self, word: int, after: int) -> Name | None:
        """Return the person whom the last sentence with one, `after` a word, begins with."""
        doc = self.doc
        first, _ = doc.sentence(word)
        while first > after and "\n" not in doc.separators[first]:
            first, _ = doc.sentence(first - 1)
            name = doc.name_at[first]
            if name != OUTSIDE and doc.quoted_at[first] == OUTSIDE and first >= after:
                found = doc.names[name]
                return found if found.kind == "person" else None
        return None

    def _first_name(self, word: int) -> Name | None:
        """Return the person with whom the sentence of a word begins."""
        name = self.doc.name_at[self.doc.sentence(word)[0]] if word >= 0 else OUTSIDE
        found = self.doc.names[name] if name != OUTSIDE else None
        return found if found and found.kind == "person" else None

    def _may_be(self, name: Name, gender: str) -> bool:
        """Whether a given name, a title or kinship allows a gender: "her husband" is no "she"."""
        honorific = (name.title or name.canonical.split()[0]).lower()
        told = _HONORIFICS.get(honorific) or gender_of(name.canonical)
        return (told or self._kin.get(name.canonical) or gender) == gender

    @cached_property
    def _kin(self) -> dict[str, str]:
        """The gender of those whom the article calls somebody's: "her husband, Lee"."""
        doc, found = self.doc, {}
        for index in [index for index, word in enumerate(doc.lower) if word in _KIN]:
            end = named(doc, index, doc.sentence(index)[1])
            after = index + 1
            if not end and after < doc.size and doc.separators[after] == " ":
                end = after + 1
            name = doc.name_at[end - 1] if end else OUTSIDE
            if name != OUTSIDE and doc.names[name].kind == "person":
                found.setdefault(doc.names[name].canonical, _KIN[doc.lower[index]])
        return found

    def _antecedent(self, source: Phrase) -> Name | None:
        return next(iter(self._people_before(source.head)), None)

    def _goes_on(self, source: Phrase, cue: int | None, actor: str | None) -> bool:
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

    def _by_title(self, source: Phrase) -> str | None:
        """Return the person whom an article calls by a title alone, as "the senator"."""
        lower = self.doc.lower
        plain = lower[source.begin] == "the" and self._core(source) == source.head + 1
        return self.titled.get(lower[source.head]) if plain else None

    def _core(self, source: Phrase) -> int:
        """Return the end of a source without what a comma sets off: "The bank, which …"."""
        gaps = self.doc.separators
        inner = range(source.head + 1, source.end)
        return next((index for index in inner if "," in gaps[index]), source.end)

    def _text(self, source: Phrase) -> str:
        end = self._core(source)
        return self.doc.text[self.doc.starts[source.begin] : self.doc.ends[end - 1]]

    def _is_press(self, actor: str | None, word: str) -> bool:
        return actor in MEDIA or word in _PRESS

    def _subject(self, content: tuple[int, int]) -> Name | None:
        """Return the person a medium's sentence is about: its first that no link leads to."""
        doc = self.doc
        for index in range(*content):
            name = doc.name_at[index]
            if name == OUTSIDE or doc.names[name].kind != "person":
                continue
            begin = phrase_begin(doc, index, content[0])
            genitive = doc.lower[index][-2:] in ("'s", "’s")
            if not genitive and (begin == content[0] or doc.lower[begin - 1] not in LINKS):
                return doc.names[name]
        return None

    def _going_on(self, content: tuple[int, int]) -> Name | None:
        """Return who spoke the words that content goes on from: "she said …, which …, it added"."""
        goes_on = self.last and self.last.place == content[0]
        return self.last.name if goes_on else None

    def _reported_by(self, source: Phrase, content: tuple[int, int]) -> str | None:
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
