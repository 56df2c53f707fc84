"""Who takes part in an event: the subject of its trigger, and those it is with or by."""

from functools import cached_property

from ..names import Name
from .cast import Cast, may_be
from .partners import qualifies, with_whom
from .prose import Scope
from .status import unreal
from .subjects import Phrase, head, opening, subject
from .triggers import Trigger
from .wordlists import ARTICLES, AUXILIARIES, BODIES, JOINTS, OPENERS, PREPOSITIONS

_HE_OR_SHE = frozenset({"he", "she", "he's", "she's", "he'd", "she'd", "he'll", "she'll"})
_IT = frozenset({"it", "it's", "it'd", "it'll"})
_QUOTES = frozenset('"”»')
_POSSESSIVE = ("'s", "’s", "' ", "’ ")
# Kinds of events in which the subject of the sentence takes part: "opened it with the talks".
_SHARED = frozenset({"visit", "summit", "talks", "speech"})
# Nouns of what somebody does or meets with, who may follow "of".
_OF_PERSONS = frozenset(
    {
        "n.visit",
        "n.summit",
        "n.talks",
        "n.speech",
        "n.appointment",
        "n.death",
        "n.law",
        "n.ceremony",
    }
)
_AFTER_NAMES = (OPENERS - {"and"}) | PREPOSITIONS | AUXILIARIES | {"as"}
_ADDRESSED = frozenset({"demand", "invite"})  # groups of verbs whose object is to act
_JOINTS = (" and ", " and the ", ", ", ", and ")  # between names
_RELATIVE = frozenset({"who", "which", "that"})
_ANY_BODY = frozenset({"company", "firm", "group", "agency", "government", "organisation"})
_HANGING = PREPOSITIONS | OPENERS | {"to"}
_PLANNING = frozenset({"plan", "cancel", "postpone"})  # groups of verbs of events
_NO_VERBS = frozenset({"noun", "adjective"})
_NOT_FINITE = frozenset({"gerund", "infinitive", "reduced"})


