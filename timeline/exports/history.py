"""The history as CSV and JSON, line by line: it may be long."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from timeline.exports.rows import inert
from timeline.exports.streams import written
from timeline.models.history import Line, LineQuerySet

COLUMNS = ("time", "editor", "act", "kind", "id", "record", "done", "column", "old", "new")
_AT_ONCE = 500


def as_csv(lines: LineQuerySet, name: str) -> StreamingHttpResponse:
    """Return lines as CSV (RFC 4180, UTF-8 with a byte order mark): a row a changed column.

    Times are ISO 8601 in the desk's zone; what is no text is written as JSON.
    """

    def rows() -> Iterator[str]:
        yield "\ufeff" + written(COLUMNS)
        for line in lines.iterator(chunk_size=_AT_ONCE):
            first = (*_first(line).values(),)
            for column, (old, new) in line.columns.items() or [("", ("", ""))]:
                cells = (*first, column, _cell(old), _cell(new))
                yield written([inert(cell) for cell in cells])

    return _file(rows(), f"{name}.csv", "text/csv; charset=utf-8")


def as_json(lines: LineQuerySet, name: str) -> StreamingHttpResponse:
    """Return lines as a JSON array: an object a line, with `before` and `after` as stored."""

    def parts() -> Iterator[str]:
        begins = "[\n"
        for line in lines.iterator(chunk_size=_AT_ONCE):
            said = _first(line) | {"before": line.before, "after": line.after}
            yield begins + json.dumps(said, ensure_ascii=False)
            begins = ",\n"
        yield "[]\n" if begins == "[\n" else "\n]\n"

    return _file(parts(), f"{name}.json", "application/json")


FORMATS = {"csv": as_csv, "json": as_json}


def _first(line: Line) -> dict[str, Any]:
    at = timezone.localtime(line.at).isoformat(timespec="seconds")
    kind = line.model.partition(".")[2]
    values = (at, line.who, line.act, kind, line.object_id, line.what, line.did)
    return dict(zip(COLUMNS, values, strict=False))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _file(parts: Iterable[str], name: str, content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
