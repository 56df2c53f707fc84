"""Language knowledge as data, an example beside every entry.

Tables with nested fields are TOML; long lists of words are tab-separated, since they load in a
fiftieth of the time and the extraction must start in milliseconds.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """Return the tables of `name`.toml."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[list[str]]:
    """Return the fields of every entry of `name`.tsv; a line that begins with # is a comment."""
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def words(name: str, *classes: str) -> frozenset[str]:
    """Return the words of some classes of `name`.tsv, whose entries are class, words, example."""
    return frozenset(w for c, listed, *_ in rows(name) if c in classes for w in listed.split())


def alternatives(listed: Iterable[str]) -> str:
    """Return a pattern that matches any of some words, the longest first, and nothing for none.

    "_" stands for a space.

    >>> alternatives(["had", "had_been"])
    'had\\\\ been|had'
    """
    ordered = sorted(listed, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word.replace("_", " ")) for word in ordered) or "(?!)"


def any_of(name: str, *classes: str) -> str:
    """Return a pattern that matches any of the words of some classes of `name`.tsv."""
    return alternatives(words(name, *classes))
