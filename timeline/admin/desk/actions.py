"""What an editor decides about suggestions, and how the desk answers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from timeline.admin.generics import AnyUser, Rows, editor_of
from timeline.models import (
    Actor,
    AlreadyDecidedError,
    Event,
    NotDecidedError,
    Quote,
    Report,
    Suggestion,
)
from timeline.models.derived import words_of
from timeline.models.merge_checks import stated_date, unstated
from timeline.models.name_links import NameLink, NameRole, find_bearers
from timeline.proposals import kind_of

# What a decision touches, and so the rights it takes beside that to decide suggestions at all.
_TAKES: dict[tuple[str, str], tuple[str, ...]] = {
    ("accept", Suggestion.Type.REPORT): ("add_event", "add_report"),
    ("merge", Suggestion.Type.REPORT): ("change_event", "add_report"),
    ("accept", Suggestion.Type.QUOTE): ("add_quote",),
    ("merge", Suggestion.Type.QUOTE): ("add_quote",),
}


def may(user: AnyUser, do: str, *types: str) -> bool:
    """Whether the user may take the decision `do` on suggestions of all these types."""
    rights = [right for one in types for right in _TAKES.get((do, one), ())]
    return user.has_perms(f"timeline.{right}" for right in ("change_suggestion", *rights))


def may_make(user: AnyUser, link: NameLink) -> bool:
    """Whether the user may make the record that a name lacks."""
    return user.has_perm(f"timeline.add_{'place' if link.role == NameRole.PLACE else 'actor'}")


def offered_links(suggestions: Iterable[Suggestion]) -> list[list[NameLink]]:
    """The names of each suggestion with those who bear them, and what a new one reads like."""
    offered = [suggestion.name_links() for suggestion in suggestions]
    together = [link for links in offered for link in links]
    find_bearers(together)
    for link in together:
        if link.is_new and link.role != NameRole.PLACE:
            link.kind = kind_of(link.said)
    return offered


def clear_links(user: AnyUser, links: Iterable[NameLink]) -> list[NameLink]:
    """The names that can be linked without asking: one bears them, or a record may be made."""
    return [link for link in links if link.is_clear and (link.record or may_make(user, link))]


def accept(
    request: HttpRequest,
    suggestion: Suggestion,
    event: Event | None = None,
    links: Sequence[NameLink] | None = None,
    called: str = "",
) -> bool:
    """Accept one suggestion, into `event` if one is given; say what came of it.

    `links` are the names that the editor wants linked; by default all that need no asking. Returns
    False, with a message instead of an error, when somebody was faster.
    """
    offered = offered_links([suggestion])[0]
    links = clear_links(request.user, offered) if links is None else links
    wanted = suggestion.lacking(links, event)
    try:
        accepted = suggestion.accept(
            by=editor_of(request), event=event, links=wanted, called=called
        )
    except NotDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return False
    made = [_described(link) for link in wanted if link.is_made]
    said = format_html("{} {}", _said(accepted, event), f"New: {', '.join(made)}." if made else "")
    messages.success(request, said)
    left = [
        *_left(suggestion, offered, links, event),
        *_not_taken_over(suggestion, wanted, called),
        *_not_tied(suggestion, event),
        *filter(None, [unstated(suggestion, [event])]),
    ]
    if left:
        messages.warning(request, _joined(left))
    return True


def reject(request: HttpRequest, suggestion: Suggestion, reason: str = "") -> bool:
    """Reject one suggestion. Returns False, with a message, when somebody was faster."""
    try:
        suggestion.reject(by=editor_of(request), reason=reason)
    except NotDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return False
    because = f" ({reason})" if reason else ""
    messages.success(request, f"Rejected: {suggestion}{because}")
    return True


def correct(request: HttpRequest, suggestion: Suggestion, columns: dict[str, Any]) -> bool:
    """Save what an editor corrected on the card. Returns False, with a message, when it cannot."""
    try:
        is_changed = suggestion.correct(by=editor_of(request), **columns)
    except NotDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return False
    messages.success(request, f"{'Saved' if is_changed else 'Nothing was changed'}: {suggestion}")
    return True


def split(
    request: HttpRequest, suggestion: Suggestion, columns: dict[str, Any]
) -> Suggestion | None:
    """Make a second suggestion of the same words. Returns None, with a message, when it cannot."""
    try:
        half = suggestion.split(by=editor_of(request), **columns)
    except NotDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return None
    messages.success(request, f"Split: beside “{suggestion}” there is “{half}” now.")
    return half


def reopen(request: HttpRequest, suggestion: Suggestion) -> bool:
    """Take a rejection back. Returns False, with a message, when it was none."""
    try:
        suggestion.reopen(by=editor_of(request))
    except NotDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return False
    messages.success(request, f"Open again: {suggestion}")
    return True


def next_open(suggestion: Suggestion) -> Suggestion | None:
    """Return the open suggestion that follows in the article; after the last, the first.

    What is folded, as less likely, follows only on what is folded.
    """
    waiting = suggestion.article.suggestions.pending().order_by("start", "pk")
    open_ones = list(waiting if suggestion.is_unlikely else waiting.likely())
    key = (suggestion.start or 0, suggestion.pk)
    after = [one for one in open_ones if (one.start or 0, one.pk) > key]
    return next(iter([*after, *open_ones]), None)


def desk_url(suggestion: Suggestion, at: Suggestion | None = None) -> str:
    """Return the review desk's address at `at`, else at the article's next open suggestion."""
    url = reverse("admin:review", args=[suggestion.article_id])
    at = at or next_open(suggestion)
    return f"{url}?at={at.pk}#s{at.pk}" if at else url


class Batch:
    """Decisions on many suggestions, each in a transaction of its own, and what came of them."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.done = self.late = self.made = 0
        self.open: list[str] = []
        self.left: list[str] = []
        self.not_taken_over: list[SafeString] = []

    def fresh(self, chosen: Rows) -> Iterable[Suggestion]:
        """The suggestions, each read when its turn comes, in order of publication."""
        in_order = chosen.order_by("article__published_at", "start", "pk")
        for pk in in_order.values_list("pk", flat=True):
            yield from Suggestion.objects.select_related("article", "match").filter(pk=pk)

    def accept(self, suggestion: Suggestion, event: Event | None = None) -> None:
        """Accept one, into `event` if one is given, with all names that need no asking."""
        offered = offered_links([suggestion])[0]
        links = suggestion.lacking(clear_links(self.request.user, offered), event)
        if self._decide(
            suggestion,
            lambda: suggestion.accept(by=editor_of(self.request), event=event, links=links),
        ):
            self.made += sum(link.is_made for link in links)
            lacking = suggestion.lacking(offered, event)
            self.open += [link.said for link in lacking if not link.record and link not in links]
            self.not_taken_over += _not_taken_over(suggestion, links)
            self.not_taken_over += _not_tied(suggestion, event)

    def reject(self, suggestion: Suggestion) -> None:
        """Reject one."""
        self._decide(suggestion, lambda: suggestion.reject(by=editor_of(self.request)))

    def leave(self, suggestion: Suggestion, reasons: list[str]) -> None:
        """Leave one open, for a reason."""
        self.left.append(f"“{suggestion}”: {' '.join(reasons)}")

    def say(self, done: str) -> None:
        """Say what was done, and what is left open and why."""
        counts = {done: self.done, "already decided": self.late}
        said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        new = f" New: {self.made} actors and places." if self.made else ""
        level = messages.SUCCESS if self.done else messages.WARNING
        messages.add_message(self.request, level, f"{said or 'Nothing was decided'}.{new}")
        if self.open:
            names = ", ".join(dict.fromkeys(self.open))
            messages.warning(self.request, f"Left open, for no one record bears the name: {names}.")
        if self.left:
            said = f"{len(self.left)} left for you to decide at the review desk."
            messages.warning(self.request, _joined([said, *_few(self.left)]))
        if self.not_taken_over:
            messages.warning(self.request, _joined(_few(self.not_taken_over)))

    def _decide(self, suggestion: Suggestion, decision: Callable[[], object]) -> bool:
        try:
            decision()
        except AlreadyDecidedError:
            self.late += 1
            return False
        except NotDecidedError as error:
            self.leave(suggestion, [str(error)])
            return False
        self.done += 1
        return True


