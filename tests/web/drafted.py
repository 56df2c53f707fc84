"""A story of our own for the tests of drafts: a ferry sinks, and its captain is arrested."""

from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from tests import factories as make
from tests.web.desk import suggest
from timeline.drafting import rank
from timeline.models import Article, Candidate, Draft, Event, Suggestion

SANK = "The ferry Alma Rosa sank off Port Selby early on Sunday, killing at least 14 people."
SANK_TOO = "The ferry Alma Rosa sank off Port Selby on Sunday, killing 14 people."
SANK_THEN = "The ferry Alma Rosa sank off Port Selby on 4 May 2014, killing 14 people."
ARRESTED = "Police arrested Tomas Weil, the captain of the ferry Alma Rosa, on Monday."
CHARGED = "Prosecutors charged the captain of the ferry Alma Rosa with manslaughter on Friday."
ASKED = "We ask who let it sail"


def article(day: str, outlet: str, *sentences: str) -> Article:
    """An article of these sentences, private as an editor brings it in."""
    body = "\n\n".join(sentences)
    return make.article(day, sentences[0][:60], outlet=make.outlet(outlet), body=body)


def sinking(told: Article, words: str, **fields: object) -> Suggestion:
    """What an article says of the sinking."""
    says = {"title": "Ferry Alma Rosa sinks off Port Selby", "edtf": "2014-05-04", "grade": 0.7,
            "place": "Port Selby"}  # fmt: skip
    return suggest(told, words, **(says | fields))


def ferry_articles() -> list[Article]:
    """Three articles of three outlets, with what they suggest."""
    first = article("2014-05-04", "Harbour News", SANK)
    on_sunday = {"date": {"rule": "weekday", "spans": [{"exact": "on Sunday"}]}}
    sinking(first, SANK, basis=on_sunday)
    second = article(
        "2014-05-05", "Coast Radio", ARRESTED, f"{SANK_TOO} “{ASKED},” Minister Ines Karo said."
    )
    suggest(second, ARRESTED, title="Police arrest captain of ferry Alma Rosa", edtf="2014-05-05",
            actors=["Tomas Weil"], grade=0.6)  # fmt: skip
    sinking(second, SANK_TOO, actors=["Ines Karo"])
    suggest(second, ASKED, type=Suggestion.Type.QUOTE, text=ASKED, speaker="Ines Karo")
    third = article("2014-06-20", "Tidewire", CHARGED, SANK_THEN)
    suggest(third, CHARGED, title="Prosecutors charge captain of ferry Alma Rosa",
            edtf="2014-06-20", grade=0.6)  # fmt: skip
    sinking(third, SANK_THEN, stance="recalls")
    return [first, second, third]


def ferry_draft(by: User | None = None) -> Draft:
    """A ranked draft of these articles."""
    draft = Draft.objects.create(title="The Alma Rosa", about="ferry Alma Rosa", made_by=by)
    draft.gather(ferry_articles())
    rank(draft)
    return draft


def card(draft: Draft, word: str) -> Candidate:
    """The one candidate of a draft whose title has a word."""
    return draft.candidates.listed().get(title__icontains=word)


def says(event: Event) -> tuple[str, ...]:
    """What an event says, and what of it is the desk's own word."""
    event = Event.objects.get(pk=event.pk)
    return event.title, event.slug, event.edtf, event.status, str(event.own)


def known(event: Event) -> str:
    """The date that readers are shown today."""
    today = Event.objects.public().as_known_on(None, ZoneInfo("UTC"))
    return today.get(pk=event.pk).shown_edtf


def sailing(day: str, outlet: str, status: str, edtf: str = "2014-05-04") -> Article:
    """An article that states a sailing of the ferry."""
    told = article(day, outlet, f"The ferry Alma Rosa {status}: Port Selby, 4 May 2014.")
    suggest(told, told.body, title="Ferry Alma Rosa sails from Port Selby", edtf=edtf,
            status=status, grade=0.7, place="Port Selby")  # fmt: skip
    return told


def drafted(by: User, *articles: Article) -> Draft:
    """A ranked draft of these articles."""
    draft = Draft.objects.create(title="D", about="ferry Alma Rosa", made_by=by)
    draft.gather(articles)
    rank(draft)
    return draft
