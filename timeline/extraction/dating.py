"""Which date an event has: the one its clause states, the one in focus, or none."""

from bisect import bisect_left
from datetime import date

from .article import Article
from .triggers import PREPOSITIONS, Trigger

OPENERS = frozenset(
    "that which who whom whose where when after before while because although though if since as "
    "but unless until whether and or how what".split()
)
_REACH = 40
_NEAR = 45


def attach(
    article: Article, first: int, last: int, start: int, end: int, found: list[Trigger]
) -> dict:
    """Return {index of a trigger: the time that its clause states} for one sentence."""
    attached: dict[int, object] = {}
    if not found:
        return attached
    for time in article.times_in(start, end):
        if time.rule == "dateline":
            continue
        costs = [(_cost(article, first, last, trigger, time), n) for n, trigger in enumerate(found)]
        cost, owner = min(costs)
        if cost < _REACH and owner not in attached:
            attached[owner] = time
    return attached


def _cost(article: Article, first: int, last: int, trigger: Trigger, time) -> float:
    """How badly `time` fits `trigger`: words between them, and more for what separates clauses."""
    words = article.words
    a, b = words.index(time.start), words.index(time.end)
    if b <= trigger.first:
        low, high = b, trigger.group_start
        cost = 0.0
        adjacent = low >= trigger.group_start
        if adjacent and trigger.tense == "noun":
            return 0.0
        if a <= first + 1:
            cost -= 4
    elif trigger.last <= a:
        low, high = trigger.last, a
        cost = 0.0
    else:
        return 99.0
    lower = words.lower
    for i in range(low, high):
        cost += 0.5
        if lower[i] in OPENERS:
            cost += 3
        gap = words.after[i]
        if gap != " " and ("," in gap or ";" in gap or ":" in gap or "-" in gap):
            cost += 1.0
    tense = trigger.tense
    if tense == "noun":
        cost += 3
    elif tense in ("gerund", "infinitive", "reduced", "adjective"):
        cost += 2.5
    elif tense == "perfect":
        cost += 1
    future = first_day(time.edtf) is not None and first_day(time.edtf) > article.published
    if future and tense in ("past", "perfect", "pluperfect", "reduced"):
        cost += 6
    if not future and tense in ("future", "modal", "infinitive"):
        cost += 6
    if trigger.reading.group == "state":
        cost += 2
    return cost


def first_day(edtf: str | None) -> date | None:
    """Return the first day of an EDTF date, None where it has none on our calendar."""
    if not edtf:
        return None
    head = edtf.split("/")[0].split("T")[0].rstrip("~?%")
    parts = head.split("-")
    try:
        year = int(parts[0])
        month = int(parts[1]) if len(parts) > 1 else 1
        if month > 12:
            month = {21: 3, 22: 6, 23: 9, 24: 12}.get(month, 1)
        return date(year, month, int(parts[2]) if len(parts) > 2 else 1)
    except (ValueError, IndexError):
        return None


class Focus:
    """The date that an undated sentence speaks of, kept while an article is read."""

    def __init__(self, published: date) -> None:
        self.published = published
        self.lead = None
        self.current = None
        self.sentence = -9
        self.paragraph = -1

    def near(self, time) -> bool:
        day = first_day(time.edtf)
        return (
            bool(day)
            and len(time.edtf.split("T")[0]) == 10
            and abs((self.published - day).days) <= _NEAR
        )

    def see(self, time, number: int, paragraph: int) -> None:
        if (
            self.lead is None
            and number <= 6
            and self.near(time)
            and first_day(time.edtf) <= self.published
        ):
            self.lead = time
        self.current, self.sentence, self.paragraph = time, number, paragraph

    def guess(self, trigger: Trigger, number: int, paragraph: int, quoted: bool, status: str):
        """Return (edtf, time, reason) for a trigger whose clause states no date."""
        if status in ("planned", "expected", "possible", "postponed", "cancelled"):
            return None, None, "no date stated"
        tense = trigger.tense
        if tense in ("future", "modal", "infinitive"):
            return None, None, "no date stated"
        current = self.current
        if (
            current is not None
            and number - self.sentence <= 2
            and tense in ("past", "noun", "gerund", "reduced")
        ):
            day = first_day(current.edtf)
            if (
                day
                and day <= self.published
                and (
                    self.near(current)
                    or paragraph == self.paragraph
                    and number - self.sentence <= 1
                    and tense == "past"
                    and not trigger.reading.kind == "statement"
                )
            ):
                return current.edtf, current, "the date in focus"
        if tense in ("past", "noun", "gerund", "reduced") and self.lead is not None:
            return self.lead.edtf, self.lead, "the day the article reports on"
        if tense == "pluperfect":
            return None, None, "earlier than the events told"
        return self.published.isoformat(), None, "the day of publication"
