"""The dependency tree of a sentence, and small functions that read it.

Relations are those of spaCy's English models (ClearNLP labels: nsubj, dobj, ccomp …), parts of
speech those of Universal Dependencies, tags those of the Penn Treebank. Offsets are code points
into the text, ends exclusive.
"""

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from .lexicon import words
from .lexicon.day_names import MONTHS, WEEKDAYS


class Token:
    """A word or mark with its place in the tree; compared by identity."""

    __slots__ = ("children", "dep", "end", "head", "lemma", "pos", "start", "tag", "text")

    def __init__(
        self, start: int, end: int, text: str, lemma: str, pos: str, tag: str, dep: str
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.dep = dep
        self.head: Token | None = None
        self.children: list[Token] = []

    def __repr__(self) -> str:
        return f"<{self.text} {self.dep} {self.tag}>"

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")

    def child(self, *relations: str) -> "Token | None":
        """Return the first dependent in one of some relations."""
        return next((token for token in self.children if token.dep in relations), None)

    def all(self, *relations: str) -> list["Token"]:
        """Return the dependents in some relations."""
        return [token for token in self.children if token.dep in relations]

    def subtree(self) -> list["Token"]:
        """Return the token and all that hangs on it, in the order of the text."""
        found, left = [], [self]
        while left:
            token = left.pop()
            found.append(token)
            left += token.children
        return sorted(found, key=attrgetter("start"))

    def ancestors(self) -> Iterator["Token"]:
        """Yield what it hangs on, the nearest first."""
        token = self.head
        while token is not None:
            yield token
            token = token.head

    @property
    def is_verb(self) -> bool:
        return self.pos in ("VERB", "AUX")

    @property
    def is_noun(self) -> bool:
        return self.pos in ("NOUN", "PROPN", "PRON", "NUM")


class Tree:
    """The tokens of one sentence in the order of the text."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def extend(self, tokens: list[Token]) -> None:
        self.tokens += tokens

    def forget(self) -> None:
        """Part the tokens from each other, so that they are let go without the collector."""
        for token in self.tokens:
            token.head = None
            token.children = []

    @property
    def root(self) -> Token | None:
        """The first token that hangs on no other."""
        return next((token for token in self.tokens if token.head is None), None)

    def at(self, offset: int) -> Token | None:
        """Return the token that covers the code point at `offset`, None for white space."""
        n = bisect_left(self.tokens, offset + 1, key=attrgetter("start")) - 1
        return self.tokens[n] if n >= 0 and self.tokens[n].end > offset else None

    def within(self, start: int, end: int) -> list[Token]:
        """Return the tokens that begin in [start, end)."""
        key = attrgetter("start")
        first = bisect_left(self.tokens, start, key=key)
        return self.tokens[first : bisect_left(self.tokens, end, lo=first, key=key)]

    def head(self, start: int, end: int) -> Token | None:
        """Return the token of [start, end) on which its others hang."""
        tokens = self.within(start, end)
        inside = set(map(id, tokens))
        return next((t for t in tokens if t.head is None or id(t.head) not in inside), None)


# ----------------------------------------------------------------------- what the tree says

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
RELATIVE = words("references", "relative")
# Verbs whose subject, not whose object, does what the infinitive after them says.
_OF_SUBJECT = words("event_words", "promising")
# After these a gerund is of the object: "accused Li of stealing", "stopped Li from leaving".
_OF_OBJECT = words("event_words", "keeping from")
_HOPS = 12
_DAYS = frozenset(map(str.lower, WEEKDAYS | MONTHS))


def subject(verb: Token) -> Token | None:
    """Return the head of the noun phrase that is the subject of a verb, None where none is.

    That is its own subject, or the noun it qualifies ("the bank that closed", "talks held"), or
    the subject of the verb it is joined to or hangs on ("agreed to sell", "fell, killing two"); of
    an infinitive after an object it is the object ("asked Li to resign"). A relative pronoun stands
    for what it refers to. Of a passive it is who undergoes the deed.
    """
    token: Token | None = verb
    for _ in range(_HOPS):
        if token is None:
            return None
        if own := _own_subject(token) or _misread(token):
            return _antecedent(_placed(own, token), token)
        head = token.head
        if head is None:
            return None
        if token.dep in ("acl", "relcl") and head.is_noun:
            if token.tag != "VB":
                return head
            if owner := head.child("poss"):
                return owner  # "Li's plan to resign"
        elif token.dep in ("xcomp", "pcomp", "ccomp") and (given := _controlled(token, head)):
            return given
        token = head
    return None


def _own_subject(verb: Token) -> Token | None:
    """Return the subject of a verb itself; of two not joined the nearer, where one is misread."""
    own = verb.all(*_SUBJECTS)
    if not own or own[0].child("cc"):
        return own[0] if own else None
    nearer = [other for other in own[1:] if other.start < verb.start and other.pos != "PRON"]
    return nearer[-1] if nearer else own[0]


def _placed(own: Token, verb: Token) -> Token:
    """Return the noun whose place was read as the subject: "a judge in Paris, France found"."""
    for noun in verb.all("npadvmod", *_SUBJECTS) if own.pos == "PROPN" else ():
        places = (t for t in noun.subtree() if t.dep == "pobj" and t.pos == "PROPN")
        if noun is not own and any(place.end == own.start - 2 for place in places):
            return noun
    return own


def _misread(verb: Token) -> Token | None:
    """Return a name right before a finite verb that has no subject, read as when it was."""
    own = verb.child("npadvmod", "dep", "compound") if verb.tag in ("VBD", "VBZ", "VBP") else None
    if own is None or own.end != verb.start - 1:
        return None
    return own if own.pos == "PROPN" and own.lower not in _DAYS else None


def _controlled(verb: Token, head: Token) -> Token | None:
    """Return the object that is the subject of the verb: "forced Li to resign"."""
    if verb.dep == "pcomp":
        over = head.head
        is_of_object = head.lower in _OF_OBJECT
        if over is None:
            return None
        if over.is_verb:
            return over.child("dobj") if is_of_object else None
        return over.child("poss") or (over if is_of_object and over.dep == "dobj" else None)
    if head.lemma in _OF_SUBJECT or verb.dep == "ccomp":
        return None
    return head.child("dobj", "dative")


def _antecedent(own: Token, verb: Token) -> Token | None:
    """Return what a relative pronoun refers to, any other subject as it is."""
    if own.lower not in RELATIVE:
        return own
    while verb.dep == "conj" and verb.head is not None:
        verb = verb.head
    return verb.head if verb.dep == "relcl" else own


def first_subject(tree: "Tree") -> Token | None:
    """Return the head of the first subject of a sentence, no pronoun that opens a clause."""
    return next((t for t in tree.tokens if t.dep in _SUBJECTS and t.lower not in RELATIVE), None)


def relative_object(verb: Token) -> Token | None:
    """Return the noun that a relative clause has as its object: "the mine that Norlak bought"."""
    own = verb.child("dobj")
    is_relative = own is not None and own.lower in RELATIVE and verb.dep == "relcl"
    return verb.head if is_relative else None


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb undergoes what it says: "was sold", "a yard sold in May"."""
    if verb.child("auxpass", "nsubjpass"):
        return True
    if verb.tag not in ("VBN", "VBD") or verb.child("aux", "nsubj"):
        return False
    if verb.dep == "conj" and verb.head is not None and verb.head.is_verb:
        return verb.tag == "VBN" and not verb.child("dobj") and is_passive(verb.head)
    if verb.tag != "VBN" or verb.head is None:
        return False
    return not (verb.head.dep == "ROOT" and verb.head.is_noun and verb.child("dobj"))


def is_present(verb: Token | None) -> bool:
    """Whether a verb is in the present: "says"."""
    return verb is not None and verb.tag in ("VBZ", "VBP")


def objects(verb: Token) -> list[Token]:
    """Return the heads of the objects of a verb, and what its subject or object is said to be."""
    return verb.all("dobj", "dative", "attr", "oprd", "acomp")


def agent(verb: Token) -> Token | None:
    """Return the head of the noun phrase after the "by" of a passive."""
    by = verb.child("agent")
    return by.child("pobj") if by else None


def joined(noun: Token) -> list[Token]:
    """Return a noun and those joined to it by "and", a comma or "or", in their order."""
    found = [noun]
    for token in found:
        found += [other for other in token.children if other.dep == "conj" and other.is_noun]
    if noun.dep.startswith("nsubj") and noun.head is not None and noun.child("cc"):
        beside = noun.head.all(noun.dep)  # read as two subjects: "Ann Lee, 40, and Tor Berg left"
        found += [other for other in beside if other.start > noun.start and other not in found]
    return found


def governor(token: Token) -> Token | None:
    """Return the nearest verb on which a word hangs, prepositions and nouns passed over."""
    return next((head for head in token.ancestors() if head.is_verb), None)


_NOT_OF_PHRASE = frozenset({"relcl", "appos", "parataxis", "advcl", "cc", "conj", "punct"})


def noun_phrase(head: Token) -> list[Token]:
    """Return the words of a noun phrase that stand together around its head, nouns joined included.

    Relative clauses, appositions and participles behind it are left out, as are marks at its ends.
    """
    left = [head]
    kept = []
    while left:
        token = left.pop()
        kept.append(token)
        for child in token.children:
            if child.dep in ("cc", "conj") and child.is_noun | (child.dep == "cc"):
                left.append(child)
            elif child.dep == "acl" and child.start > token.start and child.tag != "VB":
                continue
            elif child.dep == "punct" or child.dep not in _NOT_OF_PHRASE:
                left.append(child)
    return trim(kept)


_MARKS = frozenset({"PUNCT", "SPACE", "CCONJ"})


def trim(tokens: list[Token]) -> list[Token]:
    """Return tokens in the order of the text, without marks and conjunctions at the ends."""
    tokens = sorted(tokens, key=attrgetter("start"))
    while tokens and tokens[-1].pos in _MARKS:
        tokens.pop()
    first = next((n for n, t in enumerate(tokens) if t.pos not in _MARKS), 0)
    return tokens[first:]
