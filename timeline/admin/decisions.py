"""The log of decisions: who decided what, with all that it changed, and Undo beside each."""

import csv
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from timeline.admin.desk.undo import changed_rows, may_undo, undo
from timeline.admin.generics import ModelAdmin, Rows
from timeline.admin.records import RecordAdmin
from timeline.exports.rows import inert
from timeline.models import Decision, Suggestion

MOST_EXPORTED = 50_000


class UndoneFilter(admin.SimpleListFilter):
    """Decisions by whether they stand."""

    title = "undone"
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer the answers."""
        return [("no", "Stands"), ("yes", "Undone")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Narrow by the answer."""
        if self.value() in ("yes", "no"):
            return queryset.filter(undone_at__isnull=self.value() == "no")
        return queryset


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    """Decisions: list, filter by person and day, undo, export. Nobody edits them."""

    list_display = ("what_was_decided", "by", "when", "about", "way_back")
    list_display_links = ("what_was_decided",)
    list_filter = (
        ("by", admin.RelatedOnlyFieldListFilter),
        "kind",
        UndoneFilter,
    )
    list_select_related = ("by", "undone_by", "article__outlet")
    search_fields = ("what", "reason", "article__headline")
    date_hierarchy = "made_at"
    list_per_page = 50
    actions = None
    change_list_template = "admin/timeline/decision/change_list.html"
    change_form_template = "admin/timeline/decision/change_form.html"

    def get_urls(self) -> list[Any]:
        """Add the way back, and the export."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/undo/", view(require_POST(self.undo_view)), name="undo"),
            path("export.csv", view(self.export_view), name="decisions_export"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Bring the suggestions along, whose types say who may undo."""
        types = Prefetch("suggestions", Suggestion.objects.only("type", "article"))
        return super().get_queryset(request).prefetch_related(types)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a decision is written by what it decides."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        """Nobody: a decision is undone, not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        """Nobody: the log stays whole."""
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Remember who looks, for the buttons hang on that."""
        found = super().get_changelist_instance(request)
        for decision in found.result_list:
            decision.seen_by = request.user
        return found

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Show what it made, changed and deleted."""
        decision: Decision = kwargs["obj"]
        context |= {
            "decision": decision,
            "rows": changed_rows(decision),
            "may_undo": may_undo(request.user, decision),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Undo one, and go back to where the button stood."""
        decision = get_object_or_404(Decision, pk=pk)
        if not may_undo(request.user, decision):
            raise PermissionDenied
        undo(request, decision)
        back = request.META.get("HTTP_REFERER", "")
        here = {request.get_host()}
        if url_has_allowed_host_and_scheme(back, here, require_https=request.is_secure()):
            return redirect(back)
        return redirect("admin:timeline_decision_changelist")

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The list as it is filtered, as CSV: a line a decision, the latest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        listed = self.listed(request)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="decisions.csv"'
        lines = csv.writer(response)
        lines.writerow(
            ("time", "editor", "decision", "about", "reason", "article", "undone", "undone by")
        )
        for one in listed[:MOST_EXPORTED]:
            lines.writerow([inert(value) for value in (
                timezone.localtime(one.made_at).isoformat(timespec="seconds"),
                str(one.by or ""),
                one.get_kind_display(),
                one.what,
                one.reason,
                str(one.article or ""),
                timezone.localtime(one.undone_at).isoformat(timespec="seconds")
                if one.undone_at else "",
                str(one.undone_by or ""),
            )])  # fmt: skip
        return response

    @admin.display(description="decision", ordering="kind")
    def what_was_decided(self, decision: Decision) -> SafeString:
        """What was decided about what, and why."""
        because = f" ({decision.reason})" if decision.reason else ""
        return format_html("{}{}", str(decision), because)

    @admin.display(description="when", ordering="made_at")
    def when(self, decision: Decision) -> str:
        """The day and the minute, on the desk's clock."""
        at = timezone.localtime(decision.made_at)
        return f"{at.day} {at:%b %Y, %H:%M}"

    @admin.display(description="article", ordering="article__published_at")
    def about(self, decision: Decision) -> SafeString | str | None:
        """The article, as the way to its review."""
        if decision.article is None:
            return None
        url = reverse("admin:review", args=[decision.article.pk])
        return format_html('<a href="{}">{}</a>', url, decision.article.citation)

    @admin.display(description="undo")
    def way_back(self, decision: Any) -> SafeString | str:
        """Who undid it; else the button."""
        if decision.undone_at:
            at = timezone.localtime(decision.undone_at)
            said = f"Undone by {decision.undone_by or 'somebody'}, {at.day} {at:%b, %H:%M}"
            return format_html('<span class="quiet">{}</span>', said)
        if not may_undo(decision.seen_by, decision):
            return ""
        # within the list's own form, which brings the token along
        return format_html(
            '<button class="button" formmethod="post" formaction="{}" aria-label="Undo: {}">Undo'
            "</button>",
            reverse("admin:undo", args=[decision.pk]),
            decision,
        )
