"""The words that events, reports and suggestions share: status, stance and kind."""

from django.db import models


class Status(models.TextChoices):
    """Whether an event took place (IPTC event occurrence status)."""

    OCCURRED = "occurred", "Occurred"
    ONGOING = "ongoing", "Ongoing"
    PLANNED = "planned", "Planned"
    EXPECTED = "expected", "Expected"
    POSSIBLE = "possible", "Possible"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Called off"


# What is not yet done: its outcome can still be reported.
PLANS = (Status.PLANNED, Status.EXPECTED, Status.POSSIBLE, Status.POSTPONED)


class Stance(models.TextChoices):
    """What an article does with an event."""

    REPORTS = "reports", "Reports"
    ANNOUNCES = "announces", "Announces"
    EXPECTS = "expects", "Expects"
    CONFIRMS = "confirms", "Confirms"
    RECALLS = "recalls", "Recalls"
    POSTPONES = "postpones", "Postpones"
    CANCELS = "cancels", "Calls off"


class Kind(models.TextChoices):
    """What sort of event it is."""

    SUMMIT = "summit", "Summit"
    TALKS = "talks", "Talks"
    VISIT = "visit", "Visit"
    AGREEMENT = "agreement", "Agreement"
    STATEMENT = "statement", "Statement"
    ANNOUNCEMENT = "announcement", "Announcement"
    SPEECH = "speech", "Speech"
    APPOINTMENT = "appointment", "Appointment"
    TEST = "test", "Test"
    WAR = "war", "War"
    OTHER = "other", "Other"
