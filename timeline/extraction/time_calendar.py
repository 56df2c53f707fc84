"""Readings of the forms that name a calendar date: days, months, years, seasons, quarters."""

from collections.abc import Iterable

from .named_days import day_in, rules
from .time_context import Context
from .time_grammar import Found, grammar
from .time_meaning import (
    STATED,
    Meaning,
    beside_anchor,
    beside_publication,
    calendar,
    part_of,
    reading,
    with_daypart,
)
from .time_points import SEASONS, Point, day_point, month_point, point_of, value, year_value

# What stands before "March" or "May" when it is the month.
_MONTH_CUES = frozenset(
    "in since until till by of from to between and through during for before after next last this "
    "early mid late on around about every each that following previous or the a an - / ( 's".split()
)
_SEASON_CUES = frozenset(
    "in by during since until next following same last this early late mid".split()
)


# A day without a year that lies this few days away is that day, whatever the verb beside it.
_CLOSE = 90
_NEXT_DOOR = 10  # the same for a day with a name


def nearest(choices: Iterable[Point], here: Point, tense: str | None) -> Point:
    """The last of `choices` up to `here`, the first from it on, or the nearest, by tense."""
    choices = list(choices)
    number = here.number
    if tense == "past":
        choices = [point for point in choices if point.number <= number] or choices
    elif tense == "future":
        choices = [point for point in choices if point.number >= number] or choices
    # A text moves forward: half a year ahead is nearer than half a year back.
    return min(choices, key=lambda point: abs(point.number - number - 0.25))


@reading
def day(found: Found, context: Context) -> Meaning | None:
    """“22 June 1941”, “Friday, Aug. 7”: without a year, the nearest such day by tense."""
    month, number = found.get("month"), found.get("day")
    year, basis = found.get("year", found.get("borrowed")), STATED
    if year is None:
        point, basis = _unstated_year(found, context, month, number)
    else:
        if year < 100:
            year += 2000 if year < 50 else 1900
        point = day_point(year, month, number)
    if point is None:
        return None
    return with_daypart(calendar(point, basis), found.get("daypart") or found.get("late"))


def _unstated_year(
    found: Found, context: Context, month: int, number: int
) -> tuple[Point | None, str]:
    anchor = context.anchor
    reach = 4 if (month, number) == (2, 29) else 1
    years = range(anchor.year - reach, anchor.year + reach + 1)
    days = [point for year in years if (point := day_point(year, month, number))]
    if not days or anchor.year < 2:
        return None, ""
    if context.narrative:
        return context.placed(days, found.first), beside_anchor(context)
    here = anchor.to("day")
    point = nearest(days, here, None)
    if not context.narrative:
        tense = context.tense(found.start, found.end)
        if abs(point.number - here.number) > _CLOSE:
            point = nearest(days, here, tense)
        return point, beside_publication(context, tense)
    return point, beside_anchor(context)


@reading
def day_range(found: Found, context: Context) -> Meaning | None:
    """“March 5-7, 2018”."""
    month, year = found.get("month"), found.get("year")
    if year:
        first, basis = day_point(year, month, found.get("day")), STATED
    else:
        first, basis = _unstated_year(found, context, month, found.get("day"))
    last = first and day_point(first.year, month, found.get("last"))
    if not last or last.number <= first.number:
        return None
    span = f"{value(first)}/{value(last)}"
    return Meaning("DATE", span, span, basis, last)


@reading
def numeric_day(found: Found, context: Context) -> Meaning | None:
    """“2018-03-28”, “05/03/2013”: month first unless that cannot be."""
    year, month, number = found.get("year"), found.get("month"), found.get("day")
    if month is None:
        month = grammar().values[found.tokens.words[found.first + 2]]
    if len(found.words("year")[0]) < 3:
        year += 2000 if year < 50 else 1900
    if month > 12:
        month, number = number, month
    point = day_point(year, month, number)
    return calendar(point, STATED) if point else None


@reading
def named(found: Found, context: Context) -> Meaning | None:
    """“Thanksgiving Day”, “last Christmas”, “Easter week”."""
    first = found.tokens.words.index(found.words("named")[0], found.first)
    last = first + len(found.words("named"))
    name = found.tokens.text[found.tokens.start(first) : found.tokens.ends[last - 1]]
    rule = rules().get(name)
    year, basis = found.get("year"), STATED
    if rule is None or found.word(-1) in (
        "Lunar",
        "Chinese",
        "Jewish",
        "Happy",
        "Merry",
        "Orthodox",
    ):
        return None
    if year is None:
        anchor = context.anchor
        if not 2 <= anchor.year <= 9998:
            return None
        here, tense = anchor.to("day"), None
        shift = found.get("shift")
        if shift:
            tense = "past" if shift < 0 else "future"
        elif not context.narrative:
            tense = context.tense(found.start, found.end)
        days = [point_of("day", day_in(anchor.year + k, rule)) for k in (-1, 0, 1)]
        point = nearest(days, here, None)
        if abs(point.number - here.number) > _NEXT_DOOR:
            point = nearest(days, here, tense)
        basis = beside_anchor(context, tense)
    else:
        point = point_of("day", day_in(year, rule))
    if found.words("week"):
        return calendar(point.to("week"), basis)
    return with_daypart(calendar(point, basis), found.get("late"))


