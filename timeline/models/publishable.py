"""What an editor makes public: one state, two ways to change it, each with its line in the log."""

from typing import TYPE_CHECKING, Any, ClassVar, Literal, overload

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from timeline.models.history import acted
from timeline.models.log import record

if TYPE_CHECKING:
    from timeline.models.events import EventQuerySet
    from timeline.models.participations import ParticipationQuerySet
    from timeline.models.quotes import QuoteQuerySet
    from timeline.models.reports import ReportQuerySet


# One of what may be published needs the right `publish_…` beside Django's own.
PERMISSIONS = ("add", "change", "delete", "view", "publish")


class Publishable(models.Model):
    """A record that readers see only once an editor has published it, with what hangs on it.

    A model on which other things hang says in `_release` and `_take_back` what goes with it. What
    an editor has withdrawn goes with nothing: only its own publishing makes it public again.
    """

    # Whether it is made public with other records: then it can be withdrawn while it waits.
    GOES_WITH_OTHERS: ClassVar[bool] = False

    is_published = models.BooleanField("published", default=False, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.is_published

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
            self.withdrawn_at = timezone.now()
            self.save(update_fields=["withdrawn_at"])
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
        now = type(self)._default_manager.select_for_update(no_key=True)
        self.refresh_from_db(fields=("is_published", "withdrawn_at"), from_queryset=now)
        was_published, self.is_published = self.is_published, is_published
        was_withdrawn = self.withdrawn_at is not None
        self.withdrawn_at = None if is_published else self.withdrawn_at
        if was_published != is_published or (is_published and was_withdrawn):
            self.save(update_fields=["is_published", "withdrawn_at"])
        return was_published


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
