"""A page or a wire copy as a person saved it, taken apart into its fields and its body.

There are three readers: of wire copy and plain text, of a page copied whole, and of a page's
markup. All give the same header and lines, of which one Article is made here.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from .article import MAX_BYTES, MAX_TEXT, Article, IncompleteError, Told, UnreadableError, too_long
from .body_lines import is_furniture, lines_of, part_body
from .copied_page import is_whole_page, read_whole_page
from .encodings import decode, garbling, too_big
from .header import HEADER_LINES, Header, is_headline, legible, part_header, part_headline
from .html_page import HtmlPage, is_html, read_html
from .languages import language_of, not_read
from .page_metadata import Metadata, day_of_address
from .page_titles import headline_of, outlet_of_page
from .printed_days import resolve_day
from .publication_line import Dateline, Stamp, moment, outlet_named, read_dateline, read_stamp

__all__ = [
    "MAX_BYTES",
    "Article",
    "IncompleteError",
    "Told",
    "UnreadableError",
    "not_read",
    "read_article",
]

_NOTE = re.compile(r"\(ATTN: ?(?P<note>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_NARROWEST = 40  # code points of a line; the lines of a menu are shorter
_PARAGRAPH_NUMBERS = re.compile(
    r"\bpara(?:graph)?s?\.? (\d{1,2}(?:(?:, ?(?:and )?|-|–| and | to )\d{1,2}\b)*)", re.IGNORECASE
)


def read_article(
    raw: str | bytes, filename: str = "", told: Told | None = None, *, asks_outlet: bool = False
) -> Article:
    """Read a saved page, a page copied whole, or wire copy; `filename` names it in what is raised.

    What is `told` of it comes before what it shows. Raises UnreadableError for what is empty,
    binary, larger than MAX_BYTES or in no known encoding, and for what has no text; and
    IncompleteError for what has no headline or date, where its date may be two days, and, with
    `asks_outlet`, for what names no outlet.
    """
    text = ""
    try:
        text = _checked(decode(raw) if isinstance(raw, bytes) else raw)
        article = _article(text, told or Told())
        if asks_outlet and not article.outlet:
            raise IncompleteError(
                "The page names no outlet. Write which it is of, and the address if you have it; "
                "left empty, it is brought in without.",
                "outlet",
            )
        return article
    except UnreadableError as error:
        if isinstance(error, IncompleteError):
            error.text = text
        if filename:
            error.args = (f"{filename}: {error}",)
        raise


def _article(text: str, told: Told) -> Article:
    if is_html(text):
        return _of_markup(read_html(text), told)
    if len(text) > MAX_TEXT:
        raise too_long(len(text))
    note, blocks = _part_note(_blocks(text))
    lines = list(_paragraphs(blocks))
    header, prose = read_whole_page(lines) if is_whole_page(lines) else part_header(lines)
    return _assembled(header, prose, told, note=note)


def _of_markup(page: HtmlPage, told: Told) -> Article:
    """Make the article of a page: what it states comes before what it shows."""
    metadata, header = page.metadata, page.header
    header.headline = headline_of(metadata, header.headline)
    header.source = outlet_of_page(metadata, header.source, header.headline)
    header.byline = _joined(metadata.bylines, header.source) or header.byline
    header.section = next(iter(metadata.sections), None)
    return _assembled(
        header, page.prose, told, captions=page.captions, metadata=metadata, warning=page.warning
    )


def _assembled(
    header: Header,
    prose: list[str],
    told: Told,
    *,
    captions: tuple[str, ...] = (),
    note: str | None = None,
    metadata: Metadata | None = None,
    warning: str | None = None,
) -> Article:
    """Make an article of its header and its lines. Raises UnreadableError where one is missing."""
    stated = metadata or Metadata()
    body = part_body(prose, captions)
    printed = _printed_headline(told, header)
    dateline = next(filter(None, map(read_dateline, prose[:5])), None)
    agency = (dateline.agency if dateline else None) or header.agency
    sources = (header.source if metadata else None, _agency_name(agency), header.source)
    outlet = next(filter(None, (told.outlet, *sources, body.credit)), None)
    if not body.paragraphs:
        raise _no_text(has_headline=bool(printed))
    if not printed:
        said = "No headline stands above the text."
        day = told.published or next(iter(_days_given(header.stamp, stated.published)), None)
        raise IncompleteError(said, "headline", outlet=outlet, published=day)
    published = _told_day(told.published, header.stamp, outlet) or stated.published
    if not published:
        days = _days_printed(header.stamp, prose, stated.url or told.url)
        filed = dateline.date if dateline else None
        published = _published(header.stamp, days, filed, printed, outlet)
    lead, labels, headline = part_headline(printed)
    text = "\n\n".join(body.paragraphs)
    if len(text) > MAX_TEXT:
        raise too_long(len(text))
    language = language_of(text)
    doubt = _other_day(told.published, header.stamp, stated.published)
    warnings = (
        warning,
        doubt,
        _ahead(published),
        not_read(language),
        garbling(f"{headline}\n{text}"),
    )
    return Article(
        headline=headline,
        labels=labels,
        lead=lead,
        section=header.section,
        published=published,
        note=" ".join(filter(None, (note, *body.notes))) or None,
        note_paragraphs=_numbers_named(note or ""),
        byline=header.byline,
        dateline=_dateline(prose, published, agency),
        outlet=outlet,
        captions=body.captions,
        body=text,
        paragraphs=tuple(_offsets(body.paragraphs)),
        language=language,
        modified=stated.modified,
        url=stated.url or told.url,
        licence=stated.licence,
        warnings=tuple(warning for warning in warnings if warning),
    )


def _dateline(prose: list[str], published: date, agency: str | None) -> Dateline | None:
    """Return the dateline of one of the first lines, else one of the agency alone."""
    for line in prose[:5]:
        if found := read_dateline(line, published):
            return found
    return Dateline(None, None, _agency_name(agency)) if agency else None


def _no_text(*, has_headline: bool) -> UnreadableError:
    there = "There is a headline, but" if has_headline else "There is no headline, and"
    return UnreadableError(f"{there} no text below it.")


def _printed_headline(told: Told, header: Header) -> str | None:
    """Return the headline that was told, else the one printed, if they have words to read."""
    if told.headline and any(map(str.isalnum, legible(told.headline))):
        return told.headline
    printed = header.headline
    return printed if printed and is_headline(part_headline(printed)[2]) else None


def _published(
    stamp: Stamp | None,
    days: tuple[date, ...],
    filed: date | None,
    headline: str,
    outlet: str | None,
) -> datetime | date:
    """Return when an article was published by its stamp, or without one when it was filed.

    Raises IncompleteError where two days may be meant or nothing tells it.
    """
    if len(days) > 1:
        said = _which(days)
    elif stamp:
        return moment(stamp._replace(day=days[0]), outlet)
    elif filed:
        return filed
    else:
        said = "No line gives a publication date with its year."
    raise IncompleteError(said, "published", headline=headline, outlet=outlet, days=days)


def _agency_name(agency: str | None) -> str | None:
    return (outlet_named(agency) or agency) if agency else None


def _told_day(
    day: datetime | date | None, stamp: Stamp | None, outlet: str | None
) -> datetime | date | None:
    """Return the day that is told, with the clock where the page prints one for it."""
    if day and not isinstance(day, datetime) and stamp and day in (stamp.day, stamp.other):
        return moment(stamp._replace(day=day), outlet)
    return day


def _other_day(
    told: datetime | date | None, stamp: Stamp | None, stated: datetime | date | None
) -> str | None:
    """Return what to say where the day that is told is none that the page gives."""
    if isinstance(told, datetime):
        told = told.date()
    days = _days_given(stamp, stated)
    if told is None or not days or told in days:
        return None
    given = days[0]
    return (
        f"The page gives {given.day} {given:%B %Y} as its day of publication; "
        f"{told.day} {told:%B %Y} was told, and taken: check it."
    )


def _ahead(published: datetime | date) -> str | None:
    """Return what to say of a day of publication that has come nowhere on Earth yet."""
    day = published.date() if isinstance(published, datetime) else published
    if day <= datetime.now(UTC).date() + timedelta(days=1):
        return None
    return f"The day of publication, {day.day} {day:%B %Y}, lies ahead: check it."


def _days_given(stamp: Stamp | None, stated: datetime | date | None) -> list[date]:
    """Return the day that a page states, else those that its line of publication may mean."""
    if stated is None:
        return [stamp.day, *([stamp.other] if stamp.other else [])] if stamp else []
    return [stated.date() if isinstance(stated, datetime) else stated]


def _days_printed(stamp: Stamp | None, prose: list[str], url: str | None) -> tuple[date, ...]:
    """Return the day of a publication line; both where its day and month may be swapped and
    neither the dateline, the address nor the text tells which is which."""
    if stamp is None:
        return ()
    readings = tuple(_days_given(stamp, None))
    near = [
        dateline.date
        for line in prose[:5]
        for reading in readings
        if (dateline := read_dateline(line, reading)) and dateline.date
    ]
    text = "\n".join(prose[:40])
    if named := day_of_address(url):
        near.append(named)
    # of the languages in use, English alone has countries that print the month first
    if stamp.other and language_of(text) != "en":
        return (stamp.day,)
    day = resolve_day(stamp.printed, near, text)
    return (day,) if day else readings


def _which(days: tuple[date, ...]) -> str:
    first, second = (f"{one.day} {one:%B %Y}" for one in days)
    return f"Its publication date is {first} or {second}: nothing in the page tells which."


def _joined(names: list[str], outlet: str | None) -> str | None:
    """Return the writers that a page names, without the outlet itself, as a byline prints them."""
    names = [name.removeprefix("By ").removeprefix("by ") for name in names]
    writers = [name for name in names if name != outlet and not outlet_named(name)]
    return " and ".join(filter(None, (", ".join(writers[:-1]), *writers[-1:]))) or None


def _checked(text: str) -> str:
    if len(text) > MAX_BYTES:
        raise too_big(len(text))
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise UnreadableError("The file is empty.")
    if "\0" in text and not is_html(text):
        raise UnreadableError("This is a binary file, not a text.")
    return text


def _blocks(text: str) -> list[list[str]]:
    """Return the lines between blank lines, white space evened out and furniture dropped."""
    blocks: list[list[str]] = [[]]
    for line in lines_of(text):
        if not line and blocks[-1]:
            blocks.append([])
        elif line and not is_furniture(line):
            blocks[-1].append(line)
    return blocks if blocks[-1] else blocks[:-1]


def _part_note(blocks: list[list[str]]) -> tuple[str | None, list[list[str]]]:
    """Take the note to the desks, which may run over lines, out of the header."""
    for i, block in enumerate(blocks[:HEADER_LINES]):
        text = "\n".join(block)
        if match := _NOTE.search(text):
            rest = (text[: match.start()] + "\n" + text[match.end() :]).split("\n")
            kept = [stripped for line in rest if (stripped := line.strip())]
            return " ".join(match["note"].split()), [*blocks[:i], kept, *blocks[i + 1 :]]
    return None, blocks


def _numbers_named(note: str) -> tuple[int, ...]:
    named: set[int] = set()
    for match in _PARAGRAPH_NUMBERS.finditer(note):
        for part in re.split(r",|\band\b", match[1]):
            if ends := [int(number) for number in re.findall(r"\d+", part)]:
                named.update(range(ends[0], ends[-1] + 1))
    return tuple(sorted(named))


def _paragraphs(blocks: list[list[str]]) -> Iterator[str]:
    """Yield the blocks of a hard-wrapped text as paragraphs, and each line of any other text."""
    wrapped = any(len(block) > 2 and _is_wrapped(block) for block in blocks)
    for block in blocks:
        if wrapped and _is_wrapped(block):
            yield " ".join(block)
        else:
            yield from block


def _is_wrapped(block: list[str]) -> bool:
    """Whether no line but the last could have taken in the first word of the next."""
    width = max(map(len, block))
    return _NARROWEST <= width <= 90 and all(
        len(line) + 1 + len(after.partition(" ")[0]) > width and not read_stamp(after)
        for line, after in pairwise(block)
    )


def _offsets(paragraphs: list[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for paragraph in paragraphs:
        yield start, start + len(paragraph)
        start += len(paragraph) + len("\n\n")
