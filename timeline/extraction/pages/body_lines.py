"""The lines of an article's text, parted into paragraphs, captions and notes.

What stands around the words of an article is data in `lexicon/wire.toml`.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..lexicon import load
from .publication_line import outlet_named, read_dateline

LONG = 100  # a line longer than this, or a sentence of 60 or more, is prose
SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]]*\Z")
_EMAIL = re.compile(r"\(?[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}\)?")
_BULLET = re.compile(r"[-–•▪◦*] (?=\S)")


class Body(NamedTuple):
    """The parts of an article's text; `credit` is the outlet that signs its last paragraph."""

    paragraphs: list[str]
    captions: tuple[str, ...]
    notes: tuple[str, ...]
    credit: str | None


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text with white space evened out; an empty one where lines are blank.

    A tab parts lines: a browser copies the cells of a table so.
    """
    for raw in text.replace("\ufeff", "").splitlines():
        yield from [" ".join(cell.split()) for cell in raw.split("\t") if cell.strip()] or [""]


def is_furniture(line: str) -> bool:
    """Whether a line is of the page around an article, and says nothing."""
    if len(line) > LONG:
        return False
    return bool(_furniture().fullmatch(line) or _EMAIL.fullmatch(line))


def is_aside(line: str) -> bool:
    """Whether a paragraph is no part of an article: a related link, a credit, a clock."""
    return len(line) <= 400 and bool(_any("aside").fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether a paragraph describes a picture: it ends with a credit, or begins as captions do."""
    is_credited = _credit().search(line) and not read_dateline(line)
    return bool(_any("caption").match(line) or is_credited)


def is_note(line: str) -> bool:
    """Whether an outlet speaks in a paragraph of the article itself: a correction, a note."""
    return bool(_any("editorial_note").fullmatch(line)) and not read_dateline(line)


def without_foot(lines: list[str]) -> list[str]:
    """Return lines up to the readers' comments, or to the offer of a subscription, if any.

    What stands below an offer must be shorter than what stands above: it may stand in between.
    """
    ending = (number for number, line in enumerate(lines) if number and _is_any(line, "end"))
    lines = lines[: next(ending, None)]
    place = next(
        (number for number, line in enumerate(lines) if number and _is_any(line, "foot")), None
    )
    if place is None or sum(map(len, lines[place:])) > sum(map(len, lines[:place])):
        return [line for line in lines if not _is_any(line, "foot")] or lines
    return lines[:place]


def _is_any(line: str, table: str) -> bool:
    return len(line) <= 2 * LONG and bool(_any(table).fullmatch(line))


def without_insets(line: str) -> str:
    """Return a line without what a page prints inside sentences, as the links behind a share.

    >>> without_insets("Norlak Corp (NLK.N: Quote, Profile) shareholders vote.")
    'Norlak Corp shareholders vote.'
    """
    return _any("inset").sub("", line)


def part_body(prose: list[str], captions: tuple[str, ...] = ()) -> Body:
    """Part the lines of a text; `captions` are known from the page's markup.

    A note counts as one at the head and foot alone: in between, a story may tell of a correction.
    """
    found = dict.fromkeys(captions)
    known = {_folded(caption) for caption in captions}
    kept: list[str] = []
    for line in map(without_insets, without_foot(prose)):
        if is_caption(line):
            found[line] = None
        elif line and not is_aside(line) and _folded(line) not in known:
            kept.append(line)
    credit = _closing_credit(prose, found, kept)
    paragraphs, notes = _part_notes(kept)
    return Body(paragraphs, tuple(found), notes, credit)


def _closing_credit(prose: list[str], captions: dict[str, None], kept: list[str]) -> str | None:
    """Return the outlet whose “(Yonhap)” signs the article, where no word speaks of a picture."""
    last = prose[-1] if prose else ""
    if last not in captions or _picture_words().search(last):
        return None
    credit = outlet_named(last.rpartition("(")[2].rstrip(") "))
    if credit:
        del captions[last]
        kept.append(last)
    return credit


def _part_notes(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Take the notes off the first two and the last four lines."""
    edges = {*range(min(2, len(lines))), *range(max(len(lines) - 4, 0), len(lines))}
    notes = [i for i in sorted(edges) if is_note(lines[i])]
    if len(notes) == len(lines):
        return lines, ()
    kept = [line for i, line in enumerate(lines) if i not in notes]
    return kept, tuple(lines[i] for i in notes)


def _folded(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def without_bullet(line: str) -> str:
    """Return a line of a list without the mark before it."""
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else line


@cache
def _furniture() -> re.Pattern[str]:
    phrases = sorted(
        (entry["phrase"] for entry in load("wire")["furniture"]), key=len, reverse=True
    )
    any_phrase = "|".join(map(re.escape, phrases))
    return re.compile(rf"(?:(?:{any_phrase})(?!\w)[ .|]*)+", re.IGNORECASE)


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('credit').pattern})\Z")


@cache
def _any(table: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in load("wire")[table]))


@cache
def _picture_words() -> re.Pattern[str]:
    words = "|".join(re.escape(entry["words"]) for entry in load("wire")["picture"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
