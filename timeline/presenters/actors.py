"""People, organisations and countries: what each took part in and is quoted as saying."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from timeline.models import Actor, Alias, Event, Participation, Quote, Role, Timeline
from timeline.models.participations import ParticipationQuerySet
from timeline.presenters.page import DayPage
from timeline.presenters.quotes import known_quotes
from timeline.selection import DayInView

HEADINGS = {
    Actor.Kind.PERSON: "People",
    Actor.Kind.COUNTRY: "Countries",
    Actor.Kind.ORGANISATION: "Organisations",
}


@dataclass(frozen=True)
class ActorsPage(DayPage):
    """The actors that a published event or a public quote names."""

    @cached_property
    def groups(self) -> list[tuple[str, list[Actor]]]:
        """The actors of each kind under its heading, each with its number of events and quotes."""
        participations = known_participations(self.day)
        counted = named_actors(self.day).annotate(
            event_count=Count(
                "participations__event",
                filter=Q(participations__in=participations),
                distinct=True,
            ),
            quote_count=Count("quotes", filter=Q(quotes__in=known_quotes(self.day)), distinct=True),
        )
        actors: list[Actor] = list(counted)
        groups = [
            (heading, [actor for actor in actors if actor.kind == kind])
            for kind, heading in HEADINGS.items()
        ]
        return [(heading, members) for heading, members in groups if members]


@dataclass(frozen=True)
class ActorPage(DayPage):
    """An actor with the events it took part in and its quotes."""

    actor: Actor

    @cached_property
    def is_known(self) -> bool:
        """Whether anything that is known on the day in view names the actor."""
        return named_actors(self.day).filter(pk=self.actor.pk).exists()

    @cached_property
    def aliases(self) -> Iterable[Alias]:
        """The other names that readers see."""
        return self.actor.aliases.public()

    @property
    def json_ld(self) -> dict[str, object]:
        """Who this is, for other sites (schema.org, as JSON-LD)."""
        kind = {"person": "Person", "country": "Country"}.get(self.actor.kind, "Organization")
        said: dict[str, object] = {
            "@context": "https://schema.org", "@type": kind, "name": self.actor.name,
            "alternateName": [alias.name for alias in self.aliases],
            "sameAs": self.actor.wikidata_url,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}

    @cached_property
    def roles(self) -> Iterable[Role]:
        """The roles, today alone: those of a day in the past may tell what came after it."""
        return [] if self.known else self.actor.roles.all()

    @cached_property
    def events(self) -> Iterable[Event]:
        """The events that the actor took part in, by date."""
        return (
            Event.objects.public()
            .filter(participations__in=self._participations)
            .as_known_on(self.known, self.day.zone)
            .order_by("shown_day", "pk")
        )

    @cached_property
    def quotes(self) -> Iterable[Quote]:
        """What the actor is quoted as saying, in order of publication."""
        return (
            known_quotes(self.day)
            .filter(speaker=self.actor)
            .select_related("article__outlet", "speaker")
            .prefetch_related("speaker__roles")
        )

    @property
    def quotes_url(self) -> str:
        """The address of these quotes among all."""
        return with_known(f"{reverse('quotes')}?speaker={self.actor.slug}", self.known)

    @cached_property
    def timelines(self) -> list[tuple[Timeline, str]]:
        """The timelines that the actor takes part in, and the address of that part of each."""
        return [
            (one, with_known(f"{one.get_absolute_url()}?actor={self.actor.slug}", self.known))
            for one in Timeline.objects.public()
            if one.events.public().filter(participations__in=self._participations).exists()
        ]

    @property
    def _participations(self) -> QuerySet[Participation]:
        return known_participations(self.day).filter(actor=self.actor)


def with_known(url: str, known: dt.date | None) -> str:
    """Return an address with a query string as known on a day."""
    return f"{url}&known={known:%Y-%m-%d}" if known else url


def named_actors(day: DayInView) -> QuerySet[Actor]:
    """Return the actors of the participations and quotes that are known on the day in view."""
    by_event = Q(participations__in=known_participations(day))
    actors = Actor.objects.public()
    return actors.filter(
        pk__in=actors.filter(by_event | Q(quotes__in=known_quotes(day))).distinct()
    )


def known_participations(day: DayInView) -> ParticipationQuerySet:
    """Return the public participations in events that are known on the day in view."""
    events = Event.objects.public().as_known_on(day.known, day.zone)
    found = Participation.objects.public().filter(event__in=events.values("pk"))
    return found.known_on(day.known, day.zone) if day.known else found
