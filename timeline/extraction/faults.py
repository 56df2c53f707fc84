"""What is told and logged when the reading of a text fails, which is a fault of this program."""

import logging

log = logging.getLogger(__name__)


class FaultError(Exception):
    """Stands in the log for the error that was raised, whose own words may quote the article."""


def told(error: Exception, **document: object) -> str:
    """Log the traceback of `error`, without a word of the article, and return a sentence for it.

    `document` says which text it was: its file, line or bibliography.
    """
    kind = type(error).__name__
    fault = FaultError(kind)
    log.error(
        "A text could not be read.",
        exc_info=(FaultError, fault, error.__traceback__),
        extra={"fields": document},
    )
    return f"Dateline failed at it with {kind}: a fault of its own; the log says where."
