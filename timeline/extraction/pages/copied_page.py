"""A page as a person copies it whole, menus and all: which of its lines are the article.

The text is the stretch of lines with the most running text and the fewest short lines. Above it
the headline is the line that shares most of its words with the text.
"""

import re

from .. import lexicon
from ..lexicon import any_of
from .body_lines import LONG, SENTENCE_END, is_aside, is_caption, is_furniture, without_foot
from .header import Header, is_prose
from .publication_line import outlet_named, read_dateline, read_stamp

_FEW = 8  # short lines above the text of an article that was copied without its page
_ABOVE = 60  # lines above the text among which the headline stands
_INTO = 3  # lines of the text: a long headline looks like a paragraph
_HEADER = 12  # lines below the headline that may say when and by whom
_PER_SENTENCE = 0.2  # of a caption's or a summary's score, which end with a full stop
_CLOSED = re.compile(r"[.)][\"'”’]*\Z|[a-z]{3}\. [A-Z]")
_BESIDE_THE_DAY = 1.5  # times the score, where a publication line is near
_FAR = 30  # lines above the text at which a score counts half
_MANY_WORDS = 6  # shared with the text; of more a long caption or summary has many, too
_BELOW = 6  # lines below the text where a page may print its publication time
_PENALTY = 60  # code points of running text that a short line outweighs
_MOST = 300  # code points of a paragraph that count
_BEGINNING = 3000  # code points of the text that are compared with the headline
_WORD = re.compile(r"[^\W_]{4,}")
_LETTERS_WITHOUT_SPACES = re.compile("[぀-ヿ一-鿿]{2}")
_COMMON = lexicon.words("page_words", "common")
_BREADCRUMB = re.compile(rf"(?:{any_of('page_words', 'start page')}) ?[/|>»›:]", re.IGNORECASE)
# “Copyright © 2019 The Norland Post | Terms”, “Norland Daily © 2018”
_COPYRIGHT = re.compile(
    r"\A(?P<before>(?!Copyright)[^©|]{4,50}?) (?:Copyright )?© ?(?:19|20)\d\d\b"
    r"|(?:All contents? )?(?:©|Copyright|\(c\))(?: ?(?:Copyright|©|\(c\)))?,? ?(?:(?:19|20)\d\d)?"
    r"(?: ?[-–] ?(?:19|20)\d\d)?,? ?(?:by )?"
    r"(?P<behind>[^\W\d_][^|.,©•–—]{2,50}?)(?: (?:19|20)\d\d)?(?=[|.,©•–—]|\Z| All rights)",
    re.IGNORECASE,
)
_POLICY = re.compile(rf"\b(?:{any_of('page_words', 'policy')})\b", re.IGNORECASE)
_LEGAL_FORM = re.compile(rf",? (?:{any_of('page_words', 'legal form')})\b.*\Z")
_COMPANY = re.compile(rf"\b(?:{any_of('page_words', 'company')})\b|\d", re.IGNORECASE)
_TITLE_WORDS = range(2, 41)


def is_whole_page(lines: list[str]) -> bool:
    """Whether more stands around the text than an article's own header: a menu, or a foot."""
    begin, end = _stretch(lines)
    if begin > _FEW or (len(lines) - end > _FEW and any(map(_is_of_page, lines[end:]))):
        return True
    if not lines[:begin]:
        return False
    first = 1 if read_stamp(lines[0]) else 0  # a masthead, or wire copy that begins with its day
    text = _beginnings(" ".join(lines[begin:]))
    if len(lines[first].split()) > 2 and _beginnings(lines[first]) & text:
        return False
    place = _headline(lines, range(begin), lines[begin:])
    return place is not None and place > first and bool(_beginnings(lines[place]) & text)


def _is_of_page(line: str) -> bool:
    return bool(_COPYRIGHT.match(line) or _POLICY.search(line))


def read_whole_page(lines: list[str]) -> tuple[Header, list[str]]:
    """Return the header and the paragraphs of the article among the lines of its page."""
    begin, end = _stretch(lines)
    header = Header()
    top = max(begin - _ABOVE, 0)
    place = _headline(lines, range(top, min(begin + _INTO, end)), lines[begin:end])
    if place is None:
        return header, [line for line in lines[begin:end] if _is_told(line)]
    header.headline = lines[place]
    for number, line in enumerate(lines[place + 1 : max(begin, place + _HEADER)], place + 1):
        if number > begin and header.stamp and not header.stamp.is_update:
            break  # a reader's comment below a short text has its day, too
        _take(header, line)
    if header.stamp is None or header.stamp.is_update:
        around = (*reversed(lines[max(place - 5, 0) : place]), *lines[end : end + _BELOW])
        for line in around:
            _take_day(header, line)
    header.source = header.source or _publisher(lines)
    text = without_foot(lines[max(begin, place + 1) : end])
    return header, [line for line in text if _is_told(line) and not read_stamp(line)]


