"""What words reached the reader through: "told reporters", "at a briefing", "via Reuters"."""

from ..document import OUTSIDE, Document
from ..lexicon import words
from ..names.gazetteer import MEDIA
from .cues import is_as_saying

_AUDIENCE = words("media", "audience")
_TELLING = words("media", "telling")
_TWEETING = words("media", "tweeting")
_SPEAKING = words("media", "speaking")
_PLATFORMS = words("media", "platform")
_OCCASIONS = words("media", "occasion", "gathering")
_ON = _PLATFORMS | _OCCASIONS
_PLACING = frozenset({"in", "at", "on", "during"})
_PREPOSITIONS = words("function_words", "preposition")
_DETERMINERS = words("function_words", "determiner", "possessive")
_TIMES = words("function_words", "time") | {"late", "early", "last"}
_WHEN = _TIMES | {"this", "the", "of"}
_SMALL = words(
    "function_words", "preposition", "auxiliary", "conjunction", "pronoun", "finite", "determiner"
)
_LEADS = _PLACING | _SPEAKING
_WITHIN = " ,"
_FARTHEST = 10
_LONGEST_OCCASION = 5
_LONGEST_PLATFORM = 3
_LONGEST_AUDIENCE = 4
_QUOTED_WITHIN = 12


def beside_cue(doc: Document, cue: int, after: int, content: tuple[int, int]) -> str | None:
    """Return the medium that stands beside a cue in its sentence, as the article words it.

    `after` is the first word after both the cue and a source that follows it.
    """
    lower = doc.lower
    found = told(doc, cue + 1) if lower[cue] in _TELLING else None
    if not found and after < doc.size and _may_lead(lower[after]):
        found = _beside(doc, after)
    found = found or _opening(doc, cue, content)
    if not found and lower[cue - 1] == "as":
        found = _quoted_by(doc, cue)
    return "in a tweet" if not found and lower[cue] in _TWEETING else found


def told(doc: Document, begin: int) -> str | None:
    """Return "told reporters", "told Reuters" for the hearers that `begin` names, if any."""
    for index in range(begin, min(begin + _LONGEST_AUDIENCE, doc.size)):
        if doc.separators[index] != " ":
            break
        name = doc.name_at[index]
        if name != OUTSIDE:
            organisation = doc.names[name].kind == "organisation"
            return f"told {doc.names[name].canonical}" if organisation else None
        if doc.lower[index] in _AUDIENCE:
            return f"told {_text(doc, begin, index + 1)}"
    return None


def spoken(doc: Document, at: int) -> str | None:
    """Return the medium of "speaking to Reuters", "writing on Instagram", if those are at `at`."""
    if at + 1 >= doc.size or doc.lower[at] not in _SPEAKING:
        return None
    if doc.lower[at + 1] in ("to", "with"):
        return told(doc, at + 2)
    return _placed(doc, at + 1)


def is_circumstance(doc: Document, at: int) -> bool:
    """Whether the words at `at` say when or through what something was said: "on Monday"."""
    following = doc.lower[at + 1 : at + 3]
    return (
        doc.lower[at] in _SPEAKING
        or (doc.lower[at] in _PLACING and not _TIMES.isdisjoint(following))
        or _end(doc, at) != at
    )


def _may_lead(word: str) -> bool:
    """Whether a word may begin what tells when or through what something was said."""
    return word in _LEADS or word in _TIMES or word[-2:] == "ly" or word[0].isdigit()


def _beside(doc: Document, begin: int) -> str | None:
    """Return the medium that stands at `begin`, or after a time or place alone."""
    last = doc.sentence(begin - 1)[1]
    for index in range(begin, min(begin + _FARTHEST, last)):
        word = doc.lower[index]
        if doc.separators[index] not in _WITHIN or doc.quoted_at[index] != OUTSIDE:
            return None
        found = spoken(doc, index) or _placed(doc, index)
        if found:
            return found
        named = doc.name_at[index] != OUTSIDE and index > begin
        plain = word in _PLACING or word in _WHEN or word.endswith("ly") or word[0].isdigit()
        if not (plain or named):
            return None
    return None


