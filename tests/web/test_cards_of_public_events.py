"""A card of a draft and what readers see already: nothing of it shows before it is published."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import change, decide, with_rights, words_of
from tests.web.drafted import card, drafted, ferry_draft, known, sailing, says
from timeline.drafting import rank
from timeline.models import (
    Article,
    Candidate,
    CandidateReport,
    Change,
    Decision,
    Draft,
    Event,
    NotUndoneError,
    Quote,
    Report,
    Suggestion,
    Timeline,
)
from timeline.models.release import publish_together

pytestmark = pytest.mark.django_db

EDITED = {"title": "Sinking of the Alma Rosa", "edtf": "2041-09-09", "status": "cancelled"}


@pytest.fixture
def by(alice: Client) -> User:
    return User.objects.get(username="alice")


@pytest.fixture
def draft(by: User) -> Draft:
    return ferry_draft(by)


def press(client: Client, draft: Draft, do: str, one: Candidate, **more: object) -> Any:
    data = {"do": do, "candidate": one.pk, **more}
    return client.post(draft.get_absolute_url(), data, follow=True)


def edit(client: Client, draft: Draft, one: Candidate, **said: str) -> None:
    shown = {"kind": one.kind, "actors": ", ".join(one.actors), "place": one.place,
             "title": one.title, "edtf": one.edtf, "status": one.status}  # fmt: skip
    press(client, draft, "edit", one, **(shown | said))
    one.refresh_from_db()


class TestAnEventThatIsPublicAlready:
    @pytest.mark.parametrize("do", ["accept", "accept-new"])
    def test_accepting_an_edited_card_of_it_changes_no_word_that_readers_see(
        self, alice: Client, by: User, draft: Draft, do: str
    ) -> None:
        one = card(draft, "sinks")
        edit(alice, draft, one, **EDITED)
        first = one.reports.all()[0].suggestion
        decide(alice, first, "accept")
        first.refresh_from_db()
        event = first.report.event
        event.publish(by)
        make.timeline(event)
        address, said = event.get_absolute_url(), says(event)
        before = Client().get(address).content
        answer = press(alice, draft, do, one)
        assert says(event) == said
        assert Client().get(address).content == before
        assert "Added to: Ferry Alma Rosa sinks off Port Selby." in words_of(answer)
        assert "What is new of it waits to be published." in words_of(answer)
        Decision.objects.first().undo(by)
        assert says(event) == said
        first.article.unpublish(by)
        assert Client().get(address).status_code == 404

    def test_its_own_name_stays_when_another_drafts_card_is_accepted(
        self, alice: Client, by: User, draft: Draft
    ) -> None:
        other = Draft.objects.create(title="Once more", about="ferry Alma Rosa", made_by=by)
        other.gather(draft.articles.all())
        rank(other)
        event = card(draft, "sinks").accept(by)
        event.title = "The Alma Rosa"
        event.save()
        event.publish(by)
        said = says(event)
        assert press(alice, other, "accept-new", card(other, "sinks")).status_code == 200
        assert says(event) == said

    def test_a_move_is_not_undone_once_the_other_card_is_accepted(
        self, alice: Client, by: User, draft: Draft
    ) -> None:
        one, other = card(draft, "sinks"), card(draft, "arrest")
        press(alice, draft, "move", one, other=other.pk, report=one.reports.last().pk)
        moved = Decision.objects.first()
        press(alice, draft, "accept", other)
        with pytest.raises(NotUndoneError, match=r"arrest.*has been accepted since"):
            moved.undo(by)


class TestWhatReportsTell:
    @pytest.mark.parametrize("how", ["split", "deletion", "move"])
    def test_a_card_says_what_the_reports_that_are_left_state(
        self, alice: Client, by: User, how: str
    ) -> None:
        first = sailing("2014-05-01", "Harbour News", "planned")
        last = sailing("2014-05-05", "Coast Radio", "occurred")
        draft = drafted(by, first, last)
        one = draft.candidates.listed().get()
        assert one.status == "occurred"
        if how == "deletion":
            alice.post(change(last, "delete"), {"post": "yes"})
        elif how == "split":
            press(alice, draft, "split", one, report=one.reports.get(article=last).pk)
        else:
            other = draft.candidates.create(title="Other", number=9, status="occurred")
            press(alice, draft, "move", one, other=other.pk,
                  report=one.reports.get(article=last).pk)  # fmt: skip
        press(alice, draft, "accept", one)
        one.refresh_from_db()
        event = one.event
        assert (event.status, event.edtf) == ("planned", "2014-05-04")
        event.publish(by)
        assert event.is_public
        first.unpublish(by)
        assert Client().get(event.get_absolute_url()).status_code == 404

    def test_a_status_that_an_editor_has_set_on_the_card_is_the_editors_word(
        self, alice: Client, by: User
    ) -> None:
        told = sailing("2014-05-01", "Harbour News", "planned")
        draft = drafted(by, told)
        one = draft.candidates.listed().get()
        edit(alice, draft, one, status="postponed")
        press(alice, draft, "accept", one)
        one.refresh_from_db()
        assert one.event.status == "postponed"
        assert one.event.own["status"] == "postponed"

    def test_of_several_dates_that_are_stated_the_cards_is_the_events(self, by: User) -> None:
        articles = [
            sailing("2014-05-05", "Harbour News", "occurred"),
            sailing("2014-05-06", "Coast Radio", "occurred"),
            sailing("2014-05-07", "Tidewire", "occurred", edtf="2014-05"),
        ]
        one = drafted(by, *articles).candidates.listed().first()
        event = one.accept(by)
        event.refresh_from_db()
        assert event.edtf == one.edtf == "2014-05-04"
        assert event.own == {}

    def test_a_date_goes_with_the_articles_that_state_it(self, alice: Client, by: User) -> None:
        articles = [
            sailing("2014-05-05", "Harbour News", "occurred"),
            sailing("2014-05-06", "Coast Radio", "occurred"),
            sailing("2014-05-07", "Tidewire", "occurred", edtf="2014-05-03"),
        ]
        draft = drafted(by, *articles)
        first, *others = draft.candidates.listed()
        for other in others:
            press(alice, draft, "absorb", first, other=other.pk)
        first.refresh_from_db()
        event = first.accept(by)
        event.publish(by)
        event.refresh_from_db()
        assert event.edtf == first.edtf == known(event) == "2014-05-03"
        articles[2].unpublish(by)
        event.refresh_from_db()
        assert event.edtf == known(event) == "2014-05-04"
        articles[2].publish(by)
        for told in articles[:2]:
            told.unpublish(by)
        event.refresh_from_db()
        assert event.edtf == known(event) == "2014-05-03"

    @pytest.mark.parametrize("later", ["2014-05", "2014", "2014-05-04~", "2014-05-04/2014-05-05"])
    def test_a_later_report_that_tells_less_of_the_day_leaves_it(
        self, alice: Client, by: User, later: str
    ) -> None:
        draft = drafted(
            by,
            sailing("2014-05-05", "Harbour News", "occurred"),
            sailing("2014-05-07", "Tidewire", "occurred", edtf=later),
        )
        first, *others = draft.candidates.listed()
        for other in others:
            press(alice, draft, "absorb", first, other=other.pk)
        first.refresh_from_db()
        event = first.accept(by)
        event.refresh_from_db()
        assert (event.edtf, first.edtf, event.own) == ("2014-05-04", "2014-05-04", {})
        event.publish(by)
        assert known(event) == "2014-05-04"

    def test_a_plan_that_is_put_off_leaves_its_day(self, by: User) -> None:
        draft = drafted(
            by,
            sailing("2014-05-01", "Harbour News", "planned"),
            sailing("2014-05-02", "Tidewire", "postponed", edtf="2014-05-04/2014-05-31"),
        )
        one = draft.candidates.listed().first()
        for report in CandidateReport.objects.exclude(candidate=one):
            one.absorb(report.candidate, by)
        event = one.accept(by)
        event.refresh_from_db()
        assert event.edtf == "2014-05-04/2014-05-31"

    @pytest.mark.parametrize("edited", [False, True])
    def test_what_an_editor_corrects_in_a_review_is_on_the_card(
        self, alice: Client, by: User, edited: bool
    ) -> None:
        told = sailing("2014-05-05", "Harbour News", "occurred")
        draft = drafted(by, told)
        one = draft.candidates.listed().get()
        if edited:
            edit(alice, draft, one, place="Pier 4")
        corrected = Suggestion.objects.get()
        said = {"title": "Ferry leaves", "edtf": "2014-05-03", "status": "planned",
                "actors": ["Coast Line"]}  # fmt: skip
        corrected.correct(by, **said)
        one.refresh_from_db()
        assert {column: getattr(one, column) for column in said} == said
        Decision.objects.first().undo(by)
        one.refresh_from_db()
        assert (one.edtf, one.status) == ("2014-05-04", "occurred")
        Suggestion.objects.get().correct(by, **said)
        rank(draft)
        one = draft.candidates.listed().get(title="Ferry leaves")
        event = one.accept(by)
        event.refresh_from_db()
        assert (event.title, event.edtf, event.status) == ("Ferry leaves", "2014-05-03", "planned")
        assert event.own == {}

    def test_a_correction_leaves_what_was_set_on_the_card(self, alice: Client, by: User) -> None:
        draft = drafted(by, sailing("2014-05-05", "Harbour News", "occurred"))
        one = draft.candidates.listed().get()
        edit(alice, draft, one, title="The crossing", edtf="2014-05-02")
        Suggestion.objects.get().correct(by, title="Ferry leaves", edtf="2014-05-03")
        one.refresh_from_db()
        assert (one.title, one.edtf) == ("The crossing", "2014-05-02")

    def test_what_was_set_on_cards_before_the_upgrade_is_the_editors(
        self, alice: Client, draft: Draft
    ) -> None:
        one, other = card(draft, "sinks"), card(draft, "arrest")
        edit(alice, draft, one, title="The crossing", edtf="2014-05-02")
        edit(alice, draft, other, status="cancelled")
        Decision.objects.first().undo(User.objects.get(username="alice"))
        Candidate.objects.update(by_hand=[])
        for row in Change.objects.filter(model="timeline.candidate"):
            for columns in filter(None, (row.before, row.after)):
                columns.pop("by_hand", None)
            row.save()
        upgrade = import_module("timeline.migrations.0026_cards_set_before")
        upgrade.remember(apps, SimpleNamespace(connection=connection))
        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.by_hand, other.by_hand) == (["edtf", "title"], [])
        Decision.objects.standing().get().undo(User.objects.get(username="alice"))
        one.refresh_from_db()
        assert (one.edtf, one.by_hand) == ("2014-05-04", [])

    def test_what_was_set_on_a_card_that_is_merged_is_kept(
        self, alice: Client, by: User, draft: Draft
    ) -> None:
        one, other = card(draft, "sinks"), card(draft, "arrest")
        edit(alice, draft, one, status="planned")
        edit(alice, draft, other, title="The arrest", status="cancelled")
        press(alice, draft, "absorb", one, other=other.pk)
        one.refresh_from_db()
        assert (one.title, one.status) == ("The arrest", "planned")
        assert one.by_hand == ["status", "title"]
        Decision.objects.first().undo(by)
        one.refresh_from_db()
        assert (one.title, one.by_hand) == ("Ferry Alma Rosa sinks off Port Selby", ["status"])

    def test_undo_takes_a_sentences_suggestion_along(self, by: User) -> None:
        told = sailing("2014-05-05", "Harbour News", "occurred")
        draft = drafted(by, told)
        one = draft.candidates.listed().get()
        one.reports.create(article=told, title="It sailed", status="occurred", edtf="2014-05-04",
                           start=0, end=4)  # fmt: skip
        one.accept(by)
        assert Suggestion.objects.count() == 2
        Decision.objects.first().undo(by)
        assert Suggestion.objects.count() == 1
        assert one.reports.count() == 2


class TestPublishingTogether:
    def test_it_is_one_decision_that_undo_takes_back(
        self, alice: Client, by: User, draft: Draft
    ) -> None:
        one = card(draft, "sinks")
        press(alice, draft, "accept", one, quote=[said.pk for said in one.quotes.all()])
        event = Event.objects.get()
        url = reverse("admin:draft_publish", args=[draft.pk])
        alice.post(url, {"event": event.pk, "title": "The Alma Rosa"})
        assert Quote.objects.public().count() == 1
        assert Client().get(event.get_absolute_url()).status_code == 200
        decision = Decision.objects.first()
        assert (decision.kind, decision.draft) == ("publish", draft)
        decision.undo(by)
        assert not Event.objects.public().exists()
        assert not Report.objects.filter(is_published=True).exists()
        assert not Quote.objects.public().exists()
        assert not Timeline.objects.exists()
        draft.refresh_from_db()
        assert draft.timeline is None

    def test_it_is_not_undone_where_a_quote_has_been_published_since(
        self, alice: Client, by: User, article: Article, meeting: Suggestion
    ) -> None:
        meeting.accept(by=by)
        event = Event.objects.get()
        publish_together(article, by, [event])
        decision = Decision.objects.first()
        article.suggestions.get(type="quote").accept(by=by, event=Event.objects.get())
        Event.objects.get().publish(by)
        with pytest.raises(NotUndoneError, match=r"the quote of .* has been published since"):
            decision.undo(by)

    @pytest.mark.parametrize("lacking", ["change_report", "change_quote", "add_timeline"])
    def test_it_takes_the_rights_to_all_that_it_publishes(
        self, client: Client, by: User, draft: Draft, lacking: str
    ) -> None:
        event = card(draft, "sinks").accept(by)
        rights = {"view_article", "view_draft", "view_event", "change_draft", "change_event",
                  "change_timeline", "change_report", "change_quote", "add_timeline"}  # fmt: skip
        bob = with_rights(Client(), *(rights - {lacking}))
        url = reverse("admin:draft_publish", args=[draft.pk])
        assert bob.post(url, {"event": event.pk, "title": "Mine"}).status_code == 403
        assert not Event.objects.public().exists()
        assert not Timeline.objects.exists()


class TestTheCardItself:
    def test_a_form_that_was_opened_before_anothers_edit_leaves_that(
        self, alice: Client, draft: Draft
    ) -> None:
        one = card(draft, "sinks")
        page = alice.get(draft.get_absolute_url(), {"at": one.pk, "act": "edit"})
        form = page.context["form"]
        sent = {name: form[name].value() for name in form.fields}
        sent |= {form.add_initial_prefix(name): sent[name] for name in form.fields}
        press(alice, draft, "edit", one, **sent) if False else None
        press(alice, draft, "edit", one, **(sent | {"title": "Bob's title"}))
        press(alice, draft, "edit", one, **(sent | {"place": "Sandhaven"}))
        one.refresh_from_db()
        assert (one.title, one.place) == ("Bob's title", "Sandhaven")
        assert one.by_hand == ["place", "title"]

    def test_what_was_accepted_can_be_undone_after_the_draft_is_deleted(
        self, alice: Client, by: User, draft: Draft
    ) -> None:
        press(alice, draft, "accept", card(draft, "sinks"))
        decision = Decision.objects.first()
        draft.delete()
        decision.undo(by)
        assert not Event.objects.exists()
        assert not Suggestion.objects.filter(state="accepted").exists()

    @pytest.mark.parametrize("act", ["edit", "merge", "split", "move"])
    @pytest.mark.parametrize("key", ["9" * 18, "9" * 30, "9" * 5000])
    def test_a_key_that_no_row_has_opens_no_card(
        self, alice: Client, draft: Draft, act: str, key: str
    ) -> None:
        for asked in ({"at": key}, {"at": draft.candidates.first().pk, "report": key}):
            answer = alice.get(draft.get_absolute_url(), {"act": act} | asked)
            assert answer.status_code == 200
