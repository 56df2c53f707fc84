"""Verbs with their auxiliaries: part of speech, form, voice and negation, by the words beside.

The tagger's part of speech alone costs recall: it reads one trigger in twelve of the development
corpora as another part, most of them participles.
"""

from typing import NamedTuple

from .document import Document
from .lexicon import words
from .lexicon.classes import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    WAS,
    WILL,
)
from .lexicon.verbs import FINITE_FORMS, HEADS, PHRASAL, Sense

FINITE = frozenset({"past", "pluperfect", "perfect", "present", "progressive", "future", "modal"})
TO_COME = frozenset({"future", "modal"})
_INSIDE_GROUP = frozenset({" ", " '", " ‘", ' "', " “"})  # would be "welcomed"

_MAX_GROUP = 7

_MAX_OPENING = 8

_SPACES_WITHIN = frozenset({" ", ". "})  # gaps within a noun phrase

_IN_GROUP = AUXILIARIES | ADVERBS

BEGIN_VERBS = AUXILIARIES - {"to"}

# What is done to people; without an object these forms are passive.
_UNDERGONE = words("event_words", "undergone")

ENDS_OBJECT = PREPOSITIONS | CONJUNCTIONS

LAST = words("event_words", "last")

_NOT_BEFORE_LAST = DETERMINERS | PREPOSITIONS

_FEEL = words("event_words", "feel")

_PARTICIPLES = frozenset({"past", "participle"})

PRESENT_FORMS = frozenset({"base", "s"})

_SIMPLE = {"ing": "gerund", "base": "present", "s": "present"}  # tenses without an auxiliary


class VerbGroup(NamedTuple):
    """A verb with its particle and auxiliaries, by words.

    `pos` is verb, or noun or adjective where an -ing or -ed form is one; `form` is one of FINITE,
    infinitive, gerund or participle, and empty where it is no verb.
    """

    end: int
    sense: Sense
    pos: str
    form: str
    is_passive: bool
    is_negated: bool
    start: int  # of its first auxiliary


def read_verb_group(doc: Document, i: int, first: int, last: int, verb: Sense) -> VerbGroup:
    """Return the verb group around words[i], a form of `verb`, among words[first:last]."""
    verb, end = _with_particle(doc, i, last, verb)
    start = _auxiliaries_begin(doc, i, first)
    group = doc.lower[start:i]
    auxiliaries = [word for word in group if word in AUXILIARIES]
    is_negated = not NEGATIONS.isdisjoint(group) and "only" not in group
    if form := _compound(verb.form, auxiliaries) if auxiliaries else "":
        is_passive = auxiliaries[-1] in BE and verb.form in _PARTICIPLES
        return VerbGroup(end, verb, "verb", form, is_passive, is_negated, start)
    pos, form = _simple(doc, verb, start, end, first, last)
    is_passive = form == "participle" or (
        bool(auxiliaries) and auxiliaries[-1] in BE and verb.form in _PARTICIPLES
    )
    return VerbGroup(end, verb, pos, form, is_passive, is_negated, start)


def _with_particle(doc: Document, i: int, last: int, verb: Sense) -> tuple[Sense, int]:
    """Return the sense of a verb with the particle behind it, and where both end."""
    lower, end = doc.lower, i + 1
    if lower[i] in HEADS and end < last and doc.space_before[end] == " ":
        for length in (1, 2):
            if phrasal := PHRASAL.get((lower[i], " ".join(lower[end : end + length]))):
                return phrasal, end + length
    return verb, end


def _auxiliaries_begin(doc: Document, i: int, first: int) -> int:
    """Return the first word of the auxiliaries and adverbs before words[i]."""
    lower, start = doc.lower, i
    while start > first and i - start < _MAX_GROUP and doc.space_before[start] in _INSIDE_GROUP:
        before = lower[start - 1]
        is_inside = before in _IN_GROUP or before.endswith("ly")
        if doc.words[start - 1] == "May" and start - 1 > first:
            break  # "in May to meet demand"
        if not is_inside and not (before in LAST and is_adverb(lower, start - 1, first)):
            break
        start -= 1
    return start


