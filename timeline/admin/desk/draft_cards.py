"""The cards of a draft: one candidate each, with who said which date when, on one axis."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import cached_property

from timeline import dates
from timeline.admin.desk.cards import OtherEvent
from timeline.matching import LIKELY
from timeline.models import Candidate, CandidateReport, Event, Status, Suggestion
from timeline.models.derived import words_of

_PLANNED = (Status.PLANNED, Status.EXPECTED, Status.POSSIBLE)
_OFF = (Status.CANCELLED, Status.POSTPONED)
FIRST = 8  # reports of a card that are shown at once
_MOST_TICKS = 8
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000)  # months from one tick to the next
_GRADES = (
    (0.6, "Very sure"),
    (0.45, "Sure"),
    (0.3, "Fairly sure"),
    (0.15, "Doubtful"),
    (0.0, "Very doubtful"),
)


class Stretch(NamedTuple):
    """Where a date lies on an axis, in per cent of its length; `is_point` of a single day."""

    x: float
    width: float
    is_point: bool

    @property
    def middle(self) -> float:
        """Where its marker stands."""
        return round(self.x + self.width / 2, 2)


class Tick(NamedTuple):
    """A first day of a month or a year on an axis, and what is written at it."""

    x: float
    label: str


class Axis:
    """Days laid out from 0 to 100 per cent, padded to whole months."""

    def __init__(self, edtfs: Iterable[str]) -> None:
        days = [day for edtf in edtfs for day in dates.known_bounds(edtf) if day]
        self.is_drawn = bool(days)
        first, last = (min(days), max(days)) if days else (dt.date.min, dt.date.min)
        self.first = first.replace(day=1).toordinal()
        after = _later(last, 1) or dt.date.max
        self.last = max(after.toordinal(), self.first + 1)

    def place(self, edtf: str) -> Stretch | None:
        """Return where a date lies; an open side runs to the end of the axis. None if unset."""
        bounds = dates.known_bounds(edtf)
        if not self.is_drawn or (bounds.earliest is None and bounds.latest is None):
            return None
        begin = bounds.earliest.toordinal() if bounds.earliest else self.first
        end = bounds.latest.toordinal() + 1 if bounds.latest else self.last
        x = self._per_cent(begin)
        return Stretch(x, round(self._per_cent(end) - x, 2), end - begin <= 1)

    @cached_property
    def ticks(self) -> list[Tick]:
        """The months of the axis, as many as can be read."""
        first = dt.date.fromordinal(self.first)
        months = (self.last - self.first) // 30 + 1
        step = next((one for one in _STEPS if months <= one * _MOST_TICKS), _STEPS[-1])
        starts = (_later(first, number * step) for number in range(_MOST_TICKS))
        return [
            Tick(self._per_cent(day.toordinal()), _label(day, is_first=day == first, step=step))
            for day in starts
            if day and day.toordinal() < self.last
        ]

    def _per_cent(self, day: int) -> float:
        return round(100 * (day - self.first) / (self.last - self.first), 2)


def _later(day: dt.date, months: int) -> dt.date | None:
    """Return the first day of a later month; None behind the calendar's end."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1) if day.year + years <= dt.MAXYEAR else None


def _label(day: dt.date, *, is_first: bool, step: int) -> str:
    if step >= 12:
        return str(day.year)
    return f"{day:%b %Y}" if is_first or day.month == 1 else f"{day:%b}"


@dataclass(frozen=True)
class StripRow:
    """A report as one row: the words read, the date and status given, and what the card says."""

    report: CandidateReport
    words: list[str]
    stretch: Stretch | None
    verdict: str
    is_off: bool  # whether the card's date or status contradicts it

    @property
    def sentence(self) -> str:
        """The words of the article."""
        return self.report.suggestion.exact if self.report.suggestion else self.report.exact

    @property
    def shape(self) -> str:
        """How its stretch is drawn: what was planned then is hollow."""
        return "planned" if self.report.status in _PLANNED else self.report.status


