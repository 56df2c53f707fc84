"""Words that name an event: verbs with their auxiliaries, and event nouns."""

from dataclasses import dataclass
from itertools import pairwise

from ..document import Document
from ..lexicon import words
from ..lexicon.classes import (
    ADVERBIAL,
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    COORDINATORS,
    DETERMINERS,
    NOT_VERBS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
)
from ..lexicon.verbs import FINITE_FORMS, NOUNS, READINGS, VERBS, Sense
from ..names.gazetteer import TITLES
from ..syntax import Token, Tree
from ..verb_groups import (
    BEGIN_VERBS,
    ENDS_OBJECT,
    LAST,
    PRESENT_FORMS,
    read_verb_group,
)


@dataclass(slots=True, eq=False)
class Trigger:
    """A word that names an event, by word indexes (end exclusive)."""

    first: int
    last: int
    sense: Sense
    pos: str  # verb noun adjective
    form: str  # of a verb: one of FINITE, infinitive, gerund, participle
    is_passive: bool
    is_negated: bool
    phrase_start: int  # where its auxiliaries, or its noun phrase, begin

    @property
    def shape(self) -> str:
        """Its form, of a noun or an adjective its part of speech."""
        return self.form or self.pos


SAYING = frozenset({"statement", "announcement"})  # kinds of events that are somebody's words
_NAMED = frozenset({"war", "agreement"})  # kinds of events that have names of their own
_MAX_PHRASE = 5
_MAX_ADVERBS = 4
_AFTER_PLURALS = BEGIN_VERBS | RELATIVE
_IF = RELATIVE | {"if"}
_BY_ITSELF = words("event_words", "by itself")  # lemmas of verbs without an object
_COMES_TO_PASS = words("event_words", "comes to pass")
_BY_DAY = words("event_words", "by day")
_STATES, _IN_STATES = words("event_words", "state"), words("event_words", "in a state")
_CHARGED = words("event_words", "charge")
# Kinds of events whose verbs are no passives in a row of them: "was shelled and advanced".
_DONE_BY_SUBJECT = frozenset({"visit", "war"})
_HONOURS = TITLES | words("event_words", "honour")
_FOLLOWED_BY_WHEN = [["the", word] for word in words("event_words", "when after the")]
_QUALIFYING = frozenset({"compound", "amod", "nmod"})
_NOUN_LIKE = frozenset({"base", "s", "ing"})  # forms of verbs that nouns have too
_OF_NOUNS = frozenset({"pobj", "poss"})  # relations
_NOT_IN_PHRASE = PREPOSITIONS | AUXILIARIES | ADVERBIAL | RELATIVE
_UNREAD = (None, None)


def find(doc: Document, first: int, last: int, tree: Tree) -> list[Trigger]:
    """Return the triggers among words[first:last], one sentence."""
    found = [t for i in range(first, last) if (t := _read(doc, i, first, last, tree))]
    said = None  # the last verb of saying
    for before, trigger in pairwise(found):
        said = before if before.sense.kind in SAYING and before.form == "past" else said
        if said is not None and trigger.form == "modal" and _is_promised(doc, said, trigger):
            trigger.form = "future"
        elif trigger.form == "past" and before.is_passive and _is_in_series(doc, trigger):
            trigger.is_passive = True
    return found


def _is_in_series(doc: Document, trigger: Trigger) -> bool:
    """Whether a verb goes on with a passive before it: "was held in May, jailed and freed"."""
    lower, start, end = doc.lower, trigger.phrase_start, trigger.last
    if trigger.sense.lemma in _BY_ITSELF or trigger.sense.kind in _DONE_BY_SUBJECT:
        return False
    is_joined = lower[start - 1] in COORDINATORS or "," in doc.space_before[start]
    if start < trigger.first or not is_joined:
        return False
    after = lower[end] if end < len(lower) else ""
    has_object = doc.space_before[end] == " " and not (
        after in ENDS_OBJECT or after in NUMBERS or after[:1].isdigit() or after == "to"
    )
    is_title = after in ("a", "an") and lower[end + 1] in _HONOURS  # "made a dame"
    return not has_object or is_title or lower[end : end + 2] in _FOLLOWED_BY_WHEN


def _is_promised(doc: Document, before: Trigger, trigger: Trigger) -> bool:
    """Whether "would" is the "will" of somebody's words: "said the bank would close"."""
    return "would" in doc.lower[trigger.phrase_start : trigger.first] and _IF.isdisjoint(
        doc.lower[before.last : trigger.phrase_start]
    )


def _read(doc: Document, i: int, first: int, last: int, tree: Tree) -> Trigger | None:
    form = doc.lower[i]
    if form not in READINGS and not form.endswith("ed"):
        return None
    token = tree.at(doc.ends[i] - 1)
    senses = _senses(form, token)
    if senses is None:
        return None
    verb, noun = senses
    if doc.words[i][0].isupper():
        if token is not None and token.tag.startswith("NNP") and form not in READINGS:
            return None  # "Mohamed, 24, rented a house"
        if i > first and not (noun and _is_named(noun, doc.words[i - 1])):
            return None
    return _noun(doc, i, first, noun, token) if noun else _verb(doc, i, first, last, verb)


