"""What the links of every page ask for."""

import datetime as dt
from dataclasses import dataclass

from timeline.models import Timeline
from timeline.selection import DayInView


class Page:
    """A page of today that belongs to no timeline."""

    @property
    def known(self) -> dt.date | None:
        """The day in view, which links carry along; None for today."""
        return None

    @property
    def timeline(self) -> Timeline | None:
        """The timeline to which an event's page leads back."""
        return None


@dataclass(frozen=True)
class DayPage(Page):
    """A page as known on a day."""

    day: DayInView

    @property
    def known(self) -> dt.date | None:
        """The day in view; None for today."""
        return self.day.known


@dataclass(frozen=True)
class NotYetReportedPage(DayPage):
    """The page in place of a record of which nothing had been reported by the day in view."""

    what: str  # “this event”

    @property
    def timeline(self) -> Timeline | None:
        """The timeline that led here, or the first."""
        return self.day.timeline if self.day.timeline.pk else None
