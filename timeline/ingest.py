"""The one way from a saved page to the records: an article and what it suggests, or nothing."""

import datetime as dt
import enum
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO

from django.db import transaction
from django.db.models import Prefetch
from django.utils.text import slugify

from timeline import dates, extraction
from timeline.extraction import linking
from timeline.extraction.names import find_names
from timeline.extraction.times import find_times
from timeline.models import Alias, Article, Event, Kind, Outlet, Report, Stance, Suggestion
from timeline.models.suggestions import free_slug

UnreadableError = extraction.UnreadableError
MAX_BYTES = extraction.MAX_BYTES
# Rewrites follow each other within hours; two days leave room for a late correction.
REWRITE_WINDOW = dt.timedelta(days=2)
# Half of the shorter version's paragraphs, word for word, make two articles one story.
SHARED_PARAGRAPHS = 0.5
# A plan that moves by more than this is another plan; the linking itself stops there too.
PLAN_MOVES = dt.timedelta(days=400)


type Spans = tuple[tuple[int, int], ...]  # code points, end-exclusive


class Result(enum.Enum):
    """What became of a file."""

    STORED = "stored"
    COMPLETED = "completed: the citation now has its text"
    KNOWN = "already here, nothing new"
    KEPT = "already here with another text, which is kept"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An article, what became of the file it came from, and what it suggests that is new."""

    article: Article
    result: Result
    suggestions: list[Suggestion] = field(default_factory=list)

    def __str__(self) -> str:
        said = f"“{self.article.headline}” ({self.article.citation}) {self.result.value}"
        if self.result in (Result.STORED, Result.COMPLETED):
            quotes = sum(one.type == Suggestion.Type.QUOTE for one in self.suggestions)
            reports = len(self.suggestions) - quotes
            said += f", suggests {_count(reports, 'report')} and {_count(quotes, 'quote')}"
        return f"{said}."


def read_bounded(file: BinaryIO, size: int | None = None) -> bytes:
    """Return what `file` holds, never more than MAX_BYTES of it.

    `size` is the file's length in bytes where it is known. Raises UnreadableError for a longer one.
    """
    raw = b"" if size and size > MAX_BYTES else file.read(MAX_BYTES + 1)
    if len(raw) <= MAX_BYTES and not (size and size > MAX_BYTES):
        return raw
    length = f"{size / 1e6:.1f} MB" if size else f"more than {MAX_BYTES / 1e6:.0f} MB"
    raise UnreadableError(
        f"It is too big for an article: {length}, and {MAX_BYTES / 1e6:.0f} MB are allowed."
    )


@transaction.atomic
def ingest(raw: bytes | str) -> Outcome:
    """Store the article that `raw` holds, with its suggestions; the same one twice changes nothing.

    An article that is here as a citation without a body is completed: what an editor filled in
    stays. Raises UnreadableError, one sentence for whoever saved the file, and stores nothing then.
    """
    read = extraction.read_article(raw)
    outlet = _outlet(read)
    published = read.published.isoformat()
    known = Article.objects.filter(
        outlet=outlet,
        headline__iexact=read.headline[:300],
        lead=(read.lead or "")[:20],
        published_on=_day(read.published),
    ).first()
    if known and known.body:
        return Outcome(known, Result.KNOWN if known.body == read.body else Result.KEPT)
    article = known or Article(outlet=outlet, headline=read.headline[:300], published=published)
    if "T" in published and "T" not in article.published:
        article.published = published
    _fill(article, read)
    article.save()
    _join_story(article)
    _find_evidence(article)
    suggestions = suggest(article)
    return Outcome(article, Result.COMPLETED if known else Result.STORED, suggestions)


def suggest(article: Article) -> list[Suggestion]:
    """Read an article's body and store what it suggests; what is stored already stays as it is."""
    found = extraction.extract(article.body, article.published_local or article.published_on)
    known = _Known(article)
    spoken = [quote for quote in found.quotes if _is_spoken(quote)]
    proposed = _quotes(article, spoken)
    proposed += [
        _report(article, event, known)
        for event in found.events
        if event.title.strip() and not any(_holds(quote, event) for quote in spoken)
    ]
    before = set(article.suggestions.values_list("pk", flat=True))
    Suggestion.objects.bulk_create(proposed, ignore_conflicts=True)
    return list(article.suggestions.exclude(pk__in=before))


