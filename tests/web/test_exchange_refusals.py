"""What is not brought in: rows with something wrong, and what one may not change."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import onlooker
from tests.web.exchange import (
    as_csv,
    as_json,
    confirm,
    errors_in,
    ferry_returns,
    ferry_sails,
    plan_in,
    upload,
)
from timeline.models import Event, EventImport, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def ferry() -> Event:
    return ferry_sails()


@pytest.fixture
def draft() -> Event:
    return ferry_returns()


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
