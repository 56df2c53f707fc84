"""Lines of the history as a page of the desk shows them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.text import capfirst

from timeline.admin.history import value_words
from timeline.models import Line
from timeline.models.history import Kept, LineQuerySet, ties_of
from timeline.models.publishable import STATE
from timeline.models.reverting import PartBack, WayBack, editable, parts_of
from timeline.models.snapshots import Columns, set_columns

PAGE = 50  # lines
# Set by the app, and told to editors; of the rest what they set themselves is
TOLD = frozenset((*STATE, "withdrawn_with"))

type Row = tuple[str, str, str]  # label, old, new


@dataclass
class Shown:
    """A line of the history as a page shows it: data, or a sentence of the log."""

    at: dt.datetime
    who: str
    did: str
    what: str = ""
    line: Line | None = None
    rows: Sequence[Row] = ()
    goes_back: bool = False


def shown_of(line: Line, record: Kept | None = None) -> Shown:
    """Return a line as it is shown: on the history of `record`, or among all."""
    is_own = record is not None and line.model == record._meta.label_lower
    name = capfirst(str(line.kind._meta.verbose_name)) if line.kind else line.model
    return Shown(
        at=line.at,
        who=line.who or "A command",
        did=line.did,
        what="" if is_own else f"{name} “{line.what}”",
        line=line,
        rows=list(_words(line.kind, _but_whole(line, record))) if line.kind else (),
        goes_back=record is not None and _goes_back(line, record),
    )


def page_of(record: Kept, lines: LineQuerySet, number: str | None) -> tuple[Page[Any], list[Shown]]:
    """Return a page of lines about a record and of the log's sentences, the latest first."""
    kind = ContentType.objects.get_for_model(record)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(record.pk)).order_by()
    lines = lines.order_by()
    found = [(at, True, pk) for at, pk in entries.values_list("action_time", "pk")]
    found += [(at, False, pk) for at, pk in lines.values_list("at", "pk")]
    page = Paginator(sorted(found, reverse=True), PAGE).get_page(number)
    said = entries.select_related("user").in_bulk([pk for _, is_said, pk in page if is_said])
    data = lines.in_bulk([pk for _, is_said, pk in page if not is_said])
    return page, [
        _sentence(said[pk]) if is_said else shown_of(data[pk], record) for _, is_said, pk in page
    ]


def changes_of(way: WayBack) -> Iterator[Row]:
    """What a way back changes: label, what is said now, what will be."""
    kept = way.kept
    now = {
        name: ties_of(kept, name) if name in kept.TIES else getattr(kept, name)
        for name in way.columns
    }
    both = {name: (now[name], then) for name, then in way.columns.items()}
    yield from _words(type(kept), both)
    for part in way.parts:
        yield from _part_words(part)


def history_url(line: Line) -> str:
    """Return the address of the history of what a line is about; "" where there is none."""
    kind: Any = line.kind
    if line.after is None or not (kind and issubclass(kind, Kept)):
        return ""
    if kind.PART_OF and not kind.HAS_PAGE:
        label, _, pk = line.part_of.partition(":")
        return reverse(f"admin:{label.replace('.', '_')}_history", args=[pk]) if pk else ""
    return reverse(f"admin:timeline_{kind._meta.model_name}_history", args=[line.object_id])


def _sentence(entry: LogEntry) -> Shown:
    return Shown(entry.action_time, entry.user.get_username(), entry.get_change_message())


def _goes_back(line: Line, record: Kept) -> bool:
    """Whether a line changed what reverting the record brings back."""
    kind = line.kind
    if kind in parts_of(type(record)):
        return True
    is_own = kind is type(record) and line.before is not None
    return is_own and bool(editable(type(record)) & set(line.columns))


def _but_whole(line: Line, record: Kept | None) -> dict[str, tuple[Any, Any]]:
    """The columns of a line; on the history of its whole without what leads there."""
    kind: Any = line.kind
    name = f"{kind.PART_OF}_id" if record is not None and kind is not type(record) else ""
    return {column: values for column, values in line.columns.items() if column != name}


def _words(kind: Any, columns: dict[str, tuple[Any, Any]]) -> Iterator[Row]:
    fields = {getattr(one, "attname", one.name): one for one in kind._meta.get_fields()}
    for name, (old, new) in columns.items():
        field = fields.get(name)
        if field is None or not (field.editable or field.name in TOLD):
            continue
        words = _named if field.many_to_many else value_words
        yield str(capfirst(field.verbose_name)), words(field, old), words(field, new)


def _part_words(part: PartBack) -> Iterator[Row]:
    model: Any = part.key.model
    label = capfirst(str(model._meta.verbose_name))
    if part.now is not None and part.then is not None:
        of = f"{label} {_part_named(part, part.now)}"
        both = {name: (part.now[name], then) for name, then in part.then.items()}
        for name, old, new in _words(model, both):
            yield f"{of}: {name.lower()}", old, new
    else:
        yield label, _part_named(part, part.now), _part_named(part, part.then)


def _part_named(part: PartBack, columns: Columns | None) -> str:
    if columns is None:
        return "–"
    row = part.key.model(pk=part.key.pk)
    set_columns(row, columns)
    try:
        return str(row)
    except ObjectDoesNotExist:  # the actor of a part, say
        return f"{part.key.pk}, of what is gone"


def _named(field: Any, keys: Sequence[int] | None) -> str:
    """Name the records of a tie; one that is gone as its history does."""
    model = field.remote_field.model
    rows = model._base_manager.in_bulk(keys or [])
    gone = set(keys or ()) - rows.keys()
    lines = Line.objects.filter(model=model._meta.label_lower, object_id__in=gone)
    called = {line.object_id: line.what for line in lines.order_by("pk")}
    names = [
        str(rows[key]) if key in rows else f"{called.get(key, key)} (deleted since)"
        for key in keys or ()
    ]
    return ", ".join(names) or "–"
