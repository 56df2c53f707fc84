"""A verb that leaves it to a noun to name the event is one candidate with that noun."""

from dataclasses import replace
from itertools import zip_longest

from ..decision import Decision
from ..lexicon import rows, words
from ..verb_groups import FINITE, TO_COME
from .candidate import CALLED_OFF, EventCandidate, with_latest
from .status import State

_RULE = "light_verbs: "
_MAX_WORDS_TO_VERB = 8  # between a noun and its verb: "talks with the envoy in Oslo began"
_ALONE = words("event_words", "plans alone")
_NO_NOUN = words("event_words", "takes no noun")
_ABOUT = words("event_words", "about")
_CALLING_OFF = frozenset({"cancel", "postpone"})  # groups
_TOLD_FORMS = (FINITE - TO_COME) | {"participle"}
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
ENDS = _load("plan")  # {lemma: status} of the verbs that tell what became of a plan


def merge_light_verbs(candidates: list[EventCandidate]) -> list[EventCandidate]:
    """Return the candidates of a sentence, each such verb merged into its noun."""
    merge = _Merge(candidates)
    for n in range(len(candidates)):
        if candidates[n].shape == "noun":
            merge.verb_before(n)
            merge.verbs_after(n)
        else:
            merge.plan_before(n)
    kept = [candidate for candidate in merge.latest if candidate.order not in merge.merged]
    return with_latest(kept, {})


class _Merge:
    """The candidates of a sentence as they stand, and the orders of those merged into others."""

    def __init__(self, candidates: list[EventCandidate]) -> None:
        self.latest = list(candidates)
        self.merged: set[int] = set()

    def plan_before(self, n: int) -> None:
        """Give a deed the time of the verb that only says that it is to come."""
        deed, plan = self.latest[n], self.latest[n - 1] if n else None
        if plan is not None and _leads_to(plan, deed):
            decision = Decision("time", plan.trigger.sense.lemma, _RULE + "of the plan")
            self.latest[n] = deed.decided(decision, time=deed.time or plan.time)
            self.merged.add(plan.order)

    def verb_before(self, n: int) -> None:
        """Merge the verb of which a noun is the object: "made a visit"."""
        noun, verb = self.latest[n], self.latest[n - 1] if n else None
        if verb is None or verb.order in self.merged:
            return
        if not (_takes(verb, noun) or _plans(verb, noun)):
            return
        noun = replace(_merged(noun, verb, _BEFORE_NOUN), verb=verb)
        self.merged.add(verb.order)
        subject = self.latest[n - 2] if n > 1 else None
        if noun.aspect == "end" and subject is not None and verb.is_about(subject):
            self.latest[n - 2] = _ending(subject, noun)
        self.latest[n] = noun

    def verbs_after(self, n: int) -> None:
        """Merge the verbs of which a noun is the subject: "the talks began", "was called off"."""
        latest, noun = self.latest, self.latest[n]
        end, topics = noun.trigger.last, list[int]()
        for after, following in zip_longest(latest[n + 1 :], latest[n + 2 :]):
            if following and _takes(after, following):
                break
            if _is_topic(after, noun) and following and following.trigger.is_passive:
                topics.append(after.order)
                continue
            if not _follows(after, noun, end):
                if end == noun.trigger.last and noun.verb is None and _is_told(after, noun):
                    noun = replace(_merged(noun, after, {}), predicate=after)
                    self.merged.add(after.order)
                break
            noun = _merged(noun, after, _AFTER_NOUN)
            if not after.trigger.is_passive and after.trigger.sense.group in _ASPECTS:
                noun = replace(noun, predicate=after)
            self.merged.update([*topics, after.order])
            end = after.trigger.last
        latest[n] = noun


def _is_topic(noun: EventCandidate, other: EventCandidate | None) -> bool:
    """Whether a noun is what another before it is about: "a hearing on the strike"."""
    start = noun.trigger.phrase_start
    is_next = other is not None and start - 1 == other.trigger.last
    return is_next and noun.sentence.doc.lower[start - 1] in _ABOUT


