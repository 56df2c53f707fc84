"""Articles that are brought in together: read by parts, stopped, killed, answered, and told."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.web.desk import onlooker, with_rights, words_of
from tests.web.sites import Site, fetcher, serving
from timeline import tasks
from timeline.models import Article, Batch, BatchItem
from timeline.tasks import read

pytestmark = pytest.mark.django_db
State = BatchItem.State


def page(number: int, day: str = "16 May 2018") -> bytes:
    """A page of our own, which suggests a report; without a day it has to be asked for."""
    return (
        f"Ferry {number} sails again\n\n{day}\n\n"
        f"Minister Nora Vale opened pier number {number} in Elmsport on Tuesday, officials said.\n"
    ).encode()


def batch_of(*pages: bytes, **fields: object) -> Batch:
    items = [BatchItem.of_page(f"{number}.txt", one) for number, one in enumerate(pages, 1)]
    return Batch.objects.begin(None, "some files", items)


def states(batch: Batch) -> list[str]:
    return list(batch.items.values_list("state", flat=True))


def upload(client: Client, **files: bytes):
    """Hand over files; two underscores stand for a dot."""
    held = [SimpleUploadedFile(name.replace("__", "."), held) for name, held in files.items()]
    return client.post(reverse("admin:bring_in"), {"files": held}, follow=True)


def last_read() -> Batch:
    """The last batch, read to its end, for a slice may end before."""
    batch = Batch.objects.latest("pk")
    read(batch)
    return batch


def test_several_files_become_a_batch_that_names_what_became_of_each(alice: Client) -> None:
    said = words_of(
        upload(alice, one__txt=page(1), two__txt=page(2), empty__txt=b"", asks__txt=page(3, ""))
    )
    batch = Batch.objects.get()
    while batch.is_unfinished:
        alice.post(batch.get_absolute_url(), {"do": "read"})
        batch.refresh_from_db()
    said = words_of(alice.get(batch.get_absolute_url()))
    assert "4 articles: 2 brought in, 1 to be answered, 1 not read" in said
    assert "empty.txt" in said
    assert "The file is empty." in said
    assert "Ferry 1 sails again Outlet not named, 16 May 2018 one.txt Stored, suggests" in said
    assert batch.made_by.username == "alice"
    assert batch.articles.count() == 2


def test_a_request_reads_for_its_slice_and_no_longer(alice: Client, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "SLICE", 0.0)
    upload(alice, **{f"n{number}__txt": page(number) for number in range(3)})
    batch = Batch.objects.get()
    assert states(batch) == [State.NEW, State.WAITING, State.WAITING]
    url = batch.get_absolute_url()
    answer = alice.post(url, {"do": "read"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert 'hx-post="' in answer.content.decode()
    assert states(batch) == [State.NEW, State.NEW, State.WAITING]
    last = alice.post(url, {"do": "read"}, headers={"HX-Request": "true"})
    assert "hx-post" not in last.content.decode()
    assert Batch.objects.get().state == Batch.State.DONE


def test_without_javascript_a_button_reads_on_and_a_reload_reads_nothing(
    alice: Client, monkeypatch
) -> None:
    monkeypatch.setattr(tasks, "SLICE", 0.0)
    upload(alice, one__txt=page(1), two__txt=page(2))
    batch = Batch.objects.get()
    assert "Read the next ones" in words_of(alice.get(batch.get_absolute_url()))
    assert states(batch) == [State.NEW, State.WAITING]
    shown = alice.post(batch.get_absolute_url(), {"do": "read"}, follow=True)
    assert "2 articles: 2 brought in" in words_of(shown)


def test_a_batch_is_stopped_and_gone_on_with(alice: Client, monkeypatch) -> None:
    monkeypatch.setattr(tasks, "SLICE", 0.0)
    upload(alice, one__txt=page(1), two__txt=page(2), three__txt=page(3))
    batch = Batch.objects.get()
    url = batch.get_absolute_url()
    assert "the rest waits for you" in words_of(alice.post(url, {"do": "stop"}, follow=True))
    alice.post(url, {"do": "read"})
    read(batch)
    assert states(batch) == [State.NEW, State.WAITING, State.WAITING]
    assert "Go on with the 2 left" in words_of(alice.get(url))
    alice.post(url, {"do": "resume"})
    alice.post(url, {"do": "read"})
    assert states(batch) == [State.NEW] * 3


def test_what_a_page_leaves_open_is_asked_alone_and_answered_in_place(alice: Client) -> None:
    upload(alice, one__txt=page(1), asks__txt=page(2, ""))
    batch = last_read()
    url, item = batch.get_absolute_url(), batch.items.get(state=State.ASKED)
    shown = alice.get(url).content.decode()
    assert 'name="published"' in shown
    assert 'name="headline"' not in shown
    assert "Ferry 2 sails again" in shown
    wrong = alice.post(url, {"do": "answer", "item": item.pk})
    assert "This field is required." in words_of(wrong)
    wrong = alice.post(url, {"do": "answer", "item": item.pk, "published": "1492-01-01"})
    assert "in which no article was published" in words_of(wrong)
    told = {"published": "2018-05-17", "outlet": "Tidewire", "url": "https://tide.example/2"}
    said = words_of(alice.post(url, {"do": "answer", "item": item.pk, **told}, follow=True))
    assert "“Ferry 2 sails again (Tidewire, 17 May 2018)”: Stored, suggests" in said
    article = Article.objects.get(headline="Ferry 2 sails again")
    assert article.url == "https://tide.example/2"
    again = alice.post(url, {"do": "answer", "item": item.pk, **told}, follow=True)
    assert "answered already" in words_of(again)
    assert Article.objects.count() == 2


def test_an_archive_and_json_lines_are_read_as_their_articles(alice: Client) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        opened.writestr("a/one.txt", page(1))
        opened.writestr("two.jsonl", json.dumps({"text": "Vale met Strand in Oslo on Monday."}))
    upload(alice, story__zip=held.getvalue())
    batch = last_read()
    assert str(batch) == "story.zip"
    assert list(batch.items.values_list("name", "state")) == [
        ("story.zip/a/one.txt", State.NEW),
        ("story.zip/two.jsonl: line 1", State.FAILED),
    ]
    told = {"headline": "Two", "published": "2018-05-16T10:30:00+09:00", "outlet": "Tidewire"}
    line = json.dumps(
        {"text": "Vale met Strand in Oslo on Monday.", "url": "https://t.example/2"} | told
    )
    upload(alice, two__jsonl=line.encode())
    last_read()
    article = Article.objects.get(headline="Two")
    assert (article.published, article.outlet.name) == (told["published"], "Tidewire")
    assert (article.url, article.body) == (
        "https://t.example/2",
        "Vale met Strand in Oslo on Monday.",
    )


def test_an_archive_without_an_article_begins_no_batch_and_says_why(alice: Client) -> None:
    said = words_of(upload(alice, story__zip=b"no archive"))
    assert "story.zip: It is no zip file, or a damaged one." in said
    assert not Batch.objects.exists()


def test_addresses_are_fetched_each_for_itself(alice: Client, monkeypatch) -> None:
    with serving() as site:
        monkeypatch.setattr(tasks, "FETCHER", fetcher())
        monkeypatch.setattr(
            tasks.read, "__defaults__", (None, fetcher(), tasks.read.__defaults__[2])
        )
        monkeypatch.setattr(tasks.read_item, "__defaults__", (fetcher(),))
        site.pages["/1"] = html(1)
        lines = "\n".join([site("/1"), site("/missing"), "http://127.0.0.1/private"])
        alice.post(reverse("admin:bring_in"), {"text": lines})
        batch = last_read()
    assert states(batch) == [State.NEW, State.FAILED, State.FAILED]
    assert batch.articles.get().url == site("/1")
    said = words_of(alice.get(batch.get_absolute_url()))
    assert "It answers 404 (Not Found)." in said
    assert "no host of the public internet" in said


def html(number: int) -> str:
    return (
        "<!DOCTYPE html><html><head>"
        f"<title>Ferry {number} sails | Dunley Post</title></head><body><article>"
        f"<h1>Ferry {number} sails</h1>"
        f"<p>May 16, 2018</p><p>{f'The council of Dunley opened pier {number} again. ' * 4}</p>"
        "</article></body></html>"
    )


@pytest.fixture
def site(monkeypatch) -> Site:
    with serving() as site:
        monkeypatch.setattr("timeline.admin.desk.upload.FETCHER", fetcher())
        yield site


def test_one_address_leads_to_the_review_of_its_article(alice: Client, site: Site) -> None:
    site.pages["/1"] = html(1)
    answer = alice.post(reverse("admin:bring_in"), {"text": f" {site('/1')} "})
    article = Article.objects.get()
    assert answer.url == reverse("admin:review", args=[article.pk])
    assert (article.url, article.outlet.name) == (site("/1"), "Dunley Post")


def test_what_a_fetched_page_leaves_open_is_asked_with_its_text_and_address(
    alice: Client, site: Site
) -> None:
    site.pages["/1"] = html(1).replace("<p>May 16, 2018</p>", "")
    form = alice.post(reverse("admin:bring_in"), {"text": site("/1")}).context["form"]
    assert "No line gives a publication date" in form.errors["published"][0]
    assert form["url"].value() == site("/1")
    told = {name: form[name].value() for name in ("text", "headline", "outlet", "url")}
    site.pages.clear()
    alice.post(reverse("admin:bring_in"), told | {"published": "2018-05-16"})
    assert Article.objects.get().url == site("/1")


def test_why_an_address_is_not_fetched_is_said_beside_it(alice: Client, site: Site) -> None:
    for address, reason in (
        ("http://[::1]/", "no host of the public internet"),
        ("https://alice:secret@news.example/", "a name or password in it"),
        (site("/none"), "It answers 404"),
    ):
        form = alice.post(reverse("admin:bring_in"), {"text": address}).context["form"]
        assert reason in form.errors["text"][0]
        assert form["text"].value() == address
    assert not Article.objects.exists()


def test_a_folder_gives_what_may_hold_articles(alice: Client) -> None:
    names = {"one.txt": page(1), "photo.png": b"\x89PNG", "two.html": html(2).encode()}
    files = [SimpleUploadedFile(name, held) for name, held in names.items()]
    alice.post(reverse("admin:bring_in"), {"folder": files})
    assert states(last_read()) == [State.NEW, State.NEW]
    form = alice.post(reverse("admin:bring_in"), {"folder": files[1:2]}).context["form"]
    assert form.errors["folder"] == ["There is no .txt, .html, .jsonl or .zip file in this folder."]


def test_one_article_that_fails_inside_stops_no_other(monkeypatch) -> None:
    real = tasks.ingest

    def failing(raw: bytes, name: str, *more: object) -> object:
        if name == "2.txt":
            raise tasks.UnreadableError("Dateline failed at it.")
        return real(raw, name, *more)

    monkeypatch.setattr(tasks, "ingest", failing)
    batch = batch_of(page(1), page(2), page(3))
    read(batch)
    assert states(batch) == [State.NEW, State.FAILED, State.NEW]
    monkeypatch.setattr(tasks, "ingest", real)
    assert batch.resume(with_failed=True)
    read(batch)
    assert states(batch) == [State.NEW] * 3


def test_what_a_database_refuses_waits_as_before(monkeypatch) -> None:
    def locked(*args: object) -> None:
        raise OperationalError("database is locked")

    batch = batch_of(page(1), page(2))
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "ingest", locked)
        with pytest.raises(OperationalError):
            read(batch)
    assert states(batch) == [State.WAITING] * 2
    assert set(batch.items.values_list("attempts", flat=True)) == {0}
    read(batch)
    assert states(batch) == [State.NEW] * 2


def test_what_ends_the_process_each_time_is_given_up_and_the_others_are_read() -> None:
    batch = batch_of(page(1), page(2))
    long_ago = timezone.now() - timedelta(hours=1)
    batch.items.filter(number=1).update(attempts=3, claimed_at=long_ago)
    read(batch)
    assert states(batch) == [State.FAILED, State.NEW]
    assert "ended without a result 3 times" in batch.items.first().said


def test_the_same_article_twice_in_a_batch_comes_in_once() -> None:
    batch = batch_of(page(1), page(1))
    read(batch)
    assert states(batch) == [State.NEW, State.KNOWN]
    assert Article.objects.count() == 1


def test_a_page_is_kept_until_an_article_has_come_of_it() -> None:
    batch = batch_of(page(1), page(2, ""), b"")
    read(batch)
    assert [bool(item.raw) for item in batch.items.all()] == [False, True, True]


def test_who_may_not_bring_articles_in_sees_no_batch_and_changes_none(client: Client) -> None:
    batch = batch_of(page(1))
    onlooker(client)
    for answer in (client.get(batch.get_absolute_url()), client.post(batch.get_absolute_url())):
        assert answer.status_code == 403
    assert client.get(reverse("admin:timeline_batch_changelist")).status_code == 403
    assert states(batch) == [State.WAITING]


def test_who_may_bring_articles_in_may_see_batches(client: Client) -> None:
    batch = batch_of(page(1))
    with_rights(client, "add_article")
    assert client.get(batch.get_absolute_url()).status_code == 200
    listed = words_of(client.get(reverse("admin:timeline_batch_changelist")))
    assert "some files" in listed
    assert "1 article: 1 to be read" in listed


@pytest.mark.parametrize("sent", [{}, {"do": "x"}, {"do": "answer"}, {"do": "answer", "item": "²"}])
def test_a_forged_request_changes_nothing(alice: Client, sent: dict[str, str]) -> None:
    batch = batch_of(page(1))
    assert alice.post(batch.get_absolute_url(), sent).status_code in (400, 404)
    assert alice.get(batch.get_absolute_url() + "?state=odd&page=²").status_code == 200
    assert states(batch) == [State.WAITING]


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_a_batch_where_there_is_one(alice: Client, settings) -> None:
    settings.WORKER = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    upload(alice, one__txt=page(1), two__txt=page(2))
    batch = Batch.objects.get()
    url = batch.get_absolute_url()
    shown = alice.get(url).content.decode()
    assert "hx-get" in shown
    assert "hx-post" not in shown
    alice.post(url, {"do": "read"})
    assert states(batch) == [State.WAITING] * 2
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert states(batch) == [State.NEW] * 2
    assert Batch.objects.get().state == Batch.State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_gone_is_told_and_the_batch_handed_over_again(
    alice: Client, settings
) -> None:
    settings.WORKER = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    batch = batch_of(page(1))
    Batch.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    assert "is the worker running?" in words_of(alice.get(batch.get_absolute_url()))
    alice.post(batch.get_absolute_url(), {"do": "resume"})
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert states(batch) == [State.NEW]


def test_the_command_line_shows_a_batch_and_reads_it_on(capsys) -> None:
    batch = batch_of(page(1), b"", page(2, ""))
    out, err = io.StringIO(), io.StringIO()
    call_command("batches", stdout=out)
    assert (
        out.getvalue() == f"{batch.pk}: some files. Waits to be read: 3 articles: 3 to be read.\n"
    )
    with pytest.raises(SystemExit):
        call_command("batches", str(batch.pk), "--read", stdout=out, stderr=err)
    assert "1.txt: Stored, suggests 1 report" in out.getvalue()
    assert "2.txt: The file is empty." in err.getvalue()
    assert "3.txt: No line gives a publication date with its year." in err.getvalue()
    assert "Read: 3 articles: 1 brought in, 1 to be answered, 1 not read." in out.getvalue()
    with pytest.raises(CommandError, match="There is no batch 99"):
        call_command("batches", "99")
    with pytest.raises(CommandError, match="Name a batch"):
        call_command("batches", "--read")


def test_the_command_line_stops_a_batch() -> None:
    batch = batch_of(page(1))
    call_command("batches", str(batch.pk), "--stop", stdout=io.StringIO())
    read(batch)
    assert states(batch) == [State.WAITING]


# ------------------------------------------------------------- real processes, on SQLite's files


def test_killed_at_any_moment_and_begun_again_nothing_is_lost_or_doubled(
    empty_database: Path, tmp_path: Path
) -> None:
    file, number = copyfile(empty_database, tmp_path / "killed.sqlite3"), 12
    pages = tmp_path / "pages.jsonl"
    lines = [json.dumps({"text": page(one).decode()}) for one in range(number)]
    pages.write_text("\n".join(lines))
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 40}
    begin = (
        "import sys; from timeline.models import Batch, BatchItem; from timeline.sources import *;"
        "found = sources('pages.jsonl', open(sys.argv[-1], 'rb'));"
        "Batch.objects.begin(None, 'x', [BatchItem.of_page(s.name, s.page) for s in found])"
    ).replace("sys.argv[-1]", repr(str(pages)))
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    run = [*manage, "shell", "--no-imports", "--command", begin]
    subprocess.run(run, env=environment, check=True, capture_output=True)

    def rows(query: str) -> list[tuple]:
        with closing(sqlite3.connect(file, timeout=20)) as database:
            return database.execute(query).fetchall()

    for done in (1, 4, 8):
        process = subprocess.Popen(
            [*manage, "batches", "1", "--read"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None:
            if rows("SELECT count(*) FROM timeline_batchitem WHERE state='new'")[0][0] >= done:
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert rows("SELECT count(*) FROM timeline_batchitem")[0][0] == number
        (articles, settled) = rows(
            "SELECT (SELECT count(*) FROM timeline_article),"
            " (SELECT count(*) FROM timeline_batchitem WHERE state='new')"
        )[0]
        assert articles == settled  # both are kept, or neither
        with closing(sqlite3.connect(file, timeout=20)) as database:
            database.execute(
                "UPDATE timeline_batchitem SET claimed_at = '2018-01-01 00:00:00'"
                " WHERE claimed_at IS NOT NULL"
            )  # a minute has passed
            database.commit()
    subprocess.run(
        [*manage, "batches", "1", "--read"], env=environment, check=True, capture_output=True
    )
    assert rows("SELECT state, count(*) FROM timeline_batchitem GROUP BY state") == [
        ("new", number)
    ]
    assert rows("SELECT count(*), count(DISTINCT headline) FROM timeline_article") == [
        (number, number)
    ]
    twice = rows(
        'SELECT count(*) FROM timeline_suggestion GROUP BY article_id, type, start, "end", title'
    )
    assert {count for (count,) in twice} <= {1}
    assert rows("SELECT state FROM timeline_batch") == [("done",)]
