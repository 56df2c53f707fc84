"""Feeds that are followed: what is new comes in once, and what goes wrong is told."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.web.batches import html, states
from tests.web.desk import onlooker, with_rights, words_of
from tests.web.sites import Site, fetcher, send, serving
from timeline import tasks
from timeline.feeds import NoFeedError, parse, read_feed
from timeline.models import Article, Batch, BatchItem, Feed
from timeline.tasks import read

pytestmark = pytest.mark.django_db
State = BatchItem.State
RSS = "application/rss+xml"


@pytest.fixture
def site(monkeypatch) -> Iterator[Site]:
    with serving() as site:
        monkeypatch.setattr(tasks, "FETCHER", fetcher())
        monkeypatch.setattr("timeline.management.commands.feeds.FETCHER", fetcher())
        site.pages |= {f"/{number}": html(number) for number in range(1, 9)}
        site.pages["/feed"] = rss(1, 2)
        yield site


def rss(*numbers: int, **more: str):
    """A feed of the site's pages, newest last."""
    items = "".join(
        f"<item><title>Ferry {n} sails</title><link>/{n}</link><guid isPermaLink='false'>g{n}"
        f"</guid><pubDate>Wed, 16 May 2018 10:00:00 +0900</pubDate></item>"
        for n in numbers
    )
    body = f'<rss version="2.0"><channel><title>Dunley &amp; Post</title>{items}</channel></rss>'

    def page(handler) -> None:
        is_known = handler.headers.get("If-None-Match") == more.get("etag", "none")
        send(
            handler,
            b"" if is_known else body.encode(),
            304 if is_known else 200,
            content_type=RSS,
            **more,
        )

    return page


def followed(site: Site, **fields: object) -> Feed:
    return Feed.objects.create(address=site("/feed"), **fields)


def read_now(feed: Feed) -> Batch | None:
    feed.refresh_from_db()
    return read_feed(feed, tasks.FETCHER)


def test_new_entries_come_in_and_are_not_fetched_again(site: Site) -> None:
    feed = followed(site)
    batch = read_now(feed)
    assert (str(batch), feed.title) == ("Feed: Dunley & Post", "Dunley & Post")
    read(batch)
    assert states(batch) == [State.NEW, State.NEW]
    assert set(batch.articles.values_list("url", flat=True)) == {site("/1"), site("/2")}
    site.pages["/feed"] = rss(1, 2, 3)
    again = read_now(feed)
    read(again)
    assert states(again) == [State.NEW]
    assert read_now(feed) is None
    assert [path for path in site.paths if path != "/feed"] == ["/1", "/2", "/3"]


def test_what_has_another_identifier_and_the_same_address_is_the_same_entry(site: Site) -> None:
    feed = followed(site)
    read_now(feed)
    items = (
        "<item><link>/1</link><guid>new</guid></item><item><link>/9</link>"
        "<guid isPermaLink='false'>g2</guid></item><item><link>/4</link></item>"
        "<item><link>/4</link></item><item/>"
    )
    body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    site.pages["/feed"] = lambda handler: send(handler, body, content_type=RSS)
    assert [item.address for item in read_now(feed).items.all()] == [site("/4")]


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.pages["/feed"] = rss(1, etag='"v1"')
    feed = followed(site)
    assert read_now(feed)
    assert read_now(feed) is None
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'
    assert "brought nothing new" in feed.condition


def test_the_feeds_outlet_is_its_articles_and_its_words_fill_what_a_page_leaves_open(
    site: Site,
) -> None:
    site.pages["/1"] = html(1).replace("<p>May 16, 2018</p>", "")
    feed = followed(site, outlet=factories.outlet("Gullpress"))
    read(read_now(feed))
    article = Article.objects.get(url=site("/1"))
    assert (article.outlet.name, article.published) == ("Gullpress", "2018-05-16T01:00:00+00:00")
    assert Article.objects.get(url=site("/2")).published == "2018-05-16"


def test_an_atom_feed_and_an_rdf_feed_are_read() -> None:
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>A <b>b</b></title><entry><id>tag:1</id>'
        b'<title type="html">Ferry &lt;b&gt;sails&lt;/b&gt;</title>'
        b'<link href="/1"/><updated>2018-05-16T10:00:00+09:00</updated></entry></feed>'
    )
    _, (entry,) = parse(atom, "https://a.example/feed")
    assert (entry.address, entry.headline) == ("https://a.example/1", "Ferry sails")
    assert entry.published == "2018-05-16T01:00:00+00:00"


