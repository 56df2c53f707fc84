"""The dateline of a story: `SEOUL, March 28 (Yonhap) --` before the words of its first sentence."""

import re
from typing import NamedTuple

from ..lexicon import alternatives, rows
from ..lexicon.day_names import MONTHS, SHORT_MONTHS

MONTH = rf"(?P<month>(?:{alternatives(MONTHS | SHORT_MONTHS)})\b\.?)"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
_FILED = rf"{MONTH} {DAY}(?:, {YEAR})?\.?", rf"{DAY} {MONTH}(?:,? {YEAR})?\.?"
_AGENCY = r" ?(?:--)?\((?P<agency>[A-ZÀ-Þ][\w .&/-]{1,40}|dpa)\) ?(?:--?|[—–―_:])"
_PLACE = r"(?P<place>[A-ZÀ-Þ][^()\d\n]{1,50}?)"
# Agencies before which a place need not stand in capitals: "Boston (AP) – The yard closed". Other
# brackets tell no dateline: "Ann Lee (Labour) – a teacher – said".
_KNOWN = alternatives(
    name for full, short, _ in rows("agencies") for name in (full, *filter(None, short.split("|")))
)
_RULE = r"(?:--|[—–―]|[-_](?=\s))"
_WORD = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
# The most telling first. Without a known agency only a place in capitals is one: any sentence may
# begin with a name and a dash.
_FORMS = tuple(
    re.compile(form)
    for form in (
        *(rf"{_PLACE}, {filed}{_AGENCY}" for filed in _FILED),
        rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’]+[^()\d\n]{{0,50}}?){_AGENCY}",
        rf"{_PLACE} ?(?:--)?\((?P<agency>{_KNOWN})\) ?(?:--?|[—–―_:])(?=\s*[\"“‘A-ZÀ-Þ])",
        *(rf"{filed}{_AGENCY}" for filed in _FILED),
        *(rf"{_PLACE}, {filed} ?/(?P<agency>[A-Z][\w-]{{1,20}})/\.?" for filed in _FILED),
        *(rf"(?P<place>{_WORD}[^()\d\n]{{0,40}}?), {filed},? ?{_RULE}" for filed in _FILED),
        rf"(?P<place>{_WORD}(?:[ /]{_WORD}){{0,3}}(?:,? [A-ZÀ-Þ][\w.]*){{0,3}}),? ?{_RULE}\s",
    )
)
_SPACE = re.compile(r"\s*")


class Filed(NamedTuple):
    """A dateline as it is printed; `end` is where the story begins after it, in code points."""

    end: int
    place: str | None
    agency: str | None
    month: str | None
    day: str | None
    year: str | None

    @property
    def form(self) -> str:
        """Of which parts it is made: "place, agency"."""
        return ", ".join(part for part in ("place", "day", "agency") if getattr(self, part))


def find_dateline(text: str, start: int, end: int) -> Filed | None:
    """Return the dateline with which text[start:end], a paragraph or sentence, begins.

    >>> find_dateline("OSLO, Dec. 31 (NTB) -- Talks opened.", 0, 36)
    Filed(end=23, place='OSLO', agency='NTB', month='Dec.', day='31', year=None)
    """
    for form in _FORMS:
        if match := form.match(text, start, end):
            parts = match.groupdict()
            begins = _SPACE.match(text, match.end(), end)
            place = parts.get("place")
            return Filed(
                begins.end() if begins else match.end(),
                place and place.strip(" ,"),
                *(parts.get(part) for part in ("agency", "month", "day", "year")),
            )
    return None


def dateline_of(text: str, start: int, end: int) -> Filed | None:
    """Return the dateline of a sentence, if it begins with a capital and has one."""
    return find_dateline(text, start, end) if text[start : start + 1].isupper() else None


def after_dateline(text: str, start: int, end: int) -> int:
    """Return where the words of a sentence begin once its dateline, if it has one, is over.

    >>> after_dateline("OSLO, Dec. 31 (NTB) -- Talks opened.", 0, 36)
    23
    """
    filed = dateline_of(text, start, end)
    return filed.end if filed else start
