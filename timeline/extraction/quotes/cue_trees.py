"""What the dependency tree of a sentence says around a word that may attribute."""

from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ..document import EDGE, Document
from ..lexicon import words
from ..lexicon.inflection import verbs_of_speech
from ..syntax import Token, agent, governor, is_passive, subject

_LONGEST_PATH = 4
_LONGEST_WAY_DOWN = 3
_HIGHEST = 8
_HEIGHTS = [*"012", *"33333"]
_MOST_IN_SHAPE = 3
_IN_SHAPE = frozenset(
    {"ccomp", "xcomp", "parataxis", "dobj", "acl", "advcl", "prep", "nsubj", "nsubjpass"}
)
_POSSESSING = words("function_words", "possessing")

QUOTING = verbs_of_speech("quote")
# How a tree names the source of a cue: a letter for the features, and the rule in words.
OWN_SUBJECT, SHARED_SUBJECT, AGENT, PASSIVE, ACCORDING, QUOTED, OWNER, OF, OF_VERB = "sugpaqowv"
RULES = {
    OWN_SUBJECT: "subject of the cue",
    SHARED_SUBJECT: "subject shared with the cue",
    AGENT: "agent of the passive cue",
    ACCORDING: "after 'according to'",
    QUOTED: "quoted by the verb before 'as'",
    OWNER: "possessor of the cue",
    OF: "joined to the cue by 'of', 'by' or 'from'",
    OF_VERB: "subject of the verb of the cue",
}


class TreeSource(NamedTuple):
    """Whom the tree names as the source of a cue, if anybody, and by which relation."""

    token: Token | None
    rule: str


class Branch(NamedTuple):
    """The largest part of a tree that holds a word and leaves out the cue and what that hangs on.

    `label` tells how far above the cue it is joined to the tree and by which relation.
    """

    label: str
    root: Token | None


NO_BRANCH = Branch("-", None)


class CueTree:
    """The tree as seen from a cue; outside of prose there is none, and all that is seen is "-"."""

    def __init__(self, doc: Document, cue: int) -> None:
        self.doc, self.cue = doc, cue
        self.first, self.last = doc.sentence(cue)
        self._branches: dict[int, Branch] = {}
        token = self.token = doc.token_at[cue]
        self.source: int | None = None  # the word that heads whom the tree names as source
        self.rule = self.shape = self.tag = self.above = EDGE
        if token is not None:
            self.tag, self.shape = token.tag, _shape(token)
            self.above = token.head.lower if token.head else token.dep
            found, self.rule = tree_source(token)
            if found is not None:
                self.source = doc.word_of(found.start)

    @cached_property
    def levels(self) -> dict[Token, int]:
        """The cue and the tokens above it, with their heights."""
        above = [self.token, *islice(self.token.ancestors(), _HIGHEST - 1)] if self.token else []
        return {token: height for height, token in enumerate(above)}

    @property
    def leads_to_saying(self) -> bool:
        """Whether a quoting verb only leads to "as saying", which then is the cue."""
        if self.token is None or self.token.lower not in QUOTING:
            return False
        return any(child.lower == "as" and child.child("pcomp") for child in self.token.children)

    def path(self, word: int) -> str:
        """Return the relations that lead from a word up to, and then down to the cue."""
        token = self.doc.token_at[word]
        if token is None or self.token is None:
            return EDGE
        levels, steps = self.levels, []
        while token is not None and token not in levels:
            steps.append(token.dep)
            token = token.head
        if token is None or len(steps) > _LONGEST_PATH or levels[token] > _LONGEST_WAY_DOWN:
            return "far"
        down = [level.dep for level in levels][: levels[token]]
        return f"{'>'.join(steps)}|{'<'.join(down)}"

    def branch(self, word: int) -> Branch:
        """Return the branch in which a word stands."""
        found = self._branches.get(word)
        if found is None:
            found = self._branches[word] = self._branch(word)
        return found

    def _branch(self, word: int) -> Branch:
        token = self.doc.token_at[word]
        if token is None or self.token is None:
            return NO_BRANCH
        levels = self.levels
        while token not in levels:
            if token.head is None:
                return Branch("x", token)
            if token.head in levels:
                return Branch(_HEIGHTS[levels[token.head]] + token.dep, token)
            token = token.head
        return Branch(_HEIGHTS[levels[token]], token)


def _shape(token: Token) -> str:
    """Return how a word hangs in its tree, and which clauses and subject hang on it."""
    head, start = token.head, token.start
    found = f"{token.dep} {'' if head is None else '<' if head.start < start else '>'}"
    count = 0
    for child in token.children:
        if child.dep in _IN_SHAPE and count < _MOST_IN_SHAPE:
            count += 1
            found += f" {child.dep[:5]}{'<' if child.start < start else '>'}"
    return found


def quoting_verb(cue: Token) -> Token | None:
    """Return the verb before "as" and a cue: "was quoted as saying", "AFP cited Lee as saying"."""
    preposition = cue.head if cue.dep == "pcomp" else None
    verb = preposition.head if preposition and preposition.lower == "as" else None
    return verb if verb and verb.lower in QUOTING else None


def tree_source(cue: Token) -> TreeSource:
    """Return whom the tree names as the source of a cue.

    That is the subject of an active verb and the agent of a passive one, the noun phrase after
    "according to", and of a noun its possessor or whom "of", "by" or "from" joins to it, else the
    subject of the verb of which the noun is the object ("made a statement").
    """
    head = cue.head
    if cue.lower == "according":
        to = cue.child("prep", "pcomp") or (head if head and head.lower == "to" else None)
        return TreeSource(to.child("pobj") if to else None, ACCORDING)
    if quoting := quoting_verb(cue):
        quoted = subject(quoting) if is_passive(quoting) else quoting.child("dobj")
        return TreeSource(quoted, QUOTED)
    if cue.is_verb:
        return _source_of_verb(cue)
    return _source_of_noun(cue) if cue.is_noun else TreeSource(None, cue.pos)


def _source_of_verb(cue: Token) -> TreeSource:
    if is_passive(cue):
        by = agent(cue)
        return TreeSource(by, AGENT if by else PASSIVE)
    return TreeSource(subject(cue), OWN_SUBJECT if cue.child("nsubj") else SHARED_SUBJECT)


def _source_of_noun(cue: Token) -> TreeSource:
    if owner := cue.child("poss"):
        return TreeSource(owner, OWNER)
    preposition = next((child for child in cue.children if child.lower in _POSSESSING), None)
    if preposition and (joined := preposition.child("pobj")):
        return TreeSource(joined, OF)
    verb = governor(cue) if cue.dep == "dobj" else None
    return TreeSource(subject(verb) if verb else None, OF_VERB)
