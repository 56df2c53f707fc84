"""How much an editor would want an event on a timeline: a grade from 0 to 1, by a linear model.

Salience tells whether a word names an event; the grade knows, besides, what is said of it once it
is described. Trained by `python -m timeline.extraction.training.grades` on what an editor would
take of articles.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import snowballstemmer

from timeline.basis import Span

from .decision import Decision
from .document import Document
from .events import Event
from .events.salience import logistic
from .syntax import Token

MODEL = Path(__file__).with_name("grades.json")
LINE = 0.15  # the least grade of what is shown one by one: a quarter of suggestions lie below
_NAMES = (
    "salience",
    "date",
    "clause",
    "words shared with the headline",
    "words of the title",
    "kind",
    "relation",
    "exactness",
    "actors",
)
# Relations by which a clause hangs on another, or stands beside it.
_CLAUSES = frozenset(
    {"acl", "advcl", "ccomp", "conj", "csubj", "parataxis", "pcomp", "relcl", "xcomp"}
)
_MOST_SHARED, _MOST_WORDS, _MOST_ACTORS = 3, 11, 2
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEMMER = snowballstemmer.stemmer("english")
TABLES: list[dict[str, float]] = json.loads(MODEL.read_text("utf-8")) if MODEL.exists() else []


def graded(doc: Document, events: Iterable[Event], headline: str = "") -> list[Event]:
    """Return the events of a document, each with its grade.

    `headline` is that of the article; where it is not told, the first line stands for it.
    """
    return [_graded(event, features(doc, event, headline)) for event in events]


def features(doc: Document, event: Event, headline: str = "") -> tuple[str, ...]:
    """Return the values of the features of an event, in the order of the model's tables."""
    date = event.basis.date
    first_line = headline or doc.text.lstrip().partition("\n")[0]
    return (
        f"{event.salience:.1f}",
        date.link or ("own" if date.spans else date.rule),
        _clause(doc, event),
        str(min(_MOST_SHARED, len(_stems(event.title) & _stems(first_line)))),
        str(min(_MOST_WORDS, len(event.title.split())) // 2),
        event.kind,
        _relation(doc, event),
        _exactness(event.edtf),
        str(min(_MOST_ACTORS, len(event.actors))),
    )


def _graded(event: Event, values: tuple[str, ...]) -> Event:
    weights = [table.get(value, 0.0) for table, value in zip(TABLES, values, strict=True)]
    grade = logistic(sum(weights))
    told = "; ".join(
        f"{name} {value} {weight:+.1f}"
        for name, value, weight in zip(_NAMES, values, weights, strict=True)
    )
    words = Span(event.trigger.text, event.trigger.start, event.trigger.end)
    decision = Decision("grade", f"{grade:.2f}", f"grades: {told}", (words,))
    return event._replace(grade=grade, decisions=(*event.decisions, decision))


def _token(doc: Document, event: Event) -> Token | None:
    """Return the word of the tree that names an event."""
    start = event.trigger.start
    at = bisect_right(doc.sentences, start, key=lambda sentence: sentence.span.start) - 1
    return doc.sentences[at].token(doc.at(start))


def _relation(doc: Document, event: Event) -> str:
    """Return how the word that names an event hangs on another: "ROOT", "dobj", "pobj" …"""
    token = _token(doc, event)
    return token.dep if token is not None else ""


def _exactness(edtf: str | None) -> str:
    """Return how exact a date is: "day", "month" or "year", with "~" and "/" as in EDTF; or ""."""
    first, slash, _ = (edtf or "").partition("/")
    parts = first.rstrip("~?").count("-") if first else -1
    name = ("", "year", "month", "day")[min(3, parts + 1)]
    return name + "~" * first.endswith("~") + slash


def _clause(doc: Document, event: Event) -> str:
    """Return how the clause of an event hangs on its sentence: "main", "relcl", "advcl" …"""
    token = _token(doc, event)
    while token is not None and token.dep not in _CLAUSES:
        token = token.head
    return token.dep if token is not None else "main"


@lru_cache(maxsize=64)
def _stems(text: str) -> frozenset[str]:
    return frozenset(_STEMMER.stemWords(_WORD.findall(text.lower())))
