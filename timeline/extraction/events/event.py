"""An event as one article reports it, described once it is decided which candidate is one."""

from datetime import timedelta
from typing import NamedTuple

from timeline.basis import Base, Basis, DateBasis, Span, StatusBasis
from timeline.basis.words import sentence

from ..decision import Decision
from ..document import TextSpan
from ..lexicon import rows, words
from ..syntax import Token
from .candidate import EventCandidate
from .date_resolution import span
from .status import Factuality
from .titles import governing_verb, title

_AT = words("event_words", "at a place")
_PLACE_NOUNS = words("name_contexts", "sort of place")
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "conj", "xcomp"})
_PLACES = frozenset({"place", "country"})
_RECALLED = timedelta(days=45)  # after which a report looks back
_STANCES = {form: stance for stance, forms, _ in rows("stances") for form in forms.split()}
_FACTUALITY = {  # by what it is known where no word of the status tells it
    Factuality.ATTRIBUTED: "status: a clause of what somebody says",
    Factuality.HABITUAL: "status: in the present, at no time",
    Factuality.ASKED: "status: a question",
    Factuality.CONDITIONAL: "status: under “if”",
}
_BY_STATUS = {"planned": "announces", "expected": "expects", "possible": "expects"}
_BY_STATUS |= {"cancelled": "cancels", "postponed": "postpones"}


class Event(NamedTuple):
    """One event as one article reports it; offsets are code points, `end` exclusive.

    `start`, `end` and `text` are the evidence, a sentence. `edtf` is None where no date is set, and
    approximate (`~`) where no sentence states it; `basis` is what date and status rest
    on, with the places of the words. `status` is one of occurred, ongoing, planned, expected,
    possible, postponed, cancelled; `factuality` tells whether the text says that it is so; `stance`
    is one of reports, announces, expects, confirms, recalls, postpones, cancels. `salience` is
    the probability, from 0 to 1, that its trigger names an event, `grade` that an editor takes it.
    """

    start: int
    end: int
    text: str
    trigger: TextSpan
    edtf: str | None
    status: str
    factuality: Factuality
    stance: str
    kind: str
    actors: tuple[str, ...]
    place: str | None
    title: str
    basis: Basis
    salience: float
    decisions: tuple[Decision, ...] = ()  # how all this was decided, in order
    grade: float = 0.0

    @property
    def time(self) -> tuple[int, int] | None:
        """Where the words stand that date it, in the evidence or another sentence."""
        for _, start, end in self.basis.date.spans[:1]:
            return (start, end) if start is not None and end is not None else None
        return None

    @property
    def derivation(self) -> str:
        """One sentence for a reader: which words give the date and which the status."""
        words = self.basis.date.spans
        outside = tuple(one for one in words if not self.start <= (one.start or 0) < self.end)
        return sentence(self.basis, self.edtf or "", self.status, outside=outside)


def describe(candidate: EventCandidate) -> Event:
    """Return the event of a candidate: who takes part, where, its title and what it rests on."""
    doc, evidence = candidate.sentence.doc, candidate.sentence.span
    first, last = candidate.trigger.first, candidate.trigger.last
    what = candidate.plan or candidate
    sense = what.trigger.sense
    preposition, place = _place(candidate) or _place(what) or ("", None)
    placed = f"place behind “{preposition}”" if place else "no place named"
    actors = tuple(actor for actor in _actors(what) if actor != place)
    basis, name = basis_of(candidate), title(what, actors, preposition, place)
    rule, words = f"status: {basis.status.rule}", basis.status.spans or (candidate.span,)
    decided = [d.value for d in candidate.decisions if d.of == "status"][-1:]  # by who knew better
    status = [Decision("status", candidate.status, rule, words)]
    told = candidate.factuality
    return Event(
        start=evidence.start,
        end=evidence.end,
        text=doc.text[evidence.start : evidence.end],
        trigger=doc.text_span(first, last),
        edtf=candidate.edtf,
        status=candidate.status,
        factuality=candidate.factuality,
        stance=_stance(candidate),
        kind=sense.kind,
        actors=actors,
        place=place,
        title=name.value,
        basis=basis,
        salience=candidate.salience,
        decisions=(
            Decision("kind", sense.kind, f"triggers: {sense.group}, {sense.lemma}", (what.span,)),
            *candidate.decisions,
            *(status if decided != [candidate.status] else []),
            Decision("factuality", told, _FACTUALITY.get(told, rule), words),
            what.arguments.agents(what.order),
            _named(what, actors),
            Decision("place", place or "", f"event: {placed}"),
            name,
        ),
    )


