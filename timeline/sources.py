"""What an editor hands over, taken apart into the articles in it: pages, archives, JSON Lines."""

import datetime as dt
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from django.core.exceptions import ValidationError

from timeline.addresses import FetchError, parsed
from timeline.ingest import MAX_BYTES, Told, UnreadableError
from timeline.models.publication import validate_published

PAGES = (".txt", ".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
SUFFIXES = (*PAGES, *LINES, ".zip")
MOST = 20_000  # articles of one batch
MOST_BYTES = 1_000_000_000  # of one archive, unpacked; ten thousand pages of 100 kB
_MOST_ADDRESS = 500  # characters, as many as an article's column holds
MAX_LINES = 200_000_000  # bytes of one JSON Lines file
_SYSTEM = re.compile(r"(^|/)(__MACOSX/|\.(?!\.?/)|[^/]*_files/|Thumbs\.db)")
_KEYS = {
    "text": "text",
    "html": "html",
    "published": "published",
    "headline": "headline",
    "title": "headline",
    "outlet": "outlet",
    "url": "url",
}


class Readable(Protocol):
    """What bytes are read from: an open file, an upload, or a file of an archive."""

    def read(self, size: int, /) -> bytes: ...


def read_bounded(file: Readable, size: int | None = None) -> bytes:
    """Return what `file` holds, never more than MAX_BYTES of it.

    `size` is the file's length in bytes where it is known. Raises UnreadableError for a longer one.
    """
    raw = b"" if size and size > MAX_BYTES else file.read(MAX_BYTES + 1)
    if len(raw) <= MAX_BYTES and not (size and size > MAX_BYTES):
        return raw
    length = f"{size / 1e6:.1f} MB" if size else f"more than {MAX_BYTES / 1e6:.0f} MB"
    raise UnreadableError(
        f"It is too big for an article: {length}, and {MAX_BYTES / 1e6:.0f} MB are allowed."
    )


@dataclass(frozen=True, slots=True)
class Source:
    """One article as it was handed over: its page, and what is told beside it.

    `fault` is what is wrong with it, in a sentence: then there is no page.
    """

    name: str
    page: bytes = b""
    told: dict[str, Any] = field(default_factory=dict)
    fault: str = ""


def is_source(path: str) -> bool:
    """Whether a file of a folder or an archive may hold an article, by its name.

    Browsers put a page's frames and pictures beside it, into “Name_files”.
    """
    path = path.replace("\\", "/")
    return path.lower().endswith(SUFFIXES) and not _SYSTEM.search(path)


def sources(name: str, file: IO[bytes], size: int | None = None) -> Iterator[Source]:
    """Yield the articles of a file; a file that cannot be read is one with a fault."""
    try:
        if name.lower().endswith(".zip"):
            yield from _of_archive(name, file)
        else:
            yield from _of_file(name, file, size)
    except UnreadableError as error:
        yield Source(name, fault=str(error))


def _of_file(name: str, file: Readable, size: int | None = None) -> Iterator[Source]:
    if name.lower().endswith(LINES):
        raw = file.read(MAX_LINES + 1)
        if len(raw) > MAX_LINES:
            raise UnreadableError(
                f"It is bigger than {MAX_LINES / 1e6:.0f} MB: bring it in by parts."
            )
        yield from _of_lines(name, raw)
    else:
        yield Source(name, read_bounded(file, size))


def _of_archive(name: str, file: IO[bytes]) -> Iterator[Source]:
    """Yield the articles of a zip file, none of whose names becomes a path here.

    What an entry says of its length is not believed: no more of it is unpacked than is allowed.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError("It is no zip file, or a damaged one.") from error
    with archive:
        entries = [
            one for one in archive.infolist() if not one.is_dir() and is_source(one.filename)
        ]
        if not entries:
            raise UnreadableError("There is no .txt, .html or .jsonl file in this archive.")
        if len(entries) > MOST:
            raise UnreadableError(
                f"It holds {len(entries):,} files: {MOST:,} are allowed in one archive."
            )
        allowance = Allowance(MOST_BYTES)
        for entry in entries:
            yield from _of_entry(f"{name}/{entry.filename}", archive, entry, allowance)


@dataclass(slots=True)
class Allowance:
    """The bytes that may still be unpacked of an archive, those that are thrown away too."""

    left: int

    def of(self, file: IO[bytes]) -> "Unpacked":
        """Return a file of the archive, whose bytes are counted."""
        return Unpacked(file, self)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file of an archive."""

    file: IO[bytes]
    allowance: Allowance

    def read(self, size: int, /) -> bytes:
        """Return its next bytes, and count them."""
        found = self.file.read(min(size, self.allowance.left + 1))
        self.allowance.left -= len(found)
        if self.allowance.left < 0:
            raise _unpacks_to_too_much()
        return found


def _unpacks_to_too_much() -> UnreadableError:
    return UnreadableError(
        f"The archive unpacks to more than {MOST_BYTES / 1e9:g} GB: bring its rest in by another."
    )


def _of_entry(
    label: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance
) -> Iterator[Source]:
    """Yield the articles of one file of an archive."""
    try:
        if entry.flag_bits & 0x1:
            raise UnreadableError("It is locked by a password: save the archive without one.")
        if label.lower().endswith(".zip"):
            raise UnreadableError("An archive within an archive is not opened.")
        if allowance.left <= 0:
            raise _unpacks_to_too_much()
        with archive.open(entry) as packed:
            yield from _of_file(label, allowance.of(packed))
    except UnreadableError as error:
        yield Source(label, fault=str(error))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        said = "It is damaged, or packed in a way that is not unpacked here."
        if isinstance(error, OSError) and error.errno:
            raise
        yield Source(label, fault=said)


def _of_lines(name: str, raw: bytes) -> Iterator[Source]:
    """Yield the articles of JSON Lines, one object a line (jsonlines.org)."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").splitlines()
    found = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found += 1
        if found > MOST:
            yield Source(f"{name}: line {number}", fault=f"{MOST:,} articles are allowed at once.")
            return
        try:
            yield _of_object(f"{name}: line {number}", line)
        except UnreadableError as error:
            yield Source(f"{name}: line {number}", fault=str(error))
    if not found:
        raise UnreadableError("The file is empty.")


def _of_object(label: str, line: bytes) -> Source:
    """Return the article of a JSON object. Raises UnreadableError with what is wrong with it."""
    if len(line) > MAX_BYTES:
        raise UnreadableError(f"It is too big for an article: {len(line) / 1e6:.1f} MB.")
    try:
        found = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        raise UnreadableError("This is no JSON object in UTF-8.") from error
    if not isinstance(found, dict):
        raise UnreadableError("This is no JSON object in UTF-8.")
    given: dict[str, str] = {}
    for key, name in _KEYS.items():
        value = found.get(key)
        if isinstance(value, str):
            if value.strip():
                given.setdefault(name, value.replace("\0", ""))
        elif value is not None:
            raise UnreadableError(f"“{key}” must be a text.")
    page = given.pop("html", "")
    text = given.pop("text", "")
    if not page and not text:
        raise UnreadableError("There is neither “text” nor “html” in it.")
    if published := given.get("published"):
        given["published"] = _published(published.strip())
    if url := given.get("url"):
        given["url"] = _address(url.strip())
    headline = given.get("headline", "")
    if not page and headline and not text.lstrip().startswith(headline.strip()):
        text = f"{headline}\n\n{text}"  # as a page prints it: its first line may be a sentence
    try:
        content, *_ = [one.encode() for one in (page or text, *given.values())]
    except UnicodeEncodeError as error:
        raise UnreadableError("It holds half of a character (a lone surrogate).") from error
    return Source(label, content, given)


def _published(value: str) -> str:
    """Return a time of publication that is one. Raises UnreadableError for any other."""
    try:
        day = dt.datetime.fromisoformat(value)
    except ValueError:
        day = None
    # a clock without a zone tells the day alone
    if day is not None and "T" in value and day.tzinfo is None:
        value = day.date().isoformat()
    elif day is not None:
        value = value.replace(" ", "T", 1)
    try:
        validate_published(value)
    except ValidationError as error:
        raise UnreadableError(" ".join(error.messages)) from error
    return value


def _address(value: str) -> str:
    """Return the address of a page that readers may be led to. Raises UnreadableError for none."""
    try:
        parsed(value, "“url” cannot be taken: ")
    except FetchError as error:
        raise UnreadableError(str(error)) from error
    if len(value) > _MOST_ADDRESS:
        raise UnreadableError(
            f"“url” has {len(value):,} characters, and {_MOST_ADDRESS} are allowed."
        )
    return value


def told_of(told: dict[str, Any]) -> Told:
    """Return what is told of an article; its time is stored as text, which has been checked."""
    value = told.get("published")
    published: dt.date | None = None
    if value:
        published = (dt.datetime if "T" in value else dt.date).fromisoformat(value)
    return Told(
        **{**{key: told[key] for key in told if key != "published"}, "published": published}
    )