def _take(header: Header, line: str) -> None:
    """Keep what a line between headline and text says of the article, and nothing else."""
    if stamp := read_stamp(line):
        header.take_stamp(stamp)
    else:
        header.take_names(line)


def _take_day(header: Header, line: str) -> None:
    stamp = read_stamp(line)
    if stamp and (header.stamp is None or not stamp.is_update):
        header.stamp = header.stamp if header.stamp and not header.stamp.is_update else stamp


def _publisher(lines: list[str]) -> str | None:
    """Return who holds the copyright of a page, unless it is a company of other works, too."""
    for match in filter(None, map(_COPYRIGHT.match, lines)):
        name = _LEGAL_FORM.sub("", match["behind"] or match["before"]).strip(" ,.|/-–—")
        if known := outlet_named(name):
            return known
        if len(name) > 3 and name[0].isupper() and not _COMPANY.search(name):
            return name
    return None


def _stretch(lines: list[str]) -> tuple[int, int]:
    """Return where the lines with the largest sum of weights begin and end (Kadane's algorithm)."""
    best, begin, end = 0, 0, 0
    total, start = 0, 0
    for number, line in enumerate(lines):
        if total <= 0:
            total, start = 0, number
        total += _weight(line)
        if total > best:
            best, begin, end = total, start, number + 1
    return begin, end


def _weight(line: str) -> int:
    if is_caption(line):
        return 0
    if is_aside(line) or is_furniture(line):
        return -_PENALTY // 2
    if is_prose(line):
        return min(len(line), _MOST)
    if _is_sentence(line):
        return len(line) // 2
    return -_PENALTY


def _is_sentence(line: str) -> bool:
    return bool(SENTENCE_END.search(line)) and (len(line.split()) >= 4 or not line.isascii())


def _is_told(line: str) -> bool:
    """Whether a line among the text's is of it, and no link or button between paragraphs."""
    return (is_prose(line) or _is_sentence(line)) and not is_furniture(line)


def _headline(lines: list[str], places: range, body: list[str]) -> int | None:
    """Return which of the lines at `places`, at and above the beginning of a text, is its headline.

    The share of a line's words that the text has, weighed by how many these are; of a headline
    and the summary below it, the first.
    """
    best, found = 0.0, None
    for place in places:
        line = lines[place]
        if not _may_be_headline(line):
            continue
        rest = (other for other in body[:40] if other != line)
        text = _beginnings(" ".join(rest)[:_BEGINNING])
        words = _beginnings(line)
        shared = len(words & text)
        score = min(shared, _MANY_WORDS) * shared / max(len(words), 1)
        score *= _PER_SENTENCE if _CLOSED.search(line) else 1
        score *= (
            _BESIDE_THE_DAY if any(map(read_stamp, lines[max(place - 3, 0) : place + 6])) else 1
        )
        score /= 1 + (places.stop - place) / _FAR
        # what stands just below a headline of the same words sums the article up
        if score > best * (1.5 if found is not None and place - found <= 4 else 1.0):
            best, found = score, place
    if found is None:
        found = _before_the_day(lines[places.start : places.stop])
        found = None if found is None else places.start + found
    return found


def _before_the_day(above: list[str]) -> int | None:
    """Return the last line that may be a headline above a publication line."""
    days = [number for number, line in enumerate(above) if read_stamp(line)]
    for number in reversed(range(days[-1] if days else len(above))):
        if _may_be_headline(above[number]):
            return number
    return None


def _may_be_headline(line: str) -> bool:
    if len(line) > 2.5 * LONG or is_furniture(line) or is_aside(line) or is_caption(line):
        return False
    if read_dateline(line) or _BREADCRUMB.match(line):
        return False
    if read_stamp(line) or line.casefold().startswith(("by ", "read more")):
        return False
    return len(line.split()) in _TITLE_WORDS or bool(_LETTERS_WITHOUT_SPACES.search(line))


def _beginnings(line: str) -> set[str]:
    """Return the beginnings of the words, for endings differ; of scripts without spaces, pairs."""
    words = {word[:6] for word in _WORD.findall(line.casefold()) if word not in _COMMON}
    pairs = {line[i : i + 2] for i in range(len(line) - 1)}
    return words | {pair for pair in pairs if _LETTERS_WITHOUT_SPACES.fullmatch(pair)}