def _opening(doc: Document, cue: int, content: tuple[int, int]) -> str | None:
    """Return the medium with which the sentence of a cue opens, if that is no part of the words."""
    first, _ = doc.sentence(cue)
    if doc.lower[first] not in _LEADS:
        return None
    if content[0] <= first < content[1] or doc.quoted_at[first] != OUTSIDE:
        return None
    return spoken(doc, first) or _placed(doc, first)


def _placed(doc: Document, at: int) -> str | None:
    """Return "in a statement", "on Instagram" and the like if one stands at `at`."""
    end = _end(doc, at)
    if end == at:
        return None
    text = _text(doc, at, _addressed(doc, end))
    return text[0].lower() + text[1:]


def _end(doc: Document, at: int) -> int:
    """Return the end of a preposition and the occasion or platform after it, or `at`."""
    lower, gaps = doc.lower, doc.separators
    if lower[at] not in _PLACING:
        return at
    on = lower[at] == "on"
    sought, longest = (_ON, _LONGEST_PLATFORM) if on else (_OCCASIONS, _LONGEST_OCCASION)
    end = at
    for index in range(at + 1, min(at + 1 + longest, doc.size)):
        if gaps[index] != " " or lower[index] in _PREPOSITIONS:
            break
        if lower[index] in sought:
            end = index + 1
        elif end != at and doc.name_at[index] != doc.name_at[index - 1]:
            break
    while at < end < doc.size and doc.name_at[end] == doc.name_at[end - 1] != OUTSIDE:
        end += 1
    return end


def _addressed(doc: Document, end: int) -> int:
    """Return the end of an occasion with its hearers: "an interview with Reuters"."""
    lower, gaps = doc.lower, doc.separators
    if end + 1 >= doc.size or gaps[end] != " " or gaps[end + 1] != " ":
        return end
    if lower[end] == "on":
        return max(end, _end(doc, end))
    if lower[end] == "with" or (lower[end] == "to" and lower[end + 1] in _DETERMINERS):
        stop = _phrase_end(doc, end + 1)
        named = any(doc.name_at[index] != OUTSIDE for index in range(end, stop))
        whole = stop == doc.size or gaps[stop] != " " or lower[stop] in _PREPOSITIONS
        return stop if named or whole else end
    return end


def _phrase_end(doc: Document, begin: int) -> int:
    """Return the end of the noun phrase at `begin`: with the first name, or before a small word."""
    name_at, end = doc.name_at, begin
    last = min(doc.size, begin + _FARTHEST)
    while end < last and (end == begin or doc.separators[end] == " "):
        if doc.quoted_at[end] != OUTSIDE or (end > begin and doc.lower[end] in _SMALL):
            break
        if end > begin and name_at[end - 1] != OUTSIDE and name_at[end] != name_at[end - 1]:
            break
        end += 1
    return end


def _quoted_by(doc: Document, cue: int) -> str | None:
    """Return the medium that quotes: "KCNA quoted Lee as saying", "was cited by AFP as …"."""
    if not is_as_saying(doc, cue, 0):
        return None
    names, name_at = doc.names, doc.name_at
    first, last = doc.sentence(cue)
    for index in range(max(first, cue - _QUOTED_WITHIN), min(last, cue + _QUOTED_WITHIN)):
        name = name_at[index]
        if name != OUTSIDE and names[name].canonical in MEDIA:
            return f"via {names[name].canonical}"
    if doc.lower[cue + 1 : cue + 2] != ["by"]:
        return None
    end = _phrase_end(doc, cue + 2)
    if end == cue + 2:
        return None
    name = name_at[end - 1]
    return "via " + (names[name].canonical if name != OUTSIDE else _text(doc, cue + 2, end))


def _text(doc: Document, begin: int, end: int) -> str:
    return doc.text[doc.starts[begin] : doc.ends[end - 1]]
