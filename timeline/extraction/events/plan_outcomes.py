"""What became of a plan is one event with it: for the day of the plan, with the status of its end.

A plan that was put off is for the new day where one is told.
"""

from typing import Any

from ..decision import Decision
from ..document import Phrase
from ..lexicon import words
from ..lexicon.classes import RELATIVE
from ..times import Time
from ..verb_groups import FINITE, TO_COME
from .candidate import CALLED_OFF, MEETINGS, EventCandidate, with_latest
from .light_verbs import ENDS
from .status import State

_MEETINGS = MEETINGS | {"speech"}  # kinds of events that their nouns tell best
_PLANS = frozenset({"planned", "expected"})
_KNOWN = words("event_words", "known")
_RELATIVE = RELATIVE | {"that"}


def merge_outcomes(
    candidates: list[EventCandidate], earlier: list[EventCandidate]
) -> tuple[list[EventCandidate], list[EventCandidate]]:
    """Return the candidates of a sentence, each plan one with what is said to have become of it.

    `earlier` are those of the sentence before; they are returned too, without a plan that this
    sentence calls off.
    """
    merged = candidates
    for order, outcome in [(c.order, outcome) for c in candidates if (outcome := _outcome(c))]:
        end = next((candidate for candidate in merged if candidate.order == order), None)
        if end is None:
            continue
        before = [candidate for candidate in merged if candidate.order < order]
        if end.trigger.pos != "noun" and (ended := _ended(merged, end, outcome)) is not None:
            merged = ended
        elif (plan := _known(end, before)) is not None:
            known = _settled(plan, end, outcome, time=_day(end, plan))
            merged = with_latest([m for m in merged if m is not end], {plan.order: known})
        elif (plan := _known(end, earlier)) is not None:
            known = _settled(end, end, outcome, time=_day(end, plan), plan=plan)
            merged = with_latest(merged, {order: known})
            earlier = [candidate for candidate in earlier if candidate is not plan]
    return merged, earlier


def _settled(
    candidate: EventCandidate, end: EventCandidate, outcome: State, **changes: Any
) -> EventCandidate:
    """Return a candidate with the outcome that the words of another tell."""
    decision = Decision("status", outcome.status, "plan_outcomes: what became of it", (end.span,))
    return candidate.decided(decision, outcome=outcome, **changes)


def _outcome(end: EventCandidate) -> State | None:
    """Return the status of a plan by what a candidate says of it, and the words that say so."""
    if end.said.status in CALLED_OFF:
        return end.said
    trigger = end.trigger
    status = ENDS.get(trigger.sense.lemma)
    if status is None or trigger.is_negated or trigger.shape not in FINITE - TO_COME:
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
    plans = _plans_ended(candidates, end, phrase)
    if plans is None:
        return None
    plan = plans[-1] if plans else None
    day = _day(end, plan) if plan is not None else end.time
    left = [m for m in candidates if m not in plans]
    noun = next((m for m in left if end.is_about(m)), None)
    if noun is not None and noun.trigger.sense.kind in _MEETINGS:
        settled = _settled(noun, end, outcome, time=day or noun.time, form=end.form, ends=plan)
        return with_latest([m for m in left if m is not end], {noun.order: settled})
    ends = noun or next(iter(plans), None) if end.trigger.is_passive else None
    settled = _settled(end, end, outcome, time=day, ends=ends)
    return with_latest([m for m in left if m is not noun], {end.order: settled})


def _plans_ended(
    candidates: list[EventCandidate], end: EventCandidate, phrase: Phrase | None
) -> list[EventCandidate] | None:
    """Return the plans that a verb ends; None if it ends none, none if its subject is one."""
    plans = [m for m in candidates if m.trigger.pos != "noun" and m.status in _PLANS]
    if not (end.trigger.is_passive or end.trigger.sense.lemma == "fall through"):
        return [m for m in plans if _is_next(end, m)] or None
    if phrase is None:
        return None
    plans = [m for m in plans if m.order < end.order and _is_of(phrase, m)]
    return plans if plans or _is_planned(end, phrase) else None


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
    is_said = trigger.shape == "participle" and trigger.sense.group == "plan"
    return is_said and plan.order == end.order + 1


def _known(end: EventCandidate, candidates: list[EventCandidate]) -> EventCandidate | None:
    """Return the dated plan that a candidate speaks of as known: "the trip was put off"."""
    trigger, lower = end.trigger, end.sentence.doc.lower
    plans = [m for m in candidates if m.time is not None and m.status in _PLANS]
    if trigger.pos == "noun":
        is_known = lower[trigger.phrase_start] in _KNOWN
        plans = [m for m in plans if is_known and _is_kin(end, m)]
    else:
        is_it = trigger.is_passive and lower[trigger.phrase_start - 1] == "it"
        plans = [m for m in plans if is_it and m.trigger.pos == "noun"]
    return plans[-1] if plans else None


def _is_kin(noun: EventCandidate, plan: EventCandidate) -> bool:
    """Whether a noun may name what was planned: "was to visit Lima, but the trip was put off"."""
    own, other = noun.trigger.sense, plan.trigger.sense
    return (own.kind == other.kind != "other") or own.group.removeprefix("n.") == other.group
