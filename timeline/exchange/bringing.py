"""Storing what a file proposes: all of it or nothing, as one decision that can be undone."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from timeline.exchange.plans import Plan
from timeline.exchange.proposed import Change, Proposed, ProposedReport
from timeline.models import (
    Actor,
    Correction,
    Decision,
    Event,
    Participation,
    Report,
    Timeline,
)
from timeline.models.log import record
from timeline.models.slugs import save_with_free_slug

_FEW = 80  # characters of a value that the history quotes
_COLUMNS = frozenset(("title", "kind", "edtf", "status", "place", "summary", "note"))


def bring_in(
    plan: Plan, name: str, *, correction: str = "", new_timeline: str = ""
) -> Decision | None:
    """Store what `plan` proposes of the file `name`, and return the decision; None for nothing.

    New events are drafts, on a new timeline that is one too where a title for it is given. Readers
    of changed events are told `correction`. In one transaction: an error leaves nothing behind.
    """
    by = plan.by
    with Decision.record(by=by, kind=Decision.Kind.IMPORT, what=name) as decision:
        timeline = _made(new_timeline, by, decision) if new_timeline else None
        changing = [item for item in plan.items if item.state in ("new", "changed")]
        known = [item.event.pk for item in changing if item.event]
        for at in range(0, len(known), 500):
            rows = Event.objects.filter(pk__in=known[at : at + 500]).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
        for item in changing:
            event = _change(item, name, by, decision) if item.event else _make(item, by, decision)
            if item.event is None:
                record(by, event, f"Imported from {name[:100]}.", added=True)
            elif correction and item.is_correction:
                decision.note_made(Correction.objects.note(event, correction, by))
            if timeline:
                _put_on(event, [timeline, *event.timelines.all()], decision)
    return decision if decision.pk else None


def _made(title: str, by: User, decision: Decision) -> Timeline:
    timeline = save_with_free_slug(Timeline(title=title), title)
    decision.note_made(timeline)
    record(by, timeline, "Made for imported events.", added=True)
    return timeline


def _make(item: Proposed, by: User, decision: Decision) -> Event:
    event = Event()
    said = {change.column: change for change in item.changes}
    _set(event, item.changes)
    if slug := said.get("slug"):
        event.slug = slug.value
        event.save(force_insert=True)
    else:
        save_with_free_slug(event, event.title)
    decision.note_made(event)
    for one in item.reports:
        _report(event, one, by, decision)
    _tie(event, item.changes, decision)
    return event


def _change(item: Proposed, name: str, by: User, decision: Decision) -> Event:
    """Change an event and its reports; what the file sets outlasts what the reports tell."""
    assert item.event is not None, "it is stored"
    event = Event.objects.get(pk=item.event.pk)
    # what an editor has set since belongs to the time before the import, and to its undoing
    event.take_over()
    decision.watch(Event.objects.filter(pk=event.pk), event.reports.all())
    for one in item.reports:
        _report(event, one, by, decision)
    event.refresh_from_db()
    columns = _set(event, item.changes)
    if columns:
        event.save(update_fields=columns)
        event.take_over()
        event.tell(by, "as its reports have it")  # what only withdrawn ones state goes
    _tie(event, item.changes, decision)
    record(by, event, f"Imported from {name[:100]}. {_in_words(item)}"[:2000])
    return event


def _set(event: Event, changes: Iterable[Change]) -> list[str]:
    """Set the columns of the event's own row, and return which these are."""
    columns = []
    for change in changes:
        if change.column in _COLUMNS:
            setattr(event, change.column, change.value)
            columns.append(change.column)
    if "place" in columns and event.pk:
        event.place_is_brought = False
        event.place_known_from = None
        columns += ["place_is_brought", "place_known_from"]
    return columns


def _tie(event: Event, changes: Iterable[Change], decision: Decision) -> None:
    for change in changes:
        if change.column == "participants":
            _take_part(event, change.value, decision)
        elif change.column == "timelines":
            _put_on(event, change.value, decision)


def _take_part(event: Event, parts: dict[Actor, str], decision: Decision) -> None:
    """Let these take part and nobody else; who did already stays known from the same report."""
    decision.watch(Participation.objects.filter(event=event))
    stored = {part.actor_id: part for part in event.participations.all()}
    wanted = {actor.pk: role for actor, role in parts.items()}
    event.participations.exclude(actor__in=wanted).delete()
    for actor, role in wanted.items():
        part = stored.get(actor)
        if part is None:
            decision.note_made(event.participations.create(actor_id=actor, role=role))
        elif part.role != role:
            part.role, part.is_brought = role, False
            part.save(update_fields=["role", "is_brought"])


def _put_on(event: Event, timelines: Iterable[Timeline], decision: Decision) -> None:
    decision.watch(Timeline.events.through.objects.filter(event=event))
    event.timelines.set(timelines)


def _report(event: Event, proposed: ProposedReport, by: User, decision: Decision) -> None:
    """Store what the file says of one report; a new one waits to be published."""
    changed = {change.column: change.value for change in proposed.changes}
    fields = {"title" if name == "wording" else name: value for name, value in changed.items()}
    if proposed.report is None:
        report = Report(event=event, article=proposed.article, **fields)
        _locate(report)
        report.save(force_insert=True)
        decision.note_made(report)
    elif fields:
        report = Report.objects.select_related("event", "article").get(pk=proposed.report.pk)
        for name, value in fields.items():
            setattr(report, name, value)
        columns = set(fields)
        if "exact" in fields:
            report.prefix, report.suffix, report.start, report.end = "", "", None, None
            _locate(report)
            columns |= {"prefix", "suffix", "start", "end", "basis"}
        report.correct(columns, by)


def _locate(report: Report) -> None:
    """Point at the words in the article's text, where that is here."""
    body = report.article.body
    start = body.find(report.exact) if report.exact else -1
    if start >= 0:
        report.locate(body, start, start + len(report.exact))


def _in_words(item: Proposed) -> str:
    """Say old and new of each column, for the history."""
    lines = [_line(change.label, change) for change in item.changes]
    for one in item.changed_reports:
        of = f"report of {one.article.citation}" if one.article else "report"
        if one.is_new:
            lines.append(f"new {of}")
        lines += [_line(f"{of}, {change.label.lower()}", change) for change in one.changes
                  if not one.is_new]  # fmt: skip
    return "; ".join(lines)


def _line(label: str, change: Change) -> str:
    return f"{label}: “{change.old[:_FEW]}” → “{change.new[:_FEW]}”"
