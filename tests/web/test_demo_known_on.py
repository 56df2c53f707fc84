"""The demo as known on a day: its figures, and its chains of reports."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from timeline.models import PLANS, Article, Event, Participation, Quote, Timeline

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")

# articles, events known, occurred, cancelled, still plans, of these overdue
SNAPSHOTS = {
    "2018-03-10": (2, 5, 3, 0, 2, 0),
    "2018-03-28": (4, 13, 11, 0, 2, 0),
    "2018-05-25": (8, 22, 18, 1, 3, 1),
    "2018-06-13": (10, 25, 22, 0, 3, 2),
    "2018-12-31": (14, 32, 27, 0, 5, 2),
    "2019-01-10": (15, 39, 31, 0, 8, 3),
    "2019-03-01": (18, 42, 35, 0, 7, 3),
    "2019-07-01": (21, 47, 40, 0, 7, 3),
}


def known(day: str, zone=SEOUL) -> dict[str, Event]:
    events = Event.objects.public().as_known_on(dt.date.fromisoformat(day), zone)
    return {event.slug: event for event in events}


@pytest.mark.parametrize("day", SNAPSHOTS)
def test_the_demo_shows_what_was_known_on_each_day(demo, day):
    events = known(day).values()
    statuses = Counter(event.shown_status for event in events)
    assert (
        Article.objects.known_on(dt.date.fromisoformat(day), SEOUL).count(),
        len(events),
        statuses["occurred"],
        statuses["cancelled"],
        sum(statuses[plan] for plan in PLANS),
        sum(event.is_unresolved for event in events),
    ) == SNAPSHOTS[day]


def test_a_plan_moves_as_its_reports_move_it(demo):
    said = [
        (event.shown_status, event.shown_edtf)
        for day in ("2018-03-10", "2018-03-28", "2018-04-27", "2018-05-10", "2018-05-24")
        for event in [known(day)["trump-kim-summit-1"]]
    ]
    assert said == [
        ("planned", "../2018-05"),
        ("planned", "2018-05"),
        ("expected", "2018-05-21~/2018-06"),
        ("planned", "2018-06-12"),
        ("cancelled", "2018-06-12"),
    ]


def test_summary_and_place_wait_until_the_outcome_is_reported(demo):
    before, after = known("2018-05-25"), known("2018-06-12")
    assert before["trump-kim-summit-1"].shown_summary == ""
    assert before["trump-kim-summit-1"].shown_place is None
    assert "Singapore" in after["trump-kim-summit-1"].shown_summary
    assert after["trump-kim-summit-1"].shown_place.slug == "sentosa-capella"


def test_those_whom_the_plan_named_are_shown_before_the_outcome(demo):
    def present(day: str) -> list[str]:
        shown = Participation.objects.known_on(dt.date.fromisoformat(day), SEOUL)
        return list(
            shown.filter(event__slug="trump-kim-meeting-3").values_list("actor__slug", flat=True)
        )

    assert present("2019-03-01") == ["donald-trump", "kim-jong-un"]
    assert present("2019-07-16") == ["donald-trump", "kim-jong-un", "moon-jae-in"]


def test_an_event_bears_the_name_it_had_then(demo):
    assert known("2019-03-01")["trump-kim-meeting-3"].shown_title == "A third Trump–Kim summit"
    assert known("2019-07-16")["trump-kim-meeting-3"].shown_title == "Third Trump–Kim meeting"


def test_quotes_of_later_articles_stay_out(demo):
    zone = Timeline.objects.get().zone
    early = Quote.objects.known_on(dt.date(2018, 3, 10), zone)
    assert {quote.article.slug for quote in early} <= {
        "yonhap-2018-03-04-envoys",
        "ap-2018-03-08-by-may",
    }
    assert early.count() < Quote.objects.count()
