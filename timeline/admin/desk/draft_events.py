"""The existing events that a card of a draft may add to: what speaks for each, and against."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch

from timeline.admin.desk.cards import OtherEvent
from timeline.admin.desk.draft_cards import DraftCard
from timeline.admin.desk.page import LEAST_OFFERED, MOST_OFFERED, MOST_RANKED
from timeline.matching import LIKELY, Candidates, find_events
from timeline.models import Candidate, Event, Report, Suggestion
from timeline.models.events import EventQuerySet
from timeline.models.merge_checks import objections, rules_out


def offer_events(card: DraftCard, chosen: int, words: str) -> None:
    """Give the current card the likeliest events, those that are looked for, and the chosen one.

    `chosen` is the key of an event that an editor compares it with, 0 for none.
    """
    if not card.reports or not card.candidate.is_open:
        return
    one = _as_suggestion(card)
    card.words, card.found = words, find_events(words, one.article.published_on)
    card.chosen = Event.objects.filter(pk=chosen).first() if chosen else None
    target = card.target.pk if card.target else 0
    ranked = {
        match.candidate.key: match
        for match in Candidates(one.article, [one], also=filter(None, [target])).rank(one)
    }
    likely = [key for key, match in ranked.items() if match.score >= LEAST_OFFERED][:MOST_RANKED]
    events = _with_reports(likely).in_bulk()
    offered = [
        OtherEvent(events[key], ranked[key].score, " ".join(ranked[key].reasons))
        for key in likely
        if key in events and not rules_out(objections(one, events[key]))
    ]
    if not target:
        card.likely = _likely(card, offered)
    if card.target and (match := ranked.get(card.target.pk)):
        card.match = OtherEvent(card.target, match.score, " ".join(match.reasons))
    card.others = [other for other in offered if other.event != card.target][:MOST_OFFERED]


def _likely(card: DraftCard, offered: Sequence[OtherEvent]) -> Event | None:
    """The first of these events, where it is above the threshold and nothing speaks against it.

    Not what another candidate of the draft has become: these were told apart, report by report.
    """
    first = next((one for one in offered if one.score >= LIKELY), None)
    if first is None or against(card, first.event):
        return None
    accepted = Candidate.objects.filter(draft=card.candidate.draft_id, event=first.event)
    return None if accepted.filter(state=Candidate.State.ACCEPTED).exists() else first.event


def _as_suggestion(card: DraftCard) -> Suggestion:
    """What the card says as one report: it is matched as it stands, with what an editor has set.

    Its article is the last one that tells it, so that what had been reported by then counts.
    """
    candidate, last = card.candidate, card.reports[-1]
    worded = next((one.suggestion for one in card.reports if one.suggestion), None)
    return Suggestion(
        article=last.article,
        type=Suggestion.Type.REPORT,
        title=candidate.title,
        kind=candidate.kind,
        edtf=candidate.edtf,
        status=candidate.status,
        stance=last.stance,
        actors=candidate.actors,
        place=candidate.place,
        exact=worded.exact if worded else "",
        basis=last.suggestion.basis if last.suggestion else last.basis,
    )


def add_objections(cards: Iterable[DraftCard]) -> None:
    """Say on each card that adds to an event what speaks against that."""
    cards = list(cards)
    events = _with_reports({card.target.pk for card in cards if card.target}).in_bulk()
    for card in cards:
        if card.target and (event := events.get(card.target.pk)):
            card.objections = against(card, event)


def against(card: DraftCard, event: Event) -> list[str]:
    """Return what most of a card's reports have against adding it to an event."""
    found: Counter[str] = Counter()
    for report in card.reports:
        if one := report.suggestion:
            one.article, one.match = report.article, event
            found.update(map(str, one.merge_objections()))
    return [words for words, _ in found.most_common(2)]


def _with_reports(keys: Iterable[object]) -> EventQuerySet:
    reports = Prefetch("reports", Report.objects.select_related("article"))
    found: EventQuerySet = Event.objects.filter(pk__in=list(keys)).prefetch_related(reports)
    return found
