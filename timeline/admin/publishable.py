"""Publish and unpublish: in a list as actions and a column, on a record as buttons."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from timeline.admin.columns import public_mark, record_links
from timeline.admin.generics import ModelAdmin, Rows, editor_of
from timeline.admin.rights import may_publish, who_may
from timeline.models import Report
from timeline.models.events import EventQuerySet
from timeline.models.publishable import Publishable

EVERYWHERE = (ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM)


class PublicFilter(admin.SimpleListFilter):
    """Records on which others hang, by what readers see: of a list with `seen` and `waits`."""

    title = "what readers see"
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer the states."""
        return [("yes", "Public"), ("partly", "Public, something waits"), ("no", "Waits")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Narrow by the state."""
        conditions = {"yes": Q(seen=True), "partly": Q(seen=True, waits__gt=0), "no": Q(seen=False)}
        return queryset.filter(conditions.get(self.value() or "", Q()))


def warn_of_unreported(request: HttpRequest, events: EventQuerySet) -> None:
    """Name those of the published events that readers see no report of, and which they see."""
    unreported = events.unreported()
    seen = events.public().values("pk")
    for words, left in (
        (
            "Public without a report that readers see: {}. Unpublish what nothing bears out.",
            unreported.filter(pk__in=seen),
        ),
        ("Not public until a report of it is: {}.", unreported.exclude(pk__in=seen)),
    ):
        if links := record_links(left):
            messages.warning(request, format_html(words, links))


class RetractableAdmin(ModelAdmin):
    """An admin of something with `retract(by)`, which deletes it with what it had changed."""

    def delete_model(self, request: HttpRequest, obj: Publishable | Report) -> None:
        """Take back what hangs on the record with it."""
        obj.retract(by=editor_of(request))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Rows) -> None:
        """Take back what hangs on the records with them; say how many others had deleted."""
        records = list(queryset)
        done, _ = self.done_to(records, lambda record: record.retract(by=editor_of(request)))
        self._say_gone(request, len(records) - done)

    def response_action(self, request: HttpRequest, queryset: Rows, *args: Any, **kw: Any) -> Any:
        """Run an action; say how many of the chosen records others had deleted before."""
        chosen = {key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if key.isdecimal()}
        if chosen and request.POST.get("select_across", "0") == "0":
            left = self.model.objects.filter(pk__in=chosen).count()
            self._say_gone(request, len({int(key) for key in chosen}) - left)
        return super().response_action(request, queryset, *args, **kw)

    def done_to(self, records: Iterable[Any], do: Callable[[Any], object]) -> tuple[int, int]:
        """Do it to each record; return of how many something changed, and how many were gone."""
        done = gone = 0
        for record in records:
            try:
                done += bool(do(record))
            except self.model.DoesNotExist:  # somebody deleted it since the list was read
                gone += 1
        return done, gone

    def _say_gone(self, request: HttpRequest, count: int) -> None:
        if count:
            message = f"{count} {self._named(count)} had been deleted already by somebody else."
            self.message_user(request, message, messages.WARNING)

    def _named(self, count: int) -> str:
        return ngettext(str(self.opts.verbose_name), str(self.opts.verbose_name_plural), count)


class PublishableAdmin(RetractableAdmin):
    """An admin of something with `publish(by)` and `unpublish(by)`, which write the history."""

    actions: tuple[str, ...] = ("publish", "unpublish")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Who may publish records of this kind, and withdraw them."""
        return may_publish(request.user, str(self.opts.model_name))

    @admin.display(description="public", ordering="is_published")
    def public(self, record: Publishable) -> SafeString:
        """Whether readers see it, and how much of it waits where the list counts that."""
        seen: bool = getattr(record, "seen", record.is_published)
        is_withdrawn = record.withdrawn_at is not None
        is_withdrawn |= getattr(record, "withdrawn_with_id", None) is not None
        return public_mark(seen, getattr(record, "waits", 0), is_withdrawn=is_withdrawn)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Lead to the public page only where there is one."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    @admin.action(
        description="Publish",
        description_plural="Publish the selected %(verbose_name_plural)s",
        permissions=["publish"],
        location=EVERYWHERE,
    )
    def publish(self, request: HttpRequest, queryset: Rows) -> None:
        """Make the records public, with what waits on them."""
        count, gone = self.put_on(request, queryset)
        self._say(request, count, "published", gone)

    @admin.action(
        description="Unpublish",
        description_plural="Unpublish the selected %(verbose_name_plural)s",
        permissions=["publish"],
        location=EVERYWHERE,
    )
    def unpublish(self, request: HttpRequest, queryset: Rows) -> None:
        """Withdraw the records, with what hangs on them."""
        count, gone = self.take_off(request, queryset)
        self._say(request, count, "withdrawn: not public", gone)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Say who may publish it, where the reader of the page may not."""
        if kwargs.get("obj") is not None and not self.has_publish_permission(request):
            context["who_may_publish"] = who_may(f"publish_{self.opts.model_name}")
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete as Django does; say so where somebody else did it at the same moment."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except self.model.DoesNotExist:
            name = self.opts.verbose_name
            self.message_user(request, f"This {name} has been deleted already.", messages.WARNING)
            return redirect(f"admin:timeline_{self.opts.model_name}_changelist")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take what hangs on the record off the public pages with it."""
        self.lock_for_deletion([obj.pk])
        self.model.objects.get(pk=obj.pk)
        self.take_off(request, [obj])
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Rows) -> None:
        """Take what hangs on the records off the public pages with them."""
        keys = list(queryset.order_by().values_list("pk", flat=True))
        self.lock_for_deletion(keys)
        chosen = self.model.objects.filter(pk__in=keys)
        self.take_off(request, chosen)
        left = chosen.all()
        self._say_gone(request, len(keys) - len(left))
        super().delete_queryset(request, left)

    def put_on(self, request: HttpRequest, records: Iterable[Publishable]) -> tuple[int, int]:
        """Publish records; return as `done_to` does."""
        return self.done_to(records, lambda record: record.publish(by=editor_of(request)))

    def take_off(self, request: HttpRequest, records: Iterable[Publishable]) -> tuple[int, int]:
        """Take records off the public pages; return as `done_to` does."""
        return self.done_to(records, lambda record: record.unpublish(by=editor_of(request)))

    def lock_for_deletion(self, keys: Collection[int]) -> None:
        """Keep from others what must not be tied to these records while they are deleted."""

    def _say(self, request: HttpRequest, count: int, done: str, gone: int) -> None:
        self._say_gone(request, gone)
        if count:
            message = f"{count} {self._named(count)} {done}."
            self.message_user(request, message, messages.SUCCESS)
        elif not gone:
            self.message_user(request, "Nothing to change.", messages.INFO)
