"""Events as the tests read them: all of a text, one of them, and every mention."""

from datetime import date

from timeline.extraction.events import Event, find_events
from timeline.extraction.events.cast import Cast
from timeline.extraction.events.dating import Calendar
from timeline.extraction.events.mention import Mention
from timeline.extraction.events.mentions import collect
from timeline.extraction.events.prose import Prose
from timeline.extraction.names import find_names
from timeline.extraction.text.sentences import split
from timeline.extraction.text.tokens import tokenise
from timeline.extraction.times import find_times

WEDNESDAY = date(2018, 3, 28)


def events(text: str, published: date = WEDNESDAY) -> list[Event]:
    return find_events(text, published)


def event(text: str, trigger: str, published: date = WEDNESDAY) -> Event:
    """The one event of `text` that has this trigger."""
    found = [e for e in events(text, published) if e.trigger and e.trigger.text == trigger]
    assert len(found) == 1, [e.trigger for e in events(text, published)]
    return found[0]


def mentions(text: str) -> list[Mention]:
    """Every mention in `text`, dated, whether or not it becomes an event."""
    sentences = split(text)
    times, names = find_times(text, WEDNESDAY, sentences), find_names(text, sentences)
    prose = Prose(text, WEDNESDAY, sentences, times, names)
    cast = Cast()
    collected = list(collect(prose, cast))
    calendar = Calendar(WEDNESDAY, [mention for _, found in collected for mention in found])
    for clauses, found in collected:
        calendar.open(found)
        for mention in found:
            calendar.date(mention)
        calendar.close(found)
        cast.see(clauses)
    return [mention for _, found in collected for mention in found]


def dates(text: str) -> dict[str, str | None]:
    """{word of a trigger: its date} of every mention in `text`."""
    words = tokenise(text).words
    return {words[m.trigger.first]: m.edtf for m in mentions(text)}
