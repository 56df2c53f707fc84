"""The desk for the browser's tests: signing in, an article's review, its keys."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories
from timeline.models import Article

PASSWORD = "correct horse battery"
WIDTHS = (1440, 390)


def sign_in(page: Page) -> None:
    """Sign in as Alice, by the cookie that signing in gives; `test_sign_in` goes by the form."""
    client = Client()
    client.force_login(factories.editor("alice"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": "/"}]
    )


def review(page: Page, article: Article) -> None:
    """Sign in and open the article's review."""
    sign_in(page)
    page.goto(f"/desk/timeline/article/{article.pk}/review/")


def set_width(page: Page, width: int) -> None:
    """Make the window so wide, in px."""
    page.set_viewport_size({"width": width, "height": 900})


def press(page: Page, key: str) -> None:
    """Press a shortcut once the page listens for it, which its checkbox shows."""
    expect(page.get_by_role("checkbox", name="Shortcuts")).to_be_visible()
    page.keyboard.press(key)


def states(article: Article) -> list[str]:
    """The states of the article's suggestions, in the order of its text."""
    return list(article.suggestions.order_by("start").values_list("state", flat=True))
