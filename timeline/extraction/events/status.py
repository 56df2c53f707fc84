"""Status of an event, by the tense of its trigger and the words that govern it."""

from typing import NamedTuple

from ..document import Sentence
from ..lexicon import rows
from .triggers import Trigger
from .wordlists import ARTICLES, AUXILIARIES, MODALS, NEGATIONS, OPENERS, PREPOSITIONS, WILL

_BEFORE, _AFTER = 6, 7
# After these an infinitive is what somebody wants, not what happened: "vowed to go".
_UNREAL_AFTER = frozenset(
    {"demand", "invite", "plan", "say", "claim", "admit", "state", "agree", "vote"}
)
UNREAL = "unreal"  # the status of what has not happened
_CALLED_OFF = {"cancel": "cancelled", "postpone": "postponed"}
_ADJECTIVES = frozenset({"future", "potential"})  # which may be nouns
# Words behind which a clause stands of its own.
_BARRIERS = frozenset({"after", "because", "when", "while", "since", "following", "amid"})
_PARTICLES = frozenset({"up", "off", "out", "aside", "back"})  # "the court was set up"
_FINITE = frozenset({"past", "perfect", "pluperfect"})
_TOLD = frozenset({"past", "perfect", "pluperfect", "reduced", "gerund"})


type Words = tuple[int, int]  # by index, end-exclusive


class State(NamedTuple):
    """A status, the rule that gave it (a key of `basis.STATUS_RULES`), the words it rests on."""

    status: str
    rule: str = "told"
    words: Words | None = None


def _by(status: str, index: int) -> State:
    """The status that one word gives."""
    return State(status, "cue", (index, index + 1))


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
_LEFT, _RIGHT = frozenset(LEFT) | {"that"}, frozenset(RIGHT) | {"if"}
# What is said to have been, and what is denied: "reports that he left were denied".
_RUMOURS = frozenset({"reports", "report", "rumours", "rumors", "claims", "claim", "suggestions"})
_FALSE = frozenset({"denied", "false", "untrue", "unfounded", "baseless", "wrong"}) | {
    word for word, found in _THAT.items() if found == UNREAL
}
_NOT_DONE = frozenset({"would", "could", "should", "wouldn't", "couldn't", "shouldn't", "cannot"})
_IN_NO_PHRASE = PREPOSITIONS | ARTICLES - {"no"} | OPENERS
_NONE = frozenset({"nobody", "nothing", "none", "neither"})


def status(sentence: Sentence, trigger: Trigger, before: Trigger | None) -> State:
    """Return the status of what `trigger` names and the words that decided it.

    `before` is the trigger that stands before it in its sentence. `UNREAL` is the status of what is
    denied, refused or imagined.
    """
    lower = sentence.doc.lower
    word = lower[trigger.first]
    group, tense = trigger.sense.group, trigger.tense
    own = trigger.first, trigger.last
    if (denied := unreal(sentence, trigger, before)) is not None:
        return _by(UNREAL, denied)
    if group in _CALLED_OFF and tense not in ("future", "modal", "infinitive"):
        return State(_CALLED_OFF[group], "cue", own)
    if group == "plan" and trigger.passive and word in LEFT:
        return State(LEFT[word], "cue", own)
    if governed := _governed(sentence, trigger):
        return governed
    if tense == "noun":
        return _of_noun(sentence, trigger)
    if tense in ("future", "modal"):
        modal = next((i for i in _group(trigger) if lower[i] in MODALS), trigger.first)
        guessed = tense == "modal" or lower[modal : modal + 2] == ["must", "have"]
        return _by("possible", modal) if guessed else _hoped(sentence, modal)
    if tense == "progressive":
        return State("ongoing", "under-way", (trigger.phrase_start, trigger.last))
    is_bare = lower[trigger.phrase_start] == "to"  # not "was to arrive"
    if tense == "infinitive" and not (is_bare and _implied(trigger, before)):
        return State("planned", "cue", (trigger.phrase_start, trigger.last))
    return State("occurred", "told", own)


def _group(trigger: Trigger) -> range:
    """Return the indexes of the auxiliaries of a verb."""
    return range(trigger.phrase_start, trigger.first)


