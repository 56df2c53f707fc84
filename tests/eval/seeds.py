"""The two saved articles in ../shared/seeds against what a perfect reading of them gives.

`python -m tests.eval.seeds` also lists what is missing. A time is right when one that overlaps it
has an acceptable value; a quote, when its words are there with the right speaker; an event, when
one of its date and status stands in the same sentence or has its kind and an actor in common.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.eval.corpora import KIT
from timeline.extraction import Article, Extraction, extract, read_article

SHARED = KIT.parent


class Wanted(NamedTuple):
    """Something that a perfect reading finds, whether it was found, and what it is."""

    what: str
    found: bool
    words: str


def score() -> dict[str, float]:
    """Return the percentage found of fields, times, quotes and events."""
    wanted = list(read_seeds())
    total = Counter(one.what for one in wanted)
    found = Counter(one.what for one in wanted if one.found)
    return {what: 100 * found[what] / total[what] for what in total}


def read_seeds() -> Iterator[Wanted]:
    gold = json.loads((SHARED / "demo" / "seed_gold.json").read_text(encoding="utf-8"))
    for seed in gold["seeds"]:
        name = seed["article"][: len("yonhap-2018-03-28")]
        article = read_article((SHARED / "seeds" / f"{name}.txt").read_bytes())
        said = extract(article.body, article.published)
        yield from _fields(seed["metadata"], article)
        yield from _times(seed["times"], article, said)
        yield from _quotes(seed["quotes"], article, said)
        yield from _events(seed["events"], article, said)


def _fields(gold: dict[str, Any], article: Article) -> Iterator[Wanted]:
    read = {
        "outlet": article.outlet,
        "headline": article.headline,
        "labels": list(article.labels),
        "lead": article.lead,
        "section": article.section,
        "published": article.published.isoformat(),
        "byline": article.byline,
        "dateline_place": article.dateline.place,
        "dateline_date": article.dateline.date.isoformat(),
        "attn": article.note,
        "captions": list(article.captions),
    }
    for field, value in read.items():
        yield Wanted("fields", value == gold[field], f"{field}: {value!r}")


def _times(gold: list[dict], article: Article, said: Extraction) -> Iterator[Wanted]:
    for time in gold:
        if time["kind"] == "publication" or time["note"] == "optional":
            continue
        context = article.body.find(time["context"])
        start = article.body.find(time["text"], max(context, 0))
        end = start + len(time["text"])
        accepted = {time["value"], *time["also_acceptable"]}
        near = [one for one in said.times if one.start < end and start < one.end]
        right = any({one.edtf or "null", one.value} & accepted for one in near)
        got = ", ".join(f"{one.text!r} {one.edtf}" for one in near)
        yield Wanted("times", right, f"{time['text']!r} {time['value']}: {got or 'nothing'}")


def _quotes(gold: list[dict], article: Article, said: Extraction) -> Iterator[Wanted]:
    for quote in gold:
        words = quote["text"].strip(" ,.")
        near = [one for one in said.quotes if words in one.text and one.kind != "indirect"]
        speakers = [one.actor or (one.speaker.text if one.speaker else "") for one in near]
        right = any(
            name and (name.lower() in quote["speaker"].lower() or quote["speaker"] in name)
            for name in speakers
        )
        yield Wanted("quotes", right, f"{words[:60]!r} {quote['speaker']}: {speakers}")


def _events(gold: list[dict], article: Article, said: Extraction) -> Iterator[Wanted]:
    for event in gold:
        if event["level"] == "optional":
            continue
        accepted = {event["edtf"], *event["also_acceptable"]}
        start = article.body.find(event["evidence"])
        dated = [
            one
            for one in said.events
            if ((one.edtf or "null") in accepted) and one.status == event["status"]
        ]
        right = any(
            one.start <= start < one.end
            or (one.kind == event["kind"] and set(one.actors) & set(event["actors"]))
            for one in dated
        )
        near = [f"{one.edtf} {one.status}" for one in said.events if one.start <= start < one.end]
        yield Wanted(
            f"events, {event['level']}", right, f"{event['title']} {event['edtf']}: {near}"
        )


def main() -> None:
    for what, percent in score().items():
        print(f"{what:<22}{percent:6.1f}")
    for one in read_seeds():
        if not one.found:
            print(f"  not found: {one.what}: {one.words}")


if __name__ == "__main__":
    main()
