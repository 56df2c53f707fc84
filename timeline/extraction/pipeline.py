"""The stages by which a text is read, in their order: each adds one layer to the doc."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter, itemgetter

from .coreference import antecedents
from .document import Document, Sentence, TimeSpan
from .events import find_events
from .grades import graded
from .names import KnownNames, Name, find_names
from .names.gazetteer import NOT_NAMES
from .parser import parse
from .quotes import find_quotes
from .story_names import with_stories
from .syntax import Tree
from .text.datelines import dateline_of
from .text.quotation_marks import quoted_spans
from .text.sentences import SentenceSpan, split
from .text.tokens import tokenise
from .times import Time, find_times

ACTORS = frozenset({"person", "organisation", "country"})  # kinds of names that may act
_FULL_STOPS = (".", "!", "?", "…")
_CLOSING = "\"'”’)]»"
_CLOCKS = frozenset({"clock", "military"})
_DAY = re.compile(r"day\b|[A-Z][a-z]{2,}\.? \d|\d{4}-")


def _tokens(doc: Document) -> None:
    doc.add_tokens(tokenise(doc.text))


def _quoted_spans(doc: Document) -> None:
    doc.add_quoted_spans(quoted_spans(doc.text))


def _sentences(doc: Document) -> None:
    doc.add_spans(split(doc.text))


def _names(doc: Document) -> None:
    doc.add_names(find_names(doc.text, doc.spans, doc.tokens, doc.known))


def _times(doc: Document) -> None:
    doc.add_times(find_times(doc.text, doc.published, doc.spans))


def _datelines(doc: Document) -> None:
    doc.add_datelines([dateline_of(doc.text, start, end) for start, end, _ in doc.spans])


def _syntax(doc: Document) -> None:
    """Add the sentences with their trees; a dateline is no part of them."""
    spans = [
        span._replace(start=filed.end) if filed else span
        for span, filed in zip(doc.spans, doc.datelines, strict=True)
    ]
    doc.add_sentences(list(_read_sentences(doc, spans, parse(doc.text, spans))))


def _coreference(doc: Document) -> None:
    doc.add_antecedents(antecedents(doc))


def _quotes(doc: Document) -> None:
    doc.add_quotes(find_quotes(doc))


def _events(doc: Document) -> None:
    doc.add_events(with_stories(doc, graded(doc, find_events(doc), doc.headline)))


# In their order: each adds the layer of its name, from those before it alone.
STAGES: dict[str, Callable[[Document], None]] = {
    "tokens": _tokens,
    "quoted spans": _quoted_spans,
    "sentences": _sentences,
    "datelines": _datelines,
    "names": _names,
    "times": _times,
    "syntax": _syntax,
    "coreference": _coreference,
    "quotes": _quotes,
    "events": _events,
}


def read(
    text: str,
    published: date,
    headline: str = "",
    last: str = "coreference",
    known: KnownNames | None = None,
) -> Document:
    """Return the document of a text, published on that day, with its layers up to the last wanted.

    Any string is read, in time linear in its length, and none raises.
    """
    doc = Document(text, published, headline, known)
    for name, stage in STAGES.items():
        stage(doc)
        if name == last:
            break
    return doc


def _read_sentences(
    doc: Document, spans: list[SentenceSpan], trees: list[Tree]
) -> Iterator[Sentence]:
    """Yield the sentences with the dates and names that stand in them."""
    starts = doc.starts
    names = [(bisect_left(starts, name.start), name) for name in doc.names]
    times = [
        TimeSpan(bisect_left(starts, time.start), bisect_left(starts, time.end), time)
        for time in doc.times
        if _is_date(time)
    ]
    family_names = {
        name.canonical.rpartition(" ")[2]: name.canonical
        for name in reversed(doc.names)
        if name.kind == "person"
    }
    common = {word for word in doc.words if word.islower()}
    number = 0
    for span, tree in zip(spans, trees, strict=True):
        first, last = doc.at(span.start), doc.at(span.end)
        begin = bisect_left(names, first, key=itemgetter(0))
        here = names[begin : bisect_left(names, last, begin, key=itemgetter(0))]
        if first < last and not (here and here[0][0] == first):
            opening = _family_name(doc, first, family_names) or _unknown_name(
                doc, first, tree, common
            )
            here = opening + here
        begin = bisect_left(times, first, key=attrgetter("first"))
        dates = times[begin : bisect_left(times, last, begin, key=attrgetter("first"))]
        actors = [pair for pair in here if pair[1].kind in ACTORS]
        quoting = doc.has_quoted(first, last)
        heading = _is_heading(doc.text, span.start, span.end)
        yield Sentence(
            doc, span, None if heading else number, first, last, dates, here, actors, quoting, tree
        )
        number += not heading


def _family_name(doc: Document, first: int, family_names: dict[str, str]) -> list[tuple[int, Name]]:
    """Return the person whose family name begins a sentence, where that is not read as a name.

    Any word is capitalised there; after "Ann Price" a sentence with "Price resigned" is of her.
    """
    word, start = doc.words[first], doc.starts[first]
    person = family_names.get(word.removesuffix("'s").removesuffix("’s"))
    if not person:
        return []
    rule = "pipeline: a family name begins the sentence"
    return [(first, Name(start, start + len(word), word, person, "person", rule=rule))]


def _unknown_name(
    doc: Document, first: int, tree: Tree, common: set[str]
) -> list[tuple[int, Name]]:
    """Return the body that begins a sentence as its subject, where no other word tells it a name.

    Any word is capitalised there; the tree tells "Norlak opened" from "Trading opened".
    """
    start, word = doc.starts[first], doc.words[first]
    token = tree.at(start)
    if token is None or token.tag != "NNP" or not token.dep.startswith("nsubj"):
        return []
    is_common = word.lower() in common or word.lower() in NOT_NAMES
    if is_common or not word[1:].islower() or token.children:
        return []
    rule = "pipeline: an unknown word begins the sentence as its subject"
    return [(first, Name(start, start + len(word), word, word, "organisation", rule=rule))]


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether a line ends without a full stop, as headlines, captions and credits do."""
    if text[end - 1] in _FULL_STOPS:
        return False
    return not text[max(start, end - 8) : end].rstrip(_CLOSING).endswith(_FULL_STOPS)


def _is_date(time: Time) -> bool:
    """Whether a time says when something is: no set of days, and no bare time of day."""
    return (
        bool(time.edtf)
        and time.type != "SET"
        and (time.rule not in _CLOCKS or bool(_DAY.search(time.text)))
    )
