"""Words of others in a text: quotations and reported speech with their speakers."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from timeline.basis import Span

from ..decision import Decision
from ..document import OUTSIDE, Document, TextSpan
from ..linear_model import QuoteModel, quote_model
from . import cues, source_spans
from .content_spans import is_audience, is_circumstance, left_of, right_of
from .run_attribution import NO_CUE, NONE, RULES, Attribution, RunAttributor, find_owner
from .source_resolution import SourceResolver

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
        for word in cues.find_candidates(doc, model.cue_words)
        if (cue := cues.find_cue(doc, word, model))
    ]
    taken = bytearray(doc.size)
    for cue in sorted(found, key=lambda cue: (-cue.sure, cue.tree.cue)):
        word, tree = cue.tree.cue, cue.tree
        parts = [] if taken[word] else _parts(doc, taken, cue, model)
        if parts or doc.has_quoted(tree.first, tree.last):
            head, source = source_spans.find_source(tree, cue.side, model)
            for begin, end in [(word, word + 1), *parts] if parts else ():
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
        attributor.assign(context, find_owner(doc, run, context, model))
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
    tree, side, *_ = cued
    cue = tree.cue
    parts = []
    begin = end = cue
    if side != cues.LEFT:
        begin, end = right_of(tree, model)
        if is_circumstance(tree, end) or is_audience(tree, begin, end):
            if not doc.is_broken(tree.first, cue):
                return []
            begin, end, side = cue, cue, cues.LEFT
    if side != cues.RIGHT:
        left, stop = left_of(tree, model)
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
    start, end, text = doc.text_span(cue.tree.cue, cue.tree.cue + 1)
    return Decision("cue", text, f"cues: {cue.rule}", (Span(text, start, end),))


def _quotes(doc: Document, attribution: Attribution, resolver: SourceResolver) -> Iterator[Quote]:
    """Yield one quote for each part of an attribution's content."""
    head = attribution.head
    cue = None if attribution.cue == NO_CUE else attribution.cue
    source = None if head == source_spans.NOBODY else source_spans.source_span(doc, head, cue)
    speaker = None if source is None else doc.text_span(source.begin, source.end)
    actor, medium, resolved = resolver.resolve(source, cue, attribution.parts[0])
    for begin, end in attribution.parts:
        start, stop, kind, inner = _extent(doc, begin, end)
        rule = KINDS[kind]
        if not attribution.quoted:
            kind, inner, rule = "indirect", (), "quotes: what stands in marks is nobody's speech"
        decisions = (Decision("kind", kind, rule), *attribution.decisions, *resolved)
        span = None if cue is None else doc.text_span(cue, cue + 1)
        text = doc.text[start:stop]
        yield Quote(start, stop, text, kind, inner, speaker, span, actor, medium, decisions)


def _extent(
    doc: Document, begin: int, end: int
) -> tuple[int, int, str, tuple[tuple[int, int], ...]]:
    """Return offsets, kind and inner runs of the content made of words `begin` to `end`.

    A run that is left open may begin or end outside of the content.
    """
    text, start, stop = doc.text, doc.starts[begin], doc.ends[end - 1]
    while stop < len(text) and text[stop] in "?!%…":
        stop += 1
    while start and text[start - 1] in "$#@£€":
        start -= 1
    inside = slice(doc.first_quoted(begin), bisect_left(doc.quoted_firsts, end))
    spans, ranges = doc.quoted[inside], doc.quoted_words[inside]
    if not spans:
        return start, stop, "indirect", ()
    first, last = ranges[0][0], ranges[-1][1]
    is_direct = len(spans) == 1 and first <= begin and end <= last
    if begin == first:
        start = spans[0].start if is_direct else spans[0].left
    if end == last:
        stop = spans[-1].end if is_direct else spans[-1].right
    if is_direct:
        return start, stop, "direct", ()
    clipped = [(max(span.start, start), min(span.end, stop)) for span in spans]
    return start, stop, "mixed", tuple(run for run in clipped if run[0] < run[1])
