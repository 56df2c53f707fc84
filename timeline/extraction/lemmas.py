"""The part of speech and the lemma of parsed words, as the model's own rules give them.

The last two components of the model, attribute ruler and lemmatizer, took 14 of the 47 ms in
which an article is parsed. They look at a word with its tag and relation alone, but for a few
contractions and for what follows "there": so they are asked once for each such word.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ["attribute_ruler", "lemmatizer"]
# Words in each pattern of two that the ruler has: "let's", "gonna", "gotta", "ain't", "y'all" …
PAIRED = ("ai", "c'm", "gon", "let", "ta", "y", "y'")
# And the relation in the only other one: the "is" behind "there" is no auxiliary.
EXPLETIVE = "expl"
_REMEMBERED = 200_000  # words with their tag and relation, some 50 MB

_Numbers = tuple[int, int, int]  # of the word, its tag and its relation: spaCy's hashes of strings


class Word(NamedTuple):
    """What is told of a word: its lemma in lower case, part of speech, tag and relation."""

    lemma: str
    pos: str
    tag: str
    dep: str


class Lemmas:
    """What the rules of a model say of words, each worked out once and kept."""

    def __init__(self, nlp: "Language") -> None:
        self._nlp = nlp
        self._known: dict[_Numbers, Word] = {}
        self._paired = {nlp.vocab.strings[word] for word in PAIRED}
        self._expletive = nlp.vocab.strings[EXPLETIVE]

    def of(self, docs: "Sequence[Doc]") -> Iterator[list[Word]]:
        """Yield the words of parsed docs; the components of the rules have not been run on them."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        read = [(doc, _numbers(doc), self._is_by_word(doc)) for doc in docs]
        known = self._known
        self._learn({k for _, keys, by_word in read if by_word for k in keys if k not in known})
        for doc, keys, by_word in read:
            yield [self._known[key] for key in keys] if by_word else _words(self._ruled(doc))

    def _is_by_word(self, doc: "Doc") -> bool:
        """Whether no rule applies that looks at two words."""
        rows = doc.to_array(["LOWER", "DEP"]).tolist()
        return not any(word in self._paired or dep == self._expletive for word, dep in rows)

    def _learn(self, new: set[_Numbers]) -> None:
        """Run the rules on words that are new as if they made one sentence."""
        from spacy.tokens import Doc

        if new:
            strings = self._nlp.vocab.strings
            words, tags, deps = ([strings[key[n]] for key in new] for n in range(3))
            doc = Doc(self._nlp.vocab, words=words, tags=tags, deps=deps)
            self._known.update(zip(new, _words(self._ruled(doc)), strict=True))

    def _ruled(self, doc: "Doc") -> "Doc":
        """Run the components of the rules on a doc."""
        for name in COMPONENTS:
            doc = self._nlp.get_pipe(name)(doc)
        return doc


def _numbers(doc: "Doc") -> list[_Numbers]:
    return [(word, tag, dep) for word, tag, dep in doc.to_array(["ORTH", "TAG", "DEP"]).tolist()]


def _words(doc: "Doc") -> list[Word]:
    return [Word(t.lemma_.lower(), t.pos_, t.tag_, t.dep_) for t in doc]
