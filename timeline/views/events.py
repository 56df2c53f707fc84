"""One event: its plan and outcome, its evidence, its quotes."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from timeline.models import Event, Timeline
from timeline.selection import Results
from timeline.views.known import day_in_view, invalid_query, not_yet_reported

# How many events before and after this one the page names.
NEIGHBOURS = 2


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published event, or what had been reported of it by `?known=`."""
    stored = get_object_or_404(Event.objects.public(), slug=slug)
    timeline, others = _timelines(stored, request.GET.get("timeline", ""))
    selection = day_in_view(request, timeline)
    if selection.errors:
        return invalid_query(request, selection)
    known, zone = selection.known, selection.zone
    public = Event.objects.public().as_known_on(known, zone)
    shown = public.filter(pk=stored.pk).with_details(known, zone).first()
    if not shown:
        return not_yet_reported(request, selection, "this event")
    prefetch_related_objects(shown.known_quotes, "speaker__roles")
    context = {
        "event": shown,
        "timeline": timeline,
        "others": others,
        "selection": selection,
        "known": known,
        "whole": public.filter(pk=shown.part_of_id).first(),
        "parts": public.filter(part_of=shown.pk).order_by("shown_day", "pk"),
        "neighbours": _neighbours(shown, Results(selection)) if timeline else [],
    }
    return render(request, "timeline/event.html", context)


def _timelines(event: Event, slug: str) -> tuple[Timeline | None, list[Timeline]]:
    """The timeline that led here, else the first by title, and the others the event stands in.

    An address outlives the timeline it came from: one that is not, or no longer, the event's is
    no error.
    """
    found = list(Timeline.objects.public().filter(events=event).order_by("title", "pk"))
    found.sort(key=lambda one: one.slug != slug)
    return (found[0] if found else None), found[1:]


def _neighbours(event: Event, results: Results) -> list[Event]:
    """The events that stand before and after this one on the timeline, itself among them."""
    if event.pk not in results.keys:
        return []
    at = results.keys.index(event.pk)
    keys = results.keys[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    found = results.known_events.in_bulk(keys)
    return [found[key] for key in keys]
