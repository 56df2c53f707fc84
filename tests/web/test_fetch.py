"""Fetching from addresses that anybody may have chosen, on servers of our own."""

import gzip
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.sites import HOST, NEWS, Site, fetcher, redirect, said_of, send, serving
from timeline.fetch import FEEDS, Limits, as_utf8, is_public


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/news"] = NEWS
        yield site


def test_a_page_is_fetched_under_a_stated_name(site: Site) -> None:
    page = fetcher().fetch(site("/news#top"))
    assert (page.body, page.type, page.address) == (NEWS.encode(), "text/html", site("/news"))
    _, headers = site.asked[-1]
    assert headers["Host"] == f"news.example:{site.port}"
    assert headers["User-Agent"].startswith("Dateline/")
    assert "Cookie" not in headers


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost"),
        *("localhost.", "0.0.0.0", "0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *(
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::7f00:1]",
        ),
        *("[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]"),
        *("[2001:0:7f00:1::]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]"),
    ],
)
@pytest.mark.parametrize("way", ["directly", "by a redirect"])
def test_no_host_but_a_public_one_is_reached(site: Site, address: str, way: str) -> None:
    target = f"http://{address}:{site.port}/news"
    site.pages["/on"] = redirect(target)
    said = said_of(target if way == "directly" else site("/on"))
    assert "no host of the public internet" in said or "no address of a page" in said
    assert "/news" not in site.paths


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"],
)
def test_public_addresses_are_public_however_they_are_written(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_name_with_one_private_address_among_public_ones_is_refused(site: Site) -> None:
    mixed = fetcher(resolve=lambda host, port: [HOST, "127.0.0.1"])
    assert "no host of the public internet" in said_of(site("/news"), mixed)
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(site: Site) -> None:
    answers = []

    def rebinding(host: str, port: int) -> list[str]:
        """Answers as a hostile name server does: well at first, then with this machine."""
        answers.append([HOST] if len(answers) < 2 else ["127.0.0.1"])
        return answers[-1]

    fetching = fetcher(resolve=rebinding)
    assert fetching.fetch(site("/news")).body == NEWS.encode()
    assert len(answers) == 2  # for robots.txt and for the page: each connection resolves once
    assert "no host of the public internet" in said_of(site("/news"), fetching)


# what leads, in a redirect, to a page of the same site, or is no header
RELATIVE = ("", "//news.example/a", "news.example/a", "http://", "http:///etc/passwd")


RELATIVE += ("http://news.example/a\r\nHost: x",)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://news.example/a", "begins with http:// or https://"),
        ("file:///etc/passwd", "begins with http:// or https://"),
        ("gopher://news.example/_x", "begins with http:// or https://"),
        ("data:text/html,hello", "begins with http:// or https://"),
        ("javascript:alert(1)", "begins with http:// or https://"),
        ("//news.example/a", "begins with http:// or https://"),
        ("news.example/a", "begins with http:// or https://"),
        ("", "begins with http:// or https://"),
        ("http://", "no address of a page"),
        ("http:///etc/passwd", "no address of a page"),
        ("http://news.example\\@127.0.0.1/", "no address of a page"),
        ("http://news.example/a\r\nHost: x", "no address of a page"),
        ("http://news.example/a b", "no address of a page"),
        ("http://[fe80::1%25lo]/", "no address of a page"),
        ("http://news.example:99999/", "no address of a page"),
        ("http://" + "a" * 3000, "2000 characters"),
        ("http://alice:secret@news.example/", "a name or password in it"),
        ("http://alice@news.example/", "a name or password in it"),
        ("http://news.example:25/", "not fetched from port 25"),
        ("https://news.example:22/", "not fetched from port 22"),
    ],
)
@pytest.mark.parametrize("way", ["directly", "by a redirect"])
def test_what_is_no_address_of_a_page_is_refused(
    site: Site, address: str, reason: str, way: str
) -> None:
    if way == "by a redirect":
        if address in RELATIVE:
            return
        site.pages["/on"] = redirect(address)
    said = said_of(address if way == "directly" else site("/on"))
    assert reason in said or (way != "directly" and "no host" in said)
    assert "secret" not in said


