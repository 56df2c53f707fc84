"""From the password to the desk by way of a code: set up, asked for, lost, guessed at."""

import re
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.factories import article, editor

DESK, LOGIN, CODE, TWO_FACTOR = "/desk/", "/desk/login/", "/desk/login/code/", "/desk/two-factor/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return editor()


def sign_in(onward: str = DESK) -> tuple[Client, str]:
    """Give the password in a new browser; return it with the address it was led to."""
    browser = Client()
    answer = browser.post(
        f"{LOGIN}?next={onward}",
        {"username": "alice", "password": "correct horse battery", "next": onward},
        follow=True,
    )
    return browser, answer.redirect_chain[-1][0]


def shown_code(later: int = 0) -> str:
    """Return what the app shows now, or after so many steps of 30 seconds."""
    app = TOTP(TOTPDevice.objects.get().bin_key)
    app.time = time.time() + 30 * later
    return f"{app.token():06d}"


@pytest.fixture
def codes(client, alice) -> list[str]:
    """Set two-factor sign-in up through its pages; return the recovery codes shown."""
    client.force_login(alice)
    client.post(TWO_FACTOR, {"do": "start"})
    page = client.post(TWO_FACTOR, {"code": shown_code()}).content.decode()
    let_steps_pass()
    return re.findall(r"<code>([a-z2-7]{8})</code>", page)


def let_steps_pass() -> None:
    """Let the app's present code count as not yet used, as a minute would."""
    TOTPDevice.objects.update(last_t=F("last_t") - 5, throttling_failure_count=0)


def test_setting_up_shows_a_key_and_ten_recovery_codes_once(client, alice):
    client.force_login(alice)
    page = client.post(TWO_FACTOR, {"do": "start"}, follow=True).content.decode()
    assert "data:image/svg+xml" in page
    page = client.post(TWO_FACTOR, {"code": shown_code()}).content.decode()
    assert len(re.findall(r"<code>[a-z2-7]{8}</code>", page)) == 10
    later = client.get(TWO_FACTOR).content.decode()
    assert "10 recovery codes left" in later
    assert re.findall(r"<code>[a-z2-7]{8}</code>", later) == []


def test_a_wrong_code_does_not_switch_it_on(client, alice):
    client.force_login(alice)
    client.post(TWO_FACTOR, {"do": "start"})
    assert "This code is wrong" in client.post(TWO_FACTOR, {"code": "12345"}).content.decode()
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_the_code_leads_from_the_password_to_where_one_wanted_to_go(codes):
    browser, led_to = sign_in(onward="/desk/timeline/event/")
    assert led_to == f"{CODE}?next=/desk/timeline/event/"
    answer = browser.post(led_to, {"code": shown_code(), "next": "/desk/timeline/event/"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/timeline/event/")
    assert browser.get("/desk/timeline/event/").status_code == 200


def test_until_the_code_is_given_the_editor_is_nobody(codes):
    shown = article("2018-05-01", body="A private body.")
    browser, _ = sign_in()
    for address in (DESK, "/desk/timeline/article/", "/desk/password_change/"):
        assert browser.get(address).status_code == 302
    page = browser.get(f"/articles/{shown.slug}/")
    assert "A private body." not in page.content.decode()


def test_a_code_counts_once(codes):
    code = shown_code()
    first, _ = sign_in()
    assert first.post(CODE, {"code": code}).status_code == 302
    second, _ = sign_in()
    assert "was used before" in second.post(CODE, {"code": code}).content.decode()
    assert second.get(DESK).status_code == 302


def test_a_recovery_code_lets_in_once(codes):
    first, _ = sign_in()
    typed = f" {codes[0][:4].upper()}-{codes[0][4:]} "
    assert first.post(CODE, {"code": typed}).status_code == 302
    assert first.get(DESK).status_code == 200
    second, _ = sign_in()
    assert "was used before" in second.post(CODE, {"code": codes[0]}).content.decode()
    assert StaticToken.objects.count() == 9


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "１２３４５６", "x" * 5000, "\0" * 6])
def test_what_is_no_code_lets_nobody_in(codes, typed):
    browser, _ = sign_in()
    assert browser.post(CODE, {"code": typed}).status_code == 200
    assert browser.get(DESK).status_code == 302


