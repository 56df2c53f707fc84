"""From the articles of a draft to ranked candidates: one event each, with all who report it.

The whole public API: `draft()` takes the articles with what `extract()` found in each, and returns
the candidates, the most important first, the words of the topic, and what was made of each article.
Nothing is lost: every report stands in exactly one candidate. The order of the articles is no
matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..decision import Decision
from .candidates import Candidate, Ranker, Saying, shortened
from .days import Part
from .reading import Folder, Page, Source
from .reports import Report

__all__ = [
    "Candidate",
    "Draft",
    "Part",
    "Report",
    "Saying",
    "Source",
    "SourceVerdict",
    "draft",
    "shortened",
]

_TOPIC_WORDS = 12


@dataclass(frozen=True, slots=True)
class SourceVerdict:
    """What was made of an article: its nearness to the topic, 0 to 1, and its kind, "" for news."""

    article: str
    nearness: float
    kind: str
    is_aside: bool
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The candidates of a draft in their order; `topic` are the stems that its articles share."""

    candidates: tuple[Candidate, ...]
    topic: tuple[str, ...]
    articles: tuple[SourceVerdict, ...]
    compared: int = 0  # pairs of reports that were scored


def draft(sources: Iterable[Source], keywords: Sequence[str] = ()) -> Draft:
    """Return the draft of some articles; `keywords` say what it is about, where an editor knows.

    Takes a few seconds of CPU for 500 articles, beyond what reading them took. Raises ValueError
    where two articles have one id.
    """
    sources = list(sources)
    if len({source.id for source in sources}) < len(sources):
        raise ValueError("Two articles of a draft have one id.")
    folder = Folder(sources, keywords)
    ranker = Ranker(folder)
    return Draft(
        candidates=tuple(ranker.candidates()),
        topic=tuple(sorted(folder.topic, key=lambda w: (-folder.topic[w], w))[:_TOPIC_WORDS]),
        articles=tuple(_verdict(page) for page in folder.pages),
        compared=ranker.joiner.compared,
    )


def _verdict(page: Page) -> SourceVerdict:
    kind, near = page.kind, f"{page.nearness:.2f}"
    decisions = [
        Decision("nearness", near, "drafts: cosine to the topic, of the nearest quarter's")
    ]
    if kind:
        rule = f"page kinds: {kind.found} signs, {kind.rate:.1f} in 1,000 words"
        decisions.append(Decision("page", kind.name, rule, kind.spans))
    name = kind.name if kind else ""
    return SourceVerdict(page.source.id, page.nearness, name, page.is_aside, tuple(decisions))
