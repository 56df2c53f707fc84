"""What the upgrade to withdrawals and partings makes of rows that were here before it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.web.desk import change, save, suggest
from timeline.models import Article, Event, Quote, Report, Timeline
from timeline.models.log import record

BEFORE = [("timeline", "0010_digest_paragraphs")]
AT_LAST = [("timeline", "0013_quotes_withdrawn_with_events")]


@contextmanager
def before_the_upgrade(state: list[tuple[str, str]] = BEFORE) -> Iterator[None]:
    """The rows that are here go back to the state before; afterwards they are upgraded."""
    latest = [
        key
        for key in MigrationExecutor(connection).loader.graph.leaf_nodes()
        if key[0] == "timeline"
    ]
    if state == AT_LAST:  # no table that its rows stand in has changed since
        yield
        for name in ("0014_dates_that_stayed", "0018_dates_that_editors_set"):
            upgrade = import_module(f"timeline.migrations.{name}")
            with transaction.atomic():
                upgrade.tell_as_reported(apps_at(name), SimpleNamespace(connection=connection))
        return
    MigrationExecutor(connection).migrate(state)
    try:
        yield
    finally:
        MigrationExecutor(connection).migrate(latest)


@cache
def apps_at(name: str) -> Any:
    """The models as a migration sees them: made once, for it takes two seconds."""
    return MigrationExecutor(connection).loader.project_state([("timeline", name)]).apps


@pytest.fixture
def alice(transactional_db) -> User:
    return make.editor()


def is_read(record: Article | Event) -> bool:
    return Client().get(record.get_absolute_url()).status_code == 200


def words_are_read(event: Event, words: str) -> bool:
    return words in Client().get(event.get_absolute_url()).content.decode()


def test_what_was_withdrawn_before_the_upgrade_does_not_come_back(alice: User) -> None:
    event, article = make.event("Talks"), make.article("2018-05-01", "Withdrawn")
    make.report(event, article)
    quote = make.quote("Private words", article, make.actor("Nora Vale"), event)
    for one in (quote, article):
        one.unpublish(alice)
    with before_the_upgrade():
        pass
    Event.objects.get().publish(alice)
    assert is_read(event)
    assert not is_read(article)
    assert not words_are_read(event, "Private words")


def test_quotes_that_went_with_an_event_before_the_upgrade_return_with_that_alone(
    alice: User,
) -> None:
    event, other = make.event("Talks", published=False), make.event("Other", published=False)
    article = make.article("2018-05-01", is_published=True)
    make.report(event, article)
    quotes = [
        make.quote(f"{words} words", article, make.actor("Nora Vale"), event, other)
        for words in ("Went along", "Withdrawn", "Never public")
    ]
    record(alice, quotes[1], "Unpublished.")
    LogEntry.objects.update(action_time=timezone.now() - timedelta(minutes=1))
    record(alice, quotes[0], "Unpublished.")
    record(alice, event, "Unpublished, with 1 report and 1 quote.")
    with before_the_upgrade():
        pass
    event, other = Event.objects.get(slug="talks"), Event.objects.get(slug="other")
    assert event.withdrawn_at
    assert [bool(quote.withdrawn_at) for quote in Quote.objects.order_by("pk")] == [0, 1, 0]
    other.publish(alice)
    assert words_are_read(other, "Never public words")
    assert not words_are_read(other, "Went along words")
    event.publish(alice)
    assert words_are_read(event, "Went along words")
    assert not words_are_read(event, "Withdrawn words")


def test_a_withdrawn_event_and_timeline_stay_so_after_the_upgrade(alice: User) -> None:
    event, harbour = make.event("Talks"), make.timeline()
    article = make.article("2018-05-01", is_published=True)
    make.report(event, article)
    make.quote("Said on the talks", article, make.actor("Nora Vale"), event)
    record(alice, event, "Published the report of Harbour News, 1 May 2018.")
    event.unpublish(alice)
    harbour.unpublish(alice)
    with before_the_upgrade():
        pass
    assert Event.objects.get().withdrawn_at
    assert Timeline.objects.get().withdrawn_at
    Article.objects.get().publish(alice)
    assert not Quote.objects.public()


def test_what_was_published_again_or_never_withdrawn_is_not_held_back(alice: User) -> None:
    again, draft = make.event("Again"), make.event("Draft", published=False)
    again.unpublish(alice)
    again.publish(alice)
    told = make.article("2018-05-02", "Told")
    told_by = make.report(again, told)
    waits = make.article("2018-05-03", "Waits")
    make.report(draft, waits)
    record(alice, told, "Unpublished.")  # and public since through the report of another editor
    record(alice, draft, "Changed title.")
    with before_the_upgrade():
        pass
    assert not Event.objects.exclude(withdrawn_at=None)
    assert not Article.objects.exclude(withdrawn_at=None)
    assert Report.objects.get(pk=told_by.pk).is_public


def merged(event: Event, published: str, by: User, **said: object) -> Report:
    """The report of a merge."""
    article = make.article(published, body="They talk.")
    accepted = suggest(article, "They talk", title="Talks", **said).accept(by, event)
    assert isinstance(accepted, Report)
    return accepted


def test_names_that_a_merge_before_the_upgrade_brought_go_with_it(alice: User) -> None:
    event = make.event("Talks", published=False)
    make.report(event, make.article("2018-05-01"))
    nora = make.actor("Nora Vale")
    nora.aliases.create(name="Minister Vale")
    said = {"actors": ["MINISTER VALE", "Piet Strand", "Ada Brook"], "place": "Elmsport pier"}
    reports = [merged(event, day, alice, **said) for day in ("2018-05-02", "2018-05-03")]
    event.participations.filter(actor__name="Piet Strand").update(role="host")
    event.participations.filter(actor__name="Ada Brook").update(known_from=None)
    make.takes_part(make.actor("Hand Made"), event, known_from=reports[0])
    with before_the_upgrade():
        pass
    for report in Report.objects.filter(pk__in=[one.pk for one in reports]):
        report.retract(alice)
    event = Event.objects.get()
    names = {actor.name for actor in event.participants.all()}
    assert names == {"Piet Strand", "Ada Brook", "Hand Made"}
    assert event.place is None


def test_a_place_that_no_suggestion_named_stays(alice: User) -> None:
    event = make.event("Talks", published=False)
    make.report(event, make.article("2018-05-01"))
    report = merged(event, "2018-05-02", alice, place="Elmsport pier")
    Event.objects.filter(pk=event.pk).update(place=make.place("Sandhaven"))
    with before_the_upgrade():
        pass
    Report.objects.get(pk=report.pk).retract(alice)
    assert Event.objects.get().place == make.place("Sandhaven")


def test_an_event_that_a_suggestion_made_before_the_upgrade_stays_what_it_was_made_as(
    alice: User,
) -> None:
    article = make.article("2018-05-02", body="They will talk.")
    said = {"title": "Talks", "edtf": "2018-06", "status": "planned", "actors": ["Nora Vale"]}
    suggest(article, "They will talk", **said).accept(alice)
    event = Event.objects.get()
    merged(event, "2018-05-03", alice, edtf="2018-06-12", status="cancelled", actors=["Ada Brook"])
    with before_the_upgrade():
        pass
    assert [one.made_event for one in Report.objects.in_order()] == [True, False]
    for report in Report.objects.in_order():
        report.retract(alice)
    event = Event.objects.get()
    assert (event.edtf, event.status) == ("2018-06", "planned")
    assert [actor.name for actor in event.participants.all()] == ["Nora Vale"]


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
