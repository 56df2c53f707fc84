"""Publish and unpublish: in a list as actions and a column, on a record as buttons."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from timeline.admin.columns import public_mark, record_links
from timeline.admin.generics import ModelAdmin, Rows, editor_of
from timeline.admin.rights import may_hand_back, may_publish, who_may
from timeline.models import Report
from timeline.models.events import EventQuerySet
from timeline.models.publishable import Publishable, State, in_state

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


class StateFilter(admin.SimpleListFilter):
    """What may be published by itself, by how far it has come."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer the states."""
        return [(str(value), str(label)) for value, label in State.choices]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Narrow by the state."""
        value = self.value()
        return queryset.filter(in_state(value)) if value in State.values else queryset


class HandBackForm(forms.Form):
    """Why something is handed back to its editors."""

    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="For the desk, never public: what has to be done before it can be published.",
        error_messages={"required": "Say why, so that its editor knows what to do."},
    )


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
    """An admin of something that is handed in, published and withdrawn, each with its history."""

    actions: tuple[str, ...] = ("publish", "unpublish", "hand_in")

    def get_urls(self) -> list[Any]:
        """Add the page on which something is handed back."""
        name = self.opts.model_name
        view = self.admin_site.admin_view(self.hand_back_view)
        return [
            path("<int:pk>/hand-back/", view, name=f"timeline_{name}_hand_back"),
            *super().get_urls(),
        ]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Who may publish records of this kind, and withdraw them."""
        return may_publish(request.user, str(self.opts.model_name))

    def has_hand_in_permission(self, request: HttpRequest) -> bool:
        """Who may hand them in: whoever may change them."""
        return self.has_change_permission(request)

    @admin.display(description="public", ordering="is_published")
    def public(self, record: Publishable) -> SafeString:
        """Whether readers see it, and how much of it waits where the list counts that."""
        seen: bool = getattr(record, "seen", record.is_published)
        is_withdrawn = record.withdrawn_at is not None
        is_withdrawn |= getattr(record, "withdrawn_with_id", None) is not None
        waits = getattr(record, "waits", 0)
        is_withdrawn &= record.handed_in_at is None
        if record.state == State.IN_REVIEW and not seen:
            return SafeString('<span class="published published--review">In review</span>')
        return public_mark(seen, waits, is_withdrawn=is_withdrawn)

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

    @admin.action(
        description="Hand in for publication",
        description_plural="Hand in the selected %(verbose_name_plural)s for publication",
        permissions=["hand_in"],
        location=EVERYWHERE,
    )
    def hand_in(self, request: HttpRequest, queryset: Rows) -> None:
        """Ask a publisher to publish the records."""
        done = self.done_to(queryset, lambda record: record.hand_in(by=editor_of(request)))
        self._say(request, done[0], "handed in for publication", done[1])

    def hand_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why a record is handed back, and hand it back."""
        record: Publishable = get_object_or_404(self.model, pk=pk)
        if not may_hand_back(request.user, record):
            if record.state == State.IN_REVIEW or not self.has_change_permission(request):
                raise PermissionDenied
            self.message_user(request, "It is not in review any more.", messages.WARNING)
            return redirect(f"admin:timeline_{self.opts.model_name}_change", pk)
        form = HandBackForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            done = record.hand_back(editor_of(request), form.cleaned_data["reason"])
            said = "Handed back to the editors." if done else "It was not in review any more."
            self.message_user(request, said, messages.SUCCESS if done else messages.WARNING)
            return redirect(f"admin:timeline_{self.opts.model_name}_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Hand back “{record}”",
            "original": record,
            "form": form,
            "opts": self.opts,
        }
        status = 400 if form.is_bound else 200
        return TemplateResponse(request, "admin/timeline/hand_back.html", context, status=status)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Say who may publish it, or change it, where the reader of the page may not."""
        record = kwargs.get("obj")
        if record is not None:
            name, of_kind = self.opts.model_name, self.has_change_permission(request)
            right = f"{'publish' if of_kind else 'change'}_{name}"
            if not self.has_change_permission(request, record):
                context["who_may_change"] = who_may(right)
            elif not self.has_publish_permission(request):
                context["who_may_publish"] = who_may(right)
            context["may_hand_back"] = may_hand_back(request.user, record)
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
