"""What the desk's templates need: a status with its shape, a date in words, a record's history."""

from django import template
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from timeline.admin.columns import status_mark
from timeline.models.derived import words_of

register = template.Library()
register.filter("status_mark", status_mark)
register.filter("date_words", words_of)


@register.simple_tag
def history(record: models.Model) -> models.QuerySet[LogEntry]:
    """The last five lines of a record's history."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record), object_id=record.pk
    )
    return entries.select_related("user").order_by("-action_time")[:5]