def _implied(trigger: Trigger, before: Trigger | None) -> bool:
    """Whether an infinitive happened with the verb it hangs on: "were forced to walk"."""
    return (
        before is not None
        and before.tense in _TOLD
        and before.sense.group not in _UNREAL_AFTER
        and trigger.phrase_start - before.last <= _BEFORE
    )


def unreal(sentence: Sentence, trigger: Trigger, before: Trigger | None = None) -> int | None:
    """Return the index of the word by which something has not happened, None where it may have."""
    lower, start, tense = sentence.doc.lower, trigger.phrase_start, trigger.tense
    if tense == "noun":
        return start if trigger.negated else _unmade(sentence, trigger, before)
    if trigger.negated:
        return next((i for i in _group(trigger) if lower[i] in NEGATIONS), start)
    if tense == "modal" and "have" in lower[start : trigger.first]:
        return next((i for i in _group(trigger) if lower[i] in _NOT_DONE), None)
    if start == sentence.first:
        return None
    word = lower[start - 1]
    if word in _NONE:
        return start - 1
    if tense in ("infinitive", "gerund"):
        if _NEXT.get(word) == UNREAL:
            return start - 1
        return _refused(lower, trigger, before) if before is not None else None
    begin = max(sentence.first, start - _BEFORE)
    if "no" in lower[begin : start - 1]:
        begin = lower.index("no", begin)
        is_none = _IN_NO_PHRASE.isdisjoint(lower[begin : start - 1])
        return begin if is_none else None  # "no pact was signed"
    return None


def _unmade(sentence: Sentence, trigger: Trigger, before: Trigger | None) -> int | None:
    """Return the word by which what a noun names was not made: "did not sign a pact"."""
    start = trigger.phrase_start
    if before is None or before.last != start or before.tense == "noun":
        return None
    is_made = trigger.sense.kind == "agreement" or sentence.doc.lower[start] in ("a", "an")
    return unreal(sentence, before) if is_made else None


def _refused(lower: list[str], trigger: Trigger, before: Trigger) -> int | None:
    """Return the word by which what hangs on another verb was not done: "did not agree to go"."""
    start = trigger.phrase_start
    if before.sense.lemma == "rule out" and before.last == start:
        return start - 1
    is_near = start - before.last <= _BEFORE and before.sense.group in _UNREAL_AFTER
    return before.first if before.negated and is_near else None


def _governed(sentence: Sentence, trigger: Trigger) -> State | None:
    """Look left of a verb or noun phrase, within its clause, for what makes it a plan or hope."""
    doc, start = sentence.doc, trigger.phrase_start
    begin = max(sentence.first, start - _BEFORE)
    lower, gaps = doc.lower, doc.gaps
    end = start if trigger.tense == "noun" else trigger.first
    if start > begin and lower[start] == "to" and (found := _NEXT.get(lower[start - 1])):
        return _by(found, start - 1)
    if _LEFT.isdisjoint(lower[begin:end]):
        return None
    for i in range(end - 1, begin - 1, -1):
        if i < start and gaps[i + 1] != " " and gaps[i + 1].strip(" '’-"):
            return None
        word = lower[i]
        if word == "that" and i < start:
            return _told(sentence, i)
        if word in _BARRIERS or (word == "and" and trigger.tense in _FINITE):
            return None  # "hopes that the visit helped", "postponed after rain fell"
        if (found := LEFT.get(word)) and doc.words[i] != "May":
            if word in _ADJECTIVES and lower[i + 1] == "of":
                continue  # "the future of the accord"
            if word == "set" and lower[i + 1] in _PARTICLES:
                continue
            if word == "if" and trigger.tense == "pluperfect":
                return _by(UNREAL, i)
            return _hoped(sentence, i) if word in WILL else _by(found, i)
    return None


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
            return _by(UNREAL, denial)
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
    if _RIGHT.isdisjoint(doc.words[trigger.last : end]):
        return own
    for i in range(trigger.last, end):
        word = doc.words[i]  # again: not “in May”
        gap = doc.gaps[i]
        if word == "if":
            return _by("possible", i)
        goes_on = word == "and" and not AUXILIARIES.isdisjoint(lower[i + 1 : i + 2])
        if goes_on or (gap != " " and gap.strip()):
            break
        is_done = word == "set" and lower[i + 1 : i + 2] and lower[i + 1] in _PARTICLES
        if (found := RIGHT.get(word)) and not is_done:
            return _hoped(sentence, i) if word in WILL else _by(found, i)
    return own
