"""Files of events: CSV, with a row a report, and JSON; written, and read whoever has saved them."""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from charset_normalizer import from_bytes

from timeline.exchange import timelinejs
from timeline.exchange.columns import (
    EMPTIED,
    EVENT_COLUMNS,
    LISTS,
    PREFIX,
    REPORT_COLUMNS,
    TOLD_ONLY,
    Entry,
    ReportEntry,
    Table,
    column_named,
)
from timeline.exchange.faults import FileError
from timeline.exports.rows import inert, unmarked

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
MOST_CELL = 100_000  # characters
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheets save in where they do not save in UTF-8
_LEGACY = ["cp1252", "cp949", "cp932", "gb18030", "cp1251", "cp1250"]
HEADINGS = (
    *EVENT_COLUMNS,
    TOLD_ONLY,
    *(f"{PREFIX}{name}" for name in (*REPORT_COLUMNS, TOLD_ONLY)),
)


def csv_lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180, with a byte order mark for spreadsheets)."""
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(HEADINGS)
    yield f"\ufeff{line.text}"
    for record in records:
        reports: list[dict[str, str]] = record["reports"] or [{}]
        for report in reports:
            beside = {f"{PREFIX}{name}": text for name, text in report.items()}
            writer.writerow([cell((record | beside).get(name, "")) for name in HEADINGS])
            yield line.text


class _Line:
    text = ""

    def write(self, text: str) -> None:
        self.text = text


def cell(text: str) -> str:
    """Return a cell in which no spreadsheet finds a formula, and that is read back as `text`.

    An apostrophe at its beginning marks plain text, also where the text begins with one.
    """
    guarded = str(inert(text))
    is_marked = _apostrophes(guarded) > _apostrophes(text)
    return guarded if is_marked or not (text[:1] == "'" or text == EMPTIED) else f"'{guarded}"


def uncell(text: str) -> str:
    """Return what `cell` was given; what a person has typed as it is."""
    bare = unmarked(text[1:])
    return bare if text[:1] == "'" and cell(bare) == text else unmarked(text)


def _apostrophes(text: str) -> int:
    return len(text) - len(text.lstrip("'"))


def json_pieces(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the pieces of a JSON file: {"events": [{…, "reports": [{…}]}]}."""
    before = '{"events": ['
    for record in records:
        lists = {name: [one for one in record[name].split("; ") if one] for name in LISTS}
        yield before + "\n" + json.dumps(record | lists, ensure_ascii=False, indent=1)
        before = ","
    yield f"{'' if before == ',' else before}\n]}}\n"


def read_file(raw: bytes) -> Table:
    """Return what a file says. Raises FileError, in a sentence, where it cannot be read at all."""
    if len(raw) > MOST_BYTES:
        raise FileError(
            f"It has {len(raw) / 1e6:.1f} MB: {MOST_BYTES / 1e6:.0f} MB are allowed. Bring it in "
            "by parts."
        )
    text, guessed = _decoded(raw)
    if not text.strip():
        raise FileError("The file is empty.")
    if "\x00" in text:
        raise FileError("This is no text: it holds NUL characters. Save it as CSV or JSON.")
    table = _from_json(text) if text.lstrip()[:1] in "[{" else _from_csv(text)
    if guessed:
        table.notes.append(
            f"It declares no encoding and was read as {guessed}: if letters look wrong below, "
            "save it as UTF-8 and bring it in again."
        )
    return table


