"""The review desk: one article's text, and beside each paragraph what was read in it."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from timeline.admin.deciding import accept, desk_url, reject, reopen
from timeline.admin.marking import Mark, marked
from timeline.basis import placed
from timeline.ingest import Spans, reread
from timeline.models import Article, Event, Suggestion


@dataclass
class Card:
    """A suggestion as the desk shows it."""

    number: int
    suggestion: Suggestion
    is_current: bool
    evidence: SafeString

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.suggestion.state == Suggestion.State.PENDING


@dataclass
class Row:
    """A paragraph, counted from 1, with its cards."""

    number: int
    text: SafeString
    cards: list[Card]

    @property
    def is_open(self) -> bool:
        """Whether a card of it waits."""
        return any(card.is_open for card in self.cards)


@dataclass
class Fold:
    """Paragraphs one after another that all have open suggestions, or have none."""

    rows: list[Row]
    is_open: bool

    @property
    def label(self) -> str:
        """Which paragraphs lie folded, and why."""
        first, last = self.rows[0].number, self.rows[-1].number
        which = f"Paragraph {first}" if first == last else f"Paragraphs {first} to {last}"
        decided = any(row.cards for row in self.rows)
        return f"{which}, {'all reviewed' if decided else 'no suggestions'}"


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the desk for one article, or take a decision and go on to the next suggestion."""
    if not request.user.has_perms(("timeline.view_suggestion", "timeline.view_article")):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    if request.method == "POST":
        return _decide(request, article)
    cards = _cards(article, request.GET.get("at", ""))
    decided = sum(not card.is_open for card in cards)
    context = {
        **admin.site.each_context(request),
        "title": "Review suggestions",
        "article": article,
        "folds": _folds(article, cards),
        "decided": decided,
        "total": len(cards),
        "events": Event.objects.filter(reports__article=article).distinct(),
        "may_decide": request.user.has_perm("timeline.change_suggestion"),
        "opts": Article._meta,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/timeline/article/review.html", context)


def _decide(request: HttpRequest, article: Article) -> HttpResponse:
    if not request.user.has_perm("timeline.change_suggestion"):
        raise PermissionDenied
    chosen = request.POST.get("suggestion", "")
    suggestion = get_object_or_404(
        article.suggestions.select_related("article__outlet"),
        pk=int(chosen) if chosen.isdecimal() else 0,
    )
    do = request.POST.get("do")
    if do == "reopen":
        reopen(request, suggestion)
        return redirect(desk_url(suggestion, suggestion))
    if do == "reject":
        reject(request, suggestion)
    else:
        into = request.POST.get("event", "") if do == "merge" else ""
        event = get_object_or_404(Event, pk=into) if into.isdecimal() else None
        accept(request, suggestion, event)
    return redirect(desk_url(suggestion))


def _cards(article: Article, at: str) -> list[Card]:
    suggestions = list(
        article.suggestions.select_related(
            "match__place", "decided_by", "report__event", "quote__speaker"
        )
        .prefetch_related("match__participants")
        .order_by("start", "pk")
    )
    open_ones = [one for one in suggestions if one.state == Suggestion.State.PENDING]
    current = next((one for one in suggestions if str(one.pk) == at), None)
    current = current or next(iter(open_ones), None)
    for one in suggestions:
        one.article = article  # each says how it is known by the article's day
    return [
        Card(number, one, one is current, _evidence(article.body, one))
        for number, one in enumerate(suggestions, start=1)
    ]


def _evidence(body: str, suggestion: Suggestion) -> SafeString:
    """The words of the article, with those that its date was read from."""
    start, end = suggestion.start, suggestion.end
    if start is None:
        return marked(suggestion.exact, 0, len(suggestion.exact), [])
    read = placed(suggestion.read_from.date.spans, suggestion.exact, start)
    return marked(
        body, start, end, [Mark(start + at, start + to, "date") for at, to in filter(None, read)]
    )


def _is_read_from(suggestion: Suggestion, start: int, end: int) -> bool:
    """Whether the suggestion's date was read from these words, or from more around them."""
    spans = [span for span in suggestion.read_from.date.spans if span.start is not None]
    return any(span.start <= start and end <= span.end for span in spans)


def _folds(article: Article, cards: list[Card]) -> list[Fold]:
    read, rows, start = reread(article), [], 0
    for number, paragraph in enumerate(article.body.split("\n\n"), start=1):
        end = start + len(paragraph)
        first, last = (bisect_left(cards, at, key=_start) for at in (start if start else -1, end))
        marks = [Mark(*span, "name") for span in _within(read.names, start, end)]
        marks += _marks(cards[first:last], _within(read.dates, start, end))
        rows.append(Row(number, marked(article.body, start, end, marks), cards[first:last]))
        start = end + len("\n\n")
    return [Fold(list(run), is_open) for is_open, run in groupby(rows, lambda row: row.is_open)]


def _within(spans: Spans, start: int, end: int) -> Spans:
    """The spans, of many in order, that begin at `start` or after it and before `end`."""
    return spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))]


def _start(card: Card) -> int:
    return -1 if card.suggestion.start is None else card.suggestion.start


def _marks(cards: list[Card], dates: Spans) -> list[Mark]:
    """What is underlined in a paragraph; date words and quotes lead to the card they belong to."""
    marks = []
    for start, end in dates:
        around = [card for card in cards if _is_report_around(card, start, end)]
        around.sort(key=lambda card: not _is_read_from(card.suggestion, start, end))
        card = next((card for card in around if card.is_open), next(iter(around), None))
        mark = _mark(start, end, "date", card)
        is_read = card and _is_read_from(card.suggestion, start, end)
        marks.append(mark if is_read or mark.state == "done" else mark._replace(state=""))
    for card in cards:
        one = card.suggestion
        if one.type == Suggestion.Type.QUOTE and one.start is not None:
            marks.append(_mark(one.start, one.end, "quote", card))
        elif card.is_current and one.start is not None:
            marks.append(Mark(one.start, one.end, "evidence"))
    return marks


def _is_report_around(card: Card, start: int, end: int) -> bool:
    one = card.suggestion
    is_report = one.type == Suggestion.Type.REPORT and one.start is not None
    return is_report and one.start <= start and end <= one.end


def _mark(start: int, end: int, kind: str, card: Card | None) -> Mark:
    if card is None:
        return Mark(start, end, kind)
    state = "current" if card.is_current else "" if card.is_open else "done"
    pk = card.suggestion.pk
    return Mark(start, end, kind, f"?at={pk}#s{pk}", state)
