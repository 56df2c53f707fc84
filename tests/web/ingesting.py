"""`manage.py ingest` as the tests run it."""

import io
import sys

from django.core.management import call_command


def run(*paths: object, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run `manage.py ingest` here; return its exit status, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    status, real = 0, sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        call_command("ingest", *map(str, paths), stdout=out, stderr=err)
    except SystemExit as stopped:
        status = stopped.code
    finally:
        sys.stdin = real
    return status, out.getvalue(), err.getvalue()
