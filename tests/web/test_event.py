"""An event's page: its date and how it is known, its plan and outcome, its quotes."""

import re

import pytest

from tests import factories as make
from timeline.models import Event

URL = "/events/harbour-opening/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def opening() -> Event:
    """Planned by Alice for June, called off, planned again, and held on 1 July 2018."""
    event = make.event(edtf="2018-07-01", summary="All went well.", place=make.place("Pier One"))
    for day, edtf, status in (
        ("2018-04-02", "2018-06", "planned"),
        ("2018-05-02", "2018-06", "cancelled"),
        ("2018-06-02", "2018-07-01", "planned"),
        ("2018-07-02", "2018-07-01", "occurred"),
    ):
        make.report(event, make.article(day), edtf=edtf, status=status, exact=f"words of {day}")
    make.takes_part(make.actor("Alice"), event)
    make.quote("We are glad", make.article("2018-07-03"), make.actor("Alice"), event)
    make.timeline(make.event("Before", edtf="2018-01"), event, make.event("After", edtf="2019"))
    return event


def page(client, query: str = "") -> str:
    return client.get(URL + query).content.decode()


def test_the_page_gives_date_status_place_people_and_quotes(client, opening):
    found = page(client)
    for said in ("1 July 2018", "Sunday", "Occurred", "Pier One", "Alice", "“We are glad”"):
        assert said in found


def test_the_page_tells_the_way_from_plan_to_outcome(client, opening):
    strip = re.search(r'<ol class="plan.*?</ol>', page(client), re.DOTALL)[0]
    assert re.findall(r"</b><span>(.*?)</span>", strip) == [
        "Planned",
        "Called off",
        "Planned again",
        "Occurred",
    ]


def test_the_page_leads_to_what_came_before_and_after(client, opening):
    found = page(client).split("Before and after")[1]
    assert re.findall(r"<li.*?>(Before|This event|After)<", found) == [
        "Before",
        "This event",
        "After",
    ]


def test_as_known_on_a_day_nothing_of_later_is_on_the_page(client, opening):
    found = page(client, "?known=2018-05-02")
    assert "Called off" in found
    for later in (
        "1 July",
        "Occurred",
        "Pier One",
        "Alice",
        "We are glad",
        "All went well",
        "2018-06-02",
    ):
        assert later not in found


def test_an_event_not_yet_known_is_not_even_named(client, opening):
    response = client.get(URL + "?known=2018-04-01")
    found = response.content.decode()
    assert response.status_code == 404
    assert "Nothing had been reported of this event by 1 April 2018" in found
    assert "Harbour opening" not in found
    assert "2 April" not in found
    assert 'href="/timelines/harbour/?known=2018-04-01"' in found


def test_a_day_that_cannot_be_read_is_told_beside_its_field(client, opening):
    response = client.get(URL + "?known=soon")
    assert response.status_code == 400
    assert "“soon” is not a day" in response.content.decode()


def test_a_draft_is_not_found(client, opening):
    make.event("Secret", published=False)
    response = client.get("/events/secret/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_a_draft_that_belongs_to_the_event_is_not_named(client, opening):
    make.event("Secret part", published=False, part_of=opening)
    make.event("Public part", part_of=opening)
    found = page(client)
    assert "Public part" in found
    assert "Secret part" not in found


def test_an_event_outside_every_timeline_has_its_page(client):
    make.event("Alone")
    assert client.get("/events/alone/").status_code == 200


def test_a_date_that_is_not_set_says_so(client):
    make.event("Someday", edtf="", status="planned")
    assert "Date not set" in client.get("/events/someday/").content.decode()


def test_the_number_of_queries_does_not_grow_with_reports(
    client, opening, django_assert_max_num_queries
):
    for month in range(1, 13):
        paper = make.article(f"2019-{month:02}-01")
        make.report(opening, paper)
        make.quote(f"Words {month}", paper, make.actor(f"Speaker {month}"), opening)
    with django_assert_max_num_queries(20):
        client.get(URL)


def test_the_page_keeps_the_timeline_that_led_to_it(client, opening):
    make.timeline(opening, make.event("Fair"), slug="fairs", title="All fairs")
    for slug, title, other in (
        ("harbour", "The harbour", "All fairs"),
        ("fairs", "All fairs", "The harbour"),
    ):
        (way,) = set(
            re.findall(
                r'href="(/events/harbour-opening/[^"#]*)',
                client.get(f"/timelines/{slug}/?known=2018-07-02").content.decode(),
            )
        )
        found = client.get(way.replace("&amp;", "&")).content.decode()
        crumbs = re.search(r'class="crumbs".*?</ol>', found, re.DOTALL)[0]
        assert f'<a href="/timelines/{slug}/?known=2018-07-02">{title}</a>' in crumbs
        also = found.split("Also in")[1]
        assert other in also
        assert title not in also.split("</section>")[0]
        assert '<link rel="canonical" href="/events/harbour-opening/">' in found
        assert (
            f'href="/events/harbour-opening/?timeline={slug}">' in found
        )  # show what is known now
    assert 'href="/events/before/?timeline=harbour"' in page(client, "?timeline=harbour")
    assert "Fair" in page(client, "?timeline=fairs").split("Before and after")[1]


def test_without_a_timeline_the_first_by_title_is_shown_each_time(client, opening):
    make.timeline(opening, slug="zoo", title="A zoo")
    for query in (
        "",
        "?timeline=",
        "?timeline=nowhere",
        "?timeline=%00",
        "?timeline=zoo&timeline=",
    ):
        assert '<a href="/timelines/zoo/">A zoo</a>' in page(client, query)


def test_an_unpublished_timeline_leads_nowhere_and_is_not_named(client, opening):
    make.timeline(opening, slug="secret", title="A secret", published=False)
    found = page(client, "?timeline=secret")
    assert "A secret" not in found
    assert '<a href="/timelines/harbour/">The harbour</a>' in found
