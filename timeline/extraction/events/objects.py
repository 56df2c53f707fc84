"""What a title takes over of the words behind a trigger: an object, a complement, what is said.

It is cut where a phrase ends, and left out where only half of one would be short enough.
"""

from .mention import Mention
from .subjects import HEDGES
from .triggers import FINITE, Trigger
from .wordlists import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
)

_OBJECT = 9  # words of an object that a title takes over
_COMPLEMENT = 7  # and of what a noun is about
_CLAUSE = 14  # and of what somebody says
_JOINTS = frozenset({"and", "or"})
_WHEN = frozenset({"during", "after", "before", "since", "until", "amid", "despite", "when"})
_CIRCUMSTANCE = _WHEN | {"in", "at", "over"}
TOPICS = frozenset({"on", "for", "against", "over", "as", "into"})  # words before what it is about
PARTNERS = frozenset({"with", "between"})
_WITHIN = frozenset({"of", "between"})  # prepositions that carry an object on
_NO_OBJECT = (OPENERS - _JOINTS) | (AUXILIARIES - {"to", "be"})  # another clause goes on
_NO_END = (
    AUXILIARIES
    | CONJUNCTIONS
    | DETERMINERS
    | PREPOSITIONS
    | ADVERBS
    | {"including", "too", "given", "possibly", "here", "there", "late", "early"}
)
# A noun may look like a verb in the present: "results".
_CLAUSAL = (FINITE | {"reduced"}) - {"present"}
_REMOTE = frozenset({"later", "earlier", "ago"})
_TO_STAY = (["to", "stay"], ["to", "remain"])
_UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
_INSIDE = frozenset({" ", ". ", "% ", " $", " £", " €", " & "})  # gaps within a phrase
_PLAIN_SAYING = frozenset({"say", "add", "tell"})  # lemmas after which a clause stands


def object_of(mention: Mention, begin: int) -> str:
    """Return the object at words[begin], "" for none that can be cut to a few words."""
    scope, prose = mention.scope, mention.scope.prose
    begin = _after_adverbs(mention, _after_time(mention, begin))
    if begin >= scope.last or prose.gaps[begin - 1] not in _INSIDE:
        return ""
    word = prose.lower[begin]
    if (word in _WHEN and not _is_hedge(mention, begin)) or word.endswith("ly"):
        return ""
    if prose.lower[begin] == "at" and "".join(prose.words[begin + 1 : begin + 2])[:1].isdigit():
        return ""  # "at 4.12 a.m."
    end = _trimmed(mention, begin, _end(mention, begin, _OBJECT))
    if end < scope.last and prose.lower[end] in _REMOTE:
        return ""  # "lifted two hours later"
    if prose.lower[end - 1] in _UNITS and prose.lower[end : end + 1] in (["before"], ["after"]):
        end = _trimmed(mention, begin, end - 1)  # "killed them minutes before"
    return _printed(mention, begin, end)


def complement(mention: Mention, topics: frozenset[str]) -> str:
    """Return what a noun is about, after one of `topics`: "on trade" of "the talks on trade"."""
    begin, scope = mention.trigger.last, mention.scope
    lower = scope.prose.lower
    if begin + 1 >= scope.last or scope.prose.gaps[begin - 1] != " " or lower[begin] not in topics:
        return ""
    if _after_time(mention, begin) != begin or lower[begin + 1] in PRONOUNS:
        return ""
    end = _end(mention, begin + 1, _COMPLEMENT)
    end = _trimmed(mention, begin + 1, end)
    return _printed(mention, begin, end) if end > begin + 1 else ""


def said(mention: Mention) -> str:
    """Return what somebody says, "" where it is too long for a title or not all there."""
    scope, begin = mention.scope, _after_time(mention, mention.trigger.last)
    lower, gaps, lemma = scope.prose.lower, scope.prose.gaps, mention.trigger.reading.lemma
    begin += begin < scope.last and lower[begin] == "that"
    begin = _after_adverbs(mention, begin)
    if begin >= scope.last or gaps[begin - 1] not in _INSIDE or lower[begin].endswith("ly"):
        return ""
    if lower[begin] in _CIRCUMSTANCE:
        return ""
    is_plain = lemma in _PLAIN_SAYING or mention.trigger.reading.kind == "announcement"
    if is_plain and lower[begin] in PREPOSITIONS:
        return ""
    stop = _until_time(mention, begin, scope.last)
    last = min(stop, begin + _CLAUSE)
    end = begin + 1
    while end < last and lower[end] not in OPENERS and _is_joined(mention, end):
        end += 1
    whole = _trimmed(mention, begin, end)
    is_whole = (
        whole == end or lower[whole] in ADVERBS or (end == stop and lower[whole] in PREPOSITIONS)
    )
    if end == begin + _CLAUSE or not is_whole:
        return ""
    end = whole
    if lemma in _PLAIN_SAYING and not _has_verb(mention, begin, end):
        return ""
    return _printed(mention, begin, end)


def _after_time(mention: Mention, begin: int) -> int:
    """Return where a phrase goes on behind a time that stands at words[begin]: "wins Sunday’s"."""
    lower = mention.scope.prose.lower
    for time in mention.scope.times:
        if time.first == begin or (time.first == begin + 1 and lower[begin] in PREPOSITIONS):
            return time.last
    return begin


