"""The title of an event, as a headline says it: "Kim Jong-un visits China"."""

from timeline.basis import Span

from .. import syntax
from ..decision import Decision
from ..document import Sentence
from ..lexicon import words
from ..lexicon.verbs import GERUNDS, third_person
from ..syntax import Token
from ..title_words import (
    DETERMINERS,
    LONGEST,
    complements,
    enumerated,
    is_left_out,
    is_plural,
    noun_words,
    possessive,
    printed,
    versions,
    without_article,
)
from .candidate import CALLED_OFF, MEETINGS, EventCandidate
from .light_verbs import ENDS

# Kinds of events of several: "talks between Li and Berg".
_KINDS_OF_SEVERAL = MEETINGS | {"agreement", "speech", "war"}
_KINDS_SHARED = _KINDS_OF_SEVERAL - {"agreement"}
_OF_ONE = frozenset({"visit", "speech"})  # of which one of them is the owner
_OWNERS = words("event_words", "owner")
_PLAIN = frozenset({"plan", "cancel", "postpone"})  # groups of verbs said of their own day
# Groups that a status tells, and of verbs that are not known.
_OF_NOUNS = frozenset({"plan", "cancel", "postpone", "hold", "other"})
_FORMS_TO_COME = ("future", "modal", "infinitive")
_SPEAKING_LEMMAS = words("event_words", "speaks")  # lemmas after which no clause stands
_PAST_FORMS = frozenset({"past", "perfect", "pluperfect"})
_POSSIBLY = words("event_words", "possibly")
_NOT_NOW = frozenset({"planned", "cancelled", "postponed"})
_REAL = frozenset({"occurred", "ongoing"})
_TOLD_ELSEWHERE = "a statement whose words are told elsewhere"
_SHORT_QUOTE = 45  # characters of quoted words that a title may hold: calls the deal “unfair”
_BACK = 3  # sentences in which is looked for what "it" or "they" is
_PLAIN_SAYING = words("event_words", "says")  # lemmas that tell nothing by themselves


def title(
    candidate: EventCandidate, actors: tuple[str, ...], preposition: str, where: str | None
) -> Decision:
    """Decide on a short title of actors, deed and place; `preposition` joins the place.

    It is "" of a verb of speech whose words a quotation or another sentence tells.
    """
    verb = candidate if candidate.trigger.pos != "noun" else candidate.predicate
    if candidate.aspect and actors:
        verb = None  # "Anna Berg's visit" of "Anna Berg's visit ended"
    there = f" {preposition} {where}" if where else ""
    token = verb.token if verb is not None else None
    if token is None or verb is None:
        words, rule, token = _thing(candidate, actors, there)
    else:
        words, rule = _deed(candidate, token, verb, there)
    words = words.replace("'s", "’s")
    words = words if words[1:2].isupper() else words[:1].upper() + words[1:]  # not "IPhone"
    spans = (Span(token.text, token.start, token.end),) if token is not None else ()
    return Decision("title", words, f"titles: {rule}", spans)


def _deed(
    candidate: EventCandidate, token: Token, verb: EventCandidate, there: str
) -> tuple[str, str]:
    """Name an event by its verb: "Kim Jong-un to visit Pyongyang"; return the rule too."""
    sentence, lemma = candidate.sentence, verb.trigger.sense.lemma
    passive = _is_undergone(token, verb)
    subject, plural = _subject(candidate, token, verb.who)
    subject = sentence.doc.shortened(subject)
    said = None
    if verb.says and not passive and lemma not in _SPEAKING_LEMMAS:
        said = _said(candidate, token)
        if said is None and _is_told_elsewhere(sentence, token, lemma):
            return "", _TOLD_ELSEWHERE
    deed = _verb(candidate, verb, token, plural, passive)
    if not subject and not passive:
        if candidate.to_come:
            return "", "a plan of nobody"
        deed = GERUNDS.get(lemma, deed)
    heads = [said] if said is not None else complements(sentence, token)
    words = _with_complements(candidate, verb, token, f"{subject} {deed}", heads)
    return _placed(candidate, words, there), "its verb" if subject else "its verb, without subject"


