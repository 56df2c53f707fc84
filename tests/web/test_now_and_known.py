"""Where no editor has set it, an event says now what its reports say of it on the day of today."""

import datetime as dt
import random
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories as make
from tests.web.desk import change, decide, form_of, suggest, words_of
from timeline.models import Article, Event, Report, Stance, Status, Suggestion

pytestmark = pytest.mark.django_db
DATES = ("", "2018", "2018-06", "2018-06-12", "2018-06-10/2018-06-14", "2018-06-12~",
         "2018-06-12/..")  # fmt: skip
SHOWN = ("shown_edtf", "shown_earliest", "shown_latest", "shown_status")


def editor() -> User:
    return User.objects.get(username="alice")


def proposed(day: str, edtf: str, status: str = "occurred", stance: str = "reports") -> Suggestion:
    """What an article of this day says of the talks."""
    name = f"News {Article.objects.count()}"
    article = make.article(day, name, body="Vale and Strand talk.")
    judged = {"date": {"rule": "judged"}}
    return suggest(article, "Vale and Strand talk", title="Talks", edtf=edtf, status=status,
                   stance=stance, basis=judged)  # fmt: skip


def merged(alice: Client, suggestion: Suggestion) -> Report:
    """The public report of the talks that a suggestion has become; the first one makes them."""
    event = Event.objects.filter(title="Talks").first()
    if event:
        decide(alice, suggestion, "merge", event=event.pk)
    else:
        decide(alice, suggestion, "accept")
    report = suggestion.article.reports.get()
    report.event.publish(editor())
    return report


def now_and_known(event: Event) -> list[tuple]:
    """What is shown of a public event: now, and as its reports have it today."""
    today = dt.datetime.now(dt.UTC).date()
    one = Event.objects.public().filter(pk=event.pk)
    return [
        shown
        for day in (None, today)
        for shown in one.as_known_on(day, dt.UTC).values_list(*SHOWN)
    ]  # fmt: skip


def says() -> tuple[str, str]:
    event = Event.objects.get(title="Talks")
    shown = now_and_known(event)
    assert len(set(shown)) == 1, shown
    return event.edtf, event.status


