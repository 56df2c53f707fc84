"""Draft, in review, published, withdrawn: who brought a record from one to the next, and when."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import change, words_of
from tests.web.roles import person
from timeline.models import Decision, Event
from timeline.models.publishable import State, in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groups")]


@pytest.fixture
def bob(db: None):
    return make.editor("bob")


@pytest.fixture
def event(db: None) -> Event:
    return make.event("The pier opens", published=False)


def press(client: Client, record, do: str):
    sent = {"CHANGE_FORM-action": do, "_selected_action": [record.pk]}
    return client.post(change(record), sent, follow=True)


def test_an_editor_hands_in_and_a_publisher_finds_it_on_the_first_page(event) -> None:
    editor, publisher = person("editor"), person("publisher")
    press(editor, event, "hand_in")
    event.refresh_from_db()
    assert event.state == State.IN_REVIEW
    first = words_of(publisher.get(reverse("admin:index")))
    assert "1 handed in for publication" in first
    assert "The pier opens" in first.split("Handed in for publication")[1]
    assert "by editor" in first
    press(publisher, event, "publish")
    event.refresh_from_db()
    assert (event.state, event.handed_in_by) == (State.PUBLISHED, None)
    assert "handed in for publication" not in words_of(publisher.get(reverse("admin:index")))


def test_a_publisher_hands_back_with_a_reason_that_its_editors_read(event) -> None:
    editor, publisher = person("editor"), person("publisher")
    press(editor, event, "hand_in")
    url = reverse("admin:timeline_event_hand_back", args=[event.pk])
    asked = publisher.post(url, {"reason": " "})
    assert asked.status_code == 400
    assert "Say why, so that its editor knows what to do." in words_of(asked)
    publisher.post(url, {"reason": "Which pier?"})
    event.refresh_from_db()
    assert event.state == State.DRAFT
    assert "Handed back: Which pier?" in words_of(editor.get(change(event)))
    assert "Which pier?" in words_of(editor.get(reverse("admin:index")))
    press(editor, event, "hand_in")
    event.refresh_from_db()
    assert (event.state, event.handed_back) == (State.IN_REVIEW, "")


def test_what_another_publisher_has_settled_meanwhile_is_said(event, bob) -> None:
    event.hand_in(by=bob)
    url = reverse("admin:timeline_event_hand_back", args=[event.pk])
    publisher = person("publisher")
    assert publisher.get(url).status_code == 200
    event.publish(by=bob)
    said = words_of(publisher.post(url, {"reason": "Which pier?"}, follow=True))
    assert "It is not in review any more." in said
    event.refresh_from_db()
    assert event.state == State.PUBLISHED


def test_an_editor_takes_back_what_they_handed_in_and_nobody_elses(event, bob) -> None:
    editor = person("editor")
    url = reverse("admin:timeline_event_hand_back", args=[event.pk])
    press(editor, event, "hand_in")
    assert editor.get(url).status_code == 200
    other = make.event("Another", published=False)
    other.hand_in(by=bob)
    url = reverse("admin:timeline_event_hand_back", args=[other.pk])
    assert editor.get(url).status_code == 403


def test_what_was_withdrawn_is_told_apart_from_what_was_never_published(event, bob) -> None:
    other = make.event("Another")
    other.unpublish(by=bob)
    other.refresh_from_db()
    assert (other.state, event.state) == (State.WITHDRAWN, State.DRAFT)
    said = words_of(person("editor").get(change(other)))
    assert "Withdrawn on" in said
    assert "by bob" in said


def test_the_list_is_narrowed_by_each_state(event, bob) -> None:
    handed_in = make.event("Handed in", published=False)
    handed_in.hand_in(by=bob)
    withdrawn, public = make.event("Gone"), make.event("Seen")
    withdrawn.unpublish(by=bob)
    editor = person("editor")
    for state, one in (
        ("draft", event), ("in-review", handed_in), ("withdrawn", withdrawn), ("published", public),
    ):  # fmt: skip
        listed = editor.get(reverse("admin:timeline_event_changelist"), {"state": state})
        assert list(listed.context["cl"].result_list) == [one], state
        assert Event.objects.get(pk=one.pk).state == state


def test_each_record_is_in_exactly_one_state_in_both_ways_of_asking(bob) -> None:
    for is_published in (True, False):
        for is_withdrawn in (True, False):
            for is_handed_in in (True, False):
                one = make.event(f"{is_published}{is_withdrawn}{is_handed_in}")
                now = bob.date_joined
                Event.objects.filter(pk=one.pk).update(
                    is_published=is_published,
                    withdrawn_at=now if is_withdrawn else None,
                    handed_in_at=now if is_handed_in else None,
                )
                found = [s for s in State if Event.objects.filter(in_state(s), pk=one.pk).exists()]
                assert found == [Event.objects.get(pk=one.pk).state]


def test_a_withdrawn_event_is_handed_in_again_and_its_withdrawal_is_not_lost(bob) -> None:
    event = make.event()
    event.unpublish(by=bob)
    event.hand_in(by=bob)
    assert event.state == State.IN_REVIEW
    event.hand_back(by=bob, reason="Not yet.")
    assert event.state == State.WITHDRAWN


def test_handing_in_twice_or_what_is_public_changes_nothing(event, bob) -> None:
    assert event.hand_in(by=bob)
    assert not event.hand_in(by=make.editor("carol"))
    assert event.handed_in_by == bob
    assert not make.event("Public").hand_in(by=bob)
    assert not make.event("Public too").hand_back(by=bob, reason="No.")


def test_undoing_a_publishing_brings_it_back_into_review(event, bob) -> None:
    told = make.article("2018-05-16")
    make.report(event, told, is_published=False)
    event.hand_in(by=bob)
    publisher = person("publisher")
    publisher.post(reverse("admin:review_done", args=[told.pk]),
                   {"do": "publish", "events": [event.pk]})  # fmt: skip
    publisher.post(reverse("admin:undo", args=[Decision.objects.get().pk]))
    event.refresh_from_db()
    assert (event.state, event.handed_in_by) == (State.IN_REVIEW, bob)


def test_many_are_handed_in_from_their_list(event, bob) -> None:
    other = make.event("Another", published=False)
    sent = {"action": "hand_in", "_selected_action": [event.pk, other.pk]}
    person("editor").post(reverse("admin:timeline_event_changelist"), sent)
    assert Event.objects.filter(in_state(State.IN_REVIEW)).count() == 2
