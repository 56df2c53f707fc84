"""The chart: its figures for the module that draws it, and the same figures as a table."""

from django.templatetags.static import static

from timeline import chart, dates
from timeline.models import Status
from timeline.selection import Findings
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


def figures(findings: Findings) -> dict:
    """Return what the chart's template needs, all of it from one density."""
    density = findings.density
    data = density.as_json()
    columns = [
        ("Earlier", density.earlier),
        *((one.label, one.counts) for one in density.bins),
        ("No date", density.undated),
    ]
    present = {marker for _, counts in columns for marker in counts}
    present |= {span.marker for span in density.spans}
    shapes = [(str(marker), STATUSES[marker]) for marker in STACK if marker in present]
    for span in data["spans"]:
        first, last = density.bins[span["first"]], density.bins[span["last"]]
        span["words"] = STATUSES[span["marker"]]
        span["label"] = f"{span['words']}, {first.label} to {last.label}"
    return {
        "chart": chart,
        "chart_fallback": static(chart.CHART_FALLBACK),
        "shapes": shapes,
        "figures": data
        | {"shapes": shapes, "now": _now(findings), "now_label": _now_label(findings)},
        "figure_columns": [words for _, words in shapes],
        "figure_rows": [
            (label, [counts.get(marker, 0) for marker, _ in shapes])
            for label, counts in columns
            if counts
        ],
    }


def _now(findings: Findings) -> int | None:
    """How many steps of the axis lie in the past on the day in view; None when it is off it."""
    day, density = findings.selection.day, findings.density
    steps = [one.edtf for one in density.bins]
    step = f"{day.year:04}" if density.unit == "year" else f"{day:%Y-%m}"
    return steps.index(step) + 1 if step in steps else None


def _now_label(findings: Findings) -> str:
    known = findings.selection.known
    return dates.words(known.isoformat()) if known else "Today"
