"""Two editors at the same moment: exactly one decision holds, and the other is told."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY, at_once, change, fields_of, form_of, signed_in, suggest
from timeline.models import (
    Actor,
    Article,
    Decision,
    Event,
    NotUndoneError,
    Outlet,
    Quote,
    Report,
    Suggestion,
    Timeline,
)

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(5)


@pytest.fixture
def alice() -> Client:
    return signed_in(Client(raise_request_exception=False), "alice")


@pytest.fixture
def bob() -> Client:
    return signed_in(Client(raise_request_exception=False), "bob")


def meeting(number: int, **fields: object) -> Suggestion:
    """A suggestion of an article of its own."""
    article = factories.article("2018-05-16", f"Ferry {number}", body="Vale met Strand. We sail.")
    return suggest(article, "Vale met Strand", title=f"Vale meets Strand {number}", **fields)


def desk(client: Client, suggestion: Suggestion, do: str, **more: object) -> Callable:
    """The press of a button at the review desk, to be done later."""
    url = reverse("admin:review", args=[suggestion.article_id])
    return lambda: client.post(url, {"suggestion": suggestion.pk, "do": do, **more}, follow=True)


def form(client: Client, suggestion: Suggestion, button: str, **more: object) -> Callable:
    """The press of a button of the suggestion's form, to be done later."""
    url = reverse("admin:timeline_suggestion_change", args=[suggestion.pk])
    return lambda: client.post(url, fields_of(suggestion) | {button: "1", **more}, follow=True)


def push(client: Client, record: Model, action: str) -> Callable:
    """The press of a button at the head of a record, to be done later."""
    data = {"CHANGE_FORM-action": action, "_selected_action": record.pk}
    return lambda: client.post(change(record), data, follow=True)


def saving(client: Client, record: Model, **changed: str) -> Callable:
    """The saving of a record's form, which is opened now, to be done later."""
    sent = form_of(client, record) | changed
    return lambda: client.post(change(record), sent, follow=True)


def delete(client: Client, record: Model) -> Callable:
    """The deletion of a record, to be done later."""
    return lambda: client.post(change(record, "delete"), {"post": "yes"}, follow=True)


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


def answers(*doers: Callable) -> list[str]:
    """The pages that were answered; a failure fails the test."""
    pages = at_once(*doers)
    assert [page.status_code for page in pages] == [200] * len(pages)
    return [page.content.decode() for page in pages]


@pytest.mark.parametrize("second", [form, desk], ids=["form", "desk"])
def test_a_suggestion_accepted_twice_at_once_makes_one_event(alice, bob, second) -> None:
    button = {form: "_accept", desk: "accept"}[second]
    for number in ROUNDS:
        proposed = meeting(number)
        pages = answers(form(alice, proposed, "_accept"), second(bob, proposed, button))
        assert Event.objects.filter(title=proposed.title).count() == 1
        assert Report.objects.filter(article=proposed.article).count() == 1
        assert sum("accepted already" in page for page in pages) == 1


def test_a_word_that_two_correct_to_one_actor_at_once_becomes_its_alias_once(alice, bob) -> None:
    pieter = factories.actor("Pieter Strand")
    for number in ROUNDS:
        word = f"Strand {number}"
        corrected = {"role": "actor", "said": word, "take": "on", "name": "Pieter Strand",
                     "kind": "person"}  # fmt: skip
        sent = {f"name-0-{key}": value for key, value in corrected.items()}
        one, two = (meeting(2 * number + which, actors=[word]) for which in (0, 1))
        answers(desk(alice, one, "accept", **sent), desk(bob, two, "accept", **sent))
        assert pieter.aliases.filter(name=word).count() == 1
        assert pieter.participations.count() == 2 * (number + 1)


