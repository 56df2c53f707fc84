"""The review desk: one article's text, and beside each paragraph what was read in it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from timeline.admin.columns import record_links
from timeline.admin.desk.actions import (
    accept,
    clear_links,
    desk_url,
    may,
    offered_links,
    reject,
    reopen,
)
from timeline.admin.desk.cards import (
    CardDetails,
    ParagraphGroup,
    group_paragraphs,
    make_cards,
)
from timeline.admin.desk.name_forms import NameForms
from timeline.admin.desk.text_markup import Mark, marked
from timeline.admin.generics import AnyUser
from timeline.basis import placed
from timeline.ingest import not_read, reread
from timeline.models import Article, Event, Quote, Report, Suggestion
from timeline.models.hindsight import giveaway
from timeline.models.merge_checks import open_candidates, unstated
from timeline.models.name_links import NameLink

DECISIONS = ("accept", "merge", "reject", "reopen")
MOST_DIGITS = 18  # of a key that a database can hold


class PositionForm(forms.Form):
    """Where on the page an editor is: a suggestion's key, the first paragraph of a group."""

    at = forms.IntegerField(required=False, min_value=1)
    fold = forms.IntegerField(required=False, min_value=1)

    def number(self, name: str) -> int:
        """Return one of the two; 0, which stands for none, for anything that is no number."""
        self.full_clean()
        return self.cleaned_data.get(name) or 0


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the desk for one article, or take a decision and go on to the next suggestion."""
    if not request.user.has_perms(("timeline.view_suggestion", "timeline.view_article")):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    if request.method == "POST":
        return _decide(request, article)
    return _page(request, article)


def _page(
    request: HttpRequest, article: Article, sent: Suggestion | None = None, status: int = 200
) -> HttpResponse:
    """The desk; `sent` is the suggestion whose form could not be taken, shown as it was sent."""
    suggestions = list(article.suggestions.order_by("start", "pk"))
    position = PositionForm(request.GET)
    cards = make_cards(suggestions, sent.pk if sent else position.number("at"))
    groups = group_paragraphs(article, cards, reread(article), position.number("fold"))
    _open(request, article, groups, sent)
    folded = [card for card in cards if card.is_folded]
    decided = sum(not card.is_open for card in cards)
    context = {
        **admin.site.each_context(request),
        "title": "Review suggestions",
        "article": article,
        "groups": groups,
        "decided": decided,
        "listed": len(cards) - decided - len(folded),
        "folded": folded,
        "is_unfolded": any(card.is_current for card in folded),
        "total": len(cards),
        "not_read": not_read(article),
        "unpublished": record_links(_unpublished(article)),
        "accepted": any(one.state == Suggestion.State.ACCEPTED for one in suggestions),
        "events": Event.objects.filter(reports__article=article).distinct(),
        "may_decide": request.user.has_perm("timeline.change_suggestion"),
        "opts": Article._meta,
        "is_nav_sidebar_enabled": False,
    }
    template = "admin/timeline/article/review.html"
    return TemplateResponse(request, template, context, status=status)


def _unpublished(article: Article) -> list[Event | Quote]:
    """What the article reports and quotes that readers do not see yet."""
    drafts = Q(is_published=False, reports__article=article)
    waiting = Q(reports__in=article.reports.filter(is_published=False))
    events = Event.objects.filter(drafts | waiting).distinct()
    return [*events, *article.quotes.filter(is_published=False).select_related("speaker")]


def _decide(request: HttpRequest, article: Article) -> HttpResponse:
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
    if not may(request.user, do, suggestion.type):
        raise PermissionDenied
    if do == "reopen":
        reopen(request, suggestion)
        return redirect(desk_url(suggestion, suggestion))
    if do == "reject":
        reject(request, suggestion)
        return redirect(desk_url(suggestion))
    return _accept(request, suggestion, do)


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
    accept(request, suggestion, event, names.chosen(clear_links(request.user, links)), called)
    return redirect(desk_url(suggestion))


def _too_long(called: str) -> list[str]:
    longest = Report._meta.get_field("title").max_length or 0
    is_right = len(called) <= longest and "\x00" not in called
    return [] if is_right else [f"A name for the event has at most {longest} characters."]


def _refuse(request: HttpRequest, suggestion: Suggestion, message: str) -> HttpResponse:
    """Show the desk again, with why nothing was decided, and what was sent."""
    messages.error(request, message)
    return _page(request, suggestion.article, suggestion, status=400)


def _number(text: str) -> int:
    """A key; 0, which none has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


def _open(
    request: HttpRequest, article: Article, groups: list[ParagraphGroup], sent: Suggestion | None
) -> None:
    """Fetch what the rendered cards need, in a fixed number of queries."""
    shown = [c for group in groups if group.is_shown for row in group.rows for c in row.shown_cards]
    for card in shown:
        card.suggestion.article = article
    prefetch_related_objects(
        [card.suggestion for card in shown],
        "match__place",
        "match__participants",
        Prefetch("match__reports", Report.objects.select_related("article")),
        "decided_by",
        "report__event",
        "quote__speaker",
    )
    waiting = [card for card in shown if card.is_open]
    links = offered_links(card.suggestion for card in waiting)
    rather = open_candidates((card.suggestion for card in waiting), article)
    for card, offered in zip(waiting, links, strict=True):
        data = request.POST if card.suggestion == sent else None
        card.details = _details(request.user, card.suggestion, offered, data)
        if card.details.objections and not card.details.is_open_choice:
            card.details.rather = rather.get(card.suggestion.pk, [])
        match = [card.details.match] if card.details.match else []
        card.details.unstated = unstated(card.suggestion, [None, *match, *card.details.rather])
        card.details.evidence = _evidence(article.body, card.suggestion)


def _details(
    user: AnyUser, one: Suggestion, links: list[NameLink], data: QueryDict | None
) -> CardDetails:
    """Which decisions are offered, and what the editor should know before."""
    match = one.match if one.type == Suggestion.Type.REPORT else None
    own_name = "" if giveaway(one.title) else one.title
    objections = one.merge_objections() if match else []
    lacking = links if objections or not match else one.lacking(links, match)
    return CardDetails(
        match=match,
        names=NameForms(
            links, user, one.pk, data, held=[link for link in links if link not in lacking]
        ),
        objections=objections,
        called=own_name if data is None else data.get("called", ""),
        may_accept=may(user, "accept", one.type),
        may_merge=bool(match) and may(user, "merge", one.type),
    )


def _evidence(body: str, suggestion: Suggestion) -> SafeString:
    """The words of the article, with those that its date was read from."""
    start, end = suggestion.start, suggestion.end
    if start is None or end is None:
        return marked(suggestion.exact, 0, len(suggestion.exact), [])
    read = placed(suggestion.read_from.date.spans, suggestion.exact, start)
    return marked(
        body, start, end, [Mark(start + at, start + to, "date") for at, to in filter(None, read)]
    )
