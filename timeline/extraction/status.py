"""Status and stance of an event, by tense, modality and the words that govern its trigger."""

from .lexicon import rows
from .triggers import BE, MODALS, Trigger, Words


def _load() -> dict[str, tuple[str, str]]:
    return {
        form: (status, role) for status, role, forms, _ in rows("status") for form in forms.split()
    }


GOVERNORS = _load()
_STANCES = {
    "announcement": "announces",
    "planned": "announces",
    "expected": "expects",
    "possible": "expects",
    "cancelled": "cancels",
    "postponed": "postpones",
}
_PAST = ("past", "pluperfect", "perfect", "reduced", "adjective")


def status(words: Words, first: int, last: int, trigger: Trigger) -> tuple[str, str]:
    """Return the status of the event named by `trigger` and the words that decided it."""
    lower = words.lower
    reading = trigger.reading
    if reading.group in ("cancel", "postpone"):
        return ("cancelled" if reading.group == "cancel" else "postponed"), lower[trigger.first]
    start = max(first, trigger.group_start - 6)
    for i in range(trigger.group_start - 1, start - 1, -1):
        if words.after[i].strip() not in ("", "'", "’", "-"):
            break
        found = GOVERNORS.get(lower[i])
        if found and "before" in found[1]:
            return found[0], lower[i]
    if trigger.tense == "noun":
        for i in range(trigger.group_start, trigger.first):
            found = GOVERNORS.get(lower[i])
            if found:
                return found[0], lower[i]
        for i in range(trigger.last, min(last, trigger.last + 7)):
            if words.after[i - 1].strip():
                break
            found = GOVERNORS.get(lower[i])
            if found and "after" in found[1]:
                return found[0], lower[i]
            if lower[i] in MODALS:
                return ("possible" if lower[i] != "will" else "planned"), lower[i]
        return "occurred", "noun"
    if trigger.tense == "future":
        return "planned", "will"
    if trigger.tense == "modal":
        return "possible", "modal"
    if trigger.tense == "progressive":
        return "ongoing", "progressive"
    if trigger.tense in ("infinitive",):
        return "planned", "to"
    return "occurred", trigger.tense
