"""Which date an event has: the one its clause states, the one in focus, or none.

The day of the sentence before, or of the news, is taken as it is: it was right for 54 of 59 gold
events of Task 4 and TimeSET, and a day that the event's own words state for 45 of 53. What only
the publication dates, or an event told before, and what a noun names (“his visit”, which may have
begun before) is given as approximate (EDTF `~`).
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from timeline.dates import Bounds, bounds

from ..decision import Decision
from ..lexicon import words
from ..lexicon.verbs import event_lemma
from ..times import Time
from .candidate import EventCandidate, ResolvedDate, with_latest
from .status import State

_NEAR = timedelta(days=30)
_FORTNIGHT = timedelta(days=14)
_ONCE = frozenset({"visit", "summit", "speech"})  # kinds of which an article mostly tells one
_APART = words("event_words", "apart")
_IN_TURN = words("event_words", "in turn")  # on different days, though mostly in the same year
_DATED_BY_FOCUS = frozenset({"past", "noun", "gerund", "participle"})
_LASTING = frozenset({"end", "law", "postpone"})  # groups of what holds until a day
_REAL = frozenset({"occurred", "ongoing"})
_OPENING_CHARACTERS = 4  # characters before a time that opens a sentence: "In 1952, …"
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d\d)?\Z")
_CLOCK = re.compile(r"T[^/]*")
_DAYS = re.compile(r"P(\d{1,3})(D|W)\Z")


def _resolved(candidate: EventCandidate, reason: str, source: Time | None = None) -> EventCandidate:
    """Return a candidate with the date that a time gives it for a reason."""
    if source is None:
        published = candidate.sentence.doc.published
        edtf = {"published": f"{published}~", "cited": f"../{published}"}.get(reason)
        return _dated(candidate, ResolvedDate(edtf, reason))
    edtf = _CLOCK.sub("", source.date)
    if "/" in edtf and _MONTH_OR_YEAR.match(source.value) and edtf.startswith(f"{source.value}-01"):
        return _dated(candidate, ResolvedDate(source.value, reason, source))
    if reason == "own":
        return _dated(candidate, _lasting(candidate, edtf, source))
    found = ResolvedDate(edtf, reason, source)
    is_told = candidate.shape != "noun" and found.is_of_another_sentence
    is_exact = is_told or reason == "same-clause"
    if not (is_exact or edtf[-1] in "~?%" or "/" in edtf):
        found = replace(found, edtf=edtf + "~")
    return _dated(candidate, found)


def _dated(candidate: EventCandidate, found: ResolvedDate) -> EventCandidate:
    spans = found.source.spans if found.source else ()
    steps = [found.source.ground.rule if found.source else "", found.reason]
    steps.append(found.counted[0] if found.counted else "")
    rule = "date_resolution: " + " → ".join(filter(None, steps))
    return candidate.decided(Decision("date", found.edtf or "", rule, spans), date=found)


def _lasting(candidate: EventCandidate, edtf: str, source: Time) -> ResolvedDate:
    """Count the days of "completed his four-day visit" back from its day, of a beginning forth."""
    plain = ResolvedDate(edtf, "own", source)
    if not candidate.aspect or not _is_day(edtf):
        return plain
    trigger = candidate.trigger
    for duration in candidate.sentence.doc.durations(trigger.phrase_start, trigger.first):
        if length := _DAYS.match(duration.value):
            days = timedelta(days=int(length[1]) * (7 if length[2] == "W" else 1) - 1)
            day = date.fromisoformat(edtf)
            has_ended = candidate.aspect == "end"
            try:
                first, last = (day - days, day) if has_ended else (day, day + days)
            except OverflowError:
                return plain
            if not days:
                return plain
            link = "length-back" if has_ended else "length-forward"
            return ResolvedDate(f"{first}/{last}", "own", source, (link, duration))
    return plain


def _is_day(edtf: str) -> bool:
    return "/" not in edtf and len(edtf.partition("T")[0]) == 10


def _is_coarse(edtf: str) -> bool:
    earliest, latest = span(edtf)
    return earliest is None or latest is None or latest - earliest > _FORTNIGHT


def span(edtf: str) -> Bounds:
    """Return the first and last day of an EDTF date, none where it is not understood."""
    try:
        return bounds(edtf)
    except ValueError:
        return Bounds(None, None)


class DateResolver:
    """Dates the candidates of an article, sentence by sentence.

    It keeps the dates that an undated sentence may speak of.
    """

    def __init__(self, published: date, beginning: Iterable[EventCandidate]) -> None:
        """Begin an article; `beginning` are the candidates of its first sentences."""
        self.published = published
        # whose own words date them, in the sentence now read
        self.owners: list[EventCandidate] = []
        self.event: EventCandidate | None = None  # told last
        self.statement: EventCandidate | None = None  # or event, told last
        self.told: dict[str, EventCandidate] = {}  # by its verb, or its kind
        # the time of the day that the article is about
        self.lead = next((m.time for m in beginning if self._tells(m, m.time)), None)

    def open(self, candidates: list[EventCandidate]) -> list[EventCandidate]:
        """Begin a sentence: return its candidates, those dated whose own words date them."""
        latest = {
            candidate.order: self._own_date(candidate, candidate.time)
            for candidate in candidates
            if candidate.time is not None and not candidate.time.date.startswith("..")  # "recently"
        }
        opened = with_latest(candidates, latest)
        self.owners = [candidate for candidate in opened if candidate.order in latest]
        return opened

    def _own_date(self, candidate: EventCandidate, time: Time) -> EventCandidate:
        """Return a candidate with the date of its own words; one ahead is a plan."""
        dated = _resolved(candidate, "own", time)
        end = (dated.edtf or "").partition("/")[2] if candidate.has_ended else ""
        if end not in ("", ".."):
            dated = _dated(candidate, ResolvedDate(end, "own", time, ("end", None)))
        earliest = span(time.date).earliest
        state = candidate.state
        is_told = state.status in _REAL and not state.is_nonfactual
        if not (is_told and earliest and earliest > self.published):
            return dated
        is_state = candidate.trigger.is_passive or candidate.trigger.sense.group in _LASTING
        goes_on = is_state and candidate.lasts("until")  # "closed until May"
        ahead = State("ongoing" if goes_on else "planned", "ahead")
        decision = Decision("status", ahead.status, "date_resolution: its day is ahead", time.spans)
        return dated.decided(decision, outcome=ahead)

    def close(self, chosen: list[EventCandidate]) -> None:
        """End a sentence: take note of the dates of its events and of what its words date."""
        latest = {candidate.order: candidate for candidate in [*self.owners, *chosen]}
        for candidate in latest.values():
            if candidate.date is not None and candidate.date.source is not None:
                self._see(candidate, candidate.date)

    def resolve(self, candidate: EventCandidate) -> EventCandidate:
        """Return a candidate with its date, the time it comes from and the reason for that."""
        if candidate.date is not None:
            return candidate
        if candidate.to_come:
            return _resolved(candidate, "not-set")
        if self.owners and (owner := self._sharer(candidate)):
            return _resolved(candidate, "same-clause", owner.time)
        if (other := self._hangs_on(candidate)) is not None:
            found = self.resolve(other).date
            return _dated(candidate, found) if found else candidate
        return self._guess(candidate)

    def _hangs_on(self, candidate: EventCandidate) -> EventCandidate | None:
        """Return the candidate whose date this one has: "agreed to meet", "on the trip, he met"."""
        before = candidate.before
        if candidate.shape == "infinitive":
            while before is not None and before.shape == "infinitive":
                before = before.before
            return before
        if before is not None and before.shape == "noun" and not before.to_come:
            return before if self._known(before) else None
        return None

    def _sharer(self, candidate: EventCandidate) -> EventCandidate | None:
        """Return the candidate of the same sentence whose stated time holds for this one too."""
        shape = candidate.shape
        if shape in ("pluperfect", "future", "modal"):
            return None
        owners = [owner for owner in self.owners if not (owner.is_aside or owner.is_alleged)]
        owner = min(owners, key=lambda o: abs(o.order - candidate.order), default=None)
        time = owner.time if owner is not None else None
        if owner is None or time is None:
            return None
        earliest = span(time.date).earliest
        if earliest is None or earliest > self.published or owner.to_come:
            return None
        is_when = candidate.sentence.doc.text.startswith(", when", time.end)
        if candidate.subordinator == "when" and is_when:
            return owner  # "in 1952, when rain fell"
        return owner if self._shares(owner, candidate, time) else None

    def _shares(self, owner: EventCandidate, candidate: EventCandidate, time: Time) -> bool:
        """Whether the time of one candidate holds for another of its sentence."""
        coarse, shape = _is_coarse(time.date), candidate.shape
        opens = time.start - owner.sentence.span.start < _OPENING_CHARACTERS
        if coarse and abs(owner.order - candidate.order) > 1 and not opens:
            return False
        if owner.subordinator != candidate.subordinator:
            apart = _APART if coarse else _APART | _IN_TURN
            if not apart.isdisjoint((owner.subordinator, candidate.subordinator)):
                return False
        if owner.order < candidate.order and owner.trigger.sense.kind == "statement":
            return candidate.says or shape in ("progressive", "gerund", "infinitive")
        is_before = candidate.says and candidate.order < owner.order
        return not is_before or shape in ("noun", "gerund")

    def _see(self, candidate: EventCandidate, found: ResolvedDate) -> None:
        """Take note of a candidate that some time dates."""
        sense = candidate.trigger.sense
        if found.reason in ("own", "same-clause") and candidate.state.is_plain:
            self.told.setdefault(event_lemma(sense), candidate)
            if sense.kind in _ONCE:
                self.told.setdefault(sense.kind, candidate)
        paragraph = candidate.sentence.span.paragraph
        goes_on = self.event is not None and self.event.sentence.span.paragraph == paragraph
        is_focused = found.reason == "in-focus" and goes_on
        if not self._tells(candidate, found.source if is_focused else candidate.time):
            return
        self.lead = self.lead or candidate.time
        self.statement = candidate
        if sense.kind != "statement":
            self.event = candidate

    def _tells(self, candidate: EventCandidate, time: Time | None) -> bool:
        """Whether a candidate tells, in the article's own voice, of one day of the weeks before."""
        if time is None or candidate.is_quoted or not _is_day(time.date) or candidate.to_come:
            return False
        if candidate.is_of_a_time:
            return False  # "the quarter, which ended on December 30"
        day = span(time.date).earliest
        return day is not None and timedelta() <= self.published - day <= _NEAR

    def _guess(self, candidate: EventCandidate) -> EventCandidate:
        """Return a candidate with a date where its sentence states none for it."""
        shape = candidate.shape
        if shape == "pluperfect":
            return _resolved(candidate, "earlier")
        if shape == "noun" and (known := self._known(candidate)) and known.date:
            return _dated(candidate, replace(known.date, reason="told-before"))
        if candidate.is_cited:
            return _resolved(candidate, "cited")
        if shape in _DATED_BY_FOCUS or (candidate.is_quoted and shape == "perfect"):
            current = self.statement if candidate.says else self.event
            if current is not None and current.date and _is_near(candidate, current):
                return _resolved(candidate, "in-focus", current.date.source)
            if self.lead is not None:
                return _resolved(candidate, "lead", self.lead)
        if candidate.time is not None:
            return _resolved(candidate, "own", candidate.time)
        return _resolved(candidate, "published")

    def _known(self, candidate: EventCandidate) -> EventCandidate | None:
        sense = candidate.trigger.sense
        return self.told.get(event_lemma(sense)) or self.told.get(sense.kind)


def _is_near(candidate: EventCandidate, other: EventCandidate) -> bool:
    """Whether another candidate stands in the same sentence of prose or the one before."""
    return (candidate.sentence.number or 0) - (other.sentence.number or 0) <= 1
