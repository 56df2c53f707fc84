"""A page or a wire copy as a person saved it, taken apart into its fields and its body.

What services and their pages print around an article stands as data in `lexicon/wire.toml`;
the publication line and the dateline are read by `stamp.py`.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import pairwise

from ..lexicon import load
from .publication_line import Dateline, Stamp, moment, outlet_named, read_dateline, read_stamp

MAX_BYTES = 2_000_000
_HEADER_LINES = 20
_LONG = 100  # a line longer than this, or a sentence of 60 or more, is prose and ends the header

_NOTE = re.compile(r"\(ATTN: ?(?P<note>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_PARAGRAPH_NUMBERS = re.compile(
    r"\bpara(?:graph)?s?\.? (\d{1,2}(?:(?:, ?(?:and )?|-|–| and | to )\d{1,2}\b)*)", re.IGNORECASE
)
_BYLINE = re.compile(r"By (?P<name>[^\W\d_][^\d!?:]{1,80})", re.IGNORECASE)
_EMAIL = re.compile(r"\(?[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}\)?")
_BRACKETED = re.compile(r"\((?P<label>[^()]{1,40})\) ?")
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|head|body)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\Z")
_SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("ja", re.compile("[ぁ-ヿ]")),
    ("zh", re.compile("[一-鿿]")),
    ("ru", re.compile("[а-яА-ЯёЁ]")),
)


class UnreadableError(ValueError):
    """A file that is no article. The message is one sentence for the person who saved the file."""


@dataclass(frozen=True, slots=True)
class Article:
    """One publication by an outlet.

    `published` is an aware datetime where the page prints a clock whose zone is known, else a
    date. `paragraphs` are (start, end) code-point offsets into `body`, end-exclusive; captions are
    no part of it. `note` is what an ATTN line tells the desks, `note_paragraphs` the paragraphs
    that it names, counted from 1. `language` is an ISO 639-1 code.
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


def read_article(raw: str | bytes, filename: str = "") -> Article:
    """Read a saved page or wire copy; `filename` only names it in what is raised.

    Bytes are UTF-8, or UTF-16 with its byte-order mark. Raises UnreadableError for what is empty,
    binary, larger than MAX_BYTES, in another encoding, HTML, or has no headline, date or text.
    """
    try:
        return _article(_decode(raw) if isinstance(raw, bytes) else raw)
    except UnreadableError as error:
        if filename:
            raise UnreadableError(f"{filename}: {error}") from None
        raise


def _article(text: str) -> Article:
    note, blocks = _part_note(_blocks(_checked(text)))
    header, prose = _part_header(blocks)
    dateline = next(filter(None, map(read_dateline, prose[:5])), None)
    captions, paragraphs, credit = _part_captions(prose)
    agency = dateline.agency if dateline else None
    outlet = (outlet_named(agency) or agency) if agency else header.source or credit
    published = moment(header.stamp, outlet) if header.stamp else dateline and dateline.date
    if not header.headline:
        raise UnreadableError("No headline stands above the text.")
    if not published:
        raise UnreadableError("No line gives a publication date with its year.")
    if not paragraphs:
        raise UnreadableError("There is a headline, but no text below it.")
    lead, labels, headline = _part_headline(header.headline)
    dateline = next(filter(None, (read_dateline(line, published) for line in prose[:5])), None)
    body = "\n\n".join(paragraphs)
    return Article(
        headline=headline,
        labels=labels,
        lead=lead,
        section=header.section,
        published=published,
        note=note,
        note_paragraphs=_numbers_named(note or ""),
        byline=header.byline,
        dateline=dateline,
        outlet=outlet,
        captions=captions,
        body=body,
        paragraphs=tuple(_offsets(paragraphs)),
        language=_language(body),
    )


def _decode(raw: bytes) -> str:
    """Decode what declares its encoding or is UTF-8: a guess would put wrong words in evidence."""
    if len(raw) > MAX_BYTES:
        raise _too_big(len(raw))
    utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not utf16 and any(byte < 9 for byte in raw):
        raise UnreadableError("This is a binary file, not a text.")
    try:
        return raw.decode("utf-16" if utf16 else "utf-8")
    except UnicodeDecodeError as error:
        if sum(byte > 127 for byte in raw) > len(raw) * 0.6:
            raise UnreadableError("This is a binary file, or its encoding is not UTF-8.") from None
        raise UnreadableError(
            f"Its encoding is not UTF-8 (byte {error.start + 1} does not fit); save it as UTF-8."
        ) from None


def _checked(text: str) -> str:
    if len(text) > MAX_BYTES:
        raise _too_big(len(text))
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise UnreadableError("The file is empty.")
    if "\0" in text:
        raise UnreadableError("This is a binary file, not a text.")
    if _MARKUP.match(text):
        raise UnreadableError("This is HTML; save the page as plain text.")
    return text


def _too_big(size: int) -> UnreadableError:
    allowed = MAX_BYTES // 10**6
    return UnreadableError(
        f"It is too big for an article: {size / 1e6:.1f} MB, {allowed} MB is allowed."
    )


def _blocks(text: str) -> list[list[str]]:
    """Return the lines between blank lines, white space evened out and furniture dropped."""
    blocks: list[list[str]] = [[]]
    for raw in text.replace("\ufeff", "").splitlines():
        line = " ".join(raw.split())
        if not line and blocks[-1]:
            blocks.append([])
        elif line and not _is_furniture(line):
            blocks[-1].append(line)
    return blocks if blocks[-1] else blocks[:-1]


def _is_furniture(line: str) -> bool:
    if len(line) > _LONG:
        return False
    return bool(_furniture().fullmatch(line) or _EMAIL.fullmatch(line))


