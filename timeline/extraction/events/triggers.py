"""Words that name an event: verbs with their auxiliaries, and event nouns."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from ..document import Document
from ..lexicon.verbs import FINITE_FORMS, HEADS, NOUNS, PHRASAL, READINGS, VERBS, Sense
from ..names.gazetteer import TITLES
from ..syntax import Tree
from .wordlists import (
    ADVERBIAL,
    ADVERBS,
    AFTER_NOUN,
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    HAVE,
    JOINTS,
    MODALS,
    NEGATIONS,
    NOT_VERBS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    WAS,
    WILL,
)


@dataclass(slots=True, eq=False)
class Trigger:
    """A word that names an event, by word indexes (end exclusive)."""

    first: int
    last: int
    sense: Sense
    tense: str  # past pluperfect perfect present progressive future modal infinitive gerund
    passive: bool  # reduced adjective noun
    negated: bool
    phrase_start: int  # where its auxiliaries, or its noun phrase, begin


_INSIDE_GROUP = frozenset({" ", " '", " ‘", ' "', " “"})  # would be "welcomed"
SAYING = frozenset({"statement", "announcement"})  # kinds of events that are somebody's words
_NAMED = frozenset({"war", "agreement"})  # kinds of events that have names of their own
_MAX_GROUP = 7
_MAX_PHRASE = 5
_MAX_ADVERBS = 4
_MAX_OPENING = 8
_WITHIN = frozenset({" ", ". "})  # gaps within a noun phrase
_IN_GROUP = AUXILIARIES | ADVERBS
_BEGIN_VERBS = AUXILIARIES - {"to"}
_AFTER_PLURALS = _BEGIN_VERBS | RELATIVE
_IF = RELATIVE | {"if"}
_COMES_TO_PASS = frozenset({"begin", "start", "open", "end", "close", "resume"})
_BY_DAY = frozenset({"on", "next", "this"})
_CHARGED = frozenset({"guilty", "charged", "convicted", "accused", "acquitted", "suspicion"})
# Lemmas of verbs without an object: their -ing before a noun is an adjective.
_BY_ITSELF = frozenset(
    {"fall", "rise", "grow", "soar", "surge", "climb", "slide", "plunge", "die", "expire", "lapse"}
    | {"resign", "retire", "drown", "collapse", "perish", "survive", "succumb", "suffer"}
)
# Groups of verbs whose past in a row of passives is one.
_DONE_TO = frozenset(
    {
        "law",
        "kill",
        "make",
        "unveil",
        "announce",
        "judge",
        "admit",
        "appoint",
        "end",
        "cancel",
        "find",
        "other",
    }
)
_HONOURS = TITLES | {"dame", "knight", "saint", "fellow", "citizen"}
_LASTING = frozenset({"end", "law", "postpone"})  # groups of what holds until a day
# What is done to people; without an object these forms are passive.
_UNDERGONE = frozenset(
    {"kill", "injure", "wound", "hospitalise", "hospitalize", "arrest", "detain"}
)
_ENDS_OBJECT = PREPOSITIONS | CONJUNCTIONS
_WHEN = [["the", word] for word in ("following", "next", "same", "previous")]
_LAST = frozenset({"last", "first", "next"})
_NOT_BEFORE_LAST = DETERMINERS | PREPOSITIONS
_QUALIFYING = frozenset({"compound", "amod", "nmod"})
_FEEL = frozenset({"feel", "feels", "felt", "feeling", "look", "looks", "looked", "looking"})
_NOT_IN_PHRASE = PREPOSITIONS | AUXILIARIES | ADVERBIAL | RELATIVE
_PARTICIPLES = frozenset({"past", "participle"})
_PRESENT = frozenset({"base", "s"})
_UNREAD = (None, None)
FINITE = frozenset({"past", "pluperfect", "perfect", "present", "progressive", "future", "modal"})
_SIMPLE = {"ing": "gerund", "base": "present", "s": "present"}  # tenses without an auxiliary


def positions(lower: list[str]) -> list[int]:
    """Return the indexes of the words that may be triggers."""
    return [i for i, form in enumerate(lower) if form in READINGS or form.endswith("ed")]


def find(doc: Document, candidates: list[int], first: int, last: int, tree: Tree) -> list[Trigger]:
    """Return the triggers among words[first:last], one sentence; `candidates` are `positions`."""
    begin = bisect_left(candidates, first)
    end = bisect_left(candidates, last, begin)
    found = [t for i in candidates[begin:end] if (t := _read(doc, i, first, last, tree))]
    said = None  # the last verb of saying
    for before, trigger in pairwise(found):
        said = before if before.sense.kind in SAYING and before.tense == "past" else said
        if said is not None and trigger.tense == "modal" and _is_promised(doc, said, trigger):
            trigger.tense = "future"
        elif trigger.tense == "past" and before.passive and _is_in_series(doc, trigger):
            trigger.passive = True
    return found


def _is_in_series(doc: Document, trigger: Trigger) -> bool:
    """Whether a verb goes on with a passive before it: "was held in May, jailed and freed"."""
    lower, start, end = doc.lower, trigger.phrase_start, trigger.last
    if trigger.sense.group not in _DONE_TO or trigger.sense.lemma in _BY_ITSELF:
        return False
    if start < trigger.first or (lower[start - 1] not in JOINTS and "," not in doc.gaps[start]):
        return False
    after = lower[end] if end < len(lower) else ""
    has_object = doc.gaps[end] == " " and not (
        after in _ENDS_OBJECT or after in NUMBERS or after[:1].isdigit() or after == "to"
    )
    is_title = after in ("a", "an") and lower[end + 1] in _HONOURS  # "made a dame"
    return not has_object or is_title or lower[end : end + 2] in _WHEN


def _is_promised(doc: Document, before: Trigger, trigger: Trigger) -> bool:
    """Whether "would" is the "will" of somebody's words: "said the bank would close"."""
    return "would" in doc.lower[trigger.phrase_start : trigger.first] and _IF.isdisjoint(
        doc.lower[before.last : trigger.phrase_start]
    )


