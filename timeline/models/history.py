"""The history of records as data: which columns a change has given which values, by whom, when.

Written by the records themselves on every way into the database that Django's models offer:
`save()`, `update()` and `bulk_…()` of their querysets, deletion with all that it takes along. Who
did it, and what was done together, is told by the `acting` that the change happens within.
"""

import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from inspect import signature
from typing import Any, Self, TypeVar, cast

from django.apps import apps
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from timeline.models.snapshots import Columns, Key, columns_of, stored_fields
from timeline.models.words import index_words

# What follows from other columns, and is no news to anybody
LEFT_OUT = frozenset(("address_key", "text_key"))
# Kept of changes alone, and only while the record is there: a text that has to go is gone
LONG_TEXTS = frozenset(("body",))


@dataclass
class Act:
    """What one editor does in one stroke, and the lines that it has written so far."""

    by: User | None
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    lines: dict[Key, int] = field(default_factory=dict)


_act: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def acting(by: User | None) -> Iterator[None]:
    """Hold who changes records meanwhile; None leaves that as it is. All of it is one act."""
    outer = _act.get()
    act = Act(by) if outer is None else Act(by or outer.by, outer.name, outer.lines)
    token = _act.set(act)
    try:
        yield
    finally:
        _act.reset(token)


def acted[**P, R](change: Callable[P, R]) -> Callable[P, R]:
    """Decorate a method that changes records in one transaction, and takes the editor as `by`."""
    named = signature(change)

    @wraps(change)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by = named.bind(*args, **kwargs).arguments.get("by")
        with transaction.atomic(), acting(by):
            return change(*args, **kwargs)

    return run


class LineQuerySet(models.QuerySet["Line"]):
    """Reads of the history, and the one way in which it is written."""

    def of(self, record: models.Model) -> Self:
        """The lines about a record, the latest first."""
        return self.filter(model=record._meta.label_lower, object_id=record.pk)

    def about(self, kinds: Iterable[type["Kept"]]) -> Self:
        """The lines about records of these kinds, the latest first."""
        return self.filter(model__in=[one._meta.label_lower for one in kinds])

    def around(self, record: models.Model) -> Self:
        """The lines about a record and about what is part of it, the latest first."""
        parts = models.Q(model=record._meta.label_lower, object_id=record.pk)
        return self.filter(parts | models.Q(part_of=f"{record._meta.label_lower}:{record.pk}"))

    def write(self, row: "Kept", before: Columns | None, after: Columns | None) -> None:
        """Write what a row said before (None: it is new) and says now (None: it is deleted).

        What one act does to one row is one line, and none where it ends as it began.
        """
        act, key = _act.get(), Key(type(row), row.pk)
        index_words(key.model, key.pk, after)
        if before is None or after is None:
            before, after = _shortened(before), _shortened(after)
        if after is None:
            self.forget_texts(key)
        last = self.filter(pk=act.lines[key]).first() if act and key in act.lines else None
        if act and last:
            last.what = row.called[:300]
            last.go_on(before, after)
            act.lines[key] = last.pk
            return
        if before is not None and after is not None:
            changed = [name for name in after if before.get(name) != after[name]]
            before = {name: before.get(name) for name in changed}
            after = {name: after[name] for name in changed}
            if not changed:
                return
        by = act.by if act else None
        made = self.create(
            model=key.model._meta.label_lower,
            object_id=key.pk,
            what=row.called[:300],
            part_of=_whole_of(row),
            by=by,
            who=by.get_username() if by else "",
            act=act.name if act else uuid.uuid4().hex,
            before=before,
            after=after,
        )
        if act:
            act.lines[key] = made.pk

    def forget_texts(self, key: Key) -> None:
        """Drop from the lines about a row the texts that go with it."""
        if not LONG_TEXTS.isdisjoint(one.attname for one in stored_fields(key.model)):
            for line in self.filter(model=key.model._meta.label_lower, object_id=key.pk):
                line.before, line.after = _shortened(line.before), _shortened(line.after)
                line.save(update_fields=("before", "after"))


