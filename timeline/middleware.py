"""What happens around every request: room, id and log line, HEAD, headers, the second step."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.functional import SimpleLazyObject

from timeline.log import LONGEST, request_id
from timeline.room import with_room
from timeline.two_factor import second_step_due

log = logging.getLogger("timeline.access")
type GetResponse = Callable[[HttpRequest], HttpResponse]
type AnyUser = User | AnonymousUser

# No page uses any of these, and no script that slips in shall.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
        *("encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer"),
        *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-create"),
        *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "web-share"),
        *("xr-spatial-tracking",),
    )
)


class Request(HttpRequest):
    """A request with what is added to it here and in `timeline.log`; declared for type checks."""

    id: str
    user_id: int  # of a user who is signed in
    refusal: str  # why it was refused
    password_user: AnyUser


class RequestLogMiddleware:
    """Gives each request an id, and writes one line when it has been answered.

    The line has method, path, status, milliseconds, the signed-in user's id and, for a refused
    request, the reason. The query string is left out: it holds what a reader searched for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        begun = time.perf_counter()
        given = request.headers.get("X-Request-ID", "") if comes_from_proxy(request) else ""
        is_id = re.fullmatch(r"[\w.-]{8,64}", given, re.ASCII)
        request.id = given if is_id else secrets.token_hex(8)
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
            log.info(
                "Request answered",
                extra={"fields": fields(request, response, time.perf_counter() - begun)},
            )
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


def fields(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    """Return what the access line tells of an answered request."""
    told: dict[str, object] = {
        "method": (request.method or "")[:LONGEST],
        "path": request.path[:LONGEST],
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }
    for name in ("user_id", "refusal"):
        if hasattr(request, name):
            told[name] = getattr(request, name)
    return told


class RoomMiddleware:
    """Answers each request with room for the frames of its calls."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return with_room(lambda: self.get_response(request))


class HeadMiddleware:
    """Answers HEAD as GET without its body, which gunicorn would drop with a warning for each.

    The headers stay, the length of the body too. What streams is not begun; the server closes it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response


class HeadersMiddleware:
    """Adds the headers that Django has no setting for to every answer, static files included."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class SecondStepMiddleware:
    """Lets a user count as signed in only after the second step, where one is due.

    Until then ``request.user`` is anonymous on every page, the public ones that show editors more
    included; ``request.password_user`` is whom the password named, for the pages of the step.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.password_user = request.user

        def signed_in() -> AnyUser:
            user = request.password_user
            if not user.is_authenticated or second_step_due(user):
                return AnonymousUser()
            request.user_id = user.pk
            return user

        request.user = cast(AnyUser, SimpleLazyObject(signed_in))  # it passes for what it finds
        return self.get_response(request)


def password_user_of(request: HttpRequest) -> AnyUser:
    """Return whom the password named, whether or not the second step has been taken."""
    user: AnyUser = cast(Request, request).password_user
    return user


def comes_from_proxy(request: HttpRequest) -> bool:
    """Return whether the request comes from one of TRUSTED_PROXIES."""
    return is_proxy(request.META.get("REMOTE_ADDR", ""))


def is_proxy(address: str) -> bool:
    """Return whether an address belongs to one of TRUSTED_PROXIES; what is no address does not."""
    try:
        return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


def client_address(request: HttpRequest) -> str:
    """Return the address of the client: the nearest one that is not a trusted proxy's.

    X-Forwarded-For is written by whoever sends it, so it is read from its end, and only as far as
    trusted proxies have appended to it.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    for forwarded in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if not is_proxy(address):
            break
        try:
            address = str(ip_address(forwarded.strip()))
        except ValueError:
            break
    return address


def counted_address(request: HttpRequest) -> str | None:
    """Return the address that a client is counted by; of IPv6 the /64 that one line is given."""
    try:
        address = ip_address(client_address(request))
    except ValueError:  # a Unix socket has none
        return None
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_network(f"{address}/64", strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)
