"""A decision can be undone, all of it, unless something has been built upon it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core import serializers

from tests import factories as make
from tests.web.desk import suggest
from timeline.models import (
    Actor,
    Article,
    Decision,
    Event,
    NotDecidedError,
    NotUndoneError,
    Participation,
    Place,
    Quote,
    Report,
    Suggestion,
)
from timeline.models.actors import Alias
from timeline.models.name_links import NameLink, NameRole

pytestmark = pytest.mark.django_db

KEPT = (Article, Suggestion, Event, Report, Quote, Participation, Actor, Alias, Place,
        Quote.events.through)  # fmt: skip


@pytest.fixture
def alice(db: None) -> User:
    return make.editor("alice")


@pytest.fixture
def bob(db: None) -> User:
    return make.editor("bob")


@pytest.fixture
def named(meeting: Suggestion) -> Suggestion:
    """The meeting, with two people and a place that no record bears yet."""
    meeting.actors, meeting.place = ["Nora Vale", "Piet Strand"], "Elmsport pier"
    meeting.save()
    return meeting


def all_rows() -> dict[str, str]:
    """Every row of what a decision may touch, as text."""
    return {model.__name__: serializers.serialize("json", model.objects.order_by("pk"))
            for model in KEPT}  # fmt: skip


def talks(*, published: bool = False, **fields: object) -> Event:
    """Talks planned for June 2018, reported on 1 May."""
    event = make.event("Talks", published=published, edtf="2018-06", status="planned", **fields)
    make.report(event, make.article("2018-05-01", "News of talks"), gives_date=True,
                gives_status=True)  # fmt: skip
    return event


def last() -> Decision:
    decision = Decision.objects.first()
    assert decision
    return decision


def accept_as_new(suggestion: Suggestion, by: User) -> object:
    return suggestion.accept(by=by)


def merge_into_a_draft(suggestion: Suggestion, by: User) -> object:
    return suggestion.accept(by=by, event=Event.objects.get(title="Talks"))


def reject(suggestion: Suggestion, by: User) -> object:
    return suggestion.reject(by=by, reason="An opinion, no event")


def merge_with_an_alias(suggestion: Suggestion, by: User) -> object:
    link = NameLink(NameRole.ACTOR, "Strand", record=make.actor("Pieter Strand"))
    return suggestion.accept(by=by, event=Event.objects.get(title="Talks"), links=[link])


DECISIONS = pytest.mark.parametrize(
    "decide", [accept_as_new, merge_into_a_draft, reject, merge_with_an_alias]
)


@DECISIONS
@pytest.mark.parametrize("published", [False, True], ids=["draft", "public"])
def test_undoing_a_decision_leaves_every_row_as_it_was(alice, named, decide, published) -> None:
    talks(published=published)
    make.actor("Pieter Strand")
    before = all_rows()
    decide(named, alice)
    assert all_rows() != before
    assert last().undo(by=alice) == []
    assert all_rows() == before


def test_undoing_a_quote_takes_it_and_its_speaker_back(alice, article) -> None:
    event = talks()
    before = all_rows()
    article.suggestions.get(type="quote").accept(by=alice, event=event)
    assert event.quotes.count() == 1
    last().undo(by=alice)
    assert all_rows() == before


def test_undoing_a_tie_leaves_a_quote_that_was_held_before(alice, article) -> None:
    event, other = talks(), make.event("Sailing", published=False)
    words = article.suggestions.get(type="quote")
    held = make.quote(words.text, article, make.actor("Nora Vale"), other, is_published=False)
    Suggestion.objects.filter(pk=words.pk).update(quote=held)
    before = all_rows()
    words.accept(by=alice, event=event)
    last().undo(by=alice)
    assert all_rows() == before


def test_a_decision_says_what_it_made_and_what_it_changed(alice, named) -> None:
    event = talks()
    merge_into_a_draft(named, alice)
    decision = last()
    assert (decision.by, decision.kind, decision.article) == (alice, "merge", named.article)
    assert list(decision.suggestions.all()) == [named]
    made = {one.key.model for one in decision.changes.all() if one.before is None}
    assert made == {Report, Actor, Place, Participation}
    changed = decision.changes.get(object_id=event.pk, model="timeline.event").columns
    assert (changed["edtf"], changed["status"]) == (
        ("2018-06", "2018-05-15"), ("planned", "occurred"),
    )  # fmt: skip


def test_an_undone_decision_stands_in_the_history_of_its_suggestion(alice, bob, named) -> None:
    from django.contrib.admin.models import LogEntry

    named.accept(by=alice)
    last().undo(by=bob)
    lines = LogEntry.objects.filter(object_id=str(named.pk), content_type__model="suggestion")
    assert [(line.user, line.change_message) for line in lines.order_by("pk")] == [
        (alice, "Accepted."), (bob, "Undone: accepted."),
    ]  # fmt: skip


def test_a_decision_is_undone_once_and_the_second_is_told_by_whom(alice, bob, named) -> None:
    named.accept(by=alice)
    decision = last()
    Decision.objects.get(pk=decision.pk).undo(by=bob)
    with pytest.raises(NotUndoneError, match=r"bob has undone this already, at [0-9]{2}:[0-9]{2}"):
        decision.undo(by=alice)


def test_a_reopened_suggestion_can_be_decided_and_undone_again(alice, named) -> None:
    before = all_rows()
    for _ in range(3):
        Suggestion.objects.get(pk=named.pk).accept(by=alice)
        last().undo(by=alice)
    assert all_rows() == before


def published(report: Report, by: User) -> str:
    report.event.publish(by)
    return "has been published"


def reported_again(report: Report, by: User) -> str:
    other = make.article("2018-05-20", "Another")
    Report.objects.create(event=report.event, article=other, status="occurred")
    return "another report (Harbour, 20 May 2018) hangs on"


def renamed(report: Report, by: User) -> str:
    from timeline.models.log import record

    report.event.title = "Vale meets Strand"
    report.event.save()
    record(by, report.event, "Changed title.")
    return "was changed by bob at"


def put_on_a_timeline(report: Report, by: User) -> str:
    make.timeline(report.event)
    return "the timeline “The harbour” has been tied to"


def quoted(report: Report, by: User) -> str:
    quote = make.quote("We sail.", report.article, make.actor("Ada"), report.event)
    assert quote.events.exists()
    return "the quote of Ada has been tied to"


def made_a_part(report: Report, by: User) -> str:
    make.event("Opening words", part_of=report.event)
    return "the event “Opening words” hangs on"


def joined_by_an_actor(report: Report, by: User) -> str:
    make.takes_part(make.actor("Ada Brook"), report.event)
    return "Ada Brook has been added to"


def told_by_another_suggestion(report: Report, by: User) -> str:
    other = suggest(report.article, "The line was closed", title="Mayor opens the pier")
    other.accept(by=by, event=report.event)
    return "“Mayor opens the pier” has been accepted into"


def corrected(report: Report, by: User) -> str:
    report.edtf = "2018-05-14"
    report.correct(["edtf"], by)
    return "changed"


BUILT = [published, reported_again, renamed, put_on_a_timeline, quoted, made_a_part,
         joined_by_an_actor, told_by_another_suggestion, corrected]  # fmt: skip


@pytest.mark.parametrize("build", BUILT)
def test_what_has_been_built_upon_is_named_and_nothing_is_undone(alice, bob, named, build) -> None:
    report = named.accept(by=alice)
    decision = last()
    said = build(report, bob)
    before = all_rows()
    with pytest.raises(NotUndoneError) as refusal:
        decision.undo(by=alice)
    assert said in str(refusal.value)
    assert str(refusal.value).count(". ") == 0
    assert all_rows() == before
    decision.refresh_from_db()
    assert decision.undone_at is None


def test_an_actor_that_another_event_needs_by_now_stays(alice, named) -> None:
    named.accept(by=alice)
    decision = last()
    make.takes_part(Actor.objects.get(name="Nora Vale"), make.event("Sailing"))
    assert decision.undo(by=alice) == ["Nora Vale stays: something else needs it by now."]
    assert set(Actor.objects.values_list("name", flat=True)) == {"Nora Vale"}
    assert not Place.objects.exists()


def test_decisions_can_be_undone_in_any_order(alice, article, named) -> None:
    event = talks()
    visit = article.suggestions.get(title="Strand visits Elmsport")
    later = make.article("2018-05-20", "Later", body="Talks were called off.")
    off = suggest(later, "Talks were called off", status="cancelled", stance="cancels", edtf="",
                  title="Talks called off", actors=["Nora Vale"])  # fmt: skip
    before = all_rows()
    named.accept(by=alice, event=event)
    off.accept(by=alice, event=event)
    visit.accept(by=alice)
    second, first = Decision.objects.filter(kind="merge")
    first.undo(by=alice)
    event.refresh_from_db()
    assert (event.edtf, event.status) == ("2018-06", "cancelled")
    assert [str(one) for one in event.participants.all()] == ["Nora Vale"]
    second.undo(by=alice)
    Decision.objects.get(kind="accept").undo(by=alice)
    rows = all_rows()
    for model in ("Event", "Report", "Suggestion", "Participation", "Place"):
        assert rows[model] == before[model]


def test_many_suggestions_are_decided_and_undone_as_one(alice, article, named) -> None:
    before = all_rows()
    quote = article.suggestions.get(type="quote")
    rest = article.suggestions.get(title="Strand visits Elmsport")
    with Decision.record(by=alice, kind="accept", what="Vale and Strand meet") as decision:
        report = named.accept(by=alice)
        quote.accept(by=alice, event=report.event)
        rest.reject(by=alice)
    assert Decision.objects.count() == 1
    assert decision.suggestions.count() == 3
    decision.undo(by=alice)
    assert all_rows() == before


def test_one_suggestion_that_fails_within_a_decision_leaves_the_others(alice, bob, article) -> None:
    one, other, _ = article.suggestions.order_by("pk")
    other.reject(by=bob)
    before = all_rows()
    with Decision.record(by=alice, kind="accept") as decision:
        one.accept(by=alice)
        with pytest.raises(NotDecidedError):
            other.accept(by=alice)
    assert list(decision.suggestions.all()) == [one]
    decision.undo(by=alice)
    assert all_rows() == before


def test_a_decision_that_fails_as_a_whole_leaves_nothing(alice, article) -> None:
    before = all_rows()

    def accept_and_fail() -> None:
        with Decision.record(by=alice, kind="accept"):
            article.suggestions.first().accept(by=alice)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        accept_and_fail()
    assert all_rows() == before
    assert not Decision.objects.exists()
    article.suggestions.first().accept(by=alice)
    assert Decision.objects.count() == 1


def test_a_decision_that_changes_nothing_is_none(alice) -> None:
    with Decision.record(by=alice, kind="accept"):
        pass
    assert not Decision.objects.exists()


def test_what_is_watched_is_restored_whatever_it_is(alice, article) -> None:
    event, other = talks(), make.event("Sailing", published=False)
    timeline = make.timeline(other)
    before = all_rows()
    with Decision.record(by=alice, kind="edit") as decision:
        decision.watch(Event.objects.all(), type(timeline).events.through.objects.all())
        Event.objects.filter(pk=event.pk).update(title="Talks in Elmsport", edtf="2018-07")
        timeline.events.set([event])
    decision.undo(by=alice)
    assert all_rows() == before
    assert list(timeline.events.all()) == [other]


def test_the_last_decision_is_that_of_the_editor_on_the_article(alice, bob, article) -> None:
    one, other, words = article.suggestions.order_by("pk")
    elsewhere = suggest(make.article("2018-05-20", body="We sail."), "We sail", title="Sailing")
    for suggestion, who in ((one, alice), (other, alice), (words, bob), (elsewhere, alice)):
        suggestion.reject(by=who)
    on_article = Decision.objects.last_of(alice, article)
    assert list(on_article.suggestions.all()) == [other]
    on_article.undo(by=alice)
    assert list(Decision.objects.last_of(alice, article).suggestions.all()) == [one]
    assert list(Decision.objects.last_of(alice).suggestions.all()) == [elsewhere]


def test_reopening_a_rejection_is_undoing_it(alice, bob, named) -> None:
    named.reject(by=alice)
    named.reopen(by=bob)
    decision = last()
    assert (named.state, decision.undone_by) == ("pending", bob)


def missing_event(suggestion: Suggestion, by: User) -> None:
    suggestion.match.delete()


def missing_suggestion(suggestion: Suggestion, by: User) -> None:
    suggestion.delete()


@pytest.mark.parametrize("lose", [missing_event, missing_suggestion])
def test_what_is_gone_by_now_keeps_nobody_from_undoing(alice, named, lose: Callable) -> None:
    named.match = make.event("Sailing", published=False)
    named.save()
    named.accept(by=alice, event=talks())
    decision = last()
    named.match, gone = Event.objects.get(title="Sailing"), named
    lose(gone, alice)
    decision.undo(by=alice)
    assert not Report.objects.filter(article=named.article).exists()
