"""Whose each quoted run is: the last word on it, given all that the cues around it claim.

A run may belong to the cue whose content it stands in, to another cue of its sentence, to whoever
was quoted before or is quoted next, to a noun phrase beside it, or to nobody: a title, a slogan.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..document import EDGE, OUTSIDE, Document
from ..linear_model import QuoteModel, Weights, score
from ..names.gazetteer import MEDIA
from . import speakers
from .cues import KIND, distance_class, word_class

Range = tuple[int, int]

NONE, NULL, CLAIM, CUE, HEAD = "none", "null", "claim", "cue", "head"
_FAR = 300
_MOST_LEFT = 4
_MOST_RIGHT = 2
_MOST_CUES = 4
_STEP_OF_SURE = 60
_SURE_ALONE = 180
_CLOSED = frozenset((',"', '!"', '?"'))
_DOUBT = 5  # in doubt words in marks are somebody's: nine of ten in the corpus are
_SPOKEN = 1000  # more than all weights of an option
_SHORTEST_SENTENCE = 5
_UNKNOWN: Weights = {}


class Attribution(NamedTuple):
    """An attribution by words: content ranges, the head of its source, its cue and how sure it is.

    One without content is a cue whose words a surer one has taken. Where `quoted` is False the
    marks in the content are nobody's speech.
    """

    parts: list[Range]
    head: int
    cue: int | None
    sure: int = 0
    quoted: bool = True


class AttributedSpan(NamedTuple):
    """Attributed content: its words, the head of its source (or NOBODY) and its cue."""

    begin: int
    end: int
    head: int
    cue: int | None


class Candidate(NamedTuple):
    """Whose a run may be: `sort` of the tie, head of the source, cue and how sure that cue is.

    `also` has the other sorts by which the same head is tied to the run.
    """

    sort: str
    head: int
    cue: int | None = None
    sure: int = 0
    also: str = ""


class RunContext(NamedTuple):
    """What stands around a run: the attribution and the part of it that claim the run, the last
    words in marks, the last of all and the next that are somebody's, the cues of its sentence.
    """

    claim: Attribution | None
    part: Range
    previous: AttributedSpan | None
    nearest: AttributedSpan | None
    following: AttributedSpan | None
    around: list[Attribution]


def attribute_runs(
    doc: Document, found: list[Attribution], model: QuoteModel
) -> Iterator[Attribution]:
    """Yield the attributions with each quoted run given to whom it most likely belongs."""
    if not doc.quoted:
        yield from found
        return
    attributor = RunAttributor(doc, found)
    for run, context in attributor:
        attributor.assign(context, choose(doc, run, context, model))
    given = attributor.given
    for attribution in found:
        kept = [part for part in attribution.parts if part not in given]
        if kept:
            yield attribution._replace(parts=kept)
        for begin, end in attribution.parts:
            option = given.get((begin, end))
            if option and option.sort == NONE and OUTSIDE in doc.quoted_at[begin:end]:
                yield attribution._replace(parts=[(begin, end)], quoted=False)
    for part, option in given.items():
        if option.sort != NONE:
            yield Attribution([part], option.head, option.cue)


class RunAttributor:
    """A walk through the quoted runs whose owner is in doubt, in the order of the text.

    Of the runs in one content the first speaks for all. `given` holds whose each content is that
    is not its cue's.
    """

    def __init__(self, doc: Document, found: Iterable[Attribution]) -> None:
        self.doc = doc
        self.found = sorted(found, key=lambda attribution: attribution.cue)
        self.cues = [attribution.cue for attribution in self.found]
        contents = sorted((part, a) for a in self.found for part in a.parts)
        self.marks = [AttributedSpan(*part, a.head, a.cue) for part, a in contents]
        self.claims: dict[int, tuple[Range, Attribution]] = {}
        for content in contents:
            begin, end = content[0]
            first = doc.first_quoted(begin)
            for run in range(first, bisect_left(doc.quoted_firsts, end, first)):
                self.claims.setdefault(run, content)
        self.given: dict[Range, Candidate] = {}
        self.previous: AttributedSpan | None = None
        self.nearest: AttributedSpan | None = None

    def __iter__(self) -> Iterator[tuple[int, RunContext]]:
        doc, marks = self.doc, self.marks
        position, decided = 0, None
        for run, (begin, end) in enumerate(doc.quoted_words):
            part, claim = self.claims.get(run, ((begin, end), None))
            if part == decided:
                continue
            decided = part
            while position < len(marks) and marks[position].begin < min(begin, part[0]):
                self.nearest = marks[position]
                position += 1
            around = self._around(begin, end)
            following = position
            while following < len(marks) and marks[following].begin < end:
                following += 1
            after = marks[following] if following < len(marks) else None
            context = RunContext(claim, part, self.previous, self.nearest, after, around)
            plain = self._plain(context, begin, end)
            if plain:
                self.assign(context, plain)
            else:
                yield run, context

    def assign(self, context: RunContext, option: Candidate) -> None:
        """Give the content in which a run stands to an owner."""
        if option.sort != NONE:
            self.previous = self.nearest = AttributedSpan(*context.part, option.head, option.cue)
        if option.sort != CLAIM:
            self.given[context.part] = option

    def _around(self, begin: int, end: int) -> list[Attribution]:
        """Return the attributions whose cues stand in the sentences of a run."""
        first, _ = self.doc.sentence(begin)
        _, last = self.doc.sentence(end - 1)
        return self.found[bisect_left(self.cues, first) : bisect_left(self.cues, last)]

    def _plain(self, context: RunContext, begin: int, end: int) -> Candidate | None:
        """Return whose a run is where the corpus leaves no doubt.

        It is the only cue's of its sentence where that is sure; without a cue, whole sentences go
        on from the words in marks before them in the paragraph, and small words are nobody's.
        """
        claim, previous, openings = context.claim, context.previous, self.doc.openings
        if claim:
            alone = len(context.around) == 1 and claim.sure > _SURE_ALONE
            return Candidate(CLAIM, claim.head, claim.cue, claim.sure) if alone else None
        if context.around:
            return None
        first = self.doc.sentence(begin)[0]
        name_at = self.doc.name_at
        if ":" in self.doc.separators[begin] and name_at[first] == name_at[begin - 1] != OUTSIDE:
            return Candidate(HEAD, begin - 1)  # Ann Lee: "…"
        is_whole = begin in openings and end in openings
        lower = self.doc.words[begin] == self.doc.lower[begin]
        if is_whole and previous and not lower and _lines(self.doc, previous.end, begin) == "s":
            return Candidate("prev", previous.head, previous.cue)
        return Candidate(NONE, speakers.NOBODY) if lower and begin not in openings else None


def find_candidates(doc: Document, run: int, context: RunContext) -> list[Candidate]:
    """Return whose a run may be, each head once."""
    found = {None: Candidate(NONE, speakers.NOBODY)}

    def add(sort: str, head: int, cue: int | None = None, sure: int = 0) -> None:
        known = found.get(head)
        also = known and known._replace(also=known.also + sort[:2])
        found[head] = also or Candidate(sort, head, cue, sure)

    claim = context.claim
    if claim:
        add(CLAIM, claim.head, claim.cue, claim.sure)
    others = [a for a in context.around if a.cue != (claim and claim.cue)]
    if claim and _is_agency(doc, claim.head):
        others = []  # "Lee backed “a deal”, Reuters reported"
    for a in sorted(others, key=lambda a: -a.sure)[:_MOST_CUES]:
        add(CUE, a.head, a.cue, a.sure)
    add(NULL, speakers.NOBODY)
    for sort, mark in zip(("prev", "near", "next"), context[2:5], strict=True):
        if mark:
            add(sort, mark.head, mark.cue)
    if not claim:
        for head in _heads(doc, run):
            if head not in found:
                add(HEAD, head)
    return list(found.values())


def _is_agency(doc: Document, head: int) -> bool:
    """Whether a source is a named medium, through which its article hands on others' words."""
    name = doc.name_at[head] if head != speakers.NOBODY else OUTSIDE
    return name != OUTSIDE and doc.names[name].canonical in MEDIA


