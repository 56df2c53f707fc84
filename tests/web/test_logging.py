"""One JSON line for each request, with its id, and nothing in it that is private."""

import io
import json
import logging
from ipaddress import ip_network

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from tests.factories import editor
from tests.web.desk import FERRY
from timeline import urls
from timeline.ingest import UnreadableError, ingest
from timeline.log import JsonFormatter, RefusalsFilter

pytestmark = pytest.mark.django_db


def breaks(request: HttpRequest) -> None:
    raise RuntimeError("the shelf fell")


def forbids(request: HttpRequest) -> None:
    raise PermissionDenied


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks), path("forbids/", forbids)]
handler500 = urls.handler500


@pytest.fixture
def lines():
    """What is logged, as it stands on standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RefusalsFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


def test_the_settings_log_with_this_formatter_and_this_filter():
    console = settings.LOGGING["handlers"]["console"]
    assert console["formatter"] == "json"
    assert console["filters"] == ["refusals"]
    assert settings.LOGGING["root"]["handlers"] == ["console"]


def test_a_request_is_one_line_with_its_id(client, lines):
    answer = client.get("/?q=a+private+search")
    (line,) = lines()
    assert line.pop("time").endswith("+00:00")
    assert line.pop("ms") >= 0
    assert line == {
        "level": "info",
        "logger": "timeline.access",
        "message": "Request answered",
        "request": answer["X-Request-ID"],
        "method": "GET",
        "path": "/",
        "status": 200,
    }


def test_the_line_names_a_signed_in_editor_by_number(client, lines):
    alice = editor()
    client.force_login(alice)
    client.get("/desk/")
    assert lines()[-1]["user_id"] == alice.pk


def test_nothing_typed_and_no_cookie_is_logged(lines):
    editor()
    browser = Client()
    form = {"username": "alice", "password": "correct horse battery", "next": "/desk/"}
    browser.post("/desk/login/?next=/desk/%3Fcanary", form)
    browser.post("/desk/login/", form | {"password": "wrong canary", "username": "canary"})
    browser.post("/desk/article/bring-in/", {"text": "canary " * 50})
    browser.get(
        "/quotes/?q=canary", headers={"X-Request-ID": "canary-canary", "Cookie": "a=canary"}
    )
    said = json.dumps(lines())
    assert "canary" not in said
    assert "correct horse" not in said
    assert browser.session.session_key not in said


def test_each_request_has_another_id_and_a_reader_may_not_choose_it(client):
    first, second = (
        client.get("/", headers={"X-Request-ID": "chosen-by-me"})["X-Request-ID"] for _ in range(2)
    )
    assert first != second
    assert "chosen-by-me" not in (first, second)


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [
        ("f00f-1234.abc_9", True),
        ("short", False),
        ("x" * 65, False),
        ("with space", False),
        ("línea-nueva", False),
        ("{canary: 1}", False),
    ],
)
def test_a_trusted_proxy_may_name_the_request(client, sent, is_kept):
    with override_settings(TRUSTED_PROXIES=[ip_network("127.0.0.1")]):
        answered = client.get("/", headers={"X-Request-ID": sent})["X-Request-ID"]
    assert (answered == sent) is is_kept


def test_a_foreign_host_is_one_line_without_a_traceback(client, lines):
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    (line,) = lines()
    assert line["status"] == 400
    assert line["refusal"] == "DisallowedHost"
    assert "traceback" not in line


def test_an_oversized_request_is_one_line_without_a_traceback(client, lines):
    editor()
    answer = client.post("/desk/login/", {"username": "x" * 11_000_000})
    assert answer.status_code == 400
    (line,) = lines()
    assert line["refusal"] == "RequestDataTooBig"


@pytest.mark.parametrize(
    ("headers", "refusal"),
    [
        ({"Referer": "https://canary.example/search?q=canary"},
         "csrf: Referer checking failed"),
        ({"Referer": "http://testserver/?q=canary"}, "csrf: Referer checking failed"),
        ({"Referer": "https://[canary"}, "csrf: Referer checking failed"),
        ({"Origin": "https://canary.example"}, "csrf: Origin checking failed"),
        ({"Origin": "null canary"}, "csrf: Origin checking failed"),
        ({}, "csrf: Referer checking failed"),
        ({"Referer": "https://testserver/?q=canary"}, "csrf: CSRF cookie not set."),
        ({"Host": "canary.example"}, "DisallowedHost"),
        ({"Host": "canary.example/?q=canary", "X-Forwarded-Host": "canary"}, "DisallowedHost"),
    ],
)  # fmt: skip
def test_a_refusal_is_logged_by_its_kind_without_what_was_sent(lines, headers, refusal):
    sender = Client(enforce_csrf_checks=True)
    sender.post("/desk/login/?q=canary", {"username": "canary"}, secure=True, headers=headers)
    told = json.dumps(lines())
    assert "canary" not in told
    assert lines()[-1]["refusal"].startswith(refusal)


def test_a_page_that_is_not_there_or_not_allowed_is_one_line(lines):
    with override_settings(ROOT_URLCONF=__name__):
        for address in ("/nowhere/", "/forbids/"):
            Client().get(address)
    assert [line["status"] for line in lines()] == [404, 403]


def test_an_error_of_ours_is_logged_once_and_the_page_names_its_request(lines):
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client(raise_request_exception=False).get("/breaks/")
    assert answer.status_code == 500
    told = [line for line in lines() if "traceback" in line]
    assert len(told) == 1
    assert "the shelf fell" in told[0]["traceback"]
    assert told[0]["request"] == answer["X-Request-ID"]
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "shelf" not in answer.content.decode()


def test_no_value_can_break_or_colour_a_line(lines):
    logging.getLogger("timeline.ingest").info(
        "read\n%s", "\x1b[31m", extra={"fields": {"slug": "a\x9b\u2028\udc80b"}}
    )
    (line,) = lines()
    assert line["message"] == "read\n\x1b[31m"
    assert line["slug"] == "a\x9b\u2028\udc80b"


def test_a_long_address_is_cut(client, lines):
    client.get("/" + "x" * 10_000)
    assert len(lines()[0]["path"]) == 500


def test_a_page_that_was_read_is_one_line_with_what_was_dropped_and_none_of_its_text(lines):
    said = FERRY.replace(
        "Strand will visit", "Vale said that the ferry was “a lifeline”. Strand will visit"
    )
    outcome = ingest(said)
    (line,) = lines()
    assert line["message"] == "Page read"
    assert (line["article"], line["result"]) == (outcome.article.slug, "stored")
    assert line["characters"] == len(outcome.article.body)
    assert line["suggestions"] == len(outcome.suggestions) > 0
    assert line["ms"] >= 0
    assert all(count > 0 for count in line["dropped"].values())
    assert "lifeline" not in json.dumps(line)
    assert "Nora Vale" not in json.dumps(line)


def test_the_same_page_again_and_one_that_is_refused_are_lines_too(lines):
    ingest(FERRY)
    ingest(FERRY)
    with pytest.raises(UnreadableError):
        ingest("A headline and nothing else")
    again, refused = lines()[1:]
    assert again["result"] == "known"
    assert refused["message"] == "Page refused"
    assert refused["reason"].endswith(".")
