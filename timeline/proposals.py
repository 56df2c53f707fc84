"""What an article suggests: the reports and quotes read in it that an editor is asked about."""

import string
from collections import Counter
from typing import NamedTuple

from timeline import dates, extraction
from timeline.extraction import faults
from timeline.extraction.names import find_names
from timeline.extraction.times import find_times
from timeline.matching import Candidates
from timeline.models import Actor, Article, Kind, Stance, Status, Suggestion
from timeline.models.name_links import known_names

MARKS = "\"'“”‘’„‚«»‹›「」『』"


class Proposals(NamedTuple):
    """What is proposed for an article, and how much that was read is not, by the reason."""

    suggestions: list[Suggestion]
    dropped: Counter[str]


def propose(article: Article) -> Proposals:
    """Read an article's body and return what it suggests, matched with events; nothing is stored.

    Reported speech and terms in marks are no quotes; an event without a title cannot be shown, and
    one that a quote tells whole is not told twice.
    """
    found = _read(article)
    dropped: Counter[str] = Counter()
    spoken = [quote for quote in found.quotes if _is_spoken(quote)]
    dropped["quotes without a speaker or marks"] = len(found.quotes) - len(spoken)
    reports = []
    for event in found.events:
        if not event.title.strip():
            dropped["events without a title"] += 1
        elif any(_holds(quote, event) for quote in spoken):
            dropped["events told by a quote"] += 1
        else:
            reports.append(_report(article, event))
            dropped["dates that cannot be held"] += bool(event.edtf) and not reports[-1].edtf
    candidates = Candidates(article, reports)
    for report in reports:
        if match := candidates.match(report):
            report.match_id, report.score = match.candidate.key, match.score
            report.reasons = list(match.reasons)
    return Proposals([*_quotes(article, spoken), *reports], +dropped)


class Verdict(NamedTuple):
    """One thing that was decided of a suggestion: what of it, by which rule, on which words."""

    of: str
    value: str
    rule: str  # the module of the extraction and its rule, "titles: its verb"
    words: tuple[str, ...]


def explain(suggestion: Suggestion) -> list[Verdict]:
    """Return, in their order, the verdicts by which a suggestion is read in its article now.

    They are none where the article is read otherwise since, or reading it fails.
    """
    try:
        return _verdicts_of(suggestion)
    except Exception as error:
        faults.told(error, article=suggestion.article.slug)
        return []


def _verdicts_of(suggestion: Suggestion) -> list[Verdict]:
    article = suggestion.article
    found = _read(article)
    place = suggestion.start, suggestion.end
    read: list[extraction.Event | extraction.Quote]
    if suggestion.type == Suggestion.Type.QUOTE:
        read = [quote for quote in found.quotes if place in _runs(quote)]
    else:
        here = [event for event in found.events if (event.start, event.end) == place]
        here.sort(key=lambda event: event.basis.as_data() != suggestion.basis)
        read = [*here]
    return [
        Verdict(of, value, rule, tuple(span.exact for span in spans))
        for of, value, rule, spans in (read[0].decisions if read else ())
    ]


def _read(article: Article) -> extraction.Extraction:
    """Read an article's body, as published at its time under its headline.

    The names that editors have given actors and places are known to it, in any script.
    """
    published = article.published_local or article.published_on
    return extraction.extract(article.body, published, article.headline, known_names())


def kind_of(name: str) -> str:
    """Return the kind of actor that a name reads like, as Actor.Kind has it; a person's if none."""
    read = {found.kind for found in find_names(name) if found.start == 0}
    kinds = (Actor.Kind.COUNTRY, Actor.Kind.ORGANISATION)
    return next((kind for kind in kinds if kind in read), Actor.Kind.PERSON)


def mark(article: Article, type: str, start: int, end: int) -> Suggestion:
    """Return the suggestion of words that an editor has marked; nothing is stored.

    `start` and `end` are code points of the body; white space at the edges is left out, of a quote
    its marks too. The date is the first that the words name, and a day ahead is a plan.
    """
    words = article.body[start:end]
    edges = string.whitespace + (MARKS if type == Suggestion.Type.QUOTE else "")
    start += len(words) - len(words.lstrip(edges))
    end = start + len(words.strip(edges))
    one = Suggestion(article=article, type=type)
    one.locate(article.body, start, end)
    said = " ".join(one.exact.split())
    if type == Suggestion.Type.QUOTE:
        one.text, one.is_partial = one.exact, one.exact[:1].islower()
        return one
    published = article.published_local or article.published_on
    dated = next((time.edtf for time in find_times(one.exact, published) if time.edtf), None)
    one.title, one.edtf, one.kind = said[:200], _readable(dated), Kind.OTHER
    ahead = dates.known_bounds(one.edtf).earliest
    is_ahead = ahead is not None and ahead > article.published_on
    one.status = Status.PLANNED if is_ahead else Status.OCCURRED
    one.stance = Stance.EXPECTS if is_ahead else Stance.REPORTS
    return one


def _is_spoken(quote: extraction.Quote) -> bool:
    """Whether it is a quotation: not reported speech, nor a term that nobody is named for."""
    return quote.kind != "indirect" and bool(quote.speaker or quote.actor)


def _holds(quote: extraction.Quote, event: extraction.Event) -> bool:
    """Whether a quote tells all of an event: that it was said, or undated words inside it."""
    if quote.cue and event.trigger.start <= quote.cue.start < event.trigger.end:
        return event.kind == Kind.STATEMENT
    is_dated = event.time and event.start <= event.time[0] < event.end
    return not is_dated and any(start <= event.trigger.start < end for start, end in _runs(quote))


def _runs(quote: extraction.Quote) -> tuple[tuple[int, int], ...]:
    """Where the words stand that are between its marks."""
    return quote.runs or ((quote.start, quote.end),)


def _quotes(article: Article, spoken: list[extraction.Quote]) -> list[Suggestion]:
    """Suggest what stands between quotation marks as somebody's words, wholly or in part."""
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
            if words.strip():
                proposed.append(said)
    return proposed


def _report(article: Article, event: extraction.Event) -> Suggestion:
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
        grade=event.grade,
        basis=event.basis.as_data(),
    )
    report.locate(article.body, event.start, event.end)
    return report


def _readable(edtf: str | None) -> str:
    """Return the date where the records can hold it, else none."""
    try:
        if edtf:
            dates.validate(edtf)
    except ValueError:
        return ""
    return edtf or ""
