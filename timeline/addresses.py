"""Web addresses: which of them are fetched at all, and which hosts they may lead to."""

import hashlib
import ipaddress
import re
import socket

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

type IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_ADDRESS = 2000  # characters
# What campaigns and networks add to an address, whose page stays the same
_TRACKING = re.compile(
    r"(utm_\w*|mtm_\w*|pk_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid"
    r"|mc_eid|_ga|_hsenc|_hsmi|ocid|cmpid|ref_src|ref_url|smid|s_cid|ito|at_medium|at_campaign)",
    re.IGNORECASE,
)
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
# IPv6 addresses that lead on to an IPv4 address: NAT64 (RFC 6052) and 6to4 (RFC 3056)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_6TO4 = ipaddress.IPv6Network("2002::/16")


class FetchError(ValueError):
    """An address that was not fetched. The message is one sentence for whoever gave it.

    `status` is that of the answer, where there was one; `wait` the seconds that the server asks to
    be left alone for.
    """

    def __init__(self, message: str, status: int | None = None, wait: int | None = None) -> None:
        super().__init__(message)
        self.status, self.wait = status, wait


def is_public(address: IPAddress) -> bool:
    """Whether an address is a host of the public internet, as IANA's registries have it.

    >>> is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    False
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address in _6TO4:
            return is_public(ipaddress.IPv4Address(int(address) >> 80 & 0xFFFFFFFF))
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def parsed(address: str, before: str = "") -> Url:
    """Return the parts of an address. Raises FetchError for one that is not fetched at all."""
    address = address.strip()
    if len(address) > LONGEST_ADDRESS:
        raise FetchError(f"{before}An address has {LONGEST_ADDRESS} characters at most.")
    try:
        url = parse_url(address)
    except LocationParseError:
        url = Url(scheme=address.partition(":")[0].lower())
    if _UNFIT.search(address) or (url.scheme in ("http", "https") and not url.host):
        raise FetchError(f"{before}This is no address of a page.")
    if url.scheme not in ("http", "https"):
        raise FetchError(f"{before}An address begins with http:// or https://.")
    if url.auth is not None:
        raise FetchError(f"{before}An address with a name or password in it is not fetched.")
    if not url.host or "%" in url.host:
        raise FetchError(f"{before}This is no address of a page.")
    if port_of(url) < 1024 and port_of(url) not in (80, 443):
        raise FetchError(f"{before}Pages are not fetched from port {port_of(url)}.")
    return url


def port_of(url: Url) -> int:
    """Return the port that an address names, or that of its scheme."""
    return url.port if url.port is not None else 443 if url.scheme == "https" else 80


def normal(address: str) -> str:
    """Return the form in which two addresses of one page are the same, or nothing for none.

    >>> normal("http://News.example:80/a/?utm_source=x&id=1#top")
    'news.example/a?id=1'
    """
    try:
        url = parse_url(address.strip())
    except LocationParseError:
        return ""
    if url.scheme not in ("http", "https") or not url.host:
        return ""
    given = (url.query or "").split("&")
    kept = [part for part in given if part and not _TRACKING.fullmatch(part.partition("=")[0])]
    port = "" if port_of(url) in (80, 443) else f":{url.port}"
    path = (url.path or "").rstrip("/")
    return f"{url.host}{port}{path}{'?' if kept else ''}{'&'.join(kept)}"


def address_key(address: str) -> str:
    """Return what an address is recognised by, in 40 characters, or nothing.

    A site's front page is none: many articles give it as theirs.
    """
    form = normal(address) if address else ""
    form = form if "/" in form or "?" in form else ""
    return hashlib.blake2b(form.encode(), digest_size=20).hexdigest() if form else ""
