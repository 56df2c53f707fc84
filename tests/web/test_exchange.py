"""Editors take events away as a file, change it, see what that changes, and bring it in again."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import suggest
from tests.web.exchange import (
    as_csv,
    as_json,
    bring,
    confirm,
    download,
    errors_in,
    ferry_returns,
    ferry_sails,
    look,
    only,
    plan_in,
    rows_of,
    upload,
)
from timeline.models import Decision, Event, NotUndoneError, Participation, Report, Timeline
from timeline.models.merging import merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def ferry() -> Event:
    return ferry_sails()


@pytest.fixture
def draft() -> Event:
    return ferry_returns()


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_file_that_is_brought_in_as_it_was_taken_changes_nothing(
    alice: Client, ferry: Event, draft: Event, format: str
) -> None:
    page = upload(alice, download(alice, format), f"events.{format}")
    assert plan_in(page).counts == {"wrong": 0, "new": 0, "changed": 0, "same": 2}
    assert "Nothing is to be imported." in page.content.decode()
    assert not plan_in(page).can_be_done
    page = confirm(alice, page)
    assert not Decision.objects.exists()


def test_a_download_says_what_readers_do_not_see(alice: Client, ferry: Event, draft: Event) -> None:
    rows = rows_of(download(alice))
    assert [(row["slug"], row["published"]) for row in rows] == [
        ("ferry-sails", "yes"),
        ("ferry-sails", "yes"),
        ("ferry-returns", "no"),
    ]
    assert rows[0]["participants"] == "nora-vale (host); otto-strand"
    assert rows[0]["report_article"] == "https://harbour.example/1"
    assert (rows[0]["report_stance"], rows[0]["report_exact"]) == ("confirms", "The ferry sailed")


def test_the_chosen_events_are_downloaded_and_no_others(
    alice: Client, ferry: Event, draft: Event
) -> None:
    data = {"action": "export_json", "_selected_action": [draft.pk]}
    answer = alice.post(reverse("admin:timeline_event_changelist"), data)
    events = json.loads(b"".join(answer.streaming_content))["events"]
    assert [event["slug"] for event in events] == ["ferry-returns"]
    assert rows_of(download(alice, status="planned"))[0]["slug"] == "ferry-returns"


def test_a_file_from_before_a_merge_names_the_record_that_stayed(
    alice: Client, ferry: Event
) -> None:
    raw = download(alice)
    editor = User.objects.get(username="alice")
    merge(factories.actor("Eleanor Vale"), factories.actor("Nora Vale"), editor)
    merge(factories.place("Pier Four"), factories.place("Pier 4"), editor)
    assert plan_in(upload(alice, raw)).counts["same"] == 1
    for place in ("pier-4", "Pier 4", "pier four"):
        page = upload(alice, as_csv({"slug": "ferry-sails", "place": place}))
        assert plan_in(page).counts["same"] == 1, place


def test_an_exported_cell_is_no_formula_and_comes_back_as_it_was(alice: Client) -> None:
    titles = ["=1+1", "'=1+1", "@SUM(A1)", "-5 degrees", "(none)", "'(none)", "\u200b+1", "a; =b"]
    for number, title in enumerate(titles):
        factories.event(title, slug=f"event-{number}", summary=f"{title}\n{title}")
    raw = download(alice)
    assert not any(row["title"].startswith(("=", "@", "-", "+")) for row in rows_of(raw))
    assert plan_in(upload(alice, raw)).counts["same"] == len(titles)


def test_a_changed_row_changes_what_it_says_and_nothing_else(alice: Client, draft: Event) -> None:
    page = upload(alice, as_csv({"slug": "ferry-returns", "status": "cancelled", "summary": ""}))
    (change,) = only(page).changes
    assert change[:3] == ("status", "planned", "cancelled")
    answer = confirm(alice, page)
    draft.refresh_from_db()
    assert (draft.status, draft.edtf, draft.title) == ("cancelled", "2018-06~", "Ferry returns")
    assert not draft.is_published
    assert "Imported 1 changed event from events.csv." in answer.content.decode()
    assert "“planned” → “cancelled”" in LogEntry.objects.get(object_id=draft.pk).change_message


def test_a_status_that_is_imported_does_not_bring_a_withdrawn_date_back(alice: Client) -> None:
    article = factories.article("2018-05-01", "Ferry", body="The ferry sails on 6 May.")
    editor = User.objects.get(username="alice")
    report = suggest(article, "The ferry sails", title="Ferry sails", edtf="2018-05-06",
                     status="expected").accept(editor)  # fmt: skip
    report.event.publish(editor)
    factories.timeline(report.event)
    article.unpublish(editor)
    page = upload(alice, as_csv({"slug": "ferry-sails", "status": "cancelled"}))
    confirm(alice, page, correction="It was called off.")
    seen = Client().get("/timelines/harbour/").content.decode()
    assert "Ferry sails" in seen
    assert "6 May 2018" not in seen


def test_nothing_is_stored_before_it_is_confirmed(alice: Client, draft: Event) -> None:
    upload(alice, as_csv({"slug": "ferry-returns", "title": "Ferry is back"}, {"title": "New"}))
    draft.refresh_from_db()
    assert draft.title == "Ferry returns"
    assert Event.objects.count() == 1


def test_a_new_row_makes_a_draft_whatever_it_says(alice: Client, ferry: Event) -> None:
    row = {
        "slug": "the-launch",
        "title": "The launch",
        "kind": "Visit",
        "edtf": "late 2011",
        "status": "Occurred",
        "published": "yes",
        "place": "Pier 4",
        "participants": "Otto Strand (guest); nora-vale",
        "timelines": "harbour",
        "report_article": "https://harbour.example/1",
        "report_edtf": "26 April",
        "report_status": "planned",
        "report_exact": "ferry sailed",
        "report_published": "yes",
    }
    bring(alice, as_csv(row))
    event = Event.objects.get(slug="the-launch")
    assert (event.edtf, event.kind, event.is_published) == ("2011-10/2011-12", "visit", False)
    assert event.place.slug == "pier-4"
    roles = event.participations.values_list("actor__slug", "role")
    assert set(roles) == {("otto-strand", "guest"), ("nora-vale", "participant")}
    assert [one.slug for one in event.timelines.all()] == ["harbour"]
    report = event.reports.get()
    assert (report.edtf, report.stance, report.is_published) == ("2018-04-26", "reports", False)
    assert (report.start, report.end, report.prefix) == (4, 16, "The ")
    assert not Event.objects.public().filter(pk=event.pk).exists()


def test_a_row_without_an_id_is_the_event_that_equals_it(alice: Client, draft: Event) -> None:
    row = {"title": "ferry  RETURNS", "edtf": "June 2018", "status": "occurred"}
    row["edtf"] = "about June 2018"
    page = upload(alice, as_csv(row))
    assert only(page).event == draft
    assert "It names no id, and an event is called so" in page.content.decode()


def test_an_editor_may_say_that_it_is_another_event(alice: Client, draft: Event) -> None:
    row = {"title": "Ferry returns", "edtf": "2018-06~", "status": "occurred"}
    page = upload(alice, as_csv(row))
    stale = plan_in(page).digest
    page = look(alice, **{"row-2": "new"})
    assert only(page).state == "new"
    refused = confirm(alice, page, digest=stale)
    assert "Look at it again" in refused.content.decode()
    assert Event.objects.count() == 1
    confirm(alice, page)
    assert Event.objects.filter(title="Ferry returns").count() == 2


def test_which_of_two_events_a_row_is_is_asked(alice: Client, draft: Event) -> None:
    other = factories.event("Ferry returns", slug="other", edtf="2018-06~", published=False)
    page = upload(alice, as_csv({"title": "Ferry returns", "edtf": "2018-06~", "kind": "visit"}))
    assert "say which one it is" in errors_in(page)[2, "slug"]
    page = look(alice, **{"row-2": "other"})
    assert only(page).event == other


def test_what_has_changed_meanwhile_is_shown_before_it_is_stored(
    alice: Client, draft: Event
) -> None:
    page = upload(alice, as_csv({"slug": "ferry-returns", "title": "Ferry is back"}))
    Event.objects.filter(pk=draft.pk).update(title="Ferry came")
    page_now = confirm(alice, page)
    assert "Look at it again" in page_now.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Ferry came"
    confirm(alice, page_now)
    draft.refresh_from_db()
    assert draft.title == "Ferry is back"


def test_several_rows_of_one_event_hold_its_reports(alice: Client, ferry: Event) -> None:
    rows = rows_of(download(alice))
    rows[1] |= {"report_status": "ongoing", "report_wording": "The crossing"}
    rows[0] |= {"title": "The ferry sails"}  # the other row says what is stored
    page = upload(alice, as_csv(*rows))
    assert only(page).changes[0][:3] == ("title", "Ferry sails", "The ferry sails")
    confirm(alice, page, correction="It has a name.")
    assert Report.objects.get(article__url="https://harbour.example/2").status == "ongoing"
    ferry.refresh_from_db()
    assert ferry.title == "The ferry sails"


def test_rows_of_one_event_that_differ_are_asked_for(alice: Client, ferry: Event) -> None:
    rows = rows_of(download(alice))
    rows[0]["title"], rows[1]["title"] = "One", "Two"
    assert "“One”, “Two”" in errors_in(upload(alice, as_csv(*rows)))[2, "title"]


def test_readers_of_a_changed_event_are_told_why(alice: Client, ferry: Event) -> None:
    page = upload(alice, as_csv({"slug": "ferry-sails", "title": "The ferry sails"}))
    assert "readers see this event" in page.content.decode()
    refused = confirm(alice, page)
    assert refused.status_code == 400
    ferry.refresh_from_db()
    assert ferry.title == "Ferry sails"
    confirm(alice, page, correction="It is The Ferry.")
    ferry.refresh_from_db()
    assert ferry.title == "The ferry sails"
    assert ferry.corrections.get().note == "It is The Ferry."


def test_a_cell_that_empties_says_so(alice: Client, ferry: Event) -> None:
    row = {"slug": "ferry-sails", "place": "(none)", "participants": "(none)", "edtf": ""}
    bring(alice, as_csv(row), correction="Nobody was there.")
    ferry.refresh_from_db()
    assert (ferry.place, ferry.edtf) == (None, "2018-05-01")
    assert not ferry.participations.exists()


def test_in_json_null_leaves_what_is_stored_and_nothing_empties_it(
    alice: Client, ferry: Event
) -> None:
    event = {"slug": "ferry-sails", "summary": "", "place": None, "participants": ["nora-vale"]}
    bring(alice, as_json(event), "events.json", correction="Only she was there.")
    ferry.refresh_from_db()
    assert (ferry.summary, ferry.place.slug) == ("", "pier-4")
    assert ferry.participations.get().role == "participant"


def test_an_import_is_undone_as_a_whole(alice: Client, ferry: Event, draft: Event) -> None:
    before = download(alice)
    rows = rows_of(before)
    rows[0] |= {
        "title": "The ferry sails",
        "edtf": "2018-05-03",
        "participants": "otto-strand (guest)",
        "place": "(none)",
        "report_edtf": "2018-05-02",
        "timelines": "(none)",
    }
    rows[1] |= {name: rows[0][name] for name in rows[0] if not name.startswith("report_")}
    rows[2] |= {"status": "occurred"}
    rows.append({"title": "New", "status": "occurred", "timelines": "harbour"})
    bring(alice, as_csv(*rows), correction="All of it.")
    ferry.refresh_from_db()
    assert (ferry.edtf, ferry.place) == ("2018-05-03", None)
    Decision.objects.get().undo(by=factories.User.objects.get(username="alice"))
    assert download(alice) == before
    assert not ferry.corrections.exists()


def test_an_import_that_was_built_upon_is_not_undone(alice: Client, draft: Event) -> None:
    bring(alice, as_csv({"title": "New", "status": "occurred"}))
    user = factories.User.objects.get(username="alice")
    Event.objects.get(title="New").publish(by=user)
    with pytest.raises(NotUndoneError, match="has been published"):
        Decision.objects.get().undo(by=user)


def test_the_order_of_numbers_is_asked_once_for_a_file(alice: Client) -> None:
    rows = [
        {"title": "A", "status": "occurred", "edtf": "12/06/2018"},
        {"title": "B", "status": "occurred", "edtf": "28/03/2018"},
        {"title": "C", "status": "occurred", "edtf": "1/2/2018"},
    ]
    page = upload(alice, as_csv(*rows))
    assert "Which number is the day?" in page.content.decode()
    assert "12 June 2018" in page.content.decode()
    page = look(alice, day_first="no")
    new = [item.changes[-1].new for item in plan_in(page).items]
    assert [one for one in new if "-" in one] or new
    confirm(alice, page)
    dates = Event.objects.order_by("title").values_list("edtf", flat=True)
    assert list(dates) == ["2018-12-06", "2018-03-28", "2018-01-02"]


def test_how_a_date_is_read_is_shown_before_it_is_stored(alice: Client) -> None:
    page = upload(alice, as_csv({"title": "A", "status": "occurred", "edtf": "c. 1950"}))
    assert "1950~ → about 1950" in page.content.decode()


def test_who_takes_part_in_a_public_event_is_changed_with_a_note(
    alice: Client, ferry: Event
) -> None:
    factories.actor("Nora Vale")
    page = upload(alice, as_csv({"slug": "ferry-sails", "participants": "Nora Vale"}))
    assert plan_in(page).corrects


def test_what_was_brought_in_is_not_brought_in_twice(alice: Client) -> None:
    page = upload(alice, as_csv({"title": "A", "status": "occurred"}))
    confirm(alice, page)
    again = confirm(alice, page)
    assert "has been brought in already" in again.content.decode()
    assert Event.objects.count() == 1
    assert Participation.objects.count() == Timeline.objects.count() == 0
