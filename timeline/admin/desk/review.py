"""The review desk: one article's text, and beside each paragraph what was read in it."""

from collections.abc import Collection

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from timeline.admin.desk.actions import (
    accept,
    clear_links,
    correct,
    desk_url,
    may,
    next_open,
    offered_links,
    reject,
    reopen,
    split,
)
from timeline.admin.desk.answers import is_htmx, redirect_to
from timeline.admin.desk.by_hand import mark_by_hand
from timeline.admin.desk.editing import EditForm, edit_form
from timeline.admin.desk.name_forms import NameForms
from timeline.admin.desk.page import page_context
from timeline.admin.desk.undo import may_undo, undo
from timeline.admin.generics import editor_of
from timeline.admin.rights import may_edit_suggestion
from timeline.ingest import UnreadableError, suggest_anew
from timeline.matching import match_anew, rematch
from timeline.models import Article, Decision, Event, Report, Suggestion
from timeline.models.publishable import counted

DECISIONS = ("accept", "merge", "reject", "reopen", "edit", "split")
LONGEST_REASON = 300  # characters
PAGE = "admin/timeline/article/review.html"
MOST_DIGITS = 18  # of a key that a database can hold


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the desk for one article, or take a decision and go on to the next suggestion."""
    if not request.user.has_perms(("timeline.view_suggestion", "timeline.view_article")):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    if request.method == "POST":
        return _decide(request, article)
    target, at = request.headers.get("HX-Target", ""), _number(request.GET.get("at", ""))
    if at and target in (f"s{at}", f"found-{at}"):
        return _part(request, article, "_found" if target.startswith("found") else "_card")
    return _page(request, article)


def _part(request: HttpRequest, article: Article, name: str) -> HttpResponse:
    """The current card as the address asks for it, or the events found for it, to htmx alone."""
    context = page_context(request, article)
    card = context["current"]
    if card is None:
        raise Http404("There is no such suggestion.")
    template = f"admin/timeline/article/{name if card.is_open else '_decided'}.html"
    context |= {"card": card, "suggestion": card.suggestion, "details": card.details}
    return TemplateResponse(request, template, context)


def _page(request: HttpRequest, article: Article) -> HttpResponse:
    return TemplateResponse(request, PAGE, page_context(request, article))


def _answer(
    request: HttpRequest,
    article: Article,
    changed: Collection[int],
    current: Suggestion | None,
    sent: Suggestion | None = None,
    edited: EditForm | None = None,
) -> HttpResponse:
    """Go on to `current`: by a redirect, or to htmx with the cards whose keys are `changed` alone.

    `sent` is the suggestion whose form could not be taken; `edited` are its fields.
    """
    status = 400 if sent else 200
    if current is None and changed and not sent:
        return redirect_to(request, reverse("admin:review_done", args=[article.pk]))
    if not is_htmx(request):
        if sent or edited:
            context = page_context(request, article, sent, current, edited)
            return TemplateResponse(request, PAGE, context, status=status)
        here = reverse("admin:review", args=[article.pk])
        return redirect(desk_url(current, current) if current else here)
    context = page_context(request, article, sent, current, edited)
    if context["current"]:  # what it offers may be new by now
        changed = {*changed, context["current"].suggestion.pk}
    rows = [row for group in context["groups"] if group.is_shown for row in group.rows]
    context["rows"] = [
        row for row in rows if any(card.suggestion.pk in changed for card in row.cards)
    ]
    context["changed"] = [
        card for row in rows for card in row.shown_cards if card.suggestion.pk in changed
    ]
    template = "admin/timeline/article/_answer.html"
    return TemplateResponse(request, template, context, status=status)


def _decide(request: HttpRequest, article: Article) -> HttpResponse:
    if request.POST.get("do") == "undo":
        return _undo(request, article)
    if request.POST.get("do") == "mark":
        return _mark(request, article)
    if request.POST.get("do") == "read":
        return _read_anew(request, article)
    suggestion = get_object_or_404(
        article.suggestions.select_related("article__outlet", "match"),
        pk=_number(request.POST.get("suggestion", "")),
    )
    do = request.POST.get("do", "")
    if do not in DECISIONS:
        return _refuse(request, suggestion, "Nothing was decided: choose one of the buttons.")
    event = request.POST.get("event", "")
    if event and not _number(event):
        return _refuse(
            request, suggestion, "Nothing was decided: choose one of the events offered."
        )
    may_edit = do == "edit" and may_edit_suggestion(request.user, suggestion)
    if not may_edit and not may(request.user, do, suggestion.type):
        raise PermissionDenied
    if do == "reopen":
        reopen(request, suggestion)
        return _answer(request, article, {suggestion.pk}, suggestion)
    if do == "reject":
        return _reject(request, suggestion)
    if do in ("edit", "split"):
        return _edit(request, suggestion, do)
    return _accept(request, suggestion, do)


def _reject(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    reason = " ".join(request.POST.get("reason", "").split())
    if len(reason) > LONGEST_REASON or "\x00" in reason:
        message = f"Nothing was decided. A reason has at most {LONGEST_REASON} characters."
        return _refuse(request, suggestion, message)
    reject(request, suggestion, reason)
    return _answer(request, suggestion.article, {suggestion.pk}, next_open(suggestion))


def _edit(request: HttpRequest, suggestion: Suggestion, do: str) -> HttpResponse:
    """Save the fields of the card, or make a second card of them; say what is wrong in them."""
    form = edit_form(suggestion, request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was saved: see what is marked.")
        return _answer(request, suggestion.article, {suggestion.pk}, suggestion, suggestion, form)
    if do == "split":
        half = split(request, suggestion, form.columns)
        if half:
            match_anew(half)
        return redirect_to(request, desk_url(suggestion, half or suggestion))
    correct(request, suggestion, form.columns)
    suggestion.refresh_from_db()
    changed = {suggestion.pk, *match_anew(suggestion)}
    return _answer(request, suggestion.article, changed, suggestion)


def _accept(request: HttpRequest, suggestion: Suggestion, do: str) -> HttpResponse:
    """Accept as the form says: the event to merge into, the names, the report's name for it."""
    is_quote = suggestion.type == Suggestion.Type.QUOTE
    chosen = request.POST.get("event", "") if is_quote or do == "merge" else ""
    if do == "merge" and not chosen:
        return _refuse(request, suggestion, "Nothing was decided: choose the event to merge into.")
    event = get_object_or_404(Event, pk=_number(chosen)) if chosen else None
    links = offered_links([suggestion])[0]
    names = NameForms(links, request.user, suggestion.pk, request.POST)
    wrong = [*names.errors, *_too_long(request.POST.get("called", ""))]
    if wrong:
        return _refuse(request, suggestion, f"Nothing was decided. {' '.join(wrong)}")
    called = request.POST.get("called", "").strip() if do == "merge" else ""
    chosen_names = names.chosen(clear_links(request.user, links))
    accept(request, suggestion, event, chosen_names, called)
    touched = [suggestion.report.event_id] if suggestion.report else []
    changed = {suggestion.pk, *rematch(suggestion.article, touched)}
    return _answer(request, suggestion.article, changed, next_open(suggestion))


