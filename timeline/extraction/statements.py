"""What carries words, a letter, a speech, a post: its phrase as a medium, and whose it is.

Who says something in a letter is its writer: "The letter accused", "it demanded", and the words of
a firm that has just "issued a statement" came in it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from .coreference import actors
from .document import OUTSIDE, Document, Sentence
from .lexicon import words
from .lexicon.inflection import verbs_of_speech
from .syntax import Token, agent, governor, is_passive, joined, noun_phrase, subject

PLACING = words("function_words", "placing")
TIMES = words("function_words", "time", "timing")
_GATHERINGS = words("media", "gathering")
OCCASIONS = words("media", "occasion") | _GATHERINGS
_PLATFORMS = words("media", "platform")
# What makes a medium of the noun phrase after a preposition; after "via" whatever it is does.
_AFTER = dict.fromkeys(PLACING, OCCASIONS) | {
    "in": OCCASIONS | words("media", "chamber"),
    "on": OCCASIONS | _PLATFORMS,
    "by": words("media", "direct line"),
    "through": words("media", "go-between"),
}
_VIA, _ON = "via", "on"
_IN = PLACING - {_ON}  # what one comments on one does not say there
_TO_WHOM = frozenset({"with", "to", "on"})
_BEFORE_PLATFORM = {"to": words("media", "turning"), _ON: words("media", "appearing")}
_ISSUING = words("media", "issuing")
_LINKS = words("media", "writer link")
_QUALIFYING = frozenset({"amod", "compound"})
_ANOTHER = frozenset({"a", "an", "another"})
_SAYING = verbs_of_speech()
_FRESH = 2  # in how many sentences after it a statement is still what its writer speaks in
_start = attrgetter("start")


class Statement(NamedTuple):
    """Something that carries words, where it is spoken of, whose it is, and it as a medium.

    `is_issued` tells whether it is brought out there, so that words that follow may be its own.
    """

    start: int
    word: str
    writer: str
    medium: str
    is_issued: bool


class Statements:
    """The statements of an article in the order of the text."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        prose = doc.prose if doc.size else []  # where there are only marks there is no word
        self.found = [found for sentence in prose for found in _statements(sentence)]
        self._by_word: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.found:
            self._by_word[statement.word].append(statement)

    def meant(self, word: int) -> Statement | None:
        """Return which statement a noun speaks of: one whose writer is named there or before."""
        start, token = self.doc.starts[word], self.doc.token_at[word]
        found = _last(self._by_word.get(self.doc.lower[word], []), start)
        the = token.child("det") if token else None
        is_another = the is not None and the.lower in _ANOTHER
        return None if found and is_another and found.start < start else found

    def fresh(self, word: int) -> Statement | None:
        """Return what was issued right before a word: in its sentence or one of two before it."""
        start = self.doc.starts[word]
        last = _last(self.found, start - 1)
        if last is None or not last.is_issued:
            return None
        first = bisect_right(self.doc.edges, self.doc.word_of(last.start))
        if bisect_right(self.doc.edges, word) - first > _FRESH:
            return None
        return last if self.doc.text.count("\n\n", last.start, start) <= 1 else None


def _last(found: list[Statement], start: int) -> Statement | None:
    """Return the last statement that begins at an offset or before it."""
    end = bisect_right(found, start, key=_start)
    return found[end - 1] if end else None


def _statements(sentence: Sentence) -> Iterator[Statement]:
    doc = sentence.doc
    for token in sentence.tree.tokens:
        if not token.is_noun or token.dep == "compound":
            continue
        at = doc.word_of(token.start)  # "e-mail" is a word of three tokens
        start, word = doc.starts[at], doc.lower[at]
        if (word in OCCASIONS or word in _PLATFORMS) and not doc.quoted_around(start):
            writer, is_issued = _writer(token, word)
            if named := _named(sentence, writer):
                yield Statement(start, word, named, _medium(doc, token, at), is_issued)


def _writer(token: Token, word: str) -> tuple[Token | None, bool]:
    """Return who heads the phrase that names the writer, and whether the noun is issued there."""
    verb = token.head
    if word not in OCCASIONS:
        user = _user(verb)
        return user, user is not None
    if issuer := _issuer(token):
        return issuer, True
    if owner := _owner(token):
        return owner, False
    over = governor(token) if verb is not None and verb.lower in _IN else None
    is_said = over is not None and over.lower in _SAYING and not is_passive(over)
    return (subject(over), True) if over and is_said else (None, False)


