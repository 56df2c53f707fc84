"""Which date an event has: the one its clause states, the one in focus, or none.

A date that the sentence itself does not state is given as approximate (EDTF `~`).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from timeline.dates import Bounds, bounds

from ..lexicon.verbs import event_lemma
from ..times import Time
from .candidate import CALLED_OFF, EventCandidate
from .status import State
from .triggers import lasts

_NEAR = timedelta(days=30)
_FORTNIGHT = timedelta(days=14)
_ONCE = frozenset({"visit", "summit", "speech"})  # kinds of which an article mostly tells one
_APART = frozenset({"since", "until"})
_IN_TURN = frozenset({"before", "after"})  # on different days, though mostly in the same year
_TOLD = frozenset({"past", "noun", "gerund", "reduced"})
_REAL = frozenset({"occurred", "ongoing"})
_OPENING = 4  # characters before a time that opens a sentence: "In 1952, …"
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d\d)?\Z")
_CLOCK = re.compile(r"T[^/]*")
_DAYS = re.compile(r"P(\d{1,3})(D|W)\Z")


def _edtf(candidate: EventCandidate) -> str | None:
    """Return the EDTF of a candidate: no time of day, "earlier this year" the year."""
    time = candidate.source
    if time is None:
        doc = candidate.sentence.doc
        return {"published": f"{doc.published}~", "cited": f"../{doc.published}"}.get(
            candidate.reason
        )
    edtf = _CLOCK.sub("", time.edtf) if "T" in time.edtf else time.edtf
    if "/" in edtf and _MONTH_OR_YEAR.match(time.value) and edtf.startswith(f"{time.value}-01"):
        return time.value
    if candidate.reason == "own":
        return _lasting(candidate, edtf)
    exact = candidate.reason == "same-clause" or edtf[-1] in "~?%" or "/" in edtf
    return edtf if exact else edtf + "~"


def _lasting(candidate: EventCandidate, edtf: str) -> str:
    """Count the days of "completed his four-day visit" back from its day, of a beginning forth."""
    if not candidate.aspect or not _is_day(edtf):
        return edtf
    trigger = candidate.trigger
    for duration in candidate.sentence.doc.durations(trigger.phrase_start, trigger.first):
        if length := _DAYS.match(duration.value):
            days = timedelta(days=int(length[1]) * (7 if length[2] == "W" else 1) - 1)
            day = date.fromisoformat(edtf)
            ended = candidate.aspect == "end"
            try:
                first, last = (day - days, day) if ended else (day, day + days)
            except OverflowError:
                return edtf
            if days:
                edtf = f"{first}/{last}"
                candidate.counted = "length-back" if ended else "length-forward", duration
            return edtf
    return edtf


def _is_vague(time: Time) -> bool:
    """Whether a time only says that something is past: "recent", "recently"."""
    return time.edtf.startswith("..")


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


def _called_off(candidate: EventCandidate) -> bool:
    """Whether it is why something was called off: "put off after rain had fallen" says no when."""
    sentence = candidate.sentence
    if "after" not in sentence.doc.lower[sentence.first : candidate.trigger.phrase_start]:
        return False
    before = candidate.before
    while before is not None and before.subordinator == "after":
        before = before.before
    return candidate.subordinator == "after" and before is not None and before.status in CALLED_OFF


class DateResolver:
    """Dates the candidates of an article, sentence by sentence.

    It keeps the dates that an undated sentence may speak of.
    """

    def __init__(self, published: date, beginning: Iterable[EventCandidate]) -> None:
        """Begin an article; `beginning` are the candidates of its first sentences."""
        self.published = published
        self.owners: list[
            EventCandidate
        ] = []  # whose own words date them, in the sentence now read
        self.event: EventCandidate | None = None  # told last
        self.statement: EventCandidate | None = None  # or event, told last
        self.told: dict[str, EventCandidate] = {}  # by its verb, or its kind
        # the time of the day that the article is about
        self.lead = next((m.time for m in beginning if self._tells(m, m.time)), None)

    def open(self, candidates: list[EventCandidate]) -> None:
        """Begin a sentence: date what its own words date."""
        self.owners = [m for m in candidates if m.time is not None and not _is_vague(m.time)]
        for candidate in self.owners:
            candidate.source, candidate.reason = candidate.time, "own"
            candidate.edtf = _edtf(candidate)
            end = candidate.edtf.partition("/")[2] if candidate.has_ended else ""
            if end not in ("", ".."):
                candidate.edtf, candidate.counted = end, ("end", None)
            earliest = span(candidate.time.edtf).earliest
            if earliest and earliest > self.published and candidate.status in _REAL:
                goes_on = lasts(candidate.trigger) and candidate.lasts("until")
                candidate.state = State("ongoing" if goes_on else "planned", "ahead")

    def close(self, chosen: list[EventCandidate]) -> None:
        """End a sentence: take note of the dates of its events and of what its words date."""
        for candidate in dict.fromkeys(self.owners + chosen) if self.owners else chosen:
            if candidate.source is not None:
                self._see(candidate)

    def date(self, candidate: EventCandidate) -> None:
        """Set the date of a candidate: `edtf`, the time it comes from and the reason for that."""
        if candidate.reason:
            return
        if candidate.to_come:
            if (owner := self._occasion(candidate)) is not None:
                candidate.source, candidate.reason = owner.time, "same-clause"
            else:
                candidate.reason = "not-set"
        elif candidate.is_background:
            candidate.reason = "earlier"
        elif self.owners and (owner := self._sharer(candidate)):
            candidate.source, candidate.reason = owner.time, "same-clause"
        elif (other := self._hangs_on(candidate)) is not None:
            self.date(other)
            candidate.date_as(other)
            candidate.reason = other.reason
        else:
            self._guess(candidate)
            if candidate.reason == "published" and candidate.time is not None:
                candidate.source, candidate.reason = candidate.time, "own"
        candidate.edtf = candidate.edtf or _edtf(candidate)

    def _hangs_on(self, candidate: EventCandidate) -> EventCandidate | None:
        """Return the candidate whose date this one has: "agreed to meet", "on the trip, he met"."""
        before = candidate.before
        if candidate.tense == "infinitive":
            while before is not None and before.tense == "infinitive":
                before = before.before
            return before
        if before is not None and before.tense == "noun" and not before.to_come:
            return before if self._known(before) else None
        return None

    def _sharer(self, candidate: EventCandidate) -> EventCandidate | None:
        """Return the candidate of the same sentence whose stated time holds for this one too."""
        tense = candidate.tense
        if tense in ("pluperfect", "future", "modal"):
            return None
        owners = [owner for owner in self.owners if not owner.is_aside]
        if not owners:
            return None
        owner = min(owners, key=lambda o: abs(o.order - candidate.order))
        earliest = span(owner.time.edtf).earliest
        if earliest is None or earliest > self.published or owner.to_come:
            return None
        if candidate.subordinator == "when" and self._is_when(owner.time):
            return owner
        coarse = _is_coarse(owner.time.edtf)
        opens = owner.time.start - owner.sentence.span.start < _OPENING
        if coarse and abs(owner.order - candidate.order) > 1 and not opens:
            return None
        if owner.subordinator != candidate.subordinator:
            apart = _APART if coarse else _APART | _IN_TURN
            if not apart.isdisjoint((owner.subordinator, candidate.subordinator)):
                return None
        if owner.order < candidate.order and owner.trigger.sense.kind == "statement":
            dependent = candidate.says or tense in ("progressive", "gerund", "infinitive")
            return owner if dependent else None
        if candidate.says and candidate.order < owner.order and tense not in ("noun", "gerund"):
            return None
        return owner

    def _occasion(self, candidate: EventCandidate) -> EventCandidate | None:
        """Return the dated occasion of a plan: "to speak at the meeting on May 8"."""
        for owner in self.owners:
            if owner.before is candidate and owner.tense == "noun":
                before = candidate.sentence.doc.lower[owner.trigger.phrase_start - 1]
                return owner if before in ("at", "during") else None
        return None

    def _is_when(self, time: Time) -> bool:
        """Whether a clause says what else happened at a time: "in 1952, when rain fell"."""
        text = self.owners[0].sentence.doc.text
        return text[time.end : time.end + 6] == ", when"

    def _see(self, candidate: EventCandidate) -> None:
        """Take note of a candidate that some time dates."""
        sense = candidate.trigger.sense
        if candidate.reason in ("own", "same-clause") and candidate.status == "occurred":
            self.told.setdefault(event_lemma(sense), candidate)
            if sense.kind in _ONCE:
                self.told.setdefault(sense.kind, candidate)
        goes_on = candidate.reason == "in-focus" and self._goes_on(candidate)
        if not self._tells(candidate, candidate.source if goes_on else candidate.time):
            return
        self.lead = self.lead or candidate.time
        self.statement = candidate
        if sense.kind != "statement":
            self.event = candidate

    def _goes_on(self, candidate: EventCandidate) -> bool:
        """Whether a candidate goes on with what was told before it in its paragraph."""
        return (
            self.event is not None
            and self.event.sentence.span.paragraph == candidate.sentence.span.paragraph
        )

    def _tells(self, candidate: EventCandidate, time: Time | None) -> bool:
        """Whether a candidate tells, in the article's own voice, of one day of the weeks before."""
        if time is None or candidate.quoted or not _is_day(time.edtf) or candidate.to_come:
            return False
        day = span(time.edtf).earliest
        return day is not None and timedelta() <= self.published - day <= _NEAR

    def _guess(self, candidate: EventCandidate) -> None:
        """Date a candidate whose sentence states no date for it."""
        tense = candidate.tense
        if tense in ("future", "modal", "infinitive"):
            candidate.reason = "not-set"
        elif tense == "pluperfect" or _called_off(candidate):
            candidate.reason = "earlier"
        elif tense == "noun" and (known := self._known(candidate)):
            candidate.date_as(known)
            candidate.reason = "told-before"
        elif candidate.is_cited:
            candidate.reason = "cited"
        elif tense not in _TOLD and not (candidate.quoted and tense == "perfect"):
            candidate.reason = "published"
        else:
            current = self.statement if candidate.says else self.event
            if current is not None and candidate.sentence.number - current.sentence.number <= 1:
                candidate.source, candidate.reason = current.source, "in-focus"
            elif self.lead is not None:
                candidate.source, candidate.reason = self.lead, "lead"
            else:
                candidate.reason = "published"

    def _known(self, candidate: EventCandidate) -> EventCandidate | None:
        sense = candidate.trigger.sense
        return self.told.get(event_lemma(sense)) or self.told.get(sense.kind)
