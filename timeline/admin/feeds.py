"""Feeds for editors: follow one, see how it is doing, try it now, pause it, stop following."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from timeline.admin.fields import DeskFields
from timeline.admin.generics import Listed, Rows, editor_of
from timeline.admin.records import RecordAdmin
from timeline.models import Feed
from timeline.tasks import follow


class TroubleFilter(admin.SimpleListFilter):
    """Feeds by how they are doing."""

    title = "condition"
    parameter_name = "condition"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the conditions."""
        return [("error", "With an error"), ("well", "Well"), ("paused", "Paused")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Narrow by the condition."""
        narrowed = {
            "error": queryset.exclude(error=""),
            "well": queryset.filter(error="", is_paused=False),
            "paused": queryset.filter(is_paused=True),
        }
        return narrowed.get(self.value() or "", queryset)


@admin.register(Feed)
class FeedAdmin(DeskFields, RecordAdmin):
    """Feeds: whoever may bring articles in may follow them."""

    list_display = ("__str__", "outlet", "how")
    list_filter = (TroubleFilter,)
    list_select_related = ("outlet",)
    search_fields = ("title", "address", "outlet__name")
    fields = ("address", "title", "outlet")
    view_on_site = False
    actions = ("try_now", "pause", "go_on")
    change_form_template = "admin/timeline/feed/change_form.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may bring articles in."""
        return request.user.has_perm("timeline.add_article")

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may bring articles in."""
        return request.user.has_perm("timeline.add_article")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write who follows it; another address begins anew."""
        if not change:
            obj.made_by = editor_of(request)
        super().save_model(request, obj, form, change)
        if change and "address" in form.changed_data:
            obj.move()

    def response_add(
        self, request: HttpRequest, obj: Feed, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Read it once, so that its editor sees whether it is a feed."""
        return self._tried(request, obj)

    def response_change(self, request: HttpRequest, obj: Feed) -> HttpResponse:
        """Do what was asked for beside saving."""
        if "_try" in request.POST:
            return self._tried(request, obj)
        if "_pause" in request.POST:
            obj.pause()
        elif "_go_on" in request.POST:
            obj.go_on()
        else:
            return super().response_change(request, obj)
        obj.refresh_from_db()
        messages.success(request, f"{obj}: {obj.condition}")
        return redirect(obj.get_absolute_url())

    def _tried(self, request: HttpRequest, feed: Feed) -> HttpResponse:
        follow(feed)
        feed.refresh_from_db()
        level = messages.WARNING if feed.error else messages.SUCCESS
        messages.add_message(request, level, f"{feed}: {feed.condition}")
        return redirect(feed.get_absolute_url())

    @admin.action(description="Try the selected feeds now")
    def try_now(self, request: HttpRequest, feeds: Rows) -> None:
        """Let these be read as soon as feeds are read the next time, and not before."""
        feeds.update(next_at=None)
        messages.success(request, "They are read with the next run of `manage.py feeds`.")

    @admin.action(description="Pause the selected feeds")
    def pause(self, request: HttpRequest, feeds: Rows) -> None:
        """Do not read these until they go on."""
        for feed in feeds:
            feed.pause()

    @admin.action(description="Go on with the selected feeds")
    def go_on(self, request: HttpRequest, feeds: Rows) -> None:
        """Read these again."""
        for feed in feeds:
            feed.go_on()

    @admin.display(description="condition")
    def how(self, feed: Listed) -> str:
        """What happened, what was kept, what comes next."""
        return str(feed.condition)
