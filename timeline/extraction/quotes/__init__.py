"""Words of others in a text: quotations and reported speech with their speakers."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timeline.basis import Span as Words

from ..decision import Decision
from ..document import Document
from ..linear_model import QuoteModel, quote_model
from ..text.quotation_marks import QuotedSpan
from . import content_spans, cues, run_attribution, source_spans, sources, speakers
from .run_attribution import Attribution

_HEARD = 6


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

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """How the cue, the speaker and the medium were decided, in order."""
        cue, speaker = self.cue, self.speaker
        kind = cues.KIND.get(cue.text.lower(), "other") if cue else ""
        found = speaker.text.lower() if speaker else ""
        if not speaker:
            rule = "nobody named"
        elif found in cues.PRONOUNS:
            rule = "a pronoun" if self.actor else "a pronoun without antecedent"
        elif self.actor and self.actor.lower() in found:
            rule = "as written"
        else:
            rule = "a short name or a title"
        return (
            Decision("kind", self.kind, "marks: where the quotation marks stand"),
            Decision("cue", cue.text if cue else "", f"cues: {kind or 'none'}", _words(cue)),
            Decision("speaker", self.actor or found, f"sources: {rule}", _words(speaker)),
            Decision("medium", self.medium or "", "channels: beside the cue or the speaker"),
        )


def _words(span: Span | None) -> tuple[Words, ...]:
    return (Words(span.text, span.start, span.end),) if span else ()


def find_quotes(doc: Document, model: QuoteModel | None = None) -> list[Quote]:
    """Return the quotations in a doc, in order, as a model decides: by default the package's."""
    model = model or quote_model()
    found = run_attribution.attribute_runs(doc, list(attributions(doc, model)), model)
    ear = sources.Ear(doc)
    return [
        quote
        for attribution in sorted(found, key=lambda attribution: attribution.parts[0])
        for quote in _quotes(doc, attribution, ear)
    ]


def attributions(doc: Document, model: QuoteModel) -> Iterator[Attribution]:
    """Yield the attributions that have a cue, the surest first; their contents do not overlap.

    Where marks stand in the sentence those that a surer cue leaves nothing to come too, empty.
    """
    found = []
    for candidate in cues.find_candidates(doc, model.cue_words):
        side, sure = cues.content_side(doc, candidate, model)
        if side:
            found.append((-sure, candidate, side))
    taken = bytearray(doc.size)
    heard: dict[int, list[int]] = {}
    for sure, candidate, side in sorted(found):
        cue, first, last, quoted, *_ = candidate
        parts = [] if taken[cue] else _parts(doc, taken, candidate, side, model)
        if parts or quoted:
            known = heard.setdefault(first, [])
            head = speakers.choose(doc, cue, side, first, last, known[-_HEARD:], model)
            if parts:
                known.append(head)
                taken[cue] = True
                for begin, end in parts:
                    taken[begin:end] = b"\1" * (end - begin)
            yield Attribution(parts, head, cue, -sure)


def _parts(
    doc: Document, taken: bytearray, candidate: cues.CueCandidate, side: str, model: QuoteModel
) -> list[tuple[int, int]]:
    """Return the words that are a cue's content, without what is taken.

    A mere time, channel, manner or hearer is none: "…, analysts said Friday in a statement"; then
    the content stands before a comma, or nowhere: "since he was sworn in on May 5".
    """
    cue, first, last = candidate[:3]
    parts = []
    begin = end = cue
    if side != cues.LEFT:
        begin, end = content_spans.right_of(doc, cue, last, model)
        if content_spans.is_circumstance(doc, cue + 1, end) or content_spans.is_audience(
            doc, cue, begin, end
        ):
            if not doc.is_broken(first, cue):
                return []
            begin, end, side = cue, cue, cues.LEFT
    if side != cues.RIGHT:
        left, stop = content_spans.left_of(doc, cue, first, model)
        left = max(left, taken.rfind(1, left, stop) + 1)
        if left < stop:
            parts.append((left, stop))
    while begin < end and taken[begin]:
        begin += 1
    stop = taken.find(1, begin, end)
    if begin < end:
        parts.append((begin, end if stop < 0 else stop))
    return parts


def _quotes(doc: Document, attribution: Attribution, ear: sources.Ear) -> Iterator[Quote]:
    """Yield one quote for each part of an attribution's content."""
    head, cue = attribution.head, attribution.cue
    source = None if head == speakers.NOBODY else source_spans.source_span(doc, head, cue)
    actor, medium = ear.resolve(source, cue, attribution.parts[0])
    for begin, end in attribution.parts:
        start, stop, kind, inner = _extent(doc, begin, end)
        if not attribution.quoted:
            kind, inner = "indirect", ()
        yield Quote(
            start,
            stop,
            doc.text[start:stop],
            kind,
            inner,
            None if source is None else _span(doc, source.begin, source.end),
            None if cue is None else _span(doc, cue, cue + 1),
            actor,
            medium,
        )


def _span(doc: Document, begin: int, end: int) -> Span:
    start, stop = doc.starts[begin], doc.ends[end - 1]
    return Span(start, stop, doc.text[start:stop])


def _extent(doc: Document, begin: int, end: int):
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
