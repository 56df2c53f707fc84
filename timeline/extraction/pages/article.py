"""An article as its page or wire copy gives it, and what is said of a file that is none."""

from dataclasses import dataclass
from datetime import date, datetime

from .languages import READ
from .publication_line import Dateline

MAX_BYTES = 10_000_000
MAX_TEXT = 2_000_000  # code points of a body: forty times the longest wire story


class UnreadableError(ValueError):
    """A file that is no article. The message is one sentence for the person who saved the file."""


def too_long(length: int) -> UnreadableError:
    """Return what is said of a text of `length` code points, that of no article."""
    return UnreadableError(
        f"Its text is too long for an article: {length:,} characters, and {MAX_TEXT:,} are allowed."
    )


class IncompleteError(UnreadableError):
    """A page that leaves open what a person can tell: `field` is "headline", "published"
    or "outlet".

    `text` is the page as decoded, `headline`, `outlet` and `published` what was read of it, and
    `days` those between which to choose where day and month may be swapped.
    """

    def __init__(
        self,
        message: str,
        field: str,
        *,
        headline: str | None = None,
        outlet: str | None = None,
        published: date | None = None,
        days: tuple[date, ...] = (),
    ) -> None:
        super().__init__(message)
        self.field, self.headline, self.outlet = field, headline, outlet
        self.published, self.days = published, days
        self.text = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a page beside it: it comes before what the page states or shows.

    `published` is a day, or an aware datetime; `url` the address that the page was found at, for
    a page that states none.
    """

    headline: str | None = None
    published: datetime | date | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One publication by an outlet.

    `published` is an aware datetime where the page gives a clock whose zone is known, else a
    date; `modified` likewise, of the latest version, where the page states one. `paragraphs` are
    (start, end) code-point offsets into `body`, end-exclusive; captions are no part of it. `note`
    is what an ATTN line, a correction or an editor's note tells, `note_paragraphs` the paragraphs
    that an ATTN line names, counted from 1. `url` is the canonical address, `licence` an SPDX
    expression or an address. `language` is an ISO 639-1 code. `warnings` are sentences for the
    person who brings the article in.
    """

    headline: str
    labels: tuple[str, ...]
    lead: str | None
    section: str | None
    published: datetime | date
    note: str | None
    note_paragraphs: tuple[int, ...]
    byline: str | None
    dateline: Dateline | None
    outlet: str | None
    captions: tuple[str, ...]
    body: str
    paragraphs: tuple[tuple[int, int], ...]
    language: str
    modified: datetime | date | None = None
    url: str | None = None
    licence: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether it is in a language whose events and quotes are read."""
        return self.language in READ
