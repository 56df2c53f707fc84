"""The end of a review: what is open, what was accepted as readers will see it, and publishing."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from timeline.admin.desk.page import events_of_speaker
from timeline.admin.desk.undo import last_decisions
from timeline.admin.fields import KeyField, KeysField
from timeline.admin.generics import editor_of
from timeline.admin.rights import may_publish, who_may
from timeline.models import PLANS, Actor, Article, Event, Quote, Report, Suggestion, Timeline
from timeline.models.name_links import NameLink, NameRole, find_bearers
from timeline.models.publishable import counted
from timeline.models.release import (
    drafts_of,
    name_speaker,
    publish_together,
    quotes_waiting,
    reports_waiting,
    tie,
)

FEW = 12  # open suggestions that are named


class PublishForm(forms.Form):
    """Which of the article's events are published, with what, and on which timeline."""

    events = KeysField(Event.objects.none(), required=False)
    additions = forms.BooleanField(required=False)
    timeline = KeyField(
        Timeline.objects.order_by("title"), required=False, empty_label="No timeline yet",
        label="Put them on",
    )  # fmt: skip

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].queryset = drafts_of(article)  # type: ignore[attr-defined]


class OpenQuoteForm(forms.Form):
    """What an accepted quote lacks: an event that it bears on, or the record of its speaker."""

    quote = KeyField(Quote.objects.none())
    event = KeyField(Event.objects.all(), required=False)
    name = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=Actor.Kind)

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quote"].queryset = article.quotes.filter(is_published=False)  # type: ignore[attr-defined]


def review_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the end of an article's review, publish, or settle one of the open things."""
    if not request.user.has_perms(("timeline.view_suggestion", "timeline.view_article")):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    if request.method != "POST":
        template = "admin/timeline/article/review_done.html"
        return TemplateResponse(request, template, _context(request, article))
    settle = {"publish": _publish, "hand-in": _hand_in, "tie": _tie, "speaker": _name}.get(
        request.POST.get("do", "")
    )
    if settle:
        settle(request, article)
    else:
        messages.error(request, "Nothing was done: press one of the buttons.")
    return redirect("admin:review_done", article.pk)


def next_article(article: Article) -> Article | None:
    """The article with open suggestions that was brought in after this one, else the latest."""
    waits = Q(suggestions__state=Suggestion.State.PENDING)
    others = Article.objects.filter(waits).exclude(pk=article.pk).select_related("outlet")
    counted_ = others.annotate(open_count=Count("suggestions", filter=waits)).latest_first()
    earlier = counted_.filter(published_at__lte=article.published_at)
    return earlier.first() or counted_.first()


def _context(request: HttpRequest, article: Article) -> dict[str, Any]:
    suggestions = article.suggestions.all()
    pending = suggestions.pending().order_by("start", "pk")
    drafts = _drafts(article)
    additions = list(reports_waiting(article).order_by("event__earliest", "pk"))
    more_quotes = quotes_waiting(article).count()
    decisions = last_decisions(request, article)
    total, waits = suggestions.count(), pending.count()
    return {
        **admin.site.each_context(request),
        "title": "End of review",
        "article": article,
        "total": total,
        "decided": total - waits,
        "waits": waits,
        "pending": pending.likely()[:FEW],
        "unlikely": pending.unlikely().count(),
        "speakerless": _speakerless(article),
        "untied": _untied(article),
        "drafts": drafts,
        "goes_along": _goes_along(article, drafts),
        "additions": additions,
        "more": counted(report=len(additions), quote=more_quotes),
        "form": PublishForm(article, initial={"timeline": _likely_timeline(article)}),
        "kinds": Actor.Kind.choices,
        "may_publish": may_publish(request.user),
        "may_hand_in": request.user.has_perm("timeline.change_event"),
        "publishers": who_may("publish_event"),
        "may_change_quote": request.user.has_perm("timeline.change_quote"),
        "may_make_actor": request.user.has_perm("timeline.add_actor"),
        "decisions": decisions,
        "undoable": next((one for one in decisions if one.is_mine and one.is_undoable), None),
        "next_article": next_article(article),
        "opts": Article._meta,
        "is_nav_sidebar_enabled": False,
    }


def _drafts(article: Article) -> list[Any]:
    """The events that wait, in the order of a timeline; plans that lay ahead of the article last.

    `lies_ahead` says which they are.
    """
    events = drafts_of(article).select_related("place", "part_of")
    drafts: list[Any] = list(events.prefetch_related("participants", "reports", "quotes"))
    for event in drafts:
        is_over = event.latest is not None and event.latest < article.published_on
        event.lies_ahead = event.status in PLANS and not is_over
    last = dt.date.max
    drafts.sort(key=lambda one: (one.lies_ahead, one.earliest or one.latest or last, one.pk))
    return drafts


