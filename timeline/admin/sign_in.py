"""The limit on guessing passwords, on django-axes, which counts failed sign-ins in the database.

Ten wrong tries are free; after the eleventh the name may not sign in from that address for a while,
which doubles with each further failure, up to an hour. An address has three times as many tries
over all names, for a newsroom behind one address. The count ends with a day without failures, with
a successful sign-in, or with `manage.py editor NAME --reset-password`. A name is never locked for
addresses that made no failures, so that nobody can lock an editor out from elsewhere.
"""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

if TYPE_CHECKING:
    from axes.models import AccessAttempt

ADDRESS_SHARE = 3  # how many names' worth of tries an address has
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=1)
log = logging.getLogger("timeline.sign_in")
type Credentials = dict[str, Any]


class AxesRequest(HttpRequest):
    """A request with what the middleware of axes adds to it; declared for type checks."""

    axes_locked_out: bool
    axes_ip_address: str


class SignInLimitBackend(AxesStandaloneBackend):  # type: ignore[misc]  # axes has no types
    """Refuses to try a password while its name or address is locked.

    Without a request there is no address to count: that is a shell or a test, and no guesser.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> None:
        """Raise PermissionDenied when locked; else leave the answer to the next backend."""
        if request is not None:
            super().authenticate(request, **credentials)


class SignInAttempts(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """The handler of django-axes with two limits and a lock that grows."""

    def is_locked(self, request: HttpRequest, credentials: Credentials | None = None) -> bool:
        """Return whether this name or address has to wait."""
        until = self.locked_until(request, credentials)
        return until is not None and until > timezone.now()

    def locked_until(
        self, request: HttpRequest, credentials: Credentials | None = None
    ) -> datetime | None:
        """Return when the name and the address may try again, or None without too many failures."""
        pair, address = self.get_user_attempts(request, credentials)
        return max(filter(None, (lock(pair), lock(address, ADDRESS_SHARE))), default=None)

    def get_failures(self, request: HttpRequest, credentials: Credentials | None = None) -> int:
        """Return a count that reaches the limit of a name when either count has reached its own."""
        pair, address = self.get_user_attempts(request, credentials)
        return max(failures(pair), failures(address) // ADDRESS_SHARE)

    def user_login_failed(
        self,
        sender: object,
        credentials: Credentials,
        request: AxesRequest | None = None,
        **kwargs: object,
    ) -> None:
        """Count a failure, and tell the log when it locks; without a request there is none."""
        if request is None:
            return
        was_locked = request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request.axes_locked_out and not was_locked:
            log.warning("Sign-in locked", extra={"fields": {"address": request.axes_ip_address}})

    def user_logged_in(
        self, sender: object, request: AxesRequest, user: User, **kwargs: object
    ) -> None:
        """Forget the failures of this name from this address; those of other names stay."""
        super().user_logged_in(sender, request, user, **kwargs)
        self.reset_attempts(ip_address=request.axes_ip_address, username=user.get_username())


def failures(attempts: "QuerySet[AccessAttempt]") -> int:
    """Return how many wrong tries the counted attempts hold."""
    counted = attempts.aggregate(count=Sum("failures_since_start", default=0))
    return int(counted["count"])


def lock(attempts: "QuerySet[AccessAttempt]", share: int = 1) -> datetime | None:
    """Return the end of the lock that these attempts bring, or None when there are few of them."""
    count, last = attempts.aggregate(
        count=Sum("failures_since_start", default=0), last=Max("attempt_time")
    ).values()
    surplus = count // share - settings.AXES_FAILURE_LIMIT
    return None if surplus < 0 else last + min(LONGEST, SHORTEST * 2 ** min(surplus, 10))


def locked(request: HttpRequest, response: HttpResponse, credentials: Credentials) -> HttpResponse:
    """Answer a sign-in that has to wait, and say until when."""
    until = SignInAttempts().locked_until(request, credentials) or timezone.now() + SHORTEST
    seconds = max(1, round((until - timezone.now()).total_seconds()))
    page = render(request, "429.html", {"minutes": -(-seconds // 60)}, status=429)
    page["Retry-After"] = str(seconds)
    page["Cache-Control"] = "no-store"
    return page
