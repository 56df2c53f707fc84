"""Canaries in every private field: no answer holds one, and no answer changes because of them."""

import random
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests import factories as make
from tests.attack.scale import SCALE, SEED
from timeline.exports import EXPORTS
from timeline.models import (
    Actor,
    Alias,
    Article,
    Event,
    Outlet,
    Place,
    Quote,
    Role,
    Suggestion,
    Timeline,
)
from timeline.selection.selection import KINDS, SORTS, STATUSES, VIEWS

ANSWERS = 100 * SCALE
CANARY = "Qxcanary"
# A part of it, so that a page that repeats what was searched for does not hold it.
PART = "qxcan"
# What the records that readers see hold beside what readers see of them.
PRIVATE = {Article: ("body", "note", "correction"), Event: ("note",)}
pytestmark = pytest.mark.usefixtures("demo", "db")


def test_no_answer_holds_or_shows_what_is_private(client: Client):
    requests = list(random_requests(ANSWERS))
    before = [answer(client, *request) for request in requests]
    add_private_rows()
    for request, was in zip(requests, before, strict=True):
        status, content = answer(client, *request)
        assert CANARY.lower().encode() not in content.lower(), request
        assert (status, content) == was, f"{request} changes with rows that are private"


def answer(client: Client, url: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Return the status and the content of an answer, streamed or not."""
    response = client.get(url, headers=headers)
    assert response.status_code < 500, url
    return response.status_code, response.getvalue()


def random_requests(count: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield `count` requests of readers: any page of the demo or of what is hidden, any filter."""
    chosen = random.Random(SEED)
    routes = public_routes()
    slugs = slugs_by_page()
    parameters = values_by_parameter()
    for _ in range(count):
        name, route = chosen.choice(routes)
        path = "/" + route.replace("<slug:slug>", chosen.choice(slugs.get(name, ["-"])))
        path = path.replace("<slug:format>", chosen.choice(list(EXPORTS)))
        names = chosen.sample(sorted(parameters), chosen.choice((0, 1, 1, 2, 3)))
        query = [(name, chosen.choice(parameters[name])) for name in names]
        headers = {"HX-Request": "true"} if chosen.random() < 0.3 else {}
        yield f"{path}?{urlencode(query)}", headers


def public_routes() -> list[tuple[str, str]]:
    """Every page but the desk's, as (name, route), so that a new one is attacked as well."""
    patterns = get_resolver().url_patterns
    return [(one.name, str(one.pattern)) for one in patterns if isinstance(one, URLPattern)]


def slugs_by_page() -> dict[str, list[str]]:
    """Each page's slugs: those of the demo, and those that the private rows will bear."""
    pages = {"timeline": Timeline, "event": Event, "article": Article, "actor": Actor}
    slugs = {
        page: [*model.objects.values_list("slug", flat=True), *["hidden", "hidden-2"]]
        for page, model in pages.items()
    }
    public = list(Timeline.objects.values_list("slug", flat=True))
    return slugs | {"export": public * 9 + ["hidden"], "timeline": public * 9 + ["hidden"]}


def values_by_parameter() -> dict[str, list[str]]:
    """Each parameter's values: good ones, hidden ones, and senseless ones."""

    def slugs(model: type[models.Model]) -> list[str]:
        return [*model.objects.values_list("slug", flat=True), "hidden", ""]

    days = sorted({str(day) for day in Article.objects.values_list("published_on", flat=True)})
    return {
        "q": [PART, "kim", "summit", "hidden", "Alice", "%", "_"],
        "kind": [*KINDS, "x"],
        "status": [*STATUSES, "x"],
        "actor": slugs(Actor),
        "place": [*slugs(Place), "-"],
        "outlet": slugs(Outlet),
        "speaker": slugs(Actor),
        "from": ["2018", "2018-05", "2019-01-10", "2018-XX"],
        "to": ["2018-06-12", "2019", "9999"],
        "known": [*days, "2018-01-01", "2026-01-01", "soon"],
        "sort": list(SORTS),
        "view": list(VIEWS),
        "page": ["1", "2", "99"],
        "focus": [*slugs(Event), "hidden"],
        "timeline": slugs(Timeline),
    }


def add_private_rows() -> None:
    """Give every public record its private fields, and put drafts beside it in every table."""
    for model, fields in PRIVATE.items():
        model.objects.update(**dict.fromkeys(fields, f"{CANARY} of the desk"))
    hidden = {"slug": "hidden"}
    alice = Actor.objects.create(name=f"{CANARY} Alice", kind="person", wikidata="Q1", **hidden)
    Alias.objects.create(actor=alice, name=f"{CANARY} alias")
    Role.objects.create(actor=alice, title=f"{CANARY} role")
    place = Place.objects.create(name=f"{CANARY} place", country=CANARY, **hidden)
    outlet = Outlet.objects.create(name=f"{CANARY} Post", kind="newspaper", **hidden)
    article = make.article(
        "2018-05-24T10:00:00+09:00",
        f"{CANARY} headline",
        outlet=outlet,
        abstract=f"{CANARY} abstract",
        body=f"{CANARY} body",
        url="https://example.com/qxcanary",
    )
    Article.objects.filter(pk=article.pk).update(**hidden)
    draft = make.event(
        f"{CANARY} event", published=False, summary=CANARY, place=place, slug="hidden"
    )
    make.takes_part(alice, draft)
    make.report(draft, article, exact=f"{CANARY} words", title=f"{CANARY} name")
    make.timeline(draft, published=False, slug="hidden", title=f"{CANARY} timeline")
    add_what_waits(article, draft, alice)


def add_what_waits(article: Article, draft: Event, alice: Actor) -> None:
    """Hang on public events what an editor has accepted and nobody has published."""
    kim = Actor.objects.get(slug="kim-jong-un")
    cited = list(Article.objects.exclude(pk=article.pk))
    for number, event in enumerate(Event.objects.filter(is_published=True)):
        make.report(
            event,
            article,
            exact=f"{CANARY} waits",
            title=f"{CANARY} then",
            edtf="2018-05-25",
            status="cancelled",
            is_published=False,
        )
        for said_in, speaker in ((article, alice), (article, kim), (cited[number % 22], kim)):
            words = f"{CANARY} quote {event.pk} {said_in.pk}"
            waiting = make.quote(words, said_in, speaker, event)
            Quote.objects.filter(pk=waiting.pk).update(is_published=False)
    for timeline in Timeline.objects.filter(is_published=True):
        timeline.events.add(draft)
    for one in Article.objects.all():
        Suggestion.objects.create(
            article=one,
            type="report",
            title=f"{CANARY} suggestion",
            status="planned",
            stance="expects",
            exact=CANARY,
            place=CANARY,
            actors=[CANARY],
        )
