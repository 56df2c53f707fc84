"""Timelines: titled, published choices of events."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from timeline.models.events import Event
from timeline.models.publishable import Publishable


def validate_zone(value: str) -> None:
    """Raise ValidationError unless `value` names a zone of the IANA time zone database."""
    if value not in available_timezones():
        raise ValidationError(f"“{value}” is not a time zone. Write Asia/Seoul.", code="zone")


class TimelineQuerySet(models.QuerySet["Timeline"]):
    """Reads of timelines."""

    def public(self) -> "TimelineQuerySet":
        """Timelines that an editor has published."""
        return self.filter(is_published=True)


class Timeline(Publishable):
    """A choice of events under a title; its time zone says when a day ends."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    events = models.ManyToManyField(Event, blank=True, related_name="timelines")

    objects = TimelineQuerySet.as_manager()

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("timeline", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the timeline's days end."""
        return ZoneInfo(self.time_zone)
