"""Which date an event has: the one its clause states, the one in focus, or none.

A date that the sentence itself does not state is given as approximate (EDTF `~`).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from timeline.dates import Bounds, bounds

from ..times import Time
from .forms import event_lemma
from .mention import CALLED_OFF, Mention
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


def _edtf(mention: Mention) -> str | None:
    """Return the EDTF of a mention: no time of day, "earlier this year" the year."""
    time = mention.source
    if time is None:
        doc = mention.sentence.doc
        return {"published": f"{doc.published}~", "cited": f"../{doc.published}"}.get(
            mention.reason
        )
    edtf = _CLOCK.sub("", time.edtf) if "T" in time.edtf else time.edtf
    if "/" in edtf and _MONTH_OR_YEAR.match(time.value) and edtf.startswith(f"{time.value}-01"):
        return time.value
    if mention.reason == "own":
        return _lasting(mention, edtf)
    exact = mention.reason == "same-clause" or edtf[-1] in "~?%" or "/" in edtf
    return edtf if exact else edtf + "~"


def _lasting(mention: Mention, edtf: str) -> str:
    """Count the days of "completed his four-day visit" back from its day, of a beginning forth."""
    if not mention.aspect or not _is_day(edtf):
        return edtf
    trigger = mention.trigger
    for duration in mention.sentence.doc.durations(trigger.group_start, trigger.first):
        if length := _DAYS.match(duration.value):
            days = timedelta(days=int(length[1]) * (7 if length[2] == "W" else 1) - 1)
            day = date.fromisoformat(edtf)
            ended = mention.aspect == "end"
            try:
                first, last = (day - days, day) if ended else (day, day + days)
            except OverflowError:
                return edtf
            if days:
                edtf = f"{first}/{last}"
                mention.counted = "length-back" if ended else "length-forward", duration
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


def _called_off(mention: Mention) -> bool:
    """Whether it is why something was called off: "put off after rain had fallen" says no when."""
    sentence = mention.sentence
    if "after" not in sentence.doc.lower[sentence.first : mention.trigger.group_start]:
        return False
    before = mention.before
    while before is not None and before.opener == "after":
        before = before.before
    return mention.opener == "after" and before is not None and before.status in CALLED_OFF


class Calendar:
    """Dates the mentions of an article, sentence by sentence.

    It keeps the dates that an undated sentence may speak of.
    """

    def __init__(self, published: date, beginning: Iterable[Mention]) -> None:
        """Begin an article; `beginning` are the mentions of its first sentences."""
        self.published = published
        self.owners: list[Mention] = []  # whose own words date them, in the sentence now read
        self.event: Mention | None = None  # told last
        self.statement: Mention | None = None  # or event, told last
        self.told: dict[str, Mention] = {}  # by its verb, or its kind
        # the time of the day that the article is about
        self.lead = next((m.time for m in beginning if self._tells(m, m.time)), None)

    def open(self, mentions: list[Mention]) -> None:
        """Begin a sentence: date what its own words date."""
        self.owners = [m for m in mentions if m.time is not None and not _is_vague(m.time)]
        for mention in self.owners:
            mention.source, mention.reason = mention.time, "own"
            mention.edtf = _edtf(mention)
            end = mention.edtf.partition("/")[2] if mention.has_ended else ""
            if end not in ("", ".."):
                mention.edtf, mention.counted = end, ("end", None)
            earliest = span(mention.time.edtf).earliest
            if earliest and earliest > self.published and mention.status in _REAL:
                goes_on = lasts(mention.trigger) and mention.lasts("until")
                mention.state = State("ongoing" if goes_on else "planned", "ahead")

    def close(self, chosen: list[Mention]) -> None:
        """End a sentence: take note of the dates of its events and of what its words date."""
        for mention in dict.fromkeys(self.owners + chosen) if self.owners else chosen:
            if mention.source is not None:
                self._see(mention)

    def date(self, mention: Mention) -> None:
        """Set the date of a mention: `edtf`, the time it comes from and the reason for that."""
        if mention.reason:
            return
        if mention.to_come:
            if (owner := self._occasion(mention)) is not None:
                mention.source, mention.reason = owner.time, "same-clause"
            else:
                mention.reason = "not-set"
        elif mention.is_background:
            mention.reason = "earlier"
        elif self.owners and (owner := self._sharer(mention)):
            mention.source, mention.reason = owner.time, "same-clause"
        elif (other := self._hangs_on(mention)) is not None:
            self.date(other)
            mention.date_as(other)
            mention.reason = other.reason
        else:
            self._guess(mention)
            if mention.reason == "published" and mention.time is not None:
                mention.source, mention.reason = mention.time, "own"
        mention.edtf = mention.edtf or _edtf(mention)

    def _hangs_on(self, mention: Mention) -> Mention | None:
        """Return the mention whose date this one has: "agreed to meet", "on the trip, he met"."""
        before = mention.before
        if mention.tense == "infinitive":
            while before is not None and before.tense == "infinitive":
                before = before.before
            return before
        if before is not None and before.tense == "noun" and not before.to_come:
            return before if self._known(before) else None
        return None

    def _sharer(self, mention: Mention) -> Mention | None:
        """Return the mention of the same sentence whose stated time holds for this one too."""
        tense = mention.tense
        if tense in ("pluperfect", "future", "modal"):
            return None
        owners = [owner for owner in self.owners if not owner.is_aside]
        if not owners:
            return None
        owner = min(owners, key=lambda o: abs(o.order - mention.order))
        earliest = span(owner.time.edtf).earliest
        if earliest is None or earliest > self.published or owner.to_come:
            return None
        if mention.opener == "when" and self._is_when(owner.time):
            return owner
        coarse = _is_coarse(owner.time.edtf)
        opens = owner.time.start - owner.sentence.span.start < _OPENING
        if coarse and abs(owner.order - mention.order) > 1 and not opens:
            return None
        if owner.opener != mention.opener:
            apart = _APART if coarse else _APART | _IN_TURN
            if not apart.isdisjoint((owner.opener, mention.opener)):
                return None
        if owner.order < mention.order and owner.trigger.reading.kind == "statement":
            dependent = mention.says or tense in ("progressive", "gerund", "infinitive")
            return owner if dependent else None
        if mention.says and mention.order < owner.order and tense not in ("noun", "gerund"):
            return None
        return owner

    def _occasion(self, mention: Mention) -> Mention | None:
        """Return the dated occasion of a plan: "to speak at the meeting on May 8"."""
        for owner in self.owners:
            if owner.before is mention and owner.tense == "noun":
                before = mention.sentence.doc.lower[owner.trigger.group_start - 1]
                return owner if before in ("at", "during") else None
        return None

    def _is_when(self, time: Time) -> bool:
        """Whether a clause says what else happened at a time: "in 1952, when rain fell"."""
        text = self.owners[0].sentence.doc.text
        return text[time.end : time.end + 6] == ", when"

    def _see(self, mention: Mention) -> None:
        """Take note of a mention that some time dates."""
        reading = mention.trigger.reading
        if mention.reason in ("own", "same-clause") and mention.status == "occurred":
            self.told.setdefault(event_lemma(reading), mention)
            if reading.kind in _ONCE:
                self.told.setdefault(reading.kind, mention)
        goes_on = mention.reason == "in-focus" and self._goes_on(mention)
        if not self._tells(mention, mention.source if goes_on else mention.time):
            return
        self.lead = self.lead or mention.time
        self.statement = mention
        if reading.kind != "statement":
            self.event = mention

    def _goes_on(self, mention: Mention) -> bool:
        """Whether a mention goes on with what was told before it in its paragraph."""
        return (
            self.event is not None
            and self.event.sentence.span.paragraph == mention.sentence.span.paragraph
        )

    def _tells(self, mention: Mention, time: Time | None) -> bool:
        """Whether a mention tells, in the article's own voice, of one day of the weeks before."""
        if time is None or mention.quoted or not _is_day(time.edtf) or mention.to_come:
            return False
        day = span(time.edtf).earliest
        return day is not None and timedelta() <= self.published - day <= _NEAR

    def _guess(self, mention: Mention) -> None:
        """Date a mention whose sentence states no date for it."""
        tense = mention.tense
        if tense in ("future", "modal", "infinitive"):
            mention.reason = "not-set"
        elif tense == "pluperfect" or _called_off(mention):
            mention.reason = "earlier"
        elif tense == "noun" and (known := self._known(mention)):
            mention.date_as(known)
            mention.reason = "told-before"
        elif mention.is_cited:
            mention.reason = "cited"
        elif tense not in _TOLD and not (mention.quoted and tense == "perfect"):
            mention.reason = "published"
        else:
            current = self.statement if mention.says else self.event
            if current is not None and mention.sentence.number - current.sentence.number <= 1:
                mention.source, mention.reason = current.source, "in-focus"
            elif self.lead is not None:
                mention.source, mention.reason = self.lead, "lead"
            else:
                mention.reason = "published"

    def _known(self, mention: Mention) -> Mention | None:
        reading = mention.trigger.reading
        return self.told.get(event_lemma(reading)) or self.told.get(reading.kind)
