"""Dateline as a process of its own, on a database of its own, and what that database holds."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

MANAGE = (sys.executable, str(settings.BASE_DIR / "manage.py"))


class Archive:
    """A database in a file, which commands work on and the test looks into."""

    def __init__(self, folder: Path, empty_database: Path) -> None:
        folder.mkdir()
        self.file = Path(shutil.copy(empty_database, folder / "archive.sqlite3"))
        self.environment = os.environ | {"DATABASE_URL": f"sqlite:///{self.file}", "DEBUG": "0"}

    def start(self, *command: str, preexec_fn: Callable | None = None) -> subprocess.Popen:
        """Start `manage.py COMMAND` and return the running process, its output as text."""
        return subprocess.Popen(
            [*MANAGE, *command],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=preexec_fn,
        )

    def run(self, *command: str) -> str:
        """Run `manage.py COMMAND` to its end, which must be a good one; return what it printed."""
        process = self.start(*command)
        printed, complaints = process.communicate()
        assert process.returncode == 0, complaints
        return printed

    def rows(self, query: str) -> list[tuple]:
        """Return what a query finds, on a connection of the test's own."""
        with sqlite3.connect(self.file) as connection:
            return connection.execute(query).fetchall()

    def assert_whole(self) -> None:
        """Hold that the file is sound and that no article is here without what it suggests."""
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []
        half = """
            SELECT slug FROM timeline_article AS article WHERE NOT EXISTS (
                SELECT 1 FROM timeline_suggestion WHERE article_id = article.id)
        """
        assert self.rows(half) == []

    def contents(self) -> list[tuple]:
        """Return every article with its suggestions, in an order of its own."""
        return self.rows("""
            SELECT article.slug, article.story <> '', suggestion.type, suggestion.start,
                   suggestion.end, suggestion.title, suggestion.text, suggestion.edtf
            FROM timeline_article AS article
            JOIN timeline_suggestion AS suggestion ON suggestion.article_id = article.id
            ORDER BY 1, 3, 4, 5, 6
        """)
