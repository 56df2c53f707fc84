"""`manage.py serve` starts gunicorn, or says in one sentence why it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

MANAGE = (sys.executable, str(settings.BASE_DIR / "manage.py"))


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def environment(tmp_path: Path, port: int) -> dict[str, str]:
    """An environment whose data are under `tmp_path`; DEBUG spares collecting static files."""
    return os.environ | {
        "PORT": str(port),
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'served.sqlite3'}",
    }


def test_a_busy_port_is_told_in_one_sentence(tmp_path, busy_port):
    tried = subprocess.run(
        [*MANAGE, "serve"],
        env=environment(tmp_path, busy_port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 1
    assert tried.stdout == ""
    assert tried.stderr == (
        f"CommandError: Port {busy_port} is busy: stop what listens there or choose another, "
        f"as in `PORT={busy_port % 65535 + 1} make run`.\n"
    )


def test_the_server_answers_at_the_address_it_prints_and_stops_when_told(tmp_path, free_port):
    with subprocess.Popen(
        [*MANAGE, "serve"],
        env=environment(tmp_path, free_port),
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            address = re.search(r"http://\S+", serving.stdout.readline()).group()
            with urllib.request.urlopen(f"{address}desk/login/") as answer:
                page = answer.read().decode()
            with urllib.request.urlopen(f"{address}desk/login/?next={'x' * 10_240}") as answer:
                long_query = answer.status
        finally:
            serving.send_signal(signal.SIGTERM)
        serving.wait(timeout=30)
    assert address == f"http://127.0.0.1:{free_port}/"
    assert "csrfmiddlewaretoken" in page
    assert long_query == 200
    assert serving.returncode == 0


def test_without_collected_static_files_it_says_how_to_collect_them(tmp_path):
    with (
        override_settings(DEBUG=False, STATIC_ROOT=tmp_path),
        pytest.raises(CommandError, match="Static files are missing"),
    ):
        call_command("serve")
