"""The commands at closed, narrow and broken streams, and at names that would move a terminal."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.web.desk import FERRY
from tests.web.test_settings import READ_HERE

OTHERS = [
    FERRY.replace("Ministers", f"“{who}” ministers").replace("old pier", f"old pier {who}")
    for who in ("Both", "All", "No")
]


@pytest.fixture
def database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an empty database for a process of its own."""
    own = tmp_path_factory.mktemp("database") / "dateline.sqlite3"
    return f"sqlite:///{shutil.copy(empty_database, own)}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three saved articles."""
    for number, text in enumerate(OTHERS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def shell(line: str, folder: Path, database: str) -> subprocess.CompletedProcess:
    """Run a line of the shell, in which $manage is the command line, in a folder."""
    inherited = {name: value for name, value in os.environ.items() if name not in READ_HERE}
    manage = f"{sys.executable} {settings.BASE_DIR / 'manage.py'}"
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        cwd=folder,
        env=inherited | {"DATABASE_URL": database, "SECRET_KEY": "k" * 40, "manage": manage},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )


def held(database: str) -> int:
    """How many articles the database holds."""
    return len(rows(database, "SELECT id FROM timeline_article"))


def passwords(database: str) -> list[tuple]:
    return rows(database, "SELECT username, password FROM auth_user")


def rows(database: str, query: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as file:
        return file.execute(query).fetchall()


# Each way for the command that writes most, each other command in one of them.
@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("ingest .", ">&-"),
        ("ingest .", "2>&-"),
        ("ingest .", "<&- >&- 2>&-"),
        ("ingest nowhere", "2>&-"),
        ("extract --file 0.txt", ">&-"),
        ("editor", ">&- 2>&-"),
        ("migrate", "<&- >&- 2>&-"),
    ],
)
def test_a_closed_output_ends_no_command_with_a_traceback(folder, database, line, closed):
    ran = shell(f"$manage {line} {closed}", folder, database)
    assert "Traceback" not in ran.stderr + ran.stdout
    if line == "ingest .":
        assert held(database) == 3


def test_a_name_that_is_empty_is_no_folder(folder, database):
    ran = shell("$manage ingest '' ' ' $'\\n'", folder, database)
    assert ran.returncode == 1
    assert ran.stderr.count("This is no name of a file") == 3
    assert held(database) == 0


@pytest.mark.parametrize(("options", "output"), [("", ">/dev/full"), ("--reset-password", ">&-")])
def test_an_editor_whose_password_cannot_be_printed_is_left_as_it_was(
    folder, database, output, options
):
    """The password is told once: nobody may be given one that nobody has seen."""
    shell("$manage editor bob" if options else "true", folder, database)
    before = passwords(database)
    assert len(before) == bool(options)
    ran = shell(f"$manage editor bob {options} {output}", folder, database)
    assert "Traceback" not in ran.stderr
    assert "nothing was changed" in ran.stderr
    assert passwords(database) == before


def test_a_closed_input_is_told_and_the_other_files_come_in(folder, database):
    ran = shell("$manage ingest - . <&-", folder, database)
    assert "-: There is no standard input to read from." in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (ran.returncode, held(database)) == (1, 3)


@pytest.mark.parametrize(
    "line", ["$manage ingest . | head -0", "$manage ingest . none 2>&1 | head -0"]
)
def test_files_come_in_where_nobody_reads_on(folder, database, line):
    ran = shell(line, folder, database)
    assert ran.stderr.count("Traceback") == 0
    assert "Broken" not in ran.stderr
    assert held(database) == 3


def test_a_terminal_that_lacks_a_sign_stops_no_file(folder, database):
    ran = shell("LC_ALL=C PYTHONIOENCODING=ascii $manage ingest .", folder, database)
    assert (ran.returncode, held(database)) == (0, 3), ran.stderr
    assert "\\u201cBoth\\u201d ministers" in ran.stdout


@pytest.mark.parametrize("option", ["file", "explain"])
def test_extract_waits_for_no_pipe(tmp_path, option):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(CommandError, match=r"pipe\.txt: It is no file but a pipe"):
        call_command("extract", **{option: tmp_path / "pipe.txt"})


@pytest.mark.parametrize("option", ["file", "explain"])
def test_extract_prints_escaped_what_would_move_a_terminal(tmp_path, option, capsys):
    odd = tmp_path / "a\x1b[31m.txt"
    odd.write_text(FERRY.replace("Ministers", "Mini\x1b[31msters").replace("Piet", "\u202ePiet"))
    call_command("extract", **{option: odd})
    with pytest.raises(CommandError, match=r"a\\x1b\[32m\.txt: There is no such file"):
        call_command("extract", **{option: tmp_path / "a\x1b[32m.txt"})
    printed = capsys.readouterr().out
    assert len(printed.splitlines()) > 3
    assert not {"\x1b", "\u202e"} & set(printed)
