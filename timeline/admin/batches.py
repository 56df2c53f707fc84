"""Batches for editors: what was brought in together, and the way to each."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin.desk.batches import batch
from timeline.admin.generics import Listed, Rows
from timeline.admin.records import RecordAdmin
from timeline.models import Batch
from timeline.models.batches import in_words


@admin.register(Batch)
class BatchAdmin(RecordAdmin):
    """Batches: list, look at, delete; they are made by bringing articles in."""

    list_display = ("source_link", "progress", "state", "made_at", "made_by")
    list_display_links = None
    view_on_site = False
    list_filter = ("state",)
    search_fields = ("source",)
    list_select_related = ("made_by",)

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count the items in the same query."""
        rows: Any = super().get_queryset(request)
        counted: Rows = rows.with_counts()
        return counted

    def get_urls(self) -> list[Any]:
        """Add the page of a batch."""
        return [
            path("<int:pk>/", self.admin_site.admin_view(batch), name="batch"),
            *super().get_urls(),
        ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may bring articles in sees what became of them."""
        return request.user.has_perm("timeline.add_article")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A batch is made where articles are brought in."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A batch is changed on its own page."""
        return False

    @admin.display(description="brought in", ordering="source")
    def source_link(self, batch: Listed) -> SafeString:
        """What was brought in, as the way to its page."""
        return format_html('<a href="{}">{}</a>', batch.get_absolute_url(), batch)

    @admin.display(description="articles")
    def progress(self, batch: Listed) -> str:
        """How many of them are in which state."""
        return in_words(batch)
