"""The words of what readers may search: one index, in the database's own full-text form.

SQLite keeps it with FTS5, PostgreSQL as a `tsvector` under a GIN index. What goes into it are the
tokens that `tokens_of` finds, so that both answer alike. It is written with the history, by every
change of a record, and holds the words of drafts too: what it finds is looked up among what is
public.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import batched
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from django.apps import apps
from django.db import connection, models

TABLE = "timeline_words"
# (model, column) → the number that tells its texts from those of other records; never given twice
SEARCHED = {
    ("event", "title"): 0,
    ("event", "summary"): 1,
    ("report", "exact"): 2,
    ("report", "title"): 3,
    ("quote", "text"): 4,
    ("actor", "name"): 5,
    ("alias", "name"): 6,
    ("place", "name"): 7,
    ("placealias", "name"): 8,
}
# A text's key in the index is the record's, times this, plus that number.
SPREAD = 16
# From so many letters on, a word finds longer ones that begin with it: “summit” finds “summits”.
# A shorter one would find too much: “war” is no “warning”.
LONG = 4
# PostgreSQL takes no longer word.
_LONGEST = 200
_TOKEN = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


class Term(NamedTuple):
    """Words that stand together in a text; of a prefix, the last is the beginning of one."""

    tokens: tuple[str, ...]
    is_prefix: bool


def tokens_of(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation.

    Letters that are equivalent (NFKD) are one; hyphens and apostrophes part words.
    """
    plain = "".join(one for one in normalize("NFKD", text) if not combining(one))
    return [one[:_LONGEST] for one in _TOKEN.findall(normalize("NFC", plain).casefold())]


def terms_of(query: str) -> list[Term]:
    """Return what a query asks for, all of which an event must hold.

    A phrase in quotation marks is found as it stands. A word of four letters or more, or one with
    an asterisk behind it, also finds the words that begin with it.
    """
    terms = []
    for phrase, word in _TERM.findall(query.translate({ord(one): '"' for one in "“”„«»"})):
        if tokens := tuple(tokens_of(phrase or word)):
            is_long = len(tokens[-1]) >= LONG or word.endswith("*")
            terms.append(Term(tokens, is_prefix=bool(word) and is_long))
    return terms


def index_words(model: type[models.Model], key: int, columns: Mapping[str, Any] | None) -> None:
    """Keep the index to what columns of a record say now; None for a record that is gone."""
    texts = {
        key * SPREAD + number: "" if columns is None else columns[column]
        for (name, column), number in SEARCHED.items()
        if name == model._meta.model_name and (columns is None or column in columns)
    }
    if texts:
        write_texts(texts.items())


def write_texts(texts: Iterable[tuple[int, str]]) -> None:
    """Put texts into the index by their keys there; an empty one leaves it."""
    for some in batched(texts, 500, strict=False):
        found = [(key, " ".join(tokens_of(text or ""))) for key, text in some]
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(found))
            keys = [key for key, _ in found]
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({marks})", keys)
            cursor.executemany(_INSERT[connection.vendor], [one for one in found if one[1]])


def texts_with(term: Term) -> list[int]:
    """Return the keys of the texts that hold a term."""
    find, query = _FIND[connection.vendor], _QUERY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(find, [query(term)])
        return [key for (key,) in cursor.fetchall()]


def stored_texts() -> Iterable[tuple[int, str]]:
    """Return what the index should hold: every text that may be searched, by its key there."""
    for (name, column), number in SEARCHED.items():
        rows = apps.get_model("timeline", name)._base_manager.exclude(**{column: ""})
        for key, text in rows.values_list("pk", column).iterator():
            yield key * SPREAD + number, text


def indexed() -> dict[int, bool]:
    """Return the keys of the texts that the index holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {TABLE}")
        return {key: True for (key,) in cursor.fetchall()}


def clear_index() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def create_index() -> None:
    """Make the index, empty."""
    with connection.cursor() as cursor:
        for statement in _CREATE[connection.vendor]:
            cursor.execute(statement)


def drop_index() -> None:
    """Drop the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


_CREATE = {
    "sqlite": [f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize = 'unicode61')"],
    "postgresql": [
        f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ],
}
_INSERT = {
    "sqlite": f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)",
    "postgresql": f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, to_tsvector('simple', %s))",
}
_FIND = {
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s",
    "postgresql": f"SELECT rowid FROM {TABLE} WHERE words @@ to_tsquery('simple', %s)",
}
# The tokens are letters and digits alone, so that none of them is part of these languages.
_QUERY: dict[str, Callable[[Term], str]] = {
    "sqlite": lambda term: '"' + " ".join(term.tokens) + '"' + "*" * term.is_prefix,
    "postgresql": lambda term: " <-> ".join(term.tokens) + ":*" * term.is_prefix,
}
