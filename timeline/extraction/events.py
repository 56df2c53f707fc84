"""Events that an article reports: what, when, with which status, by whom, and how we know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from . import triggers
from .article import Article
from .actors import Cast, others, subject
from .dating import Focus, attach
from .salience import salience
from .sentences import Sentence, split
from .status import status


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
    words = article.words
    focus = Focus(article.published)
    cast = Cast()
    events = []
    for number, sentence in enumerate(article.sentences):
        if article.is_heading(sentence):
            continue
        first, last = words.index(sentence.start), words.index(sentence.end)
        found = triggers.find(words, first, last)
        times = attach(article, first, last, sentence.start, sentence.end, found)
        inherited: tuple[str, ...] = ()
        previous = first
        mentions = []
        for n, trigger in enumerate(found):
            who = subject(article, first, trigger, previous, cast, inherited)
            if trigger.tense != "noun" and trigger.tense != "adjective":
                previous = trigger.last
                if who and trigger.tense not in ("gerund", "infinitive", "reduced"):
                    inherited = who
            quoted = article.is_quoted(words.start[trigger.first])
            score = salience(trigger, number, quoted, n in times, who)
            mentions.append((score, -n, trigger, who, times.get(n), quoted))
        cast.see(article.names_in(sentence.start, sentence.end))
        if not mentions:
            continue
        best = max(mentions)
        for mention in mentions:
            score, _, trigger, who, time, quoted = mention
            if not (mention is best and score > THRESHOLD or time is not None and score > EXTRA):
                continue
            state, word = status(words, first, last, trigger)
            if time is not None:
                edtf, reason = time.edtf.split("T")[0], time.derivation
                focus.see(time, number, sentence.paragraph)
            else:
                edtf, time, reason = focus.guess(trigger, number, sentence.paragraph, quoted, state)
                edtf = edtf and edtf.split("T")[0]
            names = tuple(dict.fromkeys(who + others(article, last, trigger)))
            start, end = words.start[trigger.first], words.end(trigger.last - 1)
            events.append(
                Event(
                    sentence.start,
                    sentence.end,
                    article.text[sentence.start : sentence.end],
                    Span(start, end, article.text[start:end]),
                    edtf,
                    state,
                    "reports",
                    trigger.reading.kind,
                    names,
                    None,
                    article.text[start:end],
                    f"{reason}; {word}",
                    (time.start, time.end) if time else None,
                )
            )
    return events


THRESHOLD = 0.0
EXTRA = 1.0
