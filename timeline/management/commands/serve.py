"""`manage.py serve`: Dateline as production serves it."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from timeline.error_messages import MIGRATE
from timeline.health import OK, health

# SQLite writes one at a time and a page takes tens of milliseconds: two processes keep two cores
# busy, and threads hold the slow readers.
WORKERS, THREADS = 2, 4


class Command(BaseCommand):
    """Serve on 127.0.0.1 with gunicorn, at the port of the PORT setting."""

    help = "Serve on 127.0.0.1:PORT with gunicorn, as production does. Stop with Ctrl+C."

    def handle(self, **options: Any) -> None:
        """Replace this process with gunicorn, which inherits the bound socket.

        Raises CommandError when the port cannot be had, when static files were not collected or
        migrations not applied, and under DEBUG, which shows settings and code to every reader.
        """
        if settings.DEBUG:
            raise CommandError(
                "DEBUG=1 shows tracebacks to every reader, and this is the server for readers: "
                "unset it, or run `make dev`."
            )
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise CommandError("Static files are missing: run `manage.py collectstatic` first.")
        if health() != OK:
            raise CommandError(MIGRATE)
        if settings.HTTPS and not settings.TRUSTED_PROXIES:
            self.stderr.write(
                "TRUSTED_PROXIES is not set: all sign-ins seem to come from the proxy, and eleven "
                "wrong passwords there make every editor wait."
            )
        listener = listen(settings.PORT)
        os.set_inheritable(listener.fileno(), True)
        self.stdout.write(f"Dateline is at http://127.0.0.1:{settings.PORT}/ (Ctrl+C stops it)")
        self.stdout.flush()
        os.execv(
            sys.executable,
            [
                *(sys.executable, "-m", "gunicorn", "timeline.wsgi:application"),
                *("--bind", f"fd://{listener.fileno()}"),
                *("--workers", str(WORKERS), "--threads", str(THREADS)),
                *("--chdir", str(settings.BASE_DIR)),
                # A long filter gets its error beside the field from us, not gunicorn's bare 414;
                # gunicorn still ends a request line at 1 MB.
                *("--limit-request-line", "0"),
                *("--log-level", "warning", "--no-control-socket"),
                *("--logger-class", "timeline.server_log.ServerLogger"),
            ],
        )


def listen(port: int) -> socket.socket:
    """Return a socket that listens on 127.0.0.1:`port`; raise CommandError if there is none."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
    except PermissionError:
        raise CommandError(f"Port {port} is reserved for root: choose one above 1023.") from None
    except OSError:
        raise CommandError(
            f"Port {port} is busy: stop what listens there or choose another, "
            f"as in `PORT={port % 65535 + 1} make run`."
        ) from None
    return listener
