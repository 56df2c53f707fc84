"""Merges on the review's cards: what speaks against them, choices, another event."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import press, review, states
from timeline.models import Article, Event, Suggestion


def test_a_merge_that_something_speaks_against_takes_more_than_one_key(
    page: Page, article: Article, doubtful: Suggestion
) -> None:
    review(page, article)
    press(page, "m")
    merge = page.get_by_role("button", name="Merge all the same")
    expect(merge).to_be_focused()
    assert states(article) == ["pending"] * 3
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    assert doubtful.match.reports.count() == 2
    assert page.complaints == []


@pytest.fixture
def coarser(article: Article) -> Suggestion:
    """The meeting said to be in June, matched with the plan for 12 June; its name gives it away."""
    summit = factories.event("First harbour summit", edtf="2018-06-12", status="planned")
    factories.report(summit, factories.article("2018-05-01"))
    meeting = article.suggestions.get(title="Vale and Strand meet")
    meeting.match, meeting.score = summit, 0.8
    meeting.edtf, meeting.status, meeting.stance = "2018-06", "planned", "reports"
    meeting.save()
    return meeting


@pytest.mark.parametrize(("key", "button"), [("m", "Merge"), ("a", "Accept as new")])
def test_where_a_merge_makes_the_date_coarser_each_key_says_that_one_has_to_choose(
    page: Page, article: Article, coarser: Suggestion, key: str, button: str
) -> None:
    review(page, article)
    press(page, key)
    expect(page.get_by_role("button", name=button)).to_be_focused()
    expect(page.get_by_role("status").last).to_have_text(
        f"You have to choose here. Enter takes “{button}”."
    )
    assert states(article) == ["pending"] * 3
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    assert coarser.match.reports.count() == (2 if key == "m" else 1)
    assert page.complaints == []


def test_a_button_that_stands_alone_is_no_choice(
    page: Page, article: Article, coarser: Suggestion
) -> None:
    review(page, article)
    page.locator("[data-choose=a]").first.evaluate("button => button.remove()")
    press(page, "m")
    said = page.get_by_role("status").last
    expect(said).to_have_text("Nothing is decided yet. Enter takes “Merge”.")


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_in_a_field_decides_nothing_where_one_has_to_choose(
    page_for, article: Article, coarser: Suggestion, javascript: bool
) -> None:
    page = page_for(javascript=javascript)
    review(page, article)
    name = page.get_by_label("What this report calls it")
    name.fill("Summit")
    name.press("Enter")
    page.goto(f"/desk/timeline/suggestion/{coarser.pk}/change/")
    title = page.locator("#id_title")
    title.fill("Summit")
    title.press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("Review suggestions")
    assert states(article) == ["pending"] * 3


def test_the_card_of_an_open_choice_is_accessible_and_fits(
    page: Page, article: Article, coarser: Suggestion
) -> None:
    review(page, article)
    press(page, "m")
    assert_accessible_and_fitting(page)


def test_a_choice_of_events_with_long_names_fits_on_a_telephone(
    page_for, article: Article, doubtful: Suggestion
) -> None:
    page = page_for(width=390)
    vale = factories.actor("Nora Vale")
    plan = factories.event(
        "Ministers of both sides of the strait meet at Elmsport to plan the reopening of the line",
        edtf="2018-06", status="planned", kind="talks", published=False,
    )  # fmt: skip
    factories.report(plan, factories.article("2018-05-02", "A plan"))
    factories.takes_part(vale, plan)
    doubtful.actors, doubtful.kind, doubtful.status = [vale.name], "talks", "cancelled"
    doubtful.save()
    review(page, article)
    page.goto(f"/desk/timeline/article/{article.pk}/review/?at={doubtful.pk}")
    expect(page.locator(f"#s{doubtful.pk} .card__bears select")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_another_event_is_chosen_by_five_keys(page: Page, article: Article, vote: Event) -> None:
    review(page, article)
    for key in ("o", "v", "o", "Enter"):
        press(page, key)
    expect(page.locator("details.card[open]")).to_contain_text("event that you chose")
    merge = page.locator("details.card[open] [value=merge]")
    expect(merge).to_be_focused()
    assert states(article) == ["pending"] * 3
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    assert vote.reports.get().article == article
    assert page.complaints == []


def test_another_event_is_chosen_without_javascript(page_for, article, vote) -> None:
    page = page_for(javascript=False)
    review(page, article)
    page.locator("details.card[open] [data-find]").click()
    page.get_by_role("searchbox").first.fill("vo fe")
    page.get_by_role("button", name="Find").first.click()
    page.locator(".find__found").get_by_role("link", name="Vote on the ferry").click()
    page.get_by_role("button", name="Merge").first.click()
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    assert vote.reports.get().article == article


@pytest.mark.parametrize("query", ["&edit=1", "&event={}", "&q=vo"])
def test_a_card_in_each_of_its_states_is_accessible_and_fits(
    page: Page, article: Article, vote: Event, query: str
) -> None:
    review(page, article)
    at = article.suggestions.order_by("start").first().pk
    page.goto(f"/desk/timeline/article/{article.pk}/review/?at={at}{query.format(vote.pk)}")
    assert_accessible_and_fitting(page)
