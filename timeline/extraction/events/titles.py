"""The title of an event, as a headline says it: "Kim Jong-un visits China"."""

from collections.abc import Sequence

from .forms import PHRASAL, VERBS, base_of, third_of
from .mention import CALLED_OFF, MEETINGS, Mention
from .objects import PARTNERS, TOPICS, complement, object_of, said
from .plans import ENDS
from .prose import Scope
from .subjects import Phrase, head
from .triggers import FINITE, Trigger
from .wordlists import NUMBERS, PRONOUNS

_OF_SEVERAL = MEETINGS | {"agreement", "speech", "war"}  # kinds of events: "talks of Li and Berg"
_SHARED = _OF_SEVERAL - {"agreement"}
_BODIES = ("organisation", "country")
_OF_ONE = frozenset({"visit", "speech"})  # of which one of them is the owner
_BY = frozenset({"by", "with"})
_OWNING = {"its": _BODIES, "whose": ("person", *_BODIES)}  # kinds of names
_PERSONAL = frozenset({"his", "her"})
_OWNERS = frozenset({"his", "her", "its", "their"})
_LEFT_OUT = _OWNERS | {"a", "an", "the", "this", "that", "such"}
_PEOPLE = frozenset({"people", "police", "women", "children", "crew", "troops"})
_SINGULAR = ("ss", "us", "is", "'s")  # ends of words that are no plurals
_PLAIN = frozenset({"plan", "cancel", "postpone"})  # groups of verbs said of their own day
# Groups that a status tells, and of verbs that are not known.
_OF_NOUNS = frozenset({"plan", "cancel", "postpone", "hold", "other"})
_TO_COME = ("future", "modal", "infinitive")
_SPEAKING = frozenset({"speak", "talk", "testify"})  # lemmas after which no clause stands
_TOLD = frozenset({"past", "perfect", "pluperfect"})
_POSSIBLY = frozenset({"can", "could", "should", "must"})
_NOT_NOW = frozenset({"planned", "cancelled", "postponed"})
_REAL = frozenset({"occurred", "ongoing"})


def _forms(tag: str) -> dict[str, str]:
    """Return {lemma: one form} of all verbs."""
    return {reading.lemma: form for form, reading in VERBS.items() if reading.form == tag} | {
        reading.lemma: " ".join(form) for form, reading in PHRASAL.items() if reading.form == tag
    }


_THIRD, _ING = _forms("s"), _forms("ing")


def title(mention: Mention, actors: tuple[str, ...], joint: str, where: str | None) -> str:
    """Return a short title of actors, deed and place; `joint` is the word before the place."""
    verb = mention if mention.trigger.tense != "noun" else mention.predicate
    if mention.aspect and actors:
        verb = None  # "Anna Berg's visit" of "Anna Berg's visit ended"
    there = f" {joint} {where}" if where else ""
    words = _thing(mention, actors, there) if verb is None else _deed(mention, verb, there)
    return (words[:1].upper() + words[1:]).replace("'s", "’s")


def _deed(mention: Mention, verb: Mention, there: str) -> str:
    """Name an event by its verb: "Kim Jong-un to visit Pyongyang"."""
    trigger = verb.trigger
    is_said = verb.says and not trigger.passive and trigger.reading.lemma not in _SPEAKING
    what = said(verb) if is_said else object_of(mention, trigger.last)
    is_told = bool(what) and not (mention.who and mention.who[0] in what)  # not “…,” said Li
    if is_said and mention.who and not is_told:
        return _placed(mention, f"{trigger.reading.kind} by {_and(mention.who)}", there)
    if what in ("him", "her"):
        known = mention.clauses.cast.person(mention.clauses, what)
        what = next((who for who in known if who not in mention.who), what)
    subject, plural = _subject(mention, verb)
    if is_said and subject and not what:
        return _placed(mention, f"{trigger.reading.kind} by {subject}", there)
    deed = _verb(mention, trigger, plural)
    if not subject and not trigger.passive and mention.status in _REAL:
        deed = _ING.get(trigger.reading.lemma, deed)
    words = f"{subject} {deed} {what}".strip()
    if trigger.tense == "perfect" and mention.lasts("since"):
        words += f" since {mention.time.text.removeprefix('since ')}"
    return _placed(mention, words, there)


