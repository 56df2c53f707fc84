"""What holds on every public page: accessible, quiet in the console, never wider than a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import assert_accessible_and_fitting, new_context, new_page
from timeline.models import Event, Timeline

TIMELINE = "/timelines/korean-peninsula-summits/"
PAGES = {
    "home": "/",
    "timeline": TIMELINE,
    "timeline as known on a day": TIMELINE + "?known=2018-05-25",
    "timeline filtered": TIMELINE + "?kind=summit&q=kim&sort=newest",
    "timeline in lanes": TIMELINE + "?view=lanes&known=2019-01-10",
    "timeline without a fit": TIMELINE + "?q=zebra",
    "timeline of few days": "/timelines/short/?known=2019-04-26",
    "event": "/events/trump-kim-summit-1/",
    "event as known on a day": "/events/trump-kim-summit-1/?known=2018-05-25",
    "remark": "/events/trump-kim-summit-1/remark/?known=2018-05-25",
    "thanks": "/events/trump-kim-summit-1/remark/thanks/",
    "articles": "/articles/",
    "article": "/articles/yonhap-2019-01-10-cautious-optimism/",
    "actors": "/actors/",
    "actor": "/actors/kim-jong-un/",
    "quotes": "/quotes/?q=denuclearization",
}
REFUSALS = {
    "timeline with errors": TIMELINE + "?from=yesterdayish&kind=nonsense",
    "quotes with errors": "/quotes/?speaker=nobody",
    "day that cannot be read": "/articles/?known=soon",
    "event not yet known": "/events/trump-kim-summit-2/?known=2018-05-25",
    "no such page": "/nowhere/",
}
EVERY = PAGES | REFUSALS


@pytest.fixture(scope="module")
def short_timeline(demo: None, django_db_blocker) -> Iterator[None]:
    """Beside the demo's timeline one of two days of publication, whose stepper names each.

    The database is open to the live server for as long as a page may ask it.
    """
    with django_db_blocker.unblock():
        short = Timeline.objects.create(slug="short", title="Two days", is_published=True)
        short.events.set(
            Event.objects.filter(slug__in=("kim-dalian-visit-2018-05", "kim-putin-summit-2019-04"))
        )
        yield


@pytest.fixture(scope="module")
def visited(
    request: pytest.FixtureRequest, browser: Browser, server: LiveServer, short_timeline: None
) -> Iterator[Page]:
    """A page that is opened once for all that is asked of it, with its chart drawn."""
    context = new_context(browser, server)
    page = new_page(context)
    settle(page, request.param)
    yield page
    context.close()


def every(pages: dict[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "visited", pages.values(), ids=pages.keys(), indirect=True, scope="module"
    )


def settle(page: Page, url: str) -> None:
    page.goto(url)
    if page.locator("#chart").count():
        expect(page.locator("#chart[data-drawn]")).to_be_visible()


def open_all(page: Page) -> None:
    page.locator("details:not(.menu)").evaluate_all(
        "all => all.forEach((one) => (one.open = true))"
    )


@every(PAGES)
def test_the_skip_link_leads_to_the_content(visited: Page):
    visited.keyboard.press("Tab")
    expect(visited.get_by_role("link", name="Skip to content")).to_be_focused()
    visited.keyboard.press("Enter")
    expect(visited.locator("#content")).to_be_focused()


@every(PAGES)
def test_in_print_controls_are_gone_and_the_words_stay(visited: Page):
    heading = visited.locator("h1").text_content()
    visited.emulate_media(media="print")
    expect(visited.get_by_role("heading", name=heading, level=1)).to_be_visible()
    expect(visited.locator(".site__nav")).to_be_hidden()
    assert visited.locator(".filters:visible, .known__step:visible").count() == 0
    visited.emulate_media(media="screen")


@every(EVERY)
def test_axe_finds_no_violation_and_nothing_is_wider_than_the_window(visited: Page):
    open_all(visited)
    assert_accessible_and_fitting(visited)


@every(PAGES)
def test_the_console_stays_quiet(visited: Page):
    assert visited.complaints == []
