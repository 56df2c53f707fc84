"""What a page states of an article, beside its text: where it is held already, and its columns."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from timeline import extraction
from timeline.models import Article, Outlet
from timeline.models.publication import published_columns
from timeline.models.slugs import save_with_free_slug
from timeline.recognition import same_text

# What readers see of an article that an editor has published, in the words of the outcome.
SHOWN = {
    "labels": "labels",
    "lead": "lead",
    "section": "section",
    "byline": "byline",
    "dateline_place": "dateline",
    "dateline_date": "dateline",
    "dateline_agency": "dateline",
    "language": "language",
    "correction_paragraphs": "changed paragraphs",
    "url": "address",
}

UNNAMED = "Outlet not named"
LONGEST_NOTE = Article._meta.get_field("correction").max_length or 0


def stored(page: extraction.Article, *, lock: bool = False) -> Article | None:
    """The article that is here already, whole or as a citation; `lock` keeps others from it."""
    articles = Article.objects.select_for_update(of=("self",)) if lock else Article.objects.all()
    outlet, lead = outlet_of(page), (page.lead or "")[:20]
    cited = articles.filter(
        outlet=outlet,
        headline__iexact=page.headline[:300],
        lead=lead,
        published_on=_day(page.published),
    ).first()
    is_named = _outlet_name(page) != UNNAMED
    if cited or (is_named and outlet is None and not page.url):
        return cited
    return same_text(articles, page.body, lead, outlet if is_named else None, page.url or "")


def _outlet_name(page: extraction.Article) -> str:
    agency = page.dateline.agency if page.dateline else None
    return (page.outlet or agency or UNNAMED)[:200]


def outlet_of(page: extraction.Article) -> Outlet | None:
    """Find the outlet by any form of its name, in any case of letters."""
    name = _outlet_name(page)
    is_named = Q(slug__iexact=name)
    for form in (name, *(f"{name} {ending}" for ending in Outlet.LEFT_OUT)):
        is_named |= Q(name__iexact=form)  # SQLite knows the case of ASCII letters alone
        is_named |= Q(name__in={form.lower(), form.upper(), form.title()})
    if slug := slugify(name):
        is_named |= Q(slug=slug)
    return Outlet.objects.filter(is_named).order_by("name", "pk").first()


def new_outlet(page: extraction.Article) -> Outlet:
    """Store the outlet that a page names, and return it."""
    is_agency = page.dateline and page.dateline.agency and not page.url  # or a paper that prints it
    name = _outlet_name(page)
    kind = Outlet.Kind.AGENCY if is_agency else Outlet.Kind.NEWSPAPER
    outlet = Outlet(name=name, kind=kind, language=page.language)
    return save_with_free_slug(outlet, name[:70], same=lambda: outlet_of(page))


def nameless(article: Article) -> list[str]:
    """Return what an editor is told of an article whose page names no outlet."""
    said = "The page names no outlet: choose it on the article’s own page."
    return [said] if article.outlet.name == UNNAMED else []


def _day(published: dt.date) -> dt.date:
    return published.date() if isinstance(published, dt.datetime) else published


def stated(page: extraction.Article) -> dict[str, Any]:
    """The columns of an article, beside headline and publication, as a page states them."""
    dateline = page.dateline
    values = {
        "labels": list(page.labels),
        "lead": page.lead or "",
        "section": page.section or "",
        "byline": page.byline or "",
        "dateline_place": (dateline and dateline.place) or "",
        "dateline_date": dateline and dateline.date,
        "dateline_agency": (dateline and dateline.agency) or "",
        "language": page.language,
        "body": page.body,
        "captions": list(page.captions),
        "correction": page.note or "",
        "url": page.url or "",
        "note": _for_editors(page),
        "correction_paragraphs": list(page.note_paragraphs),
    }
    columns = {column: Article._meta.get_field(column) for column in values}
    limits = {name: getattr(column, "max_length", None) for name, column in columns.items()}
    return {
        column: value[: limits[column]] if isinstance(value, str) else value
        for column, value in values.items()
    }


def _for_editors(page: extraction.Article) -> str:
    """Return what a page states that an editor decides on: a licence makes the body public."""
    note = page.note or ""
    told = (
        page.licence and f"The page states the licence {page.licence}.",
        page.modified and f"The page was modified {page.modified.isoformat()}.",
        *page.warnings,
        note if len(note) > LONGEST_NOTE else "",
    )
    return "\n".join(filter(None, told))


def filled(known: Article | None, page: extraction.Article) -> Article:
    """Take over what was read where nothing stands yet, in a citation or a new article.

    Of a citation that readers see, only what they do not see is filled.
    """
    published = page.published.isoformat()
    article = known or Article(headline=page.headline[:300], published=published)
    is_seen = known is not None and known.is_cited
    if "T" in published and "T" not in article.published and not is_seen:
        article.published = published
    for column, value in stated(page).items():
        is_free = known is None or not getattr(article, column)
        if is_free and not (is_seen and column in SHOWN):
            setattr(article, column, value)
    return article


def left_open(known: Article | None, page: extraction.Article) -> list[str]:
    """What a page states otherwise than a citation that readers see, in words for an editor."""
    if known is None or not known.is_cited:
        return []
    said = stated(page)
    otherwise = [SHOWN[one] for one in SHOWN if said[one] and said[one] != getattr(known, one)]
    published = page.published.isoformat()
    if "T" in published and published_columns(published)["published_at"] != known.published_at:
        otherwise.append("time of day")
    return list(dict.fromkeys(otherwise))


def citation_of(page: extraction.Article) -> dict[str, str]:
    """Return what the log may say of a page that has no slug: what a citation of it says."""
    day = _day(page.published).isoformat()
    return {"outlet": _outlet_name(page), "day": day, "headline": page.headline[:300]}
