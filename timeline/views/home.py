"""The first page: the published timelines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.presenters.home import HomePage


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the published timelines with what each holds."""
    return render(request, "timeline/home.html", {"page": HomePage()})
