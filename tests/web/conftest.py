"""Who works at the desk, and on what: Alice, and the ferry article with its three suggestions."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.web.desk import ferry, signed_in
from timeline.migrations._roles import give_roles
from timeline.models import Article, Suggestion


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


@pytest.fixture
def groups(db: None) -> None:
    """The groups as the migration makes them: what flushes the database takes them away."""
    give_roles(apps, SimpleNamespace(connection=connection))
