"""Whom pronouns and descriptions mean: one answer, read by events and quotes alike.

A pronoun means who was spoken of last and can be meant, the subjects of a sentence before its
other names (the centering theory of Grosz, Joshi and Weinstein, 1995, in its simplest form).
"""

from collections import deque
from typing import NamedTuple

from . import syntax
from .document import Document, Sentence
from .lexicon import words
from .names import Name
from .names.gazetteer import gender_of
from .syntax import Token

Actors = tuple[str, ...]

HE, SHE, IT, THEY = (words("references", kind) for kind in ("he", "she", "it", "they"))
SPEAKER, PERSONAL = words("references", "speaker"), HE | SHE
_PRONOUNS = PERSONAL | IT | THEY
# "The company": a body named before, of that kind.
_BODIES = {w: kind for kind in ("organisation", "country") for w in words("references", kind)}
_ANY_BODY, _ONE_OF_MANY = words("references", "any body"), words("references", "one of many")
_GENDERS = {
    w: kind[-1] for kind in ("honorific m", "honorific f") for w in words("references", kind)
}
_KIN = {w: kind[-1] for kind in ("kin m", "kin f") for w in words("references", kind)}
_AGED = tuple(words("references", "aged"))
_ACTORS = frozenset({"person", "organisation", "country"})
_BODY = frozenset({"organisation", "country"})
_PERSON = frozenset({"person"})
_BACK = 12  # sentences with names in which a pronoun's own is looked for
_SUBJECT, _OTHER, _QUALIFIER = 1, 2, 3  # ranks; 0 is the subject of the sentence
_QUALIFYING = ("compound", "amod", "nmod")


class Mention(NamedTuple):
    """Somebody spoken of in a sentence, by name or pronoun; the lower the rank, the likelier."""

    actor: str
    kind: str
    start: int
    rank: int
    is_quoted: bool


def antecedents(doc: Document) -> dict[int, Actors]:
    """Return whom the pronouns and descriptions ("the bank") of a document mean, by offset."""
    return Antecedents(doc).found


def actors(sentence: Sentence, head: Token) -> Actors:
    """Return the actors that a noun phrase names, those of the nouns joined to it included."""
    named: list[str] = []
    for token in syntax.joined(head):
        named += _actor(sentence, token) or _listed_behind(sentence, token, head)
    return tuple(dict.fromkeys(named))


