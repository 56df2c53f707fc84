"""Guessing passwords is slowed down, and nobody is locked out from where they did not guess."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.db.models import F
from django.test import Client, RequestFactory

from tests.factories import editor
from timeline.middleware import counted_address

PASSWORD = "correct horse battery"
HOME, AWAY = "192.0.2.7", "198.51.100.9"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alice():
    return editor()


def try_with(password: str, *, name: str = "alice", address: str = HOME, **headers: str):
    """Send the sign-in form as a browser at `address` does."""
    return Client(REMOTE_ADDR=address, headers=headers).post(
        "/desk/login/", {"username": name, "password": password, "next": "/desk/"}
    )


def fail(times: int, **how: str) -> list[int]:
    return [try_with("wrong", **how).status_code for _ in range(times)]


def let_pass(time: timedelta) -> None:
    """Move all failures into the past, as the clock would."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - time)


def test_the_eleventh_wrong_password_is_answered_with_when_to_try_again():
    assert fail(11) == [200] * 10 + [429]
    locked = try_with("wrong")
    assert locked.status_code == 429
    assert 240 <= int(locked["Retry-After"]) <= 300
    assert "Try again in 5 minutes" in locked.content.decode()


def test_while_it_waits_the_right_password_is_not_looked_at():
    fail(11)
    assert try_with(PASSWORD).status_code == 429


def test_tries_while_it_waits_do_not_prolong_the_wait():
    fail(11)
    let_pass(timedelta(minutes=4))
    assert fail(20) == [429] * 20
    let_pass(timedelta(minutes=1, seconds=1))
    assert try_with(PASSWORD).status_code == 302


def test_each_further_failure_doubles_the_wait_up_to_an_hour():
    fail(11)
    waits = []
    for _ in range(6):
        let_pass(timedelta(hours=1, seconds=1))
        waits.append(round(int(try_with("wrong")["Retry-After"]) / 60))
    assert waits == [10, 20, 40, 60, 60, 60]


def test_the_name_may_sign_in_from_another_address_meanwhile():
    fail(11)
    assert try_with(PASSWORD, address=AWAY).status_code == 302


def test_another_name_may_sign_in_from_the_same_address_meanwhile():
    editor("bob")
    fail(11)
    assert try_with(PASSWORD, name="bob").status_code == 302


def test_an_address_that_tries_many_names_waits_with_all_of_them():
    answers = [try_with("wrong", name=f"name{number}").status_code for number in range(33)]
    assert answers == [200] * 32 + [429]
    assert try_with(PASSWORD).status_code == 429
    assert try_with(PASSWORD, address=AWAY).status_code == 302


def test_signing_in_ends_the_count_of_that_name_alone():
    fail(10)
    fail(10, name="bob")
    assert try_with(PASSWORD).status_code == 302
    assert fail(10) == [200] * 10
    assert fail(1, name="bob") == [429]


def test_a_day_without_failures_ends_the_count():
    fail(10)
    let_pass(timedelta(days=1, seconds=1))
    assert fail(10) == [200] * 10


def test_changing_the_browser_or_a_forged_forwarding_header_starts_no_new_count():
    answers = [
        try_with("wrong", **{"User-Agent": f"b{n}", "X-Forwarded-For": f"203.0.113.{n}"})
        for n in range(11)
    ]
    assert answers[-1].status_code == 429


def test_a_new_password_for_the_editor_ends_all_waiting(capsys):
    fail(11)
    call_command("editor", "alice", reset_password=True)
    password = capsys.readouterr().out.split()[-1]
    assert try_with(password).status_code == 302


def test_neither_the_failures_nor_their_log_keep_a_password(caplog):
    try_with("hunter2 and more")
    fail(11)
    stored = str(list(AccessAttempt.objects.values()))
    assert "hunter2" not in stored
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", ""])
def test_a_foreign_next_lands_on_the_desk(client, onward):
    answer = client.post(
        f"/desk/login/?next={onward}",
        {"username": "alice", "password": PASSWORD, "next": onward},
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("remote", "forwarded", "counted"),
    [
        ("192.0.2.7", "203.0.113.5", "192.0.2.7"),
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "8.8.8.8, 203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "8.8.8.8, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        ("10.0.0.1", "203.0.113.5, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("", "203.0.113.5", None),
    ],
)
def test_only_trusted_proxies_say_who_the_client_is(settings, remote, forwarded, counted):
    from ipaddress import ip_network

    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
    assert counted_address(request) == counted


def test_a_form_that_is_too_old_is_told_in_our_look():
    answer = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "alice"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Nothing was changed" in page
    assert '<nav class="site__nav"' in page
