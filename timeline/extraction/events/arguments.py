"""Who takes part in an event: the arguments of its trigger, read from the tree of its sentence."""

from collections.abc import Iterable

from timeline.basis import Span

from .. import coreference, syntax
from ..decision import Decision
from ..document import Phrase, Sentence
from ..lexicon import words
from ..lexicon.verbs import Sense
from ..syntax import Token
from .triggers import Trigger

# Kinds of events in which the subject of the sentence takes part: "opened it with the talks".
_KINDS_OF_SUBJECT = frozenset({"visit", "summit", "talks", "speech"})
_PLANNING = frozenset({"plan", "cancel", "postpone"})  # groups of verbs of events
_ITS = frozenset({"its", "it"})
_OF_THINGS = frozenset({"make", "unveil", "begin"})  # groups of verbs
_WITH_THINGS = words("event_words", "gets things")  # and verbs
# Nouns of what is done by or to who follows "of", "by", "with" or "between".
_RESULTS = words("event_words", "result")
_TO_PERSONS = words("event_words", "to persons")
_TO_BODIES = words("event_words", "to bodies")
_ALONGSIDE = words("event_words", "alongside")
# Where an infinitive tells what the same people do: "agreed to buy Hult".
_LEADING = frozenset({"agree", "plan", "vote", "claim", "admit", "demand"})
# Groups of nouns of what happens to who follows "of".
_OF_PERSONS = frozenset({"n.visit", "n.summit", "n.talks", "n.speech", "n.appointment", "n.death"})
_OF_PERSONS |= {"n.law", "n.ceremony"}


