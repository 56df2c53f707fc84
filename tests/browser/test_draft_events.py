"""A card of a draft finds the event that it adds to, in place and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import sign_in
from tests.web.drafted import card, ferry_draft

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_another_event_is_found_compared_and_added_to_by_keyboard(page: Page) -> None:
    draft = ferry_draft()
    event = make.event("Harbour disaster", edtf="2014-05-04", published=False)
    sign_in(page)
    page.goto(draft.get_absolute_url())
    expect(page.locator(".keymenu")).to_be_visible()
    page.keyboard.press("o")
    page.keyboard.type("ha di")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Compared with the event that you chose")).to_be_visible()
    assert_accessible_and_fitting(page)
    page.keyboard.press("a")
    expect(page.get_by_text("Added to: Harbour disaster.").first).to_be_visible()
    assert card(draft, "sinks").event == event
    assert page.complaints == []
