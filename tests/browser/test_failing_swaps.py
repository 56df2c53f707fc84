"""A request that fails: the page says so, shows what it showed, and offers to try again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

URL = "/timelines/korean-peninsula-summits/"
pytestmark = pytest.mark.usefixtures("committed")

BROKEN = "something broke on the server"
SILENT = "the server did not answer"


def answer(status: int, body: str = "<!doctype html><html><body>No</body></html>") -> Callable:
    """Return what answers a request with `status` in place of the server."""
    return lambda route: route.fulfill(status=status, body=body, content_type="text/html")


def fail_swaps(page: Page, answering: Callable[[Route], None]) -> None:
    """Let every request of htmx fail; pages and static files come as ever."""
    page.route(re.compile(r".*"), lambda route: react(route, answering))


def react(route: Route, answering: Callable[[Route], None]) -> None:
    headers = route.request.headers
    if "hx-request" in headers or "hx-history-restore-request" in headers:
        answering(route)
    else:
        route.fallback()


def failure(page: Page):
    return page.locator("#failure[role=alert]")


def summit(page: Page):
    return page.get_by_role("checkbox", name="Summit")


FAILURES = {
    "no answer": (lambda route: route.abort("connectionreset"), SILENT),
    "500": (answer(500), BROKEN),
    "503": (answer(503), BROKEN),
    "404": (answer(404), "this page is not there any more"),
    "403": (answer(403), "the server refused it (403)"),
    "429": (answer(429), "there were too many requests"),
    "another's page": (answer(200), "the answer was not one of Dateline’s"),
    "an empty answer": (answer(200, ""), "the answer was not one of Dateline’s"),
    "no content": (answer(204, ""), "the answer was not one of Dateline’s"),
}


def test_a_filter_that_fails_is_said_and_taken_back(page: Page):
    page.goto(URL)
    summit(page).focus()
    for answering, said in FAILURES.values():
        fail_swaps(page, answering)
        page.keyboard.press("Space")
        expect(failure(page)).to_contain_text(f"The list could not be updated: {said}")
        expect(failure(page)).to_contain_text("What you see is still the selection from before.")
        expect(summit(page)).not_to_be_checked()
        expect(summit(page)).to_be_focused()
        expect(page.locator("#count")).to_have_text("49 events")
        expect(page).to_have_url(re.compile(r"summits/$"))
        expect(page.locator("#view")).not_to_have_attribute("aria-busy", "true")
        page.keyboard.press("Escape")
        expect(failure(page)).to_be_empty()
        page.unroute_all()


def test_offline_is_called_by_its_name(page: Page):
    page.goto(URL)
    page.context.set_offline(True)
    page.get_by_role("link", name=re.compile("Earlier.*16 July 2019")).click()
    expect(failure(page)).to_contain_text("there is no connection to the network")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="As known on 16 July 2019", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("known=2019-07-16"))
    expect(failure(page)).to_be_empty()


def test_a_server_that_is_too_slow_is_given_up(page: Page):
    page.goto(URL)
    assert page.evaluate("htmx.config.timeout") == 60_000
    page.evaluate("htmx.config.timeout = 50")
    fail_swaps(page, lambda route: None)  # never answered
    summit(page).click()
    expect(failure(page)).to_contain_text("the server did not answer in time")
    expect(summit(page)).not_to_be_checked()


def test_try_again_asks_for_the_same_and_the_focus_stays(page: Page):
    page.goto(URL)
    fail_swaps(page, answer(500))
    summit(page).focus()
    page.keyboard.press("Space")
    expect(failure(page)).to_contain_text(BROKEN)
    page.unroute_all()
    page.get_by_role("button", name="Try again").press("Enter")
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page).to_have_url(re.compile(r"\?kind=summit$"))
    expect(summit(page)).to_be_checked()
    expect(summit(page)).to_be_focused()
    expect(failure(page)).to_be_empty()


def test_trying_again_in_vain_says_so_again(page: Page):
    page.goto(URL)
    fail_swaps(page, answer(500))
    summit(page).click()
    expect(failure(page)).to_contain_text(BROKEN)
    page.unroute_all()
    fail_swaps(page, answer(404))
    page.get_by_role("button", name="Try again").click()
    expect(failure(page)).to_contain_text("not there any more")


@pytest.mark.parametrize("key", ["Escape", "Close"])
def test_the_word_of_a_failure_can_be_put_away(page: Page, key: str):
    page.goto(URL)
    fail_swaps(page, answer(500))
    summit(page).focus()
    page.keyboard.press("Space")
    expect(failure(page)).to_contain_text(BROKEN)
    if key == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Close").press("Enter")
    expect(failure(page)).to_be_empty()
    expect(summit(page)).to_be_focused()


def test_escape_leaves_the_words_of_the_search_alone(page: Page):
    page.goto(URL + "?q=kim")
    fail_swaps(page, answer(500))
    search = page.get_by_label("Search these events")
    search.fill("trump")
    search.press("Enter")
    expect(failure(page)).to_contain_text(BROKEN)
    search.press("Escape")
    expect(failure(page)).to_be_empty()
    expect(search).to_have_value("kim")


def test_a_whole_page_that_refuses_is_shown_as_a_page(page: Page):
    page.goto(URL)
    fail_swaps(page, answer(400))
    summit(page).click()
    expect(page).to_have_url(re.compile("kind=summit"))
    expect(page.locator("#count")).to_have_text("6 of 49 events")


def test_words_selects_and_dates_go_back_to_what_the_list_shows(page_for):
    page = page_for(width=390)
    page.goto(URL + "?q=kim&from=2018&known=2018-05-24")
    fail_swaps(page, answer(500))
    page.get_by_label("Day of publication").select_option("2018-03-28")
    expect(failure(page)).to_contain_text(BROKEN)
    expect(page.get_by_label("Day of publication")).to_have_value("2018-05-24")
    page.keyboard.press("Escape")
    page.locator(".filters__toggle").click()
    page.get_by_label("Search these events").fill("trump")
    page.get_by_label("From", exact=True).fill("2019")
    page.keyboard.press("Enter")
    expect(failure(page)).to_contain_text(BROKEN)
    expect(page.get_by_label("Search these events")).to_have_value("kim")
    expect(page.get_by_label("From", exact=True)).to_have_value("2018")


WAYS = {
    "the stepper": lambda page: page.locator("#known-earlier").click(),
    "a tick": lambda page: page.locator("#stop-2018-12-30").click(),
    "the order": lambda page: page.get_by_role("link", name="Newest first").click(),
    "the view": lambda page: page.get_by_role("link", name="Lanes").click(),
    "a chip": lambda page: page.get_by_role("link", name="Remove filter: Summit").click(),
    "clearing": lambda page: page.get_by_role("link", name="Clear all").click(),
    "any day": lambda page: any_day(page),
    "the chart": lambda page: click_on_a_month(page),
}


def any_day(page: Page) -> None:
    page.get_by_text("Any day").click()
    page.get_by_label("As known on", exact=True).fill("2018-05-25")
    page.get_by_role("button", name="Show that day").click()


def click_on_a_month(page: Page) -> None:
    at = page.locator("#chart").evaluate(
        """canvas => {
          const { scales: { x }, chartArea } = Chart.getChart(canvas);
          return { x: x.getPixelForValue(1), y: chartArea.top + 20 };
        }"""
    )
    page.locator("#chart").click(position=at)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_way_to_another_view_tells_of_its_failure(page: Page, way: Callable):
    page.goto(URL + "?kind=summit")
    expect(page.locator("#chart[data-drawn]")).to_be_visible()
    fail_swaps(page, answer(500))
    way(page)
    expect(failure(page)).to_contain_text(BROKEN)
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page).to_have_url(re.compile(r"\?kind=summit$"))
    expect(page.get_by_label("From", exact=True)).to_have_value("")


def test_a_failure_on_the_page_of_quotes_gives_the_speaker_back(page: Page):
    page.goto("/quotes/")
    count = page.locator("#count").text_content()
    fail_swaps(page, answer(500))
    page.get_by_label("Speaker").select_option("xi-jinping")
    expect(failure(page)).to_contain_text(BROKEN)
    expect(page.get_by_label("Speaker")).to_have_value("")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Next page").click()
    expect(failure(page)).to_contain_text(BROKEN)
    expect(page.locator("#count")).to_have_text(count)
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()
    expect(page).to_have_url(re.compile("page=2"))


BACK = {
    "no answer": (lambda route: route.abort("connectionreset"), SILENT),
    "500": (answer(500), BROKEN),
}


@pytest.mark.parametrize(("answering", "said"), BACK.values(), ids=BACK)
def test_going_back_in_vain_keeps_list_and_address_together(page: Page, answering, said):
    page.goto(URL)
    summit(page).check()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    fail_swaps(page, answering)
    page.evaluate("history.back()")
    expect(failure(page)).to_contain_text(said)
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page).to_have_url(re.compile(r"\?kind=summit$"))
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#count")).to_have_text("49 events")
    expect(page).to_have_url(re.compile(r"summits/$"))


class Held:
    """Requests of htmx that wait until the test lets them go."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        fail_swaps(page, self.routes.append)

    def release(self, number: int = -1) -> None:
        """Let one request go to the server."""
        self.routes[number].fallback()


