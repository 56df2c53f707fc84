"""Readings of the forms that name days and months."""

from collections.abc import Iterable
from functools import lru_cache

from .context import Context
from .grammar import Found, grammar
from .meaning import (
    STATED,
    Ground,
    Meaning,
    beside_anchor,
    beside_focus,
    beside_publication,
    calendar,
    in_text,
    is_deictic,
    part_of,
    reading,
    with_daypart,
)
from .named_days import day_in, rules
from .points import Point, day_point, edtf, month_point, point_of

# A day without a year that lies this few days away is that day, whatever the verb beside it: with
# 90 "reported on Feb. 3" was to come in November, with 30 the verb is wrong more often than right.
_CLOSE = 40
_CLOSE_NAMED = 40
_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_NTH_UNIT = {None: "day", "W": "week", "WE": "weekend"}


def nearest(choices: Iterable[Point], here: Point, tense: str | None) -> Point:
    """The last of `choices` up to `here`, the first from it on, or the nearest, by tense."""
    choices = list(choices)
    number = here.number
    if tense == "past":
        choices = [point for point in choices if point.number <= number] or choices
    elif tense == "future":
        choices = [point for point in choices if point.number >= number] or choices
    return min(choices, key=lambda point: abs(point.number - number - 0.25))


def full_year(year: int) -> int:
    """The year that two digits mean: 49 is 2049, 50 is 1950."""
    return year if year > 99 else year + (2000 if year < 50 else 1900)


@reading
def day(found: Found, context: Context) -> Meaning | None:
    """“22 June 1941”, “Friday, Aug. 7”: without a year, the nearest such day by tense."""
    month, number = found.get("month"), found.get("day")
    year, ground = found.get("year", found.get("borrowed")), STATED
    if found.rule.name == "short-year" and (
        len(found.words("year")[0]) != 2 or found.near(0).isalnum()
    ):
        return None
    if year is None:
        point, ground = _unstated_year(found, context, month, number)
    else:
        point = day_point(full_year(year), month, number)
    if point is None:
        return None
    return with_daypart(calendar(point, ground), found.get("daypart") or found.get("late"))


def _unstated_year(
    found: Found, context: Context, month: int, number: int
) -> tuple[Point | None, Ground]:
    anchor = context.anchor
    reach = 4 if (month, number) == (2, 29) else 1
    days = _days_of(month, number, range(anchor.year - reach, anchor.year + reach + 1))
    if not days:
        return None, STATED
    if context.narrative:
        return context.placed(days, found.first), beside_anchor(context, "no-year")
    here = anchor.to("day")
    tense = context.tense(found.start, found.end)
    before = context.stated_beside(found.start) if tense != "future" else None
    if before:
        days = _days_of(month, number, range(before.year, before.year + reach + 1))
        point = nearest(days, before.to("day"), "future") if days else None
        return point, beside_focus(context, "no-year")
    point = nearest(days, here, None)
    if abs(point.number - here.number) > _CLOSE:
        point = nearest(days, here, tense)
    return point, beside_publication(context, "no-year")


def _days_of(month: int, number: int, years: Iterable[int]) -> list[Point]:
    """That day of each year that has it."""
    return [point for year in years if (point := day_point(year, month, number))]


@reading
def nth_of_month(found: Found, context: Context) -> Meaning | None:
    """“the first week of May”, “the second Sunday in May 2018”."""
    meaning = month(found, context)
    if meaning is None or meaning.point is None:
        return None
    weekday, nth = found.get("weekday", 0), found.get("ord")
    is_last = nth == -1
    first, last = (point.toordinal() for point in (meaning.point.first, meaning.point.last))
    # Of a week it is the Monday that counts; the first week is the one that holds the first day.
    start = first + (weekday + 1 - first) % 7 - (7 if found.words("unit") and first % 7 != 1 else 0)
    number = last - (last - weekday - 1) % 7 if is_last else start + 7 * (nth - 1)
    if number > last:
        return None
    weeks = calendar(Point("day", number).to(_NTH_UNIT[found.get("unit")]), meaning.ground)
    if found.get("unit") == "W":  # for a reader the first week is the first seven days
        begin = last - 6 if is_last else first + 7 * (nth - 1)
        ends = Point("day", begin), Point("day", min(begin + 6, last))
        weeks.edtf = "/".join(map(str, map(edtf, ends)))
    return weeks


