"""Quotes: who said what, where it was printed, and when it was said."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from timeline.models import Actor, Outlet, Quote
from timeline.models.quotes import QuoteQuerySet
from timeline.views.fragments import HtmxHttpRequest, respond
from timeline.views.known import day_in_view, invalid_query

PAGE_SIZE = 20
MAX_LENGTH = 200


@dataclass(frozen=True)
class Wanted:
    """The quotes that a reader asks for, with an error for each field that cannot be read."""

    q: str
    speaker: str
    outlet: str
    page: int
    known: str
    errors: dict[str, str]

    def url(self, **changes: object) -> str:
        """Return the query string of the same wish with `changes`; None removes a field."""
        values = {"q": self.q, "speaker": self.speaker, "outlet": self.outlet, "known": self.known}
        values |= changes
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the quotes, the day in view apart."""
        return bool(self.q or self.speaker or self.outlet)


@require_safe
def quotes(request: HtmxHttpRequest) -> HttpResponse:
    """List quotes by speaker, outlet and words, in the order in which they were published."""
    selection = day_in_view(request)
    if selection.errors:
        return invalid_query(request, selection)
    known = Quote.objects.public()
    if selection.known:
        known = known.known_on(selection.known, selection.zone)
    speakers = _counted(Actor, "quotes", known)
    outlets = _counted(Outlet, "articles__quotes", known)
    wanted = _wanted(request.GET, speakers, outlets)
    found = Quote.objects.none() if wanted.errors else _found(known, wanted)
    page = Paginator(found, PAGE_SIZE).get_page(wanted.page)
    context = {
        "page": page,
        "total": known.count(),
        "wanted": wanted,
        "previous_url": wanted.url(page=page.number - 1),
        "next_url": wanted.url(page=page.number + 1),
        "speakers": speakers,
        "outlets": outlets,
        "selection": selection,
        "known": selection.known,
    }
    status = 400 if wanted.errors else 200
    response = respond(request, "timeline/quotes.html", context, status=status)
    if request.htmx and not wanted.errors:
        page_asked = wanted.page if wanted.page > 1 else None
        response["HX-Push-Url"] = request.path + wanted.url(page=page_asked).removesuffix("?")
    return response


def _counted(model, path: str, known: QuoteQuerySet) -> list:
    """The speakers or outlets of the known quotes, the most quoted first."""
    return list(
        model.objects.public()
        .filter(**{f"{path}__in": known})
        .annotate(quote_count=Count(path, distinct=True))
        .order_by("-quote_count", "name")
    )


def _found(known: QuoteQuerySet, wanted: Wanted) -> QuoteQuerySet:
    if wanted.speaker:
        known = known.filter(speaker__slug=wanted.speaker)
    if wanted.outlet:
        known = known.filter(article__outlet__slug=wanted.outlet)
    for word in wanted.q.split():
        known = known.filter(text__icontains=word)
    return (
        known.select_related("article__outlet", "speaker")
        .prefetch_related("speaker__roles")
        .order_by("article__published_at", "pk")
    )


def _wanted(query: QueryDict, speakers: list, outlets: list) -> Wanted:
    typed = {name: query.get(name, "").strip() for name in ("q", "speaker", "outlet", "page")}
    errors = {}
    for name, value in typed.items():
        if len(value) > MAX_LENGTH:
            errors[name] = f"This is too long: {MAX_LENGTH} characters at most."
        elif any(ord(character) < 32 or character == "\x7f" for character in value):
            errors[name] = "This holds a character that cannot be searched for."
        typed[name] = value[:MAX_LENGTH]
    for name, those in (("speaker", speakers), ("outlet", outlets)):
        if typed[name] and name not in errors and typed[name] not in {one.slug for one in those}:
            errors[name] = f"There is no {name} “{typed[name][:40]}” here."
    page = typed["page"] or "1"
    if not (page.isascii() and page.isdigit() and 1 <= int(page) <= 10_000):
        errors["page"] = f"“{page[:40]}” is not a page number."
        page = "1"
    return Wanted(
        typed["q"], typed["speaker"], typed["outlet"], int(page), query.get("known", ""), errors
    )
