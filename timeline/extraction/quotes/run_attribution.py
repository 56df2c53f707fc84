"""Whose each quoted run is: the last word on it, given all that the cues around it claim.

A run may belong to the cue whose content it stands in, to another cue of its sentence, to whoever
was quoted before or is quoted next, to a noun phrase beside it, or to nobody: a title, a slogan.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from ..decision import Decision
from ..document import EDGE, OUTSIDE, Document
from ..linear_model import QuoteModel, Weights, score
from ..names.gazetteer import MEDIA
from .cue_trees import CueTree
from .cues import KIND, distance_class, head_class, word_class
from .source_spans import NOBODY, may_head, phrase_begin

Range = tuple[int, int]

NO_CUE = -1
NONE, NULL, CLAIM, CUE, HEAD = "none", "null", "claim", "cue", "head"
PREVIOUS, NEAREST, FOLLOWING, LABEL = "prev", "near", "next", "label"
RULES = {
    NULL: "run_attribution: somebody who is not named",
    CUE: "run_attribution: another cue of its sentence",
    HEAD: "run_attribution: a noun phrase beside it",
    PREVIOUS: "run_attribution: goes on from the quote before",
    NEAREST: "run_attribution: goes on from what was said before",
    FOLLOWING: "run_attribution: leads to what is said after",
    LABEL: "run_attribution: a name with a colon or a dash beside it",
}
_FAR = 300
_DASHES = frozenset("-–—―")
_ENDS_NAME = frozenset('\n"')
_LONGEST_TITLE = 4
_MOST_HEADS_BEFORE = 4
_MOST_HEADS_AFTER = 2
_FARTHEST_HEAD_BEFORE = 30
_FARTHEST_HEAD_AFTER = 15
_MOST_CUES = 4
_STEP_OF_SURE = 60
_SURE_ALONE = 180
_FAR_SURER = 300
_CLOSED = frozenset((',"', '!"', '?"'))
_DOUBT = 5  # in doubt words in marks are somebody's: nine of ten in the corpus are
_SPOKEN = 1000  # more than all weights of a candidate
_SHORTEST_SENTENCE = 5
_UNKNOWN: Weights = {}


class Attribution(NamedTuple):
    """An attribution by words: content ranges, the head of its source, its cue and how sure it is.

    One without content is a cue whose words a surer one has taken. Where `quoted` is False the
    marks in the content are nobody's speech. `decisions` are those of the cue and of the source.
    """

    parts: list[Range]
    head: int
    cue: int = NO_CUE
    sure: int = 0
    quoted: bool = True
    decisions: tuple[Decision, ...] = ()


class AttributedSpan(NamedTuple):
    """Attributed content: its words, the head of its source (or NOBODY) and its cue."""

    begin: int
    end: int
    head: int
    cue: int


class OwnerCandidate(NamedTuple):
    """Whose a run may be: `tie` tells by what, `head` heads the source, and how sure its cue is.

    `also` has the beginnings of other ties between the same head and the run.
    """

    tie: str
    head: int
    cue: int = NO_CUE
    sure: int = 0
    also: str = ""


class RunContext(NamedTuple):
    """What stands around a run: what claims it, whose content is before and after it, the cues."""

    claim: Attribution | None
    part: Range  # of the content that claims the run
    previous: AttributedSpan | None  # quoted
    nearest: AttributedSpan | None
    following: AttributedSpan | None
    around: list[Attribution]


class RunAttributor:
    """A walk through the quoted runs whose owner is in doubt, in the order of the text.

    The first run in a content speaks for all; `given` has whose a content is that is not its cue's.
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
        self.given: dict[Range, OwnerCandidate] = {}
        self.previous: AttributedSpan | None = None
        self.nearest: AttributedSpan | None = None

    def __iter__(self) -> Iterator[tuple[int, RunContext]]:
        doc, marks, position, decided = self.doc, self.marks, 0, None
        for run, (begin, end) in enumerate(doc.quoted_words):
            part, claim = self.claims.get(run, ((begin, end), None))
            if part == decided:
                continue
            decided = part
            while position < len(marks) and marks[position].begin < min(begin, part[0]):
                self.nearest = marks[position]
                position += 1
            first, last = doc.sentence(begin)[0], doc.sentence(end - 1)[1]
            around = self.found[bisect_left(self.cues, first) : bisect_left(self.cues, last)]
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

    def assign(self, context: RunContext, candidate: OwnerCandidate) -> None:
        """Give the content in which a run stands to an owner."""
        tie, head, cue, *_ = candidate
        if tie != NONE:
            self.previous = self.nearest = AttributedSpan(*context.part, head, cue)
        if tie != CLAIM:
            self.given[context.part] = candidate

    def _plain(self, context: RunContext, begin: int, end: int) -> OwnerCandidate | None:
        """Return whose a run is where the corpus leaves no doubt.

        It is whose name labels it, or a cue's that is far surer than all others of its sentence;
        without one, whole sentences go on from the marks before, and small words are nobody's.
        """
        doc, claim, previous = self.doc, context.claim, context.previous
        if (named := _labelled(doc, begin, end)) != NOBODY:
            return OwnerCandidate(LABEL, named)
        if claim:
            others = (a.sure + _FAR_SURER for a in context.around if a.cue != claim.cue)
            alone = claim.sure > max(_SURE_ALONE, *others, 0)
            return OwnerCandidate(CLAIM, claim.head, claim.cue, claim.sure) if alone else None
        if context.around:
            return None
        is_whole = begin in doc.openings and end in doc.openings
        lower = doc.words[begin] == doc.lower[begin]
        if is_whole and previous and not lower and _lines(doc, previous.end, begin) == "s":
            return OwnerCandidate(PREVIOUS, previous.head, previous.cue)
        return OwnerCandidate(NONE, NOBODY) if lower and begin not in doc.openings else None


