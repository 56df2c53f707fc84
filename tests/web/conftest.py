"""Who works at the desk, and on what: Alice, and the ferry article with its three suggestions."""

import pytest
from django.test import Client

from tests.web.desk import ferry, signed_in
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
