"""The desk's page of a draft: see the ranked candidates, and decide them one stroke each."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from timeline.admin.desk.answers import is_htmx
from timeline.admin.desk.draft_forms import (
    CandidateForm,
    CutForm,
    DecisionForm,
    OtherForm,
    choices_beside,
)
from timeline.admin.desk.draft_page import DraftPage
from timeline.admin.desk.undo import may_undo
from timeline.admin.generics import editor_of
from timeline.drafting import rank
from timeline.models import Candidate, Draft, Event, NotDecidedError
from timeline.models.undoing import NotUndoneError

# What deciding a candidate takes: it makes events, reports and quotes at once.
RIGHTS = tuple(
    f"timeline.{right}"
    for right in (
        *("change_draft", "change_suggestion"),
        *("add_event", "change_event", "add_report", "add_quote"),
    )
)


def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the candidates of a draft, or take a decision and go on to the next one."""
    seen = ("timeline.view_draft", "timeline.view_article", "timeline.view_suggestion")
    if not request.user.has_perms(seen):
        raise PermissionDenied
    found = get_object_or_404(Draft, pk=pk)
    if request.method != "POST":
        return _page(request, found, request.GET, part=_part(request))
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied
    do = ACTIONS.get(request.POST.get("do", ""))
    if do is None:
        messages.error(request, "Nothing was decided: choose one of the buttons.")
        return _page(request, found, request.GET, status=400)
    try:
        return do(request, found)
    except (NotDecidedError, NotUndoneError) as error:
        messages.error(request, f"Nothing was decided. {error}")
        return _page(request, found, request.GET, status=409)


def _part(request: HttpRequest) -> str:
    """The fragment that htmx asks for: the card that the address names, or the events found."""
    at, target = request.GET.get("at", ""), request.headers.get("HX-Target", "")
    parts = {f"c{at}": "_card", f"found-{at}": "_found"} if at.isdecimal() else {}
    return parts.get(target, "") if is_htmx(request) else ""


def _page(
    request: HttpRequest,
    found: Draft,
    data: Mapping[str, Any],
    status: int = 200,
    *,
    part: str = "",
    changed: Collection[int] | None = None,
    **more: object,
) -> HttpResponse:
    """Show the draft; to htmx the `part` of the current card alone, or what a decision changed.

    `changed` are the keys of the cards that it changed, None where the list is another.
    """
    page = DraftPage.asked(found, data)
    context = {
        **admin.site.each_context(request),
        "title": f"Draft: {found}",
        "page": page,
        "draft": found,
        "may_decide": request.user.has_perms(RIGHTS),
        "cut_form": CutForm(instance=found),
        "opts": Draft._meta,
        "is_nav_sidebar_enabled": False,
        **_opened(page),
        **more,
    }
    name = "draft"
    if part:
        card = page.current
        if card is None or card.candidate.pk != page.at or not card.candidate.is_open:
            raise Http404("There is no such card to decide.")
        name, context["card"] = part, card
    elif is_htmx(request):
        context |= {"is_whole": changed is None, "changed": page.changed(changed or ())}
        name = "_answer"
    return TemplateResponse(request, f"admin/timeline/draft/{name}.html", context, status=status)


def _opened(page: DraftPage) -> dict[str, object]:
    """The form of the card that is opened for more than a button, if one is."""
    card = page.card(page.at) if page.act else None
    if card is None or not card.candidate.is_open:
        return {}
    if page.act == "edit":
        return {"form": CandidateForm(instance=card.candidate)}
    if page.act in ("merge", "move"):
        return {"form": OtherForm(choices=choices_beside(card.candidate))}
    return {}


def _candidate(request: HttpRequest, found: Draft) -> Candidate:
    key = DecisionForm(request.POST).number("candidate")
    return get_object_or_404(found.candidates.select_related("event"), pk=key)


def _next(
    request: HttpRequest, found: Draft, at: int = 0, changed: Collection[int] | None = None
) -> HttpResponse:
    """Go on to a card: the one named, else the next that waits behind the one decided.

    By a redirect; htmx is given what has changed, as in `_page`.
    """
    asked = {
        name: request.GET.get(name, "") for name in ("show", "sort", "q") if name in request.GET
    }
    page = DraftPage.asked(found, request.GET)
    decided = DecisionForm(request.POST).number("candidate")
    if not at:
        keys = [one.pk for one in page.above]
        behind = page.above[keys.index(decided) + 1 :] if decided in keys else page.above
        waiting = next((one for one in [*behind, *page.above] if one.is_open), None)
        at = waiting.pk if waiting else 0
    asked |= {"at": str(at)} if at else {}
    address = f"{found.get_absolute_url()}?{urlencode(asked)}"
    if not is_htmx(request):
        return redirect(f"{address}#{f'c{at}' if at else 'line'}")
    found.refresh_from_db()
    answer = _page(request, found, asked, changed=changed)
    answer["HX-Replace-Url"] = address
    return answer


