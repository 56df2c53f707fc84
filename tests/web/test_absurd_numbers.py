"""Numbers that no database holds, in forms, lists and actions: an answer, never a failure."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import change, form_of, words_of
from timeline.models import Suggestion

pytestmark = pytest.mark.django_db
NUMBERS = ("9" * 19, "9" * 25, "9" * 5000)
NO_CHOICE = "Select a valid choice"


@pytest.mark.parametrize("number", NUMBERS, ids=len)
@pytest.mark.parametrize(
    ("of", "field", "said"),
    [
        ("suggestion", "match", NO_CHOICE),
        ("report", "event", NO_CHOICE),
        ("report", "article", NO_CHOICE),
        ("report", "end", "Please correct the error"),
        ("event", "place", NO_CHOICE),
        ("event", "part_of", NO_CHOICE),
        ("event", "reports-0-article", NO_CHOICE),
        ("event", "participations-0-known_from", NO_CHOICE),
        ("quote", "speaker", NO_CHOICE),
        ("quote", "events", NO_CHOICE),
        ("timeline", "events", NO_CHOICE),
        ("article", "outlet", NO_CHOICE),
        ("article", "correction_paragraphs", "Write paragraph numbers with commas"),
    ],
)
def test_a_form_says_beside_its_field_that_a_number_is_too_large(
    alice: Client, meeting: Suggestion, number: str, of: str, field: str, said: str
) -> None:
    event = factories.event("Talks")
    factories.takes_part(factories.actor("Nora Vale"), event)
    records = {
        "suggestion": meeting,
        "event": event,
        "report": factories.report(event, meeting.article),
        "quote": factories.quote("We sail.", meeting.article, factories.actor("Nora Vale")),
        "timeline": factories.timeline(event),
        "article": meeting.article,
    }
    sent = form_of(alice, records[of])
    for name in (field, f"initial-{field}"):
        page = alice.post(change(records[of]), sent | {name: number})
        if name == field:
            assert said in words_of(page)
        assert page.status_code in (200, 302)


@pytest.mark.parametrize("number", [*NUMBERS, "0", "-1", "²"], ids=ascii)
@pytest.mark.parametrize(
    ("of", "lookup"),
    [
        ("event", "earliest__year"),
        ("article", "published_on__year"),
        ("event", "id__exact"),
        ("event", "timelines__id__exact"),
        ("report", "event__id__exact"),
        ("event", "id__in"),
        ("event", "p"),
        ("event", "_facets"),
    ],
)
def test_a_list_answers_a_lookup_that_cannot_be(
    alice: Client, of: str, lookup: str, number: str
) -> None:
    factories.report(factories.event("Talks"), factories.article("2018-05-16"))
    url = reverse(f"admin:timeline_{of}_changelist")
    page = alice.get(url, {lookup: number}, follow=True)
    assert page.status_code == 200


@pytest.mark.parametrize("number", NUMBERS, ids=len)
@pytest.mark.parametrize("action", ["publish", "unpublish", "delete_selected"])
def test_an_action_on_a_record_that_cannot_be_changes_nothing(
    alice: Client, action: str, number: str
) -> None:
    event = factories.event("Talks")
    data = {"action": action, "_selected_action": [number, str(event.pk)], "post": "yes"}
    page = alice.post(reverse("admin:timeline_event_changelist"), data, follow=True)
    assert page.status_code == 200
    event.refresh_from_db()
    assert event.is_published
