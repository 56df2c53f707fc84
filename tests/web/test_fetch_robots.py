"""What a host asks of those who fetch from it: its rules for robots, and time between requests."""

from collections.abc import Iterator

import pytest

from tests.web.sites import NEWS, Site, fetcher, redirect, said_of, send, serving
from timeline.fetch import Limits, Pace


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/news"] = NEWS
        yield site


def test_the_rules_for_robots_lead_to_no_private_host_either(site: Site) -> None:
    site.pages["/robots.txt"] = redirect(f"http://127.0.0.1:{site.port}/news")
    assert "no host of the public internet" in said_of(site("/news"))
    assert site.paths == []


ROBOTS = """\
User-agent: *
Disallow: /private
Disallow: /*?print=
Allow: /private/open

User-agent: greedy
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "is_fetched"),
    [
        ("/news", True),
        ("/private/a", False),
        ("/private/open", True),
        ("/news?print=1", False),
        ("/%70rivate/a", False),
    ],
)
def test_robots_txt_is_respected(site: Site, path: str, is_fetched: bool) -> None:
    site.pages |= {"/robots.txt": ROBOTS, path: NEWS}
    if is_fetched:
        assert fetcher().fetch(site(path)).body == NEWS.encode()
    else:
        assert "robots.txt" in said_of(site(path))
        assert site.paths == []


def test_a_page_that_is_led_on_to_has_its_own_rules(site: Site) -> None:
    site.pages |= {"/robots.txt": ROBOTS, "/on": redirect("/private/a"), "/private/a": NEWS}
    assert "robots.txt" in said_of(site("/on"))
    assert site.paths == ["/on"]


def test_rules_that_name_us_hold_and_those_that_cannot_be_read_forbid(site: Site) -> None:
    site.pages["/robots.txt"] = "User-agent: Dateline\nDisallow: /\n"
    assert "robots.txt" in said_of(site("/news"))
    site.pages["/robots.txt"] = lambda handler: send(handler, status=503)
    assert "cannot be read (robots.txt): It answers 503" in said_of(site("/news"))
    site.pages["/robots.txt"] = lambda handler: send(handler, status=403)
    assert fetcher().fetch(site("/news")).body == NEWS.encode()


def test_the_rules_of_a_host_are_read_once(site: Site) -> None:
    fetching = fetcher()
    for _ in range(3):
        fetching.fetch(site("/news"))
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


def test_a_host_is_left_alone_between_two_requests_as_long_as_it_asks(site: Site) -> None:
    waited: list[float] = []
    fetching = fetcher(pace=Pace(waited.append))
    fetching.fetch(site("/news"))
    assert waited == []
    fetching.fetch(site("/news"))
    assert 0 < waited.pop() <= Limits().pause
    fetching.fetch(site("/news", "other.example"))
    assert waited == []
    site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 7\n"
    slow = fetcher(pace=Pace(waited.append))
    slow.fetch(site("/news"))
    slow.fetch(site("/news"))
    assert 5 < waited.pop() <= 7
