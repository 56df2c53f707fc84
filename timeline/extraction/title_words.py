"""Words of a title: which tokens of a phrase it takes over, and how they are printed."""

from collections.abc import Iterator
from itertools import pairwise

from . import syntax
from .document import Sentence
from .lexicon import words
from .lexicon.classes import NUMBERS
from .syntax import Token, trim

LONGEST = 90  # characters of a title
_PRINTED_IN_FULL = frozenset({"person", "organisation"})
_QUOTES = frozenset({'"', "“", "”", "``", "''", "«", "»", "‘"})
_BRACKETS = frozenset({"(", ")", "[", "]", "–", "—", "--", ";", ":"})
# What only adds to a phrase, or is a clause of its own.
_ADDED = frozenset({"relcl", "parataxis", "csubj", "dep", "meta", "intj"})
# What may be left out of a title, the last first, where all of it is too long.
_REMOVABLE = frozenset({"prep", "acl", "advcl", "conj", "npadvmod", "advmod", "ccomp"})
_CARRIED = words("event_words", "carried")  # prepositions without which a noun says little
_OF_TIME = frozenset({"advcl", "advmod", "npadvmod", "poss", "pobj", "pcomp", "dobj", "attr"})
_BEFORE_TIME = words("event_words", "before a time")
_UNITS = words("event_words", "unit of time")
_COUNTED_TO = words("event_words", "counted to")
_ADVERBS_OF_TIME = words("event_words", "late")
# What a verb takes over into a title, beside its prepositional phrases.
_ARGUMENTS = frozenset({"dobj", "dative", "attr", "oprd", "acomp", "xcomp", "ccomp", "agent"})
_ARGUMENTS |= {"prep", "prt", "npadvmod"}
_PARTICLES = words("event_words", "particle")
_ASIDE = words("event_words", "aside")
_PEOPLE = words("event_words", "people")
DETERMINERS = words("event_words", "dropped")


def versions(
    sentence: Sentence, heads: list[Token], without: Token | None = None
) -> Iterator[list[Token]]:
    """Yield the tokens of some phrases, then shorter ones, each without its last removable part.

    What hangs on `without` is no part of them: the verb whose subject they are.
    """
    kept = {id(token): token for head in heads for token in _branch(sentence, head, without)}
    told = {id(t) for token in kept.values() for t in _before_name(sentence, token)}
    _drop_loose_ends(kept)
    while True:
        left = [t for t in kept.values() if id(t) not in told]
        yield _whole(sentence, [t for t in left if not _is_dated(sentence, t, kept)])
        parts = [t for t in kept.values() if _is_removable(t, heads)]
        if not parts:
            return
        last = _said_by(max(parts, key=lambda token: token.start))
        gone = [*last.subtree()]
        if last.dep == "conj":
            gone += [t for t in kept.values() if t.dep == "cc" and t.head is last.head]
        for token in gone:
            kept.pop(id(token), None)
        _drop_loose_ends(kept)


def _whole(sentence: Sentence, tokens: list[Token]) -> list[Token]:
    """Return tokens without the words at their end that need another behind them."""
    tokens = _without_loose_commas(sentence, trim(tokens))
    while tokens and (
        tokens[-1].tag in ("DT", "PRP$")
        or (tokens[-1].dep in ("prep", "det", "aux") and tokens[-1].pos != "NUM")
    ):
        tokens.pop()
    if tokens and _counts_time(sentence, tokens[-1]):
        tokens.pop()
    return tokens


def _branch(sentence: Sentence, head: Token, without: Token | None) -> Iterator[Token]:
    """Yield a token and what hangs on it, without what is no part of a title."""
    left = [head]
    while left:
        token = left.pop()
        yield token
        for child in token.children:
            if child is without:
                continue
            if is_temporal(sentence, child):
                left += beside_time(sentence, child)
            elif not is_left_out(sentence, child):
                left.append(child)


def _before_name(sentence: Sentence, noun: Token) -> Iterator[Token]:
    """Yield what a name is to another, which stands before it: of "Norlak's old rival Hult"."""
    owner, name = noun.child("poss"), noun.child("appos")
    if owner is None or name is None or not sentence.name_at(owner) or not sentence.name_at(name):
        return
    if not _is_apart(sentence, name):
        first = name.subtree()[0].start
        yield from (token for token in noun.subtree() if token.start < first)


