"""Readings of the forms that name years, decades, centuries, seasons and quarters."""

from .calendar import full_year, nearest, year_said
from .context import Context
from .grammar import Found, grammar
from .meaning import (
    STATED,
    Meaning,
    beside_anchor,
    beside_focus,
    beside_publication,
    calendar,
    is_deictic,
    part_of,
    reading,
)
from .points import Point, month_point, value

_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th", "-"))


@reading
def year(found: Found, context: Context) -> Meaning | None:
    """“late 2011”, “1994”, “'98”; not a sum, a count or the number of something."""
    number, part = full_year(found.get("year")), part_of(found)
    plain = not part and len(found.all) == 1
    if plain and not _is_year(found, number):
        return None
    if found.rule.name == "cut-year" and (
        len(found.words("year")[0]) != 2 or not found.beside(-1, "year")
    ):
        return None
    return calendar(Point("year", number), STATED, part)


def _is_year(found: Found, number: int) -> bool:
    before, after, text = found.near(-1), found.near(0), found.tokens.text
    if before in ("-", "–") and text[found.start - 1] == before:
        return found.near(-2).isdigit() or found.near(-2).lower() in ("post", "pre", "mid")
    if _is_part_of_number(found):
        return False
    if after in ("”", '"') and before in ("“", '"'):
        return False  # the film "1917"
    if (after, found.near(1)) == ("-", "odd") or (after.istitle() and found.beside(1, "street")):
        return False
    if found.beside(0, "make") and found.beside(-1, "owner"):
        return False
    if found.beside(-1, "label") or found.beside(0, "quantity") or after in ("%", "$", "€", "£"):
        return False
    return 1600 <= number <= 2100 or (found.beside(-1, "year") and number < 2150)


def _is_part_of_number(found: Found) -> bool:
    """Whether marks or letters join four digits to something else: "1,2000.5", "2000ft"."""
    before, after, text = found.near(-1), found.near(0), found.tokens.text
    if before in (",", ".", ":") and found.near(-2).isdigit() and text[found.start - 1] == before:
        return True
    if after in (",", ".", ":") and text[found.end + 1 : found.end + 2].isdigit():
        return True
    behind = text[found.end : found.end + 1]
    return behind.isascii() and behind.isalpha()


@reading
def spelled_year(found: Found, context: Context) -> Meaning | None:
    """“nineteen ninety-one”, “eighteen hundred”, “nineteen seventeen”."""
    tens, ones = found.get("tens"), found.get("ones", 0)
    whole_tens = 20 <= tens <= 90 and ones < 10
    if not (whole_tens or (tens in range(10, 20) and not ones) or (tens == 100 and not ones)):
        return None
    return calendar(Point("year", found.get("century") * 100 + tens % 100 + ones), STATED)


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
def bc(found: Found, context: Context) -> Meaning | None:
    """“480 BC”, “September 480 BC”: no EDTF, since the app's calendar begins with the year 1."""
    number, month = 1 - found.get("year"), found.get("month")
    if found.words("season"):
        point = Point("season", number * 4 + found.get("season"))
    elif month:
        point = month_point(number, month)
    else:
        point = Point("year", number)
    text = value(point) + (f"-{found.get('day'):02}" if found.words("day") else "")
    return Meaning("DATE", text, None, STATED, point)


@reading
def decade_bc(found: Found, context: Context) -> Meaning | None:
    """“the 470s BC”."""
    return Meaning("DATE", f"BC{found.get('year') // 10:03}", None, STATED)


@reading
def ad(found: Found, context: Context) -> Meaning | None:
    """“AD 79”."""
    number = found.get("year")
    return calendar(Point("year", number), STATED, part_of(found)) if number else None


