"""The pages of two-factor sign-in: asking for the code, setting it up, switching it off."""

import re
from base64 import b32encode
from datetime import datetime
from typing import cast
from urllib.parse import quote

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from timeline.middleware import Request, password_user_of
from timeline.two_factor import (
    devices_of,
    is_verified,
    recovery_codes,
    refused,
    switch_off,
    switch_on,
)


class CodeForm(forms.Form):
    """One field for either kind of code; `device` is the one that accepted it."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, devices: list[Device], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.devices = devices
        self.device: Device | None = None
        self.throttled = False

    def clean_code(self) -> str:
        """Return the code without its spaces; raise ValidationError when no device takes it."""
        given = "".join(self.cleaned_data["code"].split()).replace("-", "").lower()
        kind = TOTPDevice if re.fullmatch("[0-9]{6}", given) else StaticDevice
        device = next((one for one in self.devices if isinstance(one, kind)), None)
        if device is not None:
            wait = seconds_to_wait(device)
            if wait:
                self.throttled = True
                raise forms.ValidationError(
                    f"After several wrong codes the next must wait: try again in {wait} seconds."
                )
            self.device = django_otp.verify_token(device.user, device.persistent_id, given)
            if self.device is None:
                refused(device)
        if self.device is None:
            raise forms.ValidationError(
                "This code is wrong, or was used before. An app shows a new one every 30 seconds."
            )
        return given


def seconds_to_wait(device: Device) -> int:
    """Return how long a device accepts no code after wrong ones; 0 when it does now."""
    allowed, reason = device.verify_is_allowed()
    if allowed:
        return 0
    until: datetime = reason["locked_until"]
    return max(1, round((until - timezone.now()).total_seconds()))


def with_next(request: HttpRequest, name: str) -> str:
    """Return the address of a page of signing in that remembers where the editor wanted to go."""
    onward = LoginView().get_redirect_url(request)
    return reverse(name) + (f"?next={quote(onward)}" if onward else "")


def let_in(request: HttpRequest, user: User, device: Device) -> None:
    """Count the user as signed in from now on, under a new session key."""
    request.user = user
    cast(Request, request).user_id = user.pk
    request.session.cycle_key()
    django_otp.login(request, device)


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code after the password."""
    user = password_user_of(request)
    if not user.is_authenticated:
        return redirect_to_login(reverse("admin:index"))
    if request.POST.get("do") == "leave":
        logout(request)
        return redirect("admin:login")
    devices = devices_of(user)
    if not devices and not is_verified(user) and settings.TWO_FACTOR:
        return redirect(with_next(request, "admin:two_factor"))
    onward = LoginView().get_redirect_url(request) or reverse("admin:index")
    if not devices or is_verified(user):
        return redirect(onward)
    form = CodeForm(devices, request.POST or None)
    if form.is_valid():
        let_in(request, user, form.device)
        return redirect(onward)
    return show(request, "admin/code.html", form, title="Your code", next=onward)


@never_cache
@sensitive_post_parameters("code")
def two_factor(request: HttpRequest) -> HttpResponse:
    """Show whether two-factor sign-in is on, set it up, make recovery codes anew, switch it off."""
    user = password_user_of(request)
    if not user.is_authenticated or not user.is_staff:
        return redirect_to_login(reverse("admin:two_factor"))
    devices = devices_of(user)
    if devices and not is_verified(user):
        return redirect(with_next(request, "admin:code"))
    return (change if devices else set_up)(request, user, devices)


def set_up(request: HttpRequest, user: User, devices: list[Device]) -> HttpResponse:
    """Show a new key, and switch on as soon as a code proves that the app has it."""
    if request.POST.get("do") == "start":
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        TOTPDevice.objects.create(user=user, name="app", confirmed=False)
        return redirect(with_next(request, "admin:two_factor"))
    pending = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if pending is None:
        return show(request, "admin/two_factor.html", None)
    form = CodeForm([pending], request.POST or None)
    if form.is_valid():
        codes = switch_on(user, form.device)
        let_in(request, user, form.device)
        return show(request, "admin/two_factor.html", None, is_on=True, codes=codes)
    secret = b32encode(pending.bin_key).decode()
    return show(
        request,
        "admin/two_factor.html",
        form,
        pending=pending,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        picture=segno.make(pending.config_url, error="m").svg_data_uri(scale=5, light="#fff"),
    )


def change(request: HttpRequest, user: User, devices: list[Device]) -> HttpResponse:
    """Make recovery codes anew, or switch off; either asks for a code, lest a found session do."""
    form = CodeForm(devices, request.POST or None)
    codes = None
    if form.is_valid():
        if request.POST.get("do") == "off":
            switch_off(user)
            return redirect("admin:two_factor")
        codes = recovery_codes(user)
        form = CodeForm(devices)
    left = StaticToken.objects.filter(device__user=user).count()
    return show(request, "admin/two_factor.html", form, is_on=True, codes=codes, left=left)


def show(
    request: HttpRequest, template: str, form: CodeForm | None, **context: object
) -> HttpResponse:
    """Answer with a page of the desk; 429 when the code was not even looked at."""
    context |= {"form": form, "required": settings.TWO_FACTOR}
    return render(
        request,
        template,
        {**site.each_context(request), "title": "Two-factor sign-in", **context},
        status=429 if form is not None and form.throttled else 200,
    )
