"""Who changed what and when: the log that Django's admin shows as an object's history."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import models

# Whose name stands beside what a file has changed that nobody signed in has brought in
INGEST = "ingest"


def record(by: User | None, obj: models.Model, message: str, *, added: bool = False) -> None:
    """Write one line of history about `obj`; without an editor, under the account of the ingest.

    That account is made with its first line, and nobody can sign in with it.
    """
    by = (
        by
        or User.objects.get_or_create(
            username=INGEST, defaults={"is_active": False, "password": make_password(None)}
        )[0]
    )
    LogEntry.objects.log_actions(
        by.pk, [obj], ADDITION if added else CHANGE, message, single_object=True
    )
