"""Bringing many articles in, in a real browser: the page reads on by itself, and hangs nowhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import sign_in
from tests.web.batches import page as article_page
from timeline import tasks
from timeline.ingest import ingest
from timeline.models import Article, Batch, BatchItem, Feed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve articles, one without its day, and what a browser saves beside a page."""
    held = tmp_path / "story"
    (held / "one_files").mkdir(parents=True)
    (held / "one_files" / "frame.html").write_text("<p>An advert</p>")
    (held / "photo.png").write_bytes(b"\x89PNG")
    for number in range(12):
        (held / f"{number:02}.txt").write_bytes(article_page(number))
    (held / "undated.txt").write_bytes(article_page(99, ""))
    return held


def test_a_folder_is_read_while_its_page_shows_how_far_it_is(
    page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SLICE", 0.0)
    sign_in(page)
    page.goto("/desk/timeline/article/bring-in/")
    page.get_by_label("Or a folder").set_input_files(folder)
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_role("heading", name="Brought in: 13 files")).to_be_visible()
    expect(page.locator("#progress")).to_contain_text(
        "13 articles: 12 brought in, 1 to be answered"
    )
    assert BatchItem.objects.count() == 13
    assert_accessible_and_fitting(page, "#content")
    page.get_by_label("Day of publication").fill("2018-05-17")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".messagelist")).to_contain_text("Ferry 99 sails again")
    assert Article.objects.count() == 13
    assert page.complaints == []


def test_what_an_editor_types_is_not_swapped_away_while_the_rest_is_read(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SLICE", 0.0)
    sign_in(page)
    pages = [article_page(99, ""), *(article_page(number) for number in range(8))]
    batch = Batch.objects.begin(
        None, "story.zip", [BatchItem.of_page(f"{n}.txt", one) for n, one in enumerate(pages)]
    )
    tasks.go_on(batch)
    batch.stop()
    page.goto(batch.get_absolute_url())
    page.get_by_role("button", name="Go on with the 8 left").click()
    page.get_by_label("Outlet").fill("Tidewire")
    expect(page.locator("#progress")).to_contain_text("9 articles: 8 brought in")
    expect(page.get_by_label("Outlet")).to_have_value("Tidewire")
    assert page.complaints == []


def test_the_pages_of_feeds_and_changes_are_accessible_and_fit(page: Page) -> None:
    sign_in(page)
    feed = Feed.objects.create(address="https://news.example/feed", title="News")
    feed.fail("It answers 503 (Service Unavailable).")
    first = article_page(1).decode()
    ingest(first)
    text = first.replace("Ferry 1", "(LEAD) Ferry 1").replace("Tuesday", "Monday")
    later = ingest(text).article
    for address in (
        feed.get_absolute_url(),
        "/desk/timeline/feed/",
        "/desk/timeline/batch/",
        f"/desk/timeline/article/{later.pk}/changes/",
    ):
        page.goto(address)
        assert_accessible_and_fitting(page, "#content")
    expect(page.locator(".changes__text ins")).to_have_text(["Monday"])
    assert page.complaints == []
