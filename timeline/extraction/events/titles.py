"""The title of an event, as a headline says it: "Kim Jong-un visits China"."""

from .mention import MEETINGS, Mention
from .prose import Scope
from .subjects import HEDGES, Phrase, head
from .triggers import PHRASAL, VERBS, Trigger
from .wordlists import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
)

_OBJECT = 6  # words of an object that a title takes over
_WORDS = 12  # and of what somebody says
_OF_SEVERAL = MEETINGS | {"agreement", "speech", "war"}  # kinds of events: "talks of Li and Berg"
_OWNERS = frozenset({"his", "her", "its", "their"})
_LEFT_OUT = _OWNERS | {"a", "an", "the", "this", "that", "such"}
_CIRCUMSTANCE = frozenset({"in", "at", "during", "after", "before", "since", "until", "over"})
_NO_OBJECT = OPENERS | (AUXILIARIES - {"to", "be"})  # with these another clause goes on
_NO_END = AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS
_PEOPLE = frozenset({"people", "police", "men", "women", "children", "crew", "troops"})
_SINGULAR = ("ss", "us", "is", "'s")  # ends of words that are no plurals
_INSIDE = frozenset({" ", ". ", " $", " £", " €"})  # gaps within an object
_PLAIN = frozenset({"plan", "cancel", "postpone"})  # groups of verbs said of their own day
_OF_NOUNS = frozenset({"plan", "cancel", "postpone", "hold"})  # groups that a status tells
_TOLD = frozenset({"past", "perfect", "pluperfect"})
_POSSIBLY = frozenset({"can", "could", "should", "must"})
_NOT_NOW = frozenset({"planned", "cancelled", "postponed"})
_THIRD = {reading.lemma: form for form, reading in VERBS.items() if reading.form == "s"} | {
    reading.lemma: " ".join(form) for form, reading in PHRASAL.items() if reading.form == "s"
}


def title(mention: Mention, actors: tuple[str, ...], joint: str, where: str | None) -> str:
    """Return a short title of actors, deed and place; `joint` is the word before the place."""
    verb = mention if mention.trigger.tense != "noun" else mention.predicate
    if mention.aspect and actors:
        verb = None  # "Anna Berg's visit" of "Anna Berg's visit ended"
    words = _deed(mention, verb) if verb is not None else _thing(mention, actors)
    if where and where not in words:
        words = f"{words} {joint} {where}"
    return words[:1].upper() + words[1:]


def _deed(mention: Mention, verb: Mention) -> str:
    """Name an event by its verb: "Kim Jong-un to visit Pyongyang"."""
    trigger = verb.trigger
    what = _said(mention) if mention.says else _object(mention, trigger.last)
    is_told = bool(what) and not (mention.who and mention.who[0] in what)  # not “…,” said Li
    if mention.says and mention.who and not is_told and not trigger.passive:
        return f"{trigger.reading.kind} by {_and(mention.who)}"
    subject, plural = _subject(mention, verb)
    words = f"{subject} {_verb(mention, trigger, plural)} {what}".strip()
    if trigger.tense == "perfect" and mention.lasts("since"):
        words += f" since {mention.time.text.removeprefix('since ')}"
    return words


def _verb(mention: Mention, trigger: Trigger, plural: bool) -> str:
    """Return a verb as headlines have it: "to visit", "visits", "closed"."""
    prose, status = mention.scope.prose, mention.status
    lemma = trigger.reading.lemma
    third = _THIRD.get(lemma)
    words = prose.text[prose.starts[trigger.first] : prose.ends[trigger.last - 1]]
    negated = "not " if trigger.negated else ""
    if trigger.tense == "perfect" and mention.lasts("since"):
        return prose.text[prose.starts[trigger.group_start] : prose.ends[trigger.last - 1]]
    if trigger.passive or third is None:
        lemma = f"be {words}"
        present = words
    else:
        present = f"do{'' if plural else 'es'} not {lemma}" if negated else lemma
        present = present if plural or negated else third
    if (third is None and not trigger.passive) or _is_plain(trigger):
        return present
    if status in _NOT_NOW:
        return f"{negated}to {lemma}"
    if status == "expected":
        return f"{negated}expected to {lemma}"
    if status == "possible":
        modal = _modal(mention, trigger)
        group = prose.lower[trigger.group_start : trigger.first]
        if trigger.tense in _TOLD or "have" in group:
            return f"{modal} {negated}have {'been ' if trigger.passive else ''}{words}"
        return f"{modal} {negated}{lemma}"
    return negated + present if trigger.passive else present


