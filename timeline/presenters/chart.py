"""The chart: its figures for the module that draws it, and the same figures as a table."""

import datetime as dt

from django.conf import settings
from django.templatetags.static import static

from timeline.models import Status
from timeline.selection import Histogram, Results
from timeline.selection.histogram import HistogramSpan
from timeline.selection.parse import STATUSES

# The order of the stack, from what is sure at the bottom to what is not.
STACK = (
    Status.OCCURRED,
    Status.ONGOING,
    Status.PLANNED,
    Status.EXPECTED,
    Status.POSSIBLE,
    Status.POSTPONED,
    "unresolved",
    Status.CANCELLED,
)


def chart(results: Results) -> dict:
    """Return what the chart's template needs, all of it from one histogram."""
    histogram = results.histogram
    columns = [
        ("Earlier", histogram.earlier),
        *((one.label, one.counts) for one in histogram.bins),
        ("Later", histogram.later),
        ("No date", histogram.undated),
    ]
    present = {marker for _, counts in columns for marker in counts}
    present |= {span.marker for span in histogram.spans}
    shapes = [(str(marker), STATUSES[marker]) for marker in STACK if marker in present]
    rows = [
        (label, [counts.get(marker, 0) for marker, _ in shapes])
        for label, counts in columns
        if counts
    ]
    drawn = {"shapes": shapes, "ghosts": _ghosts(results), "now": _now(results)}
    return {
        "chart_url": settings.CHART_URL,
        "chart_integrity": settings.CHART_INTEGRITY,
        "chart_fallback": static(settings.CHART_FALLBACK),
        "shapes": shapes,
        "figures": histogram.as_json() | drawn,
        "figure_columns": [words for _, words in shapes],
        "figure_rows": rows,
        "figure_spans": [(span.title, _span_words(span, histogram)) for span in histogram.spans],
    }


def _span_words(span: HistogramSpan, histogram: Histogram) -> str:
    first, last = histogram.bins[span.first].label, histogram.bins[span.last].label
    window = first if first == last else f"{first} to {last}"
    return f"{STATUSES[span.marker]}, {window}"


def _now(results: Results) -> int | None:
    """How many steps of the axis lie in the past on the day in view; None when it is off it."""
    day, histogram = results.selection.day, results.histogram
    steps = [one.edtf for one in histogram.bins]
    step = f"{day.year:04}" if histogram.unit == "year" else f"{day:%Y-%m}"
    return steps.index(step) + 1 if step in steps else None


def _ghosts(results: Results) -> list[dict]:
    """The steps of the axis in which an event of this page was once planned, and is no longer."""
    steps = {one.edtf: number for number, one in enumerate(results.histogram.bins)}
    length = {"year": 4, "month": 7}[results.histogram.unit]
    ghosts = []
    for event in results.page.object_list:
        now = _step(event.shown_earliest, event.shown_latest, length)
        once = {_step(report.earliest, report.latest, length) for report in event.plan_steps}
        ghosts += [
            {"at": steps[step], "title": event.shown_title}
            for step in sorted(once - {now, None})
            if step in steps
        ]
    return ghosts


def _step(earliest: dt.date | None, latest: dt.date | None, length: int) -> str | None:
    """The one month or year that holds a whole date; None for a date that covers more."""
    if earliest is None or latest is None:
        return None
    first, last = earliest.isoformat()[:length], latest.isoformat()[:length]
    return first if first == last else None
