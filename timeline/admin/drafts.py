"""Drafts for editors: gather articles, decide candidates, publish what was accepted."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin.desk.draft_articles import draft_articles
from timeline.admin.desk.draft_publish import draft_publish
from timeline.admin.desk.drafts import draft
from timeline.admin.fields import DeskFields
from timeline.admin.generics import Listed, Rows, editor_of
from timeline.admin.records import RecordAdmin
from timeline.models import Draft


@admin.register(Draft)
class DraftAdmin(DeskFields, RecordAdmin):
    """Drafts: list, begin, decide."""

    list_display = ("title_link", "article_count", "progress", "made_at", "made_by")
    list_display_links = None
    search_fields = ("title", "about")
    fields = ("title", "about", "timeline")  # how many to see is set beside the candidates
    autocomplete_fields: ClassVar = ("timeline",)

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count in the same query."""
        rows: Any = super().get_queryset(request)
        counted: Rows = rows.with_counts()
        return counted

    def get_urls(self) -> list[Any]:
        """Add the pages of a draft's candidates, its articles and its end."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/candidates/", view(draft), name="draft"),
            path("<int:pk>/articles/", view(draft_articles), name="draft_articles"),
            path("<int:pk>/publish/", view(draft_publish), name="draft_publish"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write who began it."""
        if not change:
            obj.made_by = editor_of(request)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Draft, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Go on to its articles, which a new draft lacks."""
        if "_save" in request.POST:
            return redirect("admin:draft_articles", obj.pk)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Draft) -> HttpResponse:
        """Go back to its candidates, from where its title and topic are set."""
        if "_save" in request.POST:
            return redirect(obj)
        return super().response_change(request, obj)

    @admin.display(description="draft", ordering="title")
    def title_link(self, draft: Listed) -> SafeString:
        """The title, as the way to its candidates."""
        return format_html('<a href="{}">{}</a>', draft.get_absolute_url(), draft)

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, draft: Listed) -> int:
        """How many articles it gathers."""
        return int(draft.article_count)

    @admin.display(description="candidates")
    def progress(self, draft: Listed) -> str:
        """How many of those above the line are decided."""
        if not draft.candidate_count:
            return "not ranked"
        return f"{draft.decided_count} decided, {draft.to_go_count} to go"