def test_redirects_are_followed_a_few_times_and_circles_are_told(site: Site) -> None:
    for number in range(9):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}", (301, 302, 303, 307, 308)[number % 5])
    site.pages["/9"] = NEWS
    page = fetcher().fetch(site("/4"))
    assert (page.body, page.address) == (NEWS.encode(), site("/9"))
    assert "redirects more than 5 times" in said_of(site("/3"))
    site.pages["/9"] = redirect("/8")
    assert "in a circle" in said_of(site("/8"))


@pytest.mark.parametrize("part", ["head", "body", "robots"])
def test_a_server_that_sends_a_byte_now_and_then_is_left(site: Site, part: str) -> None:
    is_left = threading.Event()

    def drip(handler) -> None:
        if part != "head":
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(200):
            if is_left.wait(0.05):
                return
            handler.wfile.write(b"X" if part != "head" else b"H")
            handler.wfile.flush()

    site.pages["/robots.txt" if part == "robots" else "/slow"] = drip
    begin = time.monotonic()
    said = said_of(site("/slow"), fetcher(limits=Limits(seconds=0.5)))
    is_left.set()
    assert "did not answer in full within 0.5 seconds" in said
    assert time.monotonic() - begin < 5  # the drip takes ten


def test_an_endless_body_is_read_to_the_limit_and_no_further(site: Site) -> None:
    sent = []

    def endless(handler) -> None:
        send(handler)
        while True:
            sent.append(handler.wfile.write(b"a" * 65_536))

    site.pages["/endless"] = endless
    said = said_of(site("/endless"), fetcher(limits=Limits(size=1_000_000)))
    assert said == "It is bigger than 1 MB, and is not fetched."


def test_a_body_that_says_it_is_too_long_is_not_read(site: Site) -> None:
    site.pages["/long"] = lambda handler: send(handler, content_length="20000000")
    assert "bigger than 10 MB" in said_of(site("/long"))


@pytest.mark.parametrize("packing", ["gzip", "deflate", "x-gzip"])
def test_a_packed_bomb_is_not_unpacked_in_memory(site: Site, packing: str) -> None:
    import tracemalloc
    import zlib

    bomb = (zlib.compress if packing == "deflate" else gzip.compress)(b"\0" * 100_000_000, 9)
    site.pages["/bomb"] = lambda handler: send(handler, bomb, content_encoding=packing)
    tracemalloc.start()
    said = said_of(site("/bomb"), fetcher(limits=Limits(seconds=30)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "bigger than 10 MB" in said
    assert most < 60_000_000


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd", "compress"])
def test_what_is_packed_twice_or_otherwise_is_refused(site: Site, packing: str) -> None:
    body = gzip.compress(gzip.compress(NEWS.encode()))
    site.pages["/odd"] = lambda handler: send(handler, body, content_encoding=packing)
    assert "not unpacked here" in said_of(site("/odd"))


def test_a_packed_page_is_unpacked_and_a_damaged_one_told(site: Site) -> None:
    packed = gzip.compress(NEWS.encode())
    site.pages["/packed"] = lambda handler: send(handler, packed, content_encoding="gzip")
    assert fetcher().fetch(site("/packed")).body == NEWS.encode()
    site.pages["/damaged"] = lambda handler: send(handler, b"nothing", content_encoding="gzip")
    assert "damaged" in said_of(site("/damaged"))


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4", "application/json"])
def test_another_type_than_a_page_is_refused_by_name(site: Site, kind: str) -> None:
    site.pages["/it"] = lambda handler: send(handler, b"x", content_type=kind)
    assert said_of(site("/it")) == f"It is no page but {kind}: it is not read."


def test_a_feed_is_taken_where_a_feed_is_asked_for(site: Site) -> None:
    kind = "application/rss+xml; charset=utf-8"
    site.pages["/feed"] = lambda handler: send(handler, b"<rss/>", content_type=kind)
    assert fetcher().fetch(site("/feed"), FEEDS).body == b"<rss/>"
    assert "no page but application/rss+xml" in said_of(site("/feed"))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "It answers 404 (Not Found)."),
        (410, "It answers 410 (Gone)."),
        (503, "It answers 503 (Service Unavailable)."),
        (204, "It answers 204 (No Content)."),
        (302, "It answers 302 (Found)."),
        (304, "It answers 304 (Not Modified)."),
        (599, "It answers 599 (an unknown status)."),
    ],
)
def test_a_status_without_a_page_is_told(site: Site, status: int, said: str) -> None:
    site.pages["/it"] = lambda handler: send(handler, status=status)
    assert said_of(site("/it")) == said


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def page(handler) -> None:
        is_known = handler.headers.get("If-None-Match") == '"v1"'
        send(handler, b"" if is_known else b"x", 304 if is_known else 200, etag='"v1"')

    site.pages["/it"] = page
    first = fetcher().fetch(site("/it"))
    assert (first.etag, first.is_unchanged) == ('"v1"', False)
    again = fetcher().fetch(site("/it"), etag=first.etag, modified="Sat, 28 Nov 2026 10:00:00 GMT")
    assert (again.is_unchanged, again.body) == (True, b"")
    assert site.asked[-1][1]["If-Modified-Since"] == "Sat, 28 Nov 2026 10:00:00 GMT"


