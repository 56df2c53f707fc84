"""What the models promise on every way into the database."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import factories as make
from timeline.models import Actor, AlreadyDecidedError, Article, Event, Report, Suggestion
from timeline.models.slugs import save_with_free_slug

pytestmark = pytest.mark.django_db
MAY = (dt.date(2018, 5, 1), dt.date(2018, 5, 31))


def span() -> tuple:
    return Event.objects.values_list("earliest", "latest").get()


def test_saving_derives_the_bounds():
    make.event(edtf="2018-05")
    assert span() == MAY


def test_saving_the_date_alone_derives_the_bounds():
    event = make.event(edtf="2018-04")
    event.edtf = "2018-05"
    event.save(update_fields=["edtf"])
    assert span() == MAY


def test_creating_in_bulk_derives_the_bounds():
    Event.objects.bulk_create([Event(slug="a", title="A", status="planned", edtf="2018-05")])
    assert span() == MAY


def test_updating_in_bulk_derives_the_bounds():
    event = make.event(edtf="2018-04")
    event.edtf = "2018-05"
    Event.objects.bulk_update([event], ["edtf"])
    assert span() == MAY


def test_updating_a_query_derives_the_bounds():
    make.event(edtf="2018-04")
    Event.objects.update(edtf="2018-05")
    assert span() == MAY


def test_a_fixture_derives_the_bounds():
    make.event(edtf="2018-05")
    stored = serializers.serialize("json", Event.objects.all()).replace("2018-05-01", "1999-01-01")
    Event.objects.all().delete()
    for loaded in serializers.deserialize("json", stored):
        loaded.save()
    assert span() == MAY


@pytest.mark.parametrize(
    "write",
    [
        lambda event: event.save(),
        lambda event: Event.objects.bulk_update([event], ["edtf"]),
        lambda event: Event.objects.bulk_create([event]),
    ],
)
def test_nonsense_for_a_date_is_refused_on_every_path(write):
    event = make.event(edtf="2018-05")
    event.edtf = "yesterdayish"
    with pytest.raises(ValidationError, match="not an EDTF date"), transaction.atomic():
        write(event)
    assert span() == MAY


def test_the_database_itself_refuses_bounds_without_a_date():
    make.event(edtf="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(earliest=dt.date(2018, 1, 1))


def test_the_database_itself_refuses_a_status_outside_the_vocabulary():
    make.event()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(status="happened")


def test_an_event_cannot_be_part_of_what_is_part_of_it():
    visit = make.event("Visit")
    talks = make.event("Talks", part_of=visit)
    visit.part_of = talks
    with pytest.raises(ValidationError, match="part of itself"):
        visit.clean()


def test_publication_needs_its_time_zone_or_a_date_alone():
    assert make.article("2018-05-01T23:30:00-04:00").published_on == dt.date(2018, 5, 1)
    with pytest.raises(ValidationError, match="lacks its time zone"):
        make.article("2018-05-01T23:30:00")


def test_publication_time_is_derived_by_update_too():
    make.article("2018-05-01")
    Article.objects.update(published="2018-05-02T10:00:00+09:00")
    article = Article.objects.get()
    assert (article.published_on, article.has_time) == (dt.date(2018, 5, 2), True)


def test_publishing_is_logged_with_who_did_it_and_only_once():
    alice, event = make.editor(), make.event(published=False)
    event.publish(by=alice)
    event.publish(by=alice)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (alice, "Published.")
    assert Event.objects.public().get() == event


def test_unpublishing_takes_an_event_off_and_is_logged():
    alice, event = make.editor(), make.event()
    event.unpublish(by=alice)
    assert not Event.objects.public().exists()
    assert LogEntry.objects.get().change_message == "Unpublished."


def suggestion(**fields) -> Suggestion:
    defaults = {
        "article": make.article("2018-04-01", body="The harbour will open in May, Alice said."),
        "type": "report",
        "title": "Opening of the harbour",
        "kind": "announcement",
        "edtf": "2018-05",
        "status": "planned",
        "stance": "announces",
        "actors": ["Bob"],
        "exact": "The harbour will open in May",
        "start": 0,
        "end": 28,
        "basis": {"date": {"rule": "no-year", "spans": [{"exact": "in May"}]}},
    }
    return Suggestion.objects.create(**(defaults | fields))


def test_accepting_makes_a_draft_event_with_its_report_and_evidence():
    alice, bob = make.editor(), make.actor("Bob")
    report = suggestion().accept(by=alice)
    assert not report.event.is_published
    assert (report.event.edtf, report.event.status) == ("2018-05", "planned")
    assert [one.actor for one in report.event.participations.all()] == [bob]
    assert (report.exact, report.start, report.end) == ("The harbour will open in May", 0, 28)
    assert {entry.user for entry in LogEntry.objects.all()} == {alice}


def test_accepting_into_a_draft_adds_a_report_and_moves_a_plan():
    alice = make.editor()
    opening = make.event(edtf="2018-04", status="expected", published=False)
    make.report(opening, make.article("2018-03-01"))
    suggestion().accept(by=alice, event=opening)
    opening.refresh_from_db()
    assert (opening.edtf, opening.status, opening.reports.count()) == ("2018-05", "planned", 2)
    assert LogEntry.objects.filter(change_message__contains="as reported").count() == 1


def test_an_older_report_does_not_move_the_event_back():
    opening = make.event(edtf="2018-05-01", status="occurred")
    make.report(opening, make.article("2018-05-02"))
    suggestion().accept(by=make.editor(), event=opening)
    opening.refresh_from_db()
    assert (opening.edtf, opening.status) == ("2018-05-01", "occurred")


def test_a_suggestion_is_decided_once():
    alice, proposed = make.editor(), suggestion()
    proposed.accept(by=alice)
    with pytest.raises(AlreadyDecidedError, match="accepted already"):
        Suggestion.objects.get().reject(by=alice)
    assert Report.objects.count() == 1


def test_rejecting_keeps_the_suggestion_and_says_who_did_it():
    alice, proposed = make.editor(), suggestion()
    proposed.reject(by=alice)
    stored = Suggestion.objects.get()
    assert (stored.state, stored.decided_by) == ("rejected", alice)
    assert not Event.objects.exists()


def test_an_accepted_quote_knows_its_speaker_by_an_alias():
    bob = make.actor("Robert Harbour")
    bob.aliases.create(name="Bob Harbour")
    quote = suggestion(
        type="quote", title="", text="It opens in May", speaker="bob harbour"
    ).accept(by=make.editor())
    assert (quote.speaker, quote.text) == (bob, "It opens in May")


def test_a_quote_by_somebody_unknown_keeps_the_words_of_the_article():
    quote = suggestion(
        type="quote", title="", text="It opens in May", attribution="a harbour official"
    ).accept(by=make.editor())
    assert (quote.speaker, quote.speaker_name) == (None, "a harbour official")


def reports_of(event: Event, *stated: tuple[str, str, str]) -> list[Report]:
    """A report for each day of publication, date and status."""
    return [
        make.report(event, make.article(day), edtf=edtf, status=status)
        for day, edtf, status in stated
    ]


def followed(event: Event, reports: list[Report]) -> tuple[str, str]:
    """Date and status of the event once it has followed the reports, in this order."""
    alice = make.editor(f"editor {Event.objects.count()}")
    for report in reports:
        event.follow(report, by=alice)
    stored = Event.objects.get(pk=event.pk)
    return stored.edtf, stored.status


@pytest.mark.parametrize("order", [1, -1])
def test_what_an_event_takes_over_does_not_hang_on_the_order_of_acceptance(order: int):
    event = make.event(edtf="2018-06", status="planned")
    told = [("2018-05-01", "2018-06-12", "planned"), ("2018-05-02", "", "cancelled")]
    assert followed(event, reports_of(event, *told)[::order]) == ("2018-06-12", "cancelled")


def test_an_older_report_never_makes_a_date_vaguer_or_another():
    event = make.event(edtf="2018-06-12", status="occurred")
    told = [("2018-06-13", "", "occurred"), ("2018-05-01", "2018-06", "planned"),
            ("2018-05-02", "2018-06-20", "planned")]  # fmt: skip
    assert followed(event, reports_of(event, *told)) == ("2018-06-12", "occurred")


def test_a_stale_event_that_follows_a_report_keeps_what_others_changed_meanwhile():
    stale = make.event(edtf="2018-05", status="planned")
    (report,) = reports_of(stale, ("2018-04-01", "2018-05-12", "planned"))
    Event.objects.filter(pk=stale.pk).update(title="Renamed", is_published=False, edtf="2018-06")
    stale.follow(report, by=make.editor())
    stored = Event.objects.get()
    assert (stored.title, stored.is_published) == ("Renamed", False)
    assert (stored.edtf, stale.edtf) == ("2018-05-12", "2018-05-12")


def test_a_stale_plan_does_not_move_the_date_of_what_has_taken_place_meanwhile():
    stale = make.event(edtf="2018-05", status="planned")
    (report,) = reports_of(stale, ("2018-06-01", "2018-05-12", "occurred"))
    Event.objects.filter(pk=stale.pk).update(edtf="2018-05-20", status="occurred")
    assert followed(stale, [report]) == ("2018-05-20", "occurred")


def test_a_stale_suggestion_is_accepted_as_it_now_stands():
    proposed = suggestion()
    Suggestion.objects.update(title="Corrected by Bob", edtf="2018-06")
    report = proposed.accept(by=make.editor())
    assert (report.event.title, report.edtf) == ("Corrected by Bob", "2018-06")


def test_a_slug_is_never_longer_than_its_column_and_counts_on():
    titles = ["Harbour opening " * 12] * 3
    slugs = [save_with_free_slug(Event(title=t[:200], status="planned"), t).slug for t in titles]
    assert len({*slugs}) == 3
    assert all(len(slug) <= 120 for slug in slugs)
    names = [save_with_free_slug(Actor(name="김정은", kind="person"), "김정은").slug for _ in "ab"]
    assert names == ["untitled", "untitled-2"]


def test_a_clash_that_no_other_slug_mends_is_raised_not_tried_for_ever():
    article = make.article("2018-05-01", "Harbour opens")
    twin = Article(outlet=article.outlet, headline="Harbour opens", published="2018-05-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        save_with_free_slug(twin, "Harbour opens")


def test_a_body_is_public_under_a_licence_and_never_without():
    assert Article(body="The text.", licence="CC-BY-4.0").public_body == "The text."
    assert Article(body="The text.", licence="").public_body == ""
