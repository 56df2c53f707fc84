"""One gate: a walk over every public address, with something private in every table.

The addresses come from the URLconf and from every slug in the database, so that a page that is
added later is walked over too.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import factories as make
from timeline.exports import EXPORTS
from timeline.models import (
    Actor,
    Article,
    Event,
    Place,
    Quote,
    Remark,
    Report,
    Suggestion,
    Timeline,
)
from timeline.models.name_links import NameLink
from timeline.selection import SelectionForm

WORD = "Tellnobody"  # in every private text; slugs hold it in small letters
HTMX = {"HX-Request": "true"}
DESK = ("desk/",)
OURS = {SelectionForm.PARAMETERS.get(name, name) for name in SelectionForm.base_fields}
PARAMETERS = sorted({*OURS, "speaker"} - {"known"})
DAYS = ["?known=2018-05-01", "?known=2018-07-05"]
# What is asked by each; by one that does not stand here, every slug.
VALUES = {
    "q": (WORD,),
    "from": ("2018-07",),
    "to": ("2018-07",),
    "sort": ("newest",),
    "view": ("lanes",),
    "page": ("2",),
    "kind": ("war",),
    "status": ("cancelled",),
    "focus": ("harbour-opening", "kept-draft"),
    "actor": ("nora", "tellnobody-actor"),
    "speaker": ("nora", "tellnobody-actor"),
    "place": ("pier", "tellnobody-stand"),
    "outlet": ("harbour-news", "tellnobody-outlet"),
}
# What a page says anew in every answer.
FRESH = re.compile(rb'nonce="[^"]*"|name="(csrfmiddlewaretoken|opened)" value="[^"]*"')
pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make.editor()


@pytest.fixture
def harbour() -> Timeline:
    """What readers see: an opening that was planned and took place, and a fair without a place."""
    opening = make.event(edtf="2018-07-01", place=make.place("Pier"), summary="It is open.")
    fair = make.event("Harbour fair", edtf="2018-08", status="planned")
    plan, paper = (
        make.article("2018-05-01", "Plans"),
        make.article("2018-07-02", "Opens", story="s"),
    )
    make.report(opening, plan, edtf="2018-07", status="planned", stance="announces")
    make.report(opening, paper)
    make.report(fair, paper)
    make.takes_part(make.actor("Nora"), opening)
    make.quote("We are glad of the harbour", paper, make.actor("Nora"), opening)
    return make.timeline(opening, fair)


def hide(timeline: Timeline) -> None:
    """Put something private into every table, in every way that it can hang on what is public."""
    opening, fair = timeline.events.order_by("pk")
    plan, paper = Article.objects.order_by("pk")
    private = make.article(
        "2018-07-05",
        f"{WORD} headline",
        slug="kept-article",
        story="s",
        lead="LD",
        outlet=make.outlet(f"{WORD} outlet"),
        abstract=f"{WORD} abstract",
        body=f"{WORD} body",
    )
    Article.objects.filter(pk=paper.pk).update(
        body=f"The {WORD} body.", note=WORD, correction=WORD, captions=[WORD]
    )
    mallory = make.actor(f"{WORD} actor")
    mallory.aliases.create(name=f"{WORD} alias")
    make.actor("Nora").aliases.create(name=f"{WORD} Nora", is_published=False)
    mallory.roles.create(title=f"{WORD} role")
    whole = make.event(f"{WORD} whole", published=False, slug="kept-whole", edtf="2017")
    draft = make.event(
        f"{WORD} draft",
        published=False,
        slug="kept-draft",
        edtf="2016-01-01",
        kind="war",
        status="cancelled",
        summary=f"{WORD} summary",
        note=WORD,
        part_of=opening,
        place=make.place(f"{WORD} place"),
    )
    timeline.events.add(draft, whole)
    for event, by in ((draft, paper), (draft, private), (whole, private)):
        make.report(event, by, exact=f"{WORD} words", basis={"note": WORD}, title=WORD)
        make.quote(f"{WORD} quote on {event.pk}", by, make.actor("Nora"), event)
    make.takes_part(mallory, draft)
    make.takes_part(make.actor("Nora"), draft)
    for event, by in ((opening, private), (fair, private), (fair, plan)):
        waiting = make.report(
            event, by, edtf="2018-09", status="cancelled", title=WORD, exact=WORD,
            basis={"note": WORD}, is_published=False,
        )  # fmt: skip
        make.quote(f"{WORD} {event}", by, mallory, event, is_published=False)
    make.quote(f"{WORD} aside", paper, mallory, is_published=False)
    make.takes_part(mallory, fair, known_from=waiting)
    Event.objects.filter(pk=fair.pk).update(
        place=make.place(f"{WORD} stand"), place_known_from=waiting, note=WORD, part_of=whole
    )
    make.timeline(
        opening, published=False, slug="kept", title=f"A {WORD} timeline", time_zone="Asia/Tokyo"
    )
    for about in ({"event": opening}, {"article": paper}, {}):
        Remark.objects.create(about=WORD, text=WORD, name=WORD, reply=WORD, **about)
    Suggestion.objects.create(article=paper, type="quote", text=WORD, speaker=WORD, exact=WORD)
    Suggestion.objects.create(
        article=private, type="report", title=WORD, status="planned", stance="expects",
        match=fair, actors=[WORD], place=WORD, basis={"note": WORD},
    )  # fmt: skip


def routes(patterns: list, before: str = "") -> Iterator[tuple[str, dict]]:
    """Every public route of the URLconf with its converters."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if route not in DESK:
                yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.pattern.converters


