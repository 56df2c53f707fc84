"""Timelines: titled, published choices of events."""

import logging
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from timeline.models.events import Event
from timeline.models.history import Kept, KeptQuerySet
from timeline.models.publishable import PERMISSIONS, Publishable

log = logging.getLogger(__name__)


@cache
def zone_named(name: str) -> ZoneInfo | None:
    """Return a time zone, None for one that this server does not know, which is logged once."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("Unknown time zone", extra={"fields": {"zone": name}})
        return None


def validate_zone(value: str) -> None:
    """Raise ValidationError unless `value` names a zone of the IANA time zone database."""
    if value not in available_timezones():
        raise ValidationError(f"“{value}” is not a time zone. Write Asia/Seoul.", code="zone")


class TimelineQuerySet(KeptQuerySet["Timeline"]):
    """Reads of timelines."""

    def public(self) -> "TimelineQuerySet":
        """Timelines that an editor has published."""
        return self.filter(is_published=True)


class Timeline(Kept, Publishable):
    """A choice of events under a title; its time zone says when a day ends."""

    TIES = ("events",)

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    events = models.ManyToManyField(Event, blank=True, related_name="timelines")

    objects = TimelineQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("timeline", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the timeline's days end; UTC where this server lacks it."""
        return zone_named(self.time_zone) or ZoneInfo("UTC")

    @property
    def warning(self) -> str:
        """What an editor should look at, in a sentence; else nothing."""
        if zone_named(self.time_zone):
            return ""
        return (
            f"This server does not know the time zone “{self.time_zone}”: the timeline's days end "
            "in UTC until you choose another."
        )
