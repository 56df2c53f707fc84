"""The first page: the published timelines."""

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.models import Timeline


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the published timelines with what each holds."""
    public = Q(events__is_published=True)
    timelines = Timeline.objects.published().annotate(
        event_count=Count("events", filter=public, distinct=True),
        article_count=Count("events__reports__article", filter=public, distinct=True),
        first_day=Min("events__earliest", filter=public),
        last_day=Max("events__latest", filter=public),
        updated=Max("events__reports__article__published_on", filter=public),
    )
    return render(request, "timeline/home.html", {"timelines": timelines})
