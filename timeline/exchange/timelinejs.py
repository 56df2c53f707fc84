"""TimelineJS: its spreadsheet and its JSON, read as drafts of events.

https://timeline.knightlab.com/docs/using-spreadsheets.html and /docs/json-format.html
"""

import calendar
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from timeline import dates
from timeline.exchange.columns import Entry, Table
from timeline.exchange.faults import FileError
from timeline.exports.timelinejs import OWN, as_slide
from timeline.models import Kind

_START = ("Year", "Month", "Day", "Time")
_END = tuple(f"End {name}" for name in _START)
HEADINGS = frozenset((
    *_START, *_END, "Display Date", "Headline", "Text", "Media", "Media Credit", "Media Caption",
    "Media Thumbnail", "Alt Text", "Type", "Group", "Background", "Link", "Link URL",
))  # fmt: skip
_MEDIA = ("Media", "Media Credit", "Media Caption", "Alt Text", "Link")
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_BLOCKS = frozenset(
    ("p", "br", "div", "li", "ul", "ol", "blockquote", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
)
_SECRET = frozenset(("script", "style", "template", "noscript", "iframe", "object"))

type Slide = Mapping[str, str]


def is_sheet(headings: list[str]) -> bool:
    """Return whether these are the headings of TimelineJS's spreadsheet."""
    return {"Headline", "Year"} <= {heading.strip() for heading in headings}


def is_data(data: Any) -> bool:
    """Return whether this is TimelineJS's JSON."""
    events = data.get("events") if isinstance(data, dict) else None
    return isinstance(events, list) and any(
        isinstance(one, dict) and ("start_date" in one or isinstance(one.get("text"), dict))
        for one in events
    )


def from_sheet(headings: list[str], rows: list[tuple[int, list[str]]]) -> Table:
    """Return the events of a spreadsheet's rows, each with its number."""
    names = [heading.strip() for heading in headings]
    doubled = {name for name in names if name and names.count(name) > 1}
    if doubled:
        raise FileError(f"Two columns are called “{min(doubled)}”: leave one of them.")
    slides = [
        (number, {name: cell.strip() for name, cell in zip(names, row, strict=False) if name})
        for number, row in rows
    ]
    return _table(slides, "row")


def from_data(data: dict[str, Any]) -> Table:
    """Return the events of TimelineJS's JSON."""
    slides = [(at, _flat(slide)) for at, slide in enumerate(data["events"], 1)]
    if isinstance(data.get("title"), dict):
        slides.insert(0, (0, _flat(data["title"]) | {"Type": "title"}))
    table = _table(slides, "slide")
    if data.get("eras"):
        table.notes.append("Eras are left out: an era is no event.")
    return table


def _flat(slide: Any) -> dict[str, str]:
    """Return a slide of the JSON under the names of the spreadsheet."""
    if not isinstance(slide, dict):
        return {"": "This is no slide."}
    parts = {name: slide.get(name) for name in ("start_date", "end_date", "text", "media")}
    start, end, text, media = (one if isinstance(one, dict) else {} for one in parts.values())
    found = {
        **{name: start.get(name.lower()) for name in ("Year", "Month", "Day")},
        **{f"End {name}": end.get(name.lower()) for name in ("Year", "Month", "Day")},
        "Time": start.get("hour"),
        "End Time": end.get("hour"),
        "Display Date": slide.get("display_date") or start.get("display_date"),
        "Headline": text.get("headline"),
        "Text": text.get("text"),
        "Media": media.get("url"),
        "Media Credit": media.get("credit"),
        "Media Caption": media.get("caption"),
        "Link": media.get("link"),
        "Group": slide.get("group"),
        "Background": slide.get("background") and "given",
    }
    own = slide.get("dateline")
    found |= {f"own {name}": own.get(name) for name in OWN} if isinstance(own, dict) else {}
    return {
        name: str(value).strip()
        for name, value in found.items()
        if isinstance(value, (str, int)) and not isinstance(value, bool)
    }


def _table(slides: list[tuple[int, dict[str, str]]], unit: str) -> Table:
    table = Table([], unit=unit, is_timelinejs=True)
    for number, slide in slides:
        kind = slide.get("Type", "").casefold()
        if kind == "title" and not table.title:
            table.title = " ".join(plain(slide.get("Headline", "")).split())[:200]
            if text := plain(slide.get("Text", "")):
                table.notes.append(f"Left out of the title slide: “{text[:200]}”")
        elif kind in ("title", "era"):
            noun = "a second title" if kind == "title" else "an era, which is no event"
            name = plain(slide.get("Headline", ""))[:80]
            table.notes.append(f"{unit.capitalize()} {number} is left out: {noun} (“{name}”).")
        else:
            table.entries.append(_entry(number, slide))
    return table


def _entry(number: int, slide: Slide) -> Entry:
    entry = Entry(number)
    if fault := slide.get(""):
        entry.faults[""] = fault
        return entry
    _words(entry, "title", " ".join(plain(slide.get("Headline", "")).split()), slide)
    _words(entry, "summary", plain(slide.get("Text", "")), slide)
    if slug := slide.get("own slug", ""):
        entry.says("slug", slug)
    if status := slide.get("own status", ""):
        entry.says("status", status)
    _date(entry, slide)
    _group(entry, slide.get("Group", ""))
    _media(entry, slide)
    return entry


def _words(entry: Entry, column: str, said: str, slide: Slide) -> None:
    """Hold what a slide says; as our own export had it, where nobody has changed that since."""
    own = slide.get(f"own {column}", "")
    text = own if own.split() == said.split() else said
    if text or column == "title":
        entry.says(column, text)


def _date(entry: Entry, slide: Slide) -> None:
    own = slide.get("own edtf", "")
    try:
        read = date_of(slide)
        is_own = bool(own) and _flat(as_slide(own)).items() <= slide.items()
        entry.says("edtf", own if is_own else read)
    except ValueError as error:
        entry.faults["edtf"] = str(error)
        return
    if slide.get("Time") or slide.get("End Time"):
        entry.left_out.append("Left out: the time of day. An event has days.")
    if (shown := slide.get("Display Date", "")) and not is_own:
        entry.left_out.append(f"Left out: the date as it was displayed, “{shown[:80]}”.")


def date_of(slide: Slide) -> str:
    """Return the EDTF of a slide's years, months and days. Raises ValueError for no such date."""
    start, end = (_side(slide, names) for names in (_START, _END))
    if not start:
        raise ValueError("It has no year: an event of a timeline needs one.")
    edtf = f"{start}/{end}" if end and end != start else start
    dates.validate(edtf)
    return edtf


def _side(slide: Slide, names: tuple[str, ...]) -> str:
    year, month, day = (slide.get(name, "") for name in names[:3])
    if not year:
        if month or day:
            raise ValueError(f"“{names[1]}” or “{names[2]}” is there, and no “{names[0]}”.")
        return ""
    if re.fullmatch(r"[-−][0-9]+(?:\.0)?", year) or re.search(r"\bB\.?C", year, re.IGNORECASE):
        raise ValueError(f"The year {year} lies before those from 1 to 9999, which Dateline holds.")
    numbers = [_number(names[0], year)]
    if month:
        numbers.append(_MONTHS.get(month.casefold().rstrip(".")) or _number(names[1], month))
    elif day:
        raise ValueError(f"“{names[2]}” is there, and no “{names[1]}”.")
    if day:
        numbers.append(_number(names[2], day))
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])


