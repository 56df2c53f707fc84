"""Who was spoken of before a sentence: whom "he", "she", "it", "they" and "the company" mean."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING

from ..document import Document
from ..names.gazetteer import gender_of
from .wordlists import BODIES, PRONOUNS

if TYPE_CHECKING:
    from .arguments import Arguments

_NO_THINGS = PRONOUNS | BODIES.keys()
_NAMES_AFTER, _SPEAKER = 3, 8  # names, and words, after a quote in which who speaks is named
_BACK = 12  # sentences with names in which a pronoun's own is looked for


class Cast:
    """The actors last spoken of, found when asked for."""

    def __init__(self, speakers: Mapping[int, str] | None = None) -> None:
        """Begin an article; `speakers` are whom the words that name speakers of quotes mean."""
        self.speakers = speakers or {}
        self._told: deque[Arguments] = deque(maxlen=_BACK)
        self._known: dict[str, str] = {}  # by the pronoun that has meant each person
        self.last: Arguments | None = None  # of the sentence before

    def see(self, clauses: "Arguments") -> None:
        """Take note of a sentence that has been told."""
        self.last = clauses
        if clauses.sentence.actors:
            self._told.append(clauses)

    def forget(self) -> None:
        """Let go of the sentences, which refer back: no circle is left to the garbage collector."""
        self._told.clear()
        self.last = None

    def person(self, asking: "Arguments", pronoun: str = "") -> tuple[str, ...]:
        """Return the person last spoken of whom a pronoun may mean: "she" is no Peter."""
        for clauses in self._before(asking):
            named = [name for name in clauses.named("person") if self.may_be(name, pronoun)]
            if named:
                person = _acting(clauses, named)
                self._known.setdefault(person, pronoun)
                return (person,)
        return ()

    def may_be(self, name: str, pronoun: str) -> bool:
        """Whether a pronoun may mean somebody, by the given name or the pronouns used before."""
        return may_be(name, pronoun) and _agree(self._known.get(name, ""), pronoun)

    def body(self, asking: "Arguments") -> tuple[str, ...]:
        """Return the organisation or country last spoken of."""
        for clauses in self._before(asking):
            if named := clauses.named("organisation", "country"):
                return (_acting(clauses, named),)
        return ()

    def people(self, asking: "Arguments") -> tuple[str, ...]:
        """Return the people last spoken of, if they are several: "they"."""
        last = next(self._before(asking), None)
        named = dict.fromkeys(last.named("person")) if last is not None else {}
        return tuple(named) if len(named) > 1 else ()

    def quoted_speaker(self, doc: Document, offset: int) -> tuple[str, ...]:
        """Return the person named soon after the quoted words around `offset`: "…,” said Li"."""
        quoted = doc.quoted_around(offset)
        if quoted is None:
            return ()
        first = doc.at(quoted.end)
        at = bisect_left(doc.names, quoted.end, key=attrgetter("start"))
        for name in doc.names[at : at + _NAMES_AFTER]:
            if name.kind == "person" and doc.at(name.start) - first < _SPEAKER:
                return (name.canonical,)
        return ()

    def _before(self, asking: "Arguments") -> Iterator["Arguments"]:
        """Yield the sentences before one, the last first, as they may be asked about later on."""
        number = asking.sentence.number
        return (clauses for clauses in reversed(self._told) if clauses.sentence.number < number)

    @property
    def tells_of_a_thing(self) -> bool:
        """Whether the sentence before is about something without a name: "The storm hit Lima"."""
        last = self.last
        phrase = last.opening if last is not None else None
        if phrase is None or last.doc.lower[phrase.head] in _NO_THINGS:
            return False
        about = last.doc.starts[phrase.head]
        return not any(name.start <= about < name.end for _, name in last.sentence.actors)


def _acting(clauses: "Arguments", named: list[str]) -> str:
    """Return the first of some names that acts in a sentence, else the first of them."""
    acting = clauses.subjects() if len(named) > 1 else []
    return next((actor for actor in acting if actor in named), named[0])


def may_be(name: str, pronoun: str) -> bool:
    """Whether the given name of a person allows a pronoun: "she", "his"; "" allows anybody."""
    if not pronoun:
        return True
    return gender_of(name) != ("m" if pronoun.startswith(("she", "her")) else "f")


def _agree(one: str, other: str) -> bool:
    """Whether two pronouns are of one gender, or one of them of none."""
    women = [word.startswith(("she", "her")) for word in (one, other)]
    return not one or not other or women[0] == women[1]
