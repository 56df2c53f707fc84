"""How log lines are written: one JSON object a line, with the id of the request they belong to.

Every line has ``time`` (ISO 8601, UTC), ``level``, ``logger`` and ``message``; within a request
also ``request``. What else a caller wants to tell goes into ``extra={"fields": {…}}``; an error
adds its ``traceback``. Article text, passwords, cookies and query strings are never logged.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from django.middleware import csrf

LONGEST = 500  # characters of a value that comes from outside
request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonFormatter(logging.Formatter):
    """Writes a record as JSON in ASCII, so that no name or address can break or colour a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class RefusalsFilter(logging.Filter):
    """Hands the reason of a refused request to its access line, in place of a line of its own.

    Django logs a foreign Host header or an oversized request as an error with a traceback, which
    is neither an error of ours nor worth a page of log for each scanner that comes by.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record still has to be written."""
        request = getattr(record, "request", None)
        if not record.name.startswith("django.security.") or request is None:
            return True
        request.refusal = _kind_of(record)
        return False


def _kind_of(record: logging.LogRecord) -> str:
    """Return why a request was refused, without what it sent: an address may hold a search."""
    kind = record.name.removeprefix("django.security.")
    reasons = (value for name, value in vars(csrf).items() if name.startswith("REASON_"))
    said = record.getMessage()
    known = (reason.partition("%s")[0].rstrip(" -") for reason in reasons)
    reason = max((one for one in known if one and one in said), key=len, default="")
    return f"{kind}: {reason}" if reason else kind
