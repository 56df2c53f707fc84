"""What the review desk shows of one article: its text, the cards, and what was decided last."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from timeline.admin.columns import record_links
from timeline.admin.desk.actions import may, offered_links
from timeline.admin.desk.cards import CardDetails, ParagraphGroup, group_paragraphs, make_cards
from timeline.admin.desk.name_forms import NameForms
from timeline.admin.desk.text_markup import Mark, marked
from timeline.admin.desk.undo import last_decisions
from timeline.admin.generics import AnyUser
from timeline.basis import placed
from timeline.ingest import not_read, reread
from timeline.models import Article, Event, Quote, Report, Suggestion
from timeline.models.hindsight import giveaway
from timeline.models.merge_checks import open_candidates, unstated
from timeline.models.name_links import NameLink


class PositionForm(forms.Form):
    """Where on the page an editor is: a suggestion's key, the first paragraph of a group."""

    at = forms.IntegerField(required=False, min_value=1)
    fold = forms.IntegerField(required=False, min_value=1)

    def number(self, name: str) -> int:
        """Return one of the two; 0, which stands for none, for anything that is no number."""
        self.full_clean()
        return self.cleaned_data.get(name) or 0


def page_context(
    request: HttpRequest,
    article: Article,
    sent: Suggestion | None = None,
    current: Suggestion | None = None,
) -> dict[str, Any]:
    """The whole desk; `sent` is the suggestion whose form could not be taken, as it was sent.

    `current` is the one to go on with; by default the one that the address names.
    """
    suggestions = list(article.suggestions.order_by("start", "pk"))
    position = PositionForm(request.GET)
    at = sent or current
    cards = make_cards(suggestions, at.pk if at else position.number("at"))
    groups = group_paragraphs(article, cards, reread(article), position.number("fold"))
    _open(request, article, groups, sent)
    folded = [card for card in cards if card.is_folded]
    decided = sum(not card.is_open for card in cards)
    decisions = last_decisions(request, article)
    return {
        **admin.site.each_context(request),
        "title": "Review suggestions",
        "article": article,
        "cards": cards,
        "groups": groups,
        "current": next((card for card in cards if card.is_current), None),
        "decisions": decisions,
        "undoable": next((one for one in decisions if one.is_mine and one.is_undoable), None),
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


def _unpublished(article: Article) -> list[Event | Quote]:
    """What the article reports and quotes that readers do not see yet."""
    drafts = Q(is_published=False, reports__article=article)
    waiting = Q(reports__in=article.reports.filter(is_published=False))
    events = Event.objects.filter(drafts | waiting).distinct()
    return [*events, *article.quotes.filter(is_published=False).select_related("speaker")]


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
