"""The way of a record back to what it was at a line of its history, as a new change.

What a record says is its columns, its ties to many others, and its parts without a page of their
own: who took part in an event, the names and roles of an actor. All of it is brought back, or
nothing. What has a page of its own, as the reports of an event, is brought back there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Q

from timeline.models.actors import FormerSlug, Named
from timeline.models.decisions import Change, Decision
from timeline.models.history import (
    Kept,
    Line,
    LineQuerySet,
    acted,
    keeping_ties,
    kept_models,
    state_of,
    ties_of,
)
from timeline.models.log import record as write
from timeline.models.participations import Participation
from timeline.models.snapshots import Columns, Key, set_columns, stored_fields


class NotRevertedError(Exception):
    """A record could not be brought back; the message says why, in plain words."""


def editable(model: type[Kept]) -> set[str]:
    """Return the columns and ties that an editor changes: what the app sets itself is left."""
    return {one.attname for one in stored_fields(model) if one.editable} | set(model.TIES)


def parts_of(model: type[Kept]) -> list[type[Kept]]:
    """Return the models whose rows are brought back with a record of `model`."""
    return [one for one in kept_models() if not one.HAS_PAGE and _whole_of(one) is model]


def _whole_of(part: type[Kept]) -> Any:
    return part._meta.get_field(part.PART_OF).related_model if part.PART_OF else None


@dataclass(frozen=True)
class PartBack:
    """What becomes of one part: its columns now (None: none), and then (None: it goes)."""

    key: Key
    now: Columns | None
    then: Columns | None

    @property
    def right(self) -> str:
        """The right that it takes."""
        do = "add" if self.now is None else "delete" if self.then is None else "change"
        return f"timeline.{do}_{self.key.model._meta.model_name}"

    @property
    def order(self) -> tuple[bool, bool, int]:
        """What goes makes room for what comes back."""
        return self.then is not None, self.now is None, self.key.pk


@dataclass(frozen=True)
class WayBack:
    """The way of a record back to what it was before a line, or at it, with all that it changes."""

    kept: Kept
    line: Line
    before: bool

    @cached_property
    def lines(self) -> LineQuerySet:
        """The lines about the record and its parts that are taken back, the latest first."""
        # One stroke is one change: it is taken back, or left, with all of its lines
        since = Q(pk__gt=self.line.pk)
        stroke = Q(act=self.line.act)
        later = since | stroke if self.before else since & ~stroke
        return Line.objects.around(self.kept).filter(later)

    @cached_property
    def columns(self) -> Columns:
        """The columns and ties that will say otherwise, as they were then."""
        now = state_of(self.kept) | {name: ties_of(self.kept, name) for name in self.kept.TIES}
        then = dict(now)
        for line in self._of(type(self.kept), self.kept.pk):
            if line.before is None:  # it was made by that, perhaps after it had been deleted
                break
            then |= line.before
        names = editable(type(self.kept)) & then.keys()
        led = _led(type(self.kept), {name: then[name] for name in names})
        return {name: led[name] for name in sorted(names) if led[name] != now[name]}

    @cached_property
    def parts(self) -> list[PartBack]:
        """The parts that will be otherwise."""
        found = [part for model in parts_of(type(self.kept)) for part in self._parts(model)]
        return sorted(found, key=lambda part: part.order)

    @property
    def beside(self) -> LineQuerySet:
        """The lines of the same strokes about other records, which stay as they are."""
        label = self.kept._meta.label_lower
        models_ = [one._meta.label_lower for one in parts_of(type(self.kept))]
        own = Q(model=label, object_id=self.kept.pk)
        own |= Q(model__in=models_, part_of=f"{label}:{self.kept.pk}")
        strokes = self.lines.filter(own).order_by().values("act")
        return Line.objects.filter(act__in=strokes).exclude(own)

    @property
    def merge(self) -> Decision | None:
        """The merge of another record into this one that the way leads past, if any."""
        first = self.lines.order_by("pk").first()
        if first is None or not isinstance(self.kept, Named):
            return None
        # A merge leaves the address of the one that went, which leads here
        led = self.kept.former_slugs.values("pk")
        changes = Change.objects.filter(model="timeline.formerslug", object_id__in=led)
        merges = Decision.objects.standing().filter(kind=Decision.Kind.UNITE)
        return merges.filter(pk__in=changes.values("decision"), made_at__gte=first.at).first()

    def _of(self, model: type[models.Model], pk: int) -> list[Line]:
        label = model._meta.label_lower
        return [one for one in self.lines if (one.model, one.object_id) == (label, pk)]

    def _parts(self, model: type[Kept]) -> Iterator[PartBack]:
        rows = model._default_manager.filter(**{model.PART_OF: self.kept})
        now = {row.pk: state_of(row) for row in rows}
        label = model._meta.label_lower
        for pk in sorted({*now, *(one.object_id for one in self.lines if one.model == label)}):
            said = then = now.get(pk)
            for line in self._of(model, pk):
                then = None if line.before is None else (then or {}) | line.before
            if then is not None:
                then = _led(model, then)
            if said is not None and then is not None:
                names = [name for name in editable(model) if then[name] != said[name]]
                if names:
                    yield PartBack(Key(model, pk), said, {name: then[name] for name in names})
            elif said != then and not _goes_with_a_report(model, said or then or {}):
                yield PartBack(Key(model, pk), said, then)


def _goes_with_a_report(model: type[Kept], columns: Columns) -> bool:
    """Whether a part came, or has gone, with a report, which stays as it is."""
    return issubclass(model, Participation) and bool(columns["is_brought"])


def _led(model: type[Kept], columns: Columns) -> Columns:
    """The columns, with the record that stayed in place of one that has been merged into it."""
    led = dict(columns)
    for field in model._meta.concrete_fields:
        target: Any = field.related_model
        pk = columns.get(field.attname)
        if pk and isinstance(target, type) and issubclass(target, Named):
            led[field.attname] = _heir(target, pk) or pk
    return led


def _heir(model: type[Named], pk: int) -> int | None:
    """The key of the record that another was merged into; None where it was not, or is there."""
    if model._default_manager.filter(pk=pk).exists():
        return None
    lines = Line.objects.filter(model=model._meta.label_lower, object_id=pk, after__isnull=True)
    slugs = [line.before["slug"] for line in lines[:1] if line.before]
    former = FormerSlug.objects.of(model).filter(slug__in=slugs).first()
    return former.record.pk if former else None


@acted
def revert(kept: Kept, line: Line, by: User, *, before: bool, seen: int) -> WayBack:
    """Bring a record back to what it was at a line, or before it; return what that changed.

    `seen` is the last line that the editor has looked at. Raises NotRevertedError where there is a
    later one, where nothing is otherwise, or where the record may not say all of it any more.
    """
    rows = type(kept)._default_manager.select_for_update(no_key=True).filter(pk=kept.pk)
    current: Any = rows.order_by().first()
    if current is None:
        raise NotRevertedError("It has been deleted.")
    last = Line.objects.around(current).first()
    if last and last.pk != seen:
        raise NotRevertedError(f"{last.who or 'A command'} has changed it meanwhile: look again.")
    way = WayBack(current, line, before)
    columns, parts = way.columns, way.parts
    if not columns and not parts:
        raise NotRevertedError("Nothing is otherwise now.")
    if merge := way.merge:
        raise NotRevertedError(f"{merge.what} was merged since. Undo that first, in the log.")
    try:
        _put_columns(current, columns, by)
        for part in parts:
            _put_part(part, by)
    except ValidationError as error:
        raise NotRevertedError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise NotRevertedError("Another record has what it had then.") from error
    when = "before" if before else "at"
    write(by, current, f"Reverted to what it was {when} {line.at:%Y-%m-%d %H:%M} UTC.")
    return way


def _put_columns(current: Any, columns: Columns, by: User) -> None:
    ties = {name: columns[name] for name in current.TIES if name in columns}
    names = set_columns(current, columns)
    if names:
        _check(current, columns, exclude=current.TIES)
        current.correct(names, by)
    with keeping_ties(current):
        for name, keys in ties.items():
            tied = getattr(current, name)
            tied.set(tied.model._default_manager.filter(pk__in=keys))


def _put_part(part: PartBack, by: User) -> None:
    model: Any = part.key.model
    if part.then is None:
        model._default_manager.filter(pk=part.key.pk).delete()
        return
    row = model(pk=part.key.pk) if part.now is None else model._base_manager.get(pk=part.key.pk)
    names = set_columns(row, part.then)
    _check(row, part.then)
    if part.now is None:
        row.save(force_insert=True)
    else:
        row.correct(names, by)


def _check(row: Any, columns: Columns, exclude: Iterable[str] = ()) -> None:
    """Raise ValidationError where a row may not say that, or leads to what is gone."""
    for field in row._meta.concrete_fields:
        target = field.related_model
        pk = columns.get(field.attname)
        if target and pk and not target._base_manager.filter(pk=pk).exists():
            raise ValidationError(f"The {field.verbose_name} that it had has been deleted since.")
    row.full_clean(exclude={*exclude, row._meta.pk.name})
