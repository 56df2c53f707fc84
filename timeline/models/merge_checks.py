"""What speaks against it that an article reports an event: its date, its status, its day."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q

from timeline import dates
from timeline.basis.words import quoted
from timeline.models.actors import Actor
from timeline.models.articles import Article, local_day
from timeline.models.derived import words_of
from timeline.models.events import Event
from timeline.models.participations import Participation
from timeline.models.plan_words import date_the_plan
from timeline.models.reports import Report
from timeline.models.vocabulary import PLANS, Stance, Status

if TYPE_CHECKING:
    from timeline.models.suggestions import Suggestion


# What has not taken place, so that a report of the like may be of it.
OPEN = (*PLANS, Status.CANCELLED)
_MOST_AHEAD = 100  # plans of the same actors that lie ahead of an article
# A plan that moves by more days than this is another plan; the linking itself stops there too.
PLAN_MOVES = 400
# What occurred more days ago is told with its date, or recalled.
_NEWS = 365
# An article names no day of what took place on the one that was planned while that is fresh: weeks
# later it says “last month”, or tells of another.
_FRESH = 14
# A plan for fewer days than this is told by its date; one for May may be another of that month.
_EXACT = 8


class _Known(NamedTuple):
    """What was known of an event on a day; without reports, what the desk has of it."""

    edtf: str
    status: str
    reported: dt.date | None  # the day of the report that tells its status

    @property
    def is_reported(self) -> bool:
        """Whether anything had been reported of the event."""
        return self.reported is not None


class CoarserDate(str):
    """The objection to a merge that fits and makes the date coarser: an editor has to choose."""

    __slots__ = ()


class ToldAlready(str):
    """The objection that the article reports the event already: a new event is offered first.

    Of 46 reports that looked like one before them in their own article (a score from 0.5 on, the
    invented stories of `tests/extraction/drafts/tellings.tsv`), 44 were of another event; of 93
    that looked like one of another article, 7 were.
    """

    __slots__ = ()


def is_open_choice(objections: Sequence[str]) -> bool:
    """Whether an editor has to choose, for a new event would be as wrong as the merge."""
    return bool(objections) and all(isinstance(one, CoarserDate) for one in objections)


def rules_out(objections: Sequence[str]) -> bool:
    """Whether an event is not even offered, for more than that an editor has to look."""
    return not all(isinstance(one, (CoarserDate, ToldAlready)) for one in objections)


def objections(suggestion: "Suggestion", event: Event) -> list[str]:
    """Return what speaks against the merge, in sentences for an editor; none is a good sign.

    What says that the merge makes the date coarser is a CoarserDate. Asked is what was known at the
    end of the article's day, on the article's own clock. Reads `event.reports` with their articles,
    which may be fetched before.
    """
    day = suggestion.article.published_on
    said = dates.words(day.isoformat())
    reports = list(event.reports.all())
    known = _known_by(suggestion, event)
    if reports and not known.is_reported:
        return [f"Nothing had been reported of this event by {said}."]
    found = [_by_date(suggestion, known, day), _by_status(suggestion, known, said, day)]
    if not reports and not (suggestion.edtf and event.edtf):
        found.append("No article reports this event, and there are no two dates to compare.")
    found.append(_by_exactness(suggestion, event, known, said))
    if any(report.article_id == suggestion.article_id for report in reports):
        found.append(ToldAlready("This article reports it already. Look whether it does so twice."))
    return [objection for objection in found if objection]


def stated_date(suggestion: "Suggestion", event: Event | None) -> str:
    """Return the date that the suggestion states of `event`, in EDTF; empty where it states none.

    What calls off or postpones is often dated by the day on which that was said. So its date counts
    only where it is the one that the event was known for, where the words make it the plan's own
    (“the Thursday summit”, “until June 12”), where an editor has judged it, or where all of it lies
    after the article's day and it is more than a day of the week, which is read forward and
    backward. `event` is None for a new one.
    """
    rule = suggestion.read_from.date.rule
    if not _is_off(suggestion) or not suggestion.edtf or rule == "judged":
        return suggestion.edtf
    earliest, latest = dates.known_bounds(suggestion.edtf)
    day = suggestion.article.published_on
    if event and suggestion.edtf == _known_by(suggestion, event).edtf:
        return suggestion.edtf
    is_ahead = earliest and earliest > day and rule not in ("weekday", "clock")
    is_moved_behind = _is_moved(suggestion) and latest and latest < day
    is_of_plan = not is_moved_behind and date_the_plan(suggestion, is_moved=_is_moved(suggestion))
    return suggestion.edtf if is_ahead or is_of_plan else ""


def unstated(suggestion: "Suggestion", events: Iterable[Event | None]) -> str:
    """Say that the suggestion's date is none of these events', for an editor; else nothing."""
    if not suggestion.edtf or all(stated_date(suggestion, event) for event in events):
        return ""
    words = quoted(suggestion.read_from.date.spans) or words_of(suggestion.edtf)
    return f"{words} is the day on which that was said, not of the event: no date is taken from it."


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
    day, zone = article.published_on, article.zone
    named = Actor.objects.named(*{name for one in plans for name in one.actors})
    known = Report.objects.known_on(day, zone).filter(event=OuterRef("pk"))
    ahead = Event.objects.filter(
        Exists(known),
        Exists(Participation.objects.filter(event=OuterRef("pk"), actor__in=named)),
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
    known = _known_by(suggestion, event)
    taking_part = list(event.participants.all())
    return (
        known.status in OPEN
        and (_is_off(suggestion) or dates.agree(suggestion.edtf, known.edtf))
        and all(any(actor.bears(name) for actor in taking_part) for name in suggestion.actors)
    )


def _is_moved(suggestion: "Suggestion") -> bool:
    return suggestion.status == Status.POSTPONED or suggestion.stance == Stance.POSTPONES


def _is_off(suggestion: "Suggestion") -> bool:
    """Whether it calls a plan off or postpones it."""
    is_called_off = suggestion.status == Status.CANCELLED or suggestion.stance == Stance.CANCELS
    return is_called_off or _is_moved(suggestion)


def _is_by(one: Article, other: Article) -> bool:
    """Whether `one` was published by the end of the day of `other` (see `published_by`)."""
    day = local_day(one.published_at, other.zone) if one.has_time else one.published_on
    return bool(day <= other.published_on)


def _known_by(suggestion: "Suggestion", event: Event) -> _Known:
    """What was known of the event by the end of the day of the suggestion's article."""
    reports = event.reports.all()
    return _known(event, [one for one in reports if _is_by(one.article, suggestion.article)])