@reading
def week_of(found: Found, context: Context) -> Meaning | None:
    """“the week of March 6”."""
    meaning = day(found, context)
    return meaning and calendar(meaning.point.to("week"), meaning.basis)


@reading
def month(found: Found, context: Context) -> Meaning | None:
    """“January 1998”, “in May”, “last November”, “October of that year”."""
    number, part = found.get("month"), part_of(found)
    year = found.get("year", found.get("borrowed"))
    shift = [word.lower() for word in found.words("shift")]
    if year:
        return calendar(month_point(year, number), STATED, part)
    if not shift and not part and not _is_month(found):
        return None
    if found.rule.name == "month-of-year":
        year, basis = _year_said(found, context, shift)
        point = month_point(year, number)
        if found.words("day"):
            point = day_point(year, number, found.get("day"))
        return point and calendar(point, basis, part)
    anchor = context.anchor
    here = anchor.to("month")
    choices = [month_point(anchor.year + k, number) for k in (-1, 0, 1)]
    if shift:
        move = found.get("shift")
        if move == 0:
            return calendar(choices[1], beside_anchor(context), part)
        point = nearest(choices, here.shift(move), "past" if move < 0 else "future")
        if found.words("day"):
            point = day_point(point.year, number, found.get("day"))
        return point and calendar(point, beside_anchor(context), part)
    if context.narrative:
        return calendar(context.placed(choices, found.first), beside_anchor(context), part)
    tense = context.tense(found.start, found.end)
    return calendar(nearest(choices, here, tense), beside_publication(context, tense), part)


def _year_said(found: Found, context: Context, shift: list[str]) -> tuple[int, str]:
    """The year of "of that year", "next year"."""
    if shift[0] in ("this", "next", "last") and not context.narrative:
        return context.published.year + found.get("shift"), beside_publication(context)
    move = found.get("shift") if shift[0] in ("next", "last") else 0
    return (context.focus or context.published).year + move, "+ the year spoken of"


def _is_month(found: Found) -> bool:
    """Whether a bare month word is the month, not a verb, a modal or a person."""
    word, before, after = found.words("month")[0], found.word(-1), found.word(0)
    if grammar().codes[word] == grammar().codes["Jan"]:
        return False
    if before.lower() in _MONTH_CUES:
        return True
    if word.title() in ("May", "March"):
        return False
    person = word.title() in ("April", "June", "August")
    return not (person and (before.istitle() or after.istitle()))


@reading
def bc(found: Found, context: Context) -> Meaning | None:
    """“480 BC”, “September 480 BC”: no EDTF, since the app's calendar begins with the year 1."""
    year, month = 1 - found.get("year"), found.get("month")
    if found.words("season"):
        text = f"{year_value(year)}-{SEASONS[found.get('season')]}"
        return Meaning("DATE", text, None, STATED, Point("year", year))
    if not month:
        return Meaning("DATE", year_value(year), None, STATED, Point("year", year))
    point = month_point(year, month)
    text = value(point) + (f"-{found.get('day'):02}" if found.words("day") else "")
    return Meaning("DATE", text, None, STATED, point)


@reading
def decade_bc(found: Found, context: Context) -> Meaning | None:
    """“the 470s BC”."""
    return Meaning("DATE", f"BC{found.get('year') // 10:03}", None, STATED)


@reading
def ad(found: Found, context: Context) -> Meaning | None:
    """“AD 79”."""
    year = found.get("year")
    return calendar(Point("year", year), STATED, part_of(found)) if year else None


_QUANTITIES = frozenset(
    "people persons men women children troops soldiers tons tonnes miles km kilometers kilometres "
    "meters metres feet yards acres dollars pounds euros percent per votes members jobs homes m mm "
    "aircraft planes tanks ships prisoners casualties dead wounded deaths hours years days".split()
)
_YEAR_CUES = frozenset(
    "in since by of from to until till between and around about before after the during through "
    ", ( for".split()
)


@reading
def year(found: Found, context: Context) -> Meaning | None:
    """“late 2011”, “1994”; not a sum, a count or the number of something."""
    number, part = found.get("year"), part_of(found)
    if not part and not found.words("ad") and not _is_year(found, number):
        return None
    return calendar(Point("year", number), STATED, part)


