"""What a text says, as the tests read it: its events, one of them, every candidate, its quotes."""

from datetime import date, datetime

from timeline.extraction import Event, Quote, extract
from timeline.extraction.events.dating import Calendar
from timeline.extraction.events.mention import Mention
from timeline.extraction.events.mentions import collect
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


def mentions(text: str) -> list[Mention]:
    """Every mention in `text`, dated, whether or not it becomes an event."""
    collected = list(collect(read(text, WEDNESDAY)))
    calendar = Calendar(WEDNESDAY, [mention for _, found in collected for mention in found])
    for _, found in collected:
        calendar.open(found)
        for mention in found:
            calendar.date(mention)
        calendar.close(found)
    return [mention for _, found in collected for mention in found]


def dates(text: str) -> dict[str, str | None]:
    """{word of a trigger: its date} of every mention in `text`."""
    return {m.sentence.doc.words[m.trigger.first]: m.edtf for m in mentions(text)}
