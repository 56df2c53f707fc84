"""Events that an article reports: what, when, with which status, by whom, and how we know."""

from typing import NamedTuple

from timeline.basis import Basis
from timeline.basis.words import sentence

from ..decision import Decision
from ..document import Document
from . import wording
from .candidate import EventCandidate
from .candidates import find_candidates
from .date_resolution import DateResolver
from .salience import put_scores
from .selection import Deduplicator, select
from .titles import governing_verb, title

_LEAD = 3  # sentences in which the day is looked for that an article is about


class Span(NamedTuple):
    """Code points [start, end) of the text and the words that stand there."""

    start: int
    end: int
    text: str


class Event(NamedTuple):
    """One event as one article reports it; offsets are code points, `end` exclusive.

    `start`, `end` and `text` are the evidence, a sentence. `edtf` is None where no date is set, and
    approximate (`~`) where the sentence itself states none; `basis` is what date and status rest
    on, with the places of the words. `status` is one of occurred, ongoing, planned, expected,
    possible, postponed, cancelled; `stance` one of reports, announces, expects, confirms, recalls,
    postpones, cancels. `score` is the probability, from 0 to 1, that a reader would put it on a
    timeline.
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
    basis: Basis
    score: float
    decisions: tuple[Decision, ...] = ()  # how all this was decided, in order

    @property
    def time(self) -> tuple[int, int] | None:
        """Where the words stand that date it, in the evidence or another sentence."""
        spans = self.basis.date.spans
        return (spans[0].start, spans[0].end) if spans else None

    @property
    def derivation(self) -> str:
        """One sentence for a reader: which words give the date and which the status."""
        words = self.basis.date.spans
        outside = tuple(one for one in words if not self.start <= one.start < self.end)
        return sentence(self.basis, self.edtf or "", self.status, outside=outside)


def find_events(doc: Document) -> list[Event]:
    """Return the events that a document reports, in the order of their evidence."""
    told = Deduplicator()
    collected = list(find_candidates(doc))
    dates = DateResolver(doc.published, [m for _, found in collected[:_LEAD] for m in found])
    events = []
    for _, candidates in collected:
        put_scores(candidates)
        dates.open(candidates)
        chosen = select(candidates, dates, told) if candidates else []
        events += [_event(candidate) for candidate in chosen]
        dates.close(chosen)
    return events


def _event(candidate: EventCandidate) -> Event:
    doc = candidate.sentence.doc
    trigger, sentence = candidate.trigger, candidate.sentence.span
    start, end = doc.starts[trigger.first], doc.ends[trigger.last - 1]
    words = doc.text[start:end]
    what = candidate.plan or candidate
    there = wording.place(candidate)
    if there is None and what is not candidate:
        there = wording.place(what)
    joint, where = there or ("", None)
    people = what.sentence.actors
    verb = governing_verb(what)
    actors = verb.who + what.who if verb is not None else what.who
    if people and people[-1][0] >= what.trigger.last:
        for one in filter(None, (what, verb)):
            actors += one.arguments.co_participants(one.order, what.end)
    actors = tuple([actor for actor in dict.fromkeys(actors) if actor != where])
    name = title(what, actors, joint, where)
    basis = wording.basis(candidate)
    return Event(
        start=sentence.start,
        end=sentence.end,
        text=doc.text[sentence.start : sentence.end],
        trigger=Span(start, end, words),
        edtf=candidate.edtf,
        status=candidate.status,
        stance=wording.stance(candidate),
        kind=what.trigger.sense.kind,
        actors=actors,
        place=where,
        title=name.value,
        basis=basis,
        score=candidate.score,
        decisions=(
            wording.kind(what),
            Decision(
                "status", candidate.status, f"status: {basis.status.rule}", basis.status.spans
            ),
            _dated(candidate, basis),
            what.arguments.agents(what.order),
            Decision("actors", ", ".join(actors), "arguments: agents and who else takes part"),
            Decision(
                "place", where or "", f"wording: behind “{joint}”" if joint else "wording: none"
            ),
            name,
        ),
    )


def _dated(candidate: EventCandidate, basis: Basis) -> Decision:
    rule = " → ".join(filter(None, (basis.date.rule, basis.date.link)))
    return Decision("date", candidate.edtf or "", f"dating: {rule}", basis.date.spans)