def _verb(mention: Mention, trigger: Trigger, plural: bool) -> str:
    """Return a verb as headlines have it: "to visit", "visits", "closed"."""
    prose, status = mention.scope.prose, mention.status
    lemma = trigger.reading.lemma
    third = _THIRD.get(lemma)
    if third is None and (base := base_of(lemma)):
        lemma, third = base, third_of(base)
    words = prose.text[prose.starts[trigger.first] : prose.ends[trigger.last - 1]]
    if trigger.first == mention.scope.first:
        words = words.lower()  # "Born in Lima, Li …"
    if trigger.tense == "perfect" and mention.lasts("since"):
        return prose.text[prose.starts[trigger.group_start] : prose.ends[trigger.last - 1]]
    if trigger.passive or third is None:
        lemma = f"be {words}"
        present = words
    else:
        present = lemma if plural else third
    if (third is None and not trigger.passive) or _is_plain(trigger):
        return present
    if status in _NOT_NOW:
        return f"to {lemma}"
    if status == "expected":
        return f"expected to {lemma}"
    if status == "possible":
        modal = _modal(mention, trigger)
        group = prose.lower[trigger.group_start : trigger.first]
        if trigger.tense in _TOLD or "have" in group:
            return f"{modal} have {'been ' if trigger.passive else ''}{words}"
        return f"{modal} {lemma}"
    return present


def _is_plain(trigger: Trigger) -> bool:
    """Whether a verb tells what became of a plan, so that its own day needs no "to"."""
    is_told = trigger.tense not in _TO_COME
    return is_told and (trigger.reading.group in _PLAIN or trigger.reading.lemma in ENDS)


def _modal(mention: Mention, trigger: Trigger) -> str:
    group = mention.scope.prose.lower[trigger.group_start : trigger.first]
    return next((word for word in group if word in _POSSIBLY), "may")


def _subject(mention: Mention, verb: Mention) -> tuple[str, bool]:
    """Return who or what acts, and whether they are several."""
    scope, who = mention.scope, verb.who
    if verb.trigger.passive and verb.trigger.reading.lemma in ENDS:
        who = ()  # whose plan it was
    if who and scope.prose.lower[verb.trigger.group_start - 1] in PRONOUNS:
        return _and(who), len(who) > 1
    phrase = verb.clauses.phrase(verb.order)
    if who and (phrase is None or _is_about(mention, phrase, who)):
        is_half = phrase is not None and scope.prose.lower[phrase[0] + 1 : phrase[1]][:1] == ["of"]
        return _printed(scope, phrase) if is_half else _and(who), len(who) > 1  # "Act of Union"
    if phrase is None:
        return _antecedent(mention, verb)
    first, last = phrase
    prose = scope.prose
    owner = ""
    if prose.lower[first] in _OWNERS and last - first > 1:
        owner = _owner(mention, prose.lower[first], first)
        first += 1
    elif prose.lower[first - 1] == "whose":
        owner = _owner(mention, "whose", first)
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
    for n in range(verb.order):
        own = verb.clauses.phrase(n) if verb.clauses.found[n].tense in FINITE else None
        if own is not None and _is_plural(mention.scope, own) == (pronoun == "they"):
            return _printed(mention.scope, own), pronoun == "they"
    if last is None:
        return "", False
    phrase = last.opening
    plural = phrase is not None and _is_plural(last.scope, phrase)
    if phrase is None or plural != (pronoun == "they"):
        return "", False
    return _printed(last.scope, phrase), plural


def _placed(mention: Mention, words: str, there: str) -> str:
    """Add where it was to a title that does not name that place, in whatever form."""
    if not there:
        return words
    text = mention.scope.prose.text
    forms = [text[n.start : n.end] for _, n in mention.scope.names if there.endswith(n.canonical)]
    return words if any(form in words for form in forms) else words + there


def _printed(scope: Scope, phrase: Phrase) -> str:
    """Return a phrase as printed; what only begins its sentence keeps no capital of its own."""
    (first, last), prose = phrase, scope.prose
    printed = prose.text[prose.starts[first] : prose.ends[last - 1]]
    is_named = any(index == first for index, _ in scope.names)
    if first == scope.first and not is_named and printed[1:2].islower():
        return printed[0].lower() + printed[1:]
    return printed


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
    kinds = _OWNING.get(word, ("person",))
    named = [n.canonical for n in scope.actors(scope.first, first) if n.kind in kinds]
    known: Sequence[str] = named[-1:]
    if not known and word == "its":
        known = clauses.cast.body(clauses)
    elif not known:
        known = clauses.cast.person(clauses, word if word in _PERSONAL else "")
    return _of(known[0]) + " " if known else ""


def _is_plural(scope: Scope, phrase: Phrase) -> bool:
    first = phrase[0]
    lower = scope.prose.lower
    index = head(scope, phrase)
    noun = lower[index]
    if noun in _PEOPLE or noun in NUMBERS or noun.endswith("men"):
        return noun != "one"
    if "and" in lower[first : index + 1]:
        return True
    bodies = [
        name
        for _, name in scope.people
        if name.kind == "organisation" and not name.text.endswith("Forces")
    ]
    if any(scope.prose.starts[index] in range(name.start, name.end) for name in bodies):
        return False
    return lower[index].endswith("s") and not lower[index].endswith(_SINGULAR)


