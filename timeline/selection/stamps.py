"""Whether the history has gone on since the columns of a timeline were read, and over which events.

The history has a line for every change of a record, so its last line is a stamp of all of them.
Ties between records have rows of their own, whose keys are never given twice.
"""

from typing import NamedTuple

from django.db.models import Count, Max, Sum

from timeline.models import Article, Event, Quote, Report, Timeline
from timeline.models.history import Line, LineQuerySet

# A transaction that began earlier may commit lines below the last one that was seen: so many keys
# are looked through again.
WINDOW = 5_000
# With more changes than these, all is read anew.
MANY = 20_000


class Stamp(NamedTuple):
    """How far the history, the ties of a timeline, and those of quotes had come."""

    line: int  # the last one
    lines: int  # how many there are in the window up to it
    total: int  # the sum of their keys
    tie: int
    ties: int
    quote_tie: int
    quote_ties: int


def stamp_of(timeline: Timeline, line: int | None = None) -> Stamp:
    """Return the stamp of a timeline as the database is now, or as it stood with a last `line`."""
    last = line if line is not None else Line.objects.aggregate(last=Max("pk"))["last"] or 0
    window = Line.objects.filter(pk__gt=last - WINDOW, pk__lte=last)
    seen = window.aggregate(lines=Count("pk"), total=Sum("pk"))
    of_timeline = Timeline.events.through.objects.filter(timeline=timeline)
    of_quotes = Quote.events.through.objects.all()
    ties, quote_ties = (
        rows.aggregate(last=Max("pk"), number=Count("pk")) for rows in (of_timeline, of_quotes)
    )
    return Stamp(
        last, seen["lines"], seen["total"] or 0,
        ties["last"] or 0, ties["number"],
        quote_ties["last"] or 0, quote_ties["number"],
    )  # fmt: skip


def changed_events(timeline: Timeline, old: Stamp, new: Stamp) -> set[int] | None:
    """Return the keys of the events that may have changed between two stamps; None for all.

    Of lines that are gone, as where a change is taken back within its act, and of ties that are
    cut, nothing tells which events they were about.
    """
    again = stamp_of(timeline, old.line)
    is_as_seen = (again.lines, again.total) == (old.lines, old.total)
    lines = Line.objects.filter(pk__gt=old.line - (0 if is_as_seen else WINDOW))
    if again.lines < old.lines or new.line < old.line or lines.count() > MANY:
        return None
    of_timeline = Timeline.events.through.objects.filter(timeline=timeline, pk__gt=old.tie)
    of_quotes = Quote.events.through.objects.filter(pk__gt=old.quote_tie)
    ties, quote_ties = (
        list(rows.values_list("event_id", flat=True)[: MANY + 1])
        for rows in (of_timeline, of_quotes)
    )
    made = old.ties + len(ties), old.quote_ties + len(quote_ties)
    if made != (new.ties, new.quote_ties):
        return None
    return _events_of(lines) | {*ties, *quote_ties}


def _events_of(lines: LineQuerySet) -> set[int]:
    """The keys of the events that lines of the history are about."""
    event, article, quote = (one._meta.label_lower for one in (Event, Article, Quote))
    found: dict[str, set[int]] = {event: set(), article: set(), quote: set()}
    columns = ("model", "object_id", "part_of", "before", "after")
    for model, key, part_of, *sides in lines.order_by().values_list(*columns).iterator():
        found.setdefault(model, set()).add(key)
        if part_of.startswith(f"{event}:"):
            found[event].add(int(part_of.partition(":")[2]))
            found[event].update(filter(None, ((side or {}).get("event_id") for side in sides)))
    ties = Quote.events.through.objects
    for rows in (
        Report.objects.filter(article__in=found[article]),
        ties.filter(quote__article__in=found[article]),
        ties.filter(quote__in=found[quote]),
    ):
        found[event].update(rows.values_list("event_id", flat=True))
    return found[event]