def _is_undergone(token: Token, verb: EventCandidate) -> bool:
    """Whether a verb tells what its subject undergoes."""
    if verb.trigger.is_passive and (token.dep == "conj" or not token.is_verb):
        return True
    return token.is_verb and syntax.is_passive(token)


def _with_complements(
    candidate: EventCandidate, verb: EventCandidate, token: Token, deed: str, heads: list[Token]
) -> str:
    """Return subject and verb with what the verb takes over, as much as fits a title."""
    sentence, words, time, since = candidate.sentence, "", candidate.time, ""
    if time is not None and verb.trigger.shape == "perfect" and candidate.lasts("since"):
        since = f" since {time.text.removeprefix('since ')}"  # "has ruled since 1994"
    begin, end = (sentence.doc.ends[n] for n in (verb.trigger.first, verb.trigger.last - 1))
    # what hangs on a particle stays with it: "calls on Li to leave"
    heads = [(begin < h.start < end and h.child("pobj")) or h for h in heads]
    for tokens in versions(sentence, heads, without=token) if heads else [[]]:
        tokens = [t for t in tokens if not begin <= t.start < end]  # no particle of the verb
        words = f"{deed} {_resolved(candidate, tokens, verb.who)}".strip() + since
        if len(words) <= LONGEST:
            break
    return words


def _is_told_elsewhere(sentence: Sentence, token: Token, lemma: str) -> bool:
    """Whether a verb of speech takes over nothing that tells what was said."""
    heads, doc = complements(sentence, token), sentence.doc
    if lemma in _PLAIN_SAYING or (not heads and (sentence.is_quoting or token.child("ccomp"))):
        return True
    around = doc.quoted_around(token.start)
    return any(
        _is_speech(sentence, head) for head in heads if doc.quoted_around(head.start) is not around
    )


def _is_speech(sentence: Sentence, head: Token) -> bool:
    """Whether words stand in a quotation of their own, not in a phrase of ours: is “unfair”."""
    quoted, text = sentence.doc.quoted_around(head.start), sentence.doc.text
    return quoted is not None and (
        quoted.end - quoted.start > _SHORT_QUOTE or not text[quoted.start].islower()
    )


def _said(candidate: EventCandidate, token: Token) -> Token | None:
    """Return the clause that tells what somebody says, None where it is quoted or too long."""
    sentence = candidate.sentence
    said = token.child("ccomp")
    if said is None or said.start < token.start or _is_speech(sentence, said):
        return None
    shortest = printed(sentence, next(versions(sentence, [said])))
    return said if len(shortest) <= LONGEST else None


def _resolved(candidate: EventCandidate, tokens: list[Token], who: tuple[str, ...]) -> str:
    """Return the words of what a verb takes over; "him" is whom it means."""
    if len(tokens) == 1 and tokens[0].lower in ("him", "her", "them"):
        known = candidate.arguments.actors(tokens[0])
        if known and not set(known) & set(who):
            return enumerated(known)
    return printed(candidate.sentence, tokens)