def _said(accepted: Report | Quote, event: Event | None) -> SafeString:
    if isinstance(accepted, Quote):
        url = reverse("admin:timeline_quote_change", args=[accepted.pk])
        waits = "" if accepted.is_published else ", not yet public"
        return format_html('Accepted the quote <a href="{}">{}</a>{}.', url, accepted, waits)
    url = reverse("admin:timeline_event_change", args=[accepted.event_id])
    done = "Added to" if event else "Accepted as a new event, not yet public:"
    done = "Accepted for" if accepted.is_public else done
    is_waiting = accepted.event.is_published and not accepted.is_published
    then = " Readers see the report once you publish it there." if is_waiting else ""
    return format_html('{} <a href="{}">{}</a>.{}', done, url, accepted.event, then)


def _described(link: NameLink) -> str:
    record = link.record
    kind = record.get_kind_display().lower() if isinstance(record, Actor) else "place"
    return f"{record} ({kind})"


def _left(
    suggestion: Suggestion, offered: list[NameLink], taken: Sequence[NameLink], event: Event | None
) -> list[str]:
    """What the records now lack of the names, in sentences."""
    chosen = {(link.role, link.said) for link in taken}
    rest = [
        link for link in suggestion.lacking(offered, event) if (link.role, link.said) not in chosen
    ]
    said = []
    if names := [link.said for link in rest if not link.is_ambiguous]:
        said.append(f"Left out: {', '.join(names)}.")
    if names := [link.said for link in rest if link.is_ambiguous]:
        said.append(f"Left open, for several bear the name: {', '.join(names)}.")
    place = suggestion.place
    if event and event.place and place and not event.place.bears(place):
        said.append(f"The event stays at {event.place}; the report says {place}.")
    return said


