"""gunicorn's own lines, of its master and its workers, in the format of `timeline.log`."""

import logging
import re
import sys
import traceback

from gunicorn.config import Config
from gunicorn.glogging import Logger

from timeline.log import JsonFormatter

# gunicorn writes address, request line and header behind what happened to a request.
_DETAILS = re.compile(r" from ip=|: | %s|\n")


class RequestsFilter(logging.Filter):
    """Keeps of a line about a request what happened and the kind of the error.

    What a client sent may be a cookie, an address or a search: it is left out, with its address
    and with the message of the error, which quotes it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Reduce the record; every one is written."""
        message = str(record.msg)
        if "request" in message.lower():
            kind, _, place = record.exc_info or sys.exc_info()
            fields: dict[str, str] = {"error": kind.__name__} if kind else {}
            record.msg, record.args = _DETAILS.split(message)[0], ()
            if record.exc_info and place:
                fields["traceback"] = "".join(traceback.format_tb(place))
            record.exc_info, record.fields = None, fields
        return True


class ServerLogger(Logger):
    """What `--logger-class` names: gunicorn's logger, which writes JSON."""

    def setup(self, cfg: Config) -> None:
        """Set gunicorn's handlers up, at the start and when it is told to reload."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())
            handler.addFilter(RequestsFilter())
