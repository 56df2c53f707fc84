"""Pages that come with a folder and are no article: programme guides, comments, transcripts.

They name hundreds of days that nobody reports. The forms of each kind are data in
`lexicon/page_kinds.toml`; on the development topics 2 in 100 pages are of one of them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from timeline.basis import Span

from ..lexicon import load

_SHOWN = 3  # of the words that tell a kind


class PageKind(NamedTuple):
    """What a page is instead of an article, how often its words tell so, and some of them."""

    name: str
    found: int
    rate: float  # a thousand words
    spans: tuple[Span, ...]


class _Kind(NamedTuple):
    name: str
    rate: float
    least: int
    pattern: re.Pattern[str]


def page_kind(sentences: Sequence[str]) -> PageKind | None:
    """Return what kind of page these sentences make, None for an article."""
    words = sum(sentence.count(" ") + 1 for sentence in sentences)
    text = "\n".join(sentences)
    for kind in _kinds():
        found = [match[0].strip() for match in kind.pattern.finditer(text)]
        rate = 1000 * len(found) / max(1, words)
        if len(found) >= kind.least and rate >= kind.rate:
            shown = tuple(Span(words) for words in list(dict.fromkeys(found))[:_SHOWN])
            return PageKind(kind.name, len(found), rate, shown)
    return None


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            entry["name"],
            entry["rate"],
            entry["least"],
            re.compile("|".join(one["pattern"] for one in entry["patterns"]), re.MULTILINE),
        )
        for entry in load("page_kinds")["kind"]
    )
