"""Two editors on one record at the same moment: nothing is lost, made twice, or tied in a ring."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY, at_once, change, form_of, signed_in, suggest
from tests.web.races import ROUNDS, answers, delete, desk, meeting, push, saving
from timeline.models import Article, Event, Outlet, Quote, Report, Timeline

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice() -> Client:
    return signed_in(Client(raise_request_exception=False), "alice")


@pytest.fixture
def bob() -> Client:
    return signed_in(Client(raise_request_exception=False), "bob")


def a_public_record(model: type[Model], number: int) -> tuple[Model, Model]:
    """A public record, and the one that is unpublished to take it back."""
    article = factories.article("2018-05-16", f"Ferry {number}", is_published=True)
    if model is Article:
        return article, article
    if model is Quote:
        quote = factories.quote("We sail.", article, factories.actor("Nora Vale"))
        return quote, quote
    event = factories.event(f"Meeting {number}")
    if model is Report:
        return factories.report(event, article), article
    timeline = factories.timeline(event, slug=f"harbour-{number}")
    return timeline, timeline


@pytest.mark.parametrize(
    ("model", "field"),
    [(Article, "abstract"), (Quote, "medium"), (Report, "title"), (Timeline, "standfirst")],
    ids=["article", "quote", "report", "timeline"],
)
def test_a_form_saved_at_the_moment_of_an_unpublishing_does_not_undo_it(
    alice, bob, model, field
) -> None:
    for number in range(12):
        record, above = a_public_record(model, number)
        pages = answers(
            saving(alice, record, **{field: f"News {number}"}), push(bob, above, "unpublish")
        )
        assert "Please correct" not in pages[0]
        record.refresh_from_db()
        assert (getattr(record, field), record.is_published) == (f"News {number}", False)


def test_an_article_deleted_while_its_report_is_merged_ends_with_a_message(alice, bob) -> None:
    for number in range(12):
        event = factories.event(f"Meeting {number}", published=bool(number % 2))
        proposed = meeting(number, match=event, actors=[f"Piet {number}"])
        article = proposed.article
        pages = at_once(desk(alice, proposed, "merge", event=event.pk), delete(bob, article))
        assert max(page.status_code for page in pages) < 500
        assert "deleted" in pages[1].content.decode()
        assert not Article.objects.filter(pk=article.pk).exists()
        assert not event.reports.exists()


def test_an_article_deleted_twice_at_once_ends_with_a_message(alice, bob) -> None:
    for number in range(12):
        article = factories.article("2018-05-16", f"Ferry {number}", is_published=True)
        pages = answers(*(delete(who, article) for who in (alice, bob)))
        assert all("deleted" in page for page in pages)


def test_an_article_pasted_twice_at_once_is_stored_once(alice, bob) -> None:
    url = reverse("admin:bring_in")
    for number in ROUNDS:
        text = FERRY.replace("reopen the", f"reopen the {number}th").replace(
            "2011", f"{2000 + number}"
        )
        answers(*(lambda who=who, text=text: who.post(url, {"text": text}, follow=True)
                  for who in (alice, bob)))  # fmt: skip
    assert Article.objects.count() == len(ROUNDS)


def test_two_articles_of_a_new_outlet_brought_in_at_once_share_it(alice, bob) -> None:
    url = reverse("admin:bring_in")
    for number in ROUNDS:
        texts = [FERRY.replace("Tidewire", f"Tidewire {number}") for _ in range(2)]
        texts[1] = texts[1].replace("reopen", "close").replace("2011", "2012")
        answers(*(lambda who=who, text=text: who.post(url, {"text": text}, follow=True)
                  for who, text in zip((alice, bob), texts, strict=True)))  # fmt: skip
        assert Article.objects.filter(outlet__name=f"Tidewire {number}").count() == 2
    assert Outlet.objects.filter(name__startswith="Tidewire").count() == len(ROUNDS)


def test_two_events_made_part_of_each_other_at_once_close_no_circle(alice, bob) -> None:
    for number in ROUNDS:
        ring = [factories.event(f"Meeting {number} {which}") for which in range(2)]
        pages = answers(
            saving(alice, ring[0], part_of=str(ring[1].pk)),
            saving(bob, ring[1], part_of=str(ring[0].pk)),
        )
        assert sum("cannot be part of itself" in page for page in pages) == 1
        assert sum(Event.objects.get(pk=one.pk).part_of_id is not None for one in ring) == 1


def test_four_events_made_part_of_the_next_at_once_close_no_circle(alice, bob) -> None:
    for number in ROUNDS:
        ring = [factories.event(f"Meeting {number} {which}") for which in range(4)]
        who = (alice, bob, signed_in(Client(), "carla"), signed_in(Client(), "dora"))
        answers(*(
            saving(client, one, part_of=str(ring[(which + 1) % 4].pk))
            for which, (client, one) in enumerate(zip(who, ring, strict=True))
        ))  # fmt: skip
        assert sum(Event.objects.get(pk=one.pk).part_of_id is not None for one in ring) == 3


def named_by_a_merge(client: Client, number: int) -> tuple[Model, Callable]:
    actor, event = factories.actor(f"Ada {number}"), factories.event(f"Talks {number}")
    return actor, desk(client, meeting(number, actors=[str(actor)]), "merge", event=event.pk)


def speaking_in_an_accepted_quote(client: Client, number: int) -> tuple[Model, Callable]:
    actor = factories.actor(f"Ada {number}")
    words = {"type": "quote", "text": f"We sail {number}", "speaker": str(actor), "title": ""}
    article = factories.article("2018-05-16", f"Ferry {number}", body="Vale met Strand. We sail.")
    return actor, desk(client, suggest(article, "We sail", **words), "accept")


def place_of_a_merge(client: Client, number: int) -> tuple[Model, Callable]:
    place, event = factories.place(f"Elm {number}"), factories.event(f"Talks {number}")
    return place, desk(client, meeting(number, place=str(place)), "merge", event=event.pk)


def place_in_a_form(client: Client, number: int) -> tuple[Model, Callable]:
    place, event = factories.place(f"Elm {number}"), factories.event(f"Talks {number}")
    return place, saving(client, event, place=str(place.pk))


def speaker_in_a_form(client: Client, number: int) -> tuple[Model, Callable]:
    actor, paper = factories.actor(f"Ada {number}"), factories.article("2018-05-16", f"N{number}")
    quote = factories.quote("We sail", paper, factories.actor("Nora Vale"))
    return actor, saving(client, quote, speaker=str(actor.pk))


def article_in_the_form_of_an_event(client: Client, number: int) -> tuple[Model, Callable]:
    article, event = factories.article("2018-05-16", f"N{number}"), factories.event(f"E{number}")
    report = {"article": article.pk, "status": "occurred", "stance": "reports", "edtf": "2018"}
    more = {f"reports-0-{name}": str(value) for name, value in report.items()}
    return article, saving(client, event, **{"reports-TOTAL_FORMS": "1", **more})


def event_in_the_form_of_a_timeline(client: Client, number: int) -> tuple[Model, Callable]:
    event = factories.event(f"Talks {number}")
    timeline = factories.timeline(slug=f"harbour-{number}")
    return event, saving(client, timeline, events=str(event.pk))


def event_in_the_form_of_a_report(client: Client, number: int) -> tuple[Model, Callable]:
    event, paper = factories.event(f"Talks {number}"), factories.article("2018-05-16", f"N{number}")
    report = factories.report(factories.event(f"Other {number}"), paper)
    return event, saving(client, report, event=str(event.pk))


@pytest.mark.parametrize(
    "tie",
    [named_by_a_merge, speaking_in_an_accepted_quote, place_of_a_merge, place_in_a_form,
     speaker_in_a_form, article_in_the_form_of_an_event, event_in_the_form_of_a_timeline,
     event_in_the_form_of_a_report],
)  # fmt: skip
def test_a_record_deleted_while_another_is_tied_to_it_ends_with_an_answer(alice, bob, tie) -> None:
    for number in range(8):
        record, doing = tie(bob, number)
        answers(delete(alice, record), doing)


def test_two_actors_added_with_one_slug_at_once_are_one_and_a_message(alice, bob) -> None:
    url = reverse("admin:timeline_actor_add")
    for number in ROUNDS:
        inlines = {f"{name}-{count}_FORMS": 0 for name in ("aliases", "roles")
                   for count in ("TOTAL", "INITIAL")}  # fmt: skip
        data = {"name": f"Ada {number}", "slug": f"ada-{number}", "kind": "person", **inlines}
        pages = answers(*(lambda who=who, data=data: who.post(url, data, follow=True)
                          for who in (alice, bob)))  # fmt: skip
        assert sum("Actor with this Slug already exists" in page for page in pages) == 1
        assert sum("was added successfully" in page for page in pages) == 1


@pytest.mark.parametrize("tie", ["tied", "untied"])
def test_a_quote_tied_by_a_decision_while_its_form_is_saved_stays_tied(alice, bob, tie) -> None:
    for number in ROUNDS:
        article = factories.article("2018-05-16", f"Ferry {number}", body="We sail.")
        event, other = (factories.event(f"{name} {number}") for name in ("Launch", "Sailing"))
        quote = factories.quote("We sail", article, factories.actor("Nora"), other,
                                is_published=False)  # fmt: skip
        proposed = suggest(article, "We sail", type="quote", text="We sail", quote=quote)
        changed = {"medium": "by radio"} | ({} if tie == "tied" else {"events": ""})
        sent = form_of(alice, quote) | changed
        sent = sent if tie == "tied" else {key: sent[key] for key in sent if key != "events"}
        answers(
            lambda quote=quote, sent=sent: alice.post(change(quote), sent, follow=True),
            desk(bob, proposed, "accept", event=event.pk),
        )
        assert set(quote.events.all()) == ({event, other} if tie == "tied" else {event})