class Line(models.Model):
    """What became of one row in one act: its columns before (None: new) and after (None: gone).

    Of a row that was there before and after, these are the columns that changed alone.
    """

    # By its label, “timeline.event”, as in `Change`
    model = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    # What the record was called then
    what = models.CharField(max_length=300, blank=True)
    # The record that the row is a part of, “timeline.actor:7”; empty for one that stands for itself
    part_of = models.CharField(max_length=120, blank=True, db_index=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # The name of the account, which may be gone; empty where nobody was signed in
    who = models.CharField(max_length=150, blank=True)
    # The same for all that was changed in one stroke
    act = models.CharField(max_length=32, db_index=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        indexes = (models.Index(fields=("model", "object_id"), name="line_of_record"),)

    def __str__(self) -> str:
        return f"{self.what}: {self.did}"

    @property
    def did(self) -> str:
        """What was done to the row."""
        return "made" if self.before is None else "deleted" if self.after is None else "changed"

    @property
    def record(self) -> models.Model | None:
        """The row, if it is there."""
        return self.kind._base_manager.filter(pk=self.object_id).first() if self.kind else None

    @property
    def kind(self) -> type[models.Model] | None:
        """The model; None where it is no longer part of the app."""
        try:
            return apps.get_model(self.model)
        except LookupError:
            return None

    @property
    def columns(self) -> dict[str, tuple[Any, Any]]:
        """What each column said before and says after; nothing where the row was not there."""
        before, after = self.before or {}, self.after or {}
        return {
            name: (before.get(name), after.get(name))
            for name in before | after
            if before.get(name) or after.get(name) or (name in before and name in after)
        }

    def go_on(self, before: Columns | None, after: Columns | None) -> None:
        """Take in what the same act has done to the row since."""
        if after is None:  # deleted by what had changed or made it
            is_new = self.before is None
            self.before = None if is_new else (before or {}) | (self.before or {})
            self.after = None
            if is_new:
                self.delete()
                return
        elif before is None or self.after is None or self.before is None:  # made, perhaps again
            self.after = _shortened((self.after or {}) | after)
        else:
            self.before = before | self.before
            merged = self.after | after
            changed = [name for name in merged if self.before.get(name) != merged[name]]
            self.before = {name: self.before.get(name) for name in changed}
            self.after = {name: merged[name] for name in changed}
            if not changed:
                self.delete()
                return
        # Under a new key: the last key is the stamp by which others see that there is news
        self.delete()
        self.save(force_insert=True)


_Row = TypeVar("_Row", bound=models.Model)


class KeptQuerySet(models.QuerySet[_Row]):
    """A queryset whose changes go into the history, as those of single records do."""

    def update(self, **kwargs: Any) -> int:
        """Update as Django does, and write what each row said before."""
        fields = [self.model._meta.get_field(name) for name in kwargs]
        names = [one.attname for one in fields if one.attname not in LEFT_OUT]  # type: ignore[union-attr]
        rows = self.order_by()
        with transaction.atomic():
            before = {row["pk"]: row for row in rows.values("pk", *names)}
            done = super().update(**kwargs)
            found: Any = self.model._base_manager.filter(pk__in=before) if before else ()
            for row in found:
                now = {name: getattr(row, name) for name in names}
                Line.objects.write(row, _plain(before[row.pk], names), _plain(now, names))
        return done

    def bulk_create(self, objs: Iterable[_Row], *args: Any, **kwargs: Any) -> list[_Row]:
        """Insert as Django does, and write what is new."""
        with transaction.atomic():
            made = super().bulk_create(objs, *args, **kwargs)
            for row in made:
                if row.pk and isinstance(row, Kept):
                    Line.objects.write(row, None, state_of(row))
        return made

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete as Django does, and write what goes and what is changed by that."""
        with transaction.atomic(), _leaving(list(self.order_by())):
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Kept(models.Model):
    """A record whose every change stands in the history."""

    # The column that leads to the record that this one is a part of
    PART_OF = ""
    # Whether a part has a page of its own: then it is brought back there, and stays with its whole
    HAS_PAGE = False
    # Ties to many others that belong to what the record says
    TIES: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save as Django does, and write what the record said before."""
        names = _named(type(self), None if update_fields is None else set(update_fields))
        with transaction.atomic():
            stored = None
            if not self._state.adding and self.pk:
                stored = type(self)._base_manager.filter(pk=self.pk).values(*names).first()
            super().save(*args, update_fields=update_fields, **kwargs)
            now = {name: getattr(self, name) for name in names}
            before = None if stored is None else _plain(stored, names)
            Line.objects.write(self, before, _plain(now, names))

    @property
    def called(self) -> str:
        """What the history calls it."""
        return str(self)

    def correct(self, columns: Collection[str], by: User) -> None:
        """Save these columns as an editor has corrected them."""
        self.save(update_fields=columns)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete as Django does, and write what goes and what is changed by that."""
        with transaction.atomic(), _leaving([self]):
            return super().delete(*args, **kwargs)


def kept_models() -> list[type[Kept]]:
    """Return the models whose changes stand in the history."""
    return [one for one in apps.get_app_config("timeline").get_models() if issubclass(one, Kept)]


def state_of(row: models.Model) -> Columns:
    """Return what a row says, without what follows from it."""
    return {name: value for name, value in columns_of(row).items() if name not in LEFT_OUT}


def ties_of(row: models.Model, name: str) -> list[int]:
    """Return the keys of the records that a row is tied to, in order."""
    return sorted(getattr(row, name).order_by().values_list("pk", flat=True))


@contextmanager
def keeping_ties(*rows: models.Model) -> Iterator[None]:
    """Write what these records are tied to anew meanwhile, which no method of theirs does."""
    kept = [row for row in rows if isinstance(row, Kept) and row.pk]
    before = [(row, name, ties_of(row, name)) for row in kept for name in row.TIES]
    with transaction.atomic():
        yield
        for row, name, keys in before:
            Line.objects.write(row, {name: keys}, {name: ties_of(row, name)})


def write_ties(changed: Collection[tuple[type[models.Model], Columns, bool]]) -> None:
    """Write the ties that were made (True) or cut (False), given by the columns of their rows."""
    by_record: dict[tuple[Key, str], tuple[set[int], set[int]]] = {}
    for through, columns, is_made in changed:
        for model in kept_models():
            for name in model.TIES:
                tie: Any = model._meta.get_field(name)
                if tie.remote_field.through is not through:
                    continue
                source = f"{tie.m2m_field_name()}_id"
                target = f"{tie.m2m_reverse_field_name()}_id"
                made, cut = by_record.setdefault(
                    (Key(model, columns[source]), name), (set(), set())
                )
                (made if is_made else cut).add(columns[target])
    for (key, name), (made, cut) in by_record.items():
        row = key.model._base_manager.filter(pk=key.pk).first()
        if isinstance(row, Kept):
            now = set(ties_of(row, name))
            Line.objects.write(row, {name: sorted(now - made | cut)}, {name: sorted(now)})


def _named(model: type[models.Model], fields: Collection[str] | None) -> list[str]:
    """The columns of the history among these fields of a model; None for all."""
    return [
        one.attname
        for one in stored_fields(model)
        if (fields is None or {one.name, one.attname} & set(fields)) and one.attname not in LEFT_OUT
    ]


def _shortened(columns: Columns | None) -> Columns | None:
    """The columns without long texts."""
    return columns and {name: value for name, value in columns.items() if name not in LONG_TEXTS}


def _plain(values: dict[str, Any], names: Iterable[str]) -> Columns:
    plain: Columns = json.loads(json.dumps({n: values[n] for n in names}, cls=DjangoJSONEncoder))
    return plain


def _whole_of(row: models.Model) -> str:
    name = row.PART_OF if isinstance(row, Kept) else ""
    if not name:
        return ""
    relation: Any = row._meta.get_field(name)
    return f"{relation.related_model._meta.label_lower}:{getattr(row, relation.attname)}"


@contextmanager
def _leaving(rows: Sequence[models.Model]) -> Iterator[None]:
    """Write of a deletion which kept records go with these rows, and which others it changes."""
    collector = Collector(using="default" if not rows else next(iter(rows))._state.db or "default")
    collector.collect(rows)
    going = {
        Key(type(row), row.pk): row
        for found in (*collector.data.values(), *collector.fast_deletes)
        for row in cast("Iterable[models.Model]", found)
        if isinstance(row, Kept)
    }
    changed: dict[Key, Kept] = {
        Key(type(row), row.pk): row
        for found in collector.field_updates.values()
        for some in found
        for row in cast("Iterable[models.Model]", some)
        if isinstance(row, Kept) and Key(type(row), row.pk) not in going
    }
    said = {key: state_of(row) for key, row in (going | changed).items()}
    yield
    for key, row in going.items():
        row.pk = key.pk  # Django takes it away
        Line.objects.write(row, said[key], None)
        row.pk = None if row in rows else key.pk
    for key in changed:
        now = key.model._base_manager.filter(pk=key.pk).first()
        if isinstance(now, Kept):
            Line.objects.write(now, said[key], state_of(now))
