"""The headers that keep a page's scripts, frames and sensors in bounds, on every kind of answer."""

import re

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from tests.factories import editor
from timeline import urls

pytestmark = pytest.mark.django_db


def breaks(request: HttpRequest) -> None:
    raise RuntimeError


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks)]
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
    assert INLINE.findall(answer.content.decode()) == []


def test_no_template_has_a_style_or_a_script_of_its_own():
    written = {
        template.name: INLINE.findall(template.read_text("utf-8"))
        for template in (settings.BASE_DIR / "templates").rglob("*.html")
    }
    assert {name: found for name, found in written.items() if found} == {}