class Walk:
    """Decisions of an editor on one event, in random order, none of which sets it by hand."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.by = make.editor()
        self.other = make.event("Other", edtf="2018-06-12", status="planned")
        self.event: Event | None = None
        self.steps: list[str] = []

    def run(self) -> None:
        """Take some steps, and publish the event."""
        self.accept()
        doing = (self.accept, self.accept, self.publish, self.withdraw, self.publish_article,
                 self.withdraw_article, self.delete, self.move, self.correct)  # fmt: skip
        for _ in range(self.random.randint(3, 9)):
            do = self.random.choice(doing)
            self.event = Event.objects.get(pk=self.event.pk)
            self.steps.append(do.__name__)
            do()
        self.event = Event.objects.get(pk=self.event.pk)
        self.publish()

    def accept(self) -> None:
        stance = self.random.choice([*Stance.values, *[Stance.RECALLS] * 4])
        day = f"2018-05-{self.random.randint(1, 28):02}"
        status = self.random.choice(Status.values)
        suggestion = proposed(day, self.random.choice(DATES), status, stance)
        report = suggestion.accept(self.by, self.event)
        self.event = report.event
        self.steps.append(f"{day} {stance} {report.edtf} {status}")

    def publish(self) -> None:
        self.event.publish(self.by)

    def withdraw(self) -> None:
        self.event.unpublish(self.by)

    def publish_article(self) -> None:
        if report := self.any_report():
            report.article.publish(self.by)

    def withdraw_article(self) -> None:
        if report := self.any_report():
            report.article.unpublish(self.by)

    def delete(self) -> None:
        if report := self.any_report():
            report.retract(self.by)

    def move(self) -> None:
        if report := self.any_report():
            report.event = self.other
            report.correct(["event"], self.by)

    def correct(self) -> None:
        if report := self.any_report():
            report.edtf, report.status = (
                self.random.choice(DATES),
                self.random.choice(Status.values),
            )
            report.stance = self.random.choice(Stance.values)
            report.correct(["edtf", "earliest", "latest", "status", "stance"], self.by)

    def any_report(self) -> Report | None:
        reports = list(self.event.reports.in_order())
        return self.random.choice(reports) if reports else None


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_done_to_its_reports_an_event_says_what_they_say(seed: int) -> None:
    walk = Walk(seed)
    walk.run()
    shown = now_and_known(walk.event)
    is_reported = walk.event.reports.released().exists()
    assert len(shown) == 1 + is_reported
    assert len(set(shown)) == 1, walk.steps
    walk.event.refresh_from_db()
    assert walk.event.own == {}


def deleted(alice: Client, report: Report) -> None:
    alice.post(change(report, "delete"), {"post": "yes"})


def moved(alice: Client, report: Report) -> None:
    other = make.event("Other")
    sent = form_of(alice, report) | {"event": str(other.pk)}
    assert alice.post(change(report), sent).status_code == 302


def dated_coarser(alice: Client, report: Report) -> None:
    sent = form_of(alice, report) | {"edtf": "2018"}
    assert alice.post(change(report), sent).status_code == 302


def withdrawn(alice: Client, report: Report) -> None:
    report.article.unpublish(editor())


@pytest.mark.parametrize("undo", [deleted, moved, dated_coarser, withdrawn])
def test_an_event_that_a_recollection_made_goes_on_following_its_reports(
    alice: Client, undo: Callable
) -> None:
    recalled = merged(alice, proposed("2018-05-01", "2018-04", stance="recalls"))
    assert says() == ("2018-04", "occurred")
    merged(alice, proposed("2018-05-10", "2018-04-20"))
    assert says() == ("2018-04-20", "occurred")
    undo(alice, recalled)
    assert says() == ("2018-04-20", "occurred")
    merged(alice, proposed("2018-05-20", "2018-04-21"))
    assert says() == ("2018-04-21", "occurred")


@pytest.mark.parametrize("stance", ["reports", "recalls"])
def test_an_event_whose_first_report_is_deleted_follows_the_next_ones(
    alice: Client, stance: str
) -> None:
    deleted(alice, merged(alice, proposed("2018-05-20", "2018-05", stance=stance)))
    merged(alice, proposed("2018-05-22", "2018-05-12"))
    assert says() == ("2018-05-12", "occurred")
    merged(alice, proposed("2018-05-23", "2018-05-13"))
    assert says() == ("2018-05-13", "occurred")


def test_an_event_that_is_only_recalled_follows_what_is_corrected(alice: Client) -> None:
    report = merged(alice, proposed("2018-05-01", "2018-04", stance="recalls"))
    sent = form_of(alice, report) | {"edtf": "2018-03"}
    assert alice.post(change(report), sent).status_code == 302
    assert says() == ("2018-03", "occurred")


@pytest.mark.parametrize("undo", [deleted, moved, withdrawn])
def test_of_a_report_that_has_left_beside_a_recollection_nothing_stays(
    alice: Client, undo: Callable
) -> None:
    told = merged(alice, proposed("2018-05-20", "2018-06-10/2018-06-14", "cancelled", "cancels"))
    merged(alice, proposed("2018-05-25", "2018-06-12", "planned", "recalls"))
    assert says() == ("2018-06-10/2018-06-14", "cancelled")
    undo(alice, told)
    assert says() == ("2018-06-12", "planned")
    page = words_of(Client().get(told.event.get_absolute_url()))
    assert "10–14 June" not in page


def test_the_date_of_a_recollection_stands_beside_a_report_without_one(alice: Client) -> None:
    merged(alice, proposed("2018-05-07", ""))
    merged(alice, proposed("2018-05-25", "2018-05-02", stance="recalls"))
    assert says() == ("2018-05-02", "occurred")
    merged(alice, proposed("2018-05-26", "2018-05-03", stance="recalls"))
    assert says() == ("2018-05-02", "occurred")  # the earliest one
    merged(alice, proposed("2018-05-27", "2018-05-04"))
    assert says() == ("2018-05-04", "occurred")


def test_a_date_that_an_editor_set_is_not_moved_by_a_recollection(alice: Client) -> None:
    event = merged(alice, proposed("2018-05-07", "2018-05-02", stance="recalls")).event
    sent = form_of(alice, event) | {"edtf": "2018-05-03"}
    assert alice.post(change(event), sent).status_code == 302
    merged(alice, proposed("2018-05-06", "2018-05-01", stance="recalls"))
    event.refresh_from_db()
    assert (event.edtf, event.own) == ("2018-05-03", {"edtf": "2018-05-03"})


@pytest.mark.parametrize("is_deleted", [False, True])
def test_the_date_that_an_editor_set_of_what_has_taken_place_stays_whatever_leaves(
    alice: Client, is_deleted: bool
) -> None:
    event = make.event("Talks", edtf="2018-05-12", status="occurred")
    report = merged(alice, proposed("2018-05-22", "2018-05-12", stance="recalls"))
    if is_deleted:
        deleted(alice, report)
    merged(alice, proposed("2018-05-23", "2018-05-13"))
    event.refresh_from_db()
    assert (event.edtf, event.own) == ("2018-05-12", {"edtf": "2018-05-12", "status": "occurred"})
