"""A saved web page: its article's text by trafilatura, its visible lines, and its captions.

The page is data: nothing that it names is fetched, no script runs, no entity is expanded from
outside. What trafilatura takes grows faster than the page; a page of more than MAX_ELEMENTS
is read by its visible lines alone, whose reading is linear.
"""

import re
from copy import deepcopy
from datetime import date
from itertools import dropwhile
from typing import NamedTuple

from lxml import html
from lxml.etree import LxmlError, _Element, iterwalk

from .article import MAX_TEXT, UnreadableError, too_long
from .body_lines import SENTENCE_END, is_aside, is_furniture, lines_of, without_bullet, without_foot
from .copied_page import read_whole_page
from .header import Header, is_byline, is_prose
from .page_metadata import Metadata, day_of_address, localised, read_metadata
from .page_titles import may_be_either
from .publication_line import read_dateline, read_stamp

MAX_ELEMENTS = 20_000
MAX_VISIBLE = 2 * MAX_TEXT  # code points, with the menus and lists around an article
_MARKUP = re.compile(
    r"[\s\ufeff]*(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:\?xml|!doctype|html|head|body|meta|article|main|section|div|header|h1|h2|p|span|table)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "select", "nav", "button"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u", "wbr", "ins", "del", "img", "label"}
)
_HEADER = 6  # lines from a headline to the day of publication below it, fewer than these
_DATELINE = 3  # lines from the day of publication to the text, the most
_NO_DAY = ("footer", "img", "source", "svg")  # they name days, but not that of publication
_BREAKS = re.compile(r"[\n\r\t]")  # in markup no line ends where its source does
_BARE_HEADING = re.compile(r"[^.!?]{2,60}:|[^.!?:]{2,40}")
_ENDS_PARAGRAPH = re.compile(r"[.!?…:;,][\"'”’»)\]]*\Z")
_ENDS_LIST = re.compile(r"(?:\d{1,3}[.)]|[-–•]) ")


class HtmlPage(NamedTuple):
    """A page taken apart: what it states, its visible lines, and the article's among them."""

    metadata: Metadata
    header: Header
    prose: list[str]
    captions: tuple[str, ...]
    warning: str | None = None


def is_html(text: str) -> bool:
    """Whether a text is a page's markup, or a piece of one."""
    return bool(_MARKUP.match(text[:5000]))


def read_html(text: str) -> HtmlPage:
    """Read the markup of a page. Raises UnreadableError where it has no text at all."""
    tree = _parsed(text)
    lines = _visible_lines(tree)
    if not lines:
        raise UnreadableError("This page has no text.")
    length = sum(map(len, lines))
    if length > MAX_VISIBLE:
        raise too_long(length)
    metadata = read_metadata(tree)
    header, visible = read_whole_page(lines)
    if header.headline not in metadata.headlines:
        is_above = _stands_at_the_day(header.headline, lines, range(1, _HEADER))
        is_below = _stands_at_the_day(header.headline, lines, range(-_DATELINE, 0))
        if not is_above and _is_paragraph(header.headline, tree):
            header.headline = None
        elif (is_above or is_below) and may_be_either(metadata, header.headline):
            metadata.headlines, header.headline = [], None
    if metadata.published:
        metadata.published = localised(metadata.published, _near(lines, metadata))
    elif header.stamp is None:
        metadata.published = day_of_address(metadata.url)
    warning = None if metadata.published or header.stamp else _guess_day(tree, metadata)
    captions = _captions(tree)
    prose = _parted(_article_lines(tree, metadata), visible) if _is_small(tree) else []
    if sum(map(len, prose)) * 4 < sum(map(len, visible)):
        prose = visible
    return HtmlPage(metadata, header, prose, captions, warning)


