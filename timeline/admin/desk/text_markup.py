"""An article's text as HTML, with what was read in it underlined, each kind in its own manner."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

ORDER = ("evidence", "quote", "date", "name")  # from the outside in, where two begin together


class Mark(NamedTuple):
    """A span of the body: code points, end-exclusive; where it leads, if anywhere."""

    start: int
    end: int
    kind: str  # one of ORDER
    href: str = ""
    state: str = ""  # "done", "current" or neither


def marked(body: str, start: int, end: int, marks: Sequence[Mark]) -> SafeString:
    """Return `body[start:end]` as HTML with `marks` nested in it; a link holds no other link.

    Marks may overlap in any way: one that reaches out of another is cut at its edge.
    """
    within = [mark for mark in marks if mark.start < end and mark.end > start]
    within.sort(key=lambda mark: (mark.start, -mark.end, ORDER.index(mark.kind)))
    return _nested(body, start, end, within, linked=False)


def _nested(body: str, start: int, end: int, marks: list[Mark], linked: bool) -> SafeString:
    parts, at = [], start
    while marks:
        outer, *marks = marks
        first, last = max(outer.start, at), min(outer.end, end)
        if first >= last:
            continue
        inside = [mark for mark in marks if mark.start < last]
        marks = [mark for mark in marks if mark.end > last]
        is_link = bool(outer.href) and not linked
        inner = _nested(body, first, last, inside, linked or is_link)
        parts += [escape(body[at:first]), _wrapped(outer, inner, is_link)]
        at = last
    parts.append(escape(body[at:end]))
    return mark_safe("".join(parts))  # every part is escaped above


def _wrapped(mark: Mark, inner: SafeString, is_link: bool) -> SafeString:
    classes = f"span span--{mark.kind}" + (f" is-{mark.state}" if mark.state else "")
    if is_link:
        return format_html('<a class="{}" href="{}">{}</a>', classes, mark.href, inner)
    return format_html('<span class="{}">{}</span>', classes, inner)