def _labelled(doc: Document, begin: int, end: int) -> int:
    """Return the head of a name set beside a quoted span without a verb, or NOBODY.

    Ann Lee: “…”; in a transcript “LEE: …”; “…” — Mayor Ann Lee, before a line end or marks.
    """
    name_at, gaps = doc.name_at, doc.separators
    first = name_at[doc.sentence(begin)[0]]
    if ":" in gaps[begin] and begin and first == name_at[begin - 1] != OUTSIDE:
        return begin - 1
    stop = doc.at(doc.names[name_at[begin]].end) if name_at[begin] != OUTSIDE else end
    if "\n" in gaps[begin] and stop < end and ":" in gaps[stop]:
        return stop - 1
    if _DASHES.isdisjoint(gaps[end]):
        return NOBODY
    for word in range(end, min(doc.size, end + _LONGEST_TITLE)):
        if name_at[word] != OUTSIDE:
            stop = doc.at(doc.names[name_at[word]].end)
            return stop - 1 if stop == doc.size or _ENDS_NAME & {*gaps[stop]} else NOBODY
        if doc.words[word] == doc.lower[word] or gaps[word + 1] != " ":
            break
    return NOBODY


def find_candidates(doc: Document, run: int, context: RunContext) -> list[OwnerCandidate]:
    """Return whose a run may be, each head once; the first is nobody, for what is not speech."""
    found: dict[int, OwnerCandidate] = {}

    def add(tie: str, head: int, cue: int = NO_CUE, sure: int = 0) -> None:
        known = found.get(head)
        also = known and known._replace(also=known.also + tie[:2])
        found[head] = also or OwnerCandidate(tie, head, cue, sure)

    claim = context.claim
    if claim:
        add(CLAIM, claim.head, claim.cue, claim.sure)
    name = doc.name_at[claim.head] if claim and claim.head != NOBODY else OUTSIDE
    # In "Lee backed “a deal”, Reuters reported" an agency hands on the words of others.
    if name == OUTSIDE or doc.names[name].canonical not in MEDIA:
        for other in sorted(context.around, key=lambda other: -other.sure)[:_MOST_CUES]:
            if not claim or other.cue != claim.cue:
                add(CUE, other.head, other.cue, other.sure)
    add(NULL, NOBODY)
    beside = (context.previous, context.nearest, context.following)
    for tie, span in zip((PREVIOUS, NEAREST, FOLLOWING), beside, strict=True):
        if span:
            add(tie, span.head, span.cue)
    for head in () if claim else _heads(doc, run):
        if head not in found:
            add(HEAD, head)
    return [OwnerCandidate(NONE, NOBODY), *found.values()]


def _heads(doc: Document, run: int) -> list[int]:
    """Return the heads of the noun phrases beside a run, nearest first, those before it first."""
    begin, end = doc.quoted_words[run]
    left = range(begin - 1, max(0, begin - _FARTHEST_HEAD_BEFORE) - 1, -1)
    right = range(end, min(doc.sentence(end - 1)[1], end + _FARTHEST_HEAD_AFTER))
    return [
        *islice((index for index in left if may_head(doc, index)), _MOST_HEADS_BEFORE),
        *islice((index for index in right if may_head(doc, index)), _MOST_HEADS_AFTER),
    ]


def find_owner(doc: Document, run: int, context: RunContext, model: QuoteModel) -> OwnerCandidate:
    """Return whose a run is."""
    found = find_candidates(doc, run, context)
    scores = [
        score(model.owner.get(tie, _UNKNOWN), seen)
        for tie, seen in features(doc, run, context, found)
    ]
    begin, end = doc.quoted_words[run]
    claim = context.claim
    is_speech = begin in doc.openings and doc.separators[end] in _CLOSED
    if claim and is_speech and claim.cue >= end and doc.lower[claim.cue] in KIND:
        return found[scores.index(max(scores[1:]), 1)]  # “Go!” he shouted
    scores[0] -= _SPOKEN if claim is None and _goes_on(doc, run) else _DOUBT
    return found[scores.index(max(scores))]


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


