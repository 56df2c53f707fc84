"""The selection in other forms: format → function from results to a response.

To add a format, write a function here or beside this module and name it in `EXPORTS`.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.http import StreamingHttpResponse

from timeline.exports.rows import as_csv, as_json
from timeline.exports.timelinejs import as_timelinejs
from timeline.selection import Results


class Export(NamedTuple):
    """A format: what the menu calls it, what kind of file it is, what makes it."""

    label: str
    hint: str
    respond: Callable[[Results], StreamingHttpResponse]


EXPORTS: dict[str, Export] = {
    "csv": Export("Spreadsheet", "CSV", as_csv),
    "json": Export("Data", "JSON", as_json),
    "timelinejs": Export("Slides", "TimelineJS", as_timelinejs),
}
