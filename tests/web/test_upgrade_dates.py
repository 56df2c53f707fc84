"""What the upgrades make of dates and statuses that editors and reports had set before."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.web.desk import change, save, suggest
from tests.web.upgrading import AT_LAST, BEFORE, apps_at, before_the_upgrade, is_read, merged
from timeline.models import Article, Event, Report


@pytest.fixture
def alice(transactional_db) -> User:
    return make.editor()


def is_known_today(event: Event) -> bool:
    """Whether the event says now what its reports say of it today, told anew or not."""
    today = timezone.localdate()
    for _ in range(2):
        now, known = (
            Event.objects.public().filter(pk=event.pk).as_known_on(day, dt.UTC)
            .values_list("shown_edtf", "shown_latest", "shown_status").get()
            for day in (None, today)
        )  # fmt: skip
        if now != known:
            return False
        with transaction.atomic():
            event.take_over()
            event.tell(None, "as reported")
    return True


STAYED = [
    ("planned", "2018-06-12", "2018-06"),
    ("occurred", "2018-06-12", "2018-06"),
    ("cancelled", "2018-06-12", "2018-06"),
    ("planned", "2018-06", "2018-06"),
    ("occurred", "2018-06-13", "2018-06-13"),
]


def stayed(status: str, stored: str, is_public: bool) -> Event:
    """An event whose stored date stayed when the later of its two reports told a coarser one."""
    event = make.event(f"{status} {stored}", edtf=stored, status=status, published=is_public)
    event.own = {"edtf": "2018", "status": "planned"}
    event.save()
    gives = {"gives_date": True, "gives_status": True, "is_published": is_public}
    for day, edtf in (("2018-05-01", "2018-06-12"), ("2018-06-13", "2018-06")):
        article = make.article(day, f"{event.title} on {day}", is_published=is_public)
        make.report(event, article, edtf=edtf, status=status, **gives)
    return event


@pytest.mark.parametrize("is_public", [True, False], ids=["public", "draft"])
@pytest.mark.parametrize("state", [BEFORE, AT_LAST], ids=["from the start", "from the last"])
def test_a_date_that_stayed_before_the_upgrade_is_that_of_the_latest_report_after_it(
    alice: User, state: list[tuple[str, str]], is_public: bool
) -> None:
    cases = STAYED[state == BEFORE :]
    events = [stayed(status, stored, is_public) for status, stored, _ in cases]
    with before_the_upgrade(state):
        pass
    for event, (_, stored, told) in zip(events, cases, strict=True):
        event.refresh_from_db()
        assert event.edtf == told
        history = LogEntry.objects.filter(object_id=str(event.pk), content_type__model="event")
        was, now = (f"{event.get_status_display()} {edtf}" for edtf in (stored, told))
        said = f"{was} → {now}, as its reports have it since the upgrade."
        lines = [line.get_change_message() for line in history]
        assert lines == ([said] if told != stored else [])
        event.publish(alice)
        event.refresh_from_db()
        assert event.edtf == told
        assert is_known_today(event) == (told == "2018-06")
        if state == AT_LAST and told == "2018-06":
            for left in ("2018-06-12", "2018"):
                event.reports.in_order().last().retract(alice)
                event.refresh_from_db()
                assert event.edtf == left


@pytest.mark.parametrize("is_maker_deleted", [False, True])
@pytest.mark.parametrize("stance", ["recalls", "reports"])
def test_what_made_an_event_before_the_upgrade_is_no_editors_date_after_it(
    alice: User, stance: str, is_maker_deleted: bool
) -> None:
    article = make.article("2018-05-01", body="They talk.")
    said = {"title": "Talks", "edtf": "2018-04", "status": "occurred", "stance": stance}
    maker = suggest(article, "They talk", **said).accept(alice)
    merged(maker.event, "2018-05-02", alice, edtf="2018-04-20", status="occurred")
    Event.objects.get().publish(alice)
    if is_maker_deleted:
        Report.objects.get(pk=maker.pk).delete()
    Event.objects.update(own={"edtf": "2018-04", "status": "occurred"}, made_as={}, edtf="2018-04")
    with before_the_upgrade(AT_LAST):
        pass
    event = Event.objects.get()
    assert (event.edtf, event.own) == ("2018-04-20", {})
    assert is_known_today(event)


def test_an_event_that_is_only_recalled_says_so_after_the_upgrade(alice: User) -> None:
    article = make.article("2018-05-01", body="They talk.")
    said = {"title": "Talks", "edtf": "2018-04", "status": "occurred", "stance": "recalls"}
    suggest(article, "They talk", **said).accept(alice).event.publish(alice)
    Report.objects.update(edtf="2018-03", gives_date=None, gives_status=None)
    with before_the_upgrade(AT_LAST):
        pass
    event = Event.objects.get()
    assert event.edtf == "2018-03"
    assert is_known_today(event)


def test_what_an_editor_has_set_by_hand_is_kept_by_the_upgrade(client: Client, alice: User) -> None:
    client.force_login(alice)
    article = make.article("2018-05-01", body="They talk.")
    said = {"title": "Talks", "edtf": "2018-04", "status": "occurred", "stance": "recalls"}
    event = suggest(article, "They talk", **said).accept(alice).event
    event.publish(alice)
    save(client, event, edtf="2018-03-31")
    with before_the_upgrade(AT_LAST):
        pass
    event = Event.objects.get()
    assert event.edtf == "2018-03-31"
    event.publish(alice)
    assert Event.objects.get().edtf == "2018-03-31"


def talks() -> Event:
    return Event.objects.get(title="Talks")


def upgraded() -> list[str]:
    """Upgrade twice; what the history says of it."""
    before = LogEntry.objects.count()
    for _ in range(2):
        with before_the_upgrade(AT_LAST):
            pass
    return [line.get_change_message() for line in LogEntry.objects.order_by("pk")[before:]]


def public_talks(alice: User, *stated: tuple[str, str], status: str = "planned") -> list[Report]:
    """The public reports of the talks: day of the article, date; the first one makes them."""
    reports = []
    for day, edtf in stated:
        article = make.article(day, f"News of {day}", body="They talk.")
        said = {"title": "Talks", "edtf": edtf, "status": status, "stance": "reports",
                "basis": {"date": {"rule": "judged"}}}  # fmt: skip
        event = Event.objects.filter(title="Talks").first()
        reports.append(suggest(article, "They talk", **said).accept(alice, event))
        reports[-1].event.publish(alice)
    return reports


@pytest.mark.parametrize("status", ["planned", "occurred", "cancelled"])
@pytest.mark.parametrize("edits", [["2018-06-12"], ["2018-07", "2018-06-12"]])
def test_a_date_that_an_editor_set_to_an_earlier_reports_is_kept_by_the_upgrade(
    client: Client, alice: User, status: str, edits: list[str]
) -> None:
    client.force_login(alice)
    public_talks(alice, ("2018-05-01", "2018-06-12"), ("2018-05-27", "2018-06"), status=status)
    for edtf in edits:
        save(client, talks(), edtf=edtf)
    Event.objects.update(made_as={})
    assert upgraded() == []
    assert talks().edtf == "2018-06-12"
    talks().publish(alice)
    assert talks().edtf == "2018-06-12"


def test_a_status_that_an_editor_set_to_an_earlier_reports_is_kept_by_the_upgrade(
    client: Client, alice: User
) -> None:
    client.force_login(alice)
    public_talks(alice, ("2018-05-01", "2018-06-12"))
    merged(talks(), "2018-05-20", alice, edtf="2018-06-12", status="cancelled")
    talks().publish(alice)
    save(client, talks(), status="planned")
    assert upgraded() == []
    assert talks().status == "planned"


def test_a_date_set_by_an_editor_whose_account_is_deleted_is_kept_by_the_upgrade(
    client: Client, alice: User
) -> None:
    bob = make.editor("bob")
    client.force_login(bob)
    public_talks(alice, ("2018-05-01", "2018-06-12"))
    save(client, talks(), edtf="2018-06-20")
    public_talks(alice, ("2018-05-27", ""))
    bob.delete()
    assert upgraded() == []
    assert (talks().edtf, talks().own["edtf"]) == ("2018-06-20", "2018-06-20")


def test_what_a_report_that_waits_states_is_not_told_by_the_upgrade(alice: User) -> None:
    [report] = public_talks(alice, ("2018-05-01", "2018-06-12"))
    report.article.unpublish(alice)
    Report.objects.update(edtf="2018-09-09", status="cancelled")
    Event.objects.update(made_as={})
    assert upgraded() == []
    assert (talks().edtf, talks().status) == ("2018-06-12", "planned")
    assert not is_read(talks())


@pytest.mark.parametrize("is_maker_known", [True, False])
@pytest.mark.parametrize("later", [(), ("2018-05-02", "2018-05-12")])
def test_what_made_an_event_without_reports_is_no_editors_date_after_the_upgrade(
    alice: User, later: tuple, is_maker_known: bool
) -> None:
    stated = [("2018-05-01", "2018-05"), *([later] if later else [])]
    for report in public_talks(alice, *stated, status="occurred"):
        report.retract(alice)
    own = {"edtf": "2018-05", "status": "occurred"} if later else {}
    made_as = own if is_maker_known else {}
    Event.objects.update(edtf="2018-05", own=own, made_as=made_as)
    assert upgraded() == []
    assert talks().own == {}
    public_talks(alice, ("2018-05-22", "2018-05-13"), status="occurred")
    assert talks().edtf == "2018-05-13"
    assert is_known_today(talks())


def test_a_report_that_was_withdrawn_at_the_upgrade_gives_its_date_when_it_returns(
    alice: User,
) -> None:
    _, later = public_talks(alice, ("2018-05-01", "2018-06-12"), ("2018-05-27", "2018-06-13"))
    later.article.unpublish(alice)
    Report.objects.filter(pk=later.pk).update(gives_date=False)
    assert upgraded() == []
    Article.objects.get(pk=later.article_id).publish(alice)
    assert talks().edtf == "2018-06-13"
    assert is_known_today(talks())


def test_what_was_let_stand_without_a_report_stands_after_the_upgrade(alice: User) -> None:
    [report] = public_talks(alice, ("2018-05-01", "2018-06-12"))
    report.retract(alice)
    talks().publish(alice)
    assert upgraded() == []
    assert is_read(talks())
    assert talks().edtf == "2018-06-12"


def test_rows_of_a_database_that_ran_the_first_repair_are_brought_in_line(
    client: Client, alice: User
) -> None:
    public_talks(alice, ("2018-05-01", "2018-05"), ("2018-05-22", "2018-05-12"), status="occurred")
    stale = {"edtf": "2018-05", "own": {"edtf": "2018-05", "status": "occurred"}, "made_as": {}}
    with before_the_upgrade([("timeline", "0017_drafts_of_timelines")]):
        then = apps_at("0017_drafts_of_timelines").get_model
        days = {"earliest": dt.date(2018, 5, 1), "latest": dt.date(2018, 5, 31)}
        then("timeline", "Event").objects.update(**stale, **days)
        then("timeline", "Report").objects.update(gives_date=False)
    assert (talks().edtf, talks().own) == ("2018-05-12", {})
    assert is_known_today(talks())
    client.force_login(alice)
    history = client.get(change(talks(), "history")).content.decode()
    assert "as its reports have it since the upgrade" in history


def test_an_upgrade_that_runs_again_leaves_a_recollection_beside_an_editors_status(
    client: Client, alice: User
) -> None:
    public_talks(alice, ("2018-05-01", "2018-05"))
    client.force_login(alice)
    save(client, talks(), status="occurred")
    with transaction.atomic():
        talks().take_over()
    Report.objects.update(stance="recalls")
    before = set(Report.objects.values_list("gives_date", "gives_status"))
    assert before == {(True, False)}
    upgraded()
    assert set(Report.objects.values_list("gives_date", "gives_status")) == before
    assert talks().own["status"] == "occurred"
