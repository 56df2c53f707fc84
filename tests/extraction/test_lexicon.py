"""The tables of the lexicon: each row is needed to read its example."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.extraction.reading import WEDNESDAY
from timeline.extraction import lexicon

PACKAGE = "timeline.extraction"
TABLES = Path(lexicon.__file__).parent
MENU = "Sport Weather Culture Travel Food Opinion Video Shop Jobs".replace(" ", "¶")
TEXT = (
    "March 3, 2020¶The ferry of Norland left the harbour on Monday with two hundred people on "
    "board, the harbour master said in the evening.¶Nobody was hurt in the harbour, and the ferry "
    "will sail again on Tuesday, said the harbour master of Norland."
)
HTML = "<p>" + TEXT.replace("¶", "</p><p>") + "</p>"
# These stay as they are where the others are loaded anew: the tables, and the model of the parser.
KEPT = {f"{PACKAGE}.lexicon", f"{PACKAGE}.parser"}


@contextmanager
def without(table: str, row: list[str]) -> Iterator[None]:
    """Load the extraction anew, as it would be without one row of a table."""
    loaded = {name: module for name, module in sys.modules.items() if name.startswith(PACKAGE)}
    rows = lexicon.rows
    for name in loaded.keys() - KEPT:
        del sys.modules[name]
    lexicon.rows = lambda name: [one for one in rows(name) if (name, one) != (table, row)]
    try:
        yield
    finally:
        lexicon.rows = rows
        for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
            del sys.modules[name]
        sys.modules.update(loaded)
        sys.modules["timeline"].extraction = loaded[PACKAGE]  # type: ignore[attr-defined]


def said(text: str) -> str:
    """All that a text says, with the reasons."""
    return repr(import_module(PACKAGE).extract(text, WEDNESDAY))


def parted(text: str) -> str:
    """The sentences of a text."""
    spans = import_module(f"{PACKAGE}.text.sentences").split(text)
    return repr([text[span.start : span.end] for span in spans])


def page(text: str) -> str:
    """What a page states of its article, or why it has none; of one line, when it is published."""
    if "¶" not in text and "<" not in text:
        return repr(import_module(f"{PACKAGE}.pages.publication_line").read_stamp(text))
    parser = import_module(f"{PACKAGE}.pages.article_parser")
    try:
        return repr(parser.read_article(text.replace("¶", "\n").encode()))
    except Exception as error:
        return repr(error)


def named(text: str) -> str:
    """The names in a text."""
    return repr(import_module(f"{PACKAGE}.names").find_names(text))


def stemmed(text: str) -> str:
    """The words by which drafts tell one topic from another."""
    return repr(import_module(f"{PACKAGE}.drafts.reading").stems(text))


# By table, or by table and class.
READ: dict[str, Callable[[str], str]] = {
    "abbreviations": parted,
    "event_words": said,
    "media": said,
    "name_parts": named,
    "page_words": page,
    "references": said,
    "function_words: small": stemmed,
    "verb_media": said,
    "function_words": said,
}


def example(row: list[str]) -> str:
    """The example of a row, with its first word where it has a place for one."""
    text = row[2].replace("{menu}", MENU).replace("{text}", TEXT).replace("{html}", HTML)
    return text.replace("{}", row[1].split()[0].replace("_", " "))


ROWS = [(table, row) for table in READ if ":" not in table for row in lexicon.rows(table)]


@pytest.mark.parametrize(
    ("table", "row"), [pytest.param(*one, id=f"{one[0]}: {one[1][0]}") for one in ROWS]
)
def test_a_row_is_needed_to_read_its_example(table: str, row: list[Any]):
    read, text = READ.get(f"{table}: {row[0]}", READ[table]), example(row)
    whole = read(text)
    with without(table, row):
        assert read(text) != whole, text


@pytest.mark.parametrize(
    ("kind", "name", "meta"),
    [
        pytest.param(kind, name, meta.replace("{}", name), id=name)
        for kind, names, meta in lexicon.rows("meta_names")
        for name in names.split()
    ],
)
def test_a_name_of_metadata_gives_a_page_its_day_or_writer(kind: str, name: str, meta: str):
    text = HTML if kind == "writer" else HTML.replace("March 3, 2020", "Norland")
    given = page(f"<html><head><title>Ferry leaves Norland</title>{meta}</head>{text}")
    wanted = {"published": "2020, 3, 5", "modified": "2020, 3, 6", "writer": "Jo Doe"}
    assert wanted[kind] in given


def test_every_table_is_read_by_a_test():
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("*.py"))
    tables = [path.stem for path in TABLES.iterdir() if path.suffix in (".tsv", ".toml")]
    assert [name for name in tables if f'"{name}"' not in tests] == []
