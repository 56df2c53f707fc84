"""The review, card by card to its end: by mouse, by keyboard, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import WIDTHS, press, review, set_width, states
from tests.web.desk import suggest
from timeline.models import Article, Event, Suggestion


def test_the_review_goes_by_keyboard(page: Page, article: Article) -> None:
    review(page, article)
    expect(page.locator("details.card[open]")).to_contain_text("Vale and Strand meet")
    press(page, "j")
    expect(page.locator("details.card[open]")).to_contain_text("We will sail again")
    press(page, "k")
    press(page, "a")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    press(page, "r")
    expect(page.get_by_text("2 of 3 reviewed")).to_be_visible()
    assert states(article) == ["accepted", "rejected", "pending"]
    assert page.complaints == []


def test_the_last_decision_is_undone_by_a_key_and_its_card_has_the_focus(
    page: Page, article: Article
) -> None:
    review(page, article)
    press(page, "a")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    expect(page.locator("details.card[open] > summary")).to_be_focused()
    expect(page.locator("details.card[open]")).to_contain_text("We will sail again")
    page.keyboard.press("u")
    expect(page.get_by_text("0 of 3 reviewed")).to_be_visible()
    expect(page.locator("details.card[open]")).to_contain_text("Vale and Strand meet")
    expect(page.locator("details.card[open] > summary")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Undone. Accepted: Vale and Strand meet")
    assert states(article) == ["pending"] * 3
    assert page.complaints == []


def test_a_decision_swaps_its_card_and_not_the_page(page: Page, article: Article) -> None:
    review(page, article)
    page.evaluate("document.querySelector('.review__head').dataset.kept = 'yes'")
    press(page, "r")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    expect(page.locator(".card--done")).to_contain_text("Rejected")
    expect(page.locator(".review__head[data-kept=yes]")).to_be_visible()


def test_a_decision_that_does_not_reach_the_server_is_told_and_can_be_taken_again(
    page: Page, article: Article
) -> None:
    review(page, article)
    page.context.set_offline(True)
    press(page, "a")
    failure = page.locator("[data-failure]")
    expect(failure).to_contain_text("there is no connection to the network")
    assert states(article) == ["pending"] * 3
    page.context.set_offline(False)
    page.keyboard.press("a")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    expect(failure).to_be_hidden()


def test_a_second_editor_is_told_by_whom_and_what_was_decided(page: Page, article: Article) -> None:
    review(page, article)
    bob = factories.editor("bob")
    article.suggestions.order_by("start").first().reject(by=bob)
    press(page, "a")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("rejected already, by bob at")
    expect(page.locator(".card--done")).to_contain_text("bob")
    expect(page.locator("details.card[open]")).to_contain_text("We will sail again")


def test_the_shortcuts_can_be_turned_off(page: Page, article: Article) -> None:
    review(page, article)
    page.get_by_role("checkbox", name="Shortcuts").uncheck()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.reload()
    expect(page.get_by_role("checkbox", name="Shortcuts")).not_to_be_checked()
    assert states(article) == ["pending"] * 3


def test_the_review_works_without_javascript(page_for, article: Article) -> None:
    page = page_for(javascript=False)
    review(page, article)
    page.get_by_role("button", name="Accept as new").first.click()
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    page.get_by_role("button", name="Reject").first.click()
    expect(page.get_by_text("2 of 3 reviewed")).to_be_visible()
    assert states(article) == ["accepted", "rejected", "pending"]


def test_names_are_corrected_on_the_card_without_javascript(
    page_for, article: Article, doubtful: Suggestion
) -> None:
    page = page_for(javascript=False)
    review(page, article)
    card = page.locator(f"#s{doubtful.pk}")
    card.get_by_label("Name of the new record for Piet Strand").fill("Strand Ferries")
    card.get_by_label("What Piet Strand is").select_option("organisation")
    card.get_by_role("checkbox", name="New place").uncheck()
    card.get_by_role("button", name="Accept as new").click()
    expect(page.get_by_text("New: Nora Vale (person), Strand Ferries")).to_be_visible()
    expect(page.get_by_text("Left out: Elmsport.")).to_be_visible()


def test_the_keys_type_in_the_fields_of_a_card(
    page: Page, article: Article, doubtful: Suggestion
) -> None:
    review(page, article)
    field = page.get_by_label("Name of the new record for Piet Strand")
    field.fill("")
    field.press_sequentially("Mare")
    expect(field).to_have_value("Mare")
    assert states(article) == ["pending"] * 3


@pytest.fixture
def unlikely(article: Article) -> Suggestion:
    """A side remark before the meeting, in its paragraph, that is less likely than the rest."""
    return suggest(article, "Transport Minister", title="Vale is minister", grade=0.02)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_less_likely_is_folded_until_it_is_opened(
    page_for, article: Article, unlikely: Suggestion, javascript: bool
) -> None:
    page = page_for(javascript=javascript)
    review(page, article)
    card = page.locator(f"#s{unlikely.pk}")
    expect(page.get_by_text("3 to decide, 1 less likely folded")).to_be_visible()
    expect(card).to_be_hidden()
    page.get_by_text("1 less likely suggestion", exact=True).click()
    card.locator("summary").first.click()
    card.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("1 of 4 reviewed")).to_be_visible()
    unlikely.refresh_from_db()
    assert unlikely.state == "rejected"


def test_the_keys_pass_over_what_is_folded_and_decide_nothing_there(
    page: Page, article: Article, unlikely: Suggestion
) -> None:
    review(page, article)
    opened = page.locator("details.card[open]")
    fold = page.get_by_text("1 less likely suggestion", exact=True)
    press(page, "j")
    expect(opened).to_contain_text("We will sail again")
    press(page, "k")
    expect(opened).to_contain_text("Vale and Strand meet")
    fold.click()
    press(page, "j")
    expect(opened).to_contain_text("Vale is minister")
    fold.click()
    press(page, "r")
    press(page, "j")
    expect(opened).to_contain_text("We will sail again")
    assert states(article) == ["pending"] * 4
    assert page.complaints == []


def test_a_page_with_an_open_fold_is_accessible_and_fits(
    page: Page, article: Article, unlikely: Suggestion
) -> None:
    review(page, article)
    page.goto(f"{page.url}?at={unlikely.pk}#s{unlikely.pk}")
    expect(page.locator(f"#s{unlikely.pk}")).to_be_visible()
    assert_accessible_and_fitting(page)


def test_words_in_the_text_lead_to_their_suggestion(page: Page, article: Article) -> None:
    review(page, article)
    visit = Suggestion.objects.get(article=article, edtf="2018-07")
    page.locator("a.span--date", has_text="July").click()
    expect(page.locator(f"#s{visit.pk}")).to_have_attribute("open", "")


def test_a_card_is_edited_in_place_and_says_how_a_date_is_understood(
    page: Page, article: Article
) -> None:
    review(page, article)
    press(page, "e")
    title = page.get_by_label("Title", exact=True)
    expect(title).to_be_focused()
    title.fill("Ministers meet")
    page.get_by_label("Date", exact=True).fill("14 May")
    said = page.locator("output.edtf-said")
    expect(said).to_have_text("2018-05-14 → Monday 14 May 2018")
    page.keyboard.press("Enter")
    card = page.locator("details.card[open]")
    expect(card).to_contain_text("Ministers meet")
    expect(card).to_contain_text("14 May 2018")
    expect(card.locator("> summary")).to_be_focused()
    page.keyboard.press("e")
    expect(title).to_be_focused()
    page.get_by_label("Date", exact=True).fill("mayish")
    page.keyboard.press("Enter")
    expect(page.locator(".edit__error")).to_contain_text("is no date that can be read")
    page.keyboard.press("Escape")
    expect(page.locator(".edit")).to_have_count(0)
    assert [said for said in page.complaints if "400" not in said] == []


def test_a_rejection_takes_a_reason_by_key(page: Page, article: Article) -> None:
    review(page, article)
    press(page, "R")
    page.keyboard.type("Told already")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("(Told already)")
    assert states(article)[0] == "rejected"


def select(page: Page, words: str) -> None:
    """Select words of the text, as a mouse or a finger does."""
    page.evaluate(
        """(words) => {
          const texts = document.createTreeWalker(document.querySelector(".review"), 4);
          let node = texts.nextNode();
          while (node && !(node.data.includes(words) && node.parentElement.closest(".row__text")))
            node = texts.nextNode();
          const range = document.createRange(), at = node.data.indexOf(words);
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_selected_words_become_a_card_with_its_fields_open(
    page: Page, article: Article, width: int
) -> None:
    set_width(page, width)
    review(page, article)
    select(page, " told reporters after the meeting")
    expect(page.locator("[data-marked-words]")).to_have_text("told reporters after the meeting")
    page.get_by_role("button", name="Make an event", exact=True).click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("told reporters after the meeting")
    made = article.suggestions.latest("pk")
    assert article.body[made.start : made.end] == "told reporters after the meeting"
    assert page.complaints == []


def test_words_are_typed_by_keyboard_where_none_are_selected(page: Page, article: Article) -> None:
    review(page, article)
    press(page, "h")
    page.keyboard.type("told reporters after the meeting")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()


@pytest.fixture
def reviewed(article: Article) -> Article:
    """The ferry article with one event accepted and a timeline to put it on."""
    factories.timeline()
    return article


def test_a_review_ends_with_publishing_by_keyboard_alone(page: Page, reviewed: Article) -> None:
    other = factories.article("2018-05-10", "Storm", body="A storm closed the pier.")
    suggest(other, "A storm closed the pier", title="Storm")
    review(page, reviewed)
    for done in ("1 of 3", "2 of 3"):
        press(page, "a")
        expect(page.get_by_text(f"{done} reviewed")).to_be_visible()
    page.keyboard.press("a")
    button = page.locator("[data-publish] button")
    expect(button).to_contain_text("Publish these 2 events and put them on The harbour")
    page.keyboard.press("p")
    expect(page.get_by_text("Published 2 events and put on The harbour.")).to_be_visible()
    assert Event.objects.filter(is_published=True).count() == 2
    page.wait_for_load_state()
    page.keyboard.press("n")
    expect(page.locator("details.card[open]")).to_contain_text("Storm")
    assert page.complaints == []


def test_the_end_of_a_review_is_accessible_and_fits(page: Page, reviewed: Article) -> None:
    alice = factories.editor("eve")
    meeting, words, visit = reviewed.suggestions.order_by("start")
    visit.accept(by=alice)
    meeting.accept(by=alice)
    words.accept(by=alice, links=[])
    suggest(reviewed, "The line was closed in 2011", title="Line closed")
    review(page, reviewed)
    page.goto(f"/desk/timeline/article/{reviewed.pk}/review/done/")
    expect(page.get_by_text("Who is Nora Vale?")).to_be_visible()
    assert_accessible_and_fitting(page)
