"""Rows as they were before an upgrade, for the tests of what it makes of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from tests import factories as make
from tests.web.desk import suggest
from timeline.models import Article, Event, Report

BEFORE = [("timeline", "0010_digest_paragraphs")]
AT_LAST = [("timeline", "0013_quotes_withdrawn_with_events")]


@contextmanager
def before_the_upgrade(state: list[tuple[str, str]] = BEFORE) -> Iterator[None]:
    """The rows that are here go back to the state before; afterwards they are upgraded."""
    latest = [
        key
        for key in MigrationExecutor(connection).loader.graph.leaf_nodes()
        if key[0] == "timeline"
    ]
    if state == AT_LAST:  # no table that its rows stand in has changed since
        yield
        for name in ("0014_dates_that_stayed", "0018_dates_that_editors_set"):
            upgrade = import_module(f"timeline.migrations.{name}")
            with transaction.atomic():
                upgrade.tell_as_reported(apps_at(name), SimpleNamespace(connection=connection))
        return
    MigrationExecutor(connection).migrate(state)
    try:
        yield
    finally:
        MigrationExecutor(connection).migrate(latest)


@cache
def apps_at(name: str) -> Any:
    """The models as a migration sees them: made once, for it takes two seconds."""
    return MigrationExecutor(connection).loader.project_state([("timeline", name)]).apps


def is_read(record: Article | Event) -> bool:
    return Client().get(record.get_absolute_url()).status_code == 200


def merged(event: Event, published: str, by: User, **said: object) -> Report:
    """The report of a merge."""
    article = make.article(published, body="They talk.")
    accepted = suggest(article, "They talk", title="Talks", **said).accept(by, event)
    assert isinstance(accepted, Report)
    return accepted
