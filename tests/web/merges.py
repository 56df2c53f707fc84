"""What a merge is asked about: an event known on some day, and an article's suggestion of it."""

from tests import factories
from tests.web.desk import suggest
from timeline.models import Event, Suggestion

DAY = "2018-05-27"


def proposed(event: Event, published: str = DAY, **fields: object) -> Suggestion:
    """A suggestion of an article of 27 May 2018, matched with `event`."""
    article = factories.article(published, "Ferry news", body="The ferry talks are off.")
    return suggest(article, "ferry talks", title="Ferry talks", match=event, score=0.6, **fields)


def talks(edtf: str, status: str, known: str = "2018-05-01", **fields: object) -> Event:
    """An event with one report, published on the day `known`."""
    event = factories.event("Talks", edtf=edtf, status=status)
    factories.report(event, factories.article(known), **fields)
    return event