def _simple(
    doc: Document, verb: Sense, start: int, end: int, first: int, last: int
) -> tuple[str, str]:
    """Return part of speech and form of a verb without auxiliaries."""
    form = _SIMPLE.get(verb.form) or _past(verb, doc.lower, start, end, first, last)
    if form == "gerund" and start > first and end < last:
        if pos := _gerund(doc, start, end):
            return pos, ""
    elif form == "past" and _is_apposed(doc, start, end, first, last):
        form = "participle"
    return ("adjective", "") if form == "adjective" else ("verb", form)


def _gerund(doc: Document, start: int, end: int) -> str:
    """Return the part of speech of an -ing form that is no verb."""
    before, after = doc.lower[start - 1], doc.lower[end]
    if before in ARTICLES and after == "of":
        return "noun"  # "the lifting of the ban"
    if after in BEGIN_VERBS:
        return "adjective"  # "a day of mourning would"
    if before.endswith("'s") and after in ("for", "of"):
        return "adjective"  # "Peru's backing for the plan"
    return ""


def _past(verb: Sense, lower: list[str], start: int, end: int, first: int, last: int) -> str:
    """Tell a past tense from a participle by the words beside words[start:end]."""
    before = lower[start - 1] if start > first else ""
    if before in DETERMINERS or before in PREPOSITIONS or before.endswith("'s") or before == "as":
        return "adjective"  # also "as shown in"
    after = lower[end] if end < last else ""
    if "according" in lower[max(first, start - 4) : start]:
        return "participle"  # "according to documents filed on Monday"
    if before in _FEEL or (lower[start] == "given" and (after == "that" or verb.form != "past")):
        return "adjective"
    if verb.lemma in _UNDERGONE and (after == "" or after in ENDS_OBJECT):
        return "participle"  # "reported nine people injured"
    if verb.form == "participle" or (after == "by" and before not in PRONOUNS):
        return "participle"
    if verb.group == "plan" and after in ("to", "for", "on"):
        return "participle"  # "talks scheduled to begin"
    return "past"


def _is_apposed(doc: Document, start: int, end: int, first: int, last: int) -> bool:
    """Whether a participle adds to what opens its sentence: "The deal, announced in May, is"."""
    lower, gaps = doc.lower, doc.space_before
    if start == first or end >= last or gaps[start] != ", " or start - first > _MAX_OPENING:
        return False
    if lower[end] not in PREPOSITIONS or lower[first] in PREPOSITIONS:
        return False
    return all(gap in _SPACES_WITHIN for gap in gaps[first + 1 : start]) and not any(
        word in BEGIN_VERBS or word in FINITE_FORMS for word in lower[first : start - 1]
    )


def _compound(form: str, auxiliaries: list[str]) -> str:
    """Name the tense that auxiliaries make, "" where they make none."""
    for auxiliary in auxiliaries:
        if auxiliary in MODALS:
            return "future" if auxiliary in WILL else "modal"
    if "to" in auxiliaries:
        has_been = auxiliaries[0] not in WAS and not HAVE.isdisjoint(auxiliaries)
        return "perfect" if has_been else "infinitive"  # not "was to have been held"
    if form == "ing":
        if not WAS.isdisjoint(auxiliaries):
            return "past"
        return "" if BE.isdisjoint(auxiliaries) else "progressive"
    if form in PRESENT_FORMS:
        return "past" if "did" in auxiliaries or "didn't" in auxiliaries else ""
    farthest = auxiliaries[0]
    if farthest in ("had", "hadn't"):
        return "pluperfect"
    if farthest in HAVE:
        return "perfect"
    if farthest in BE:
        return "past" if farthest in WAS else "present"
    return ""


def is_adverb(lower: list[str], i: int, first: int) -> bool:
    """Whether a "last" or "first" says when: "miners last walked out in May"."""
    before = lower[i - 1] if i > first else "the"
    return before not in _NOT_BEFORE_LAST and not before.endswith(("'s", "s'"))
