"""`manage.py draft FOLDER…`: from saved articles to the events of a timeline, for a person."""

import json
import sys
import textwrap
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline import dates
from timeline.extraction import UnreadableError, extract, faults, read_article
from timeline.extraction.drafts import Candidate, Draft, Source, draft
from timeline.management.streams import any_terminal, hush, on_one_line, printable, read_file

WIDTH = 96
SUFFIXES = {".htm", ".html", ".jsonl", ".txt"}
TOP = 40
_HEAD = b'{"topic"'  # the first line of a topic of the evaluation's kit


@dataclass(frozen=True, slots=True)
class Job:
    """An article to read: `raw` is a file as it was saved, `document` a line of JSON Lines."""

    name: str
    raw: bytes = b""
    document: bytes = b""


class Command(BaseCommand):
    help = (
        "Print the draft of a timeline: the events that saved articles report, the most important "
        "first. Takes pages, texts and JSON Lines ({id, published, text}), in files and folders. "
        "Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="FOLDER", help="a folder or file"
        )
        parser.add_argument("--top", type=int, default=TOP, metavar="N", help="events to print")
        parser.add_argument(
            "--about", default="", metavar="WORDS", help="words of the topic, if known"
        )
        parser.add_argument("--explain", action="store_true", help="print the reasons as well")
        parser.add_argument("--processes", type=int, default=2, metavar="N", help="that read (2)")

    def handle(self, *, paths: list[Path], top: int, about: str, **options: Any) -> None:
        """Exit with status 1 when a file could not be read; the draft is made of the others."""
        failed = 0
        sources: dict[str, Source] = {}
        with any_terminal():
            try:
                for found in self._read(paths, options["processes"]):
                    if isinstance(found, Source):
                        name = found.id
                        while name in sources:
                            name += "+"
                        sources[name] = replace(found, id=name)
                    else:
                        failed += 1
                        self.stderr.write(on_one_line(found))
                made = draft(sources.values(), about.split())
                lines = page(made, sources, max(0, top), explain=options["explain"])
                self.stdout.write(printable("\n".join(lines)))
                self.stdout.flush()
            except BrokenPipeError:
                hush(sys.stdout)
        if failed:
            raise CommandError(
                f"{failed} {'article' if failed == 1 else 'articles'} could not be read."
            )

    def _read(self, paths: Iterable[Path], processes: int) -> Iterator[Source | str]:
        """Yield each article with what is found in it, or what is wrong with it."""
        jobs: list[Job] = []
        for path in (file for one in paths for file in _files(one)):
            try:
                raw = read_file(path)
            except UnreadableError as error:
                yield f"{path}: {error}"
                continue
            jobs += _jobs(str(path), raw)
        if processes < 2 or len(jobs) < 8:
            yield from map(read, jobs)
        else:
            with ProcessPoolExecutor(processes) as pool:
                yield from pool.map(read, jobs, chunksize=4)


def _files(path: Path) -> list[Path]:
    """Return the path itself, or the articles of a folder, pages' frames left out."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
    return [
        file
        for file in files
        if file.is_file() and not any(part.endswith("_files") for part in file.parts[:-1])
    ]


def _jobs(name: str, raw: bytes) -> list[Job]:
    if not name.lower().endswith(".jsonl"):
        return [Job(name, raw=raw)]
    lines = enumerate(raw.splitlines(), 1)
    return [
        Job(f"{name}:{number}", document=line)
        for number, line in lines
        if line.strip() and not (number == 1 and line.startswith(_HEAD))
    ]


def read(job: Job) -> Source | str:
    """Return an article with what is found in it, or one sentence that says what is wrong."""
    try:
        return _of_line(job) if job.document else _of_file(job)
    except UnreadableError as error:
        return f"{job.name}: {error}"
    except Exception as error:
        return f"{job.name}: {faults.told(error, file=job.name)}"


def _of_file(job: Job) -> Source | str:
    article = read_article(job.raw)
    if not article.is_read:
        return f"{job.name}: it is in a language that is not read ({article.language})."
    return _source(job.name, article.published, article.body, article.headline)


def _of_line(job: Job) -> Source | str:
    try:
        given = json.loads(job.document)
        published = datetime.fromisoformat(given["published"])
        name, text = str(given.get("id") or job.name), given["text"]
        headline = given.get("headline") or ""
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return f"{job.name}: no line of JSON with “published” (2018-03-28) and “text”."
    if not isinstance(text, str) or not isinstance(headline, str):
        return f"{job.name}: “text” and “headline” must be text."
    return _source(
        name, published.date() if len(given["published"]) == 10 else published, text, headline
    )


def _source(name: str, published: date | datetime, text: str, headline: str) -> Source:
    day = published.date() if isinstance(published, datetime) else published
    return Source(name, day, text, extract(text, published, headline), headline)


# --------------------------------------------------------------------------------- for a person


def page(made: Draft, sources: dict[str, Source], top: int, *, explain: bool) -> Iterator[str]:
    """Yield the lines of a draft: its topic, its first events, and the pages that stand aside."""
    reports = sum(len(candidate.reports) for candidate in made.candidates)
    yield f"{len(made.articles)} articles, {reports:,} reports, {len(made.candidates):,} events."
    yield from _wrapped(f"Topic: {', '.join(made.topic)}")
    wrapped = partial(_candidate, headlines=sources, explain=explain)
    for number, candidate in enumerate(made.candidates[:top], 1):
        yield ""
        yield from wrapped(number, candidate)
    aside = [verdict for verdict in made.articles if verdict.is_aside]
    if aside:
        yield f"\n{len(aside)} of the articles stand aside:"
    for verdict in aside:
        why = verdict.kind or "off the topic"
        yield from _wrapped(f"{verdict.article}: {why}, nearness {verdict.nearness:.2f}", "    ")
        if explain:
            yield from _reasons(verdict)


def _candidate(
    number: int, candidate: Candidate, headlines: dict[str, Source], explain: bool
) -> Iterator[str]:
    said = f"{number}. {dates.words(candidate.edtf)} – {candidate.title}"
    yield from _wrapped(said, "", " " * len(f"{number}. "))
    about = (candidate.kind, candidate.status, ", ".join(candidate.actors), candidate.place)
    yield from _wrapped(" · ".join(filter(None, (*about, candidate.aside))), "    ")
    for report in candidate.reports:
        headline = headlines[report.article].headline or report.article
        differs = report in candidate.disagreeing
        stated = f" states {report.edtf or 'no date'}, {report.status}" if differs else ""
        yield from _wrapped(
            f"{report.published} {headline}{stated}: “{report.text}”", "    ", " " * 6
        )
    for quote in candidate.quotes:
        yield from _wrapped(f"{quote.actor or 'Somebody'}: {quote.text}", "    > ", "      ")
    if explain:
        for words, worth in candidate.parts:
            yield from _wrapped(f"{worth:+6.2f}  {words}", "    ", " " * 12)
        yield from _reasons(candidate)


def _reasons(item: Any) -> Iterator[str]:
    for of, value, rule, spans in item.decisions:
        words = ", ".join(f"“{textwrap.shorten(span.exact, 60)}”" for span in spans)
        line = f"{of:<11}{value or '–'}  [{rule}]  {words}".rstrip()
        yield from _wrapped(line, "    ", " " * 15)


def _wrapped(words: str, first: str = "", after: str | None = None) -> list[str]:
    after = first if after is None else after
    return textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=after)
