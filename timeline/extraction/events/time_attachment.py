"""Which trigger of a sentence a time belongs to."""

from datetime import timedelta
from itertools import repeat

from timeline.dates import bounds

from ..document import Document, Sentence, TimeSpan
from ..lexicon import words
from ..lexicon.classes import BE, COORDINATORS, OPENERS, PREPOSITIONS, WAS
from ..times import Time
from ..verb_groups import FINITE
from .triggers import Trigger

_MAX_COST = 30  # and words: each between them costs at least a half
# How much less a time fits a trigger than a finite verb: a noun or participle, one word away less.
_SHAPE = dict.fromkeys(("gerund", "infinitive", "participle", "adjective"), 2.5)
_SHAPE |= {"noun": 3.0, "perfect": 1.0}
_OF_ITS_OWN = frozenset({"gerund", "noun"})  # which a preposition parts from a time before it
_TOO_FAR = 99.0
_OWN = 0.0, 0, -1  # the cost of a time that can be of no other trigger
_PRICE = dict.fromkeys(BE, 2.0) | dict.fromkeys(OPENERS, 3.5)  # of a word between them
_PRICE |= dict.fromkeys(COORDINATORS, 4.5)
_PARTS = frozenset(",;:-")  # marks between them, each 1
_SPEECH = 30  # characters of a quoted run that is more than a phrase
_RECENT = timedelta(days=30)  # in which a charge may have been made
_THAN = "than"
ACCUSING = words("event_words", "accusing")  # lemmas
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "attr"})
_BOUNDING = words("event_words", "bounds")
_PAST_FORMS = frozenset({"past", "perfect", "pluperfect", "participle"})
_FUTURE_FORMS = frozenset({"future", "modal", "infinitive"})


def attach(sentence: Sentence, found: list[Trigger]) -> dict[int, Time]:
    """Return {order of a trigger: the time that its clause states} for one sentence."""
    attached: dict[int, tuple[float, Time]] = {}
    today = sentence.doc.published.isoformat()
    for span in sentence.times:
        if (
            _bounds_a_noun(sentence, span)
            or _THAN in sentence.doc.lower[max(0, span.first - 4) : span.first]
        ):
            continue  # "ahead of Friday's vote", "less than in July"
        time = span.what
        future = time.date > today
        cost, owner = float(_MAX_COST), -1
        for n, trigger in enumerate(found):
            if trigger.last > span.first - _MAX_COST and trigger.first < span.last + _MAX_COST:
                price = _cost(sentence, trigger, span, future)
                if n and _is_of_participle(sentence, found[n - 1], span, trigger):
                    price += 6
                if _is_of_accusation(sentence, found[n : n + 2], span):
                    price += 6
                if price <= cost and price < _MAX_COST:  # of two as near, the later
                    cost, owner = price, n
        if owner < 0:
            continue
        rank = cost - (0 if ".." in time.date else min(len(time.date), 10))  # a day before a year
        if owner not in attached or rank < attached[owner][0]:
            attached[owner] = rank, time
    return {n: time for n, (_, time) in attached.items()}


def _is_of_accusation(sentence: Sentence, found: list[Trigger], time: TimeSpan) -> bool:
    """Whether a day long past is of what the first trigger accuses of: "charged with killing"."""
    if len(found) < 2 or found[0].sense.lemma not in ACCUSING or time.first < found[1].last:
        return False
    token, latest = sentence.token(found[1].first), bounds(time.what.date).latest
    is_past = latest is not None and sentence.doc.published - latest > _RECENT
    return is_past and token is not None and token.dep == "pcomp"


def _bounds_a_noun(sentence: Sentence, span: TimeSpan) -> bool:
    """Whether a time is of a noun that only bounds the deed: "ahead of Friday's vote".

    Or of one that qualifies who takes part: "praised the host of Monday's debate".
    """
    last = sentence.token(span.last - 1)
    noun = last.head if last is not None and last.dep == "poss" else None
    over = noun.head if noun is not None and noun.dep == "pobj" else None
    if over is not None and over.lower == "of" and over.head is not None:
        return over.head.lower in _BOUNDING or over.head.dep in _ARGUMENTS  # "ahead of"
    return over is not None and over.lower in _BOUNDING


