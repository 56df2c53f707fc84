"""People and countries: what each took part in, and what each is quoted as saying."""

import re

import pytest

from tests import factories as make
from timeline.models import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Actor:
    """Alice spoke in March, and in July it was told that she had opened the harbour."""
    found = make.actor("Alice")
    found.aliases.create(name="Alicia")
    found.roles.create(title="Harbour master", since="2018")
    visit = make.event("Visit", edtf="2018-03-01")
    opening = make.event("Opening", edtf="2018-07-01")
    make.takes_part(found, opening)
    march, july = make.article("2018-03-02"), make.article("2018-07-02")
    make.report(visit, march)
    make.report(opening, july)
    make.quote("We are planning", march, found, visit)
    make.quote("We are glad", july, found, opening)
    make.timeline(visit, opening)
    return found


def test_the_page_gives_names_roles_events_and_quotes(client, alice):
    found = client.get("/actors/alice/").content.decode()
    for said in ("Alicia", "Harbour master", "Opening", "“We are planning”", "“We are glad”"):
        assert said in found


def test_as_known_on_a_day_nothing_of_later_is_on_the_page(client, alice):
    found = client.get("/actors/alice/?known=2018-03-02").content.decode()
    assert "“We are planning”" in found
    for later in ("We are glad", "Opening"):
        assert later not in found


def test_a_name_that_nothing_had_borne_yet_is_not_told(client, alice):
    response = client.get("/actors/alice/?known=2018-03-01")
    assert response.status_code == 404
    assert "Alice" not in response.content.decode()


def test_the_list_counts_events_and_quotes_as_known_on_the_day(client, alice):
    assert "1 event, 2 quotes" in client.get("/actors/").content.decode()
    assert "<span>1 quote</span>" in client.get("/actors/?known=2018-03-02").content.decode()


def test_who_is_quoted_on_no_event_has_a_page_too(client, alice):
    paper = make.Article.objects.get(published="2018-07-02")
    make.quote("As an aside", paper, make.actor("Carol"))
    assert "Carol" in client.get("/actors/").content.decode()
    assert "“As an aside”" in client.get("/actors/carol/").content.decode()


def test_an_actor_of_drafts_alone_is_not_public(client):
    make.takes_part(make.actor("Mallory"), make.event(published=False))
    assert client.get("/actors/mallory/").status_code == 404
    assert "Mallory" not in client.get("/actors/").content.decode()


def test_without_anybody_the_list_says_so(client):
    assert "Nobody is named yet" in client.get("/actors/").content.decode()


def test_the_number_of_queries_does_not_grow_with_events(
    client, alice, django_assert_max_num_queries
):
    for number in range(20):
        event = make.event(f"Event {number}")
        paper = make.article("2018-08-01", f"Paper {number}")
        make.report(event, paper)
        make.takes_part(alice, event)
        make.quote(f"Words {number}", paper, alice, event)
    with django_assert_max_num_queries(12):
        client.get("/actors/alice/")
    with django_assert_max_num_queries(4):
        client.get("/actors/")


def test_many_events_stand_on_pages_and_many_quotes_behind_a_link(client, alice, monkeypatch):
    monkeypatch.setattr("timeline.presenters.actors.PAGE_SIZE", 2)
    monkeypatch.setattr("timeline.presenters.actors.FIRST_QUOTES", 2)
    paper = make.article("2018-08-01")
    for number in range(1, 6):
        event = make.event(f"Event {number}", edtf=f"2018-07-0{number}")
        make.report(event, paper)
        make.takes_part(alice, event)
        make.quote(f"Words {number}", paper, alice, event)
    first = client.get("/actors/alice/").content.decode()
    assert re.findall(r">(Event \d)<", first) == ["Event 1"]  # after the one of the fixture
    assert 'href="?page=2">Later events</a>' in first
    last = client.get("/actors/alice/?page=3&known=2018-08-02").content.decode()
    assert re.findall(r">(Event \d)<", last) == ["Event 4", "Event 5"]
    assert 'href="?page=2&amp;known=2018-08-02">Earlier events</a>' in last
    assert "?speaker=alice" in first


def test_a_page_that_is_no_number_is_told(client, alice):
    make.takes_part(alice, make.event("Talks"))
    answer = client.get("/actors/alice/?page=second")
    assert answer.status_code == 400
    assert "This page could not be read" in answer.content.decode()
