"""Timelines for editors: a title, a choice of events, and whether readers see it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.safestring import SafeString

from timeline.admin.columns import list_link
from timeline.admin.fields import DeskFields
from timeline.admin.generics import Listed, Rows
from timeline.admin.publishable import PublishableAdmin, StateFilter
from timeline.admin.records import RecordAdmin
from timeline.models import Event, Timeline


@admin.register(Timeline)
class TimelineAdmin(DeskFields, PublishableAdmin, RecordAdmin):
    """Timelines: choose the events, publish."""

    list_display = ("title", "event_count", "public_count", "time_zone", "public")
    list_filter = (StateFilter,)
    search_fields = ("title", "standfirst")
    prepopulated_fields: ClassVar = {"slug": ("title",)}
    fields = ("title", "slug", "standfirst", "time_zone", "events")
    filter_horizontal = ("events",)

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count the events in the same query."""
        public = Q(events__in=Event.objects.public())
        rows: Rows = (
            super()
            .get_queryset(request)
            .annotate(chosen=Count("events"), public_chosen=Count("events", filter=public))
        )
        return rows

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Say above the form what the editor should look at."""
        timeline = kwargs.get("obj")
        context["warnings"] = [timeline.warning] if timeline and timeline.warning else []
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="events", ordering="chosen")
    def event_count(self, timeline: Listed) -> SafeString:
        """How many events were chosen."""
        return list_link("event", timeline.chosen, timelines__id__exact=timeline.pk)

    @admin.display(description="of these public", ordering="public_chosen")
    def public_count(self, timeline: Listed) -> int:
        """How many of them readers see."""
        return int(timeline.public_chosen)