def _number(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}(?:\.0)?", text):
        raise ValueError(f"“{text[:40]}” under “{name}” is no number.")
    return int(text.removesuffix(".0"))


def _group(entry: Entry, group: str) -> None:
    """Take a group for the kind where it names one."""
    kinds = {name.casefold(): value for value, label in Kind.choices for name in (value, label)}
    if kind := kinds.get(group.casefold()):
        entry.says("kind", kind)
    elif group:
        entry.left_out.append(f"Left out: the group “{group[:80]}”, which is no kind of event.")


def _media(entry: Entry, slide: Slide) -> None:
    """Keep what was shown beside as a note for editors: it is no part of what readers see."""
    held = [f"{name}: {plain(slide[name])}" for name in _MEDIA if slide.get(name)]
    if held:
        entry.says("note", "\n".join(["From TimelineJS.", *held]))
        entry.left_out.append(f"Kept in the note for editors, not shown: {'; '.join(held)[:300]}")
    if slide.get("Background"):
        entry.left_out.append("Left out: the background.")


def plain(text: str) -> str:
    """Return HTML as plain text: paragraphs become lines, what is no text goes."""
    if "<" not in text and "&" not in text:
        return text.strip()
    reader = _Plain()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).splitlines())
    return re.sub("\n{2,}", "\n", "\n".join(lines)).strip()


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.depth = 0  # within what is not to be read

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.depth += tag in _SECRET
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SECRET and self.depth:
            self.depth -= 1
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.pieces.append(data)
