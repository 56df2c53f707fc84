"""Articles: citations with our own abstracts; the body stays with those who may read it."""

import pytest
from django.contrib.auth.models import Permission, User

from tests import factories as make
from timeline.models import Article

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper() -> Article:
    """An article of the opening, with everything that an editor notes of it."""
    made = make.article(
        "2018-07-02T16:02:00+09:00",
        "Harbour opens",
        lead="2nd LD",
        labels=["News Focus"],
        byline="Alice Quay",
        dateline_place="SEOUL",
        abstract="The harbour is open.",
        url="https://news.example/harbour",
        body="First private paragraph.\n\nSecond private paragraph.",
    )
    opening = make.event(edtf="2018-07-01")
    make.report(opening, made, exact="opened on Sunday")
    make.quote("We are glad", made, make.actor("Bob"), opening)
    return made


def page(client, paper: Article, query: str = "") -> str:
    return client.get(paper.get_absolute_url() + query).content.decode()


def test_the_page_cites_the_article_and_says_what_it_reports(client, paper):
    found = page(client, paper)
    for said in (
        "Harbour opens",
        "Alice Quay",
        "2 July 2018",
        "16:02 (UTC+09)",
        "The harbour is open.",
        "opened on Sunday",
        "“We are glad”",
        'href="https://news.example/harbour"',
    ):
        assert said in found


def test_versions_that_are_not_held_are_said_to_be_inferred(client, paper):
    found = page(client, paper)
    assert found.count("Not held. Inferred from the label “2nd LD”.") == 2
    assert "2nd LD, shown here" in found


def test_the_body_is_for_editors_only_and_marked_as_such(client, admin_client, paper):
    assert "private paragraph" not in page(client, paper)
    found = page(admin_client, paper)
    assert "<p>Second private paragraph.</p>" in found
    assert "visible to editors only" in found


@pytest.mark.parametrize("is_staff", [False, True])
def test_who_is_signed_in_but_may_not_view_articles_does_not_get_the_body(client, paper, is_staff):
    client.force_login(User.objects.create_user("bob", is_staff=is_staff))
    assert "private paragraph" not in page(client, paper)


def test_who_may_view_articles_gets_the_body_and_no_cache_keeps_it(client, paper):
    oscar = User.objects.create_user("oscar")
    oscar.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(oscar)
    response = client.get(paper.get_absolute_url())
    assert "private paragraph" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_no_cache_hands_a_readers_page_to_an_editor_nor_tells_that_a_body_is_held(client, paper):
    held = client.get(paper.get_absolute_url())
    Article.objects.filter(pk=paper.pk).update(body="")
    cited = client.get(paper.get_absolute_url())
    assert "Cookie" in held["Vary"]
    assert held.content == cited.content
    for response in (held, cited):
        del response["X-Request-ID"]
    assert dict(held.headers) == dict(cited.headers)


def test_a_licence_shows_the_body_to_everyone(client, paper):
    Article.objects.filter(pk=paper.pk).update(licence="CC-BY-4.0")
    found = page(client, paper)
    assert "Second private paragraph." in found
    assert "Shown under its licence: CC-BY-4.0." in found


@pytest.mark.parametrize("reader", ["client", "admin_client"])
def test_a_body_that_everyone_may_read_may_be_cached(request, paper, reader):
    Article.objects.filter(pk=paper.pk).update(licence="CC-BY-4.0")
    response = request.getfixturevalue(reader).get(paper.get_absolute_url())
    assert "no-store" not in response.get("Cache-Control", "")


def test_an_article_published_by_itself_says_that_no_event_rests_on_it(client):
    alone = make.article("2018-07-02", is_published=True)
    assert "No event on these pages rests on this article." in page(client, alone)
    assert "0 event" not in client.get("/articles/").content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/"])
def test_only_web_addresses_become_links(client, paper, url):
    Article.objects.filter(pk=paper.pk).update(url=url)
    found = page(client, paper)
    assert url not in found
    assert "Read at the publisher" not in found


def test_an_article_without_a_published_event_is_not_found(client):
    paper = make.article("2018-07-02")
    make.report(make.event(published=False), paper)
    assert client.get(paper.get_absolute_url()).status_code == 404
    assert paper.headline not in client.get("/articles/").content.decode()


def test_a_later_article_is_not_named_on_an_earlier_day(client, paper):
    response = client.get(paper.get_absolute_url() + "?known=2018-07-01")
    assert response.status_code == 404
    assert "Harbour opens" not in response.content.decode()
    assert "Harbour opens" not in client.get("/articles/?known=2018-07-01").content.decode()


def test_the_list_of_articles_is_newest_first_in_a_fixed_number_of_queries(
    client, paper, django_assert_num_queries
):
    with django_assert_num_queries(3):
        client.get("/articles/")
    for day in range(1, 13):
        make.report(make.event(f"Event {day}"), make.article(f"2018-08-{day:02}"))
    with django_assert_num_queries(3):
        found = client.get("/articles/").content.decode()
    assert found.index("News of 2018-08-12") < found.index("News of 2018-08-01")


@pytest.mark.parametrize("query", ["?page=-1", "?page=x", "?page=%00"])
def test_a_page_that_cannot_be_read_is_said_in_place_of_the_list(client, paper, query):
    response = client.get("/articles/" + query)
    assert response.status_code == 400
    assert "This page could not be read" in response.content.decode()
    assert paper.headline not in response.content.decode()
