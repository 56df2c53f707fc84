"""What fails on the way in is named with its reason, stops no other and leaves nothing behind."""

import io
import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY
from tests.web.ingesting import run
from timeline import extraction
from timeline import ingest as ingesting
from timeline.ingest import UnreadableError, ingest, reread
from timeline.models import Article, Outlet, Suggestion

pytestmark = pytest.mark.django_db
SECRET = "Piet Strand"  # words of the article, which no log may hold


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extraction that fails at any text about a lighthouse, in the words of the text."""
    real = extraction.extract

    def extract(text: str, *more: object) -> extraction.Extraction:
        if "lighthouse" in text:
            raise KeyError(SECRET)
        return real(text, *more)

    monkeypatch.setattr(extraction, "extract", extract)


LIGHTHOUSE = FERRY.replace("old pier", "lighthouse").replace("ferry line", "lighthouse line")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three saved articles, of which the one in the middle cannot be read."""
    for name, text in (("1", FERRY), ("2", LIGHTHOUSE), ("3", FERRY.replace("line", "route"))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("broken")
def test_a_file_that_dateline_fails_at_is_named_and_the_others_go_on(folder: Path) -> None:
    status, out, err = run(folder)
    assert status == 1
    assert out.count("stored, suggests") == 2
    assert f"{folder}/2.txt: Dateline failed at it with KeyError" in err
    assert "1 of 3 could not be brought in." in err
    assert Article.objects.count() == 2
    assert SECRET not in err


@pytest.mark.usefixtures("broken")
def test_the_log_has_the_traceback_and_no_word_of_the_article(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(UnreadableError):
        ingest(LIGHTHOUSE, "2.txt")
    (entry,) = [one for one in caplog.records if one.name.startswith("timeline.")]
    assert entry.fields == {
        "file": "2.txt",
        "outlet": "Tidewire",
        "day": "2018-05-16",
        "headline": "Ministers agree to reopen the Elmsport lighthouse line",
    }
    printed = logging.Formatter().format(entry)
    assert entry.levelno == logging.ERROR
    assert "Traceback" in printed
    assert "KeyError" in printed
    assert "in extract" in printed
    assert SECRET not in printed


@pytest.mark.usefixtures("broken")
def test_each_traceback_names_the_file_that_a_command_or_the_desk_was_given(
    folder: Path, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def named() -> list[str]:
        failed = [one for one in caplog.records if one.message == "A text could not be read."]
        return [one.fields["file"] for one in failed]

    run(folder)
    assert named() == [f"{folder}/2.txt"]
    client.force_login(factories.editor())
    file = io.BytesIO(LIGHTHOUSE.encode())
    file.name = "lighthouse.txt"
    client.post(reverse("admin:bring_in"), {"text": "", "files": [file]})
    assert named()[1:] == ["lighthouse.txt"]


@pytest.mark.parametrize(("content", "reason"), [("", "empty"), ("\0", "")])
def test_a_refused_page_is_logged_with_its_file(
    content: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(UnreadableError):
        ingest(content, "4.txt")
    (entry,) = [one for one in caplog.records if one.message == "Page refused"]
    assert entry.fields["file"] == "4.txt"
    assert reason in entry.fields["reason"]


def test_extract_logs_the_line_that_it_fails_at(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr("timeline.management.commands.extract.extract", fail)
    document = '{"id": 1, "published": "2018-05-16", "text": "A ferry sank."}'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"\n\n{document}\n".encode())))
    with pytest.raises(CommandError):
        call_command("extract", stderr=io.StringIO())
    (entry,) = [one for one in caplog.records if one.name == "timeline.extraction.faults"]
    assert entry.fields == {"line": 3}


@pytest.mark.usefixtures("broken")
def test_nothing_is_stored_of_an_article_that_dateline_fails_at() -> None:
    with pytest.raises(UnreadableError):
        ingest(LIGHTHOUSE)
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


@pytest.mark.usefixtures("broken")
def test_the_desk_says_it_beside_the_field_and_keeps_what_was_pasted(client: Client) -> None:
    client.force_login(factories.editor())
    page = client.post(reverse("admin:bring_in"), {"text": LIGHTHOUSE})
    assert page.status_code == 200
    assert "Dateline failed at it with KeyError" in str(page.context["form"].errors["text"])
    assert "lighthouse" in page.context["form"]["text"].value()
    assert not Article.objects.exists()


def test_the_desk_says_that_the_database_fails_and_names_the_file(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OperationalError("database or disk is full")

    client.force_login(factories.editor())
    monkeypatch.setattr(ingesting, "_suggest", full)
    file = io.BytesIO(FERRY.encode())
    file.name = "ferry.txt"
    page = client.post(reverse("admin:bring_in"), {"text": "", "files": [file]})
    said = str(page.context["form"].errors["files"])
    assert "ferry.txt: The database could not store it (" in said
    assert "database or disk is full. Make room on that disk" in said
    assert not Article.objects.exists()


def test_an_article_whose_rereading_fails_can_be_reviewed_without_its_marks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise KeyError(SECRET)

    article = ingest(FERRY).article
    monkeypatch.setattr(ingesting, "find_names", fail)
    ingesting._read.cache_clear()
    assert reread(article) == ingesting.Reading((), ())
    assert caplog.records[-1].fields == {"article": article.slug}
    ingesting._read.cache_clear()


def test_the_run_stops_at_the_file_where_the_database_fails_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ingesting._suggest

    def full(article: Article, proposed: list[Suggestion]) -> None:
        if "lighthouse" in article.body:
            raise OperationalError("database or disk is full")
        real(article, proposed)

    monkeypatch.setattr(ingesting, "_suggest", full)
    with pytest.raises(CommandError) as stopped:
        run(folder)
    said = str(stopped.value)
    assert said.startswith(f"stopped at {folder}/2.txt: ")
    assert "database or disk is full. Make room on that disk" in said
    assert said.endswith("Of 3 files 1 came in.")
    assert Article.objects.count() == 1


def test_a_run_that_is_interrupted_says_where_and_leaves_nothing_half_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(article: Article, proposed: list[Suggestion]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ingesting, "_suggest", interrupted)
    with pytest.raises(CommandError, match=r"1\.txt: interrupted\. Of 3 files 0 came in") as ended:
        run(folder)
    assert ended.value.returncode == 130
    assert not Article.objects.exists()


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    status, out, err = run(tmp_path, "/dev/null")
    assert status == 1
    assert "pipe.txt: It is no file but a pipe, a socket or a device." in err
    assert "/dev/null: It is no file but a pipe, a socket or a device." in err
    assert out.count("stored") == 1


def test_what_would_move_a_terminal_is_printed_escaped(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[31m\nb\u202etxt.txt"
    odd.write_text(FERRY.replace("Ministers", "Mini\x1b[31msters"), encoding="utf-8")
    undecodable = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(undecodable)).write_text("no article", encoding="utf-8")
    _, out, err = run(tmp_path)
    printed = out + err
    assert "a\\x1b[31m\\nb\\u202etxt.txt: " in printed
    assert "\\udcff.txt: " in printed
    assert len(printed.splitlines()) == 3
    assert not {"\x1b", "\u202e", "\udcff"} & set(printed)


def test_an_impossible_time_of_publication_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = extraction.read_article

    def timeless(raw: str, **given: object) -> extraction.Article:
        page = real(raw, **given)
        return replace(page, published=page.published.replace(tzinfo=None))

    monkeypatch.setattr(extraction, "read_article", timeless)
    with pytest.raises(UnreadableError, match="lacks its time zone"):
        ingest(FERRY)
    assert not Article.objects.exists()


def test_extract_prints_one_saved_article_or_says_why_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RecursionError

    monkeypatch.setattr("timeline.management.commands.extract.extract", fail)
    with pytest.raises(CommandError, match=r"1\.txt: Dateline failed at it with RecursionError"):
        call_command("extract", file=folder / "1.txt")
