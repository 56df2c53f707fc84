"""What the columns say of any day, beside the slow and simple definition in the database."""

import datetime as dt
import random

import pytest

from tests import factories as make
from timeline.models import Participation, Report, Timeline
from timeline.selection import Results, Selection
from timeline.selection import columns as kept
from timeline.selection.selection import NEWEST, OLDEST

pytestmark = pytest.mark.django_db

DAYS = [f"2018-05-{day:02}" for day in range(1, 8)]
TIMES = ["", "T03:00:00+09:00", "T23:30:00+00:00", "T12:00:00+00:00"]
DATES = ["", "2018-05-03", "2018-05", "2018-04/2018-06", "2018-05-09/..", "1950", "../2018-05-04"]
STATUSES = ["occurred", "planned", "expected", "postponed", "cancelled"]
STANCES = ["reports", "announces", "recalls", "cancels"]


def by_database(timeline: Timeline, known: dt.date | None) -> dict[int, tuple[object, ...]]:
    """What is shown of each event, as the database's definition has it."""
    zone = timeline.zone
    shown = timeline.events.public().as_known_on(known, zone)
    parts = Participation.objects.public()
    told = Report.objects.public()
    if known:
        parts, told = parts.known_on(known, zone), told.known_on(known, zone)
    return {
        one.pk: (
            one.shown_status, one.shown_earliest, one.shown_latest, one.is_undated,
            one.is_unresolved, one.is_ahead, one.shown_place_id or 0,
            sorted(parts.filter(event=one).values_list("actor", flat=True)),
            sorted(set(told.filter(event=one).values_list("article__outlet", flat=True))),
        )
        for one in shown
    }  # fmt: skip


def by_columns(timeline: Timeline, known: dt.date | None) -> dict[int, tuple[object, ...]]:
    """The same from the columns."""
    results = Results(Selection(timeline, known=known))
    shown, columns = results.shown, results.columns
    found: dict[int, list[list[int]]] = {key: [[], []] for key in shown.events["event"].tolist()}
    for at, (name, column) in enumerate((("parts", "actor"), ("reports", "outlet"))):
        is_known, _ = shown.known(name)
        for row in columns.tables[name][is_known]:
            found[int(row["event"])][at].append(int(row[column]))
    return {
        key: (
            kept.STATUSES[row["status"]], row["earliest"].item(), row["latest"].item(),
            not row["is_dated"], bool(unresolved), bool(ahead), int(place),
            sorted(found[key][0]), sorted(set(found[key][1])),
        )
        for key, row, unresolved, ahead, place in zip(
            shown.events["event"].tolist(), shown.rows, shown.is_unresolved, shown.is_ahead,
            shown.places, strict=True,
        )
    }  # fmt: skip


def archive(seed: int, zone: str) -> Timeline:
    """Forty events of any kind: times and days alone, recollections, dates that move, drafts."""
    choose = random.Random(seed)
    papers = [
        make.article(
            choose.choice(DAYS) + choose.choice(TIMES),
            f"Paper {number}",
            outlet=make.outlet(f"Outlet {number % 3}"),
        )
        for number in range(12)
    ]
    stored = []
    for number in range(40):
        event = make.event(
            f"Event {number}",
            edtf=choose.choice(DATES),
            status=choose.choice(STATUSES),
            place=choose.choice([make.place("Pier"), make.place("Mole"), None]),
        )
        made = [
            make.report(
                event,
                paper,
                edtf=choose.choice(DATES),
                status=choose.choice(STATUSES),
                stance=choose.choice(STANCES),
                is_published=choose.random() < 0.8,
            )
            for paper in choose.sample(papers, choose.randint(0, 5))
        ]
        for name in ("Alice", "Bob"):
            known_from = choose.choice([None, *made])
            make.takes_part(make.actor(name), event, known_from=known_from)
        event.place_known_from = choose.choice([None, *made])
        event.save(update_fields=["place_known_from"])
        stored.append(event)
    return make.timeline(*stored, time_zone=zone)


@pytest.mark.parametrize(
    ("seed", "zone"), enumerate(["Asia/Seoul", "UTC", "America/New_York"], start=1)
)
def test_the_columns_say_of_each_day_what_the_database_says(seed, zone):
    timeline = archive(seed, zone)
    for known in (None, *(dt.date(2018, 5, day) for day in (1, 2, 3, 4, 5, 6, 7, 8, 31))):
        assert by_columns(timeline, known) == by_database(timeline, known), known
        listed = timeline.events.public().as_known_on(known, timeline.zone)
        for sort, sign in ((OLDEST, ""), (NEWEST, "-")):
            order = ("is_undated", f"{sign}is_ahead", f"{sign}shown_day", f"{sign}pk")
            keys = Results(Selection(timeline, known=known, sort=sort)).keys
            assert keys.tolist() == list(listed.order_by(*order).values_list("pk", flat=True))
