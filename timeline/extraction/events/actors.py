"""Who takes part in an event: the subject of its trigger, and those it is with or by."""

from ..names import Name
from .forms import VERBS
from .prose import Scope
from .status import unreal
from .subjects import Phrase, head, subject
from .triggers import FINITE, Trigger
from .wordlists import AFTER_NOUN, ARTICLES, AUXILIARIES, BODIES, JOINTS, OPENERS, PREPOSITIONS

_HE_OR_SHE = frozenset({"he", "she", "he's", "she's", "he'd", "she'd", "he'll", "she'll"})
_IT = frozenset({"it", "it's", "it'd", "it'll"})
_QUOTES = frozenset('"”»')
_POSSESSIVE = ("'s", "’s", "' ", "’ ")
_NEXT_CLAUSE = (OPENERS - {"and"}) | (AUXILIARIES - {"to"})
_REACH = 12
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
# After these a name is of where or about what something happens, not of who takes part.
_WHERE = frozenset({"in", "at", "near", "into", "across", "over", "about", "outside"})
_WHERE_TO = _WHERE | {"to", "from", "on", "through"}
_ANY_BODY = frozenset({"company", "firm", "group", "agency", "government", "organisation"})
_HANGING = PREPOSITIONS | OPENERS | {"to"}
_PLANNING = frozenset({"plan", "cancel", "postpone"})  # groups of verbs of events
_NOT_FINITE = frozenset({"gerund", "infinitive", "reduced"})


class Cast:
    """The actors last spoken of, for "he", "she", "it" and "the company", found when asked for."""

    def __init__(self) -> None:
        self._known: dict[bool, tuple[str, ...]] = {True: (), False: ()}  # whether a person
        self._unread: dict[bool, list[Clauses]] = {True: [], False: []}
        self.last: Clauses | None = None  # of the sentence before

    def see(self, clauses: "Clauses") -> None:
        """Take note of a sentence that has been told."""
        self.last = clauses
        if clauses.scope.people:
            self._unread[True].append(clauses)
            self._unread[False].append(clauses)

    def forget(self) -> None:
        """Let go of the sentences, which refer back: no circle is left to the garbage collector."""
        self._unread.clear()
        self.last = None

    @property
    def person(self) -> tuple[str, ...]:
        return self._last(person=True)

    @property
    def body(self) -> tuple[str, ...]:
        return self._last(person=False)

    @property
    def tells_of_a_thing(self) -> bool:
        """Whether the sentence before is about something without a name: "The storm hit Lima"."""
        last = self.last
        orders = [n for n, t in enumerate(last.found) if t.tense in FINITE] if last else []
        phrase = last.phrase(orders[0]) if orders else None
        if phrase is None or last.prose.lower[phrase[1] - 1] in BODIES:
            return False
        about = last.prose.starts[head(last.scope, phrase)]
        return not any(name.start <= about < name.end for _, name in last.scope.people)

    def _last(self, person: bool) -> tuple[str, ...]:
        unread, self._unread[person] = self._unread[person], []
        self._known[person] = _spoken_of(unread, person) or self._known[person]
        return self._known[person]


