"""Reports for editors: what each article says of each event, corrected or taken back."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from timeline.admin.basis import EvidenceForm
from timeline.admin.columns import AdriftFilter, DatedColumns, public_mark
from timeline.admin.fields import DeskFields
from timeline.admin.generics import Rows
from timeline.admin.publishable import RetractableAdmin, warn_of_unreported
from timeline.admin.records import RecordAdmin, is_key
from timeline.models import Event, Report


@admin.register(Report)
class ReportAdmin(DatedColumns, DeskFields, RetractableAdmin, RecordAdmin):
    """What each article says of each event."""

    form = EvidenceForm
    list_display = (
        "event",
        "shown_date",
        "shown_status",
        "stance",
        "article_cited",
        "exact",
        "public",
    )
    list_filter = (
        "is_published",
        "stance",
        "status",
        AdriftFilter,
        ("article__outlet", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("event", "article__outlet")
    search_fields = ("event__title", "title", "article__headline", "exact")
    date_hierarchy = "article__published_on"
    autocomplete_fields = ("article", "event")
    readonly_fields = ("derivation",)
    list_per_page = 50
    fieldsets = (
        (None, {"fields": (("event", "article"), "title", "edtf", ("status", "stance"))}),
        ("Evidence", {"fields": ("exact", "derivation", "basis", ("start", "end"))}),
    )

    def lock_before(self, request: HttpRequest, record: Any) -> None:
        """Lock the events first, as all do who change what an event takes from its reports."""
        sent = request.POST.get("event", "")
        record.lock_events(*([int(sent)] if sent.isdecimal() and is_key(sent) else []))

    def save_changed(self, request: HttpRequest, record: Any, columns: Collection[str]) -> None:
        """Let the events follow what was corrected; say which is left without a report."""
        events = list(Report.objects.filter(pk=record.pk).values_list("event", flat=True))
        super().save_changed(request, record, columns)
        if {"event", "article"} & set(columns):
            warn_of_unreported(request, Event.objects.filter(pk__in=events))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the report; say so where its event is left without one."""
        super().delete_model(request, obj)
        warn_of_unreported(request, Event.objects.filter(pk=obj.event_id))

    def delete_queryset(self, request: HttpRequest, queryset: Rows) -> None:
        """Delete the reports; name the events that are left without one."""
        events = list(queryset.values_list("event", flat=True))
        super().delete_queryset(request, queryset)
        warn_of_unreported(request, Event.objects.filter(pk__in=events))

    @admin.display(description="article", ordering="article__published_at")
    def article_cited(self, report: Report) -> str:
        """The outlet and the day."""
        return report.article.citation

    @admin.display(description="public", ordering="is_published")
    def public(self, report: Report) -> SafeString:
        """Whether readers see it, or whether it waits for its event or article."""
        is_withdrawn = report.article.withdrawn_at is not None
        return public_mark(report.is_public, is_withdrawn=is_withdrawn)
