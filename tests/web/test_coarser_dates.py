"""A merge that would make the date of an event coarser: the editor chooses, nothing is offered."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import decide, desk, suggest, words_of
from tests.web.merges import proposed, talks
from timeline.models import Event, Suggestion
from timeline.models.merge_checks import CoarserDate, is_open_choice

pytestmark = pytest.mark.django_db
COARSER = "Merging makes the date coarser: {} becomes {}."


@pytest.mark.parametrize(
    ("known", "was", "stated", "status", "stance", "words"),
    [
        ("2018-06-12", "planned", "2018-06", "planned", "reports", ("12 June 2018", "June 2018")),
        ("2018-06-12", "planned", "2018", "expected", "expects", ("12 June 2018", "2018")),
        ("2018-06-12", "expected", "2018-22", "possible", "reports",
         ("12 June 2018", "summer 2018")),
        ("2018-06-12", "planned", "2018-06", "cancelled", "cancels", ("12 June 2018", "June 2018")),
        ("2018-06-12", "planned", "2018-06-12/..", "planned", "reports",
         ("12 June 2018", "after 12 June 2018")),
        ("2018-06-12", "planned", "../2018-06-30", "planned", "reports",
         ("12 June 2018", "by 30 June 2018")),
        ("2018-06-12", "planned", "2018-06-12~", "planned", "reports",
         ("12 June 2018", "about 12 June 2018")),
        ("2018-06-12", "planned", "2018-06-12?", "planned", "reports",
         ("12 June 2018", "12 June 2018 (uncertain)")),
        ("2018-06-12", "planned", "[2018-06-12,2018-06-13]", "planned", "reports",
         ("12 June 2018", "12 June 2018 or 13 June 2018")),
        ("2018-06-12", "planned", "2018-06-11/2018-06-17", "planned", "reports",
         ("12 June 2018", "11–17 June 2018")),
        ("2018-06-12/2018-06-13", "planned", "2018-06", "planned", "reports",
         ("12–13 June 2018", "June 2018")),
        ("2018-06", "planned", "2018", "planned", "reports", ("June 2018", "2018")),
        ("2018-06", "planned", "2018-06~", "planned", "reports", ("June 2018", "about June 2018")),
        ("2018-06-12/..", "planned", "2018-06", "planned", "reports",
         ("after 12 June 2018", "June 2018")),
        ("2018-06-12/..", "planned", "2018", "planned", "reports", ("after 12 June 2018", "2018")),
        ("../2018-06-30", "planned", "2018", "planned", "reports", ("by 30 June 2018", "2018")),
        ("2018-06-10/2018-06-14", "planned", "2018-06-12/..", "planned", "reports",
         ("10–14 June 2018", "after 12 June 2018")),
        ("2018-05-02/..", "ongoing", "2018-05", "ongoing", "reports",
         ("after 2 May 2018", "May 2018")),
        ("2018-05-20", "occurred", "2018-05", "occurred", "reports", ("20 May 2018", "May 2018")),
        ("2018-05-20", "occurred", "2018-05-19/2018-05-23", "occurred", "confirms",
         ("20 May 2018", "19–23 May 2018")),
    ],
)  # fmt: skip
def test_where_a_merge_makes_the_date_coarser_nothing_is_offered_first(
    alice: Client, known: str, was: str, stated: str, status: str, stance: str, words: tuple
) -> None:
    event = talks(known, was, known="2018-05-21", gives_date=True, gives_status=True)
    suggestion = proposed(event, edtf=stated, status=status, stance=stance)
    against = suggestion.merge_objections()
    assert against == [COARSER.format(*words)]
    assert is_open_choice(against)
    page = alice.get(desk(suggestion.article)).content.decode()
    card = page.split('class="card__actions"')[1].split("</form>")[0]
    assert re.findall(r'name="do" value="(\w+)"', card) == ["merge", "accept", "reject"]
    assert "default" not in card
    assert re.findall("<kbd>(.)</kbd>", card) == ["e", "r"]
    assert re.search(r"<button\b[^>]*>", card)[0] == "<button hidden disabled>"  # Enter in a field
    assert against[0] in words_of(alice.get(desk(suggestion.article)))
    assert "Hardly" not in page
    form = alice.get(reverse("admin:timeline_suggestion_change", args=[suggestion.pk]))
    assert against[0] in words_of(form)
    row = form.content.decode().split("decide-row")[1].split("</div>")[0]
    assert "default" not in row
    assert row.index("hidden disabled") < row.index("_merge") < row.index("_accept")
    decide(alice, suggestion, "merge", event=event.pk)
    event.publish(factories.editor("bob"))
    assert (event.edtf, event.status) == (stated, status)


@pytest.mark.parametrize(
    ("known", "was", "stated", "status", "stance", "rule"),
    [
        ("2018-06-12", "planned", "2018-06-10/2018-06-14", "planned", "reports", "no-year"),
        ("2018-06-12", "planned", "2018-06-12/2018-06-14", "cancelled", "cancels", "no-year"),
        ("2018-06-12", "planned", "2018-06", "postponed", "postpones", "no-year"),
        ("2018-06-12", "planned", "2018-06", "planned", "postpones", "no-year"),
        ("2018-06-12", "planned", "2018-06", "planned", "recalls", "no-year"),
        ("2018-06-12?", "planned", "2018-06-12", "planned", "confirms", "no-year"),
        ("2018-06-12/..", "planned", "2018-06-20", "planned", "reports", "no-year"),
        ("2018-06-12/..", "planned", "2018-06-12/2018-06-20", "planned", "reports", "no-year"),
        ("../2018-06-30", "planned", "2018-06", "planned", "reports", "no-year"),
        ("2018-06", "planned", "2018-06-12", "planned", "reports", "no-year"),
        ("2018-06", "planned", "2018-06", "planned", "reports", "no-year"),
        ("", "planned", "2018-06", "planned", "reports", "no-year"),
        ("2018-06-12", "planned", "", "planned", "reports", "not-set"),
    ],
)
def test_a_report_that_says_something_new_of_the_date_is_merged_first(
    known: str, was: str, stated: str, status: str, stance: str, rule: str
) -> None:
    suggestion = proposed(talks(known, was), edtf=stated, status=status, stance=stance,
                          basis={"date": {"rule": rule}})  # fmt: skip
    assert suggestion.merge_objections() == []


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        ("2018-06-09/2018-06-12", "relative"),
        ("2018-06-11/2018-06-20", "part"),
        ("2018-06-11/2018-06-17", "no-year"),
    ],
    ids=["this weekend", "mid-June", "the week of June 11"],
)
def test_a_week_or_a_part_of_a_month_names_no_days_of_a_plan(stated: str, rule: str) -> None:
    suggestion = proposed(talks("2018-06-12", "planned"), edtf=stated, status="planned",
                          basis={"date": {"rule": rule}})  # fmt: skip
    assert is_open_choice(suggestion.merge_objections())


def test_a_day_that_an_editor_made_exact_is_not_made_coarser_by_default() -> None:
    event = talks("2018-06", "planned")
    Event.objects.update(edtf="2018-06-12")
    event.refresh_from_db()
    against = proposed(event, edtf="2018-06", status="planned").merge_objections()
    assert against == [COARSER.format("12 June 2018", "June 2018")]


def test_an_older_article_makes_coarser_what_was_known_on_its_day_alone() -> None:
    event = talks("2018-06-12", "planned")
    factories.report(event, factories.article("2018-06-01"), edtf="2018-06-13", status="planned")
    Event.objects.update(edtf="2018-06-13")
    event.refresh_from_db()
    assert proposed(event, edtf="2018-06", status="planned").merge_objections() == [
        "Merging makes the date coarser as known on 27 May 2018: 12 June 2018 becomes June 2018."
    ]


def test_what_an_editor_has_settled_is_coarser_as_known_alone(alice: Client) -> None:
    event = talks("2018-05-20", "occurred", known="2018-05-21")
    suggestion = proposed(event, edtf="2018-05", status="occurred")
    assert suggestion.merge_objections() == [
        "Merging makes the date coarser as known on 27 May 2018: 20 May 2018 becomes May 2018."
    ]
    decide(alice, suggestion, "merge", event=event.pk)
    event.publish(factories.editor("bob"))
    assert event.edtf == "2018-05-20"


def test_what_an_article_has_dated_already_it_makes_no_coarser() -> None:
    event = talks("2018-06-12", "planned")
    again = proposed(event, edtf="2018-06", status="planned")
    factories.report(event, again.article, edtf="2018-06-12", status="planned")
    assert not any(isinstance(one, CoarserDate) for one in again.merge_objections())


def test_a_batch_leaves_what_would_make_a_date_coarser(alice: Client) -> None:
    event = talks("2018-06-12", "planned")
    suggestion = proposed(event, edtf="2018-06", status="planned")
    data = {"action": "merge_selected", "_selected_action": [suggestion.pk]}
    page = alice.post(reverse("admin:timeline_suggestion_changelist"), data, follow=True)
    assert COARSER.format("12 June 2018", "June 2018") in words_of(page)
    suggestion.refresh_from_db()
    event.refresh_from_db()
    assert (suggestion.state, event.edtf) == ("pending", "2018-06-12")


def test_a_coarser_date_beside_another_objection_is_hardly_the_event(alice: Client) -> None:
    event = talks("2018-05-20", "cancelled", known="2018-05-15")
    suggestion = proposed(event, edtf="2018-05", status="occurred")
    against = suggestion.merge_objections()
    assert len(against) == 2
    assert not is_open_choice(against)
    page = alice.get(desk(suggestion.article)).content.decode()
    assert re.search(r'button default" name="do" value="accept"', page)


@pytest.mark.parametrize("stance", ["recalls", "reports"])
@pytest.mark.parametrize(
    ("first", "second", "stated"),
    [
        ("2018-05-10T12:00:00Z", "2018-05-10T09:00:00Z", "2018-04"),
        ("2018-05-10", "2018-05-10T09:00:00Z", "2018-04"),
        ("2018-05-10T23:00:00Z", "2018-05-10T22:59:59Z", "2018"),
        ("2018-05-10T12:00:00Z", "2018-05-10T20:59:00+09:00", "2018-04-20~"),
    ],
)
def test_an_earlier_recollection_of_the_same_day_makes_the_date_coarser(
    alice: Client, first: str, second: str, stated: str, stance: str
) -> None:
    said = {"title": "Talks", "status": "occurred", "basis": {"date": {"rule": "judged"}}}
    told, told_earlier = (
        suggest(factories.article(day, f"News of {day}", body="They talk."), "They talk",
                edtf=edtf, stance=by, **said)
        for day, edtf, by in ((first, "2018-04-20", "recalls"), (second, stated, stance))
    )  # fmt: skip
    bob = factories.editor("bob")
    event = told.accept(bob).event
    event.publish(bob)
    Suggestion.objects.filter(pk=told_earlier.pk).update(match=event)
    told_earlier.refresh_from_db()
    against = told_earlier.merge_objections()
    assert is_open_choice(against)
    assert against[0].startswith("Merging makes the date coarser: 20 April 2018 becomes ")
    page = alice.get(desk(told_earlier.article)).content.decode()
    assert "default" not in page.split('class="card__actions"')[1].split("</form>")[0]
    decide(alice, told_earlier, "merge", event=event.pk)
    event.publish(bob)
    assert Event.objects.get().edtf == stated


def test_a_later_recollection_that_is_coarser_is_merged_first(alice: Client) -> None:
    event = talks("2018-04-20", "occurred", stance="recalls", gives_date=True, gives_status=True)
    suggestion = proposed(event, edtf="2018-04", status="occurred", stance="recalls")
    assert not is_open_choice(suggestion.merge_objections())


def test_a_coarser_report_beside_a_date_that_an_editor_set_of_the_past_changes_nothing(
    alice: Client,
) -> None:
    event = talks("2018-05-20", "occurred", known="2018-05-21", gives_date=True, gives_status=True)
    Event.objects.filter(pk=event.pk).update(edtf="2018-05-19")
    event.refresh_from_db()
    suggestion = proposed(event, edtf="2018-05", status="occurred")
    assert "coarser as known on" in suggestion.merge_objections()[0]
    decide(alice, suggestion, "merge", event=event.pk)
    event.publish(factories.editor("bob"))
    assert event.edtf == "2018-05-19"
