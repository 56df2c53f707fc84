"""Records that hang on each other: deleted, asked for by odd keys, matched anew."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import change, decide, form_of, with_rights, words_of
from timeline.admin.desk.actions import Batch
from timeline.models import Actor, Article, Event, Quote, Suggestion

pytestmark = pytest.mark.django_db


def by_its_page(alice: Client, actor: Actor) -> None:
    alice.post(change(actor, "delete"), {"post": "yes"})


def by_the_list(alice: Client, actor: Actor) -> None:
    data = {"action": "delete_selected", "_selected_action": [actor.pk], "post": "yes"}
    alice.post(reverse("admin:timeline_actor_changelist"), data)


def by_the_model(alice: Client, actor: Actor) -> None:
    actor.delete()


def by_the_query(alice: Client, actor: Actor) -> None:
    Actor.objects.filter(pk=actor.pk).delete()


@pytest.mark.parametrize("delete", [by_its_page, by_the_list, by_the_model, by_the_query])
def test_a_quote_keeps_the_name_of_a_speaker_who_is_deleted(alice: Client, delete) -> None:
    vale, paper = factories.actor("Nora Vale"), factories.article("2018-05-01")
    factories.quote("We sail", paper, vale)
    factories.quote("We sail again", paper, vale, attribution="the minister")
    delete(alice, vale)
    assert [quote.speaker_name for quote in Quote.objects.order_by("pk")] == [
        "Nora Vale",
        "the minister",
    ]
    assert not Actor.objects.exists()


ODD = ["9" * 25, "9" * 5000, "x", "-1", "1e9", "", "\x00", "٣", "1,2", "9" * 19]


@pytest.mark.parametrize("key", ODD)
@pytest.mark.parametrize(
    "asked",
    ["event/add/?place", "event/add/?part_of", "quote/add/?events", "quote/add/?speaker",
     "report/add/?event", "timeline/add/?events", "article/add/?outlet"],
)  # fmt: skip
def test_a_form_asked_for_with_an_odd_key_is_shown_without(
    alice: Client, asked: str, key: str
) -> None:
    path, _, field = asked.partition("?")
    assert alice.get(f"/desk/timeline/{path}", {field: key}).status_code == 200


def test_a_form_asked_for_with_keys_of_records_has_them_chosen(alice: Client) -> None:
    one, other = factories.event("One"), factories.event("Other")
    page = alice.get("/desk/timeline/quote/add/", {"events": f"{one.pk},x,{other.pk}"})
    assert page.content.decode().count(" selected>") >= 2


def test_a_batch_leaves_a_suggestion_whose_event_was_deleted_meanwhile(
    alice: Client, meeting: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = factories.event("Talks", published=False)
    factories.report(event, factories.article("2018-05-01"))
    Suggestion.objects.filter(pk=meeting.pk).update(match=event)
    fresh = Batch.fresh

    def late(batch: Batch, chosen):
        keys = list(chosen.values_list("pk", flat=True))
        event.delete()
        return fresh(batch, Suggestion.objects.filter(pk__in=keys))

    monkeypatch.setattr(Batch, "fresh", late)
    data = {"action": "merge_selected", "_selected_action": [meeting.pk]}
    page = alice.post(reverse("admin:timeline_suggestion_changelist"), data, follow=True)
    meeting.refresh_from_db()
    assert meeting.state == "pending"
    assert not Event.objects.exists()
    assert "The event that it matched has been deleted." in words_of(page)


@pytest.fixture
def matched(meeting: Suggestion) -> Suggestion:
    """The meeting, matched with an event for reasons."""
    meeting.match = factories.event("One", published=False)
    meeting.score, meeting.reasons = 0.9, ["Both name One."]
    meeting.save()
    return meeting


def test_the_reasons_of_a_match_go_when_an_editor_chooses_another_event(
    alice: Client, matched: Suggestion
) -> None:
    other = factories.event("Two", published=False)
    alice.post(change(matched), form_of(alice, matched) | {"match": str(other.pk)})
    matched.refresh_from_db()
    assert (matched.match, matched.score, matched.reasons) == (other, None, [])
    page = words_of(alice.get(reverse("admin:review", args=[matched.article_id])))
    assert "Both name One." not in page
    assert "Match ." not in page


def test_the_reasons_stay_when_something_else_is_corrected(
    alice: Client, matched: Suggestion
) -> None:
    alice.post(change(matched), form_of(alice, matched) | {"title": "Vale meets Strand"})
    matched.refresh_from_db()
    assert (matched.score, matched.reasons) == (0.9, ["Both name One."])


def test_the_reasons_go_when_it_was_merged_into_another_event_and_opens_again(
    alice: Client, matched: Suggestion
) -> None:
    decide(alice, matched, "merge", event=factories.event("Two", published=False).pk)
    matched.refresh_from_db()
    matched.report.retract(User.objects.get(username="alice"))
    matched.refresh_from_db()
    assert (matched.state, matched.match.title, matched.reasons) == ("pending", "Two", [])


def test_the_form_says_of_a_name_what_accepting_does_with_it(
    alice: Client, meeting: Suggestion
) -> None:
    factories.place("Elmsport")
    meeting.actors, meeting.place = ["Elmsport", "Nora Vale"], ""
    meeting.save()
    page = words_of(alice.get(change(meeting)))
    assert "Elmsport: left out, for it names a place" in page
    assert "Nora Vale: a new person" in page
    alice.post(change(meeting), form_of(alice, meeting) | {"_accept": "1"})
    assert [str(actor) for actor in Actor.objects.all()] == ["Nora Vale"]


def test_the_form_says_of_a_name_that_its_editor_may_not_make_it(
    client: Client, article: Article, meeting: Suggestion
) -> None:
    meeting.actors = ["Nora Vale"]
    meeting.save()
    bob = with_rights(client, "view_suggestion", "change_suggestion", "add_event", "add_report")
    page = words_of(bob.get(change(meeting)))
    assert "Nora Vale: left out, for no record bears the name and you may not make one" in page
