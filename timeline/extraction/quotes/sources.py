"""The source of an attribution as it is written, who that is in the article, and the medium."""

from collections.abc import Iterable
from typing import NamedTuple

from ..gazetteer import MEDIA, TITLES, gender_of
from ..lexicon import words
from ..names import Name
from .channels import channel, is_circumstance, spoken
from .cues import PRONOUNS
from .passage import OUTSIDE, Passage
from .speakers import PEOPLE, phrase_begin

_LINKS = frozenset({"of", "at", "for", "from", "in", "with", "to", "on"})
_FINITE = words("function_words", "finite")
_ADVERBS = words("function_words", "adverb")
_TIMES = words("function_words", "time")
_DETERMINERS = words("function_words", "determiner", "possessive")
_BELONGING = frozenset({"of", "from", "at"})
_APPOSITION = frozenset({"a", "an", "the", "who", "whose", "former", "one", "his", "her", "its"})
_PRESS = words("media", "press")
_REPORTING = words("media", "reporting")
_ADDING = words("media", "adding")
_NO_FARTHER = 400
_LONGEST_AGENCY = 5
_LONGEST_LINK = 10
_LONGEST_APPOSITION = 25
_LONGEST_TITLE = 4
_HE, _SHE, _IT = frozenset({"he", "his"}), frozenset({"she", "her"}), frozenset({"it", "its"})
_WHO = frozenset({"who", "whose"})


class Phrase(NamedTuple):
    """A source by words: where it begins and ends, and the word that heads it."""

    begin: int
    end: int
    head: int


def phrase(passage: Passage, head: int, cue: int | None) -> Phrase:
    """Return the whole noun phrase of a source: "an official at the ministry", "Lee, a professor".

    It grows to the left over what the head only qualifies, and to the right over an apposition or
    a qualifier that fills the space up to the cue.
    """
    floor = cue + 1 if cue is not None and cue < head else 0
    begin = _begin(passage, head, floor)
    head = _titled(passage, head)
    outer = _outer(passage, begin, floor)
    if outer != OUTSIDE:
        end = head + 1
        while outer != OUTSIDE:
            head, begin = outer, phrase_begin(passage, outer, floor)
            outer = _outer(passage, begin, floor)
        if cue is None or cue < head:
            return Phrase(begin, max(end, _end_after_cue(passage, head, cue)), head)
        return Phrase(begin, end, head)
    if cue is not None and cue > head:
        return Phrase(begin, _end_before_cue(passage, head, cue), head)
    return Phrase(begin, _end_after_cue(passage, head, cue), head)


def _begin(passage: Passage, head: int, floor: int) -> int:
    """Return the first word of the noun phrase that ends at `head`, without a day before a name."""
    name_at, first = passage.name_at, head
    while first > floor and name_at[first - 1] == name_at[head] != OUTSIDE:
        first -= 1
    begin = phrase_begin(passage, first, floor)
    while begin < head and passage.lower[begin] in _TIMES and name_at[begin] != name_at[head]:
        begin += 1
    return begin


def _outer(passage: Passage, begin: int, floor: int) -> int:
    """Return the noun that a link ties the phrase at `begin` to, or OUTSIDE: "the widow of Lee".

    It is a noun for people, a person's name, or any that has an article and begins its clause.
    """
    lower, gaps = passage.lower, passage.gaps
    outer = begin - 2
    if outer < floor or lower[begin - 1] not in _LINKS or gaps[begin] != " ":
        return OUTSIDE
    if lower[outer] in PEOPLE:
        return outer
    if gaps[begin - 1] != " " or passage.run_at[outer] != OUTSIDE:
        return OUTSIDE
    name = passage.name_at[outer]
    if name != OUTSIDE:
        person = passage.names[name].kind == "person" and lower[begin - 1] in _BELONGING
        return outer if person else OUTSIDE
    first = phrase_begin(passage, outer, floor)
    opens = first == floor or first in passage.openings or gaps[first] != " "
    plain = (
        first < outer
        and lower[first] in _DETERMINERS
        and _TIMES.isdisjoint(lower[first : outer + 1])
    )
    return outer if opens and plain and lower[outer].isalpha() else OUTSIDE


