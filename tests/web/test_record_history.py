"""The history of records: every change as data, who made it, the way back, and the export."""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import (
    FERRY,
    change,
    decide,
    ferry,
    form_of,
    onlooker,
    save,
    with_rights,
    words_of,
)
from tests.web.drafted import card, ferry_draft
from timeline.ingest import ingest
from timeline.models import (
    Actor,
    Alias,
    Article,
    Decision,
    Event,
    Line,
    Participation,
    Place,
    Quote,
    Report,
    Timeline,
)
from timeline.models.history import KeptQuerySet, acting, kept_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(db: None):
    return make.editor("bob")


def last(record) -> Line:
    return Line.objects.of(record).first()


class TestWhatIsWritten:
    def test_a_form(self, alice) -> None:
        event = make.event("The pier opens", edtf="2018-05-15", published=False)
        save(alice, event, title="The pier reopens", edtf="2018-05-16")
        line = last(event)
        assert line.columns == {
            "title": ("The pier opens", "The pier reopens"),
            "edtf": ("2018-05-15", "2018-05-16"),
        }
        assert (line.who, line.did) == ("alice", "changed")

    def test_who_acts_by_a_method_alone(self, bob) -> None:
        event = make.event(published=False)
        report = make.report(event, make.article("2018-05-16"), is_published=False)
        event.publish(by=bob)
        assert last(event).columns["is_published"] == (False, True)
        assert last(report).columns["is_published"] == (False, True)
        assert last(report).who == last(event).who == "bob"
        assert last(report).act == last(event).act  # one stroke

    def test_an_account_that_is_deleted_is_still_named(self, bob) -> None:
        event = make.event(published=False)
        event.publish(by=bob)
        bob.delete()
        assert (last(event).by, last(event).who) == (None, "bob")

    def test_a_row_that_an_update_goes_past_its_save(self, bob) -> None:
        make.place("Elmsport")
        with acting(bob):
            Place.objects.filter(name="Elmsport").update(country="Eastland")
        assert last(Place.objects.get()).columns == {"country": ("", "Eastland")}

    def test_rows_that_are_made_or_changed_in_bulk(self) -> None:
        actor = make.actor("Nora Vale")
        made = Alias.objects.bulk_create([Alias(actor=actor, name="Minister Vale")])
        made[0].name = "The minister"
        Alias.objects.bulk_update(made, ["name"])
        lines = Line.objects.around(actor)
        assert [(one.model, one.did) for one in lines] == [
            ("timeline.alias", "changed"), ("timeline.alias", "made"), ("timeline.actor", "made"),
        ]  # fmt: skip

    def test_a_deletion_with_all_that_it_takes_along_and_changes(self, alice) -> None:
        event, actor = make.event(), make.actor("Nora Vale")
        part_pk = make.takes_part(make.actor("Piet Strand"), event).pk
        quote = make.quote("We will sail.", make.article("2018-05-16"), actor, event)
        event_pk, actor_pk = event.pk, actor.pk
        for one in (actor, event):
            alice.post(change(one, "delete"), {"post": "yes"})
        gone = Line.objects.filter(after__isnull=True)
        assert gone.get(model="timeline.actor", object_id=actor_pk).before["name"] == "Nora Vale"
        assert gone.get(model="timeline.participation", object_id=part_pk)
        assert gone.get(model="timeline.event", object_id=event_pk)
        first = next(one for one in Line.objects.of(quote) if "speaker_id" in one.columns)
        changed = first.columns
        assert changed["speaker_id"] == (actor_pk, None)
        assert changed["attribution"] == ("", "Nora Vale")

    def test_the_text_of_a_deleted_article_is_gone_with_it(self, alice) -> None:
        told = make.article("2018-05-16", body="A text that has to go.")
        save(alice, told, body="Another text that has to go.")
        alice.post(change(told, "delete"), {"post": "yes"})
        said = [json.dumps([one.before, one.after]) for one in Line.objects.all()]
        assert not [one for one in said if "text that has to go" in one]
        assert Line.objects.filter(model="timeline.article").first().did == "deleted"

    def test_a_decision_at_the_desk_and_its_undoing(self, alice) -> None:
        article = ferry()
        quote = article.suggestions.get(type="quote")
        event = make.event(published=False)
        decide(alice, quote, "accept", event=event.pk)
        made = Quote.objects.get()
        assert Line.objects.of(made).last().after["text"] == made.text
        alice.post(reverse("admin:undo", args=[Decision.objects.latest("pk").pk]))
        assert not Quote.objects.exists()
        line = Line.objects.filter(model="timeline.quote", object_id=made.pk).first()
        assert (line.did, line.who) == ("deleted", "alice")

    def test_ties_by_a_form_by_a_decision_and_by_its_undoing(self, alice) -> None:
        event, other = make.event("One", published=False), make.event("Two", published=False)
        timeline = make.timeline(event, published=False)
        save(alice, timeline, events=[str(event.pk), str(other.pk)])
        assert last(timeline).columns["events"] == ([event.pk], [event.pk, other.pk])
        told = make.article("2018-05-16")
        make.report(event, told, is_published=False)
        bare = make.timeline(slug="bare", title="Bare")
        alice.post(reverse("admin:review_done", args=[told.pk]),
                   {"do": "publish", "events": [event.pk], "timeline": bare.pk})  # fmt: skip
        assert last(bare).columns["events"] == ([], [event.pk])
        alice.post(reverse("admin:undo", args=[Decision.objects.latest("pk").pk]))
        assert last(bare).columns["events"] == ([event.pk], [])

    def test_a_quote_that_is_put_on_an_event_in_the_form_of_the_event(self, alice) -> None:
        event = make.event(published=False)
        quote = make.quote("We sail.", make.article("2018-05-16"), make.actor("Nora"))
        prefix = "Quote_events-0"
        sent = form_of(alice, event) | {
            "Quote_events-TOTAL_FORMS": "1",
            f"{prefix}-quote": quote.pk,
        }
        alice.post(change(event), sent | {f"{prefix}-event": event.pk})
        assert last(quote).columns["events"] == ([], [event.pk])

    def test_an_article_that_is_brought_in_without_anybody(self) -> None:
        told = ferry()
        line = last(told)
        assert (line.did, line.who) == ("made", "")

    def test_who_has_an_article_read_later_is_named(self) -> None:
        carol = make.editor("carol")
        ingest(FERRY, by=carol)
        assert last(Article.objects.get()).who == "carol"

    def test_the_events_of_a_draft_that_is_published(self, alice) -> None:
        draft = ferry_draft()
        one = card(draft, "sinks")
        event = one.accept(make.editor("carol"), None, one.quotes.none())
        alice.post(reverse("admin:draft_publish", args=[draft.pk]),
                   {"event": [event.pk], "title": "The Alma Rosa"})  # fmt: skip
        assert last(Timeline.objects.get()).who == "alice"
        assert last(Timeline.objects.get()).after["events"] == [event.pk]

    def test_nothing_where_nothing_was_changed(self) -> None:
        event = make.event()
        before = Line.objects.count()
        event.save()
        Event.objects.update(title=event.title)
        assert Line.objects.count() == before

    def test_nothing_of_what_was_taken_back_with_its_transaction(self, alice) -> None:
        event = make.event("The pier opens", edtf="2018-05-15")
        before = Line.objects.count()
        alice.post(change(event), form_of(alice, event) | {"edtf": "no date at all"})
        assert Line.objects.count() == before


