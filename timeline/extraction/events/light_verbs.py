"""A verb that leaves it to a noun to name the event is one candidate with that noun."""

from itertools import zip_longest

from ..lexicon import rows
from .candidate import CALLED_OFF, MERELY_SAYING, EventCandidate
from .status import State
from .triggers import FINITE

_REACH = 8  # words that may stand between a noun and its verb: "talks with the envoy in Oslo"
_ALONE = frozenset({"expect", "hope", "intend", "plan", "aim", "prepare"})
_PERSONAL = frozenset({"it", "they", "he", "she"})
_ABOUT = frozenset({"for", "on", "of", "about", "into", "against", "over"})
_CALLING_OFF = frozenset({"cancel", "postpone"})  # groups
_TO_COME = frozenset({"modal", "future"})
_ASPECTS = ("begin", "end")
_INTRANSITIVE = ("hold", *_ASPECTS)


def _load(side: str) -> dict[str, str]:
    """Return {lemma: aspect} of the verbs whose noun stands on one side."""
    return {
        verb.replace("_", " "): aspect
        for where, aspect, verbs, _ in rows("light_verbs")
        for verb in verbs.split()
        if where == side
    }


_BEFORE_NOUN, _AFTER_NOUN = _load("object"), _load("subject")


def merge_light_verbs(candidates: list[EventCandidate]) -> list[EventCandidate]:
    """Return the candidates of a sentence, each such verb folded into its noun."""
    if len(candidates) < 2:
        return candidates
    folded: set[EventCandidate] = set()
    for n, noun in enumerate(candidates):
        if noun.tense != "noun":
            if noun.before and _leads_to(noun.before, noun):
                _plan(noun, noun.before)
                folded.add(noun.before)
            continue
        before = noun.before
        if (
            before is not None
            and before not in folded
            and (_takes(before, noun) or _plans(before, noun))
        ):
            _fold(noun, before, _BEFORE_NOUN)
            noun.verb = before
            folded.add(before)
            if noun.aspect == "end" and before.before and _is_subject(before.before, before):
                _end(before.before, noun)
        end, topics = noun.trigger.last, []
        for after, following in zip_longest(candidates[n + 1 :], candidates[n + 2 :]):
            if following and _takes(after, following):
                break
            if _is_topic(after, noun) and following and following.trigger.passive:
                topics.append(after)
                continue
            if not _follows(after, noun, end):
                if end == noun.trigger.last and noun.verb is None and _is_told(after, noun):
                    _fold(noun, after, {})
                    noun.predicate = after
                    folded.add(after)
                break
            _fold(noun, after, _AFTER_NOUN)
            folded.update(topics)
            if not after.trigger.passive and after.trigger.sense.group in _ASPECTS:
                noun.predicate = after
            folded.add(after)
            end = after.trigger.last
    return [m for m in candidates if m not in folded] if folded else candidates


def _is_topic(noun: EventCandidate, other: EventCandidate | None) -> bool:
    """Whether a noun is what another before it is about: "a hearing on the strike"."""
    if other is None or noun.trigger.tense != "noun" or other.trigger.tense != "noun":
        return False
    start = noun.trigger.phrase_start
    return start - 1 == other.trigger.last and noun.sentence.doc.lower[start - 1] in _ABOUT


def _takes(verb: EventCandidate, noun: EventCandidate) -> bool:
    trigger = verb.trigger
    return (
        trigger.sense.lemma in _BEFORE_NOUN
        and trigger.tense != "noun"
        and not (trigger.sense.lemma == "attend" and verb.is_unreal)
        and not trigger.passive
        and trigger.last >= noun.trigger.phrase_start - 1
    )


def _is_subject(noun: EventCandidate, verb: EventCandidate) -> bool:
    """Whether a noun of an event is the subject of a verb: "the truce (that) ended the war"."""
    between = noun.sentence.doc.lower[noun.trigger.last : verb.trigger.phrase_start]
    return noun.tense == "noun" and between in ([], ["that"], ["which"])