def _verb(
    candidate: EventCandidate, verb: EventCandidate, token: Token, plural: bool, passive: bool
) -> str:
    """Return a verb as headlines have it: "to visit", "visits", "closed"."""
    doc, status, trigger = candidate.sentence.doc, candidate.status, verb.trigger
    lemma = trigger.sense.lemma
    if lemma not in GERUNDS:  # unknown: "revived" of "revive"
        lemma = " ".join([token.lemma, *lemma.split(" ")[1:]])
    words = doc.text[doc.starts[trigger.first] : doc.ends[trigger.last - 1]]
    words = words.lower() if trigger.first == candidate.sentence.first else words
    if trigger.shape == "perfect" and candidate.lasts("since"):
        return doc.text[doc.starts[trigger.phrase_start] : doc.ends[trigger.last - 1]]
    if passive:
        lemma, present = f"be {words}", words
    else:
        present = lemma if plural else third_person(lemma)
    if trigger.shape not in _FORMS_TO_COME and (
        trigger.sense.group in _PLAIN or trigger.sense.lemma in ENDS
    ):
        return present  # it tells what became of a plan: its own day needs no "to"
    if status in _NOT_NOW:
        return f"to {lemma}"
    if status == "expected":
        return f"expected to {lemma}"
    if status == "possible":
        group = doc.lower[trigger.phrase_start : trigger.first]
        modal = next((word for word in group if word in _POSSIBLY), "may")
        if trigger.shape in _PAST_FORMS or "have" in group:
            return f"{modal} have {'been ' if passive else ''}{words}"
        return f"{modal} {lemma}"
    return present


def _subject(candidate: EventCandidate, token: Token, who: tuple[str, ...]) -> tuple[str, bool]:
    """Return who or what acts, and whether they are several."""
    head, sentence = syntax.subject(token), candidate.sentence
    if head is None or head.is_verb:
        return enumerated(who), len(who) > 1
    if head.pos == "PRON" and head.lower not in DETERMINERS:
        if not who and head.lower in ("it", "they"):
            return _antecedent(candidate, head)
        return enumerated(who), len(who) > 1
    if own_actors := candidate.arguments.actors(head):
        return enumerated(own_actors), is_plural(sentence, head)
    plural = is_plural(sentence, head)
    own = head.child("poss")
    if own is None or own.lower not in _OWNERS:
        return noun_words(sentence, head, without=token), plural
    return _owner(candidate, own) + noun_words(sentence, head, without=token, own=own), plural


def _antecedent(candidate: EventCandidate, pronoun: Token) -> tuple[str, bool]:
    """Return what "it" or "they" is, which names nobody: the last subject that fits."""
    plural = pronoun.lower == "they"
    own = candidate.sentence
    before = [(own, t) for t in reversed(own.tree.tokens) if t.start < pronoun.start]
    for last in reversed(own.doc.prose[max(0, (own.number or 0) - _BACK) : own.number or 0]):
        before += [(last, token) for token in last.tree.tokens]
    for sentence, token in before:
        if _may_stand_for(sentence, token, plural):
            return noun_words(sentence, token), plural
    return "", False


def _may_stand_for(sentence: Sentence, token: Token, plural: bool) -> bool:
    """Whether "it", or "they" if plural, may mean a noun: a subject that is nobody."""
    if not token.dep.startswith("nsubj") or token.pos not in ("NOUN", "PROPN"):
        return False
    name = sentence.name_at(token)
    return not (name and name.kind == "person") and is_plural(sentence, token) == plural


def _owner(candidate: EventCandidate, word: Token) -> str:
    """Return who is meant by the "her" of "her office"."""
    if word.lower == "whose":
        relative = next((t for t in word.ancestors() if t.dep == "relcl"), None)
        owner = relative.head if relative is not None else None
        names = candidate.arguments.actors(owner) if owner is not None else ()
    else:
        names = candidate.arguments.actors(word)
    return f"{possessive(names[0])} " if len(names) == 1 else ""


def _thing(
    candidate: EventCandidate, actors: tuple[str, ...], there: str
) -> tuple[str, str, Token | None]:
    """Name an event by its noun: "Kim Jong-un's visit to China", "Talks between Li and Berg".

    Return the rule and the word it rests on too.
    """
    verb, token, kind = candidate.verb, candidate.token, candidate.trigger.sense.kind
    if token is None:
        return _placed(candidate, candidate.span.exact, there), "its noun alone", None
    is_shared = kind in _KINDS_SHARED and (actors or kind not in MEETINGS)
    if verb is not None and verb.token and not is_shared and not syntax.is_passive(verb.token):
        words, rule = _deed(candidate, verb.token, verb, there)
        return words, f"{rule}, which leads to the noun", verb.token
    governing = governing_verb(candidate)
    if governing is not None and governing.token is not None:
        words, rule = _deed(candidate, governing.token, governing, there)
        return words, f"{rule}, whose object is the noun", governing.token
    words = _noun_title(candidate, token, actors)
    is_bare = words.lower() == candidate.span.exact.lower() and not there
    if is_bare and candidate.status in CALLED_OFF:
        words += f" {candidate.status}"
    return _placed(candidate, words, there) + _undergone(candidate), "its noun", token