@reading
def decade(found: Found, context: Context) -> Meaning | None:
    """“the early 1990s”, “the sixties”."""
    part = part_of(found)
    if found.words("year"):
        first = found.get("year")
        return None if first % 10 else calendar(Point("decade", first // 10), STATED, part)
    digits = [int(word) for word in found.words("short") if word.isdigit()]
    tens = digits[0] if digits else found.get("short") * 10
    aged = any(found.beside(-k, "age") for k in (1, 2, 3))  # "in his late 40s", "his mid-40s"
    if tens % 10 or not 20 <= tens <= 90 or aged:
        return None
    first = context.anchor.year // 100 * 100 + tens
    if first > context.anchor.year + 5:
        first -= 100
    return calendar(Point("decade", first // 10), STATED, part)


@reading
def century(found: Found, context: Context) -> Meaning | None:
    """“the early 19th century”: 18XX."""
    words = [word for word in found.words("ord") if word.lower() not in _ORDINAL_ENDINGS]
    number = sum(grammar().values[word] for word in words)
    if not 1 <= number <= 30:
        return None
    if found.words("bc"):
        return Meaning("DATE", f"BC{number - 1:02}", None, STATED)
    return calendar(Point("century", number - 1), STATED, part_of(found))


@reading
def season(found: Found, context: Context) -> Meaning | None:
    """“the summer of 1955”, “this spring”, “winter”."""
    number, part, shift = found.get("season"), part_of(found), found.words("shift")
    stated, ground = found.get("year", found.get("borrowed")), STATED
    if found.words("cut"):
        stated = full_year(found.get("cut"))
    if not stated and not shift and not part and not _is_season(found):
        return None
    if found.rule.name == "season-of":
        stated, ground = year_said(found, context)
    if stated:
        return calendar(Point("season", stated * 4 + number), ground, part)
    anchor = context.anchor
    if shift[:1] and shift[0].lower() == "that" and context.focus:
        return calendar(Point("season", context.focus.year * 4 + number), beside_focus(context))
    if is_deictic(found):
        anchor = context.published
    ground = beside_publication(context) if anchor is context.published else beside_focus(context)
    here = anchor.to("season")
    choices = [Point("season", (anchor.year + k) * 4 + number) for k in (-1, 0, 1)]
    moves = [grammar().values[word] for word in shift if word.lower() != "the"]
    if any(moves):
        tense = "past" if sum(moves) < 0 else "future"
        point = nearest(choices, here.shift(sum(moves)), tense)
        return calendar(point, ground, part)
    if shift:
        return calendar(choices[1], ground, part)
    if context.narrative:
        return calendar(
            context.placed(choices, found.first), beside_anchor(context, "no-year"), part
        )
    verb = context.tense(found.start, found.end)
    return calendar(nearest(choices, here, verb), beside_publication(context, "no-year"), part)


def _is_season(found: Found) -> bool:
    word, after = found.words("season")[0], found.near(0).lower()
    if word[0].isupper():
        headed = found.all[0] == "the" or found.beside(-1, "titled_season")
        return headed and not found.near(0).istitle()
    if word.lower() in ("fall", "spring"):
        return after != "of" and found.beside(-1, "season")
    return True


@reading
def quarter(found: Found, context: Context) -> Meaning | None:
    """“the third quarter of 1998”, “the second half of this year”, “Q2 2018”."""
    unit = found.word("quarter") or "quarter"
    size = 4 if unit == "quarter" else 2
    number = size if found.words("last") else found.get("ord")
    stated, ground = found.get("year"), STATED
    if not 1 <= number <= size or (unit == "half" and not stated and not found.words("shift")):
        return None
    if found.words("shift"):
        stated, ground = year_said(found, context)
    elif not stated:
        this_year = Point(unit, context.anchor.year * size + number - 1)
        meaning = _unstated_quarter(found, context, this_year)
        if _is_fiscal(found):
            meaning.edtf = None
        return meaning
    return calendar(Point(unit, stated * size + number - 1), ground)


def _is_fiscal(found: Found) -> bool:
    """Whether a quarter is of a company's year, which may begin on any day."""
    follows = [found.near(n).lower() for n in range(3)]
    return "fiscal" in found.all or (follows[0] == "of" and found.beside(2, "fiscal"))


def _unstated_quarter(found: Found, context: Context, this_year: Point) -> Meaning:
    """The quarter of this year, or of the last where it is told before it has begun."""
    if context.narrative or this_year.first <= context.published.first:
        return calendar(this_year, beside_anchor(context, "no-year"))
    tense = context.tense(found.start, found.end)
    years_back = 0 if tense == "future" else 4 if this_year.unit == "quarter" else 2
    return calendar(this_year.shift(-years_back), beside_publication(context, "no-year"))


@reading
def the_quarter(found: Found, context: Context) -> Meaning | None:
    """“for the quarter”: of a company's results, the last one that was over."""
    if context.narrative or not (found.beside(-1, "whole") or "latest" in found.all):
        return None
    return calendar(context.published.to("quarter").shift(-1), beside_publication(context))
