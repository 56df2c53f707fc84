"""People, organisations, places and countries named in a text, each with its fullest form.

Names are runs of capitalised words, read with the lexicon: titles, given names, organisation
words, a gazetteer of countries, places and news media.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .. import lexicon
from ..text.datelines import after_dateline
from ..text.sentences import SentenceSpan, split
from ..text.tokens import Tokens, tokenise
from .aliases import Name, resolve_aliases
from .gazetteer import (
    DEMONYM_BEGINNINGS,
    DEMONYMS,
    FAMILY_FIRST,
    GENDER,
    KNOWN,
    NOT_NAMES,
    ORGANISATION_WORDS,
    THINGS,
    TITLE_BEGINNINGS,
    TITLES,
    is_family_first,
)
from .known import KnownNames, add_known, name_known

_ABBREVIATED = lexicon.words("name_contexts", "abbreviated")
_CONNECTORS = lexicon.words("name_contexts", "connector")
_OF = lexicon.words("name_parts", "joins")
_POSSESSIVE_INSIDE = frozenset(
    name.split()[0] for name in KNOWN if " " in name and name.split()[0].endswith("'s")
)
_BEFORE_PLACE = lexicon.words("name_contexts", "before a place")
_PLACES = lexicon.words("name_contexts", "sort of place")
_BEFORE_BODY = lexicon.words("name_contexts", "before a body")
_AFTER_PERSON = lexicon.words("name_contexts", "after a person")
_KIN = lexicon.words("name_contexts", "kin")
# What bears its nationality in its name; ministries and armies do not.
_NATIONAL = lexicon.words("name_contexts", "national body")
_BEFORE_LANDMARK = lexicon.words("name_contexts", "before a landmark")
_STORMS = lexicon.words("name_contexts", "storm")
_SHORT = lexicon.words("name_parts", "begins a body's name")  # what a name of two words begins with
_MIXED = re.compile(r"[a-z]{1,2}[A-Z]")  # "the iTunes Store"
_PARTY = re.compile(r"[A-Z]{1,3}-[A-Z]")  # "Jane Doe (D-Ohio)"
# What firms and people do, not "Rain", "Inflation" or "Nothing": "Norlak sold its ferries."
_ACTING = lexicon.words("name_contexts", "after a name", "after a person")
# What somebody did with what comes next is no part of a name: "the Norlak-owned mine".
_DONE = re.compile(rf"(?<=\w)-(?:[a-z]*ed|{lexicon.any_of('name_parts', 'done with')})\Z")
_OPENING, _CLOSING = frozenset('“"'), frozenset('”"')
_LONGEST_TITLE = 4
_LONGEST_NAME = 14  # words, of two names with their titles joined by "and"
_LONGEST_JOINT = 2  # words in small letters inside a name: "of the"


def find_names(
    text: str,
    sentences: Sequence[SentenceSpan] | None = None,
    tokens: Tokens | None = None,
    known: KnownNames | None = None,
) -> list[Name]:
    """Return the names in `text` in order, none overlapping; any string is read without an error.

    `start` and `end` leave out the title, which stands in `title` ("Chinese President").
    `sentences` and `tokens` are those of the text, where they are known already; `known` are names
    beside those of the lexicon.
    """
    tokens = tokenise(text) if tokens is None else tokens
    sentences = split(text) if sentences is None else sentences
    firsts, placed = _first_words(text, tokens, sentences)
    found: list[tuple[Name, bool]] = []
    for begin, end in _runs(tokens):
        for name, sure in _read(text, tokens, begin, end, firsts) if begin not in placed else ():
            if name.title and found and name.title.startswith(f"{found[-1][0].text} "):
                found.pop()  # the place of a title: "Ohio governor Tom Alder"
            found.append((name, sure))
    if not known:
        return resolve_aliases(text, found)
    return name_known(resolve_aliases(text, add_known(text, tokens, found, known)), known)


def _first_words(
    text: str, tokens: Tokens, sentences: Sequence[SentenceSpan]
) -> tuple[set[int], set[int]]:
    """Return the indices of words that begin a sentence, and of those in a dateline."""
    firsts: set[int] = set()
    placed: set[int] = set()
    for sentence in sentences:
        begin = first = bisect_left(tokens.starts, sentence.start)
        after = after_dateline(text, sentence.start, sentence.end)
        if after > sentence.start:
            first = bisect_left(tokens.starts, after, begin)
            placed.update(range(begin, first))
        firsts.add(first)
    return firsts, placed


def _runs(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield runs of words (first index, one past the last) that may be one name with its title."""
    words, gaps = tokens.words, tokens.space_before
    begin = end = -1
    for index in [i for i, w in enumerate(words) if w[0].isupper()]:
        if _is_common(words[index]) and not _is_name_all_the_same(tokens, index, end):
            continue
        near = begin >= 0 and index - end <= _LONGEST_JOINT and index - begin < _LONGEST_NAME
        if near and _joined(words, gaps, end, index):
            end = index + 1
            continue
        if begin >= 0:
            yield begin, end
        is_behind = index > end and gaps[index] == " " and _MIXED.match(words[index - 1])
        begin, end = index - bool(is_behind), index + 1
    if begin >= 0:
        yield begin, end


@lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    """Whether a capitalised word is no name, whatever a contraction adds ("I'd", "There’s")."""
    return word.lower().replace("’", "'").partition("'")[0] in NOT_NAMES


def _is_name_all_the_same(tokens: Tokens, index: int, end: int) -> bool:
    """Whether a common word is a name here: Theresa May, April Reed, US, People's Daily."""
    words = tokens.words
    word, before = words[index], words[index - 1]
    is_beside = index == end and tokens.space_before[index] == " "
    if is_beside and (before in GENDER or before.lower() in TITLES or f"{before} {word}" in KNOWN):
        return True
    if word.replace("’", "'") in _POSSESSIVE_INSIDE or (word.isupper() and word in KNOWN):
        return True
    after = (
        words[index + 1] if index + 1 < len(words) and tokens.space_before[index + 1] == " " else ""
    )
    return word in GENDER and after[:1].isupper() and not (after in KNOWN or _is_common(after))


def _joined(words: list[str], gaps: list[str], end: int, index: int) -> bool:
    """Whether the run that stops before `end` goes on with the word at `index`."""
    before = words[end - 1]
    if before.endswith(("'s", "’s")) and before.replace("’", "'") not in _POSSESSIVE_INSIDE:
        return False
    if index == end:
        gap = gaps[index]
        return gap in (" ", " & ") or (gap == ". " and (before in _ABBREVIATED or len(before) == 1))
    if any(gaps[i] != " " for i in range(end, index + 1)):
        return False
    between = words[end:index]
    return between[0] in _CONNECTORS and (len(between) == 1 or between[1] in {"the", "la", "der"})


def _read(
    text: str, tokens: Tokens, begin: int, end: int, firsts: set[int]
) -> Iterator[tuple[Name, bool]]:
    """Yield the names in one run: its title taken off, its parts taken apart at "of" and "and".

    With each comes whether it is one for sure, not a word that only begins a sentence.
    """
    words = tokens.words
    after_title = _after_title(words, begin, end)
    for part_begin, part_end in _parts(words, after_title, end):
        first = part_begin == after_title
        name_begin = part_begin if first else _after_title(words, part_begin, part_end)
        title_begin = begin if first else part_begin
        if title_begin == name_begin:
            title_begin = _lower_title(tokens, name_begin) if first else name_begin
        title = None
        if title_begin < name_begin:
            title = text[tokens.starts[title_begin] : tokens.ends[name_begin - 1]]
        name = _name(text, tokens, name_begin, part_end, title) if name_begin < part_end else None
        if name:
            sure = title or part_begin not in firsts or _stands_first(name, words, part_begin)
            yield name, bool(sure)


def _stands_first(name: Name, words: list[str], begin: int) -> bool:
    """Whether a name that begins a sentence is more than a capitalised common word."""
    return (
        " " in name.text
        or name.text in KNOWN
        or not name.text[1:].islower()  # "NATO", "SpaceX"
        or name.text.partition("-")[2][:1].isupper()  # not "Full-year"
        or words[begin].endswith(("'s", "’s"))
        or (words[begin + 1 : begin + 2] and words[begin + 1] in _ACTING and _is_one(words[begin]))
        or words[begin] in GENDER
        or words[begin] in FAMILY_FIRST
    )


def _is_one(word: str) -> bool:
    """Whether a word is no plural, which may begin a sentence with no article: "Officials"."""
    return not word.endswith("s") or word.endswith("ss")


def _after_title(words: list[str], begin: int, end: int) -> int:
    """Return the index after demonyms and titles ("North Korean", "Former Attorney General")."""
    if _DONE.sub("", " ".join(words[begin:end])) in KNOWN:
        return begin
    index = begin
    titled = False
    while index < end:
        word = words[index]
        more = index + 1 < end
        if more and word in DEMONYM_BEGINNINGS and f"{word} {words[index + 1]}" in DEMONYMS:
            index += 2
        elif word in DEMONYMS and (more or word not in KNOWN):
            if not _NATIONAL.isdisjoint(words[index + 1 : end]):
                break  # "the Scottish National Party"
            index += 1
        elif length := _title_length(words, index, end):
            index += length
            titled = True
        else:
            break
    if titled:
        return index
    for later in range(index + (index == begin), end - 1):
        length = _title_length(words, later, end)
        if length and later + length < end and words[later] not in GENDER:
            return later + length
    return index


def _title_length(words: list[str], begin: int, end: int) -> int:
    if words[begin].lower() not in TITLE_BEGINNINGS:
        return 0
    for length in range(min(_LONGEST_TITLE, end - begin), 0, -1):
        if " ".join(words[begin : begin + length]).lower() in TITLES:
            return length
    return 0


