"""TimelineJS's JSON: a slide an event, as known on the day in view.

https://timeline.knightlab.com/docs/json-format.html
"""

from html import escape
from typing import Any

from django.http import StreamingHttpResponse

from timeline import dates
from timeline.dates import known_bounds
from timeline.exports.streams import json_object
from timeline.models import Event
from timeline.selection import Results

# What a slide says beside as our own, under “dateline”, for TimelineJS has no such columns.
OWN = ("slug", "title", "edtf", "status", "summary")


def as_timelinejs(results: Results) -> StreamingHttpResponse:
    """Return the selection as TimelineJS draws it; events without a date have no place there."""
    selection = results.selection
    timeline = selection.timeline
    slides = (_slide(event) for event in results.events if any(known_bounds(event.shown_edtf)))
    title = {"text": {"headline": escape(timeline.title), "text": _html(timeline.standfirst)}}
    parts = json_object({"title": title}, "events", slides)
    answer = StreamingHttpResponse(parts, content_type="application/json")
    name = f"{timeline.slug}-timelinejs.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _slide(event: Event) -> dict[str, Any]:
    own = {
        "slug": event.slug,
        "title": event.shown_title,
        "edtf": event.shown_edtf,
        "status": event.shown_status,
        "summary": event.shown_summary,
    }
    return as_slide(event.shown_edtf) | {
        "unique_id": event.slug,
        "text": {"headline": escape(event.shown_title), "text": _html(event.shown_summary)},
        "group": event.get_kind_display(),
        "dateline": own,
    }


def _html(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def as_slide(edtf: str) -> dict[str, Any]:
    """Return the dates of a slide, and the words for what these cannot say."""
    first, slash, last = edtf.partition("/")
    sides = [_numbers(first), _numbers(last or first)]
    if not all(sides):
        bounds = dates.bounds(edtf)
        known = [bounds.earliest or bounds.latest, bounds.latest or bounds.earliest]
        sides = [[day.year, day.month, day.day] for day in known if day]
    said: dict[str, Any] = {"start_date": _parts(sides[0])}
    if slash or sides[1] != sides[0]:
        said["end_date"] = _parts(sides[1])
    return said | {"display_date": dates.words(edtf)}


def _numbers(side: str) -> list[int]:
    """Return the numbers of a date that is a day, a month or a year; none of another."""
    numbers = side.split("-")
    if not all(number.isdecimal() for number in numbers) or (
        len(numbers) > 1 and not 1 <= int(numbers[1]) <= 12
    ):
        return []
    return [int(number) for number in numbers]


def _parts(numbers: list[int]) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), numbers, strict=False))
