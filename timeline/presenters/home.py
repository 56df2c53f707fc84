"""The first page: the published timelines."""

from functools import cached_property

from django.db.models import Count, Max, Min, Q, QuerySet

from timeline.models import Event, Report, Timeline
from timeline.presenters.page import Page


class HomePage(Page):
    """The published timelines with what each holds."""

    @cached_property
    def timelines(self) -> QuerySet[Timeline]:
        """The timelines, each with its numbers of events and articles, its years, its newest."""
        events = Q(events__in=Event.objects.public())
        reports = Q(events__reports__in=Report.objects.public())
        timelines: QuerySet[Timeline] = Timeline.objects.public().annotate(
            event_count=Count("events", filter=events, distinct=True),
            article_count=Count("events__reports__article", filter=reports, distinct=True),
            first_day=Min("events__earliest", filter=events),
            last_day=Max("events__latest", filter=events),
            updated=Max("events__reports__article__published_on", filter=reports),
        )
        return timelines