@pytest.mark.parametrize(
    "link",
    [
        "http://[bad",
        "//[::1",
        "http://ex\u2100.org/",
        "http://a.example/\x00b",
        "http://a.example/\x85b",
    ],
)
def test_an_entry_whose_link_is_no_address_is_left_out(link: str) -> None:
    entries = "".join(
        f"<item><title>{number}</title><link>{one}</link></item>"
        for number, one in enumerate((link.replace("\x00", "&#0;"), "http://a.example/2"))
    )
    rss = f'<rss version="2.0"><channel><title>A</title>{entries}</channel></rss>'
    _, found = parse(rss.encode(), "https://a.example/feed")
    assert "http://a.example/2" in [entry.address for entry in found]
    assert all(entry.address.isprintable() for entry in found)
    assert not any("[" in entry.address or "\u2100" in entry.address for entry in found)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><html><body>x</body></html>", "answers with a web page, not with RSS"),
        (b"", "answers with neither RSS nor Atom"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "neither RSS nor Atom"),
        (b"/etc/passwd", "neither RSS nor Atom"),
        (b"http://127.0.0.1:1/feed", "neither RSS nor Atom"),
        (b"\x00\xff\xfe", "neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed_is_told(body: bytes, reason: str) -> None:
    with pytest.raises(NoFeedError, match=reason):
        parse(body, "https://a.example/feed")


def test_entities_that_swell_are_not_expanded_without_end(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    swelling = '<!ENTITY a0 "haha">'
    for n in range(1, 9):
        swelling += f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'
    body = (
        f'<?xml version="1.0"?><!DOCTYPE r [{swelling}<!ENTITY s SYSTEM "file://{secret}">]>'
        '<rss version="2.0"><channel><title>&a8;&s;</title><item><title>&s;</title><link>/1</link>'
        "</item></channel></rss>"
    ).encode()
    try:
        title, entries = parse(body, "https://a.example/feed")
    except NoFeedError:
        return
    assert len(title) < 100_000
    assert "the secret" not in title + "".join(entry.headline for entry in entries)


def test_what_goes_wrong_is_told_and_the_next_try_comes_later_each_time(site: Site) -> None:
    feed = followed(site)
    read_now(feed)
    site.pages["/feed"] = lambda handler: send(handler, status=503)
    waits = []
    for _ in range(9):
        read_now(feed)
        waits.append(round((feed.next_at - timezone.now()).total_seconds() / 60))
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    said = feed.condition
    assert said.startswith("It answers 503 (Service Unavailable). 9 reads in a row have failed.")
    assert "The last good read, " in said
    assert "brought 2 new entries." in said
    assert "Next try " in said
    site.pages["/feed"] = rss(1, 2)
    read_now(feed)
    assert (feed.error, feed.failures) == ("", 0)


def test_a_server_that_asks_to_be_left_alone_is_and_a_feed_that_is_gone_is_paused(
    site: Site,
) -> None:
    feed = followed(site)
    site.pages["/feed"] = lambda handler: send(handler, status=429, retry_after="7200")
    read_now(feed)
    assert feed.next_at - timezone.now() > timedelta(minutes=119)
    site.pages["/feed"] = lambda handler: send(handler, status=410)
    read_now(feed)
    assert feed.is_paused
    assert "It is paused." in feed.condition


def test_an_entry_that_leads_to_a_private_address_is_not_fetched(site: Site) -> None:
    links = ("http://127.0.0.1/x", "http://169.254.169.254/latest", "file:///etc/passwd")
    items = "".join(f"<item><link>{link}</link></item>" for link in (*links, "/1"))
    body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    site.pages["/feed"] = lambda handler: send(handler, body, content_type=RSS)
    batch = read_now(followed(site))
    read(batch)
    assert states(batch) == [State.FAILED] * 3 + [State.NEW]


def test_the_command_reads_what_is_due_and_nothing_else(site: Site) -> None:
    followed(site)
    paused = Feed.objects.create(address=site("/paused"), is_paused=True)
    later = Feed.objects.create(
        address=site("/later"), next_at=timezone.now() + timedelta(minutes=5)
    )
    out = io.StringIO()
    call_command("feeds", stdout=out)
    assert "Dunley & Post: The last good read, " in out.getvalue()
    assert "2 articles: 2 brought in." in out.getvalue()
    before = len(site.asked)
    call_command("feeds", stdout=out)
    assert len(site.asked) == before
    Feed.objects.update(next_at=None)
    paused.refresh_from_db()
    assert paused.read_at is None
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("feeds", stdout=out, stderr=err)
    later.refresh_from_db()
    assert "It answers 404 (Not Found)." in err.getvalue()
    assert later.failures == 1
    call_command("feeds", "--list", stdout=out)
    assert "It is paused." in out.getvalue()


def test_a_feed_that_dateline_fails_at_says_so(site: Site, monkeypatch) -> None:
    def fail(value: object) -> str:
        raise RecursionError

    monkeypatch.setattr("timeline.feeds._words", fail)
    feed = followed(site)
    assert read_now(feed) is None
    assert feed.error == "It could not be read: the log says why."
    assert feed.next_at > timezone.now()


def test_two_runs_at_once_read_no_feed_twice(site: Site) -> None:
    feed = followed(site)
    assert feed.claim()
    assert not Feed.objects.get(pk=feed.pk).claim()
    feed.next_at = None
    assert Feed.objects.get(pk=feed.pk).claim(is_forced=True)


def test_an_editor_follows_a_feed_and_sees_at_once_whether_it_is_one(
    alice: Client, site: Site
) -> None:
    add = reverse("admin:timeline_feed_add")
    said = words_of(alice.post(add, {"address": site("/feed"), "title": ""}, follow=True))
    feed = Feed.objects.get()
    assert "Dunley &amp; Post: The last good read" in said
    assert feed.made_by.username == "alice"
    assert Batch.objects.get().made_by == feed.made_by
    said = words_of(alice.post(add, {"address": site("/1"), "title": ""}, follow=True))
    assert "The address answers with a web page, not with RSS or Atom. Nothing was stored." in said
    for address in ("http://alice:secret@news.example/feed", "ftp://news.example/feed"):
        page = alice.post(add, {"address": address, "title": ""})
        assert page.status_code == 200
    assert "An address with a name or password in it is not fetched." in words_of(
        alice.post(add, {"address": "http://alice:secret@news.example/feed"})
    )
    assert Feed.objects.count() == 2


def test_an_editor_tries_pauses_goes_on_and_stops_following(alice: Client, site: Site) -> None:
    feed = followed(site, title="Post")
    url = feed.get_absolute_url()
    sent = {"address": feed.address, "title": "Post"}
    assert "brought 2 new entries" in words_of(alice.post(url, sent | {"_try": "1"}, follow=True))
    alice.post(url, sent | {"_pause": "1"})
    assert not Feed.objects.followed().exists()
    assert "It is paused." in words_of(alice.get(url))
    alice.post(url, sent | {"_go_on": "1"})
    assert Feed.objects.due().exists()
    listed = words_of(alice.get(reverse("admin:timeline_feed_changelist")))
    assert "The last good read" in listed
    alice.post(reverse("admin:timeline_feed_delete", args=[feed.pk]), {"post": "yes"})
    assert not Feed.objects.exists()
    assert Batch.objects.exists()


def test_another_address_begins_anew(alice: Client, site: Site) -> None:
    feed = followed(site, title="Post", etag='"old"', error="It answers 404.", failures=3)
    alice.post(feed.get_absolute_url(), {"address": site("/other"), "title": "Post"})
    feed.refresh_from_db()
    assert (feed.address, feed.etag, feed.error, feed.failures) == (site("/other"), "", "", 0)


def test_who_may_not_bring_articles_in_follows_no_feed(client: Client, site: Site) -> None:
    feed = followed(site)
    onlooker(client)
    for url in (feed.get_absolute_url(), reverse("admin:timeline_feed_changelist")):
        assert client.get(url).status_code == 403
    assert client.post(feed.get_absolute_url(), {"_try": "1"}).status_code == 403
    with_rights(client, "add_article")
    assert client.get(feed.get_absolute_url()).status_code == 200
    assert site.asked == []
