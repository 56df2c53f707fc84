"""What is said of an event besides its title: its place, the stance, how its date is known."""

from datetime import timedelta

from timeline.basis import Base, Basis, DateBasis, Span, StatusBasis

from ..decision import Decision
from ..lexicon import rows
from .candidate import EventCandidate
from .date_resolution import span
from .triggers import FINITE
from .wordlists import SIDES

_PLACE = 10  # words from a trigger to its place
_OPENING = 4  # words of a sentence in which a place holds for all of it: "In Oslo, …"
_AT = frozenset({"in", "at", "to", "near", "from", "across", "outside", "off"})
# After these a place is where somebody or something is from.
_ELSEWHERE = frozenset(
    {"based", "born", "headquartered", "located", "raised", "living", "educated", "registered"}
)
_CITY_OF = [[word, "of"] for word in ("city", "town", "village", "port", "province", "island")]
_PLACES = frozenset({"place", "country"})
_RECALLED = timedelta(days=45)  # after which a report looks back
_STANCES = {form: stance for stance, forms, _ in rows("stances") for form in forms.split()}
_WORDS_OF_STANCE = frozenset(_STANCES)
_UNDATED = frozenset({"published", "cited", "not-set", "earlier"})  # rules of `basis`
_BY_STATUS = {
    "planned": "announces",
    "expected": "expects",
    "possible": "expects",
    "cancelled": "cancels",
    "postponed": "postpones",
}


def place(candidate: EventCandidate) -> tuple[str, str] | None:
    """Return the place that the clause of a candidate names, after the word that joins them.

    ("in", "Beijing") of "met in Beijing", ("to", "China") of "visited China".
    """
    sentence, trigger = candidate.sentence, candidate.trigger
    places = [(index, name) for index, name in sentence.names if name.kind in _PLACES]
    if not places:
        return None
    lower, end = sentence.doc.lower, min(trigger.last + _PLACE, _end_of_clause(candidate))
    after = [pair for pair in places if trigger.last <= pair[0] < end]
    after.sort(key=lambda pair: lower[pair[0] - 1] == "from")  # "flew from Oslo to Lima"
    opening = [pair for pair in places if _opens(candidate, pair[0])]
    for index, name in after + opening:
        at = index - 1 - (lower[index - 1] in SIDES)  # "off western Norway"
        is_there = lower[at - 1] not in _ELSEWHERE or at - 1 == trigger.first
        if at >= sentence.first and lower[at] in _AT and is_there:
            return lower[at], name.canonical
        if _is_reached(candidate, index):
            return "to" if trigger.sense.kind == "visit" else "in", name.canonical
        if lower[index - 1] == "for" and trigger.sense.kind == "visit":
            return "for", name.canonical
        if lower[index - 2 : index] in _CITY_OF:
            return "in", name.canonical
    return None


def _is_reached(candidate: EventCandidate, index: int) -> bool:
    """Whether a visit is to the place at words[index], or a quake in it: "hit southern Peru"."""
    sense = candidate.trigger.sense
    verb = candidate.predicate if sense.group == "n.disaster" else candidate
    if verb is None or not (sense.kind == "visit" or sense.group == "n.disaster"):
        return False
    last, lower = verb.trigger.last, candidate.sentence.doc.lower
    return index == last or (index == last + 1 and lower[last] in SIDES)


def _opens(candidate: EventCandidate, index: int) -> bool:
    """Whether the place at words[index] opens a sentence: "In Oslo …", "Talks in Oslo …"."""
    sentence, trigger = candidate.sentence, candidate.trigger
    if not (trigger.first - _PLACE <= index <= sentence.first + _OPENING and index < trigger.first):
        return False
    if index - 1 <= sentence.first:
        return True
    between = candidate.arguments.found[: candidate.order]
    return "," not in "".join(sentence.doc.gaps[sentence.first + 1 : index]) and not any(
        other.tense in FINITE for other in between
    )


def _end_of_clause(candidate: EventCandidate) -> int:
    """Return the index of the word where the next clause tells of its own place."""
    told = candidate.predicate and candidate.predicate.trigger
    for other in candidate.arguments.found[candidate.order + 1 :]:
        if other is not told and (
            other.tense in FINITE
            or (other.tense == "reduced" and other.sense.group != "plan")
            or (candidate.says and other.tense == "infinitive")
        ):
            return min(other.first, candidate.end)
    return candidate.end


def kind(candidate: EventCandidate) -> Decision:
    """Decide on the kind of an event, by the row of its word in lexicon/triggers.tsv."""
    sense, words = candidate.trigger.sense, candidate.words()
    start = candidate.sentence.doc.starts[candidate.trigger.first]
    rule = f"triggers: {sense.group}, {sense.lemma}"
    return Decision("kind", sense.kind, rule, (Span(words, start, start + len(words)),))


def stance(candidate: EventCandidate) -> str:
    """Return what a report does with its event: announces, confirms, recalls …"""
    sentence, status = candidate.sentence, candidate.status
    if status not in ("cancelled", "postponed"):
        before = sentence.doc.lower[sentence.first : candidate.trigger.last]
        if not _WORDS_OF_STANCE.isdisjoint(before):
            return next(_STANCES[word] for word in before if word in _STANCES)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    latest = span(candidate.edtf or "").latest
    return "recalls" if latest and sentence.doc.published - latest > _RECALLED else "reports"


def basis(candidate: EventCandidate) -> Basis:
    """Return which words the date and the status of a candidate rest on, and by which rules."""
    return Basis(_date_basis(candidate), _status_basis(candidate))


def _date_basis(candidate: EventCandidate) -> DateBasis:
    time, reason = candidate.source, candidate.reason
    if time is None:
        told = reason in ("published", "cited")
        base = Base(candidate.sentence.doc.published.isoformat()) if told else None
        return DateBasis(reason if reason in _UNDATED else "not-set", base=base)
    counted, length = candidate.counted or ("", None)
    spans = (*time.spans, *([Span(length.text, length.start, length.end)] if length else []))
    link = counted or ("" if reason == "own" else reason)
    return DateBasis(time.ground.rule, spans, time.ground.base, link)


def _status_basis(candidate: EventCandidate) -> StatusBasis:
    state, doc = candidate.state, candidate.sentence.doc
    if state.words is None:
        return StatusBasis(state.rule)
    first, last = state.words
    start, end = doc.starts[first], doc.ends[last - 1]
    return StatusBasis(state.rule, (Span(doc.text[start:end], start, end),))
