"""The history of all records at the desk, between two days, as a page and as a file."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst

from timeline.admin.lines import PAGE, shown_of
from timeline.admin.rights import kinds_seen
from timeline.exports.history import FORMATS
from timeline.models import Line
from timeline.models.history import Kept, LineQuerySet


class PeriodForm(forms.Form):
    """Which lines of the whole history are asked for."""

    start = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    end = forms.DateField(
        label="To, inclusive", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label="Records", required=False)

    def __init__(self, *args: Any, kinds: Sequence[type[Kept]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one._meta.label_lower, capfirst(one._meta.verbose_name_plural)) for one in kinds
        ]
        self.fields["kind"].choices = [("", "All"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for days in their order."""
        given = super().clean() or {}
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", "This day lies before the first one.")
        return given

    def narrow(self, lines: LineQuerySet) -> LineQuerySet:
        """Return the lines of the days and the kind that are asked for, on the desk's clock."""
        given, zone = self.cleaned_data, timezone.get_current_timezone()
        if start := given.get("start"):
            lines = lines.filter(at__gte=dt.datetime.combine(start, dt.time(), zone))
        if end := given.get("end"):
            lines = lines.filter(at__date__lte=end)
        return lines.filter(model=given["kind"]) if given.get("kind") else lines


def history(request: HttpRequest) -> HttpResponseBase:
    """Show the history of all records between two days, or hand it out as a file."""
    kinds = kinds_seen(request.user)
    if not kinds:
        raise PermissionDenied
    form = PeriodForm(request.GET, kinds=kinds)
    lines = Line.objects.about(kinds)
    is_right = form.is_valid()
    lines = form.narrow(lines) if is_right else lines.none()
    if is_right and request.GET.get("format") in FORMATS:
        return FORMATS[request.GET["format"]](lines, "history")
    page = Paginator(lines, PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": "History",
        "form": form,
        "page": page,
        "shown": [shown_of(line) for line in page],
        "is_nav_sidebar_enabled": False,
    }
    template = "admin/timeline/history.html"
    return TemplateResponse(request, template, context, status=200 if is_right else 400)
