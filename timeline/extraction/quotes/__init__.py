"""Words of others in a text: quotations and reported speech with their speakers."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timeline.basis import Span

from ..decision import Decision
from ..document import OUTSIDE, Document, TextSpan
from ..linear_model import QuoteModel, quote_model
from ..text.quotation_marks import QuotedSpan
from . import cues, source_spans
from .content_spans import is_audience, is_circumstance, left_of, right_of
from .run_attribution import NO_CUE, NONE, RULES, Attribution, RunAttributor, choose
from .source_resolution import SourceResolver

_HEARD = 6
KINDS = {
    "direct": "quotes: all of the content stands in one quoted span",
    "mixed": "quotes: parts of the content stand in quoted spans",
    "indirect": "quotes: no quoted span in the content",
}


class Quote(NamedTuple):
    """What an article says somebody said: where, how (`kind`), by whom, and through whom."""

    start: int
    end: int
    text: str
    kind: str
    runs: tuple[tuple[int, int], ...] = ()
    speaker: TextSpan | None = None
    cue: TextSpan | None = None
    actor: str | None = None
    medium: str | None = None
    decisions: tuple[Decision, ...] = ()  # how all this was decided, in order


def find_quotes(doc: Document, model: QuoteModel | None = None) -> list[Quote]:
    """Return the quotations in a document, in order, as a model or the package's own decides."""
    model = model or quote_model()
    found = attribute_runs(doc, list(attributions(doc, model)), model)
    resolver = SourceResolver(doc)
    return [
        quote
        for attribution in sorted(found, key=lambda attribution: attribution.parts[0])
        for quote in _quotes(doc, attribution, resolver)
    ]


def attributions(doc: Document, model: QuoteModel) -> Iterator[Attribution]:
    """Yield the attributions that have a cue, the surest first; their contents do not overlap.

    Where marks stand in the sentence those that a surer cue leaves nothing to come too, empty.
    """
    found = [
        cue
        for candidate in cues.find_candidates(doc, model.cue_words)
        if (cue := cues.find_cue(doc, candidate, model))
    ]
    taken = bytearray(doc.size)
    heard: dict[int, list[int]] = {}
    for cue in sorted(found, key=lambda cue: (-cue.sure, cue.candidate)):
        word, first, last, is_quoting, *_ = cue.candidate
        parts = [] if taken[word] else _parts(doc, taken, cue, model)
        if parts or is_quoting:
            known = heard.setdefault(first, [])
            query = source_spans.SourceQuery.of(doc, cue.tree, cue.side, word, first, last)
            head, source = source_spans.choose(doc, query, known[-_HEARD:], model)
            if parts:
                known.append(head)
                taken[word] = True
                for begin, end in parts:
                    taken[begin:end] = b"\1" * (end - begin)
            yield Attribution(parts, head, word, cue.sure, decisions=(_of_cue(doc, cue), source))


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
            candidate = given.get((begin, end))
            if candidate and candidate.tie == NONE and OUTSIDE in doc.quoted_at[begin:end]:
                yield attribution._replace(parts=[(begin, end)], quoted=False)
    for part, (tie, head, cue, *_) in given.items():
        if tie != NONE:
            decision = source_spans.decide(doc, head, RULES[tie])
            yield Attribution([part], head, cue, decisions=(decision,))


def _parts(
    doc: Document, taken: bytearray, cued: cues.Cue, model: QuoteModel
) -> list[tuple[int, int]]:
    """Return the words that are a cue's content, without what is taken.

    A mere time, channel, manner or hearer is none: "…, analysts said Friday in a statement"; then
    the content stands before a comma, or nowhere: "since he was sworn in on May 5".
    """
    (cue, first, last, *_), side, _, tree, _ = cued
    parts = []
    begin = end = cue
    if side != cues.LEFT:
        begin, end = right_of(tree, last, model)
        if is_circumstance(tree, end) or is_audience(tree, begin, end):
            if not doc.is_broken(first, cue):
                return []
            begin, end, side = cue, cue, cues.LEFT
    if side != cues.RIGHT:
        left, stop = left_of(tree, first, model)
        left = max(left, taken.rfind(1, left, stop) + 1)
        if left < stop:
            parts.append((left, stop))
    while begin < end and taken[begin]:
        begin += 1
    stop = taken.find(1, begin, end)
    if begin < end:
        parts.append((begin, end if stop < 0 else stop))
    return parts


def _of_cue(doc: Document, cue: cues.Cue) -> Decision:
    start, end, text = _span(doc, cue.candidate.word, cue.candidate.word + 1)
    return Decision("cue", text, f"cues: {cue.rule}", (Span(text, start, end),))


def _quotes(doc: Document, attribution: Attribution, resolver: SourceResolver) -> Iterator[Quote]:
    """Yield one quote for each part of an attribution's content."""
    head = attribution.head
    cue = None if attribution.cue == NO_CUE else attribution.cue
    source = None if head == source_spans.NOBODY else source_spans.source_span(doc, head, cue)
    speaker = None if source is None else _span(doc, source.begin, source.end)
    actor, medium, resolved = resolver.resolve(source, cue, attribution.parts[0])
    for begin, end in attribution.parts:
        start, stop, kind, inner = _extent(doc, begin, end)
        rule = KINDS[kind]
        if not attribution.quoted:
            kind, inner, rule = "indirect", (), "quotes: what stands in marks is nobody's speech"
        decisions = (Decision("kind", kind, rule), *attribution.decisions, *resolved)
        span = None if cue is None else _span(doc, cue, cue + 1)
        text = doc.text[start:stop]
        yield Quote(start, stop, text, kind, inner, speaker, span, actor, medium, decisions)


def _span(doc: Document, begin: int, end: int) -> TextSpan:
    start, stop = doc.starts[begin], doc.ends[end - 1]
    return TextSpan(start, stop, doc.text[start:stop])


def _extent(
    doc: Document, begin: int, end: int
) -> tuple[int, int, str, tuple[tuple[int, int], ...]]:
    """Return offsets, kind and inner runs of the content made of words `begin` to `end`."""
    text = doc.text
    start, stop = doc.starts[begin], doc.ends[end - 1]
    inside = range(doc.first_quoted(begin), bisect_left(doc.quoted_firsts, end))
    while stop < len(text) and text[stop] in "?!%…":
        stop += 1
    while start and text[start - 1] in "$#@£€":
        start -= 1
    if not inside:
        return start, stop, "indirect", ()
    first, last = doc.quoted_words[inside[0]], doc.quoted_words[inside[-1]]
    runs = doc.quoted
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
    return start, stop, "mixed", tuple(_clipped([runs[i] for i in inside], start, stop))


def _clipped(found: Sequence[QuotedSpan], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield what of each run lies in the content: one left open may begin or end outside of it."""
    for run in found:
        begin, end = max(run.start, start), min(run.end, stop)
        if begin < end:
            yield begin, end
