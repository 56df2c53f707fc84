"""`manage.py extract`: what texts say, as JSON Lines for programs or as a page for a person."""

import json
import sys
import textwrap
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline import dates
from timeline.extraction import Article, Extraction, UnreadableError, extract, faults, read_article
from timeline.extraction.decision import Decision
from timeline.management.streams import (
    any_terminal,
    hush,
    on_one_line,
    printable,
    read_file,
    standard_input,
)

WIDTH = 96
NOTHING = Extraction((), (), ())


class Command(BaseCommand):
    help = (
        "Read documents as JSON Lines ({id, published, text}) on standard input and write the "
        "times, quotes and events of each, one line a document. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            type=Path,
            metavar="PATH",
            help="read one saved article and print it for a person",
        )

        parser.add_argument(
            "--explain",
            type=Path,
            metavar="PATH",
            help="read one saved article and print how each event and quote was decided",
        )

    def handle(self, *, file: Path | None, explain: Path | None, **options: Any) -> None:
        file, layout = (explain, explained) if explain else (file, page)
        with any_terminal():
            try:
                self._print(file, layout) if file else self._answer(standard_input())
                self.stdout.flush()
            except UnreadableError as error:
                raise CommandError(str(error)) from error
            except BrokenPipeError:
                hush(sys.stdout)

    def _print(self, file: Path, layout: Callable[[Article, Extraction], Iterable[str]]) -> None:
        name = on_one_line(str(file))
        try:
            article = read_article(read_file(file))
            found = extract(article.body, article.published) if article.is_read else NOTHING
            printed = list(layout(article, found))
        except UnreadableError as error:
            raise CommandError(f"{name}: {error}") from error
        except Exception as error:
            raise CommandError(f"{name}: {faults.told(error, file=file.name)}") from error
        self.stdout.write(printable("\n".join(printed)))

    def _answer(self, lines: Iterable[bytes]) -> None:
        failed = 0
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    self.stdout.write(answer(line, number))
            except ValueError as error:
                failed += 1
                self.stderr.write(f"line {number}: {error}")
            self.stdout.flush()
        if failed:
            raise CommandError(f"{failed} {'line' if failed == 1 else 'lines'} could not be read.")


def answer(line: bytes, number: int) -> str:
    """Return the line of JSON that answers a line of the contract; `number` is for the log.

    Raises ValueError, in words for the person who made the line, when it is no document.
    """
    try:
        document = json.loads(line.strip(), parse_constant=_refused)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at character {error.pos + 1})") from None
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError as error:  # thousands of digits, or NaN
        raise ValueError(f"not JSON ({error})") from None
    if not isinstance(document, dict):
        raise ValueError("not a JSON object")
    if not isinstance(document.get("text"), str):
        raise ValueError("no “text”")
    name = document.get("id")
    try:
        json.dumps(name, allow_nan=False)
    except ValueError:
        raise ValueError("the “id” is no number that JSON has") from None
    published = _published(document.get("published"))
    try:
        found = extract(document["text"], published).as_json()
        return json.dumps({"id": name, **found}, allow_nan=False)
    except Exception as error:
        raise ValueError(f"“id” {json.dumps(name)}: {faults.told(error, line=number)}") from error


def _refused(constant: str) -> None:
    raise ValueError(f"it has no {constant}")


def _published(value: object) -> date | datetime:
    if not isinstance(value, str):
        raise ValueError("no “published”")
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            f"“published” is {value[:40]!r}, neither a day (2018-03-28) "
            "nor a time (2018-03-28T11:51:00+09:00)"
        ) from None


# --------------------------------------------------------------------------------- for a person


def page(article: Article, found: Extraction) -> Iterator[str]:
    """Yield the lines of a page that shows how an article was read."""
    yield from _wrapped(article.headline)
    yield "=" * min(len(article.headline), WIDTH)
    for label, value in _bibliography(article):
        if value:
            yield from _wrapped(value, f"{label:<11}", " " * 11)
    yield from _section("Times", map(_time_lines, found.times))
    yield from _section("Quotes", map(_quote_lines, found.quotes))
    yield from _section("Events", map(_event_lines, found.events))


def explained(article: Article, found: Extraction) -> Iterator[str]:
    """Yield the lines that tell of each event and quote what was decided, by which rule and words.

    Before them stands what was decided of the text itself, its dateline and its names. A rule
    begins with the module that decided.
    """
    text = (_wrapped(_decision(one), "    ", " " * 17) for one in found.decisions)
    yield from _section("Text", text)
    yield from _section("Quotes", map(_decisions, found.quotes))
    yield from _section("Events", map(_decisions, found.events))


def _decisions(item: Any) -> Iterator[str]:
    yield from _wrapped(f"“{item.text}”")
    for decision in item.decisions:
        yield from _wrapped(_decision(decision), "    ", " " * 17)


def _decision(decision: Decision) -> str:
    of, value, rule, spans = decision
    words = ", ".join(f"“{span.exact}” {span.start}–{span.end}" for span in spans)
    return f"{of:<13}{value or '–'}  [{rule}]  {words}".rstrip()


def _bibliography(article: Article) -> Iterator[tuple[str, str | None]]:
    clock = f"{article.published:, %H:%M %Z}" if isinstance(article.published, datetime) else ""
    yield "Outlet", article.outlet
    yield "Published", f"{article.published:%A} {_day(article.published)}{clock}"
    yield "Section", article.section
    yield "Labels", ", ".join(article.labels)
    yield "Lead", article.lead
    yield "Byline", article.byline
    if article.dateline:
        day = article.dateline.date
        yield (
            "Dateline",
            ", ".join(
                filter(None, (article.dateline.place, day and _day(day), article.dateline.agency))
            ),
        )
    yield "Note", article.note
    yield "Address", article.url
    for warning in article.warnings:
        yield "Warning", warning
    for caption in article.captions:
        yield "Caption", caption
    yield "Body", f"{len(article.paragraphs)} paragraphs, {len(article.body):,} characters"


def _time_lines(time: Any) -> Iterator[str]:
    said = f"“{time.text}”"
    yield f"{said:<34} {time.type:<9}{time.value:<18} {time.edtf or '–'}"
    yield from _wrapped(time.derivation, "    ")


def _quote_lines(quote: Any) -> Iterator[str]:
    speaker = quote.actor or (quote.speaker and quote.speaker.text) or "nobody named"
    how = ", ".join(filter(None, (quote.cue and f"“{quote.cue.text}”", quote.medium)))
    yield f"{quote.kind}: {speaker}{how and f' ({how})'}"
    yield from _wrapped(quote.text, "    ")


def _event_lines(event: Any) -> Iterator[str]:
    yield f"{dates.words(event.edtf or '')} – {event.title}"
    about = (event.kind, event.status, ", ".join(event.actors), event.place)
    yield from _wrapped(" · ".join(filter(None, about)), "    ")
    yield from _wrapped(event.derivation, "    ")
    yield from _wrapped(f"“{event.text}”", "    ")


def _section(title: str, entries: Iterable[Iterable[str]]) -> Iterator[str]:
    entries = list(entries)
    yield f"\n{title} ({len(entries)})"
    yield "-" * WIDTH
    for lines in entries:
        yield from lines


def _wrapped(words: str, first: str = "", after: str | None = None) -> list[str]:
    after = first if after is None else after
    return textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=after)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
