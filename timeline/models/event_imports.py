"""Files of events that an editor is looking at before they are brought in."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse
from django.utils import timezone

from timeline.models.decisions import Decision
from timeline.models.timelines import Timeline

# How long a file waits for its editor; what was brought in stays in the log of decisions.
KEPT = dt.timedelta(days=2)


class EventImportQuerySet(models.QuerySet["EventImport"]):
    """Reads of imports, and how one is begun."""

    def begin(
        self, by: User, name: str, table: dict[str, Any], new_timeline: str = ""
    ) -> "EventImport":
        """Hold a file that was read, and what its timeline may be called.

        Files that nobody has come back to go.
        """
        self.filter(made_at__lt=timezone.now() - KEPT).delete()
        return self.create(made_by=by, name=name[:200], table=table, new_timeline=new_timeline)


class EventImport(models.Model):
    """A file of events as it was read, with what its editor has answered so far.

    Only who has uploaded it sees it: it may hold what is not public, and nothing of it is stored
    anywhere else before it is brought in.
    """

    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    table = models.JSONField()
    # by row, the id of the event that it is, or “new”
    answers = models.JSONField(default=dict)
    # which number of 12/06/2018 is the day; None while nobody has said
    day_first = models.BooleanField(null=True)
    timeline = models.ForeignKey(Timeline, models.SET_NULL, null=True, blank=True, related_name="+")
    new_timeline = models.CharField("title of the new timeline", max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, related_name="+")

    objects = EventImportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:event_import", args=[self.pk])

    def finish(self, decision: Decision | None) -> None:
        """Hold which decision it has become, and let its rows go."""
        self.decision, self.table = decision, {}
        self.save(update_fields=["decision", "table"])
