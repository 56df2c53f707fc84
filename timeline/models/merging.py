"""What speaks against it that an article reports an event: its date, its status, its day."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q

from timeline import dates
from timeline.models.actors import Actor
from timeline.models.articles import Article
from timeline.models.derived import words_of
from timeline.models.events import Event
from timeline.models.reports import Report
from timeline.models.vocabulary import PLANS, Stance, Status

if TYPE_CHECKING:
    from timeline.models.suggestions import Suggestion


# What has not taken place, so that a report of the like may be of it.
OPEN = (*PLANS, Status.CANCELLED)
_MOST_AHEAD = 100  # plans of the same actors that lie ahead of an article


class _Known(NamedTuple):
    """What was known of an event on a day; without reports, what the desk has of it."""

    edtf: str
    status: str
    is_reported: bool


def objections(suggestion: "Suggestion", event: Event) -> list[str]:
    """Return what speaks against the merge, in sentences for an editor; none is a good sign.

    Asked is what was known at the end of the article's day, on the article's own clock. Reads
    `event.reports` with their articles, which may be fetched before.
    """
    day = suggestion.article.published_on
    said = dates.words(day.isoformat())
    reports = list(event.reports.all())
    known = _known(event, [one for one in reports if _is_by(one.article, suggestion.article)])
    if reports and not known.is_reported:
        return [f"Nothing had been reported of this event by {said}."]
    found = [_by_date(suggestion, known), _by_status(suggestion, known, said, day)]
    if not reports and not (suggestion.edtf and event.edtf):
        found.append("No article reports this event, and there are no two dates to compare.")
    return [objection for objection in found if objection]


def open_candidates(
    suggestions: Iterable["Suggestion"], article: Article
) -> dict[int, list[Event]]:
    """Return, by key, the plans that each suggestion of a plan may rather be of than its match.

    They were known and ahead on the article's day, are of the same kind, and have all the actors
    that the suggestion names. Takes a number of queries that does not grow with the suggestions.
    """
    plans = [one for one in suggestions if one.actors and one.status in OPEN]
    if not plans:
        return {}
    day, zone = article.published_on, _zone(article)
    named = Actor.objects.named(*{name for one in plans for name in one.actors})
    known = Report.objects.known_on(day, zone).filter(event=OuterRef("pk"))
    ahead = Event.objects.filter(
        Exists(known),
        Exists(Event.participants.through.objects.filter(event=OuterRef("pk"), actor__in=named)),
        Q(latest__gte=day) | Q(latest=None),
    ).prefetch_related(
        "participants__aliases",
        Prefetch("reports", Report.objects.select_related("article")),
    )[:_MOST_AHEAD]
    return {one.pk: [event for event in ahead if _may_be_of(one, event)] for one in plans}


def _may_be_of(suggestion: "Suggestion", event: Event) -> bool:
    """Whether an event that was known is a plan, then, which the suggestion may be of.

    What is called off or postponed may be dated by the day on which that was said.
    """
    if event.pk == suggestion.match_id or event.kind != suggestion.kind:
        return False
    reports = [one for one in event.reports.all() if _is_by(one.article, suggestion.article)]
    known = _known(event, reports)
    is_off = suggestion.status in (Status.CANCELLED, Status.POSTPONED)
    taking_part = list(event.participants.all())
    return (
        known.status in OPEN
        and (is_off or dates.agree(suggestion.edtf, known.edtf))
        and all(any(actor.bears(name) for actor in taking_part) for name in suggestion.actors)
    )


def _zone(article: Article) -> dt.tzinfo:
    return article.published_local.tzinfo if article.published_local else dt.UTC


def _is_by(one: Article, other: Article) -> bool:
    """Whether `one` was published by the end of the day of `other` (see `published_by`)."""
    if not one.has_time:
        return one.published_on <= other.published_on
    return one.published_at.astimezone(_zone(other)).date() <= other.published_on


def _known(event: Event, reports: list[Report]) -> _Known:
    """Date and status as `EventQuerySet.as_known_on` has them."""
    if not reports:
        return _Known(event.edtf, event.status, is_reported=False)
    told = sorted(
        (one for one in reports if one.stance != Stance.RECALLS),
        key=lambda one: (one.article.published_at, one.pk),
        reverse=True,
    )
    recalled = sorted(reports, key=lambda one: (one.article.published_at, one.pk))
    latest = [*told, *recalled]
    dated = next((one.edtf for one in latest if one.edtf), "")
    return _Known(dated, latest[0].status, is_reported=True)


def _by_date(suggestion: "Suggestion", known: _Known) -> str:
    is_moved = suggestion.status == Status.POSTPONED or suggestion.stance == Stance.POSTPONES
    if is_moved or dates.agree(suggestion.edtf, known.edtf):
        return ""
    held = "the event had been reported for" if known.is_reported else "the event is dated"
    return f"This report says {words_of(suggestion.edtf)}; {held} {words_of(known.edtf)}."


def _by_status(suggestion: "Suggestion", known: _Known, said: str, day: dt.date) -> str:
    states = suggestion.get_status_display().lower()
    if suggestion.status in OPEN and known.status == Status.OCCURRED:
        return f"This report says “{states}”; by {said} the event had taken place."
    has_begun = suggestion.status in (Status.OCCURRED, Status.ONGOING)
    if has_begun and known.status == Status.CANCELLED:
        return f"This report says “{states}”; by {said} the event had been called off."
    earliest = dates.known_bounds(known.edtf).earliest
    if has_begun and earliest and earliest > day:
        return f"This report says “{states}”; the event lies after it, {words_of(known.edtf)}."
    return ""
