"""What is said of a database or folder that cannot be used: one sentence, with what to do."""

import errno

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError

# SQLite's words, and PostgreSQL's codes (undefined table, undefined column) under psycopg
DAMAGED = ("file is not a database", "malformed", "file is encrypted")
UNMIGRATED = ("no such table", "no such column", "has no column named")
UNMIGRATED_STATES = ("42P01", "42703")
FOLDERS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)
MIGRATE = "The database is not up to date: run `manage.py migrate`."


def sentence(error: Exception) -> str | None:
    """Return what to tell of an error in one line, or None for one that is a fault of ours."""
    said = " ".join(str(error).split())
    if isinstance(error, DatabaseError):
        if any(words in said for words in DAMAGED):
            return f"The database is damaged ({said}): restore it from a backup."
        if getattr(error.__cause__, "sqlstate", None) in UNMIGRATED_STATES or any(
            words in said for words in UNMIGRATED
        ):
            return MIGRATE
        return said if isinstance(error, OperationalError) else None
    if isinstance(error, OSError) and error.errno in FOLDERS:
        return f"{error.filename or 'The disk'}: {error.strerror}."
    return said if isinstance(error, (ImproperlyConfigured, InterfaceError)) else None
