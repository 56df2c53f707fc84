"""Publish and unpublish: in a list as actions and a column, on a record as buttons."""

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from timeline.admin.shown import public_mark

EVERYWHERE = (ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM)


class PublicFilter(admin.SimpleListFilter):
    """Records on which others hang, by what readers see: of a list with `seen` and `waits`."""

    title = "what readers see"
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """Offer the states."""
        return [("yes", "Public"), ("partly", "Public, something waits"), ("no", "Waits")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Narrow by the state."""
        conditions = {"yes": Q(seen=True), "partly": Q(seen=True, waits__gt=0), "no": Q(seen=False)}
        return queryset.filter(conditions.get(self.value(), Q()))


class PublishingAdmin(admin.ModelAdmin):
    """An admin of something with `publish(by)` and `unpublish(by)`, which write the history."""

    actions = ("publish", "unpublish")

    @admin.display(description="public", ordering="is_published")
    def public(self, record: models.Model) -> SafeString:
        """Whether readers see it, and how much of it waits where the list counts that."""
        seen = getattr(record, "seen", record.is_published)
        return public_mark(seen, getattr(record, "waits", 0))

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """Lead to the public page only where there is one."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    @admin.action(
        description="Publish",
        description_plural="Publish the selected %(verbose_name_plural)s",
        permissions=["change"],
        location=EVERYWHERE,
    )
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Make the records public, with what waits on them."""
        done = [record.publish(by=request.user) for record in queryset]
        self._say(request, sum(done), "published")

    @admin.action(
        description="Unpublish",
        description_plural="Unpublish the selected %(verbose_name_plural)s",
        permissions=["change"],
        location=EVERYWHERE,
    )
    def unpublish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Take the records off the public pages, with what hangs on them."""
        done = [record.unpublish(by=request.user) for record in queryset]
        self._say(request, sum(done), "taken off the public pages")

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Take what hangs on the record off the public pages with it."""
        obj.unpublish(by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Take what hangs on the records off the public pages with them."""
        for record in queryset:
            record.unpublish(by=request.user)
        super().delete_queryset(request, queryset)

    def _say(self, request: HttpRequest, count: int, done: str) -> None:
        if not count:
            self.message_user(request, "Nothing to change.", messages.INFO)
            return
        names = ngettext(self.opts.verbose_name, self.opts.verbose_name_plural, count)
        self.message_user(request, f"{count} {names} {done}.", messages.SUCCESS)
