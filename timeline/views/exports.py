"""A timeline's selection as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from timeline.exports import EXPORTS
from timeline.models import Timeline
from timeline.selection import Results, SelectionForm
from timeline.views.conditional import conditional


@require_safe
@conditional
def export(request: HttpRequest, slug: str, format: str) -> HttpResponseBase:
    """Return the selection in a format of `EXPORTS`, or what is wrong with it as plain text."""
    timeline = get_object_or_404(Timeline.objects.public(), slug=slug)
    if format not in EXPORTS:
        raise Http404(f"There is no export “{format}”.")
    form = SelectionForm(request.GET, timeline)
    if not form.is_valid():
        told = "".join(f"{one.html_name}: {one.errors[0]}\n" for one in form.wrong_fields)
        return HttpResponse(told, status=400, content_type="text/plain; charset=utf-8")
    return EXPORTS[format].respond(Results(form.selection))
