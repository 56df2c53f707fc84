"""Which events in the records an article may report: a few candidates, and the likeliest of them.

What is fetched does not grow with the archive: an event is looked for by a date near to one that
the article states, by a shared actor, and by the words of its title; each search takes the
best few. `tests/web/test_matching.py` holds the choice against a match with every event.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Lower

from timeline import dates
from timeline.extraction import linking
from timeline.models import Actor, Alias, Article, Event, Participation, Report, Suggestion
from timeline.models.merge_checks import PLAN_MOVES

# The score from which a merge is what is offered first
LIKELY = linking.THRESHOLD
# Events that each search brings, beside one for every report of the article.
FEW = 100
# Dates that lie two days apart can be of one event, and an approximate one is off by seven more.
_NEAR = 9
# A date of more days than this tells too little to look for an event by it alone; one of more
# than ten years tells nothing.
_TELLING, _LONGEST = 92, 3653
# Whose words stand for an event's reports, however many there are: the first and the latest ones.
_FIRST_REPORTS, _LATEST_REPORTS = 4, 8
# What one search asks for: windows, names and words, the most frequent ones first.
_WINDOWS, _NAMES, _WORDS = 100, 500, 60


class Candidates:
    """The events that some reports of one article may be of, as known when it was published."""

    def __init__(
        self, article: Article, reports: Sequence[Suggestion], also: Iterable[int] = ()
    ) -> None:
        """`also` are keys of events to compare with, wherever they lie."""
        sketches = [_sketch_of_report(report) for report in reports]
        keys = _keys(article, sketches).union(also) if sketches else set()
        events = _events(keys, article) if keys else []
        self.sketches = [_sketch_of_event(event) for event in events]
        self.rarity = linking.rarity(self.sketches)
        self.aliases = _aliases([*sketches, *self.sketches])

    def match(self, report: Suggestion) -> linking.Match | None:
        """Return the event that `report` is most likely of, if any is likely."""
        best = next(iter(self.rank(report)), None)
        return best if best and best.score >= LIKELY else None

    def rank(self, report: Suggestion, among: Iterable[int] | None = None) -> list[linking.Match]:
        """Return the events that may be the one, the likeliest first; `among` these, by key."""
        wanted = None if among is None else set(among)
        near = [
            known
            for known in self.sketches
            if _may_meet(report.edtf, known.edtf) and (wanted is None or known.key in wanted)
        ]
        return linking.rank(_sketch_of_report(report), near, self.aliases, self.rarity)


def match_anew(suggestion: Suggestion) -> set[int]:
    """Match a suggestion whose title or date was corrected; return its key if that changed."""
    if suggestion.type != Suggestion.Type.REPORT:
        return set()
    best = Candidates(suggestion.article, [suggestion]).match(suggestion)
    return _store(suggestion, best)


def _store(suggestion: Suggestion, match: linking.Match | None) -> set[int]:
    """Keep a match on the row as it is now: somebody may decide it meanwhile."""
    now: dict[str, Any] = {"match_id": None, "score": None, "reasons": []}
    if match:
        now = {"match_id": match.candidate.key, "score": match.score}
        now["reasons"] = list(match.reasons)
    if all(getattr(suggestion, name) == value for name, value in now.items()):
        return set()
    waits = Suggestion.objects.pending().filter(pk=suggestion.pk, match=suggestion.match_id)
    return {suggestion.pk} if waits.update(**now) else set()


def rematch(article: Article, touched: Iterable[int] = ()) -> set[int]:
    """Match what waits of an article anew, after a decision; return the keys of what changed.

    It is compared with the events that the decision made or changed, by key; what has lost its
    match, since the event is gone, with all.
    """
    touched = set(touched)
    waiting = list(article.suggestions.pending().filter(type=Suggestion.Type.REPORT))
    lost = [one for one in waiting if one.match_id is None and one.score is not None]
    if not waiting or not (touched or lost):
        return set()
    candidates = Candidates(article, waiting, also=touched)
    changed: set[int] = set()
    for one in waiting:
        is_lost = one in lost
        best = next(iter(candidates.rank(one, None if is_lost else touched)), None)
        least = LIKELY if is_lost or one.score is None else one.score
        match = best if best and best.score >= least else None
        if match or is_lost:
            changed |= _store(one, match)
    return changed


def find_events(words: str, day: dt.date, most: int = 8) -> list[Event]:
    """Return events by the beginnings of words in title, actors or place, those near `day` first.

    “vi be” finds the visit to Beijing.
    """
    wanted = words.split()[:8]
    if not wanted:
        return []
    found = Event.objects.all()
    for word in wanted:
        named = Participation.objects.filter(event=OuterRef("pk")).filter(
            Q(actor__name__istartswith=word) | Q(actor__name__icontains=f" {word}")
        )
        found = found.filter(
            Q(title__istartswith=word)
            | Q(title__icontains=f" {word}")
            | Q(place__name__istartswith=word)
            | Exists(named)
        )
    sides = (
        found.filter(earliest__lte=day).order_by("-earliest", "-pk"),
        found.filter(earliest__gt=day).order_by("earliest", "pk"),
        found.filter(earliest=None).order_by("-pk"),
    )
    near = [event for side in sides for event in side.select_related("place")[:most]]
    near.sort(
        key=lambda event: (
            not event.title.casefold().startswith(wanted[0].casefold()),
            abs((event.earliest - day).days) if event.earliest else dt.date.max.toordinal(),
        )
    )
    return near[:most]


def _sketch_of_report(report: Suggestion) -> linking.Sketch:
    return linking.Sketch(
        title=report.title,
        edtf=report.edtf,
        kind=report.kind,
        status=report.status,
        actors=tuple(report.actors),
        places=(report.place,) if report.place else (),
        wordings=(report.exact,),
    )


def _sketch_of_event(event: Event) -> linking.Sketch:
    return linking.Sketch(
        title=event.shown_title,
        edtf=event.shown_edtf,
        kind=event.kind,
        status=event.shown_status,
        actors=tuple(actor.name for actor in event.participants.all()),
        places=(event.place.name, event.place.country) if event.place else (),
        wordings=tuple(
            dict.fromkeys(one.exact for one in (*event.first_reports, *event.latest_reports))
        ),
        key=event.pk,
    )


def _may_meet(one: str, other: str) -> bool:
    """Whether two dates lie so near that both can be of one event; an unset one is near to all."""
    first, second = dates.known_bounds(one), dates.known_bounds(other)
    for before, after in ((first, second), (second, first)):
        if before.latest and after.earliest and (after.earliest - before.latest).days > PLAN_MOVES:
            return False
    return True


def _events(keys: set[int], article: Article) -> list[Event]:
    """Return these events as they were known on the article's day; as they are now if not then."""
    day, zone = article.published_on, article.zone
    reports = Report.objects.all()  # drafts and waiting reports are matched as well
    worded = reports.known_on(day, zone).exclude(exact="").only("event", "exact")
    latest = worded.order_by("-article__published_at", "-pk")
    events = Event.objects.select_related("place").prefetch_related(
        "participants",
        Prefetch("reports", worded.in_order()[:_FIRST_REPORTS], to_attr="first_reports"),
        Prefetch("reports", latest[:_LATEST_REPORTS], to_attr="latest_reports"),
    )
    known = list(events.filter(pk__in=keys).as_known_on(day, zone, reports))
    others = keys - {event.pk for event in known}
    return [*known, *events.filter(pk__in=others).as_known_on(None, zone, reports)]