def _part_note(blocks: list[list[str]]) -> tuple[str | None, list[list[str]]]:
    """Take the note to the desks, which may run over lines, out of the header."""
    for i, block in enumerate(blocks[:_HEADER_LINES]):
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


@dataclass(slots=True)
class _Header:
    headline: str | None = None
    section: str | None = None
    byline: str | None = None
    source: str | None = None
    stamp: Stamp | None = None

    def take(self, line: str) -> bool:
        """Keep what a line above the text says of the article; False if it is of the text."""
        stamp = read_stamp(line)
        if stamp and (self.headline or stamp.clock or not stamp.rest):
            self.stamp = self.stamp or stamp
            if stamp.rest and not self._take_source(stamp.rest):
                self.section = self.section or stamp.rest
        elif not self._take_source(line):
            if self.headline:
                return False
            self.headline = line
        return True

    def take_below(self, line: str) -> bool:
        """Keep the publication time of a page that prints it, and nothing else, below the text."""
        stamp = None if self.stamp else read_stamp(line)
        if stamp and not stamp.rest:
            self.stamp = stamp
        return bool(stamp and not stamp.rest)

    def _take_source(self, words: str) -> bool:
        """Keep the writer or the outlet that `words` are; False if they are neither."""
        byline = _BYLINE.fullmatch(words)
        if byline and not _SENTENCE_END.search(words.removesuffix("Jr.").removesuffix("Sr.")):
            name, _, after = byline["name"].strip().rpartition(",")
            self.byline = name if name and outlet_named(after) else byline["name"].strip()
        elif name := outlet_named(words.strip("()")):
            self.source = self.source or name
        else:
            return False
        return True


def _part_header(blocks: list[list[str]]) -> tuple[_Header, list[str]]:
    """Return what stands above the article, and its paragraphs."""
    header, prose, above = _Header(), [], True
    for number, line in enumerate(_paragraphs(blocks)):
        above = above and number < _HEADER_LINES and not _is_prose(line, header.headline is None)
        if not (header.take(line) if above else header.take_below(line)):
            prose.append(line)
    return header, prose


def _is_prose(line: str, may_be_headline: bool) -> bool:
    if read_dateline(line):
        return True
    if may_be_headline:
        return len(line) > 2.5 * _LONG
    return len(line) > _LONG or (len(line) >= 60 and bool(_SENTENCE_END.search(line)))


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
    return width <= 90 and all(
        len(line) + 1 + len(after.partition(" ")[0]) > width and not read_stamp(after)
        for line, after in pairwise(block)
    )


def _part_headline(printed: str) -> tuple[str | None, tuple[str, ...], str]:
    """Part `(2nd LD) (News Focus) Words` into the lead, the labels and the words."""
    lead, labels, words = None, [], printed
    while match := _BRACKETED.match(words) or _prefix().match(words):
        if match.end() == len(words):
            break
        label = match["label"].strip()
        if _leads().fullmatch(label):
            lead = lead or label
        else:
            labels.append(label)
        words = words[match.end() :].lstrip()
    return lead, tuple(labels), words


def _part_captions(prose: list[str]) -> tuple[tuple[str, ...], list[str], str | None]:
    """Return captions, each once, the paragraphs of the body, and an outlet's closing credit."""
    captions: dict[str, None] = {}
    paragraphs: list[str] = []
    for line in prose:
        credited = _credit().search(line) and not read_dateline(line)
        if _caption_opening().match(line) or credited:
            captions[line] = None
        else:
            paragraphs.append(line)
    credit = None
    if prose and prose[-1] in captions and not _picture_words().search(prose[-1]):
        # a closing "(Yonhap)" signs the article when nothing in the words speaks of a picture
        credit = outlet_named(prose[-1].rpartition("(")[2].rstrip(") "))
        if credit:
            del captions[prose[-1]]
            paragraphs.append(prose[-1])
    return tuple(captions), paragraphs, credit


def _offsets(paragraphs: list[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for paragraph in paragraphs:
        yield start, start + len(paragraph)
        start += len(paragraph) + len("\n\n")


def _language(body: str) -> str:
    sample = body[:4000]
    for code, letters in _SCRIPTS:
        if len(letters.findall(sample)) > len(sample) * 0.2:
            return code
    words = re.findall(r"[^\W\d_]+", sample.lower())
    tables = load("wire")["language"]
    best = max(tables, key=lambda table: sum(word in table["words"] for word in words))
    return str(best["code"])


@cache
def _furniture() -> re.Pattern[str]:
    phrases = sorted(
        (entry["phrase"] for entry in load("wire")["furniture"]), key=len, reverse=True
    )
    any_phrase = "|".join(map(re.escape, phrases))
    return re.compile(rf"(?:(?:{any_phrase})[ .|]*)+", re.IGNORECASE)


@cache
def _leads() -> re.Pattern[str]:
    return re.compile("|".join(entry["pattern"] for entry in load("wire")["lead"]))


@cache
def _prefix() -> re.Pattern[str]:
    """A lead or a rubric before a colon or a dash: `UPDATE 2-Words`, `News Analysis: Words`."""
    labels = "|".join(re.escape(entry["words"]) for entry in load("wire")["label"])
    return re.compile(rf"(?P<label>{_leads().pattern}|(?i:{labels}))(?:: ?|-(?=[A-Z]))")


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(entry['pattern'] for entry in load('wire')['credit'])})\Z")


@cache
def _caption_opening() -> re.Pattern[str]:
    return re.compile("|".join(entry["pattern"] for entry in load("wire")["caption"]))


@cache
def _picture_words() -> re.Pattern[str]:
    words = "|".join(re.escape(entry["words"]) for entry in load("wire")["picture"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
