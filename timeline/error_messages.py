"""What is said of a database or folder that cannot be used: one sentence, with what to do."""

import errno
import sqlite3

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)

# SQLite's words, and PostgreSQL's codes under psycopg (data and index corrupted; undefined table
# and column; insufficient privilege, invalid schema, database, password, authorization)
DAMAGED = (
    "file is not a database",
    "image is malformed",
    "malformed database",
    "file is encrypted",
)
DAMAGED_STATES = ("XX001", "XX002")
UNMIGRATED = ("no such table", "no such column", "has no column named")
UNMIGRATED_STATES = ("42P01", "42703")
UNUSABLE_STATES = ("42501", "3F000", "3D000", "28000", "28P01")
FOLDERS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)
MIGRATE = "The database is not up to date: run `manage.py migrate`."

# SQLite's words, and PostgreSQL's codes (disk full, read-only transaction)
FULL, FULL_STATES = ("disk is full",), ("53100",)
READ_ONLY, READ_ONLY_STATES = ("readonly database", "unable to open database"), ("25006",)


# SQLite waited for another writer in vain; PostgreSQL has no connection left
BUSY = ("database is locked", "table is locked", "too many clients", "too many connections")

# A healthy database does not do this query: SQLite's codes (of its statement, or its size), and
# PostgreSQL's (statement too complex, too many columns or arguments; undefined function, datatype
# mismatch, cannot coerce)
REFUSED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG)
REFUSED_STATES = ("54000", "54001", "54011", "54023", "42883", "42804", "42846")

# PostgreSQL's codes (deadlock, serialization failure): of two transactions one has to yield
CLASH_STATES = ("40P01", "40001")


def is_clash(error: Exception) -> bool:
    """Return whether another transaction was faster, so that it may be tried again."""
    return isinstance(error, IntegrityError) or _state(error) in CLASH_STATES


def is_refused(error: Exception) -> bool:
    """Return whether the database is well and refuses this one query."""
    if isinstance(error, (DataError, NotSupportedError)) or _state(error) in REFUSED_STATES:
        return True
    if isinstance(error, ProgrammingError) and _state(error) is None:
        return True  # the driver's own check: the values do not fit the query
    is_of_query = getattr(error.__cause__, "sqlite_errorcode", None) in REFUSED
    return is_of_query and not any(words in str(error) for words in UNMIGRATED)


def public_message(error: DatabaseError | InterfaceError) -> str | None:
    """Return what readers are told of a database that cannot be used, or None for other errors.

    Paths and the database's own words are for whoever runs Dateline, and not for readers.
    """
    said, state = str(error), _state(error)
    if _is_damaged(error):
        return "The database of the server is damaged."
    if state in UNMIGRATED_STATES or any(words in said for words in UNMIGRATED):
        return "The database of the server is not up to date."
    if any(words in said for words in BUSY):
        return "The database of the server is busy."
    if state in FULL_STATES or any(words in said for words in FULL):
        return "The disk of the server is full."
    if state in READ_ONLY_STATES or any(words in said for words in READ_ONLY):
        return "The database of the server cannot be written."
    if state in UNUSABLE_STATES:
        return "The database of the server cannot be used."
    is_outage = isinstance(error, (OperationalError, InterfaceError)) and not is_refused(error)
    return "The database of the server does not answer." if is_outage else None


def message_for(error: Exception) -> str | None:
    """Return what to tell of an error in one line, or None for one that is a fault of ours."""
    said = " ".join(str(error).split())
    if isinstance(error, DatabaseError):
        if _is_damaged(error):
            return f"The database is damaged ({said}): restore it from a backup."
        if _state(error) in UNMIGRATED_STATES or any(words in said for words in UNMIGRATED):
            return MIGRATE
        if any(words in said for words in FULL):
            return f"{_place()}: {said}. Make room on that disk and try again."
        if any(words in said for words in READ_ONLY):
            return f"{_place()}: {said}. Let Dateline's user write this file and its folder."
        if _state(error) in UNUSABLE_STATES:
            return f"{_place()}: {said}. Let Dateline's user use this database and its tables."
        return said if isinstance(error, OperationalError) else None
    if isinstance(error, OSError) and error.errno in FOLDERS:
        return f"{error.filename or 'The disk'}: {error.strerror}."
    return said if isinstance(error, (ImproperlyConfigured, InterfaceError)) else None


def _state(error: Exception) -> str | None:
    """PostgreSQL's code of an error."""
    return getattr(error.__cause__, "sqlstate", None)


def _is_damaged(error: Exception) -> bool:
    said = str(error)
    return _state(error) in DAMAGED_STATES or any(words in said for words in DAMAGED)


def _place() -> str:
    """The file of an SQLite database; the name of another."""
    return str(settings.DATABASES["default"]["NAME"])
