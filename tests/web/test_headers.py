"""The headers that keep a page's scripts, frames and sensors in bounds, on every kind of answer."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, StreamingHttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from tests import factories as make
from tests.factories import editor
from timeline import urls

pytestmark = pytest.mark.django_db


def breaks(request: HttpRequest) -> None:
    raise RuntimeError


DONE: list[str] = []


class Rows:
    """What an export streams, and whether it was read and closed."""

    def __iter__(self) -> Iterator[bytes]:
        DONE.append("read")
        yield b"a row"

    def close(self) -> None:
        DONE.append("closed")


def streams(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(Rows())


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks), path("streams/", streams)]
handler500 = urls.handler500
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script>")
ANSWERS = {
    "/": 200,
    "/nowhere/": 404,
    "/breaks/": 500,
    "/health/": 200,
    "/desk/": 302,
    "/desk/login/": 200,
    "/static/timeline/icon.svg": 200,
    "/static/timeline/css/broken.css": 200,
}


@pytest.fixture
def answer_to():
    """A maker of answers, errors and static files among them."""
    with override_settings(
        ROOT_URLCONF=__name__, WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True
    ):
        yield Client(raise_request_exception=False).get


@pytest.mark.parametrize(("address", "status"), ANSWERS.items())
def test_every_kind_of_answer_has_them(answer_to, address, status):
    answer = answer_to(address)
    assert answer.status_code == status
    assert "camera=(), " in answer["Permissions-Policy"]
    assert "browsing-topics=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert re.fullmatch(r"[0-9a-f]{16}", answer["X-Request-ID"])


def served(method: str, address: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body as a server gets them; Django's test client drops a body itself."""
    begun = []
    environ = RequestFactory().generic(method, address, headers=headers).environ
    answer = WSGIHandler()(environ, lambda *given: begun.append(given))
    body = b"".join(answer)
    answer.close()
    ((status, sent),) = begun
    return status, dict(sent), body


@pytest.mark.parametrize("gzip", [{}, {"Accept-Encoding": "gzip"}], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    "address",
    [*ANSWERS, "/articles/", "/robots.txt", "/streams/", "/timelines/harbour/",
     *(f"/timelines/harbour/export/{name}/" for name in ("csv", "json", "ics", "nothing"))],
)  # fmt: skip
def test_head_is_answered_as_get_without_a_body(answer_to, address, gzip):
    make.timeline(make.event("Talks"))
    DONE.clear()
    (status, sent, body), (also, with_body, whole) = (
        served(method, address, **gzip) for method in ("HEAD", "GET")
    )
    assert (status, body) == (also, b"")
    assert sent.keys() == with_body.keys()
    assert sent.get("Content-Type") == with_body.get("Content-Type")
    if not gzip and "Content-Length" in with_body and whole:
        assert int(with_body["Content-Length"]) == len(whole)
    if address == "/streams/":
        assert DONE == ["closed", "read", "closed"]
        assert b"a row" in whole or gzip


def test_head_of_a_refused_host_has_no_body_either(answer_to):
    assert served("HEAD", "/", Host="evil.example")[2] == b""


def test_a_refused_host_gets_them_too(answer_to):
    answer = answer_to("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Permissions-Policy" in answer
    assert "Content-Security-Policy" in answer


def policy(page) -> dict[str, str]:
    directives = page["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def test_scripts_come_from_here_or_are_the_one_file_of_the_cdn(client):
    assert policy(client.get("/"))["script-src"] == f"'self' {settings.CHART_URL}"


def test_styles_come_from_here_alone(client):
    assert policy(client.get("/"))["style-src"] == "'self'"


@pytest.mark.parametrize("page", ["", "timeline/event/", "timeline/event/add/", "auth/user/"])
def test_the_desk_needs_no_exception_for_django_writes_no_style_inline(client, page):
    client.force_login(editor())
    answer = client.get(f"/desk/{page}")
    assert policy(answer)["style-src"] == "'self'"
    assert INLINE.findall(answer.getvalue().decode()) == []


def test_no_template_has_a_style_or_a_script_of_its_own():
    written = {
        template.name: INLINE.findall(template.read_text("utf-8"))
        for template in (settings.BASE_DIR / "templates").rglob("*.html")
    }
    assert {name: found for name, found in written.items() if found} == {}
