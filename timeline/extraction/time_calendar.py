"""Readings of the forms that name a calendar date: days, months, years, seasons, quarters."""

from .time_context import Context
from .time_grammar import Found
from .time_meaning import Meaning, calendar, long_day, part_of, reading
from .time_points import Point, day_point, edtf, month_point, point_of, value, year_value

_MONTH_CUES = frozenset(
    ["in", "since", "until", "till", "by", "of", "from", "to", "between", "and", "through", "during", "for", "before", "after", "next", "last", "this", "early", "mid", "late", "on", "around", "about", "every", "each", "that", "following", "previous", "or"]
)
_STATED = "states the date"


@reading
def day(found: Found, context: Context) -> Meaning | None:
    """“22 June 1941”, “Friday, Aug. 7”: without a year, the nearest such day by tense."""
    month, number = found.get("month"), found.get("day")
    if found.words("year"):
        point, basis = day_point(found.get("year"), month, number), _STATED
    else:
        point, basis = _nearest_day(found, context, month, number)
    if point is None or number == 0:
        return None
    meaning = calendar(point, basis)
    part = found.words("daypart") or found.words("late")
    return with_daypart(meaning, found.get("daypart") or found.get("late")) if part else meaning


def _nearest_day(
    found: Found, context: Context, month: int, number: int
) -> tuple[Point | None, str]:
    anchor = context.anchor
    years = range(anchor.year - 1, anchor.year + 2)
    days = [point for year in years if (point := day_point(year, month, number))]
    if not days:
        return None, ""
    middle = anchor if anchor.unit == "day" else point_of("day", anchor.first)
    chosen = min(days, key=lambda point: abs(point.number - middle.number))
    tense = None if context.narrative else context.tense(found.start, found.end)
    if abs(chosen.number - middle.number) > 90:
        if tense == "past":
            chosen = max((p for p in days if p.number <= middle.number), default=chosen)
        elif tense == "future":
            chosen = min((p for p in days if p.number >= middle.number), default=chosen)
    return chosen, beside(context, tense)


def beside(context: Context, tense: str | None = None) -> str:
    """The basis of a reading that depends on the publication day or on the date in focus."""
    if context.narrative and context.focus:
        return f"+ the date before it, {value(context.focus)}"
    known = f"+ published {long_day(context.published)}"
    return f"{known}, {tense} tense" if tense else known


def with_daypart(meaning: Meaning, part: str) -> Meaning:
    meaning.type, meaning.value = "TIME", f"{meaning.value}T{part}"
    return meaning


@reading
def day_range(found: Found, context: Context) -> Meaning | None:
    """“March 5-7, 2018”."""
    month, year = found.get("month"), found.get("year")
    first = (
        day_point(year, month, found.get("day"))
        if year
        else _nearest_day(found, context, month, found.get("day"))[0]
    )
    last = first and day_point(first.year, month, found.get("last"))
    if not last or last.number <= first.number:
        return None
    span = f"{value(first)}/{value(last)}"
    return Meaning("DATE", span, span, _STATED if year else beside(context), last)


@reading
def numeric_day(found: Found, context: Context) -> Meaning | None:
    """“2018-03-28”, “05/03/2013”: month first unless that cannot be."""
    year, month, number = found.get("year"), found.get("month"), found.get("day")
    if len(found.words("year")[0]) < 3:
        year += 2000 if year < 50 else 1900
    if month > 12:
        month, number = number, month
    point = day_point(year, month, number)
    return calendar(point, _STATED) if point else None


@reading
def month(found: Found, context: Context) -> Meaning | None:
    """“January 1998”, “in May”, “last November”, “October of that year”."""
    number, year, part = found.get("month"), found.get("year"), part_of(found)
    if year:
        return calendar(month_point(year, number), _STATED, part)
    shift = found.words("shift")
    if not shift and not part and not _is_month(found):
        return None
    published = context.published
    if found.rule.name == "month-of-year":
        point, basis = _month_of_year(found, context, number)
        if found.words("day"):
            day = day_point(point.year, number, found.get("day"))
            return day and calendar(day, basis)
        return calendar(point, basis, part)
    if shift:
        point, basis = _shifted_month(found, context, number)
        return calendar(point, basis, part)
    anchor = context.anchor.to("month")
    choices = [month_point(anchor.year + k, number) for k in (-1, 0, 1)]
    # A narrative moves forward: half a year ahead is nearer than half a year back.
    chosen = min(choices, key=lambda p: abs(p.number - anchor.number - 0.5))
    if context.narrative:
        return calendar(chosen, beside(context), part)
    tense = context.tense(found.start, found.end)
    here = published.to("month").number
    if tense == "past":
        chosen = max(p for p in choices if p.number <= here)
    elif tense == "future":
        chosen = min(p for p in choices if p.number >= here)
    return calendar(chosen, beside(context, tense), part)


