"""What an editor makes public: one state, two ways to change it, each with its line in the log."""

from typing import TYPE_CHECKING, Any, ClassVar, Literal, overload

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from timeline.models.history import acted
from timeline.models.log import record

if TYPE_CHECKING:
    from timeline.models.events import EventQuerySet
    from timeline.models.participations import ParticipationQuerySet
    from timeline.models.quotes import QuoteQuerySet
    from timeline.models.reports import ReportQuerySet


# The columns that say how far a record has come
STATE = (
    *("is_published", "withdrawn_at", "withdrawn_by"),
    *("handed_in_at", "handed_in_by", "handed_back"),
)


class State(models.TextChoices):
    """How far a record has come on its way to readers."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


# One of what may be published needs the right `publish_…` beside Django's own.
PERMISSIONS = ("add", "change", "delete", "view", "publish")


def in_state(state: str) -> Q:
    """Return the condition of being in a state, as `Publishable.state` says it."""
    handed_in, withdrawn = Q(handed_in_at__isnull=False), Q(withdrawn_at__isnull=False)
    return {
        State.DRAFT: Q(~handed_in, ~withdrawn, is_published=False),
        State.IN_REVIEW: Q(handed_in, is_published=False),
        State.PUBLISHED: Q(is_published=True),
        State.WITHDRAWN: Q(~handed_in, withdrawn, is_published=False),
    }[State(state)]


class Publishable(models.Model):
    """A record that readers see only once an editor has published it, with what hangs on it.

    A model on which other things hang says in `_release` and `_take_back` what goes with it. What
    an editor has withdrawn goes with nothing: only its own publishing makes it public again.
    """

    # Whether it is made public with other records: then it can be withdrawn while it waits.
    GOES_WITH_OTHERS: ClassVar[bool] = False

    is_published = models.BooleanField("published", default=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # By whom and when it was handed in for publication, until that is settled
    handed_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    handed_in_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # Why it was handed back, until it is handed in anew or published
    handed_back = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.is_published

    @property
    def state(self) -> State:
        """How far it has come, as `in_state` asks it of many."""
        if self.is_published:
            return State.PUBLISHED
        if self.handed_in_at:
            return State.IN_REVIEW
        return State.WITHDRAWN if self.withdrawn_at else State.DRAFT

    @property
    def released_with(self) -> list[models.Model]:
        """What would become public with it, record by record."""
        return []

    @property
    def waiting(self) -> str:
        """What would become public with it, in words: “2 waiting reports”; empty for nothing."""
        return ""

    @acted
    def publish(self, by: User) -> bool:
        """Make the record public with all that waits on it, and write who did it.

        It is also the way to release what was accepted since. Returns False, and writes nothing,
        when everything is public already.
        """
        was_published = self._set_published(True)
        released = self._release(by, was_published=was_published)
        if was_published and not released:
            return False
        with_it = f", with {released}" if released else ""
        done = f"Published {released} that waited." if was_published else f"Published{with_it}."
        record(by, self, done)
        return True

    @acted
    def hand_in(self, by: User) -> bool:
        """Ask a publisher to publish it, and write who did it.

        Returns False, and writes nothing, where it is published or handed in already.
        """
        self._read_state()
        if self.is_published or self.handed_in_at:
            return False
        self.handed_in_at, self.handed_in_by, self.handed_back = timezone.now(), by, ""
        self.save(update_fields=STATE)
        record(by, self, "Handed in for publication.")
        return True

    @acted
    def hand_back(self, by: User, reason: str) -> bool:
        """Leave to the editors what was handed in, and write who did it and why.

        Returns False, and writes nothing, where it is not handed in any more.
        """
        self._read_state()
        if self.is_published or not self.handed_in_at:
            return False
        self.handed_in_at, self.handed_in_by, self.handed_back = None, None, reason
        self.save(update_fields=STATE)
        record(by, self, f"Handed back: {reason}")
        return True

    @acted
    def unpublish(self, by: User) -> bool:
        """Withdraw the record with all that hangs on it, and write who did it.

        It stays off every public page until it is published by itself. Returns False, and writes
        nothing, when nothing of it was public and nothing could have made it so.
        """
        was_public = self.let_wait(by)
        is_held_back = self.GOES_WITH_OTHERS and self.withdrawn_at is None and not was_public
        if is_held_back:
            record(by, self, "Held back from what is published with other records.")
        if was_public or is_held_back:
            self.withdrawn_at, self.withdrawn_by = timezone.now(), by
            self.save(update_fields=["withdrawn_at", "withdrawn_by"])
        return was_public or is_held_back

    @acted
    def let_wait(self, by: User) -> bool:
        """Take the record off every public page with all that hangs on it; write who did it.

        Returns False, and writes nothing, when nothing of it was public.
        """
        was_published = self._set_published(False)
        taken = self._take_back(by, was_published=was_published)
        if was_published or taken:
            record(by, self, f"Unpublished, with {taken}." if taken else "Unpublished.")
        return was_published or bool(taken)

    @acted
    def retract(self, by: User) -> bool:
        """Delete the record, with what hangs on it taken off every public page; return True."""
        self.let_wait(by)
        self.delete()
        return True

    def _release(self, by: User, *, was_published: bool) -> str:
        """Make public what waits on the record, and return it in words."""
        return ""

    def _take_back(self, by: User, *, was_published: bool) -> str:
        """Make what hangs on the record wait again, and return it in words."""
        return ""

    def _set_published(self, is_published: bool) -> bool:
        """Set the state on the row as it is now, locked, and return the state it had.

        Other columns stay as the record in hand has them: they may wait to be saved.
        """
        self._read_state()
        was_published, self.is_published = self.is_published, is_published
        is_unsettled = self.withdrawn_at or self.handed_in_at or self.handed_back
        if is_published:
            self.withdrawn_at = self.withdrawn_by = None
            self.handed_in_at, self.handed_in_by, self.handed_back = None, None, ""
        if was_published != is_published or (is_published and is_unsettled):
            self.save(update_fields=STATE)
        return was_published

    def _read_state(self) -> None:
        """Read the state of the row as it is now, and keep it from others."""
        now = type(self)._default_manager.select_for_update(no_key=True)
        self.refresh_from_db(fields=STATE, from_queryset=now)


@overload
def rows(model: type[models.Model], relation: Literal["events"]) -> "EventQuerySet": ...
@overload
def rows(model: type[models.Model], relation: Literal["reports"]) -> "ReportQuerySet": ...
@overload
def rows(model: type[models.Model], relation: Literal["quotes"]) -> "QuoteQuerySet": ...
@overload
def rows(
    model: type[models.Model], relation: Literal["participations"]
) -> "ParticipationQuerySet": ...
def rows(model: type[models.Model], relation: str) -> models.QuerySet[Any]:
    """Return the rows of the model that points at `model`, which is defined after it."""
    related: type[models.Model] = getattr(model, relation).rel.related_model
    return related._default_manager.all()


def counted(**numbers: int) -> str:
    """Return how many of each there are, without the zeros: `report=2, quote=1` → “2 reports …”."""
    said = [
        f"{number} {word.replace('_', ' ')}{'' if number == 1 else 's'}"
        for word, number in numbers.items()
        if number
    ]
    return " and ".join(said)