class ArgumentFinder:
    """The arguments of the triggers of one sentence, found as far as asked."""

    def __init__(self, sentence: Sentence, found: list[Trigger]) -> None:
        self.doc = sentence.doc
        self.sentence = sentence
        self.found = found
        self._agents: dict[int, tuple[str, ...]] = {}

    def token(self, order: int) -> Token | None:
        """Return where the trigger of that order stands in the tree."""
        return self.sentence.token(self.found[order].first)

    def phrase(self, order: int) -> Phrase | None:
        """Return the words of the subject of the verb of that order."""
        token = self.token(order)
        head = syntax.subject(token) if token is not None else None
        return self.sentence.phrase(head) if head is not None else None

    def who(self, order: int) -> tuple[str, ...]:
        """Return who acts in the trigger of that order: the agents, of a passive its subject."""
        if order not in self._agents:
            self._agents[order] = ()  # where one asks for another in a circle
            self._agents[order] = self._who(order)
        return self._agents[order]

    def agents(self, order: int) -> Decision:
        """Decide who acts in the trigger of that order, with the rule and the words."""
        token, head = self.token(order), None
        if token is None:
            rule = "not in the tree"
        elif self.found[order].pos == "noun":
            head = token.child("poss")
            rule = "owner of the noun" if head else "of, by or governing verb of the noun"
        elif (head := syntax.subject(token)) is None:
            rule = "no subject"
        else:
            rule = "subject" if head in token.children else "subject of what it hangs on"
            rule += ", a pronoun" if head.pos == "PRON" else ""
        who = self.who(order)
        if head is not None and not who:
            is_pronoun = head.pos == "PRON"
            rule += "; nobody meant (coreference)" if is_pronoun else self._unnamed(head)
        words = syntax.noun_phrase(head) if head is not None else []
        start, end = (words[0].start, words[-1].end) if words else (0, 0)
        spans = (Span(self.doc.text[start:end], start, end),) if words else ()
        return Decision("agents", ", ".join(who), f"arguments: {rule}", spans)

    def _unnamed(self, head: Token) -> str:
        """Return why the head of a noun phrase is nobody: what names know of it."""
        name = self.sentence.name_at(head)
        return f"; a {name.kind} by {name.rule}" if name else "; no name known (names)"

    def _who(self, order: int) -> tuple[str, ...]:
        trigger, token = self.found[order], self.token(order)
        if token is None or trigger.pos == "adjective":
            return ()
        if trigger.pos == "noun":
            return self._owner(order, token)
        head = syntax.subject(token)
        if head is None or (head.lower in _ITS and trigger.sense.group in _PLANNING):
            return ()
        return self.actors(head) or self._whose(head)

    def _whose(self, noun: Token) -> tuple[str, ...]:
        """Return the body or country whose result a noun names: "Norlak's profit fell"."""
        if noun.lower not in _RESULTS:
            return ()
        of = next((p.child("pobj") for p in noun.all("prep") if p.lower == "of"), None)
        owner = noun.child("poss") or of
        return self.actors(owner) if owner is not None else ()

    def actors(self, head: Token) -> tuple[str, ...]:
        """Return the actors that a noun phrase names, those of the nouns joined to it included."""
        return coreference.actors(self.sentence, head)

    def _owner(self, order: int, noun: Token) -> tuple[str, ...]:
        """Return whose event a noun names: "Kim's visit", "his visit", "the arrest of Li"."""
        if owner := noun.child("poss"):
            return self.actors(owner)
        sense = self.found[order].sense
        if people := self._behind_by(noun, sense):
            return people
        names = (self.sentence.name_at(c) for c in noun.all("compound", "nmod"))
        name = next((name for name in names if name), None)
        if name is not None and name.kind == "person":
            return (name.canonical,)
        return self._shared(noun) if sense.kind in _KINDS_OF_SUBJECT else ()

    def _behind_by(self, noun: Token, sense: Sense) -> tuple[str, ...]:
        """Return who is named behind "by", or "of" where that is of persons: "the death of Li"."""
        by = next((p for p in noun.all("prep") if p.lower in ("by", "of")), None)
        if by is None or not (sense.group in _OF_PERSONS or by.lower == "by"):
            return ()
        pobj = by.child("pobj")
        people = self.actors(pobj) if pobj is not None else ()
        if by.lower == "by":
            return people
        return tuple(p for p in people if self.doc.kinds.get(p) == "person")

    def _shared(self, noun: Token) -> tuple[str, ...]:
        """Return the subject of the verb that governs a noun: "opened it with the talks"."""
        head = syntax.governor(noun)
        if head is None or any(c.dep == "neg" for c in head.children):
            return ()
        own = syntax.subject(head)
        return self.actors(own) if own is not None and own is not noun else ()

    def co_participants(self, order: int, last: int) -> tuple[str, ...]:
        """Return who else takes part in a trigger: its object, and who is behind "by", "with" …

        They stand before words[last].
        """
        token = self.token(order)
        if token is None:
            return ()
        end = self.doc.ends[last - 1]
        found = [
            actor
            for head in self._partners(order, token)
            if head.start < end
            for actor in self.actors(head)
        ]
        return tuple(dict.fromkeys(found))

    def _partners(self, order: int, token: Token) -> Iterable[Token]:
        sense = self.found[order].sense
        for child in token.children:
            if child.dep in ("dobj", "oprd", "attr", "dative") and child.is_noun:
                if not self._is_thing(child, sense):
                    yield child
                yield from _alongside(child)  # "signed a pact with Hult"
            elif child.dep in ("prep", "agent", "dative", "prt"):
                yield from self._behind(child, sense.kind)
            elif child.dep == "ccomp" and _is_small_clause(child):
                yield from child.all("nsubj")
            elif child.dep == "xcomp" and sense.group in _LEADING:
                yield from (*child.all("dobj"), *_alongside(child))

    def _behind(self, preposition: Token, kind: str) -> Iterable[Token]:
        word = preposition.lower
        for noun in preposition.all("pobj"):
            name = self.sentence.name_at(noun)
            of_person = name is not None and name.kind == "person" and word in _TO_PERSONS
            of_body = name is not None and name.kind == "organisation" and word in _TO_BODIES
            if word in _ALONGSIDE or of_person or (of_body and kind != "visit"):
                yield noun

    def _is_thing(self, noun: Token, sense: Sense) -> bool:
        """Whether an object takes no part: a place gone to, something made, shown or won."""
        name = self.sentence.name_at(noun)
        if name is None or name.kind == "person":
            return False
        return (name.kind == "country" and sense.kind == "visit") or (
            sense.group in _OF_THINGS or sense.lemma in _WITH_THINGS
        )


def _alongside(token: Token) -> Iterable[Token]:
    for preposition in token.all("prep", "agent"):
        if preposition.lower in _ALONGSIDE:
            yield from preposition.all("pobj")


def _is_small_clause(clause: Token) -> bool:
    """Whether the subject of a clause is an object too: "asked Li to go", "found Li guilty"."""
    to = clause.child("aux")
    return not clause.is_verb or (clause.tag == "VB" and to is not None and to.lower == "to")
