"""The page for an error of ours, which names the request so that a reader can report it."""

import sys

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from timeline.error_messages import public_message


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer with a page that asks neither the database nor the session for anything.

    It is 503 with a sentence where the database cannot be used, which is none of our faults.
    """
    error = sys.exc_info()[1]
    said = public_message(error) if isinstance(error, (DatabaseError, InterfaceError)) else None
    is_form = request.method not in ("GET", "HEAD", "OPTIONS")
    context = {"request_id": getattr(request, "id", ""), "said": said, "sent": is_form}
    page = render_to_string("500.html", context)
    status = 503 if said else 500
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
