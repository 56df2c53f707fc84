"""Where no editor has set it, an event says now what its reports say of it on the day of today."""

import datetime as dt
import random
import re
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
# The chart names each year between its events, too
EMPTY_BIN = re.compile(r'{"edtf": "[^"]*", "label": "[^"]*", "counts": {}}')


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
    """Decisions of an editor on one event, in random order; after each one it is looked at.

    Every date that is stated or set bears a year of its own, by which readers would know it.
    """

    def __init__(self, seed: int, *, is_edited: bool = False, reads_pages: bool = False) -> None:
        self.random = random.Random(seed)
        self.is_edited, self.reads_pages = is_edited, reads_pages
        self.by = make.editor()
        self.other = make.event("Other", edtf="2018-06-12", status="planned")
        self.event: Event | None = None
        self.dates: set[str] = set()
        self.set: list[dict[str, str]] = []  # by hand, or left standing
        self.passed: set[int] = set()  # reports that were there when it was set
        self.steps: list[str] = []

    def run(self) -> None:
        """Take some steps, and publish the event."""
        self.take("accept")
        make.takes_part(make.actor("Nora Vale"), self.event)
        make.timeline(self.event)
        doing = ["accept", "accept", "publish", "withdraw", "publish_article", "withdraw_article",
                 "delete", "delete_article", "move", "move_back", "correct", "correct_waiting",
                 "redate"]  # fmt: skip
        doing += ["edit"] * 4 if self.is_edited else []
        for _ in range(self.random.randint(3, 11)):
            self.take(self.random.choice(doing))
        self.take("publish")

    def take(self, step: str) -> None:
        """Do one thing, and look at what readers and the desk are shown."""
        self.steps.append(step)
        if self.event:
            self.event = Event.objects.get(pk=self.event.pk)
        getattr(self, step)()
        self.event.refresh_from_db()
        self.look()

    def a_date(self) -> str:
        year = str(2031 + len(self.dates))
        edtf = self.random.choice(DATES).replace("2018", year)
        self.dates |= {edtf} - {""}
        return edtf

    def accept(self) -> None:
        stance = self.random.choice([*Stance.values, *[Stance.RECALLS] * 4])
        day = f"2018-05-{self.random.randint(1, 28):02}"
        status = self.random.choice(Status.values)
        suggestion = proposed(day, self.a_date(), status, stance)
        report = suggestion.accept(self.by, self.event)
        self.event = report.event
        self.steps.append(f"{day} {stance} {report.edtf} {status}")

    def publish(self) -> None:
        self.event.publish(self.by)
        if not self.event.reports.exists():
            self.set.append({"edtf": self.event.edtf, "status": self.event.status})

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

    def delete_article(self) -> None:
        if (report := self.any_report()) and self.random.random() < 0.5:
            report.article.retract(self.by)

    def move(self) -> None:
        if report := self.any_report():
            report.event = self.other
            report.correct(["event"], self.by)

    def move_back(self) -> None:
        if report := self.other.reports.first():
            report.event = self.event
            report.correct(["event"], self.by)
            self.passed -= {report.pk}

    def correct(self, report: Report | None = None) -> None:
        if report := report or self.any_report():
            report.edtf, report.status = self.a_date(), self.random.choice(Status.values)
            report.stance = self.random.choice(Stance.values)
            report.correct(["edtf", "earliest", "latest", "status", "stance"], self.by)
            self.steps.append(f"{report.stance} {report.edtf} {report.status}")

    def correct_waiting(self) -> None:
        if report := self.event.reports.filter(is_published=False).first():
            self.correct(report)

    def redate(self) -> None:
        if report := self.any_report():
            report.article.published = f"2018-05-{self.random.randint(1, 28):02}"
            report.article.correct(["published", "published_on", "published_at"], self.by)

    def edit(self) -> None:
        """Set date, status or both in the event's form, once what was set is taken over."""
        last = self.set[-1] if self.set else {}
        if any(self.event.own.get(name) != last[name] for name in last if name != "as"):
            return
        columns = {"edtf": self.a_date(), "status": self.random.choice(Status.values)}
        if self.random.random() < 0.5:
            columns.pop(self.random.choice(["edtf", "status"]))
        columns = {
            name: value for name, value in columns.items() if value != getattr(self.event, name)
        }
        if not columns:
            return
        for column, value in columns.items():
            setattr(self.event, column, value)
        self.event.save(update_fields=[*columns, "earliest", "latest"])
        self.set.append(columns | {"as": self.event.status})
        self.passed = set(
            self.event.reports.exclude(gives_status=None).values_list("pk", flat=True)
        )
        self.steps.append(str(columns))

    def any_report(self) -> Report | None:
        reports = list(self.event.reports.in_order())
        return self.random.choice(reports) if reports else None

    def look(self) -> None:
        """Check what is public, what is known of today, and what was set by hand."""
        shown = now_and_known(self.event)
        if not self.set:
            assert self.event.own == {}, self.steps
            assert len(shown) in (0, 2), self.steps
            assert len(set(shown)) <= 1, self.steps
        released = self.event.reports.released()
        told = {edtf for one in (*released, *self.other.reports.released()) if (edtf := one.edtf)}
        told |= {one["edtf"] for one in self.set if "edtf" in one}
        statuses = {one.status for one in released}
        statuses |= {one["status"] for one in self.set if "status" in one}
        for one in Event.objects.public().filter(pk=self.event.pk):
            assert one.edtf in told | {""}, self.steps
            assert one.status in statuses, self.steps
        if self.reads_pages:
            told |= {self.other.edtf}
            years = {date[:4] for date in told}
            private = {date[:4] for date in self.dates} - years
            for address in self.addresses():
                read = self.answer(address)
                assert not {year for year in private if year in read}, (address, self.steps)
        self.look_at_what_was_set()

    def addresses(self) -> list[str]:
        timeline = "/timelines/harbour/"
        return ["/", self.event.get_absolute_url(), timeline, "/actors/nora-vale/",
                *(f"{timeline}export/{name}/" for name in ("json", "csv"))]  # fmt: skip

    def answer(self, address: str) -> str:
        page = Client().get(address)
        assert page.status_code in (200, 404), address
        return EMPTY_BIN.sub("", page.getvalue().decode())

    def look_at_what_was_set(self) -> None:
        """What an editor has set last stays, but for what a report tells that came afterwards."""
        later = [
            one
            for one in self.event.reports.exclude(pk__in=self.passed)
            if one.stance != Stance.RECALLS and (one.is_published or not self.event.is_published)
        ]
        for column in ("edtf", "status"):
            edits = [one for one in self.set if column in one and "as" in one]
            if not edits or self.set[-1] is not edits[-1]:
                continue
            value = getattr(self.event, column)
            is_settled = column == "edtf" and edits[-1]["as"] in (Status.OCCURRED, Status.ONGOING)
            moving = (
                set()
                if is_settled and edits[-1][column]
                else {getattr(one, column) for one in later}
            )
            assert value in {edits[-1][column], *moving}, (column, self.steps)


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_done_to_its_reports_an_event_says_what_they_say(seed: int) -> None:
    walk = Walk(seed)
    walk.run()


@pytest.mark.parametrize("seed", range(60, 85))
def test_what_an_editor_set_stays_whatever_is_done_to_the_reports_that_were_there(
    seed: int,
) -> None:
    Walk(seed, is_edited=True).run()


@pytest.mark.parametrize("seed", range(100, 105))
def test_what_only_a_report_that_waits_states_is_in_no_public_answer(seed: int) -> None:
    Walk(seed, is_edited=bool(seed % 2), reads_pages=True).run()


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
    assert event.edtf == "2018-05-03"
    assert event.own == {"edtf": "2018-05-03", "dated_as": "occurred"}


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
