"""Who said what, for editors."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest

from timeline.admin.basis import EvidenceForm
from timeline.admin.columns import AdriftFilter
from timeline.admin.fields import DeskFields
from timeline.admin.generics import Listed, Rows
from timeline.admin.publishable import PublishableAdmin, StateFilter
from timeline.admin.records import RecordAdmin
from timeline.models import Quote


class QuoteForm(EvidenceForm):
    """A quote says whose words it holds."""

    def clean(self) -> dict[str, Any]:
        """Ask for a speaker, or for whom the article names."""
        super().clean()
        given = self.cleaned_data
        if not given.get("speaker") and not given.get("attribution"):
            self.add_error("attribution", "Choose a speaker, or say whom the article names.")
        return given


@admin.register(Quote)
class QuoteAdmin(DeskFields, PublishableAdmin, RecordAdmin):
    """Quotes, with the events that they bear on: list, search, edit, publish."""

    form = QuoteForm
    list_display = (
        "said",
        "speaker_name",
        "medium",
        "extent",
        "article_cited",
        "bears_on",
        "public",
    )
    list_filter = (
        StateFilter,
        "is_published",
        "is_partial",
        AdriftFilter,
        ("speaker", admin.RelatedOnlyFieldListFilter),
        "article__outlet",
    )
    list_select_related = ("speaker", "article__outlet")
    search_fields = ("text", "speaker__name", "speaker__aliases__name", "attribution")
    date_hierarchy = "article__published_on"
    autocomplete_fields = ("article", "speaker", "events")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("text", "is_partial", "speaker", "attribution", "medium", "said_on")}),
        ("What it bears on", {"fields": ("events",)}),
        (
            "Evidence",
            {"fields": ("article", "exact", ("prefix", "suffix"), ("start", "end"), "basis")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count the events in the same query."""
        rows: Rows = super().get_queryset(request).annotate(event_count=Count("events"))
        return rows

    @admin.display(description="quote", ordering="text")
    def said(self, quote: Quote) -> str:
        """The words, short enough for a list."""
        return f"“{quote.text[:90]}{'…' if len(quote.text) > 90 else ''}”"

    @admin.display(description="speaker", ordering="speaker__name")
    def speaker_name(self, quote: Quote) -> str:
        """The actor, or who the article says it was."""
        return quote.speaker_name

    @admin.display(description="extent", ordering="is_partial")
    def extent(self, quote: Quote) -> str:
        """Whether the article has a whole utterance or a part."""
        return "partial" if quote.is_partial else "whole"

    @admin.display(description="article", ordering="article__published_at")
    def article_cited(self, quote: Quote) -> str:
        """The outlet and the day."""
        return quote.article.citation

    @admin.display(description="events", ordering="event_count")
    def bears_on(self, quote: Listed) -> int:
        """How many events it bears on; it is published with one of them, or by itself."""
        return int(quote.event_count)
