"""What an editor makes public: one state, two ways to change it, each with its line in the log."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from timeline.models.log import record


class Publishable(models.Model):
    """A record that readers see only once an editor has published it."""

    is_published = models.BooleanField("published", default=False, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def publish(self, by: AbstractBaseUser) -> None:
        """Make the record public and write who did it. Nothing happens when it is already."""
        self._set_published(True, by, "Published.")

    @transaction.atomic
    def unpublish(self, by: AbstractBaseUser) -> None:
        """Take the record off every public page and write who did it."""
        self._set_published(False, by, "Unpublished.")

    def _set_published(self, is_published: bool, by: AbstractBaseUser, message: str) -> None:
        changed = type(self).objects.filter(pk=self.pk, is_published=not is_published)
        if changed.update(is_published=is_published):
            record(by, self, message)
        self.is_published = is_published
