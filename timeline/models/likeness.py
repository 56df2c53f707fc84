"""Articles that say the same: near-duplicates by shingles, found by an index and then compared.

A text is the set of its runs of five words. MinHash (Broder 1997; rensa) makes 63 numbers of it,
cut into 21 bands of three: two texts that share half of their shingles share a band with a chance
of 94 %, two that share a tenth with 2 %. What shares a band is compared exactly.
"""

import hashlib
import re
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q
from rensa import RMinHash

from timeline.models.paragraphs import go_along

if TYPE_CHECKING:
    from timeline.models.articles import Article

_WORD = re.compile(r"\w+")
_SHINGLE, _BANDS, _ROWS, _SEED = 5, 21, 3, 1
FEWEST = 30  # words; a shorter text is like many
MOST = 20  # articles that one is compared with, those that share most bands first
LIKE = 0.5  # of the shingles of both, or
WITHIN = 0.7  # of the shorter text's: a paper cuts an agency's text from its end


def text_key(text: str) -> str:
    """Return what a text is recognised by, whatever its spaces, marks and capitals; or nothing."""
    words = _words(text)
    joined = " ".join(words).encode("utf-8", "replace")
    return hashlib.blake2b(joined, digest_size=20).hexdigest() if len(words) >= FEWEST else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(text: str) -> set[str]:
    """Return the runs of five words of a text; none of one that is too short to be compared."""
    words = _words(text)
    if len(words) < FEWEST:
        return set()
    return {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def bands(shingled: set[str]) -> list[int]:
    """Return 64 bits for each band of a text's signature."""
    if not shingled:
        return []
    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    minhash.update(sorted(shingled))
    numbers = minhash.digest()
    parts = [(at, *numbers[at * _ROWS : (at + 1) * _ROWS]) for at in range(_BANDS)]
    hashed = (hashlib.blake2b(repr(part).encode(), digest_size=8).digest() for part in parts)
    return [int.from_bytes(one, signed=True) for one in hashed]


def likeness(one: set[str], other: set[str]) -> float:
    """Return how alike two texts are: 1 for the same, 0 below what is called near.

    >>> likeness({"a", "b"}, {"a", "b"})
    1.0
    """
    shared = len(one & other)
    if not shared:
        return 0.0
    jaccard, within = shared / len(one | other), shared / min(len(one), len(other))
    if jaccard >= LIKE:
        return jaccard
    return within * WITHIN if within >= WITHIN else 0.0


class TextBandQuerySet(models.QuerySet["TextBand"]):
    """Reads of bands, and the one way in which they are written."""

    def keep(self, article: "Article") -> None:
        """Hold what an article's text is found by, and which others it is nearly the same as."""
        shingled = shingles(article.body)
        now = bands(shingled)
        held = set(self.filter(article=article).values_list("digest", flat=True))
        if set(now) == held:
            return
        self.filter(article=article).delete()
        self.bulk_create([TextBand(article=article, digest=one) for one in set(now)])
        Likeness.objects.filter(Q(article=article) | Q(other=article)).delete()
        others = (
            self.filter(digest__in=now)
            .exclude(article=article)
            .values("article")
            .annotate(shared=Count("pk"))
            .order_by("-shared", "article")[:MOST]
        )
        keys = [row["article"] for row in others]
        found = []
        for other, body in type(article).objects.filter(pk__in=keys).values_list("pk", "body"):
            if score := likeness(shingled, shingles(body)):
                found.append(Likeness(article=article, other_id=other, score=round(score, 3)))
        Likeness.objects.bulk_create(found)


class TextBand(models.Model):
    """A band of the signature of an article's text."""

    article = models.ForeignKey("Article", go_along, related_name="+")
    digest = models.BigIntegerField(db_index=True)

    objects = TextBandQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.digest:+x}"


class LikenessQuerySet(models.QuerySet["Likeness"]):
    """Reads of likenesses."""

    def of(self, article: "Article") -> Self:
        """Those of an article, the most alike first."""
        pairs = self.filter(Q(article=article) | Q(other=article))
        return pairs.select_related("article__outlet", "other__outlet").order_by("-score", "pk")


class Likeness(models.Model):
    """Two articles whose texts are nearly the same; `article` came in after `other`."""

    article = models.ForeignKey("Article", go_along, related_name="+")
    other = models.ForeignKey("Article", go_along, related_name="+")
    score = models.FloatField()

    objects = LikenessQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("article", "other"), name="likeness_once"),)

    def __str__(self) -> str:
        return f"{self.score:.0%}"

    def beside(self, article: "Article") -> "Article":
        """The other one of the two."""
        return self.other if self.article_id == article.pk else self.article
