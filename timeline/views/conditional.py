"""Answers that a browser or a cache may keep, and asks for anew each time: ETag and 304."""

import hashlib
import time
from collections.abc import Callable
from functools import cache, wraps

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition

from timeline.models.stamps import stamp_now

# Of so many seconds: what is over and what is ahead changes with the day, in any time zone.
HOUR = 3600


def conditional[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Answer 304 to who holds the page as it is, from the stamp of the history alone (RFC 9110).

    Nobody keeps a page without asking: what is withdrawn is gone at once. A page for an editor is
    nobody else's, and is made each time.
    """
    asked = condition(etag_func=_etag)(view)

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request = args[0]
        assert isinstance(request, HttpRequest)
        response = asked(*args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        patch_cache_control(response, no_cache=True, private=request.user.is_authenticated)
        return response

    return answer


def _etag(request: HttpRequest, *args: object, **kwargs: object) -> str | None:
    """What changes with all that an answer depends on; None for an editor."""
    if request.user.is_authenticated:
        return None
    swap = [request.headers.get(name, "") for name in _SWAP]
    said = (stamp_now(), request.get_full_path(), *swap, int(time.time() // HOUR), release())
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"'


_SWAP = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


@cache
def release() -> float:
    """When the newest file of the code and the templates was written: another release, other pages.

    In seconds since the epoch; worked out once in a process.
    """
    folders = (settings.BASE_DIR / "timeline", settings.BASE_DIR / "templates")
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in _MADE_OF)
    return max(file.stat().st_mtime for file in files)


_MADE_OF = (".py", ".html", ".css", ".js")
