"""A reader reports an error and an editor answers, in a browser, with scripts and without."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import sign_in
from timeline.models import Event, Remark
from timeline.views import remark_form

pytestmark = pytest.mark.usefixtures("transactional_db")
TEXT = "It opened on 2 May, not on 1 May."


@pytest.fixture
def opening() -> Event:
    event = make.event(summary="The harbour is open.")
    make.report(event, make.article("2018-05-02", "Harbour opens", is_published=True))
    return event


@pytest.mark.parametrize("options", [{}, {"javascript": False}], ids=["js", "plain"])
def test_a_reader_reports_an_error_and_nothing_is_lost_when_it_is_refused(
    page_for, opening: Event, monkeypatch: pytest.MonkeyPatch, options: dict
) -> None:
    page = page_for(**options)
    monkeypatch.setattr(remark_form, "SOONEST", dt.timedelta(days=0.5))
    page.goto(opening.get_absolute_url())
    page.get_by_role("link", name="Report an error").click()
    if not options:
        assert_accessible_and_fitting(page)
    page.get_by_label("How can we improve?").fill(TEXT)
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("alert")).to_contain_text("please send it once more")
    expect(page.get_by_label("How can we improve?")).to_have_value(TEXT)
    monkeypatch.setattr(remark_form, "SOONEST", dt.timedelta(0))
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Remark.objects.get().text == TEXT


def test_no_stop_of_the_tab_key_is_the_field_that_readers_do_not_see(
    page: Page, opening: Event
) -> None:
    page.goto(f"{opening.get_absolute_url()}remark/")
    page.get_by_label("How can we improve?").focus()
    stops = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.name || document.activeElement.innerText")
        )
    assert stops == ["name", "email", "Send to the editors", "Back to the event"]


def test_an_editor_answers_one_in_public_and_sets_another_aside(page: Page, opening: Event) -> None:
    for text in (TEXT, "Buy pills"):
        Remark.objects.create(event=opening, about=opening.title, text=text,
                              sent_at=timezone.now() - dt.timedelta(minutes=len(text)))  # fmt: skip
    sign_in(page)
    page.goto("/desk/")
    assert_accessible_and_fitting(page)
    spam = page.locator("#remarks li").filter(has_text="Buy pills")
    spam.get_by_role("button", name="Set aside").click()
    expect(page.locator("#remarks li")).to_have_count(1)
    page.locator("#remarks").get_by_role("link", name="Answer").click()
    assert_accessible_and_fitting(page)
    page.get_by_label("Answer").fill("The harbour opened on 2 May.")
    page.get_by_label("Where readers see it").select_option(
        label="As a correction note on “Harbour opening”"
    )
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("No reader waits for an answer.")).to_be_visible()
    page.goto(opening.get_absolute_url())
    expect(page.get_by_text("The harbour opened on 2 May.")).to_be_visible()
    assert page.complaints == []
