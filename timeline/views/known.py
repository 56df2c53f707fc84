"""The two answers in place of a page as known on a day: no such day, and nothing reported yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.presenters.page import NotYetReportedPage
from timeline.selection import DayForm, DayInView


def invalid_query(request: HttpRequest, form: DayForm) -> HttpResponse:
    """Say which day could not be read, beside its field."""
    return render(request, "timeline/invalid_query.html", {"form": form}, status=400)


def not_yet_reported(request: HttpRequest, day: DayInView, what: str) -> HttpResponse:
    """Say that nothing had been reported of a record by the day in view, and nothing more."""
    page = NotYetReportedPage(day, what)
    return render(request, "timeline/not_yet_reported.html", {"page": page}, status=404)