def features(
    doc: Document, run: int, context: RunContext, found: list[OwnerCandidate]
) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each candidate, the tie and what tells whether it is the right one."""
    begin, end = doc.quoted_words[run]
    tree = CueTree(doc, _head_of(doc, begin, end))
    cues = [candidate.cue for candidate in found if candidate.tie in (CLAIM, CUE)]
    common = _run_features(doc, run, context, found, tree)
    for rank, candidate in enumerate(found):
        tie, head, *_ = candidate
        seen = [*common, f"n{candidate.also}{len(cues)}"]
        if head != NOBODY:
            seen.append(f"q{tree.path(head)}")
        if tie in (CLAIM, CUE):
            seen += _cue_features(doc, run, candidate, cues)
        elif tie == HEAD:
            tie = "<" if head < begin else ">"
            seen += _head_features(doc, run, head, min(rank, 6))
        yield tie + ("+" if context.claim else ""), seen


def _run_features(
    doc: Document, run: int, context: RunContext, found: list[OwnerCandidate], tree: CueTree
) -> list[str]:
    """Return what is seen of a run whoever owns it; `tree` is the tree as seen from its head."""
    begin, end = doc.quoted_words[run]
    gaps, claim = doc.separators, context.claim
    case = "A" if doc.words[begin][0].isupper() else "a"
    first, final = f"{begin in doc.openings:d}", f"{end in doc.openings:d}"
    best = max((candidate.sure for candidate in found if candidate.tie == CUE), default=None)
    sures = [
        "-" if sure is None else str(max(-1, min(6, sure // _STEP_OF_SURE)))
        for sure in (claim.sure if claim else None, best)
    ]
    spans = (context.previous, context.nearest)
    apart = "".join(_lines(doc, span.end, begin) if span else "-" for span in spans)
    return [
        "a",
        f"d{gaps[begin]}{case}",
        f"e{doc.lower[begin - 1] if begin else EDGE}",
        f"h{apart}{doc.quoted[run].closed:d}{first}",
        f"l{gaps[end]}{final}",
        f"o{''.join(sures)}{distance_class(end - begin)}{case}",
        f"r{tree.shape}",
        f"s{tree.tag}{case}{first}",
        f"p{doc.lower[claim.cue] if claim else EDGE}",
    ]


def _head_of(doc: Document, begin: int, end: int) -> int:
    """Return the first word of a range that hangs on none in it."""
    start, stop = doc.starts[begin], doc.ends[end - 1]
    for word in range(begin, min(end, begin + _FARTHEST_HEAD_BEFORE)):
        token = doc.token_at[word]
        if token and not (token.head and start <= token.head.start < stop):
            return word
    return begin


def _cue_features(doc: Document, run: int, candidate: OwnerCandidate, cues: list[int]) -> list[str]:
    """Return what tells whether a run belongs to a cue of its sentence."""
    gaps, cue, (begin, end) = doc.separators, candidate.cue, doc.quoted_words[run]
    after = doc.lower[cue + 1] if cue + 1 < doc.size else EDGE
    where, low, high = ("<", cue, begin) if cue < begin else (">", end, cue)
    way = f"{where}{distance_class(high - low)}"
    between = sum(low < other < high for other in cues)
    kind = "0" if candidate.head == NOBODY else word_class(doc, candidate.head)
    return [
        f"A{doc.lower[cue]}",
        f"B{way}{between}",
        f"E{kind}{where}{between}",
        f"G{gaps[cue + 1]}{after}{where}",
        f"H{gaps[cue]}{gaps[cue + 1]}{way}",
    ]


def _head_features(doc: Document, run: int, head: int, rank: int) -> list[str]:
    """Return what tells whether a run belongs to a noun phrase beside it."""
    lower, kind, (begin, end) = doc.lower, head_class(doc, head), doc.quoted_words[run]
    phrase = phrase_begin(doc, head, 0)
    prior = lower[phrase - 1] if phrase else EDGE
    far, between = (begin - head, lower[head + 1]) if head < begin else (head - end + 1, lower[end])
    return [
        f"c{rank}{kind}",
        f"E{kind}{prior}",
        f"H{between}",
        f"i{rank}{lower[head]}",
        f"k{doc.separators[begin]}{distance_class(far)}{kind}",
        f"L{rank}{prior}",
    ]


def _lines(doc: Document, end: int, begin: int) -> str:
    """Return how far back words end: i inside, s in the same paragraph, p before it."""
    if end > begin:
        return "i"
    is_far = begin - end > _FAR or "\n" in doc.text[doc.ends[end - 1] : doc.starts[begin]]
    return "p" if is_far else "s"
