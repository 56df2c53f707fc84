"""Every setting of the environment is read, and a malformed one stops the start in one line."""

import os
import subprocess
import sys
from ipaddress import ip_network

import pytest
from django.conf import settings

READ_HERE = (
    *("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "HTTPS", "PORT"),
    *("TRUSTED_PROXIES", "TWO_FACTOR", "CONTACT", "WORKER"),
)
PROXIES = [ip_network("::1"), ip_network("10.0.0.0/8")]


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run `manage.py` with no setting but those given."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in READ_HERE and not name.startswith("DJANGO_")
    }
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "dateline.sqlite3"),
        ("DATABASE_URL", "mysql://desk:secret@localhost/dateline"),
        ("DATABASE_URL", "postgres://desk:secret@localhost:port/dateline"),
        ("DATABASE_URL", "postgres://desk:secret@localhost"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:////no/such/folder/dateline.sqlite3"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "too short to be a secret"),
        ("ALLOWED_HOSTS", " , "),
        ("ALLOWED_HOSTS", "https://example.org"),
        ("ALLOWED_HOSTS", "example.org other.example"),
        ("DEBUG", "perhaps"),
        ("HTTPS", "2"),
        ("TWO_FACTOR", "maybe"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "10.0.0.1 10.0.0.2"),
        ("CONTACT", "desk@timeline.example"),
        ("CONTACT", "https://timeline.example/\nX-Header: 1"),
        ("WORKER", "two"),
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８０"),
        ("PORT", ""),
    ],
)
def test_a_malformed_setting_stops_the_start_in_one_line_that_names_it(name, value):
    started = manage("check", **{name: value})
    assert started.returncode == 1
    assert started.stderr.count("\n") == 1
    assert started.stderr.startswith("Dateline cannot run: ")
    assert name in started.stderr


def test_a_password_in_a_malformed_address_is_not_repeated():
    started = manage("check", DATABASE_URL="mysql://desk:secret@localhost/dateline")
    assert "secret" not in started.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence():
    started = manage("migrate", "--check", DATABASE_URL="postgres://desk@127.0.0.1:1/dateline")
    assert started.returncode == 1
    assert "Traceback" not in started.stderr
    assert "Dateline cannot run: " in started.stderr


@pytest.mark.parametrize(
    ("name", "value", "setting"),
    [
        ("SECRET_KEY", "k" * 32, ("SECRET_KEY", "k" * 32)),
        ("ALLOWED_HOSTS", "a.example, .b.example", ("ALLOWED_HOSTS", ["a.example", ".b.example"])),
        ("DEBUG", "1", ("DEBUG", True)),
        ("HTTPS", "yes", ("SECURE_SSL_REDIRECT", True)),
        ("TWO_FACTOR", "1", ("TWO_FACTOR", True)),
        ("TRUSTED_PROXIES", "::1, 10.0.0.0/8", ("TRUSTED_PROXIES", PROXIES)),
        ("PORT", "9000", ("PORT", 9000)),
    ],
)
def test_a_well_formed_setting_is_obeyed(name, value, setting):
    shown = manage("diffsettings", "--output=unified", **{name: value})
    assert shown.returncode == 0
    key, expected = setting
    assert f"+ {key} = {expected!r}" in shown.stdout.splitlines()


def test_without_any_setting_production_is_the_default():
    shown = manage("diffsettings", "--all")
    lines = shown.stdout.splitlines()
    assert "### DEBUG = False" in lines
    assert "PORT = 8000  ###" in lines
    assert "ALLOWED_HOSTS = ['localhost', '127.0.0.1', '[::1]']" in lines


def test_behind_https_the_deployment_checks_have_nothing_to_say():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", HTTPS="1")
    assert checked.returncode == 0, checked.stderr
