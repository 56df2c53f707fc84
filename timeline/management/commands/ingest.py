"""`manage.py ingest FILE…`: bring in articles as they were saved."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper
from django.db import DatabaseError, InterfaceError
from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from timeline.error_messages import message_for
from timeline.ingest import Outcome, UnreadableError, ingest
from timeline.management.streams import any_terminal, hush, on_one_line, read_file, standard_input
from timeline.sources import LINES, Source, is_source, read_bounded, sources, told_of

FEW = 3  # files: below this a progress bar only flickers
INTERRUPTED = 130  # the exit status of what Ctrl+C ends, as shells have it


class Command(BaseCommand):
    """Read files, folders and standard input; name each that cannot be read, and go on."""

    help = (
        "Bring in articles: saved pages and texts, JSON Lines, zip files, folders (of such files, "
        "at any depth) or - for standard input."
    )
    # Django's check for JSON columns opens a transaction, which on SQLite waits for other writers.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one or more paths."""
        parser.add_argument("paths", nargs="+", metavar="FILE", help="a file, a folder, or -")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring in each file on its own. Exits with status 1 when one could not be read.

        Where the database gives out no other file can be stored either: it stops, and names the
        file that it stopped at.
        """
        names = [name for path in options["paths"] for name in _files(path)]
        shown = len(names) > FEW and sys.stderr.isatty()
        name, done, failed = "", 0, 0
        bar = tqdm(names, unit="file", disable=not shown, file=sys.stderr)
        with any_terminal(), logging_redirect_tqdm(), bar as progress:
            try:
                for source in (one for path in progress for one in _sources(path)):
                    name = source.name
                    try:
                        said, stream = _ingest(source), self.stdout
                        done += 1
                    except UnreadableError as error:
                        failed += 1
                        said, stream = error, self.stderr
                    with progress.external_write_mode():
                        _say(stream, f"{name}: {said}")
            except (DatabaseError, InterfaceError, KeyboardInterrupt) as error:
                progress.close()
                total = max(len(names), done + failed)
                raise _stopped(name, error, f"Of {total} files {done} came in.") from error
        if failed:
            total = max(len(names), done + failed)
            _say(self.stderr, f"{failed} of {total} could not be brought in.")
            sys.exit(1)


def _say(stream: OutputWrapper, text: str) -> None:
    """Write a line; where nobody reads on, the files come in all the same."""
    try:
        stream.write(on_one_line(text))
        stream.flush()
    except BrokenPipeError:
        hush(stream)


def _stopped(name: str, error: BaseException, so_far: str) -> CommandError:
    said, status = "interrupted", INTERRUPTED
    if isinstance(error, Exception):
        said, status = (message_for(error) or " ".join(str(error).split())).rstrip("."), 1
    return CommandError(on_one_line(f"stopped at {name}: {said}. {so_far}"), returncode=status)


def _files(path: str) -> Iterator[str]:
    """Yield the path itself, or the articles of a folder; a folder without any yields itself."""
    if path.strip() and path != "-" and _is_folder(Path(path)):
        yield from sorted(map(str, filter(_is_article, Path(path).rglob("*")))) or [path]
    else:
        yield path


def _is_article(path: Path) -> bool:
    """Whether a file may hold articles: browsers put a page's frames beside it."""
    return is_source("/".join(path.parts[-2:])) and not _is_beside(path) and not _is_folder(path)


def _is_beside(path: Path) -> bool:
    return any(part.endswith("_files") for part in path.parts[:-1])


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # what hides behind a closed folder is told when it is opened
        return False


def _sources(name: str) -> Iterator[Source]:
    """Yield what a file or standard input holds; what is wrong with it is a source's fault."""
    try:
        if not name.lower().endswith((*LINES, ".zip")):
            yield Source(name, _read(name))
            return
        with Path(name).open("rb") as file:
            yield from sources(name, file)
    except UnreadableError as error:
        yield Source(name, fault=str(error))
    except OSError as error:
        yield Source(name, fault=f"It could not be read: {error.strerror}.")


def _ingest(source: Source) -> Outcome:
    """Bring a source in. Raises UnreadableError, with the reason."""
    if source.fault:
        raise UnreadableError(source.fault)
    return ingest(source.page, source.name, told_of(source.told))


def _read(name: str) -> bytes:
    """Return what a file or standard input holds. Raises UnreadableError, with the reason."""
    if name == "-":
        return read_bounded(standard_input())
    if not name.strip():
        raise UnreadableError("This is no name of a file: write `.` for the folder you are in.")
    path = Path(name)
    if _is_folder(path):
        raise UnreadableError("There is no .txt, .html, .jsonl or .zip file in this folder.")
    return read_file(path)
