"""`make` mends a half-made environment, and installs only what is pinned with its hash."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone that needs no package, so that nothing is fetched."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    return tmp_path


def make(clone: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["make", ".venv/.runtime-installed"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )


def venv(clone: Path, *options: str) -> None:
    subprocess.run([sys.executable, "-m", "venv", *options, ".venv"], cwd=clone, check=True)


def without_pip(clone: Path) -> None:
    venv(clone, "--without-pip")


def with_a_python_that_is_gone(clone: Path) -> None:
    without_pip(clone)
    for link in clone.glob(".venv/bin/python*"):
        link.unlink()
        link.symlink_to("/nowhere/python3.13")


def killed_while_made(clone: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "venv", ".venv"], cwd=clone, start_new_session=True
    ) as making:
        while not list(clone.glob(".venv/lib/*/site-packages/pip")):
            assert making.poll() is None
            time.sleep(0.01)
        os.killpg(making.pid, signal.SIGKILL)


@pytest.mark.parametrize("breaking", [without_pip, with_a_python_that_is_gone, killed_while_made])
def test_a_half_made_environment_is_made_anew(clone: Path, breaking: Callable[[Path], None]):
    breaking(clone)
    made = make(clone)
    assert made.returncode == 0, made.stderr
    asked = subprocess.run([clone / ".venv/bin/python", "-m", "pip", "check"], check=False)
    assert asked.returncode == 0


def test_a_whole_environment_is_kept_and_takes_nothing_without_a_hash(clone):
    venv(clone)
    (clone / ".venv/kept").touch()
    assert make(clone).returncode == 0
    assert (clone / ".venv/kept").exists()
    (clone / "requirements.txt").write_text("./unhashed\n")
    (clone / "unhashed").mkdir()
    (clone / "unhashed/pyproject.toml").write_text("[project]\nname = 'unhashed'\n")
    refused = make(clone)
    assert refused.returncode != 0
    assert "verify hashes" in refused.stderr
    assert (clone / ".venv/kept").exists()


def requirements(name: str) -> dict[str, str]:
    """Return the pinned packages of a file with the rest of what is said of each."""
    text = re.sub(r"(?m)^\s*#.*\n?", "", (ROOT / name).read_text())
    return dict(
        re.match(r"([\w.-]+)(.*)", one, re.DOTALL).groups() for one in re.split(r"\n(?=\S)", text)
    )


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes_and_no_index_is_named(name):
    packages = requirements(name)
    assert "django" in packages
    for package, said in packages.items():
        assert re.match(r"==[\w.]+", said), package
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", said), package
    assert "://" not in (ROOT / name).read_text()


def test_tests_run_on_the_packages_that_readers_get():
    tested = requirements("requirements-dev.txt")
    assert {name: tested.get(name) for name in requirements("requirements.txt")} == requirements(
        "requirements.txt"
    )


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_says_what_it_is_for_and_is_pinned(name):
    pinned = requirements(name.replace(".in", ".txt"))
    for line in (ROOT / name).read_text().splitlines():
        if not line.startswith(("#", "-")):
            package, purpose = line.split("#")
            assert re.match(r"[\w-]+", package).group().lower() in pinned
            assert len(purpose.split()) > 1
