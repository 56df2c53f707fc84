"""The noun phrase that is the subject of a trigger, whether or not it names anybody."""

from .forms import NOUNS, VERBS
from .prose import Scope
from .triggers import FINITE, Trigger
from .wordlists import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    BE,
    JOINTS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
)

Phrase = tuple[int, int]  # words, end exclusive

_INSIDE = frozenset(
    {" ", ". ", ",", " $", " £", " €", " “", ' "', " & "}
)  # gaps in a phrase: "U.S. aid"
_RELATIVE = RELATIVE | {"that"}
_STOPS = (OPENERS - JOINTS) | (PRONOUNS - {"that"}) | (AUXILIARIES - {"to"})
HEDGES = frozenset({("at", "least"), ("at", "most"), ("up", "to"), ("more", "than")})
_BEFORE_NOUN = PREPOSITIONS | {"to"}
_ADDRESSED = frozenset({"demand", "invite", "cause"})  # groups of verbs whose object is to act
_SAYING = frozenset({"say", "claim", "admit", "announce"})  # groups with a clause behind them
_PARTICIPIAL = frozenset({"reduced", "gerund", "infinitive"})
_NO_VERBS = frozenset({"noun", "adjective"})
_BE = BE | {"has", "have", "had"}
_LONG = 7  # words of a phrase that is cut to its head
_BACK = 12  # triggers looked back on
_FAR = 40  # words of what is put between a subject and its verb
_NAMES = 3  # words of a name that acts in a relative clause
_HOPS = 4  # verbs joined to one another


def subject(scope: Scope, found: list[Trigger], order: int, hops: int = _HOPS) -> Phrase | None:
    """Return the words of the subject of found[order] without article, None for none.

    It stands before the verb, or before what is put between ("the deal, made in May, is"), or is
    that of the verb this one is joined to, over so many hops.
    """
    lower, gaps = scope.prose.lower, scope.prose.gaps
    trigger = found[order]
    start = _start(scope, trigger)
    if start <= scope.first:
        return None
    before = lower[start - 1]
    if before in _RELATIVE:
        return _nearest(scope, _ending(scope, found, order, start - 1))
    if lower[trigger.group_start] == "to" and start == trigger.group_start:
        return _addressed(scope, found, order) or _inherited(scope, found, order, hops)
    if before in JOINTS:
        return _inherited(scope, found, order, hops)
    if trigger.passive and trigger.tense == "past" and trigger.group_start == trigger.first:
        return _inherited(scope, found, order, hops)  # "was held in May, jailed in June"
    is_apart = gaps[start - 1] not in _INSIDE
    if before in _STOPS and before not in BE and not is_apart:
        return None if before in PRONOUNS else _inherited(scope, found, order, hops)
    if trigger.tense == "gerund":
        return _inherited(scope, found, order, hops)
    if is_apart and trigger.tense != "reduced":
        start = _before_insertion(scope, start)
    return _ending(scope, found, order, start) or _inherited(scope, found, order, hops)


def opening(scope: Scope, found: list[Trigger]) -> Phrase | None:
    """Return the words of the subject that a sentence opens with."""
    lower = scope.prose.lower
    order = next((n for n, trigger in enumerate(found) if trigger.tense in FINITE), None)
    last = scope.last if order is None else found[order].group_start
    verb = next((i for i in range(scope.first, last) if lower[i] in _BE), last)
    if verb < last:
        return _before_copula(scope, found, verb)
    return None if order is None else subject(scope, found, order)


def _before_copula(scope: Scope, found: list[Trigger], verb: int) -> Phrase | None:
    """Return the subject of the auxiliary words[verb]: "Norlak is a bank"."""
    if scope.prose.gaps[verb - 1] not in _INSIDE:
        verb = _before_insertion(scope, verb)
    return _ending(scope, found, sum(trigger.first < verb for trigger in found), verb)


