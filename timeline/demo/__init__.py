"""The demo: real reporting as facts, citations, abstracts of our own and short quotations.

The TOML files beside this module are meant to be read and edited. A row is known by its slug
(a report by article and event, a quote by article and words).
"""

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import models, transaction

from timeline.basis import Base, Basis, DateBasis, Span, StatusBasis
from timeline.basis.rules import COUNTING
from timeline.models import (
    Actor,
    Alias,
    Article,
    Event,
    Outlet,
    Participation,
    Place,
    Quote,
    Report,
    Role,
    Timeline,
)
from timeline.models.history import keeping_ties

FOLDER = Path(__file__).parent

type Row = dict[str, Any]  # a table of TOML
type Written = Counter[models.options.Options[Any]]


@transaction.atomic
def load(*, reset: bool = False) -> Written:
    """Bring the demo in and return how many rows were written, by the model's `_meta`.

    Rows that exist stay as an editor left them; with `reset` they go back to the files' state.
    Rows that are not the demo's are never touched.
    """
    return _Loader(reset).load()


class _Loader:
    def __init__(self, reset: bool) -> None:
        self.reset = reset
        self.written: Written = Counter()

    def load(self) -> Written:
        for row in _rows("outlets", "outlet"):
            self._put(Outlet, {"slug": row.pop("slug")}, row)
        for row in _rows("places", "place"):
            self._put(Place, {"slug": row.pop("slug")}, row)
        for row in _rows("actors", "actor"):
            self._actor(row)
        events = _rows("events", "event")
        for row in events:
            self._event(row)
        for path in sorted((FOLDER / "articles").glob("*.toml")):
            self._article(tomllib.loads(path.read_text(encoding="utf-8")))
        for row in events:
            self._relations(row)
        for row in _rows("timelines", "timeline"):
            self._timeline(row, [event["slug"] for event in events])
        return self.written

    def _put[M: models.Model](self, model: type[M], key: Row, values: Row) -> tuple[M, bool]:
        """Return the row of `key` and whether it was written now."""
        rows = model._default_manager
        if self.reset:
            row, made = rows.update_or_create(**key, defaults=values)
        else:
            row, made = rows.get_or_create(**key, defaults=values)
        if made or self.reset:
            self.written[model._meta] += 1
        return row, made or self.reset

    def _actor(self, row: Row) -> None:
        aliases, roles = row.pop("aliases", []), row.pop("roles", [])
        actor, written = self._put(Actor, {"slug": row.pop("slug")}, row)
        if written:
            actor.aliases.all().delete()
            actor.roles.all().delete()
            Alias.objects.bulk_create(Alias(actor=actor, name=name) for name in aliases)
            Role.objects.bulk_create(Role(actor=actor, **role) for role in roles)

    def _event(self, row: Row) -> None:
        place = row.get("place")
        _, row["written"] = self._put(
            Event,
            {"slug": row["slug"]},
            {
                "title": row["title"],
                "kind": row["kind"],
                "edtf": row["edtf"],
                "status": row["status"],
                "summary": row["summary"],
                "place": Place.objects.get(slug=place) if place else None,
                "is_published": True,
            },
        )

    def _article(self, row: Row) -> None:
        reports, quotes = row.pop("report", []), row.pop("quote", [])
        dateline = row.pop("dateline", {})
        row["outlet"] = Outlet.objects.get(slug=row["outlet"])
        row["dateline_place"] = dateline.get("place", "")
        if day := dateline.get("date"):
            row["dateline_date"] = dt.date.fromisoformat(day)
        article, _ = self._put(Article, {"slug": row.pop("slug")}, row)
        for report in reports:
            report["exact"] = report.pop("wording")
            report["basis"] = _basis(report["basis"], article)
            event = Event.objects.get(slug=report.pop("event"))
            self._put(Report, {"article": article, "event": event}, report | {"is_published": True})
        for quote in quotes:
            self._quote(article, quote)

    def _quote(self, article: Article, row: Row) -> None:
        event = row.pop("event", None)
        values = {
            "speaker": Actor.objects.get(slug=row["speaker"]),
            "exact": row["text"],
            "is_partial": row["partial"],
            "medium": row.get("medium", ""),
            "said_on": row.get("said_on", ""),
            "is_published": True,
        }
        quote, written = self._put(Quote, {"article": article, "text": row["text"]}, values)
        if written and event:
            with keeping_ties(quote):
                quote.events.set([Event.objects.get(slug=event)])

    def _relations(self, row: Row) -> None:
        """Tie a written event to its parent, its participants and the reports that named them."""
        if not row["written"]:
            return
        event = Event.objects.get(slug=row["slug"])
        if parent := row.get("part_of"):
            event.part_of = Event.objects.get(slug=parent)
        if article := row.get("place_known_from"):
            event.place_known_from = event.reports.get(article__slug=article)
        event.save()
        event.participations.all().delete()
        for participant in row.get("participants", []):
            article = participant.get("known_from")
            Participation.objects.create(
                event=event,
                actor=Actor.objects.get(slug=participant["actor"]),
                role=participant["role"],
                known_from=event.reports.get(article__slug=article) if article else None,
            )

    def _timeline(self, row: Row, slugs: list[str]) -> None:
        row["is_published"] = True
        timeline, written = self._put(Timeline, {"slug": row.pop("slug")}, row)
        if written:
            with keeping_ties(timeline):
                timeline.events.set(Event.objects.filter(slug__in=slugs))


def _basis(row: Row, article: Article) -> Row:
    """Return a report's basis as data; without a `base` it counts from the article's day."""
    base = None
    if "base" in row or row["rule"] in COUNTING:
        day = row.get("base") or article.published_on.isoformat()
        base = Base(day, row.get("of", "publication"))
    dated = DateBasis(row["rule"], _spans(row, "words"), base, row.get("link", ""))
    cue = _spans(row, "cue")
    told = StatusBasis("cue" if cue else "", cue)
    return Basis(dated, told, row.get("note", "")).as_data()


def _spans(row: Row, name: str) -> tuple[Span, ...]:
    return tuple(map(Span, row.get(name, ())))


def _rows(name: str, head: str) -> list[Row]:
    file = FOLDER / f"{name}.toml"
    rows: list[Row] = tomllib.loads(file.read_text(encoding="utf-8"))[head]
    return rows
