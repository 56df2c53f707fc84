"""Events as rows of a file: what each column says, in the ids that hold in any database."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Prefetch

from timeline.exchange.columns import REPORT_COLUMNS
from timeline.models import Article, Event, Participation, Report
from timeline.models.events import EventQuerySet

AT_ONCE = 500  # events that are read with all that hangs on them

type Record = dict[str, str]


def with_records(events: EventQuerySet) -> EventQuerySet:
    """Fetch what the columns need in a fixed number of queries."""
    reports = Report.objects.in_order().select_related("article__outlet")
    # without the bodies, which may be megabytes each and are asked for where words are looked up
    reports = reports.defer("article__body", "article__captions")
    found: EventQuerySet = events.select_related("place").prefetch_related(
        Prefetch("participations", Participation.objects.select_related("actor")),
        Prefetch("reports", reports),
        "timelines",
    )
    return found


def event_record(event: Event) -> Record:
    """Return what the event's columns say."""
    return {
        "slug": event.slug,
        "title": event.title,
        "kind": event.kind,
        "edtf": event.edtf,
        "status": event.status,
        "place": event.place.slug if event.place else "",
        "participants": "; ".join(part_words(one) for one in event.participations.all()),
        "summary": event.summary,
        "timelines": "; ".join(sorted(one.slug for one in event.timelines.all())),
    }


def part_words(part: Participation) -> str:
    """Return who takes part: the actor's slug, and the part in brackets where it is another."""
    is_plain = part.role == Participation.Part.PARTICIPANT
    return part.actor.slug if is_plain else f"{part.actor.slug} ({part.role})"


def report_record(report: Report, shared: frozenset[str] = frozenset()) -> Record:
    """Return what the report's columns say; `shared` are addresses of more than one article."""
    return {
        "article": article_id(report.article, shared),
        "edtf": report.edtf,
        "status": report.status,
        "stance": report.stance,
        "wording": report.title,
        "exact": report.exact,
    }


def article_id(article: Article, shared: frozenset[str]) -> str:
    """Return the article's address, or its slug where that says not which article is meant."""
    return article.url if article.url and article.url not in shared else article.slug


def shared_addresses() -> frozenset[str]:
    """Return the addresses that several articles have, as versions of one page do."""
    counts = Article.objects.exclude(url="").order_by().values("url").annotate(count=Count("pk"))
    return frozenset(counts.filter(count__gt=1).values_list("url", flat=True))


def exported(events: EventQuerySet) -> Iterator[dict[str, Any]]:
    """Yield each event's record with `published` and `reports`, the earliest event first."""
    shared = shared_addresses()
    for event in with_records(events.order_by("earliest", "pk")).iterator(AT_ONCE):
        record: dict[str, Any] = {**event_record(event)}
        record["published"] = "yes" if event.is_published else "no"
        record["reports"] = [
            {name: said[name] for name in REPORT_COLUMNS}
            | {"published": "yes" if report.is_published and event.is_published else "no"}
            for report in event.reports.all()
            for said in [report_record(report, shared)]
        ]
        yield record
