"""Who may not publish hands in what a draft has become, from the page where it is published."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import words_of
from tests.web.drafted import card, ferry_draft
from tests.web.roles import person
from timeline.models import Draft, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groups")]


@pytest.fixture
def draft(db: None) -> Draft:
    boss = make.editor("boss")
    draft = ferry_draft(boss)
    for word in ("sinks", "arrest"):
        card(draft, word).accept(boss)
    return draft


def url(draft: Draft) -> str:
    return reverse("admin:draft_publish", args=[draft.pk])


def hand_in(client: Client, draft: Draft, *events: Event) -> str:
    data = {"do": "hand-in", "event": [event.pk for event in events]}
    return words_of(client.post(url(draft), data, follow=True))


def test_an_editor_hands_in_what_is_ticked_and_a_publisher_finds_it(draft: Draft) -> None:
    editor, event = person("editor"), card(draft, "sinks").event
    page = words_of(editor.get(url(draft)))
    assert "Publishers may publish what is accepted." in page
    assert "On a timeline" not in page
    said = hand_in(editor, draft, event)
    assert "Handed in 1 event for publication." in said
    assert "In review" in said
    assert Event.objects.get(pk=event.pk).state == "in-review"
    assert card(draft, "arrest").event.state == "draft"
    assert str(event) in words_of(person("publisher").get("/desk/"))


def test_what_is_in_review_already_or_not_ticked_is_told(draft: Draft) -> None:
    editor, event = person("editor"), card(draft, "sinks").event
    hand_in(editor, draft, event)
    for events in ((event,), ()):
        assert "Nothing was handed in: tick an event" in hand_in(editor, draft, *events)


def test_an_event_of_no_candidate_is_not_handed_in_by_the_way(draft: Draft) -> None:
    other = make.event("Another", published=False)
    hand_in(person("editor"), draft, other)
    assert Event.objects.get(pk=other.pk).state == "draft"


def test_a_contributor_is_told_who_may_and_a_publisher_publishes(draft: Draft) -> None:
    page = person("contributor").get(url(draft)).content.decode()
    assert 'value="hand-in"' not in page
    page = words_of(person("publisher").get(url(draft)))
    assert "Publish what is ticked" in page
    assert "Hand in" not in page
