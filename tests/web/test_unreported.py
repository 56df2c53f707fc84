"""What only a withdrawn or corrected report tells of an event, which readers do not see then."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import change, decide, form_of, save, words_of
from tests.web.test_now_and_known import editor, merged, now_and_known, proposed
from timeline.models import Article, Event, Report

pytestmark = pytest.mark.django_db


def talks() -> Event:
    return Event.objects.get(title="Talks")


def answers() -> str:
    """All that readers are told of the talks."""
    export = "/timelines/harbour/export"
    addresses = ["/", talks().get_absolute_url(), "/timelines/harbour/", "/actors/nora-vale/",
                 f"{export}/json/", f"{export}/csv/"]  # fmt: skip
    return " ".join(Client().get(address).getvalue().decode() for address in addresses)


def push(record: Article | Event, action: str) -> dict[str, object]:
    """What the button of a record's form sends."""
    return {"CHANGE_FORM-action": action, "_selected_action": record.pk}


@pytest.fixture
def planned(alice: Client) -> Report:
    """The only report of the talks, which are public."""
    report = merged(alice, proposed("2018-05-01", "2041-06-12", "planned"))
    make.takes_part(make.actor("Nora Vale"), report.event)
    make.timeline(report.event)
    return report


def withdrawn(alice: Client, report: Report) -> None:
    report.article.unpublish(editor())


def moved_to_an_article_that_waits(alice: Client, report: Report) -> None:
    other = make.article("2018-05-02", "Waits")
    save(alice, report, article=other.pk, edtf="2041-09-09")


def moved_to_another_event(alice: Client, report: Report) -> None:
    save(alice, report, event=make.event("Other", published=False).pk)


def deleted(alice: Client, report: Report) -> None:
    alice.post(change(report, "delete"), {"post": "yes"})


def deleted_with_its_article(alice: Client, report: Report) -> None:
    withdrawn(alice, report)
    alice.post(change(report.article, "delete"), {"post": "yes"})


LEAVE = [withdrawn, moved_to_an_article_that_waits, moved_to_another_event, deleted,
         deleted_with_its_article]  # fmt: skip


@pytest.mark.parametrize("leave", LEAVE)
def test_what_a_suggestion_made_goes_with_its_last_report(
    alice: Client, planned: Report, leave: Callable
) -> None:
    assert "2041" in answers()
    leave(alice, planned)
    assert "2041" not in answers()
    assert Client().get(talks().get_absolute_url()).status_code == 404
    assert Client().get("/actors/nora-vale/").status_code == 404
    assert [*Event.objects.unreported().filter(title="Talks")]
    assert "Without a report that readers see: 1 published event" in words_of(alice.get("/desk/"))


def test_a_correction_of_a_report_that_waits_is_told_with_it_alone(
    alice: Client, planned: Report
) -> None:
    planned.article.unpublish(editor())
    save(alice, planned, edtf="2041-09-09", status="cancelled")
    assert "2041" not in answers()
    planned.article.publish(editor())
    assert "2041-09-09" in answers()
    assert "2041-06-12" not in answers()
    assert len(set(now_and_known(talks()))) == 1


def test_the_last_public_report_leaves_nothing_of_one_that_waits_beside_it(
    alice: Client, planned: Report
) -> None:
    other = merged(alice, proposed("2018-05-10", "2042-06-12", "planned"))
    planned.article.unpublish(editor())
    save(alice, Report.objects.get(pk=planned.pk), edtf="2043-09-09", status="cancelled")
    assert "2042-06-12" in answers()
    other.article.unpublish(editor())
    assert not {year for year in ("2041", "2042", "2043") if year in answers()}


def test_the_desk_says_of_which_events_readers_see_no_report(
    alice: Client, planned: Report
) -> None:
    by_hand = make.event("Sailing", edtf="2018-06-12", status="planned")
    make.report(by_hand, planned.article)
    page = alice.post(change(planned.article), push(planned.article, "unpublish"), follow=True)
    words = words_of(page)
    assert "Public without a report that readers see: Sailing" in words
    assert "Not public until a report of it is: Talks" in words
    form = words_of(alice.get(change(talks())))
    assert "Published, not public without a public report" in form
    listed = alice.get(reverse("admin:timeline_event_changelist"), {"public": "no"})
    assert [*listed.context["cl"].queryset] == [talks()]
    assert Client().get(by_hand.get_absolute_url()).status_code == 200


