"""Words of others in a text: quotations and reported speech with their speakers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .marks import Run, runs
from .names import Name, find_names
from .sentences import Sentence, split


class Span(NamedTuple):
    """Where words stand in the text: code-point offsets, end-exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What an article says somebody said: where, how (`kind`), by whom, and through whom."""

    start: int
    end: int
    text: str
    kind: str
    runs: tuple[tuple[int, int], ...] = ()
    speaker: Span | None = None
    cue: Span | None = None
    actor: str | None = None
    medium: str | None = None


_CUE = re.compile(r"\b(?:said|says|told|added|wrote|asked|tweeted|noted|reported)\b")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b")


def find_quotes(
    text: str, sentences: Sequence[Sentence] | None = None, names: Sequence[Name] | None = None
) -> list[Quote]:
    """Return the quotations in `text` in order; any string is read without an error."""
    names = find_names(text, sentences) if names is None else names
    sentences = split(text) if sentences is None else sentences
    return [_quote(text, run, names) for run in runs(text)]


def _quote(text: str, run: Run, names: Sequence[Name]) -> Quote:
    begin, end = max(0, run.left - 160), min(len(text), run.right + 160)
    cues = [*_CUE.finditer(text, begin, run.left), *_CUE.finditer(text, run.right, end)]
    cue = min(cues, key=lambda c: max(run.left - c.end(), c.start() - run.right), default=None)
    quoted = text[run.start : run.end]
    if not cue:
        return Quote(run.start, run.end, quoted, "direct")
    near = [(n.start, n.end, n.canonical) for n in names if begin <= n.start < end]
    near += [(m.start(), m.end(), None) for m in _PRONOUN.finditer(text, begin, end)]
    outside = [n for n in near if n[1] <= run.left or n[0] >= run.right]
    best = min(outside, key=lambda n: max(cue.start() - n[1], n[0] - cue.end()), default=None)
    return Quote(
        run.start,
        run.end,
        quoted,
        "direct",
        speaker=Span(best[0], best[1], text[best[0] : best[1]]) if best else None,
        cue=Span(cue.start(), cue.end(), cue[0]),
        actor=best[2] if best else None,
    )