def _is_month(found: Found) -> bool:
    """Whether a bare month word is the month, not a verb, a modal or a person."""
    word = found.words("month")[0]
    before, after = found.word(-1), found.word(0)
    if len(word) <= 4 and word not in ("May", "June", "July", "MAY", "JUNE", "JULY"):
        return False
    if before.lower() in _MONTH_CUES:
        return True
    if word.title() in ("May", "March"):
        return False
    named = word.title() in ("April", "June", "August")
    return not (named and (before.istitle() or after.istitle()))


def _month_of_year(found: Found, context: Context, number: int) -> tuple[Point, str]:
    shift = found.words("shift")
    word = shift[0].lower()
    if word in ("this", "next", "last"):
        year = context.published.year + found.get("shift")
        return month_point(year, number), beside(context)
    year = (context.focus or context.published).year
    return month_point(year, number), "+ the year spoken of"


def _shifted_month(found: Found, context: Context, number: int) -> tuple[Point, str]:
    anchor = context.anchor.to("month")
    shift = found.get("shift")
    if shift == 0:
        return month_point(anchor.year, number), beside(context)
    choices = [month_point(anchor.year + k, number) for k in (-1, 0, 1)]
    if shift < 0:
        return max(p for p in choices if p.number < anchor.number), beside(context)
    return min(p for p in choices if p.number > anchor.number), beside(context)


@reading
def bc(found: Found, context: Context) -> Meaning | None:
    """“480 BC”, “September 480 BC”: no EDTF, since the calendar here begins with the year 1."""
    year, number = 1 - found.get("year"), found.get("month")
    if number:
        point = month_point(year, number)
        text = value(point) + (f"-{found.get('day'):02}" if found.words("day") else "")
        return Meaning("DATE", text, None, _STATED, point)
    return Meaning("DATE", year_value(year), None, _STATED, Point("year", year))


@reading
def ad(found: Found, context: Context) -> Meaning | None:
    year = found.get("year")
    return calendar(Point("year", year), _STATED, part_of(found)) if year else None


_QUANTITIES = frozenset(
    ["people", "persons", "men", "women", "children", "troops", "soldiers", "tons", "tonnes", "miles", "km", "kilometers", "kilometres", "meters", "metres", "feet", "yards", "acres", "dollars", "pounds", "euros", "percent", "per", "votes", "members", "jobs", "homes", "aircraft", "planes", "tanks", "ships", "prisoners", "casualties", "dead", "wounded", "deaths", "or", "hours"]
)
_YEAR_CUES = frozenset(
    ["in", "since", "by", "of", "from", "to", "until", "till", "between", "and", "around", "about", "before", "after", "early", "late", "mid", "the", "during", "through", ",", "(", "for", "pre", "post"]
)


@reading
def year(found: Found, context: Context) -> Meaning | None:
    """“late 2011”, “1994”; not a sum, a count, a number of something."""
    number, part = found.get("year"), part_of(found)
    before, after = found.word(-1), found.word(0)
    if not part and not found.words("ad"):
        if before in ("$", "£", "€", "#", ".", "-") or after in ("%", "$", "€"):
            return None
        if before == "," and found.word(-2).isdigit() and not _spaced(found):
            return None
        if after in (",", ".") and found.word(1).isdigit() and _joined(found):
            return None
        if after.lower() in _QUANTITIES and not (after == "or" and found.word(1).isdigit()):
            return None
        if not 1600 <= number <= 2100 and before.lower() not in _YEAR_CUES:
            return None
    return calendar(Point("year", number), _STATED, part)


def _spaced(found: Found) -> bool:
    return found.tokens.text[found.start - 1 : found.start].isspace()


def _joined(found: Found) -> bool:
    """Whether a digit follows the mark after the expression without a space."""
    return found.tokens.text[found.end + 1 : found.end + 2].isdigit()


@reading
def year_span(found: Found, context: Context) -> Meaning | None:
    """“1950-53”."""
    first, last = found.get("year"), found.words("last")[0]
    last = first // 100 * 100 + int(last)
    if len(found.words("last")[0]) != 2 or last <= first or not 1000 <= first < 2200:
        return None
    span = f"{first}/{last}"
    return Meaning("DATE", span, span, _STATED, Point("year", last))


