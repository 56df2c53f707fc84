"""Events that an article reports: what, when, with which status, by whom, and how we know."""

from ..document import Document, Sentence
from ..lexicon import words
from .arguments import ArgumentFinder
from .candidate import EventCandidate
from .date_resolution import DateResolver
from .event import Event, describe
from .light_verbs import merge_light_verbs
from .plan_outcomes import merge_outcomes
from .salience import scored
from .selection import Deduplicator, select
from .time_attachment import attach
from .triggers import Trigger, find

_IN_WORDS = words("event_words", "in words")
__all__ = ["Event", "find_candidates", "find_events"]

_LEAD = 3  # sentences in which the day is looked for that an article is about
_SCARE = 30  # characters of a quoted span that is no speech: a “peace offensive”


def find_events(doc: Document) -> list[Event]:
    """Return the events that a document reports, in the order of their evidence."""
    told, found = Deduplicator(), find_candidates(doc)
    dates = DateResolver(doc.published, [c for candidates in found[:_LEAD] for c in candidates])
    events: list[Event] = []
    for candidates in found:
        chosen = select(dates.open(scored(candidates)), dates, told)
        events += [event for event in map(describe, chosen) if event.title]
        dates.close(chosen)
    return events


def find_candidates(doc: Document) -> list[list[EventCandidate]]:
    """Return, for each sentence of prose, what may be an event of it."""
    found: list[list[EventCandidate]] = []
    for sentence in doc.prose:
        candidates = merge_light_verbs(_candidates(sentence))
        candidates, earlier = merge_outcomes(candidates, found[-1] if found else [])
        if found:
            found[-1] = earlier
        found.append(candidates)
    return found


def _candidates(sentence: Sentence) -> list[EventCandidate]:
    """Return the triggers of a sentence as candidates, each with the time of its clause."""
    doc = sentence.doc
    triggers = [
        trigger
        for trigger in find(doc, sentence.first, sentence.last, sentence.tree)
        if not (
            trigger.pos == "noun"  # a word of a time: "this fall"
            and any(time.first <= trigger.first < time.last for time in sentence.times)
        )
    ]
    media = [sentence.token(t.first) for t in triggers if _is_medium(doc, t)]
    triggers = [
        trigger
        for trigger in triggers
        if (token := sentence.token(trigger.first)) is None
        or not (token in media or (token.dep == "acl" and token.head in media))
    ]
    arguments = ArgumentFinder(sentence, triggers)
    times = attach(sentence, triggers) if sentence.times else {}
    candidates: list[EventCandidate] = []
    before = None
    for order, trigger in enumerate(triggers):
        if trigger.sense.group == "state" or trigger.pos == "adjective":
            continue
        length = doc.quoted_length(doc.starts[trigger.first])
        if 0 < length < _SCARE:
            continue
        before = EventCandidate(
            arguments, order, before, length > 0, times.get(order), trigger.form
        )
        candidates.append(before)
    return candidates


def _is_medium(doc: Document, trigger: Trigger) -> bool:
    """Whether a noun only tells how something was said: "in a statement issued on Monday"."""
    is_release = doc.lower[trigger.first - 1 : trigger.last] == ["press", "release"]
    is_words = trigger.sense.group == "n.statement" or is_release
    return is_words and doc.lower[trigger.phrase_start - 1] in _IN_WORDS
