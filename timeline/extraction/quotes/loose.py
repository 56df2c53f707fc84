"""Quoted runs that no cue claims: speech that goes on, or words merely set off by marks."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import speakers
from .cues import near, sort_of
from .linear import load, score
from .passage import EDGE, OUTSIDE, Passage

_FAR = 300
_MOST_LEFT = 4
_MOST_RIGHT = 2


class Mark(NamedTuple):
    """Attributed content: its words, the head of its source (or NOBODY) and its cue."""

    begin: int
    end: int
    head: int
    cue: int | None


class Option(NamedTuple):
    """What a loose run may be: `sort` none, null, prev, near, next or head; its source's head."""

    sort: str
    head: int
    cue: int | None = None


class Setting(NamedTuple):
    """What attributed words stand around a run: the last in marks, the last of all, the next."""

    previous: Mark | None
    nearest: Mark | None
    following: Mark | None


class Flow:
    """A walk through the runs that no mark claims, in order; each that is speech is a mark too."""

    def __init__(self, passage: Passage, marks: Iterable[Mark]) -> None:
        self.passage = passage
        self.marks = sorted(marks, key=lambda mark: mark[:2])
        self.claimed = {
            passage.run_at[word]: mark
            for mark in self.marks
            for word in range(mark.begin, mark.end)
            if passage.run_at[word] != OUTSIDE
        }
        self.previous: Mark | None = None
        self.nearest: Mark | None = None

    def __iter__(self) -> Iterator[tuple[int, Setting]]:
        position = 0
        for run, (begin, _) in enumerate(self.passage.run_words):
            while position < len(self.marks) and self.marks[position].begin < begin:
                self.nearest = self.marks[position]
                position += 1
            if run in self.claimed:
                self.add(self.claimed[run])
            else:
                following = self.marks[position] if position < len(self.marks) else None
                yield run, Setting(self.previous, self.nearest, following)

    def add(self, mark: Mark) -> None:
        """Take the run that was just given as speech."""
        self.previous = self.nearest = mark


def options(passage: Passage, run: int, setting: Setting) -> list[Option]:
    """Return what a run may be."""
    found = [Option("none", speakers.NOBODY), Option("null", speakers.NOBODY)]
    known = {speakers.NOBODY}
    for sort, mark in zip(("prev", "near", "next"), setting, strict=True):
        if mark and mark.head not in known:
            known.add(mark.head)
            found.append(Option(sort, mark.head, mark.cue))
    begin, end = passage.run_words[run]
    k = bisect_right(passage.edges, begin) - 1
    first = passage.edges[max(0, k - 1) if begin == passage.edges[k] else k]
    last = passage.edges[bisect_left(passage.edges, end)]
    heads = [
        index
        for index in range(begin - 1, max(first, begin - 30) - 1, -1)
        if passage.run_at[index] == OUTSIDE and speakers.is_head(passage, index, begin)
    ][:_MOST_LEFT]
    heads += [
        index
        for index in range(end, min(last, end + 15))
        if passage.run_at[index] == OUTSIDE and speakers.is_head(passage, index, last)
    ][:_MOST_RIGHT]
    return found + [Option("head", head) for head in heads if head not in known]


def features(passage: Passage, run: int, option: Option, rank: int, apart: str) -> list[str]:
    """Return what tells whether a run is what an option says.

    `apart` tells how far back the attribution before it is ("s" this paragraph, "p" the one
    before, "-" farther).
    """
    begin, end = passage.run_words[run]
    lower, gaps = passage.lower, passage.gaps
    shape = passage.runs[run]
    sort = option.sort
    before = lower[begin - 1] if begin else EDGE
    after = lower[end] if end < passage.size else EDGE
    gap = gaps[begin]
    gap2 = gaps[end]
    length = near(end - begin)
    case = "A" if passage.words[begin][0].isupper() else "a"
    stop = passage.text[shape.end - 1]
    stop = stop if stop in ".,?!" else "-"
    first = "1" if begin in passage.openings else "0"
    final = "1" if end in passage.openings else "0"
    whole = f"{first}{final}{case}{stop}"
    shut = "c" if shape.closed else "o"
    if sort == "head":
        head = option.head
        word = lower[head]
        kind = "P" if word in speakers.PEOPLE else sort_of(passage, head)
        side = "<" if head < begin else ">"
        phrase = speakers.phrase_begin(passage, head, 0)
        prior = lower[phrase - 1] if phrase else EDGE
        distance = near(begin - head if head < begin else head - end + 1)
        between = lower[head + 1] if head < begin else lower[end]
        sort = f"h{side}"
        return [
            f"a{sort}{rank}",
            f"b{sort}{whole}",
            f"c{sort}{rank}{kind}{first}",
            f"d{sort}{gap}{first}",
            f"e{sort}{kind}{prior}",
            f"f{sort}{distance}{kind}",
            f"g{sort} {before}",
            f"h{sort} {between}",
            f"i{sort}{rank} {word}",
            f"j{sort}{length}{case}",
            f"k{sort}{gap}{distance}{kind}",
            f"l{sort} {prior} {rank}",
        ]
    return [
        f"a{sort}",
        f"b{sort}{whole}",
        f"c{sort}{whole}{apart}",
        f"d{sort}{gap}{case}",
        f"e{sort} {before}",
        f"f{sort} {after}",
        f"g{sort}{length}{case}{stop}",
        f"h{sort}{apart}{shut}{first}",
        f"i{sort}{length}{whole}",
        f"j{sort}{gap}{apart}{case}",
        f"k{sort} {lower[begin]} {case}",
        f"l{sort} {gap2}{final}",
    ]


def choose(passage: Passage, run: int, setting: Setting) -> Option:
    """Return what a run is."""
    weights = load()["loose"]
    apart = apart_from(passage, run, setting)
    scored = (
        (score(weights, features(passage, run, option, rank, apart)), -rank, option)
        for rank, option in enumerate(options(passage, run, setting))
    )
    return max(scored)[2]


def apart_from(passage: Passage, run: int, setting: Setting) -> str:
    """Return how far before a run the last attributed words are, those in marks and any."""
    begin = passage.run_words[run][0]
    return "".join(_lines(passage, mark.end, begin) if mark else "-" for mark in setting[:2])


def _lines(passage: Passage, end: int, begin: int) -> str:
    if end > begin:
        return "i"
    if begin - end > _FAR:
        return "f"
    lines = passage.text.count("\n", passage.ends[end - 1], passage.starts[begin])
    return "s" if not lines else "p" if lines < 3 else "f"


def speech(passage: Passage, marks: Iterable[Mark]) -> Iterator[tuple[int, Option]]:
    """Yield the runs that none of `marks` claims and that are speech, each with whose."""
    flow = Flow(passage, marks)
    for run, setting in flow:
        option = choose(passage, run, setting)
        if option.sort != "none":
            flow.add(Mark(*passage.run_words[run], option.head, option.cue))
            yield run, option