def test_while_a_request_runs_the_page_says_that_it_does(page_for):
    page = page_for()
    page.goto(URL)
    held = Held(page)
    summit(page).click()
    expect(page.locator("#view")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_text("Updating…")).to_be_visible()  # with reduced motion
    expect(page.locator(".list")).to_have_css("opacity", "0.5")
    held.release()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page.get_by_text("Updating…")).to_be_hidden()
    expect(page.locator("#view")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".list")).to_have_css("opacity", "1")


def test_the_busy_page_shows_it_on_a_phone_and_in_forced_colours(page_for):
    phone = page_for(width=390)
    phone.emulate_media(forced_colors="active")
    phone.goto(URL)
    Held(phone)
    phone.get_by_label("Day of publication").select_option("2018-05-24")
    expect(phone.get_by_text("Updating…")).to_be_in_viewport()


def test_of_two_requests_the_last_one_wins(page: Page):
    page.goto(URL)
    held = Held(page)
    summit(page).click()
    expect(page.locator("#view")).to_have_attribute("aria-busy", "true")
    page.get_by_role("checkbox", name="Talks").click()
    expect(page.get_by_text("Updating…")).to_be_visible()
    assert len(held.routes) == 2
    held.release()
    expect(page).to_have_url(re.compile(r"\?kind=talks&kind=summit$"))
    expect(summit(page)).to_be_checked()
    expect(page.get_by_role("checkbox", name="Talks")).to_be_checked()
    expect(failure(page)).to_be_empty()


def test_going_back_while_a_request_runs_gives_it_up(page: Page):
    page.goto(URL)
    summit(page).check()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    held = Held(page)
    page.get_by_role("link", name="Newest first").click()
    expect(page.get_by_text("Updating…")).to_be_visible()
    with page.expect_request(re.compile(r"summits/$")):
        page.evaluate("history.back()")
    expect(page).to_have_url(re.compile(r"summits/$"))
    held.release()  # the page gone back to; the request that ran is given up
    expect(page.locator("#count")).to_have_text("49 events")
    expect(page).to_have_url(re.compile(r"summits/$"))
    expect(page.get_by_text("Updating…")).to_be_hidden()
    expect(failure(page)).to_be_empty()


def test_what_cannot_be_read_is_still_said_beside_its_field(page: Page):
    page.goto(URL)
    page.get_by_label("From", exact=True).fill("2018-XX-12")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.locator("#from-error")).to_contain_text("“2018-XX-12” is not a date")
    expect(failure(page)).to_be_empty()
