"""The desk in a browser: dates as one types; the review by mouse, keyboard, and without scripts."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import assert_accessible_and_fitting
from tests.web.desk import ferry, suggest
from timeline.models import Article, Decision, Event, Suggestion

PASSWORD = "correct horse battery"
WIDTHS = (1440, 390)


@pytest.fixture
def article(transactional_db: None) -> Article:
    """The ferry article with three open suggestions."""
    return ferry()


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


def test_a_date_says_how_it_is_understood_while_one_types(
    page: Page, transactional_db: None
) -> None:
    sign_in(page)
    page.goto("/desk/timeline/event/add/")
    field = page.get_by_label("Date (EDTF)").first
    field.fill("2018-05")
    said = page.locator("output.edtf-said").first
    expect(said).to_have_text("2018-05 → May 2018, 1–31 May")
    field.fill("mayish")
    expect(said).to_contain_text("is no date that can be read")
    assert page.complaints == []


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


@pytest.fixture
def doubtful(article: Article) -> Suggestion:
    """The meeting, matched with an event that nobody knew on the article's day, and new names."""
    summit = factories.event("First harbour summit", edtf="2018-07")
    factories.report(summit, factories.article("2018-07-20"))
    meeting = article.suggestions.get(title="Vale and Strand meet")
    meeting.match, meeting.score = summit, 0.6
    meeting.actors, meeting.place = ["Nora Vale", "Piet Strand"], "Elmsport"
    meeting.save()
    return meeting


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


def test_the_desks_own_pages_are_accessible_and_fit(
    page: Page, article: Article, doubtful: Suggestion
) -> None:
    review(page, article)
    factories.takes_part(factories.actor("Nora Vale"), doubtful.match)
    plan = factories.event(
        "Ministers of both sides of the strait meet at Elmsport to plan the reopening of the line",
        edtf="2018-05",
        status="planned",
    )
    factories.report(plan, factories.article("2018-05-02"))
    for address in (page.url, "/desk/timeline/article/bring-in/"):
        page.goto(address)
        assert_accessible_and_fitting(page, "#content")
        for width in WIDTHS:
            set_width(page, width)
            used = page.locator("#content").bounding_box()["width"] / width
            assert used > 0.7, "the page is squeezed"
    page.goto(f"/desk/timeline/event/{doubtful.match_id}/change/")
    for width in WIDTHS:
        set_width(page, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        table = page.locator("#participations-group fieldset.module")
        assert table.evaluate("one => getComputedStyle(one).overflowX") == "auto"
    assert page.complaints == []


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


def test_a_table_that_goes_on_beside_the_page_shows_that_it_does(
    page: Page, article: Article
) -> None:
    sign_in(page)
    event = factories.event("Ferry talks", edtf="2018-05-15", published=False)
    report = factories.report(event, article)
    factories.takes_part(factories.actor("Nora Vale"), event, known_from=report)
    form = f"/desk/timeline/event/{event.pk}/change/"
    cut = "one => getComputedStyle(one).getPropertyValue('--cut')"
    for address, box in (
        (form, "#participations-group .wrapper"),
        ("/desk/timeline/suggestion/", "#changelist .results"),
    ):
        for width in WIDTHS:
            set_width(page, width)
            page.goto(address)
            goes_on = page.locator(box).evaluate("one => one.scrollWidth > one.clientWidth")
            assert page.locator(box).evaluate(cut) == ("48px" if goes_on else "0px")
        assert goes_on == (address == form), "on a telephone"
        if goes_on:
            page.locator(box).evaluate("one => one.scrollTo(one.scrollWidth, 0)")
            page.wait_for_function(
                "box => getComputedStyle(document.querySelector(box)).getPropertyValue('--cut')"
                " === '0px'", arg=box,
            )  # fmt: skip


def test_on_a_telephone_a_list_shows_all_of_a_record_and_what_is_chosen_wraps(
    page_for, article: Article
) -> None:
    page = page_for(width=390)
    sign_in(page)
    name = (
        "Ministers of both sides of the strait meet at Elmsport to plan the reopening of the line"
    )
    event = factories.event(name, edtf="2018-05-15/2018-06-12", place=factories.place("Elmsport"))
    report = factories.report(event, article)
    quote = factories.quote("We sail", article, factories.actor("Nora Vale"), event)
    for record in (event, report, quote, article):
        page.goto(f"/desk/timeline/{record._meta.model_name}/")
        cells = page.locator("#result_list tbody tr").first.locator("th, td").all()
        boxes = [cell.bounding_box() for cell in cells]
        assert all(box["x"] + box["width"] <= 390 for box in boxes if box), record
        assert page.locator("#result_list .published").first.is_visible()
    page.goto(f"/desk/timeline/quote/{quote.pk}/change/")
    box = page.locator(".field-events .select2-selection__choice").bounding_box()
    clear = page.locator(".field-events .select2-selection__clear").bounding_box()
    assert box["x"] + box["width"] <= clear["x"]


def test_the_last_button_before_a_deletion_can_be_read(page: Page, article: Article) -> None:
    sign_in(page)
    page.goto(f"/desk/timeline/article/{article.pk}/delete/")
    assert_accessible_and_fitting(page, "#content")


@pytest.fixture
def vote(article: Article) -> Event:
    """An event of the base that nothing matched."""
    factories.event("Vote on the old pier", edtf="2011-05-01")
    return factories.event("Vote on the ferry", edtf="2018-05-15")


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


@pytest.mark.parametrize("query", ["&edit=1", "&event={}", "&q=vo"])
def test_a_card_in_each_of_its_states_is_accessible_and_fits(
    page: Page, article: Article, vote: Event, query: str
) -> None:
    review(page, article)
    at = article.suggestions.order_by("start").first().pk
    page.goto(f"/desk/timeline/article/{article.pk}/review/?at={at}{query.format(vote.pk)}")
    assert_accessible_and_fitting(page)


def test_the_log_of_decisions_is_accessible_and_fits(page: Page, article: Article) -> None:
    review(page, article)
    press(page, "a")
    expect(page.get_by_text("1 of 3 reviewed")).to_be_visible()
    page.locator(".last > summary").click()
    assert_accessible_and_fitting(page)
    for url in ("/desk/timeline/decision/", f"/desk/timeline/decision/{last_decision()}/change/"):
        page.goto(url)
        assert_accessible_and_fitting(page)


def last_decision() -> int:
    """The key of the last decision."""
    return Decision.objects.first().pk


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
