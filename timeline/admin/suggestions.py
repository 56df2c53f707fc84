"""Suggestions as records: list, correct, accept or reject many at once."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.safestring import SafeString

from timeline.admin.basis import EvidenceForm
from timeline.admin.clashes import trying_twice
from timeline.admin.columns import date_mark, status_mark
from timeline.admin.desk.actions import (
    Batch,
    accept,
    clear_links,
    desk_url,
    may,
    offered_links,
    reject,
)
from timeline.admin.desk.explanation import explanation
from timeline.admin.fields import DeskFields
from timeline.admin.generics import ModelAdmin, ModelForm, Rows
from timeline.admin.records import RecordAdmin
from timeline.models import Suggestion
from timeline.models.merge_checks import is_open_choice
from timeline.models.name_links import NameLink, NameRole


class UnlikelyFilter(admin.SimpleListFilter):
    """Suggestions by whether the desk folds them."""

    title = "less likely"
    parameter_name = "unlikely"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer the less likely ones and the others."""
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow to the one or the other."""
        narrowed = {"yes": queryset.unlikely, "no": queryset.likely}
        return narrowed.get(self.value() or "", queryset.all)()


@admin.register(Suggestion)
class SuggestionAdmin(DeskFields, RecordAdmin):
    """What the extraction proposes; the review desk shows it beside its text."""

    form = EvidenceForm
    list_display = (
        "__str__",
        "state",
        "shown_date",
        "shown_status",
        "shown_grade",
        "match",
        "article_cited",
    )
    list_filter = (
        "state",
        UnlikelyFilter,
        "type",
        "status",
        "kind",
        ("match", admin.EmptyFieldListFilter),
        ("article__outlet", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("article__outlet", "match")
    search_fields = ("title", "text", "speaker", "attribution", "exact", "article__headline")
    date_hierarchy = "article__published_on"
    ordering = ("-article__published_at", "start", "pk")
    autocomplete_fields = ("match",)
    actions = ("accept_selected", "merge_selected", "reject_selected")
    change_form_template = "admin/timeline/suggestion/change_form.html"
    list_per_page = 50

    def get_urls(self) -> list[Any]:
        """Add the page that explains a suggestion."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/explanation/", view(explanation), name="explanation"),
            *super().get_urls(),
        ]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Remember who looks, for what accepting makes hangs on that."""
        found: Any = super().get_object(request, object_id, from_field)
        if found is not None:
            found.seen_by = request.user
        return found

    def save_changed(self, request: HttpRequest, record: Any, columns: Collection[str]) -> None:
        """Forget why the suggestion was matched with an event, once it is matched with another."""
        record.save(update_fields=[*columns, *record.forget_match(columns)])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: suggestions come from reading an article."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:
        """Those who may, while the suggestion waits; a decision stands."""
        is_open = obj is None or obj.state == Suggestion.State.PENDING
        return is_open and super().has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Suggestion | None = None) -> list[Any]:
        """Show the fields of a report, or those of a quote."""
        if obj and obj.type == Suggestion.Type.QUOTE:
            what: tuple[Any, ...] = (
                "text",
                "is_partial",
                ("speaker", "attribution"),
                "medium",
                "records",
            )
        else:
            what = ("title", "edtf", ("status", "stance", "kind"), "actors", "place", "records")
        decided = ("state", "decided_by", "decided_at") if obj and obj.decided_at else ()
        return [
            (None, {"fields": what}),
            (
                "Into an existing event",
                {"fields": ("match", *(("why",) if obj and obj.match else ()))},
            ),
            ("Evidence", {"fields": ("article", "exact", "derivation", "basis", *decided)}),
        ]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Ask for what a report or a quote cannot do without."""
        form = super().get_form(request, obj, change, **kwargs)
        for name in ("title", "status", "stance", "text"):
            if name in form.base_fields:
                form.base_fields[name].required = True
        return form

    def get_readonly_fields(
        self, request: HttpRequest, obj: Suggestion | None = None
    ) -> tuple[Any, ...]:
        """Leave where it was read as it is."""
        decided = ("state", "decided_by", "decided_at")
        return ("article", "exact", "derivation", "records", "why", *decided)

    @trying_twice
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Keep others from the suggestion while the form is dealt with; tell who comes second."""
        if request.method != "POST" or not super().has_change_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            suggestion = self.get_object(request, unquote(object_id))
            assert suggestion is None or isinstance(suggestion, Suggestion)
            if suggestion and suggestion.state != Suggestion.State.PENDING:
                said = suggestion.get_state_display().lower()
                message = f"Somebody was faster: “{suggestion}” is {said} already."
                self.message_user(request, message, messages.WARNING)
                return HttpResponseRedirect(request.path)
            return super().change_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Offer the decisions that the editor may take, the match only where it fits."""
        if suggestion := kwargs.get("obj"):
            may_merge = may(request.user, "merge", suggestion.type)
            objections = suggestion.merge_objections()
            context |= {
                "may_accept": may(request.user, "accept", suggestion.type),
                "may_merge": may_merge,
                "objections": objections,
                "is_open_choice": is_open_choice(objections),
                "is_merged_first": bool(suggestion.match) and may_merge and not objections,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Suggestion) -> HttpResponse:
        """Do what the pressed button says with what was just saved, and go back to the desk."""
        do = next((do for do in ("accept", "merge", "reject") if f"_{do}" in request.POST), "")
        if not may(request.user, do, obj.type):
            raise PermissionDenied  # which takes back what was saved
        if do == "accept":
            accept(request, obj)
        elif do == "merge" and obj.match:
            accept(request, obj, obj.match)
        elif do == "merge":
            self.message_user(request, "Choose the event to accept it into.", messages.WARNING)
            return HttpResponseRedirect(request.path)
        elif do == "reject":
            reject(request, obj)
        else:
            return super().response_change(request, obj)
        return HttpResponseRedirect(desk_url(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go back to the desk, where the suggestion stands in its text."""
        return HttpResponseRedirect(desk_url(obj, obj))

    @admin.action(description="Accept as new events or quotes", permissions=["accept"])
    def accept_selected(self, request: HttpRequest, queryset: Rows) -> None:
        """Accept each on its own: reports become new events, unpublished.

        Left is what an editor has to choose of, for a new event may be as wrong as the merge.
        """
        batch = Batch(request)
        for suggestion in batch.fresh(queryset):
            if is_open_choice(objections := suggestion.merge_objections()):
                batch.leave(suggestion, objections)
            else:
                batch.accept(suggestion)
        batch.say("accepted")

    @admin.action(description="Accept into the matching events", permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: Rows) -> None:
        """Accept those that match an event into it; leave those that something speaks against."""
        batch = Batch(request)
        for suggestion in batch.fresh(queryset.filter(match__isnull=False)):
            if suggestion.match is None:
                batch.leave(suggestion, ["The event that it matched has been deleted."])
            elif objections := suggestion.merge_objections():
                batch.leave(suggestion, objections)
            else:
                batch.accept(suggestion, suggestion.match)
        batch.say("accepted")

    @admin.action(description="Reject", permissions=["change"])
    def reject_selected(self, request: HttpRequest, queryset: Rows) -> None:
        """Reject each."""
        batch = Batch(request)
        for suggestion in batch.fresh(queryset):
            batch.reject(suggestion)
        batch.say("rejected")

    def has_accept_permission(self, request: HttpRequest) -> bool:
        """Who may make events and quotes of suggestions."""
        return may(request.user, "accept", *Suggestion.Type.values)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Who may add to events."""
        return may(request.user, "merge", *Suggestion.Type.values)

    @admin.display(description="date", ordering="edtf")
    def shown_date(self, suggestion: Suggestion) -> SafeString:
        """The date of a report."""
        is_report = suggestion.type == Suggestion.Type.REPORT
        return date_mark(suggestion.edtf) if is_report else SafeString("")

    @admin.display(description="status", ordering="status")
    def shown_status(self, suggestion: Suggestion) -> SafeString:
        """The status of a report."""
        return status_mark(suggestion.status)

    @admin.display(description="grade", ordering=F("grade").asc(nulls_first=True))
    def shown_grade(self, suggestion: Suggestion) -> str | None:
        """How much an editor would want the event, from 0 to 1."""
        return None if suggestion.grade is None else f"{suggestion.grade:.2f}"

    @admin.display(description="article", ordering="article__published_at")
    def article_cited(self, suggestion: Suggestion) -> str:
        """The outlet and the day."""
        return suggestion.article.citation

    @admin.display(description="why this one")
    def why(self, suggestion: Suggestion) -> str:
        """The reasons of the match."""
        return " ".join((*suggestion.reasons, *suggestion.merge_objections()))

    @admin.display(description="becomes")
    def records(self, suggestion: Any) -> str:
        """The records that accepting links the names to, as they are saved now."""
        if suggestion.state != Suggestion.State.PENDING:
            return "–"
        links = offered_links([suggestion])[0]
        clear = clear_links(suggestion.seen_by, links)
        becomes = (f"{link.said}: {_becomes(link, is_clear=link in clear)}" for link in links)
        return "; ".join(becomes) or "–"


def _becomes(link: NameLink, *, is_clear: bool) -> str:
    if link.is_ambiguous:
        return f"left open, for {len(link.bearers)} bear the name"
    if link.record:
        return str(link.record)
    if link.names_place:
        return "left out, for it names a place; the review desk can make it a person"
    if not is_clear:
        return "left out, for no record bears the name and you may not make one"
    return f"a new {'place' if link.role == NameRole.PLACE else link.kind}"
