"""Events as files at the desk: download, upload, look at each change, bring in."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from timeline.admin.generics import AnyUser, File, Rows, editor_of
from timeline.admin.records import RecordAdmin
from timeline.admin.rights import may_import
from timeline.exchange.bringing import bring_in
from timeline.exchange.columns import Table
from timeline.exchange.faults import FileError
from timeline.exchange.files import MOST_BYTES, csv_lines, json_pieces, read_file
from timeline.exchange.plans import NEW, Plan
from timeline.exchange.records import exported
from timeline.models import Event, EventImport, Timeline
from timeline.models.events import EventQuerySet
from timeline.models.publishable import counted

_PER_PAGE = 25
_FORMATS = {
    "csv": ("text/csv; charset=utf-8", csv_lines),
    "json": ("application/json", json_pieces),
}
STATES = {
    "wrong": "Something is wrong",
    "new": "New drafts",
    "changed": "Changed",
    "same": "As they are",
}


class FileForm(forms.Form):
    """A file of events to look at; cleaned, it is what was read of it."""

    file = forms.FileField(
        label="CSV or JSON file",
        help_text=f"At most {MOST_BYTES / 1e6:.0f} MB. Nothing is stored before you have seen what "
        "it changes.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.json"}),
    )

    def clean_file(self) -> tuple[str, Table]:
        """Return the file's name and what it says.

        Raises ValidationError where it cannot be read at all.
        """
        file: File = self.cleaned_data["file"]
        try:
            # one byte more than is allowed says that it is too big
            table = read_file(file.read(MOST_BYTES + 1))
        except FileError as error:
            raise forms.ValidationError(str(error), "file") from error
        if not table.entries:
            raise forms.ValidationError("The file holds no events.", "file")
        return str(file.name), table


class AnswersForm(forms.Form):
    """What the file leaves open: how its numbers are read, and the timeline that it goes on."""

    day_first = forms.ChoiceField(
        required=False, widget=forms.RadioSelect, choices=(("yes", "day"), ("no", "month"))
    )
    timeline = forms.ModelChoiceField(
        Timeline.objects.all(), required=False, label="Put them on", empty_label="no timeline"
    )
    new_timeline = forms.CharField(
        required=False, max_length=200, label="or on a new one, called", strip=True
    )

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_timeline(self) -> str:
        """Refuse a new timeline of who may not make one."""
        title: str = self.cleaned_data["new_timeline"]
        if title and not self.user.has_perm("timeline.add_timeline"):
            raise forms.ValidationError("You may not add timelines.")
        return title

    def clean(self) -> dict[str, Any]:
        """Refuse two timelines."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("timeline") and data.get("new_timeline"):
            self.add_error("new_timeline", "Choose a timeline, or name a new one: not both.")
        return data


