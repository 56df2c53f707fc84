"""The paragraphs of the articles as digests: what finds a rewrite without reading a body."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.deletion import Collector

if TYPE_CHECKING:
    from timeline.models.articles import Article

# An article of more paragraphs is compared by its first ones; SQLite takes 1000 values in a query.
MOST = 400


def digests(paragraphs: Iterable[str]) -> list[int]:
    """Return 64 bits for each different paragraph, in order; of so many at most."""
    hashed = (hashlib.blake2b(text.encode(), digest_size=8).digest() for text in paragraphs)
    return list(dict.fromkeys(int.from_bytes(one, signed=True) for one in hashed))[:MOST]


def go_along(
    collector: Collector,
    field: models.ForeignKey[Any, Any],
    paragraphs: "models.QuerySet[Paragraph]",
    using: str,
) -> None:
    """Go with the article, unseen: the desk asks before a deletion with what an editor knows."""
    collector.fast_deletes.append(paragraphs)


# Django reads it off the function: nothing has to be fetched.
go_along.lazy_sub_objs = True  # type: ignore[attr-defined]  # a function has no such attribute


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    """Reads of paragraphs, and the one way in which they are written."""

    def keep(self, article: "Article") -> None:
        """Hold the paragraphs that an article has now, and no others of it."""
        now = {
            digest: Paragraph(
                article=article,
                digest=digest,
                outlet_id=article.outlet_id,
                published_at=article.published_at,
            )
            for digest in digests(article.paragraphs)
        }
        held = self.filter(article=article)
        moved = ~Q(outlet=article.outlet_id, published_at=article.published_at)
        held.filter(~Q(digest__in=list(now)) | moved).delete()
        self.bulk_create(now.values(), ignore_conflicts=True)

    def rewritten(
        self, article: "Article", window: dt.timedelta
    ) -> "models.QuerySet[Paragraph, int]":
        """Return the keys of articles of which `article` is a rewrite, the first published first.

        These are of the same outlet, published within `window` of it. Half of the shorter
        version's paragraphs, word for word, make two articles one story.
        """
        mine = digests(article.paragraphs)
        others = self.filter(article=OuterRef("article")).order_by().values("article")
        length = Subquery(others.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        begin, end = article.published_at - window, article.published_at + window
        return (
            self.filter(outlet=article.outlet_id, digest__in=mine, published_at__range=(begin, end))
            .exclude(article=article.pk)
            .values("article")
            .annotate(twice=2 * Count("pk"), length=length)
            .filter(Q(twice__gte=len(mine)) | Q(twice__gte=F("length")))
            .order_by("published_at", "article")
            .values_list("article", flat=True)
        )


class Paragraph(models.Model):
    """One paragraph of an article's body, as a digest, with what it is looked for by."""

    article = models.ForeignKey("Article", go_along, related_name="+", db_index=False)
    outlet = models.ForeignKey("Outlet", models.DO_NOTHING, related_name="+", db_index=False)
    published_at = models.DateTimeField()
    digest = models.BigIntegerField()

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("article", "digest"), name="paragraph_once"),
        )
        indexes = (
            models.Index(fields=("outlet", "digest", "published_at"), name="paragraph_of_story"),
        )

    def __str__(self) -> str:
        return f"{self.digest:+x}"
