"""The page for an error of ours, which names the request so that a reader can report it."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def failure(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that asks neither the database nor the session for anything."""
    page = render_to_string("500.html", {"request_id": getattr(request, "id", "")})
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})
