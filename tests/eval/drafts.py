"""The draft of a folder of topics, as the contract of the timelines' kit asks for it.

    python -m tests.eval.drafts ../shared/eval/tls/dev --out SYSTEM.json

A folder holds TOPIC.jsonl for each topic and gold.json, of which only what `score_tls.tasks` tells
is used. `ranked` lists the first candidate of each day, in the order of the draft; `timelines` are
days by their score with their central sentences. What is read of an article is kept in var/drafts
until it or the extraction changes: reading takes minutes, the drafts seconds.
"""

import hashlib
import importlib.util
import json
import pickle
import sys
import time
from argparse import ArgumentParser
from datetime import date
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from tests.eval.corpora import KIT
from timeline import extraction
from timeline.extraction import Extraction, extract
from timeline.extraction.drafts import Candidate, Source, draft
from timeline.extraction.drafts.days import central_sentences, days_of, told_of
from timeline.extraction.drafts.reading import Folder, near_day

TLS = KIT / "tls"
KEPT = Path(__file__).parents[2] / "var" / "drafts"
NOT_READING = ("drafts", "training", "linking")  # what changes nothing that is read of an article


class Topic(NamedTuple):
    name: str
    keywords: tuple[str, ...]
    sources: list[Source]


def main() -> int:
    parser = ArgumentParser(description="Make drafts of a folder of topics and hand them in.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="SYSTEM.json")
    options = parser.parse_args()
    gold = json.loads((options.folder / "gold.json").read_text(encoding="utf-8"))
    system = run(options.folder, gold)
    options.out.write_text(json.dumps(system, ensure_ascii=False), encoding="utf-8")
    return 0


def score(folder: Path = TLS / "dev") -> dict[str, float]:
    """Return the figures of the kit's scorer for a folder, times 100."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    result, _ = scorer().score(gold, run(folder, gold))
    return {name: 100 * value for name, value in result.items()}


def run(folder: Path, gold: dict[str, Any]) -> dict[str, Any]:
    """Return what the contract asks for, and print CPU and an editor's decisions by topic."""
    system: dict[str, Any] = {"timelines": {}, "ranked": {}}
    for name, references in scorer().tasks(gold).items():
        topic = read(folder / f"{name}.jsonl")
        begin = time.process_time()
        found = draft(topic.sources, topic.keywords).candidates
        seconds = time.process_time() - begin
        system["ranked"][name] = ranked(found)
        system["timelines"][name] = {
            reference: timeline_of(topic, **task) for reference, task in references.items()
        }
        print(f"{name}: {len(topic.sources)} articles, {seconds:.1f} s of CPU for the draft.")
        print(f"    {decisions(topic.sources, found, scorer().union(gold[name]))}", flush=True)
    return system


def ranked(found: tuple[Candidate, ...]) -> list[dict[str, str]]:
    """Return the first candidate of each day, in their order."""
    firsts: dict[date, str] = {}
    for candidate in found:
        if candidate.day and candidate.title:
            firsts.setdefault(candidate.day, candidate.title)
    return [{"date": day.isoformat(), "title": title} for day, title in firsts.items()]


def timeline_of(
    topic: Topic, dates: int, sentences: int, start: str, end: str
) -> dict[str, list[str]]:
    """Return so many days from `start` to `end`, each with its central sentences."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    within = [source for source in topic.sources if first <= source.published <= last]
    folder = Folder(within, topic.keywords)
    days = [day for day in days_of(folder).values() if first <= day.day <= last]
    told, chosen = told_of(folder), {}
    for day in sorted(days, key=lambda day: (-day.score, day.day)):
        if len(chosen) == dates:
            break
        lines = central_sentences(folder, told[day.day.toordinal()], sentences)
        if texts := [text for one in lines if (text := one.page.text_of(one.line))]:
            chosen[day.day.isoformat()] = texts
    return chosen


def decisions(sources: list[Source], found: tuple[Candidate, ...], gold: dict[str, Any]) -> str:
    """Return how many decisions put the reference's days in: by candidates, and card by card.

    Half of the days, and nine in ten of those that any candidate has. Card by card an editor goes
    through the articles in the order of their days, and decides each event that was found.
    """
    cards = [e.edtf for s in sorted(sources, key=lambda s: s.published) for e in s.found.events]
    steps = {
        "candidates": _steps([candidate.edtf for candidate in found], gold),
        "cards": _steps(cards, gold),
    }
    parts = []
    for share in (0.5, 0.9):
        needed = {name: at[max(0, int(share * len(at)) - 1)] for name, at in steps.items() if at}
        told = ", ".join(f"{n:,} {name}" for name, n in needed.items())
        parts.append(f"{share:.0%} of its days: {told}")
    return f"An editor's decisions for {'; '.join(parts)}."


def _steps(dates: list[str | None] | list[str], gold: dict[str, Any]) -> list[int]:
    """Return, in order, after how many decisions each day of a reference is first met."""
    firsts: dict[int | None, int] = {}
    for number, edtf in enumerate(dates, 1):
        firsts.setdefault(near_day(edtf), number)
    days = (near_day(day) for day in gold)
    return sorted(firsts[day] for day in days if day in firsts)


# --------------------------------------------------------------------------- what is read, and kept


def read(path: Path, processes: int = 2) -> Topic:
    """Return a topic with what is found in each article, from var/drafts where it is known."""
    head, *articles = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    keys = [_key(article["text"], article["published"]) for article in articles]
    kept = KEPT / f"{path.stem}-{_code()}.pickle"
    known: dict[str, Extraction] = pickle.loads(kept.read_bytes()) if kept.is_file() else {}
    new = [a for a, key in zip(articles, keys, strict=True) if key not in known]
    if new:
        with Pool(processes) as pool:
            said = pool.map(_say, [(a["text"], a["published"]) for a in new], chunksize=4)
        for article, found in zip(new, said, strict=True):
            known[_key(article["text"], article["published"])] = found
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob(f"{path.stem}-*.pickle"):
            old.unlink()
        kept.write_bytes(pickle.dumps({key: known[key] for key in keys}))
    sources = [
        Source(a["id"], date.fromisoformat(a["published"]), a["text"], known[key])
        for a, key in zip(articles, keys, strict=True)
    ]
    return Topic(path.stem, tuple(head.get("keywords", ())), sources)


def _say(job: tuple[str, str]) -> Extraction:
    text, published = job
    return extract(text, date.fromisoformat(published))


def _key(text: str, published: str) -> str:
    return hashlib.sha256(f"{published}\n{text}".encode()).hexdigest()


@cache
def _code() -> str:
    """Return what changes with any file that the reading of an article rests on."""
    root = Path(extraction.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        part = file.relative_to(root).parts[0].removesuffix(".py")
        if file.suffix in {".py", ".tsv", ".toml", ".json"} and part not in NOT_READING:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def scorer() -> ModuleType:
    """Return the kit's scorer, which its folder has beside `rouge`."""
    sys.path.insert(0, str(TLS))
    try:
        spec = importlib.util.spec_from_file_location("score_tls", TLS / "score_tls.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError(TLS / "score_tls.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TLS))
    return module


if __name__ == "__main__":
    sys.exit(main())
