"""Drift: an article's body changes, and its evidence is found again or flagged, never dropped."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from timeline.models.evidence import Evidence

if TYPE_CHECKING:
    from timeline.models.articles import Article

# Words of so many characters that stand once in a body are the same wherever they stand; fewer
# need so many characters around them that they stood between before.
_TELLING, _AROUND = 20, 8
# The kinds of evidence, in the order in which decisions lock them.
_KINDS = ("suggestions", "reports", "quotes")
_COLUMNS = ("exact", "prefix", "suffix", "start", "end", "basis")


def adrift() -> models.Q:
    """Return the condition that the words of a piece of evidence are not found in its body."""
    return models.Q(start=None) & ~models.Q(exact="") & ~models.Q(article__body="")


def adrift_of(article: "Article") -> dict[str, int]:
    """How many of an article's suggestions, reports and quotes are not found, by their kind."""
    counts = {kind[:-1]: getattr(article, kind).filter(adrift()).count() for kind in _KINDS}
    return {kind: count for kind, count in counts.items() if count}


def hold(article: "Article") -> None:
    """Keep an article's evidence from others, in the order of all decisions."""
    for kind in _KINDS:
        list(getattr(article, kind).order_by("pk").select_for_update().values_list("pk"))


def reanchor(article: "Article") -> None:
    """Point an article's evidence at the same words in its body as it is now.

    What is not found keeps its words and their context, and loses its place.
    """
    for kind in _KINDS:
        rows = list(getattr(article, kind).exclude(exact=""))
        for row in rows:
            place = find_quote(article.body, row)
            if place:
                row.locate(article.body, *place)
            else:
                row.start = row.end = None
        model: Any = apps.get_model("timeline", kind[:-1])
        model.objects.bulk_update(rows, _COLUMNS, batch_size=100)


def find_quote(body: str, evidence: Evidence) -> tuple[int, int] | None:
    """Return where the words of a quote selector stand in a body; None where that is not sure.

    Of several places it is the one whose context fits best. White space may differ. (W3C Web
    Annotation Data Model, 4.2.4, Text Quote Selector.)
    """
    places = list(_places(body, evidence.exact))
    fits = [_fit(body, place, evidence) for place in places]
    if not places:
        return None
    best = max(fits)
    if len(places) > 1 and fits.count(best) > 1:
        return None
    needed = min(_AROUND, len(evidence.prefix) + len(evidence.suffix))
    is_sure = len(evidence.exact) >= _TELLING or best >= max(1, needed)
    return places[fits.index(best)] if is_sure else None


def _places(body: str, words: str) -> Iterator[tuple[int, int]]:
    """Every place of the words in a body, as they are or with other white space."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    for match in re.finditer(pattern, body) if pattern else ():
        yield match.span()


def _fit(body: str, place: tuple[int, int], evidence: Evidence) -> int:
    """How many characters before and after the place are those of the selector."""
    start, end = place
    before = body[max(0, start - len(evidence.prefix)) : start]
    after = body[end : end + len(evidence.suffix)]
    return _shared(before[::-1], evidence.prefix[::-1]) + _shared(after, evidence.suffix)


def _shared(one: str, other: str) -> int:
    """How many characters two strings begin with together."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