def test_what_no_article_reports_is_published_on_the_editors_word(
    alice: Client, planned: Report
) -> None:
    deleted(alice, planned)
    assert "2041" not in answers()
    talks().publish(editor())
    assert "2041-06-12" in answers()
    assert "Let it stand without a report." in words_of(alice.get(change(talks(), "history")))
    merged(alice, proposed("2018-05-20", "2041-06-13", "planned"))
    assert talks().edtf == "2041-06-13"


def test_publishing_does_not_tell_what_a_withdrawn_article_alone_states(alice: Client) -> None:
    suggestion = proposed("2018-05-01", "2041-06-12", "planned")
    decide(alice, suggestion, "accept")
    suggestion.article.unpublish(editor())
    page = alice.post(change(talks()), push(talks(), "publish"), follow=True)
    assert "Not public until a report of it is: Talks" in words_of(page)
    assert Client().get(talks().get_absolute_url()).status_code == 404
    suggestion.article.publish(editor())
    assert Client().get(talks().get_absolute_url()).status_code == 200


def test_the_status_that_an_editor_set_is_public_without_the_date_of_what_waits(
    alice: Client, planned: Report
) -> None:
    save(alice, talks(), status="postponed")
    planned.article.unpublish(editor())
    page = words_of(Client().get(talks().get_absolute_url()))
    assert "Postponed" in page
    assert "2041" not in answers()


@pytest.mark.parametrize("leave", [withdrawn, deleted])
def test_a_status_that_an_editor_sets_brings_no_withdrawn_date_back(
    alice: Client, planned: Report, leave: Callable
) -> None:
    leave(alice, planned)
    address = talks().get_absolute_url()
    assert Client().get(address).status_code == 404
    save(alice, talks(), status="cancelled")
    assert Client().get(address).status_code == 200
    assert "2041" not in answers()
    decide(alice, proposed("2018-05-03", "2041-06-13", "planned"), "merge", event=talks().pk)
    assert "2041" not in answers()
    talks().take_over()
    assert "2041" not in answers()
    assert talks().own["status"] == "cancelled"
    if leave is withdrawn:
        planned.article.publish(editor())
        assert "edtf" not in talks().own


@pytest.mark.parametrize("status", ["occurred", "ongoing"])
def test_a_date_that_an_editor_corrects_of_what_has_taken_place_stays(
    alice: Client, status: str
) -> None:
    merged(alice, proposed("2018-05-20", "2018-05-12", status))
    save(alice, talks(), edtf="2018-05-13")
    merged(alice, proposed("2018-05-25", "2018-05-12", status))
    assert (talks().edtf, talks().status) == ("2018-05-13", status)
    merged(alice, proposed("2018-05-26", "2018-05", status, "recalls"))
    assert talks().edtf == "2018-05-13"


@pytest.mark.parametrize("status", ["occurred", "ongoing", "cancelled"])
def test_a_date_that_a_report_has_overruled_stays_so_when_an_editor_sets_the_status(
    alice: Client, planned: Report, status: str
) -> None:
    save(alice, talks(), edtf="2031-01-01")
    merged(alice, proposed("2018-05-20", "2018-05-19", "planned"))
    assert talks().edtf == "2018-05-19"
    save(alice, talks(), status=status)
    for day in ("2018-05-21", "2018-05-22"):
        merged(alice, proposed(day, "", "planned"))
        assert talks().edtf == "2018-05-19"
    assert talks().own["edtf"] == "2031-01-01"


def test_a_date_that_an_editor_sets_of_a_plan_is_that_of_the_outcome_later(alice: Client) -> None:
    merged(alice, proposed("2018-05-01", "2018-05-12", "planned"))
    save(alice, talks(), edtf="2018-05-13")
    merged(alice, proposed("2018-05-15", "2018-05-14"))
    assert (talks().edtf, talks().status) == ("2018-05-14", "occurred")


def test_a_date_that_an_editor_sets_stays_when_an_article_returns_that_was_there_before(
    alice: Client,
) -> None:
    merged(alice, proposed("2018-05-01", "2018-06-12", "planned"))
    later = merged(alice, proposed("2018-05-10", "2018-06-14", "planned"))
    later.article.unpublish(editor())
    save(alice, talks(), edtf="2018-06-13")
    later.article.publish(editor())
    assert talks().edtf == "2018-06-13"
    sent = form_of(alice, later) | {"edtf": "2018-06-15"}
    assert alice.post(change(later), sent).status_code == 302
    assert talks().edtf == "2018-06-13"