def _accept(request: HttpRequest, found: Draft) -> HttpResponse:
    candidate = _candidate(request, found)
    form = DecisionForm(request.POST)
    event = None if request.POST["do"] == "accept-new" else _event(form, candidate)
    quotes = candidate.quotes.filter(pk__in=form.numbers("quote"))
    made = candidate.accept(editor_of(request), event, quotes)
    said = "Added to" if event or made.is_published else "Accepted"
    waits = "What is new of it" if made.is_published else "It"
    messages.success(request, f"{said}: {str(made).rstrip('.')}. {waits} waits to be published.")
    return _next(request, found, changed=[candidate.pk])


def _event(form: DecisionForm, candidate: Candidate) -> Event | None:
    """The event that an editor has chosen to add to, else the candidate's match."""
    key = form.number("event")
    if key and not (chosen := Event.objects.filter(pk=key).first()):
        raise NotDecidedError("The event that you chose has been deleted.")
    return chosen if key else candidate.event


def _reject(request: HttpRequest, found: Draft) -> HttpResponse:
    candidate = _candidate(request, found)
    candidate.reject(editor_of(request))
    messages.success(request, f"Rejected: {candidate}")
    return _next(request, found, changed=[candidate.pk])


def _reject_rest(request: HttpRequest, found: Draft) -> HttpResponse:
    number = Candidate.reject_rest(found, editor_of(request))
    messages.success(request, f"Rejected the {number} candidates below the line.")
    return _next(request, found)


def _edit(request: HttpRequest, found: Draft) -> HttpResponse:
    candidate = _candidate(request, found)
    form = CandidateForm(request.POST, instance=candidate)
    if not form.is_valid():
        asked = QueryDict(mutable=True)
        asked.update(request.GET | {"at": str(candidate.pk), "act": "edit"})
        messages.error(request, "Nothing was saved: see what is marked.")
        return _page(request, found, asked, status=400, form=form)
    candidate.edit(editor_of(request), form.changed_columns)
    messages.success(request, f"Changed: {candidate}")
    return _next(request, found, candidate.pk, [candidate.pk])


def _absorb(request: HttpRequest, found: Draft) -> HttpResponse:
    candidate = _candidate(request, found)
    other = get_object_or_404(found.candidates, pk=DecisionForm(request.POST).number("other"))
    candidate.absorb(other, editor_of(request))
    messages.success(request, f"Merged “{other}” into “{candidate}”.")
    return _next(request, found, candidate.pk)


def _split(request: HttpRequest, found: Draft) -> HttpResponse:
    candidate = _candidate(request, found)
    reports = candidate.reports.filter(pk__in=DecisionForm(request.POST).numbers("report"))
    other = candidate.split(reports, editor_of(request))
    messages.success(request, f"Split: “{other}” follows as a card of its own.")
    return _next(request, found, candidate.pk)


def _move(request: HttpRequest, found: Draft) -> HttpResponse:
    candidate = _candidate(request, found)
    form = DecisionForm(request.POST)
    other = get_object_or_404(found.candidates, pk=form.number("other"))
    report = get_object_or_404(candidate.reports, pk=form.number("report"))
    candidate.move(report, other, editor_of(request))
    messages.success(request, f"Moved the report of {report.article.citation} to “{other}”.")
    return _next(request, found, candidate.pk, [candidate.pk, other.pk])


def _raise(request: HttpRequest, found: Draft) -> HttpResponse:
    candidate = _candidate(request, found)
    candidate.bring_up(editor_of(request))
    messages.success(request, f"Above the line now: {candidate}")
    return _next(request, found, candidate.pk)


def _cut(request: HttpRequest, found: Draft) -> HttpResponse:
    form = CutForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, found, request.GET, status=400, cut_form=form)
    form.save()
    return _next(request, found)


def _undo(request: HttpRequest, found: Draft) -> HttpResponse:
    key = DecisionForm(request.POST).number("decision")
    decision = get_object_or_404(found.decisions, pk=key)
    if decision.undone_at is None and not may_undo(request.user, decision):
        raise PermissionDenied
    stays = decision.undo(editor_of(request))
    messages.success(request, " ".join([f"Undone: {decision}.", *stays]))
    touched = found.candidates.filter(
        state=Candidate.State.OPEN, pk__in=decision.keys_of(Candidate)
    )
    first = touched.order_by("number").first()
    return _next(request, found, first.pk if first else 0)


def _rank(request: HttpRequest, found: Draft) -> HttpResponse:
    rank(found)
    messages.success(request, "Ranked anew from what its articles suggest now.")
    return _next(request, found)


# What the buttons say in `do`.
ACTIONS: dict[str, Callable[[HttpRequest, Draft], HttpResponse]] = {
    "accept": _accept,
    "accept-new": _accept,
    "reject": _reject,
    "reject-rest": _reject_rest,
    "edit": _edit,
    "absorb": _absorb,
    "split": _split,
    "move": _move,
    "raise": _raise,
    "cut": _cut,
    "undo": _undo,
    "rank": _rank,
}
