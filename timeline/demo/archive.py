"""A made-up archive of any size, skewed as real news is: for measurements, never for readers.

Few names stand in most articles and most names in few; news comes in bursts; a third of the events
is reported again, and plans are moved, held or called off. All words are ours.
"""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from itertools import accumulate, batched
from pathlib import Path
from typing import Any

from django.db import models, transaction

from timeline.models import (
    Actor,
    Article,
    Event,
    Kind,
    Outlet,
    Participation,
    Place,
    Quote,
    Report,
    Stance,
    Status,
    Timeline,
)
from timeline.models.words import SEARCHED, SPREAD, write_texts

FIRST, DAYS = dt.date(2006, 1, 1), 20 * 365
AT_ONCE = 2_000
WORDS = {
    name: words.split()
    for name, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text()).items()
}


class Skewed:
    """Draws from things of which the first are drawn far more often than the last (Zipf)."""

    def __init__(self, choose: random.Random, things: list[Any]) -> None:
        self.choose, self.things = choose, things
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(len(things))))

    def one(self) -> Any:
        """Draw one."""
        return self.choose.choices(self.things, cum_weights=self.weights)[0]

    def some(self, number: int) -> list[Any]:
        """Draw up to `number` that differ."""
        return list(dict.fromkeys(self.one() for _ in range(number)))


def generate(events: int, seed: int) -> Iterator[int]:
    """Store an archive of so many events on a timeline of its own; yield how many were made since.

    The same seed makes the same archive. What is stored does not pass through the history, which
    would be as large again: the timeline, stored last, stands for all of it there.
    """
    choose = random.Random(seed)
    archive = _Archive(choose, events, f"archive-{seed}-{events}")
    title = f"An archive of {events:,} events"
    timeline = Timeline(slug=archive.name, title=title, time_zone="UTC", is_published=True)
    keys: list[int] = []
    for numbers in batched(range(events), AT_ONCE, strict=False):
        with transaction.atomic():
            keys += archive.add(len(numbers))
        yield len(numbers)
    with transaction.atomic():
        timeline.save()
        ties = Timeline.events.through
        for some in batched(keys, AT_ONCE, strict=False):
            ties.objects.bulk_create(ties(timeline=timeline, event_id=key) for key in some)


