"""A card of a draft and the events that exist: offered with reasons, found in place, chosen."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories as make
from tests.web.drafted import card, ferry_draft
from timeline.models import Article, Decision, Draft, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(alice: Client) -> Draft:
    return ferry_draft(User.objects.get(username="alice"))


@pytest.fixture
def sinking(draft: Draft) -> Event:
    """The event that the first card tells, as it stands at the desk already."""
    event = make.event("Ferry Alma Rosa goes down", edtf="2014-05-04", published=False)
    report = {"edtf": "2014-05-04", "exact": "The ferry Alma Rosa sank off Port Selby."}
    make.report(event, make.article("2014-05-04", "A ferry sank"), **report)
    return event


def shown(client: Client, draft: Draft, word: str = "sinks", **asked: object) -> str:
    """The current card, without its marks."""
    one = card(draft, word)
    page = client.get(draft.get_absolute_url(), {"at": one.pk, **asked}).content.decode()
    found = re.search(rf'<article[^>]*id="c{one.pk}".*?</article>', page, re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())


def accept(client: Client, draft: Draft, do: str = "accept", **more: object):
    data = {"do": do, "candidate": card(draft, "sinks").pk, **more}
    return client.post(draft.get_absolute_url(), data, follow=True)


def is_default(client: Client, draft: Draft, **asked: object) -> bool:
    asked["at"] = card(draft, "sinks").pk
    page = client.get(draft.get_absolute_url(), asked).content.decode()
    classes = re.search(r'<button class="([^"]*)"[^>]*value="accept"[^>]*>', page)[1]
    return "default" in classes


class TestWhatIsOffered:
    def test_an_event_that_it_may_be_of_with_its_reasons(self, alice, draft, sinking) -> None:
        sinking.title, sinking.edtf, sinking.kind = "A disaster", "2014-05", "visit"
        sinking.save(update_fields=["title", "edtf", "kind"])
        report = sinking.reports.get()
        report.edtf, report.exact = "2014-05", "It sank."
        report.save(update_fields=["edtf", "exact"])
        said = shown(alice, draft)
        assert "You may have it already: A disaster May 2014" in said
        assert re.search(r"match 0\.\d\d", said)

    def test_one_above_the_threshold_makes_the_card_an_addition(
        self, alice, draft, sinking
    ) -> None:
        said = shown(alice, draft)
        assert "Looks like an event that you have: Ferry Alma Rosa goes down" in said
        assert "Same date: 4 May 2014." in said
        accept(alice, draft, event=sinking.pk)
        assert card(draft, "sinks").event == sinking

    def test_what_a_card_beside_it_has_become_makes_it_none(self, alice, draft, sinking) -> None:
        one = card(draft, "charge")
        one.event, one.state = sinking, one.State.ACCEPTED
        one.save(update_fields=["event", "state"])
        said = shown(alice, draft)
        assert "You may have it already: Ferry Alma Rosa goes down" in said
        assert is_default(alice, draft)

    def test_three_of_them_at_most_the_likeliest_first(self, alice, draft, sinking) -> None:
        for number in range(5):
            event = make.event(f"Ferry Alma Rosa {number}", edtf="2014-05-04", published=False)
            make.report(event, make.article("2014-05-04", f"No. {number}"))
        said = shown(alice, draft)
        scores = [float(one) for one in re.findall(r"match (0\.\d\d)", said)]
        assert len(scores) == 3
        assert scores == sorted(scores, reverse=True)

    def test_none_that_its_words_rule_out(self, alice, draft, sinking) -> None:
        sinking.reports.all().delete()
        late = {"edtf": "2014-05-04", "exact": "The ferry Alma Rosa sank off Port Selby."}
        make.report(sinking, make.article("2015-01-01", "A year later"), **late)
        assert "goes down" not in shown(alice, draft)

    def test_none_on_a_card_that_is_not_the_current_one(self, alice, draft, sinking) -> None:
        assert "goes down" not in shown(alice, draft, "charge")

    def test_it_is_asked_anew_of_what_an_editor_has_set(self, alice, draft, sinking) -> None:
        one = card(draft, "sinks")
        one.title, one.edtf = "Ferry Alma Rosa sinks in a storm", "2013-01-01"
        one.edit(User.objects.get(username="alice"), ["title", "edtf"])
        assert "goes down" not in shown(alice, draft)

    def test_the_queries_do_not_grow_with_the_events(
        self, alice, draft, sinking, django_assert_max_num_queries
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as few:
            shown(alice, draft)
        for number in range(6):
            event = make.event(f"Ferry Alma Rosa {number}", edtf="2014-05-04", published=False)
            make.report(event, make.article("2014-05-04", f"No. {number}"))
        with django_assert_max_num_queries(len(few)):
            shown(alice, draft)


class TestFinding:
    def test_any_event_is_found_by_beginnings_of_words(self, alice, draft) -> None:
        make.event("Harbour master resigns", edtf="2014-06-01", published=False)
        said = shown(alice, draft, find="har mas")
        assert "Harbour master resigns 1 June 2014, occurred, draft" in said
        assert "No event has words that begin so." in shown(alice, draft, find="zz")

    def test_htmx_is_given_what_was_found_alone(self, alice, draft) -> None:
        make.event("Harbour master resigns", edtf="2014-06-01", published=False)
        at = card(draft, "sinks").pk
        headers = {"HX-Request": "true", "HX-Target": f"found-{at}"}
        answer = alice.get(draft.get_absolute_url(), {"at": at, "find": "har"}, headers=headers)
        assert "Harbour master resigns" in answer.content.decode()
        assert "<article" not in answer.content.decode()

    @pytest.mark.parametrize("asked", [{"event": "x"}, {"event": "9" * 30}, {"find": "\x00"}])
    def test_what_is_not_understood_shows_the_card(self, alice, draft, asked) -> None:
        assert "Accept event, 3 reports" in shown(alice, draft, **asked)


class TestChoosing:
    def test_the_chosen_one_is_compared_and_added_to(self, alice, draft, sinking) -> None:
        said = shown(alice, draft, event=sinking.pk)
        assert "Compared with the event that you chose: Ferry Alma Rosa goes down" in said
        assert "Add to the event" in said
        assert "Not this one" in said
        assert is_default(alice, draft, event=sinking.pk)
        accept(alice, draft, event=sinking.pk)
        assert card(draft, "sinks").event == sinking
        assert sinking.reports.count() == 4
        Decision.objects.first().undo(User.objects.get(username="alice"))
        assert sinking.reports.count() == 1
        assert card(draft, "sinks").is_open

    def test_what_speaks_against_it_is_said_and_it_is_no_default(self, alice, draft) -> None:
        later = make.event("A regatta", edtf="2014-08-01", published=False)
        make.report(later, make.article("2014-05-01", "Regatta planned"))
        said = shown(alice, draft, event=later.pk)
        assert "the event had been reported for 1 August 2014" in said
        assert not is_default(alice, draft, event=later.pk)

    def test_a_new_one_can_be_made_all_the_same(self, alice, draft, sinking) -> None:
        accept(alice, draft, "accept-new", event=sinking.pk)
        assert card(draft, "sinks").event != sinking

    def test_one_that_is_deleted_meanwhile_is_told_and_decides_nothing(
        self, alice, draft, sinking
    ) -> None:
        key = sinking.pk
        sinking.delete()
        answer = accept(alice, draft, event=key)
        assert answer.status_code == 409
        assert "has been deleted" in answer.content.decode()
        assert card(draft, "sinks").is_open

    def test_of_an_addition_the_likeness_is_told_and_little_of_it_is_no_default(
        self, alice, draft, sinking
    ) -> None:
        one = card(draft, "sinks")
        one.event = sinking
        one.save(update_fields=["event"])
        said = shown(alice, draft)
        assert "Adds to an event that you have: Ferry Alma Rosa goes down" in said
        assert re.search(r"Match 0\.\d\d\. Same date", said)
        assert is_default(alice, draft)
        Event.objects.filter(pk=sinking.pk).update(title="Something else", kind="visit")
        sinking.reports.update(exact="")
        Article.objects.update(published="2014-05-04")
        assert not is_default(alice, draft)
