"""Editors take events away as a file, change it, see what that changes, and bring it in again."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import onlooker, suggest
from tests.web.exchange import (
    as_csv,
    as_json,
    bring,
    confirm,
    download,
    errors_in,
    look,
    only,
    plan_in,
    rows_of,
    upload,
)
from timeline.models import (
    Decision,
    Event,
    EventImport,
    NotUndoneError,
    Participation,
    Report,
    Timeline,
)
from timeline.models.merging import merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def ferry() -> Event:
    """A public event with two reports, two who take part, a place and a timeline."""
    event = factories.event(
        "Ferry sails", summary="It sailed,\r\nat “last”; =really.", place=factories.place("Pier 4")
    )
    factories.takes_part(factories.actor("Nora Vale"), event, role="host")
    factories.takes_part(factories.actor("Otto Strand"), event)
    for number in (1, 2):
        article = factories.article(
            f"2018-05-0{number}", url=f"https://harbour.example/{number}", body="The ferry sailed."
        )
        factories.report(event, article, exact="The ferry sailed", stance="confirms")
    factories.timeline(event)
    return event


@pytest.fixture
def draft() -> Event:
    """An event that waits."""
    return factories.event("Ferry returns", published=False, status="planned", edtf="2018-06~")


# The round trip


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


# The way back


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


# What is wrong


def test_what_is_wrong_is_said_beside_its_row_and_column_and_nothing_is_stored(
    alice: Client, ferry: Event
) -> None:
    rows = [
        {"slug": "a", "title": "", "status": "occurred"},
        {"slug": "b", "title": "B", "status": "happened"},
        {"slug": "c", "title": "C", "status": "occurred", "edtf": "2018-13-45"},
        {"slug": "d", "title": "D", "status": "occurred", "edtf": "12/06/2018"},
        {"slug": "e", "title": "E", "status": "occurred", "kind": "party"},
        {"slug": "f", "title": "F", "status": "occurred", "place": "Atlantis"},
        {"slug": "g", "title": "G", "status": "occurred", "participants": "Nobody"},
        {"slug": "h", "title": "H", "status": "occurred", "timelines": "none-such"},
        {"slug": "not an id", "title": "I", "status": "occurred"},
        {"slug": "j", "title": "J" * 201, "status": "occurred"},
        {"slug": "k", "title": "K\x07", "status": "occurred"},
        {"slug": "l", "title": "L"},
        {"slug": "m", "title": "M", "status": "occurred", "report_status": "occurred"},
        {"slug": "n", "title": "N", "status": "occurred", "report_article": "https://no.example/"},
        {"slug": "o", "title": "O", "status": "occurred", "edtf": "26 March"},
        {"slug": "fine", "title": "Fine", "status": "occurred"},
    ]
    page = upload(alice, as_csv(*rows))
    said = errors_in(page)
    for row, column, words in [
        (2, "title", "An event needs a title."),
        (3, "status", "“happened” is no status. Write occurred,"),
        (4, "edtf", "“2018-13-45” is not"),
        (5, "edtf", "12 June 2018 or 2018-06-12"),
        (6, "kind", "“party” is no kind."),
        (7, "place", "No place “Atlantis” is here."),
        (8, "participants", "No actor “Nobody” is here."),
        (9, "timelines", "No timeline “none-such” is here."),
        (10, "slug", "“not an id” is no id"),
        (11, "title", "It has 201 characters, 200 are allowed."),
        (12, "title", "(U+0007)"),
        (13, "status", "A new event needs a status"),
        (14, "report_article", "Say which article reports this"),
        (15, "report_article", "No article “https://no.example/” is here."),
        (16, "edtf", "names no year"),
    ]:
        assert words in said[row, column], (row, column)
    assert len({row for row, _ in said}) == 15
    assert "Nothing can be imported while something is wrong" in page.content.decode()
    confirm(alice, page)
    assert Event.objects.count() == 1


def test_evidence_that_does_not_stand_in_the_text_is_refused(alice: Client, ferry: Event) -> None:
    row = {
        "slug": "ferry-sails",
        "report_article": "https://harbour.example/1",
        "report_exact": "The ferry sank",
    }
    page = upload(alice, as_csv(row))
    assert "do not stand in the article’s text" in errors_in(page)[2, "report_exact"]


def test_one_article_reports_an_event_once(alice: Client, ferry: Event) -> None:
    row = {"slug": "ferry-sails", "report_article": "https://harbour.example/1"}
    page = upload(alice, as_csv(row, row))
    assert "reports the event twice" in errors_in(page)[3, "report_article"]


def test_an_id_that_two_events_of_a_file_bear_is_said(alice: Client) -> None:
    event = {"slug": "a", "title": "A", "status": "occurred"}
    page = upload(alice, as_json(event, event | {"title": "B"}), "events.json")
    assert "Event 1 has this id as well." in errors_in(page)[2, "slug"]


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


# Who may


def test_who_may_not_change_events_brings_no_file_in(client: Client) -> None:
    onlooker(client)
    assert client.get(reverse("admin:events_import")).status_code == 403


def test_nobody_sees_the_file_of_another(alice: Client, client: Client, draft: Event) -> None:
    upload(alice, as_csv({"slug": "ferry-returns", "title": "Ferry is back"}))
    held = EventImport.objects.get()
    bob = Client()
    bob.force_login(factories.editor("bob"))
    assert bob.get(held.get_absolute_url()).status_code == 404
    assert Client().get(held.get_absolute_url()).status_code == 302
    assert Client().get(reverse("admin:events_export", args=["csv"])).status_code == 302


def test_what_a_right_lacks_is_said_beside_the_row(client: Client, ferry: Event) -> None:
    carol = factories.User.objects.create_user("carol", is_staff=True)
    names = ("change_event", "add_event", "view_event")
    carol.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(carol)
    row = {
        "slug": "ferry-sails",
        "timelines": "(none)",
        "report_article": "https://harbour.example/1",
        "report_status": "ongoing",
    }
    said = errors_in(upload(client, as_csv(row)))
    assert said[2, "timelines"] == "You may not put events on timelines."
    assert said[2, "report_"] == "You may not change reports."
    assert client.get(reverse("admin:events_export", args=["csv"])).status_code == 403


def test_who_may_not_publish_changes_no_report_that_readers_see(
    client: Client, ferry: Event
) -> None:
    dora = factories.User.objects.create_user("dora", is_staff=True)
    names = ("change_event", "add_event", "change_report")
    dora.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(dora)
    row = {
        "slug": "ferry-sails",
        "report_article": "https://harbour.example/1",
        "report_status": "ongoing",
    }
    assert "only a publisher" in errors_in(upload(client, as_csv(row)))[2, "report_"]
    Report.objects.update(is_published=False)
    assert plan_in(upload(client, as_csv(row))).can_be_done


def test_who_may_not_publish_puts_nothing_on_a_timeline_that_readers_see(
    client: Client, ferry: Event
) -> None:
    call_command("editor", "dora", role="editor", verbosity=0)
    client.force_login(factories.User.objects.get(username="dora"))
    row = {"slug": "ferry-sails", "timelines": "(none)"}
    said = errors_in(upload(client, as_csv(row)))
    assert said[2, "timelines"] == "Readers see “The harbour”: only a publisher may change it."
    factories.Timeline.objects.update(is_published=False)
    assert plan_in(upload(client, as_csv(row))).can_be_done


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
