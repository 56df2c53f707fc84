"""The one way from a saved page to the records: an article and what it suggests, or nothing."""

import datetime as dt
import enum
import logging
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, transaction
from django.db.models import Max

from timeline import extraction
from timeline.bibliography import (
    citation_of,
    filled,
    left_open,
    nameless,
    new_outlet,
    outlet_of,
    stored,
)
from timeline.extraction import faults
from timeline.extraction.names import find_names
from timeline.extraction.times import find_times
from timeline.log import LONGEST
from timeline.models import Article, Event, Suggestion
from timeline.models.history import acting
from timeline.models.likeness import text_key
from timeline.models.slugs import free_slug
from timeline.proposals import Proposals, propose
from timeline.recognition import NO_COPIES, Copies, without_repeated

UnreadableError = extraction.UnreadableError
IncompleteError = extraction.IncompleteError
Told = extraction.Told
MAX_BYTES = extraction.MAX_BYTES
log = logging.getLogger(__name__)
# Somebody may store the same article, outlet or slug meanwhile: then it is looked for again.
ATTEMPTS = 5
type Spans = tuple[tuple[int, int], ...]  # code points, end-exclusive


class Result(enum.Enum):
    """What became of a file."""

    STORED = "stored"
    COMPLETED = "completed: the citation now has its text"
    KNOWN = "already here, nothing new"
    KEPT = "already here with another text, which is kept"
    LICENSED = (
        "left as it was: readers see this citation, and its licence would show them the text; "
        "unpublish it, or clear its licence, before you bring its text in"
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """An article, what became of the file it came from, and what it suggests that is new.

    `left` names what the file states that an editor has to fill in, for readers would see it;
    `copies` are the articles that are here with nearly the same text, and `warnings` sentences
    about what could not be read of it.
    """

    article: Article
    result: Result
    suggestions: list[Suggestion] = field(default_factory=list)
    left: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    copies: Copies = NO_COPIES

    def __str__(self) -> str:
        return f"“{self.article.headline}” ({self.article.citation}) {self.said}"

    @property
    def said(self) -> str:
        """What became of the file, without the article's name: for a line beside it."""
        said = self.result.value
        if self.result in (Result.STORED, Result.COMPLETED):
            quotes = sum(one.type == Suggestion.Type.QUOTE for one in self.suggestions)
            reports = len(self.suggestions) - quotes
            said += f", suggests {_count(reports, 'report')} and {_count(quotes, 'quote')}"
        left = ", ".join(self.left)
        left = left and f"Left for you, because readers see this article: {left}."
        return " ".join(filter(None, (f"{said}.", left, str(self.copies), *self.warnings)))


def ingest(
    raw: bytes | str,
    name: str = "",
    told: extraction.Told | None = None,
    by: User | None = None,
    settle: Callable[[Outcome], None] | None = None,
    *,
    asks_outlet: bool = False,
) -> Outcome:
    """Store the article that `raw` holds, with its suggestions; the same one twice changes nothing.

    An article that is here as a citation without a body is completed: what an editor filled in
    stays, and so does all that readers see of the citation. Raises UnreadableError, one sentence
    for whoever saved the file, also where Dateline fails at it, which is logged; and DatabaseError
    or InterfaceError where no file can be stored. Nothing of this one is stored then. `name` is
    that of its file, for the log; `by` is who brings it in, for the history of its events. What is
    `told` of it comes before what it shows; IncompleteError says what has to be, with
    `asks_outlet` also where no outlet is named. `settle` is
    called with the outcome in the transaction that stores it: both are kept, or neither.
    """
    document = {"file": name[:LONGEST]} if name else {}
    try:
        page = extraction.read_article(raw, told=told, asks_outlet=asks_outlet)
        document |= citation_of(page)
        with acting(by):
            return _ingest(page, by, settle or _nothing_more)
    except UnreadableError as error:
        log.info("Page refused", extra={"fields": {**document, "reason": str(error)}})
        raise
    except ValidationError as error:
        raise UnreadableError(" ".join(error.messages)) from error
    except Exception as error:
        if _is_outage(error):
            raise
        raise UnreadableError(faults.told(error, **document)) from error


def _is_outage(error: Exception) -> bool:
    """Whether an error is of the database itself, and no row's or text's."""
    of_a_row = isinstance(error, (DataError, IntegrityError))
    return isinstance(error, (DatabaseError, InterfaceError)) and not of_a_row


def _nothing_more(outcome: Outcome) -> None:
    """Nobody keeps what became of a page."""


def _ingest(
    page: extraction.Article, by: User | None, settle: Callable[[Outcome], None]
) -> Outcome:
    """Read and match first, for that takes long; only then lock the database, and store."""
    begun = time.perf_counter()
    known = stored(page)
    if settled := _settled(known, page):
        settle(settled)
        return _logged(settled, begun)
    article = filled(known, page)
    article.derived()  # raises ValidationError, which is told, for a time that cannot be held
    proposed = propose(article) if page.is_read else Proposals([], Counter())
    for attempt in range(1, ATTEMPTS + 1):
        try:
            outcome = _store(page, proposed.suggestions, by, settle)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
        else:
            break
    return _logged(outcome, begun, proposed)


def _logged(outcome: Outcome, begun: float, proposed: Proposals | None = None) -> Outcome:
    """Write what became of a page, how long it took, and how much was dropped for which reason."""
    fields = {
        "article": outcome.article.slug,
        "result": outcome.result.name.lower(),
        "characters": len(outcome.article.body),
        "ms": round((time.perf_counter() - begun) * 1000),
    }
    if proposed:
        matched = sum(one.match_id is not None for one in outcome.suggestions)
        fields |= {"suggestions": len(outcome.suggestions), "matched": matched}
        fields["dropped"] = dict(proposed.dropped)
    log.info("Page read", extra={"fields": fields})
    return outcome


@transaction.atomic
def _store(
    page: extraction.Article,
    proposed: list[Suggestion],
    by: User | None,
    settle: Callable[[Outcome], None],
) -> Outcome:
    """Store an article and what it suggests, unless it has come in meanwhile."""
    known = stored(page, lock=True)
    if settled := _settled(known, page):
        settle(settled)
        return settled
    left = left_open(known, page)
    article = filled(known, page)
    if known is None:
        article.outlet = outlet_of(page) or new_outlet(page)
        article.slug = free_slug(
            Article, f"{article.outlet.slug} {article.published_on} {page.headline}"
        )
        article.save()
    else:
        article.correct(None, by)
    if not article.join_story():
        left.append("story")
    _find_evidence(article)
    before = article.suggestions.aggregate(last=Max("pk"))["last"] or 0
    fresh, near = without_repeated(article, proposed)
    _suggest(article, fresh)
    if before:
        article.suggestions.pending().filter(pk__lte=before).regrade(proposed)
    result = Result.COMPLETED if known else Result.STORED
    found = list(article.suggestions.filter(pk__gt=before))
    warnings = (*page.warnings, *nameless(article)) if result is Result.STORED else page.warnings
    outcome = Outcome(article, result, found, tuple(left), warnings, near)
    settle(outcome)
    return outcome


def _settled(known: Article | None, page: extraction.Article) -> Outcome | None:
    """The outcome where nothing is stored: the text is here, or readers would see it at once."""
    if known is None:
        return None
    if known.body:
        is_same = known.body == page.body or (
            bool(known.text_key) and (known.text_key == text_key(page.body))
        )
        return Outcome(known, Result.KNOWN if is_same else Result.KEPT)
    return Outcome(known, Result.LICENSED) if known.licence and known.is_cited else None


def _suggest(article: Article, proposed: list[Suggestion]) -> None:
    """Store what is proposed for an article; what is stored already stays as it is.

    A quote that is in the records already is tied to it. An event may be gone since it was matched.
    """
    held = {tuple(_words(quote.text)): quote for quote in reversed(article.quotes.all())}
    matched = {one.match_id for one in proposed if one.match_id}
    matched = set(Event.objects.filter(pk__in=matched).values_list("pk", flat=True))
    for one in proposed:
        one.article = article
        if one.type == Suggestion.Type.QUOTE:
            one.quote = held.get(tuple(_words(one.text)))
        elif one.match_id not in matched:
            one.match_id, one.score, one.reasons = None, None, []
    Suggestion.objects.bulk_create(proposed, ignore_conflicts=True)


def suggest_anew(article: Article) -> int:
    """Read a stored article again; store what it does not suggest yet, and return how many.

    What a copy of it suggests already is suggested here as well: the copy may be withdrawn, or be
    gone. Raises UnreadableError as `propose` does.
    """
    proposed = propose(article)
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        before = article.suggestions.count()
        _suggest(article, proposed.suggestions)
        return article.suggestions.count() - before


@dataclass(frozen=True, slots=True)
class Reading:
    """Where an article's body names days and names, for the eye, in order of the text."""

    dates: Spans
    names: Spans


def reread(article: Article) -> Reading:
    """Return what stands in an article's body, as it is read now."""
    published = article.published_local or article.published_on
    return _read(article.slug, article.body, published)


@lru_cache(maxsize=32)  # the desk asks again with every decision
def _read(slug: str, body: str, published: dt.date) -> Reading:
    try:
        return Reading(
            tuple((time.start, time.end) for time in find_times(body, published) if time.edtf),
            tuple((name.start, name.end) for name in find_names(body)),
        )
    except Exception as error:
        # nothing is marked, and the article can be reviewed all the same
        faults.told(error, article=slug)
        return Reading((), ())


def not_read(article: Article) -> str | None:
    """Return a sentence for editors where an article's language is not read; None where it is."""
    sentence: str | None = extraction.not_read(article.language)
    return sentence


def _find_evidence(article: Article) -> None:
    """Point the reports and quotes of a citation at their words, now that the body is here."""
    for cited in (*article.reports.filter(start=None), *article.quotes.filter(start=None)):
        cited.find(article.body)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
