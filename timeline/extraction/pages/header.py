"""The lines above an article: its headline, section, writers, outlet and publication line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..lexicon import alternatives, any_of, load
from ..lexicon.day_names import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from .body_lines import LONG, SENTENCE_END
from .publication_line import Stamp, outlet_named, read_dateline, read_stamp

HEADER_LINES = 20
_BYLINE = re.compile(
    rf"(?:(?i:{any_of('page_words', 'byline in English')}):? "
    rf"|(?:{any_of('page_words', 'byline')}):? (?=[A-Z][^ ]* [A-Z]))"
    r"(?P<name>[^\W\d_][^\d!?:]{1,80})"
)
_ADDRESS = re.compile(r"[(<\[]?(?:[\w.+-]{1,60}@[\w.-]{1,80}|(?<!\w)@\w{2,30})[)>\]]?")
_PART = re.compile(r" ?[|•·/] ?| [–—] ")
_CALENDAR = re.compile(
    rf"\b(?:{alternatives(MONTHS | SHORT_MONTHS | WEEKDAYS | SHORT_WEEKDAYS)}"
    r"|[ap]\.?m|gmt|utc|of)\b|(?<=\d)(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile("[\u115f\u1160\u3164\uffa0\xaa\xba]")
_BRACKETED = re.compile(r"\((?P<label>[^()]{1,40})\) ?")
# A desk or a post that stands for no writer
_NOBODY = re.compile(rf"\b(?:{any_of('page_words', 'nobody')})\Z", re.IGNORECASE)
_RANK, _BEAT, _POST = (any_of("page_words", one) for one in ("rank", "beat", "post"))
_EDITOR = any_of("page_words", "post", "post with a rank")
# A writer's post, said behind the name
_POST_BEHIND = re.compile(
    rf"(?:,? (?:{_RANK})(?: (?:{_BEAT}))? (?:{_EDITOR})|,? (?:Staff )?(?:{_POST}))\b.*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Header:
    """What stands above an article. `agency` is who is named as its writer, being no person."""

    headline: str | None = None
    section: str | None = None
    byline: str | None = None
    source: str | None = None
    agency: str | None = None
    stamp: Stamp | None = None

    def take(self, line: str) -> bool:
        """Keep what a line above the text says of the article; False if it is of the text."""
        stamp = read_stamp(line)
        if stamp and (self.headline or stamp.clock or not stamp.rest):
            self.take_stamp(stamp)
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

    def take_stamp(self, stamp: Stamp) -> None:
        """Keep the first time of publication; that of a later version while there is no other."""
        is_earlier = self.stamp and not self.stamp.is_first and stamp.is_first
        if self.stamp is None or is_earlier or (self.stamp.is_update and not stamp.is_update):
            self.stamp = stamp
        is_section = not any(map(str.isdigit, stamp.rest))
        if stamp.rest and not self._take_source(stamp.rest) and is_section:
            self.section = self.section or stamp.rest

    def take_names(self, line: str) -> bool:
        """Keep the writer or the outlet that a line names; False if it names neither."""
        return self._take_source(line)

    def _take_source(self, words: str) -> bool:
        """Keep the writer or the outlet that `words` are; False if they are neither."""
        words = " ".join(_ADDRESS.sub(" ", words).split()).strip(" |,;·•/–—")
        byline = _BYLINE.fullmatch(words)
        if byline and not SENTENCE_END.search(words.removesuffix("Jr.").removesuffix("Sr.")):
            self._take_byline(byline["name"].strip())
        elif name := outlet_of(words, self.headline is not None):
            self.source = self.source or name
        else:
            return False
        return True

    def _take_byline(self, words: str) -> None:
        """Part “JO DOE, Associated Press” or “Jo Doe | The Norland Post” into writer and outlet."""
        names = _PART.split(words)
        head, _, after = names[0].rpartition(",")
        if head and outlet_of(after, is_below=True):
            names = [head, after]
        for name in names[1:]:
            if outlet := outlet_of(name, is_below=True):
                self.source = self.source or outlet
        if agency := outlet_named(names[0]):
            self.agency = self.agency or agency
        else:
            name = _POST_BEHIND.sub("", names[0]).strip(" ,")
            self.byline = self.byline or (None if _NOBODY.search(name) else name)


def is_byline(line: str) -> bool:
    """Whether a line names the writers and says nothing else."""
    return bool(_BYLINE.fullmatch(line)) and not SENTENCE_END.search(line)


def outlet_of(words: str, is_below: bool) -> str | None:
    """Return the name of the outlet that `words` are: one that is known, or, below a headline, a
    name that ends as outlets' names do.

    >>> outlet_of("The Norland Post", is_below=True)
    'The Norland Post'
    """
    words = words.strip("() ")
    if "/" in words:  # a photographer's agency
        return None
    if name := outlet_named(words):
        return name
    parts = words.split()
    is_name = 2 <= len(parts) <= 5 and all(part[0].isupper() or part == "of" for part in parts)
    if is_below and is_name and parts[-1] in _outlet_words():
        return words
    return None


def part_header(lines: Iterable[str]) -> tuple[Header, list[str]]:
    """Return what stands above the article, and its paragraphs."""
    header, prose, above = Header(), [], True
    for number, line in enumerate(lines):
        above = above and number < HEADER_LINES and not is_prose(line, header.headline is None)
        if not (header.take(line) if above else header.take_below(line)):
            prose.append(line)
    return header, prose


def is_prose(line: str, may_be_headline: bool = False) -> bool:
    """Whether a line is of running text, which ends the header."""
    if read_dateline(line):
        return True
    if may_be_headline:
        return len(line) > 2.5 * LONG
    # “By Jo Doe, published July 5, 2015 at 3:42 p.m.” ends with a full stop, too
    is_sentence = len(line) >= 60 and bool(SENTENCE_END.search(line)) and not read_stamp(line)
    return len(line) > LONG or is_sentence


def is_headline(words: str) -> bool:
    """Whether a line can be a headline: it has letters, beside those of a date."""
    stamp = read_stamp(words)
    left = _CALENDAR.sub("", (stamp.rest or "") if stamp else words)
    return any(map(str.isalpha, legible(left)))


def legible(words: str) -> str:
    """Return `words` without what Unicode has for letters and nobody can read: the fillers of
    Hangul, which are blank, and the signs of ordinals."""
    return _NO_LETTERS.sub("", words)


def part_headline(printed: str) -> tuple[str | None, tuple[str, ...], str]:
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


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(word for entry in load("wire")["outlet_word"] for word in entry["words"])


@cache
def _leads() -> re.Pattern[str]:
    return re.compile("|".join(entry["pattern"] for entry in load("wire")["lead"]))


@cache
def _prefix() -> re.Pattern[str]:
    """A lead or a rubric before a colon or a dash: `UPDATE 2-Words`, `News Analysis: Words`."""
    labels = "|".join(re.escape(entry["words"]) for entry in load("wire")["label"])
    return re.compile(rf"(?P<label>{_leads().pattern}|(?i:{labels}))(?:: ?|-(?=[A-Z]))")
