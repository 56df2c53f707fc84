"""Files, folders and standard input at `manage.py ingest`: what comes in, and what is said."""

import io
import os
import sys
from pathlib import Path

import pytest

from tests.web.desk import FERRY
from tests.web.ingesting import run
from timeline.ingest import MAX_BYTES, UnreadableError
from timeline.models import Article, Outlet, Suggestion
from timeline.sources import read_bounded

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.txt"
    file.write_text(FERRY, encoding="utf-8")
    return file


def test_the_same_file_twice_adds_nothing_and_says_so(saved: Path) -> None:
    run(saved)
    before = list(Suggestion.objects.values())
    status, out, _ = run(saved)
    assert status == 0
    assert "already here, nothing new" in out
    assert Article.objects.count() == 1
    assert list(Suggestion.objects.values()) == before


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"   \n\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02", "binary"),
        (
            b"ELMSPORT, May 16, 2018 (Tidewire) -- The ferry sails again, officials said.",
            "headline",
        ),
        (b"The ferry sails again\n\nThe ferry of Elmsport sails again, officials said.", "date"),
    ],
    ids=["empty", "blank", "binary", "no headline", "no date"],
)
def test_a_file_that_is_no_article_is_named_with_its_reason(
    tmp_path: Path, raw: bytes, reason: str
) -> None:
    file = tmp_path / "odd.txt"
    file.write_bytes(raw)
    status, _, err = run(file)
    assert status == 1
    assert f"{file}: " in err
    assert reason in err.lower()
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_of_a_large_file_never_more_than_the_limit_is_read() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert size >= 0
            self.taken += size
            return b"a" * size

    endless = Endless()
    with pytest.raises(UnreadableError, match="more than 10 MB"):
        read_bounded(endless)
    assert endless.taken <= MAX_BYTES + 1
    untouched = Endless()
    with pytest.raises(UnreadableError, match=r"50\.0 MB"):
        read_bounded(untouched, 50_000_000)
    assert untouched.taken == 0


def test_a_large_file_is_named_with_its_size(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as large:
        large.truncate(50_000_000)
    status, _, err = run(file)
    assert status == 1
    assert f"{file}: It is too big for an article: 50.0 MB" in err


def test_the_others_go_on_when_one_file_fails(tmp_path: Path, saved: Path) -> None:
    status, out, err = run(tmp_path / "missing.txt", saved)
    assert status == 1
    assert "missing.txt: There is no such file." in err
    assert "1 of 2 could not be brought in." in err
    assert "stored, suggests" in out
    assert Article.objects.count() == 1


def test_a_file_that_may_not_be_read_says_so(saved: Path) -> None:
    saved.chmod(0)
    run("-")  # loads all that the command needs, for nobody may not read that either
    if root := os.geteuid() == 0:
        os.seteuid(65534)
    try:
        status, _, err = run(saved)
    finally:
        if root:
            os.seteuid(0)
    assert status == 1
    assert f"{saved}: It may not be read: permission denied." in err


def test_a_folder_is_read_at_any_depth_and_only_its_text_files(saved: Path) -> None:
    deep = saved.parent / "2018" / "may"
    deep.mkdir(parents=True)
    saved.rename(deep / "ferry.txt")
    (deep / "notes.md").write_text("not an article")
    status, out, _ = run(saved.parent)
    assert status == 0
    assert out.count("stored") == 1


def test_saved_pages_of_a_folder_are_read_and_the_frames_beside_them_are_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "ferry.HTM").write_text(FERRY)
    (tmp_path / "ferry_files").mkdir()
    (tmp_path / "ferry_files" / "advert.html").write_text("<html>Buy</html>")
    assert run(tmp_path)[0] == 0
    assert Article.objects.count() == 1


@pytest.mark.parametrize("name", ["saved.html", "2018.txt", "page.HTM"])
def test_a_folder_with_the_name_of_an_article_is_none(saved: Path, name: str) -> None:
    folder = saved.parent / name
    (folder / "empty.html").mkdir(parents=True)
    saved.rename(folder / "ferry.txt")
    status, out, err = run(saved.parent)
    assert (status, err) == (0, "")
    assert out.count("stored") == 1


def test_a_folder_without_text_files_is_an_error(tmp_path: Path) -> None:
    status, _, err = run(tmp_path)
    assert status == 1
    assert "There is no .txt, .html, .jsonl or .zip file in this folder." in err


def test_standard_input_is_read_with_a_dash() -> None:
    status, out, _ = run("-", stdin=FERRY.encode())
    assert status == 0
    assert "-: “Ministers agree" in out


class Terminal(io.StringIO):
    """Standard error as a terminal has it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("files", "shown"), [(2, False), (5, True)])
def test_a_progress_bar_shows_on_a_terminal_for_more_than_a_few_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: int, shown: bool
) -> None:
    for number in range(files):
        text = FERRY.replace("ferry line", f"line {number}").replace("old pier", f"pier {number}")
        (tmp_path / f"{number}.txt").write_text(text)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    _, out, _ = run(tmp_path)
    assert out.count("stored") == files
    assert (f"0/{files}" in terminal.getvalue()) == shown


def test_no_progress_bar_goes_into_a_log(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    for number in range(5):
        text = FERRY.replace("ferry line", f"line {number}").replace("old pier", f"pier {number}")
        (tmp_path / f"{number}.txt").write_text(text)
    run(tmp_path)
    assert "0/5" not in capsys.readouterr().err