class TestThePage:
    def test_it_shows_what_was_changed_to_what_and_the_reports_of_an_event(self, alice) -> None:
        event = make.event("The pier opens", edtf="2018-05-15")
        report = make.report(event, make.article("2018-05-16"))
        save(alice, report, edtf="2018-05-14")
        said = words_of(alice.get(change(event, "history")))
        assert "Date (EDTF) 2018-05-15 2018-05-14" in said
        assert "Report “Reports, 14 May 2018”" in said

    def test_who_may_not_change_the_record_is_offered_no_way_back(self, alice) -> None:
        event = make.event("One")
        save(alice, event, title="Two")
        assert "Revert" in words_of(alice.get(change(event, "history")))
        assert "Revert" not in words_of(onlooker(Client()).get(change(event, "history")))

    def test_how_a_date_is_known_is_told_by_its_rule_and_words(self, alice) -> None:
        basis = {"date": {"rule": "weekday", "spans": [{"exact": "on Tuesday"}]}}
        report = make.report(make.event("The pier opens"), make.article("2018-05-16"), basis=basis)
        page = words_of(alice.get(change(report.event, "history")))
        assert "date: weekday “on Tuesday”" in page

    def test_text_of_the_history_is_shown_as_text(self, alice) -> None:
        event = make.event("One")
        save(alice, event, title="<script>alert(1)</script>")
        assert "<script>alert(1)" not in alice.get(change(event, "history")).content.decode()