def _is_plain(trigger: Trigger) -> bool:
    """Whether a verb tells what became of a plan, so that its own day needs no "to"."""
    return trigger.reading.group in _PLAIN and trigger.tense not in ("modal", "future")


def _modal(mention: Mention, trigger: Trigger) -> str:
    group = mention.scope.prose.lower[trigger.group_start : trigger.first]
    return next((word for word in group if word in _POSSIBLY), "may")


def _subject(mention: Mention, verb: Mention) -> tuple[str, bool]:
    """Return who or what acts, and whether they are several."""
    scope, who = mention.scope, verb.who
    if who and scope.prose.lower[verb.trigger.group_start - 1] in PRONOUNS:
        return _and(who), len(who) > 1
    phrase = verb.clauses.phrase(verb.order)
    if who and (phrase is None or _is_about(mention, phrase, who)):
        return _and(who), len(who) > 1
    if phrase is None:
        return _antecedent(mention, verb)
    first, last = phrase
    prose = scope.prose
    owner = ""
    if prose.lower[first] in _OWNERS and last - first > 1:
        owner = _owner(mention, prose.lower[first], first)
        first += 1
    return owner + _printed(scope, (first, last)), _is_plural(scope, (first, last))


def _antecedent(mention: Mention, verb: Mention) -> tuple[str, bool]:
    """Return what "it" or "they" is, which names nobody: the subject of the sentence before."""
    start, last = verb.trigger.group_start, mention.clauses.cast.last
    prose = mention.scope.prose
    pronoun = prose.lower[start - 1] if start > mention.scope.first else ""
    if pronoun not in ("it", "they"):
        return "", False
    nouns = [t for t in verb.clauses.found[: verb.order] if t.tense == "noun"]
    if pronoun == "it" and nouns:
        return prose.lower[nouns[-1].first], False
    if last is None:
        return "", False
    orders = [n for n, trigger in enumerate(last.found) if trigger.tense != "noun"]
    phrase = last.phrase(orders[0]) if orders else None
    plural = phrase is not None and _is_plural(last.scope, phrase)
    if phrase is None or plural != (pronoun == "they"):
        return "", False
    return _printed(last.scope, phrase), plural


def _printed(scope: Scope, phrase: Phrase) -> str:
    first, last = phrase
    return scope.prose.text[scope.prose.starts[first] : scope.prose.ends[last - 1]]


def _is_about(mention: Mention, phrase: Phrase, who: tuple[str, ...]) -> bool:
    """Whether a phrase names who acts as what it is about, or does not name them at all."""
    scope, prose = mention.scope, mention.scope.prose
    index = head(scope, phrase)
    named = [name for i, name in scope.people if phrase[0] <= i < phrase[1]]
    named = [name for name in named if name.canonical in who]
    return not named or any(
        prose.word_at(name.start) <= index and name.end >= prose.ends[index] - 2 for name in named
    )


def _owner(mention: Mention, word: str, first: int) -> str:
    """Return who is meant by the "her" of "her office"."""
    clauses, scope = mention.clauses, mention.scope
    if word == "their":
        return ""
    kinds = ("person",) if word != "its" else ("organisation", "country")
    named = [n.canonical for n in scope.actors(scope.first, first) if n.kind in kinds]
    known = named[-1:] or (clauses.cast.body if word == "its" else clauses.cast.person)
    return _of(known[0]) + " " if known else ""


def _is_plural(scope: Scope, phrase: Phrase) -> bool:
    first = phrase[0]
    lower = scope.prose.lower
    index = head(scope, phrase)
    if "and" in lower[first : index + 1] or lower[index] in _PEOPLE:
        return True
    if any(scope.prose.word_at(name.start) <= index < scope.prose.word_at(name.end)
           for _, name in scope.people if name.kind == "organisation"):  # fmt: skip
        return False
    return lower[index].endswith("s") and not lower[index].endswith(_SINGULAR)


def _thing(mention: Mention, actors: tuple[str, ...]) -> str:
    """Name an event by its noun: "Kim Jong-un's visit", "Talks: Kim Jong-un and Xi Jinping"."""
    prose = mention.scope.prose
    trigger, verb = mention.trigger, mention.verb
    noun = prose.lower[trigger.first]
    if verb is not None and trigger.reading.kind not in _OF_SEVERAL and not verb.trigger.passive:
        return _deed(mention, verb)
    if mention.who and len(actors) == 1:
        return f"{_of(_and(mention.who))} {noun}{_undergone(mention)}"
    if actors and trigger.reading.kind in _OF_SEVERAL:
        return f"{noun} of {_and(actors)}"
    words = " ".join(prose.words[_core(mention) : trigger.last])
    after = prose.lower[trigger.last : trigger.last + 1]
    if after == ["of"]:
        words = f"{words} {_object(mention, trigger.last)}".strip()
    return words + _undergone(mention)


