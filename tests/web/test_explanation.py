"""The desk tells how each suggestion was read: verdict by verdict, with its rule and its words."""

import pytest
from django.urls import reverse

from tests.web.desk import FERRY, signed_in
from timeline.ingest import ingest
from timeline.models import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ingest(FERRY).article


def explanation(client, suggestion: Suggestion) -> str:
    address = reverse("admin:explanation", args=[suggestion.pk])
    return client.get(address).content.decode()


def test_a_title_leads_to_the_module_and_the_rule_that_made_it(client, article):
    suggestion = article.suggestions.get(title__startswith="Piet Strand to visit")
    page = explanation(signed_in(client), suggestion)
    assert "<code>titles: its verb</code>" in page
    assert "<code>status: cue</code>" in page
    assert "“will”" in page
    assert "<td>Planned</td>" in page
    assert suggestion.title in page


def test_a_quote_leads_to_the_rule_that_named_its_speaker(client, article):
    quote = article.suggestions.filter(type="quote").first()
    page = explanation(signed_in(client), quote)
    assert ">Speaker</th>" in page
    assert "Nora Vale" in page


def test_the_review_links_each_card_to_its_explanation(client, article):
    page = signed_in(client).get(reverse("admin:review", args=[article.pk])).content.decode()
    for suggestion in article.suggestions.all():
        assert reverse("admin:explanation", args=[suggestion.pk]) in page


def test_what_is_read_otherwise_now_says_so(client, article):
    suggestion = article.suggestions.filter(type="report").first()
    Suggestion.objects.filter(pk=suggestion.pk).update(start=1, end=3)
    assert "read otherwise now" in explanation(signed_in(client), suggestion)


def test_nobody_sees_it_who_may_not_read_the_article(client, article, django_user_model):
    suggestion = article.suggestions.first()
    assert client.get(reverse("admin:explanation", args=[suggestion.pk])).status_code == 302
    client.force_login(django_user_model.objects.create_user("bob", is_staff=True))
    assert client.get(reverse("admin:explanation", args=[suggestion.pk])).status_code == 403