def _heads(doc: Document, run: int) -> list[int]:
    """Return the heads of the noun phrases beside a run, nearest first, those before it first."""
    begin, end = doc.quoted_words[run]
    run_at, is_head = doc.quoted_at, speakers.is_head
    k = bisect_right(doc.edges, begin) - 1
    first = doc.edges[max(0, k - 1) if begin == doc.edges[k] else k]
    last = doc.edges[bisect_left(doc.edges, end)]
    left = [
        index
        for index in range(begin - 1, max(first, begin - 30) - 1, -1)
        if run_at[index] == OUTSIDE and is_head(doc, index, begin)
    ]
    right = [
        index
        for index in range(end, min(last, end + 15))
        if run_at[index] == OUTSIDE and is_head(doc, index, last)
    ]
    return left[:_MOST_LEFT] + right[:_MOST_RIGHT]


def choose(doc: Document, run: int, context: RunContext, model: QuoteModel) -> Candidate:
    """Return whose a run is."""
    found = find_candidates(doc, run, context)
    scores = [
        score(model.owner.get(tie, _UNKNOWN), seen)
        for tie, seen in features(doc, run, context, found)
    ]
    if context.claim and _is_said(doc, run, context.claim.cue):
        return found[scores.index(max(scores[1:]), 1)]
    scores[0] -= _SPOKEN if context.claim is None and _goes_on(doc, run) else _DOUBT
    return found[scores.index(max(scores))]