def _actors(what: EventCandidate) -> tuple[str, ...]:
    """Return who acts, the subject of a verb before its noun first, then who else takes part."""
    verb = governing_verb(what)
    actors = verb.who + what.who if verb is not None else what.who
    people = what.sentence.actors
    if people and people[-1][0] >= what.trigger.last:
        for one in filter(None, (what, verb)):
            actors += one.arguments.co_participants(one.order, what.end)
    return tuple(dict.fromkeys(actors))


def _named(what: EventCandidate, actors: tuple[str, ...]) -> Decision:
    """Return the decision on who takes part, with what made a name of each."""
    names = {name.canonical: name for _, name in reversed(what.sentence.names)}
    rules = (f"{who}: {names[who].rule if who in names else 'coreference'}" for who in actors)
    spans = tuple(Span(n.text, n.start, n.end) for who in actors if (n := names.get(who)))
    rule = "; ".join(rules) or "nobody named"
    return Decision("actors", ", ".join(actors), f"arguments: {rule}", spans)


def _place(candidate: EventCandidate) -> tuple[str, str] | None:
    """Return the place that the clause of a candidate names, after the word that joins them.

    ("in", "Beijing") of "met in Beijing", ("to", "China") of "visited China".
    """
    sentence = candidate.sentence
    found = []
    for _, name in sentence.names:
        head = sentence.tree.head(name.start, name.end) if name.kind in _PLACES else None
        if head is not None and (preposition := _preposition(candidate, head)):
            found.append((preposition, name.canonical))
    return min(found, key=lambda pair: pair[0] == "from", default=None)  # "from Oslo to Lima"


def _preposition(candidate: EventCandidate, place: Token) -> str | None:
    """Return the word that joins a place to an event: "in", "to" of "visited Lima"."""
    over, sense = place.head, candidate.trigger.sense
    told = filter(None, (candidate, candidate.predicate, candidate.verb))
    events = [t for t in (one.token for one in told) if t is not None]
    if over is None:
        return None
    if place.dep == "dobj" and over in events:
        return "to" if sense.kind == "visit" else "in" if sense.group == "n.disaster" else None
    if over.lower == "of" and over.head is not None and over.head.lower in _PLACE_NOUNS:
        over = over.head.head or over  # "in the city of Lima"
    is_place = over.lower in _AT or (over.lower == "for" and sense.kind == "visit")
    return over.lower if is_place and _hangs_on(over, events) else None


def _hangs_on(preposition: Token, events: list[Token]) -> bool:
    """Whether the phrase of a preposition tells where events were, which are one, happened."""
    verbs = [t.head for t in events if t.dep in _ARGUMENTS]  # "held talks in Oslo"
    for over in preposition.ancestors():
        if over in events or over in verbs:
            return True
        if over.dep in ("acl", "relcl"):  # "the speech that Li is to give in Oslo"
            return over.head in events
        is_there = over.dep == "prep" and over.lower in _AT  # "at her home in Norwich"
        if not (is_there or over.dep in _ARGUMENTS or over.dep == "pobj"):
            return False
    return False


def _stance(candidate: EventCandidate) -> str:
    """Return what a report does with its event: announces, confirms, recalls …"""
    sentence, status = candidate.sentence, candidate.status
    if status not in ("cancelled", "postponed"):
        before = sentence.doc.lower[sentence.first : candidate.trigger.last]
        if stance := next(filter(None, map(_STANCES.get, before)), None):
            return stance
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    latest = span(candidate.edtf or "").latest
    return "recalls" if latest and sentence.doc.published - latest > _RECALLED else "reports"


def basis_of(candidate: EventCandidate) -> Basis:
    """Return which words the date and the status of a candidate rest on, and by which rules."""
    state = candidate.state
    spans = (candidate.words_at(*state.words),) if state.words else ()
    return Basis(_date_basis(candidate), StatusBasis(state.rule, spans))


def _date_basis(candidate: EventCandidate) -> DateBasis:
    found = candidate.date
    time, reason = (found.source, found.reason) if found else (None, "not-set")
    if time is None:
        told = reason in ("published", "cited")
        base = Base(candidate.sentence.doc.published.isoformat()) if told else None
        return DateBasis(reason, base=base)
    counted, length = (found and found.counted) or ("", None)
    spans = (*time.spans, *([Span(length.text, length.start, length.end)] if length else []))
    link = counted or ("" if reason == "own" else reason)
    return DateBasis(time.ground.rule, spans, time.ground.base, link)
