"""What an editor deletes takes back what it had changed, on every way of deleting."""

from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import change, signed_in, words_of
from tests.web.test_admin import form_of
from timeline.models import Article, Event, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Client:
    return signed_in(Client(), "alice")


@pytest.fixture(params=["public", "draft"])
def talks(request: pytest.FixtureRequest, alice: Client) -> Event:
    """Talks that were planned, and called off by a report that has been merged since."""
    event = make.event(
        "Talks", edtf="2018-06", status="planned", published=request.param == "public"
    )
    make.report(event, make.article("2018-05-01"))
    called_off = make.report(
        event, make.article("2018-05-16"), edtf="2018-06-12", status="cancelled"
    )
    event.follow(called_off, by=User.objects.get())
    assert stands(event) == ("2018-06-12", "cancelled")
    return event


def stands(event: Event) -> tuple[str, str]:
    event.refresh_from_db()
    return event.edtf, event.status


def deleted(model: str) -> Callable:
    """The press of “Delete” on the page of a record."""

    def press(alice: Client, pk: int) -> None:
        alice.post(reverse(f"admin:timeline_{model}_delete", args=[pk]), {"post": "yes"})

    return press


def deleted_in_list(model: str) -> Callable:
    """The deletion of what was ticked in a list."""

    def press(alice: Client, pk: int) -> None:
        data = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        alice.post(reverse(f"admin:timeline_{model}_changelist"), data)

    return press


def deleted_in_the_form_of_the_event(alice: Client, pk: int) -> None:
    event = Event.objects.get()
    data = form_of(alice, event) | {"reports-1-DELETE": "on"}
    assert data["reports-1-id"] == str(pk)
    alice.post(reverse("admin:timeline_event_change", args=[event.pk]), data)


@pytest.mark.parametrize(
    "delete", [deleted("report"), deleted_in_list("report"), deleted_in_the_form_of_the_event]
)
def test_a_deleted_report_takes_back_what_it_had_changed_of_its_event(alice, talks, delete) -> None:
    delete(alice, Report.objects.get(status="cancelled").pk)
    assert Report.objects.get().status == "planned"
    assert stands(talks) == ("2018-06", "planned")
    messages = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert "Deleted the report of Harbour, 16 May 2018." in messages
    assert "Called off 2018-06-12 → Planned 2018-06, as reported before." in messages


@pytest.mark.parametrize("delete", [deleted("article"), deleted_in_list("article")])
def test_a_deleted_article_takes_back_what_it_had_changed_of_events(alice, talks, delete) -> None:
    delete(alice, Article.objects.get(published="2018-05-16").pk)
    assert Article.objects.get() == Report.objects.get().article
    assert stands(talks) == ("2018-06", "planned")


@pytest.mark.parametrize("delete", [deleted("report"), deleted_in_the_form_of_the_event])
def test_the_date_that_an_editor_has_set_stays_when_a_report_is_deleted(
    alice, talks, delete
) -> None:
    Event.objects.update(edtf="2018-06-11")
    delete(alice, Report.objects.get(status="cancelled").pk)
    assert stands(talks) == ("2018-06-11", "planned")  # no report is left that calls them off


def test_a_report_that_waited_changes_nothing_of_a_public_event_when_it_is_deleted(alice) -> None:
    event = make.event("Talks", edtf="2018-06-12", status="cancelled")
    make.report(event, make.article("2018-05-01"), edtf="2018-06", status="planned")
    paper = make.article("2018-05-16")
    make.report(event, paper, edtf="2018-06-12", status="cancelled", is_published=False)
    deleted("article")(alice, paper.pk)
    assert event.reports.count() == 1
    assert stands(event) == ("2018-06-12", "cancelled")


@pytest.mark.parametrize("model", ["event", "quote", "timeline", "article"])
def test_what_is_about_to_be_deleted_is_listed_by_its_name(alice: Client, model: str) -> None:
    event, article = make.event("Talks"), make.article("2018-05-01")
    make.report(event, article)
    quote = make.quote("We sail", article, make.actor("Nora Vale"), event)
    records = {"event": event, "quote": quote, "timeline": make.timeline(event), "article": article}
    said = words_of(alice.get(change(records[model], "delete")))
    assert "relationship" not in said
    assert "object (" not in said
    assert str(records[model]) in unescape(said)
    assert ("Report: Harbour" in said) == (model in ("event", "article"))
