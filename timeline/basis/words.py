"""The sentence that tells a reader how a date and a status are known; made here alone."""

from datetime import date, timedelta

from timeline import dates
from timeline.basis import Base, Basis, DateBasis, Span
from timeline.basis.rules import COUNTING

_WEEK = timedelta(days=7)
_NO_BOUNDS = dates.Bounds(None, None)

# {words} are those that were read, {is_} and {names} the verbs behind them, {base} the day they are
# counted from, with what it is, {day} that day alone, {result} the date.
_DATE = {
    "no-year": "No year is given; {whose} of {day}.",
    "relative": "{words} {is_} counted from {base}.",
    "same-month": "{words} {is_} in the month named before, {day}.",
    "same-year": "{words} {is_} in the year spoken of before, {day}.",
    "event": "{words} {points} to {base}.",
    "clock": "{words} {is_} on {base}.",
    "part": "{words} {is_} taken as {result}.",
    "vague": "{words} {names} no day; {whose} of {day}.",
    "published": "The article states no date; it tells this as news of {own}.",
    "cited": "The article states no date; it speaks of this as known by {own}.",
    "to-come": "The article states no date; on {own}, this was still to come.",
    "earlier": "The article states no date; it says only that this came earlier.",
    "not-set": "The article states no date.",
    "judged": "The article states no exact date; this is the editors’ estimate.",
    "length": "{words} {is_} a length of time, not a date.",
    "repeated": "{words} {says} how often, not when.",
    "present": "{words} {means} the present at large, not a day.",
    "open": "{words} {leaves} open how far away it is.",
    "daypart": "{words} {is_} a time of day without its day.",
}
_BASES = {
    "publication": ("the article’s day, {day}", "the article is", "its own day, {day}"),
    "dateline": ("the day of its dateline, {day}", "its dateline is", "its own day, {day}"),
    "text": ("{day}, which the article speaks of", "the article has just spoken", "{day}"),
}
_LINKS = {
    "same-clause": "That dates the whole sentence.",
    "told-before": "The article has told of this before and dated it {date}.",
    "in-focus": "This passage names no day of its own; it goes on telling of {date}.",
    "lead": "This passage names no day of its own; the article tells of {date}.",
    "length-back": "{words} {is_} counted back from that day.",
    "length-forward": "{words} {is_} counted on from that day.",
    "end": "This is the end of that time.",
}
_PART_OF_NO_YEAR = "{words} {is_} taken as {result}; {whose} of {day}."
_OF_ANOTHER_PASSAGE = frozenset(("told-before", "in-focus", "lead"))
_CUES = {
    "occurred": "{words} {tells} it as something that has happened.",
    "ongoing": "{words} {tells} it as under way.",
    "planned": "{words} {makes} it a plan.",
    "expected": "{words} {tells} it as likely, not as certain.",
    "possible": "{words} {tells} it as possible, no more.",
    "postponed": "{words} {says} that it was put off.",
    "cancelled": "{words} {says} that it will not take place.",
}
_IS_OFF = "{words} {says} that it did not take place."
_AHEAD = {"ongoing": "That time was not over when the article appeared."}
_STILL_TO_COME = "That day was still to come when the article appeared."
_VERBS = {"is_": ("is", "are")} | {
    verb: (verb, verb[:-1])
    for verb in ("names", "says", "means", "leaves", "tells", "makes", "points")
}


def sentence(
    basis: Basis,
    edtf: str = "",
    status: str = "",
    published: date | None = None,
    outside: tuple[Span, ...] = (),
) -> str:
    """Return how we know that something is dated `edtf` and has that status, in plain words.

    `published` is the article's day, for a basis that does not say what it counts from; `outside`
    are those of the date's words that do not stand in the fragment beside the sentence. That
    something told as done has happened goes without saying. Empty where nothing is known.
    """
    parts = (
        _date(basis.date, edtf, published),
        _outside(outside, basis.date),
        _status(basis, edtf, status, published),
        basis.note,
    )
    return " ".join(filter(None, parts))


def _outside(spans: tuple[Span, ...], basis: DateBasis) -> str:
    """Say that words are not to be looked for in the fragment, unless the link says so."""
    if not spans or basis.link in _OF_ANOTHER_PASSAGE:
        return ""
    if len(spans) == len(basis.spans):
        return "The words stand elsewhere in the article."
    return f"{quoted(spans)} {'stand' if len(spans) > 1 else 'stands'} elsewhere in the article."


def quoted(spans: tuple[Span, ...]) -> str:
    """Return words as a sentence names them: “on Monday” and “Tuesday”."""
    marked = [f"“{span.exact}”" for span in spans]
    return " and ".join(filter(None, (", ".join(marked[:-1]), *marked[-1:])))


