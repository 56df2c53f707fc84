"""The way back from a decision: every row as it was, or one sentence why not."""

from collections import defaultdict
from itertools import batched
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models

from timeline.models.actors import Actor, Alias, Named, Place
from timeline.models.events import Event
from timeline.models.log import record
from timeline.models.reports import Report
from timeline.models.snapshots import Columns, Key, columns_of, fetched, set_columns
from timeline.models.undo_checks import PASSING, Touched, relations_of

if TYPE_CHECKING:
    from timeline.models.decisions import Change, Decision


class NotUndoneError(Exception):
    """A decision could not be undone; the message says why, in one sentence."""


def take_back(decision: "Decision", by: User) -> list[str]:
    """Restore every row that `decision` changed, and write it; see `Decision.undo`."""
    return _Undoing(decision, by).run()


class _Undoing:
    """One decision on its way back, in the transaction of its caller."""

    def __init__(self, decision: "Decision", by: User) -> None:
        self.decision, self.by = decision, by
        self.touched = Touched(decision)
        self.stays: list[str] = []

    def run(self) -> list[str]:
        """Check all, then change all; return what stays."""
        self.touched.lock()
        for refusal in self.touched.refusals():
            raise NotUndoneError(f"Not undone: {refusal}.")
        followed = self._followed()
        for event in followed:
            event.take_over()
        self._delete_what_was_made()
        self._restore()
        self._delete_what_was_made_in_passing()
        for event in followed:
            event.refresh_from_db()  # which reports count hangs on whether it is public again
            event.tell(self.by, f"undone: {str(self.decision).lower()}"[:200])
        if self.touched.is_merge:
            both = (key for key in self.touched.changes if issubclass(key.model, Named))
            for row in fetched(both).values():
                record(self.by, row, f"Undone: {self.decision.what} was merged."[:200])
        for suggestion in self.decision.suggestions.all():
            record(self.by, suggestion, f"Undone: {self.decision.get_kind_display().lower()}.")
        return self.stays

    def _followed(self) -> list[Event]:
        """The events that stay, and that say something else once its reports are as before."""
        made = {key.pk for key in self.touched.of(made=True, models_=(Event,))}
        published = {
            key.pk
            for key in self.touched.of(made=False, models_=(Event,))
            if "is_published" in self.touched.changes[key].columns
        }
        keys = sorted((self.touched.events_of_reports() | published) - made)
        events = (self.touched.rows.get(Key(Event, pk)) for pk in keys)
        return [event for event in events if isinstance(event, Event)]

    def _delete_what_was_made(self) -> None:
        """Delete what the decision was about, reports with what they told."""
        made = list(self.touched.of(made=True))
        kept_events = {event.pk for event in self._followed()}
        for key in made:
            report = self.touched.rows.get(key)
            if isinstance(report, Report) and report.event_id in kept_events:
                report.retract(self.by)  # which takes its names and its date back
        free: defaultdict[type[models.Model], list[int]] = defaultdict(list)
        for key in made:
            if key.model in PASSING:
                continue
            if key not in self.touched.led:
                free[key.model].append(key.pk)
                continue
            self._lead_back(key)
            key.model._default_manager.filter(pk=key.pk).delete()
        for model, pks in free.items():
            for some in batched(pks, 500, strict=False):
                model._default_manager.filter(pk__in=some).delete()

    def _lead_back(self, made: Key) -> None:
        """Restore what leads to a row that was made, or it would be deleted with that."""
        target = self.touched.rows.get(made)
        for row in self.touched.leading_to(target) if target and target.pk else ():
            change = self.touched.changes.get(Key(type(row), row.pk))
            if change and change.before is not None:
                self._restore_columns(row, change)

    def _delete_what_was_made_in_passing(self) -> None:
        """Delete what else was made, what leads to others before these."""
        for model in PASSING:
            for key in list(self.touched.of(made=True, models_=(model,))):
                self._delete_unless_needed(key)

    def _delete_unless_needed(self, key: Key) -> None:
        row = fetched([key]).get(key)
        if row is None:
            return
        is_changed = columns_of(row) != self.touched.changes[key].after
        if is_changed or self._is_needed(row):
            if isinstance(row, (Actor, Place)):
                self.stays.append(f"{row} stays: something else needs it by now.")
            return
        row.delete()

    def _is_needed(self, row: models.Model) -> bool:
        """Whether anything that is left leads to the row."""
        if self.touched.is_merge:
            return False  # a name that the merge gave: both would bear it
        if isinstance(row, Alias):
            reports = row.actor.participations.values("known_from")
            suggestions = apps.get_model("timeline", "Suggestion").objects
            said = suggestions.filter(report__in=reports).values_list("actors", flat=True)
            return any(row.name in names for names in said)
        return any(self.touched.leading_to(row))

    def _restore(self) -> None:
        """Give changed rows their columns, and insert those that were deleted."""
        missing = [
            key for key in self.touched.of(made=False) if self.touched.changes[key].after is None
        ]
        for key in missing:
            row = key.model(pk=key.pk)
            set_columns(row, self._kept(key, self.touched.changes[key].before or {}))
            row.save(force_insert=True)
        changed = [
            key
            for key in self.touched.of(made=False)
            if self.touched.changes[key].after is not None
        ]
        now = fetched(changed)
        for key in changed:
            if key in now:
                self._restore_columns(now[key], self.touched.changes[key])

    def _restore_columns(self, row: models.Model, change: "Change") -> None:
        told = self.touched.told(row)
        left = columns_of(
            self.touched.rows[Key(type(row), row.pk)]
        )  # as it was before this undoing
        columns = {
            name: old
            for name, (old, new) in change.columns.items()
            if name not in told and left[name] == new
        }
        if columns:
            names = set_columns(row, self._kept(Key(type(row), row.pk), columns))
            row.save(update_fields=names)

    def _kept(self, key: Key, columns: Columns) -> Columns:
        """The columns, without what leads to rows that are gone by now."""
        gone = {
            field.attname: None
            for field in relations_of(key.model)
            if field.null
            and columns.get(field.attname)
            and not field.remote_field.model._base_manager.filter(
                pk=columns[field.attname]
            ).exists()
        }
        return columns | gone
