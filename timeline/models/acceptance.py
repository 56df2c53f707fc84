"""What an accepted suggestion becomes: a report of an event with its names, or a quote."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User

from timeline.models.actors import Actor
from timeline.models.decisions import note_made, watch
from timeline.models.events import Event
from timeline.models.log import record
from timeline.models.merge_checks import stated_date
from timeline.models.name_links import NameLink, NameRole, in_order
from timeline.models.participations import Participation
from timeline.models.quotes import Quote
from timeline.models.reports import Report
from timeline.models.slugs import save_with_free_slug
from timeline.models.vocabulary import Kind

if TYPE_CHECKING:
    from timeline.models.suggestions import Suggestion


def _evidence(suggestion: "Suggestion") -> dict[str, Any]:
    return {
        field: getattr(suggestion, field)
        for field in ("exact", "prefix", "suffix", "start", "end", "basis")
    }


def make_report(
    suggestion: "Suggestion", by: User, event: Event | None, links: Sequence[NameLink], called: str
) -> Report:
    """Make the report of a suggestion, of `event` or of a new one; see `Suggestion.accept`."""
    is_new_event = event is None
    gives = is_new_event or None  # `follow` decides of an event that is there
    if event:
        event.take_over()
        watch(Event.objects.filter(pk=event.pk), event.reports.all(), event.participations.all())
    event = event or _new_event(suggestion, by)
    if suggestion.match_id != event.pk:
        suggestion.match = event
        suggestion.save(update_fields=("match", *suggestion.forget_match(["match"])))
    suggestion.report, is_new = Report.objects.get_or_create(
        article=suggestion.article,
        event=event,
        defaults={
            "edtf": stated_date(suggestion, None if is_new_event else event),
            "status": suggestion.status,
            "stance": suggestion.stance,
            "title": called,
            "gives_date": gives,
            "gives_status": gives,
            "made_event": is_new_event,
            **_evidence(suggestion),
        },
    )
    suggestion.report.event = event
    if is_new:
        note_made(suggestion.report)
    if suggestion.report.is_public:
        return suggestion.report  # readers would see at once what is added; an editor adds it there
    if called and not suggestion.report.title:
        suggestion.report.title = called
        suggestion.report.save(update_fields=("title",))
    _name(suggestion, event, links, by)
    if is_new and not is_new_event:
        event.follow(suggestion.report, by)
    return suggestion.report


def _new_event(suggestion: "Suggestion", by: User) -> Event:
    stated = {"edtf": stated_date(suggestion, None), "status": suggestion.status}
    event = save_with_free_slug(
        Event(title=suggestion.title, kind=suggestion.kind or Kind.OTHER, made_as=stated, **stated),
        suggestion.title,
    )
    record(by, event, "Made from a suggestion.", added=True)
    note_made(event)
    watch(event.participations.all())
    return event


def _name(suggestion: "Suggestion", event: Event, links: Sequence[NameLink], by: User) -> None:
    """Give the event its actors and its place, known from this report on."""
    report = suggestion.report
    if report is None:
        return
    brought = {"known_from": report, "is_brought": True}
    for link in in_order(links):
        named = link.resolve(by)
        if isinstance(named, Actor):
            Participation.objects.get_or_create(event=event, actor=named, defaults=brought)
        elif not event.place:
            event.place, event.place_known_from, event.place_is_brought = named, report, True
            event.save(update_fields=("place", "place_known_from", "place_is_brought"))


def make_quote(
    suggestion: "Suggestion", by: User, event: Event | None, links: Sequence[NameLink]
) -> Quote:
    """Make the quote of a suggestion, or take the one held; see `Suggestion.accept`."""
    if suggestion.quote_id is None:
        suggestion.quote = _new_quote(suggestion, by, links)
    else:  # the records hold these words of the article already
        suggestion.quote = Quote.objects.select_for_update(no_key=True).get(pk=suggestion.quote_id)
    watch(Quote.events.through.objects.filter(quote=suggestion.quote))
    if event and not (suggestion.quote.is_published and event.is_published):
        suggestion.quote.events.add(event)  # else readers would see the words there at once
    return suggestion.quote


def _new_quote(suggestion: "Suggestion", by: User, links: Sequence[NameLink]) -> Quote:
    speakers = [link.resolve(by) for link in links if link.role == NameRole.SPEAKER]
    speaker = next((one for one in speakers if isinstance(one, Actor)), None)
    quote = Quote.objects.create(
        article=suggestion.article,
        speaker=speaker,
        attribution=suggestion.attribution or suggestion.speaker or "not named",
        text=suggestion.text,
        is_partial=suggestion.is_partial,
        medium=suggestion.medium,
        **_evidence(suggestion),
    )
    note_made(quote)
    return quote
