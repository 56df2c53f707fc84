"""As known on a day: what had been reported by its end, and nothing of what came after."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests import factories as make
from tests.web.desk import suggest
from timeline.models import Event

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


def known(day: str, zone=SEOUL) -> dict[str, Event]:
    events = Event.objects.public().as_known_on(dt.date.fromisoformat(day), zone)
    return {event.slug: event for event in events}


def test_a_recollection_changes_nothing_while_something_else_is_known():
    opening = make.event()
    make.report(opening, make.article("2018-05-02"), edtf="2018-05-01", status="occurred")
    make.report(
        opening, make.article("2018-06-02"), edtf="2018-05", status="planned", stance="recalls"
    )
    event = known("2018-06-30")["harbour-opening"]
    assert (event.shown_edtf, event.shown_status) == ("2018-05-01", "occurred")


def test_a_recollection_counts_while_nothing_else_is_known():
    make.report(make.event(edtf="1953"), make.article("2018-05-02"), edtf="1953", stance="recalls")
    event = known("2018-05-02")["harbour-opening"]
    assert (event.shown_edtf, event.shown_latest) == ("1953", dt.date(1953, 12, 31))


def test_a_report_without_a_date_leaves_the_date_that_was_known():
    opening = make.event()
    make.report(opening, make.article("2018-04-01"), edtf="2018-05", status="planned")
    make.report(opening, make.article("2018-04-02"), edtf="", status="postponed")
    event = known("2018-04-03")["harbour-opening"]
    assert (event.shown_edtf, event.shown_status) == ("2018-05", "postponed")


def test_the_open_side_of_the_latest_date_is_not_filled_from_an_older_one():
    opening = make.event()
    make.report(opening, make.article("2018-04-01"), edtf="2018-05-01", status="planned")
    make.report(opening, make.article("2018-04-02"), edtf="2018-04-02/..", status="postponed")
    event = known("2018-06-01")["harbour-opening"]
    assert (event.shown_latest, event.is_unresolved) == (None, False)


def test_a_day_ends_at_midnight_in_the_time_zone_of_the_timeline():
    make.report(make.event(), make.article("2018-05-01T23:30:00+00:00"))
    assert known("2018-05-01", SEOUL) == {}
    assert known("2018-05-01", ZoneInfo("UTC")).keys() == {"harbour-opening"}


def test_an_article_with_a_date_alone_counts_for_that_day_in_every_zone():
    make.report(make.event(), make.article("2018-05-01"))
    for zone in ("Asia/Seoul", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert known("2018-05-01", ZoneInfo(zone)).keys() == {"harbour-opening"}
        assert known("2018-04-30", ZoneInfo(zone)) == {}


def test_a_plan_is_unresolved_only_when_its_whole_window_has_passed():
    make.report(make.event(), make.article("2018-04-01"), edtf="2018-05", status="planned")
    assert not known("2018-05-31")["harbour-opening"].is_unresolved
    assert known("2018-06-01")["harbour-opening"].is_unresolved


def test_without_a_day_the_events_own_columns_are_shown():
    opening = make.event(edtf="2018-05-01", status="occurred")
    make.report(opening, make.article("2018-04-01"), edtf="2018-05", status="planned")
    event = Event.objects.as_known_on(None, SEOUL).get()
    assert (event.shown_edtf, event.shown_status, event.is_told) == ("2018-05-01", "occurred", True)


def test_the_plan_strip_keeps_what_changed_and_drops_what_repeats():
    opening = make.event()
    for day, edtf, status, stance in [
        ("2018-04-01", "2018-05", "planned", "announces"),
        ("2018-04-02", "2018-05", "planned", "confirms"),
        ("2018-04-03", "2018-06", "postponed", "postpones"),
        ("2018-04-04", "2018-05", "planned", "recalls"),
    ]:
        make.report(opening, make.article(day), edtf=edtf, status=status, stance=stance)
    event = Event.objects.as_known_on(None, SEOUL).with_details(None, SEOUL).get()
    assert [step.status for step in event.plan_steps] == ["planned", "postponed"]


SEQUENCES = {
    "made more exact": ["planned 2018-06", "planned 2018-06-12"],
    "told coarser": ["planned 2018-06-12", "planned 2018-06"],
    "told coarser, then exact": ["planned 2018-06-12", "expected 2018", "planned 2018-06-20"],
    "days around it": ["planned 2018-06-12", "planned 2018-06-10/2018-06-14"],
    "about the day": ["planned 2018-06-12", "planned 2018-06-12~"],
    "open": ["planned 2018-06-12", "planned 2018-06-12/.."],
    "open, then by": ["planned 2018-06-12/..", "expected ../2018-06-30"],
    "postponed": ["planned 2018-06-12", "postponed 2018-06"],
    "postponed and back": ["planned 2018-06-12", "postponed 2018-07", "planned 2018-06-12"],
    "called off": ["planned 2018-06-12", "cancelled", "cancelled 2018-06"],
    "called off and on": ["planned 2018-06-12", "cancelled 2018-06-12", "planned 2018-06"],
    "outcome told looser": ["planned 2018-06-12", "occurred 2018-06-12", "occurred 2018-06"],
    "outcome corrected": ["occurred 2018-06-12", "occurred 2018-06-13"],
    "under way": ["planned 2018-06-12", "ongoing 2018-06-11/..", "occurred 2018-06-11/2018-06-13"],
    "undated first": ["planned", "planned 2018-06", "planned"],
    "recalled after": ["occurred 2018-06-12", "occurred 2018 recalls"],
    "recalled first": ["occurred 2018 recalls", "occurred 2018-06-12"],
    "recalled alone": ["occurred 2018 recalls"],
}


@pytest.mark.parametrize("each", [True, False], ids=["published each time", "published once"])
@pytest.mark.parametrize("order", ["as published", "the first of them last", "backwards"])
@pytest.mark.parametrize("said", SEQUENCES.values(), ids=SEQUENCES)
def test_the_desk_now_says_what_is_known_today(said: list[str], order: str, each: bool):
    alice, event = make.editor(), None
    suggested = []
    for day, words in enumerate(said, start=1):
        status, edtf, stance = [*words.split(), "", ""][:3]
        article = make.article(f"2018-05-{day:02}", f"News {day}", body="Vale and Strand talk.")
        read = {"edtf": edtf, "status": status, "stance": stance or "reports"}
        read["basis"] = {"date": {"rule": "judged"}}
        suggested.append(suggest(article, "Vale and Strand talk", title="Talks", **read))
    rotated = [*suggested[1:], suggested[0]]
    orders = {"as published": suggested, "the first of them last": rotated}
    for suggestion in orders.get(order, suggested[::-1]):
        event = suggestion.accept(alice, event).event
        if each:
            event.publish(alice)
    event.publish(alice)
    today = dt.datetime.now(dt.UTC).date()
    columns = ("shown_edtf", "shown_earliest", "shown_latest", "shown_status")
    now, then = (
        Event.objects.as_known_on(day, dt.UTC).values(*columns).get() for day in (None, today)
    )
    assert now == then


def test_what_is_kept_of_one_timeline_is_not_shown_on_another_where_the_day_ends_later(client):
    """An event on two timelines: at 20:00 in London it is the next day in Seoul."""
    event = make.event("Opening")
    make.report(event, make.article("2018-05-02T09:00:00+00:00"), exact="They open it soon.")
    late = make.article("2018-05-03T20:00:00+00:00")
    make.report(event, late, exact="They opened it today.")
    make.quote("Open at last", late, make.actor("Alice"), event)
    make.timeline(event, slug="london", time_zone="Europe/London")
    make.timeline(event, slug="seoul", time_zone="Asia/Seoul")
    for slug in ("london", "seoul", "london"):
        page = client.get(f"/timelines/{slug}/?known=2018-05-03").content.decode()
        assert "They open it soon." in page
        assert ("They opened it today." in page) is (slug == "london")
        assert ("Open at last" in page) is (slug == "london")