def _senses(form: str, token: Token | None) -> tuple[Sense | None, Sense | None] | None:
    """Return what a form is as a verb and as a noun where it stands; None where it is no deed."""
    verb, noun = READINGS.get(form, _UNREAD)
    if token is None:
        return verb, noun
    if verb and token.pos == "NOUN":
        if not noun and (token.dep in _QUALIFYING or _is_noun(verb, token)):
            return None
        verb = None if noun else verb
    elif verb and noun and token.pos == "VERB":
        noun = None
    if verb and verb.group != "plan" and _is_before_noun(token):
        return None  # "striking unions reach a deal", "advanced economies"
    is_adjective = verb is None and noun is None and token.tag == "JJ"
    return None if is_adjective else (verb, noun)  # "tea laced with poison"


def _is_before_noun(token: Token) -> bool:
    return token.dep == "amod" and token.head is not None and token.head.start > token.start


def _is_noun(verb: Sense, token: Token) -> bool:
    """Whether a form that the lexicon has as a verb is a noun: "seeks damages from the yard"."""
    return verb.form in _NOUN_LIKE and (
        token.dep in _OF_NOUNS or token.child("det", "amod", "nummod", "poss") is not None
    )


def _verb(doc: Document, i: int, first: int, last: int, verb: Sense | None) -> Trigger | None:
    """Read a verb, known or not, with its auxiliaries."""
    before = _word_before(doc.lower, i, first)
    if verb is None and before not in PREPOSITIONS:
        verb = _unknown(doc.lower[i])
    if verb is None:
        return None
    if verb.form in PRESENT_FORMS and not _is_present(doc, i, first, verb, before):
        return None
    return Trigger(i, *read_verb_group(doc, i, first, last, verb))


def _word_before(lower: list[str], i: int, first: int) -> str:
    """Return the word before lower[i] in its sentence, adverbs passed over."""
    for word in reversed(lower[max(first, i - _MAX_ADVERBS) : i]):
        if word not in ADVERBS and word not in LAST and not word.endswith("ly"):
            return word
    return ""


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


def _is_present(doc: Document, i: int, first: int, verb: Sense, before: str) -> bool:
    """Whether a form can be a verb in the present or after an auxiliary, where it is no noun."""
    if before in AUXILIARIES or before in PRONOUNS:
        return before not in BE
    if before.endswith("'s") or before in DETERMINERS or before in PREPOSITIONS:
        return False
    if verb.form == "s" and not _AFTER_PLURALS.isdisjoint(doc.lower[i + 1 : i + 2]):
        return False  # "the shows were"
    is_apart = doc.space_before[i] == ", " and verb.form == "s" and doc.lower[i] not in NOUNS
    is_counted = before in NUMBERS or before[:1].isdigit()
    if not is_apart and (doc.space_before[i] != " " or is_counted):
        return False
    return _is_after_subject(doc, i, verb, before)


def _is_after_subject(doc: Document, i: int, verb: Sense, before: str) -> bool:
    """Whether the word before a verb in the present can end its subject."""
    if before.endswith("ly") or before in ADVERBS or doc.words[i - 1][0].isupper():
        if verb.form == "base" and before.endswith("s") and verb.lemma in _COMES_TO_PASS:
            return not _BY_DAY.isdisjoint(doc.lower[i + 1 : i + 2])  # "the Games end on Sunday"
        return verb.form == "s"
    if verb.form == "base":
        return before.endswith("s") or before == "people"
    return before not in CONJUNCTIONS and (before not in VERBS or before in NOUNS)


def _noun(doc: Document, i: int, first: int, sense: Sense, token: Token | None) -> Trigger | None:
    """Read an event noun; one that only qualifies another noun ("trial court") is none."""
    lower = doc.lower
    if sense.group == "n.death" and not _CHARGED.isdisjoint(lower[max(first, i - 3) : i]):
        return None  # "guilty of murder"
    if lower[i] in _STATES and lower[i - 1] in _IN_STATES:
        return None  # "in charge of the yard", "is on trial"
    if token is not None and token.dep in _QUALIFYING:
        return None
    if token is not None and token.dep == "conj" and token.tag == "JJ":
        return None  # "the third and final debate"
    start = _phrase_begin(doc, i, first)
    return Trigger(i, i + 1, sense, "noun", "", False, lower[start] in ("no", "any"), start)


def _phrase_begin(doc: Document, i: int, first: int) -> int:
    """Return the first word of the noun phrase that ends at words[i]."""
    lower, start = doc.lower, i
    while start > first and i - start < _MAX_PHRASE:
        before = lower[start - 1]
        if before in _NOT_IN_PHRASE:
            break
        gap = doc.space_before[start]
        apposed = gap == ", " and start > first + 1 and lower[start - 2] in ARTICLES
        if gap != " " and not apposed and not (gap == ". " and "." in before):
            break  # but "a bitter, costly war", "a U.S. visit"
        if before in FINITE_FORMS or (before.endswith("ed") and lower[start - 2] in AUXILIARIES):
            break
        start -= 1
        if before in ARTICLES or before.endswith("'s"):
            break
    return start