def _is_of_participle(sentence: Sentence, verb: Trigger, time: TimeSpan, trigger: Trigger) -> bool:
    """Whether a time belongs to the participle before it: "a man held on Monday was freed"."""
    if verb.shape != "participle" or not verb.last <= time.first < trigger.phrase_start:
        return False
    gaps = sentence.doc.space_before
    ends = any("," in gap for gap in gaps[time.last : trigger.phrase_start + 1])
    return ends or time.last == trigger.phrase_start


def _cost(sentence: Sentence, trigger: Trigger, time: TimeSpan, future: bool) -> float:
    """How badly a time fits a trigger: words between them, and more for what parts clauses."""
    if time.last <= trigger.first:
        cost, low, high = _before(sentence, trigger, time)
    elif trigger.last <= time.first:
        cost, low, high = _after(sentence, trigger, time, future)
    else:
        return _TOO_FAR
    if (cost, low, high) == _OWN:
        return 0.0
    cost += _of_form(sentence.doc, trigger, time, future)
    if sentence.is_quoting:
        quoted = sentence.doc.quoted_length(time.what.start)
        if quoted != sentence.doc.quoted_length(sentence.doc.starts[trigger.first]):
            cost += _MAX_COST if quoted > _SPEECH else 8
    return cost + _between(sentence.doc, trigger, time, low, high)


def _before(sentence: Sentence, trigger: Trigger, time: TimeSpan) -> tuple[float, int, int]:
    """Return the cost of a time before a trigger, and the words between them."""
    doc, shape = sentence.doc, trigger.shape
    cost, low, high = _SHAPE.get(shape, 0.0), time.last, trigger.phrase_start
    begin = time.first - (doc.lower[time.first - 1] in PREPOSITIONS)
    if low >= high and shape == "noun" and "," not in doc.space_before[low]:
        return _OWN  # "Monday's talks"
    if time.first <= sentence.first + 1:
        cost -= 8 if shape in FINITE else 0
    elif trigger.sense.kind == "statement" and "," in "".join(doc.space_before[low : high + 1]):
        cost += 6  # "… this year, analysts said"
    elif shape in _OF_ITS_OWN and doc.lower[high - 1] in PREPOSITIONS:
        cost += 3  # "was jailed on Monday for taking bribes"
    elif "," in doc.space_before[low] and "," not in doc.space_before[begin]:
        cost += 4  # "The firm, founded in 1952, closed", not "The firm, in 1952, closed"
    return cost, low, high


def _after(
    sentence: Sentence, trigger: Trigger, time: TimeSpan, future: bool
) -> tuple[float, int, int]:
    """Return the cost of a time behind a trigger, and the words between them."""
    doc, shape = sentence.doc, trigger.shape
    low, high = trigger.last, time.first
    if (
        shape == "noun"
        and "," in doc.space_before[time.last]
        and sentence.first == trigger.phrase_start - 1
    ):
        return _OWN  # "During his visit on Monday, …"
    if doc.lower[high - 1] == "as" and doc.lower[high - 3] == "as":
        high -= 3  # "as soon as Friday"
    return 0.0 if future and shape == "infinitive" else _SHAPE.get(shape, 0.0), low, high


def _of_form(doc: Document, trigger: Trigger, time: TimeSpan, future: bool) -> float:
    """Return what it costs that a form tells of another time than the one stated."""
    shape, cost = trigger.shape, 2.0 if trigger.sense.group == "state" else 0.0
    is_told = shape in _PAST_FORMS
    is_untold = shape in _FUTURE_FORMS and doc.lower[trigger.phrase_start] not in WAS
    if is_told if future else is_untold:
        cost += 6
    return cost


def _between(doc: Document, trigger: Trigger, time: TimeSpan, low: int, high: int) -> float:
    """Return what the words and marks between a trigger and a time cost."""
    gaps = doc.space_before[low + 1 : high + 1]
    cost = float(sum(not _PARTS.isdisjoint(gap) for gap in gaps))
    return sum(map(_PRICE.get, doc.lower[low:high], repeat(0.5)), cost)
