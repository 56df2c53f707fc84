"""The first page: the published timelines."""

from functools import partial

import pytest
from django.views.defaults import bad_request, server_error

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_first_page_names_each_published_timeline_and_what_it_holds(client):
    opening = make.event(edtf="2018-05-01")
    make.report(opening, make.article("2018-05-02"))
    make.timeline(
        opening, make.event("Closing", edtf="2019-06"), make.event("Draft", published=False)
    )
    page = client.get("/").content.decode()
    assert '<a href="/timelines/harbour/">The harbour</a>' in page
    assert "<b>2</b> events" in page
    assert "<b>1</b> article<" in page
    assert "2018 to 2019" in page
    assert "Newest article 2 May 2018" in page


def test_an_unpublished_timeline_is_neither_listed_nor_served(client):
    make.timeline(make.event(), published=False)
    assert "The harbour" not in client.get("/").content.decode()
    assert client.get("/timelines/harbour/").status_code == 404


def test_without_a_timeline_the_first_page_says_what_to_do(client):
    page = client.get("/").content.decode()
    assert "No timeline is published yet" in page
    assert 'href="/desk/"' in page


def test_the_first_page_asks_once_however_many_timelines(client, django_assert_num_queries):
    for number in range(4):
        make.timeline(make.event(f"Event {number}"), slug=f"t{number}", title=f"T{number}")
    with django_assert_num_queries(1):
        client.get("/")


def test_a_page_that_does_not_exist_says_so_in_plain_words(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (server_error, 500, "Something broke"),
        (partial(bad_request, exception=None), 400, "not take"),
    ],
    ids=["500", "400"],
)
def test_a_failure_has_a_page_that_needs_nothing_else(rf, view, status, words):
    response = view(rf.get("/"))
    assert response.status_code == status
    assert words in response.content.decode()


def test_pages_are_only_read(client):
    assert client.post("/").status_code == 405
