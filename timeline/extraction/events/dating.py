"""Which date an event has: the one its clause states, the one in focus, or none.

A date that the sentence itself does not state is given as approximate (EDTF `~`).
"""

import re
from datetime import date, timedelta

from timeline.dates import Bounds, bounds, words

from ..times import Time
from .mention import Mention
from .prose import Prose

_NEAR = timedelta(days=30)
_FORTNIGHT = timedelta(days=14)
_ONCE = frozenset({"visit", "summit", "speech"})  # kinds of which an article mostly tells one
_APART = frozenset({"since", "until"})
_IN_TURN = frozenset({"before", "after"})  # on different days, though mostly in the same year
_LEAD = 3  # sentences in which the day is looked for that an article is about
_TOLD = frozenset({"past", "noun", "gerund", "reduced"})
_STEM = 6  # letters by which "resigned" and "resignation" are one word
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d\d)?\Z")
_CLOCK = re.compile(r"T[^/]*")
_DAYS = re.compile(r"P(\d{1,3})(D|W)\Z")


def put_dates(prose: Prose, collected: list[list[Mention]]) -> None:
    """Set the date of every mention: `edtf`, the time it comes from and the reason for that."""
    focus = _Focus(prose.published)
    told = (m.time for found in collected[:_LEAD] for m in found if focus.tells(m, m.time))
    focus.lead = next(told, None)
    for mentions in collected:
        owners = [m for m in mentions if m.time is not None and not _is_vague(m.time)]
        before = None
        for mention in mentions:
            _date(prose, mention, before, owners, focus)
            before = mention
        for mention in mentions:
            focus.see(mention)


def _date(
    prose: Prose, mention: Mention, before: Mention | None, owners: list[Mention], focus: "_Focus"
) -> None:
    if mention.time is not None and not _is_vague(mention.time):
        mention.source, mention.reason = mention.time, "stated"
        earliest = span(mention.time.edtf).earliest
        if earliest and earliest > prose.published and mention.status in ("occurred", "ongoing"):
            mention.status, mention.ground = "planned", mention.time.text
    elif mention.to_come:
        mention.reason = "not set"
    elif owners and (owner := _sharer(mention, owners, prose.published)):
        mention.source, mention.reason = owner.time, "same clause"
    elif before is not None and (mention.tense == "infinitive" or before.reason == "told before"):
        mention.date_as(before)
        mention.reason = before.reason
    else:
        focus.guess(mention)
        if mention.reason == "published" and mention.time is not None:
            mention.source, mention.reason = mention.time, "stated"
    mention.edtf = mention.edtf or _edtf(prose, mention)


def _edtf(prose: Prose, mention: Mention) -> str | None:
    """Return the EDTF of a mention: no time of day, "earlier this year" the year."""
    time = mention.source
    if time is None:
        return prose.today if mention.reason == "published" else None
    edtf = _CLOCK.sub("", time.edtf) if "T" in time.edtf else time.edtf
    if "/" in edtf and _MONTH_OR_YEAR.match(time.value) and edtf.startswith(f"{time.value}-01"):
        return time.value
    if mention.reason == "stated":
        return _lasting(prose, mention, edtf)
    exact = mention.reason == "same clause" or edtf[-1] in "~?%" or "/" in edtf
    return edtf if exact else edtf + "~"


def _lasting(prose: Prose, mention: Mention, edtf: str) -> str:
    """Count the days of "completed his four-day visit" back from its day, of a beginning forth."""
    if not mention.aspect or not _is_day(edtf):
        return edtf
    trigger = mention.trigger
    for duration in prose.durations(trigger.group_start, trigger.first):
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
                way = "back" if ended else "forward"
                mention.counted = f"; “{duration.text}” counted {way} → {words(edtf)}"
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


def _sharer(mention: Mention, owners: list[Mention], published: date) -> Mention | None:
    """Return the mention of the same sentence whose stated time holds for this one too."""
    tense = mention.tense
    if tense in ("pluperfect", "future", "modal"):
        return None
    owner = min(owners, key=lambda o: abs(o.order - mention.order))
    earliest = span(owner.time.edtf).earliest
    if earliest is None or earliest > published or owner.to_come:
        return None
    coarse = _is_coarse(owner.time.edtf)
    if coarse and abs(owner.order - mention.order) > 1:
        return None
    if owner.opener != mention.opener:
        apart = _APART if coarse else _APART | _IN_TURN
        if not apart.isdisjoint((owner.opener, mention.opener)):
            return None
    if owner.order < mention.order and owner.trigger.reading.kind == "statement":
        return owner if mention.says or tense in ("progressive", "gerund", "infinitive") else None
    if mention.says and mention.order < owner.order and tense not in ("noun", "gerund"):
        return None
    return owner


class _Focus:
    """The dates that an undated sentence may speak of, kept while an article is read."""

    def __init__(self, published: date) -> None:
        self.published = published
        self.lead: Time | None = None  # of the day that the article is about
        self.event: Mention | None = None  # told last
        self.statement: Mention | None = None  # or event, told last
        self.told: dict[str, Mention] = {}  # by the stem of its word, or its kind

    def see(self, mention: Mention) -> None:
        """Take note of a mention that some time dates."""
        if mention.source is None:
            return
        reading = mention.trigger.reading
        if mention.reason in ("stated", "same clause") and mention.status == "occurred":
            self.told.setdefault(reading.lemma[:_STEM], mention)
            if reading.kind in _ONCE:
                self.told.setdefault(reading.kind, mention)
        goes_on = mention.reason == "in focus" and self._goes_on(mention)
        if not self.tells(mention, mention.source if goes_on else mention.time):
            return
        self.lead = self.lead or mention.time
        self.statement = mention
        if reading.kind != "statement":
            self.event = mention

    def _goes_on(self, mention: Mention) -> bool:
        """Whether a mention goes on with what was told before it in its paragraph."""
        return (
            self.event is not None
            and self.event.scope.sentence.paragraph == mention.scope.sentence.paragraph
        )

    def tells(self, mention: Mention, time: Time | None) -> bool:
        """Whether a mention tells, in the article's own voice, of one day of the weeks before."""
        if time is None or mention.quoted or mention.to_come or not _is_day(time.edtf):
            return False
        day = span(time.edtf).earliest
        return day is not None and timedelta() <= self.published - day <= _NEAR

    def guess(self, mention: Mention) -> None:
        """Date a mention whose sentence states no date for it."""
        tense = mention.tense
        if tense in ("future", "modal", "infinitive"):
            mention.reason = "not set"
        elif tense == "pluperfect":
            mention.reason = "earlier"
        elif tense == "noun" and (known := self._known(mention)):
            mention.date_as(known)
            mention.reason = "told before"
        elif tense not in _TOLD and not (mention.quoted and tense == "perfect"):
            mention.reason = "published"
        else:
            current = self.statement if mention.says else self.event
            if current is not None and mention.scope.number - current.scope.number <= 1:
                mention.source, mention.reason = current.source, "in focus"
            elif self.lead is not None:
                mention.source, mention.reason = self.lead, "lead"
            else:
                mention.reason = "published"

    def _known(self, mention: Mention) -> Mention | None:
        reading = mention.trigger.reading
        return self.told.get(reading.lemma[:_STEM]) or self.told.get(reading.kind)
