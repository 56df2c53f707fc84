"""Suggestions as records: list, correct, accept or reject many at once."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString

from timeline.admin.basis import EvidenceForm
from timeline.admin.deciding import accept, desk_url, reject
from timeline.admin.fields import DeskFields, WholeForm
from timeline.admin.shown import date_mark, status_mark
from timeline.models import AlreadyDecidedError, Suggestion


class SuggestionForm(EvidenceForm, WholeForm):
    """A suggestion with its evidence."""


@admin.register(Suggestion)
class SuggestionAdmin(DeskFields, admin.ModelAdmin):
    """What the extraction proposes; the review desk shows it beside its text."""

    form = SuggestionForm
    list_display = (
        "__str__",
        "state",
        "shown_date",
        "shown_status",
        "match",
        "article_cited",
    )
    list_filter = (
        "state",
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

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: suggestions come from reading an article."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:
        """Those who may, while the suggestion waits; a decision stands."""
        is_open = obj is None or obj.state == Suggestion.State.PENDING
        return is_open and super().has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Suggestion | None = None) -> list:
        """Show the fields of a report, or those of a quote."""
        if obj and obj.type == Suggestion.Type.QUOTE:
            what = ("text", "is_partial", ("speaker", "attribution"), "medium")
        else:
            what = ("title", "edtf", ("status", "stance", "kind"), "actors", "place")
        decided = ("state", "decided_by", "decided_at") if obj and obj.decided_at else ()
        return [
            (None, {"fields": what}),
            ("Into an existing event", {"fields": ("match", *(("why",) if obj.match else ()))}),
            ("Evidence", {"fields": ("article", "exact", "derivation", "basis", *decided)}),
        ]

    def get_form(self, request: HttpRequest, obj: Suggestion | None = None, **kwargs):
        """Ask for what a report or a quote cannot do without."""
        form = super().get_form(request, obj, **kwargs)
        for name in ("title", "status", "stance", "text"):
            if name in form.base_fields:
                form.base_fields[name].required = True
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Suggestion | None = None) -> tuple:
        """Leave where it was read as it is."""
        return ("article", "exact", "derivation", "why", "state", "decided_by", "decided_at")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        """Tell an editor who comes second; the decision that was taken stands."""
        if request.method == "POST" and super().has_change_permission(request):
            suggestion = self.get_object(request, unquote(object_id))
            if suggestion and suggestion.state != Suggestion.State.PENDING:
                said = suggestion.get_state_display().lower()
                message = f"Somebody was faster: “{suggestion}” is {said} already."
                self.message_user(request, message, messages.WARNING)
                return HttpResponseRedirect(request.path)
        return super().change_view(request, object_id, form_url, extra_context)

    def response_change(self, request: HttpRequest, obj: Suggestion) -> HttpResponse:
        """Do what the pressed button says with what was just saved, and go back to the desk."""
        if "_accept" in request.POST:
            accept(request, obj)
        elif "_merge" in request.POST and obj.match:
            accept(request, obj, obj.match)
        elif "_merge" in request.POST:
            self.message_user(request, "Choose the event to accept it into.", messages.WARNING)
            return HttpResponseRedirect(request.path)
        elif "_reject" in request.POST:
            reject(request, obj)
        else:
            return super().response_change(request, obj)
        return HttpResponseRedirect(desk_url(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Suggestion) -> HttpResponse:
        """Go back to the desk, where the suggestion stands in its text."""
        return HttpResponseRedirect(desk_url(obj, obj))

    @admin.action(description="Accept as new events or quotes", permissions=["change"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Accept each on its own: reports become new events, unpublished."""
        self._decide_all(request, queryset, lambda one: one.accept(by=request.user), "accepted")

    @admin.action(description="Accept into the matching events", permissions=["change"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Accept those that match an event into it; leave the others."""
        matched = queryset.filter(match__isnull=False)
        self._decide_all(
            request, matched, lambda one: one.accept(by=request.user, event=one.match), "accepted"
        )

    @admin.action(description="Reject", permissions=["change"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Reject each."""
        self._decide_all(request, queryset, lambda one: one.reject(by=request.user), "rejected")

    def _decide_all(self, request: HttpRequest, queryset: QuerySet, decide, done: str) -> None:
        counts = {done: 0, "already decided": 0}
        for suggestion in queryset.select_related("article", "match"):
            try:
                decide(suggestion)
                counts[done] += 1
            except AlreadyDecidedError:
                counts["already decided"] += 1
        said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        level = messages.SUCCESS if counts[done] else messages.WARNING
        self.message_user(request, f"{said or 'Nothing to decide'}.", level)

    @admin.display(description="date", ordering="edtf")
    def shown_date(self, suggestion: Suggestion) -> SafeString:
        """The date of a report."""
        return date_mark(suggestion.edtf) if suggestion.type == Suggestion.Type.REPORT else ""

    @admin.display(description="status", ordering="status")
    def shown_status(self, suggestion: Suggestion) -> SafeString:
        """The status of a report."""
        return status_mark(suggestion.status)

    @admin.display(description="article", ordering="article__published_at")
    def article_cited(self, suggestion: Suggestion) -> str:
        """The outlet and the day."""
        return suggestion.article.citation

    @admin.display(description="why this one")
    def why(self, suggestion: Suggestion) -> str:
        """The reasons of the match."""
        return " ".join(suggestion.reasons)
