"""What speaks against it that an article reports an event: its date, its status, its day."""

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from timeline import dates
from timeline.models.articles import Article
from timeline.models.events import Event, Report
from timeline.models.vocabulary import PLANS, Stance, Status

if TYPE_CHECKING:
    from timeline.models.suggestions import Suggestion


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


def _is_by(one: Article, other: Article) -> bool:
    """Whether `one` was published by the end of the day of `other` (see `published_by`)."""
    if not one.has_time:
        return one.published_on <= other.published_on
    zone = other.published_local.tzinfo if other.published_local else dt.UTC
    return one.published_at.astimezone(zone).date() <= other.published_on


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
    return f"This report says {dates.words(suggestion.edtf)}; {held} {dates.words(known.edtf)}."


def _by_status(suggestion: "Suggestion", known: _Known, said: str, day: dt.date) -> str:
    is_open = suggestion.status in PLANS or suggestion.status == Status.CANCELLED
    states = Status(suggestion.status).label.lower()
    if is_open and known.status == Status.OCCURRED:
        return f"This report says “{states}”; by {said} the event had taken place."
    has_begun = suggestion.status in (Status.OCCURRED, Status.ONGOING)
    if has_begun and known.status == Status.CANCELLED:
        return f"This report says “{states}”; by {said} the event had been called off."
    earliest = dates.bounds(known.edtf).earliest
    if has_begun and earliest and earliest > day:
        return f"This report says “{states}”; the event lies after it, {dates.words(known.edtf)}."
    return ""
