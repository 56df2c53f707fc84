"""Who works at the desk, and on what: Alice, and the ferry article with its three suggestions."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.web.desk import ferry, signed_in
from timeline.migrations._roles import give_roles
from timeline.models import Article, Suggestion, Timeline
from timeline.models.words import clear_index
from timeline.selection import columns, results
from timeline.selection.columns import Columns


@pytest.fixture
def alice(client: Client) -> Client:
    """An editor, signed in."""
    return signed_in(client)


@pytest.fixture
def article(db: None) -> Article:
    """The ferry article with three open suggestions."""
    return ferry()


@pytest.fixture
def meeting(article: Article) -> Suggestion:
    """Its first: a meeting on 15 May."""
    return article.suggestions.get(title="Vale and Strand meet")


@pytest.fixture(autouse=True)
def kept_columns_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare the columns that a page is made of with the database, wherever a test reads one."""
    monkeypatch.setattr(results, "columns_of", _compared)


def _compared(timeline: Timeline) -> Columns:
    was_held = timeline.pk in columns._held
    found = columns.columns_of(timeline)
    if was_held and not connection.force_debug_cursor:  # where queries are counted
        for name, table in Columns.read(timeline, found.stamp).tables.items():
            assert sorted(found.tables[name].tolist(), key=repr) == sorted(
                table.tolist(), key=repr
            ), name
    return found


@pytest.fixture
def empty_index(db: None) -> None:
    """An index of words that holds nothing: what flushes the database leaves it as it is."""
    clear_index()


@pytest.fixture
def groups(db: None) -> None:
    """The groups as the migration makes them: what flushes the database takes them away."""
    give_roles(apps, SimpleNamespace(connection=connection))
