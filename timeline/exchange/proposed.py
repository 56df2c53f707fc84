"""What a file says of one event, beside what is stored: each change, and what is wrong."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from timeline import dates
from timeline.exchange.columns import LABELS, Entry, ReportEntry
from timeline.models import Article, Event, Report
from timeline.typed_dates import TwoDatesError

# What readers see of an event: a change of it is a correction.
CORRECTED = ("title", "edtf", "status", "place", "kind", "summary")


class Change(NamedTuple):
    """One column, as it is and as the file wants it; `value` is what is stored."""

    column: str
    old: str
    new: str
    value: Any = None

    @property
    def label(self) -> str:
        """What the column is called."""
        return LABELS[self.column]

    @property
    def said(self) -> str:
        """How a new date is understood; nothing of other columns."""
        return dates.interpretation(self.new) if self.column == "edtf" and self.new else ""


@dataclass
class ProposedReport:
    """What the file says of one report of an event."""

    entry: ReportEntry
    article: Article | None = None
    report: Report | None = None
    changes: list[Change] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether no such report is stored."""
        return self.report is None

    @property
    def label_errors(self) -> list[tuple[str, str, str]]:
        """What is wrong: the column's label, what the file says, and the sentence."""
        said = self.entry.said
        return [_error(name, said.get(name, ""), text) for name, text in self.errors.items()]


@dataclass
class Proposed:
    """What the file says of one event."""

    entry: Entry
    event: Event | None = None
    equals: list[Event] = field(default_factory=list)  # which it may be, where it names no id
    answer: str = ""  # the id of one of these, or `NEW`
    changes: list[Change] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    reports: list[ProposedReport] = field(default_factory=list)
    two_dates: TwoDatesError | None = None  # a date in numbers that may be either

    @property
    def state(self) -> str:
        """What is to become of it: wrong, new, changed or same."""
        if self.errors or any(report.errors for report in self.reports):
            return "wrong"
        if self.event is None:
            return "new"
        return "changed" if self.changes or self.changed_reports else "same"

    @property
    def changed_reports(self) -> list[ProposedReport]:
        """The reports that are new, changed or wrong."""
        return [one for one in self.reports if one.is_new or one.changes or one.errors]

    @property
    def title(self) -> str:
        """What the event is called, or what the file calls it."""
        return self.event.title if self.event else (self.entry.said.get("title") or [""])[0]

    @property
    def is_correction(self) -> bool:
        """Whether readers see what it changes."""
        seen = self.event is not None and self.event.is_published
        told = (*CORRECTED, "participants")
        return seen and any(change.column in told for change in self.changes)

    @property
    def label_errors(self) -> list[tuple[str, str, str]]:
        """What is wrong: the column's label, what the file says, and the sentence."""
        said = {name: " / ".join(texts) for name, texts in self.entry.said.items()}
        return [_error(name, said.get(name, ""), text) for name, text in self.errors.items()]


def _error(name: str, said: str, text: str) -> tuple[str, str, str]:
    return LABELS.get(name, name.capitalize()), said[:200], text
