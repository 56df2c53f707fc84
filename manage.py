#!/usr/bin/env python
"""Dateline's command line: `python manage.py help`."""

import os
import sys

INTERRUPTED = 130  # the exit status of what Ctrl+C ends, as shells have it


def main() -> None:
    """Run one command; Ctrl+C ends it in silence, also while Django is still being imported."""
    open_closed_outputs()
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def open_closed_outputs() -> None:
    """Let what is printed go nowhere where the shell has closed the stream (`>&-`)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def run() -> None:
    """Run one command; tell a wrong setting or an unusable database in one sentence."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, InterfaceError

    from timeline.error_messages import message_for

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, DatabaseError, InterfaceError, OSError) as error:
        said = message_for(error)
        if said is None or "--traceback" in sys.argv:
            raise
        sys.exit(f"Dateline cannot run: {said}")


if __name__ == "__main__":
    main()
