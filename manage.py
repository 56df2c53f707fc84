#!/usr/bin/env python
"""Dateline's command line: `python manage.py help`."""

import os
import sys

INTERRUPTED = 130  # the exit status of what Ctrl+C ends, as shells have it


def main() -> None:
    """Run one command; Ctrl+C ends it in silence, also while Django is still being imported."""
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


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
