"""The admin site under Dateline's name, with the desk's own pages."""

from django.contrib.admin import AdminSite
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

from timeline.models import Article, Suggestion


class DatelineAdminSite(AdminSite):
    """Django's admin, titled for the editor, with what waits for review on its first page."""

    site_header = "Dateline"
    site_title = "Dateline desk"
    index_title = "The desk"

    def get_urls(self) -> list:
        """Add the endpoint that says how a date is understood."""
        from timeline.admin.fields import interpret

        return [
            path("interpret/", self.admin_view(interpret), name="interpret"),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Show the records and, to those who may see them, the articles that wait."""
        waiting = []
        if request.user.has_perms(("timeline.view_suggestion", "timeline.view_article")):
            open_suggestions = Q(suggestions__state=Suggestion.State.PENDING)
            waiting = (
                Article.objects.select_related("outlet")
                .annotate(
                    open_count=Count("suggestions", open_suggestions),
                    suggestion_count=Count("suggestions"),
                )
                .filter(open_count__gt=0)
                .latest_first()[:10]
            )
        return super().index(request, {"waiting": waiting, **(extra_context or {})})
