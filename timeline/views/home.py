"""The first page: the published timelines."""

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.models import Event, Report, Timeline


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the published timelines with what each holds."""
    events = Q(events__in=Event.objects.public())
    reports = Q(events__reports__in=Report.objects.public())
    timelines = Timeline.objects.public().annotate(
        event_count=Count("events", filter=events, distinct=True),
        article_count=Count("events__reports__article", filter=reports, distinct=True),
        first_day=Min("events__earliest", filter=events),
        last_day=Max("events__latest", filter=events),
        updated=Max("events__reports__article__published_on", filter=reports),
    )
    return render(request, "timeline/home.html", {"timelines": timelines})
