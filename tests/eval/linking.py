"""How well reports find their event: every report of the demo against what was known before it.

The demo's articles are taken in the order of their publication. The events known before an article
stand as their reports had them by then; each report of the article must be proposed for its own
event, or as a new event when it is the first. `by the record` gives the linking the kind and the
actors of the event; `by its words` only those actors whom the wording itself names.
"""

import json
import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

from tests.eval.corpora import KIT
from timeline.extraction.linking import THRESHOLD, Sketch, rank

DEMO = KIT.parent / "demo" / "demo.json"


def score() -> dict[str, float]:
    """Return the percentages of reports rightly proposed, by what is known of the report."""
    demo = json.loads(DEMO.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for report, wanted, known in _reports(demo):
        worded = replace(report, actors=_named(report.actors, report.wordings[0]))
        for name, sketch in (("by the record", report), ("by its words", worded)):
            matches = rank(sketch, known)
            found = matches and matches[0].score >= THRESHOLD
            proposed = matches[0].candidate.key if found else None
            state = "known" if wanted else "new"
            counts[f"{state} {name}"] += proposed == wanted
        counts[state] += 1
    return {key: 100 * n / counts[key.split()[0]] for key, n in counts.items() if " " in key}


def _reports(demo: dict[str, Any]):
    """Yield each report, the event that it should find (None: a new one), and the events known."""
    names = {actor["slug"]: actor["name"] for actor in demo["actors"]}
    places = {p["slug"]: (p["name"], *p["country"].split(" / ")) for p in demo["places"]}
    events = {event["slug"]: event for event in demo["events"]}
    told: dict[str, list[dict]] = defaultdict(list)
    for article in sorted(demo["articles"], key=lambda article: article["published"]):
        known = [_known(events[slug], reports, names, places) for slug, reports in told.items()]
        reports = [report for report in demo["reports"] if report["article"] == article["slug"]]
        for report in reports:
            event = events[report["event"]]
            wanted = report["event"] if report["event"] in told else None
            yield _sketch(event, [report], names, places), wanted, known
        for report in reports:
            told[report["event"]].append(report)


def _known(event: dict, reports: list[dict], names: dict, places: dict) -> Sketch:
    sketch = _sketch(event, reports, names, places)
    return replace(sketch, title=event["title"], key=event["slug"])


def _sketch(event: dict, reports: list[dict], names: dict, places: dict) -> Sketch:
    """Return the event as these reports have it; its place only if their words name it."""
    last = ([report for report in reports if report["stance"] != "recalls"] or reports)[-1]
    wordings = tuple(report["wording"] for report in reports)
    where = places.get(event["place"], ())
    return Sketch(
        title="",
        edtf=last["edtf"],
        kind=event["kind"],
        status=last["status"],
        actors=tuple(names[part["actor"]] for part in event["participants"]),
        places=where if any(place in " ".join(wordings) for place in where) else (),
        wordings=wordings,
    )


def _named(actors: tuple[str, ...], wording: str) -> tuple[str, ...]:
    words = set(re.findall(r"\w+", wording))
    return tuple(actor for actor in actors if words & set(re.findall(r"[A-Z]\w+", actor)))
