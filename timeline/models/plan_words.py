"""Whether the words of a date are said of the plan itself, or of what became of it.

“Thursday’s summit” and “the summit set for Thursday” date the summit; “Thursday’s letter”, “at a
meeting of Thursday” and “as of Thursday” date its calling off. Words count only where the noun
they hang on is the plan's own, which is known from the title of the suggestion. What is not clear
is said of the calling off: an editor can still judge it, and readers see no wrong day meanwhile.
"""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from timeline.basis import placed

if TYPE_CHECKING:
    from timeline.models.suggestions import Suggestion

Place = tuple[int, int]  # begin and end in the evidence, the end exclusive


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"\w[\w-]*")
_TOKEN = re.compile(r"\w[\w-]*|[^\w\s]")
# Words of a date with a preposition or a measure of their own, said of the verb.
_PREPOSED = re.compile(r"(?:on|in|at|during|this|last|next|earlier|late[r]?)\b", re.IGNORECASE)
_PLACED = re.compile(r"(?:on|in|at|during|after|before|by)\b", re.IGNORECASE)
_LINK = re.compile(r"\b(for|to|until|till|of)\s+(?:the\s+)?$", re.IGNORECASE)
_LINKED = re.compile(r"(for|to|until|till|of)\s", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?(?=\s)")
_DETERMINER = re.compile(r"(?:\b(?:the|a|an|his|her|its|their|our)|[’']s?)\s+$", re.IGNORECASE)
# A noun behind one of these is where or when something else was done: “at Thursday’s summit”.
_SETTING = re.compile(
    r"\b(?:at|in|on|during|after|before|by|from|since|following|amid)\s+"
    r"(?:(?:the|a|an|his|her|its|their|this|that)\s+)?$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:with|between|in|at|of|on|for|from|by|over|after|before|about|until|till)\b",
    re.IGNORECASE,
)
_AHEAD = _words("scheduled planned set slated expected due")  # before a noun or behind it
# A noun phrase ends before these.
_ENDS = _words(
    "with between in at of on for from by over after before about until till to and or but that "
    "which who whose was were is are will would had has have been be being did does do because as "
    "while when where scheduled planned set slated expected due"
)
# With names, numbers and these alone between, words hang on a noun: “talks with Li set for May”.
_BETWEEN = _words(
    "with and between of in at from by that which was were is are had has have been be being to "
    "originally initially tentatively previously once first scheduled planned set slated expected "
    "fixed booked arranged meant intended billed announced held take place off back again moved "
    "pushed rescheduled one two three week weeks day days month months"
)


def date_the_plan(suggestion: "Suggestion", *, is_moved: bool) -> bool:
    """Whether the words that give the suggestion's date are said of the plan.

    Only what `is_moved`, postponed that is, can be moved “to” a day.
    """
    basis, exact = suggestion.read_from, suggestion.exact
    nouns = _nouns_of(suggestion)
    off = list(filter(None, placed(basis.status.spans, exact, suggestion.start)))
    dated = filter(None, placed(basis.date.spans, exact, suggestion.start))
    return any(
        _is_before_noun(exact, place, nouns, off) or _hangs(exact, place, nouns, off, is_moved)
        for place in dated
    )


def _nouns_of(suggestion: "Suggestion") -> set[str]:
    """The words by which the title calls the plan, without names and without what became of it."""
    title = suggestion.title
    opens = _OPENS.search(title)
    basis = suggestion.read_from
    spans = [span.exact for span in (*basis.status.spans, *basis.date.spans)]
    known = " ".join((*suggestion.actors, suggestion.place, *spans))
    others = {_stem(word) for word in _WORD.findall(known)}
    found = {_stem(word) for word in _WORD.findall(title[: opens.start()] if opens else title)}
    return found - others - _ENDS - _BETWEEN - {"s"}


def _stem(word: str) -> str:
    return word.lower().removesuffix("s") if len(word) > 2 else word.lower()


def _is_before_noun(
    exact: str, place: Place, nouns: Collection[str], off: Collection[Place]
) -> bool:
    """Whether the noun behind the date is the plan's: “Thursday’s talks”, “the May 24 summit”."""
    begin, end = place
    owned = _POSSESSIVE.match(exact, end)
    determined = _DETERMINER.search(exact, 0, begin)
    is_of_verb = _PREPOSED.match(exact, begin, end) or _LINKED.match(exact, begin, end)
    if not owned and (is_of_verb or not determined):
        return False
    if _PLACED.match(exact, begin, end) or _SETTING.search(exact, 0, begin):
        return False
    words = list(_phrase(exact, owned.end() if owned else end, off))
    following = [*words[1:], ""]
    return any(
        _stem(word) in nouns and (not behind or behind in _ENDS or behind.endswith("ly"))
        for word, behind in zip(words, following, strict=True)
    )


def _phrase(exact: str, begin: int, off: Collection[Place]) -> Iterator[str]:
    """The words from `begin` on, until a mark or a word of the calling off."""
    for found in _TOKEN.finditer(exact, begin):
        if not found[0][0].isalnum() or any(one <= found.start() < end for one, end in off):
            return
        yield found[0].lower()
        if found[0].lower() in _ENDS - _AHEAD:
            return


def _hangs(
    exact: str, place: Place, nouns: Collection[str], off: Collection[Place], is_moved: bool
) -> bool:
    """Whether the date hangs on the plan before it: “the talks set for Thursday”, “put off to”."""
    begin, end = place
    if _POSSESSIVE.match(exact, end):
        return False
    within = _LINKED.match(exact, begin, end)
    before = _LINK.search(exact, 0, begin)
    link = within or (before if not _PREPOSED.match(exact, begin, end) else None)
    if not link or (link[1].lower() == "to" and not is_moved):
        return False
    lead = exact[: link.start()]
    anchors = [
        one.end()
        for one in _WORD.finditer(lead)
        if _stem(one[0]) in nouns and not _is_setting(lead[: one.start()])
    ]
    if link[1].lower() == "of":
        return lead.rstrip()[: max(anchors, default=0)] == lead.rstrip() and bool(anchors)
    if link[1].lower() != "for":
        anchors += [stop for _, stop in off if stop <= len(lead)]
    return bool(anchors) and all(
        word.lower() in _BETWEEN or not word[0].islower()
        for word in _WORD.findall(lead, max(anchors))
    )


def _is_setting(before: str) -> bool:
    """Whether a noun behind these words is a setting, up to one adjective between."""
    return bool(_SETTING.search(before) or _SETTING.search(re.sub(r"[a-z-]+\s+$", "", before)))