def beside_time(sentence: Sentence, temporal: Token) -> list[Token]:
    """Return what is said to hang on a time but says more: "charged in January with fraud"."""
    return [
        token
        for token in temporal.subtree()
        if token.dep == "prep"
        and token is not temporal
        and token.lower != "of"
        and token.head is not None
        and sentence.time_at(token.head)
        and not is_temporal(sentence, token)
    ]


def is_left_out(sentence: Sentence, token: Token) -> bool:
    """Whether a title leaves a part of a phrase out: when it was, and what is only added."""
    if token.dep in _ADDED or token.text in _QUOTES or token.text in _BRACKETS:
        return True
    if token.dep in ("appos", "acl") and _is_apart(sentence, token):
        return True
    if token.dep == "conj" and token.is_verb and token.child("nsubj", "nsubjpass"):
        return True  # "Lie was heard and a warrant was issued"
    if token.pos == "SPACE" or (token.dep == "mark" and token.lower == "that"):
        return True
    if token.dep == "advmod" and token.lower in _ADVERBS_OF_TIME:
        return True
    if token.dep == "acl" and token.tag != "VB" and any(map(sentence.time_at, token.subtree())):
        return True
    return is_temporal(sentence, token)


def _is_apart(sentence: Sentence, token: Token) -> bool:
    """Whether a mark stands before a phrase: not in "his rival Tor Lie"."""
    start = token.subtree()[0].start
    before = sentence.doc.text[max(start - 3, 0) : start].rstrip()
    return not before[-1:].isalnum() and before[-2:] not in ("'s", "’s")


def is_temporal(sentence: Sentence, token: Token) -> bool:
    """Whether a part of a phrase says when: "on Monday", "Monday's", "two days later"."""
    if token.dep == "prep":
        return any(sentence.time_at(c) and c.dep == "pobj" for c in (token, *token.children))
    return token.dep in _OF_TIME and sentence.time_at(token)


def _is_dated(sentence: Sentence, token: Token, kept: dict[int, Token]) -> bool:
    """Whether a word says when although the tree has it in a name: "met on Monday Pablo Ruiz"."""
    for time in sentence.times:
        before = sentence.token(time.first - 1) if time.first > sentence.first else None
        if before is None or id(before) not in kept or before.lower not in _BEFORE_TIME:
            continue
        if token is before or time.what.start <= token.start < time.what.end:
            last = sentence.token(time.last - 1)
            return last is not None and last.dep in ("compound", "nmod", "amod")
    return False


def _counts_time(sentence: Sentence, noun: Token) -> bool:
    """Whether a word counts the time to what follows: "spoke to Li hours after the vote"."""
    follows = sentence.tree.at(noun.end + 1)
    return noun.lower in _UNITS and follows is not None and follows.lower in _COUNTED_TO


def _said_by(part: Token) -> Token:
    """Return a clause with the participle that introduces it: "by saying that …"."""
    over = part.head
    is_said = part.dep == "ccomp" and over is not None and over.dep in ("pcomp", "acl", "advcl")
    return over if is_said and over is not None else part


def _drop_loose_ends(kept: dict[int, Token]) -> None:
    """Take out prepositions that have lost what they join, and the participles that had them."""
    for token in list(kept.values()):
        if token.dep in ("prep", "agent") and not any(id(c) in kept for c in token.children):
            kept.pop(id(token), None)
            over = token.head
            if over is not None and over.dep == "acl":
                for part in over.subtree():
                    kept.pop(id(part), None)


def _is_removable(token: Token, heads: list[Token]) -> bool:
    return (
        token.dep in _REMOVABLE
        and token.lower not in _CARRIED
        and (token not in heads or token.dep in ("prep", "advcl"))
    )


def _without_loose_commas(sentence: Sentence, tokens: list[Token]) -> list[Token]:
    """Leave out marks beside which something was left out."""
    kept = []
    for n, token in enumerate(tokens):
        if token.pos == "PUNCT" and token.text != "-" and 0 < n < len(tokens) - 1:
            before, after = tokens[n - 1], tokens[n + 1]
            is_whole = not sentence.doc.text[before.end : token.start].strip()
            if not is_whole or sentence.doc.text[token.end : after.start].strip():
                continue
        kept.append(token)
    return kept


