"""Decisions of editors: who decided what and when, what came of it, and the way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import EmptyResultSet
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from timeline.models.articles import Article
from timeline.models.drafts import Draft
from timeline.models.history import acting, write_ties
from timeline.models.snapshots import Columns, Key, columns_of, key_of, rows_at
from timeline.models.undoing import NotUndoneError, take_back

if TYPE_CHECKING:
    from timeline.models.suggestions import Suggestion

# The decision that is being taken in this thread: what is decided within it joins it.
_current: ContextVar["Decision | None"] = ContextVar("decision", default=None)


def watch(*scopes: models.QuerySet[Any]) -> None:
    """Let the decision that is being taken, if one is, watch these rows."""
    if decision := _current.get():
        decision.watch(*scopes)


def note_made(row: models.Model) -> None:
    """Tell the decision that is being taken, if one is, that it has made `row`."""
    if decision := _current.get():
        decision.note_made(row)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reads of decisions."""

    def standing(self) -> Self:
        """Decisions that nobody has undone."""
        return self.filter(undone_at=None)

    def last_of(self, user: User, article: Article | None = None) -> "Decision | None":
        """The last decision of `user` that stands, on `article` where one is given."""
        decisions = self.standing().filter(by=user).order_by("-pk")
        return (decisions.filter(article=article) if article else decisions).first()

    def on(self, row: models.Model) -> Self:
        """Decisions that made, changed or deleted `row`."""
        changes = Change.objects.filter(model=row._meta.label_lower, object_id=row.pk)
        return self.filter(pk__in=changes.values("decision"))


