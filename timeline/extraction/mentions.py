"""Every trigger of an article with what its sentence says about it: time, actors, clause, status."""

from collections import Counter
from dataclasses import dataclass

from . import triggers
from .actors import Cast, Clauses
from .article import Article
from .attachment import attach
from .sentences import Sentence
from .status import status
from .triggers import Trigger

_RELATIVE = frozenset(["which", "who", "whom", "whose", "where"])
_ADVERBIAL = frozenset(
    ["when", "after", "before", "while", "because", "although", "though", "if", "since", "as", "until", "unless", "whether", "how", "what"]
)


@dataclass(slots=True)
class Mention:
    """One trigger in its sentence."""

    sentence: Sentence
    number: int  # of the sentence, headings not counted
    trigger: Trigger
    order: int  # among the triggers of the sentence
    clause: str  # main that relative adverbial
    time: object | None  # the time its clause states
    shared: object | None  # the only time its sentence states, if another trigger has it
    quoted: bool
    who: tuple[str, ...]
    whom: tuple[str, ...]
    status: str
    ground: str  # the words that decided the status
    topical: bool  # its word stands in a headline
    person: bool = False
    central: bool = False
    edtf: str | None = None
    source: object | None = None  # the time that its date comes from
    reason: str = ""


def collect(article: Article) -> list[list[Mention]]:
    """Return the mentions of each sentence that is not a heading, sentence by sentence."""
    words = article.words
    cast = Cast()
    collected = []
    headline = _headline_lemmas(article)
    persons = {n.canonical for n in article.names if n.kind == "person"}
    central = {n for n, c in Counter(n.canonical for n in article.names).most_common(3)}
    for sentence in article.sentences:
        if article.is_heading(sentence):
            continue
        first, last = words.index(sentence.start), words.index(sentence.end)
        found = triggers.find(words, first, last)
        times = attach(article, first, last, sentence.start, sentence.end, found)
        clauses = Clauses(article, first, last, cast)
        mentions = []
        for n, trigger in enumerate(found):
            previous = clauses.begin
            who, whom = clauses.actors(trigger)
            state, ground = status(words, first, last, trigger, found[n - 1] if n else None)
            mentions.append(
                Mention(
                    sentence,
                    len(collected),
                    trigger,
                    n,
                    _clause(words.lower, previous, trigger.group_start),
                    times.get(n),
                    next(iter(times.values())) if len(times) == 1 else None,
                    article.is_quoted(words.start[trigger.first]),
                    who,
                    whom,
                    state,
                    ground,
                    trigger.reading.lemma in headline,
                    bool(who) and who[0] in persons,
                    bool(who) and who[0] in central,
                )
            )
        cast.see(
            [actor for m in mentions for actor in m.who],
            article.names_in(sentence.start, sentence.end),
        )
        collected.append(mentions)
    return collected


def _headline_lemmas(article: Article) -> set[str]:
    lemmas = set()
    for sentence in article.sentences[:6]:
        if article.is_heading(sentence):
            first, last = article.words.index(sentence.start), article.words.index(sentence.end)
            for form in article.words.lower[first:last]:
                lemmas.update(
                    r.lemma for r in (triggers.VERBS.get(form), triggers.NOUNS.get(form)) if r
                )
    return lemmas


def _clause(lower: list[str], first: int, last: int) -> str:
    for i in range(last - 1, first - 1, -1):
        word = lower[i]
        if word in _RELATIVE:
            return "relative"
        if word == "that":
            return "that"
        if word in _ADVERBIAL:
            return "adverbial"
    return "main"
