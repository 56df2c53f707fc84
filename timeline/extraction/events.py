"""Events that an article reports: what, when, with which status, by whom, and how we know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import prod
from typing import NamedTuple

from .article import Article
from .dating import put_dates
from .mentions import Mention, collect
from .salience import salience
from .sentences import Sentence, split


class Span(NamedTuple):
    """Code points [start, end) of the text and the words that stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one article reports it; offsets are code points, `end` exclusive."""

    start: int
    end: int
    text: str
    trigger: Span | None
    edtf: str | None
    status: str
    stance: str
    kind: str
    actors: tuple[str, ...]
    place: str | None
    title: str
    derivation: str
    time: tuple[int, int] | None


def find_events(
    text: str,
    published: date | datetime,
    sentences: Sequence[Sentence] | None = None,
    times: Sequence | None = None,
    names: Sequence | None = None,
) -> list[Event]:
    """Return the events that `text` reports, in the order of their evidence."""
    sentences = split(text) if sentences is None else sentences
    if times is None:
        from .times import find_times

        times = find_times(text, published, sentences)
    if names is None:
        from .names import find_names

        names = find_names(text, sentences)
    day = published.date() if isinstance(published, datetime) else published
    article = Article(text, day, sentences, times, names)
    return _read(article)


def _read(article: Article) -> list[Event]:
    collected = collect(article)
    put_dates(article, collected)
    return [_event(article, mention) for mentions in collected for mention in _choose(mentions)]


def _choose(mentions: list[Mention]) -> list[Mention]:
    """Return the most salient mention of a sentence, and those that state another date."""
    scored = sorted(((salience(m), -m.order, m) for m in mentions), key=_rank, reverse=True)
    chosen: list[Mention] = []
    for score, _, mention in scored:
        if not chosen and 1 - prod(1 - x[0] for x in scored) <= THRESHOLD:
            break
        if (not chosen or score > EXTRA) and (
            not chosen or (mention.time is not None and mention.edtf not in {m.edtf for m in chosen})
        ):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.order)


def _rank(scored):
    return scored[0], scored[1]


def _event(article: Article, mention: Mention) -> Event:
    words, trigger, sentence, time = (
        article.words,
        mention.trigger,
        mention.sentence,
        mention.source,
    )
    start, end = words.start[trigger.first], words.end(trigger.last - 1)
    return Event(
        sentence.start,
        sentence.end,
        article.text[sentence.start : sentence.end],
        Span(start, end, article.text[start:end]),
        mention.edtf,
        mention.status,
        "reports",
        trigger.reading.kind,
        tuple(dict.fromkeys(mention.who + mention.whom)),
        None,
        article.text[start:end],
        f"{mention.reason}; {mention.ground}",
        (time.start, time.end) if time else None,
    )


THRESHOLD = 0.22
EXTRA = 0.1
