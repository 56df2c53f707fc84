"""Which event a quote bears on: the one that its article tells beside it, if that is clear."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from timeline.models.articles import Article
from timeline.models.events import Event
from timeline.models.reports import Report

if TYPE_CHECKING:
    from timeline.models.suggestions import Suggestion

# A speaker who takes part in what was told so many paragraphs above speaks of it.
_ABOVE = 2


def bears_on(quote: "Suggestion", reports: Iterable[Report]) -> Event | None:
    """Return the event that a suggested quote bears on; None where none is sure enough.

    It is the event whose report in this article shares its paragraph, the nearest of several; else
    the last one told in the two paragraphs above in which the speaker takes part. Reads
    `event.participants` of the reports, which may be fetched before.
    """
    if quote.start is None or quote.end is None:
        return None
    starts = _paragraphs(quote.article)
    here = _number(starts, quote.start)
    placed = [one for one in reports if one.start is not None and one.end is not None]
    beside = [one for one in placed if _number(starts, one.start or 0) == here]
    if beside:
        return min(beside, key=lambda one: (_gap(quote, one), one.start)).event
    above = [
        one
        for one in placed
        if 0 < here - _number(starts, one.start or 0) <= _ABOVE and _speaks_in(quote, one.event)
    ]
    return max(above, key=lambda one: one.start or 0).event if above else None


def _speaks_in(quote: "Suggestion", event: Event) -> bool:
    """Whether the quote's speaker takes part in the event."""
    return bool(quote.speaker) and any(
        actor.bears(quote.speaker) for actor in event.participants.all()
    )


def _paragraphs(article: Article) -> Sequence[int]:
    """Where the paragraphs of the body begin."""
    starts, at = [], 0
    for paragraph in article.body.split("\n\n"):
        starts.append(at)
        at += len(paragraph) + len("\n\n")
    return starts


def _number(starts: Sequence[int], at: int) -> int:
    return bisect_right(starts, at)


def _gap(quote: "Suggestion", report: Report) -> int:
    """The characters between the two; none where they overlap."""
    start, end = report.start or 0, report.end or 0
    return max(0, (quote.start or 0) - end, start - (quote.end or 0))
