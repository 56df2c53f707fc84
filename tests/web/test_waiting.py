"""What waits to be published, and what is left public without a report: said, with links."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import change, decide, desk, words_of
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
