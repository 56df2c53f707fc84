"""Signing in as a person does, with a code beside the password, on every page that it takes."""

import re

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import PASSWORD, sign_in


@pytest.mark.usefixtures("transactional_db")
def test_two_factor_is_set_up_and_asked_for_on_pages_that_fit(page: Page):
    page.goto("/desk/login/")
    assert_accessible_and_fitting(page)
    sign_in(page)
    page.goto("/desk/")
    page.get_by_role("link", name="Two-factor sign-in").click()
    expect(page.get_by_role("heading", name="Two-factor sign-in", level=1)).to_be_visible()
    assert_accessible_and_fitting(page)
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert_accessible_and_fitting(page)
    app = TOTPDevice.objects.get()
    page.get_by_label("Code").fill(f"{totp(app.bin_key):06d}")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert_accessible_and_fitting(page)
    kept = page.locator(".codes code").first.text_content()

    page.get_by_role("button", name="Log out").click()
    page.goto("/desk/timeline/event/")
    page.get_by_label("Username").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_label("Code")).to_be_visible()
    assert_accessible_and_fitting(page)
    page.get_by_label("Code").fill(kept)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/desk/timeline/event/$"))
    page.get_by_role("link", name="Two-factor sign-in").click()
    expect(page.get_by_role("heading", name="Two-factor sign-in", level=1)).to_be_visible()
    assert_accessible_and_fitting(page)
    assert page.complaints == []


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(
    "address", ["", "timeline/event/add/", "timeline/article/", "timeline/article/bring-in/"]
)
def test_the_policy_blocks_nothing_at_the_desk(page: Page, address: str):
    sign_in(page)
    page.goto(f"/desk/{address}")
    page.wait_for_load_state("networkidle")
    assert page.complaints == []