@reading
def one_more_day(found: Found, context: Context) -> Meaning | None:
    """The 25 of “April 24 and 25”, the “7, 2018” of “March 5-7, 2018”."""
    known = context.day
    if context.read_up_to != found.first - 1 or known is None or context.focus is not known:
        return None
    if not found.near(-2)[:1].isdigit() and found.near(-2).lower() not in _ORDINAL_ENDINGS:
        return None  # "on Wednesday, 12 were hurt"
    if found.near(0)[:1].isalnum() and not found.beside(0, "after_day"):
        return None
    point = day_point(known.year, known.first.month, found.get("day"))
    if point is None or point.number <= known.number:
        return None
    return calendar(point, in_text("same-month", known.to("month")))


@reading
def the_nth(found: Found, context: Context) -> Meaning | None:
    """“the 5th”, “the 28th of that month”: of the month spoken of."""
    if context.month is None or (found.near(0)[:1].isalnum() and not found.beside(0, "after_day")):
        return None
    month = context.month.to("month")
    point = day_point(month.year, month.place + 1, found.get("day"))
    return calendar(point, in_text("same-month", month)) if point else None


@reading
def numeric_day(found: Found, context: Context) -> Meaning | None:
    """“2018-03-28”, “05/03/2013”: month first unless that cannot be."""
    year, month, number = full_year(found.get("year")), found.get("month"), found.get("day")
    if month > 12:
        month, number = number, month
    point = day_point(year, month, number)
    return calendar(point, STATED) if point else None


@reading
def korean_day(found: Found, context: Context) -> Meaning | None:
    """“2018년 3월 28일”, “3월”: without a year, the nearest."""
    year, month, number = found.get("year"), found.get("month"), found.get("day")
    if not 1 <= month <= 12:
        return None
    point: Point | None
    if number is None:
        here = context.published.to("month")
        choices = [month_point(y, month) for y in range(here.year - 1, here.year + 2)]
        if year:
            return calendar(month_point(year, month), STATED)
        return calendar(nearest(choices, here, None), beside_publication(context, "no-year"))
    if year:
        point, ground = day_point(year, month, number), STATED
    else:
        point, ground = _unstated_year(found, context, month, number)
    return calendar(point, ground) if point else None


@reading
def foreign_day(found: Found, context: Context) -> Meaning | None:
    """“28 de marzo de 2018”: dateparser knows the month names of other languages."""
    point = _parsed(found.tokens.text[found.start : found.end])
    return calendar(point, STATED) if point else None


@lru_cache(maxsize=256)
def _parsed(words: str) -> Point | None:
    import dateparser  # 300 ms: only for a text that is not in English

    day = dateparser.parse(words, languages=["fr", "de", "es", "it", "pt", "nl"])
    return point_of("day", day) if day else None


@reading
def named(found: Found, context: Context) -> Meaning | None:
    """“Thanksgiving Day”, “last Christmas”, “Easter week”."""
    first = found.tokens.words.index(found.words("named")[0], found.first)
    last = first + len(found.words("named")) - 1
    name = found.tokens.text[found.tokens.start(first) : found.tokens.ends[last]]
    rule = rules().get(name)
    if rule is None or found.beside(-1, "other_calendar"):
        return None
    year, ground = found.get("year"), STATED
    if year is None and rule.count(" ") == 2 and rule[-4:].isdigit():
        year = int(rule[-4:])  # "D-Day" was one day
    if year is None:
        anchor, shift = context.anchor, found.get("shift", 0)
        tense = {-1: "past", 1: "future"}.get(shift)
        if not shift and not context.narrative:
            tense = context.tense(found.start, found.end)
        years = [year for year in range(anchor.year - 1, anchor.year + 2) if 1 <= year <= 9999]
        days = [point_of("day", day_in(year, rule)) for year in years]
        here = anchor.to("day")
        point = nearest(days, here, None)
        if shift or abs(point.number - here.number) > _CLOSE_NAMED:
            point = nearest(days, here, tense)
        ground = beside_anchor(context, "relative" if shift else "no-year")
    else:
        point = point_of("day", day_in(year, rule))
    if found.words("week"):
        return calendar(point.to("week"), ground)
    return with_daypart(calendar(point, ground), found.get("late"))