def _goes_along(article: Article, drafts: list[Any]) -> str:
    """What becomes public with all drafts, in words."""
    keys = [event.pk for event in drafts]
    reports = Report.objects.waiting().filter(event__in=keys)
    quotes = Quote.objects.waiting().filter(events__in=keys, article__withdrawn_at=None)
    return counted(report=reports.count(), quote=quotes.distinct().count())


def _likely_timeline(article: Article) -> Timeline | None:
    """The timeline that holds most of what the article reports, else the only one."""
    held = Q(events__reports__article=article)
    timelines = Timeline.objects.annotate(held=Count("events", filter=held, distinct=True))
    ranked: list[Any] = list(timelines.order_by("-held", "title")[:2])
    is_clear = bool(ranked) and (ranked[0].held or len(ranked) == 1)
    return ranked[0] if is_clear else None


def _waiting_quotes(article: Article) -> Any:
    return article.quotes.filter(is_published=False, withdrawn_at=None).select_related("speaker")


def _speakerless(article: Article) -> list[Any]:
    """Accepted quotes whose speaker is named and has no record, each with the likely ones."""
    said = Prefetch("suggestions", Suggestion.objects.filter(article=article), to_attr="read")
    quotes = list(_waiting_quotes(article).filter(speaker=None).prefetch_related(said))
    links = []
    for quote in quotes:
        name = next((one.speaker for one in quote.read if one.speaker), "")
        quote.link = NameLink(NameRole.SPEAKER, name or quote.attribution)
        links.append(quote.link)
    find_bearers(links)
    return [quote for quote in quotes if quote.link.said and quote.link.said != "not named"]


def _untied(article: Article) -> list[Any]:
    """Accepted quotes that bear on no event, each with events that it may bear on."""
    quotes = list(_waiting_quotes(article).filter(events=None).order_by("start", "pk"))
    reported = list(Event.objects.filter(reports__article=article).distinct())
    for quote in quotes:
        read = Suggestion(article=article, speaker=quote.speaker_name)
        quote.choices = list(dict.fromkeys([*reported, *events_of_speaker(read)[:3]]))
    return quotes


def _publish(request: HttpRequest, article: Article) -> None:
    if not may_publish(request.user):
        raise PermissionDenied
    form = PublishForm(article, request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was published: what you chose is there no longer.")
        return
    given = form.cleaned_data
    done, added = publish_together(
        article,
        editor_of(request),
        given["events"],
        given["timeline"],
        with_additions=given["additions"],
    )
    if not done and not added:
        messages.warning(request, "Nothing was published: tick an event.")
        return
    words = counted(event=done, addition=added)
    where = f" and put on {given['timeline']}" if given["timeline"] and given["events"] else ""
    messages.success(request, f"Published {words}{where}.")


def _hand_in(request: HttpRequest, article: Article) -> None:
    if not request.user.has_perm("timeline.change_event"):
        raise PermissionDenied
    form = PublishForm(article, request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was handed in: what you chose is there no longer.")
        return
    done = sum(event.hand_in(editor_of(request)) for event in form.cleaned_data["events"])
    if done:
        messages.success(request, f"Handed in {counted(event=done)} for publication.")
    else:
        messages.warning(request, "Nothing was handed in: tick an event that is not in review.")


def _tie(request: HttpRequest, article: Article) -> None:
    if not request.user.has_perm("timeline.change_quote"):
        raise PermissionDenied
    form = OpenQuoteForm(article, request.POST)
    if form.is_valid() and form.cleaned_data["event"]:
        tie(form.cleaned_data["quote"], form.cleaned_data["event"], by=editor_of(request))
        messages.success(request, f"On {form.cleaned_data['event']}: {form.cleaned_data['quote']}")
    else:
        messages.warning(request, "Nothing was changed: choose an event.")


def _name(request: HttpRequest, article: Article) -> None:
    if not request.user.has_perms(("timeline.change_quote", "timeline.add_actor")):
        raise PermissionDenied
    form = OpenQuoteForm(article, request.POST)
    if not form.is_valid() or not form.cleaned_data["name"]:
        messages.warning(request, "Nothing was changed: write the speaker’s name.")
        return
    given = form.cleaned_data
    kind = given["kind"] or Actor.Kind.PERSON
    link = NameLink(NameRole.SPEAKER, given["name"], kind=kind)
    name_speaker(given["quote"], link, by=editor_of(request))
    messages.success(request, f"Speaker: {link.record}{' (new)' if link.is_made else ''}")
