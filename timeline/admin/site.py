"""The admin site under Dateline's name, with the desk's own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from timeline.middleware import password_user_of
from timeline.models import Article
from timeline.models.history import acting


class DatelineAdminSite(AdminSite):
    """Django's admin, titled for the editor, with what waits for review on its first page."""

    site_header = "Dateline"
    site_title = "Dateline desk"
    index_title = "The desk"
    empty_value_display = '<span class="none">–</span>'

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Let the history know who changes what at the desk."""

        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with acting(request.user if isinstance(request.user, User) else None):
                response: HttpResponse = view(request, *args, **kwargs)
                return response

        return super().admin_view(run, cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add how a date is understood, and the second step of signing in."""
        from timeline.admin.all_history import history
        from timeline.admin.date_fields import interpret
        from timeline.admin.two_factor import code, two_factor

        return [
            path(
                "r/<path:content_type_id>/<path:object_id>/",
                self.admin_view(view_on_site),
                name="view_on_site",
            ),
            path("history/", self.admin_view(history), name="history"),
            path("interpret/", self.admin_view(interpret), name="interpret"),
            path("login/code/", code, name="code"),
            path("two-factor/", two_factor, name="two_factor"),
            *super().get_urls(),
        ]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for the password, or send on to the second step whoever has given it."""
        from timeline.admin.two_factor import with_next

        half_signed_in = password_user_of(request).is_authenticated and request.user.is_anonymous
        if request.method == "GET" and half_signed_in:
            return redirect(with_next(request, "admin:code"))
        return super().login(request, extra_context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits and, below it, the records."""
        from timeline.admin.desk.home import home

        return super().index(request, {**home(request.user), **(extra_context or {})})


def view_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Lead from a record of Dateline to its public page."""
    from timeline.admin.records import is_key

    kinds = ContentType.objects.filter(app_label=Article._meta.app_label)
    is_ours = content_type_id.isdecimal() and is_key(content_type_id)
    if not (is_ours and kinds.filter(pk=content_type_id).exists()):
        raise Http404("There is no such kind of record.")
    if "\x00" in object_id or not is_key(object_id):
        raise Http404("There is no such record.")
    return shortcut(request, content_type_id, object_id)
