"""From a saved page of the web to a published event with two reports and quotes, by keyboard."""

from html import escape
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from tests import factories as make
from tests.browser.desk import press, sign_in
from timeline.models import Event, Quote, Report

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "yonhap-2019-01-10.txt"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not SEED.exists(), reason="the article is not part of the repository"),
]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The article as a browser saves its page."""
    lines = [line.strip() for line in SEED.read_text(encoding="utf-8").split("\n\n")]
    begin = next(n for n, line in enumerate(lines) if line.startswith("SEOUL, Jan. 10"))
    headline = "NK-China summit raises cautious optimism about 2nd Trump-Kim meeting"
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines[begin:])
    page = tmp_path / "summit.html"
    page.write_text(
        f"""<!doctype html><html lang="en"><head><title>{headline} | Yonhap News Agency</title>
        <meta property="og:site_name" content="Yonhap News Agency">
        <meta property="article:published_time" content="2019-01-10T16:02:00+09:00"></head>
        <body><nav><a href="/">Home</a> <a href="/nk">North Korea</a></nav><article>
        <h1>(2nd LD) (News Focus) {headline}</h1><p>By Song Sang-ho</p>{paragraphs}</article>
        <footer>All rights reserved</footer></body></html>""",
        encoding="utf-8",
    )
    return page


@pytest.fixture
def visit() -> Event:
    """What another outlet has reported of the visit: a draft with one report."""
    event = make.event(
        "Kim Jong-un visits China", edtf="2019-01-07/2019-01-10", status="occurred", published=False
    )
    article = make.article("2019-01-08", "Kim in Beijing", body="Kim arrived in Beijing on Monday.")
    make.report(event, article, exact="Kim arrived in Beijing")
    return event


def tab_to(page: Page, target: Locator) -> None:
    """Go on by Tab until `target` has the focus."""
    for _ in range(80):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there.")


def choose(page: Page, words: str, do: str) -> None:
    """Find another event for the current card by its words, and take it: o, words, Enter twice."""
    press(page, "o")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(f"details.card[open] [value={do}]")).to_be_focused()
    page.keyboard.press("Enter")


def test_a_saved_page_becomes_a_published_event_by_keyboard_alone(
    page: Page, saved: Path, visit: Event
) -> None:
    sign_in(page)
    page.goto("/desk/timeline/article/bring-in/")
    files = page.locator("input[type=file]").first
    tab_to(page, files)
    files.set_input_files(saved)
    tab_to(page, page.get_by_role("button", name="Bring in"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Review suggestions")).to_be_visible()
    page.wait_for_load_state()
    choose(page, "visits china", "merge")
    for number in (1, 2):  # what else the article tells in these sentences
        expect(page.get_by_text(f"{number} of 36 reviewed")).to_be_visible()
        press(page, "r")
    for number in (3, 4):
        expect(page.get_by_text(f"{number} of 36 reviewed")).to_be_visible()
        choose(page, "visits china", "accept")
    expect(page.get_by_text("5 of 36 reviewed")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="End of review"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-publish] button")).to_contain_text("Publish this event")
    page.keyboard.press("p")
    expect(page.get_by_text("Published 1 event")).to_be_visible()
    assert Report.objects.public().count() == 2
    assert [quote.speaker.name for quote in Quote.objects.public()] == ["Xi Jinping"] * 2
    entry = Client().get(visit.get_absolute_url()).content.decode()
    for words in ("continued adherence to the direction", "holding summits and achieving results"):
        assert words in entry
    assert page.complaints == []
