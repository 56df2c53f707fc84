"""The history of a record at the desk: what was changed to what, the way back, and the export."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import Truncator

from timeline.admin.clashes import trying_twice
from timeline.admin.generics import ModelAdmin, editor_of
from timeline.admin.lines import changes_of, history_url, page_of, shown_of
from timeline.admin.rights import kinds_seen, may_change_public, may_revert
from timeline.exports.history import FORMATS
from timeline.models import Correction, Event, Line
from timeline.models.history import Kept
from timeline.models.reverting import NotRevertedError, WayBack, revert

FEW = 20  # records changed in the same strokes that the page of a way back names


class RevertForm(forms.Form):
    """What readers of an event are told of its way back."""

    # The last line that its editor has looked at
    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1, required=False
    )
    correction = forms.CharField(
        label="Correction note",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Public, with today’s day: what was wrong, and what is right now.",
        error_messages={
            "required": "Readers see this event: say in a correction note what was wrong."
        },
    )

    def __init__(self, *args: Any, asks_note: bool, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_note:
            del self.fields["correction"]
        elif not needs_note:
            self.fields["correction"].required = False
            self.fields["correction"].label = "Correction note, if it was wrong"


class KeptAdmin(ModelAdmin):
    """An admin whose records have a history, and may be changed as its readers are concerned."""

    def get_urls(self) -> list[Any]:
        """Add the export and the way back where changes are kept as data."""
        if not issubclass(self.model, Kept):
            return super().get_urls()
        view, name = self.admin_site.admin_view, self.opts.model_name
        return [
            path(
                "<int:pk>/history/export.<slug:form>/",
                view(self.history_export_view),
                name=f"timeline_{name}_history_export",
            ),
            path(
                "<int:pk>/history/<int:line>/revert/",
                view(self.revert_view),
                name=f"timeline_{name}_revert",
            ),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may; what readers see, those who may publish it."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_change_public(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may; what readers see, those who may publish it."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or may_change_public(request.user, obj))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what was changed to what, with the sentences of the log."""
        if not issubclass(self.model, Kept):
            return super().history_view(request, object_id, extra_context)
        record: Any = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        seen = Line.objects.around(record).about(kinds_seen(request.user))
        page, shown = page_of(record, seen, request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of “{Truncator(str(record)).chars(80)}”",
            "original": record,
            "page": page,
            "shown": shown,
            "may_change": self.has_change_permission(request, record),
            "revert_url": f"admin:timeline_{self.opts.model_name}_revert",
            "export_url": f"admin:timeline_{self.opts.model_name}_history_export",
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/timeline/record_history.html", context)

    def history_export_view(self, request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
        """Hand out the history of one record, and of what is part of it, as a file."""
        record = get_object_or_404(self.model, pk=pk)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        if form not in FORMATS:
            raise Http404("There is no such format.")
        lines = Line.objects.around(record).about(kinds_seen(request.user))
        return FORMATS[form](lines, f"{self.opts.model_name}-{pk}-history")

    @trying_twice
    def revert_view(self, request: HttpRequest, pk: int, line: int) -> HttpResponse:
        """Show what reverting changes, and what was changed since; sent, do it."""
        record: Any = get_object_or_404(self.model, pk=pk)
        at = get_object_or_404(Line.objects.around(record), pk=line)
        is_sent = request.method == "POST"
        is_before = (request.POST if is_sent else request.GET).get("to") != "at"
        way = WayBack(record, at, is_before)
        if not self.has_change_permission(request, record) or not may_revert(request.user, way):
            raise PermissionDenied
        is_seen = isinstance(record, Event) and record.is_published
        form = RevertForm(
            request.POST if is_sent else None,
            asks_note=is_seen,
            needs_note=is_seen and not may_change_public(request.user, record),
        )
        if is_sent and form.is_valid() and self._revert(request, way, form):
            return redirect(f"admin:timeline_{self.opts.model_name}_history", pk)
        return self._ask(request, way, form)

    def _revert(self, request: HttpRequest, way: WayBack, form: RevertForm) -> bool:
        """Bring the record back, with its note; False, with the reason in the form, if refused."""
        by, given = editor_of(request), form.cleaned_data
        try:
            with transaction.atomic():
                revert(way.kept, way.line, by, before=way.before, seen=given["seen"] or 0)
                if (note := given.get("correction")) and isinstance(way.kept, Event):
                    Correction.objects.note(way.kept, note, by=by)
        except NotRevertedError as refusal:
            form.add_error(None, f"Not reverted: {refusal}")
            return False
        messages.success(request, "Reverted. It is a new line of the history.")
        return True

    def _ask(self, request: HttpRequest, way: WayBack, form: RevertForm) -> HttpResponse:
        last = Line.objects.around(way.kept).first()
        beside = [(shown_of(one), history_url(one)) for one in way.beside[:FEW]]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Revert “{Truncator(str(way.kept)).chars(80)}”",
            "original": way.kept,
            "way": way,
            "rows": list(changes_of(way)),
            "since": [shown_of(one, way.kept) for one in way.lines.exclude(pk=way.line.pk)],
            "beside": beside,
            "form": form,
            "seen": last.pk if last else 0,
            "opts": self.opts,
        }
        status = 400 if form.is_bound else 200
        template = "admin/timeline/revert.html"
        return TemplateResponse(request, template, context, status=status)
