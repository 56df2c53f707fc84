"""The basis of a report: which words its date and status were read from, and by which rule.

Stored as JSON, every part optional:

    {"date":   {"rule": "weekday",
                "spans": [{"exact": "on Tuesday", "start": 120, "end": 130}],
                "base": {"edtf": "2018-03-28", "of": "publication"},
                "link": "lead"},
     "status": {"rule": "cue", "spans": [{"exact": "will", "start": 98, "end": 102}]},
     "note":   "The date stands in a photo caption."}

Spans are code points of the article's body, end-exclusive; `start` and `end` are left out while the
body is not held. `base` is the day that the words were counted from (EDTF) and what that day is.
`link` says how a date that was read from those words is that of the event. The rules are in
`rules`; the sentence that a reader gets is made from all this in `words`, and only there.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from timeline import dates
from timeline.basis.rules import BASES, DATE_RULES, LINKS, STATUS_RULES

MAX_SPANS = 12
MAX_EXACT = 300  # characters; the longest time expressions have some 60
MAX_NOTE = 5000  # characters; the longest that an editor has written has some 100


class Span(NamedTuple):
    """Words that were read, and where they stand in the body, if that is held."""

    exact: str
    start: int | None = None
    end: int | None = None


class Base(NamedTuple):
    """The day, month or year that words were counted from (EDTF); `of` is a key of BASES."""

    edtf: str
    of: str = "publication"


@dataclass(frozen=True, slots=True)
class DateBasis:
    """What a date rests on. Behind a link that counts a length, the last span is that length."""

    rule: str = ""  # a key of DATE_RULES
    spans: tuple[Span, ...] = ()
    base: Base | None = None
    link: str = ""  # a key of LINKS


@dataclass(frozen=True, slots=True)
class StatusBasis:
    """What a status rests on."""

    rule: str = ""  # a key of STATUS_RULES
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What the date and the status of a report rest on, and a remark for readers."""

    date: DateBasis = DateBasis()
    status: StatusBasis = StatusBasis()
    note: str = ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """All words that were read."""
        return self.date.spans + self.status.spans

    def as_data(self) -> dict[str, Any]:
        """Return the JSON that this module describes, without its empty parts."""
        date = _filled(
            rule=self.date.rule,
            spans=[_filled(**span._asdict()) for span in self.date.spans],
            base=self.date.base and self.date.base._asdict(),
            link=self.date.link,
        )
        spans = [_filled(**span._asdict()) for span in self.status.spans]
        return _filled(
            date=date, status=_filled(rule=self.status.rule, spans=spans), note=self.note
        )


def check(data: Any) -> None:
    """Raise ValueError, in words for an editor, unless `data` is a basis as described above."""
    _only(data, "The basis", "date", "status", "note")
    _date(data.get("date", {}))
    _status(data.get("status", {}))
    _note(data.get("note", ""))


def read(data: Any) -> Basis:
    """Return what `data` holds. A part that is not as described above is left out; never raises."""
    data = data if isinstance(data, dict) else {}
    return Basis(
        _or_none(_date, data.get("date")) or DateBasis(),
        _or_none(_status, data.get("status")) or StatusBasis(),
        _or_none(_note, data.get("note")) or "",
    )


def anchored(basis: Basis, body: str, start: int, end: int) -> Basis:
    """Return the basis with its words found in `body`, where body[start:end] is the fragment.

    Words are looked for in the fragment, then in the whole text, where they count if they stand
    there once. What is not found keeps its words and loses its place.
    """
    return replace(
        basis,
        date=replace(basis.date, spans=_anchored(basis.date.spans, body, start, end)),
        status=replace(basis.status, spans=_anchored(basis.status.spans, body, start, end)),
    )


def placed(spans: Sequence[Span], fragment: str, start: int | None) -> list[tuple[int, int] | None]:
    """Return where each span stands in `fragment`, which begins at `start` of the body, or None.

    Where the place in the body is not known, or other words stand there, the exact words are looked
    for: each time where they stand next, as words of their own.
    """
    found: list[tuple[int, int] | None] = []
    for span in spans:
        at = -1 if start is None or span.start is None else span.start - start
        if at < 0 or not fragment.startswith(span.exact, at):
            known = zip(spans, found, strict=False)
            taken = [place[0] for one, place in known if place and one.exact == span.exact]
            at = next((at for at in _standing(span.exact, fragment) if at not in taken), -1)
        found.append((at, at + len(span.exact)) if at >= 0 else None)
    return found


