"""Articles that are brought in together: read by parts, stopped, killed, answered, and told."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web.batches import batch_of, html, last_read, page, states, upload
from tests.web.desk import onlooker, with_rights, words_of
from tests.web.sites import Site, fetcher, serving
from timeline import tasks
from timeline.models import Article, Batch, BatchItem
from timeline.tasks import read

pytestmark = pytest.mark.django_db


State = BatchItem.State


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
