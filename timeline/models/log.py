"""Who changed what and when: the log that Django's admin shows as an object's history."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import models


def record(by: User, obj: models.Model, message: str, *, added: bool = False) -> None:
    """Write one line of history about `obj`."""
    LogEntry.objects.log_actions(
        by.pk, [obj], ADDITION if added else CHANGE, message, single_object=True
    )
