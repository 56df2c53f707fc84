"""What becomes of the names that an event has from a report, when the report leaves it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.db.models import Model

if TYPE_CHECKING:
    from timeline.models.actors import Actor, Place
    from timeline.models.events import Event
    from timeline.models.reports import Report


class Parting(NamedTuple):
    """Whether a name goes with the report that it is known from, or which other bears it out."""

    is_gone: bool
    heir: "Report | None" = None


def part_with(
    report: "Report", name: "Actor | Place", *, is_brought: bool, leaving: Iterable[Model] = ()
) -> Parting:
    """Return what becomes of a name that `report.event` has known from `report`.

    Another report that names it, by the suggestion that was accepted for it, bears it out. Else it
    goes with a report that a public event has not released, since readers never saw it, and where
    a merge brought it (`is_brought`). A report that the event was made with leaves its names to a
    draft, which an editor still looks at, and to an event that no other report is left of.
    `leaving` are reports that go at the same time.
    """
    gone = {report.pk, *(one.pk for one in leaving)}
    others = [one for one in report.event.reports.in_order() if one.pk not in gone]
    if heir := _heir(others, name):
        return Parting(is_gone=False, heir=heir)
    if report.event.is_published and not report.is_published:
        return Parting(is_gone=True)
    is_left = report.made_event and not (others and report.event.is_published)
    return Parting(is_gone=is_brought and not is_left)


def _heir(reports: Iterable["Report"], name: "Actor | Place") -> "Report | None":
    """The first of the reports that was accepted from a suggestion with this name."""
    by_key = {report.pk: report for report in reports}
    accepted = apps.get_model("timeline", "Suggestion").objects.filter(report__in=list(by_key))
    field = "place" if name._meta.model_name == "place" else "actors"
    naming = {
        pk
        for pk, said in accepted.values_list("report", field)
        if any(map(name.bears, [said] if isinstance(said, str) else said))
    }
    return next((report for pk, report in by_key.items() if pk in naming), None)


def leave(report: "Report", event: "Event") -> None:
    """Take the names that `event` has from a report back, which is about to be another event's."""
    for part in event.participations.filter(known_from=report).select_related("actor"):
        parting = part_with(report, part.actor, is_brought=part.is_brought)
        if parting.is_gone:
            part.delete()
        else:
            part.known_from = parting.heir
            part.save(update_fields=["known_from"])
    if event.place and event.place_known_from_id == report.pk:
        parting = part_with(report, event.place, is_brought=event.place_is_brought)
        event.place_known_from = parting.heir
        event.place = None if parting.is_gone else event.place
        event.place_is_brought = event.place_is_brought and not parting.is_gone
        event.save(update_fields=["place", "place_known_from", "place_is_brought"])
