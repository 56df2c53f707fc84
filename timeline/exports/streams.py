"""Files that are written while they are sent, so that their length takes no memory."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class _Echo:
    """A file that hands back what is written, as `csv` needs one."""

    def write(self, text: str) -> str:
        return text


_writer = csv.writer(_Echo())


def written(cells: Iterable[object]) -> str:
    """Return one row of CSV (RFC 4180), with the end of its line."""
    line: str = _writer.writerow(cells)
    return line


def json_object(said: dict[str, Any], name: str, rows: Iterable[Any]) -> Iterator[str]:
    """Write a JSON object that says `said`, and under `name` each of `rows`, in lines."""
    head = json.dumps(said, ensure_ascii=False, cls=DjangoJSONEncoder)
    yield f"{head[:-1]}{', ' if said else ''}{json.dumps(name)}: ["
    before = "\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        before = ",\n"
    yield "\n]}\n"
