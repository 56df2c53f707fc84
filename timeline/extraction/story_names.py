"""Whom a title is about that names nobody: "Hospital closes" becomes "Hospital closes (Red Cross)".

Among the events of other articles such a title says nothing. The body or country that the headline
names is put behind it, in brackets: before a colon it would read as if that had said so. A person
is never put there, for a deed of somebody else would seem to be theirs.
"""

import re
from collections import Counter
from collections.abc import Iterable

from timeline.basis import Span

from .decision import Decision
from .document import Document
from .events import Event
from .lexicon import words
from .names import Name
from .title_words import LONGEST

_VENUES = {(at, "the") for at in words("event_words", "at a place")}
_BEARERS = frozenset({"organisation", "country"})
_WORD = re.compile(r"[^\W_]+")


def with_stories(doc: Document, events: Iterable[Event]) -> list[Event]:
    """Return the events, those whose title names nobody with the name of the article's story."""
    story = story_of(doc)
    if story is None:
        return list(events)
    names = (name for name in doc.names if not _is_venue(doc, name))
    named = {word for name in names for word in _capitalised(name.text)}
    return [
        event if named & _capitalised(event.title) else _of(doc, event, story) for event in events
    ]


def story_of(doc: Document) -> Name | None:
    """Return the body or country that an article is about, None where it tells none.

    The one most often named, of those in its headline, else of those in its first sentence; one
    that is named once is none. Where no headline is told, the first line stands for it.
    """
    names = [
        name for sentence in doc.sentences for _, name in sentence.names if name.kind in _BEARERS
    ]  # none of a dateline: that is no part of a sentence
    often = Counter(name.canonical for name in names)
    headline = doc.headline or doc.text.lstrip().partition("\n")[0]
    opening = doc.prose[0].span.end if doc.prose else 0
    said = set(_WORD.findall(headline))
    for near in (
        [name for name in names if set(_WORD.findall(name.text)) <= said],
        [name for name in names if name.start < opening],
    ):
        told = [name for name in near if often[name.canonical] > 1]
        if told:
            return max(told, key=lambda name: often[name.canonical])
    return None


def _is_venue(doc: Document, name: Name) -> bool:
    """Whether a body only says where: "in the Royal Courts", "at the New York Stock Exchange"."""
    before = doc.at(name.start)
    return name.kind == "organisation" and tuple(doc.lower[max(0, before - 2) : before]) in _VENUES


def _of(doc: Document, event: Event, story: Name) -> Event:
    words = Span(story.text, story.start, story.end)
    title = f"{event.title} ({doc.shortened(story.canonical)})"
    if len(title) > LONGEST:
        return event
    rule = "story names: nobody is named, the headline's is put behind"
    decision = Decision("title", title, rule, (words,))
    return event._replace(title=title, decisions=(*event.decisions, decision))


def _capitalised(text: str) -> set[str]:
    """Return the words of a text that a name may be told by."""
    return {word for word in _WORD.findall(text) if word[0].isupper() or word[0].isdigit()}
