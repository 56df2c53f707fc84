"""When an article was published, as text that is a day or a time with its zone."""

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError

# The first newspaper is of 1605; what is announced for later than next year is a slip of the pen.
FIRST_YEAR = 1600
_PUBLISHED = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def instant_of(published: str) -> dt.datetime | None:
    """Return the time that `published` names; without a zone where it is a day, None for others."""
    form = _PUBLISHED.fullmatch(published)
    try:
        return dt.datetime.fromisoformat(published) if form else None
    except ValueError:
        return None


def published_columns(published: str) -> dict[str, Any]:
    """Return `published_on` and `published_at` of an ISO 8601 day, or date-time with its zone.

    An article with a date alone counts for that day: its instant is the day's last second, UTC.
    Raises ValueError, in words for an editor, for anything else, and for a year in which no
    article can have been published.
    """
    instant = instant_of(published)
    if instant is None:
        raise ValueError(
            f"“{published[:60]}” is not a publication time. "
            "Write 2018-03-28 or 2018-03-28T11:51:00+09:00."
        )
    if "T" in published and instant.tzinfo is None:
        raise ValueError(f"“{published}” lacks its time zone. Write {published}+09:00 for Seoul.")
    if not FIRST_YEAR <= instant.year <= dt.datetime.now(dt.UTC).year + 1:
        raise ValueError(
            f"“{published}” lies in the year {instant.year}, in which no article was published."
        )
    if "T" not in published:
        instant = dt.datetime.combine(instant, dt.time(23, 59, 59), dt.UTC)
    return {"published_on": instant.date(), "published_at": instant}


def validate_published(value: str) -> None:
    """Raise ValidationError unless `value` is a day, or a date-time with its zone."""
    try:
        published_columns(value)
    except ValueError as error:
        raise ValidationError(str(error), code="published") from error