class _Archive:
    def __init__(self, choose: random.Random, events: int, name: str) -> None:
        self.choose, self.name, self.number = choose, name, 0
        with transaction.atomic():
            self.outlets = Skewed(choose, _stored(Outlet, self._outlets(40)))
            self.places = Skewed(choose, _stored(Place, self._places(max(20, events // 400))))
            self.actors = Skewed(choose, _stored(Actor, self._actors(max(40, events // 60))))

    def add(self, number: int) -> list[int]:
        """Store so many events with all that hangs on them; return their keys."""
        days = sorted(self._day() for _ in range(number))
        events = [self._event(day) for day in days]
        _stored(Event, events)
        told = [
            (event, *one)
            for event, day in zip(events, days, strict=True)
            for one in self._told(event, day)
        ]
        articles = _stored(Article, [self._article(event, day) for event, day, *_ in told])
        reports = [
            self._report(event, article, status, edtf)
            for (event, _, status, edtf), article in zip(told, articles, strict=True)
        ]
        _stored(Report, reports)
        parts = [
            Participation(event=event, actor=actor)
            for event in events
            for actor in self.actors.some(self.choose.choice((1, 2, 2, 3, 4)))
        ]
        _stored(Participation, parts)
        self._quote(events, reports)
        return [event.pk for event in events]

    def _quote(self, events: list[Event], reports: list[Report]) -> None:
        said = [one for one in reports if self.choose.random() < 0.3]
        quotes = [
            Quote(
                article=report.article,
                speaker=self.actors.one(),
                text=self._sentence(9),
                exact=report.exact,
                is_published=True,
            )
            for report in said
        ]
        _stored(Quote, quotes)
        ties = Quote.events.through
        ties.objects.bulk_create(
            ties(quote=quote, event_id=report.event_id)
            for quote, report in zip(quotes, said, strict=True)
        )

    def _day(self) -> dt.date:
        """A day, more often late than early, in bursts of a week."""
        at = int(DAYS * self.choose.random() ** 0.5)
        burst = at - at % 7 if self.choose.random() < 0.4 else at
        return FIRST + dt.timedelta(days=burst)

    def _event(self, day: dt.date) -> Event:
        self.number += 1
        kind = self.choose.choice(Kind.values)
        title = f"{self.actors.one().name} {self.choose.choice(WORDS['deed'])} {self._matter()}"
        status = self.choose.choices(
            [Status.OCCURRED, Status.PLANNED, Status.CANCELLED, Status.POSTPONED], [80, 12, 5, 3]
        )[0]
        edtf = self.choose.choices(
            [day.isoformat(), day.isoformat()[:7], f"{day.year}", ""], [85, 9, 3, 3]
        )[0]
        return Event(
            slug=f"{self.name}-{self.number}",
            title=title[:200],
            kind=kind,
            status=status,
            edtf=edtf,
            place=self.places.one() if self.choose.random() < 0.6 else None,
            summary=self._sentence(14) if self.choose.random() < 0.2 else "",
            is_published=True,
        )

    def _told(self, event: Event, day: dt.date) -> Iterator[tuple[dt.date, Status, str]]:
        """When the event was reported, with which status and which date."""
        again = self.choose.choices((0, 1, 2, 4), (68, 20, 8, 4))[0]
        for earlier in range(again, 0, -1):
            planned = day + dt.timedelta(days=self.choose.choice((0, 0, 7, 30)))
            yield day - dt.timedelta(days=9 * earlier), Status.PLANNED, planned.isoformat()
        yield day, Status(event.status), event.edtf

    def _article(self, event: Event, day: dt.date) -> Article:
        self.number += 1
        hour = f"T{self.choose.randrange(24):02}:{self.choose.randrange(60):02}:00+00:00"
        return Article(
            slug=f"{self.name}-{self.number}",
            outlet=self.outlets.one(),
            headline=f"{event.title} ({self.number})",
            published=day.isoformat() + (hour if self.choose.random() < 0.8 else ""),
            url=f"https://news.example/{self.name}/{self.number}",
            is_published=True,
        )

    def _report(self, event: Event, article: Article, status: str, edtf: str) -> Report:
        plan = status == Status.PLANNED
        return Report(
            event=event,
            article=article,
            status=status,
            edtf=edtf,
            stance=Stance.ANNOUNCES if plan else Stance.REPORTS,
            exact=self._sentence(18),
            is_published=True,
        )

    def _outlets(self, number: int) -> list[Outlet]:
        return [
            Outlet(
                slug=f"{self.name}-outlet-{at}",
                name=f"{self.choose.choice(WORDS['land'])} Courier {at}",
                kind=self.choose.choice(Outlet.Kind.values),
            )
            for at in range(number)
        ]

    def _places(self, number: int) -> list[Place]:
        return [
            Place(
                slug=f"{self.name}-place-{at}",
                name=f"Port {self.choose.choice(WORDS['family'])} {at}",
            )
            for at in range(number)
        ]

    def _actors(self, number: int) -> list[Actor]:
        return [self._actor(at) for at in range(number)]

    def _actor(self, at: int) -> Actor:
        kind = self.choose.choices(Actor.Kind.values, [60, 30, 10])[0]
        given, family = self._one("given"), self._one("family")
        land, body = self._one("land"), self._one("body")
        named = {Actor.Kind.PERSON: f"{given} {family}", Actor.Kind.COUNTRY: land}
        name = named.get(Actor.Kind(kind), f"{land} {body}")
        return Actor(slug=f"{self.name}-actor-{at}", name=f"{name} {at}", kind=kind)

    def _one(self, kind: str) -> str:
        word: str = self.choose.choice(WORDS[kind])
        return word

    def _matter(self) -> str:
        return f"the {self.choose.choice(WORDS['matter'])} {self.choose.choice(WORDS['matter'])}"

    def _sentence(self, words: int) -> str:
        fill = [self._one("fill") for _ in range(words)]
        matter = (self._one("matter") for _ in range(words // 5))
        for word in matter:
            fill[self.choose.randrange(words)] = word
        return " ".join(fill).capitalize() + "."


def _stored[Row: models.Model](model: type[models.Model], rows: list[Row]) -> list[Row]:
    """Store rows as Django does, past the history, with their words; return them."""
    plain: models.QuerySet[Any] = models.QuerySet(model)
    plain.bulk_create(rows, batch_size=500)
    name = model._meta.model_name
    write_texts(
        (row.pk * SPREAD + number, getattr(row, column))
        for (owner, column), number in SEARCHED.items()
        if owner == name
        for row in rows
    )
    return rows
