"""What an event says: what the desk set by itself, and upon that what its reports gave it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from timeline import dates
from timeline.models.vocabulary import Stance, Status

if TYPE_CHECKING:
    from timeline.models.reports import Report

# The columns of an event that reports give, and that of a report which says whether it does.
GIVEN_BY = {"edtf": "gives_date", "status": "gives_status"}


def told(
    own: dict[str, str], reports: Sequence["Report"], *, is_settled: bool = False
) -> dict[str, str]:
    """Return the columns of an event as `own` and the reports have them, without those they lack.

    `own` is what an editor has set, by column. `reports` are those that count, in order of
    publication; one may give the date, the status, both or nothing. The latest one that gives a
    column says it, as on the view of a day (`EventQuerySet.as_known_on`), save for a date that
    `is_settled`.
    """
    edtf, status = own.get("edtf", ""), own.get("status", "")
    for report in reports:
        if report.gives_date and report.edtf and not is_settled:
            edtf = report.edtf
        if report.gives_status:
            status = report.status
    given = {"edtf": edtf, "status": status}
    return {column: given[column] for column in given if column in own or _gives(reports, column)}


def is_settled(own: dict[str, str], reports: Iterable["Report"]) -> bool:
    """Whether an editor has set the date of what has taken place, which no report moves then.

    What one of the `reports`, a recollection, has made the event as is no editor's.
    """
    edtf, status = own.get("edtf", ""), own.get("status", "")
    return bool(edtf and status in (Status.OCCURRED, Status.ONGOING)) and not any(
        one.made_event and (one.stance, one.edtf, one.status) == (Stance.RECALLS, edtf, status)
        for one in reports
    )


def may_give(report: "Report", reports: Iterable["Report"], edtf: str) -> dict[str, bool]:
    """Return which columns a report gives to an event that now has the date `edtf`.

    A later one of the `reports` that gives nothing, for an editor has set the event otherwise since
    or brought it in so, is the better witness: then the report can make the date more exact, unless
    the later one states a date itself.
    """
    day = report.article.published_at
    later = [one for one in reports if one.article.published_at > day]
    undated = [one for one in later if not one.gives_date]
    is_exacter = not any(one.edtf for one in undated) and dates.is_within(report.edtf, edtf)
    return {
        "gives_date": not undated or is_exacter,
        "gives_status": all(one.gives_status for one in later),
    }


def _gives(reports: Iterable["Report"], column: str) -> bool:
    return any(getattr(report, GIVEN_BY[column]) for report in reports)