@dataclass(frozen=True, slots=True)
class Reading:
    """Where an article's body names days and names, for the eye, in order of the text."""

    dates: Spans
    names: Spans


def reread(article: Article) -> Reading:
    """Return what stands in an article's body, as it is read now."""
    return _read(article.body, article.published_local or article.published_on)


@lru_cache(maxsize=32)  # the desk asks again with every decision
def _read(body: str, published: dt.date) -> Reading:
    return Reading(
        tuple((time.start, time.end) for time in find_times(body, published) if time.edtf),
        tuple((name.start, name.end) for name in find_names(body)),
    )


def _outlet(read: extraction.Article) -> Outlet:
    """Find the outlet by any form of its name, or make it."""
    agency = read.dateline.agency if read.dateline else None
    name = read.outlet or agency or "Outlet not named"
    for outlet in Outlet.objects.all():
        names = (outlet.slug, outlet.name, outlet.short_name)
        if name.casefold() in map(str.casefold, names) or slugify(name) == outlet.slug:
            return outlet
    kind = Outlet.Kind.AGENCY if agency else Outlet.Kind.NEWSPAPER
    return Outlet.objects.create(
        slug=free_slug(Outlet, name[:70]), name=name, kind=kind, language=read.language
    )


def _day(published: dt.date) -> dt.date:
    return published.date() if isinstance(published, dt.datetime) else published


def _fill(article: Article, read: extraction.Article) -> None:
    """Take over what was read where nothing stands yet."""
    dateline = read.dateline
    values = {
        "labels": list(read.labels),
        "lead": read.lead or "",
        "section": read.section or "",
        "byline": read.byline or "",
        "dateline_place": (dateline and dateline.place) or "",
        "dateline_date": dateline and dateline.date,
        "dateline_agency": (dateline and dateline.agency) or "",
        "language": read.language,
        "body": read.body,
        "captions": list(read.captions),
        "correction": read.note or "",
        "correction_paragraphs": list(read.note_paragraphs),
    }
    for column, value in values.items():
        limit = Article._meta.get_field(column).max_length
        if article.pk is None or not getattr(article, column):
            setattr(article, column, value[:limit] if isinstance(value, str) and limit else value)
    article.slug = article.slug or free_slug(
        Article, f"{article.outlet.slug} {_day(read.published)} {read.headline}"
    )


def _join_story(article: Article) -> None:
    """Give rewrites of one story the same `story`."""
    near = Article.objects.filter(
        outlet=article.outlet,
        published_at__gte=article.published_at - REWRITE_WINDOW,
        published_at__lte=article.published_at + REWRITE_WINDOW,
    ).exclude(pk=article.pk)
    for other in near.order_by("published_at"):
        if _is_rewrite(article, other):
            story = other.story or article.story or other.slug
            Article.objects.filter(pk__in=(article.pk, other.pk)).update(story=story)
            article.story = story
            return


def _is_rewrite(one: Article, other: Article) -> bool:
    same_day = one.published_on == other.published_on
    if same_day and one.headline.casefold() == other.headline.casefold():
        return True
    mine, theirs = set(one.paragraphs), set(other.paragraphs)
    shorter = min(len(mine), len(theirs))
    return shorter > 0 and len(mine & theirs) >= SHARED_PARAGRAPHS * shorter


def _find_evidence(article: Article) -> None:
    """Point the reports and quotes of a citation at their words, now that the body is here."""
    for cited in (*article.reports.filter(start=None), *article.quotes.filter(start=None)):
        words = cited.exact
        if words and (start := article.body.find(words)) >= 0:
            cited.locate(article.body, start, start + len(words))
            cited.save(update_fields=("exact", "prefix", "suffix", "start", "end"))


def _is_spoken(quote: extraction.Quote) -> bool:
    """Whether it is a quotation: not reported speech, nor a term that nobody is named for."""
    return quote.kind != "indirect" and bool(quote.speaker or quote.actor)


def _holds(quote: extraction.Quote, event: extraction.Event) -> bool:
    """Whether a quote tells all of an event: that it was said, or undated words inside it."""
    if event.trigger is None:
        return False
    if quote.cue and event.trigger.start <= quote.cue.start < event.trigger.end:
        return event.kind == Kind.STATEMENT
    is_dated = event.time and event.start <= event.time[0] < event.end
    return not is_dated and any(start <= event.trigger.start < end for start, end in _runs(quote))


