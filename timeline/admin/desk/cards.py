"""An article's paragraphs for the review desk: what is looked at in full, the rest as a line each.

A page must stay small however long the article is: paragraphs that nothing waits in are collapsed,
many of them are not rendered before they are asked for, and of many open cards those around the
current one are rendered.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.utils.safestring import SafeString

from timeline.admin.desk.editing import EditForm
from timeline.admin.desk.name_forms import NameForms
from timeline.admin.desk.text_markup import Mark, marked
from timeline.ingest import Reading, Spans
from timeline.models import Article, Event, Suggestion
from timeline.models.hindsight import giveaway
from timeline.models.merge_checks import is_open_choice

# Paragraphs that are rendered collapsed; a longer run is rendered when it is asked for.
MAX_COLLAPSED = 20
MAX_EXPANDED = 200  # paragraphs of a run that are opened at once
CARDS_BEFORE, CARDS_AFTER = 20, 60  # open cards around the current one


class OtherEvent(NamedTuple):
    """An event that a suggestion may be of beside its match, and why."""

    event: Event
    score: float
    reasons: str


@dataclass
class CardDetails:
    """What is shown of a suggestion that waits, beyond its own columns."""

    match: Event | None
    names: NameForms
    objections: list[str]  # what speaks against the match
    called: str  # the report's own name for the event
    may_accept: bool
    may_merge: bool
    may_choose: bool  # whether another event than the match
    rather: Sequence[Event] = ()  # plans it may be of, where the match does not fit
    unstated: str = ""  # why a merge takes no date from it
    evidence: SafeString | str = ""
    # Of the current card
    edit: EditForm | None = None
    others: Sequence[OtherEvent] = ()
    words: str = ""  # what is looked for
    found: Sequence[Event] = ()
    is_chosen: bool = False  # whether the editor has chosen the match
    # Of a quote
    bears_on: Event | None = None
    choices: list[Event] = field(default_factory=list)

    @property
    def telling(self) -> Event | None:
        """The event offered whose title tells more than was known, if one does."""
        offered = [*self.rather, *([self.match] if self.match else [])]
        return next((event for event in offered if giveaway(event.title)), None)

    @property
    def told(self) -> str:
        """The words of that title that do."""
        return giveaway(self.telling.title) if self.telling else ""

    @property
    def is_open_choice(self) -> bool:
        """Whether neither the match nor a new event is offered first."""
        return is_open_choice(self.objections)

    @property
    def is_merged_first(self) -> bool:
        """Whether the match is what is offered first."""
        return self.may_merge and not self.objections


@dataclass
class Card:
    """A suggestion as the desk shows it."""

    number: int
    suggestion: Suggestion
    is_current: bool
    is_near: bool = True  # one of those that are rendered while they wait
    details: CardDetails | None = None  # of those that are

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.suggestion.state == Suggestion.State.PENDING

    @property
    def is_folded(self) -> bool:
        """Whether it waits among the less likely ones of its paragraph."""
        return self.is_open and self.suggestion.is_unlikely

    @property
    def start(self) -> int:
        """Where it stands in the body; one that stands nowhere goes first."""
        return -1 if self.suggestion.start is None else self.suggestion.start


@dataclass
class ParagraphRow:
    """A paragraph, counted from 1, with its cards; its text once it is to be shown."""

    number: int
    start: int
    end: int
    cards: list[Card]
    text: SafeString | str = ""

    @property
    def is_open(self) -> bool:
        """Whether a card of it waits."""
        return any(card.is_open for card in self.cards)

    @property
    def shown_cards(self) -> list[Card]:
        """The cards to render: the decided ones, and of those that wait the near ones."""
        return [card for card in self.cards if card.is_near or not card.is_open]

    @property
    def listed_cards(self) -> list[Card]:
        """Of these, the cards to render one by one."""
        return [card for card in self.shown_cards if not card.is_folded]

    @property
    def folded_cards(self) -> list[Card]:
        """The rest of them, which are less likely."""
        return [card for card in self.shown_cards if card.is_folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether the current card is among those."""
        return any(card.is_current for card in self.folded_cards)


@dataclass
class ParagraphGroup:
    """Paragraphs one after another that are shown alike."""

    rows: list[ParagraphRow]
    is_open: bool  # suggestions wait in each
    is_shown: bool
    is_opened: bool = False
    label: str = field(init=False)
    query: str = field(init=False)

    def __post_init__(self) -> None:
        first, last = self.rows[0].number, self.rows[-1].number
        which = f"Paragraph {first:,}" if first == last else f"Paragraphs {first:,} to {last:,}"
        waiting = [card for row in self.rows for card in row.cards if card.is_open]
        decided = any(row.cards for row in self.rows)
        wait = f"{len(waiting):,} suggestion{'s wait' if len(waiting) > 1 else ' waits'}"
        why = wait if waiting else "all reviewed" if decided else "no suggestions"
        self.label = f"{which}, {why}"
        waiting.sort(key=lambda card: card.is_folded)
        at = waiting[0].suggestion.pk if waiting else None
        self.query = f"?at={at}#s{at}" if at else f"?fold={first}#p{first}"


