"""What an article says where a word names an event, before it is decided what is an event of it."""

from functools import cached_property

from ..document import Document
from ..syntax import Token
from ..times import Time
from .arguments import ArgumentFinder
from .status import UNREAL, State, status
from .triggers import SAYING, Trigger

MEETINGS = frozenset({"visit", "summit", "talks"})
CALLED_OFF = frozenset({"cancelled", "postponed"})
_SAID_FOR_SURE = CALLED_OFF | {UNREAL}
_TO_COME = frozenset({"planned", "expected", "possible", "cancelled", "postponed"})
MERELY_SAYING = frozenset({"say", "claim"})  # groups of verbs
_TOLD = frozenset({"past", "pluperfect", "perfect", "reduced"})
_TO_A_DAY = frozenset({"until", "till", "to", "for"})
_REACH = 14  # words from a noun to the one joined to it


class EventCandidate:
    """One trigger in its sentence.

    What the sentence says of it is read when first asked for: an article has some seventy
    candidates and tells of fifteen events. A candidate refers to none after it, so that all are let
    go without the garbage collector.
    """

    # Of a verb that leaves it to this noun to name the event, and is folded into it:
    verb: "EventCandidate | None" = None  # where it stands before the noun
    predicate: "EventCandidate | None" = None  # or where it says what the noun did
    said = State("occurred")  # its state
    aspect = ""  # begin or end
    plan: "EventCandidate | None" = None  # told before it, of which it says what became
    ends: "EventCandidate | None" = None  # what was planned of it, or what it puts an end to
    has_ended = False  # whether it put an end to its time: "the truce that ended the 1901-04 war"
    edtf: str | None = None
    source: Time | None = None  # the time that its date comes from
    reason = ""  # a link or a rule of `basis`, "own" where its own words date it, "" until dated
    counted: tuple[str, Time | None] | None = None  # a link of `basis`, and the length counted
    score = 0.0  # the probability that a reader would put it on a timeline

    def __init__(
        self,
        arguments: ArgumentFinder,
        order: int,
        before: "EventCandidate | None",
        quoted: bool,
        time: Time | None,
    ) -> None:
        self.arguments = arguments
        self.sentence = arguments.sentence
        self.order = order  # among the triggers of the sentence
        self.trigger: Trigger = arguments.found[order]
        self.tense = self.trigger.tense  # or of a verb folded into it
        self.before = before  # the candidate before it in the sentence
        self.quoted = quoted
        self.time = time  # the time that its clause states

    @cached_property
    def token(self) -> Token | None:
        """Where its trigger stands in the tree of the sentence."""
        return self.sentence.token(self.trigger.first)

    @cached_property
    def subordinator(self) -> str:
        """The word that opens its clause: "", that, which, when, since …"""
        return self.arguments.subordinator(self.order)

    @cached_property
    def who(self) -> tuple[str, ...]:
        """Who acts."""
        who = self.arguments.who(self.order)
        if not who and (joint := self._joint()) and joint.to_come:
            who = joint.who
        if not who and self.verb is not None and self.trigger.sense.kind != "war":
            who = self.verb.who
        if not who and self.ends is not None:
            who = self.ends.who
        return who

    @cached_property
    def state(self) -> State:
        """The status and the words that decided it."""
        if self.has_ended or self.said.status in _SAID_FOR_SURE:
            return self.said
        if self.predicate is not None:
            return self.predicate.state
        before = self.arguments.found[self.order - 1] if self.order else None
        found = status(self.sentence, self.trigger, before)
        if (joint := self._joint()) and joint.to_come:
            found = joint.state
        return self.said if found.status == "occurred" and self.said.words else found

    @property
    def status(self) -> str:
        return self.state.status

    def _joint(self) -> "EventCandidate | None":
        """Return the noun that hangs on the same verb: "bring about a summit and trip to Oslo"."""
        first = self
        doc = self.sentence.doc
        while (other := first.before) is not None and _join(doc, other.trigger, first.trigger):
            first = other
        return first if first is not self else None

    @property
    def to_come(self) -> bool:
        """Whether it is of something that has not happened: a plan, or one called off."""
        return self.status in _TO_COME

    @property
    def is_unreal(self) -> bool:
        """Whether it has not happened: denied, refused, imagined."""
        return self.status == UNREAL

    @property
    def end(self) -> int:
        """The index of the first word whose actors and places are no more of it.

        That is where its sentence ends, or a noun with places of its own begins: the summit of
        "praised a summit with Li and a trip to Oslo" is not in Oslo, nor was it praised there.
        """
        found, after = self.arguments.found, self.order + 1
        if after == len(found) or found[after].tense != "noun":
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
        times = [time for time in self.sentence.times if last < time.first < last + _REACH]
        return next((time.what for time in times if lower[time.first - 1] in _TO_A_DAY), None)

    def words(self) -> str:
        """Return the words that name it, as they are printed."""
        doc, trigger = self.sentence.doc, self.trigger
        return doc.text[doc.starts[trigger.first] : doc.ends[trigger.last - 1]]

    @property
    def says(self) -> bool:
        """Whether it is somebody's words."""
        return self.trigger.sense.kind in SAYING

    @property
    def is_hearsay(self) -> bool:
        """Whether nobody that is named says something: "officials said"."""
        return self.trigger.sense.group in MERELY_SAYING and not self.who

    @property
    def is_cited(self) -> bool:
        """Whether it is a noun that stands as an example: "as shown in the return of Ann Lee"."""
        if self.trigger.tense != "noun":
            return False
        first = self._joint() or self
        verb = first.arguments.found[first.order - 1]
        lower = self.sentence.doc.lower
        return (
            first.order > 0
            and verb.tense == "adjective"
            and verb.last == first.trigger.phrase_start - 1
            and lower[verb.first - 1] == "as"
        )

    @property
    def is_aside(self) -> bool:
        """Whether it is put between commas, with a time of its own: "Li, born in Lima in 1952,"."""
        trigger, gaps = self.trigger, self.sentence.doc.gaps
        start = trigger.phrase_start
        if trigger.tense == "reduced":
            return start == self.sentence.first or "," in gaps[start]
        return self.sentence.doc.lower[start - 1] in ("who", "which") and "," in gaps[start - 1]

    @property
    def is_background(self) -> bool:
        """Whether it only tells who somebody is, at a time of its own: "Li, born in Lima, won"."""
        if self.time is not None or self.tense not in _TOLD:
            return False
        return self.trigger.sense.lemma == "bear" or self.is_aside

    @property
    def is_habit(self) -> bool:
        """Whether it holds at any time: "Norlak makes sensors"."""
        trigger = self.trigger
        is_present = trigger.tense == "present" and not trigger.passive and self.time is None
        return is_present and not self.says and trigger.sense.kind not in MEETINGS

    @property
    def is_meeting(self) -> bool:
        """Whether it is of a visit or of talks in a sentence that names somebody."""
        trigger = self.trigger
        return trigger.sense.kind in MEETINGS and bool(self.sentence.names) and not trigger.negated

    @property
    def is_planned_meeting(self) -> bool:
        return self.is_meeting and self.to_come

    def date_as(self, other: "EventCandidate") -> None:
        """Give it the date of another candidate."""
        self.source, self.edtf, self.counted = other.source, other.edtf, other.counted


def _join(doc: Document, first: Trigger, second: Trigger) -> bool:
    """Whether two nouns are joined by "and", with no comma between them."""
    if first.tense != "noun" or second.tense != "noun":
        return False
    joint = "and" in doc.lower[second.first - 2 : second.first]
    between = doc.gaps[first.first + 1 : second.first + 1]
    return joint and len(between) <= _REACH and not any("," in gap for gap in between)
