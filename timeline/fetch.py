"""Fetching pages, feeds and robots.txt from addresses that anybody may have chosen, safely.

An address leads to public hosts alone, at every redirect: a name is resolved once, all that it
resolves to is checked, and the connection goes to the very address that was checked, while TLS and
the Host header keep the name. So a name that changes its answer (DNS rebinding) reaches nothing.
"""

import codecs
import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urljoin

from django.conf import settings
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url

from timeline.addresses import FetchError, IPAddress, is_public, parsed, port_of, resolve

PAGES = ("text/html", "application/xhtml+xml", "text/plain")
FEEDS = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
    # many servers call their feeds so; what is none is told by the parser
    *("application/xml", "text/xml", "text/html", "text/plain"),
)
NAME = "Dateline"  # what robots.txt may call us
_LONGEST_WAIT = 10.0  # seconds; a crawl delay above it is cut to it
_ROBOTS_HOLD = 3600.0  # seconds
_MOST_HOSTS = 1000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_READ_AS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}  # as browsers do
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take: `size` in bytes, after decompression too; `seconds` in all, without
    the waiting between two requests of one host; `pause`, the seconds between these."""

    size: int = 10_000_000
    robots_size: int = 512_000  # RFC 9309, section 2.5, asks for 500 KiB at least
    seconds: float = 20.0
    redirects: int = 5
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. `address` is the last one, after redirects; where it `is_unchanged`
    since the ETag or the time that was sent, `body` is empty."""

    address: str
    body: bytes = b""
    type: str = ""
    etag: str = ""
    modified: str = ""
    is_unchanged: bool = False


class Pace:
    """The delay between two requests of one host, shared by all threads of the process."""

    def __init__(self, sleep: Callable[[float], object] = time.sleep) -> None:
        self._sleep, self._lock = sleep, threading.Lock()
        self._free_at: dict[str, float] = {}

    def wait(self, host: str, delay: float) -> None:
        """Wait until the host may be asked again, and let the next one wait for `delay` seconds."""
        with self._lock:
            now = time.monotonic()
            if len(self._free_at) > _MOST_HOSTS:
                self._free_at = {name: at for name, at in self._free_at.items() if at > now}
            begin = max(now, self._free_at.get(host, now))
            self._free_at[host] = begin + delay
        if begin > now:
            self._sleep(begin - now)


