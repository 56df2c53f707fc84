"""Dates as people type them: “26 March”, “late 2011”, or EDTF; the interpretation is EDTF."""

import datetime as dt
import re

from timeline import dates
from timeline.extraction.times import find_times

# What is said before a date and says nothing of which day it is.
_LEADING = re.compile(r"(?:on|in|by|the|during)\s+", re.IGNORECASE)
# What belongs to a date of two ends, and stands before its first.
_BETWEEN = re.compile(r"(?:between|from)\s+", re.IGNORECASE)
_EITHER = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}")
_ABOUT = re.compile(r"(?:about|around|approximately|circa|c\.|ca\.)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b[12][0-9]{3}\b")
# A date alone is read as one only with a word that takes a date before it: “in May”.
_CONTEXTS = ("", "in ", "on ")
EXAMPLES = "26 March 2018, May 2018, late 2011 or 2018-03-27"


def read_typed(text: str, day: dt.date | None = None) -> str:
    """Return the date that somebody typed, as EDTF; "" for none.

    Words that name no year are read as in an article of `day`; without one they are refused. Raises
    ValueError, in a sentence for an editor, for what is no date.
    """
    typed = " ".join(text.split())
    if not typed:
        return ""
    if _EITHER.fullmatch(typed):
        raise ValueError(
            f"“{typed}” is read by some as day and month, by others the other way "
            "round. Write 12 June 2018 or 2018-06-12."
        )
    try:
        dates.validate(typed)
    except ValueError:
        if re.fullmatch(r"[0-9~?%/.X-]+", typed):
            raise  # meant as EDTF
    else:
        return typed
    is_about = bool(_ABOUT.match(typed))
    words = _ABOUT.sub("", _LEADING.sub("", typed, count=1), count=1)
    if day is None and not _YEAR.search(words):
        raise ValueError(f"“{typed[:60]}” names no year. Write {EXAMPLES}.")
    edtf = _read(words, day or dt.date.today())
    if edtf is None:
        raise ValueError(f"“{typed[:60]}” is no date that can be read. Write {EXAMPLES}.")
    return f"{edtf}~" if is_about and re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", edtf) else edtf


def _read(words: str, day: dt.date) -> str | None:
    """Read words that are a date as a whole; None where they are not."""
    for context in _CONTEXTS:
        found = find_times(f"{context}{words}", day)
        first = len(context) + (between.end() if (between := _BETWEEN.match(words)) else 0)
        if not found or found[0].start != first or found[-1].end < len(context + words):
            continue
        whole = found[0].edtf
        if whole and all(one.edtf and dates.is_within(one.edtf, whole) for one in found):
            dates.validate(whole)
            return whole
    return None