def _read(doc: Document, i: int, first: int, last: int, tree: Tree) -> Trigger | None:
    lower = doc.lower
    form = lower[i]
    verb, noun = READINGS.get(form, _UNREAD)
    token = tree.at(doc.starts[i])
    if verb and noun and token is not None and token.pos in ("NOUN", "VERB"):
        verb, noun = (None, noun) if token.pos == "NOUN" else (verb, None)
    elif verb and token is not None and token.dep in _QUALIFYING and token.pos == "NOUN":
        return None
    before = ""
    if i > first:
        if doc.words[i][0].isupper() and not (noun and _is_named(noun, doc.words[i - 1])):
            return None
        before = lower[i - 1]
        if (
            before in ADVERBS
            or before.endswith("ly")
            or (before in _LAST and _is_adverb(lower, i - 1, first))
        ):
            before = _word_before(lower, i, first)
    if noun and (not verb or _is_noun(doc, i, first, verb, before)):
        return _noun(doc, i, first, last, noun)
    if verb is None and before not in PREPOSITIONS:
        verb = _unknown(form)
    if verb is None:
        return None
    if verb.form in _PRESENT and not _is_present(doc, i, first, verb, before):
        return None
    return _verb(doc, i, first, last, verb)


def _word_before(lower: list[str], i: int, first: int) -> str:
    """Return the word before lower[i] in its sentence, adverbs passed over."""
    for word in reversed(lower[max(first, i - _MAX_ADVERBS) : i]):
        if word not in ADVERBS and word not in _LAST and not word.endswith("ly"):
            return word
    return ""


def _is_adverb(lower: list[str], i: int, first: int) -> bool:
    """Whether a "last" or "first" says when: "miners last walked out in May"."""
    before = lower[i - 1] if i > first else "the"
    return before not in _NOT_BEFORE_LAST and not before.endswith(("'s", "s'"))


def _unknown(form: str) -> Sense | None:
    """Read an -ed word that the lexicon does not have: by its last part, or as some past tense."""
    if "-" in form:
        again = form.startswith(("re-", "co-", "pre-"))
        return VERBS.get(form.rpartition("-")[2]) if again else None
    if len(form) < 5 or form in NOT_VERBS or form.startswith("un"):
        return None
    return Sense(form, "other", "other", "past")


def _is_named(noun: Sense, before: str) -> bool:
    """Whether a capitalised noun after `before` names an event: "Korean War", not "in March"."""
    if before[0].isupper():
        return noun.kind in _NAMED
    return before in DETERMINERS