def _known(event: Event, reports: list[Report]) -> _Known:
    """Date and status as `EventQuerySet.as_known_on` has them."""
    if not reports:
        return _Known(event.edtf, event.status, reported=None)
    recalled = sorted(reports, key=lambda one: (one.article.published_at, one.pk or math.inf))
    told = [one for one in reversed(recalled) if one.stance != Stance.RECALLS]
    latest = [*told, *recalled]
    dated = next((one.edtf for one in latest if one.edtf), "")
    return _Known(dated, latest[0].status, latest[0].article.published_on)


def _by_date(suggestion: "Suggestion", known: _Known, day: dt.date) -> str:
    said = f"This report says {words_of(suggestion.edtf)}"
    if _is_moved(suggestion) and _is_behind(suggestion.edtf, known.edtf, day):
        return f"{said}; nothing is postponed to what lay behind its article."
    if dates.agree(suggestion.edtf, known.edtf):
        return ""
    if _is_moved(suggestion) and _may_move(known.edtf, suggestion.edtf):
        return ""
    held = "the event had been reported for" if known.is_reported else "the event is dated"
    return f"{said}; {held} {words_of(known.edtf)}."


def _by_exactness(suggestion: "Suggestion", event: Event, known: _Known, said: str) -> str:
    """Say that the merge makes the date coarser: the one now, or the one known from that day on.

    What is postponed gets a new date, and what the same article has dated already keeps its own.
    """
    reports = list(event.reports.all())
    is_dated_here = any(one.article_id == suggestion.article_id for one in reports)
    if is_dated_here or _is_moved(suggestion):
        return ""
    merged = Report(
        article=suggestion.article,
        edtf=stated_date(suggestion, event),
        status=suggestion.status,
        stance=suggestion.stance,
    )
    by_then = [one for one in reports if _is_by(one.article, suggestion.article)]
    now, then = event.date_with(merged), _known(event, [*by_then, merged]).edtf
    for held, told, when in ((event.edtf, now, ""), (known.edtf, then, f" as known on {said}")):
        if dates.is_coarser(told, held) and not _is_new(suggestion, told, known):
            words = f"{words_of(held)} becomes {words_of(told)}"
            return CoarserDate(f"Merging makes the date coarser{when}: {words}.")
    return ""


def _is_new(suggestion: "Suggestion", edtf: str, known: _Known) -> bool:
    """Whether a date names the days of a plan, from and to: no week, weekend or part of a month.

    Of what has begun a report tells looser than the ones before: “this week”, “from Monday on”.
    """
    is_part = suggestion.read_from.date.rule in ("relative", "part") or dates.is_week(edtf)
    return known.status in OPEN and dates.is_exact(edtf) and not is_part


def _is_behind(edtf: str, known: str, day: dt.date) -> bool:
    """Whether a date lies before `day` and is not the one that was known."""
    latest = dates.known_bounds(edtf).latest
    is_known = known and dates.agree(edtf, known)
    return bool(latest and latest < day and not is_known)


def _may_move(known: str, edtf: str) -> bool:
    """Whether a plan for `known` may be postponed to `edtf`: later, and not too far."""
    latest, earliest = dates.known_bounds(known).latest, dates.known_bounds(edtf).earliest
    return bool(latest and earliest and 0 < (earliest - latest).days <= PLAN_MOVES)