def _titled(passage: Passage, head: int) -> int:
    """Return the last word of the name that a title stands before: "Mayor Ann Lee", or `head`."""
    name_at, end = passage.name_at, head + 1
    if passage.lower[head] not in PEOPLE or end == passage.size or passage.gaps[end] != " ":
        return head
    while end < passage.size and name_at[end] == name_at[head + 1] != OUTSIDE:
        end += 1
    return end - 1


def _end_before_cue(passage: Passage, head: int, cue: int) -> int:
    """Return the end of a source that stands before its cue."""
    if cue == head + 1:
        return cue
    lower, gaps = passage.lower, passage.gaps
    end = cue
    while end > head + 1 and lower[end - 1] in _ADVERBS:
        end -= 1
    between = lower[head + 1 : end]
    if not between or any(run != OUTSIDE for run in passage.run_at[head:end]):
        return head + 1
    if gaps[head + 1] == "," and "," in gaps[end] and len(between) <= _LONGEST_APPOSITION:
        return head + 1 if is_circumstance(passage, head + 1) else end
    named = _named(passage, head, cue)
    if named and gaps[named] == ",":
        return named
    qualifies = between[0] in _LINKS and len(between) <= _LONGEST_LINK
    qualifies = qualifies and not is_circumstance(passage, head + 1)
    plain = all(gap == " " for gap in gaps[head + 1 : end + 1])
    return end if qualifies and plain and _FINITE.isdisjoint(between) else head + 1


def _qualified(passage: Passage, head: int, last: int) -> int:
    """Return the end of what a link ties to a head: "a spokeswoman for the ministry"."""
    lower, gaps, name = passage.lower, passage.gaps, passage.name_at[head]
    person = name != OUTSIDE and passage.names[name].kind == "person"
    end = head + 1
    if end < last and lower[end] in (_BELONGING if person else _LINKS):
        while end < last and gaps[end] == " " and lower[end] not in _FINITE:
            if is_circumstance(passage, end):
                break
            end += 1
    return end


def _named(passage: Passage, head: int, last: int) -> int:
    """Return the end of the name that follows a noun and a comma, or 0: "her deputy, Ann Lee"."""
    lower, name_at = passage.lower, passage.name_at
    end = _qualified(passage, head, last)
    if name_at[head] != OUTSIDE or end >= last or passage.gaps[end] != ",":
        return 0
    apart, limit = end > head + 1, min(last, end + _LONGEST_TITLE)
    while end < limit and name_at[end] == OUTSIDE and _is_title(lower[end]):
        end += 1
    name = name_at[end] if end < last else OUTSIDE
    if name == OUTSIDE or (apart and passage.names[name].kind != "person"):
        return 0
    while end < last and name_at[end] == name:
        end += 1
    return end


def _is_title(word: str) -> bool:
    return word in PEOPLE or word in TITLES or word in _DETERMINERS