def _decoded(raw: bytes) -> tuple[str, str]:
    """Return the text, and the name of its encoding where that is guessed."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, name), ""
    half = max(len(raw[:4096]) // 2, 1)
    for name, zeros in (("utf-16-le", 1), ("utf-16-be", 0)):
        if raw[:4096][zeros::2].count(0) > 0.7 * half:
            return _strictly(raw, name), ""
    try:
        return raw.decode(), ""
    except UnicodeDecodeError:
        best = from_bytes(raw, cp_isolation=_LEGACY).best()
        if best is None:
            raise _no_text() from None
        return _strictly(raw, best.encoding), best.encoding


def _strictly(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        raise _no_text() from None


def _no_text() -> FileError:
    return FileError("This is no text in an encoding that is known here: save it as UTF-8.")


def _check_count(count: int, what: str) -> None:
    if count > MOST_ROWS:
        raise FileError(
            f"It has more than {MOST_ROWS:,} {what}, which are allowed at once: bring it in by "
            "parts."
        )


# CSV


def _from_csv(text: str) -> Table:
    rows = _rows(text)
    headings = rows[0][1]
    if timelinejs.is_sheet(headings):
        return timelinejs.from_sheet(headings, rows[1:])
    columns = [column_named(heading) for heading in headings]
    if not {"slug", "title"} & set(columns):
        raise FileError(
            f"Its first line names neither “slug” nor “title”: {', '.join(headings)[:100]}. "
            f"The columns are {', '.join(HEADINGS)}."
        )
    named = [name for name in columns if name]
    if doubled := {name for name in named if named.count(name) > 1}:
        raise FileError(f"Two columns are called “{min(doubled)}”: leave one of them.")
    unknown = [head for head, name in zip(headings, columns, strict=True) if not name and head]
    table = Table(_grouped(_said(columns, row, at) for at, row in rows[1:]))
    if unknown:
        names = ", ".join(f"“{name[:40]}”" for name in unknown[:10])
        table.notes.append(f"Columns that are not known, and were not read: {names}.")
    return table


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with the number that a spreadsheet gives it."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=lambda one: _known_in(first, one))
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                rows.append((number, row))
            _check_count(len(rows) - 1, "rows")
    except csv.Error as error:
        raise FileError(f"Row {number + 1} cannot be read as CSV: {error}.") from error
    if not rows:
        raise FileError("The file is empty.")
    return rows


def _known_in(line: str, delimiter: str) -> int:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return sum(bool(column_named(cell)) or cell.strip() in timelinejs.HEADINGS for cell in cells)


def _said(columns: list[str | None], row: list[str], number: int) -> tuple[int, dict[str, str]]:
    """Return what a row says by column; "" for what it empties."""
    said = {
        name: "" if cell.strip() == EMPTIED else uncell(cell)
        for name, cell in zip(columns, row, strict=False)
        if name and cell.strip()
    }
    if any(cell.strip() for cell in row[len(columns) :]):
        said[""] = "This row has more cells than the first line has columns."
    return number, said


def _grouped(rows: Iterable[tuple[int, dict[str, str]]]) -> list[Entry]:
    """Gather the rows of each event: those of one id or, without one, of one title and date."""
    entries: dict[object, Entry] = {}
    for number, said in rows:
        fault = said.pop("", "")
        slug = said.get("slug", "").strip()
        title = said.get("title", "").strip()
        key: object = slug or ((title, said.get("edtf", "").strip()) if title else number)
        entry = entries.setdefault(key, Entry(number))
        if fault:
            entry.faults[""] = f"Row {number}: {fault}"
        about = {}
        for name, text in said.items():
            if name.startswith(PREFIX):
                about[name.removeprefix(PREFIX)] = text
            elif name != TOLD_ONLY:
                entry.says(name, text)
        about.pop(TOLD_ONLY, None)
        if about:
            entry.reports.append(ReportEntry(number, about))
    return list(entries.values())


# JSON


def _from_json(text: str) -> Table:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise FileError(f"This is no JSON that can be read{at}.") from error
    _check_text(data)
    events = data.get("events") if isinstance(data, dict) else data
    if not isinstance(events, list):
        raise FileError("This JSON holds no list of “events”.")
    _check_count(len(events), "events")
    if timelinejs.is_data(data):
        return timelinejs.from_data(data)
    entries = [_entry(number, event) for number, event in enumerate(events, 1)]
    _check_count(sum(len(entry.reports) for entry in entries), "reports")
    return Table(entries, unit="event")


def _check_text(data: Any) -> None:
    """Raise FileError for NUL and lone surrogates, which no database holds."""
    left = [data]
    while left:
        one = left.pop()
        if isinstance(one, str) and (found := re.search("[\x00\ud800-\udfff]", one)):
            raise FileError(f"It holds a character that no text has (U+{ord(found[0]):04X}).")
        if isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += one


def _entry(number: int, event: Any) -> Entry:
    entry = Entry(number)
    if not isinstance(event, dict):
        entry.faults[""] = "This is no object with the columns of an event."
        return entry
    unknown = []
    for heading, value in event.items():
        name = column_named(heading) if heading not in ("article", "stance", "exact") else None
        if heading == "reports" or name == TOLD_ONLY or value is None:
            continue
        if name is None or name.startswith(PREFIX):
            unknown.append(heading)
        elif (text := _text(value, name in LISTS)) is None:
            entry.faults[name] = "This is no text."
        else:
            entry.says(name, text)
    if unknown:
        entry.left_out.append(f"Not known, and not read: {', '.join(unknown)[:200]}.")
    reports = event.get("reports") or []
    if not isinstance(reports, list) or not all(isinstance(one, dict) for one in reports):
        entry.faults["reports"] = "The reports are no list of objects."
        return entry
    entry.reports = [_report(number, report) for report in reports]
    return entry


def _report(number: int, report: dict[str, Any]) -> ReportEntry:
    entry = ReportEntry(number)
    for heading, value in report.items():
        name = column_named(heading) or column_named(f"{PREFIX}{heading}") or ""
        name = {"slug": "article", "title": "wording"}.get(name, name).removeprefix(PREFIX)
        if name not in REPORT_COLUMNS or value is None:
            continue
        text = _text(value, False)
        if text is None:
            entry.faults[name] = "This is no text."
        else:
            entry.said[name] = text
    return entry


def _text(value: Any, may_be_list: bool) -> str | None:
    if isinstance(value, list) and may_be_list and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if isinstance(value, str) or is_number else None
