"""Pages and their fragments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request that went through django-htmx's middleware."""

    htmx: HtmxDetails


def respond(
    request: HtmxHttpRequest, page: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return the page, or its partial `view` alone when htmx is to swap it.

    The name of the partial is ours, never the client's. A boosted navigation and a restored
    history entry need the whole page.
    """
    is_swap = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    template = f"{page}#view" if is_swap else page
    response = render(request, template, context | {"is_fragment": is_swap}, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
