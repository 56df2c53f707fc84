"""Every page of the desk is named for a screen reader: axe finds nothing on lists and forms."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from playwright.sync_api import Page

from tests.browser.test_desk import sign_in

RECORDS = ("actor", "article", "event", "place", "outlet", "quote", "report", "suggestion",
           "timeline", "decision")  # fmt: skip


@pytest.fixture
def signed_in(page: Page, committed: None) -> Page:
    """The demo, and Alice at the desk; what she is goes with the demo."""
    from django.contrib.auth.models import User

    if not User.objects.filter(username="alice").exists():
        sign_in(page)
    else:
        page.goto("/desk/login/")
        page.get_by_label("Username").fill("alice")
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("button", name="Log in").click()
    return page


@pytest.mark.parametrize("name", RECORDS)
def test_the_pages_of_each_record_name_all_that_they_hold(signed_in: Page, name: str) -> None:
    one = apps.get_model("timeline", name).objects.first()
    base = f"/desk/timeline/{name}/"
    pages = [base, f"{base}add/"]
    pages += [f"{base}{one.pk}/{part}/" for part in ("change", "history", "delete")] if one else []
    for url in pages:
        if signed_in.goto(url).status == 403:
            continue
        signed_in.wait_for_load_state("networkidle")
        found = Axe().run(signed_in, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{url}: {found.generate_report()}"


def test_the_desks_first_page_names_all_that_it_holds(signed_in: Page) -> None:
    signed_in.goto("/desk/")
    found = Axe().run(signed_in, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
