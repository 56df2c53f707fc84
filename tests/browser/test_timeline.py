"""A reader at the timeline: filtering, stepping through time, going back, the chart, the quotes."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

URL = "/timelines/korean-peninsula-summits/"
pytestmark = pytest.mark.usefixtures("committed")


def chart_is_drawn(page: Page) -> None:
    expect(page.locator("#chart[data-drawn]")).to_be_visible()


def figures(page: Page) -> str:
    return page.locator("#figures").text_content()


def pixels(page: Page) -> str:
    return page.locator("#chart").evaluate("canvas => canvas.toDataURL()")


def test_filtering_swaps_the_list_and_the_chart_and_pushes_the_address(page: Page):
    page.goto(URL)
    chart_is_drawn(page)
    before = (figures(page), pixels(page))
    page.evaluate("window.isTheSamePage = true")
    page.get_by_role("checkbox", name="Summit").check()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page).to_have_url(re.compile(r"/korean-peninsula-summits/\?kind=summit$"))
    expect(page.locator(".event__title")).to_have_count(6)
    chart_is_drawn(page)
    assert figures(page) != before[0]
    assert pixels(page) != before[1]
    assert page.evaluate("window.isTheSamePage")
    assert page.complaints == []


def test_back_and_forward_restore_the_view(page: Page):
    page.goto(URL)
    page.get_by_role("checkbox", name="Summit").check()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    page.get_by_role("link", name="Newest first").click()
    expect(page).to_have_url(re.compile("sort=newest"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?kind=summit$"))
    expect(page.locator(".event__title").first).to_have_text("First Moon–Kim summit")
    chart_is_drawn(page)  # the page was fetched anew: its scripts listen from now on
    page.go_back()
    expect(page.locator("#count")).to_have_text("49 events")
    expect(page.get_by_role("checkbox", name="Summit")).not_to_be_checked()
    chart_is_drawn(page)
    page.go_forward()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page.get_by_role("checkbox", name="Summit")).to_be_checked()
    chart_is_drawn(page)
    assert page.complaints == []


def test_searching_as_one_types_keeps_the_caret_in_the_field(page: Page):
    page.goto(URL)
    page.get_by_label("Search these events").press_sequentially("singapore")
    expect(page).to_have_url(re.compile("q=singapore"))
    expect(page.get_by_label("Search these events")).to_be_focused()
    page.keyboard.type("x")
    expect(page.get_by_label("Search these events")).to_have_value("singaporex")


def test_the_focus_stays_on_the_filter_that_was_used(page: Page):
    page.goto(URL)
    summit = page.get_by_role("checkbox", name="Summit")
    summit.focus()
    page.keyboard.press("Space")
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(summit).to_be_focused()


def test_removing_a_filter_leaves_the_focus_at_the_count_and_says_it(page: Page):
    page.goto(URL + "?kind=summit")
    page.get_by_role("link", name="Remove filter: Summit").press("Enter")
    expect(page.locator("#count")).to_have_text("49 events")
    expect(page.locator("#count")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("49 events")


def test_stepping_back_in_time_takes_away_what_was_not_known(page: Page):
    page.goto(URL)
    page.get_by_role("link", name=re.compile("Earlier.*16 July 2019")).click()
    expect(page).to_have_url(re.compile("known=2019-07-16"))
    expect(page.get_by_role("heading", name="As known on 16 July 2019", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("Earlier.*30 June 2019")).press("Enter")
    expect(page.get_by_role("heading", name="As known on 30 June 2019", exact=True)).to_be_visible()
    expect(page.locator("#count")).to_have_text("47 events")
    expect(page.locator("#known-earlier")).to_be_focused()
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator("#count")).to_have_text("49 events")


def test_on_a_phone_a_select_steps_through_time(page_for):
    phone = page_for(width=390)
    phone.goto(URL)
    phone.get_by_label("Day of publication").select_option("2018-05-24")
    expect(phone.locator("#count")).to_have_text("22 events")
    expect(phone).to_have_url(re.compile(r"\?known=2018-05-24$"))


def test_any_day_can_be_asked_for(page: Page):
    page.goto(URL)
    page.get_by_text("Any day").click()
    page.get_by_label("As known on", exact=True).fill("2018-05-25")
    page.get_by_role("button", name="Show that day").click()
    expect(page.locator("#count")).to_have_text("22 events")


def test_an_error_is_shown_beside_its_field_in_place_of_results(page: Page):
    page.goto(URL)
    page.get_by_label("From", exact=True).fill("yesterdayish")
    page.get_by_label("From", exact=True).press("Tab")
    expect(page.get_by_text("“yesterdayish” is not a date").first).to_be_visible()
    expect(page.locator(".event")).to_have_count(0)
    expect(page.get_by_label("From", exact=True)).to_have_value("yesterdayish")
    page.get_by_label("From", exact=True).fill("2019")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.locator(".event").first).to_be_visible()
    page.go_back()
    expect(page.get_by_text("“yesterdayish” is not a date").first).to_be_visible()


def test_coming_back_from_an_event_finds_the_whole_page_filtered(page: Page):
    page.goto(URL)
    page.get_by_role("checkbox", name="Summit").check()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    page.get_by_role("link", name="First Trump–Kim summit").first.click()
    expect(page).to_have_url(re.compile("/events/trump-kim-summit-1/"))
    page.go_back()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page.locator(".site__name")).to_be_visible()


def test_open_evidence_stays_open_through_a_swap(page: Page):
    page.goto(URL)
    page.locator("#how-trump-kim-summit-1 summary").click()
    page.get_by_role("checkbox", name="Summit").check()
    expect(page.locator("#count")).to_have_text("6 of 49 events")
    expect(page.locator("#how-trump-kim-summit-1 .evidence").first).to_be_visible()


def test_the_quote_panel_follows_the_focus(page: Page):
    page.goto(URL)
    panel = page.get_by_role("complementary", name="In their words")
    page.locator("#event-kim-xi-talks-2018-03 .event__title a").focus()
    expect(panel).to_contain_text("27 Mar 2018")
    expect(panel).to_contain_text("Kim and Xi hold their first talks")
    page.locator("#event-trump-letter-to-kim-2018-05 .event__summary").click()
    expect(panel).to_contain_text("Trump's letter calling off the summit, 24 May 2018")
    expect(panel.locator(".quote").first).to_contain_text("tremendous anger")
    expect(page.locator(".is-focused")).to_have_count(1)


def test_on_a_phone_the_quotes_open_below_their_event(page_for):
    phone = page_for(width=390)
    phone.goto(URL)
    phone.locator("#event-trump-letter-to-kim-2018-05 [data-focus]").click()
    quotes = phone.locator("#quotes-trump-letter-to-kim-2018-05 .quote")
    expect(quotes.first).to_contain_text("tremendous anger")
    expect(quotes.first).to_be_visible()


def test_the_address_of_a_quoted_event_can_be_shared(page: Page):
    page.goto(URL)
    page.locator("#event-trump-letter-to-kim-2018-05 [data-focus]").click()
    expect(page).to_have_url(re.compile("focus=trump-letter-to-kim-2018-05"))
    page.reload()
    panel = page.get_by_role("complementary", name="In their words")
    expect(panel).to_contain_text("Trump's letter calling off the summit")


def test_a_month_of_the_chart_limits_the_list_to_it(page: Page):
    page.goto(URL)
    chart_is_drawn(page)
    at = page.locator("#chart").evaluate(
        """canvas => {
          const { scales: { x }, chartArea } = Chart.getChart(canvas);
          return { x: x.getPixelForValue(x.ticks.length - 1), y: chartArea.top + 20 };
        }"""
    )
    page.locator("#chart").click(position=at)
    expect(page).to_have_url(re.compile("from=2019-08&to=2019-08"))
    expect(page.get_by_role("link", name="Remove filter: from August 2019")).to_be_visible()


def test_the_chart_comes_from_the_cdn_with_its_integrity(page: Page):
    page.goto(URL)
    chart_is_drawn(page)
    script = page.locator(f'script[src="{settings.CHART_URL}"]')
    assert script.get_attribute("integrity") == settings.CHART_INTEGRITY
    assert script.get_attribute("crossorigin") == "anonymous"
    assert page.locator(f'script[src$="{settings.CHART_FALLBACK}"]').count() == 0
    assert page.complaints == []


def test_the_chart_draws_from_our_own_copy_when_the_cdn_is_blocked(page_for):
    page = page_for(cdn=False)
    page.goto(URL)
    chart_is_drawn(page)
    assert page.locator(f'script[src$="{settings.CHART_FALLBACK}"]').count() == 1


def test_a_changed_file_from_the_cdn_is_refused(page: Page):
    page.context.unroute(settings.CHART_URL)
    page.context.route(
        settings.CHART_URL,
        lambda route: route.fulfill(
            body="window.isTampered = true",
            content_type="text/javascript",
            headers={"Access-Control-Allow-Origin": "*"},
        ),
    )
    page.goto(URL)
    chart_is_drawn(page)
    assert page.evaluate("window.isTampered") is None


def test_without_either_copy_the_figures_are_there_as_a_table(page_for):
    page = page_for(cdn=False)
    page.context.route(f"**/{settings.CHART_FALLBACK}", lambda route: route.abort())
    page.goto(URL)
    expect(page.get_by_role("row", name="Jun 2019")).to_be_visible()
    expect(page.locator("#chart")).to_be_hidden()


def test_in_print_the_chart_is_dark_on_light_whatever_the_screen(page_for):
    page = page_for(dark=True)
    page.goto(URL)
    chart_is_drawn(page)
    on_screen = pixels(page)
    page.emulate_media(media="print")
    page.wait_for_function("before => chart.toDataURL() !== before", arg=on_screen)
    darkest = page.locator("#chart").evaluate(
        """canvas => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const inked = [];
          for (let i = 3; i < data.length; i += 4) if (data[i] === 255) inked.push(data[i - 1]);
          return inked.reduce((a, b) => Math.min(a, b), 255);
        }"""
    )
    assert darkest < 60


def test_lanes_show_the_same_selection(page: Page):
    page.goto(URL + "?kind=summit")
    page.get_by_role("link", name="Lanes").click()
    expect(page.locator(".lanes__title")).to_have_count(6)
    expect(page).to_have_url(re.compile("view=lanes"))
    expect(page.get_by_role("columnheader", name="Kim Jong-un")).to_be_visible()


def test_the_menus_close_by_escape_and_by_a_click_elsewhere(page: Page):
    page.goto(URL)
    share = page.locator("#share")
    link = page.get_by_role("link", name="Copy link to this view")
    share.locator("summary").press("Enter")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(share.locator("summary")).to_be_focused()
    share.locator("summary").click()
    expect(link).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(link).to_be_hidden()


@pytest.mark.parametrize("day", ["2018-03-04", "2018-05-24", "2018-12-30", "2019-07-16"])
def test_the_label_of_the_strip_stands_below_its_own_tick(page: Page, day: str):
    page.goto(f"{URL}?known={day}")
    for width in (840, 1000, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        tick = page.locator(f"#stop-{day}").bounding_box()
        label = page.locator(".strip__near").bounding_box()
        strip = page.locator(".strip__line").bounding_box()
        middle = tick["x"] + tick["width"] / 2
        assert label["x"] <= middle <= label["x"] + label["width"], width
        assert strip["x"] <= label["x"], width
        assert label["x"] + label["width"] <= strip["x"] + strip["width"] + 1, width
        assert label["y"] >= tick["y"] + tick["height"] - 2, width
