"""What waits to be published, and what is left public without a report: said, with links."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import change, decide, desk, form_of, words_of
from timeline.models import Article, Event, Quote

pytestmark = pytest.mark.django_db


def push(client: Client, record: object, action: str):
    """Push a button at the head of a record."""
    data = {"CHANGE_FORM-action": action, "_selected_action": record.pk}
    return client.post(change(record), data, follow=True)


def test_unpublishing_an_article_names_the_public_events_it_leaves_without_a_report(
    alice: Client,
) -> None:
    only, other = factories.article("2018-05-16", "Ferry"), factories.article("2018-05-17")
    alone, shared = factories.event("Sailing"), factories.event("Launch")
    for event, article in ((alone, only), (shared, only), (shared, other)):
        factories.report(event, article)
    page = push(alice, only, "unpublish")
    assert "Public without a report that readers see: Sailing." in words_of(page).replace(" .", ".")
    assert f'href="{change(alone)}"' in page.content.decode()
    assert f'href="{change(shared)}"' not in page.content.decode()


def test_deleting_an_article_names_them_too(alice: Client) -> None:
    article, event = factories.article("2018-05-16"), factories.event("Sailing")
    factories.report(event, article)
    page = alice.post(change(article, "delete"), {"post": "yes"}, follow=True)
    assert "Public without a report that readers see" in words_of(page)
    assert change(event) in page.content.decode()


def test_the_first_page_says_what_was_accepted_and_is_not_published(alice: Client) -> None:
    for number in range(2):
        draft = factories.event(f"Sailing {number}", published=False)
    factories.quote("We sail.", factories.article("2018-05-16"), factories.actor("Vale"), draft)
    page = alice.get(reverse("admin:index"))
    assert "Nothing waits for review." in words_of(page)
    assert "2 draft events , 1 quote ." in words_of(page)
    page = alice.get(reverse("admin:timeline_event_changelist"), {"public": "no"})
    assert page.context["cl"].result_count == 2


def test_a_reviewed_article_says_so_and_links_to_what_waits(
    alice: Client, article: Article
) -> None:
    for suggestion in article.suggestions.order_by("pk"):
        assert "of this article are reviewed" not in words_of(alice.get(desk(article)))
        decide(alice, suggestion, "accept")
    page = alice.get(desk(article))
    assert "All 3 suggestions of this article are reviewed. To be published:" in words_of(page)
    for record in (*Event.objects.all(), Quote.objects.get()):
        assert f'href="{change(record)}"' in page.content.decode()
        push(alice, record, "publish")
    assert "All that was accepted is public." in words_of(alice.get(desk(article)))


def report_deleted(alice: Client, event: Event) -> object:
    return alice.post(change(event.reports.get(), "delete"), {"post": "yes"}, follow=True)


def report_deleted_in_the_list(alice: Client, event: Event) -> object:
    data = {
        "action": "delete_selected",
        "_selected_action": [event.reports.get().pk],
        "post": "yes",
    }
    return alice.post(reverse("admin:timeline_report_changelist"), data, follow=True)


def report_deleted_beneath_its_event(alice: Client, event: Event) -> object:
    sent = form_of(alice, event) | {"reports-0-DELETE": "on"}
    return alice.post(change(event), sent, follow=True)


def report_moved(alice: Client, event: Event) -> object:
    report, other = event.reports.get(), factories.event("Other", published=False)
    return alice.post(
        change(report), form_of(alice, report) | {"event": str(other.pk)}, follow=True
    )


def report_of_another_article(alice: Client, event: Event) -> object:
    sent = form_of(alice, event) | {"reports-0-article": str(factories.article("2018-06-01").pk)}
    return alice.post(change(event), sent, follow=True)


@pytest.mark.parametrize(
    "leave",
    [report_deleted, report_deleted_in_the_list, report_deleted_beneath_its_event, report_moved,
     report_of_another_article],
)  # fmt: skip
def test_an_event_left_public_without_a_report_is_named_and_stands_on_the_first_page(
    alice: Client, leave: Callable
) -> None:
    event, kept = factories.event("Sailing"), factories.event("Launch")
    for one in (event, kept):
        factories.report(one, factories.article("2018-05-16", f"On {one}"))
    assert "Without a report" not in words_of(alice.get(reverse("admin:index")))
    page = leave(alice, event)
    assert "Public without a report that readers see: Sailing" in words_of(page)
    assert "Without a report that readers see: 1 published event ." in words_of(alice.get("/desk/"))
    page = alice.get(reverse("admin:timeline_event_changelist"), {"reported": "unseen"})
    assert [*page.context["cl"].queryset] == [event]