def make_cards(suggestions: Sequence[Suggestion], at: int) -> list[Card]:
    """One card for each suggestion, in order; the current one is `at`, or the first that waits.

    What is folded is current only as `at`.
    """
    waiting = [one for one in suggestions if one.state == Suggestion.State.PENDING]
    current = next((one for one in suggestions if one.pk == at), None)
    current = current or next((one for one in waiting if not one.is_unlikely), None)
    middle = waiting.index(current) if current in waiting else 0
    first = max(0, middle - CARDS_BEFORE)
    near = {one.pk for one in waiting[first : middle + CARDS_AFTER]}
    return [
        Card(number, one, one is current, one.pk in near)
        for number, one in enumerate(suggestions, start=1)
    ]


def group_paragraphs(
    article: Article, cards: list[Card], read: Reading, opened: int
) -> list[ParagraphGroup]:
    """The article's paragraphs; the run that holds paragraph number `opened` is opened from it."""
    groups: list[ParagraphGroup] = []
    for is_open, run in groupby(_rows(article.body, cards), lambda row: row.is_open):
        groups += _parts(list(run), is_open, opened)
    for group in groups:
        for row in group.rows if group.is_shown else ():
            row.text = _text(article.body, row, read)
    return groups


def _rows(body: str, cards: list[Card]) -> Iterator[ParagraphRow]:
    start = 0
    for number, paragraph in enumerate(body.split("\n\n"), start=1):
        end = start + len(paragraph)
        first = bisect_left(cards, start if start else -1, key=lambda card: card.start)
        last = bisect_left(cards, end, key=lambda card: card.start)
        yield ParagraphRow(number, start, end, cards[first:last])
        start = end + len("\n\n")


def _parts(run: list[ParagraphRow], is_open: bool, opened: int) -> Iterator[ParagraphGroup]:
    """A run of rows that are all open, or all not, parted by whether they are shown."""
    if is_open:
        for is_shown, part in groupby(run, lambda row: any(card.is_near for card in row.cards)):
            yield ParagraphGroup(list(part), is_open, is_shown)
        return
    is_small = len(run) <= MAX_COLLAPSED and sum(len(row.cards) for row in run) <= MAX_COLLAPSED
    if is_small and not any(card.is_current for row in run for card in row.cards):
        yield ParagraphGroup(run, is_open, is_shown=True)
        return
    current = next((row.number for row in run for card in row.cards if card.is_current), 0)
    first = opened or current
    asked = range(first, first + MAX_EXPANDED) if first else ()
    for is_shown, part in groupby(run, lambda row: is_small or row.number in asked):
        yield ParagraphGroup(list(part), is_open, is_shown, is_opened=is_shown)


def _text(body: str, row: ParagraphRow, read: Reading) -> SafeString:
    marks = [Mark(*span, "name") for span in _within(read.names, row.start, row.end)]
    marks += _marks(row.cards, _within(read.dates, row.start, row.end))
    return marked(body, row.start, row.end, marks)


def _within(spans: Spans, start: int, end: int) -> Spans:
    """The spans, of many in order, that begin at `start` or after it and before `end`."""
    return spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))]


def _is_read_from(suggestion: Suggestion, start: int, end: int) -> bool:
    """Whether the suggestion's date was read from these words, or from more around them."""
    spans = [(span.start, span.end) for span in suggestion.read_from.date.spans]
    return any(a is not None and b is not None and a <= start and end <= b for a, b in spans)


def _marks(cards: list[Card], dates: Spans) -> list[Mark]:
    """What is underlined in a paragraph; date words and quotes lead to the card they belong to."""
    marks = []
    for start, end in dates:
        around = [card for card in cards if _is_report_around(card, start, end)]
        around.sort(key=lambda card: not _is_read_from(card.suggestion, start, end))
        card = next((card for card in around if card.is_open), next(iter(around), None))
        mark = _mark(start, end, "date", card)
        is_read = card and _is_read_from(card.suggestion, start, end)
        marks.append(mark if is_read or mark.state == "done" else mark._replace(state=""))
    for card in cards:
        one = card.suggestion
        if one.start is None or one.end is None:
            continue
        if one.type == Suggestion.Type.QUOTE:
            marks.append(_mark(one.start, one.end, "quote", card))
        elif card.is_current:
            marks.append(Mark(one.start, one.end, "evidence"))
    return marks


def _is_report_around(card: Card, start: int, end: int) -> bool:
    one = card.suggestion
    if one.type != Suggestion.Type.REPORT or one.start is None or one.end is None:
        return False
    return one.start <= start and end <= one.end


def _mark(start: int, end: int, kind: str, card: Card | None) -> Mark:
    if card is None:
        return Mark(start, end, kind)
    state = "current" if card.is_current else "" if card.is_open else "done"
    pk = card.suggestion.pk
    return Mark(start, end, kind, f"?at={pk}#s{pk}", state)
