"""What the page of a draft shows: its cards, the ranking, the months, and what was decided last."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property

from timeline.admin.desk.draft_cards import DraftCard
from timeline.admin.desk.draft_events import add_objections, offer_events
from timeline.admin.records import MOST_KEY
from timeline.models import Candidate, CandidateReport, Decision, Draft, Suggestion

PAGE = 40  # cards of one page
BELOW = 15  # candidates below the line that are listed without being asked for
MOST = 500  # candidates that can be seen at once, a page at a time
_BARS = 30  # candidates below the line that the ranking draws
_GAP = 3  # months in which nothing falls that are drawn one by one


CHIPS = {
    "": "All",
    "open": "To decide",
    "differ": "Reports differ",
    "additions": "Additions",
    "single": "One report only",
    "rejected": "Rejected",
}
# Which of the cards above the line each of them shows.
TESTS: dict[str, Callable[[DraftCard], bool]] = {
    "open": lambda card: card.candidate.is_open,
    "differ": lambda card: bool(card.differing),
    "additions": lambda card: card.candidate.is_open and card.candidate.event_id is not None,
    "single": lambda card: len(card.reports) == 1,
}


ACTS: list[tuple[str, str]] = [(one, one) for one in ("edit", "merge", "split", "move")]


class ShowForm(forms.Form):
    """What of a draft is asked for: which candidates, in which order, and which card is open."""

    show = forms.ChoiceField(required=False, choices=[*CHIPS.items()])
    sort = forms.ChoiceField(required=False, choices=[("", "Main first"), ("date", "By date")])
    q = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    at = forms.IntegerField(required=False, min_value=1, max_value=MOST_KEY)
    act = forms.ChoiceField(required=False, choices=ACTS)
    report = forms.IntegerField(required=False, min_value=1, max_value=MOST_KEY)
    event = forms.IntegerField(required=False, min_value=1, max_value=MOST_KEY)
    find = forms.CharField(required=False, max_length=100)


class Bar(NamedTuple):
    """A candidate in the drawing of the ranking: its place and height in per cent."""

    x: float
    width: float
    top: float  # bars stand on the ground
    height: float
    state: str  # on, no, open, now, below


class Month(NamedTuple):
    """A month with the candidates that fall into it; `first` of a year shows the year."""

    label: str
    is_first: bool
    states: tuple[str, ...]


@dataclass
class DraftPage:
    """All that the page of a draft shows, in a number of queries that does not grow with it."""

    draft: Draft
    show: str = ""
    sort: str = ""
    q: str = ""
    number: int = 1
    at: int = 0
    act: str = ""
    report: int = 0
    event: int = 0
    find: str = ""
    errors: dict[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def asked(cls, draft: Draft, data: Mapping[str, Any]) -> "DraftPage":
        """Return the page that a query string asks for."""
        form = ShowForm(data)
        form.full_clean()
        given = {name: form.cleaned_data.get(name) for name in form.fields}
        given["number"] = given.pop("page")
        return cls(draft, **{name: value for name, value in given.items() if value})

    @cached_property
    def ranking(self) -> list[Candidate]:
        """All candidates that stand for themselves, the most important one first."""
        return list(self.draft.candidates.listed().only(*_RANKED))

    @cached_property
    def above(self) -> list[Candidate]:
        """Those above the line."""
        return self.ranking[: self.draft.shown]

    @cached_property
    def places(self) -> dict[int, int]:
        """Each one's place in the ranking, from 1, by key."""
        return {one.pk: place for place, one in enumerate(self.ranking, 1)}

    @property
    def decided(self) -> int:
        """How many above the line are decided."""
        return sum(not one.is_open for one in self.above)

    @property
    def to_go(self) -> int:
        """How many above the line wait."""
        return len(self.above) - self.decided

    @property
    def spared(self) -> int:
        """Suggestions of the articles that need no decision of their own."""
        return max(0, self.draft.sentences - len(self.above))

    @cached_property
    def chips(self) -> list[tuple[str, str, int]]:
        """The choices of what to show: value, label, and how many there are."""
        rejected = sum(one.state == Candidate.State.REJECTED for one in self.ranking)
        counts = {"": len(self.above), "rejected": rejected} | {
            name: sum(map(test, self._cards)) for name, test in TESTS.items()
        }
        return [(value, label, counts[value]) for value, label in CHIPS.items()]

    @cached_property
    def _cards(self) -> list[DraftCard]:
        """A card for each candidate above the line."""
        return self._made(one.pk for one in self.above)

    @cached_property
    def chosen(self) -> list[DraftCard]:
        """The cards that are asked for, on all pages."""
        if self.q or self.show == "rejected":
            cards = self._made(self._found())
        else:
            test = TESTS.get(self.show)
            cards = [card for card in self._cards if test is None or test(card)]
        if self.sort == "date":
            latest = dt.date.max
            cards = sorted(cards, key=lambda c: (c.candidate.earliest or latest, c.place))
        return cards

    @property
    def page_before(self) -> int:
        """The page before this one."""
        return self.number - 1

    @property
    def page_after(self) -> int:
        """The page after this one."""
        return self.number + 1

    @property
    def pages(self) -> int:
        """How many pages these fill."""
        return max(1, -(-len(self.chosen) // PAGE))

    @cached_property
    def cards(self) -> list[DraftCard]:
        """The cards of this page; current is the one asked for, or the first that waits."""
        at = next((n for n, card in enumerate(self.chosen) if card.candidate.pk == self.at), None)
        self.number = at // PAGE + 1 if at is not None else min(self.number, self.pages)
        cards = self.chosen[(self.number - 1) * PAGE : self.number * PAGE]
        waiting = next((card for card in cards if card.candidate.is_open), None)
        asked = next((card for card in cards if card.candidate.pk == self.at), None)
        if current := asked or waiting:
            current.is_current = True
            offer_events(current, self.event if asked else 0, self.find if asked else "")
        add_objections(card for card in cards if card.is_addition)
        return cards

    @property
    def current(self) -> DraftCard | None:
        """The card to go on with."""
        return next((card for card in self.cards if card.is_current), None)

    def changed(self, keys: Collection[int]) -> list[DraftCard]:
        """The cards of these keys as they are now, and the current one."""
        shown = [card for card in self.cards if card.candidate.pk in keys or card is self.current]
        held = {card.candidate.pk for card in shown}
        return [*shown, *self._made(key for key in keys if key not in held)]

    @cached_property
    def runs(self) -> list[tuple[bool, list[DraftCard]]]:
        """The cards of this page, decided ones one after another together."""
        runs = groupby(self.cards, lambda card: not card.candidate.is_open and not card.is_current)
        return [(is_decided, list(cards)) for is_decided, cards in runs]

    @cached_property
    def below(self) -> list[Candidate]:
        """The first ones below the line."""
        waiting = self.ranking[self.draft.shown : self.draft.shown + BELOW]
        return list(Candidate.objects.filter(pk__in=[one.pk for one in waiting]).listed())

    @property
    def below_count(self) -> int:
        """How many below the line wait."""
        return sum(one.is_open for one in self.ranking[self.draft.shown :])

    @cached_property
    def bars(self) -> list[Bar]:
        """The ranking as a drawing."""
        drawn = self.ranking[: self.draft.shown + _BARS]
        if not drawn:
            return []
        least, most = min(one.score for one in drawn), max(one.score for one in drawn)
        width = 100 / len(drawn)
        current = next((card.candidate.pk for card in self.cards if card.is_current), 0)
        bars = []
        for n, one in enumerate(drawn):
            height = round(12 + 88 * (one.score - least) / (most - least or 1), 1)
            state = "now" if one.pk == current else _state(one, is_below=n >= self.draft.shown)
            x, wide = round(n * width, 2), round(width * 0.72, 2)
            bars.append(Bar(x, wide, round(100 - height, 1), height, state))
        return bars

    @property
    def cut(self) -> float:
        """Where the line stands in that drawing, in per cent."""
        return round(100 * len(self.above) / (len(self.bars) or 1), 2)

    @cached_property
    def months(self) -> list[Month]:
        """The months from the first to the last that a candidate above the line falls into."""
        dated = sorted(
            (one for one in self.above if one.earliest and one.state != Candidate.State.REJECTED),
            key=lambda one: one.earliest or dt.date.max,
        )
        fallen = {
            key: tuple(_state(one, is_below=False) for one in group)
            for key, group in groupby(dated, lambda one: (one.earliest.year, one.earliest.month))
        }
        return list(_month_rows(fallen))

    @cached_property
    def stats(self) -> dict[str, object]:
        """How many articles and outlets, and from when to when they were published."""
        articles = list(self.draft.articles.values_list("outlet", "published_on"))
        days = [day for _, day in articles]
        return {
            "articles": len(articles),
            "outlets": len({outlet for outlet, _ in articles}),
            "first": min(days, default=None),
            "last": max(days, default=None),
        }

    @cached_property
    def log(self) -> list[Decision]:
        """What was decided last on this draft."""
        return list(self.draft.decisions.standing().select_related("by")[:6])

    def card(self, pk: int) -> DraftCard | None:
        """Return one card of the draft, whichever is asked for."""
        return next(iter(self._made([pk])), None)

    def _found(self) -> Iterable[int]:
        """The candidates of the whole draft that are searched for, or were rejected."""
        found = self.draft.candidates.listed()
        if self.show == "rejected":
            found = found.filter(state=Candidate.State.REJECTED)
        for word in self.q.split()[:8]:
            found = found.filter(Q(title__icontains=word) | Q(reports__title__icontains=word))
        return list(dict.fromkeys(found.values_list("pk", flat=True)[: 2 * MOST]))[:MOST]

    def _made(self, keys: Iterable[int]) -> list[DraftCard]:
        reports = CandidateReport.objects.select_related("article__outlet", "suggestion").defer(
            "article__body"
        )
        quotes = Suggestion.objects.select_related("article__outlet").defer("article__body")
        found = (
            self.draft.candidates.filter(pk__in=list(keys))
            .listed()
            .select_related("event__place", "decided_by")
            .prefetch_related(Prefetch("reports", reports), Prefetch("quotes", quotes))
        )
        return [
            DraftCard(
                one, self.places.get(one.pk, 0), list(one.reports.all()), list(one.quotes.all())
            )
            for one in found
        ]


_RANKED = (
    "draft",
    "number",
    "score",
    "state",
    "edtf",
    "earliest",
    "latest",
    "title",
    "absorbed_by",
)


def _month_rows(fallen: Mapping[tuple[int, int], tuple[str, ...]]) -> Iterator[Month]:
    """Yield the months that something falls into, and those between; many empty ones as one."""
    before: tuple[int, int] | None = None
    for year, month in sorted(fallen):
        gap = _ordinal(year, month) - _ordinal(*before) - 1 if before else 0
        if before and gap > _GAP:
            yield Month(f"{gap} months", is_first=False, states=())
        for number in range(gap if gap <= _GAP else 0):
            empty = divmod(_ordinal(*before or (year, month)) + 1 + number, 12)
            yield Month(_month_label(*empty, is_first=empty[1] == 0), empty[1] == 0, ())
        is_first = before is None or before[0] != year
        yield Month(_month_label(year, month - 1, is_first=is_first), is_first, fallen[year, month])
        before = year, month


def _month_label(year: int, month: int, *, is_first: bool) -> str:
    """Name a month, counted from 0, with its year where it is the first that is shown."""
    return f"{dt.date(year, month + 1, 1):{'%b %Y' if is_first else '%b'}}"


def _ordinal(year: int, month: int) -> int:
    return year * 12 + month - 1


def _state(one: Candidate, *, is_below: bool) -> str:
    if one.state == Candidate.State.ACCEPTED:
        return "on"
    if one.state == Candidate.State.REJECTED:
        return "no"
    return "below" if is_below else "open"
