"""How a suggestion was read: each verdict of the extraction with its rule and its words."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from timeline.models import Status, Suggestion
from timeline.proposals import explain

STATUSES = dict(Status.choices)  # in the words of the desk


@require_safe
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a suggestion is decided when its article is read now."""
    if not request.user.has_perms(("timeline.view_suggestion", "timeline.view_article")):
        raise PermissionDenied
    suggestion = get_object_or_404(Suggestion.objects.select_related("article__outlet"), pk=pk)
    context = {
        **admin.site.each_context(request),
        "title": "How this was read",
        "suggestion": suggestion,
        "verdicts": [
            verdict._replace(value=STATUSES.get(verdict.value, verdict.value))
            if verdict.of == "status"
            else verdict
            for verdict in explain(suggestion)
        ],
        "opts": Suggestion._meta,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/timeline/suggestion/explanation.html", context)
