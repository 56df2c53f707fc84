"""Events that an article reports: what, when, with which status, by whom, and how we know."""

from collections.abc import Sequence
from datetime import date, datetime
from math import prod
from typing import NamedTuple

from ..names import Name, find_names
from ..sentences import Sentence, split
from ..times import Time, find_times
from . import wording
from .actors import with_whom
from .dating import put_dates
from .joining import Told
from .mention import Mention
from .mentions import collect
from .prose import Prose
from .salience import headline_lemmas, salience

# Least probabilities, chosen by cross-validation over the documents of the development corpora so
# that no more than three events are read for two of the gold:
SENTENCE = 0.32  # that a sentence has a salient mention
MENTION = 0.06  # that a mention is salient, once its sentence counts
UNDATED = 0.4  # and if it is of no date and no meeting
_MEETINGS = frozenset({"visit", "summit", "talks"})
_TOLD = frozenset({"past", "perfect"})


class Span(NamedTuple):
    """Code points [start, end) of the text and the words that stand there."""

    start: int
    end: int
    text: str


class Event(NamedTuple):
    """One event as one article reports it; offsets are code points, `end` exclusive.

    `start`, `end` and `text` are the evidence, a sentence; `time` is where the words stand that
    date it, in that sentence or another. `edtf` is None where no date is set, and approximate
    (`~`) where the sentence itself states none. `status` is one of occurred, ongoing, planned,
    expected, possible, postponed, cancelled; `stance` one of reports, announces, expects,
    confirms, recalls, postpones, cancels.
    """

    start: int
    end: int
    text: str
    trigger: Span | None
    edtf: str | None
    status: str
    stance: str
    kind: str
    actors: tuple[str, ...]
    place: str | None
    title: str
    derivation: str
    time: tuple[int, int] | None


def find_events(
    text: str,
    published: date | datetime,
    sentences: Sequence[Sentence] | None = None,
    times: Sequence[Time] | None = None,
    names: Sequence[Name] | None = None,
) -> list[Event]:
    """Return the events that `text`, published on that day or at that time, reports.

    They come in the order of their evidence. `sentences`, `times` and `names` are those of the text
    where they are known already. Any string is read, in time linear in its length; none raises.
    """
    sentences = split(text) if sentences is None else sentences
    times = find_times(text, published, sentences) if times is None else times
    names = find_names(text, sentences) if names is None else names
    day = published.date() if isinstance(published, datetime) else published
    return _read(Prose(text, day, sentences, times, names))


def _read(prose: Prose) -> list[Event]:
    collected = list(collect(prose))
    put_dates(prose, collected)
    headline = headline_lemmas(prose)
    told = Told()
    events = []
    for mentions in collected:
        for mention in mentions:
            mention.score = salience(prose, mention, headline)
        events.extend(_event(prose, mention) for mention in _choose(mentions, told))
    return events


def _choose(mentions: list[Mention], told: Told) -> list[Mention]:
    """Return the most salient mention of a sentence and those of other dates, none told before."""
    if 1 - prod(1 - mention.score for mention in mentions) <= SENTENCE:
        mentions = [m for m in mentions if _is_stated(m) or _is_planned_meeting(m)]
        if not mentions:
            return mentions
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.score, m.order)):
        if chosen and not _is_further(mention, chosen):
            continue
        floor = MENTION if mention.edtf or _is_planned_meeting(mention) else UNDATED
        if mention.score > floor and not told.repeats(mention):
            chosen.append(mention)
    chosen += [m for plan in chosen if (m := _governor(plan, mentions)) and m not in chosen]
    for mention in chosen:
        told.add(mention)
    return sorted(chosen, key=lambda m: m.order)


def _is_further(mention: Mention, chosen: list[Mention]) -> bool:
    """Whether a mention is worth an event beside others of its sentence: another date, a plan."""
    if _is_stated(mention) and mention.edtf not in {other.edtf for other in chosen}:
        return True
    kind = mention.trigger.reading.kind
    return (
        (_is_stated(mention) or mention.to_come)
        and _is_meeting(mention)
        and all(kind != other.trigger.reading.kind for other in chosen)
    )


def _is_stated(mention: Mention) -> bool:
    """Whether a mention's own words date it and its word names more than a "change" or "plan"."""
    return mention.time is not None and mention.trigger.reading.group != "n.weak"


def _governor(plan: Mention, mentions: list[Mention]) -> Mention | None:
    """Return the mention that tells how a meeting came to be planned: "invited him to visit"."""
    if plan.tense != "infinitive" or not _is_planned_meeting(plan):
        return None
    before = [m for m in mentions if m.order == plan.order - 1 and m.who and m.tense in _TOLD]
    return before[0] if before else None


def _is_planned_meeting(mention: Mention) -> bool:
    return mention.to_come and _is_meeting(mention)


def _is_meeting(mention: Mention) -> bool:
    """Whether a mention is of a visit or of talks in a sentence that names somebody."""
    return (
        mention.trigger.reading.kind in _MEETINGS
        and bool(mention.scope.names)
        and not mention.trigger.negated
    )


def _event(prose: Prose, mention: Mention) -> Event:
    trigger, sentence, time = mention.trigger, mention.scope.sentence, mention.source
    start, end = prose.starts[trigger.first], prose.ends[trigger.last - 1]
    where = wording.place(prose, mention)
    others = with_whom(prose, mention.scope, trigger)
    actors = tuple(dict.fromkeys(a for a in mention.who + others if a != where))
    return Event(
        start=sentence.start,
        end=sentence.end,
        text=prose.text[sentence.start : sentence.end],
        trigger=Span(start, end, prose.text[start:end]),
        edtf=mention.edtf,
        status=mention.status,
        stance=wording.stance(prose, mention),
        kind=trigger.reading.kind,
        actors=actors,
        place=where,
        title=wording.title(prose, mention, actors, where),
        derivation=wording.derivation(prose, mention),
        time=(time.start, time.end) if time else None,
    )
