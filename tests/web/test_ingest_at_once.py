"""Bringing in while others read and write: nobody waits for the reading, and nothing doubles."""

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import factories as make
from tests.web.desk import FERRY
from tests.web.test_settings import READ_HERE
from timeline import extraction, proposals
from timeline import ingest as ingesting
from timeline.ingest import Result, ingest
from timeline.models import Article, Event, Outlet, Suggestion

MANAGE = settings.BASE_DIR / "manage.py"
SENTENCES = (
    "Minister Nora Vale met envoy {} on Tuesday in Elmsport. “The harbour stays open for us,” "
    "Vale told reporters. {} will visit Sandhaven in July. The pier was closed in 2011 by a storm."
)
NAMES = ["Piet Strand", "Ada Brook", "Ivo Kern", "Eva Holm", "Tom Reed", "Ana Cruz", "Bo Lind"]


def elsewhere(work: Callable[[], object]) -> object:
    """Do some work on another connection to the database, as another process would."""

    def alone() -> object:
        if connection.vendor == "sqlite":  # to wait long would only delay the failure
            connection.ensure_connection()
            connection.connection.execute("PRAGMA busy_timeout = 1000")
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


def meanwhile(monkeypatch: pytest.MonkeyPatch, where: object, name: str, work: Callable) -> None:
    """Let somebody else do some work, once, whenever `where.name` is first called."""
    real, done = getattr(where, name), threading.Event()

    def called(*args: object, **kwargs: object) -> object:
        if not done.is_set():
            done.set()
            elsewhere(work)
        return real(*args, **kwargs)

    monkeypatch.setattr(where, name, called)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("where", "name"),
    [(extraction, "read_article"), (extraction, "extract"), (proposals, "Candidates")],
)
def test_others_write_while_an_article_is_read_and_matched(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    meanwhile(monkeypatch, where, name, lambda: make.outlet("Gullpress"))
    assert ingest(FERRY).result is Result.STORED
    assert set(Outlet.objects.values_list("name", flat=True)) == {"Gullpress", "Tidewire"}


@pytest.mark.django_db(transaction=True)
def test_an_article_that_comes_in_meanwhile_is_known_and_not_doubled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meanwhile(monkeypatch, ingesting, "_store", lambda: ingest(FERRY))
    assert ingest(FERRY).result is Result.KNOWN
    assert Article.objects.count() == Outlet.objects.count() == 1
    places = Suggestion.objects.values_list("type", "start", "end", "title")
    assert len(places) == len(set(places))


@pytest.mark.django_db(transaction=True)
def test_an_event_that_is_deleted_after_it_was_matched_is_no_match(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closing = make.event("Closure of the Elmsport ferry line", edtf="2011")
    make.report(closing, make.article("2011-11-02"), exact="the ferry line was closed in 2011")
    found = []

    def delete() -> None:
        found.append(Event.objects.count())
        Event.objects.all().delete()

    meanwhile(monkeypatch, ingesting, "_store", delete)
    suggestions = ingest(FERRY).suggestions
    assert found == [1]
    assert suggestions
    assert not any(one.match_id or one.score or one.reasons for one in suggestions)


# ------------------------------------------------------------- real processes, on SQLite's files


@pytest.fixture
def file(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "dateline.sqlite3"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve articles, each long enough for two runs to read at the same time."""
    saved = tmp_path / "saved"
    saved.mkdir()
    for number in range(12):
        body = "\n\n".join(
            SENTENCES.format(NAMES[(number + n) % 7], NAMES[(number + n + 1) % 7])
            for n in range(12)
        )
        text = (
            f"Harbour diary {number}\n\nMay {number + 1}, 2018\n\n{body}\n\nDiary {number} ends.\n"
        )
        (saved / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return saved


def environment(file: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in READ_HERE}
    return inherited | {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 40}


def started(file: Path, *arguments: object, **options: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, MANAGE, *map(str, arguments)],
        env=environment(file),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@contextlib.contextmanager
def reading(file: Path) -> Iterator[list[int]]:
    """Read the articles on and on, and yield how many there were each time."""
    counts: list[int] = []
    over = threading.Event()

    def read() -> None:
        with contextlib.closing(sqlite3.connect(file, timeout=0)) as database:
            while not over.is_set():
                counts.extend(database.execute("SELECT count(*) FROM timeline_article").fetchone())

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        yield counts
        over.set()
        reader.result()


def rows(file: Path, query: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


def test_two_runs_and_a_reader_at_once_end_well_and_double_nothing(
    file: Path, folder: Path
) -> None:
    with reading(file) as counts:
        runs = [started(file, "ingest", folder) for _ in range(2)]
        starting = started(file, "migrate", "-v0")
        said = [run.communicate(timeout=150) for run in (*runs, starting)]
    assert [run.returncode for run in (*runs, starting)] == [0, 0, 0], said
    assert counts == sorted(counts)
    out = "".join(one for one, _ in said)
    assert out.count("stored, suggests") == 12
    assert out.count("already here, nothing new") == 12
    assert rows(file, "SELECT count(*), count(DISTINCT headline) FROM timeline_article") == [
        (12, 12)
    ]
    doubled = """SELECT 1 FROM timeline_suggestion GROUP BY article_id, type, start, "end", title
        HAVING count(*) > 1"""
    assert rows(file, doubled) == []


def test_what_is_interrupted_is_whole_and_the_next_run_does_the_rest(
    file: Path, folder: Path
) -> None:
    # it waits for what is typed between the first file and the others
    run = started(file, "ingest", folder / "00.txt", "-", folder, stdin=subprocess.PIPE)
    run.stdout.readline()
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "interrupted. Of 14 files 1 came in." in err
    assert "Traceback" not in err
    without = """SELECT headline FROM timeline_article WHERE id NOT IN
        (SELECT article_id FROM timeline_suggestion)"""
    assert rows(file, without) == []
    assert rows(file, "SELECT count(*) FROM timeline_article") == [(1,)]
    again = started(file, "ingest", folder)
    out, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert (out.count("nothing new"), out.count("stored")) == (1, 11)
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


def test_a_full_disk_is_told_in_a_sentence_that_names_the_file(file: Path, folder: Path) -> None:
    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        most = file.stat().st_size + 100_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    run = started(file, "ingest", folder, preexec_fn=little_room)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "Traceback" not in err
    stored = out.count("stored, suggests")
    assert f"\nCommandError: stopped at {folder}/{stored:02}.txt: " in err
    assert err.endswith(f"Of 12 files {stored} came in.\n")
    assert rows(file, "SELECT count(*) FROM timeline_article") == [(stored,)]
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


def test_a_corrupt_database_is_told_in_a_sentence_that_names_the_file(
    file: Path, folder: Path
) -> None:
    file.write_bytes(b"no database " * 1000)
    run = started(file, "ingest", folder)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 1
    assert err.count("\n") == 1
    assert f"stopped at {folder}/00.txt: The database is damaged" in err
