"""Pages and their fragments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from timeline.presenters.page import Page


class HtmxHttpRequest(HttpRequest):
    """A request that went through django-htmx's middleware."""

    htmx: HtmxDetails


def respond(
    request: HtmxHttpRequest, template: str, page: Page, *, url: str | None
) -> HttpResponse:
    """Return the page, or its partial `view` alone when htmx is to swap it.

    `url` is the query string that the page bears from now on; None where it could not be read,
    which is 400. The name of the partial is ours, never the client's. A boosted navigation and a
    restored history entry need the whole page.
    """
    is_swap = bool(
        request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    )
    context = {"page": page, "is_fragment": is_swap}
    name = f"{template}#view" if is_swap else template
    response = render(request, name, context, status=400 if url is None else 200)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    if request.htmx and url is not None:
        response["HX-Push-Url"] = request.path + url.removesuffix("?")
    return response