def test_guessing_codes_makes_the_next_wait_even_if_it_is_right(codes):
    browser, _ = sign_in()
    browser.post(CODE, {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=6)  # five more, in the same second
    answer = browser.post(CODE, {"code": shown_code()})
    assert answer.status_code == 429
    assert "try again in" in answer.content.decode()
    assert browser.get(DESK).status_code == 302


def test_whoever_guesses_keeps_the_owner_waiting_for_less_than_an_hour(codes, caplog):
    browser, led_to = sign_in()
    long_ago = timezone.now() - timedelta(days=9000)
    TOTPDevice.objects.update(throttling_failure_count=25, throttling_failure_timestamp=long_ago)
    browser.post(led_to, {"code": "123450"})
    device = TOTPDevice.objects.get()
    allowed, reason = device.verify_is_allowed()
    assert not allowed
    assert reason["locked_until"] - timezone.now() < timedelta(hours=1)
    (record,) = [one for one in caplog.records if one.getMessage() == "Wrong code"]
    assert record.fields == {"user_id": device.user_id}


def test_a_password_alone_cannot_set_up_another_app(codes):
    browser, _ = sign_in()
    assert browser.post(TWO_FACTOR, {"do": "start"}).status_code == 302
    assert browser.post(TWO_FACTOR, {"do": "off", "code": ""}).status_code == 302
    assert TOTPDevice.objects.count() == 1


def test_switching_off_asks_for_a_code(client, codes):
    assert "This field is required" in client.post(TWO_FACTOR, {"do": "off"}).content.decode()
    assert TOTPDevice.objects.exists()
    client.post(TWO_FACTOR, {"do": "off", "code": shown_code()})
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert sign_in()[1] == DESK


def test_new_recovery_codes_replace_the_old(client, codes):
    page = client.post(TWO_FACTOR, {"do": "codes", "code": shown_code()}).content.decode()
    new = re.findall(r"<code>([a-z2-7]{8})</code>", page)
    assert len(new) == 10
    assert set(new).isdisjoint(codes)
    browser, _ = sign_in()
    assert browser.post(CODE, {"code": codes[0]}).status_code == 200


def test_where_it_is_required_the_desk_opens_only_after_setting_it_up(settings, alice):
    settings.TWO_FACTOR = True
    browser, led_to = sign_in()
    assert led_to.startswith(TWO_FACTOR)
    assert browser.get(DESK).status_code == 302
    browser.post(TWO_FACTOR, {"do": "start"})
    browser.post(TWO_FACTOR, {"code": shown_code()})
    assert browser.get(DESK).status_code == 200


def test_one_may_leave_and_sign_in_as_somebody_else(codes):
    browser, _ = sign_in()
    assert browser.post(CODE, {"do": "leave"})["Location"] == LOGIN
    assert browser.get(LOGIN).status_code == 200


def test_signing_in_gives_the_session_a_new_key(codes):
    browser, _ = sign_in()
    before = browser.session.session_key
    browser.post(CODE, {"code": shown_code()})
    assert browser.session.session_key != before


def test_an_editor_who_lost_the_app_and_the_codes_is_helped_from_the_command_line(codes, capsys):
    call_command("editor", "alice", reset_two_factor=True)
    assert "alice signs in without a code now" in capsys.readouterr().out
    assert sign_in()[1] == DESK


def test_resetting_it_for_nobody_is_told(db):
    with pytest.raises(CommandError, match="no editor “nobody”"):
        call_command("editor", "nobody", reset_two_factor=True)


def test_strangers_are_sent_to_sign_in(client, db):
    for address in (CODE, TWO_FACTOR):
        assert client.get(address)["Location"].startswith(LOGIN)


def test_the_keys_of_apps_are_not_among_the_records(client, alice):
    client.force_login(alice)
    assert "otp" not in client.get(DESK).content.decode().lower()