def _start(scope: Scope, trigger: Trigger) -> int:
    """Return where a verb group begins, with the "is now set" of "is now set to close"."""
    start, lower = trigger.group_start, scope.prose.lower
    if lower[start] == "to":
        i = start - 2
        while i > scope.first and (lower[i] in ADVERBS or lower[i] == "not"):
            i -= 1
        if i > scope.first and lower[i] in BE:
            while i > scope.first and (lower[i - 1] in AUXILIARIES or lower[i - 1] in ADVERBS):
                i -= 1
            return i
    return start


def _addressed(scope: Scope, found: list[Trigger], order: int) -> Phrase | None:
    """Return who is to act: "the leak forced the plant to close"."""
    before = found[order - 1] if order else None
    if before is None or before.reading.group not in _ADDRESSED or before.tense in _NO_VERBS:
        return None
    end = found[order].group_start
    if scope.prose.gaps[end - 1] not in _INSIDE:
        end = _before_insertion(scope, end)  # "asked a judge, Ann Lee, to rule"
    return _ending(scope, found, order, end)


def _before_insertion(scope: Scope, start: int) -> int:
    """Return where a phrase ends whose verb begins at `start` after something put between."""
    gaps = scope.prose.gaps
    marks = [i for i in range(max(scope.first, start - _FAR), start - 1) if gaps[i] not in _INSIDE]
    while len(marks) > 1 and scope.prose.lower[marks[-1]].isdigit():
        marks.pop()  # "Li, 48, of Lima, served"
    return marks[-1] + 1 if marks else start


def _inherited(scope: Scope, found: list[Trigger], order: int, hops: int) -> Phrase | None:
    """Return the subject of the verb to which one is joined."""
    trigger = found[order]
    verbs = [n for n in range(max(0, order - _BACK), order) if found[n].tense not in _NO_VERBS]
    if trigger.tense == "gerund" and "," in scope.prose.gaps[trigger.group_start - 1]:
        verbs = [n for n in verbs if found[n].tense not in _PARTICIPIAL][:2]
        verbs = [n for n in verbs if found[n].reading.group != "say"][:1] or verbs
    elif trigger.tense not in _PARTICIPIAL:
        verbs = [n for n in verbs if found[n].tense not in _PARTICIPIAL] or verbs
    if not verbs and trigger.tense == "gerund":
        if trigger.group_start == scope.first + 1:  # "By closing the yard, Norlak …"
            verbs = [n for n in range(order + 1, len(found)) if found[n].tense in FINITE][:1]
        else:  # "The yard is old, needing repairs"
            lower = scope.prose.lower
            copulas = [i for i in range(scope.first, trigger.first) if lower[i] in AUXILIARIES]
            return _ending(scope, found, order, copulas[0]) if copulas else None
    if not verbs and trigger.tense in FINITE:  # "The yard is old and made nine boats"
        lower = scope.prose.lower
        copula = next((i for i in range(scope.first, trigger.first) if lower[i] in _BE), -1)
        return _before_copula(scope, found, copula) if copula > scope.first else None
    return subject(scope, found, verbs[-1], hops - 1) if verbs and hops else None


def _ending(scope: Scope, found: list[Trigger], order: int, end: int) -> Phrase | None:
    """Return the noun phrase that ends before words[end]; found[order] is its verb."""
    lower, gaps = scope.prose.lower, scope.prose.gaps
    floor = scope.first
    for n in range(order - 1, max(-1, order - _BACK - 1), -1):
        if found[n].last <= end and found[n].tense not in _NO_VERBS:
            if _qualifies(scope, found[n], end):
                return _ending(scope, found, n, _before_clause(scope, found[n]))
            floor = found[n].last
            if found[n].tense in FINITE and found[n].reading.group not in _SAYING:
                floor = max([floor, *(i + 1 for i in range(floor, end) if lower[i] == "and")])
            break
    for time in reversed(scope.times):
        if time.last == end and time.first > floor:  # "Rebels on Monday attacked"
            end = time.first - (lower[time.first - 1] in PREPOSITIONS)
    begin = end
    while begin > floor and not _stops(scope, begin - 1):
        if begin < end and gaps[begin - 1] not in _INSIDE:
            break
        begin -= 1
    return _trimmed(scope, begin, end)