@reading
def year_begins(found: Found, context: Context) -> Meaning | None:
    """The first year of “1865-1877”, which are two expressions; it carries the whole span."""
    meaning = year(found, context)
    last = found.word(1)
    if meaning and last.isdigit() and int(last) > int(meaning.value):
        meaning.edtf, meaning.basis = f"{meaning.value}/{last}", f"with {last} states the span"
    return meaning


@reading
def decade(found: Found, context: Context) -> Meaning | None:
    """“the early 1990s”, “the sixties”."""
    if found.words("year"):
        first = found.get("year")
        if first % 10:
            return None
        return calendar(Point("decade", first // 10), _STATED, part_of(found))
    words = found.words("short")
    tens = next((int(word) for word in words if word.isdigit()), None)
    if tens is None:
        tens = found.get("short") * 10
    if tens % 10 or not 20 <= tens <= 90 or found.word(-1).lower() in ("his", "her", "their"):
        return None
    century = context.anchor.year // 100
    first = century * 100 + tens
    if first > context.anchor.year + 5:
        first -= 100
    return calendar(Point("decade", first // 10), _STATED, part_of(found))


@reading
def century(found: Found, context: Context) -> Meaning | None:
    """“the early 19th century”: 18XX."""
    number = found.get("ord")
    words = [word.lower() for word in found.words("ord")]
    if len(words) == 3 and words[1] == "-":
        number += found.get("ord", 0) and _ordinal(words[2])
    if not 1 <= number <= 30:
        return None
    if found.words("bc"):
        return Meaning("DATE", f"BC{number - 1:02}", None, _STATED)
    return calendar(Point("century", number - 1), _STATED, part_of(found))


def _ordinal(word: str) -> int:
    from .time_grammar import grammar

    return grammar().values[word]


@reading
def season(found: Found, context: Context) -> Meaning | None:
    """“the summer of 1955”, “this spring”, “winter”."""
    number, part = found.get("season"), part_of(found)
    if found.words("year"):
        return calendar(Point("season", found.get("year") * 4 + number), _STATED, part)
    shift = [word.lower() for word in found.words("shift")]
    if not shift and not part and not _is_season(found):
        return None
    anchor = context.anchor
    year = anchor.year
    if not shift or shift[0] in ("that", "same", "the"):
        if context.narrative or shift:
            base = context.focus or context.published
            return calendar(Point("season", base.year * 4 + number), "+ the year spoken of", part)
        tense = context.tense(found.start, found.end)
        here = point_of("season", context.published.first).number
        choices = [Point("season", (year + k) * 4 + number) for k in (-1, 0, 1)]
        if tense == "past":
            chosen = max(p for p in choices if p.number <= here)
        elif tense == "future":
            chosen = min(p for p in choices if p.number >= here)
        else:
            chosen = min(choices, key=lambda p: abs(p.number - here))
        return calendar(chosen, beside(context, tense), part)
    here = point_of("season", anchor.first).number if anchor.year > 0 else year * 4
    choices = [Point("season", (year + k) * 4 + number) for k in (-1, 0, 1)]
    move = found.get("shift")
    if move < 0:
        chosen = max(p for p in choices if p.number < here)
    elif move > 0:
        chosen = min(p for p in choices if p.number > here)
    else:
        chosen = Point("season", year * 4 + number)
    return calendar(chosen, beside(context), part)


def _is_season(found: Found) -> bool:
    word, before, after = found.words("season")[0], found.word(-1).lower(), found.word(0).lower()
    named = found.tokens.words[found.first].lower() == "the"
    if word.lower() == "fall" and after == "of":
        return False
    if word[0].isupper():
        return False
    if word.lower() in ("fall", "spring"):
        return named or before in (
            "in",
            "by",
            "during",
            "since",
            "until",
            "next",
            "following",
            "same",
        )
    return True


@reading
def quarter(found: Found, context: Context) -> Meaning | None:
    """“the third quarter of 1998”, “second half of the year”, “Q2”."""
    unit = (found.words("quarter") or ["quarter"])[0].lower()
    number = found.get("ord")
    size = 4 if unit == "quarter" else 2
    if not 1 <= number <= size:
        return None
    year, shift = found.get("year"), found.words("shift")
    basis = _STATED
    if not year:
        if unit == "half" and found.word(0).lower() != "of" and not shift:
            return None
        year, basis = context.anchor.year, beside(context)
        if shift and shift[0].lower() in ("last", "next"):
            year += found.get("shift")
    return calendar(Point(unit, year * size + number - 1), basis)


@reading
def week_of(found: Found, context: Context) -> Meaning | None:
    """“the week of March 6”."""
    meaning = day(found, context)
    return meaning and calendar(meaning.point.to("week"), meaning.basis)


_ = edtf