def _noun_title(candidate: EventCandidate, token: Token, actors: tuple[str, ...]) -> str:
    """Return a noun with whose it is or between whom, as long as fits a title."""
    words, kind = "", candidate.trigger.sense.kind
    own = token.child("poss")
    owned = {id(t) for t in own.subtree()} if own is not None else set()
    for tokens in versions(candidate.sentence, [token]):
        tail = without_article([t for t in tokens if id(t) not in owned])
        words = printed(candidate.sentence, tail)
        owner = _whose(candidate, own, actors, words)
        if owner:
            words = f"{owner} {words}"
        elif len(actors) > 1 and kind in _KINDS_OF_SEVERAL and not any(a in words for a in actors):
            preposition = "between" if kind not in _OF_ONE else "by"
            words = f"{words} {preposition} {enumerated(actors)}"
        if len(words) <= LONGEST:
            break
    return words


def _whose(
    candidate: EventCandidate, own: Token | None, actors: tuple[str, ...], words: str
) -> str:
    """Return whose event a noun names, with its apostrophe, "" where the words tell it."""
    if own is not None:
        if own.lower not in _OWNERS:
            if (name := candidate.sentence.name_at(own)) is not None:
                return possessive(name.canonical)
            is_shown = not is_left_out(candidate.sentence, own)
            return printed(candidate.sentence, own.subtree()) if is_shown else ""
        names = candidate.arguments.actors(own) or candidate.who
        return possessive(enumerated(names)) if names else ""
    kind = candidate.trigger.sense.kind
    is_owned = candidate.who and (len(actors) == 1 or kind in _OF_ONE)
    if not is_owned or any(actor in words for actor in candidate.who):
        return ""
    return possessive(enumerated(candidate.who))


def governing_verb(candidate: EventCandidate) -> EventCandidate | None:
    """Return the verb of which a noun that names nobody is the object: "Li sent a letter"."""
    before, token = candidate.before, candidate.token
    if token is None or token.head is None or before is None or before.token is not token.head:
        return None
    if candidate.trigger.pos != "noun" or candidate.verb is not None:
        return None
    if candidate.trigger.sense.kind in _KINDS_SHARED and candidate.who:
        return None
    is_deed = token.dep == "dobj" and not (before.says or before.is_nonfactual)
    return before if is_deed and not syntax.is_passive(token.head) else None


def _undergone(candidate: EventCandidate) -> str:
    """Return what was done with what a noun names: " lifted" of "the ban was lifted"."""
    token = candidate.token
    verb = token.head if token is not None and token.dep == "nsubjpass" else None
    if verb is None or candidate.status in CALLED_OFF:
        return ""
    starts = candidate.sentence.doc.starts
    triggers = (t for t in candidate.arguments.found if starts[t.first] == verb.start)
    return "".join(
        f" {verb.text}"
        for t in triggers
        if not (t.is_negated or t.shape in _FORMS_TO_COME or t.sense.group in _OF_NOUNS)
    )


def _placed(candidate: EventCandidate, words: str, there: str) -> str:
    """Add where it was to a title that does not name that place, in whatever form."""
    if not there:
        return words
    text = candidate.sentence.doc.text
    forms = [
        text[n.start : n.end] for _, n in candidate.sentence.names if there.endswith(n.canonical)
    ]
    named = any(form in words for form in [*forms, there.split(" ", 2)[2]])
    return words if named or len(words + there) > LONGEST else words + there