# ------------------------------------------------------------------------------- the searches


def _keys(article: Article, sketches: Sequence[linking.Sketch]) -> set[int]:
    """Return the keys of the events that are worth a comparison, by a fixed number of queries."""
    most = FEW + len(sketches)
    actors = _actors(name for sketch in sketches for name in sketch.actors)
    day = article.published_on
    shared = Event.objects.filter(_shares(actors, "pk"))
    searches = [
        shared.filter(earliest__lte=day).order_by("-earliest"),
        shared.filter(earliest__gt=day).order_by("earliest"),
        shared.filter(earliest=None).order_by("-pk"),
        _titled(sketches, day),
    ]
    if touching := _touching(sketches):
        told = Report.objects.filter(touching).values("event")
        order = (_shares(actors, "pk").desc(), "pk") if actors else ("pk",)
        for events in (Event.objects.filter(touching), Event.objects.filter(pk__in=told)):
            searches.append(events.order_by(*order))
    return {key for search in searches for key in search.values_list("pk", flat=True)[:most]}


def _shares(actors: Sequence[int], event: str) -> Exists:
    """Return the condition that one of the actors took part in the event that a row names."""
    return Exists(Participation.objects.filter(event=OuterRef(event), actor__in=actors))


def _actors(names: Iterable[str]) -> list[int]:
    """Return the keys of the actors that bear these names, as their own or as an alias."""
    folded = _folded(names)
    named = Actor.objects.alias(folded=Lower("name")).filter(folded__in=folded)
    called = Alias.objects.alias(folded=Lower("name")).filter(folded__in=folded)
    return [*named.values_list("pk", flat=True), *called.values_list("actor", flat=True)]


