"""Readers' remarks for editors: the queue, the page of one, its answer, and setting it aside."""

from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from timeline.admin.clashes import trying_twice
from timeline.admin.desk.undo import may_undo
from timeline.admin.generics import Listed, ModelChoiceField, editor_of
from timeline.admin.records import RecordAdmin, is_key
from timeline.admin.rights import may_answer, may_note, who_may
from timeline.models import Correction, Event, NotDecidedError, Remark
from timeline.models.events import EventQuerySet

_SENDER = "sender_named"
_PRIVATE = ("name", "email", "sender")  # what tells who wrote it


class NoteField(ModelChoiceField):
    """The public event on which an answer is shown; none for an answer that stays at the desk."""

    def __init__(self, events: EventQuerySet) -> None:
        super().__init__(
            events,
            label="Where readers see it",
            required=False,
            empty_label="Nowhere: for the desk alone",
            error_messages={"invalid_choice": "Readers do not see this event any more."},
        )

    def label_from_instance(self, event: Event) -> str:
        """Say that it becomes a correction note there."""
        return f"As a correction note on “{event}”"


class AnswerForm(forms.Form):
    """The answer to a remark, and whether readers see it."""

    reply = forms.CharField(
        label="Answer",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write an answer, or set the remark aside."},
    )

    def __init__(self, remark: Remark, data: Any, *, is_noted: bool) -> None:
        super().__init__(data, label_suffix="")
        events = remark.noted_events()
        self.fields["on"] = NoteField(events)
        if not (is_noted and events.exists()):
            del self.fields["on"]


@admin.register(Remark)
class RemarkAdmin(RecordAdmin):
    """Remarks: list, look at, answer, set aside, delete. They are written by readers alone."""

    list_display = ("what_was_said", "about_what", _SENDER, "sent_at", "state")
    list_display_links = None
    list_filter = ("state",)
    list_select_related = ("event", "article__outlet")
    search_fields = ("text", "about", "name", "email", "reply")
    date_hierarchy = "sent_at"
    view_on_site = False

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Name a reader to those who may answer alone."""
        shown = [str(one) for one in super().get_list_display(request)]
        return shown if may_answer(request.user) else [one for one in shown if one != _SENDER]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Find by name and address for those who are shown them."""
        found = [str(one) for one in super().get_search_fields(request)]
        return found if may_answer(request.user) else [one for one in found if one not in _PRIVATE]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Narrow the list by name and address for those who are shown them."""
        is_private = lookup.partition("__")[0] in _PRIVATE
        is_allowed: bool = super().lookup_allowed(lookup, value, request)
        return is_allowed and (not is_private or may_answer(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody at the desk."""
        return False

    @trying_twice
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a remark with what it is about, and take what an editor decides."""
        remark = self._found(request, object_id)
        data = request.POST if request.method == "POST" else None
        form = AnswerForm(remark, data, is_noted=may_note(request.user))
        if data is not None and not may_answer(request.user):
            raise PermissionDenied
        if data is None or (data.get("do") != "set-aside" and not form.is_valid()):
            return self._page(request, remark, form)
        try:
            if data.get("do") == "set-aside":
                remark.set_aside(by=editor_of(request))
            else:
                given = form.cleaned_data
                remark.answer(given["reply"], editor_of(request), given.get("on"))
        except NotDecidedError as error:
            messages.warning(request, str(error))
            return self._page(request, self._found(request, object_id), form)
        link = format_html('<a href="{}">{}</a>', remark.get_absolute_url(), remark)
        messages.success(request, format_html("{}: {}.", remark.get_state_display(), link))
        return redirect(f"{reverse('admin:index')}#remarks")

    def _found(self, request: HttpRequest, object_id: str) -> Remark:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not (object_id.isdecimal() and is_key(object_id)):
            raise Http404("There is no such remark.")
        remarks = Remark.objects.select_related("event", "article__outlet", "correction__event")
        return get_object_or_404(remarks.select_related("decided_by"), pk=object_id)

    def _page(self, request: HttpRequest, remark: Remark, form: AnswerForm) -> HttpResponse:
        decision = remark.decision
        context = {
            **self.admin_site.each_context(request),
            "title": remark,
            "remark": remark,
            "form": form,
            "may_answer": may_answer(request.user),
            "who_may_answer": who_may("change_remark"),
            "decision": decision,
            "may_undo": decision and may_undo(request.user, decision),
            "corrections": _other_corrections(remark),
            "mail": _mail(remark) if may_answer(request.user) else "",
            "opts": self.opts,
        }
        status = 400 if form.errors and remark.waits else 200
        template = "admin/timeline/remark/change_form.html"
        return TemplateResponse(request, template, context, status=status)

    @admin.display(description="remark", ordering="text")
    def what_was_said(self, remark: Listed) -> SafeString:
        """The beginning of it, as the way to its page."""
        said = Truncator(remark.text).chars(120)
        return format_html('<a href="{}"><bdi>{}</bdi></a>', remark.get_absolute_url(), said)

    @admin.display(description="about")
    def about_what(self, remark: Listed) -> str:
        """The event or the article."""
        return str(remark.called)

    @admin.display(description="from", ordering="name")
    def sender_named(self, remark: Listed) -> str:
        """The name that the reader gave."""
        return remark.name or "A reader"


def _other_corrections(remark: Remark) -> list[Correction]:
    """What readers are told of its event beside the answer."""
    notes = remark.event.corrections.all() if remark.event else ()
    return [one for one in notes if one.pk != remark.correction_id]


def _mail(remark: Remark) -> str:
    """Return a link that begins a letter to who sent the remark; empty without an address."""
    if not remark.email:
        return ""
    said = {"subject": f"Your remark on “{remark.about}”", "body": remark.reply}
    asked = urlencode({name: words for name, words in said.items() if words}, quote_via=quote)
    return f"mailto:{quote(remark.email, safe='@')}?{asked}"
