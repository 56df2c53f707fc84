"""Two editors on one draft at the same moment: one decision holds, nothing is made twice."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import at_once, signed_in
from tests.web.drafted import card, ferry_draft
from timeline.models import Actor, Candidate, Decision, Draft, Event, Participation, Timeline
from timeline.models.merging import merge

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice() -> Client:
    return signed_in(Client(raise_request_exception=False), "alice")


@pytest.fixture
def bob() -> Client:
    return signed_in(Client(raise_request_exception=False), "bob")


@pytest.fixture
def draft(alice: Client) -> Draft:
    return ferry_draft(User.objects.get(username="alice"))


def press(client: Client, draft: Draft, do: str, one: Candidate | None = None) -> Callable:
    """The press of a button on the draft's page, to be done later."""
    data = {"do": do} | ({"candidate": one.pk} if one else {})
    return lambda: client.post(draft.get_absolute_url(), data).status_code


def test_a_card_accepted_twice_at_once_makes_one_event(
    alice: Client, bob: Client, draft: Draft
) -> None:
    one = card(draft, "sinks")
    answers = at_once(press(alice, draft, "accept", one), press(bob, draft, "accept", one))
    assert sorted(answers) == [302, 409]
    assert Event.objects.count() == 1
    assert Decision.objects.count() == 1


def test_cards_are_accepted_while_two_others_rank_the_draft(
    alice: Client, bob: Client, draft: Draft
) -> None:
    sinks, arrest = card(draft, "sinks"), card(draft, "arrest")
    answers = at_once(
        press(alice, draft, "accept", sinks),
        press(bob, draft, "accept", arrest),
        press(bob, draft, "rank"),
        press(alice, draft, "rank"),
    )
    assert set(answers) <= {302, 404, 409}  # a card that a ranking has made anew is gone
    assert answers[2:] == [302, 302]
    accepted = draft.candidates.filter(state="accepted")
    assert answers[:2].count(302) == accepted.count() == Event.objects.count()
    assert draft.candidates.filter(title__icontains="sinks").count() == 1


def test_two_who_publish_a_draft_at_once_make_one_timeline(
    alice: Client, bob: Client, draft: Draft
) -> None:
    by = User.objects.get(username="alice")
    events = [card(draft, word).accept(by) for word in ("sinks", "arrest")]
    url = reverse("admin:draft_publish", args=[draft.pk])
    data = {"event": [event.pk for event in events], "title": "The Alma Rosa"}
    answers = at_once(*(lambda c=c: c.post(url, data).status_code for c in (alice, bob)))
    assert answers == [302, 302]
    assert Timeline.objects.get().events.count() == 2
    assert Event.objects.public().count() == 2


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_card_accepted_while_its_actor_is_merged_names_the_one_that_stays(
    alice: Client, bob: Client, draft: Draft, is_kept: bool
) -> None:
    by = User.objects.get(username="alice")
    named, other = make.actor("Ines Karo"), make.actor("Minister Karo")
    pair = (named, other) if is_kept else (other, named)
    _, answer = at_once(lambda: merge(*pair, by), press(bob, draft, "accept", card(draft, "sinks")))
    assert answer in (302, 409)
    assert Actor.objects.filter(pk=pair[0].pk).exists()
    made = Event.objects.count()
    assert made == (answer == 302)
    assert set(Participation.objects.values_list("actor", flat=True)) <= {pair[0].pk}
