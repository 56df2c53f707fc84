"""`manage.py serve` starts gunicorn, or says in one sentence why it cannot."""

import json
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


@pytest.fixture
def served(tmp_path: Path, collected_static: None) -> dict[str, str]:
    """An environment with a migrated database of its own."""
    own = os.environ | {"DEBUG": "0", "DATABASE_URL": f"sqlite:///{tmp_path / 'served.sqlite3'}"}
    subprocess.run([*MANAGE, "migrate", "--verbosity=0"], env=own, check=True)
    return own


def tell(environment: dict[str, str], **changes: str) -> subprocess.CompletedProcess:
    """Start a server that cannot be, and return what it said."""
    return subprocess.run(
        [*MANAGE, "serve"], env=environment | changes, capture_output=True, text=True, check=False
    )


def test_a_busy_port_is_told_in_one_sentence(served, busy_port):
    tried = tell(served, PORT=str(busy_port))
    assert tried.returncode == 1
    assert tried.stdout == ""
    assert tried.stderr == (
        f"CommandError: Port {busy_port} is busy: stop what listens there or choose another, "
        f"as in `PORT={busy_port % 65535 + 1} make run`.\n"
    )


def test_it_does_not_serve_tracebacks_to_readers(served):
    tried = tell(served, DEBUG="1")
    assert tried.returncode == 1
    assert tried.stderr.startswith("CommandError: DEBUG=1 shows tracebacks to every reader")


def test_behind_a_proxy_whose_address_is_not_known_it_warns_of_shared_waiting(served, busy_port):
    assert "TRUSTED_PROXIES is not set" in tell(served, HTTPS="1", PORT=str(busy_port)).stderr


def test_the_server_answers_at_the_address_it_prints_and_stops_when_told(served, free_port):
    with subprocess.Popen(
        [*MANAGE, "serve"],
        env=served | {"PORT": str(free_port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
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
        logged = serving.communicate(timeout=30)[1]
    assert address == f"http://127.0.0.1:{free_port}/"
    assert "csrfmiddlewaretoken" in page
    assert long_query == 200
    assert serving.returncode == 0
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [(line["path"], line["status"]) for line in lines] == [("/desk/login/", 200)] * 2


def test_without_collected_static_files_it_says_how_to_collect_them(tmp_path):
    with (
        override_settings(DEBUG=False, STATIC_ROOT=tmp_path),
        pytest.raises(CommandError, match="Static files are missing"),
    ):
        call_command("serve")
