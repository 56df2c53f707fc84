"""Who reads a batch on: the worker, the command line, the next run after a failure or a kill."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests.web.batches import batch_of, page, states, upload
from tests.web.desk import words_of
from timeline import tasks
from timeline.models import Batch, BatchItem
from timeline.tasks import read

pytestmark = pytest.mark.django_db


State = BatchItem.State


def test_one_article_that_fails_inside_stops_no_other(monkeypatch) -> None:
    real = tasks.ingest

    def failing(raw: bytes, name: str, *more: object) -> object:
        if name == "2.txt":
            raise tasks.UnreadableError("Dateline failed at it.")
        return real(raw, name, *more)

    monkeypatch.setattr(tasks, "ingest", failing)
    batch = batch_of(page(1), page(2), page(3))
    read(batch)
    assert states(batch) == [State.NEW, State.FAILED, State.NEW]
    monkeypatch.setattr(tasks, "ingest", real)
    assert batch.resume(with_failed=True)
    read(batch)
    assert states(batch) == [State.NEW] * 3


def test_what_a_database_refuses_waits_as_before(monkeypatch) -> None:
    def locked(*args: object) -> None:
        raise OperationalError("database is locked")

    batch = batch_of(page(1), page(2))
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "ingest", locked)
        with pytest.raises(OperationalError):
            read(batch)
    assert states(batch) == [State.WAITING] * 2
    assert set(batch.items.values_list("attempts", flat=True)) == {0}
    read(batch)
    assert states(batch) == [State.NEW] * 2


def test_what_ends_the_process_each_time_is_given_up_and_the_others_are_read() -> None:
    batch = batch_of(page(1), page(2))
    long_ago = timezone.now() - timedelta(hours=1)
    batch.items.filter(number=1).update(attempts=3, claimed_at=long_ago)
    read(batch)
    assert states(batch) == [State.FAILED, State.NEW]
    assert "ended without a result 3 times" in batch.items.first().said


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_a_batch_where_there_is_one(alice: Client, settings) -> None:
    settings.WORKER = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    upload(alice, one__txt=page(1), two__txt=page(2))
    batch = Batch.objects.get()
    url = batch.get_absolute_url()
    shown = alice.get(url).content.decode()
    assert "hx-get" in shown
    assert "hx-post" not in shown
    alice.post(url, {"do": "read"})
    assert states(batch) == [State.WAITING] * 2
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert states(batch) == [State.NEW] * 2
    assert Batch.objects.get().state == Batch.State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_gone_is_told_and_the_batch_handed_over_again(
    alice: Client, settings
) -> None:
    settings.WORKER = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    batch = batch_of(page(1))
    Batch.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    assert "is the worker running?" in words_of(alice.get(batch.get_absolute_url()))
    alice.post(batch.get_absolute_url(), {"do": "resume"})
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert states(batch) == [State.NEW]


def test_the_command_line_shows_a_batch_and_reads_it_on(capsys) -> None:
    batch = batch_of(page(1), b"", page(2, ""))
    out, err = io.StringIO(), io.StringIO()
    call_command("batches", stdout=out)
    assert (
        out.getvalue() == f"{batch.pk}: some files. Waits to be read: 3 articles: 3 to be read.\n"
    )
    with pytest.raises(SystemExit):
        call_command("batches", str(batch.pk), "--read", stdout=out, stderr=err)
    assert "1.txt: Stored, suggests 1 report" in out.getvalue()
    assert "2.txt: The file is empty." in err.getvalue()
    assert "3.txt: No line gives a publication date with its year." in err.getvalue()
    assert "Read: 3 articles: 1 brought in, 1 to be answered, 1 not read." in out.getvalue()
    with pytest.raises(CommandError, match="There is no batch 99"):
        call_command("batches", "99")
    with pytest.raises(CommandError, match="Name a batch"):
        call_command("batches", "--read")


def test_the_command_line_stops_a_batch() -> None:
    batch = batch_of(page(1))
    call_command("batches", str(batch.pk), "--stop", stdout=io.StringIO())
    read(batch)
    assert states(batch) == [State.WAITING]


def test_killed_at_any_moment_and_begun_again_nothing_is_lost_or_doubled(
    empty_database: Path, tmp_path: Path
) -> None:
    file, number = copyfile(empty_database, tmp_path / "killed.sqlite3"), 12
    pages = tmp_path / "pages.jsonl"
    lines = [json.dumps({"text": page(one).decode()}) for one in range(number)]
    pages.write_text("\n".join(lines))
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 40}
    begin = (
        "import sys; from timeline.models import Batch, BatchItem; from timeline.sources import *;"
        "found = sources('pages.jsonl', open(sys.argv[-1], 'rb'));"
        "Batch.objects.begin(None, 'x', [BatchItem.of_page(s.name, s.page) for s in found])"
    ).replace("sys.argv[-1]", repr(str(pages)))
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    run = [*manage, "shell", "--no-imports", "--command", begin]
    subprocess.run(run, env=environment, check=True, capture_output=True)

    def rows(query: str) -> list[tuple]:
        with closing(sqlite3.connect(file, timeout=20)) as database:
            return database.execute(query).fetchall()

    for done in (1, 4, 8):
        process = subprocess.Popen(
            [*manage, "batches", "1", "--read"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None:
            if rows("SELECT count(*) FROM timeline_batchitem WHERE state='new'")[0][0] >= done:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert rows("SELECT count(*) FROM timeline_batchitem")[0][0] == number
        (articles, settled) = rows(
            "SELECT (SELECT count(*) FROM timeline_article),"
            " (SELECT count(*) FROM timeline_batchitem WHERE state='new')"
        )[0]
        assert articles == settled  # both are kept, or neither
        with closing(sqlite3.connect(file, timeout=20)) as database:
            database.execute(
                "UPDATE timeline_batchitem SET claimed_at = '2018-01-01 00:00:00'"
                " WHERE claimed_at IS NOT NULL"
            )  # a minute has passed
            database.commit()
    subprocess.run(
        [*manage, "batches", "1", "--read"], env=environment, check=True, capture_output=True
    )
    assert rows("SELECT state, count(*) FROM timeline_batchitem GROUP BY state") == [
        ("new", number)
    ]
    assert rows("SELECT count(*), count(DISTINCT headline) FROM timeline_article") == [
        (number, number)
    ]
    twice = rows(
        'SELECT count(*) FROM timeline_suggestion GROUP BY article_id, type, start, "end", title'
    )
    assert {count for (count,) in twice} <= {1}
    assert rows("SELECT state FROM timeline_batch") == [("done",)]
