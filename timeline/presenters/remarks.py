"""What a reader writes to the desk: the record that it is about, as known on the day in view."""

from dataclasses import dataclass
from functools import cached_property

from timeline.models import Article, Event, Timeline
from timeline.presenters.articles import known_articles
from timeline.presenters.page import DayPage


@dataclass(frozen=True)
class RemarkPage(DayPage):
    """The page with the form, and the one that says thanks."""

    record: Event | Article
    chosen: Timeline | None = None  # of an event, the timeline that led here

    @property
    def timeline(self) -> Timeline | None:
        """The timeline to which the event's page leads back."""
        return self.chosen

    @property
    def what(self) -> str:
        """What kind of record it is, as a reader calls it."""
        return "event" if isinstance(self.record, Event) else "article"

    @cached_property
    def called(self) -> str:
        """What it was called on the day in view; empty where nothing of it was known."""
        if isinstance(self.record, Article):
            is_known = known_articles(self.day).filter(pk=self.record.pk).exists()
            return self.record.headline if is_known else ""
        events = Event.objects.public().as_known_on(self.known, self.day.zone)
        found = events.filter(pk=self.record.pk).first()
        return str(found.shown_title) if found else ""
