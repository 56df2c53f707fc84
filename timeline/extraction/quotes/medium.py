"""The medium of attributed words: what they reached the reporter through, beside cue or source."""

from ..document import OUTSIDE, Document
from ..lexicon import words
from ..names.gazetteer import MEDIA
from ..syntax import Token, agent, is_passive, noun_phrase, subject
from .cue_trees import quoting_verb

_AUDIENCE = words("media", "audience")
TELLING = words("media", "telling")
_TWEETING = words("media", "tweeting")
_SPEAKING = words("media", "speaking")
_OCCASIONS = words("media", "occasion", "gathering")
_ON = words("media", "platform") | _OCCASIONS
_PLACING = words("function_words", "placing")
_TO_WHOM = frozenset({"with", "to", "on"})
_TIMES = words("function_words", "time", "timing")
_WHEN = _TIMES | words("function_words", "dating")
_LEADS = _PLACING | _SPEAKING
_WITHIN = " ,"
_FARTHEST = 10


def beside_cue(doc: Document, cue: int, after: int, content: tuple[int, int]) -> str | None:
    """Return the medium that stands beside a cue in its sentence, as the article words it.

    `after` is the first word after both the cue and a source that follows it.
    """
    token = doc.token_at[cue]
    found = None
    if token is not None and token.is_verb:
        found = told(doc, _hearer(token))
    if not found and after < doc.size:
        found = _beside(doc, after)
    found = found or _opening(doc, cue, content)
    if not found and token is not None:
        found = _quoted_by(doc, token)
    return "in a tweet" if not found and doc.lower[cue] in _TWEETING else found


def _hearer(cue: Token) -> Token | None:
    """Return who is told: "told Reuters", "recounted to the broadcaster NHK"."""
    if cue.lower in TELLING:
        return cue.child("dobj", "dative")
    to = next((child for child in cue.children if child.lower == "to"), None)
    return to.child("pobj") if to and to.start > cue.start else None


def told(doc: Document, hearer: Token | None) -> str | None:
    """Return "told reporters", "told Reuters" for the head of a noun phrase that names hearers."""
    if hearer is None:
        return None
    word = doc.word_of(hearer.start)
    name, after = doc.name_at[word], word + 1
    if name == OUTSIDE and after < doc.size and doc.separators[after] == " ":
        name = doc.name_at[after]  # "the broadcaster NOK"
    if name != OUTSIDE:
        is_organisation = doc.names[name].kind == "organisation"
        return f"told {doc.names[name].canonical}" if is_organisation else None
    if doc.lower[word] not in _AUDIENCE:
        return None
    return f"told {doc.text[noun_phrase(hearer)[0].start : hearer.end]}"


def spoken(doc: Document, at: int) -> str | None:
    """Return the medium of "speaking to Reuters", "writing on Instagram", if those are at `at`."""
    if at + 1 >= doc.size or doc.lower[at] not in _SPEAKING:
        return None
    if doc.lower[at + 1] in ("to", "with"):
        to = doc.token_at[at + 1]
        return told(doc, to.child("pobj") if to else None)
    return _placed(doc, at + 1)


def is_circumstance(doc: Document, at: int) -> bool:
    """Whether the words at `at` say when or through what something was said: "on Monday"."""
    following = doc.lower[at + 1 : at + 3]
    return (
        doc.lower[at] in _SPEAKING
        or (doc.lower[at] in _PLACING and not _TIMES.isdisjoint(following))
        or _occasion(doc, at) is not None
    )


def _beside(doc: Document, begin: int) -> str | None:
    """Return the medium that stands at `begin`, or after a time or place alone."""
    last = doc.sentence(begin - 1)[1]
    for index in range(begin, min(begin + _FARTHEST, last)):
        word = doc.lower[index]
        if doc.separators[index] not in _WITHIN or doc.quoted_at[index] != OUTSIDE:
            return None
        found = spoken(doc, index) or _placed(doc, index)
        if found:
            return found
        named = doc.name_at[index] != OUTSIDE and index > begin
        plain = word in _PLACING or word in _WHEN or word.endswith("ly") or word[0].isdigit()
        if not (plain or named):
            return None
    return None


def _opening(doc: Document, cue: int, content: tuple[int, int]) -> str | None:
    """Return the medium with which the sentence of a cue opens, if that is no part of the words."""
    first, _ = doc.sentence(cue)
    if doc.lower[first] not in _LEADS:
        return None
    if content[0] <= first < content[1] or doc.quoted_at[first] != OUTSIDE:
        return None
    return spoken(doc, first) or _placed(doc, first)


def _placed(doc: Document, at: int) -> str | None:
    """Return "in a statement", "on Instagram" and the like if one stands at `at`.

    Hearers and place belong to it: "in an interview with Reuters", "in a post on Facebook".
    """
    head = _occasion(doc, at)
    if head is None:
        return None
    end = head.end
    beside = next((child for child in head.children if child.start > head.end), None)
    if beside and beside.dep == "prep" and beside.lower in _TO_WHOM and beside.start == end + 1:
        whom = beside.child("pobj")
        if whom and not _TIMES.intersection(t.lower for t in noun_phrase(whom)):
            end = _named_end(doc, whom)
    text = doc.text[doc.starts[at] : end]
    return text[0].lower() + text[1:]


def _named_end(doc: Document, whom: Token) -> int:
    """Return the end of a noun phrase: of its name if its head has one, else of its head."""
    name = doc.name_at[doc.word_of(whom.start)]
    return doc.names[name].end if name != OUTSIDE else whom.end


def _occasion(doc: Document, at: int) -> Token | None:
    """Return the occasion or platform after the preposition at `at`, if it has one."""
    preposition = doc.token_at[at]
    if preposition is None or preposition.lower not in _PLACING:
        return None
    head = preposition.child("pobj")
    sought = _ON if preposition.lower == "on" else _OCCASIONS
    return head if head is not None and head.lower in sought else None


def _quoted_by(doc: Document, cue: Token) -> str | None:
    """Return the medium that quotes: "KCNA quoted Lee as saying", "was cited by AFP as …"."""
    verb = quoting_verb(cue)
    if verb is None:
        return None
    by = next((child.child("pobj") for child in cue.children if child.lower == "by"), agent(verb))
    quoting = by or (None if is_passive(verb) else subject(verb))
    if quoting is None:
        return None
    name = doc.name_at[doc.word_of(quoting.start)]
    if name != OUTSIDE and (by or doc.names[name].canonical in MEDIA):
        return f"via {doc.names[name].canonical}"
    tokens = noun_phrase(quoting)
    return f"via {doc.text[tokens[0].start : tokens[-1].end]}" if by else None
