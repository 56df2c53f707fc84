"""Suggestions as records: corrected one by one, decided many at once."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import decide, desk, fields_of, suggest, with_rights, words_of
from timeline.models import Article, Event, Quote, Report, Suggestion

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_corrected_before_it_is_accepted(
    alice: Client, meeting: Suggestion
) -> None:
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    corrected = fields_of(meeting) | {"title": "Ferry agreement signed", "edtf": "2018-05-15~"}
    answer = alice.post(url, corrected | {"_accept": "1"})
    assert answer.url.startswith(desk(meeting.article))
    event = Event.objects.get()
    assert (event.title, event.edtf) == ("Ferry agreement signed", "2018-05-15~")


def test_a_corrected_suggestion_goes_into_the_event_that_was_chosen(
    alice: Client, meeting: Suggestion
) -> None:
    event = factories.event("Ferry talks", edtf="2018-05", status="planned")
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    alice.post(url, fields_of(meeting) | {"match": event.pk, "_merge": "1"})
    assert Report.objects.get().event == event
    assert Event.objects.count() == 1


def test_a_correction_that_leaves_too_little_is_refused_beside_its_field(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    page = alice.post(url, fields_of(meeting) | {"title": "", "status": "", "_accept": "1"})
    assert page.context["adminform"].form.errors.keys() == {"title", "status"}
    quote = article.suggestions.get(type="quote")
    url = reverse("admin:timeline_suggestion_change", args=[quote.pk])
    page = alice.post(url, {"text": "", "speaker": "Nora Vale", "_accept": "1"})
    assert page.context["adminform"].form.errors.keys() == {"text"}
    assert not Event.objects.exists()
    assert not Quote.objects.exists()


def test_a_correction_that_makes_two_suggestions_one_is_refused_with_a_message(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    twin = suggest(article, meeting.exact, title="Agreement signed")
    url = reverse("admin:timeline_suggestion_change", args=[twin.pk])
    page = alice.post(url, fields_of(twin) | {"title": meeting.title, "_save": "1"})
    assert "already exists" in words_of(page)
    twin.refresh_from_db()
    assert twin.title == "Agreement signed"


def test_merging_without_an_event_asks_for_one(alice: Client, meeting: Suggestion) -> None:
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    page = alice.post(url, fields_of(meeting) | {"_merge": "1"}, follow=True)
    assert "Choose the event to accept it into." in words_of(page)
    assert not Report.objects.exists()


def test_a_decided_suggestion_is_no_longer_edited(alice: Client, meeting: Suggestion) -> None:
    decide(alice, meeting, "reject")
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    page = alice.post(url, fields_of(meeting) | {"_accept": "1"}, follow=True)
    assert "Somebody was faster: “Vale and Strand meet” is rejected already." in words_of(page)
    assert 'name="_accept"' not in page.content.decode()
    assert not Event.objects.exists()


def batch(client: Client, action: str, suggestions: list[Suggestion]) -> str:
    """Run an action of the list; what the page then says."""
    url = reverse("admin:timeline_suggestion_changelist")
    data = {"action": action, "_selected_action": [one.pk for one in suggestions]}
    return words_of(client.post(url, data, follow=True))


def test_many_suggestions_are_decided_from_the_list(alice: Client, article: Article) -> None:
    event = factories.event("Ferry visit", edtf="2018", status="planned")
    article.suggestions.filter(edtf="2018-07").update(match=event)
    everything = list(article.suggestions.all())
    assert "1 accepted." in batch(alice, "merge_selected", everything)
    said = batch(alice, "accept_selected", everything)
    assert "2 accepted, 1 already decided. New: 1 actors and places." in said
    assert Report.objects.count() == 2
    assert Quote.objects.get().speaker.name == "Nora Vale"


def test_a_batch_tells_the_story_in_the_order_of_publication(alice: Client) -> None:
    event = factories.event("Ferry visit", edtf="2018-06", status="planned", published=False)
    bodies = {"2018-05-01": "They meet later, on 12 July.", "2018-05-02": "The visit is off."}
    dated, undated = (
        suggest(factories.article(day, body=body), body, title=body, match=event, **fields)
        for (day, body), fields in zip(
            bodies.items(),
            (
                {"edtf": "2018-07-12", "status": "planned", "stance": "postpones"},
                {"edtf": "2018-06", "status": "cancelled", "stance": "cancels"},
            ),
            strict=True,
        )
    )
    Suggestion.objects.filter(pk=undated.pk).update(edtf="")
    Suggestion.objects.filter(pk=dated.pk).update(match=event)
    factories.report(event, factories.article("2018-04-01"))
    assert "2 accepted." in batch(alice, "merge_selected", [undated, dated])
    event.refresh_from_db()
    assert (event.edtf, event.status) == ("2018-07-12", "cancelled")


def test_a_batch_leaves_a_match_that_something_speaks_against_and_says_why(
    alice: Client, meeting: Suggestion
) -> None:
    later = factories.event("Talks of July", edtf="2018-07")
    factories.report(later, factories.article("2018-07-20"))
    Suggestion.objects.filter(pk=meeting.pk).update(match=later)
    said = batch(alice, "merge_selected", [meeting])
    assert "1 left for you to decide at the review desk." in said
    assert "Nothing had been reported of this event by 16 May 2018." in said
    meeting.refresh_from_db()
    assert meeting.state == "pending"


@pytest.mark.parametrize("action", ["accept_selected", "merge_selected"])
def test_a_batch_leaves_what_an_editor_has_to_choose_and_says_why(
    alice: Client, meeting: Suggestion, action: str
) -> None:
    plan = factories.event("Talks", edtf="2018-06-12", status="planned")
    factories.report(plan, factories.article("2018-05-01"))
    fields = {"match": plan, "edtf": "2018-06", "status": "planned"}
    Suggestion.objects.filter(pk=meeting.pk).update(**fields)
    said = batch(alice, action, [meeting])
    assert "1 left for you to decide at the review desk." in said
    assert "Merging makes the date coarser: 12 June 2018 becomes June 2018." in said
    meeting.refresh_from_db()
    assert meeting.state == "pending"
    assert Event.objects.count() == 1


def test_a_batch_says_which_names_it_leaves_open(alice: Client, meeting: Suggestion) -> None:
    for slug in ("one", "two"):
        factories.actor(f"Nora Vale {slug}").aliases.create(name="Nora Vale")
    Suggestion.objects.filter(pk=meeting.pk).update(actors=["Nora Vale"])
    said = batch(alice, "accept_selected", [meeting])
    assert "Left open, for no one record bears the name: Nora Vale." in said
    assert not Event.objects.get().participants.exists()


def test_the_form_says_what_records_the_names_become(alice: Client, meeting: Suggestion) -> None:
    factories.actor("Nora Vale")
    actors = ["Nora Vale", "Piet Strand", "Harbour Ministry"]
    Suggestion.objects.filter(pk=meeting.pk).update(actors=actors, place="Elmsport")
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    said = words_of(alice.get(url))
    assert (
        "Nora Vale: Nora Vale; Piet Strand: a new person; "
        "Harbour Ministry: a new organisation; Elmsport: a new place" in said
    )


def test_the_form_does_not_offer_first_a_match_that_something_speaks_against(
    alice: Client, meeting: Suggestion
) -> None:
    later = factories.event("Talks of July", edtf="2018-07")
    factories.report(later, factories.article("2018-07-20"))
    Suggestion.objects.filter(pk=meeting.pk).update(match=later)
    page = alice.get(reverse("admin:timeline_suggestion_change", args=[meeting.pk]))
    said = page.content.decode()
    assert said.index('name="_accept"') < said.index('name="_merge"')
    assert "Nothing had been reported of this event by 16 May 2018." in words_of(page)


@pytest.mark.parametrize("button", ["_accept", "_merge"])
def test_who_may_not_make_events_saves_nothing_by_a_forged_button(
    client: Client, meeting: Suggestion, button: str
) -> None:
    bob = with_rights(client, "view_suggestion", "change_suggestion")
    event = factories.event("Ferry talks")
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    assert button not in bob.get(url).content.decode()
    data = fields_of(meeting) | {"title": "Forged", "match": event.pk, button: "1"}
    assert bob.post(url, data).status_code == 403
    meeting.refresh_from_db()
    assert (meeting.title, meeting.state) == ("Vale and Strand meet", "pending")
    assert not Report.objects.exists()


def test_who_may_not_make_events_is_not_offered_it_for_many(
    client: Client, meeting: Suggestion
) -> None:
    bob = with_rights(client, "view_suggestion", "change_suggestion")
    batch(bob, "accept_selected", [meeting])
    assert not Event.objects.exists()
    assert "1 rejected." in batch(bob, "reject_selected", [meeting])
