"""The columns are as new as the database, and read anew only what has changed."""

import pytest
from django.db.models import QuerySet

from tests import factories as make
from timeline.models import Event, Line, Quote, Timeline
from timeline.selection import Results, Selection
from timeline.selection import columns as kept
from timeline.selection.columns import Columns, columns_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour() -> Timeline:
    events = [make.event(f"Event {number}") for number in range(4)]
    paper = make.article("2018-05-02")
    for event in events:
        make.report(event, paper)
        make.takes_part(make.actor("Alice"), event)
    make.quote("It is open", paper, make.actor("Alice"), *events[:2])
    return make.timeline(*events)


@pytest.fixture
def read(harbour: Timeline, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read of the timeline from now on: “all”, or the keys of some events."""
    columns_of(harbour)
    done: list[str] = []
    plain = kept._tables

    def noting(events):
        done.append("some" if "IN (" in str(events.query) else "all")
        return plain(events)

    monkeypatch.setattr(kept, "_tables", noting)
    return done


def same_as_read(timeline: Timeline) -> bool:
    found = columns_of(timeline)
    fresh = Columns.read(timeline, found.stamp)
    return all(
        sorted(map(repr, table.tolist())) == sorted(map(repr, fresh.tables[name].tolist()))
        for name, table in found.tables.items()
    )


def test_while_nothing_is_written_nothing_is_read(harbour, read, django_assert_num_queries):
    with django_assert_num_queries(3):
        columns_of(harbour)
    assert read == []


def renamed(event: Event) -> None:
    event.title = "Renamed"
    event.save(update_fields=["title"])


def dated(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(edtf="2018-06")


def report_corrected(event: Event) -> None:
    event.reports.update(status="cancelled")


def paper_dated_anew(event: Event) -> None:
    paper = event.reports.get().article
    paper.published = "2018-05-09T10:00:00+09:00"
    paper.save(update_fields=["published"])


def paper_deleted(event: Event) -> None:
    event.reports.get().article.delete()


def left_by_alice(event: Event) -> None:
    event.participations.all().delete()


def withdrawn(event: Event) -> None:
    event.unpublish(by=make.editor())


def deleted(event: Event) -> None:
    event.delete()


def quote_deleted(event: Event) -> None:
    Quote.objects.all().delete()


def new_on_the_timeline(event: Event) -> None:
    another = make.event("Another")
    make.report(another, make.article("2018-07-01"))
    Timeline.objects.get().events.add(another)


@pytest.mark.parametrize(
    "change",
    [renamed, dated, report_corrected, paper_dated_anew, paper_deleted, left_by_alice,
     withdrawn, deleted, quote_deleted, new_on_the_timeline],
)  # fmt: skip
def test_what_has_changed_is_read_anew_and_nothing_else(harbour, read, change):
    change(harbour.events.first())
    columns_of(harbour)
    assert read == ["some"]
    assert same_as_read(harbour)


def test_a_name_is_asked_for_again_once_it_may_be_another(harbour):
    def people() -> list[str]:
        facets = {one.field: one for one in Results(Selection(harbour)).facets}
        return [one.label for one in facets["actors"].options]

    assert people() == ["Alice"]
    alice = make.actor("Alice")
    alice.name = "Alice Vale"
    alice.save(update_fields=["name"])
    assert people() == ["Alice Vale"]


def test_a_line_that_is_committed_late_is_seen(harbour):
    """Another's transaction may have begun before the last line that was seen."""
    event = harbour.events.first()
    early = Line.objects.create(model="timeline.event", object_id=event.pk)
    Line.objects.filter(pk=early.pk).delete()
    Line.objects.create(model="timeline.actor", object_id=1)
    columns_of(harbour)
    QuerySet(Event).filter(pk=event.pk).update(kind="summit")  # past the history
    Line.objects.create(pk=early.pk, model="timeline.event", object_id=event.pk)
    assert same_as_read(harbour)


def test_lines_that_are_gone_let_all_be_read(harbour, read):
    Line.objects.latest("pk").delete()
    columns_of(harbour)
    assert read == ["all"]


def test_no_more_timelines_are_kept_than_are_asked_for_last(harbour, monkeypatch):
    monkeypatch.setattr(kept, "KEPT", 1)
    other = make.timeline(slug="other")
    columns_of(other)
    assert list(kept._held) == [other.pk]
