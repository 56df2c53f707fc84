"""What the upgrade to withdrawals and partings makes of rows that were here before it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests import factories as make
from tests.web.desk import suggest
from tests.web.upgrading import before_the_upgrade, is_read, merged
from timeline.models import Article, Event, Quote, Report, Timeline
from timeline.models.log import record


@pytest.fixture
def alice(transactional_db) -> User:
    return make.editor()


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