def _mark(request: HttpRequest, article: Article) -> HttpResponse:
    """Make a card of words of the text; what is wrong is said beside the field for them."""
    found = mark_by_hand(request, article)
    if isinstance(found, HttpResponse):
        return found
    context = page_context(request, article) | {"marking": found}
    return TemplateResponse(request, PAGE, context, status=400)


def _read_anew(request: HttpRequest, article: Article) -> HttpResponse:
    """Suggest what the article says and does not suggest yet, whatever its copies suggest."""
    if not request.user.has_perm("timeline.add_suggestion"):
        raise PermissionDenied
    try:
        new = suggest_anew(article)
    except UnreadableError as error:
        messages.error(request, str(error))
    else:
        said = counted(new_suggestion=new) or "Nothing new is suggested"
        messages.success(request, f"Read again. {said}.")
    return redirect("admin:review", article.pk)


def _undo(request: HttpRequest, article: Article) -> HttpResponse:
    """Undo the decision that is named, else the editor's last one on the article."""
    sent = request.POST.get("decision", "")
    decision = (
        get_object_or_404(Decision, pk=_number(sent), article=article)
        if sent
        else Decision.objects.last_of(editor_of(request), article)
    )
    if decision is None:
        messages.warning(request, "Nothing to undo: you have decided nothing here.")
        return _answer(request, article, set(), None)
    if not may_undo(request.user, decision) and decision.undone_at is None:
        raise PermissionDenied
    undo(request, decision)
    here = decision.suggestions.filter(article=article).order_by("start", "pk")
    changed = {*(one.pk for one in here), *rematch(article)}
    if decision.kind in (Decision.Kind.ADD, Decision.Kind.SPLIT) or not here:  # a card is gone
        return redirect_to(request, reverse("admin:review", args=[article.pk]))
    return _answer(request, article, changed, here.first())


def _too_long(called: str) -> list[str]:
    longest = Report._meta.get_field("title").max_length or 0
    is_right = len(called) <= longest and "\x00" not in called
    return [] if is_right else [f"A name for the event has at most {longest} characters."]


def _refuse(request: HttpRequest, suggestion: Suggestion, message: str) -> HttpResponse:
    """Show the desk again, with why nothing was decided, and what was sent."""
    messages.error(request, message)
    return _answer(request, suggestion.article, {suggestion.pk}, suggestion, sent=suggestion)


def _number(text: str) -> int:
    """A key; 0, which none has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
