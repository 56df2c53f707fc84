"""Web sites of our own on this machine, for the tests of fetching."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from timeline.addresses import IPAddress
from timeline.fetch import Fetcher, FetchError, Limits, Pace

type Page = bytes | str | Callable[[BaseHTTPRequestHandler], None]

HOST = "127.0.0.2"  # so that 127.0.0.1 stays what must not be reached
NEWS = "<h1>The ferry sails again</h1>"


@dataclass
class Site:
    """A server on a loopback address; `asked` are the requests that it got, in order."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def __call__(self, path: str, host: str = "news.example") -> str:
        """The address of a page under a name that the tests' resolver knows."""
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, without the rules for robots."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def send(
    handler: BaseHTTPRequestHandler, body: bytes = b"", status: int = 200, **headers: str
) -> None:
    """Answer with headers named as Python names them: `content_type`."""
    handler.send_response(status)
    for name, value in {"content_type": "text/html", **headers}.items():
        handler.send_header(name.replace("_", "-").title(), value)
    handler.end_headers()
    handler.wfile.write(body)


def redirect(to: str, status: int = 302) -> Page:
    """A page that leads on to another."""
    return lambda handler: send(handler, status=status, location=to)


@contextmanager
def serving(host: str = HOST, family: int | None = None) -> Iterator[Site]:
    """Serve a site, whose pages the test writes, until the test ends."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path)
            if page is None:
                send(self, b"nothing here", 404)
            elif callable(page):
                page(self)
            else:
                send(self, page.encode() if isinstance(page, str) else page)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        address_family = family or ThreadingHTTPServer.address_family

        def handle_error(self, *args: object) -> None:
            """A client that goes away is what some tests are about."""

    server = Server((host, 0), Handler)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def fetcher(**changes: object) -> Fetcher:
    """A fetcher for which every *.example is our site, and that address the only public one."""
    real = Fetcher().resolve

    def resolve(host: str, port: int) -> list[str]:
        return [HOST] if host.endswith(".example") else real(host, port)

    def is_allowed(address: IPAddress) -> bool:
        return str(address) == HOST or Fetcher().is_allowed(address)

    parts = {"resolve": resolve, "is_allowed": is_allowed, "pace": Pace(lambda seconds: None)}
    return Fetcher(**{"limits": Limits(seconds=5), **parts, **changes})


def said_of(address: str, of: Fetcher | None = None, **more: object) -> str:
    """What is said where an address is not fetched; it must be one sentence."""
    with pytest.raises(FetchError) as refused:
        (of or fetcher()).fetch(address, **more)
    assert str(refused.value).endswith((".", "."))
    return str(refused.value)