def slugs() -> list[str]:
    """Every slug in every table."""
    found = {
        slug
        for model in apps.get_app_config("timeline").get_models()
        if any(field.name == "slug" for field in model._meta.get_fields())
        for slug in model.objects.values_list("slug", flat=True)
    }
    return sorted(found)


def fill(route: str, converters: dict, names: list[str]) -> list[str]:
    """A route with every slug in its place; a route with something else needs a line here."""
    fillings = {"slug": names, "format": list(EXPORTS)}
    found = [f"/{route}"]
    for name in converters:
        found = [
            re.sub(rf"<(\w+:)?{name}>", value, one) for one in found for value in fillings[name]
        ]
    return found


Answers = dict[tuple[str, str], tuple[int, bytes]]


def walk(addresses: list[tuple[str, str]]) -> Answers:
    """What each address answers a reader, and to htmx where it may be swapped in parts."""
    client, answers = Client(), {}
    for path, query in addresses:
        response = client.get(path + query)
        answers[path, query] = response.status_code, FRESH.sub(b"", response.getvalue())
        if is_in_parts(response) and query in ("", *DAYS):  # a part is of what the page is made of
            swapped = client.get(path + query, headers=HTMX)
            pushed = swapped.get("HX-Push-Url", "").encode()
            answers[path, f"{query} (htmx)"] = swapped.status_code, swapped.content + pushed
    return answers


def is_in_parts(response: HttpResponse) -> bool:
    return "HX-Request" in response.get("Vary", "")


def every_address(names: list[str], *, asked: bool = False) -> list[tuple[str, str]]:
    """Every path; if `asked`, those that answer on several days, and one of each route more.

    It is asked for every value of every parameter where a page narrows what it shows: those in
    parts and the exports; the others take all parameters at once, and leave them alone.
    """
    each = [f"?{name}={value}" for name in PARAMETERS for value in VALUES.get(name, names)]
    at_once = "?" + "&".join(f"{name}={VALUES.get(name, names)[0]}" for name in PARAMETERS)
    client, found = Client(), []
    for route, converters in routes(get_resolver().url_patterns):
        filled = fill(route, converters, names)
        found += [(path, "") for path in filled]
        if asked:
            answers = {path: client.get(path) for path in filled}
            answering = [path for path in filled if answers[path].status_code == 200]
            found += [(path, query) for path in answering for query in DAYS]
            for first in answering[:1]:
                narrows = is_in_parts(answers[first]) or "format" in converters
                found += [(first, query) for query in (each if narrows else [at_once])]
    return found


def differing(before: Answers, after: Answers) -> list[tuple[str, str]]:
    return [address for address in before if before[address] != after.get(address)]


@pytest.fixture
def names(harbour: Timeline) -> list[str]:
    """The slugs that there are once the private rows are there, which they are not yet."""
    with transaction.atomic():
        hide(harbour)
        found = slugs()
        transaction.set_rollback(True)
    return found


def test_no_public_address_answers_otherwise_for_what_is_private(harbour, names):
    addresses = every_address(names, asked=True)
    before = walk(addresses)
    hide(harbour)
    after = walk(addresses)
    assert slugs() == names
    assert {status for status, _ in before.values()} == {200, 400, 404}
    assert differing(before, after) == []
    for (path, query), (_, content) in after.items():
        is_repeated = WORD.lower() in query.lower()  # an error names what was asked for
        assert is_repeated or WORD.lower().encode() not in content.lower(), path + query