def _plans(verb: EventCandidate, noun: EventCandidate) -> bool:
    """Whether a verb of planning has the noun after it: "slated for release"."""
    apart = noun.trigger.phrase_start - verb.trigger.last
    joins = apart == 0 or (apart == 1 and noun.sentence.doc.lower[verb.trigger.last] != "that")
    return verb.trigger.sense.group == "plan" and joins


def _follows(verb: EventCandidate, noun: EventCandidate, end: int) -> bool:
    trigger = verb.trigger
    if (
        trigger.sense.lemma not in _AFTER_NOUN
        or trigger.tense == "noun"
        or (trigger.tense in _TO_COME and trigger.sense.group in _CALLING_OFF)
        or not (
            trigger.passive
            or trigger.sense.group in _INTRANSITIVE
            or trigger.sense.lemma == "fall through"
        )
        or noun.sentence.doc.lower[trigger.phrase_start - 1] in _PERSONAL
        or (trigger.passive and _is_topic(noun, noun.before))
    ):
        return False
    if noun.sentence.doc.lower[trigger.phrase_start] == "to" and end == noun.trigger.last:
        return False  # "an agreement to end the war"
    is_near = trigger.phrase_start - end <= _REACH
    same_clause = is_near and (
        verb.subordinator in ("", noun.subordinator) or _is_said_of(noun, verb)
    )
    return same_clause or _is_about(verb, noun)


def _is_told(verb: EventCandidate, noun: EventCandidate) -> bool:
    """Whether a verb right after a noun says what it did: "the quake shook Lima"."""
    trigger, end = verb.trigger, noun.trigger.last
    return (
        trigger.phrase_start == end
        and trigger.tense in FINITE
        and noun.sentence.doc.gaps[end] == " "
    )


def _leads_to(plan: EventCandidate, deed: EventCandidate) -> bool:
    """Whether a verb only says that a deed is to come, or is told of: "is expected to hold"."""
    trigger, start = plan.trigger, deed.trigger.phrase_start
    if trigger.last != start or deed.sentence.doc.lower[start] != "to":
        return False
    if trigger.sense.group in MERELY_SAYING:
        return trigger.passive  # "is alleged to have left"
    is_plan = trigger.passive or trigger.sense.lemma in _ALONE
    return trigger.sense.group == "plan" and is_plan


def _plan(deed: EventCandidate, plan: EventCandidate) -> None:
    """Give a deed the time of the verb that says that it is to come."""
    deed.time = deed.time or plan.time


def _is_said_of(noun: EventCandidate, verb: EventCandidate) -> bool:
    """Whether a verb tells what was planned of the noun: "a trip to Lima that was planned for"."""
    before = noun.sentence.doc.lower[verb.trigger.phrase_start - 1]
    return verb.trigger.sense.group == "plan" and before in ("that", "which")


def _is_about(verb: EventCandidate, noun: EventCandidate) -> bool:
    """Whether a verb has a noun as its subject: "a meeting, set for May, was called off"."""
    if (phrase := verb.arguments.phrase(verb.order)) is None:
        return False
    if verb.trigger.sense.group in _CALLING_OFF:
        return phrase[0] <= noun.trigger.first < phrase[1]
    return phrase.head == noun.trigger.first


def _fold(noun: EventCandidate, verb: EventCandidate, aspects: dict[str, str]) -> None:
    """Give a noun what its verb says."""
    if verb.tense != "reduced":
        noun.tense = verb.tense
    noun.aspect = aspects.get(verb.trigger.sense.lemma) or noun.aspect
    noun.time = verb.put_off_until() or noun.time or verb.time
    if noun.said.status == "occurred" or verb.status in CALLED_OFF:
        noun.said = verb.state
    if verb.is_unreal and verb.trigger.sense.group == "hold" and aspects is _AFTER_NOUN:
        words = verb.trigger.phrase_start, verb.trigger.last
        noun.said = State("cancelled", "cue", words)  # "the visit did not take place"


def _end(noun: EventCandidate, ended: EventCandidate) -> None:
    """Give a noun what is said of what it put an end to."""
    noun.has_ended, noun.time, noun.said = True, ended.time, ended.said
