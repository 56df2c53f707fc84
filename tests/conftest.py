"""What all tests share: one way to set up the database, static files and the demo."""

import contextlib
import gc
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from _pytest import runner
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases

from timeline.room import with_room
from timeline.selection.columns import forget_columns

# Hypothesis has a "ci" profile of its own; elsewhere only its deadline goes, for a busy machine
# would fail it by chance.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

# The collector walks Django and the parser's model again and again, a tenth of a run: what stands
# when the tests begin is kept, and young objects are looked through less often.
gc.freeze()
gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test as pytest does, with room for its calls: a sixth of a run went without."""
    return with_room(lambda: runner.pytest_runtest_protocol(item, nextitem))


@pytest.fixture(scope="session", autouse=True)
def test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve static files by their plain names (nothing is collected) and hash passwords fast."""
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Let no test see what another has kept: after a rollback, keys are given a second time."""
    forget_columns()
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file, as production does.

    In memory, every thread of the live server would share one connection, which SQLite forbids
    and answers with failures by chance.
    """
    from django.db import connections

    database = connections["default"]
    if database.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.settings_dict["TEST"]["NAME"] = str(file)
        # what a power failure would lose is lost with the tests anyway
        database.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker
) -> Iterator[None]:
    """Make the test database in every run.

    pytest-django makes it only where some test asks for `db`; the browser tests do not, and would
    work on the developer's own data.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Load the demo once for the tests of a module, and empty the database after them.

    It is committed, so that the live server sees it; ask for it with the `db` fixture beside it,
    whose changes are rolled back after each test.
    """
    with django_db_blocker.unblock():
        call_command("demo", verbosity=0)
    yield
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows, made once: a process of its own works on a copy."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 40},
        check=True,
    )
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture(scope="session")
def collected_static() -> None:
    """Collect the static files without which `manage.py serve` does not start, as `make` does."""
    if not (settings.BASE_DIR / "var/static/staticfiles.json").exists():
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
            cwd=settings.BASE_DIR,
            check=True,
        )
