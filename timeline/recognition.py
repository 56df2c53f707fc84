"""Recognising an article that comes in again: as itself, as a copy, or as a version of a story."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from timeline.addresses import address_key
from timeline.models import Article, Likeness, Outlet, Suggestion
from timeline.models.likeness import text_key


@dataclass(frozen=True, slots=True)
class Copies:
    """The articles whose text is nearly that of another one, the most alike first."""

    of: tuple[tuple[Article, float], ...] = ()
    repeated: int = 0  # suggestions that stand there already, word for word

    def __str__(self) -> str:
        if not self.of:
            return ""
        other, score = self.of[0]
        more = f", and {len(self.of) - 1} more" if len(self.of) > 1 else ""
        said = f"Nearly the same text as “{other.headline}” ({other.citation}), {score:.0%}{more}"
        if not self.repeated:
            return f"{said}."
        many = "suggestion that stands" if self.repeated == 1 else "suggestions that stand"
        return f"{said}: {self.repeated} {many} there not repeated."


NO_COPIES = Copies()


def same_text(
    articles: QuerySet[Article], text: str, lead: str, outlet: Outlet | None, address: str
) -> Article | None:
    """Return the article that holds this text already, whatever its headline and day.

    It is of the same outlet or address; where no outlet is named, any will do. Another outlet that
    prints the same text has published an article of its own, and another lead is a version.
    """
    key = text_key(text)
    if not key:
        return None
    found = articles.filter(text_key=key, lead=lead)
    place = address_key(address)
    if outlet or place:
        of_outlet = Q(outlet=outlet) if outlet else Q(pk=None)
        of_place = Q(address_key=place) if place else Q(pk=None)
        found = found.filter(of_outlet | of_place)
    return found.order_by("published_at", "pk").first()


def copies(article: Article) -> tuple[tuple[Article, float], ...]:
    """Return the near-duplicates of an article that are no version of its story."""
    pairs = [(one.beside(article), one.score) for one in Likeness.objects.of(article)]
    return tuple(
        (other, score) for other, score in pairs if not other.story or other.story != article.story
    )


def without_repeated(
    article: Article, proposed: list[Suggestion]
) -> tuple[list[Suggestion], Copies]:
    """Return what is proposed for an article and stands in none of its copies.

    What a copy says of another day or status is proposed: that is another claim.
    """
    found = copies(article)
    others = Suggestion.objects.filter(article__in=[other for other, _ in found])
    said = _claims(others)
    fresh = [one for one in proposed if not said & _claims([one])]
    return fresh, Copies(found, len(proposed) - len(fresh))


def _claims(suggestions: Iterable[Suggestion]) -> set[tuple[str, ...]]:
    """What suggestions say in which words, without spaces and marks."""
    return {
        (one.type, " ".join(re.findall(r"\w+", one.exact.casefold())), one.edtf, one.status)
        for one in suggestions
    }