def _lower_title(tokens: Tokens, begin: int) -> int:
    """Return where a title in small letters begins before a name ("North Korean leader Kim")."""
    words, gaps = tokens.words, tokens.space_before
    index = begin
    while index and gaps[index] == " " and words[index - 1] in TITLES:
        index -= 1
    if index == begin or not index or gaps[index] != " ":
        return index
    if index > 1 and f"{words[index - 2]} {words[index - 1]}" in DEMONYMS:
        return index - 2
    before = words[index - 1]
    of_place = before in DEMONYMS or before.isupper() or before in KNOWN
    return index - 1 if of_place else index


def _parts(words: list[str], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Take a run apart at "of", "for", "and" unless an organisation word stands before."""
    while begin < end and words[begin] in _CONNECTORS:
        begin += 2 if begin + 1 < end and words[begin + 1] == "the" else 1
    start = begin
    organisation = False
    for index in range(begin, end):
        if words[index] in ORGANISATION_WORDS and words[index] not in _SHORT:
            organisation = True
        elif index > start and words[index] == "of" and THINGS.get(words[index - 1]) == "thing":
            return  # "the Treaty of Versailles"
        elif words[index] in _OF and not organisation and (" ".join(words[start:end]) not in KNOWN):
            yield start, index
            start = index + (2 if words[index + 1 : index + 2] == ["the"] else 1)
    if start < end:
        yield start, end


def _name(text: str, tokens: Tokens, begin: int, end: int, title: str | None) -> Name | None:
    """Make the name of the words from `begin` to `end`, or None where they are none."""
    words = tokens.words
    start, stop = tokens.starts[begin], tokens.ends[end - 1]
    if words[end - 1].endswith(("'s", "’s")):
        stop -= 2
    if done := _DONE.search(words[end - 1]):
        stop -= len(done[0])
    name = text[start:stop]
    alone = end - begin == 1
    plain = name if alone else " ".join(name.split())
    if _is_no_name(plain):
        return None
    known = plain if plain in KNOWN or not plain.isupper() else plain.title()  # of a dateline
    if known in KNOWN and title is None:
        canonical, kind = KNOWN[known]
        return Name(start, stop, name, canonical, kind, rule="gazetteer: a known name")
    if not alone and (words[begin] in _STORMS or _is_quoted(text, start, stop)):
        return None
    sort = None if alone or title else _sort(name, words[begin])
    if sort == "thing":
        return None
    if sort:
        return Name(start, stop, name, plain, sort, rule="recognition: a word for a place")
    if " & " in plain or done:
        kind, rule = "organisation", "recognition: “&”, or a hyphen behind it"
    else:
        kind, rule = _kind(words, begin, end, title)
    return Name(start, stop, name, plain, kind, title, f"recognition: {rule}")


def _is_no_name(word: str) -> bool:
    return len(word) < 2 or (word in DEMONYMS and word not in KNOWN) or bool(_PARTY.match(word))


def _sort(name: str, first: str) -> str | None:
    """Return "place" or "thing" for a name of several words where one of them tells it."""
    if first in _BEFORE_LANDMARK:
        return "place"
    return THINGS.get(name.split()[-1]) if " " in name else None


def _is_quoted(text: str, start: int, stop: int) -> bool:
    """Whether marks stand right around a name: the title of a book, not who is quoted."""
    closing = text[stop : stop + 2].lstrip(",.")
    return text[start - 1 : start] in _OPENING and closing[:1] in _CLOSING


def _kind(words: list[str], begin: int, end: int, title: str | None) -> tuple[str, str]:
    """Tell a person, an organisation or a place, and by what: words of the name or around it."""
    if not ORGANISATION_WORDS.isdisjoint(words[begin:end]):
        return "organisation", "a word for a body"
    first, length = words[begin], end - begin
    if _MIXED.match(first):
        return "organisation", "small and capital letters"
    if title:
        return "person", "its title"
    if first in GENDER and length <= 5:
        return "person", "a given name"
    if is_family_first(words[begin:end]):
        return "person", "a family name that stands first"
    if first.isupper() and length == 1:
        return "organisation", "capitals"
    return _kind_beside(words, begin, end) or ("organisation", "a capital alone")


def _kind_beside(words: list[str], begin: int, end: int) -> tuple[str, str] | None:
    """Tell of what kind a name is by the words beside it, or by how many it has."""
    length, before = end - begin, words[begin - 1].lower() if begin else ""
    if before in _BEFORE_PLACE or (
        before == "of" and begin > 1 and words[begin - 2].lower() in _PLACES
    ):
        return "place", f"“{before}” before it"
    if before in _BEFORE_BODY:
        return "organisation", f"“{before}” before it"
    if before in _KIN:
        return "person", f"“{before}” before it"
    if before in ("the", "a", "an"):
        return "organisation", "an article before it"  # "the Fenland Gazette"
    if 2 <= length <= 3 and not any(word.isupper() and len(word) > 2 for word in words[begin:end]):
        return "person", "two or three capitals"
    if end < len(words) and words[end] in _AFTER_PERSON:
        return "person", f"“{words[end]}” behind it"
    return None
