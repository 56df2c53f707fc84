"""Status of an event, by the tense of its trigger and the words that govern it."""

from ..lexicon import rows
from .prose import Scope
from .triggers import Trigger
from .wordlists import MODALS, WILL

_BEFORE, _AFTER = 6, 7
# After these an infinitive is what somebody wants, not what happened: "vowed to go".
_UNREAL_AFTER = frozenset({"demand", "invite", "plan", "say", "claim", "admit", "state", "agree"})
_CALLED_OFF = {"cancel": "cancelled", "postpone": "postponed"}
_ADJECTIVES = frozenset({"future", "potential"})  # which may be nouns
# Words behind which a clause stands of its own.
_BARRIERS = frozenset({"that", "after", "because", "when", "while", "since", "following", "amid"})
_PARTICLES = frozenset({"up", "off", "out", "aside", "back"})  # "the court was set up"
_FINITE = frozenset({"past", "perfect", "pluperfect"})
_TOLD = frozenset({"past", "perfect", "pluperfect", "reduced", "gerund"})


def _load(side: str) -> dict[str, str]:
    """Return {form: status} of the words that stand on one side of a trigger."""
    return {
        form: status
        for status, sides, forms, _ in rows("status")
        for form in forms.split()
        if side in sides.split(",")
    }


LEFT, RIGHT = _load("before"), _load("after")
_LEFT, _RIGHT = frozenset(LEFT), frozenset(RIGHT) | {"if"}


def status(scope: Scope, trigger: Trigger, before: Trigger | None) -> tuple[str, str]:
    """Return the status of what `trigger` names and the word that decided it.

    `before` is the trigger that stands before it in its sentence.
    """
    lower = scope.prose.lower
    word = lower[trigger.first]
    group, tense = trigger.reading.group, trigger.tense
    if group in _CALLED_OFF and tense not in ("future", "modal", "infinitive"):
        return _CALLED_OFF[group], word
    if group == "plan" and trigger.passive and word in LEFT:
        return LEFT[word], word
    if governed := _governed(scope, trigger):
        return governed
    if tense == "noun":
        return _of_noun(scope, trigger)
    if tense == "future":
        probable = [lower[i] for i in _group(trigger) if LEFT.get(lower[i]) == "expected"]
        if probable:
            return "expected", probable[0]
        return _hoped(scope, next(i for i in _group(trigger) if lower[i] in MODALS))
    if tense == "modal":
        return "possible", next((lower[i] for i in _group(trigger) if lower[i] in MODALS), word)
    if tense == "progressive":
        return "ongoing", word
    if tense == "infinitive" and not _implied(trigger, before):
        return "planned", "to"
    return "occurred", word


def _group(trigger: Trigger) -> range:
    """Return the indexes of the auxiliaries of a verb."""
    return range(trigger.group_start, trigger.first)


def _implied(trigger: Trigger, before: Trigger | None) -> bool:
    """Whether an infinitive happened with the verb it hangs on: "were forced to walk"."""
    return (
        before is not None
        and before.tense in _TOLD
        and before.reading.group not in _UNREAL_AFTER
        and trigger.group_start - before.last <= _BEFORE
    )


def _governed(scope: Scope, trigger: Trigger) -> tuple[str, str] | None:
    """Look left of a trigger, within its clause, for a word that makes it a plan or a hope."""
    prose = scope.prose
    begin = max(scope.first, trigger.group_start - _BEFORE)
    lower, gaps = prose.lower, prose.gaps
    if _LEFT.isdisjoint(lower[begin : trigger.group_start]):
        return None
    for i in range(trigger.group_start - 1, begin - 1, -1):
        if gaps[i] != " " and gaps[i].strip(" '’-"):
            return None
        word = lower[i]
        if word in _BARRIERS or (word == "and" and trigger.tense in _FINITE):
            return None  # "hopes that the visit helped", "postponed after rain fell"
        if (found := LEFT.get(word)) and prose.words[i] != "May":
            if word in _ADJECTIVES and lower[i + 1] == "of":
                continue  # "the future of the accord"
            if word == "set" and lower[i + 1] in _PARTICLES:
                continue
            return _hoped(scope, i) if word in WILL else (found, word)
    return None


def _hoped(scope: Scope, i: int) -> tuple[str, str]:
    """Return the status by the "will" at words[i], unless it stands in what somebody expects.

    "Analysts expect that the bank will close" makes nothing a plan.
    """
    lower = scope.prose.lower
    for that in range(i - 1, scope.first, -1):
        if lower[that] == "that" and (found := LEFT.get(lower[that - 1])):
            return found, lower[that - 1]
    return "planned", lower[i]


def _of_noun(scope: Scope, trigger: Trigger) -> tuple[str, str]:
    """Look into the noun phrase and right of it: "a possible visit", "the visit planned for"."""
    prose = scope.prose
    lower = prose.lower
    for word in prose.words[trigger.group_start : trigger.first]:
        if found := RIGHT.get(word):  # in small letters: not the “Agreed Framework”
            return found, word
    end = min(scope.last, trigger.last + _AFTER)
    if _RIGHT.isdisjoint(prose.words[trigger.last : end]):
        return "occurred", lower[trigger.first]
    for i in range(trigger.last, end):
        word = prose.words[i]  # again: not “in May”
        gap = prose.gaps[i - 1]
        if word == "if":
            return "possible", word
        if gap != " " and gap.strip():
            break
        is_done = word == "set" and lower[i + 1 : i + 2] and lower[i + 1] in _PARTICLES
        if (found := RIGHT.get(word)) and not is_done:
            return _hoped(scope, i) if word in WILL else (found, word)
    return "occurred", lower[trigger.first]