def _end_after_cue(passage: Passage, head: int, cue: int | None) -> int:
    """Return the end of a source that stands after its cue."""
    lower, gaps, run_at = passage.lower, passage.gaps, passage.run_at
    first, last = passage.sentence(head)
    named = _named(passage, head, last)
    if named:
        return named
    end = _qualified(passage, head, last)
    if end == last or gaps[end] != "," or lower[end] not in _APPOSITION:
        return end
    rest = next((i for i in range(end, last) if run_at[i] != OUTSIDE), last)
    stop = next((i for i in range(end + 1, rest) if gaps[i] != " "), rest)
    if cue == first:  # "According to Ann Lee, the mayor, the dam …", but not "…, the dam …"
        return end if stop == rest or PEOPLE.isdisjoint(lower[end:stop]) else stop
    return rest if rest == last and rest - end <= _LONGEST_APPOSITION else stop


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

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.last: Heard | None = None
        self.press: str | None = None
        self.titled = {
            name.title.lower().split()[-1]: name.canonical
            for name in reversed(passage.names)
            if name.title and name.kind == "person"
        }

    def resolve(
        self, source: Phrase | None, cue: int | None, content: tuple[int, int]
    ) -> tuple[str | None, str | None]:
        """Return the actor of an attribution, by the fullest name, and the medium."""
        passage = self.passage
        medium = None if cue is None else self._channel(source, cue, content)
        if source is None:
            return None, medium
        word = passage.lower[source.head]
        name = self._name(source)
        actor = name.canonical if name else None
        if word in _IT and self.press and cue is not None and passage.lower[cue] in _REPORTING:
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
            return channel(self.passage, cue, cue + 1, content)
        aside = source.head + 1
        if aside < cue and "," in self.passage.gaps[aside]:
            found = spoken(self.passage, aside)
            if found:
                return found
        return channel(self.passage, cue, max(cue + 1, source.end), content)

    def _name(self, source: Phrase) -> Name | None:
        name_at = self.passage.name_at
        head = name_at[source.head]
        if head != OUTSIDE:
            return self.passage.names[head]
        named = _named(self.passage, source.head, source.end)
        return self.passage.names[name_at[named - 1]] if named else None

    def _people_before(self, word: int) -> Iterable[Name]:
        names = self.passage.names
        near = range(word - 1, max(-1, word - _NO_FARTHER), -1)
        index = next((i for i in near if self.passage.name_at[i] != OUTSIDE), None)
        if index is None:
            return
        last = self.passage.name_at[index]
        for name in reversed(names[max(0, last - 12) : last + 1]):
            if name.kind == "person":
                yield name

    def _bearer(self, source: Phrase, gender: str) -> Name | None:
        """Return whom "he" or "she" means: the last speaker, else the last person before."""
        others = {"m": "f", "f": "m"}[gender]
        first, _ = self.passage.sentence(source.head)
        if self.last and self.last.name and self.last.name.kind == "person":
            spoken = self.last.name
            close = first - self.last.place < _NO_FARTHER
            if close and gender_of(spoken.canonical) != others:
                return spoken
        subjects = self._people_before(source.head)
        return next((name for name in subjects if gender_of(name.canonical) != others), None)

    def _antecedent(self, source: Phrase) -> Name | None:
        return next(iter(self._people_before(source.head)), None)

    def _goes_on(self, source: Phrase, cue: int | None, actor: str | None) -> bool:
        """Whether somebody only adds to what came through a medium: "she told AFP", "she added"."""
        return bool(
            self.last
            and (cue is None or self.passage.lower[cue] in _ADDING)
            and self.last.actor == actor
            and self.passage.text.count(
                "\n", self.passage.ends[self.last.place - 1], self.passage.starts[source.head]
            )
            <= 2
        )

    def _by_title(self, source: Phrase) -> str | None:
        """Return the person whom an article calls by a title alone, as "the senator"."""
        lower = self.passage.lower
        plain = lower[source.begin] == "the" and self._core(source) == source.head + 1
        return self.titled.get(lower[source.head]) if plain else None

    def _core(self, source: Phrase) -> int:
        """Return the end of a source without what a comma sets off: "The bank, which …"."""
        gaps = self.passage.gaps
        inner = range(source.head + 1, source.end)
        return next((index for index in inner if "," in gaps[index]), source.end)

    def _text(self, source: Phrase) -> str:
        end = self._core(source)
        return self.passage.text[self.passage.starts[source.begin] : self.passage.ends[end - 1]]

    def _is_press(self, actor: str | None, word: str) -> bool:
        return actor in MEDIA or word in _PRESS

    def _subject(self, content: tuple[int, int]) -> Name | None:
        """Return the person a medium's sentence is about: its first that no link leads to."""
        passage = self.passage
        for index in range(*content):
            name = passage.name_at[index]
            if name == OUTSIDE or passage.names[name].kind != "person":
                continue
            begin = phrase_begin(passage, index, content[0])
            genitive = passage.lower[index][-2:] in ("'s", "’s")
            if not genitive and (begin == content[0] or passage.lower[begin - 1] not in _LINKS):
                return passage.names[name]
        return None

    def _going_on(self, content: tuple[int, int]) -> Name | None:
        """Return who spoke the words that content goes on from: "she said …, which …, it added"."""
        goes_on = self.last and self.last.place == content[0]
        return self.last.name if goes_on else None

    def _reported_by(self, source: Phrase, content: tuple[int, int]) -> str | None:
        """Return the medium that a sentence ends on: "Kim said …, it added"."""
        passage = self.passage
        _, last = passage.sentence(source.head)
        tail = range(content[1], min(last, content[1] + _LONGEST_AGENCY))
        if self.press and tail and passage.lower[tail[0]] == "it" and "," in passage.gaps[tail[0]]:
            return f"via {self.press}"
        for index in tail:
            name = passage.name_at[index]
            if name != OUTSIDE and passage.names[name].canonical in MEDIA:
                self.press = passage.names[name].canonical
                return f"via {self.press}"
        return None