def _nearest(scope: Scope, phrase: Phrase | None) -> Phrase | None:
    """Return the noun that a relative clause tells of: "a vote in a ballot | that closed"."""
    if phrase is None:
        return None
    lower, (first, last) = scope.prose.lower, phrase
    for i in range(last - 1, first, -1):
        if lower[i] in PREPOSITIONS and lower[i] != "of":
            return _trimmed(scope, i + 1, last)
    return phrase


def _qualifies(scope: Scope, verb: Trigger, end: int) -> bool:
    """Whether a verb belongs to the subject that ends at words[end]: "the storm that hit Lima"."""
    gaps, start = scope.prose.gaps, verb.group_start
    if start <= scope.first or any(gap not in _INSIDE for gap in gaps[start - 1 : end]):
        return False
    if JOINTS.isdisjoint(scope.prose.lower[verb.last : end]):
        before = scope.prose.lower[start - 1]
        if verb.tense == "gerund":
            return before not in PREPOSITIONS and before not in AUXILIARIES
        return verb.tense == "reduced" or _who(scope, verb) >= 0
    return False


def _before_clause(scope: Scope, verb: Trigger) -> int:
    """Return where the noun ends that a verb qualifies."""
    who = _who(scope, verb)
    return who if who >= 0 else verb.group_start


def _who(scope: Scope, verb: Trigger) -> int:
    """Return the index of the "that" of "a talk that (Ann Lee) gave", -1 for none."""
    lower, start = scope.prose.lower, verb.group_start
    if lower[start - 1] in _RELATIVE:
        return start - 1
    for i in range(start - 2, max(scope.first, start - 2 - _NAMES), -1):
        if scope.prose.gaps[i] != " " or not scope.prose.words[i + 1][0].isupper():
            return -1
        if lower[i] in _RELATIVE:
            return -1 if lower[i - 1] in VERBS and lower[i - 1] not in NOUNS else i
    return -1


def _stops(scope: Scope, i: int) -> bool:
    """Whether words[i] is in no noun phrase; the month and "into that port" are."""
    word = scope.prose.lower[i]
    if word == "that":
        return scope.prose.lower[i - 1] not in PREPOSITIONS
    return word in _STOPS and scope.prose.words[i] != "May"


def _trimmed(scope: Scope, begin: int, end: int) -> Phrase | None:
    """Leave out of a phrase what stands before its head: "in May the", "and the"."""
    lower, words = scope.prose.lower, scope.prose.words
    while begin < end and (lower[begin] in JOINTS or lower[begin] in ADVERBS):
        begin += 1
    for time in scope.times:
        opens = time.first == begin or (time.first == begin + 1 and lower[begin] in _BEFORE_NOUN)
        if opens and time.last < end and not lower[time.last - 1].endswith("'s"):
            begin = time.last
    if begin < end and lower[begin] in _BEFORE_NOUN and (*lower[begin : begin + 2],) not in HEDGES:
        articles = [
            i
            for i in range(begin + 2, end)
            if lower[i] in ARTICLES and lower[i - 1] not in _BEFORE_NOUN
        ]
        begin = articles[-1] if articles else begin + 1
        while not articles and begin < end and words[begin][0].isupper():
            begin += 1
    while begin < end and (lower[begin] in JOINTS or lower[begin] in ("a", "an", "the")):
        begin += 1
    if end - begin > _LONG:
        end = next((i for i in range(begin + 1, end) if lower[i] in _BEFORE_NOUN), end)
        begin = max(begin, end - _LONG)
    is_age = end - begin == 1 and lower[begin].isdigit()  # "Li, 48, served"
    return None if begin >= end or is_age else (begin, end)


def head(scope: Scope, phrase: Phrase) -> int:
    """Return the index of the word that a phrase is about: "ferries" in "ferries to Kiel"."""
    first, last = phrase
    lower = scope.prose.lower
    begin = first + 2 if (*lower[first : first + 2],) in HEDGES else first
    return next((i for i in range(begin, last) if lower[i] in _BEFORE_NOUN), last) - 1
