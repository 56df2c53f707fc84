"""Every page of the desk is named for a screen reader: axe finds nothing on lists and forms."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.admin import site
from django.urls import URLResolver
from playwright.sync_api import Page

from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import sign_in

# Contrast takes most of axe's time; the pages share their colours, which other tests look at.
NAMING = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}


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


def test_possible_duplicates_and_a_merge_name_all_that_they_hold(signed_in: Page) -> None:
    from timeline.models import Actor

    one = Actor.objects.get(slug="kim-jong-un")
    other, _ = Actor.objects.get_or_create(slug="kim-2", name="KIM Jong Un", kind="person")
    other.roles.get_or_create(title="Marshal", since="2012")
    for url in ("actor/duplicates/", "place/duplicates/", f"actor/{one.pk}/merge/{other.pk}/"):
        signed_in.goto(f"/desk/timeline/{url}")
        assert_accessible_and_fitting(signed_in)
    other.delete()


def test_histories_a_way_back_and_handing_back_name_all_that_they_hold(signed_in: Page) -> None:
    from tests.factories import editor
    from timeline.models import Event, Line

    event, _ = Event.objects.get_or_create(
        slug="handed-in", title="Handed in", kind="other", status="planned"
    )
    event.title = "Handed in for publication"
    event.save()
    line = Line.objects.of(event).first()
    event.hand_in(by=editor("hanna"))
    of_event = f"timeline/event/{event.pk}"
    for url in (
        *("history/", "", f"{of_event}/history/", f"{of_event}/history/{line.pk}/revert/"),
        *(f"{of_event}/hand-back/", f"{of_event}/change/"),
    ):
        signed_in.goto(f"/desk/{url}")
        assert_accessible_and_fitting(signed_in)
    event.delete()


def test_every_page_of_the_desk_names_all_that_it_holds(signed_in: Page) -> None:
    seen = {url for pattern in site.get_urls() for url in pages_of(pattern)}
    assert len(seen) > 60
    wrong = {}
    for url in sorted(seen):
        answer = signed_in.request.get(url)
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        signed_in.goto(url)
        found = Axe().run(signed_in, options=NAMING).response["violations"]
        if grave := [one["id"] for one in found if one["impact"] in ("serious", "critical")]:
            wrong[url] = grave
    assert wrong == {}


def pages_of(pattern: Any, before: str = "/desk/") -> Iterator[str]:
    """The addresses of a pattern of the admin, each key being one that the demo has."""
    route = before + str(pattern.pattern).removesuffix("$")
    if isinstance(pattern, URLResolver):
        for one in pattern.url_patterns:
            yield from pages_of(one, route)
    elif "logout" not in route and "<path:url>" not in route:
        model = route.split("/")[3] if route.startswith("/desk/timeline/") else ""
        rows = apps.get_model("timeline", model).objects.order_by("pk") if model else None
        keys = iter([*rows.values_list("pk", flat=True)[:2]] if rows else ())
        filled = re.sub("<[^>]*>", lambda _: str(next(keys, 1)), route)
        if not re.search(r"[\^$()?]", filled):
            yield filled