def printed(sentence: Sentence, tokens: list[Token]) -> str:
    """Return tokens as they are printed, people and bodies by their full names."""
    text, parts = sentence.doc.text, []
    full: dict[int, str] = {}
    for _, name in sentence.names:
        inside = [t for t in tokens if name.start <= t.start < name.end]
        if inside and name.kind in _PRINTED_IN_FULL and name.canonical != name.text:
            full |= {id(token): "" for token in inside}
            full[id(inside[0])] = sentence.doc.shortened(name.canonical)
    full |= _described(sentence, tokens)
    before: Token | None = None
    for token in tokens:
        words = full.get(id(token), token.text)
        if before is not None and words:
            gap = text[before.end : token.start]
            parts.append(gap if not gap.strip() and len(gap) < 2 else " ")
        parts.append(words)
        before = token
    words = "".join(parts).replace("``", "").replace("''", "").strip()
    first = tokens[0] if tokens else None
    if first and id(first) not in full and _is_lowered(sentence, first):
        words = words[0].lower() + words[1:]
    return words


def _described(sentence: Sentence, tokens: list[Token]) -> dict[int, str]:
    """Return who is meant in the place of "the company", and "" in that of its article."""
    full: dict[int, str] = {}
    for the, noun in pairwise(tokens):
        meant = sentence.doc.antecedents.get(noun.start, ())
        if the.lower == "the" and noun.pos == "NOUN" and len(meant) == 1 and the.head is noun:
            full |= {id(the): "", id(noun): meant[0]}
    return full


def _is_lowered(sentence: Sentence, token: Token) -> bool:
    """Whether a word has its capital only because it begins the sentence."""
    is_first = token is sentence.tree.tokens[0]
    is_name = token.tag.startswith("NNP") or sentence.name_at(token)
    return is_first and token.text.istitle() and not is_name


def complements(sentence: Sentence, verb: Token) -> list[Token]:
    """Return the heads of what a verb takes over into a title, in the order of the text."""
    moved = syntax.relative_object(verb)
    heads = [moved] if moved is not None else []
    for child in verb.children:
        if child.start < verb.start or child.lower in _ASIDE | syntax.RELATIVE:
            continue
        if is_temporal(sentence, child):
            heads += beside_time(sentence, child)
        elif heads and child.dep == "dobj" and _is_apart(sentence, child):
            break  # "raised its rate on Thursday, the third increase this year"
        elif child.dep in _ARGUMENTS or (child.dep == "advmod" and child.lower in _PARTICLES):
            heads += [] if is_left_out(sentence, child) else [child]
    return heads


def without_article(tokens: list[Token]) -> list[Token]:
    is_article = bool(tokens) and tokens[0].lower in DETERMINERS
    return tokens[1:] if is_article else tokens


def noun_words(
    sentence: Sentence, head: Token, without: Token | None = None, own: Token | None = None
) -> str:
    """Return a noun phrase without article, in at most half of a title if it can be cut to that.

    Nor is `own` printed, the "her" of "her office".
    """
    words = ""
    for tokens in versions(sentence, [head], without):
        words = printed(sentence, [t for t in without_article(tokens) if t is not own])
        if len(words) <= LONGEST // 2:
            break
    return words


def is_plural(sentence: Sentence, head: Token) -> bool:
    if len(syntax.joined(head)) > 1:
        return True
    if (name := sentence.name_at(head)) is not None:
        is_team = head.tag == "NNPS" and " " not in name.text and head.child("det") is not None
        return is_team or name.text.endswith("Forces")
    if head.lower in _PEOPLE or head.lower in NUMBERS or head.pos == "NUM":
        return head.lower not in ("one", "1")
    return head.tag in ("NNS", "NNPS") or head.lower in ("they", "we", "these", "those")


def possessive(owner: str) -> str:
    """Return a name with its apostrophe: "Li’s"."""
    return f"{owner}’" if owner.endswith("s") else f"{owner}’s"


def enumerated(actors: tuple[str, ...]) -> str:
    """Return names as one lists them: "Li, Berg and Ruiz", "" for none."""
    *others, last = actors or ("",)
    return f"{', '.join(others)} and {last}" if others else last