def _runs(quote: extraction.Quote) -> tuple[tuple[int, int], ...]:
    """Where the words stand that are between its marks."""
    return quote.runs or ((quote.start, quote.end),)


def _quotes(article: Article, spoken: list[extraction.Quote]) -> list[Suggestion]:
    """Suggest what stands between quotation marks as somebody's words, wholly or in part.

    A quote that is in the records already is tied to it, not made again.
    """
    held = list(article.quotes.all())
    proposed = []
    for quote in spoken:
        for start, end in _runs(quote):
            words = article.body[start:end]
            said = Suggestion(
                article=article,
                type=Suggestion.Type.QUOTE,
                speaker=(quote.actor or "")[:200],
                attribution=(quote.speaker.text if quote.speaker else "")[:200],
                text=words,
                is_partial=quote.kind == "mixed" or words[:1].islower(),
                medium=(quote.medium or "")[:200],
            )
            said.locate(article.body, start, end)
            said.quote = next((one for one in held if _words(one.text) == _words(words)), None)
            if words.strip():
                proposed.append(said)
    return proposed


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _report(article: Article, event: extraction.Event, known: "_Known") -> Suggestion:
    report = Suggestion(
        article=article,
        type=Suggestion.Type.REPORT,
        title=event.title[:200],
        kind=event.kind if event.kind in Kind.values else Kind.OTHER,
        edtf=_readable(event.edtf),
        status=event.status,
        stance=event.stance if event.stance in Stance.values else Stance.REPORTS,
        actors=list(event.actors),
        place=(event.place or "")[:200],
        derivation=event.derivation,
    )
    report.locate(article.body, event.start, event.end)
    if match := known.match(report):
        report.match_id, report.score = match.candidate.key, match.score
        report.reasons = list(match.reasons)
    return report


def _readable(edtf: str | None) -> str:
    """Return the date where the records can hold it, else none."""
    try:
        if edtf:
            dates.validate(edtf)
    except ValueError:
        return ""
    return edtf or ""


class _Known:
    """The events that an article may report, as they were known when it was published."""

    def __init__(self, article: Article) -> None:
        zone = article.published_local.tzinfo if article.published_local else dt.UTC
        day = article.published_on
        reports = Report.objects.all()  # drafts and waiting reports are matched as well
        events = Event.objects.select_related("place").prefetch_related(
            "participants", Prefetch("reports", Report.objects.known_on(day, zone))
        )
        known = {event.pk: event for event in events.as_known_on(None, zone, reports)}
        known |= {event.pk: event for event in events.as_known_on(day, zone, reports)}
        self.sketches = [_sketch_of(event) for event in known.values()]
        aliases = Alias.objects.values_list("name", "actor__name")
        self.aliases = {alias.casefold(): name for alias, name in aliases}

    def match(self, report: Suggestion) -> linking.Match | None:
        """Return the event that `report` is most likely of, if any is likely."""
        sketch = linking.Sketch(
            title=report.title,
            edtf=report.edtf,
            kind=report.kind,
            status=report.status,
            actors=tuple(report.actors),
            places=(report.place,) if report.place else (),
            wordings=(report.exact,),
        )
        near = [known for known in self.sketches if _may_meet(report.edtf, known.edtf)]
        best = next(iter(linking.rank(sketch, near, self.aliases)), None)
        return best if best and best.score >= linking.THRESHOLD else None


def _sketch_of(event: Event) -> linking.Sketch:
    return linking.Sketch(
        title=event.shown_title,
        edtf=event.shown_edtf,
        kind=event.kind,
        status=event.shown_status,
        actors=tuple(actor.name for actor in event.participants.all()),
        places=(event.place.name, event.place.country) if event.place else (),
        wordings=tuple(report.exact for report in event.reports.all() if report.exact),
        key=event.pk,
    )


def _may_meet(one: str, other: str) -> bool:
    """Whether two dates lie so near that both can be of one event; an unset one is near to all."""
    first, second = dates.bounds(one), dates.bounds(other)
    for before, after in ((first, second), (second, first)):
        if before.latest and after.earliest and after.earliest - before.latest > PLAN_MOVES:
            return False
    return True


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
