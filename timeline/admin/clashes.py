"""Two editors at one moment: what the slower one sent is done again, upon what is stored now."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from timeline.admin.generics import ModelAdmin
from timeline.error_messages import is_clash

log = logging.getLogger("timeline.admin")


def trying_twice(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view of an admin class: where another editor was faster it is done again.

    The second time it finds what the other has made or deleted, and says so beside the field. What
    the first time wanted to be said is forgotten with what it did.
    """

    @wraps(view)
    def run(self: ModelAdmin, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        storage: Any = messages.get_messages(request)
        queue = storage._queued_messages
        before = len(queue)
        for is_last in (False, True):
            try:
                return view(self, request, *args, **kwargs)
            except (DatabaseError, ObjectDoesNotExist) as error:
                if isinstance(error, DatabaseError) and not is_clash(error):
                    raise
                del queue[before:]
                log.warning("Another transaction was faster", exc_info=is_last)
        messages.error(
            request,
            "Somebody else changed or deleted a record that this one names at the same moment. "
            "Nothing was saved: look at it again.",
        )
        return HttpResponseRedirect(request.path)

    return run
