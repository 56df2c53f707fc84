"""Words of others in a text: quotations and reported speech with their speakers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..lexicon import words
from ..names import Name, find_names
from ..sentences import Sentence, split
from . import clauses, cues, loose, sources, speakers
from .linear import load
from .passage import OUTSIDE, Passage

_HEARD = 6
_TIMES = words("function_words", "time", "preposition")


class Span(NamedTuple):
    """Where words stand in the text: code-point offsets, end-exclusive."""

    start: int
    end: int
    text: str


class Quote(NamedTuple):
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


class Attribution(NamedTuple):
    """An attribution by words: content ranges, the head of its source and its cue."""

    parts: list[tuple[int, int]]
    head: int
    cue: int | None


def find_quotes(
    text: str, sentences: Sequence[Sentence] | None = None, names: Sequence[Name] | None = None
) -> list[Quote]:
    """Return the quotations in `text` in order; any string is read without an error."""
    sentences = split(text) if sentences is None else sentences
    names = find_names(text, sentences) if names is None else names
    passage = Passage(text, sentences, names)
    found = list(attributions(passage))
    found += _left_over(passage, found)
    ear = sources.Ear(passage)
    return [
        quote
        for attribution in sorted(found, key=lambda attribution: attribution.parts[0])
        for quote in _quotes(passage, attribution, ear)
    ]


def attributions(passage: Passage) -> Iterator[Attribution]:
    """Yield the attributions that have a cue, the surest first; their contents do not overlap."""
    known = load()["cue_words"]
    found = []
    for first, last in pairwise(passage.edges):
        for cue in cues.candidates(passage, known, first, last):
            side, sure = cues.side(passage, cue, first, last)
            if side:
                found.append((-sure, cue, side, first, last))
    taken = bytearray(passage.size)
    heard: dict[int, list[int]] = defaultdict(list)
    for _, cue, side, first, last in sorted(found):
        if taken[cue]:
            continue
        parts = [
            _free(taken, begin, end, before=begin < cue)
            for begin, end in _parts(passage, cue, side, first, last)
        ]
        parts = [(begin, end) for begin, end in parts if begin < end]
        if parts:
            head = speakers.choose(passage, cue, side, first, last, heard[first][-_HEARD:])
            heard[first].append(head)
            taken[cue] = True
            for begin, end in parts:
                taken[begin:end] = b"\1" * (end - begin)
            yield Attribution(parts, head, cue)


def _parts(
    passage: Passage, cue: int, side: str, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Yield the words that are a cue's content.

    A mere time or manner is none: "…, analysts said Friday", "…, it added without elaborating".
    """
    begin, end = clauses.to_right(passage, cue, last) if side != cues.LEFT else (cue, cue)
    right = passage.lower[begin:end]
    if _TIMES.issuperset(right) or passage.lower[cue + 1] == "without":
        end = begin
        side = cues.LEFT
    if side != cues.RIGHT:
        yield clauses.to_left(passage, cue, first)
    yield begin, end


def _free(taken: bytearray, begin: int, end: int, *, before: bool) -> tuple[int, int]:
    """Return the stretch of words from `begin` to `end` beside the cue that no surer one has taken.

    Before a cue whose nearest words are taken nothing is left: "Lee said that …, it added".
    """
    if before:
        return max(begin, taken.rfind(1, begin, end) + 1), end
    while begin < end and taken[begin]:
        begin += 1
    stop = taken.find(1, begin, end)
    return begin, end if stop < 0 else stop


def _left_over(passage: Passage, found: list[Attribution]) -> Iterator[Attribution]:
    """Yield the quoted runs that no cue claims but that are somebody's words all the same."""
    for run, option in loose.speech(passage, marks_of(found)):
        yield Attribution([passage.run_words[run]], option.head, option.cue)


def marks_of(found: list[Attribution]) -> list[loose.Mark]:
    return [loose.Mark(*part, a.head, a.cue) for a in found for part in a.parts]


def _quotes(passage: Passage, attribution: Attribution, ear: sources.Ear) -> Iterator[Quote]:
    """Yield one quote for each part of an attribution's content."""
    head, cue = attribution.head, attribution.cue
    source = None if head == speakers.NOBODY else sources.phrase(passage, head, cue)
    actor, medium = ear.resolve(source, cue, attribution.parts[0])
    for begin, end in attribution.parts:
        start, stop, kind, inner = _extent(passage, begin, end)
        yield Quote(
            start,
            stop,
            passage.text[start:stop],
            kind,
            inner,
            None if source is None else _span(passage, source.begin, source.end),
            None if cue is None else _span(passage, cue, cue + 1),
            actor,
            medium,
        )


def _span(passage: Passage, begin: int, end: int) -> Span:
    start, stop = passage.starts[begin], passage.ends[end - 1]
    return Span(start, stop, passage.text[start:stop])


def _extent(passage: Passage, begin: int, end: int):
    """Return offsets, kind and inner runs of the content made of words `begin` to `end`."""
    run_at, text = passage.run_at, passage.text
    start, stop = passage.starts[begin], passage.ends[end - 1]
    inside = sorted(set(run_at[begin:end]) - {OUTSIDE})
    while stop < len(text) and text[stop] in "?!%…":
        stop += 1
    while start and text[start - 1] in "$#@£€":
        start -= 1
    if not inside:
        return start, stop, "indirect", ()
    first, last = passage.run_words[inside[0]], passage.run_words[inside[-1]]
    runs = passage.runs
    if len(inside) == 1 and begin >= first[0] and end <= first[1]:
        if begin == first[0]:
            start = runs[inside[0]].start
        if end == first[1]:
            stop = runs[inside[0]].end
        return start, stop, "direct", ()
    if begin == first[0]:
        start = runs[inside[0]].left
    if end == last[1]:
        stop = runs[inside[-1]].right
    return start, stop, "mixed", tuple((runs[i].start, runs[i].end) for i in inside)
