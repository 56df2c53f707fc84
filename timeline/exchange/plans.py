"""What a file would change: each event's columns from old to new, and what is wrong, by column."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from timeline import dates
from timeline.exchange.cells import CONTROLS, Known, read_cell
from timeline.exchange.columns import (
    EVENT_COLUMNS,
    REPORT_COLUMNS,
    Entry,
    Table,
)
from timeline.exchange.proposed import Change, Proposed, ProposedReport
from timeline.exchange.records import (
    Record,
    event_record,
    report_record,
    shared_addresses,
    with_records,
)
from timeline.models import Article, Event, Status, Timeline
from timeline.typed_dates import TwoDatesError

NEW = "new"  # the answer that a row is none of the events that equal it
_AT_ONCE = 300
MOST_CHANGED = 5000  # events of one import; storing them takes some 2 ms each, within one request


@dataclass
class Plan:
    """All that a file would change, as the database is now and `by` is allowed to."""

    table: Table
    by: User
    answers: dict[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    timeline: Timeline | None = None  # on which all of it is put
    is_on_new_timeline: bool = False

    @cached_property
    def items(self) -> list[Proposed]:
        """What is proposed, entry by entry."""
        entries = self.table.entries
        self._known = Known.to(entries, self.day_first)
        self._shared = shared_addresses()
        stored = _events_of(entries)
        equal = _equals_of(entries)
        items = []
        taken: dict[int, int] = {}
        for entry in entries:
            item = Proposed(entry, errors=dict(entry.faults))
            self._choose(item, stored, equal.get(_title_key(entry), []))
            self._read_columns(item)
            self._read_reports(item)
            self._check_rights(item)
            if item.event is not None:
                first = taken.setdefault(item.event.pk, entry.row)
                if first != entry.row:
                    item.errors["slug"] = f"{self.table.unit.capitalize()} {first} is this event."
            items.append(item)
        self._check_new_slugs(items)
        return items

    def of_state(self, state: str) -> list[Proposed]:
        """Those of one state."""
        return [item for item in self.items if item.state == state]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each state."""
        counts = dict.fromkeys(("wrong", "new", "changed", "same"), 0)
        for item in self.items:
            counts[item.state] += 1
        return counts

    @property
    def can_be_done(self) -> bool:
        """Whether it changes something, and nothing is wrong."""
        counts = self.counts
        count = counts["new"] + counts["changed"]
        return not counts["wrong"] and 0 < count <= MOST_CHANGED

    @property
    def too_many(self) -> str:
        """Why so many events are not changed at once; nothing where they are."""
        count = self.counts["new"] + self.counts["changed"]
        if count <= MOST_CHANGED:
            return ""
        return f"It changes {count:,} events: {MOST_CHANGED:,} are allowed at once."

    @property
    def asks_day_first(self) -> TwoDatesError | None:
        """A date of the file that may be either of two; None where that is known."""
        return next((item.two_dates for item in self.items if item.two_dates), None)

    @property
    def corrects(self) -> bool:
        """Whether readers see some of what it changes."""
        return any(item.is_correction for item in self.items)

    @property
    def digest(self) -> str:
        """What tells this plan from another: what it would change, of what is stored now."""
        said = [
            [
                item.entry.row,
                item.event.pk if item.event else 0,
                item.event.is_published if item.event else False,
                [change[:3] for change in item.changes],
                [
                    [one.article.pk if one.article else 0, one.is_new, [c[:3] for c in one.changes]]
                    for one in item.reports
                ],
                sorted(item.errors),
            ]
            for item in self.items
        ]
        where = [self.timeline.pk if self.timeline else 0, self.is_on_new_timeline]
        return hashlib.sha256(json.dumps([said, where]).encode(errors="replace")).hexdigest()

    def _choose(self, item: Proposed, stored: dict[str, Event], equal: list[Event]) -> None:
        """Find the event of an entry: by its id, else one that equals it, if an editor agrees."""
        said = item.entry.said
        slugs = [slug.strip() for slug in said.get("slug", []) if slug.strip()]
        if slugs:
            item.event = stored.get(slugs[0])
            return
        edtf = self._edtf_of(item.entry)
        item.equals = [one for one in equal if not edtf or not one.edtf or one.edtf == edtf]
        if not item.equals:
            return
        exact = [one for one in item.equals if one.edtf == edtf]
        offered = (exact or item.equals)[0].slug if len(exact or item.equals) == 1 else ""
        item.answer = self.answers.get(str(item.entry.row), offered)
        item.event = next((one for one in item.equals if one.slug == item.answer), None)
        if item.event is None and item.answer != NEW:
            item.errors["slug"] = "Several events are called so: say which one it is."

    def _edtf_of(self, entry: Entry) -> str:
        try:
            return read_cell("edtf", (entry.said.get("edtf") or [""])[0], self._known)[0]
        except ValueError:
            return ""

    def _read_columns(self, item: Proposed) -> None:
        """Compare each column of the event with what is stored."""
        record = event_record(item.event) if item.event else dict.fromkeys(EVENT_COLUMNS, "")
        for column, texts in item.entry.said.items():
            if column == "slug" and item.event:
                continue
            if change := self._read(item, column, texts, record):
                item.changes.append(change)
        if item.event is None:
            self._check_new(item)
        if self.timeline and not any(change.column == "timelines" for change in item.changes):
            on = record["timelines"].split("; ") if record["timelines"] else []
            if self.timeline.slug not in on:
                timelines = [*(item.event.timelines.all() if item.event else ()), self.timeline]
                slugs = "; ".join(sorted(one.slug for one in timelines))
                item.changes.append(Change("timelines", record["timelines"], slugs, timelines))

    def _read(self, item: Proposed, column: str, texts: list[str], record: Record) -> Change | None:
        """Return what becomes of a column; what a row says as it is stored is no change."""
        if column == "note":
            return Change(column, "", texts[0], texts[0]) if item.event is None else None
        stored = record[column]
        cells = {}
        for text in texts:
            if item.event is not None and _as_lines(text) == _as_lines(stored):
                continue
            try:
                new, value = read_cell(column, text, self._known)
            except ValueError as error:
                item.errors[column] = str(error)
                item.two_dates = error if isinstance(error, TwoDatesError) else item.two_dates
                return None
            if _as_lines(new) != _as_lines(stored):
                cells[new] = value
        if len(cells) > 1:
            said = "”, “".join(text[:60] for text in cells)
            item.errors[column] = f"The rows of this event differ: “{said}”. Let them say the same."
            return None
        return next((Change(column, stored, new, value) for new, value in cells.items()), None)

    def _check_new(self, item: Proposed) -> None:
        """Ask for what a new event cannot be without."""
        said = {change.column for change in item.changes} | item.errors.keys()
        if "title" not in said:
            item.errors["title"] = "An event needs a title."
        if "status" not in said and self.table.is_timelinejs:
            edtf = next((one.new for one in item.changes if one.column == "edtf"), "")
            status = Status.PLANNED if _is_ahead(edtf) else Status.OCCURRED
            item.changes.append(Change("status", "", status, status))
        elif "status" not in said:
            values = ", ".join(Status.values)
            item.errors["status"] = f"A new event needs a status: {values}."

    def _check_new_slugs(self, items: list[Proposed]) -> None:
        """Refuse an id that two new events of the file bear."""
        bearers: dict[str, int] = {}
        for item in items:
            for change in item.changes:
                if change.column == "slug" and item.event is None:
                    first = bearers.setdefault(change.new, item.entry.row)
                    if first != item.entry.row:
                        said = f"{self.table.unit.capitalize()} {first} has this id as well."
                        item.errors["slug"] = said

    def _read_reports(self, item: Proposed) -> None:
        stored = {one.article_id: one for one in item.event.reports.all()} if item.event else {}
        seen: dict[int, int] = {}
        for entry in item.entry.reports:
            proposed = ProposedReport(entry, errors=dict(entry.faults))
            item.reports.append(proposed)
            try:
                proposed.article = self._known.article(entry.said.get("article", ""))
            except ValueError as error:
                missing = "Say which article reports this: its address or its id."
                proposed.errors["article"] = str(error) if entry.said.get("article") else missing
                continue
            proposed.report = stored.get(proposed.article.pk)
            self._compare_report(item, proposed)
            first = seen.setdefault(proposed.article.pk, entry.row)
            if len([one for one in item.reports if one.article == proposed.article]) > 1:
                where = f"as in {self.table.unit} {first}"
                proposed.errors["article"] = f"This article reports the event twice, {where}."

    def _compare_report(self, item: Proposed, proposed: ProposedReport) -> None:
        article, report = proposed.article, proposed.report
        assert article is not None, "it was found"
        empty = dict.fromkeys(REPORT_COLUMNS, "")
        record = report_record(report, self._shared) if report else empty
        for column, text in proposed.entry.said.items():
            if column == "article" or _as_lines(text) == _as_lines(record[column]):
                continue
            try:
                new, value = read_cell(column, text, self._known, article.published_on)
                if column == "exact":
                    _check_words(article, new)
            except ValueError as error:
                proposed.errors[column] = str(error)
                item.two_dates = error if isinstance(error, TwoDatesError) else item.two_dates
                continue
            if _as_lines(new) != _as_lines(record[column]):
                proposed.changes.append(Change(column, record[column], new, value))
        if report is None and not {"status"} & {*proposed.errors, *proposed.entry.said}:
            proposed.errors["status"] = "Say which status the article states."

    def _check_rights(self, item: Proposed) -> None:
        """Say, beside what it changes, what `by` may not change."""
        if item.event is None and not self._may("add_event"):
            item.errors[""] = "You may not add events."
        elif item.event and item.changes and not self._may("change_event"):
            item.errors[""] = "You may not change events."
        for one in item.reports:
            if one.is_new and not self._may("add_report"):
                one.errors[""] = "You may not add reports."
            elif one.changes and not self._may("change_report"):
                one.errors[""] = "You may not change reports."
            elif one.changes and self._is_seen(one) and not self._may("publish_event"):
                one.errors[""] = "Readers see this report: only a publisher may change it."
        for change in item.changes:
            if change.column == "timelines" and (refusal := self._refusal(item, change)):
                item.errors["timelines"] = refusal

    def _refusal(self, item: Proposed, change: Change) -> str:
        """Say why `by` may not put the event on these timelines, if so."""
        if not self._may("change_timeline"):
            return "You may not put events on timelines."
        stored = item.event.timelines.all() if item.event else ()
        touched = {*stored} ^ {*change.value}
        seen = sorted(str(one) for one in touched if one.is_published)
        if seen and not self._may("publish_timeline"):
            return f"Readers see “{seen[0]}”: only a publisher may change it."
        return ""

    @staticmethod
    def _is_seen(proposed: ProposedReport) -> bool:
        return proposed.report is not None and proposed.report.is_public

    def _may(self, right: str) -> bool:
        return self.by.has_perm(f"timeline.{right}")