@reading
def week_of(found: Found, context: Context) -> Meaning | None:
    """“the week of March 6”, “the weekend of 7-8 November”."""
    meaning = day(found, context)
    if meaning is None or meaning.point is None:
        return None
    return calendar(meaning.point.to(found.word("unit")), meaning.ground)


@reading
def month(found: Found, context: Context) -> Meaning | None:
    """“January 1998”, “in May”, “last November”, “October of that year”."""
    number, part = found.get("month"), part_of(found)
    year, ground = found.get("year", found.get("borrowed")), STATED
    shift = found.word("shift")
    point: Point | None
    if year:
        point = month_point(year, number)
    elif not shift and not part and not _is_month(found):
        return None
    elif found.rule.name in ("month-of-year", "day-of-year"):
        year, ground = year_said(found, context)
        point = month_point(year, number)
    else:
        point, ground = _unstated_month(found, context, number)
    if found.all[0] == "the" and "-" in found.all and found.near(0).isalpha():
        found.first += 1  # the article of what follows: "the late-November trip"
    if shift and found.words("day"):
        point = day_point(point.year, number, found.get("day"))
    return calendar(point, ground, part) if point else None


def _unstated_month(found: Found, context: Context, number: int) -> tuple[Point, Ground]:
    shift = found.get("shift")
    anchor = context.published if is_deictic(found) else context.anchor
    ground = beside_publication(context) if anchor is context.published else beside_focus(context)
    here = anchor.to("month")
    choices = [month_point(anchor.year + k, number) for k in (-1, 0, 1)]
    if shift == 0:
        return choices[1], ground
    if shift:
        tense = "past" if shift < 0 else "future"
        return nearest(choices, here.shift(shift), tense), ground
    if context.narrative:
        return context.placed(choices, found.first), beside_anchor(context, "no-year")
    verb = context.tense(found.start, found.end)
    before = context.stated_beside(found.start) if verb != "future" else None
    if before:
        choices = [month_point(before.year + k, number) for k in (0, 1)]
        return nearest(choices, before.to("month"), "future"), beside_focus(context, "no-year")
    return nearest(choices, here, verb), beside_publication(context, "no-year")


def year_said(found: Found, context: Context) -> tuple[int, Ground]:
    """The year of "of that year", "next year", and on what it was read."""
    word = found.word("shift")
    if word in ("this", "next", "last") and not context.narrative:
        return context.published.year + found.get("shift"), beside_publication(context)
    move = found.get("shift") if word in ("next", "last") else 0
    spoken = (context.focus or context.published).to("year")
    return spoken.year + move, in_text("relative" if move else "same-year", spoken)


def _is_month(found: Found) -> bool:
    """Whether a bare month word is the month, not a verb, a modal or a person."""
    if found.words("ord"):
        return True
    word, codes = found.words("month")[0], grammar().codes
    if codes[word] == codes["Jan"]:
        return False
    if found.beside(0, "street") and found.near(0).istitle():
        return False
    if found.near(-1) == "by" and word == "June" and found.near(0).istitle():
        return False  # "a book by June Castle"
    if found.near(-1) == found.near(0) == "," and found.beside(-2, "kin"):
        return False  # "his wife, June, died"
    if found.beside(-1, "month"):
        return True
    person = word.title() in ("April", "June", "August", "May")
    if person and (found.near(-1).istitle() or found.near(0).istitle()):
        return False
    if found.near(-1) == "." and found.beside(-2, "title"):
        return False
    if codes[word] != codes["May"]:
        return True
    return found.beside(-1, "weak_month") and not found.beside(0, "march")
