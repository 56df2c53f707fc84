"""One gate: what an editor publishes goes out with all that hangs on it, and comes back with it."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import factories as make
from timeline.models import Actor, Article, Event, Outlet, Participation, Place, Quote, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make.editor()


@pytest.fixture
def opening() -> Event:
    """A public event, planned for May by a report of March that readers see."""
    event = make.event(edtf="2018-05", status="planned")
    make.report(event, make.article("2018-03-01"), stance="announces")
    return event


def merged(event: Event, day: str = "2018-05-16", by: Article | None = None, **says) -> Report:
    """A report accepted into `event`: that it took place on 15 May, unless it says otherwise."""
    says = {"edtf": "2018-05-15", "status": "occurred"} | says
    report = make.report(event, by or make.article(day), is_published=False, **says)
    event.follow(report, User.objects.get())
    return report


def stands(event: Event) -> tuple[str, str]:
    event.refresh_from_db()
    return event.edtf, event.status


def history(record) -> list[str]:
    entries = LogEntry.objects.filter(
        content_type__model=record._meta.model_name, object_id=str(record.pk)
    )
    return [entry.get_change_message() for entry in entries.order_by("pk")]


def test_a_report_merged_into_a_public_event_waits_and_changes_nothing(alice, opening):
    merged(opening)
    assert Report.objects.public().count() == 1
    assert stands(opening) == ("2018-05", "planned")
    assert not Article.objects.public().filter(published="2018-05-16").exists()


def test_publishing_a_public_event_again_releases_what_waits_in_order_of_publication(
    alice, opening
):
    merged(opening, "2018-05-16")
    merged(opening, "2018-04-10", status="cancelled", edtf="")
    assert opening.waiting == "2 waiting reports"
    assert opening.publish(by=alice)
    assert stands(opening) == ("2018-05-15", "occurred")
    assert Report.objects.public().count() == 3
    assert history(opening) == [
        "Published the report of Harbour, 10 Apr 2018.",
        "Planned 2018-05 → Called off 2018-05, as reported.",
        "Published the report of Harbour, 16 May 2018.",
        "Called off 2018-05 → Occurred 2018-05-15, as reported.",
        "Published 2 reports that waited.",
    ]
    assert not opening.publish(by=alice)


def test_publishing_a_draft_releases_its_reports_and_quotes_and_keeps_the_editors_date(alice):
    draft = make.event(published=False, edtf="2018-05-14")
    paper = make.article("2018-05-16")
    merged(draft, by=paper)
    Event.objects.filter(pk=draft.pk).update(edtf="2018-05-14")  # the editor's correction
    quote = make.quote("We sail", paper, make.actor("Nora"), draft)
    draft.publish(by=alice)
    assert stands(draft) == ("2018-05-14", "occurred")
    assert [*Report.objects.public()] == [draft.reports.get()]
    assert [*Quote.objects.public()] == [quote]
    assert [*Article.objects.public()] == [paper]
    assert history(draft)[-1] == "Published, with 1 report and 1 quote."
    assert history(quote) == ["Published."]


def test_withdrawing_an_event_takes_its_reports_articles_and_quotes_back(alice, opening):
    paper = opening.reports.get().article
    quote = make.quote("We plan", paper, make.actor("Nora"), opening)
    other = make.event("Other")
    shared = make.quote("We plan both", make.article("2018-03-02"), make.actor("Bob"), opening)
    shared.events.add(other)
    opening.unpublish(by=alice)
    assert not Report.objects.public().exists()
    assert [*Quote.objects.public()] == [shared]
    assert not Article.objects.public().exists()
    assert [*Outlet.objects.public()] == [shared.article.outlet]
    assert [*Actor.objects.public()] == [make.actor("Bob")]
    assert history(opening) == ["Unpublished, with 1 report and 1 quote."]
    assert history(quote) == ["Unpublished."]


def test_a_report_that_waited_when_its_event_was_withdrawn_is_followed_by_the_draft(alice, opening):
    merged(opening)
    opening.unpublish(by=alice)
    assert stands(opening) == ("2018-05-15", "occurred")
    opening.publish(by=alice)
    assert stands(opening) == ("2018-05-15", "occurred")
    assert Report.objects.public().count() == 2


def test_an_article_published_by_itself_publishes_no_draft_event(alice, opening):
    paper = make.article("2018-05-16")
    merged(opening, by=paper)
    draft = make.event("Draft", published=False)
    merged(draft, by=paper)
    make.quote("We sail", paper, make.actor("Nora"), draft)
    assert paper.waiting == "1 waiting report and 1 waiting quote"
    paper.publish(by=alice)
    assert stands(opening) == ("2018-05-15", "occurred")
    assert [report.event for report in Report.objects.public().filter(article=paper)] == [opening]
    assert Quote.objects.public().count() == 1
    assert not Event.objects.public().filter(pk=draft.pk).exists()
    assert history(paper) == ["Published, with 1 report and 1 quote."]
    assert "Planned 2018-05 → Occurred 2018-05-15, as reported." in history(opening)


def test_an_article_without_events_is_public_once_it_is_published(alice):
    paper = make.article("2018-05-16")
    assert not Article.objects.public().exists()
    paper.publish(by=alice)
    assert [*Article.objects.public()] == [paper]
    assert [*Outlet.objects.public()] == [paper.outlet]


def test_withdrawing_an_article_takes_back_what_it_had_changed_of_an_event(alice, opening):
    paper = make.article("2018-05-16")
    merged(opening, by=paper)
    quote = make.quote("It is open", paper, make.actor("Nora"), opening)
    opening.publish(by=alice)
    assert stands(opening) == ("2018-05-15", "occurred")
    paper.unpublish(by=alice)
    assert stands(opening) == ("2018-05", "planned")
    assert not Article.objects.public().filter(pk=paper.pk).exists()
    assert not Quote.objects.public().exists()
    assert history(paper) == ["Unpublished, with 1 report and 1 quote."]
    assert history(quote)[-1] == "Unpublished."
    assert history(opening)[-2:] == [
        "Took back the report of Harbour, 16 May 2018.",
        "Occurred 2018-05-15 → Planned 2018-05, as reported before.",
    ]
    assert not paper.unpublish(by=alice)


def test_withdrawing_an_article_leaves_the_date_that_an_editor_has_set(alice, opening):
    paper = make.article("2018-05-16")
    merged(opening, by=paper)
    opening.publish(by=alice)
    Event.objects.filter(pk=opening.pk).update(edtf="2018-05-14")
    paper.unpublish(by=alice)
    assert stands(opening) == ("2018-05-14", "planned")  # no report is left that says otherwise


def test_a_waiting_report_is_not_known_on_any_day_and_gives_nothing_away(alice, opening):
    merged(opening)
    zone, day = dt.UTC, dt.date(2018, 6, 1)
    shown = Event.objects.public().as_known_on(day, zone).get()
    assert (shown.shown_edtf, shown.shown_status, shown.is_told) == ("2018-05", "planned", True)
    early = Event.objects.public().as_known_on(dt.date(2018, 3, 1), zone).get()
    assert early.is_told  # no later report that readers see is to change the story
    desk = Event.objects.as_known_on(day, zone, Report.objects.all()).get()
    assert (desk.shown_edtf, desk.shown_status) == ("2018-05-15", "occurred")


def test_who_and_where_are_public_once_the_report_that_names_them_is(alice, opening):
    report = merged(opening)
    make.takes_part(make.actor("Nora"), opening, known_from=report)
    Event.objects.filter(pk=opening.pk).update(place=make.place("Pier"), place_known_from=report)
    shown = Event.objects.public().as_known_on(None, dt.UTC)
    assert not Participation.objects.public().exists()
    assert not Actor.objects.public().exists()
    assert not Place.objects.public().exists()
    assert shown.get().shown_place is None
    assert shown.with_details(None, dt.UTC).get().shown_participations == []
    opening.publish(by=alice)
    assert [*Actor.objects.public()] == [make.actor("Nora")]
    assert [*Place.objects.public()] == [make.place("Pier")]
    assert shown.get().shown_place == make.place("Pier")


def test_who_and_where_are_never_public_when_the_waiting_report_that_names_them_is_deleted(
    alice, opening
):
    report = merged(opening)
    make.takes_part(make.actor("Nora"), opening, known_from=report)
    Event.objects.filter(pk=opening.pk).update(place=make.place("Pier"), place_known_from=report)
    report.delete()
    assert not Actor.objects.public().exists()
    assert not Place.objects.public().exists()


def test_who_and_where_stay_when_a_report_that_readers_saw_is_deleted(alice, opening):
    report = merged(opening)
    make.takes_part(make.actor("Nora"), opening, known_from=report)
    Event.objects.filter(pk=opening.pk).update(place=make.place("Pier"), place_known_from=report)
    opening.publish(by=alice)
    report.delete()
    assert [*Actor.objects.public()] == [make.actor("Nora")]
    assert [*Place.objects.public()] == [make.place("Pier")]


def test_what_was_public_stays_public_when_the_gate_is_brought_in(transactional_db):
    before = [("timeline", "0002_place_known_from")]
    executor = MigrationExecutor(connection)
    latest = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "timeline"]
    executor.migrate(before)
    try:
        rows_before_the_gate(executor.loader.project_state(before).apps)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
    assert {one.event.title for one in Report.objects.public()} == {"Public"}
    assert Report.objects.count() == 2
    assert {one.text for one in Quote.objects.public()} == {"On both", "On none", "Unreported"}
    assert Quote.objects.count() == 5
    assert {one.headline for one in Article.objects.public()} == {"Told"}


def rows_before_the_gate(apps) -> None:
    """A public event and a draft, each reported by an article with quotes of every sort."""
    models = {name: apps.get_model("timeline", name) for name in ("Outlet", "Actor")}
    outlet = models["Outlet"].objects.create(slug="news", name="News", kind="newspaper")
    nora = models["Actor"].objects.create(slug="nora", name="Nora", kind="person")
    events, papers = {}, {}
    for title, headline in (("Public", "Told"), ("Draft", "Kept")):
        papers[headline] = apps.get_model("timeline", "Article").objects.create(
            outlet=outlet, slug=headline.lower(), headline=headline, published="2018-05-16",
            published_on="2018-05-16", published_at="2018-05-16T23:59:59Z",
        )  # fmt: skip
        events[title] = apps.get_model("timeline", "Event").objects.create(
            slug=title.lower(), title=title, status="occurred", is_published=title == "Public"
        )
        apps.get_model("timeline", "Report").objects.create(
            article=papers[headline], event=events[title], status="occurred"
        )
    for text, headline, on in (
        ("On both", "Told", ("Public", "Draft")),
        ("On the draft", "Told", ("Draft",)),
        ("On none", "Told", ()),
        ("On none, kept", "Kept", ()),
        ("Unreported", "Kept", ("Public",)),
    ):
        quote = apps.get_model("timeline", "Quote").objects.create(
            article=papers[headline], speaker=nora, text=text
        )
        quote.events.set([events[title] for title in on])
