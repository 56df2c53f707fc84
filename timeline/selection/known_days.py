"""The stepper: the days on which readers learned something."""

import datetime as dt
from typing import NamedTuple

from timeline.models import Report
from timeline.models.articles import local_day
from timeline.selection.selection import Selection


class KnownDay(NamedTuple):
    """One day of publication, and how much had been reported by its end."""

    day: dt.date
    articles: int
    events: int
    url: str
    is_current: bool
    is_later: bool
    position: float  # 0 at the first stop, 1 at the last, in proportion to time


def find_known_days(selection: Selection) -> list[KnownDay]:
    """Return each day on which an article of the timeline was published."""
    learned = _learned(selection)
    days = sorted({day for day, _, _ in learned})
    if not days:
        return []
    length = max((days[-1] - days[0]).days, 1)
    current = max((day for day in days if selection.known and day <= selection.known), default=None)
    found, articles, events = [], set(), set()
    at = 0
    for day in days:
        while at < len(learned) and learned[at][0] == day:
            articles.add(learned[at][1])
            events.add(learned[at][2])
            at += 1
        found.append(
            KnownDay(
                day=day,
                articles=len(articles),
                events=len(events),
                url=selection.url(known=day, focus=None),
                is_current=day == current,
                is_later=selection.known is not None and day > selection.known,
                position=(day - days[0]).days / length,
            )
        )
    return found


def _learned(selection: Selection) -> list[tuple[dt.date, int, int]]:
    """(day, article, event) of every public report, in order of the day."""
    reports = Report.objects.public().filter(event__in=selection.timeline.events.public())
    learned = reports.values_list(
        "article__has_time",
        "article__published_at",
        "article__published_on",
        "article_id",
        "event_id",
    )
    return sorted(
        (local_day(at, selection.zone) if has_time else on, article, event)
        for has_time, at, on, article, event in learned
    )
