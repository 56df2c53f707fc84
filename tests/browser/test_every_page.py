"""What holds on every public page: accessible, quiet in the console, never wider than a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from timeline.models import Event, Timeline

TIMELINE = "/timelines/korean-peninsula-summits/"
PAGES = {
    "home": "/",
    "timeline": TIMELINE,
    "timeline as known on a day": TIMELINE + "?known=2019-01-10",
    "timeline filtered": TIMELINE + "?kind=summit&q=kim&sort=newest",
    "timeline in lanes": TIMELINE + "?view=lanes&known=2019-01-10",
    "timeline without a fit": TIMELINE + "?q=zebra",
    "timeline of few days": "/timelines/short/?known=2019-04-26",
    "event": "/events/trump-kim-summit-1/",
    "event as known on a day": "/events/trump-kim-summit-1/?known=2018-05-25",
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
pytestmark = pytest.mark.usefixtures("short_timeline")


@pytest.fixture
def short_timeline(committed: None) -> None:
    """Beside the demo's timeline one of two days of publication, whose stepper names each."""
    short, _ = Timeline.objects.get_or_create(
        slug="short", defaults={"title": "Two days", "is_published": True}
    )
    short.events.set(
        Event.objects.filter(slug__in=("kim-dalian-visit-2018-05", "kim-putin-summit-2019-04"))
    )


def every(pages: dict[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("url", pages.values(), ids=pages.keys())


def settled(page: Page, url: str) -> None:
    page.goto(url)
    if page.locator("#chart").count():
        expect(page.locator("#chart[data-drawn]")).to_be_visible()


@every(EVERY)
def test_axe_finds_no_violation(page: Page, url: str):
    settled(page, url)
    page.locator("details:not(.menu)").evaluate_all(
        "all => all.forEach((one) => (one.open = true))"
    )
    for width, scheme in ((1440, "light"), (1440, "dark"), (390, "dark"), (390, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"


@every(PAGES)
def test_the_console_stays_quiet(page: Page, url: str):
    settled(page, url)
    assert page.complaints == []


@every(EVERY)
def test_nothing_is_wider_than_a_phone(page_for, url: str):
    page = page_for(width=390)
    settled(page, url)
    page.locator("details:not(.menu)").evaluate_all(
        "all => all.forEach((one) => (one.open = true))"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@every(PAGES)
def test_the_skip_link_leads_to_the_content(page: Page, url: str):
    settled(page, url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@every(PAGES)
def test_in_print_controls_are_gone_and_the_words_stay(page: Page, url: str):
    settled(page, url)
    heading = page.locator("h1").text_content()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    expect(page.locator(".site__nav")).to_be_hidden()
    assert page.locator(".filters:visible, .known__step:visible").count() == 0
