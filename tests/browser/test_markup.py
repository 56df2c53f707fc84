"""Markup in every text field: on every page, in a real browser, it is text and runs nowhere."""

import re

import pytest
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.urls import URLPattern, get_resolver
from playwright.sync_api import Page

from tests.browser.desk import sign_in
from tests.web.desk import ferry
from timeline.models import (
    Actor,
    Alias,
    Article,
    Event,
    Outlet,
    Place,
    Quote,
    Report,
    Role,
    Suggestion,
    Timeline,
)

MARKUP = "\"'><script>run()</script><img src=x onerror=run()><svg/onload=run()>{{7*7}}</title>"
SHORT = "<i onclick=run()>"  # for a field with room for no more: its longest value has 20
# What is checked when it is stored, and so can hold no markup.
CHECKED = re.compile(
    r"slug|edtf|said_on|since|until|published|kind|status|stance|state|type|role|language|"
    r"time_zone|wikidata"
)
MODELS = (Actor, Alias, Role, Place, Outlet, Article, Event, Report, Quote, Suggestion, Timeline)
pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def marked(committed: None) -> None:
    """The demo and an article in review, with markup behind every text that they hold."""
    ferry()
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if CHECKED.search(field.name):
                continue
            if isinstance(field, models.URLField):
                model.objects.update(**{field.name: "javascript:run()//" + MARKUP})
            elif isinstance(field, models.CharField | models.TextField):
                room = (field.max_length or 10_000) - len(MARKUP)
                whole = Concat(Left(field.name, room), Value(MARKUP)) if room > 0 else SHORT
                model.objects.update(**{field.name: whole})
            elif isinstance(field, models.JSONField) and field.name in ("labels", "captions"):
                model.objects.update(**{field.name: [MARKUP]})
    Suggestion.objects.update(actors=[MARKUP], reasons=[MARKUP])


def test_markup_in_any_field_is_shown_as_text_on_every_page(page: Page, marked: None):
    page.add_init_script("window.ran = 0; window.run = () => { window.ran += 1; };")
    sign_in(page)
    addresses = [*public_addresses(), *desk_addresses()]
    assert len(addresses) > 30
    for address in addresses:
        page.goto(address)
        page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        assert page.evaluate("window.ran") == 0, address
        assert page.locator("img[src=x], svg[onload], a[href^='javascript:' i]").count() == 0, (
            address
        )


def public_addresses() -> list[str]:
    """One address of every public page, and the timeline in its forms."""
    slugs = {
        "timeline": "korean-peninsula-summits",
        "event": "trump-kim-summit-1",
        "article": "npr-2018-05-24-cancelled",
        "actor": "kim-jong-un",
    }
    plain = [
        "/" + str(one.pattern).replace("<slug:slug>", slugs.get(one.name, ""))
        for one in get_resolver().url_patterns
        if isinstance(one, URLPattern) and "format" not in str(one.pattern)
    ]
    forms = ["?view=lanes", "?known=2018-05-25", "?focus=trump-kim-summit-1", "?q=%3Cscript%3E"]
    return [*plain, *(f"/timelines/{slugs['timeline']}/{form}" for form in forms)]


def desk_addresses() -> list[str]:
    """The desk's first page, each list and one form of it, and the review of an article."""
    lists = [f"/desk/timeline/{model._meta.model_name}/" for model in MODELS]
    lists = [one for one in lists if "alias" not in one and "role" not in one]
    found = Article.objects.get(headline__startswith="Ministers agree")
    forms = [
        f"/desk/timeline/{model._meta.model_name}/{model.objects.first().pk}/change/"
        for model in (Actor, Place, Outlet, Article, Event, Report, Quote, Suggestion, Timeline)
    ]
    return ["/desk/", *lists, *forms, f"/desk/timeline/article/{found.pk}/review/"]
