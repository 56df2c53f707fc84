"""Articles of our own, and what a careful editor would say they say; README.md has their form."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from timeline.extraction import Event, Extraction, Quote, extract

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.toml"))

_NOTHING = "null"
# A title that begins with no word, stops short or points to what the reader does not see.
_ILL_FORMED = re.compile(
    r"^[^\w“$€£]|\b(an?|the|of|to|at|for|from|by|with|and|or|but|that|which|who|as|into|is|are|was|"
    r"were|be|been|will|would|his|her|its|their|not|than|because|after|before|possibly|here|there)$"
)


class Fact(NamedTuple):
    """One field of something an article says: what of it, as gold has it and as it was read."""

    field: str
    of: str
    right: bool
    got: object = ""

    def __str__(self) -> str:
        return f"{self.field}: {self.of}"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def score() -> dict[str, float]:
    """Return how many of 100 facts of each field are read as gold has them."""
    told = [fact for name in NAMES for fact in facts(load(name))]
    total = Counter(fact.field for fact in told)
    right = Counter(fact.field for fact in told if fact.right)
    return {field: 100 * right[field] / total[field] for field in total}


def facts(article: dict[str, Any]) -> Iterator[Fact]:
    """Yield every fact of the gold, and every time and quotation found beside it."""
    found = extract(article["text"], date.fromisoformat(article["published"]))
    yield from _times(article, found)
    yield from _quotes(article, found)
    yield from _events(article, found)


def _times(article: dict[str, Any], found: Extraction) -> Iterator[Fact]:
    spans = {words: _span(article, words) for words in article["times"]}
    for words, value in article["times"].items():
        near = [one.edtf or one.value for one in found.times if _meet(one, spans[words])]
        read = {"*"} if near and "*" in value else set(near or ["none"])
        yield Fact("time", words, read <= set(_choices(value)), near)
    for one in found.times:
        wanted = any(_meet(one, span) for span in spans.values())
        yield Fact("a time", one.text, wanted, one.edtf or one.value)


def _quotes(article: dict[str, Any], found: Extraction) -> Iterator[Fact]:
    spans = [_span(article, quote["text"]) for quote in article["quotes"]]
    for quote, (start, end) in zip(article["quotes"], spans, strict=True):
        words = quote["text"]
        same = [one for one in found.quotes for run in _runs(one) if _near(run, (start, end))]
        yield Fact("quote", words, bool(same), [one.text for one in same])
        for one in same[:1]:
            speaker = one.actor or (one.speaker.text if one.speaker else _NOTHING)
            named = {_plain(name) for name in _choices(quote["actor"])}
            medium = _choices(quote.get("medium", _NOTHING))
            yield Fact("quoted", words, one.kind in _choices(quote["kind"]), one.kind)
            yield Fact("speaker", words, _plain(speaker) in named, speaker)
            yield Fact("medium", words, (one.medium or _NOTHING) in medium, one.medium)
    for one in found.quotes:
        if one.kind != "indirect":
            for start, end in _runs(one):
                wanted = any(start < last and first < end for first, last in spans)
                yield Fact("a quote", article["text"][start:end], wanted, one.kind)


def _events(article: dict[str, Any], found: Extraction) -> Iterator[Fact]:
    for event in article["events"]:
        name, spans = event["at"][0], [_span(article, words) for words in event["at"]]
        near = [one for one in found.events if any(_meet(one.trigger, span) for span in spans)]
        yield Fact("event", name, bool(near), "")
        if near:
            yield Fact("one event", name, len(near) == 1, [one.title for one in near])
            yield from max(
                ([*_fields(event, one)] for one in near), key=lambda all: sum(f.right for f in all)
            )
    for words in article["no_events"]:
        near = [one.title for one in found.events if _meet(one.trigger, _span(article, words))]
        yield Fact("no event", words, not near, near)


def _fields(event: dict[str, Any], one: Event) -> Iterator[Fact]:
    name, edtf = event["at"][0], one.edtf or _NOTHING
    dates = _choices(event["date"])
    yield Fact("date", name, not {edtf, edtf.rstrip("~"), "*"}.isdisjoint(dates), edtf)
    yield Fact("status", name, one.status in _choices(event["status"]), one.status)
    yield Fact("kind", name, one.kind in _choices(event.get("kind", "other")), one.kind)
    actors = {_plain(actor) for actor in one.actors}
    may = {_plain(actor.rstrip("?")) for actor in event["actors"]}
    must = {_plain(actor) for actor in event["actors"] if not actor.endswith("?")}
    yield Fact("actors", name, must <= actors <= may, one.actors)
    if "place" in event:
        yield Fact("place", name, (one.place or _NOTHING) in _choices(event["place"]), one.place)
    if "title" in event:
        words = set(re.split(r"[\s’']+|, ", one.title.casefold()))
        says = any(set(these.casefold().split()) <= words for these in _choices(event["title"]))
        yield Fact("title", name, says and not _ILL_FORMED.search(one.title), one.title)


def _choices(value: str) -> list[str]:
    return value.split(" | ")


def _span(article: dict[str, Any], words: str) -> tuple[int, int]:
    assert article["text"].count(words) == 1, words
    start = article["text"].find(words)
    return start, start + len(words)


def _meet(one: Any, span: tuple[int, int]) -> bool:
    return one is not None and one.start < span[1] and span[0] < one.end


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans are the same but for a "that" before them, a mark or a comma."""
    return abs(one[0] - other[0]) <= len("that ") and abs(one[1] - other[1]) <= 2


def _runs(quote: Quote) -> tuple[tuple[int, int], ...]:
    return quote.runs or ((quote.start, quote.end),)


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", name.casefold()).rstrip(".")
