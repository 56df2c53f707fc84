"""From a folder of articles to a published timeline, in a browser and by keyboard."""

import datetime as dt
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import sign_in
from tests.web.drafted import card, ferry_draft
from timeline.drafting import rank
from timeline.extraction import Told
from timeline.ingest import ingest
from timeline.models import Article, Draft, Event, Timeline

STORY = Path(__file__).with_name("dam_story.tsv")
MAIN_EVENTS = 15  # of the twenty that the story tells


def bring_in_the_story() -> list[Article]:
    """Bring in the sixty articles of an invented story, as an editor's folder would hold them."""
    articles = []
    for line in STORY.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            day, outlet, headline, *paragraphs = line.split("\t")
            told = Told(headline=headline, published=dt.date.fromisoformat(day), outlet=outlet)
            articles.append(ingest("\n\n".join([headline, *paragraphs]), told=told).article)
    return articles


def ready(page: Page) -> None:
    """Wait until the page listens to keys."""
    page.wait_for_load_state()
    expect(page.locator(".keymenu")).to_be_visible()


@pytest.mark.usefixtures("transactional_db")
def test_sixty_articles_become_a_timeline_of_fifteen_events_by_keyboard(page: Page):
    articles = bring_in_the_story()
    assert len(articles) == 60
    draft = Draft.objects.create(title="The Kessel dam", about="Kessel dam Norvik", shown=25)
    draft.gather(articles)
    rank(draft)
    sign_in(page)
    page.goto(draft.get_absolute_url())
    decisions = 0
    while Event.objects.count() < MAIN_EVENTS:
        ready(page)
        before = page.locator("[aria-current=true][data-card]").get_attribute("id")
        page.keyboard.press("a")
        decisions += 1
        expect(page.locator("[aria-current=true][data-card]")).not_to_have_id(before)
    assert decisions <= MAIN_EVENTS + 5
    page.get_by_role("link", name="Publish what is accepted…").click()
    page.get_by_role("button", name="Publish what is ticked").click()
    expect(page.get_by_text(f"{MAIN_EVENTS} events are public now")).to_be_visible()
    page.goto(Timeline.objects.get().get_absolute_url())
    expect(page.get_by_text("Court in Tarn convicts Greta Holm").first).to_be_visible()
    assert page.locator(".event").count() == MAIN_EVENTS
    assert page.complaints == []