def test_a_mark_of_a_version_that_cannot_be_sent_back_is_not_kept(site: Site) -> None:
    for odd in ('"' + "x" * 600 + '"', '"\xe9"'):
        site.pages["/it"] = lambda handler, odd=odd: send(handler, b"x", etag=odd)
        assert fetcher().fetch(site("/it")).etag == ""


def test_a_host_that_is_not_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port = taken.getsockname()[1]
        assert "refuses the connection" in said_of(f"http://news.example:{port}/")
    missing = fetcher(resolve=lambda host, port: socket.getaddrinfo("no.such.invalid", port))
    assert said_of("http://no.such.invalid/", missing) == "There is no host called no.such.invalid."


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nshort",
    ],
)
def test_an_answer_that_is_no_whole_page_is_told(site: Site, answer: bytes) -> None:
    site.pages["/it"] = lambda handler: handler.wfile.write(answer)
    assert "failed before the page was whole" in said_of(site("/it"))


def test_the_encoding_that_the_server_tells_comes_before_the_pages_own(site: Site) -> None:
    body = '<meta charset="latin1">Müller'.encode()
    site.pages["/it"] = lambda handler: send(handler, body, content_type="text/html; charset=UTF-8")
    assert as_utf8(fetcher().fetch(site("/it"))) == b"\xef\xbb\xbf" + body
    for wrong in ("koi-99", "hex", "ascii"):
        kind = f"text/html; charset={wrong}"
        site.pages["/it"] = lambda handler, kind=kind: send(handler, body, content_type=kind)
        assert as_utf8(fetcher().fetch(site("/it"))) == body


def _certificate(folder: Path, name: str) -> Path:
    file = folder / f"{name}.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"),
            *("-keyout", str(file), "-out", str(folder / "only.crt")),
        ],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + (folder / "only.crt").read_bytes())
    return file


def test_tls_is_spoken_with_the_name_and_checked_against_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, asked = _certificate(tmp_path, "news.example"), []
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(file)
    server_side.sni_callback = lambda sock, name, context: asked.append(name)
    with socket.create_server((HOST, 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    with server_side.wrap_socket(listening.accept()[0], server_side=True) as client:
                        client.recv(4096)
                        client.sendall(
                            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                            b"Content-Length: 4\r\n\r\nnews"
                        )
                except ssl.SSLError:
                    continue
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        port = listening.getsockname()[1]
        assert "certificate of news.example is not valid" in said_of(
            f"https://news.example:{port}/"
        )
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        fetched = fetcher().fetch(f"https://news.example:{port}/")
        assert (fetched.body, asked[-1]) == (b"news", "news.example")
        said = said_of(f"https://other.example:{port}/")
        assert said == "The certificate of other.example is not valid for it."
