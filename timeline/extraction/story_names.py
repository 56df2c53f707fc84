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
from .names import Name

_BEARERS = frozenset({"organisation", "country"})
_WORD = re.compile(r"[^\W_]+")


def with_stories(doc: Document, events: Iterable[Event]) -> list[Event]:
    """Return the events, those whose title names nobody with the name of the article's story."""
    story = story_of(doc)
    if story is None:
        return list(events)
    named = {word for name in doc.names for word in _capitalised(name.text)}
    return [event if named & _capitalised(event.title) else _of(event, story) for event in events]


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


def _of(event: Event, story: Name) -> Event:
    words = Span(story.text, story.start, story.end)
    title = f"{event.title} ({story.canonical})"
    rule = "story names: nobody is named, the headline's is put behind"
    decision = Decision("title", title, rule, (words,))
    return event._replace(title=title, decisions=(*event.decisions, decision))


def _capitalised(text: str) -> set[str]:
    """Return the words of a text that a name may be told by."""
    return {word for word in _WORD.findall(text) if word[0].isupper() or word[0].isdigit()}