@pytest.mark.usefixtures("transactional_db")
class TestByKeyboard:
    def open(self, page: Page) -> Draft:
        draft = ferry_draft()
        sign_in(page)
        page.goto(draft.get_absolute_url())
        ready(page)
        return draft

    def test_a_accepts_r_rejects_and_u_takes_the_last_back(self, page: Page):
        draft = self.open(page)
        page.keyboard.press("a")
        expect(page.get_by_text("1 decided, 2 to go")).to_be_visible()
        ready(page)
        page.keyboard.press("r")
        expect(page.get_by_text("2 decided, 1 to go")).to_be_visible()
        ready(page)
        page.keyboard.press("u")
        expect(page.get_by_text("1 decided, 2 to go")).to_be_visible()
        assert Event.objects.get().title == "Ferry Alma Rosa sinks off Port Selby"
        assert draft.candidates.filter(state="rejected").count() == 0

    def test_j_and_k_walk_and_e_edits_in_place(self, page: Page):
        draft = self.open(page)
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        second = list(draft.candidates.listed())[1]
        expect(page.locator(f"#c{second.pk}")).to_be_focused()
        page.keyboard.press("e")
        expect(page.get_by_label("Title:")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("The captain is arrested")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="The captain is arrested")).to_be_visible()
        expect(page.locator(f"#c{second.pk}")).to_be_focused()

    def test_m_merges_with_the_nearest_and_s_splits_again(self, page: Page):
        draft = self.open(page)
        one = card(draft, "sinks")
        page.keyboard.press("m")
        expect(page.get_by_label("Candidate", exact=True)).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(f"#c{one.pk}")).to_contain_text("4 reports")
        ready(page)
        page.keyboard.press("s")
        page.get_by_label("Split off the report of Coast Radio").first.check()
        page.get_by_role("button", name="Split off the ticked reports").click()
        expect(page.locator(f"#c{one.pk}")).to_contain_text("3 reports")

    def test_a_decision_swaps_its_card_and_not_the_page(self, page: Page):
        self.open(page)
        page.evaluate("document.querySelector('.deskhead').dataset.kept = 'yes'")
        third = page.locator("[data-card]").nth(2)
        third.evaluate("card => { card.dataset.kept = 'yes' }")
        page.keyboard.press("a")
        expect(page.get_by_text("1 decided, 2 to go")).to_be_visible()
        expect(page.locator(".run").first).to_contain_text("Accepted: 3 reports, by alice")
        expect(page.locator("[data-card]").first).to_be_focused()
        expect(page.locator("#announcer")).to_contain_text("Accepted: Ferry Alma Rosa sinks")
        assert page.locator("[data-kept=yes]").count() == 2
        assert page.locator("[aria-current=true][data-card]").count() == 1
        page.keyboard.press("e")
        expect(page.locator("#id_title")).to_be_focused()
        assert "act=edit" in page.url
        page.locator("#id_edtf").fill("no date")
        page.keyboard.press("Enter")
        expect(page.locator(".cand__edit .errornote")).to_be_visible()
        expect(page.locator("#announcer")).to_have_text("Nothing was saved: see what is marked.")
        expect(page.locator("#id_edtf")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".cand__edit")).to_have_count(0)
        assert page.locator(".deskhead[data-kept=yes]").count() == 1
        assert all("status of 400" in said for said in page.complaints)

    @pytest.mark.parametrize("width", [1440, 390])
    def test_the_bar_covers_nothing_of_the_card_that_is_next(self, page: Page, width: int):
        self.open(page)
        page.set_viewport_size({"width": width, "height": 700})
        page.locator("[data-card] [value=accept]").first.click()
        expect(page.locator("[data-said]")).to_be_visible()
        expect(page.locator("[data-card]").first).to_be_focused()
        card, bar = page.locator("[data-card]").first, page.locator("#bar")
        assert card.bounding_box()["y"] >= bar.bounding_box()["y"] + bar.bounding_box()["height"]

    def test_a_decision_that_does_not_reach_the_server_is_told_and_can_be_taken_again(
        self, page: Page
    ):
        self.open(page)
        page.context.set_offline(True)
        page.keyboard.press("a")
        failure = page.locator("[data-failure]")
        expect(failure).to_contain_text("there is no connection to the network")
        assert not Event.objects.exists()
        page.context.set_offline(False)
        page.keyboard.press("a")
        expect(page.get_by_text("1 decided, 2 to go")).to_be_visible()
        expect(failure).to_be_hidden()
        assert Event.objects.count() == 1

    def test_a_second_editor_is_told_by_whom_and_decides_again(self, page: Page):
        draft = self.open(page)
        card(draft, "sinks").reject(make.editor("bob"))
        page.keyboard.press("a")
        expect(page.locator("[data-said]")).to_contain_text("is rejected already by bob")
        expect(page.locator(".run").first).to_contain_text("Rejected: 3 reports, by bob")
        assert not Event.objects.exists()
        ready(page)
        page.keyboard.press("a")
        expect(page.get_by_text("2 decided, 1 to go")).to_be_visible()
        assert Event.objects.count() == 1

    def test_it_works_without_scripts(self, page_for):
        draft = ferry_draft()
        page = page_for(javascript=False)
        sign_in(page)
        page.goto(draft.get_absolute_url())
        page.get_by_role("button", name="Accept event, 3 reports").click()
        expect(page.get_by_text("1 decided, 2 to go")).to_be_visible()
        page.get_by_role("button", name="Undo").first.click()
        expect(page.get_by_text("0 decided, 3 to go")).to_be_visible()


@pytest.mark.usefixtures("transactional_db")
def test_escape_closes_the_list_of_keys_and_the_keys_go_on(page: Page):
    draft = ferry_draft()
    sign_in(page)
    page.goto(draft.get_absolute_url())
    ready(page)
    page.keyboard.press("?")
    expect(page.locator(".keymenu[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".keymenu[open]")).to_have_count(0)
    page.keyboard.press("a")
    expect(page.get_by_text("1 decided, 2 to go")).to_be_visible()


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(
    "path", ["candidates/", "candidates/?act=edit", "articles/?q=a", "publish/"]
)
def test_the_pages_of_a_draft_are_accessible_and_fit(page: Page, path: str):
    draft = ferry_draft()
    one = card(draft, "sinks")
    sign_in(page)
    if path == "publish/":
        card(draft, "arrest").accept(page_editor())
    page.goto(f"/desk/timeline/draft/{draft.pk}/{path}{f'&at={one.pk}' if 'act' in path else ''}")
    assert_accessible_and_fitting(page)
    assert page.complaints == []


@pytest.mark.usefixtures("transactional_db")
def test_the_desks_first_page_is_accessible_and_fits(page: Page):
    draft = ferry_draft()
    sign_in(page)
    card(draft, "arrest").accept(page_editor())
    page.goto("/desk/")
    assert_accessible_and_fitting(page)


def page_editor() -> User:
    """Alice, who is signed in."""
    return User.objects.get(username="alice")