class TestTheExport:
    def test_one_record_as_csv_has_a_row_for_each_column(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, name="Eastport", country="=1+1")
        url = reverse("admin:timeline_place_history_export", args=[place.pk, "csv"])
        content = b"".join(alice.get(url).streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content)))
        changed = {row["column"]: row for row in rows if row["done"] == "changed"}
        assert (changed["name"]["old"], changed["name"]["new"]) == ("Elmsport", "Eastport")
        assert changed["name"]["editor"] == "alice"
        assert changed["country"]["new"] != "=1+1"  # no formula for a spreadsheet

    def test_all_records_as_json_between_two_days(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, name="Eastport")
        Line.objects.filter(before__isnull=True).update(at="2018-05-16T12:00:00Z")
        url = reverse("admin:history")
        found = json.loads(b"".join(alice.get(url, {
            "format": "json", "start": "2018-05-17", "kind": "timeline.place",
        }).streaming_content))  # fmt: skip
        assert [one["before"] for one in found] == [{"name": "Elmsport"}]
        none = alice.get(url, {"format": "json", "end": "2001-01-01"})
        assert json.loads(b"".join(none.streaming_content)) == []

    def test_it_holds_what_one_may_view_alone(self, alice) -> None:
        make.event("One")
        make.article("2018-05-16")
        bob = with_rights(Client())  # who may view articles
        answer = bob.get(reverse("admin:history"), {"format": "json"})
        found = json.loads(b"".join(answer.streaming_content))
        assert {one["kind"] for one in found} == {"article"}

    def test_that_of_an_event_holds_no_report_for_who_may_view_none(self, alice) -> None:
        event = make.event("One")
        make.report(event, make.article("2018-05-16"))
        bob = with_rights(Client(), "view_event")
        url = reverse("admin:timeline_event_history_export", args=[event.pk, "json"])
        found = json.loads(b"".join(bob.get(url).streaming_content))
        assert {one["kind"] for one in found} == {"event"}
        assert "Report" not in words_of(bob.get(change(event, "history")))
        assert "Report" in words_of(alice.get(change(event, "history")))

    def test_days_in_the_wrong_order_are_said_beside_their_field(self, alice) -> None:
        sent = {"start": "2018-05-17", "end": "2018-05-16"}
        page = alice.get(reverse("admin:history"), sent)
        assert page.status_code == 400
        assert "This day lies before the first one." in words_of(page)


def test_every_kept_model_has_a_queryset_that_keeps() -> None:
    """`update()` and `delete()` of a queryset go into the history, too."""
    for model in kept_models():
        assert isinstance(model._default_manager.all(), KeptQuerySet), model
    assert set(kept_models()) >= {
        *(Event, Report, Quote, Actor, Place, Article, Timeline, Participation, Alias),
    }