def _spoken_of(told: "list[Clauses]", person: bool) -> tuple[str, ...]:
    """Return the person, or the body, of the last sentence that names one: a subject if it can."""
    for clauses in reversed(told):
        named = [n.canonical for _, n in clauses.scope.people if (n.kind == "person") is person]
        if named:
            acting = clauses.subjects() if len(named) > 1 else []
            return (next(actor for actor in acting + named if actor in named),)
    return ()


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
        self._begins: list[int] = []
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

    def opener(self, order: int) -> str:
        """Return the word that opens the clause of the trigger of that order, "" for none."""
        self._read_to(order)
        opener = self.prose.opener(self._begins[order], self.found[order].group_start)
        return self.prose.lower[opener] if opener >= 0 else ""

    def _read_to(self, order: int) -> None:
        for n in range(len(self._subjects), order + 1):
            self._begins.append(self.begin)
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
            return self._person(opener, start)
        if before in _IT:
            if self.subject and self.prose.kinds.get(self.subject[0]) != "person":
                return self.subject
            return () if self._is_a_plan(trigger) or self.cast.tells_of_a_thing else self.cast.body
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
            if before in ("who", "which", "that"):
                return self._named(order, self.begin, start)
            return self.subject or self.owner
        if self.scope.people and (found := self._named(order, low, start)):
            return found
        if trigger.tense in _NOT_FINITE:
            return self.subject or self.owner
        region = lower[low:start]
        if "he" in region or "she" in region:
            return self._person(opener, start)
        if before in BODIES and lower[start - 2] == "the":
            return self._body(before)
        if low > self.scope.first and "and" in (region[0], before):
            return self.subject
        is_after = order and self.found[order - 1].tense == "reduced"
        if is_after and not self.subject and "," in self.prose.gaps[start - 1]:
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
        body = self.cast.body
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
            return self._heads(names)
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

    def _person(self, opener: int, start: int) -> tuple[str, ...]:
        """Return who "he" or "she" is: in "Kim said he …" the subject, else the last person."""
        inside = opener >= self.begin or self.begin >= start - 1
        if inside and self.subject and self.prose.kinds.get(self.subject[0]) == "person":
            return self.subject
        return self.cast.person

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
        if "his" in phrase or "her" in phrase:
            if self.subject:
                return self.subject
            named = [
                n for n in self.scope.actors(self.scope.first, trigger.first) if n.kind == "person"
            ]
            if named:
                return (named[-1].canonical,)
            start = trigger.group_start
            if start > self.scope.first and self.prose.lower[start - 1] in PREPOSITIONS:
                self.awaited = self.awaited or trigger
            return self.cast.person
        if "its" in phrase:
            return self.subject or self.cast.body
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
        if trigger.reading.kind not in _SHARED or (before and unreal(self.scope, before)):
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
        names = [n for n in names if not self._qualifies(n)]
        people = [name.canonical for name in names if name.kind == "person"]
        if len(people) == 1:
            return (people[0],)
        return tuple(dict.fromkeys(people[:3] or [name.canonical for name in names[:1]]))

    def _qualifies(self, name: Name) -> bool:
        """Whether a name qualifies the noun beside it: "U.S. officials", "friends of Ann Lee"."""
        prose = self.prose
        if name.kind == "person":
            index = prose.word_at(name.start)
            return index > self.scope.first and prose.lower[index - 1] == "of"
        index = prose.word_at(name.end)
        if index >= self.scope.last or prose.text[name.end : prose.starts[index]] not in (
            " ",
            ". ",
        ):
            return False
        after = prose.lower[index]
        return not (
            after in AFTER_NOUN
            or after in VERBS
            or after.endswith(("ed", "ly"))
            or prose.words[index][0].isupper()
        )

    def with_whom(self, trigger: Trigger, last: int) -> tuple[str, ...]:
        """Return the actors after a trigger in its clause: object, "by", "with", "between".

        They stand before words[last].
        """
        begin, last = trigger.last, min(last, trigger.last + _REACH)
        named = [index for index, _ in self.scope.people if begin <= index < last]
        if not named:
            return ()
        lower, gaps = self.prose.lower, self.prose.gaps
        for end in range(begin, named[-1] + 1):
            if lower[end] in _NEXT_CLAUSE:
                break
            if end > begin and gaps[end - 1] != " " and gaps[end - 1].strip(" '’-.\"“”\n"):
                break
        else:
            end = last
        names = [
            name
            for index, name in self.scope.people
            if begin <= index < end
            and lower[index - 1] not in (_WHERE_TO if name.kind == "country" else _WHERE)
        ]
        taking_part = [n.canonical for n in names if n.kind == "person" or not self._qualifies(n)]
        return tuple(dict.fromkeys(taking_part))
