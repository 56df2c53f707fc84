"""A timeline: the list, the chart, the filters and the quotes of one selection."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from timeline.models import Timeline
from timeline.presenters.timelines import TimelinePage
from timeline.selection import SelectionForm
from timeline.views.conditional import conditional
from timeline.views.fragments import HtmxHttpRequest, respond


@require_safe
@conditional
def timeline(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Show a published timeline, or the part of it that the query string asks for."""
    found = get_object_or_404(Timeline.objects.public(), slug=slug)
    form = SelectionForm(request.GET, found)
    url = form.selection.url() if form.is_valid() else None
    return respond(request, "timeline/timeline.html", TimelinePage(form), url=url)