def test_what_is_published_shows_and_what_is_withdrawn_leaves_everything_as_before(alice, harbour):
    hide(harbour)
    addresses = every_address(slugs()) + [("/timelines/harbour/", day) for day in DAYS]
    before = walk(addresses)
    for record, shows in (
        (
            Event.objects.get(slug="kept-draft"),
            ["/timelines/harbour/", "/events/kept-draft/", "/actors/tellnobody-actor/"],
        ),
        (
            Article.objects.get(slug="kept-article"),
            ["/articles/kept-article/", "/quotes/", "/events/harbour-opening/"],
        ),
        (
            Quote.objects.get(text=f"{WORD} aside"),
            ["/quotes/", "/actors/tellnobody-actor/", "/articles/opens-2018-07-02-1/"],
        ),
        (Timeline.objects.get(slug="kept"), ["/", "/timelines/kept/export/json/"]),
    ):
        record.publish(by=alice)
        for address in shows:
            assert WORD in Client().get(address).getvalue().decode(), address
        record.unpublish(by=alice)
        assert differing(before, walk(addresses)) == [], record


def test_a_second_suggestion_of_an_article_that_readers_see_changes_no_public_answer(
    alice, harbour
):
    """Of an event that the article reports already, with names, a place and other facts."""
    opening, fair = harbour.events.order_by("pk")
    paper = Article.objects.get(headline="Opens")
    Event.objects.filter(pk=fair.pk).update(summary="Stalls on the quay.")
    addresses = [*every_address([*slugs(), WORD.lower()]), ("/timelines/harbour/", DAYS[1])]
    before = walk(addresses)
    for number, event in enumerate((opening, fair)):
        Suggestion.objects.create(
            article=paper, type="report", title=f"{WORD} {number}", status="cancelled",
            stance="cancels", edtf="2018-07-09", actors=[WORD, "Nora"], place=WORD, exact=WORD,
        ).accept(by=alice, event=event, called=WORD)  # fmt: skip
    held = Suggestion.objects.create(
        article=paper, type="quote", text="We are glad of the harbour", quote=Quote.objects.get()
    )
    held.accept(by=alice, event=fair)
    assert differing(before, walk(addresses)) == []
    assert not Actor.objects.named(WORD).exists()
    assert not Place.objects.named(WORD).exists()


def test_what_an_editor_accepts_changes_no_public_answer_until_it_is_published(alice, harbour):
    opening, fair = harbour.events.order_by("pk")
    paper = make.article("2018-07-09", f"{WORD} late news", body="x" * 100)
    addresses = [*every_address(slugs()), ("/timelines/harbour/", "?known=2018-07-09")]
    before = walk(addresses)
    says = {"article": paper, "actors": ["Nora"], "place": "Pier", "exact": WORD}
    merge = {"type": "report", "status": "cancelled", "stance": "cancels", "edtf": "2018-07-09"}
    for number, event in enumerate((opening, fair, None)):
        one = Suggestion.objects.create(
            title=f"{WORD} {number}", start=number, end=50, **merge, **says
        )
        one.accept(
            by=alice, event=event, links=[*one.name_links(), NameLink("actor", WORD, name="Nora")]
        )
        quote = {"type": "quote", "text": f"{WORD} words {number}", "speaker": "Nora"}
        one = Suggestion.objects.create(start=number, end=60, **quote, **says)
        one.accept(by=alice, event=event)
    assert differing(before, walk(addresses)) == []
    assert Actor.objects.named(WORD).get().name == "Nora"
    assert Report.objects.filter(article=paper).count() == 3
    opening.publish(by=alice)
    page = Client().get("/events/harbour-opening/").getvalue().decode()
    assert "Called off" in page
    assert f"“{WORD} words 0”" in page


@pytest.mark.parametrize("room", ["views", "selection", "exports"])
def test_the_rooms_that_show_ask_every_model_for_what_is_public(room):
    """`Model.objects.` goes on with `public()`; a related manager is asked by the walk above."""
    asked = [
        f"{file.name}: {match[0]}"
        for file in (Path(settings.BASE_DIR) / "timeline" / room).glob("*.py")
        for match in re.finditer(
            r"\w+\.objects\b(?!\s*\.(public|none)\(\))[^\n]*", file.read_text(encoding="utf-8")
        )
    ]
    assert asked == []