class Antecedents:
    """Finds the antecedents of a document, sentence by sentence in the order of the text."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.found: dict[int, Actors] = {}
        self._gender = _genders(doc)
        self._titled = {
            title: name.canonical
            for name in reversed(doc.names)
            if name.title and name.kind == "person"
            for title in (name.title.lower(), name.title.lower().split()[-1])
        }
        self._words: set[str] = set()  # of the sentences read so far
        self._before: deque[list[Mention]] = deque(maxlen=_BACK)
        self._tells_of_a_thing = False
        self._joint: Actors = ()  # the several people who were last the subject of a sentence
        self._joint_before: Actors = ()  # they, where that was the last one
        doc.add_antecedents(self.found)  # what is found is read as the text goes on
        for sentence in doc.sentences:
            self._read(sentence)

    def may_be(self, actor: str, pronoun: str) -> bool:
        """Whether a pronoun agrees with a person, by honorific, kinship, given name or pronoun."""
        asked = "m" if pronoun in HE else "f" if pronoun in SHE else None
        return asked is None or self._gender.get(actor, asked) == asked

    # ------------------------------------------------------------------------ reading a sentence

    def _read(self, sentence: Sentence) -> None:
        mentions: list[Mention] = []
        for token in sentence.tree.tokens:
            name = sentence.name_at(token)
            if token.lower in _PRONOUNS:
                self._read_pronoun(sentence, token, mentions)
            elif described := self._described(token):
                self.found[token.start] = described
            if name is None or name.kind not in _ACTORS:
                continue
            if not mentions or mentions[-1].start != name.start:
                head = sentence.tree.head(name.start, name.end) or token
                mentions.append(self._mention(name.canonical, name.start, head))
                self._introduce(head, name)
        self._words.update(token.lower for token in sentence.tree.tokens)
        if mentions:
            self._before.append(mentions)
        self._tells_of_a_thing = _is_of_a_thing(sentence)
        self._read_joint(sentence)

    def _read_joint(self, sentence: Sentence) -> None:
        """Keep the several people who are the subject of a sentence, for the one after the next."""
        own = syntax.first_subject(sentence.tree)
        people = actors(sentence, own) if own is not None else ()
        is_plural = own is not None and own.tag in ("NNS", "NNPS", "PRP")
        if len(people) > 1:
            self._joint = self._joint_before = people
        else:
            self._joint, self._joint_before = () if is_plural else self._joint_before, ()

    def _introduce(self, head: Token, name: Name) -> None:
        """Keep what a person is said to be beside the name: "Ann Lee, the mayor", "a farmer"."""
        before = [head.head] if head.dep == "appos" and head.head is not None else []
        for role in [*head.all("appos"), *before] if name.kind == "person" else ():
            if role.pos == "NOUN":
                self._titled[_role(role)] = name.canonical

    def _read_pronoun(self, sentence: Sentence, token: Token, mentions: list[Mention]) -> None:
        actors = self._antecedent(sentence, token, mentions)
        if not actors:
            return
        self.found[token.start] = actors
        for actor in actors:
            if token.lower in PERSONAL:
                self._gender.setdefault(actor, "m" if token.lower in HE else "f")
            mentions.append(self._mention(actor, token.start, token))

    def _mention(self, actor: str, start: int, head: Token) -> Mention:
        quoted = self.doc.quoted_around(start) is not None
        return Mention(actor, self.doc.kinds.get(actor, "person"), start, _rank(head), quoted)

    # ------------------------------------------------------------------------------ antecedents

    def _antecedent(self, sentence: Sentence, token: Token, here: list[Mention]) -> Actors:
        word = token.lower
        if word in PERSONAL:
            return self._person(sentence, token, here)
        if word in IT:
            for mention in reversed(here):
                if mention.kind in _BODY:
                    return (mention.actor,)
            return () if self._tells_of_a_thing else self._last(_BODY)
        return self._several(sentence, token, here)

    def _person(self, sentence: Sentence, token: Token, here: list[Mention]) -> Actors:
        """Return who "he" is: the subject of the clause it hangs on, else who was named last."""
        word = token.lower
        for verb in token.ancestors():
            own = syntax.subject(verb) if verb.is_verb and verb is not token.head else None
            if own is None or own.start >= token.start:
                continue
            for actor in _actor(sentence, own):
                if self.doc.kinds.get(actor) == "person" and self.may_be(actor, word):
                    return (actor,)
        quoted = self.doc.quoted_around(token.start) is not None
        near = sorted(here, key=lambda m: (m.rank > _SUBJECT, -m.start))
        named = [m for m in near if m.kind == "person" and m.rank < _QUALIFIER]
        for mention in named:
            # a name inside quoted words is not what a pronoun outside of them means
            if (quoted or not mention.is_quoted) and self.may_be(mention.actor, word):
                return (mention.actor,)
        return self._last(_PERSON, word, quoted=quoted) or self._later(sentence, token)

    def _last(
        self,
        kinds: frozenset[str],
        pronoun: str = "",
        *,
        quoted: bool = True,
        subjects: bool = False,
    ) -> Actors:
        """Return who of some kinds was last spoken of before the sentence."""
        least = _SUBJECT if subjects else _QUALIFIER
        for mentions in reversed(self._before):
            named = [
                mention
                for mention in mentions
                if mention.kind in kinds
                and mention.rank <= least
                and self.may_be(mention.actor, pronoun)
            ]
            if named:
                best = min(named, key=lambda m: (m.is_quoted and not quoted, m.rank, m.start))
                return (best.actor,)
        return ()

    def _later(self, sentence: Sentence, token: Token) -> Actors:
        """Return whom a pronoun means that stands before the name: "During his visit, Xi …"."""
        verb = syntax.governor(token)
        while verb is not None:
            own = syntax.subject(verb)
            if own is not None and own.start > token.start and own.pos == "PROPN":
                return _actor(sentence, own)
            verb = syntax.governor(verb)
        return ()

    def _several(self, sentence: Sentence, token: Token, here: list[Mention]) -> Actors:
        """Return who "they" are: the people or bodies joined by "and" before, or in the last."""
        subjects = [m for m in reversed(here) if m.rank <= _SUBJECT]
        for mention in subjects:
            head = sentence.tree.at(mention.start)
            while head is not None and head.head is not None and head.dep in _QUALIFYING:
                head = head.head
            several = actors(sentence, head) if head is not None else ()
            if len(several) > 1:
                return several
        if subjects and subjects[0].kind == "organisation":
            return (subjects[0].actor,)
        if self._tells_of_a_thing or not self._before:
            return self._joint
        last = self._before[-1]
        people = tuple(dict.fromkeys(m.actor for m in last if m.kind == "person"))
        if len(people) > 1:
            return people
        body = next((m for m in last if m.rank == 0), None)
        if body is not None and body.kind == "organisation":
            return (body.actor,)  # "The ministry objected. They invited"
        return self._joint

    def _described(self, token: Token) -> Actors:
        """Return whom "the bank" or "the senator" is: one so named or titled, else the last."""
        word, the = token.lower, token.child("det")
        if the is None or the.lower not in ("the", "that"):
            return ()
        if any(other.pos != "NUM" for other in token.all("appos")):
            return ()  # it is named right there: "The mayor, Ann Lee, said"
        if word in _BODIES:
            return self._body(word)
        whole = self.doc.word_of(token.start)
        is_new = word in _ONE_OF_MANY and word not in self._words
        if token.dep == "nsubj" and (is_new or self.doc.lower[whole].endswith(_AGED)):
            # "Gray resigned. The Conservative MP said", "The 54-year-old said"
            self.found[self.doc.starts[whole]] = person = self._last(_PERSON, subjects=True)
            return person
        is_apart = self.doc.text[token.end : token.end + 1] == ","  # "the archbishop, 71, said"
        is_plain = all(
            child is the
            or child.dep in _QUALIFYING
            or (child.start >= token.end and (is_apart or child.dep == "punct"))
            for child in token.children
        )
        titled = self._titled.get(_role(token)) if is_plain else None
        return (titled,) if titled else ()

    def _body(self, word: str) -> Actors:
        """Return whom "the bank" is: the last body with that word in its name, or the last."""
        kind, kinds = _BODIES[word], self.doc.kinds
        so_named = [name for name in kinds if word.capitalize() in name.split()]
        if so_named and kinds[so_named[-1]] == kind:
            return (so_named[-1],)
        body = self._last(_BODY, subjects=True) if word in _ANY_BODY else ()
        return body if body and kinds.get(body[0]) == kind else ()


def _role(noun: Token) -> str:
    """Return a noun with what qualifies it before, in small letters: "chief executive"."""
    before = [t for t in noun.children if t.start < noun.start and t.dep in _QUALIFYING]
    return " ".join(t.lower for t in [*before, noun])


def _rank(head: Token) -> int:
    """Return how likely a later pronoun means what a head names, 0 for most likely."""
    if head.dep in _QUALIFYING:
        return _QUALIFIER
    if not head.dep.startswith("nsubj"):
        return _OTHER
    verb = head.head
    return 0 if verb is not None and verb.dep in ("ROOT", "conj") else _SUBJECT


def _actor(sentence: Sentence, token: Token) -> Actors:
    if name := sentence.name_at(token):
        is_actor = name.kind in _ACTORS and not _is_where(sentence, name)
        return (name.canonical,) if is_actor else ()
    if token.lower in SPEAKER:
        return sentence.doc.speaker_at(token.start)
    if meant := sentence.doc.antecedents.get(token.start):
        return meant
    if named := _apposed(sentence, token):
        return named
    person = (
        _apposed_to_a_body(sentence, token)
        or _named_last(sentence, token)
        or _set_off(sentence, token)
    )
    return (person,) if person else ()


def _apposed(sentence: Sentence, token: Token) -> Actors:
    """Return who is named beside a noun: "the head of the group Norlak, Ann Lee,"."""
    for other in token.all("appos"):
        names = [n for t in syntax.joined(other) if (n := sentence.name_at(t))]
        if names and names[0].kind == "organisation":
            people = (sentence.name_at(t) for t in other.all("appos"))
            names = [n for n in people if n and n.kind == "person"] or names
        if names and names[0].kind in _ACTORS:
            return tuple(name.canonical for name in names)
    return ()


def _set_off(sentence: Sentence, token: Token) -> str:
    """Return the person whom a comma sets off behind a role, read as no subject, "" for none."""
    text, start = sentence.doc.text, token.end + 2
    behind = sentence.tree.at(start) if text[token.end : start] == ", " else None
    name = sentence.name_at(behind) if behind else None
    if name is None or name.kind != "person" or text[name.end : name.end + 1] not in (",", "."):
        return ""
    head = sentence.tree.head(name.start, name.end)
    return name.canonical if head and head.dep == "npadvmod" and token.pos == "NOUN" else ""


def _apposed_to_a_body(sentence: Sentence, token: Token) -> str:
    """Return who "an attorney for Norlak, Ann Lee," is, read as a name of Norlak; "" for none."""
    of = [noun for prep in token.all("prep") for noun in prep.all("pobj")]
    for body in of + [name for noun in of for name in noun.all("appos")]:  # "of the group Norlak,"
        own = sentence.name_at(body)
        for name in map(sentence.name_at, body.all("appos", "conj", "npadvmod")):
            if not (own and name) or own.kind == "person" or name.kind != "person":
                continue
            if sentence.doc.text[own.end : name.start] == ", ":
                return name.canonical
        if body.pos == "NOUN" and (within := _apposed_to_a_body(sentence, body)):
            return within  # "the head of the union in Lima, Rosa Paz,"
    return ""


def _listed_behind(sentence: Sentence, token: Token, first: Token) -> Actors:
    """Return the people of "Ann Lee and her counterparts, Tor Berg and Li Na", read as Lee's."""
    listed = next((t for t in first.all("appos") if t.start > token.start), None)
    if token is first or token.pos != "NOUN" or listed is None:
        return ()
    names = (sentence.name_at(t) for t in syntax.joined(listed))
    return tuple(n.canonical for n in names if n and n.kind == "person")


