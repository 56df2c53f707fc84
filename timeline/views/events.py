"""One event: its plan and outcome, its evidence, its quotes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from timeline.models import Event, Timeline
from timeline.presenters.events import EventPage
from timeline.selection import EventForm
from timeline.views.known import invalid_query, not_yet_reported


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published event, or what had been reported of it by `?known=`."""
    stored = get_object_or_404(Event.objects.public(), slug=slug)
    timelines = Timeline.objects.public().filter(events=stored).order_by("title", "pk")
    form = EventForm(request.GET, list(timelines))
    if not form.is_valid():
        return invalid_query(request, form)
    page = EventPage(form.day_in_view, stored, form)
    if not page.event:
        return not_yet_reported(request, page.day, "this event")
    return render(request, "timeline/event.html", {"page": page})
