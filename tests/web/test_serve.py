"""`manage.py serve` starts gunicorn, or says in one sentence why it cannot."""

import json
import logging
import os
import re
import shutil
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

from timeline.log import JsonFormatter
from timeline.server_log import RequestsFilter

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
def served(tmp_path: Path, empty_database: Path, collected_static: None) -> dict[str, str]:
    """An environment with a migrated database of its own."""
    file = shutil.copy(empty_database, tmp_path / "served.sqlite3")
    return os.environ | {"DEBUG": "0", "DATABASE_URL": f"sqlite:///{file}"}


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


HOST = b"Host: localhost\r\n"


NO_REQUESTS = (
    b"GET /articles/?q=canary HTTP/1.1\r\n" + HOST + b"Cookie sessionid=canary\r\n\r\n",
    b"GET /articles/?q=canary HTTP/1.1\r\n" + HOST + b"Cookie: a=b\r\n canary\r\n\r\n",
    b"GET /canary\xff\xfe\r\n\r\n",
    b"GET /?q=canary HTTP/9.canary\r\n\r\n",
    b"canary{} /?q=canary HTTP/1.1\r\n\r\n",
    b"GET /?q=canary HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: canary\r\n\r\n",
    b"GET /?q=canary HTTP/1.1\r\n" + HOST + b"Content-Length: canary\r\n\r\n",
    b"GET /?q=canary HTTP/1.1\r\n" + HOST + b"X: " + b"canary" * 50_000 + b"\r\n\r\n",
)


def answered(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(sent)
        return client.recv(4096)


def test_a_request_that_is_none_is_a_line_without_what_was_sent(served, free_port):
    with subprocess.Popen(
        [*MANAGE, "serve"],
        env=served | {"PORT": str(free_port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            serving.stdout.readline()
            answers = [answered(free_port, sent) for sent in NO_REQUESTS]
        finally:
            serving.send_signal(signal.SIGTERM)
        logged = serving.communicate(timeout=30)[1]
    assert all(re.match(rb"HTTP/1\.\d [45]\d\d ", answer) for answer in answers)
    lines = [json.loads(line) for line in logged.splitlines()]
    assert len(lines) == len(NO_REQUESTS)
    assert {(line["logger"], line["message"]) for line in lines} == {
        ("gunicorn.error", "Invalid request")
    }
    assert all(line["error"] for line in lines)
    assert "canary" not in logged
    assert "127.0.0.1" not in logged


def test_what_the_master_tells_of_a_lost_worker_is_a_line_too(served, free_port):
    with subprocess.Popen(
        [*MANAGE, "serve"],
        env=served | {"PORT": str(free_port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            address = re.search(r"http://\S+", serving.stdout.readline()).group()
            urllib.request.urlopen(f"{address}desk/login/").close()
            children = Path(f"/proc/{serving.pid}/task/{serving.pid}/children").read_text()
            os.kill(int(children.split()[0]), signal.SIGKILL)
            told = [json.loads(serving.stderr.readline()) for _ in range(2)][1]
        finally:
            serving.send_signal(signal.SIGTERM)
        serving.communicate(timeout=30)
    assert (told["logger"], told["level"]) == ("gunicorn.error", "error")
    assert "SIGKILL" in told["message"]


def test_an_error_in_a_request_keeps_its_kind_and_its_place_and_no_address():
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "", (), None)
    try:
        int("canary")
    except ValueError:
        record.msg, record.args = "Error handling request %s", ("/?q=canary",)
        record.exc_info = sys.exc_info()
    assert RequestsFilter().filter(record)
    line = json.loads(JsonFormatter().format(record))
    assert (line["message"], line["error"]) == ("Error handling request", "ValueError")
    assert "test_serve.py" in line["traceback"]
    assert "canary" not in line["traceback"].replace('int("canary")', "")


def test_without_collected_static_files_it_says_how_to_collect_them(tmp_path):
    with (
        override_settings(DEBUG=False, STATIC_ROOT=tmp_path),
        pytest.raises(CommandError, match="Static files are missing"),
    ):
        call_command("serve")
