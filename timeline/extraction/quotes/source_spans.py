"""The source of an attribution as it is written: where its noun phrase begins and ends."""

from typing import NamedTuple

from ..document import OUTSIDE, Document
from ..lexicon import words
from ..names.gazetteer import TITLES
from .medium import is_circumstance
from .speakers import PEOPLE, phrase_begin

LINKS = frozenset({"of", "at", "for", "from", "in", "with", "to", "on"})
_BELONGING = frozenset({"of", "from", "at"})
_FINITE = words("function_words", "finite")
_ADVERBS = words("function_words", "adverb")
_TIMES = words("function_words", "time")
_DETERMINERS = words("function_words", "determiner", "possessive")
_APPOSITION = frozenset({"a", "an", "the", "who", "whose", "former", "one", "his", "her", "its"})
_LONGEST_LINK = 10
_MOST_LINKS = 4
_LONGEST_APPOSITION = 25
_LONGEST_TITLE = 4


class SourceSpan(NamedTuple):
    """A source by words: where it begins and ends, and the word that heads it."""

    begin: int
    end: int
    head: int


def source_span(doc: Document, head: int, cue: int | None) -> SourceSpan:
    """Return the whole noun phrase of a source: "an official at the ministry", "Lee, a professor".

    It grows to the left over what the head only qualifies, and to the right over an apposition or
    a qualifier that fills the space up to the cue.
    """
    floor = cue + 1 if cue is not None and cue < head else 0
    begin = _begin(doc, head, floor)
    head = _titled(doc, head)
    inner = head
    for _ in range(_MOST_LINKS):
        outer = _outer(doc, begin, floor)
        if outer == OUTSIDE:
            break
        head, begin = outer, phrase_begin(doc, outer, floor)
    if cue is None or cue < head:
        return SourceSpan(begin, max(inner + 1, _end_after_cue(doc, head, cue)), head)
    end = _end_before_cue(doc, head, cue) if head == inner else inner + 1
    return SourceSpan(begin, end, head)


def _begin(doc: Document, head: int, floor: int) -> int:
    """Return the first word of the noun phrase that ends at `head`, without a day before a name."""
    name_at, first = doc.name_at, head
    if name_at[head] == OUTSIDE:
        return phrase_begin(doc, head, floor)
    while first > floor and name_at[first - 1] == name_at[head]:
        first -= 1
    begin = phrase_begin(doc, first, floor)
    while begin < head and doc.lower[begin] in _TIMES and name_at[begin] != name_at[head]:
        begin += 1
    return begin


def _outer(doc: Document, begin: int, floor: int) -> int:
    """Return the noun that a link ties the phrase at `begin` to, or OUTSIDE: "the widow of Lee".

    It is a noun for people, a person's name, or any that has an article and begins its clause.
    """
    lower, gaps = doc.lower, doc.separators
    outer = begin - 2
    if outer < floor or lower[begin - 1] not in LINKS or gaps[begin] != " ":
        return OUTSIDE
    if lower[outer] in PEOPLE:
        return outer
    if gaps[begin - 1] != " " or doc.quoted_at[outer] != OUTSIDE:
        return OUTSIDE
    name = doc.name_at[outer]
    first = phrase_begin(doc, outer, floor)
    if name != OUTSIDE:
        person, the = doc.names[name].kind == "person", lower[first] == "the"
        return outer if person != the and lower[begin - 1] in _BELONGING else OUTSIDE
    opens = first == floor or first in doc.openings or gaps[first] != " "
    phrase = lower[first:outer]
    plain = phrase and phrase[0] in _DETERMINERS and _TIMES.isdisjoint([*phrase, lower[outer]])
    noun = lower[outer].isalpha() and not lower[outer].endswith("ed")
    plain = plain and all(name == OUTSIDE for name in doc.name_at[first:outer])
    return outer if opens and plain and noun else OUTSIDE


