"""What two editors do at the same moment, for the tests of who of them wins."""

from collections.abc import Callable

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import at_once, change, fields_of, form_of, suggest
from timeline.models import Suggestion

ROUNDS = range(5)


def meeting(number: int, **fields: object) -> Suggestion:
    """A suggestion of an article of its own."""
    article = factories.article("2018-05-16", f"Ferry {number}", body="Vale met Strand. We sail.")
    return suggest(article, "Vale met Strand", title=f"Vale meets Strand {number}", **fields)


def desk(client: Client, suggestion: Suggestion, do: str, **more: object) -> Callable:
    """The press of a button at the review desk, to be done later."""
    url = reverse("admin:review", args=[suggestion.article_id])
    return lambda: client.post(url, {"suggestion": suggestion.pk, "do": do, **more}, follow=True)


def form(client: Client, suggestion: Suggestion, button: str, **more: object) -> Callable:
    """The press of a button of the suggestion's form, to be done later."""
    url = reverse("admin:timeline_suggestion_change", args=[suggestion.pk])
    return lambda: client.post(url, fields_of(suggestion) | {button: "1", **more}, follow=True)


def push(client: Client, record: Model, action: str) -> Callable:
    """The press of a button at the head of a record, to be done later."""
    data = {"CHANGE_FORM-action": action, "_selected_action": record.pk}
    return lambda: client.post(change(record), data, follow=True)


def saving(client: Client, record: Model, **changed: str) -> Callable:
    """The saving of a record's form, which is opened now, to be done later."""
    sent = form_of(client, record) | changed
    return lambda: client.post(change(record), sent, follow=True)


def delete(client: Client, record: Model) -> Callable:
    """The deletion of a record, to be done later."""
    return lambda: client.post(change(record, "delete"), {"post": "yes"}, follow=True)


def answers(*doers: Callable) -> list[str]:
    """The pages that were answered; a failure fails the test."""
    pages = at_once(*doers)
    assert [page.status_code for page in pages] == [200] * len(pages)
    return [page.content.decode() for page in pages]