class ConfirmForm(forms.Form):
    """What readers are told of changes that they see, and which plan was looked at."""

    digest = forms.CharField(widget=forms.HiddenInput)
    correction = forms.CharField(
        label="Correction note",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Public, beside each of these events, with today’s day: what was wrong, and what "
        "is right now.",
    )

    def __init__(self, *args: Any, asks_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_note:
            del self.fields["correction"]


class ExchangeAdmin(RecordAdmin):
    """For the admin of events: its list as a file, and files into it."""

    actions: tuple[str, ...] = ("export_csv", "export_json")
    change_list_template = "admin/timeline/event/change_list.html"

    def get_urls(self) -> list[Any]:
        """Add the pages of files."""
        view = self.admin_site.admin_view
        return [
            path("export.<str:format>", view(self.export_view), name="events_export"),
            path("import/", view(self.upload_view), name="events_import"),
            path("import/<int:pk>/", view(self.import_view), name="event_import"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Say whether the editor may bring files in."""
        context = {"may_import": may_import(request.user), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.action(description="Download as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: Rows) -> HttpResponse:
        """The chosen events as CSV."""
        return self._download(request, queryset, "csv")

    @admin.action(description="Download as JSON", permissions=["view"])
    def export_json(self, request: HttpRequest, queryset: Rows) -> HttpResponse:
        """The chosen events as JSON."""
        return self._download(request, queryset, "json")

    def export_view(self, request: HttpRequest, format: str) -> HttpResponse:
        """The list as it is filtered, as a file."""
        if not self.has_view_permission(request) or format not in _FORMATS:
            raise PermissionDenied
        return self._download(request, self.listed(request), format)

    def _download(self, request: HttpRequest, listed: Rows, format: str) -> HttpResponse:
        """Stream events with their reports, drafts among them: the file says which."""
        if not request.user.has_perm("timeline.view_report"):
            raise PermissionDenied
        events: EventQuerySet = Event.objects.filter(pk__in=listed.order_by().values("pk"))
        content_type, pieces = _FORMATS[format]
        response: Any = StreamingHttpResponse(pieces(exported(events)), content_type=content_type)
        name = f"events-for-editors-{timezone.localdate()}.{format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        found: HttpResponse = response
        return found

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file, read it, and lead to what it would change."""
        _check_may(request.user)
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            name, table = form.cleaned_data["file"]
            may_make = request.user.has_perm("timeline.add_timeline")
            held = EventImport.objects.begin(
                editor_of(request),
                name,
                table.as_data(),
                new_timeline=table.title if may_make else "",
            )
            return redirect(held)
        context = self._context(request, "Import events") | {"form": form}
        status = 400 if form.is_bound else 200
        return TemplateResponse(request, "admin/timeline/event/import.html", context, status=status)

    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show each change and error of a file; take answers; bring it in."""
        _check_may(request.user)
        held = get_object_or_404(EventImport, pk=pk, made_by=editor_of(request))
        if not held.table:
            if request.method == "POST":
                messages.info(request, "This file has been brought in already.")
            return redirect("admin:timeline_event_changelist")
        answers = AnswersForm(request.POST or None, initial=_initial(held), user=request.user)
        if request.method == "POST" and answers.is_valid():
            _hold(held, answers.cleaned_data, request.POST)
            if request.POST.get("do") != "import":
                return redirect(f"{held.get_absolute_url()}?{request.GET.urlencode()}")
        plan = plan_of(held, editor_of(request))
        is_sent = request.POST.get("do") == "import" and answers.is_valid()
        confirm = ConfirmForm(request.POST if is_sent else None, asks_note=plan.corrects)
        if is_sent and confirm.is_valid() and plan.can_be_done:
            if confirm.cleaned_data["digest"] == plan.digest:
                return self._bring_in(request, held, plan, confirm)
            messages.warning(
                request,
                "Nothing was stored yet: what this file changes is not what you had seen, for an "
                "answer or a record has changed since. Look at it again.",
            )
        return self._show(request, held, plan, answers, confirm)

    def _bring_in(
        self, request: HttpRequest, held: EventImport, plan: Plan, confirm: ConfirmForm
    ) -> HttpResponse:
        counts = plan.counts
        decision = bring_in(
            plan,
            held.name,
            correction=confirm.cleaned_data.get("correction", ""),
            new_timeline=held.new_timeline,
        )
        held.finish(decision)
        done = counted(new_draft=counts["new"], changed_event=counts["changed"])
        messages.success(request, f"Imported {done} from {held.name}.")
        if decision is None:
            return redirect("admin:timeline_event_changelist")
        return redirect("admin:timeline_decision_change", decision.pk)

    def _show(
        self,
        request: HttpRequest,
        held: EventImport,
        plan: Plan,
        answers: AnswersForm,
        confirm: ConfirmForm,
    ) -> HttpResponse:
        counts = plan.counts
        shown = request.GET.get("show", "")
        if shown not in STATES:
            shown = next(state for state in STATES if counts[state] or state == "same")
        page = Paginator(plan.of_state(shown), _PER_PAGE).get_page(request.GET.get("page"))
        context = self._context(request, f"Import {held.name}") | {
            "held": held,
            "plan": plan,
            "counts": [(state, label, counts[state]) for state, label in STATES.items()],
            "shown": shown,
            "shown_label": STATES[shown],
            "page": page,
            "rows": page.object_list,
            "answers": answers,
            "confirm": confirm,
            "new": NEW,
            "done": counted(new_draft=counts["new"], changed_event=counts["changed"]),
            "query": urlencode({"show": shown, "page": page.number}),
        }
        wrong = (answers.is_bound and not answers.is_valid()) or bool(confirm.errors)
        template = "admin/timeline/event/import_review.html"
        return TemplateResponse(request, template, context, status=400 if wrong else 200)

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        context: dict[str, Any] = self.admin_site.each_context(request)
        return context | {"title": title, "opts": self.opts}


def _check_may(user: AnyUser) -> None:
    if not may_import(user):
        raise PermissionDenied


def plan_of(held: EventImport, by: Any) -> Plan:
    """Return what a file that is held would change now."""
    return Plan(
        Table.from_data(held.table),
        by,
        answers=held.answers,
        day_first=held.day_first,
        timeline=held.timeline,
        is_on_new_timeline=bool(held.new_timeline),
    )


def _initial(held: EventImport) -> dict[str, Any]:
    said = {True: "yes", False: "no", None: ""}[held.day_first]
    return {
        "day_first": said,
        "timeline": held.timeline_id,
        "new_timeline": held.new_timeline,
    }


def _hold(held: EventImport, cleaned: dict[str, Any], sent: QueryDict) -> None:
    """Keep the answers; those of rows on other pages stay."""
    if cleaned["day_first"]:
        held.day_first = cleaned["day_first"] == "yes"
    if "timeline" in sent:
        held.timeline, held.new_timeline = cleaned["timeline"], cleaned["new_timeline"]
    for name in sent:
        row = name.removeprefix("row-")
        if name != row and row.isdecimal() and len(row) < 9:
            held.answers[row] = str(sent[name])[:120]
    held.save(update_fields=["day_first", "timeline", "new_timeline", "answers"])