@dataclass
class DraftCard:
    """A candidate as the draft's page shows it."""

    candidate: Candidate
    place: int  # in the list, from 1
    reports: Sequence[CandidateReport]
    quotes: Sequence[Suggestion]
    is_current: bool = False
    objections: Sequence[str] = ()  # what speaks against adding it to its event
    # Of the current card
    chosen: Event | None = None  # the event that an editor compares it with
    likely: Event | None = None  # the one it looks like, which nothing speaks against
    match: OtherEvent | None = None  # what speaks for the event that it adds to
    others: Sequence[OtherEvent] = ()
    words: str = ""  # what is looked for
    found: Sequence[Event] = ()

    @cached_property
    def axis(self) -> Axis:
        """The axis of all its dates."""
        return Axis([self.candidate.edtf, *(report.edtf for report in self.reports)])

    @cached_property
    def here(self) -> Stretch | None:
        """Where the card's own date lies."""
        return self.axis.place(self.candidate.edtf)

    @cached_property
    def rows(self) -> list[StripRow]:
        """A row for each report, in the order of publication."""
        return [
            StripRow(one, _words(one), self.axis.place(one.edtf), *_verdict(self.candidate, one))
            for one in self.reports
        ]

    @property
    def first_rows(self) -> list[StripRow]:
        """The rows that are shown at once: the first ones, and those that differ."""
        if len(self.rows) <= FIRST + 2:
            return self.rows
        return [row for n, row in enumerate(self.rows) if n < FIRST or row.is_off]

    @property
    def more_rows(self) -> list[StripRow]:
        """The others."""
        first = self.first_rows
        return [row for row in self.rows if row not in first]

    @property
    def outlets(self) -> int:
        """How many outlets report it."""
        return len({one.article.outlet_id for one in self.reports})

    @property
    def summary(self) -> str:
        """Who agrees, in a sentence."""
        off = sum(row.is_off for row in self.rows)
        if len(self.rows) == 1 or not self.candidate.edtf:
            return ""
        if not off:
            return "All agree."
        return f"{len(self.rows) - off} of them agree with {words_of(self.candidate.edtf)}."

    @property
    def differing(self) -> list[str]:
        """What the others say, each once, with how many say so."""
        counts = Counter(row.verdict for row in self.rows if row.is_off)
        return [
            f"{number} × {verdict}" if number > 1 else verdict for verdict, number in counts.items()
        ]

    @property
    def target(self) -> Event | None:
        """The event that it adds to: the one that an editor has chosen, else its match."""
        return self.chosen or self.candidate.event or self.likely

    @property
    def is_sent(self) -> bool:
        """Whether that is another one than is stored with it, and has to be sent along."""
        return self.target is not None and self.target != self.candidate.event

    @property
    def is_addition(self) -> bool:
        """Whether it adds to an event that exists."""
        return self.candidate.is_open and self.target is not None

    @property
    def is_accepted_first(self) -> bool:
        """Whether accepting it as it stands is what is offered first.

        Not where something speaks against the event that it adds to, or too little for it since
        the card was corrected.
        """
        is_likely = self.chosen or self.match is None or self.match.score >= LIKELY
        return self.is_current and not self.objections and bool(is_likely)

    @property
    def grade(self) -> float:
        """The grade of the suggestion that is likeliest an event; 0 for a bare sentence."""
        grades = [one.suggestion.grade or 0.0 for one in self.reports if one.suggestion]
        return max(grades, default=0.0)

    @property
    def sureness(self) -> str:
        """How likely it is an event that an editor wants, in words."""
        return next(words for least, words in _GRADES if self.grade >= least)

    @property
    def dots(self) -> int:
        """The same as a number from 1 to 5."""
        return 5 - next(n for n, (least, _) in enumerate(_GRADES) if self.grade >= least)


def _words(report: CandidateReport) -> list[str]:
    """Return the words that its date was read from."""
    if report.suggestion:
        return [span.exact for span in report.suggestion.read_from.date.spans]
    spans = report.basis.get("date", {}).get("spans", [])
    return [span["exact"] for span in spans]


def _verdict(candidate: Candidate, report: CandidateReport) -> tuple[str, bool]:
    """Return what the card makes of a report, and whether it contradicts it.

    What was planned for the card's day agrees with what took place on it; a wider date agrees.
    """
    if report.status in _OFF and candidate.status not in _OFF:
        return ("called off" if report.status == Status.CANCELLED else "postponed"), True
    if candidate.status in _OFF and report.status not in (*_OFF, *_PLANNED):
        return Status(report.status).label.lower(), True
    if not report.edtf or not candidate.edtf:
        return "no date" if not report.edtf else "", False
    if not dates.agree(report.edtf, candidate.edtf):
        one, card = dates.known_bounds(report.edtf), dates.known_bounds(candidate.edtf)
        is_earlier = one.latest and card.earliest and one.latest < card.earliest
        return ("earlier date" if is_earlier else "later date"), True
    if dates.is_coarser(report.edtf, candidate.edtf):
        return "wider, agrees", False
    if report.edtf != candidate.edtf:
        return "within, agrees", False
    return "agrees", False
