"""A real Chromium against the live server; no request leaves the machine."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Route,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.browser.chromium import launch
from tests.web.desk import ferry
from timeline.models import Article, Event, Suggestion

# Playwright's event loop runs in this thread, where Django would refuse the database calls that
# prepare a test; the requests themselves are served by other threads.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

type Options = tuple[tuple[str, object], ...]

# milliseconds: long enough for a machine that is busy with other tests, and never waited out
# unless something is broken
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder `browser`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, or else Playwright's own; it can resolve no name but localhost."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    """The live server, with static files; one for all tests, each of which has its own data."""
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


@pytest.fixture
def committed(demo: None, django_db_blocker) -> Iterator[None]:
    """The demo, in a database that is open to the live server and to the test itself.

    What the test writes is committed, and goes with the demo at the end of the module. Never
    beside the `db` fixture, whose transaction would keep SQLite's only writer waiting.
    """
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def free_contexts(browser: Browser) -> Iterator[dict[Options, list[BrowserContext]]]:
    """The browser contexts that no test uses, by their options.

    One is used again, emptied but for its cache: a new one reads all styles and scripts anew, a
    third of the time of a short test.
    """
    free: dict[Options, list[BrowserContext]] = defaultdict(list)
    yield free
    for context in (context for contexts in free.values() for context in contexts):
        context.close()


@pytest.fixture
def context_for(
    browser: Browser, server: LiveServer, free_contexts: dict[Options, list[BrowserContext]]
) -> Iterator[Callable[..., BrowserContext]]:
    """A maker of browser contexts with the options of `new_context`."""
    taken: list[tuple[Options, BrowserContext]] = []

    def make(**options) -> BrowserContext:
        key = tuple(sorted(options.items()))
        free = free_contexts[key]
        context = free.pop() if free else new_context(browser, server, **options)
        taken.append((key, context))
        return context

    yield make
    for key, context in taken:
        empty(context, server)
        if dict(key).get("cdn", True):
            context.route(settings.CHART_URL, serve_chart)
        free_contexts[key].append(context)


def empty(context: BrowserContext, server: LiveServer) -> None:
    """Close the pages of a context, and forget what they have stored."""
    for page in context.pages:
        stored = {"origin": server.url, "storageTypes": "local_storage,session_storage"}
        context.new_cdp_session(page).send("Storage.clearDataForOrigin", stored)
        page.close()
    context.clear_cookies()
    context.unroute_all()
    context.set_offline(False)


def new_context(
    browser: Browser,
    server: LiveServer,
    *,
    width: int = 1440,
    height: int = 900,
    dark: bool = False,
    javascript: bool = True,
    cdn: bool = True,
) -> BrowserContext:
    """Return a browser context: `new_context(browser, server, width=390, javascript=False)`.

    The CDN answers with the bytes that it would serve, unless `cdn=False`, which blocks it.
    """
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        java_script_enabled=javascript,
        has_touch=width < 700,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    if cdn:
        context.route(settings.CHART_URL, serve_chart)
    return context


def serve_chart(route: Route) -> None:
    """Answer for the CDN with the self-hosted copy, under the headers that integrity asks for."""
    route.fulfill(
        path=settings.BASE_DIR / "static" / settings.CHART_FALLBACK,
        content_type="text/javascript",
        headers={"Access-Control-Allow-Origin": "*"},
    )


# At each width all rules once; the schemes differ in their colours alone.
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
LOOKS = (
    (1440, "light", DEFAULT_OPTIONS),
    (1440, "dark", COLOURS),
    (390, "dark", DEFAULT_OPTIONS),
    (390, "light", COLOURS),
)


def assert_accessible_and_fitting(page: Page, part: str | None = None) -> None:
    """Fail unless the page fits a desk and a phone, and axe finds nothing, in light and dark.

    `part` is a selector of what axe looks at, where that is not the whole page.
    """
    page.wait_for_load_state()
    for width, scheme, options in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(  # once a chart has taken its new size
            "width => document.documentElement.scrollWidth <= width", arg=width
        )
        found = Axe().run(page, context=part, options=options)
        assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"


@pytest.fixture
def page_for(context_for: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A maker of pages with the options of `new_context`; `page.complaints` lists its errors."""
    return lambda **options: new_page(context_for(**options))


def new_page(context: BrowserContext) -> Page:
    """Return a page whose `complaints` list its errors."""
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: page.complaints.append(said.text) if said.type == "error" else None,
    )
    return page


@pytest.fixture
def page(page_for: Callable[..., Page]) -> Page:
    """A page in a window 1440 px wide, light, with JavaScript and an answering CDN."""
    return page_for()


@pytest.fixture
def article(transactional_db: None) -> Article:
    """The ferry article with three open suggestions."""
    return ferry()


@pytest.fixture
def doubtful(article: Article) -> Suggestion:
    """The meeting, matched with an event that nobody knew on the article's day, and new names."""
    summit = factories.event("First harbour summit", edtf="2018-07")
    factories.report(summit, factories.article("2018-07-20"))
    meeting = article.suggestions.get(title="Vale and Strand meet")
    meeting.match, meeting.score = summit, 0.6
    meeting.actors, meeting.place = ["Nora Vale", "Piet Strand"], "Elmsport"
    meeting.save()
    return meeting


@pytest.fixture
def vote(article: Article) -> Event:
    """An event of the base that nothing matched."""
    factories.event("Vote on the old pier", edtf="2011-05-01")
    return factories.event("Vote on the ferry", edtf="2018-05-15")
