"""A timeline: the list, the chart, the filters and the quotes of one selection."""

from dataclasses import replace

from django.db.models import Max, Min, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from timeline.exports import EXPORTS
from timeline.models import Event, Timeline
from timeline.presenters.chart import chart
from timeline.presenters.lanes import lanes
from timeline.presenters.sections import sections
from timeline.selection import Results, Selection
from timeline.selection.parse import SORTS, VIEWS
from timeline.views.fragments import HtmxHttpRequest, respond

# Options of a filter that stand open; the others are behind “more”.
FACET_SIZE = 8


@require_safe
def timeline(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Show a published timeline, or the part of it that the query string asks for."""
    found = get_object_or_404(Timeline.objects.public(), slug=slug)
    selection = Selection.parse(request.GET, found)
    results = Results(selection)
    context = {
        "timeline": found,
        "selection": selection,
        "results": results,
        "known": selection.known,
        "exports": [(reverse("export", args=[slug, name]), *EXPORTS[name][:2]) for name in EXPORTS],
        "filters": _filters(results),
        **_head(results),
        **_steps(results),
        **_list(results),
        **_urls(results),
        **chart(results),
    }
    status = 400 if selection.errors else 200
    response = respond(request, "timeline/timeline.html", context, status=status)
    if request.htmx and not selection.errors:
        response["HX-Push-Url"] = request.path + selection.url().removesuffix("?")
    return response


def _list(results: Results) -> dict:
    """The page of events in the view that is asked for, and the quotes beside it."""
    selection, events = results.selection, list(results.page.object_list)
    focused = results.focused or _most_quoted(events)
    quotes = [quote for event in events for quote in event.known_quotes]
    if results.focused:
        quotes += results.focused.known_quotes
    prefetch_related_objects(quotes, "speaker__roles")
    first_year = (results.known_days[0].day if results.known_days else selection.day).year
    newest = selection.sort == "newest"
    parts = sections(events, first_year, newest=newest)
    return {
        "sections": parts,
        "lanes": lanes(parts) if selection.view == "lanes" else None,
        "focused": focused,
    }


def _most_quoted(events: list[Event]) -> Event | None:
    """The event whose quotes stand beside the list before the reader has chosen one."""
    quoted = [event for event in events if event.known_quotes]
    return max(quoted, key=lambda event: len(event.known_quotes), default=None)


def _head(results: Results) -> dict:
    """What the head of the page says of the timeline on the day in view."""
    span = results.known_events.aggregate(first=Min("shown_earliest"), last=Max("shown_latest"))
    reached = [known_day for known_day in results.known_days if not known_day.is_later]
    return {"span": span, "last_known_day": reached[-1] if reached else None}


def _steps(results: Results) -> dict:
    """The stepper's known_day of the day in view and its neighbours; `strip_at` from 0 to 1."""
    known_days, known = results.known_days, results.selection.known
    reached = sum(not known_day.is_later for known_day in known_days)
    if not known:
        return {"earlier": known_days[-1] if known_days else None, "strip_at": 1}
    current = known_days[reached - 1] if reached else None
    return {
        "earlier": known_days[reached - 2] if reached > 1 else None,
        "current": current,
        "later": known_days[reached] if reached < len(known_days) else None,
        "strip_at": current.position if current else 0,
    }


def _filters(results: Results) -> list[dict]:
    """The facets with their errors, each with its first options and the rest.

    Where something could not be read, they count what the rest of the wish would leave.
    """
    errors = results.selection.errors
    if errors:
        results = Results(replace(results.selection, errors={}))
    return [
        {
            "parameter": facet.parameter,
            "legend": facet.legend,
            "error": errors.get(facet.parameter),
            "first": facet.options[:FACET_SIZE],
            "more": facet.options[FACET_SIZE:],
        }
        for facet in results.facets
        if facet.options or facet.parameter in errors
    ]


def _urls(results: Results) -> dict:
    """The same selection in another order, another view, on another page, or as of today."""
    selection, page = results.selection, results.page
    return {
        "now_url": selection.url(known=None, focus=None),
        "order_urls": {name: selection.url(sort=name) for name in SORTS},
        "view_urls": {name: selection.url(view=name) for name in VIEWS},
        "previous_url": selection.url(page=page.number - 1, focus=None),
        "next_url": selection.url(page=page.number + 1, focus=None),
    }