def _is_noun(doc: Document, i: int, first: int, verb: Sense, before: str) -> bool:
    """Whether a form that may be noun or verb is a noun where it stands."""
    if before in MODALS or before in DO or before == "to" or before in PRONOUNS:
        return False
    if verb.form in ("past", "participle"):
        return before in DETERMINERS
    if before in DETERMINERS or before in PREPOSITIONS or before.endswith("'s"):
        return verb.form != "ing" or before not in PREPOSITIONS or _acts(doc, i)
    if verb.form == "ing":
        if i == first:
            return not AUXILIARIES.isdisjoint(doc.lower[i + 1 : i + 2])  # "Sentencing was"
        return before not in BE and doc.gaps[i] == " "
    if verb.form == "s" and i > first + 1 and doc.words[i - 1][0].isupper():
        return doc.lower[i + 1 : i + 2] in (["of"], ["in"], ["on"], ["with"], ["between"])
    return True


def _acts(doc: Document, i: int) -> bool:
    """Whether a verb in the past follows words[i], its subject: "after flooding killed ten"."""
    after = VERBS.get(doc.lower[i + 1]) if i + 1 < len(doc.lower) else None
    return after is not None and after.form == "past" and doc.gaps[i + 1] == " "


def _is_present(doc: Document, i: int, first: int, verb: Sense, before: str) -> bool:
    """Whether a form can be a verb in the present or after an auxiliary, where it is no noun."""
    if i == first:
        return False
    if before in AUXILIARIES or before in PRONOUNS:
        return before not in BE
    if before.endswith("'s"):
        return False
    if verb.form == "s" and not _AFTER_PLURALS.isdisjoint(doc.lower[i + 1 : i + 2]):
        return False  # "the shows were"
    is_apart = doc.gaps[i] == ", " and verb.form == "s" and doc.lower[i] not in NOUNS
    if before in DETERMINERS or before in PREPOSITIONS:
        return False
    if doc.gaps[i] != " " and not is_apart:
        return False
    if not is_apart and (before in NUMBERS or before[:1].isdigit()):
        return False
    if before.endswith("ly") or before in ADVERBS or doc.words[i - 1][0].isupper():
        if verb.form == "base" and before.endswith("s") and verb.lemma in _COMES_TO_PASS:
            return not _BY_DAY.isdisjoint(doc.lower[i + 1 : i + 2])  # "the Games end on Sunday"
        return verb.form == "s"
    if verb.form == "base":
        return before.endswith("s") or before == "people"
    return before not in CONJUNCTIONS and (before not in VERBS or before in NOUNS)


def _noun(doc: Document, i: int, first: int, last: int, sense: Sense) -> Trigger | None:
    """Read an event noun; one that only qualifies another noun ("trial court") is none."""
    lower = doc.lower
    if sense.group == "n.death" and not _CHARGED.isdisjoint(lower[max(first, i - 3) : i]):
        return None  # "guilty of murder"
    if i + 1 < last and doc.gaps[i + 1] == " ":
        after = lower[i + 1]
        if (
            after not in AFTER_NOUN
            and after not in VERBS
            and not after.endswith(("ed", "ly"))
            and not doc.words[i + 1][0].isupper()
            and not after[0].isdigit()
        ):
            return None
        if after in NOUNS and (after not in VERBS or VERBS[after].form == "s"):
            return None
    start = i
    while start > first and i - start < _MAX_PHRASE:
        before = lower[start - 1]
        if before in _NOT_IN_PHRASE:
            break
        gap = doc.gaps[start]
        apposed = gap == ", " and start > first + 1 and lower[start - 2] in ARTICLES
        if gap != " " and not apposed and not (gap == ". " and "." in before):
            break  # but "a bitter, costly war", "a U.S. visit"
        if before in FINITE_FORMS or (before.endswith("ed") and lower[start - 2] in AUXILIARIES):
            break
        start -= 1
        if before in ARTICLES or before.endswith("'s"):
            break
    return Trigger(i, i + 1, sense, "noun", False, lower[start] in ("no", "any"), start)