def _is_said(doc: Document, run: int, cue: int) -> bool:
    """Whether a run is a sentence or begins one, and a verb of speech follows: “Go!” he shouted."""
    begin, end = doc.quoted_words[run]
    opens = begin in doc.openings and doc.separators[end] in _CLOSED
    return opens and cue >= end and doc.lower[cue] in KIND


def _goes_on(doc: Document, run: int) -> bool:
    """Whether a run is one of several paragraphs in marks, or the first of them left open."""
    beside = (other for other in (run - 1, run + 1) if 0 <= other < len(doc.quoted))
    return _is_paragraph(doc, run) and any(_is_paragraph(doc, other) for other in beside)


def _is_paragraph(doc: Document, run: int) -> bool:
    """Whether a run fills its paragraph with a sentence; in the corpus 119 of 135 are speech."""
    begin, end = doc.quoted_words[run]
    before, after = doc.separators[begin], doc.separators[end]
    fills = ("\n" in before or ":" in before) and ("\n" in after or end == doc.size)
    return fills and end - begin >= _SHORTEST_SENTENCE and doc.words[begin][0].isupper()


class Features(NamedTuple):
    """What is seen of a run whoever owns it."""

    begin: int
    end: int
    whole: str
    length: str
    sures: str
    claim: int | None
    cues: list[int]