class Clauses:
    """Finds the subjects of the triggers of one sentence, from left to right, as far as asked."""

    def __init__(self, scope: Scope, found: list[Trigger], cast: Cast) -> None:
        self.prose = scope.prose
        self.scope = scope
        self.found = found
        self.cast = cast
        self.begin = scope.first  # where the region of the next subject begins
        self.subject: tuple[str, ...] = ()  # of the last finite verb
        self.first: tuple[str, ...] = ()  # of the first finite verb that has one
        self.owner: tuple[str, ...] = ()  # of the last event noun
        self.awaited: Trigger | None = None  # "During his visit, Xi …": whose visit is told later
        self._subjects: list[tuple[str, ...]] = []
        self._phrases: dict[int, Phrase | None] = {}

    def phrase(self, order: int) -> Phrase | None:
        """Return the words of the subject of the trigger of that order."""
        if order not in self._phrases:
            self._phrases[order] = subject(self.scope, self.found, order)
        return self._phrases[order]

    def who(self, order: int) -> tuple[str, ...]:
        """Return who acts in the trigger of that order."""
        self._read_to(order)
        if self.awaited is self.found[order]:
            self._read_to(len(self.found) - 1)
            return self.first or self._subjects[order]
        return self._subjects[order]

    def subjects(self) -> list[str]:
        """Return all who act in the sentence."""
        self._read_to(len(self.found) - 1)
        return [actor for actors in self._subjects for actor in actors]

    def named(self, *kinds: str) -> list[str]:
        """Return the actors of some kinds that the sentence names."""
        return [name.canonical for _, name in self.scope.people if name.kind in kinds]

    @cached_property
    def opening(self) -> Phrase | None:
        """The words of the subject that the sentence opens with."""
        return opening(self.scope, self.found)

    def opener(self, order: int) -> str:
        """Return the word that opens the clause of the trigger of that order, "" for none."""
        verbs = (t.last for t in reversed(self.found[:order]) if t.tense not in _NO_VERBS)
        begin = next(verbs, self.scope.first)
        opener = self.prose.opener(begin, self.found[order].group_start)
        return self.prose.lower[opener] if opener >= 0 else ""

    def _read_to(self, order: int) -> None:
        for n in range(len(self._subjects), order + 1):
            self._subjects.append(self._who(n))

    def _who(self, order: int) -> tuple[str, ...]:
        """Return who acts, once that of the triggers before is known."""
        trigger, before = self.found[order], self.found[order - 1] if order else None
        tense = trigger.tense
        if tense == "noun":
            self.owner = self._owner(trigger, before)
            return self.owner
        if tense == "adjective":
            return ()
        found = (self._speaker(trigger) if tense == "past" else ()) or self._subject(order)
        if not found and tense == "reduced" and trigger.group_start == self.scope.first:
            self.awaited = trigger  # "Born in Lima, Ann Lee …"
        if tense == "infinitive" and before and before.reading.group in _ADDRESSED:
            found = self.with_whom(before, trigger.first) or found  # "invited Xi to visit"
        self.begin = trigger.last
        if found and tense not in _NOT_FINITE:
            self.subject = found
            self.first = self.first or found
        return found

    def _subject(self, order: int) -> tuple[str, ...]:
        lower, trigger = self.prose.lower, self.found[order]
        start = trigger.group_start
        before = lower[start - 1] if start > self.scope.first else ""
        opener = self.prose.opener(self.begin, start) if start > self.begin else -1
        if before in _HE_OR_SHE:
            return self._person(before, opener, start)
        if before in _IT:
            if self.subject and self.prose.kinds.get(self.subject[0]) != "person":
                return self.subject
            return (
                ()
                if self._is_a_plan(trigger) or self.cast.tells_of_a_thing
                else self.cast.body(self)
            )
        if before == "they" and (several := self._several()):
            return several
        if before in ("we", "i") and self.scope.is_quoting:
            return self.prose.speaker(self.prose.starts[start])
        if before in JOINTS and self.subject:
            return self.subject
        governor = self.found[order - 1] if order and trigger.tense == "infinitive" else None
        if governor and governor.last == start and governor.tense not in ("noun", "adjective"):
            return self._subjects[order - 1]  # "a ship, which is expected to arrive"
        if trigger.tense == "gerund" and "," in self.prose.gaps[start - 1]:
            return self._named(order, self.scope.first, start)  # "…, ending a dispute"
        low = max(self.begin, opener + 1)
        if low < start and lower[low] in PREPOSITIONS:
            low = self._after_comma(low, start)
        if low >= start:
            if before in _RELATIVE:
                return self._named(order, self.begin, start)
            return self.subject or self.owner
        if self.scope.people and (found := self._named(order, low, start)):
            return found
        if trigger.tense in _NOT_FINITE:
            return self.subject or self.owner
        region = lower[low:start]
        if pronoun := next((word for word in region if word in ("he", "she")), ""):
            return self._person(pronoun, opener, start)
        if before in BODIES and lower[start - 2] == "the":
            return self._body(before)
        if low > self.scope.first and "and" in (region[0], before):
            return self.subject
        if order and "," in self.prose.gaps[start - 1]:
            return self._named(order, self.scope.first, start)  # "Li, born in Lima, won"
        return ()

    def _is_a_plan(self, trigger: Trigger) -> bool:
        """Whether "it" is what has been spoken of before as planned: "it is expected in May"."""
        return trigger.passive and trigger.reading.group in _PLANNING

    def _body(self, word: str) -> tuple[str, ...]:
        """Return the body that "the bank" is: one so named, else the last, if it can be."""
        kind, kinds = BODIES[word], self.prose.kinds
        so_named = [name for name in kinds if word.capitalize() in name.split()]
        if so_named and kinds[so_named[-1]] == kind:
            return (so_named[-1],)
        body = self.cast.body(self)
        can_be = word in _ANY_BODY and body and kinds.get(body[0]) == kind
        return body if can_be else ()

    def _named(self, order: int, first: int, last: int) -> tuple[str, ...]:
        """Return who is named among words[first:last], after words quoted there if anybody is."""
        names = self.scope.actors(first, last)
        if not names:
            return ()
        if self.scope.is_quoting:
            gaps = self.prose.gaps
            marks = [i for i in range(first, last - 1) if not _QUOTES.isdisjoint(gaps[i])]
            if marks and (found := self._heads(self.scope.actors(marks[-1] + 1, last))):
                return found
        if len(names) == 1 and self._stands_alone(names[0], last):
            return (names[0].canonical,)
        phrase = self.phrase(order)
        if phrase is None:
            return self._heads(names) if self.prose.lower[last - 1] in _RELATIVE else ()
        return self._heads(self._within(order, phrase, first, last))

    def _stands_alone(self, name: Name, last: int) -> bool:
        """Whether a name stands right before words[last] and hangs on no noun before it."""
        prose = self.prose
        if prose.starts[last] - name.end != 1:
            return False
        first = prose.word_at(name.start) - len((name.title or "").split())
        return first == self.scope.first or prose.lower[first - 1] not in _HANGING

    def _within(self, order: int, phrase: Phrase, first: int, last: int) -> list[Name]:
        """Return whom a phrase names, or what is put between it and its verb at words[last]."""
        lower = self.prose.lower
        begin, end = phrase
        if lower[begin] in ARTICLES or lower[begin - 1] in ARTICLES or begin < first:
            first = begin
        if end < last and any(end <= t.first < last for t in self.found[:order]):
            last = end
        noun = head(self.scope, phrase)
        return [
            name
            for index, name in self.scope.people
            if first <= index < last and (name.kind == "person" or index <= noun or index >= end)
        ]

    def _person(self, pronoun: str, opener: int, start: int) -> tuple[str, ...]:
        """Return who "he" or "she" is: in "Kim said he …" the subject, else the last person."""
        inside = opener >= self.begin or self.begin >= start - 1
        if inside and self._is_person() and may_be(self.subject[0], pronoun):
            return self.subject
        if not self.subject and self.scope.people:
            named = self._people(start, pronoun)  # "It was Ann Lee's first win since she left"
            if named:
                return (named[-1],)
        return self.cast.person(self, pronoun)

    def _people(self, last: int, pronoun: str) -> list[str]:
        """Return the people whom the sentence names before words[last] and a pronoun may mean."""
        return [
            name.canonical
            for name in self.scope.actors(self.scope.first, last)
            if name.kind == "person" and may_be(name.canonical, pronoun)
        ]

    def _is_person(self) -> bool:
        return bool(self.subject) and self.prose.kinds.get(self.subject[0]) == "person"

    def _several(self) -> tuple[str, ...]:
        """Return who "they" are, if people who are named."""
        if not self.first:
            return self.cast.people(self)
        return self.subject if len(self.subject) > 1 and self._is_person() else ()

    def _after_comma(self, first: int, last: int) -> int:
        """Return where the words go on after the comma that ends a phrase, or `first`."""
        gaps = self.prose.gaps
        return next((i + 1 for i in range(first, last - 1) if "," in gaps[i]), first)

    def _speaker(self, trigger: Trigger) -> tuple[str, ...]:
        """Return the speaker who follows a verb of saying that follows his words: “…,” said Li."""
        reading = trigger.reading
        if reading.kind != "statement" or reading.lemma == "tell":
            return ()
        if trigger.group_start == self.scope.first:
            return ()
        prose, last = self.prose, trigger.last
        gap = prose.gaps[trigger.group_start - 1]
        if gap == " " or last >= self.scope.last or not any(mark in gap for mark in ",\"”’'"):
            return ()
        if prose.gaps[last - 1] != " " or not prose.words[last][0].isupper():
            return ()
        return self._heads(self.scope.actors(last, last + 8))

    def _owner(self, trigger: Trigger, before: Trigger | None) -> tuple[str, ...]:
        """Return whose event a noun names: "Kim's visit", "his visit"."""
        phrase = self.prose.lower[trigger.group_start : trigger.first]
        if owner := next((word for word in phrase if word in ("his", "her")), ""):
            if self.subject and may_be(self.subject[0], owner):
                return self.subject
            if named := self._people(trigger.first, owner):
                return (named[-1],)
            start = trigger.group_start
            if start > self.scope.first and self.prose.lower[start - 1] in PREPOSITIONS:
                self.awaited = self.awaited or trigger
            return self.cast.person(self, owner)
        if "its" in phrase:
            return self.subject or self.cast.body(self)
        text, begin = self.prose.text, self.prose.starts[trigger.group_start]
        names = self.scope.people and [
            name.canonical
            for name in self.scope.actors(trigger.group_start - 4, trigger.first)
            if name.end > begin and text[name.end : name.end + 2] in _POSSESSIVE
        ]
        if names:
            return (names[-1],)
        if trigger.reading.group in _OF_PERSONS and (who := self._whose(trigger.last)):
            return who
        if trigger.reading.kind not in _SHARED or (
            before and unreal(self.scope, before) is not None
        ):
            return ()  # "did not attend the summit"
        return self.subject

    def _whose(self, first: int) -> tuple[str, ...]:
        """Return the people after "of": "the nomination of the judge Ann Lee as minister"."""
        lower = self.prose.lower
        if first >= self.scope.last or lower[first] != "of":
            return ()
        last = first + 1
        while last < self.scope.last and lower[last] not in _AFTER_NAMES:
            last += 1
        people = [name for name in self.scope.actors(first, last) if name.kind == "person"]
        return tuple(dict.fromkeys(name.canonical for name in people))

    def _heads(self, names: list[Name]) -> tuple[str, ...]:
        """Return who a noun phrase speaks of: its people, else the first it names."""
        if not names:
            return ()
        text = self.prose.text
        names = [n for n in names if text[n.end : n.end + 2] not in _POSSESSIVE] or names
        names = [n for n in names if not qualifies(self.scope, n)]
        people = [name for name in names if name.kind == "person"][:3] or self._joined(names)
        return tuple(dict.fromkeys([name.canonical for name in people]))

    def _joined(self, names: list[Name]) -> list[Name]:
        """Return the first of some names and those joined to it: "Peru, Chile and Norlak"."""
        text, joined = self.prose.text, names[:1]
        for name in names[1:]:
            between = text[joined[-1].end : name.start]
            if between not in _JOINTS:
                break
            joined.append(name)
            if "and" in between:
                return joined
        return names[:1]

    def with_whom(self, trigger: Trigger, last: int) -> tuple[str, ...]:
        """Return the actors after a trigger in its clause, before words[last]."""
        return with_whom(self.scope, trigger, last)
