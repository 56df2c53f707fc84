"""Status and factuality of an event, by the form of its trigger and the words that govern it."""

from enum import StrEnum
from typing import NamedTuple

from ..document import Document, Sentence
from ..lexicon import rows, words
from ..lexicon.classes import ARTICLES, AUXILIARIES, MODALS, NEGATIONS, OPENERS, PREPOSITIONS, WILL
from .triggers import Trigger

_BEFORE, _AFTER = 6, 7
# After these an infinitive is what somebody wants, not what happened: "vowed to go".
_WANTED = frozenset({"demand", "invite", "plan", "say", "claim", "admit", "state", "agree", "vote"})
_CALLED_OFF = {"cancel": "cancelled", "postpone": "postponed"}
_ADJECTIVES = words("event_words", "adjective of time")  # which may be nouns
# Words behind which a clause stands of its own.
_BARRIERS = words("event_words", "barrier")
_PARTICLES = words("event_words", "particle of set")  # "the court was set up"
_FINITE_PAST = frozenset({"past", "perfect", "pluperfect"})
_FORMS_BEFORE_INFINITIVE = frozenset({"past", "perfect", "pluperfect", "participle", "gerund"})


type Words = tuple[int, int]  # by index, end-exclusive


class Factuality(StrEnum):
    """Whether a text says that something is the case (Saurí and Pustejovsky, 2009, simplified)."""

    ASSERTED = "asserted"
    NEGATED = "negated"  # denied, refused or said not to have been
    IMAGINED = "imagined"  # "would have met"
    ASKED = "asked"
    CONDITIONAL = "conditional"  # "if the talks fail"
    HABITUAL = "habitual"  # true at any time: "makes sensors"
    ATTRIBUTED = "attributed"  # by the text to somebody who says it


class State(NamedTuple):
    """A status with its factuality, the rule that gave them and the words that they rest on.

    `rule` is a key of `basis.STATUS_RULES`.
    """

    status: str
    rule: str = "told"
    words: Words | None = None
    factuality: Factuality = Factuality.ASSERTED

    @property
    def is_nonfactual(self) -> bool:
        """Whether it has not happened: denied, refused, imagined."""
        return self.factuality in (Factuality.NEGATED, Factuality.IMAGINED)

    @property
    def is_plain(self) -> bool:
        """Whether it is told as having happened."""
        return self.status == "occurred" and not self.is_nonfactual


OCCURRED = State("occurred")


def _by(cue: str, index: int) -> State:
    """The state that one word gives, a status or a factuality."""
    words = index, index + 1
    if cue == Factuality.NEGATED:
        return State("occurred", "cue", words, Factuality.NEGATED)
    return State(cue, "cue", words)


def _load(side: str) -> dict[str, str]:
    """Return {form: status} of the words that stand on one side of a trigger."""
    return {
        form: status
        for status, sides, forms, _ in rows("status")
        for form in forms.split()
        if side in sides.split(",")
    }


LEFT, RIGHT = _load("before"), _load("after")
_NEXT, _THAT = _load("next"), _load("that")
# What is said to have been, and what is denied: "reports that he left were denied".
_RUMOURS = words("event_words", "rumour")
_FALSE = words("event_words", "false") | {
    word for word, found in _THAT.items() if found == Factuality.NEGATED
}
_NOT_DONE = words("event_words", "not done")
_IN_NO_PHRASE = PREPOSITIONS | ARTICLES - {"no"} | OPENERS
_NONE = words("event_words", "nobody")


def status(sentence: Sentence, trigger: Trigger, before: Trigger | None) -> State:
    """Return the status of what `trigger` names and the words that decided it.

    `before` is the trigger that stands before it in its sentence.
    """
    lower = sentence.doc.lower
    word = lower[trigger.first]
    group, shape = trigger.sense.group, trigger.shape
    own = trigger.first, trigger.last
    if (denied := _denied(sentence, trigger, before)) is not None:
        return _by(Factuality.NEGATED, denied)
    if (imagined := _imagined(sentence, trigger)) is not None:
        return State("occurred", "cue", (imagined, imagined + 1), Factuality.IMAGINED)
    if group in _CALLED_OFF and shape not in ("future", "modal", "infinitive"):
        return State(_CALLED_OFF[group], "cue", own)
    if group == "plan" and trigger.is_passive and word in LEFT:
        return State(LEFT[word], "cue", own)
    if governed := _governed(sentence, trigger):
        return governed
    if shape == "noun":
        return _of_noun(sentence, trigger)
    if shape in ("future", "modal"):
        modal = next((i for i in _group(trigger) if lower[i] in MODALS), trigger.first)
        guessed = shape == "modal" or lower[modal : modal + 2] == ["must", "have"]
        return _by("possible", modal) if guessed else _hoped(sentence, modal)
    if shape == "progressive":
        return State("ongoing", "under-way", (trigger.phrase_start, trigger.last))
    is_bare = lower[trigger.phrase_start] == "to"  # not "was to arrive"
    if shape == "infinitive" and not (is_bare and _implied(trigger, before)):
        return State("planned", "cue", (trigger.phrase_start, trigger.last))
    return State("occurred", "told", own)


def _group(trigger: Trigger) -> range:
    """Return the indexes of the auxiliaries of a verb."""
    return range(trigger.phrase_start, trigger.first)


def _implied(trigger: Trigger, before: Trigger | None) -> bool:
    """Whether an infinitive happened with the verb it hangs on: "were forced to walk"."""
    return (
        before is not None
        and before.shape in _FORMS_BEFORE_INFINITIVE
        and before.sense.group not in _WANTED
        and trigger.phrase_start - before.last <= _BEFORE
    )