class Budget:
    """The seconds that a fetch may still take, and who ends its connection when none is left.

    A server that sends a byte now and then never meets the timeout of a socket, which is one of
    each read: a thread shuts the connection, whatever the reading waits for.
    """

    def __init__(self, seconds: float) -> None:
        self.whole, self.left = seconds, seconds
        self.is_over = False
        self.connection: HTTPConnection | None = None
        self.socket: socket.socket | None = None  # the connection forgets it once it has answered

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Count the time that is spent within, and end the connection where it is too long."""
        begin, done = time.monotonic(), threading.Event()
        threading.Thread(target=self._watch, args=(begin + self.left, done), daemon=True).start()
        try:
            yield
        finally:
            done.set()
            self.left -= time.monotonic() - begin
            if self.connection:
                self.connection.close()
            if self.socket:
                self.socket.close()
            self.connection = self.socket = None

    def _watch(self, until: float, done: threading.Event) -> None:
        while not done.wait(max(0.1, until - time.monotonic())):
            self.is_over = True
            if open_socket := self.socket or (self.connection and self.connection.sock):
                with suppress(OSError):
                    # not SSLSocket's own, which would take the TLS state from the reading thread
                    socket.socket.shutdown(open_socket, socket.SHUT_RDWR)

    def late(self) -> FetchError:
        """Return what is said where nothing is left."""
        return FetchError(f"It did not answer in full within {self.whole:g} seconds.")


@dataclass
class Fetcher:
    """Fetches addresses; its parts can be exchanged by whoever makes it, and by no setting."""

    limits: Limits = field(default_factory=Limits)
    resolve: Callable[[str, int], list[str]] = resolve
    is_allowed: Callable[[IPAddress], bool] = is_public
    pace: Pace = field(default_factory=Pace)
    _robots: dict[str, tuple[float, Protego]] = field(default_factory=dict)

    def fetch(
        self, address: str, kinds: tuple[str, ...] = PAGES, *, etag: str = "", modified: str = ""
    ) -> Fetched:
        """Return what an address answers, of one of these media types.

        `etag` and `modified` are those of what is here already, as its server gave them. Raises
        FetchError with the reason for whatever is not fetched.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        budget = Budget(self.limits.seconds)
        headers["Accept"] = ", ".join(kinds)
        return self._follow(parsed(address), headers, budget, kinds)

    def _follow(
        self, url: Url, headers: dict[str, str], budget: Budget, kinds: tuple[str, ...]
    ) -> Fetched:
        """Ask an address, and those that it leads on to, each checked as the first."""
        is_robots, seen = not kinds, {str(url)}
        while True:
            delay = 0.0 if is_robots else self._delay_of_robots(url, budget)
            if not is_robots:
                self.pace.wait(str(url.host), delay)
            answer, target = self._ask(url, headers, budget, kinds)
            if target is None:
                return answer
            url = parsed(target, "It leads on to an address that is not followed: ")
            if str(url) in seen:
                raise FetchError("It leads in a circle: one address redirects to the other.")
            seen.add(str(url))
            if len(seen) > self.limits.redirects + 1:
                raise FetchError(f"It redirects more than {self.limits.redirects} times.")

    def _delay_of_robots(self, url: Url, budget: Budget) -> float:
        """Return the seconds to leave between two requests. Raises FetchError for a refusal."""
        origin = url._replace(auth=None, path="/robots.txt", query=None, fragment=None)
        until, rules = self._robots.get(str(origin), (0.0, None))
        if rules is None or until < time.monotonic():
            rules = self._read_robots(origin, budget)
            if len(self._robots) > _MOST_HOSTS:
                self._robots.clear()
            self._robots[str(origin)] = (time.monotonic() + _ROBOTS_HOLD, rules)
        if not rules.can_fetch(str(url._replace(fragment=None)), NAME):
            raise FetchError(f"{url.host} asks robots not to fetch this page (robots.txt).")
        return max(self.limits.pause, min(rules.crawl_delay(NAME) or 0.0, _LONGEST_WAIT))

    def _read_robots(self, origin: Url, budget: Budget) -> Protego:
        """Return a host's rules; a host without any allows all (RFC 9309, section 2.3.1)."""
        try:
            body = self._follow(origin, {"Accept": "text/plain"}, budget, ()).body
        except FetchError as error:
            if error.status is None:
                raise
            if error.status >= 500 or error.status == 429:
                said = f"Whether {origin.host} allows it cannot be read (robots.txt): {error}"
                raise FetchError(said, error.status, error.wait) from error
            body = b""
        return Protego.parse(body.decode("utf-8", errors="replace"))

    def _ask(
        self, url: Url, headers: dict[str, str], budget: Budget, kinds: tuple[str, ...]
    ) -> tuple[Fetched, str | None]:
        """Return what one address answers, and the address that it leads on to, if it does."""
        with self._answer(url, headers, budget) as response:
            if response.status in _REDIRECTS and "location" in response.headers:
                location = response.headers["location"].encode("latin-1", "replace")
                return Fetched(str(url)), urljoin(str(url), location.decode("utf-8", "replace"))
            is_unchanged = response.status == 304 and len(headers) > 1
            size = self.limits.size if kinds else self.limits.robots_size
            kind = "" if is_unchanged else _checked(response, kinds, size)
            return Fetched(
                str(url._replace(fragment=None)),
                b"" if is_unchanged else _body(response, size, is_cut=not kinds),
                kind,
                _sent_back(response, "etag", 500),
                _sent_back(response, "last-modified", 100),
                is_unchanged,
            ), None

    @contextmanager
    def _answer(
        self, url: Url, headers: dict[str, str], budget: Budget
    ) -> Iterator[BaseHTTPResponse]:
        """Give an answer whose body is still to be read; the time for that is counted, too."""
        with budget.spent():
            try:
                connection = self._connected(url, budget)
                connection.request(
                    "GET", url.request_uri, headers=headers | _always(url), preload_content=False
                )
                yield connection.getresponse()
            except FetchError:
                raise
            except (HTTPError, HTTPException, OSError, ValueError) as error:
                if budget.is_over or isinstance(error, TimeoutError):
                    raise budget.late() from error
                raise FetchError(_trouble(url, error)) from error
        if budget.is_over:
            raise budget.late()

    def _connected(self, url: Url, budget: Budget) -> HTTPConnection:
        """Return a connection to the first checked address of the host that takes one."""
        failed: Exception | None = None
        for address in self._addresses(url):
            budget.connection = _connection(url, address, max(0.1, budget.left))
            try:
                budget.connection.connect()
            except (HTTPError, OSError, ValueError) as error:
                budget.connection.close()
                failed = error
                if budget.is_over:
                    raise
            else:
                budget.socket = budget.connection.sock
                return budget.connection
        raise FetchError(_trouble(url, failed)) from failed

    def _addresses(self, url: Url) -> list[str]:
        """Return what a host resolves to. Raises FetchError where one of these is not public."""
        host = str(url.host).strip("[]").rstrip(".")
        try:
            found = self.resolve(host, port_of(url))
            checked = [ipaddress.ip_address(address) for address in found]
        except (OSError, UnicodeError, ValueError) as error:
            raise FetchError(f"There is no host called {host}.") from error
        if not checked:
            raise FetchError(f"There is no host called {host}.")
        if not all(map(self.is_allowed, checked)):
            raise FetchError(f"{host} is no host of the public internet: it is not fetched from.")
        return [str(one) for one in checked]