def _genders(doc: Document) -> dict[str, str]:
    """Return the gender of people as far as honorific, kinship or given name tell it."""
    found: dict[str, str] = {}
    for name in doc.names:
        if name.kind != "person":
            continue
        honorific = (name.title or name.canonical.split()[0]).lower()
        told = _GENDERS.get(honorific) or gender_of(name.canonical) or _kinship(doc, name)
        if told:
            found.setdefault(name.canonical, told)
    return found


def _kinship(doc: Document, name: Name) -> str | None:
    """Return the gender that kinship gives a name: "her husband, Robin Hale"."""
    before = doc.at(name.start) - 1
    return _KIN.get(doc.lower[before]) if before >= 0 else None


def _is_of_a_thing(sentence: Sentence) -> bool:
    """Whether a sentence is about something without a name: "The storm hit Lima"."""
    head = syntax.first_subject(sentence.tree)
    if head is None or head.pos == "PRON" or head.lower in _BODIES:
        return False
    name = sentence.name_at(head)
    return name is None or name.kind not in _ACTORS


def _is_where(sentence: Sentence, name: Name) -> bool:
    """Whether a country only says where a place is: "a judge in Paris, France found"."""
    places = (n for _, n in sentence.names if n.kind == "place" and n.end == name.start - 2)
    return name.kind == "country" and any(sentence.doc.text[n.end] == "," for n in places)


def _named_last(sentence: Sentence, token: Token) -> str:
    """Return the person behind a role and a name: "the head of Norlak Ann Lee", "" for none."""
    last = max(token.subtree(), key=lambda t: t.start) if token.children else token
    name = sentence.name_at(last)
    if name is None or name.kind != "person" or last.dep not in ("pobj", "compound"):
        return ""
    names = [n for _, n in sentence.names if n.end == name.start - 1]
    return name.canonical if names and token.pos == "NOUN" else ""
