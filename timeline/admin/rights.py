"""Who may do what at the desk: the rights that an action takes, each asked for in one place.

The groups that hold them are made by migration 0028: contributors bring in and propose, editors
decide, publishers publish.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models

from timeline.admin.generics import AnyUser
from timeline.models import (
    Article,
    Change,
    Correction,
    Decision,
    Event,
    Participation,
    Quote,
    Report,
    Timeline,
)
from timeline.models.history import Kept, kept_models
from timeline.models.publishable import Publishable, State
from timeline.models.reverting import WayBack, editable
from timeline.models.snapshots import Key

# What is published together at the end of a review or a draft
TOGETHER = ("event", "quote", "timeline")


def may_publish(user: AnyUser, *names: str) -> bool:
    """Whether the user may publish and withdraw records of these models; of all by default."""
    return user.has_perms([f"timeline.publish_{name}" for name in names or TOGETHER])


def may_publish_draft(user: AnyUser) -> bool:
    """Whether the user may publish what a draft has become, on a timeline that may be new."""
    return may_publish(user) and user.has_perms(("timeline.change_draft", "timeline.add_timeline"))


def may_merge(user: AnyUser, *names: str) -> bool:
    """Whether the user may merge two records of these models, actors and places by default.

    What hangs on the two is changed with them.
    """
    models_ = names or ("actor", "place")
    hanging = ("event", "quote") if "actor" in models_ else ("event",)
    rights = [f"{do}_{name}" for do in ("change", "delete") for name in models_]
    rights += [f"change_{name}" for name in hanging]
    return user.has_perms([f"timeline.{right}" for right in rights])


def may_import(user: AnyUser) -> bool:
    """Whether the user may bring in a file of events, or take that back."""
    return user.has_perms(("timeline.change_event", "timeline.add_event"))


def may_propose(user: AnyUser) -> bool:
    """Whether the user may mark words of an article as a suggestion."""
    return user.has_perm("timeline.add_suggestion") or user.has_perm("timeline.change_suggestion")


def may_answer(user: AnyUser) -> bool:
    """Whether the user may answer readers' remarks, and set them aside."""
    return user.has_perm("timeline.change_remark")


def may_note(user: AnyUser) -> bool:
    """Whether the user may tell readers in a note what was corrected in an event."""
    return user.has_perm("timeline.change_event")


def may_edit_suggestion(user: AnyUser, proposed: models.Model) -> bool:
    """Whether the user may correct a suggestion: all, or those that the user has marked."""
    if user.has_perm("timeline.change_suggestion"):
        return True
    marked = Decision.objects.standing().filter(kind=Decision.Kind.ADD, by=user.pk)
    return may_propose(user) and marked.on(proposed).exists()


def may_change_public(user: AnyUser, record: models.Model) -> bool:
    """Whether the user may change, or delete, what readers see of a record.

    What readers see is changed by who may publish it. An event is the exception: an editor corrects
    it with a note for its readers (`EventForm`).
    """
    if isinstance(record, Report):
        return may_publish(user, "event") or not record.is_public
    if isinstance(record, Publishable):
        name = str(record._meta.model_name)
        is_seen = record.is_cited if isinstance(record, Article) else record.is_public
        return may_publish(user, name) or not (record.is_published or is_seen)
    return True


def may_revert(user: AnyUser, way: WayBack) -> bool:
    """Whether the user may change, add and delete what the way back does, of parts as well."""
    return user.has_perms({part.right for part in way.parts})


def kinds_seen(user: AnyUser) -> list[type[Kept]]:
    """The kinds of records whose history the user may see: those that the user may view."""
    kinds = sorted(kept_models(), key=lambda one: one.__name__)
    return [one for one in kinds if user.has_perm(f"timeline.view_{one._meta.model_name}")]


def may_hand_back(user: AnyUser, record: Publishable) -> bool:
    """Whether the user may hand back what is in review: a publisher, or who has handed it in."""
    is_own = record.handed_in_by_id is not None and record.handed_in_by_id == user.pk
    return record.state == State.IN_REVIEW and (
        is_own or may_publish(user, str(record._meta.model_name))
    )


def changes_public(decision: Decision) -> bool:
    """Whether undoing a decision changes what readers see."""
    return any(change.key and _is_seen(change.key, change) for change in decision.changes.all())


def _is_seen(key: Key, change: Change) -> bool:
    said = change.after or change.before or {}
    if key.model is Correction:
        return True
    if key.model is Participation:
        parts = Participation.objects.public().filter(pk=key.pk)
        was_cut = change.after is None and _is_public(Event, said["event_id"])
        return was_cut or parts.exists()
    if key.model is Quote.events.through:
        return _is_public(Quote, said["quote_id"]) and _is_public(Event, said["event_id"])
    if key.model is Timeline.events.through:
        return _is_public(Timeline, said["timeline_id"]) and _is_public(Event, said["event_id"])
    if not issubclass(key.model, (Publishable, Report)):
        return False
    is_changed = not editable(key.model).isdisjoint(change.columns)  # type: ignore[arg-type]
    return "is_published" in change.columns or (is_changed and _is_public(key.model, key.pk))


def _is_public(model: Any, pk: int) -> bool:
    return bool(model.objects.public().filter(pk=pk).exists())


def who_may(right: str) -> str:
    """Name the groups that hold a right, as in “Publishers”, for a page that withholds a button.

    “Nobody yet” where none does.
    """
    groups = Group.objects.filter(
        permissions__content_type__app_label="timeline", permissions__codename=right
    )
    names = list(groups.order_by("name").values_list("name", flat=True).distinct())
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))) or "Nobody yet"