def features(
    doc: Document, run: int, context: RunContext, found: list[Candidate]
) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each option, the sort of the tie and what tells whether it is the right one."""
    view = _view(doc, run, context, found)
    common = _common(doc, run, context, view)
    for rank, option in enumerate(found):
        if option.sort == HEAD:
            tie = "<" if option.head < view.begin else ">"
            yield tie, _head_features(doc, view, option.head, min(rank, 6))
            continue
        seen = [*common, f"n{option.also}{len(view.cues)}"]
        if option.sort in (CLAIM, CUE):
            seen += _cue_features(doc, view, option)
        yield option.sort + ("" if view.claim is None else "+"), seen


def _view(doc: Document, run: int, context: RunContext, found: list[Candidate]) -> Features:
    begin, end = doc.quoted_words[run]
    stop = doc.text[doc.quoted[run].end - 1]
    stop = stop if stop in ".,?!" else "-"
    case = "A" if doc.words[begin][0].isupper() else "a"
    first = "1" if begin in doc.openings else "0"
    final = "1" if end in doc.openings else "0"
    claim = context.claim
    best = max((option.sure for option in found if option.sort == CUE), default=None)
    return Features(
        begin,
        end,
        f"{case}{stop}{first}{final}",
        distance_class(end - begin),
        _step(claim and claim.sure) + _step(best),
        claim and claim.cue,
        [option.cue for option in found if option.sort in (CLAIM, CUE)],
    )


def _step(sure: int | None) -> str:
    return "-" if sure is None else str(max(-1, min(6, sure // _STEP_OF_SURE)))


def _common(doc: Document, run: int, context: RunContext, view: Features) -> list[str]:
    """Return what is seen of a run, apart from the option."""
    begin, end, whole, length, sures, claim, _ = view
    lower, gaps = doc.lower, doc.separators
    shut = "c" if doc.quoted[run].closed else "o"
    apart = "".join(_lines(doc, mark.end, begin) if mark else "-" for mark in context[2:4])
    seen = [
        "a",
        f"d{gaps[begin]}{whole[0]}",
        f"e{lower[begin - 1] if begin else EDGE}",
        f"h{apart}{shut}{whole[2]}",
        f"l{gaps[end]}{whole[3]}",
        f"o{sures}{length}{whole[0]}",
    ]
    if claim is not None:
        seen.append(f"p{lower[claim]}")
    return seen


def _way(view: Features, cue: int) -> str:
    """Return how far from a run a cue stands, and on which side."""
    return (
        f"<{distance_class(view.begin - cue)}"
        if cue < view.begin
        else f">{distance_class(cue - view.end)}"
    )


def _cue_features(doc: Document, view: Features, option: Candidate) -> list[str]:
    """Return what tells whether a run belongs to a cue of its sentence."""
    gaps, cue = doc.separators, option.cue
    after = doc.lower[cue + 1] if cue + 1 < doc.size else EDGE
    way = _way(view, cue)
    low, high = (cue, view.begin) if cue < view.begin else (view.end, cue)
    between = sum(low < other < high for other in view.cues)
    kind = word_class(doc, option.head) if option.head >= 0 else "0"
    return [
        f"A{doc.lower[cue]}",
        f"B{way}{between}",
        f"E{kind}{way[0]}{between}",
        f"G{gaps[cue + 1]}{after}{way[0]}",
        f"H{gaps[cue]}{gaps[cue + 1]}{way}",
    ]


def _head_features(doc: Document, view: Features, head: int, rank: int) -> list[str]:
    """Return what tells whether a run belongs to a noun phrase beside it."""
    lower, gap = doc.lower, doc.separators[view.begin]
    begin, end = view.begin, view.end
    word = lower[head]
    kind = "P" if word in speakers.PEOPLE else word_class(doc, head)
    phrase = speakers.phrase_begin(doc, head, 0)
    prior = lower[phrase - 1] if phrase else EDGE
    before = lower[begin - 1] if begin else EDGE
    far, between = (begin - head, lower[head + 1]) if head < begin else (head - end + 1, lower[end])
    distance = distance_class(far)
    return [
        f"b{view.whole}",
        f"c{rank}{kind}{view.whole[2]}",
        f"d{gap}{view.whole[2]}",
        f"e{kind}{prior}",
        f"g{before}",
        f"h{between}",
        f"i{rank}{word}",
        f"k{gap}{distance}{kind}",
        f"l{rank}{prior}",
    ]


def _lines(doc: Document, end: int, begin: int) -> str:
    """Return how far back words end: i inside, s same paragraph, p the one before, f farther."""
    if end > begin:
        return "i"
    if begin - end > _FAR:
        return "f"
    lines = doc.text.count("\n", doc.ends[end - 1], doc.starts[begin])
    return "s" if not lines else "p" if lines < 3 else "f"