def _takes(verb: EventCandidate, noun: EventCandidate) -> bool:
    trigger = verb.trigger
    return (
        trigger.sense.lemma in _BEFORE_NOUN
        and trigger.pos != "noun"
        and not (trigger.sense.lemma == "attend" and verb.is_nonfactual)
        and not trigger.is_passive
        and trigger.last >= noun.trigger.phrase_start - 1
    )


def _plans(verb: EventCandidate, noun: EventCandidate) -> bool:
    """Whether a verb of planning has the noun after it: "slated for release"."""
    apart = noun.trigger.phrase_start - verb.trigger.last
    joins = apart == 0 or (apart == 1 and noun.sentence.doc.lower[verb.trigger.last] != "that")
    return verb.trigger.sense.group == "plan" and joins


def _follows(verb: EventCandidate, noun: EventCandidate, end: int) -> bool:
    trigger = verb.trigger
    if (
        trigger.sense.lemma not in _AFTER_NOUN
        or trigger.pos == "noun"
        or (trigger.shape in TO_COME and trigger.sense.group in _CALLING_OFF)
        or not (
            trigger.is_passive
            or trigger.sense.group in _INTRANSITIVE
            or trigger.sense.lemma == "fall through"
        )
        or noun.sentence.doc.lower[trigger.phrase_start - 1] in _NO_NOUN
    ):
        return False
    if noun.sentence.doc.lower[trigger.phrase_start] == "to" and end == noun.trigger.last:
        return False  # "an agreement to end the war"
    is_near = trigger.phrase_start - end <= _MAX_WORDS_TO_VERB
    same_clause = is_near and verb.subordinator in ("", noun.subordinator)
    return same_clause or verb.is_about(noun)


def _is_told(verb: EventCandidate, noun: EventCandidate) -> bool:
    """Whether a verb right after a noun says what it did: "the quake shook Lima"."""
    trigger, end = verb.trigger, noun.trigger.last
    return (
        trigger.phrase_start == end
        and trigger.shape in FINITE
        and noun.sentence.doc.space_before[end] == " "
    )


def _leads_to(plan: EventCandidate, deed: EventCandidate) -> bool:
    """Whether a verb only says that a deed is to come: "is expected to hold"."""
    trigger = plan.trigger
    is_plan = trigger.is_passive or trigger.sense.lemma in _ALONE
    is_next = trigger.last == deed.trigger.phrase_start
    return is_next and trigger.sense.group == "plan" and is_plan


def _merged(noun: EventCandidate, verb: EventCandidate, aspects: dict[str, str]) -> EventCandidate:
    """Return a noun with what its verb says."""
    said = noun.said
    if said.is_plain or verb.status in CALLED_OFF:
        said = verb.state
    lemma = verb.trigger.sense.lemma
    if aspects.get(lemma) == "off" and verb.trigger.form in _TOLD_FORMS and not verb.is_nonfactual:
        said = State(ENDS[lemma], "cue", (verb.trigger.first, verb.trigger.last))
    if verb.is_nonfactual and verb.trigger.sense.group == "hold" and aspects is _AFTER_NOUN:
        words = verb.trigger.phrase_start, verb.trigger.last
        said = State("cancelled", "cue", words)  # "the visit did not take place"
    return noun.decided(
        Decision("status", said.status, _RULE + f"what “{verb.span.exact}” says", (verb.span,)),
        form=verb.form,
        aspect=noun.aspect if aspects.get(lemma, "") in ("", "off") else aspects[lemma],
        time=verb.put_off_until() or noun.time or verb.time,
        said=said,
    )


def _ending(noun: EventCandidate, ended: EventCandidate) -> EventCandidate:
    """Return a noun with what is said of what it put an end to."""
    decision = Decision("status", ended.said.status, _RULE + "what it put an end to", (ended.span,))
    return noun.decided(decision, has_ended=True, time=ended.time, said=ended.said)
