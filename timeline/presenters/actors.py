"""People, organisations and countries: what each took part in and is quoted as saying."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse

from timeline.models import Actor, Alias, Event, Participation, Quote, Role, Timeline
from timeline.models.participations import ParticipationQuerySet
from timeline.presenters.page import DayPage
from timeline.presenters.quotes import known_quotes
from timeline.selection import DayInView, PageForm

# Events on one page, and quotes before the link to all of them.
PAGE_SIZE, FIRST_QUOTES = 100, 20
HEADINGS = {
    Actor.Kind.PERSON: "People",
    Actor.Kind.COUNTRY: "Countries",
    Actor.Kind.ORGANISATION: "Organisations",
}


class NamedActor(NamedTuple):
    """An actor with its number of events and of quotes."""

    actor: Actor
    events: int
    quotes: int


@dataclass(frozen=True)
class ActorsPage(DayPage):
    """The actors that a published event or a public quote names."""

    @cached_property
    def groups(self) -> list[tuple[str, list[NamedActor]]]:
        """The actors of each kind under its heading, each with its number of events and quotes."""
        # Counted apart: joined, each participation would meet each quote
        events = _numbers(known_participations(self.day), "actor")
        quotes = _numbers(known_quotes(self.day), "speaker")
        members: dict[str, list[NamedActor]] = {}
        for actor in Actor.objects.public():
            named = NamedActor(actor, events.get(actor.pk, 0), quotes.get(actor.pk, 0))
            if named.events or named.quotes:
                members.setdefault(actor.kind, []).append(named)
        return [(HEADINGS[kind], members[kind]) for kind in HEADINGS if kind in members]


@dataclass(frozen=True)
class ActorPage(DayPage):
    """An actor with the events it took part in and its quotes."""

    actor: Actor
    form: PageForm

    @cached_property
    def is_known(self) -> bool:
        """Whether anything that is known on the day in view names the actor."""
        quotes = known_quotes(self.day).filter(speaker=self.actor)
        return self._participations.exists() or quotes.exists()

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
    def events(self) -> ListPage[Event]:
        """The page that is asked for of the events that the actor took part in, by date."""
        found = (
            Event.objects.public()
            .filter(participations__in=self._participations)
            .as_known_on(self.known, self.day.zone)
            .order_by("shown_day", "pk")
        )
        return Paginator(found, PAGE_SIZE).get_page(self.form.cleaned_data.get("page", 1))

    @cached_property
    def quotes(self) -> ListPage[Quote]:
        """What the actor is quoted as saying first; the others are among all quotes."""
        found = (
            known_quotes(self.day)
            .filter(speaker=self.actor)
            .select_related("article__outlet", "speaker")
            .prefetch_related("speaker__roles")
            .order_by("article__published_at", "pk")
        )
        return Paginator(found, FIRST_QUOTES).get_page(1)

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


def _numbers(rows: QuerySet[Any], column: str) -> dict[int, int]:
    """How many rows there are for each value of a column."""
    counted = rows.order_by().values(column).annotate(number=Count("pk"))
    return dict(counted.values_list(column, "number"))


def known_participations(day: DayInView) -> ParticipationQuerySet:
    """Return the public participations in events that are known on the day in view."""
    found = Participation.objects.public()
    if day.known is None:
        return found
    events = Event.objects.public().as_known_on(day.known, day.zone)
    return found.filter(event__in=events.values("pk")).known_on(day.known, day.zone)
