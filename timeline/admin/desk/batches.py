"""The page of a batch: how far its reading is, what became of each article, and what is asked."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from timeline.admin.desk.left_open import AnswerForm
from timeline.admin.generics import editor_of
from timeline.drafting import begin
from timeline.models import Batch, BatchItem
from timeline.models.batches import in_words
from timeline.tasks import go_on, read_item

SHOWN = 50  # items of a page
State = BatchItem.State
# What an editor has to do comes first.
_ORDER = (State.ASKED, State.FAILED, State.NEW, State.KNOWN, State.WAITING)


class StateForm(forms.Form):
    """Which items are looked at."""

    state = forms.ChoiceField(choices=State, required=False)
    page = forms.IntegerField(min_value=1, required=False)


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch, and do what an editor asks for: read on, stop, go on, or take an answer."""
    if not request.user.has_perm("timeline.add_article"):
        raise PermissionDenied
    found = get_object_or_404(Batch.objects.with_counts(), pk=pk)
    if request.method != "POST":
        return _page(request, found)
    do = ACTIONS.get(request.POST.get("do", ""))
    if do is None:
        messages.error(request, "Nothing was done: choose one of the buttons.")
        return _page(request, found, status=400)
    return do(request, found)


def _page(
    request: HttpRequest, found: Batch, status: int = 200, answered: AnswerForm | None = None
) -> HttpResponse:
    """Show the whole page, or what changes of it while it is read."""
    form = StateForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"state": "", "page": None}
    items = found.items.light().select_related("article__outlet").defer("raw", "article__body")
    if asked["state"]:
        items = items.filter(state=asked["state"])
    ranks = [When(state=state, then=Value(rank)) for rank, state in enumerate(_ORDER)]
    rank = Case(*ranks, output_field=IntegerField())
    page = Paginator(items.order_by(rank, "number"), SHOWN).get_page(asked["page"] or 1)
    context = {
        **admin.site.each_context(request),
        "title": f"Brought in: {found}",
        "batch": found,
        "words": in_words(found),
        "done": found.items_all - found.items_waiting,  # type: ignore[attr-defined]  # counted
        "counts": [(state, state.label, getattr(found, f"items_{state}")) for state in _ORDER],
        "state": asked["state"],
        "page": page,
        "rows": [(item, _form_of(item, answered)) for item in page],
        "is_read_here": found.is_unfinished and not settings.WORKER,
        "opts": Batch._meta,
    }
    template = "admin/timeline/batch/batch.html"
    if getattr(request, "htmx", False):
        template += "#update"
    return TemplateResponse(request, template, context, status=status)


def _form_of(item: BatchItem, answered: AnswerForm | None) -> AnswerForm | None:
    """The fields of what an item leaves open, with what was wrong with an answer to it."""
    if item.state != State.ASKED:
        return None
    if answered and answered.item.pk == item.pk:
        return answered
    return AnswerForm(item)


def _read(request: HttpRequest, found: Batch) -> HttpResponse:
    """Read the next ones, where no worker does."""
    if not settings.WORKER and found.is_unfinished:
        go_on(found)
    if getattr(request, "htmx", False):
        return _page(request, Batch.objects.with_counts().get(pk=found.pk))
    return redirect(request.get_full_path())


def _stop(request: HttpRequest, found: Batch) -> HttpResponse:
    if found.stop():
        messages.success(request, "Stopped. What has been read stays; the rest waits for you.")
    return redirect(request.get_full_path())


def _resume(request: HttpRequest, found: Batch) -> HttpResponse:
    if found.resume(with_failed="again" in request.POST):
        go_on(found)
    else:
        messages.info(request, "There is nothing left to read.")
    return redirect(request.get_full_path())


def _answer(request: HttpRequest, found: Batch) -> HttpResponse:
    """Take what an editor tells of an article, and bring it in with that."""
    key = request.POST.get("item", "")
    key = key if key.isdecimal() and len(key) < 19 else "0"
    item = get_object_or_404(found.items, pk=key)
    if item.state != State.ASKED:
        messages.info(request, f"{item}: it was answered already.")
        return redirect(request.get_full_path())
    form = AnswerForm(item, request.POST)
    if not form.is_valid():
        return _page(request, found, status=400, answered=form)
    item.answer(form.told())
    read_item(item)
    found.finish()
    level = messages.SUCCESS if item.state in (State.NEW, State.KNOWN) else messages.WARNING
    messages.add_message(request, level, f"“{item.article or item}”: {item.said}")
    return redirect(request.get_full_path())


def _draft(request: HttpRequest, found: Batch) -> HttpResponse:
    """Make a draft of what came in, and go on to its title and topic."""
    if not request.user.has_perm("timeline.add_draft"):
        raise PermissionDenied
    draft = begin(found.articles.exclude(body=""), editor_of(request))
    messages.success(request, "The draft is ranked. Give it a title, and words of its topic.")
    return redirect("admin:timeline_draft_change", draft.pk)


ACTIONS: dict[str, Callable[[HttpRequest, Batch], HttpResponse]] = {
    "read": _read,
    "stop": _stop,
    "resume": _resume,
    "answer": _answer,
    "draft": _draft,
}
