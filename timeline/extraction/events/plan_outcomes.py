"""What became of a plan is one event with it: for the day of the plan, with the status of its end.

A plan that was put off is for the new day where one is told.
"""

from ..document import Phrase
from ..lexicon import rows
from ..times import Time
from .candidate import CALLED_OFF, MEETINGS, EventCandidate
from .status import State
from .triggers import FINITE
from .wordlists import RELATIVE

# {lemma: status} of the verbs that tell what became of a plan.
ENDS = {
    verb.replace("_", " "): status
    for where, status, verbs, _ in rows("light_verbs")
    for verb in verbs.split()
    if where == "plan"
}
_TOLD = FINITE - {"future", "modal"}
_MEETINGS = MEETINGS | {"speech"}  # kinds of events that their nouns tell best
_PLANS = frozenset({"planned", "expected"})
_THAT = frozenset({"that", "this"})
_KNOWN = _THAT | {"the", "his", "her", "its", "their"}
_RELATIVE = RELATIVE | {"that"}


def merge_outcomes(
    candidates: list[EventCandidate], earlier: list[EventCandidate]
) -> list[EventCandidate]:
    """Return the candidates of a sentence, each plan one with what is said to have become of it.

    `earlier` are those of the sentence before; a plan that this one calls off is taken out of them.
    """
    ends = [m for m in candidates if m.trigger.sense.lemma in ENDS or m.said.status in CALLED_OFF]
    settled = candidates
    for end in ends:
        if (outcome := _outcome(end)) is None:
            continue
        if end.trigger.tense != "noun" and (ended := _ended(settled, end, outcome)) is not None:
            settled = ended
        elif (plan := _known(end, [m for m in settled if m.order < end.order])) is not None:
            plan.state, plan.time = outcome, _day(end, plan)
            settled = [m for m in settled if m is not end]
        elif (plan := _known(end, earlier)) is not None:
            end.time, end.plan = _day(end, plan), plan
            end.state = plan.state = outcome
            earlier.remove(plan)
    return settled


def _outcome(end: EventCandidate) -> State | None:
    """Return the status of a plan by what a candidate says of it, and the words that say so."""
    if end.said.status in CALLED_OFF:
        return end.said
    trigger = end.trigger
    status = ENDS.get(trigger.sense.lemma)
    if status is None or trigger.negated or trigger.tense not in _TOLD:
        return None
    return State(status, "cue", (trigger.first, trigger.last))


def _day(end: EventCandidate, plan: EventCandidate) -> Time | None:
    """Return the time of a plan that was called off, or put off until another."""
    return end.put_off_until() or plan.time or end.time


def _ended(
    candidates: list[EventCandidate], end: EventCandidate, outcome: State
) -> list[EventCandidate] | None:
    """Return the candidates without the plan that a verb ends, None where it ends none."""
    phrase = end.arguments.phrase(end.order)
    plans = [m for m in candidates if m.trigger.tense != "noun" and m.status in _PLANS]
    if end.trigger.passive or end.trigger.sense.lemma == "fall through":
        if phrase is None:
            return None
        plans = [m for m in plans if m.order < end.order and _is_of(phrase, m)]
        if not plans and not _is_planned(end, phrase):
            return None
    else:
        plans = [m for m in plans if _is_next(end, m)]
        if not plans:
            return None
    end.state = outcome
    if plans:
        end.time = _day(end, plans[-1])
    left = [m for m in candidates if m not in plans]
    nouns = [m for m in left if m.trigger.first == phrase.head] if phrase else []
    for noun in nouns:
        noun.ends = plans[-1] if plans else None
    if end.trigger.passive:
        end.ends = (nouns + plans or [None])[0]
    for noun in nouns:
        if noun.trigger.sense.kind in _MEETINGS:
            noun.state, noun.time, noun.tense = outcome, end.time or noun.time, end.tense
            left.remove(end)
        else:
            left.remove(noun)
    return left


def _is_of(phrase: Phrase, plan: EventCandidate) -> bool:
    """Whether a plan is of what a phrase names: "a trip that was to begin", "a trip, due to"."""
    own = plan.arguments.phrase(plan.order)
    if own is not None and phrase[0] <= own[0] and own[1] <= phrase[1]:
        return True
    lower = plan.sentence.doc.lower
    return lower[phrase[1]] in _RELATIVE and phrase[1] < plan.trigger.phrase_start


def _is_planned(end: EventCandidate, phrase: Phrase) -> bool:
    """Whether a phrase itself calls what it names a plan: "a planned stop in Lima"."""
    return any(
        phrase[0] <= trigger.first < phrase[1] and trigger.sense.group == "plan"
        for trigger in end.arguments.found[: end.order]
    )


def _is_next(end: EventCandidate, plan: EventCandidate) -> bool:
    """Whether what a verb ends is said to have been planned: "scrapped the fair set for June"."""
    trigger = plan.trigger
    is_said = trigger.tense == "reduced" and trigger.sense.group == "plan"
    return is_said and plan.order == end.order + 1


def _known(end: EventCandidate, candidates: list[EventCandidate]) -> EventCandidate | None:
    """Return the dated plan that a candidate speaks of as known: "the trip was put off"."""
    trigger, lower = end.trigger, end.sentence.doc.lower
    if trigger.tense == "noun":
        is_known = lower[trigger.phrase_start] in _KNOWN
        plans = [m for m in candidates if _is_kin(end, m)] if is_known else []
    elif not trigger.passive:
        return None
    elif lower[trigger.phrase_start - 1] == "it":
        plans = [m for m in candidates if m.trigger.tense == "noun"]
    else:
        phrase = end.arguments.phrase(end.order)
        is_that = phrase is not None and lower[phrase[0] - 1] in _THAT
        plans = [m for m in candidates if m.trigger.tense != "noun"] if is_that else []
    plans = [m for m in plans if m.time is not None and m.status in _PLANS]
    return plans[-1] if plans else None


def _is_kin(noun: EventCandidate, plan: EventCandidate) -> bool:
    """Whether a noun may name what was planned: "was to visit Lima, but the trip was put off"."""
    own, other = noun.trigger.sense, plan.trigger.sense
    if noun.sentence.doc.lower[noun.trigger.phrase_start] in _THAT or own.lemma == other.lemma:
        return True
    return (own.kind == other.kind != "other") or own.group.removeprefix("n.") == other.group
