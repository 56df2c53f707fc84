"""The way back from decisions, as the desk offers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator, capfirst

from timeline.admin.desk.actions import may
from timeline.admin.generics import AnyUser, editor_of
from timeline.admin.history import value_words
from timeline.admin.rights import (
    changes_public,
    may_answer,
    may_import,
    may_merge,
    may_propose,
    may_publish,
)
from timeline.models import Change, Decision, NotUndoneError
from timeline.models.snapshots import Key, fetched

FEW = 8  # decisions that the review lists


def may_undo(user: AnyUser, decision: Decision) -> bool:
    """Whether the user may take it back: whoever may decide the like, while it stands."""
    if decision.undone_at is not None:
        return False
    if decision.kind == Decision.Kind.PUBLISH:
        return may_publish(user)
    if decision.kind == Decision.Kind.UNITE:
        return may_merge(user)
    if decision.kind == Decision.Kind.IMPORT:
        has_rights = may_import(user)
    elif decision.kind in (Decision.Kind.ANSWER, Decision.Kind.SET_ASIDE):
        has_rights = may_answer(user)
    else:
        types = {one.type for one in decision.suggestions.all()}
        is_own_mark = decision.kind == Decision.Kind.ADD and decision.by_id == user.pk
        has_rights = may(user, decision.kind, *types) or (is_own_mark and may_propose(user))
    return has_rights and (may_publish(user) or not changes_public(decision))


def undo(request: HttpRequest, decision: Decision) -> bool:
    """Undo one decision and say what came of it. Returns False, with a message, when it stands."""
    try:
        stays = decision.undo(by=editor_of(request))
    except NotUndoneError as error:
        messages.warning(request, str(error))
        return False
    messages.success(request, " ".join((f"Undone. {decision}", *stays)))
    return True


@dataclass
class ChangedRow:
    """What a decision did to one row, for an editor to read."""

    did: str
    kind: str
    name: str
    url: str
    columns: list[tuple[str, str, str]]  # label, old, new


def changed_rows(decision: Decision) -> list[ChangedRow]:
    """What a decision made, changed and deleted, row by row."""
    changes = [(change, change.key) for change in decision.changes.all()]
    rows = fetched(key for _, key in changes if key)
    return [_changed(change, key, rows.get(key)) for change, key in changes if key]


def _changed(change: Change, key: Key, row: models.Model | None) -> ChangedRow:
    meta = key.model._meta
    name = Truncator(str(row) if row else f"{meta.verbose_name} {key.pk}, gone").chars(120)
    did = "Made" if change.before is None else "Deleted" if change.after is None else "Changed"
    try:
        url = reverse(f"admin:timeline_{meta.model_name}_change", args=[key.pk]) if row else ""
    except NoReverseMatch:  # of a table that has no page at the desk
        url = ""
    return ChangedRow(did, capfirst(str(meta.verbose_name)), name, url, list(_columns(change, key)))


def _columns(change: Change, key: Key) -> Iterator[tuple[str, str, str]]:
    for name, (old, new) in change.columns.items():
        field: Any = next(one for one in key.model._meta.concrete_fields if one.attname == name)
        yield str(capfirst(field.verbose_name)), value_words(field, old), value_words(field, new)


def last_decisions(request: HttpRequest, article: models.Model) -> list[Any]:
    """The last decisions on an article, by whomever, the latest first.

    With `is_mine`, whether the editor who looks made it, and `is_undoable`.
    """
    decisions = Decision.objects.filter(article=article.pk).select_related("by", "undone_by")
    found: list[Any] = list(decisions.prefetch_related("suggestions")[:FEW])
    for decision in found:
        decision.is_mine = decision.by_id == request.user.pk
        decision.is_undoable = may_undo(request.user, decision)
    return found