def _date(basis: DateBasis, edtf: str, published: date | None) -> str:
    spans, length = basis.spans, basis.spans[:0]
    if basis.link in ("length-back", "length-forward") and len(spans) > 1:
        spans, length = spans[:-1], spans[-1:]
    base = basis.base
    if base is None and published and basis.rule in COUNTING:
        base = Base(published.isoformat())
    match basis.rule:
        case "":
            said = ""
        case "stated":
            said = _stated(spans, edtf, basis.link == "end")
        case "weekday":
            said = _weekday(basis, spans, base, edtf)
            said = said or _filled(_DATE["relative"], spans, base, edtf)
        case "part" if base:
            said = _filled(_PART_OF_NO_YEAR, spans, base, edtf)
        case rule:
            said = _filled(_DATE[rule], spans, base, edtf)
    link = _LINKS.get(basis.link, "")
    if link.startswith("{words}"):
        link = _filled(link, length, base, edtf) if length else ""
    elif "{date}" in link:
        known = edtf.rstrip("~?%")
        link = link.format(date=dates.words(known)) if _bounds(known) != _NO_BOUNDS else ""
    return " ".join(filter(None, (said, link)))


def _filled(sentence: str, spans: tuple[Span, ...], base: Base | None, edtf: str) -> str:
    """Return the sentence with its words; where no base is known, without what needs one."""
    if base is None and ("{day}" in sentence or "{own}" in sentence):
        head, found, _ = sentence.partition(";")
        sentence = f"{head}." if found else ""
    if base is None and "{base}" in sentence:
        return ""
    if "{result}" in sentence and _bounds(edtf) == _NO_BOUNDS:
        return ""
    phrase, whose, own = _BASES[base.of] if base else ("", "", "")
    words = quoted(spans)
    said = sentence.format(
        words=words or "It",
        base=phrase.format(day=_day(base.edtf)) if base else "",
        day=dates.words(base.edtf) if base else "",
        own=own.format(day=dates.words(base.edtf)) if base else "",
        whose=whose,
        result=dates.words(edtf) if "{result}" in sentence else "",
        **{name: forms[len(spans) > 1] for name, forms in _VERBS.items()},
    )
    return said[:1].upper() + said[1:]


def _stated(spans: tuple[Span, ...], edtf: str, is_end: bool) -> str:
    """“The article gives the month: “March 2018”.”"""
    what = _what(edtf) + ("s" if is_end else "")
    words = f": {quoted(spans)}" if spans else ""
    return f"The article gives the {what}{words}."


def _what(edtf: str) -> str:
    first, slash, last = edtf.partition("/")
    if slash and not (set(first + last) - set("0123456789-")):
        return "years" if len(first) == len(last) == 4 else "dates" if len(first) == 10 else "time"
    return {4: "year", 7: "month", 10: "date"}.get(len(edtf.rstrip("~?%")), "date")


def _weekday(basis: DateBasis, spans: tuple[Span, ...], base: Base | None, edtf: str) -> str:
    """Say how a day of the week lies to the day it was counted from; "" where it is not one day."""
    if base is None or not spans:
        return ""
    origin, found = _bounds(base.edtf).earliest, _bounds(edtf)
    day = found.latest if basis.link == "length-back" else found.earliest
    one_day = found.earliest == found.latest or basis.link.startswith("length")
    if not day or not origin or not one_day or abs(day - origin) > _WEEK:
        return ""
    phrase = _BASES[base.of][0].format(day=_day(base.edtf))
    if day == origin:
        own = phrase.replace("the article’s day", "the article’s own day")
        return f"{quoted(spans)} {'are' if len(spans) > 1 else 'is'} {own}."
    side = "before" if day < origin else "after"
    return f"{quoted(spans)} {'are' if len(spans) > 1 else 'is'} the {day:%A} {side} {phrase}."


def _status(basis: Basis, edtf: str, status: str, published: date | None) -> str:
    rule, spans = basis.status.rule, basis.status.spans
    if rule == "ahead":
        return _AHEAD.get(status, _STILL_TO_COME)
    if rule == "under-way":
        status = "ongoing"
    if rule not in ("cue", "under-way") or not spans or status not in _CUES:
        return ""
    base = basis.date.base
    today = published or (_bounds(base.edtf).earliest if base else None)
    latest = _bounds(edtf).latest
    is_over = status == "cancelled" and today and latest and latest < today
    return _filled(_IS_OFF if is_over else _CUES[status], spans, None, "")


def _day(edtf: str) -> str:
    """A day with its weekday: “Wednesday 28 March 2018”; what is coarser as it is."""
    earliest, latest = _bounds(edtf)
    is_day = earliest and earliest == latest
    return f"{earliest:%A} {dates.words(edtf)}" if is_day else dates.words(edtf)


def _bounds(edtf: str) -> dates.Bounds:
    try:
        return dates.bounds(edtf)
    except ValueError:
        return _NO_BOUNDS
