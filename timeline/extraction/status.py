"""Status and stance of an event, by tense, modality and the words that govern its trigger."""

from .lexicon import rows
from .triggers import MODALS, WILL, Trigger, Words

_BEFORE, _AFTER = 6, 7
_IRREALIS = ("demand", "plan", "say", "claim", "admit", "state", "agree")


def _load() -> dict[str, tuple[str, str]]:
    return {
        form: (status, role) for status, role, forms, _ in rows("status") for form in forms.split()
    }


GOVERNORS = _load()


def status(
    words: Words, first: int, last: int, trigger: Trigger, governor: Trigger | None
) -> tuple[str, str]:
    """Return the status of the event that `trigger` names and the word that decided it.

    `governor` is the trigger before it in the sentence, words[first:last].
    """
    lower = words.lower
    if trigger.reading.group in ("cancel", "postpone"):
        state = "cancelled" if trigger.reading.group == "cancel" else "postponed"
        return state, lower[trigger.first]
    if governed := _governed(words, first, trigger):
        return governed
    if trigger.tense == "noun":
        return _of_noun(words, last, trigger)
    word = lower[trigger.first]
    if trigger.tense == "future":
        return "planned", "will"
    if trigger.tense == "modal":
        return "possible", next(
            (w for w in lower[trigger.group_start : trigger.first] if w in MODALS), word
        )
    if trigger.tense == "progressive":
        return "ongoing", word
    if trigger.tense == "infinitive":
        told = governor is not None and governor.tense in ("past", "perfect", "reduced", "gerund")
        if (
            not told
            or governor.reading.group in _IRREALIS
            or governor.last < trigger.group_start - 6
        ):
            return "planned", "to"
    return "occurred", word


def _governed(words: Words, first: int, trigger: Trigger) -> tuple[str, str] | None:
    """Look left of the trigger, within its clause, for a word that makes it a plan or a hope."""
    for i in range(trigger.group_start - 1, max(first, trigger.group_start - _BEFORE) - 1, -1):
        if words.after[i].strip("'’-"):
            if words.after[i].strip():
                return None
        found = GOVERNORS.get(words.lower[i])
        if found and "before" in found[1]:
            return found[0], words.lower[i]
    return None


def _of_noun(words: Words, last: int, trigger: Trigger) -> tuple[str, str]:
    """Look into the noun phrase and right of it: "a possible visit", "the visit scheduled for"."""
    lower = words.lower
    for i in range(trigger.group_start, trigger.first):
        if found := GOVERNORS.get(lower[i]):
            return found[0], lower[i]
    for i in range(trigger.last, min(last, trigger.last + _AFTER)):
        if words.after[i - 1].strip():
            break
        found = GOVERNORS.get(lower[i])
        if found and "after" in found[1]:
            return found[0], lower[i]
        if lower[i] in MODALS:
            return "planned" if lower[i] in WILL else "possible", lower[i]
    return "occurred", lower[trigger.first]
