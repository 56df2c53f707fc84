"""A merge that is taken back leaves nothing behind: no date, no status, no name."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories as make
from tests.web.desk import change, decide, form_of, place_in, save, suggest
from timeline.models import Article, Event, Report, Suggestion

pytestmark = pytest.mark.django_db


BOTH = pytest.mark.parametrize("is_public", [False, True], ids=["draft", "public"])


@pytest.fixture
def called_off(meeting: Suggestion) -> Suggestion:
    """A suggestion of 16 May 2018 that talks of 12 June are called off, with who and where."""
    meeting.edtf, meeting.status, meeting.stance = "2018-06-12", "cancelled", "cancels"
    meeting.actors, meeting.place = ["Nora Vale"], "Elmsport pier"
    meeting.save()
    return meeting


def talks(*, is_public: bool, reported: bool = True, **fields: str) -> Event:
    """Talks that are planned for June 2018, reported on 1 May unless told otherwise."""
    fields = {"edtf": "2018-06", "status": "planned"} | fields
    event = make.event(f"Talks {Event.objects.count()}", published=is_public, **fields)
    if reported:
        make.report(event, make.article("2018-05-01", f"News of {event}"))
    return event


def merged(alice: Client, suggestion: Suggestion, event: Event) -> Report:
    """The report that a merge has made, released where the event is public."""
    decide(alice, suggestion, "merge", event=event.pk)
    if event.is_published:
        event.publish(editor())
    return suggestion.article.reports.get(event=event)


def editor() -> User:
    return User.objects.get(username="alice")


def says(event: Event) -> tuple[str, str]:
    event.refresh_from_db()
    return event.edtf, event.status


def named(event: Event) -> tuple[list[str], str]:
    event.refresh_from_db()
    return [str(actor) for actor in event.participants.all()], str(event.place or "")


def deleted(alice: Client, report: Report) -> None:
    alice.post(change(report, "delete"), {"post": "yes"})


def article_deleted(alice: Client, report: Report) -> None:
    alice.post(change(report.article, "delete"), {"post": "yes"})


def moved(alice: Client, report: Report) -> None:
    save(alice, report, event=str(talks(is_public=False).pk))


def corrected(alice: Client, report: Report) -> None:
    save(alice, report, edtf="2018-06", status="planned", stance="announces")


def corrected_then_deleted(alice: Client, report: Report) -> None:
    save(alice, report, edtf="2018-06-13")
    assert says(report.event)[0] == "2018-06-13"
    deleted(alice, report)


def corrected_beneath_its_event(alice: Client, report: Report) -> None:
    sent = form_of(alice, report.event)
    at = place_in(sent, report)
    more = {f"{at}-edtf": "2018-06", f"{at}-status": "planned", f"{at}-stance": "announces"}
    assert alice.post(change(report.event), sent | more).status_code == 302


@BOTH
@pytest.mark.parametrize("reported", [True, False], ids=["reported", "an editor's record"])
@pytest.mark.parametrize(
    "undo",
    [deleted, article_deleted, moved, corrected, corrected_then_deleted,
     corrected_beneath_its_event],
)  # fmt: skip
def test_an_event_says_again_what_it_said_before_the_merge(
    alice: Client, called_off: Suggestion, undo: Callable, reported: bool, is_public: bool
) -> None:
    event = talks(is_public=is_public, reported=reported)
    report = merged(alice, called_off, event)
    assert says(event) == ("2018-06-12", "cancelled")
    undo(alice, report)
    assert says(event) == ("2018-06", "planned")


@BOTH
def test_a_date_that_an_editor_made_more_exact_outlives_a_later_merge(
    alice: Client, called_off: Suggestion, is_public: bool
) -> None:
    event = talks(is_public=is_public, edtf="2018")
    save(alice, event, edtf="2018-06")
    report = merged(alice, called_off, event)
    deleted(alice, report)
    assert says(event) == ("2018-06", "planned")


def test_a_date_set_by_an_editor_between_two_merges_is_what_the_second_goes_back_to(
    alice: Client, called_off: Suggestion
) -> None:
    event = talks(is_public=False, edtf="2018")
    first = suggest(make.article("2018-05-02", body="They talk."), "They talk", title="Talks",
                    edtf="2018-06", status="planned")  # fmt: skip
    earlier = merged(alice, first, event)
    save(alice, event, edtf="2018-06-10")
    later = merged(alice, called_off, event)
    assert says(event) == ("2018-06-12", "cancelled")
    deleted(alice, earlier)
    assert says(event) == ("2018-06-12", "cancelled")
    deleted(alice, later)
    assert says(event) == ("2018-06-10", "planned")


def test_of_two_reports_that_call_it_off_one_is_enough(
    alice: Client, called_off: Suggestion
) -> None:
    event = talks(is_public=False)
    one = merged(alice, called_off, event)
    again = suggest(make.article("2018-05-18", body="They are off."), "They are off",
                    title="Talks", edtf="2018-06-12", status="cancelled")  # fmt: skip
    other = merged(alice, again, event)
    deleted(alice, one)
    assert says(event) == ("2018-06-12", "cancelled")
    deleted(alice, other)
    assert says(event) == ("2018-06", "planned")


def test_an_older_report_accepted_later_does_not_keep_the_undone_one_alive(alice: Client) -> None:
    event = talks(is_public=False)
    off = make.report(event, make.article("2018-05-20"), edtf="", status="cancelled")
    event.follow(off, editor())
    older = make.report(event, make.article("2018-05-10"), edtf="2018-07", status="planned")
    event.follow(older, editor())
    off.retract(editor())
    assert says(event) == ("2018-07", "planned")
    older.retract(editor())
    assert says(event) == ("2018-06", "planned")


def test_a_moved_report_is_followed_by_the_draft_that_it_is_moved_to(
    alice: Client, called_off: Suggestion
) -> None:
    report, other = merged(alice, called_off, talks(is_public=False)), talks(is_public=False)
    save(alice, report, event=str(other.pk))
    assert says(other) == ("2018-06-12", "cancelled")


def test_an_event_made_of_a_suggestion_keeps_its_date_when_its_only_report_is_deleted(
    alice: Client, called_off: Suggestion
) -> None:
    decide(alice, called_off, "accept")
    event = Event.objects.get()
    deleted(alice, event.reports.get())
    assert says(event) == ("2018-06-12", "cancelled")
    assert named(event) == (["Nora Vale"], "Elmsport pier")


@BOTH
@pytest.mark.parametrize("undo", [deleted, article_deleted, moved])
def test_the_names_that_came_with_a_merge_go_with_it(
    alice: Client, called_off: Suggestion, undo: Callable, is_public: bool
) -> None:
    event = talks(is_public=is_public)
    report = merged(alice, called_off, event)
    assert named(event) == (["Nora Vale"], "Elmsport pier")
    undo(alice, report)
    assert named(event) == ([], "")
    event.publish(editor())
    page = Client().get(event.get_absolute_url()).content.decode()
    assert "Nora Vale" not in page
    assert "Elmsport pier" not in page


@BOTH
def test_a_name_that_another_report_bears_out_stays_and_is_known_from_that(
    alice: Client, called_off: Suggestion, is_public: bool
) -> None:
    event = talks(is_public=is_public)
    report = merged(alice, called_off, event)
    again = suggest(make.article("2018-05-18", body="They are off."), "They are off",
                    title="Talks", edtf="", status="cancelled", actors=["Nora Vale"],
                    place="Elmsport pier")  # fmt: skip
    other = merged(alice, again, event)
    deleted(alice, report)
    assert named(event) == (["Nora Vale"], "Elmsport pier")
    assert event.participations.get().known_from == event.place_known_from == other


def borne_out_again(alice: Client, event: Event, *, published: str = "2018-05-18") -> Report:
    """The report of another merge, which names the same as the first."""
    again = suggest(make.article(published, body="They are off."), "They are off",
                    title="Talks", edtf="", status="cancelled", actors=["Nora Vale"],
                    place="Elmsport pier")  # fmt: skip
    return merged(alice, again, event)


@BOTH
@pytest.mark.parametrize("undo", [deleted, article_deleted, moved])
@pytest.mark.parametrize("is_first", [True, False], ids=["first first", "last first"])
def test_a_name_that_several_undone_merges_brought_is_gone_with_the_last(
    alice: Client, called_off: Suggestion, undo: Callable, is_first: bool, is_public: bool
) -> None:
    event = talks(is_public=is_public)
    reports = [
        merged(alice, called_off, event),
        borne_out_again(alice, event),
        borne_out_again(alice, event, published="2018-05-19"),
    ]
    for report in reports if is_first else reversed(reports):
        report.refresh_from_db()
        undo(alice, report)
    assert named(event) == ([], "")


def test_names_are_gone_when_their_articles_are_deleted_at_once(
    alice: Client, called_off: Suggestion
) -> None:
    event = talks(is_public=False)
    keys = [merged(alice, called_off, event).article_id, borne_out_again(alice, event).article_id]
    Article.objects.filter(pk__in=keys).delete()
    assert named(event) == ([], "")


@BOTH
@pytest.mark.parametrize("undo", [deleted, article_deleted, moved])
def test_the_names_of_a_recollection_go_with_it_from_an_event_made_by_hand(
    alice: Client, called_off: Suggestion, undo: Callable, is_public: bool
) -> None:
    event = talks(is_public=is_public, reported=False)
    called_off.stance = "recalls"
    called_off.save()
    report = merged(alice, called_off, event)
    assert named(event) == (["Nora Vale"], "Elmsport pier")
    undo(alice, report)
    assert named(event) == ([], "")
    assert says(event) == ("2018-06", "planned")


def at_once(alice: Client, reports: list[Report]) -> None:
    keys = [report.pk for report in reports]
    sent = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    alice.post("/desk/timeline/report/", sent)


def one_by_one(alice: Client, reports: list[Report]) -> None:
    for report in reports:
        report.refresh_from_db()
        deleted(alice, report)


def articles_one_by_one(alice: Client, reports: list[Report]) -> None:
    for report in reports:
        article_deleted(alice, report)


def moved_one_by_one(alice: Client, reports: list[Report]) -> None:
    for report in reports:
        report.refresh_from_db()
        moved(alice, report)


@pytest.mark.parametrize("undo", [at_once, one_by_one, articles_one_by_one, moved_one_by_one])
@pytest.mark.parametrize("is_maker_first", [True, False], ids=["maker first", "maker last"])
def test_a_draft_that_all_reports_have_left_is_what_it_was_made_as(
    alice: Client, called_off: Suggestion, undo: Callable, is_maker_first: bool
) -> None:
    text = make.article("2018-05-02" if is_maker_first else "2018-05-20", body="They will talk.")
    decide(alice, suggest(text, "They will talk", title="Talks", edtf="2018-06", status="planned",
                          actors=["Piet Strand"]), "accept")  # fmt: skip
    event = Event.objects.get()
    maker = event.reports.get()
    wrong = merged(alice, called_off, event)
    undo(alice, [maker, wrong] if is_maker_first else [wrong, maker])
    assert not event.reports.exists()
    assert says(event) == ("2018-06", "planned")
    assert named(event) == (["Piet Strand"], "")


def test_a_public_event_names_nobody_whom_no_report_that_is_left_names(
    alice: Client, called_off: Suggestion
) -> None:
    decide(alice, called_off, "accept")
    event = Event.objects.get()
    make.report(event, make.article("2018-05-18"))
    event.publish(editor())
    deleted(alice, event.reports.get(article=called_off.article))
    assert named(event) == ([], "")


def test_what_an_editor_set_outlives_what_the_event_was_made_as(
    alice: Client, called_off: Suggestion
) -> None:
    decide(alice, called_off, "accept")
    event = Event.objects.get()
    save(alice, event, edtf="2018-06-13")
    make.report(event, make.article("2018-05-18"), edtf="", status="planned")
    at_once(alice, list(event.reports.all()))
    assert says(event) == ("2018-06-13", "cancelled")
    save(alice, event, edtf="2018-06-14")
    another = merged(alice, suggest(called_off.article, "Strand will visit", title="Talks",
                     edtf="2018-07", status="planned"), event)  # fmt: skip
    deleted(alice, another)
    assert says(event) == ("2018-06-14", "cancelled")


def test_a_name_that_an_editor_put_in_or_touched_stays(
    alice: Client, called_off: Suggestion
) -> None:
    event = talks(is_public=False)
    called_off.actors = ["Nora Vale", "Piet Strand"]
    called_off.save()
    make.takes_part(make.actor("Nora Vale"), event)
    report = merged(alice, called_off, event)
    sent = form_of(alice, event)
    piet = [str(make.actor("Piet Strand").pk)]
    at = next(name[: -len("actor")] for name in sent if (name[-6:], sent[name]) == ("-actor", piet))
    sent |= {f"{at}role": "host", "place": str(make.place("Sandhaven").pk)}
    assert alice.post(change(event), sent).status_code == 302
    deleted(alice, report)
    assert named(event) == (["Nora Vale", "Piet Strand"], "Sandhaven")
