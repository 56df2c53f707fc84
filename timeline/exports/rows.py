"""CSV and JSON: one row an event, with its reports and quotes as known on the day in view."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import category, normalize

from django.http import StreamingHttpResponse

from timeline.exports.streams import json_object, written
from timeline.models import PLANS, Event, Quote, Report
from timeline.selection import Results

# Where a program that parts cells otherwise than by commas may begin another one.
# As for what is equivalent to one (NFKC): a file may be read by a program that folds characters.
_BREAKS = re.compile(
    r"([;,|\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029\uff1b\uff0c\uff5c\ufe10\ufe14\ufe50\ufe54\u037e])"
)
_SIGNS = frozenset("=+-@\u2212")  # U+2212 is the minus sign, which NFKC leaves as it is
# Letters that are drawn as nothing (Unicode’s Default_Ignorable_Code_Point), and blank Braille
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_SEPARATORS = frozenset(";,|\t\r\n")
_QUOTATION_MARKS = frozenset("“”„‘’‚«»‹›")
COLUMNS = (
    "title",
    "date",
    "earliest",
    "latest",
    "date_words",
    "status",
    "outcome_reported",
    "kind",
    "place",
    "participants",
    "summary",
    "reports",
    "quotes",
    "url",
)


def as_csv(results: Results) -> StreamingHttpResponse:
    """Return the selection as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets)."""

    def lines() -> Iterator[str]:
        yield "\ufeff" + written(COLUMNS)
        for event in results.events:
            row = _row(event)
            row["participants"] = "; ".join(row["participants"])
            row["reports"], row["quotes"] = len(row["reports"]), len(row["quotes"])
            yield written(inert(row[column]) for column in COLUMNS)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    known = results.selection.known
    name = results.selection.timeline.slug + (f"-as-known-on-{known}" if known else "")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def as_json(results: Results) -> StreamingHttpResponse:
    """Return the selection as one JSON object: what was asked, and the events that answer it."""
    selection = results.selection
    asked = {
        "timeline": selection.timeline.title,
        "selection": selection.description,
        "known": selection.known,
        "time_zone": selection.timeline.zone.key,
    }
    return StreamingHttpResponse(
        json_object(asked, "events", map(_row, results.events)), content_type="application/json"
    )


def _row(event: Event) -> dict[str, Any]:
    place = event.shown_place
    return {
        "title": event.shown_title,
        "date": event.shown_edtf,
        "earliest": event.shown_earliest,
        "latest": event.shown_latest,
        "date_words": event.shown_date_words,
        "status": event.shown_status,
        "outcome_reported": event.shown_status not in PLANS,
        "kind": event.kind,
        "place": place.name if place else "",
        "participants": [one.actor.name for one in event.shown_participations],
        "summary": event.shown_summary,
        "reports": [_report(report) for report in event.known_reports],
        "quotes": [_quote(quote) for quote in event.known_quotes],
        "url": event.get_absolute_url(),
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "date": report.edtf,
        "status": report.status,
        "stance": report.stance,
        "wording": report.exact,
        "derivation": report.derivation,
        "basis": report.read_from.as_data(),
        **_source(report),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "partial": quote.is_partial,
        "speaker": quote.speaker_name,
        "medium": quote.medium,
        "said_on": quote.said_on,
        **_source(quote),
    }


def _source(evidence: Report | Quote) -> dict[str, Any]:
    article = evidence.article
    return {
        "headline": article.headline,
        "outlet": article.outlet.name,
        "published": article.published,
        "article_url": article.web_url,
    }


def inert(value: object) -> object:
    """Return the value of a cell in which no spreadsheet finds a formula.

    An apostrophe makes it text (OWASP, “CSV injection”). A formula begins a cell, behind white
    space, signs and what is not seen too, or one that a spreadsheet makes of this: where the
    semicolon or the tab parts cells, as in half of Europe, a name within a list begins one, and so
    does each line. A cell that begins with a separator is text as well.
    """
    if not isinstance(value, str):
        return value
    pieces = _BREAKS.split(value)
    pieces[2::2] = [f"'{piece}" if _is_formula(piece) else piece for piece in pieces[2::2]]
    seen = (one for one in value if one in _SEPARATORS or not _is_unseen(one))
    is_parted = normalize("NFKC", next(seen, "")) in _SEPARATORS
    return ("'" if is_parted or _is_formula(pieces[0]) else "") + "".join(pieces)


def unmarked(text: str) -> str:
    """Return what `inert` was given, but for the apostrophe at the very beginning."""
    pieces = _BREAKS.split(text)
    pieces[2::2] = [_unmarked(piece) for piece in pieces[2::2]]
    return "".join(pieces)


def _unmarked(piece: str) -> str:
    return piece[1:] if piece.startswith("'") and _is_formula(piece[1:]) else piece


def _is_unseen(one: str) -> bool:
    """Whether a character leaves no mark: white space, controls, and what is drawn as nothing."""
    return category(one) in ("Zs", "Zl", "Zp", "Cf", "Cc", "Cn", "Co", "Mn", "Me") or one in _BLANK


def _is_formula(text: str) -> bool:
    """Whether the first of the signs that count stands before any word or number (UAX #15)."""
    for one in text:
        if not _SIGNS.isdisjoint(normalize("NFKC", one)):
            return True
        if not _is_unseen(one) and (category(one)[0] in "LNM" or one in _QUOTATION_MARKS):
            return False
    return False