def _imagined(sentence: Sentence, trigger: Trigger) -> int | None:
    """Return the word by which something only might have been: the "would" of "would have won"."""
    lower = sentence.doc.lower
    if "have" not in lower[trigger.phrase_start : trigger.first]:
        return None
    return next((i for i in _group(trigger) if lower[i] in _NOT_DONE), None)


def _denied(sentence: Sentence, trigger: Trigger, before: Trigger | None = None) -> int | None:
    """Return the index of the word by which something has not happened, None where it may have."""
    lower, start, shape = sentence.doc.lower, trigger.phrase_start, trigger.shape
    if shape == "noun":
        return start if trigger.is_negated else _unmade(sentence, trigger, before)
    if trigger.is_negated:
        return next((i for i in _group(trigger) if lower[i] in NEGATIONS), start)
    word = lower[start - 1]
    if word in _NONE:
        return start - 1
    if shape in ("infinitive", "gerund"):
        if _NEXT.get(word) == Factuality.NEGATED:
            return start - 1
        if before is None or before.sense.lemma == "rule out":
            return start - 1 if before is not None else None
        is_refused = before.is_negated and before.sense.group in _WANTED
        return before.first if is_refused else None
    begin = max(sentence.first, start - _BEFORE)
    if "no" in lower[begin : start - 1]:
        begin = lower.index("no", begin)
        is_none = _IN_NO_PHRASE.isdisjoint(lower[begin : start - 1])
        return begin if is_none else None  # "no pact was signed"
    return None


def _unmade(sentence: Sentence, trigger: Trigger, before: Trigger | None) -> int | None:
    """Return the word by which what a noun names was not made: "did not sign a pact"."""
    if before is None or before.last != trigger.phrase_start:
        return None
    return _denied(sentence, before) if trigger.sense.kind == "agreement" else None


def _governed(sentence: Sentence, trigger: Trigger) -> State | None:
    """Look left of a verb or noun phrase, within its clause, for what makes it a plan or hope."""
    doc, start = sentence.doc, trigger.phrase_start
    begin = max(sentence.first, start - _BEFORE)
    lower, gaps = doc.lower, doc.space_before
    end = start if trigger.pos == "noun" else trigger.first
    if start > begin and lower[start] == "to" and (found := _NEXT.get(lower[start - 1])):
        return _by(found, start - 1)
    for i in range(end - 1, begin - 1, -1):
        if i < start and gaps[i + 1].strip(" '’-"):
            return None
        word = lower[i]
        if word == "that" and i < start:
            return _told(sentence, i)
        if word in _BARRIERS or (word == "and" and trigger.shape in _FINITE_PAST):
            return None  # "hopes that the visit helped", "postponed after rain fell"
        if (found := LEFT.get(word)) and _is_cue(doc, i):
            if word == "if" and trigger.shape == "pluperfect":
                return State("occurred", "cue", (i, i + 1), Factuality.IMAGINED)
            return _hoped(sentence, i) if word in WILL else _by(found, i)
    return None


def _is_cue(doc: Document, i: int) -> bool:
    """Whether a word of LEFT governs: no month, no "future of the accord"."""
    word, after = doc.lower[i], doc.lower[i + 1]
    if word in _ADJECTIVES and after == "of":
        return False
    return doc.words[i] != "May"


def _told(sentence: Sentence, that: int) -> State | None:
    """Return what the words before a "that" make of its clause: "denied that …"."""
    lower = sentence.doc.lower
    for time in sentence.times:
        if time.last == that and time.first > sentence.first:  # "denied on Monday that"
            that = time.first - (lower[time.first - 1] in PREPOSITIONS)
    word = lower[that - 1]
    if word in _RUMOURS:
        begin = max(sentence.first, that - 3)
        denial = next((i for i in range(begin, sentence.last) if lower[i] in _FALSE), None)
        if denial is not None:
            return _by(Factuality.NEGATED, denial)
    return _by(_THAT[word], that - 1) if word in _THAT else None


def _hoped(sentence: Sentence, i: int) -> State:
    """Return the status by the "will" at words[i], unless it stands in what somebody expects.

    "Analysts expect that the bank will close" makes nothing a plan.
    """
    lower = sentence.doc.lower
    for that in range(i - 1, sentence.first, -1):
        if lower[that] == "that" and (found := LEFT.get(lower[that - 1])):
            return _by(found, that - 1)
    return _by("planned", i)


def _of_noun(sentence: Sentence, trigger: Trigger) -> State:
    """Look into the noun phrase and right of it: "a possible visit", "the visit planned for"."""
    doc = sentence.doc
    lower = doc.lower
    own = State("occurred", "told", (trigger.first, trigger.last))
    for i in _group(trigger):
        if found := RIGHT.get(doc.words[i]):  # in small letters: not the “Agreed Framework”
            return _by(found, i)
    end = min(sentence.last, trigger.last + _AFTER)
    for i in range(trigger.last, end):
        word = doc.words[i]  # again: not “in May”
        if word == "if":
            return _by("possible", i)
        goes_on = word == "and" and not AUXILIARIES.isdisjoint(lower[i + 1 : i + 2])
        if goes_on or doc.space_before[i].strip():
            break
        is_done = word == "set" and lower[i + 1 : i + 2] and lower[i + 1] in _PARTICLES
        if (found := RIGHT.get(word)) and not is_done:
            return _by(found, i)
    return own
