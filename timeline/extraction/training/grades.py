"""Train the model of grades: `python -m timeline.extraction.training.grades CORPUS.jsonl …`.

A corpus is JSON Lines with `published`, `text` and either the `events` that an editor would take
(each with `grade`, 2 or 3 where it belongs on a timeline of the topic, `evidence`, the sentences
that tell it, and `core`, the words that a title of it needs, as alternatives), or nothing more:
then `grades.jsonl`, beside this module, has the grades that we gave to what was suggested of such a
text, by the start of the word that names it: 2 to take, 1 as background, 0 worthless or told again.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..events import Event, find_events
from ..grades import MODEL, features
from ..pipeline import read
from .salience import Example, train

GIVEN = Path(__file__).with_name("grades.jsonl")
_WANTED = 2  # the least grade that an editor puts on a timeline


def examples(document: dict[str, Any]) -> list[Example]:
    """Return the features of every suggestion that may teach, and whether an editor takes it."""
    published = date.fromisoformat(document["published"][:10])
    doc = read(document["text"], published, last="quotes")
    events = find_events(doc)
    pairs = zip(events, _taken(document, events), strict=True)
    return [(features(doc, event), is_taken) for event, is_taken in pairs if is_taken is not None]


def _taken(document: dict[str, Any], events: list[Event]) -> list[bool | None]:
    """Say of each event whether an editor takes it, None where nobody has said."""
    if "events" in document:
        wanted = [gold for gold in document["events"] if gold["grade"] >= _WANTED]
        best = _best(events, wanted)
        return [n in best for n in range(len(events))]
    given = _given().get(document["id"], {})
    starts = [str(event.trigger.start) for event in events]
    return [given[start] >= _WANTED if start in given else None for start in starts]


def _best(events: list[Event], wanted: Iterable[dict[str, Any]]) -> set[int]:
    """Return the events that tell those of the gold best, each once, by index."""
    pairs = sorted(
        (-_likeness(event, gold), n, m)
        for n, event in enumerate(events)
        for m, gold in enumerate(wanted)
        if _likeness(event, gold) > 0
    )
    found: set[int] = set()
    told: set[int] = set()
    for _, n, m in pairs:
        if n not in found and m not in told:
            found.add(n)
            told.add(m)
    return found


def _likeness(event: Event, gold: dict[str, Any]) -> float:
    """Return the share of a gold event's core words that the title has, 0 for another sentence."""
    if not any(start <= event.start < end for start, end in gold["evidence"]):
        return 0.0
    title = f" {event.title.lower()} "
    has = [any(f" {form}" in title for form in forms) for forms in gold["core"]]
    share = sum(has) / max(1, len(has))
    return share if share > 0.5 else 0.0


def _given() -> dict[str, dict[str, int]]:
    lines = GIVEN.read_text("utf-8").splitlines()
    return {one["id"]: one["grades"] for one in map(json.loads, lines)}


def _documents(corpora: list[str]) -> Iterator[dict[str, Any]]:
    """Yield each text once, by its id: the editor's gold first, if its corpus stands first."""
    seen = set()
    for name in corpora:
        for document in map(json.loads, Path(name).read_text("utf-8").splitlines()):
            if document["id"] not in seen:
                seen.add(document["id"])
                yield document


def main(corpora: list[str]) -> None:
    """Train on all documents of some corpora and write the model beside `grades`."""
    data = [example for document in _documents(corpora) for example in examples(document)]
    MODEL.write_text(json.dumps(train(data), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
