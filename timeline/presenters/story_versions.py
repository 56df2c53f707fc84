"""The versions of a story, held or inferred from an agency's “LD” marks."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from timeline.models import Article

_LEAD = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th) )?LD", re.IGNORECASE)


class StoryVersion(NamedTuple):
    """One version of a story; `article` is None when it must have existed but is not held."""

    name: str
    article: Article | None
    marker: str
    note: str


def story_versions(article: Article, rewrites: Iterable[Article]) -> list[StoryVersion]:
    """Return the versions of a story in order; those that a lead implies are said to be inferred.

    “2nd LD” had two before it: the first version and the LD.
    """
    held = {_number(one.lead): one for one in (*rewrites, article)}
    if not held.keys() - {0}:
        return []
    return [
        _held(number, held[number], article) if number in held else _inferred(number, article)
        for number in range(max(held) + 1)
        if number in held or number < _number(article.lead)
    ]


def _number(lead: str) -> int:
    """How many versions came before: 0 for none, 1 for “LD”, 2 for “2nd LD”."""
    found = _LEAD.search(lead)
    return int(found[1] or 1) if found else 0


def _name(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    return ("First version", "LD")[number] if number < 2 else f"{number}{ending} LD"


def _held(number: int, one: Article, shown: Article) -> StoryVersion:
    name = f"{_name(number)}, shown here" if one.pk == shown.pk else _name(number)
    changed = ", ".join(map(str, one.correction_paragraphs))
    note = f"Changed in paragraphs {changed}." if changed else ""
    return StoryVersion(name, one, "occurred", note)


def _inferred(number: int, shown: Article) -> StoryVersion:
    return StoryVersion(
        _name(number), None, "expected", f"Not held. Inferred from the label “{shown.lead}”."
    )
