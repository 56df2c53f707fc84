"""What an editor decides about suggestions, and how the desk answers."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from timeline.models import (
    Actor,
    AlreadyDecidedError,
    Event,
    Place,
    Quote,
    Report,
    Suggestion,
)


def accept(request: HttpRequest, suggestion: Suggestion, event: Event | None = None) -> bool:
    """Accept one suggestion, into `event` if one is given; say what came of it.

    Returns False, with a message instead of an error, when somebody was faster.
    """
    try:
        accepted = suggestion.accept(by=request.user, event=event)
    except AlreadyDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return False
    messages.success(request, _said(accepted, event))
    if isinstance(accepted, Report) and event is None and (names := _unknown(suggestion)):
        said = f"Left out, because no record bears the name: {', '.join(names)}."
        messages.warning(request, said)
    return True


def reject(request: HttpRequest, suggestion: Suggestion) -> bool:
    """Reject one suggestion. Returns False, with a message, when somebody was faster."""
    try:
        suggestion.reject(by=request.user)
    except AlreadyDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return False
    messages.success(request, f"Rejected: {suggestion}")
    return True


def reopen(request: HttpRequest, suggestion: Suggestion) -> bool:
    """Take a rejection back. Returns False, with a message, when it was none."""
    try:
        suggestion.reopen(by=request.user)
    except AlreadyDecidedError as error:
        messages.warning(request, f"“{suggestion}”: {error}")
        return False
    messages.success(request, f"Open again: {suggestion}")
    return True


def next_open(suggestion: Suggestion) -> Suggestion | None:
    """Return the open suggestion that follows in the article; after the last, the first."""
    open_ones = list(suggestion.article.suggestions.pending().order_by("start", "pk"))
    key = (suggestion.start or 0, suggestion.pk)
    after = [one for one in open_ones if (one.start or 0, one.pk) > key]
    return next(iter([*after, *open_ones]), None)


def desk_url(suggestion: Suggestion, at: Suggestion | None = None) -> str:
    """Return the review desk's address at `at`, else at the article's next open suggestion."""
    url = reverse("admin:review", args=[suggestion.article_id])
    at = at or next_open(suggestion)
    return f"{url}?at={at.pk}#s{at.pk}" if at else url


def _said(accepted: Report | Quote, event: Event | None) -> str:
    if isinstance(accepted, Quote):
        url = reverse("admin:timeline_quote_change", args=[accepted.pk])
        waits = "" if accepted.is_published else ", not yet public"
        return format_html('Accepted the quote <a href="{}">{}</a>{}.', url, accepted, waits)
    url = reverse("admin:timeline_event_change", args=[accepted.event_id])
    done = "Added to" if event else "Accepted as a new event, not yet public:"
    is_waiting = accepted.event.is_published and not accepted.is_published
    then = " Readers see the report once you publish it there." if is_waiting else ""
    return format_html('{} <a href="{}">{}</a>.{}', done, url, accepted.event, then)


def _unknown(suggestion: Suggestion) -> list[str]:
    """The actors and the place that a new event could not take over."""
    names = [name for name in suggestion.actors if not Actor.objects.named(name).exists()]
    place = suggestion.place
    if place and not Place.objects.filter(name__iexact=place).exists():
        names.append(place)
    return names
