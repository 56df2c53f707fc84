"""A disk that takes no more: told in one sentence, and what was there stays whole."""

import resource
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.attack.articles import folder_of
from tests.attack.processes import Archive
from tests.attack.scale import SCALE

ARTICLES = 12 * SCALE
# Bytes that the database's files may still grow by: room for a few articles, not for all.
ROOM = 60_000


def limited(archive: Archive):
    """Return what a process does at its start to be refused to write beyond ROOM bytes more."""
    with sqlite3.connect(archive.file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    limit = archive.file.stat().st_size + ROOM

    def limit_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return limit_files


def test_an_ingest_onto_a_full_disk_names_the_file_and_leaves_whole_articles(
    tmp_path: Path, new_archive: Callable[[str], Archive]
):
    folder = folder_of(ARTICLES, tmp_path / "articles")
    archive = new_archive("archive")
    process = archive.start("ingest", str(folder), preexec_fn=limited(archive))
    _, complaints = process.communicate()
    assert process.returncode == 1
    assert "Traceback" not in complaints
    assert "article-" in complaints
    archive.assert_whole()
    stored = len(archive.rows("SELECT 1 FROM timeline_article"))
    assert stored < ARTICLES
    archive.run("ingest", str(folder))  # the disk has room again
    assert len(archive.rows("SELECT 1 FROM timeline_article")) == ARTICLES
    archive.assert_whole()