class Decision(models.Model):
    """One decision of an editor, on one suggestion or many, with all rows that it changed.

    It is written by the method that makes the change, in the same transaction:

        with Decision.record(by=user, kind=Decision.Kind.ACCEPT, what=title) as decision:
            decision.watch(Candidate.objects.filter(pk=candidate.pk))
            suggestion.accept(by=user)      # joins this decision
            other.accept(by=user, event=suggestion.report.event)

    `accept` and `reject` of a suggestion record a decision of their own where none is being
    taken. What they touch they watch themselves; whoever changes other rows within a decision
    names them to `watch` before, or hands a new row to `note_made` after.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept", "Accepted"
        MERGE = "merge", "Merged"
        REJECT = "reject", "Rejected"
        EDIT = "edit", "Edited"
        SPLIT = "split", "Split"
        MOVE = "move", "Moved"
        ADD = "add", "Added by hand"
        PUBLISH = "publish", "Published"
        UNITE = "unite", "Merged into one"
        IMPORT = "import", "Imported"
        ANSWER = "answer", "Answered"
        SET_ASIDE = "set-aside", "Set aside"

    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="decisions", verbose_name="editor"
    )
    made_at = models.DateTimeField("day", default=timezone.now, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    # What was decided about, as it was called then
    what = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    draft = models.ForeignKey(
        Draft, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    suggestions: "models.ManyToManyField[Suggestion, Any]" = models.ManyToManyField(
        "Suggestion", blank=True, related_name="decisions"
    )
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    # While it is being taken: the rows that it watches as they were, None for one that it made
    _before: dict[Key, Columns | None]
    _scopes: dict[str, models.QuerySet[Any]]  # by their SQL

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(
                fields=("by", "article"),
                condition=Q(undone_at=None),
                name="decision_that_stands",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}" if self.what else self.get_kind_display()

    @classmethod
    @contextmanager
    def record(
        cls,
        by: User,
        kind: str,
        *,
        what: str = "",
        reason: str = "",
        article: Article | None = None,
        draft: Draft | None = None,
    ) -> "Iterator[Decision]":
        """Take a decision in one transaction, and write all that it changes of what it watches.

        Within another decision it is that one, whatever is given here. A decision that changes
        nothing leaves no row.
        """
        if outer := _current.get():
            yield outer
            return
        with transaction.atomic(), acting(by):
            decision = cls.objects.create(
                by=by,
                kind=kind,
                what=what[:300],
                reason=reason[:300],
                article=article,
                draft=draft,
            )
            decision._before, decision._scopes = {}, {}
            token = _current.set(decision)
            try:
                yield decision
            finally:
                _current.reset(token)
            decision._write_changes()

    def watch(self, *scopes: models.QuerySet[Any]) -> None:
        """Hold the rows of these querysets as they are now, before they are changed.

        Rows that are in one of them only when the decision is taken count as made by it. One that
        is watched already is left alone: what it holds by now was made meanwhile.
        """
        for scope in scopes:
            try:
                asked = str(scope.query)
            except EmptyResultSet:  # of no keys
                continue
            if asked in self._scopes:
                continue
            for row in scope:
                self._before.setdefault(key_of(row), columns_of(row))
            self._scopes[asked] = scope.all()

    def note_made(self, *rows: models.Model) -> None:
        """Hold that the decision has made these rows."""
        for row in rows:
            self._before.setdefault(key_of(row), None)

    def note_suggestion(self, suggestion: "Suggestion") -> None:
        """Watch a suggestion that is decided, and keep it with the decision."""
        self.watch(type(suggestion)._default_manager.filter(pk=suggestion.pk))
        self.suggestions.add(suggestion)

    def keys_of(self, model: type[models.Model]) -> list[int]:
        """Return the keys of the rows of a model that it made, changed or deleted."""
        changes = self.changes.filter(model=model._meta.label_lower)
        return list(changes.values_list("object_id", flat=True))

    def undo(self, by: User) -> list[str]:
        """Take back all that the decision changed, and write who did it.

        Its suggestions wait again. Returns what stays although the decision made it, in
        sentences: actors and places that something else needs by now. Raises NotUndoneError, in
        one sentence, where something has been built upon it.
        """
        with transaction.atomic(), acting(by):
            now = Decision.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
            if now is None:
                raise NotUndoneError("This decision is no longer in the log.")
            if now.undone_at:
                who = now.undone_by or "Somebody"
                at = timezone.localtime(now.undone_at)
                raise NotUndoneError(f"{who} has undone this already, at {at:%H:%M}.")
            stays = take_back(now, by)
            write_ties([(model, row, not is_made) for model, row, is_made in now.ties()])
            self.undone_by, self.undone_at = by, timezone.now()
            self.save(update_fields=("undone_by", "undone_at"))
        return stays

    def ties(self) -> list[tuple[type[models.Model], Columns, bool]]:
        """The ties between records that it made (True) or cut (False)."""
        found = []
        for one in self.changes.all():
            if one.key and one.key.model._meta.auto_created and (row := one.after or one.before):
                found.append((one.key.model, row, one.before is None))
        return found

    def _write_changes(self) -> None:
        """Write what has become of each row since it was first held."""
        keys = {key_of(row) for scope in self._scopes.values() for row in scope}
        after = rows_at(self._before.keys() | keys)
        changes = [
            Change.of(self, key, before, now)
            for key in [*self._before, *sorted(keys - self._before.keys(), key=str)]
            if (before := self._before.get(key)) != (now := after.get(key))
        ]
        if changes:
            Change.objects.bulk_create(changes)
            write_ties(self.ties())
            self.made_at = timezone.now()  # after the lines that it has written into the log
            self.save(update_fields=("made_at",))
        else:
            self.delete()


class Change(models.Model):
    """What a decision did to one row: its columns before (None: made) and after (None: deleted).

    Of a row that was there before and after, these are the columns that it changed alone.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="changes")
    # By its label, “timeline.event”: not every table has a content type, as those of ties
    model = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        indexes = (models.Index(fields=("model", "object_id"), name="change_of_row"),)

    def __str__(self) -> str:
        did = "made" if self.before is None else "deleted" if self.after is None else "changed"
        return f"{self.model} {self.object_id} {did}"

    @classmethod
    def of(
        cls, decision: Decision, key: Key, before: Columns | None, after: Columns | None
    ) -> "Change":
        """Return what `decision` did to a row, not yet stored."""
        if before is not None and after is not None:
            changed = [name for name in before if before[name] != after[name]]
            before, after = ({name: row[name] for name in changed} for row in (before, after))
        label = key.model._meta.label_lower
        return cls(decision=decision, model=label, object_id=key.pk, before=before, after=after)

    @property
    def key(self) -> Key | None:
        """The row; None where its model is no longer part of the app."""
        try:
            return Key(apps.get_model(self.model), self.object_id)
        except LookupError:
            return None

    @property
    def columns(self) -> dict[str, tuple[Any, Any]]:
        """What each changed column said before and says after; of a row that was there."""
        if self.before is None or self.after is None:
            return {}
        return {name: (old, self.after[name]) for name, old in self.before.items()}
