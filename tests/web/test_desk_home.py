"""The desk's first page: what waits, and the one thing to do about each."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.drafted import card, ferry_articles, ferry_draft
from timeline.models import Article, Batch, BatchItem, Draft, Feed

pytestmark = pytest.mark.django_db


def home(client: Client) -> str:
    return client.get(reverse("admin:index")).content.decode()


def test_a_draft_stands_there_until_all_above_its_line_is_decided(alice):
    draft = ferry_draft()
    assert draft.get_absolute_url() in home(alice)
    bob = make.editor("bob")
    for one in draft.candidates.all():
        one.reject(bob)
    assert draft.get_absolute_url() + '">The Alma Rosa</a></h3>' not in home(alice)


def test_an_article_stands_there_while_suggestions_wait_and_no_draft_has_it(alice):
    first, *others = ferry_articles()
    assert reverse("admin:review", args=[first.pk]) in home(alice)
    Draft.objects.create(title="The Alma Rosa").gather([first])
    page = home(alice)
    assert f'href="{reverse("admin:review", args=[first.pk])}"' not in page
    assert f'href="{reverse("admin:review", args=[others[0].pk])}"' in page


def test_an_accepted_event_stands_there_until_it_is_published(alice):
    bob = make.editor("bob")
    event = card(ferry_draft(), "sinks").accept(bob)
    url = reverse("admin:timeline_event_change", args=[event.pk])
    assert url in home(alice)
    event.publish(bob)
    assert url not in home(alice)


def test_what_was_decided_last_is_told_with_who_decided_it(alice):
    card(ferry_draft(), "arrest").reject(make.editor("bob"))
    page = home(alice)
    assert "Rejected:" in page
    assert "bob" in page


def test_who_may_see_no_articles_is_shown_none(client):
    ferry_draft()
    eve = User.objects.create_user("eve", is_staff=True)
    eve.user_permissions.add(Permission.objects.get(codename="view_timeline"))
    client.force_login(eve)
    page = home(client)
    assert "Alma Rosa" not in page
    assert "Articles to review" not in page


def test_an_empty_desk_says_what_to_do(alice):
    page = home(alice)
    assert "Nothing waits for review. Bring in an article" in page
    assert "No draft waits." in page


def test_the_queries_do_not_grow_with_what_waits(alice, django_assert_max_num_queries):
    ferry_draft()
    home(alice)
    dora = make.editor("dora")
    for number in range(4):
        Draft.objects.create(title=f"Draft {number}").gather(Article.objects.all())
        quote = make.quote(f"Words {number}", Article.objects.first(), make.actor("Nora Vale"))
        for one in (quote, make.event(f"Event {number}"), make.article(f"2018-06-0{number + 1}")):
            one.unpublish(by=dora)
            one.hand_in(by=dora)
    with django_assert_max_num_queries(24):
        home(alice)


def test_articles_of_a_list_are_gathered_into_a_new_draft(alice):
    articles = ferry_articles()
    data = {"action": "gather", "_selected_action": [one.pk for one in articles]}
    answer = alice.post(reverse("admin:timeline_article_changelist"), data, follow=True)
    draft = articles[0].drafts.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:timeline_draft_change", args=[draft.pk])
    assert draft.articles.count() == 3
    assert draft.candidates.exists()
    assert Article.objects.filter(drafts=draft).count() == 3


def test_what_is_being_read_and_feeds_with_errors_stand_beside_what_waits(alice):
    Batch.objects.create(source="A folder", made_by=make.editor("bob"))
    Feed.objects.create(address="https://example.org/feed", error="It did not answer.")
    page = home(alice)
    assert "Being read now" in page
    assert "A folder" in page
    assert "Feeds with errors" in page
    assert "It did not answer." in page


def test_what_a_batch_has_brought_in_is_gathered_in_a_draft(alice):
    batch = Batch.objects.create(source="A folder", made_by=make.editor("bob"))
    for number, one in enumerate(ferry_articles(), 1):
        BatchItem.objects.create(batch=batch, number=number, name="x", article=one, state="new")
    answer = alice.post(reverse("admin:batch", args=[batch.pk]), {"do": "draft"})
    draft = Draft.objects.get()
    assert answer.url == reverse("admin:timeline_draft_change", args=[draft.pk])
    assert draft.articles.count() == 3
    assert draft.candidates.exists()
