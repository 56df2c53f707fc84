"""`manage.py ingest FILE…`: bring in articles as they were saved."""

import sys
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from timeline.ingest import UnreadableError, ingest, read_bounded

FEW = 3  # files: below this a progress bar only flickers


class Command(BaseCommand):
    """Read files, folders and standard input; name each that cannot be read, and go on."""

    help = "Bring in articles: files, folders (their *.txt, at any depth) or - for standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one or more paths."""
        parser.add_argument("paths", nargs="+", metavar="FILE", help="a file, a folder, or -")

    def handle(self, *args, **options) -> None:
        """Bring in each file on its own. Exits with status 1 when one could not be read."""
        names = [name for path in options["paths"] for name in _files(path)]
        shown = len(names) > FEW and sys.stderr.isatty()
        failed = 0
        with tqdm(names, unit="file", disable=not shown, file=sys.stderr) as progress:
            for name in progress:
                try:
                    said, stream = ingest(_read(name)), self.stdout
                except UnreadableError as error:
                    failed += 1
                    said, stream = error, self.stderr
                with progress.external_write_mode():
                    stream.write(f"{name}: {said}")
        if failed:
            self.stderr.write(f"{failed} of {len(names)} could not be brought in.")
            sys.exit(1)


def _files(path: str) -> Iterator[str]:
    """Yield the path itself, or the text files of a folder; a folder without any yields itself."""
    if path != "-" and _is_folder(Path(path)):
        yield from sorted(map(str, Path(path).rglob("*.txt"))) or [path]
    else:
        yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # what hides behind a closed folder is told when it is opened
        return False


def _read(name: str) -> bytes:
    """Return what a file or standard input holds. Raises UnreadableError, with the reason."""
    if name == "-":
        return read_bounded(sys.stdin.buffer)
    path = Path(name)
    if _is_folder(path):
        raise UnreadableError("There is no .txt file in this folder.")
    try:
        with path.open("rb") as file:
            return read_bounded(file, path.stat().st_size)
    except FileNotFoundError:
        raise UnreadableError("There is no such file.") from None
    except PermissionError:
        raise UnreadableError("It may not be read: permission denied.") from None
    except OSError as error:
        raise UnreadableError(f"It could not be read: {error.strerror}.") from error
