"""The pages without JavaScript: real links, real forms, the same figures."""

import re

import pytest
from playwright.sync_api import Page, expect

URL = "/timelines/korean-peninsula-summits/"
pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def plain(page_for) -> Page:
    """A page in a browser with JavaScript switched off."""
    return page_for(javascript=False)


def test_filters_are_a_form_with_a_button(plain: Page):
    plain.goto(URL)
    plain.get_by_role("checkbox", name="Summit").check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.locator("#count")).to_have_text("6 of 49 events")
    plain.get_by_role("link", name="Remove filter: Summit").click()
    expect(plain.locator("#count")).to_have_text("49 events")


def test_filters_keep_the_day_in_view_and_the_order(plain: Page):
    plain.goto(URL + "?known=2018-05-25&sort=newest")
    plain.get_by_role("checkbox", name="Talks").check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain).to_have_url(re.compile("known=2018-05-25&sort=newest"))
    expect(plain.get_by_role("heading", name="As known on 25 May 2018", exact=True)).to_be_visible()


def test_the_stepper_is_made_of_links(plain: Page):
    plain.goto(URL)
    plain.get_by_role("link", name=re.compile("Earlier.*16 July 2019")).click()
    expect(
        plain.get_by_role("heading", name="As known on 16 July 2019", exact=True)
    ).to_be_visible()


def test_the_figures_stand_in_a_table_instead_of_the_chart(plain: Page):
    plain.goto(URL)
    expect(plain.get_by_role("row", name="Jun 2019")).to_be_visible()
    expect(plain.locator("#chart")).to_be_hidden()


def test_evidence_opens(plain: Page):
    plain.goto(URL)
    plain.locator("#how-trump-kim-summit-1 summary").click()
    expect(plain.locator("#how-trump-kim-summit-1 .evidence").first).to_be_visible()


def test_the_link_at_an_events_quotes_shows_them_beside_the_list(plain: Page):
    plain.goto(URL)
    plain.locator("#event-trump-letter-to-kim-2018-05 [data-focus]").click()
    panel = plain.get_by_role("complementary", name="In their words")
    expect(panel).to_contain_text("tremendous anger")


def test_on_a_phone_the_select_has_a_button(page_for):
    phone = page_for(width=390, javascript=False)
    phone.goto(URL)
    phone.get_by_label("Day of publication").select_option("2018-05-24")
    phone.get_by_role("button", name="Show", exact=True).click()
    expect(phone.locator("#count")).to_have_text("22 events")


def test_quotes_are_filtered_by_a_form(plain: Page):
    plain.goto("/quotes/")
    plain.get_by_label("Speaker").select_option("xi-jinping")
    plain.get_by_role("button", name="Show").click()
    expect(plain).to_have_url(re.compile("speaker=xi-jinping"))
    expect(plain.locator(".quote").first).to_contain_text("Xi Jinping")