def _is_year(found: Found, number: int) -> bool:
    before, after = found.word(-1), found.word(0)
    text = found.tokens.text
    if before == "-" and not found.word(-2).isdigit() and text[found.start - 1] == "-":
        return found.word(-2).lower() in ("post", "pre", "mid")
    if before in ("$", "£", "€", "#", "№") or after in ("%", "$", "€"):
        return False
    if before in (",", ".", ":") and found.word(-2).isdigit() and text[found.start - 1] == before:
        return False
    if after in (",", ".", ":") and text[found.end + 1 : found.end + 2].isdigit():
        return False
    if after.lower() in _QUANTITIES or before.lower() in (
        "no",
        "number",
        "room",
        "flight",
        "route",
    ):
        return False
    return (
        1600 <= number <= 2100 or before.lower() in _YEAR_CUES and number >= 1000 and number < 2150
    )


@reading
def year_span(found: Found, context: Context) -> Meaning | None:
    """“1950-53”."""
    first, short = found.get("year"), found.words("last")[0]
    last = first // 100 * 100 + int(short)
    if len(short) != 2 or not 1000 <= first < last < 2150:
        return None
    span = f"{first}/{last}"
    return Meaning("DATE", span, span, STATED, Point("year", last))


@reading
def year_begins(found: Found, context: Context) -> Meaning | None:
    """The first year of “1865-1877”, which are two expressions; it carries the whole span."""
    meaning, last = year(found, context), found.word(1)
    if meaning and int(last) > found.get("year"):
        meaning.edtf = f"{found.get('year')}/{last}"
        meaning.basis = f"with {last} states the span"
    return meaning


@reading
def decade(found: Found, context: Context) -> Meaning | None:
    """“the early 1990s”, “the sixties”."""
    part = part_of(found)
    if found.words("year"):
        first = found.get("year")
        return None if first % 10 else calendar(Point("decade", first // 10), STATED, part)
    tens = next((int(w) for w in found.words("short") if w.isdigit()), None)
    if tens is None:
        tens = found.get("short") * 10
    if tens % 10 or not 20 <= tens <= 90 or found.word(-1).lower() in ("his", "her", "their", "my"):
        return None
    first = context.anchor.year // 100 * 100 + tens
    if first > context.anchor.year + 5:
        first -= 100
    return calendar(Point("decade", first // 10), STATED, part)


@reading
def century(found: Found, context: Context) -> Meaning | None:
    """“the early 19th century”: 18XX."""
    number = sum(
        grammar().values[w] for w in found.words("ord") if w != "-" and w.lower() not in _TH
    )
    if not 1 <= number <= 30:
        return None
    if found.words("bc"):
        return Meaning("DATE", f"BC{number - 1:02}", None, STATED)
    return calendar(Point("century", number - 1), STATED, part_of(found))


_TH = frozenset(("st", "nd", "rd", "th"))


@reading
def season(found: Found, context: Context) -> Meaning | None:
    """“the summer of 1955”, “this spring”, “winter”."""
    number, part = found.get("season"), part_of(found)
    if year := found.get("year", found.get("borrowed")):
        return calendar(Point("season", year * 4 + number), STATED, part)
    shift = [word.lower() for word in found.words("shift")]
    if found.rule.name == "season-of":
        year, basis = _year_said(found, context, shift)
        return calendar(Point("season", year * 4 + number), basis, part)
    if not shift and not part and not _is_season(found):
        return None
    anchor = context.anchor
    choices = [Point("season", (anchor.year + k) * 4 + number) for k in (-1, 0, 1)]
    here = anchor.to("season")
    move = next((_MOVES[word] for word in shift if word in _MOVES), 0)
    if move:
        return calendar(
            nearest(choices, here.shift(move), "past" if move < 0 else "future"),
            beside_anchor(context),
            part,
        )
    if shift:
        return calendar(choices[1], beside_anchor(context), part)
    if context.narrative:
        return calendar(context.placed(choices, found.first), beside_anchor(context), part)
    tense = context.tense(found.start, found.end)
    return calendar(nearest(choices, here, tense), beside_publication(context, tense), part)


_MOVES = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "next": 1,
    "following": 1,
    "coming": 1,
}


def _is_season(found: Found) -> bool:
    word, before, after = found.words("season")[0], found.word(-1).lower(), found.word(0).lower()
    if word[0].isupper() and before not in ("in", "the", "of", "by", "during", "until", "since"):
        return False
    if word in ("fall", "spring"):
        headed = found.tokens.words[found.first].lower() == "the"
        return after != "of" and (headed or before in _SEASON_CUES)
    return True


@reading
def quarter(found: Found, context: Context) -> Meaning | None:
    """“the third quarter of 1998”, “the second half of this year”, “Q2 2018”."""
    unit = (found.words("quarter") or ["quarter"])[0].lower()
    number, size = 2 if found.words("last") else found.get("ord"), 4 if unit == "quarter" else 2
    shift = [word.lower() for word in found.words("shift")]
    year, basis = found.get("year"), STATED
    if not 1 <= number <= size or (unit == "half" and not year and not shift):
        return None
    if shift:
        year, basis = _year_said(found, context, shift)
    elif not year:
        year, basis = context.anchor.year, beside_anchor(context)
    return calendar(Point(unit, year * size + number - 1), basis)