def _aliases(sketches: Sequence[linking.Sketch]) -> dict[str, str]:
    """Return the one name for each alias that stands in the sketches, keys in casefold."""
    folded = _folded(name for sketch in sketches for name in (*sketch.actors, *sketch.places))
    known = Alias.objects.alias(folded=Lower("name")).filter(folded__in=folded)
    return {alias.casefold(): name for alias, name in known.values_list("name", "actor__name")}


def _folded(names: Iterable[str]) -> list[str]:
    """Return the commonest names as LOWER() of either database gives them.

    SQLite's leaves letters outside ASCII as they are.
    """
    common = [name for name, _ in Counter(filter(None, names)).most_common(_NAMES)]
    plain = ["".join(c.lower() if c.isascii() else c for c in name) for name in common]
    return sorted({*plain, *map(str.lower, common)})


def _touching(sketches: Sequence[linking.Sketch]) -> Q | None:
    """Return the condition that a date lies at a report's; None where none tells enough."""
    return _overlapping(_windows(sketches, 0, _TELLING), _TELLING)


def _overlapping(windows: Sequence[tuple[dt.date, dt.date]], longest: int) -> Q | None:
    """Return the condition that a date of so many days at most lies in one of the windows.

    Its length is bounded so that an index on its first day is enough.
    """
    found = Q()
    for first, last in windows:
        found |= Q(earliest__range=(_moved(first, -longest), last), latest__gte=first)
    return found or None


def _windows(
    sketches: Sequence[linking.Sketch], least: int, most: int
) -> list[tuple[dt.date, dt.date]]:
    """Return the days at which the reports' dates of so many days lie, in few windows apart."""
    spans = {dates.known_bounds(sketch.edtf) for sketch in sketches}
    days = sorted(
        (span.earliest.toordinal() - _NEAR, span.latest.toordinal() + _NEAR)
        for span in spans
        if span.earliest and span.latest and least <= (span.latest - span.earliest).days < most
    )
    windows = _merged(days, 0)
    if len(windows) > _WINDOWS:  # a long history: what lies within a month of the next is one
        windows = _merged(windows, 31)[-_WINDOWS:]
    return [(_day_of(begin), _day_of(end)) for begin, end in windows]


def _merged(spans: Iterable[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    for begin, end in spans:
        if windows and begin <= windows[-1][1] + gap:
            windows[-1] = windows[-1][0], max(windows[-1][1], end)
        else:
            windows.append((begin, end))
    return windows


def _titled(sketches: Sequence[linking.Sketch], day: dt.date) -> QuerySet[Event]:
    """Return events by words of the reports' titles: undated, around `day`, or of a year stated."""
    words = Counter(word for sketch in sketches for word in linking.stems(sketch.title))
    if not words:
        return Event.objects.none()
    hits = sum(
        Case(When(title__icontains=word, then=1), default=0, output_field=IntegerField())
        for word, _ in words.most_common(_WORDS)
    )
    near = Q(earliest__range=(_moved(day, -PLAN_MOVES), _moved(day, PLAN_MOVES)))
    near |= Q(earliest=None)
    near |= _overlapping(_windows(sketches, _TELLING, _LONGEST), _LONGEST) or Q()
    return Event.objects.annotate(hits=hits).filter(near, hits__gt=0).order_by("-hits", "pk")


def _moved(day: dt.date, by: int) -> dt.date:
    return _day_of(day.toordinal() + by)


def _day_of(number: int) -> dt.date:
    """Return the day of an ordinal number, or the nearest one of the calendar."""
    return dt.date.fromordinal(min(max(number, 1), dt.date.max.toordinal()))
