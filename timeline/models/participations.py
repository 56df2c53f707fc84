"""Who took part in an event, and from which report readers know it."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.deletion import Collector

from timeline.models.actors import Actor
from timeline.models.articles import published_by
from timeline.models.events import Event
from timeline.models.history import Kept, KeptQuerySet
from timeline.models.partings import part_with
from timeline.models.reports import Report
from timeline.models.vocabulary import Stance


class ParticipationQuerySet(KeptQuerySet["Participation"]):
    """Reads of participations."""

    def public(self) -> "ParticipationQuerySet":
        """Those in a public event, known from no report or from one that is public."""
        named = Report.objects.public().filter(pk=OuterRef("known_from"))
        events = Event.objects.public().filter(pk=OuterRef("event"))
        return self.filter(Q(known_from=None) | Exists(named), Exists(events))

    def known_on(self, day: dt.date, zone: dt.tzinfo) -> "ParticipationQuerySet":
        """Those a public report of the end of `day` names, and all of an event told by then."""
        later = (
            Report.objects.public()
            .filter(event=OuterRef("event"))
            .exclude(stance=Stance.RECALLS)
            .exclude(published_by(day, zone, "article__"))
        )
        named = Report.objects.public().known_on(day, zone).filter(pk=OuterRef("known_from"))
        return self.filter(~Exists(later) | Exists(named))


def leave_with_report(
    collector: Collector,
    field: models.ForeignKey[Any, Any],
    parts: "models.QuerySet[Participation]",
    using: str,
) -> None:
    """On the deletion of the report that a part is known from: see `part_with`."""
    leaving = collector.data.get(Report, ())
    for part in parts.select_related("actor", "known_from__event"):
        if part.known_from is None:
            continue
        parting = part_with(
            part.known_from, part.actor, is_brought=part.is_brought, leaving=leaving
        )
        if parting.is_gone:
            models.CASCADE(collector, field, parts.filter(pk=part.pk), using)
        else:
            collector.add_field_update(field, parting.heir, [part])


class Participation(Kept):
    """An actor's part in an event."""

    PART_OF = "event"

    class Part(models.TextChoices):
        HOST = "host", "Host"
        GUEST = "guest", "Guest"
        PARTICIPANT = "participant", "Participant"
        SPEAKER = "speaker", "Speaker"

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=20, choices=Part, default=Part.PARTICIPANT)
    known_from = models.ForeignKey(
        Report,
        leave_with_report,
        null=True,
        blank=True,
        related_name="+",
        help_text="The report that first names them, if it came before the outcome.",
    )
    # Whether a merge brought it, and no editor has changed it since
    is_brought = models.BooleanField(default=False, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("event", "actor"), name="participation_once"),
        )

    def correct(self, columns: Collection[str], by: User) -> None:
        """Save as an editor has corrected them; such a part goes with no report any more."""
        self.is_brought = False
        self.save(update_fields=(*columns, "is_brought"))

    def __str__(self) -> str:
        return f"{self.actor} ({self.get_role_display().lower()})"
