"""What an article says where a word names an event, before it is decided what is an event of it."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from timeline.basis import Span

from .. import syntax
from ..decision import Decision
from ..document import Document, Sentence
from ..lexicon import words
from ..lexicon.classes import CLAUSE_OPENERS
from ..syntax import Token
from ..times import Time
from .arguments import ArgumentFinder
from .status import OCCURRED, Factuality, State, status
from .time_attachment import ACCUSING
from .triggers import SAYING, Trigger

MEETINGS = frozenset({"visit", "summit", "talks"})
CALLED_OFF = frozenset({"cancelled", "postponed"})
_TO_COME = frozenset({"planned", "expected", "possible", "cancelled", "postponed"})
MERELY_SAYING = frozenset({"say", "claim"})  # groups of verbs
_PAST_FORMS = frozenset({"past", "pluperfect", "perfect", "participle"})
_ADDING = frozenset({"acl", "advcl"})  # relations of clauses
UNITS = words("event_words", "unit of time")
_HARD = words("event_words", "hard")
_HAPPENED_THEN = words("event_words", "happened then")
_TO_A_DAY = words("event_words", "to a day")
_MAX_WORDS_APART = 14  # words from a noun to the one joined to it


@dataclass(frozen=True, eq=False)
class ResolvedDate:
    """A date with how it was found.

    `reason` is a link or a rule of `basis`, "own" where the candidate's own words date it;
    `source` is the time that the date comes from, `counted` a link and the length counted.
    """

    edtf: str | None
    reason: str
    source: Time | None = None
    counted: tuple[str, Time | None] | None = None

    @property
    def is_of_another_sentence(self) -> bool:
        return self.reason in ("in-focus", "lead")


@dataclass(frozen=True, eq=False)
class EventCandidate:
    """One trigger in its sentence; what stages decide of it makes a new one.

    What its words say is worked out when first asked for: an article has some seventy candidates
    and tells of fifteen events. A candidate refers to none after it in the text.
    """

    arguments: ArgumentFinder
    order: int  # among the triggers of the sentence
    before: "EventCandidate | None"  # in the sentence
    is_quoted: bool
    time: Time | None  # the time that its clause states
    form: str  # of its trigger, or of a verb merged into it
    # Of a verb that leaves it to this noun to name the event, and is merged into it:
    verb: "EventCandidate | None" = None  # where it stands before the noun
    predicate: "EventCandidate | None" = None  # or where it says what the noun did
    said: State = OCCURRED  # its state
    aspect: str = ""  # begin or end
    plan: "EventCandidate | None" = None  # told before it, of which it says what became
    ends: "EventCandidate | None" = None  # what was planned of it, or what it puts an end to
    has_ended: bool = False  # whether it ended its time: "the truce that ended the 1901-04 war"
    outcome: State | None = None  # its state where a later stage knows better than its words
    date: ResolvedDate | None = None
    salience: float = 0.0  # the probability that a reader would put it on a timeline
    decisions: tuple[Decision, ...] = ()  # of the stages, in their order

    def decided(self, decision: Decision, **changes: Any) -> "EventCandidate":
        """Return it as a stage that knows better decides it."""
        return replace(self, decisions=(*self.decisions, decision), **changes)

    @property
    def sentence(self) -> Sentence:
        return self.arguments.sentence

    @property
    def trigger(self) -> Trigger:
        return self.arguments.found[self.order]

    @property
    def shape(self) -> str:
        """Its form, "noun" where no verb was merged into its noun."""
        return self.form or "noun"

    @property
    def edtf(self) -> str | None:
        return self.date.edtf if self.date else None

    @property
    def span(self) -> Span:
        """The words that name it, as they are printed."""
        return self.words_at(self.trigger.first, self.trigger.last)

    def words_at(self, first: int, last: int) -> Span:
        """Return words[first:last] of its document as a span."""
        doc = self.sentence.doc
        return Span(doc.words_between(first, last), doc.starts[first], doc.ends[last - 1])

    @cached_property
    def token(self) -> Token | None:
        """Where its trigger stands in the tree of the sentence."""
        return self.sentence.token(self.trigger.first)

    @cached_property
    def subordinator(self) -> str:
        """The word that opens its clause: "", that, which, when, since …"""
        before = self.arguments.found[: self.order]
        begin = next((t.last for t in reversed(before) if t.pos == "verb"), self.sentence.first)
        words = self.sentence.doc.lower[begin : self.trigger.phrase_start]
        return next((word for word in reversed(words) if word in CLAUSE_OPENERS), "")

    @cached_property
    def who(self) -> tuple[str, ...]:
        """Who acts."""
        who = self.arguments.who(self.order)
        if not who and (conjunct := self._conjunct()) and conjunct.to_come:
            who = conjunct.who
        if not who and self.verb is not None and self.trigger.sense.kind != "war":
            who = self.verb.who
        if not who and self.ends is not None:
            who = self.ends.who
        return who

    @cached_property
    def state(self) -> State:
        """The status and the words that decided it."""
        if self.outcome is not None:
            return self.outcome
        if self.has_ended or self.said.is_nonfactual or self.said.status in CALLED_OFF:
            return self.said
        if self.predicate is not None:
            return self.predicate.state
        before = self.arguments.found[self.order - 1] if self.order else None
        found = status(self.sentence, self.trigger, before)
        if (conjunct := self._conjunct()) and conjunct.to_come:
            found = conjunct.state
        return self.said if found.is_plain and self.said.words else found

    @property
    def status(self) -> str:
        return self.state.status

    @property
    def factuality(self) -> Factuality:
        """Whether the text says that it is the case."""
        text = self.sentence.doc.text
        if self.state.factuality != Factuality.ASSERTED:
            return self.state.factuality
        if self.is_generic:
            return Factuality.HABITUAL
        if text[self.sentence.span.end - 1] == "?":
            return Factuality.ASKED
        if self.is_alleged:
            return Factuality.ATTRIBUTED
        if self.subordinator == "if" or self._is_joined_to_if():
            return Factuality.CONDITIONAL
        is_said = self.token is not None and self.token.dep == "ccomp"
        return Factuality.ATTRIBUTED if is_said else Factuality.ASSERTED

    def _is_joined_to_if(self) -> bool:
        """Whether it goes on with a clause under "if": "if he were indicted and convicted"."""
        over = self.token.head if self.token is not None and self.token.dep == "conj" else None
        if over is not None and over.dep == "conj":
            over = over.head
        mark = over.child("mark") if over is not None else None
        return mark is not None and mark.lower == "if"

    def is_about(self, noun: "EventCandidate") -> bool:
        """Whether its verb has a noun as its subject: "a meeting, set for May, was called off"."""
        phrase = self.arguments.phrase(self.order)
        return phrase is not None and phrase.head == noun.trigger.first

    def _conjunct(self) -> "EventCandidate | None":
        """Return the noun that hangs on the same verb: "bring about a summit and trip to Oslo"."""
        other = self.before
        if other is None or not _join(self.sentence.doc, other.trigger, self.trigger):
            return None
        return other._conjunct() or other

    @property
    def to_come(self) -> bool:
        """Whether it is of something that has not happened: a plan, or one called off."""
        return self.status in _TO_COME

    @property
    def is_nonfactual(self) -> bool:
        """Whether it has not happened: denied, refused, imagined."""
        return self.state.is_nonfactual

    @property
    def end(self) -> int:
        """The index of the first word whose actors and places are no more of it.

        That is where its sentence ends, or a noun with places of its own begins: the summit of
        "praised a summit with Li and a trip to Oslo" is not in Oslo, nor was it praised there.
        """
        found, after = self.arguments.found, self.order + 1
        if after == len(found) or found[after].pos != "noun":
            return self.sentence.last
        has_its_own = self.says or _join(self.sentence.doc, self.trigger, found[after])
        return found[after].phrase_start if has_its_own else self.sentence.last

    def lasts(self, side: str) -> bool:
        """Whether its time stands after `side`, "since" or "until": "has ruled since 1994"."""
        if self.time is None:
            return False
        doc, length = self.sentence.doc, len(side) + 1
        return side in doc.text[max(0, self.time.start - length) : self.time.end].lower()

    def put_off_until(self) -> Time | None:
        """Return the new day of what it puts off: "delayed until May"."""
        if not self.sentence.times or self.status != "postponed":
            return None
        lower, last = self.sentence.doc.lower, self.trigger.last
        times = [
            time for time in self.sentence.times if last < time.first < last + _MAX_WORDS_APART
        ]
        return next((time.what for time in times if lower[time.first - 1] in _TO_A_DAY), None)

    @property
    def says(self) -> bool:
        """Whether it is somebody's words."""
        return self.trigger.sense.kind in SAYING

    @property
    def is_unattributed(self) -> bool:
        """Whether nobody that is named says something: "officials said"."""
        return self.trigger.sense.group in MERELY_SAYING and not self.who

    @property
    def is_cited(self) -> bool:
        """Whether it is a noun that stands as an example: "as shown in the return of Ann Lee"."""
        if self.trigger.pos != "noun" or self.token is None:
            return False
        over = syntax.governor(self.token)
        mark = over.child("mark", "advmod") if over is not None and over.tag == "VBN" else None
        return mark is not None and mark.lower == "as"

    @property
    def is_aside(self) -> bool:
        """Whether it is put between commas, with a time of its own: "Li, born in Lima in 1952,"."""
        trigger, gaps = self.trigger, self.sentence.doc.space_before
        start = trigger.phrase_start
        if trigger.shape == "participle":
            return start == self.sentence.first or "," in gaps[start]
        return self.sentence.doc.lower[start - 1] in ("who", "which") and "," in gaps[start - 1]

    @property
    def is_background(self) -> bool:
        """Whether it only tells who somebody is, at a time of its own: "Li, born in Lima, won"."""
        if self.time is not None or self.shape not in _PAST_FORMS:
            return False
        return self.trigger.sense.lemma == "bear" or self.is_aside

    @property
    def is_beside(self) -> bool:
        """Whether it tells of no day of its own, in a clause that only adds to the main one."""
        if self.time is not None or self.token is None or self.token.dep not in _ADDING:
            return False
        marks = self.token.all("mark", "npadvmod", "advmod")
        return not any(t.lower in UNITS for mark in marks for t in mark.subtree())  # "a day after"

    @property
    def is_alleged(self) -> bool:
        """Whether somebody is only accused of it: "is suspected of selling secrets"."""
        if self.token is None or self.token.dep != "pcomp":
            return False
        over = (
            t for t in self.token.ancestors() if t.is_verb and t.dep != "prep"
        )  # "including by"
        return any(verb.lemma in ACCUSING for verb in islice(over, 1))

    @property
    def is_of_a_time(self) -> bool:
        """Whether it only tells that a time began or ended: "the quarter, which ended in May"."""
        subject = syntax.subject(self.token) if self.token is not None else None
        if subject is None or self.trigger.sense.group not in ("begin", "end"):
            return False
        return subject.lower in UNITS or self.sentence.time_at(subject)

    @property
    def is_purpose(self) -> bool:
        """Whether it tells only what for something is done: "hired people to meet demand"."""
        token = self.token
        if token is None or token.head is None or self.time is not None:
            return False
        if self.shape == "infinitive":  # "it is hard to leave"
            hard = token.head.child("acomp") or token.head
            return token.dep == "advcl" or hard.lower in _HARD
        is_gerund = self.shape == "gerund" and token.dep == "pcomp"
        return is_gerund and token.head.lower not in _HAPPENED_THEN  # "in terms of leaving"

    @property
    def is_generic(self) -> bool:
        """Whether it holds at any time: "Norlak makes sensors"."""
        trigger = self.trigger
        is_present = trigger.shape == "present" and not trigger.is_passive and self.time is None
        return is_present and not self.says and trigger.sense.kind not in MEETINGS

    @property
    def is_meeting(self) -> bool:
        """Whether it is of a visit or of talks in a sentence that names somebody."""
        trigger = self.trigger
        return (
            trigger.sense.kind in MEETINGS and bool(self.sentence.names) and not trigger.is_negated
        )

    @property
    def is_planned_meeting(self) -> bool:
        return self.is_meeting and self.to_come


def with_latest(
    candidates: list[EventCandidate], latest: dict[int, EventCandidate]
) -> list[EventCandidate]:
    """Return candidates of one sentence that refer to the latest of those before them, by order."""
    known: dict[int, EventCandidate] = {}
    for candidate in candidates:
        newest = latest.get(candidate.order, candidate)
        if (old := newest.before) is not None and (new := known.get(old.order, old)) is not old:
            newest = replace(newest, before=new)
        known[newest.order] = newest
    return list(known.values())


def _join(doc: Document, first: Trigger, second: Trigger) -> bool:
    """Whether two nouns are joined by "and", with no comma between them."""
    if first.pos != "noun" or second.pos != "noun":
        return False
    is_joined = "and" in doc.lower[second.first - 2 : second.first]
    between = doc.space_before[first.first + 1 : second.first + 1]
    return is_joined and len(between) <= _MAX_WORDS_APART and not any("," in gap for gap in between)
