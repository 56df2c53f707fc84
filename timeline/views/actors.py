"""People, organisations and countries: what each took part in and is quoted as saying."""

import datetime as dt

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from timeline.models import Actor, Event, Participation, Quote, Timeline
from timeline.selection import Selection
from timeline.views.known import day_in_view, invalid_query, not_yet_reported


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    """List the actors that a published event or a public quote names."""
    selection = day_in_view(request)
    if selection.errors:
        return invalid_query(request, selection)
    counted = (
        Actor.objects.public()
        .filter(pk__in=_named(selection))
        .annotate(
            event_count=Count(
                "participations__event",
                filter=Q(participations__in=_participations(selection)),
                distinct=True,
            ),
            quote_count=Count("quotes", filter=Q(quotes__in=_quotes(selection)), distinct=True),
        )
    )
    groups = [
        (label, [actor for actor in counted if actor.kind == kind])
        for kind, label in (
            (Actor.Kind.PERSON, "People"),
            (Actor.Kind.COUNTRY, "Countries"),
            (Actor.Kind.ORGANISATION, "Organisations"),
        )
    ]
    context = {
        "groups": groups,
        "found": bool(counted),
        "selection": selection,
        "known": selection.known,
    }
    return render(request, "timeline/actors.html", context)


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an actor: the events it took part in and its quotes, as known on `?known=`."""
    selection = day_in_view(request)
    if selection.errors:
        return invalid_query(request, selection)
    found = get_object_or_404(Actor.objects.public(), slug=slug)
    if not _named(selection).filter(pk=found.pk).exists():
        return not_yet_reported(request, selection, "this name")
    known, zone = selection.known, selection.zone
    part = _participations(selection).filter(actor=found)
    context = {
        "actor": found,
        "aliases": found.aliases.public(),
        "roles": [] if known else found.roles.all(),
        "events": Event.objects.public()
        .filter(participations__in=part)
        .as_known_on(known, zone)
        .order_by("shown_day", "pk"),
        "quotes": _quotes(selection)
        .filter(speaker=found)
        .select_related("article__outlet", "speaker")
        .prefetch_related("speaker__roles"),
        "quotes_url": _with_known(f"{reverse('quotes')}?speaker={found.slug}", known),
        "timelines": [
            (one, _with_known(f"{one.get_absolute_url()}?actor={found.slug}", known))
            for one in Timeline.objects.public()
            if one.events.public().filter(participations__in=part).exists()
        ],
        "selection": selection,
        "known": known,
    }
    return render(request, "timeline/actor.html", context)


def _with_known(url: str, known: dt.date | None) -> str:
    return f"{url}&known={known:%Y-%m-%d}" if known else url


def _named(selection: Selection) -> QuerySet[Actor]:
    """The actors of the participations and quotes that are known on the day in view."""
    return (
        Actor.objects.public()
        .filter(Q(participations__in=_participations(selection)) | Q(quotes__in=_quotes(selection)))
        .distinct()
    )


def _participations(selection: Selection) -> QuerySet[Participation]:
    known = selection.known
    events = Event.objects.public().as_known_on(known, selection.zone)
    found = Participation.objects.public().filter(event__in=events.values("pk"))
    return found.known_on(known, selection.zone) if known else found


def _quotes(selection: Selection) -> QuerySet[Quote]:
    found = Quote.objects.public()
    return found.known_on(selection.known, selection.zone) if selection.known else found