def _check_words(article: Article, words: str) -> None:
    """Raise ValueError where an article's text is here and does not hold the words."""
    body = Article.objects.values_list("body", flat=True).get(pk=article.pk)
    if words and body and words not in body:
        raise ValueError("These words do not stand in the article’s text.")


def _as_lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _title_key(entry: Entry) -> str:
    return " ".join((entry.said.get("title") or [""])[0].split()).lower()


def _events_of(entries: Iterable[Entry]) -> dict[str, Event]:
    """Return the events that entries name by id, with all that is compared."""
    slugs = {slug.strip() for entry in entries for slug in entry.said.get("slug", ())}
    found = with_records(Event.objects.all())
    return {event.slug: event for some in _some(slugs) for event in found.filter(slug__in=some)}


def _equals_of(entries: Iterable[Entry]) -> dict[str, list[Event]]:
    """Return the events that bear the title of an entry without id, by that title."""
    raw = {
        " ".join((entry.said.get("title") or [""])[0].split())
        for entry in entries
        if not any(entry.said.get("slug", ()))
    }
    found: defaultdict[str, list[Event]] = defaultdict(list)
    events: QuerySet[Any] = with_records(Event.objects.all()).annotate(folded=Lower("title"))
    for some in _some(raw):
        # SQLite folds the case of Latin letters without accents alone
        bears = Q(folded__in=[title.lower() for title in some]) | Q(title__in=some)
        for event in events.filter(bears).order_by("pk"):
            found[event.title.lower()].append(event)
    return found


def _some(names: set[str]) -> Iterator[list[str]]:
    ordered = sorted(one for one in names if one and not CONTROLS.search(one))
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


def _is_ahead(edtf: str) -> bool:
    """Whether a date begins after today."""
    begins = dates.bounds(edtf).earliest
    return begins is not None and begins > timezone.localdate()
