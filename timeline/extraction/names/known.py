"""Names that the caller knows beside the lexicon, in any script: those of its records."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..text.tokens import Tokens
from .aliases import Name
from .gazetteer import KNOWN

# A name as it stands in a text → who bears it, and of which kind that is
type KnownNames = Mapping[str, tuple[str, str]]
type Found = tuple[Name, bool]  # with whether it is a name for sure

_POSSESSIVE = ("'s", "’s")
_RULE = "known: a name of a record"


def add_known(text: str, tokens: Tokens, found: list[Found], known: KnownNames) -> list[Found]:
    """Return the names found in a text with the known ones of several words, or without case.

    A single word in a script with capitals may be another's name, or none: see `name_known`. What
    the lexicon knows, and a longer name around a known one, is left alone.
    """
    for start, end in _places(text, tokens, known):
        around = [pair for pair in found if pair[0].start < end and start < pair[0].end]
        if any(name.start <= start and end <= name.end for name, _ in around) and not any(
            (name.start, name.end) == (start, end) for name, _ in around
        ):
            continue
        words = text[start:end]
        title = next((name.title for name, _ in around if name.title), None)
        name = Name(start, end, words, *known[words], title, _RULE)
        found = [*(pair for pair in found if pair not in around), (name, True)]
    return sorted(found, key=lambda pair: pair[0].start)


def name_known(names: Sequence[Name], known: KnownNames) -> list[Name]:
    """Give names of one word that the article itself does not explain their known bearers."""
    return [
        name._replace(canonical=known[name.text][0], kind=known[name.text][1], rule=_RULE)
        if name.text in known and name.canonical == name.text and name.text not in KNOWN
        else name
        for name in names
    ]


def _places(text: str, tokens: Tokens, known: KnownNames) -> Iterator[tuple[int, int]]:
    """Yield where known names stand as whole words, none overlapping, the longest first."""
    starts, ends = set(tokens.starts), set(tokens.ends)
    taken: list[tuple[int, int]] = []
    for words in sorted((one for one in known if one in text and _tells(one)), key=len)[::-1]:
        for match in re.finditer(re.escape(words), text):
            start, end = match.span()
            is_possessive = text[end : end + 2] in _POSSESSIVE and end + 2 in ends
            is_whole = start in starts and (end in ends or is_possessive)
            if is_whole and not any(begin < end and start < stop for begin, stop in taken):
                taken.append((start, end))
                yield start, end


def _tells(name: str) -> bool:
    """Whether a name is one wherever it stands."""
    has_case = name.lower() != name.upper()
    is_long = " " in name and name[:1].isupper()
    return name not in KNOWN and (is_long if has_case else len(name) > 1 and name.isalpha())