def _verb(doc: Document, i: int, first: int, last: int, verb: Sense) -> Trigger | None:
    lower, gaps = doc.lower, doc.gaps
    end = i + 1
    if lower[i] in HEADS and end < last and gaps[i + 1] == " ":
        for length in (1, 2):
            if phrasal := PHRASAL.get((lower[i], " ".join(lower[end : end + length]))):
                verb, end = phrasal, end + length
                break
    start = i
    while start > first and i - start < _MAX_GROUP and gaps[start] in _INSIDE_GROUP:
        before = lower[start - 1]
        if not (
            before in _IN_GROUP
            or before.endswith("ly")
            or (before in _LAST and _is_adverb(lower, start - 1, first))
        ):
            break
        start -= 1
    tense, passive, negated = "", False, False
    if start < i:
        auxiliaries = [word for word in lower[start:i] if word in AUXILIARIES]
        negated = not NEGATIONS.isdisjoint(lower[start:i]) and "only" not in lower[start:i]
        if auxiliaries:
            tense = _compound(verb.form, auxiliaries)
            passive = auxiliaries[-1] in BE and verb.form in _PARTICIPLES
    if not tense:
        tense = _SIMPLE.get(verb.form) or _past(verb, lower, start, end, first, last)
        if tense == "gerund" and start > first and end < last:
            if lower[start - 1] in ARTICLES and lower[end] == "of":
                tense = "noun"  # "the lifting of the ban"
            elif lower[end] in _BEGIN_VERBS:
                tense = "adjective"  # "a day of mourning would"
            elif lower[start - 1].endswith("'s") and lower[end] in ("for", "of"):
                tense = "adjective"  # "Peru's backing for the plan"
            elif verb.lemma in _BY_ITSELF and _is_noun_next(doc, end):
                tense = "adjective"  # "falling demand"
        if tense == "past" and _is_apposed(doc, start, end, first, last):
            tense = "reduced"
        passive = passive or tense == "reduced"
    return Trigger(i, end, verb, tense, passive, negated, start)


def _is_noun_next(doc: Document, end: int) -> bool:
    """Whether what follows words[:end] is a noun without a determiner."""
    after = doc.lower[end]
    return doc.gaps[end] == " " and after not in AFTER_NOUN and not after.endswith("ly")


def _past(verb: Sense, lower: list[str], start: int, end: int, first: int, last: int) -> str:
    """Tell a past tense from a participle by the words beside words[start:end]."""
    before = lower[start - 1] if start > first else ""
    if before in DETERMINERS or before in PREPOSITIONS or before.endswith("'s") or before == "as":
        return "adjective"  # also "as shown in"
    after = lower[end] if end < last else ""
    if "according" in lower[max(first, start - 4) : start]:
        return "reduced"  # "according to documents filed on Monday"
    if before in _FEEL or (lower[start] == "given" and (after == "that" or verb.form != "past")):
        return "adjective"
    if verb.lemma in _UNDERGONE and (after == "" or after in _ENDS_OBJECT):
        return "reduced"  # "reported nine people injured"
    if verb.form == "participle" or (after == "by" and before not in PRONOUNS):
        return "reduced"
    if verb.group == "plan" and after in ("to", "for", "on"):
        return "reduced"  # "talks scheduled to begin"
    return "past"


def _is_apposed(doc: Document, start: int, end: int, first: int, last: int) -> bool:
    """Whether a participle adds to what opens its sentence: "The deal, announced in May, is"."""
    lower, gaps = doc.lower, doc.gaps
    if start == first or end >= last or gaps[start] != ", " or start - first > _MAX_OPENING:
        return False
    if lower[end] not in PREPOSITIONS or lower[first] in PREPOSITIONS:
        return False
    return all(gap in _WITHIN for gap in gaps[first + 1 : start]) and not any(
        word in _BEGIN_VERBS or word in FINITE_FORMS for word in lower[first : start - 1]
    )


def lasts(trigger: Trigger) -> bool:
    """Whether what is done may hold until a day: "closed until May", not "kept a port"."""
    return trigger.passive or trigger.sense.group in _LASTING


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
    if form in _PRESENT:
        return "past" if "did" in auxiliaries or "didn't" in auxiliaries else ""
    farthest = auxiliaries[0]
    if farthest in ("had", "hadn't"):
        return "pluperfect"
    if farthest in HAVE:
        return "perfect"
    if farthest in BE:
        return "past" if farthest in WAS else "present"
    return ""
