"""What the commands read and print: hostile names, narrow terminals, and pipes that end early."""

import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from django.core.management.base import CommandError

from timeline.ingest import UnreadableError
from timeline.sources import read_bounded

# Control characters but the end of a line, marks that turn the direction of writing, and half of
# a surrogate pair
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` with what would move or colour a terminal escaped."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def on_one_line(text: str) -> str:
    """Return `text` printable, and with the ends of its lines escaped as well."""
    return printable(text).replace("\n", "\\n")


@contextmanager
def any_terminal() -> Iterator[None]:
    """Print what the encoding of the output lacks by its number, as a Latin-1 terminal lacks “.

    Raises CommandError where the output cannot be written.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    except OSError as error:
        raise CommandError(f"The output could not be written: {error.strerror}.") from error


class Stream(Protocol):
    """What has a file descriptor: a text stream, or Django's wrapper around one."""

    def fileno(self) -> int: ...


def hush(stream: Stream) -> None:
    """Let what is still written to a stream go nowhere: whoever read it has seen enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def standard_input() -> BinaryIO:
    """Return standard input. Raises UnreadableError where it is closed."""
    if sys.stdin is None:
        raise UnreadableError("There is no standard input to read from.")
    return sys.stdin.buffer


def read_file(path: Path) -> bytes:
    """Return what a file holds. Raises UnreadableError, with the reason; never waits for a pipe."""
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise UnreadableError("It is no file but a pipe, a socket or a device.")
        with path.open("rb") as file:
            return read_bounded(file, found.st_size)
    except FileNotFoundError:
        raise UnreadableError("There is no such file.") from None
    except PermissionError:
        raise UnreadableError("It may not be read: permission denied.") from None
    except OSError as error:
        raise UnreadableError(f"It could not be read: {error.strerror}.") from error