def _always(url: Url) -> dict[str, str]:
    """Return the headers of each request: gzip and deflate alone are unpacked within bounds."""
    return {
        "Host": str(url.host) if url.port is None else f"{url.host}:{url.port}",
        "User-Agent": settings.USER_AGENT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def _connection(url: Url, address: str, seconds: float) -> HTTPConnection:
    """Return a connection to an IP address, which speaks to the host by its name."""
    if url.scheme == "http":
        return HTTPConnection(address, port_of(url), timeout=seconds)
    host = str(url.host).strip("[]")
    return HTTPSConnection(
        address, port_of(url), timeout=seconds, server_hostname=host, assert_hostname=host
    )


def _checked(response: BaseHTTPResponse, kinds: tuple[str, ...], size: int) -> str:
    """Return the media type of an answer. Raises FetchError for one that is not taken."""
    status = response.status
    if status != 200:
        raise FetchError(_refusal(status), status, _wait_of(response))
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"It is packed in a way that is not unpacked here ({packed[:40]}).")
    if kinds and (response.length_remaining or 0) > size:
        raise _too_big(size)
    stated = response.headers.get("content-type", "")
    kind = stated.partition(";")[0].strip().lower()
    if kinds and kind not in kinds:
        said = f"It is no page but {kind[:60]}" if kind else "It does not state its type"
        raise FetchError(f"{said}: it is not read.")
    return stated


def _sent_back(response: BaseHTTPResponse, name: str, longest: int) -> str:
    """Return a header that is sent back to its server one day; nothing for one that cannot be."""
    value = response.headers.get(name, "")
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""


def _refusal(status: int) -> str:
    """Return what is said of a status that is no success."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "an unknown status"
    return f"It answers {status} ({phrase})."


def _wait_of(response: BaseHTTPResponse) -> int | None:
    """Return the seconds of a Retry-After header; a date in it is passed over."""
    value = response.headers.get("retry-after", "").strip()
    return int(value) if re.fullmatch(r"[0-9]{1,7}", value) else None


def _body(response: BaseHTTPResponse, size: int, *, is_cut: bool) -> bytes:
    """Return an answer's body, unpacked, never more than `size` bytes of it in memory.

    Raises FetchError for a longer one, unless it is to be cut.
    """
    parts, length = [], 0
    while part := response.read(65_536, decode_content=True):
        parts.append(part)
        length += len(part)
        if length > size:
            if is_cut:
                break
            raise _too_big(size)
    return b"".join(parts)[:size]


def _too_big(size: int) -> FetchError:
    return FetchError(f"It is bigger than {size / 1e6:g} MB, and is not fetched.")


def _trouble(url: Url, error: Exception | None) -> str:
    """Return what is said of a connection that failed."""
    said = str(error)
    if isinstance(error, DecodeError):
        return "What it sends is damaged: it cannot be unpacked."
    if "CERTIFICATE" in said.upper() or "doesn't match" in said:
        return f"The certificate of {url.host} is not valid for it."
    if isinstance(error, TimeoutError) or "timed out" in said:
        return f"{url.host} does not answer."
    if isinstance(error, ConnectionRefusedError) or "refused" in said:
        return f"{url.host} refuses the connection."
    return f"The connection to {url.host} failed before the page was whole."


def as_utf8(page: Fetched) -> bytes:
    """Return a page's bytes; in UTF-8, with its mark, where the server tells the encoding.

    HTML gives what the server tells precedence over what the page declares, and a byte order mark
    precedence over both (WHATWG, Encoding Standard, section 6.1).
    """
    stated = _CHARSET.search(page.type)
    if stated is None:
        return page.body
    try:
        return (
            codecs.BOM_UTF8
            + page.body.decode(_READ_AS.get(stated[1].lower(), stated[1]))
            .removeprefix("\ufeff")
            .encode()
        )
    except (LookupError, UnicodeError):
        return page.body
