"""The medium of attributed words: what they reached the reporter through, beside cue or source."""

from ..document import OUTSIDE, Document
from ..lexicon import rows, words
from ..lexicon.inflection import inflect
from ..statements import PLACING, TIMES, carrier_after, named_end, placed
from ..syntax import Token, agent, is_passive, noun_phrase, subject
from .cue_trees import quoting_verb

_AUDIENCE, _GROUPS = words("media", "audience"), words("media", "group")
TELLING = words("media", "telling")
_PRESS, _COLLECTIVE = words("media", "press"), words("media", "collective")
_SPEAKING = words("media", "speaking", "reaching")
_HANDING_ON = words("media", "handing on")
_BY_VERB = {
    form: medium
    for medium, verbs, _ in rows("verb_media")
    for verb in verbs.split()
    for form, _ in inflect(verb)
}
_TO = frozenset({"to", "with", "by"})
_PASSED = PLACING | TIMES | words("function_words", "dating") | _SPEAKING
_NO_BREAK = " ,"
_FARTHEST = 10


def beside_cue(doc: Document, cue: int, after: int, content: tuple[int, int]) -> str | None:
    """Return the medium that stands beside a cue in its sentence, as the article words it.

    `after` is the first word after both the cue and a source that follows it.
    """
    token = doc.token_at[cue]
    hearer = _hearer(token) if token is not None and token.is_verb else None
    heard = told(doc, hearer)
    if hearer is not None and hearer.start > doc.starts[cue]:
        after = max(after, doc.at(named_end(doc, hearer)))
    first, last = doc.sentence(cue)
    follows = after < last and doc.separators[after] in _NO_BREAK
    then = beside(doc, after, last) if follows else None
    found: str | None = " ".join(filter(None, (heard, then)))
    if not found and not content[0] <= first < content[1]:
        found = beside(doc, first, cue)  # "In a letter, she said …"
    if not found and token is not None:
        found = _quoted_by(doc, token)
    return found or _BY_VERB.get(doc.lower[cue])


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
    if name == OUTSIDE and word and hearer.lower in _PRESS:
        name = next((doc.name_at[doc.word_of(t.start)] for t in hearer.all("compound")), OUTSIDE)
    if name != OUTSIDE:
        is_organisation = doc.names[name].kind == "organisation"
        return f"told {doc.names[name].spoken}" if is_organisation else None
    members = hearer.child("prep") if hearer.lower in _GROUPS else None
    among = members.child("pobj") if members else None  # "a group of reporters"
    if (among or hearer).lower not in _AUDIENCE:
        return None
    return f"told {doc.text[noun_phrase(hearer)[0].start : (among or hearer).end]}"


def is_circumstance(doc: Document, at: int) -> bool:
    """Whether the words at `at` say when or through what something was said: "on Monday"."""
    following = doc.lower[at + 1 : at + 3]
    return (
        doc.lower[at] in _SPEAKING
        or (doc.lower[at] in PLACING and not TIMES.isdisjoint(following))
        or carrier_after(doc, at) is not None
    )


def beside(doc: Document, begin: int, last: int) -> str | None:
    """Return the medium at `begin`, or after times and places alone, before the word `last`."""
    for index in range(begin, min(begin + _FARTHEST, last)):
        word, is_apart = doc.lower[index], doc.separators[index] not in _NO_BREAK
        if doc.quoted_at[index] != OUTSIDE or (is_apart and index > begin):
            return None
        found = placed(doc, index) or _by_whom(doc, index)
        named = doc.name_at[index] != OUTSIDE and index > begin
        plain = word in _PASSED or word.endswith("ly") or word[0].isdigit()
        if found or not (plain or named):
            return found
    return None


def _by_whom(doc: Document, at: int) -> str | None:
    """Return the medium of "speaking to Reuters", "reached by Reuters", "as quoted by Reuters"."""
    to = doc.token_at[at + 1] if at + 1 < doc.size else None
    whom = to.child("pobj") if to is not None and to.lower in _TO else None
    if doc.lower[at] in _HANDING_ON:
        return _via(doc, whom)
    return told(doc, whom) if doc.lower[at] in _SPEAKING else None


def _quoted_by(doc: Document, cue: Token) -> str | None:
    """Return the medium that quotes: "KCNA quoted Lee as saying", "was cited by AFP as …"."""
    verb = quoting_verb(cue)
    if verb is None:
        return None
    by = next((child.child("pobj") for child in cue.children if child.lower == "by"), agent(verb))
    if by is not None or is_passive(verb):
        return _via(doc, by)
    quoting = subject(verb)
    if quoting is None or quoting.lower in _COLLECTIVE:
        return _via(doc, quoting)  # "state media quoted her"
    return None if doc.name_at[doc.word_of(quoting.start)] == OUTSIDE else _via(doc, quoting)


def _via(doc: Document, quoting: Token | None) -> str | None:
    """Return "via Reuters" for the head of a noun phrase that names a body or whom has no name."""
    if quoting is None:
        return None
    name = doc.name_at[doc.word_of(quoting.start)]
    if name != OUTSIDE:
        return None if doc.names[name].kind == "person" else f"via {doc.names[name].spoken}"
    return f"via {doc.text[noun_phrase(quoting)[0].start : quoting.end]}"
