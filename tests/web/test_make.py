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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole environment: making one takes seconds, copying it none."""
    made = tmp_path_factory.mktemp("made") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", made], check=True)
    return made


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone that needs no package, so that nothing is fetched."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    return tmp_path


@pytest.fixture
def venv(made: Path, clone: Path) -> Path:
    """The clone's environment, whole."""
    return Path(shutil.copytree(made, clone / ".venv", symlinks=True))


@pytest.fixture
def copying(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the Python that `make` finds copy an environment where it would make one."""
    python = tmp_path / "bin/python3.13"
    python.parent.mkdir()
    python.write_text(
        f'#!/bin/sh\ncase "$*" in "-m venv .venv") exec cp -a {made} .venv;;\n'
        f'*) exec {sys.executable} "$@";; esac\n'
    )
    python.chmod(0o755)
    monkeypatch.setenv("PATH", str(python.parent), prepend=os.pathsep)


def make(clone: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["make", ".venv/.runtime-installed"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )


def without_pip(venv: Path) -> None:
    for part in site_packages(venv).glob("pip*"):
        shutil.rmtree(part)


def with_a_python_that_is_gone(venv: Path) -> None:
    for link in venv.glob("bin/python*"):
        link.unlink()
        link.symlink_to("/nowhere/python3.13")


def site_packages(venv: Path) -> Path:
    (found,) = venv.glob("lib/*/site-packages")
    return found


def with_a_part_of_pip_gone(venv: Path) -> None:
    shutil.rmtree(site_packages(venv) / "pip/_internal/cli")


def with_a_file_gone_that_pip_only_needs_to_install(venv: Path) -> None:
    (site_packages(venv) / "pip/_internal/operations/install/wheel.py").unlink()


def package(venv: Path) -> Path:
    """Put a package there as pip leaves one, and return its folder."""
    site = site_packages(venv)
    (site / "ferry").mkdir()
    (site / "ferry/__init__.py").touch()
    (site / "ferry-1.0.dist-info").mkdir()
    (site / "ferry-1.0.dist-info/METADATA").write_text("Name: ferry\nVersion: 1.0\n")
    (site / "ferry-1.0.dist-info/RECORD").write_text("ferry/__init__.py,sha256=x,0\n")
    return site / "ferry"


def with_a_package_whose_files_are_gone(venv: Path) -> None:
    shutil.rmtree(package(venv))


def with_a_package_that_is_half_installed(venv: Path) -> None:
    package(venv)
    (site_packages(venv) / "ferry-1.0.dist-info/RECORD").unlink()


def with_a_package_whose_list_is_empty(venv: Path) -> None:
    package(venv)
    (site_packages(venv) / "ferry-1.0.dist-info/RECORD").write_text("")


def with_a_file_that_was_emptied(venv: Path) -> None:
    (site_packages(venv) / "pip/_internal/cli/main.py").write_text("")


def with_a_file_that_was_cut_short(venv: Path) -> None:
    file = site_packages(venv) / "pip/_vendor/certifi/cacert.pem"
    os.truncate(file, file.stat().st_size - 1)


def with_a_folder_where_a_file_was(venv: Path) -> None:
    (package(venv) / "__init__.py").unlink()
    (site_packages(venv) / "ferry/__init__.py").mkdir()


@pytest.mark.parametrize(
    "breaking",
    [
        without_pip,
        with_a_python_that_is_gone,
        with_a_part_of_pip_gone,
        with_a_file_gone_that_pip_only_needs_to_install,
        with_a_package_whose_files_are_gone,
        with_a_package_that_is_half_installed,
        with_a_package_whose_list_is_empty,
        with_a_file_that_was_emptied,
        with_a_file_that_was_cut_short,
        with_a_folder_where_a_file_was,
    ],
)
@pytest.mark.usefixtures("copying")
def test_a_broken_environment_is_made_anew(
    clone: Path, venv: Path, breaking: Callable[[Path], None]
):
    breaking(venv)
    assert_is_made_anew(clone)


@pytest.mark.usefixtures("copying")
def test_an_environment_whose_making_was_killed_is_made_anew(clone: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "venv", ".venv"], cwd=clone, start_new_session=True
    ) as making:
        while not list(clone.glob(".venv/lib/*/site-packages/pip")):
            assert making.poll() is None
            time.sleep(0.01)
        os.killpg(making.pid, signal.SIGKILL)
    assert_is_made_anew(clone)


def assert_is_made_anew(clone: Path) -> None:
    made = make(clone)
    assert made.returncode == 0, made.stderr
    asked = subprocess.run([clone / ".venv/bin/python", "-m", "pip", "check"], check=False)
    assert asked.returncode == 0
    assert not (clone / ".venv.gone").exists()
    assert not list(clone.glob(".venv/lib/*/site-packages/ferry*"))


def test_what_was_installed_and_is_gone_is_noticed_in_spite_of_its_stamp(clone, venv):
    ferry = package(venv)
    stamp = clone / ".venv/.runtime-installed"
    (clone / "requirements.txt").write_text("ferry==1.0 \\\n    --hash=sha256:0\n")
    stamp.touch()
    subprocess.run(["make", "--silent", "help"], cwd=clone, capture_output=True, check=True)
    assert stamp.exists()
    (ferry / "__init__.py").write_text("half a li")
    subprocess.run(["make", "--silent", "help"], cwd=clone, capture_output=True, check=True)
    assert not stamp.exists()


def test_why_an_installation_failed_is_told_where_pip_names_no_error(clone, venv):
    (clone / "requirements.txt").write_text("ferry\n")
    python = venv / "bin/python"
    python.unlink()
    python.write_text(
        "#!/bin/sh\ncase \"$*\" in *install*) echo 'Segmentation fault, said pip'; exit 1;; esac\n"
    )
    python.chmod(0o755)
    assert "Installing failed: Segmentation fault, said pip (" in make(clone).stderr


def test_a_whole_environment_is_kept_and_takes_nothing_without_a_hash(clone, venv):
    (venv / "kept").touch()
    assert make(clone).returncode == 0
    assert (venv / "kept").exists()
    (clone / "requirements.txt").write_text("./unhashed\n")
    (clone / "unhashed").mkdir()
    (clone / "unhashed/pyproject.toml").write_text("[project]\nname = 'unhashed'\n")
    refused = make(clone)
    assert refused.returncode != 0
    assert "verify hashes" in refused.stderr
    assert (venv / "kept").exists()


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
    def pins(name: str) -> dict[str, str]:
        """Without the markers: a tool may need on all systems what readers need on one."""
        packages = requirements(name).items()
        return {package: re.sub(r" ; .*(?= \\)", "", said) for package, said in packages}

    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_says_what_it_is_for_and_is_pinned(name):
    pinned = requirements(name.replace(".in", ".txt"))
    for line in (ROOT / name).read_text().splitlines():
        if not line.startswith(("#", "-")):
            package, purpose = line.split("#")
            assert re.match(r"[\w-]+", package).group().lower() in pinned
            assert len(purpose.split()) > 1
