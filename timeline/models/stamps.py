"""Whether the history has gone on since the columns of a timeline were read, and over which events.

The history has a line for every change of a record, so its last line is a stamp of all of them.
New ties between records have rows of their own, whose keys are never given twice.
"""

from typing import NamedTuple

from django.db.models import Count, Max, Subquery, Sum
from django.db.models.functions import Coalesce

from timeline.models.articles import Article
from timeline.models.events import Event
from timeline.models.history import Line, LineQuerySet
from timeline.models.quotes import Quote
from timeline.models.reports import Report
from timeline.models.timelines import Timeline

# A transaction that began earlier may commit lines below the last one that was seen: so many keys
# are looked through again.
WINDOW = 5_000
# With more changes than these, all is read anew.
MANY = 20_000


class Stamp(NamedTuple):
    """How far the history, and the ties of timelines and quotes, had come."""

    line: int  # the last one
    lines: int  # how many there are in the window up to it
    total: int  # the sum of their keys
    tie: int
    quote_tie: int


def stamp_now() -> Stamp:
    """Return the stamp of the database as it is now."""
    last = Coalesce(Subquery(Line.objects.order_by("-pk").values("pk")[:1]), 0)
    window = Line.objects.filter(pk__gt=last - WINDOW).order_by()
    found = window.aggregate(last=Max("pk"), lines=Count("pk"), total=Sum("pk"))
    ties = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in _TIES)
    return Stamp(found["last"] or 0, found["lines"], found["total"] or 0, *ties)


class Changed(NamedTuple):
    """The keys of the events that may have changed; of quotes, whose events may be told no more."""

    events: set[int]
    quotes: set[int]


def changed_since(timeline: Timeline, old: Stamp) -> Changed | None:
    """Return what may have changed since a stamp; None for all.

    Of lines that are gone, as where a change is taken back within its act, nothing tells which
    events they were about.
    """
    window = Line.objects.filter(pk__gt=old.line - WINDOW, pk__lte=old.line)
    again = window.aggregate(lines=Count("pk"), total=Sum("pk"))
    is_as_seen = (again["lines"], again["total"] or 0) == (old.lines, old.total)
    lines = Line.objects.filter(pk__gt=old.line - (0 if is_as_seen else WINDOW))
    if again["lines"] < old.lines or lines.count() > MANY:
        return None
    changed = _changed_in(lines, timeline)
    for model, last in zip(_TIES, (old.tie, old.quote_tie), strict=True):
        made = model._default_manager.filter(pk__gt=last).values_list("event_id", flat=True)
        changed.events.update(made[: MANY + 1])
    return changed if len(changed.events) <= MANY else None


_TIES = Timeline.events.through, Quote.events.through


def _changed_in(lines: LineQuerySet, timeline: Timeline) -> Changed:
    """What lines of the history are about."""
    event, article, quote, whole = (
        one._meta.label_lower for one in (Event, Article, Quote, Timeline)
    )
    found: dict[str, set[int]] = {event: set(), article: set(), quote: set()}
    columns = ("model", "object_id", "part_of", "before", "after")
    for model, key, part_of, *sides in lines.order_by().values_list(*columns).iterator():
        found.setdefault(model, set()).add(key)
        before, after = (side or {} for side in sides)
        if part_of.startswith(f"{event}:"):
            found[event].add(int(part_of.partition(":")[2]))
            found[event].update(filter(None, (before.get("event_id"), after.get("event_id"))))
        if model == quote or (model == whole and key == timeline.pk):  # ties that were cut
            found[event] |= set(before.get("events", ())) ^ set(after.get("events", ()))
    ties = Quote.events.through.objects
    for rows in (
        Report.objects.filter(article__in=found[article]),
        ties.filter(quote__article__in=found[article]),
        ties.filter(quote__in=found[quote]),
    ):
        found[event].update(rows.values_list("event_id", flat=True))
    return Changed(found[event], found[quote])
