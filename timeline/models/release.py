"""The end of a review, or of a draft: what was accepted is published, and put on a timeline."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from timeline.models.articles import Article
from timeline.models.decisions import Decision
from timeline.models.drafts import Draft
from timeline.models.events import Event, EventQuerySet
from timeline.models.log import record
from timeline.models.name_links import NameLink
from timeline.models.quotes import Quote, QuoteQuerySet
from timeline.models.reports import Report, ReportQuerySet
from timeline.models.slugs import save_with_free_slug
from timeline.models.timelines import Timeline


def drafts_of(article: Article) -> EventQuerySet:
    """The events that the article reports and that wait to be published."""
    found: EventQuerySet = Event.objects.waiting().filter(reports__article=article)
    return found.distinct()


def reports_waiting(article: Article) -> ReportQuerySet:
    """The article's reports that wait on public events."""
    waiting = Report.objects.waiting().filter(article=article, event__is_published=True)
    return waiting.select_related("event", "article__outlet")


def quotes_waiting(article: Article) -> QuoteQuerySet:
    """The article's quotes that wait on public events alone."""
    waiting = Quote.objects.waiting().filter(article=article, events__is_published=True)
    return waiting.distinct()


def publish_together(
    article: Article,
    by: User,
    events: Iterable[Event],
    timeline: Timeline | None = None,
    *,
    with_additions: bool = False,
) -> tuple[int, int]:
    """Publish these events of an article with what hangs on them, as one decision.

    All go on `timeline`, where one is given; `with_additions` are the article's reports and quotes
    that wait on events which are public already. Returns how many events were published, and how
    many additions.
    """
    keys = sorted(event.pk for event in events)
    chosen = Event.objects.filter(pk__in=keys)
    what = ", ".join(chosen.values_list("title", flat=True))
    ties = Timeline.events.through.objects
    with Decision.record(by, Decision.Kind.PUBLISH, what=what, article=article) as decision:
        locked = _held(decision, Event.objects.filter(reports__article=article).distinct())
        if timeline:
            decision.watch(ties.filter(timeline=timeline))
        done = sum(event.publish(by) for event in locked if event.pk in keys)
        added = _publish_additions(article, by) if with_additions else 0
        if timeline and keys:
            timeline.events.add(*chosen)
            record(by, timeline, f"Put on it: {what}.")
    return done, added


def publish_draft(
    draft: Draft, by: User, events: Iterable[Event], timeline: Timeline
) -> tuple[Timeline, int]:
    """Publish these events of a draft with what hangs on them, on `timeline`, as one decision.

    A timeline that is not stored yet is made, unless the draft has one of that title by now; it is
    the draft's from now on, and public. Returns it, and how many events were published, or had
    something that waited.
    """
    ties = Timeline.events.through.objects
    what = f"{draft} on {timeline}"
    with Decision.record(by, Decision.Kind.PUBLISH, what=what, draft=draft) as decision:
        draft.hold()
        if timeline._state.adding:
            made = Timeline.objects.filter(drafts=draft, title=timeline.title)
            timeline = made.first() or timeline
        locked = _held(decision, Event.objects.filter(pk__in=[event.pk for event in events]))
        if timeline._state.adding:
            save_with_free_slug(timeline, timeline.title)
            decision.note_made(timeline)
        decision.watch(
            Timeline.objects.filter(pk=timeline.pk),
            ties.filter(timeline=timeline),
            Draft.objects.filter(pk=draft.pk),
        )
        done = sum(event.publish(by) for event in locked)
        timeline.events.add(*locked)
        timeline.publish(by)
        draft.timeline = timeline
        draft.save(update_fields=("timeline",))
    return timeline, done


def _held(decision: Decision, events: EventQuerySet) -> list[Event]:
    """Keep events from others, and let the decision watch them with all that goes with them."""
    locked = list(Event.objects.filter(pk__in=events).order_by("pk").select_for_update())
    keys = [event.pk for event in locked]
    for event in locked:
        event.take_over()
    decision.watch(
        Event.objects.filter(pk__in=keys),
        Report.objects.filter(event__in=keys),
        Quote.objects.filter(events__in=keys).distinct(),
    )
    return locked


def _publish_additions(article: Article, by: User) -> int:
    reports = list(reports_waiting(article).order_by("event_id"))
    for report in reports:
        report.release(by)
    quotes = list(quotes_waiting(article).order_by("pk"))
    return len(reports) + sum(quote.publish(by) for quote in quotes)


def tie(quote: Quote, event: Event, by: User) -> None:
    """Put a quote that waits on an event, and write it."""
    with Decision.record(by, Decision.Kind.EDIT, what=str(quote), article=quote.article) as one:
        one.watch(Quote.events.through.objects.filter(quote=quote))
        quote.events.add(event)
        record(by, quote, f"Put on “{event}”.")


def name_speaker(quote: Quote, link: NameLink, by: User) -> None:
    """Let a quote be said by the record of `link`, made if there is none; write it."""
    with Decision.record(by, Decision.Kind.EDIT, what=str(quote), article=quote.article) as one:
        one.watch(Quote.objects.filter(pk=quote.pk))
        speaker = link.resolve(by)
        Quote.objects.filter(pk=quote.pk).update(speaker=speaker)
        record(by, quote, f"Speaker: {speaker}.")