def _after_adverbs(mention: Mention, begin: int) -> int:
    """Return where a phrase goes on behind adverbs: "said publicly", "met again"."""
    lower, gaps = mention.scope.prose.lower, mention.scope.prose.gaps
    end = begin
    while end < mention.scope.last and (lower[end] in ADVERBS or lower[end].endswith("ly")):
        end += 1
    return end if end == begin or gaps[end - 1] == " " else begin


def _is_hedge(mention: Mention, begin: int) -> bool:
    return (*mention.scope.prose.lower[begin : begin + 2],) in HEDGES


def _end(mention: Mention, begin: int, reach: int) -> int:
    """Return where the phrase ends that begins at words[begin], at the last whole part in reach."""
    scope, lower = mention.scope, mention.scope.prose.lower
    last = _until_clause(mention, begin, _until_time(mention, begin, scope.last))
    opens = 2 if _is_hedge(mention, begin) else lower[begin] == "as"
    end = whole = begin + opens
    while end < last and (lower[end] not in _NO_OBJECT or lower[end - 1] == "to"):
        if end > begin and not (_is_joined(mention, end) or _is_listed(mention, end)):
            break
        if end > begin and lower[end] in PREPOSITIONS and lower[end] not in _WITHIN:
            break
        if lower[end] in _WITHIN or lower[end] in _JOINTS or lower[end] == "to":
            whole = end
        if lower[end] in _JOINTS and not _goes_on(mention, end + 1, last):
            break
        end += 1
    return end if end - begin <= reach else whole


def _goes_on(mention: Mention, begin: int, last: int) -> bool:
    """Whether words[begin] after an "and" belong to the same phrase: no verb comes next."""
    verbs = {t.first for t in mention.clauses.found if t.tense != "noun"}
    end = begin
    while end < last and _is_joined(mention, end) and end - begin < _OBJECT:
        word = mention.scope.prose.lower[end]
        if end in verbs or word in PRONOUNS or word in _NO_OBJECT:
            return False
        if word in PREPOSITIONS:
            break
        end += 1
    return end > begin


def _until_time(mention: Mention, begin: int, last: int) -> int:
    """Return where the first time after words[begin] stands, or `last`."""
    lower = mention.scope.prose.lower
    for time in mention.scope.times:
        if begin <= time.first < last and (
            time.first == begin or lower[time.first - 1] not in DETERMINERS
        ):
            last = time.first
    return last


def _until_clause(mention: Mention, begin: int, last: int) -> int:
    """Return where another clause begins with its subject: "praised the pact | Li had signed"."""
    clauses = mention.clauses
    for order in range(mention.order + 1, len(clauses.found)):
        trigger = clauses.found[order]
        if trigger.first >= last:
            break
        if begin < trigger.first and _opens_clause(mention, trigger):
            if mention.scope.prose.lower[trigger.group_start - 1] in RELATIVE:
                return min(last, trigger.group_start - 1)
            phrase = clauses.phrase(order)
            if trigger.tense in FINITE and phrase and begin < phrase[0] < trigger.group_start:
                return min(last, phrase[0])
            return min(last, trigger.group_start)
    return last


def _opens_clause(mention: Mention, trigger: Trigger) -> bool:
    """Whether a verb is no part of the object before it: "names the man | shot by police"."""
    if trigger.tense == "gerund":
        return mention.scope.prose.lower[trigger.group_start - 1] not in PREPOSITIONS
    return trigger.tense in _CLAUSAL


def _is_joined(mention: Mention, end: int) -> bool:
    """Whether nothing parts words[end] from the word before it: also "3,000"."""
    prose = mention.scope.prose
    gap = prose.gaps[end - 1]
    return gap in _INSIDE or (gap == "," and prose.words[end][0].isdigit())


def _is_listed(mention: Mention, end: int) -> bool:
    """Whether a comma only parts adjectives before the noun: "a high-risk, high-return game"."""
    noun = mention.trigger.first
    return (
        mention.trigger.tense == "noun"
        and mention.scope.prose.gaps[end - 1] == ", "
        and end <= noun
    )


def _has_verb(mention: Mention, begin: int, end: int) -> bool:
    lower = mention.scope.prose.lower
    return not AUXILIARIES.isdisjoint(lower[begin:end]) or any(
        begin < trigger.first < end and trigger.tense in FINITE for trigger in mention.clauses.found
    )


def _trimmed(mention: Mention, begin: int, end: int) -> int:
    """Return where a phrase ends without what cannot end a title."""
    lower = mention.scope.prose.lower
    while end > begin and lower[end - 1] in _NO_END and lower[end - 2 : end] not in _TO_STAY:
        end -= 1
    return end


def _printed(mention: Mention, begin: int, end: int) -> str:
    """Return words[begin:end] as they are printed, with the signs of money and of shares."""
    if end <= begin:
        return ""
    prose = mention.scope.prose
    start, stop = prose.starts[begin], prose.ends[end - 1]
    start -= prose.text[start - 1] in "$£€"
    after = prose.text[stop : stop + 1]
    is_short = after == "." and "." in prose.words[end - 1]
    return prose.text[start : stop + (after == "%" or is_short)]
