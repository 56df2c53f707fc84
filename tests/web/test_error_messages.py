"""A database or folder that cannot be used is told in one sentence, at every command."""

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from django.test import Client, override_settings
from django.urls import path as route

from tests.web.test_settings import READ_HERE
from timeline import urls
from timeline.error_messages import is_refused, message_for

urlpatterns = []
handler500 = urls.handler500
COMMANDS = (
    ("migrate",),
    ("demo",),
    ("editor",),
    ("serve",),
    (
        "shell",
        "--no-imports",
        "-c",
        "from timeline.models import Article; Article.objects.exists()",
    ),
)


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    inherited = {name: value for name, value in os.environ.items() if name not in READ_HERE}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env=inherited | {"PORT": port, "SECRET_KEY": "k" * 40} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def in_one_line(ran: subprocess.CompletedProcess) -> str:
    """Return what a failed command said, after its preface."""
    assert ran.returncode == 1, ran
    said = ran.stderr.removeprefix("Dateline cannot run: ").removeprefix("CommandError: ")
    assert said != ran.stderr
    assert said.count("\n") == 1
    return said


def garbled(path: Path, whole: bytes) -> None:
    path.write_bytes(b"This is no database. " * 500)


def torn(path: Path, whole: bytes) -> None:
    """A real database, of which a disk has lost the middle."""
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))


@pytest.mark.parametrize(
    ("damage", "commands"), [(garbled, COMMANDS), (torn, COMMANDS[-2:])], ids=["garbled", "torn"]
)
@pytest.mark.usefixtures("collected_static")
def test_a_damaged_sqlite_file_is_told_by_every_command(tmp_path, empty_database, damage, commands):
    damage(tmp_path / "damaged.sqlite3", empty_database.read_bytes())
    for command in commands:
        said = in_one_line(manage(*command, DATABASE_URL=f"sqlite:///{tmp_path}/damaged.sqlite3"))
        assert "restore it from a backup" in said, command


@pytest.mark.usefixtures("collected_static")
def test_a_database_that_is_not_migrated_is_told_with_what_to_run(tmp_path):
    for command in COMMANDS[1:]:
        said = in_one_line(manage(*command, DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3"))
        assert said == "The database is not up to date: run `manage.py migrate`.\n", command


@pytest.mark.usefixtures("collected_static")
def test_a_postgresql_that_does_not_answer_is_told():
    for command in (("migrate",), ("serve",)):
        said = in_one_line(manage(*command, DATABASE_URL="postgres://desk@127.0.0.1:1/dateline"))
        assert "onnection refused" in said, command


def test_a_folder_that_takes_no_file_is_told():
    said = in_one_line(manage("migrate", DATABASE_URL="sqlite:////proc/dateline.sqlite3"))
    assert said.startswith("/proc/dateline.sqlite3: unable to open database file. Let ")


def test_what_is_a_fault_of_ours_keeps_its_traceback():
    for error in (DataError("x"), IntegrityError("x"), ProgrammingError("x"), OSError(9, "x")):
        assert message_for(error) is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("database or disk is full", "The disk of the server is full."),
        ("attempt to write a readonly database", "The database of the server cannot be written."),
    ],
)
def test_at_the_desk_a_database_that_takes_nothing_in_is_told(client, monkeypatch, words, told):
    def fails(request):
        raise OperationalError(words)

    monkeypatch.setattr("tests.web.test_error_messages.urlpatterns", [route("fails/", fails)])
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        answer = client.get("/fails/")
    assert answer.status_code == 503
    assert told in answer.content.decode()
    assert words in message_for(OperationalError(words))
    assert str(settings.DATABASES["default"]["NAME"]) in message_for(OperationalError(words))


