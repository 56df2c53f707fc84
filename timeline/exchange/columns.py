"""The columns of an exchanged file, and what was read of one: entries, each of one event."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

EVENT_COLUMNS = (
    "slug",
    "title",
    "kind",
    "edtf",
    "status",
    "place",
    "participants",
    "summary",
    "timelines",
)
REPORT_COLUMNS = ("article", "edtf", "status", "stance", "wording", "exact")
PREFIX = "report_"  # before a report's columns where they stand beside the event's
# Written for whoever reads the file; what is public is decided at the desk.
TOLD_ONLY = "published"
LISTS = ("participants", "timelines")
# An empty cell leaves what is stored; this empties it.
EMPTIED = "(none)"

LABELS = {
    "slug": "Id",
    "title": "Title",
    "kind": "Kind",
    "edtf": "Date",
    "status": "Status",
    "place": "Place",
    "participants": "Participants",
    "summary": "Summary",
    "timelines": "Timelines",
    "article": "Article",
    "stance": "Stance",
    "wording": "Called",
    "exact": "Evidence",
    "note": "Note for editors",
}

_ALIASES = {
    "id": "slug",
    "date": "edtf",
    "public": "published",
    "article": "report_article",
    "article_url": "report_article",
    "article_id": "report_article",
    "report_date": "report_edtf",
    "stated_date": "report_edtf",
    "stated_status": "report_status",
    "stance": "report_stance",
    "wording": "report_wording",
    "report_title": "report_wording",
    "evidence": "report_exact",
    "exact": "report_exact",
    "report_evidence": "report_exact",
}
KNOWN = frozenset((
    *EVENT_COLUMNS, TOLD_ONLY, *(PREFIX + name for name in (*REPORT_COLUMNS, TOLD_ONLY)),
))  # fmt: skip


def column_named(heading: str) -> str | None:
    """Return the column that a heading means, None for one that is not known."""
    name = "_".join(heading.strip().casefold().replace("-", " ").split())
    name = _ALIASES.get(name, name)
    return name if name in KNOWN else None


@dataclass
class ReportEntry:
    """What a file says of one report: text by column, without those that it leaves open."""

    row: int
    said: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)  # by column, in a sentence


@dataclass
class Entry:
    """What a file says of one event; each column once, or in several rows of it differently."""

    row: int
    said: dict[str, list[str]] = field(default_factory=dict)
    reports: list[ReportEntry] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)  # what cannot be kept, in sentences

    def says(self, column: str, text: str) -> None:
        """Hold that a row of the file says this."""
        said = self.said.setdefault(column, [])
        if text not in said:
            said.append(text)


@dataclass
class Table:
    """What was read of a file."""

    entries: list[Entry]
    unit: str = "row"  # what `Entry.row` counts
    notes: list[str] = field(default_factory=list)
    is_timelinejs: bool = False
    title: str = ""  # of the timeline, where the file has a title slide

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return what `as_data` gave."""
        entries = [
            Entry(**entry | {"reports": [ReportEntry(**one) for one in entry["reports"]]})
            for entry in data["entries"]
        ]
        return cls(**data | {"entries": entries})
