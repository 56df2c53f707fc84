"""Two-factor sign-in: a code of an authenticator app (TOTP, RFC 6238) beside the password.

django-otp keeps the devices, refuses a code that was used and slows down whoever guesses: after n
wrong codes the next is looked at no sooner than 2ⁿ⁻¹ seconds later, 34 minutes at
most. An editor may set it up; with TWO_FACTOR=1 everybody must before the desk opens.
"""

import logging

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
# 2¹¹ seconds: whoever has the password cannot keep the owner of the app out for longer than that.
MOST_FAILURES = 12
log = logging.getLogger("timeline.sign_in")


def second_step_due(user: User) -> bool:
    """Return whether a user known by password has yet to give, or to set up, a code."""
    if is_verified(user):
        return False
    apps = TOTPDevice.objects.devices_for_user(user, confirmed=True)
    return settings.TWO_FACTOR or bool(apps.exists())


def is_verified(user: User) -> bool:
    """Return whether a signed-in user has given a code."""
    return bool(user.is_verified())  # type: ignore[attr-defined]  # django_otp's middleware adds it


def devices_of(user: User) -> list[Device]:
    """Return the confirmed devices of a user, the app before the recovery codes."""
    return [
        device
        for model in (TOTPDevice, StaticDevice)
        for device in model.objects.devices_for_user(user, confirmed=True)
    ]


def refused(device: Device) -> None:
    """Write that a device took no code, without the code, and bound how long the next must wait."""
    log.warning("Wrong code", extra={"fields": {"user_id": device.user_id}})
    devices = type(device).objects.filter(pk=device.pk)
    devices.filter(throttling_failure_count__gt=MOST_FAILURES).update(
        throttling_failure_count=MOST_FAILURES
    )


@transaction.atomic
def switch_on(user: User, device: Device) -> list[str]:
    """Make the app's device count, and return its first recovery codes."""
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    log.info("Two-factor sign-in switched on", extra={"fields": {"user_id": user.pk}})
    return recovery_codes(user)


@transaction.atomic
def recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes of a user, and return the new ones; each counts once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=one) for one in codes)
    return codes


@transaction.atomic
def switch_off(user: User) -> None:
    """Forget the app and the recovery codes of a user."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()
    log.info("Two-factor sign-in switched off", extra={"fields": {"user_id": user.pk}})