def _not_taken_over(
    suggestion: Suggestion, names: Iterable[NameLink], called: str = ""
) -> list[SafeString]:
    """What the article's earlier report of the event lacks, with the way to where it is added.

    `names` are those to be linked: a report that readers see has been given none of them.
    """
    report = suggestion.report
    if report is None:
        return []
    lacks = [str(link.record or link.name or link.said) for link in names if report.is_public]
    if called and called != report.title:
        lacks.append(f"the name “{called}”")
    if suggestion.exact != report.exact:
        lacks.append(f"the words “{Truncator(suggestion.exact).chars(120)}”")
    stays = _stays(report, suggestion)
    if not lacks and not stays:
        return []
    has = (
        "This article’s report of {} is public already."
        if report.is_public
        else "This article reports {} already."
    )
    url = reverse("admin:timeline_event_change", args=[report.event_id])
    link = format_html('<a href="{}">{}</a>', url, report.event)
    left = [f"Left for you to add there: {', '.join(lacks)}."] if lacks else []
    return [_joined([format_html(has, link), *stays, *left])]


def _not_tied(suggestion: Suggestion, event: Event | None) -> list[SafeString]:
    """That a quote which readers see already was not put on a public event, and where it is."""
    quote = suggestion.quote
    if not quote or not event or quote.events.filter(pk=event.pk).exists():
        return []
    url = reverse("admin:timeline_quote_change", args=[quote.pk])
    return [
        format_html(
            "The quote is public already and is not tied to “{}”, which readers would see at once. "
            '<a href="{}">Tie it in its form</a> if it belongs there.',
            event,
            url,
        )
    ]


def _stays(report: Report, suggestion: Suggestion) -> list[str]:
    """That the report keeps its date and status, where the suggestion has others."""
    stated = stated_date(suggestion, report.event)
    if (report.edtf, report.status) == (stated, suggestion.status):
        return []
    before, now = (
        f"{words_of(one.edtf)}, {one.get_status_display().lower()}" for one in (report, suggestion)
    )
    return [f"It stays as it was ({before}), not {now}."]


def _few(said: Sequence[str]) -> list[str]:
    """The first five sentences, and how many more there are."""
    return [*said[:5], *([f"And {len(said) - 5} more."] if len(said) > 5 else [])]


def _joined(said: Iterable[str]) -> SafeString:
    return format_html_join(" ", "{}", ([one] for one in said))