def _user(preposition: Token | None) -> Token | None:
    """Return who speaks on a platform, behind its preposition: "She took to Twitter"."""
    over = preposition.head if preposition is not None else None
    if preposition is None or over is None:
        return None
    if over.lemma not in _BEFORE_PLATFORM.get(preposition.lower, ()):
        return None
    carried = over.child("dobj")  # in "posted a video on Instagram" the video is the medium
    return None if carried and carried.lower in OCCASIONS else subject(over)


def _issuer(token: Token) -> Token | None:
    """Return who brings a statement out: "she issued a statement"."""
    verb = token.head
    if verb is None or not verb.is_verb or verb.lemma not in _ISSUING:
        return None
    if token.dep == "dobj":
        return subject(verb)
    return agent(verb) if token.dep == "nsubjpass" else None


def _owner(token: Token) -> Token | None:
    """Return whose a statement is: "her letter", "a letter from the board", "a letter she sent"."""
    if owner := token.child("poss"):
        return owner
    for child in token.children:
        if child.lower in _LINKS and (writer := child.child("pobj")):
            return writer
        if child.dep == "acl" and (by := agent(child)):
            return by
        if child.dep == "relcl" and not is_passive(child) and (own := subject(child)) is not token:
            return own
    return None


def _named(sentence: Sentence, writer: Token | None) -> str | None:
    """Return who a writer is by the fullest name, without one the noun phrase."""
    if writer is None or sentence.time_at(writer):
        return None
    named = actors(sentence, writer)
    if named or writer.pos == "PRON":
        return named[0] if len(named) == 1 else None
    is_several = len(joined(writer)) > 1
    phrase = None if is_several else noun_phrase(writer)
    return sentence.doc.text[phrase[0].start : phrase[-1].end] if phrase else None


def _medium(doc: Document, token: Token, at: int) -> str:
    """Return a statement as a medium: "in a letter", "at a news conference", "on Twitter"."""
    if doc.lower[at] not in OCCASIONS:
        return f"on {token.text}"
    left = [t for t in token.children if t.start < token.start and t.dep in _QUALIFYING]
    end = with_hearers(doc, token)
    phrase = doc.text[left[0].start if left else doc.starts[at] : end]
    if (on := doc.at(end)) < doc.size and doc.lower[on] == _ON and (place := placed(doc, on)):
        phrase = f"{phrase} {place}"
    article = "an" if phrase[0].lower() in "aeiou" else "a"
    plural = token.tag in ("NNS", "NNPS")
    where = "at" if doc.lower[at] in _GATHERINGS else "in"
    return f"{where} {phrase}" if plural else f"{where} {article} {phrase}"


def placed(doc: Document, at: int) -> str | None:
    """Return "in a statement", "on Instagram" and the like if one stands at `at`.

    Hearers and place belong to it: "in an interview with Reuters", "in a post on Facebook".
    """
    head = carrier_after(doc, at)
    if head is None:
        return None
    text = doc.text[doc.starts[at] : with_hearers(doc, head)].rstrip(".")
    return text[0].lower() + text[1:]


def with_hearers(doc: Document, carrier: Token) -> int:
    """Return where a statement ends with whom or what it was made to: "interview with Reuters"."""
    end = doc.ends[doc.word_of(carrier.start)]  # "e-mail" is a word of three tokens
    beside = next((child for child in carrier.children if child.start == end + 1), None)
    if beside is None or beside.dep != "prep" or beside.lower not in _TO_WHOM:
        return end
    whom = beside.child("pobj")
    if whom is None or TIMES.intersection(t.lower for t in noun_phrase(whom)):
        return end
    return named_end(doc, whom)


def named_end(doc: Document, whom: Token) -> int:
    """Return the end of a noun phrase: of its name if its head has one, else of its head."""
    name = doc.name_at[doc.word_of(whom.start)]
    return doc.names[name].end if name != OUTSIDE else whom.end


def carrier_after(doc: Document, at: int) -> Token | None:
    """Return what carries words after the preposition at `at`, if anything there does."""
    preposition, word = doc.token_at[at], doc.lower[at]
    if preposition is None or at + 1 == doc.size or (word != _VIA and word not in _AFTER):
        return None
    head = preposition.child("pobj", "dobj") or doc.token_at[at + 1]
    if head is None or head.start < preposition.end or TIMES & {head.lower}:
        return None
    if word == _VIA:
        return head if head.is_noun else None
    noun = doc.word_of(head.start)
    if word == "by" and noun != at + 1:
        return None  # "by phone", not "by the phone"
    compound = head.child("compound") if word == _ON else None  # "on her Instagram account"
    of = {doc.lower[noun], compound.lower if compound else ""}
    return None if of.isdisjoint(_AFTER[word]) else head