def _by_status(suggestion: "Suggestion", known: _Known, said: str, day: dt.date) -> str:
    states = f"This report says “{suggestion.get_status_display().lower()}”"
    has_begun = suggestion.status in (Status.OCCURRED, Status.ONGOING)
    window = dates.known_bounds(known.edtf)
    if been := _overtaken(suggestion, known):
        return f"{states}; by {said} the event {been}."
    if has_begun and window.earliest and window.earliest > day:
        return f"{states}; the event lies after it, {words_of(known.edtf)}."
    if behind := _long_behind(suggestion, known, day):
        return f"{states}{behind}."
    ahead = dates.known_bounds(suggestion.edtf).earliest
    is_over = suggestion.status == Status.OCCURRED and not _is_off(suggestion)
    is_told_late = is_over or bool(ahead and ahead > day)
    if not is_told_late and window.latest and window.latest < day:
        stated = f", {words_of(suggestion.edtf)}" if suggestion.edtf else " and gives no day"
        return f"{states}{stated}; the event lay behind it, {words_of(known.edtf)}."
    is_told_by_date = _is_moved(suggestion) and _is_behind(suggestion.edtf, known.edtf, day)
    is_news = suggestion.stance != Stance.RECALLS and not is_told_by_date
    is_plan = _is_open(suggestion) and suggestion.status != Status.CANCELLED and is_news
    if untimely := _untimely(suggestion, day, is_plan=is_plan):
        return f"{states} of {words_of(suggestion.edtf)}, which lay {untimely} its article."
    return f"{states}; {open_plan}" if (open_plan := _open_plan(suggestion, known, day)) else ""


def _open_plan(suggestion: "Suggestion", known: _Known, day: dt.date) -> str:
    """Ask whether what has begun is the outcome of a plan, where no two dates tell so."""
    has_begun = suggestion.status in (Status.OCCURRED, Status.ONGOING)
    if not has_begun or known.status not in PLANS or _is_outcome(suggestion, known.edtf, day):
        return ""
    planned = words_of(known.edtf) if known.edtf else "no day"
    return f"the plan was known for {planned}. Look whether this is its outcome."


def _is_open(suggestion: "Suggestion") -> bool:
    """Whether what a suggestion tells is still to come."""
    return suggestion.status in OPEN or _is_moved(suggestion)


def _overtaken(suggestion: "Suggestion", known: _Known) -> str:
    """Say what the event had become by its status, where that leaves no room for the report's."""
    is_open, status = _is_open(suggestion), suggestion.status
    if (is_open or status == Status.ONGOING) and known.status == Status.OCCURRED:
        return "had taken place"
    if is_open and status != Status.CANCELLED and known.status == Status.ONGOING:
        return "was under way"
    has_begun = status in (Status.OCCURRED, Status.ONGOING)
    if (has_begun or _is_moved(suggestion)) and known.status == Status.CANCELLED:
        return "had been called off"
    return ""


def _untimely(suggestion: "Suggestion", day: dt.date, *, is_plan: bool) -> str:
    """Say whether a plan is for days “behind” `day`, or what has begun is on days “ahead of” it."""
    earliest, latest = dates.known_bounds(suggestion.edtf)
    if is_plan and latest and latest < day:
        return "behind"
    has_begun = suggestion.status in (Status.OCCURRED, Status.ONGOING)
    return "ahead of" if has_begun and earliest and earliest > day else ""


def _long_behind(suggestion: "Suggestion", known: _Known, day: dt.date) -> str:
    """Say that the event lay more than a year behind the news, where no two dates tell so.

    What is still open began long ago, too, where it is called off or planned anew. An event without
    a date, or without an end, was news when it was last reported.
    """
    has_begun = suggestion.status in (Status.OCCURRED, Status.ONGOING)
    is_recalled = has_begun and suggestion.stance == Stance.RECALLS
    if is_recalled or (suggestion.edtf and known.edtf):
        return ""
    window = dates.known_bounds(known.edtf)
    end = window.latest or (None if has_begun else window.earliest)
    told = min(dates.known_bounds(suggestion.edtf).latest or day, day)
    if end and (told - end).days > _NEWS:
        return f" and gives no day; the event lay long behind it, {words_of(known.edtf)}"
    if not end and known.reported and (told - known.reported).days > _NEWS:
        return f"; the event had last been reported on {dates.words(known.reported.isoformat())}"
    return ""


def _is_outcome(suggestion: "Suggestion", plan: str, day: dt.date) -> bool:
    """Whether what has begun, told on `day`, is what was planned for `plan`.

    It is where both dates are exact and the one lies within the other. Without a date it is what
    is under way on one of the days of the plan, or took place on its only day, just before.
    """
    earliest, latest = dates.known_bounds(plan)
    if not (_is_exact(plan) and earliest and latest):
        return False
    if suggestion.edtf:
        return _is_exact(suggestion.edtf) and dates.is_within(suggestion.edtf, plan)
    if suggestion.status == Status.ONGOING:
        return earliest <= day <= latest
    return earliest == latest and 0 < (day - latest).days <= _FRESH


def _is_exact(edtf: str) -> bool:
    """Whether a date is one day or a few, for certain."""
    earliest, latest = dates.known_bounds(edtf)
    is_short = bool(earliest and latest and (latest - earliest).days < _EXACT)
    return is_short and dates.is_exact(edtf)