@pytest.mark.parametrize(("do", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_form_saved_at_the_moment_of_a_decision_does_not_undo_it(alice, bob, do, state) -> None:
    for number in ROUNDS:
        proposed = meeting(number)
        answers(form(alice, proposed, "_save", kind="talks"), desk(bob, proposed, do))
        proposed.refresh_from_db()
        assert proposed.state == state
        assert Event.objects.filter(title=proposed.title).count() == (do == "accept")


def test_an_event_unpublished_while_a_report_is_merged_stays_unpublished(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(f"Meeting {number}", edtf="2018-05", status="planned")
        push = {"CHANGE_FORM-action": "unpublish", "_selected_action": event.pk}
        url = reverse("admin:timeline_event_change", args=[event.pk])
        answers(
            desk(alice, meeting(number), "merge", event=event.pk),
            lambda url=url, push=push: bob.post(url, push, follow=True),
        )
        event.refresh_from_db()
        assert not event.is_published


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


def test_a_report_merged_while_its_event_is_published_goes_with_it_or_waits(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(
            f"Meeting {number}", edtf="2018-05", status="planned", published=False
        )
        push = {"CHANGE_FORM-action": "publish", "_selected_action": event.pk}
        url = reverse("admin:timeline_event_change", args=[event.pk])
        answers(
            desk(alice, meeting(number), "merge", event=event.pk),
            lambda url=url, push=push: bob.post(url, push, follow=True),
        )
        event.refresh_from_db()
        is_followed = event.status == "occurred"
        assert (event.is_published, event.reports.get().is_published) == (True, is_followed)


def test_two_reports_merged_at_once_leave_the_event_as_the_later_one_has_it(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(
            f"Meeting {number}", edtf="2018-05", status="planned", published=False
        )
        earlier = meeting(number, edtf="2018-05-20", status="planned", stance="announces")
        later = meeting(number + 100, edtf="", status="cancelled", stance="cancels")
        Article.objects.filter(pk=later.article_id).update(published="2018-05-17")
        answers(*(desk(*who, "merge", event=event.pk) for who in ((alice, earlier), (bob, later))))
        event.refresh_from_db()
        assert (event.edtf, event.status) == ("2018-05-20", "cancelled")


def test_two_suggestions_of_one_article_merged_at_once_make_one_report(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(f"Meeting {number}", edtf="2018-05", status="planned")
        one = meeting(number)
        other = suggest(one.article, "We sail", title="Ferries sail")
        answers(*(desk(*who, "merge", event=event.pk) for who in ((alice, one), (bob, other))))
        assert event.reports.count() == 1
        assert set(one.article.suggestions.values_list("state", flat=True)) == {"accepted"}


def test_two_suggestions_with_one_title_are_both_accepted(alice, bob) -> None:
    for number in ROUNDS:
        one, other = meeting(number), meeting(number + 100)
        Suggestion.objects.filter(pk=other.pk).update(title=one.title)
        answers(desk(alice, one, "accept"), desk(bob, other, "accept"))
        assert Event.objects.filter(title=one.title).count() == 2


def test_a_person_named_by_two_suggestions_accepted_at_once_is_made_once(alice, bob) -> None:
    for number in ROUNDS:
        name = f"Piet Strand {number}"
        one, other = (meeting(n, actors=[name]) for n in (number, number + 100))
        answers(desk(alice, one, "accept"), desk(bob, other, "accept"))
        assert Actor.objects.get(name=name).events.count() == 2


def test_people_named_in_another_order_do_not_keep_two_editors_waiting(alice, bob) -> None:
    for number in ROUNDS:
        names = [f"{name} {number}" for name in ("Ada", "Ben", "Cleo", "Dora", "Eva", "Finn")]
        one = meeting(number, actors=names)
        other = meeting(number + 100, actors=names[::-1])
        answers(desk(alice, one, "accept"), desk(bob, other, "accept"))
        assert Actor.objects.filter(name__in=names).count() == len(names)


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


def test_a_decision_undone_by_two_at_once_is_undone_once(alice, bob) -> None:
    for number in ROUNDS:
        proposed = meeting(number)
        proposed.accept(by=User.objects.get(username="alice"))
        decision = Decision.objects.first()
        said = at_once(*(undoing(decision, name) for name in ("alice", "bob")))
        assert sorted(said)[0] == ""
        assert "has undone this already" in sorted(said)[1]
        assert not Event.objects.filter(title=proposed.title).exists()


def test_an_event_merged_into_while_its_decision_is_undone_is_whole_or_gone(alice, bob) -> None:
    for number in ROUNDS:
        one, other = meeting(number), meeting(number + 100)
        event = one.accept(by=User.objects.get(username="alice")).event
        decision = Decision.objects.first()
        said, page = at_once(undoing(decision, "alice"), desk(bob, other, "merge", event=event.pk))
        assert page.status_code in (200, 404)
        is_there = Event.objects.filter(pk=event.pk).exists()
        assert is_there == ("another report" in said)
        assert Report.objects.filter(event=event.pk).count() == (2 if is_there else 0)
        other.refresh_from_db()
        assert other.state == ("accepted" if is_there else "pending")


def test_an_event_published_while_its_decision_is_undone_is_public_or_gone(alice, bob) -> None:
    for number in ROUNDS:
        event = meeting(number).accept(by=User.objects.get(username="alice")).event
        decision = Decision.objects.first()
        said, page = at_once(undoing(decision, "alice"), push(bob, event, "publish"))
        assert page.status_code < 500
        public = Event.objects.filter(pk=event.pk, is_published=True).exists()
        assert public == ("has been published" in said)


def test_the_same_person_is_made_by_one_while_another_undoes_it(alice, bob) -> None:
    for number in ROUNDS:
        name = f"Piet Strand {number}"
        one, other = (meeting(n, actors=[name]) for n in (number, number + 100))
        one.accept(by=User.objects.get(username="alice"))
        decision = Decision.objects.first()
        _, page = at_once(undoing(decision, "alice"), desk(bob, other, "accept"))
        assert page.status_code == 200
        other.refresh_from_db()
        if other.state == "accepted":
            assert other.report.event.participants.get().name == name


def undoing(decision: Decision, name: str) -> Callable[[], str]:
    """Undo it in the name of an editor; give what is said where it is refused."""
    by = User.objects.get(username=name)

    def undo() -> str:
        try:
            Decision.objects.get(pk=decision.pk).undo(by=by)
        except NotUndoneError as refusal:
            return str(refusal)
        return ""

    return undo
