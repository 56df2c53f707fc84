"""What a text says, as the tests read it: its events, one of them, every candidate, its quotes."""

from datetime import date, datetime

from timeline.extraction import Event, Quote, extract
from timeline.extraction.events import find_candidates
from timeline.extraction.events.candidate import EventCandidate
from timeline.extraction.events.date_resolution import DateResolver
from timeline.extraction.pipeline import read

WEDNESDAY = date(2018, 3, 28)


def find_events(text: str, published: date | datetime = WEDNESDAY) -> list[Event]:
    return list(extract(text, published).events)


def find_quotes(text: str) -> list[Quote]:
    return list(extract(text, WEDNESDAY).quotes)


def event(text: str, trigger: str, published: date = WEDNESDAY) -> Event:
    """The one event of `text` that has this trigger."""
    events = find_events(text, published)
    found = [e for e in events if e.trigger and e.trigger.text == trigger]
    assert len(found) == 1, [e.trigger for e in events]
    return found[0]


def candidates(text: str) -> list[EventCandidate]:
    """Every candidate in `text`, dated, whether or not it becomes an event."""
    found = find_candidates(read(text, WEDNESDAY))
    dates = DateResolver(WEDNESDAY, [one for candidates in found for one in candidates])
    resolved = []
    for some in found:
        dated = [dates.resolve(one) for one in dates.open(some)]
        dates.close(dated)
        resolved += dated
    return resolved


def dates(text: str) -> dict[str, str | None]:
    """{word of a trigger: its date} of every candidate in `text`."""
    return {m.sentence.doc.words[m.trigger.first]: m.edtf for m in candidates(text)}