def test_in_the_browser_a_damaged_database_is_one_sentence_and_one_traceback(tmp_path):
    garbled(tmp_path / "damaged.sqlite3", b"")
    asked = manage(
        *("shell", "--no-imports", "-c"),
        "from django.test import Client; c = Client(raise_request_exception=False)\n"
        "c.cookies['sessionid'] = 'a' * 32; a = c.get('/'); print(a.status_code, a.content)",
        DATABASE_URL=f"sqlite:///{tmp_path}/damaged.sqlite3",
        ALLOWED_HOSTS="testserver",
    )
    assert asked.stdout.startswith("503 ")
    assert "The database of the server is damaged." in asked.stdout
    assert str(tmp_path) not in asked.stdout
    assert asked.stderr.count('"traceback"') == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("disk I/O error"), "does not answer"),
        (OperationalError("locking protocol"), "does not answer"),
        (OperationalError('connection to server at "10.0.0.1" failed: refused'), "does not answer"),
        (InterfaceError("connection already closed"), "does not answer"),
        (OperationalError("database is locked"), "is busy"),
        (OperationalError("too many connections for role"), "is busy"),
        (OperationalError("no such table: timeline_event"), "is not up to date"),
        (DatabaseError("database disk image is malformed"), "is damaged"),
        (DatabaseError("file is not a database"), "is damaged"),
        (IntegrityError("FOREIGN KEY constraint failed"), None),
        (DataError("value too long"), None),
        (ProgrammingError("syntax error"), None),
    ],
    ids=repr,
)
def test_a_database_that_cannot_be_used_is_one_sentence_to_readers(error, told, settings):
    settings.ROOT_URLCONF = __name__

    def fails(request):
        raise error

    urlpatterns[:] = [route("", fails)]
    answer = Client(raise_request_exception=False).get("/")
    page = answer.content.decode()
    assert answer.status_code == (503 if told else 500)
    assert (f"The database of the server {told}." in page) if told else ("The database" not in page)
    assert str(error) not in page


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("SELECT 1 WHERE ()", True),
        ("SELECT (", True),
        ("SELECT nothing_of_the_kind(1)", True),
        ("SELECT abs(-9223372036854775807 - 1)", True),
        ("SELECT 'a' LIKE 'b' ESCAPE 'cd'", True),
        ("SELECT json('{')", True),
        ("SELECT 1 UNION SELECT 1, 2", True),
        ("SELECT 1 ORDER BY 5", True),
        ("SELECT (SELECT 1, 2) = 1", True),
        ("SELECT 1 COLLATE nothing", True),
        ("SELECT * FROM timeline_nothing", False),
        ("SELECT a_column FROM sqlite_master", False),
        ("ATTACH '/proc/nowhere/dateline.sqlite3' AS other", False),
    ],
)
def test_what_sqlite_refuses_is_no_outage(statement, refused):
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect(":memory:").execute(statement).fetchall()
    error = OperationalError(str(raised.value))
    error.__cause__ = raised.value
    assert is_refused(error) == refused


STATES = {
    "XX001": (InternalError, "is damaged", "restore it from a backup"),
    "XX002": (InternalError, "is damaged", "restore it from a backup"),
    "42501": (ProgrammingError, "cannot be used", "Let Dateline's user use this database"),
    "3F000": (ProgrammingError, "cannot be used", "Let Dateline's user use this database"),
    "3D000": (OperationalError, "cannot be used", "Let Dateline's user use this database"),
    "28P01": (OperationalError, "cannot be used", "Let Dateline's user use this database"),
}


class PostgresError(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_postgresql_tells_by_its_code_alone_is_one_sentence(state, method, settings):
    settings.ROOT_URLCONF = __name__
    kind, public, private = STATES[state]

    def fails(request):
        raise kind("said otherwise") from PostgresError(state)

    urlpatterns[:] = [route("", fails)]
    answer = getattr(Client(raise_request_exception=False), method)("/")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert f"The database of the server {public}." in page
    assert "What you sent was not stored" not in page
    assert ("before you send it again" in page) == (method == "post")
    error = kind("said otherwise")
    error.__cause__ = PostgresError(state)
    assert private in message_for(error)


@pytest.mark.parametrize("imported", ["django.core.exceptions", "timeline.models.events"])
def test_an_interrupted_start_ends_in_silence(imported):
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", settings.BASE_DIR / "manage.py", "ingest", "none"],
        stderr=subprocess.PIPE,
        text=True,
    ) as starting:
        while not starting.stderr.readline().endswith(f" {imported}\n"):
            assert starting.poll() is None
        starting.send_signal(signal.SIGINT)
        said = starting.stderr.read()
    assert [line for line in said.splitlines() if not line.startswith("import time:")] == []
    assert starting.returncode == 130


@pytest.fixture
def copy(tmp_path) -> Path:
    """The code in a folder of its own, since var/ is looked for beside it."""
    for name in ("timeline", "manage.py"):
        subprocess.run(["cp", "-r", settings.BASE_DIR / name, tmp_path], check=True)
    return tmp_path


def manage_in(copy: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=copy,
        env={name: value for name, value in os.environ.items() if name not in READ_HERE},
        capture_output=True,
        text=True,
        check=False,
    )


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()}


def test_what_dateline_writes_is_for_its_own_user_alone(copy):
    assert manage_in(copy, "migrate", "--verbosity=0").returncode == 0
    assert modes(copy)["var"] == "0o700"
    assert modes(copy / "var") == {"dateline.sqlite3": "0o600", "secret_key": "0o600"}


def test_what_an_older_version_left_readable_is_repaired_with_its_journal(copy):
    manage_in(copy, "migrate", "--verbosity=0")
    var = copy / "var"
    for path in (var, *var.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for suffix in ("-wal", "-shm"):
        (var / f"dateline.sqlite3{suffix}").touch(mode=0o644)
    # what looks is a process that still has the database open, so that the journal is there
    looking = "from timeline.models import *; Outlet.objects.create(name='a'); import os;"
    looked = manage_in(
        copy,
        *("shell", "--no-imports", "-c"),
        looking + "print({n: oct(os.stat(f'var/{n}').st_mode & 0o777) for n in os.listdir('var')})",
    )
    assert set(eval(looked.stdout).values()) == {"0o600"}, looked
    assert "dateline.sqlite3-wal" in looked.stdout
    assert modes(copy)["var"] == "0o700"


def test_a_var_that_cannot_be_made_is_told(copy):
    (copy / "var").write_text("a file where the folder should be")
    assert "File exists" in in_one_line(manage_in(copy, "migrate"))