def _parsed(text: str) -> _Element:
    # bytes, because lxml refuses a str that declares an encoding
    raw = text.replace("\0", "").encode("utf-8", errors="replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(raw, parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("This page has no text.") from error
    return tree


def _is_paragraph(line: str | None, tree: _Element) -> bool:
    """Whether a line that ends as a sentence does is a whole paragraph of the markup."""
    if line is None or not _ENDS_PARAGRAPH.search(line):
        return False
    return any(" ".join(one.text_content().split()) == line for one in tree.iter("p"))


def _stands_at_the_day(line: str | None, lines: list[str], places: range) -> bool:
    """Whether a line of publication stands at one of `places` from a line; 1 is just below it."""
    if line not in lines:
        return False
    place = lines.index(line)
    near = (place + number for number in places)
    return any(read_stamp(lines[one]) for one in near if 0 <= one < len(lines))


def _is_small(tree: _Element) -> bool:
    return sum(1 for _ in tree.iter()) <= MAX_ELEMENTS


def _guess_day(tree: _Element, metadata: Metadata) -> str | None:
    """Take the day that htmldate finds in the markup; returns what the editor is told."""
    # Imported here, like trafilatura, of which it is a part.
    from htmldate import find_date

    found = None
    if _is_small(tree):
        found = find_date(_without_text(tree), original_date=True, url=metadata.url)
    # a year alone, as of a copyright line, is given as its first day
    if found is None or found.endswith("-01-01"):
        return None
    day = metadata.published = date.fromisoformat(found)
    return (
        f"No line or label of the page gives its day of publication; {day.day} {day:%B %Y} "
        "was found in its markup: check it."
    )


def _without_text(tree: _Element) -> _Element:
    """Return a copy of a page without what names other days: sentences, pictures, its foot."""
    copied = deepcopy(tree)
    for one in list(copied.iter("*")):
        own = " ".join("".join(one.xpath("text()")).split())
        if one.tag in _NO_DAY and one.getparent() is not None:
            one.drop_tree()
        elif one.tag not in _HIDDEN and own and not read_stamp(own) and _is_sentence(own):
            one.text = None
            for part in list(one):
                part.tail = None
                if part.tag in _INLINE:
                    one.remove(part)
    return copied


def _is_sentence(words: str) -> bool:
    return is_prose(words) or bool(SENTENCE_END.search(words))


def _article_lines(tree: _Element, metadata: Metadata) -> list[str]:
    """Return the paragraphs that trafilatura takes for the article's."""
    # Imported here: it loads for most of a second, and wire copy does not need it.
    from trafilatura import bare_extraction

    found = bare_extraction(tree, with_metadata=False, include_comments=False, include_tables=False)
    text = found.text if found is not None and not isinstance(found, dict) else None
    lines = [without_bullet(line) for line in lines_of(text or "") if line]
    return _trimmed(lines, set(metadata.headlines))


def _parted(lines: list[str], visible: list[str]) -> list[str]:
    """Give back the paragraphs of a short article that trafilatura has joined to one line.

    Where it finds less than 250 characters it takes all words of an `<article>` as one paragraph,
    headline, day and captions with them.
    """
    if len(lines) != 1 or lines[0] in visible:
        return lines
    return [line for line in visible if line in lines[0]] or lines


def _trimmed(lines: list[str], headlines: set[str]) -> list[str]:
    """Leave out what stands above and below an article's text: its header, links to others."""
    lines = without_foot(list(dropwhile(lambda line: _is_above(line, headlines), lines)))
    kept: list[str] = []
    is_list = False
    for line in (line for line in lines if not is_byline(line)):
        is_told = is_prose(line) or bool(SENTENCE_END.search(line))
        if is_aside(line) and _BARE_HEADING.fullmatch(line):
            is_list = True
        elif is_told and not is_furniture(line):
            is_list = False
            kept.append(line)
        elif not is_list and not is_furniture(line) and not read_stamp(line):
            kept.append(line)
    while kept and len(kept[-1]) <= 40 and not SENTENCE_END.search(kept[-1]):
        if _ENDS_LIST.match(kept[-1]):
            break
        kept.pop()
    return kept


def _is_above(line: str, headlines: set[str]) -> bool:
    if read_dateline(line):
        return False
    is_told = is_prose(line) or (bool(SENTENCE_END.search(line)) and len(line.split()) > 3)
    return not is_told or line in headlines or bool(read_stamp(line)) or is_furniture(line)


def _near(lines: list[str], metadata: Metadata) -> list[str]:
    """Return the visible lines near the headline, among which the publication line stands."""
    titles = set(metadata.headlines)
    place = next((number for number, line in enumerate(lines) if line in titles), None)
    return [] if place is None else lines[max(place - 3, 0) : place + 25]


def _visible_lines(tree: _Element) -> list[str]:
    """Return the text of a page as lines, as a reader sees them, in time linear in the page."""
    pieces: list[str] = []
    hidden = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _HIDDEN
            pieces += ["" if tag in _INLINE else "\n", "" if hidden else element.text or ""]
        else:
            hidden -= tag in _HIDDEN
            pieces += ["" if tag in _INLINE else "\n", "" if hidden else element.tail or ""]
    text = "".join(piece if piece == "\n" else _BREAKS.sub(" ", piece) for piece in pieces)
    return [line for line in lines_of(text) if line and not is_furniture(line)]


def _captions(tree: _Element) -> tuple[str, ...]:
    """Return the words below the pictures, each once."""
    elements = tree.xpath(
        "//figcaption | //*[contains(@class, 'caption')] | //*[@itemprop='caption']"
    )
    texts = (" ".join("".join(element.itertext()).split()) for element in elements[:200])
    return tuple(dict.fromkeys(text for text in texts if 3 < len(text) <= 600))
