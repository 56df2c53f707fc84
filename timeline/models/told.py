"""What an event says: what the desk set by itself, and upon that what its reports gave it."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Protocol

from timeline import dates
from timeline.models.vocabulary import Stance, Status

if TYPE_CHECKING:
    from timeline.models.reports import Report

# The columns of an event that reports give, and that of a report which says whether it does.
GIVEN_BY = {"edtf": "gives_date", "status": "gives_status"}


class Teller(Protocol):
    """What tells a date and a status: a report, or that of a draft's card."""

    edtf: str
    status: str
    stance: str
    gives_date: bool | None
    gives_status: bool | None


def told(own: dict[str, str], made_as: dict[str, str], reports: Sequence[Teller]) -> dict[str, str]:
    """Return the columns of an event as the desk and the reports have them, where any does.

    `own` is what an editor has set, by column, as `set_by_hand` has it. `reports` are those that
    count, in order of publication. The latest one that gives a column and states it says it, but
    for a date that `is_settled`; else what an editor has set; else the earliest recollection, as on
    the view of a day (`EventQuerySet.as_known_on`). `made_as` is told while no report gives
    anything.
    """
    is_given = any(getattr(one, flag) for one in reports for flag in GIVEN_BY.values())
    said = {"edtf": ""} if is_given else dict(made_as)
    for column, flag in GIVEN_BY.items():
        giving = [one for one in reports if getattr(one, flag) and getattr(one, column)]
        latest = [one for one in giving if one.stance != Stance.RECALLS]
        if latest and not (column == "edtf" and is_settled(own)):
            said[column] = getattr(latest[-1], column)
        elif column in own:
            said[column] = own[column]
        elif giving:
            said[column] = getattr(giving[0], column)
    return said


def set_by_hand(
    own: dict[str, str], since: dict[str, str], status: str, edtf: str
) -> dict[str, str]:
    """Return what an editor has set, with the columns set `since` on an event that now says these.

    Beside the columns, `dated_as` is the status with which an editor last set the date, or let it
    stand, where that is not the editor's own: the date of what has taken place stays, whoever has
    told the status. A date that a report has overruled is not let stand by another status.
    """
    before = own.get("dated_as", own.get("status", ""))
    own = own | since
    if since and "edtf" in own:
        own["dated_as"] = status if own["edtf"] == edtf else before
        if own.get("status") == own["dated_as"]:
            del own["dated_as"]
    return own


def is_settled(own: dict[str, str]) -> bool:
    """Whether an editor has set the date of what has taken place, which no report moves then."""
    seen_as = own.get("dated_as", own.get("status"))
    return bool(own.get("edtf")) and seen_as in (Status.OCCURRED, Status.ONGOING)


def passed(reports: Iterable["Report"], columns: Iterable[str]) -> list["Report"]:
    """Return copies of reports that give these columns no longer, for an editor has set them."""
    copies = [copy(report) for report in reports]
    for report in copies:
        for column in columns:
            setattr(report, GIVEN_BY[column], False)
    return copies


def coarser[Row: Teller](reports: Sequence[Row]) -> list[Row]:
    """Return those whose date tells less of the day that another of them states.

    One that puts the event off to less exact a date does not repeat the day.
    """
    stated = {one.edtf for one in reports if one.gives_date and one.edtf}
    less = {date for date in stated if any(dates.is_coarser(date, other) for other in stated)}
    return [one for one in reports if one.edtf in less and one.status != Status.POSTPONED]


def may_give(report: "Report", reports: Iterable["Report"], edtf: str) -> dict[str, bool]:
    """Return which columns a report gives to an event that now has the date `edtf`.

    A later one of the `reports` that gives nothing, for an editor has set the event otherwise since
    or brought it in so, is the better witness: then the report can make the date more exact, unless
    the later one states a date itself. What only recalls is no witness.
    """
    day = report.article.published_at
    told = [one for one in reports if one.stance != Stance.RECALLS]
    later = [one for one in told if one.article.published_at > day]
    undated = [one for one in later if not one.gives_date]
    is_exacter = not any(one.edtf for one in undated) and dates.is_within(report.edtf, edtf)
    return {
        "gives_date": not undated or is_exacter,
        "gives_status": all(one.gives_status for one in later),
    }
