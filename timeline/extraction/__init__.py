"""Reading the news: a text and its publication time in, what it says out. Pure Python, no Django.

The whole public API: `read_article()` parts a saved page or wire copy from what surrounds it, and
`extract()` returns the times, quotes and events of a text, every one with its place in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from timeline.basis import Span

from .decision import Decision
from .document import Document
from .events import Event
from .names import KnownNames
from .pipeline import read
from .quotes import Quote
from .times import Time

__all__ = [
    "MAX_BYTES",
    "Article",
    "Event",
    "Extraction",
    "IncompleteError",
    "Quote",
    "Time",
    "Told",
    "UnreadableError",
    "extract",
    "not_read",
    "read_article",
]


def __getattr__(name: str) -> Any:
    """Import the reading of pages when first asked for: an eighth of the start, not every use."""
    if name in __all__:
        from .pages import article_parser

        return getattr(article_parser, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a text says, each part in the order of the text; offsets are code points into it."""

    times: tuple[Time, ...]
    quotes: tuple[Quote, ...]
    events: tuple[Event, ...]
    decisions: tuple[Decision, ...] = ()  # on the text: its dateline, and each name

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the lists that the JSON Lines contract names, of plain values."""
        return {
            "times": [_fields(time, "type", "value", "edtf") for time in self.times],
            "quotes": [_quote(quote) for quote in self.quotes],
            "events": [_event(event) for event in self.events],
        }


def extract(
    text: str,
    published: date | datetime,
    headline: str = "",
    known: KnownNames | None = None,
) -> Extraction:
    """Read `text`, published on that day or at that time under a headline, which may be untold.

    Any string is read, in time linear in its length, and none raises. Offsets are code points into
    `text` exactly as given, ends exclusive. Times follow TIMEX3 (ISO-TimeML) and EDTF (ISO 8601-2).
    `known` are names beside those of the lexicon, in any script: each as it stands in a text, with
    who bears it and of which kind that is (person, organisation, country, place).
    """
    day = published.date() if isinstance(published, datetime) else published
    doc = read(text, day, headline, last="events", known=known)
    doc.forget()
    return Extraction(tuple(doc.times), tuple(doc.quotes), tuple(doc.events), _decisions(doc))


def _decisions(doc: Document) -> tuple[Decision, ...]:
    """Return what was decided of the text itself: the datelines cut off, and what the names are."""
    cut = [
        Decision("dateline", span.exact, f"datelines: {filed.form}", (span,))
        for (start, _, _), filed in zip(doc.spans, doc.datelines, strict=True)
        if filed and (span := Span(doc.text[start : filed.end].rstrip(), start, filed.end))
    ]
    names = {name.text: name for name in reversed(doc.names)}
    return (
        *(cut or [Decision("dateline", "", "datelines: no form of one begins a sentence")]),
        *(
            Decision(name.kind, name.canonical, name.rule, (Span(name.text, name.start, name.end),))
            for name in sorted(names.values())
        ),
    )


def _fields(found: Any, *more: str) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("start", "end", "text", *more)}


def _span(found: Any) -> dict[str, Any] | None:
    return _fields(found) if found else None


def _quote(quote: Quote) -> dict[str, Any]:
    said = _fields(quote, "kind", "actor", "medium")
    said |= {"speaker": _span(quote.speaker), "cue": _span(quote.cue)}
    return said | {"runs": [list(run) for run in quote.runs]} if quote.kind == "mixed" else said


def _event(event: Event) -> dict[str, Any]:
    told = _fields(event, "edtf", "status", "place", "title") | {"score": round(event.grade, 4)}
    return told | {"trigger": _span(event.trigger), "actors": list(event.actors)}
