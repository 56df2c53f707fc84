"""The desk in a browser: dates as one types, lists and forms at every width, the log."""

from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import assert_accessible_and_fitting
from tests.browser.desk import WIDTHS, press, review, set_width, sign_in
from timeline.models import Article, Decision, Suggestion


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
