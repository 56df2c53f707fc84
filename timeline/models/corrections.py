"""What readers are told of an event that was changed after it was published."""

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from timeline.models.events import Event
from timeline.models.log import record


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Reads of corrections, and the one way in which they are written."""

    def note(self, event: Event, note: str, by: User) -> "Correction":
        """Tell readers what was corrected, and write who did it."""
        made = self.create(event=event, note=note)
        record(by, event, f"Correction note: {note}")
        return made


class Correction(models.Model):
    """A note on what was corrected in a published event, and when."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="corrections")
    made_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, help_text="Public.")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.note