def _thing(mention: Mention, actors: tuple[str, ...], there: str) -> str:
    """Name an event by its noun: "Kim Jong-un's visit to China", "Talks between Li and Berg"."""
    prose = mention.scope.prose
    trigger, verb = mention.trigger, mention.verb
    kind, noun = trigger.reading.kind, prose.lower[trigger.first]
    is_shared = kind in _SHARED and (actors or kind not in MEETINGS)
    if verb is not None and not is_shared and not verb.trigger.passive:
        return _deed(mention, verb, there)
    core = _core(mention)
    is_owned = mention.who and (len(actors) == 1 or kind in _OF_ONE)
    of_several = actors and kind in _OF_SEVERAL
    if core == trigger.first and not (mention.who or of_several) and _is_object(mention):
        return _deed(mention, mention.before, there)
    is_only_there = len(actors) == 1 and core < trigger.first and not _has_owner(mention)
    topics = TOPICS
    is_bare = False
    if is_owned and not is_only_there:
        words = f"{_of(_and(mention.who))} {noun}"
    elif of_several and not is_only_there:
        words = _of_several(mention, actors)
    else:
        words = " ".join(prose.words[core : trigger.last])
        if prose.lower[trigger.last : trigger.last + 1] == ["of"]:
            words = f"{words} {object_of(mention, trigger.last)}".strip()
        else:
            topics = TOPICS | PARTNERS if kind in _OF_SEVERAL and kind != "war" else TOPICS | {"by"}
        is_bare = words == noun
    if about := complement(mention, topics):
        words += f" {about}"
    elif is_bare and not there and mention.status in CALLED_OFF:
        words += f" {mention.status}"
    return _placed(mention, words, there) + _undergone(mention)


def _is_object(mention: Mention) -> bool:
    """Whether a noun is the object of the verb before it: "Li sent a letter"."""
    before, trigger = mention.before, mention.trigger
    return (
        before is not None
        and before.tense in FINITE
        and not (before.trigger.passive or before.says)
        and before.trigger.last == trigger.group_start
        and not before.is_unreal
    )


def _of_several(mention: Mention, actors: tuple[str, ...]) -> str:
    """Name what several do by its noun and them: talks between them, a visit by one."""
    noun = mention.scope.prose.lower[mention.trigger.first]
    if len(actors) > 1 and mention.trigger.reading.kind not in _OF_ONE:
        return f"{noun} between {_and(actors)}"
    first = mention.trigger.last
    for index, name in mention.scope.people:
        if index > first and name.canonical == actors[0]:
            for word in mention.scope.prose.lower[first:index]:
                if word in _BY:
                    return f"{noun} {word} {_and(actors)}"
    return f"{_of(_and(actors))} {noun}"


def _has_owner(mention: Mention) -> bool:
    """Whether a noun phrase names whose it is: "Kim's fourth visit", "her visit"."""
    trigger, prose = mention.trigger, mention.scope.prose
    phrase = prose.lower[max(trigger.group_start - 1, 0) : trigger.first]
    after = prose.lower[trigger.last : trigger.last + 1]
    return (
        after == ["of"]
        or "and" in phrase
        or any(w in _OWNERS or w.endswith(("'s", "s'")) for w in phrase)
    )


def _undergone(mention: Mention) -> str:
    """Return what was done with what a noun names: " lifted" of "the ban was lifted"."""
    clauses, prose, order = mention.clauses, mention.scope.prose, mention.order + 1
    if order >= len(clauses.found):
        return ""
    verb = clauses.found[order]
    if not verb.passive or verb.tense in ("reduced", *_TO_COME) or verb.reading.group in _OF_NOUNS:
        return ""
    phrase = clauses.phrase(order)
    if phrase is None or head(mention.scope, phrase) != mention.trigger.first or verb.negated:
        return ""
    return " " + prose.text[prose.starts[verb.first] : prose.ends[verb.last - 1]]


def _core(mention: Mention) -> int:
    """Return where a noun phrase begins without its determiner."""
    lower = mention.scope.prose.lower
    first = mention.trigger.group_start
    if lower[first].endswith(("'s", "s'")) and mention.scope.prose.words[first - 1][0].isupper():
        first += 1  # half a name: "New York's mayor"
    while first < mention.trigger.first and lower[first] in _LEFT_OUT:
        first += 1
    return first


def _of(owner: str) -> str:
    return f"{owner}’" if owner.endswith("s") else f"{owner}’s"


def _and(actors: tuple[str, ...]) -> str:
    *others, last = actors or ("",)
    return f"{', '.join(others)} and {last}" if others else last
