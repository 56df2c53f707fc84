"""Publish and unpublish: in a list as actions, on a record as buttons."""

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

EVERYWHERE = (ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM)


class PublishingAdmin(admin.ModelAdmin):
    """An admin of something with `publish(by)` and `unpublish(by)`, which write the history."""

    actions = ("publish", "unpublish")

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """Lead to the public page only where there is one."""
        return super().get_view_on_site_url(obj) if obj and obj.is_published else None

    @admin.action(
        description="Publish",
        description_plural="Publish the selected %(verbose_name_plural)s",
        permissions=["change"],
        location=EVERYWHERE,
    )
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Make the records public."""
        drafts = list(queryset.filter(is_published=False))
        for record in drafts:
            record.publish(by=request.user)
        self._say(request, len(drafts), "published")

    @admin.action(
        description="Unpublish",
        description_plural="Unpublish the selected %(verbose_name_plural)s",
        permissions=["change"],
        location=EVERYWHERE,
    )
    def unpublish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Take the records off the public pages."""
        public = list(queryset.filter(is_published=True))
        for record in public:
            record.unpublish(by=request.user)
        self._say(request, len(public), "taken off the public pages")

    def _say(self, request: HttpRequest, count: int, done: str) -> None:
        if not count:
            self.message_user(request, "Nothing to change.", messages.INFO)
            return
        names = ngettext(self.opts.verbose_name, self.opts.verbose_name_plural, count)
        self.message_user(request, f"{count} {names} {done}.", messages.SUCCESS)