def _titled(doc: Document, head: int) -> int:
    """Return the last word of the name that a title stands before: "Mayor Ann Lee", or `head`."""
    name_at, end = doc.name_at, head + 1
    if doc.lower[head] not in PEOPLE or end == doc.size or doc.separators[end] != " ":
        return head
    while end < doc.size and name_at[end] == name_at[head + 1] != OUTSIDE:
        end += 1
    return end - 1


def _end_before_cue(doc: Document, head: int, cue: int) -> int:
    """Return the end of a source that stands before its cue."""
    if cue == head + 1:
        return cue
    lower, gaps = doc.lower, doc.separators
    end = cue
    while end > head + 1 and lower[end - 1] in _ADVERBS:
        end -= 1
    between = lower[head + 1 : end]
    if not between or any(run != OUTSIDE for run in doc.quoted_at[head:end]):
        return head + 1
    if gaps[head + 1] == "," and "," in gaps[end] and len(between) <= _LONGEST_APPOSITION:
        return head + 1 if is_circumstance(doc, head + 1) else end
    name_end = named(doc, head, cue)
    if name_end and gaps[name_end] == ",":
        return name_end
    qualifies = between[0] in LINKS and len(between) <= _LONGEST_LINK
    qualifies = qualifies and not is_circumstance(doc, head + 1)
    plain = all(gap == " " for gap in gaps[head + 1 : end + 1])
    return end if qualifies and plain and _FINITE.isdisjoint(between) else head + 1


def _qualified(doc: Document, head: int, last: int) -> int:
    """Return the end of what a link ties to a head: "a spokeswoman for the ministry"."""
    lower, gaps, name = doc.lower, doc.separators, doc.name_at[head]
    person = name != OUTSIDE and doc.names[name].kind == "person"
    end, last = head + 1, min(last, head + _LONGEST_APPOSITION)
    if end < last and lower[end] in (_BELONGING if person else LINKS):
        while end < last and gaps[end] == " " and lower[end] not in _FINITE:
            if is_circumstance(doc, end):
                break
            end += 1
    return end


def named(doc: Document, head: int, last: int) -> int:
    """Return the end of the name that follows a noun and a comma, or 0: "her deputy, Ann Lee"."""
    lower, name_at = doc.lower, doc.name_at
    if name_at[head] != OUTSIDE:
        return 0
    end = _qualified(doc, head, last)
    if end >= last or doc.separators[end] != ",":
        return 0
    near = range(end, min(last, end + _LONGEST_TITLE))
    begin = next((index for index in near if name_at[index] != OUTSIDE), None)
    if begin is None:
        return 0
    name = doc.names[name_at[begin]]
    title = (name.title or "").lower().split()
    if not all(_introduces(word) or word in title for word in lower[end:begin]):
        return 0
    if end > head + 1 and name.kind != "person":
        return 0
    end = begin
    while end < last and name_at[end] == name_at[begin]:
        end += 1
    return end


def _introduces(word: str) -> bool:
    return word in PEOPLE or word in TITLES or word in _DETERMINERS


def _end_after_cue(doc: Document, head: int, cue: int | None) -> int:
    """Return the end of a source that stands after its cue."""
    lower, gaps, run_at = doc.lower, doc.separators, doc.quoted_at
    first, last = doc.sentence(head)
    name_end = named(doc, head, last)
    if name_end and (cue != first or gaps[name_end] != " "):
        return name_end
    end = _qualified(doc, head, last)
    if end == last or gaps[end] != "," or lower[end] not in _APPOSITION:
        return end
    rest = next((i for i in range(end, last) if run_at[i] != OUTSIDE), last)
    stop = next((i for i in range(end + 1, rest) if gaps[i] != " "), rest)
    if cue == first:  # "According to Ann Lee, the mayor, the dam …", but not "…, the dam …"
        return end if stop == rest or PEOPLE.isdisjoint(lower[end:stop]) else stop
    return rest if rest == last and rest - end <= _LONGEST_APPOSITION else stop