def _undergone(mention: Mention) -> str:
    """Return what was done with what a noun names: " lifted" of "the ban was lifted"."""
    clauses, prose, order = mention.clauses, mention.scope.prose, mention.order + 1
    if order >= len(clauses.found):
        return ""
    verb = clauses.found[order]
    if not verb.passive or verb.tense == "reduced" or verb.reading.group in _OF_NOUNS:
        return ""
    phrase = clauses.phrase(order)
    if phrase is None or head(mention.scope, phrase) != mention.trigger.first or verb.negated:
        return ""
    return " " + prose.text[prose.starts[verb.first] : prose.ends[verb.last - 1]]


def _core(mention: Mention) -> int:
    """Return where a noun phrase begins without its determiner."""
    lower = mention.scope.prose.lower
    first = mention.trigger.group_start
    while first < mention.trigger.first and (
        lower[first] in _LEFT_OUT or lower[first].endswith("'s")
    ):
        first += 1
    return first


def _object(mention: Mention, begin: int) -> str:
    """Return the few words of an object at words[begin], up to where its clause goes on."""
    prose = mention.scope.prose
    lower, gaps = prose.lower, prose.gaps
    for time in mention.scope.times:
        if time.first == begin or (time.first == begin + 1 and lower[begin] in PREPOSITIONS):
            begin = time.last  # "wins Sunday’s race"
    if begin >= mention.scope.last:
        return ""
    hedge = 2 if (*lower[begin : begin + 2],) in HEDGES else 0
    if gaps[begin - 1] not in _INSIDE or (lower[begin] in _CIRCUMSTANCE and not hedge):
        return ""
    last = _until_time(mention, begin, _OBJECT)
    end = min(begin + hedge, last)
    while end < last and lower[end] not in _NO_OBJECT:
        is_next = gaps[end - 1] == " " or _goes_on(mention, end)
        if end > begin and (not is_next or lower[end] in PREPOSITIONS):
            break
        end += 1
    return _ended(mention, begin, end)


def _said(mention: Mention) -> str:
    """Return what somebody says, where it is short enough for a title."""
    prose, begin = mention.scope.prose, mention.trigger.last
    lower, gaps = prose.lower, prose.gaps
    if gaps[begin - 1] not in _INSIDE or lower[begin] in _CIRCUMSTANCE:
        return ""
    begin += lower[begin] == "that"
    last = _until_time(mention, begin, _WORDS)
    end = begin
    while end < last and lower[end] not in OPENERS and _goes_on(mention, end):
        end += 1
    return _ended(mention, begin, end) if end < begin + _WORDS else ""


def _until_time(mention: Mention, begin: int, reach: int) -> int:
    """Return where the first time after words[begin] stands, or the end of its reach."""
    lower = mention.scope.prose.lower
    last = min(mention.scope.last, begin + reach)
    for time in mention.scope.times:
        if begin <= time.first < last and (
            time.first == begin or lower[time.first - 1] not in DETERMINERS
        ):
            last = time.first
    return last


def _goes_on(mention: Mention, end: int) -> bool:
    """Whether nothing parts words[end] from the word before it: also "3,000"."""
    prose = mention.scope.prose
    gap = prose.gaps[end - 1]
    return gap in _INSIDE or (gap == "," and prose.words[end][0].isdigit())


def _ended(mention: Mention, begin: int, end: int) -> str:
    """Return words[begin:end] without what cannot end a title."""
    prose = mention.scope.prose
    while end > begin and prose.lower[end - 1] in _NO_END:
        end -= 1
    if end == begin:
        return ""
    start, stop = prose.starts[begin], prose.ends[end - 1]
    start -= prose.text[start - 1] in "$£€"
    return prose.text[start : stop + (prose.text[stop : stop + 1] == "%")]


def _of(owner: str) -> str:
    return f"{owner}’" if owner.endswith("s") else f"{owner}’s"


def _and(actors: tuple[str, ...]) -> str:
    *others, last = actors or ("",)
    return f"{', '.join(others)} and {last}" if others else last
