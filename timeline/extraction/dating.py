"""Which date an event has: the one its clause states, the one in focus, or none."""

import re
from datetime import date, timedelta

from .article import Article
from .mentions import Mention

NEAR = timedelta(days=30)
_UNREAL = ("planned", "expected", "possible", "postponed", "cancelled")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d\d)?\Z")
_STATEMENTS = ("statement", "announcement")


def first_day(edtf: str | None) -> date | None:
    """Return the first day of an EDTF date, None where it has none on our calendar."""
    parts = (edtf or "").split("/")[0].split("T")[0].rstrip("~?%").split("-")
    try:
        month = int(parts[1]) if len(parts) > 1 else 1
        day = int(parts[2]) if len(parts) > 2 else 1
        return date(int(parts[0]), _SEASONS.get(month, month), day)
    except (ValueError, IndexError):
        return None


def edtf_of(time) -> str:
    """Return the EDTF of the event that a time dates: no time of day, "earlier this year" the year."""
    if "/" in time.edtf and _MONTH_OR_YEAR.match(time.value):
        return time.value
    return re.sub(r"T[^/]*", "", time.edtf)


def is_day(edtf: str) -> bool:
    return len(edtf.split("T")[0]) == 10 and "/" not in edtf


def put_dates(article: Article, collected: list[list[Mention]]) -> None:
    """Set `edtf`, `source` (the time it comes from) and `reason` of every mention."""
    focus = _Focus(article.published)
    for mentions in collected:
        owners = [m for m in mentions if m.time is not None and not m.time.edtf.startswith("..")]
        for n, mention in enumerate(mentions):
            if mention.time is not None:
                mention.source, mention.reason = mention.time, "stated"
            elif mention.status in _UNREAL:
                mention.reason = "not set"
            elif owner := _sharer(mention, owners, article.published):
                mention.source, mention.reason = owner.time, "same clause"
            elif mention.trigger.tense == "infinitive" and n:
                mention.source, mention.reason = mentions[n - 1].source, mentions[n - 1].reason
            else:
                mention.source, mention.reason = focus.guess(mention)
            if mention.source is not None:
                mention.edtf = edtf_of(mention.source)
            elif mention.reason == "published":
                mention.edtf = article.published.isoformat()
        for mention in mentions:
            focus.see(mention)


def _sharer(mention: Mention, owners: list[Mention], published: date) -> Mention | None:
    """Return the mention of the same sentence whose stated time holds for this one too."""
    tense = mention.trigger.tense
    if not owners or tense in ("pluperfect", "future", "modal"):
        return None
    owner = min(owners, key=lambda o: abs(o.order - mention.order))
    day = first_day(owner.time.edtf)
    if day is None or day > published or owner.status in _UNREAL:
        return None
    if not is_day(owner.time.edtf) and abs(owner.order - mention.order) > 1:
        return None
    statement = mention.trigger.reading.kind in _STATEMENTS
    if owner.order < mention.order and owner.trigger.reading.kind == "statement":
        return owner if statement or tense in ("progressive", "gerund", "infinitive") else None
    if statement and mention.order < owner.order and tense not in ("noun", "gerund"):
        return None
    return owner


class _Focus:
    """The dates that an undated sentence may speak of, kept while an article is read."""

    def __init__(self, published: date) -> None:
        self.published = published
        self.lead = None
        self.event: Mention | None = None
        self.statement: Mention | None = None
        self.told: dict[str, Mention] = {}

    def see(self, mention: Mention) -> None:
        """Take note of a dated mention."""
        if mention.reason in ("stated", "same clause"):
            self.told.setdefault(mention.trigger.reading.lemma[:6], mention)
        time = mention.time
        if time is None or mention.quoted or mention.status in _UNREAL or not self._near(time):
            return
        if self.lead is None:
            self.lead = time
        if mention.trigger.reading.kind == "statement":
            self.statement = mention
        else:
            self.event = self.statement = mention

    def _near(self, time) -> bool:
        """Whether a time is one day of the weeks before publication."""
        day = first_day(time.edtf)
        return is_day(time.edtf) and day is not None and timedelta() <= self.published - day <= NEAR

    def guess(self, mention: Mention):
        """Return (time, reason) for a mention whose sentence states no date for it."""
        tense = mention.trigger.tense
        if tense in ("future", "modal", "infinitive"):
            return None, "not set"
        if tense == "pluperfect":
            return None, "earlier"
        known = self.told.get(mention.trigger.reading.lemma[:6])
        if tense == "noun" and known is not None:
            return known.source, "told before"
        if tense in ("past", "noun", "gerund", "reduced"):
            statement = mention.trigger.reading.kind in _STATEMENTS
            current = self.statement if statement else self.event
            if current is not None and mention.number - current.number <= 1:
                return current.time, "in focus"
            if self.lead is not None:
                return self.lead, "lead"
        return None, "published"
