"""What an editor should look at in an event: derived at every turn, never stored."""

from timeline import dates
from timeline.models.derived import words_of
from timeline.models.events import Event
from timeline.models.hindsight import giveaway
from timeline.models.vocabulary import Stance


def event_warnings(event: Event) -> list[str]:
    """Return what an editor should look at in an event, in sentences."""
    warnings = (contradiction(event), unborne_names(event), untold_name(event))
    return [warning for warning in warnings if warning]


def unborne_names(event: Event) -> str:
    """Say whom and which place the event has from reports that have left it; else nothing."""
    parts = event.participations.filter(is_brought=True, known_from=None).select_related("actor")
    names = [part.actor.name for part in parts]
    if event.place and event.place_is_brought and event.place_known_from_id is None:
        names.append(event.place.name)
    return f"No report that is left names {', '.join(names)}." if names else ""


def contradiction(event: Event) -> str:
    """Say what the reports state where none agrees with the event's date; else nothing.

    `EventQuerySet.with_contradiction` says the same of many events.
    """
    stated = [report.edtf for report in event.reports.in_order() if report.edtf]
    if not event.edtf or not stated or any(dates.agree(event.edtf, one) for one in stated):
        return ""
    said = list(dict.fromkeys(map(words_of, stated)))
    who = "the one report with a date says" if len(stated) == 1 else "the reports say"
    more = f" and {len(said) - 3} more" if len(said) > 3 else ""
    return f"No report states {event.date_words}: {who} {', '.join(said[:3])}{more}."


def untold_name(event: Event) -> str:
    """Say what the title gives away on days before it was known; else nothing.

    A report may carry the name under which the event was spoken of; the first one's holds until
    another has its own.
    """
    telling = giveaway(event.title)
    told = event.reports.exclude(stance=Stance.RECALLS).select_related("article__outlet")
    first = list(told.in_order()[:2]) if telling else []
    if len(first) < 2 or first[0].title:
        return ""
    return (
        f"“{telling}” in the title may tell more than was known on "
        f"{dates.words(first[0].article.published_on.isoformat())}. Give the first report "
        f"({first[0].article.citation}) a name of its own for the event."
    )
