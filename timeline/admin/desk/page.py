"""What the review desk shows of one article: its text, the cards, and what was decided last."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from timeline.admin.columns import record_links
from timeline.admin.desk.actions import may, offered_links
from timeline.admin.desk.by_hand import MarkForm
from timeline.admin.desk.cards import (
    Card,
    CardDetails,
    OtherEvent,
    ParagraphGroup,
    group_paragraphs,
    make_cards,
)
from timeline.admin.desk.editing import EditForm, edit_form
from timeline.admin.desk.name_forms import NameForms
from timeline.admin.desk.text_markup import Mark, marked
from timeline.admin.desk.undo import last_decisions
from timeline.admin.generics import AnyUser
from timeline.admin.rights import may_edit_suggestion, may_propose, who_may
from timeline.basis import placed
from timeline.ingest import not_read, reread
from timeline.matching import Candidates, find_events
from timeline.models import Actor, Article, Event, Quote, Report, Suggestion
from timeline.models.drift import adrift
from timeline.models.hindsight import giveaway
from timeline.models.merge_checks import objections, open_candidates, rules_out, unstated
from timeline.models.name_links import NameLink
from timeline.models.quote_ties import bears_on
from timeline.recognition import copies

# Offered for a rejection; any other can be typed.
REASONS = ("No event", "Told already", "Read wrongly", "Not of our subject", "An opinion")
MOST_OFFERED = 3  # events beside the match
MOST_RANKED = 5
LEAST_OFFERED = 0.2  # the score below which no event is offered


class PositionForm(forms.Form):
    """Where on the page an editor is: a suggestion's key, the first paragraph of a group.

    And what the current card shows: another event to merge into, a search for one, its fields.
    """

    at = forms.IntegerField(required=False, min_value=1)
    fold = forms.IntegerField(required=False, min_value=1)
    event = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    q = forms.CharField(required=False, max_length=100)
    edit = forms.BooleanField(required=False)

    @property
    def is_editing(self) -> bool:
        """Whether the current card shows its fields."""
        self.full_clean()
        return bool(self.cleaned_data.get("edit"))

    @property
    def words(self) -> str:
        """What is looked for, on one line."""
        self.full_clean()
        return " ".join(self.cleaned_data.get("q", "").split())

    def number(self, name: str) -> int:
        """Return one of the keys; 0, which stands for none, for anything that is no number."""
        self.full_clean()
        return self.cleaned_data.get(name) or 0


def page_context(
    request: HttpRequest,
    article: Article,
    sent: Suggestion | None = None,
    current: Suggestion | None = None,
    edited: EditForm | None = None,
) -> dict[str, Any]:
    """The whole desk; `sent` is the suggestion whose form could not be taken, as it was sent.

    `current` is the one to go on with, by default the one that the address names; `edited` are its
    fields with what is wrong in them.
    """
    suggestions = list(article.suggestions.order_by("start", "pk"))
    position = PositionForm({} if sent or current else request.GET)
    at = sent or current
    cards = make_cards(suggestions, at.pk if at else position.number("at"))
    groups = group_paragraphs(article, cards, reread(article), position.number("fold"))
    _open(request, article, groups, sent)
    if opened := next((card for card in cards if card.is_current and card.details), None):
        _complete(request, opened, position, edited)
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
        "copies": [copy for copy, _ in copies(article)],
        "unpublished": record_links(_unpublished(article)),
        "accepted": any(one.state == Suggestion.State.ACCEPTED for one in suggestions),
        "may_read": request.user.has_perm("timeline.add_suggestion"),
        "may_decide": request.user.has_perm("timeline.change_suggestion"),
        "may_propose": may_propose(request.user),
        "deciders": who_may("change_suggestion"),
        "reasons": REASONS,
        "adrift": _adrift(article),
        "marking": MarkForm(article=article),
        "opts": Article._meta,
        "is_nav_sidebar_enabled": False,
    }


def _adrift(article: Article) -> list[Report | Quote]:
    """What the records hold of the article whose words the text does not have any more."""
    reports = article.reports.filter(adrift()).select_related("event", "article__outlet")
    return [*reports, *article.quotes.filter(adrift()).select_related("speaker")]


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
    reports = list(
        article.reports.select_related("event").prefetch_related("event__participants__aliases")
    )
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
        if card.suggestion.type == Suggestion.Type.QUOTE:
            card.details.bears_on = bears_on(card.suggestion, reports)
            card.details.choices = list(dict.fromkeys(report.event for report in reports))


def _complete(
    request: HttpRequest, card: Card, position: PositionForm, edited: EditForm | None
) -> None:
    """Give the current card what only one needs: other events it may be of, its fields."""
    details, suggestion = card.details, card.suggestion
    assert details is not None
    may_edit = position.is_editing and may_edit_suggestion(request.user, suggestion)
    if edited or may_edit:
        details.edit = edited or edit_form(suggestion)
    details.words = position.words
    details.found = find_events(details.words, suggestion.article.published_on)
    chosen = Event.objects.filter(pk=position.number("event")).first()
    if suggestion.type == Suggestion.Type.QUOTE:
        speaking = events_of_speaker(suggestion).exclude(pk__in=[one.pk for one in details.choices])
        details.choices += speaking[:MOST_OFFERED]
        if chosen:
            details.bears_on = chosen
            details.choices = list(dict.fromkeys([chosen, *details.choices]))
        return
    ranked = {
        match.candidate.key: match
        for match in Candidates(suggestion.article, [suggestion]).rank(suggestion)[:MOST_RANKED]
        if match.score >= LEAST_OFFERED
    }
    if chosen:
        _choose(request, card, chosen, ranked.get(chosen.pk))
    keys = [key for key in ranked if isinstance(key, int) and key != suggestion.match_id]
    reports = Prefetch("reports", Report.objects.select_related("article"))
    events = Event.objects.prefetch_related(reports).in_bulk(keys)
    details = card.details
    assert details is not None
    details.others = [
        OtherEvent(events[key], ranked[key].score, " ".join(ranked[key].reasons))
        for key in keys
        if key in events and not rules_out(objections(suggestion, events[key]))
    ][:MOST_OFFERED]


def _choose(request: HttpRequest, card: Card, event: Event, match: Any) -> None:
    """Compare the card with the event that the editor has chosen; nothing is stored."""
    one, before = card.suggestion, card.details
    one.match = event
    one.score = match.score if match else None
    one.reasons = list(match.reasons) if match else []
    card.details = _details(request.user, one, offered_links([one])[0], None)
    card.details.is_chosen = True
    card.details.unstated = unstated(one, [None, event])
    if before:
        card.details.evidence, card.details.edit = before.evidence, before.edit
        card.details.words, card.details.found = before.words, before.found


def events_of_speaker(quote: Suggestion) -> Any:
    """The events in which a quote's speaker takes part, those near to the article first."""
    actors = Actor.objects.named(quote.speaker) if quote.speaker else Actor.objects.none()
    told = Event.objects.filter(participants__in=actors, earliest__lte=quote.article.published_on)
    return told.distinct().order_by("-earliest", "-pk")


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
        may_choose=may(user, "merge", one.type),
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
