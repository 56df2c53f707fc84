"""The day in view on the pages of single records: `?known=2019-01-10`."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from timeline.models import Timeline
from timeline.selection import Selection


def day_in_view(request: HttpRequest, timeline: Timeline | None = None, *others: str) -> Selection:
    """Return the selection that holds the request's `known`, read in a timeline's zone.

    Of the other parameters it holds those named. Without a timeline the first published one says
    when a day ends; UTC where there is none.
    """
    query = QueryDict(mutable=True)
    for name in ("known", *others):
        query.setlist(name, request.GET.getlist(name))
    return Selection.parse(
        query, timeline or Timeline.objects.public().first() or Timeline(title="Dateline")
    )


def invalid_query(request: HttpRequest, selection: Selection) -> HttpResponse:
    """Say which day could not be read, beside its field."""
    return render(request, "timeline/invalid_query.html", {"selection": selection}, status=400)


def not_yet_reported(request: HttpRequest, selection: Selection, what: str) -> HttpResponse:
    """Say that nothing had been reported of a record by the day in view, and nothing more."""
    context = {
        "selection": selection,
        "known": selection.known,
        "what": what,
        "timeline": selection.timeline if selection.timeline.pk else None,
    }
    return render(request, "timeline/not_yet_reported.html", context, status=404)