def _anchored(spans: tuple[Span, ...], body: str, start: int, end: int) -> tuple[Span, ...]:
    anew: list[Span] = []
    for span in spans:
        at = span.start
        if at is None or not body.startswith(span.exact, at):
            at = _found(span.exact, body, start, end, {one.start for one in anew})
        anew.append(Span(span.exact, at, None if at is None else at + len(span.exact)))
    return tuple(anew)


def _found(exact: str, body: str, start: int, end: int, taken: set[int | None]) -> int | None:
    """Where words stand in body[start:end] first, but for what is taken; else in all, if once."""
    inside = (start + at for at in _standing(exact, body[start:end]))
    if (at := next((at for at in inside if at not in taken), None)) is not None:
        return at
    anywhere = list(_standing(exact, body))
    return anywhere[0] if len(anywhere) == 1 else None


def _standing(exact: str, text: str) -> Iterator[int]:
    """Where `exact` stands in `text`, not within a longer word: no “May” of “Mayor”."""
    before = r"(?<!\w)" if exact[:1].isalnum() else ""
    after = r"(?!\w)" if exact[-1:].isalnum() else ""
    return (found.start() for found in re.finditer(before + re.escape(exact) + after, text))


def _filled(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part not in ("", None, [], {})}


# ------------------------------------------------------------------------------ reading the JSON


def _or_none[Read](parse: Callable[[Any], Read], part: Any) -> Read | None:
    """Return what `parse` makes of a part; None where there is none, or it is malformed."""
    try:
        return None if part is None else parse(part)
    except ValueError:
        return None


def _date(part: Any) -> DateBasis:
    _only(part, "The basis of the date", "rule", "spans", "base", "link")
    return DateBasis(
        rule=_known(part.get("rule", ""), DATE_RULES, "rule of a date"),
        spans=_spans(part.get("spans", [])),
        base=_base(part["base"]) if "base" in part else None,
        link=_known(part.get("link", ""), LINKS, "link"),
    )


def _status(part: Any) -> StatusBasis:
    _only(part, "The basis of the status", "rule", "spans")
    return StatusBasis(
        rule=_known(part.get("rule", ""), STATUS_RULES, "rule of a status"),
        spans=_spans(part.get("spans", [])),
    )


def _note(part: Any) -> str:
    if not isinstance(part, str):
        raise ValueError("The remark is no text.")
    if len(part) > MAX_NOTE:
        raise ValueError(f"The remark is longer than {MAX_NOTE} characters.")
    return part


def _base(part: Any) -> Base:
    _only(part, "The base", "edtf", "of")
    edtf = part.get("edtf")
    if not isinstance(edtf, str) or not edtf:
        raise ValueError("The base has no date.")
    dates.bounds(edtf)
    if not part.get("of"):
        raise ValueError("The base does not say what day it is.")
    return Base(edtf, _known(part["of"], BASES, "base"))


def _spans(part: Any) -> tuple[Span, ...]:
    if not isinstance(part, list) or len(part) > MAX_SPANS:
        raise ValueError(f"The words read are no list of at most {MAX_SPANS}.")
    return tuple(map(_span, part))


def _span(part: Any) -> Span:
    _only(part, "The words read", "exact", "start", "end")
    exact, start, end = part.get("exact"), part.get("start"), part.get("end")
    if not isinstance(exact, str) or not exact.strip() or len(exact) > MAX_EXACT:
        raise ValueError(f"The words read are no text of 1 to {MAX_EXACT} characters.")
    if start is None and end is None:
        return Span(exact)
    if not (type(start) is type(end) is int) or start < 0 or end - start != len(exact):
        raise ValueError(f"“{exact}” does not stand between the offsets {start!r} and {end!r}.")
    return Span(exact, start, end)


def _known(key: Any, table: dict[str, Any], what: str) -> str:
    if not isinstance(key, str) or (key and key not in table):
        raise ValueError(f"{str(key)[:60]!r} is no {what}.")
    return key


def _only(part: Any, what: str, *names: str) -> None:
    if not isinstance(part, dict):
        raise ValueError(f"{what} is no object.")
    for name in part:
        if name not in names:
            raise ValueError(f"{what} has no “{str(name)[:60]}”.")
