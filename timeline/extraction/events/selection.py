"""Which candidates of a sentence become events of their own."""

from math import prod
from operator import attrgetter

from .. import syntax
from ..lexicon.verbs import event_lemma
from .candidate import EventCandidate
from .date_resolution import DateResolver
from .status import Factuality

# Least probabilities, chosen by cross-validation over the documents of the development corpora so
# that no more than three events are read for two of the gold:
SENTENCE = 0.33  # that a sentence has a salient candidate
MENTION = 0.04  # that a candidate is salient whose clause states no date, once its sentence counts
UNDATED = 0.5  # and if it is of no date and no meeting
_STATED = 0.15  # added to the salience of what states its day: others could only borrow it
_BESIDE = 0.2  # taken from that of what a clause beside the main one tells of no day of its own
_GOVERNING_FORMS = frozenset({"past", "perfect"})
_NOBODY = ("",)


class Deduplicator:
    """The events told so far: who took part in them, by their words and dates."""

    def __init__(self) -> None:
        self._actors: dict[tuple[str, str | None], set[str]] = {}

    def tells_again(self, candidate: EventCandidate) -> bool:
        """Whether a candidate is of an event told before; if not, it is from now on.

        Their words are of one verb, their dates are the same, and they have an actor in common or
        one of them names none. Statements are events of their own.
        """
        sense, who = candidate.trigger.sense, candidate.who or _NOBODY
        key = event_lemma(sense), (candidate.edtf or "").rstrip("~")
        actors = self._actors.get(key)
        if actors is None:
            self._actors[key] = set(who)
            return False
        if sense.kind != "statement" and (
            who is _NOBODY or "" in actors or not actors.isdisjoint(who)
        ):
            return True
        actors.update(who)
        return False


def select(
    candidates: list[EventCandidate], dates: DateResolver, told: Deduplicator
) -> list[EventCandidate]:
    """Return the most salient of some candidates and those of other dates, none told before."""
    if 1 - prod([1 - candidate.salience for candidate in candidates]) <= SENTENCE:
        candidates = [m for m in candidates if m.time is not None or m.is_planned_meeting]
    chosen: list[EventCandidate] = []
    for candidate in sorted(
        candidates,
        key=lambda m: (
            m.salience
            + _STATED * (m.time is not None)
            - _is_told_by(m, candidates)
            - _BESIDE * m.is_beside
        ),
        reverse=True,
    ):
        if candidate.time is None and candidate.salience <= MENTION:
            continue
        dated = dates.resolve(candidate)
        is_told = (not chosen or _is_further(dated, chosen)) and _is_worth_telling(dated)
        if is_told and not told.tells_again(dated):
            chosen.append(dated)
    if len(candidates) > 1:
        chosen = _with_governors(chosen, dates)
    return chosen


def _is_worth_telling(dated: EventCandidate) -> bool:
    """Whether a candidate is an event by itself: dated or salient, and no habit or hearsay."""
    if _is_bare(dated) or dated.factuality in (Factuality.ASKED, Factuality.CONDITIONAL):
        return False
    if dated.is_alleged or dated.is_of_a_time:
        return False
    if dated.is_purpose or not (dated.edtf or dated.salience > UNDATED or dated.is_planned_meeting):
        return False
    return not (
        dated.is_generic or dated.is_background or dated.is_nonfactual or dated.is_unattributed
    )


def _is_bare(noun: EventCandidate) -> bool:
    """Whether a noun says neither when nor whose nor what: "a verdict", "after the shooting"."""
    token, trigger = noun.token, noun.trigger
    if noun.shape != "noun" or noun.time is not None or noun.who or token is None:
        return False
    is_alone = trigger.phrase_start >= trigger.first - 1 and token.child("prep") is None
    return is_alone and token.dep != "dobj"


def _with_governors(chosen: list[EventCandidate], dates: DateResolver) -> list[EventCandidate]:
    """Return candidates in the order of the text, with those that tell how plans came about."""
    found = list(chosen)
    for governor in [_governor(m) for m in chosen if m.shape == "infinitive"]:
        if governor is not None and all(governor.order != m.order for m in found):
            found.append(dates.resolve(governor))
    return sorted(found, key=attrgetter("order"))


def _is_told_by(noun: EventCandidate, candidates: list[EventCandidate]) -> bool:
    """Whether a deed with a time of its own tells of a noun: "A storm killed ten on Monday"."""
    if noun.shape != "noun" or noun.time or noun.token is None or noun.is_meeting:
        return False
    over, is_aside = syntax.governor(noun.token), noun.token.dep == "pobj"
    deeds = (m for m in candidates if m.time and (is_aside or not m.says))
    return any(m.token is over is not None for m in deeds)


def _is_further(candidate: EventCandidate, chosen: list[EventCandidate]) -> bool:
    """Whether a candidate is worth an event beside others of its sentence.

    It is if it has another date, or is a meeting or a deed of another kind spoken of as known.
    """
    if candidate.time is not None:
        same = (m.date for m in chosen if m.date and m.edtf == candidate.edtf)
        if all(date.is_of_another_sentence for date in same):
            return True
    elif candidate.is_cited:
        return bool(candidate.who)
    elif candidate.shape == "past" and all(other.is_aside for other in chosen):
        return not candidate.is_aside  # "Li, who joined in 1952, resigned"
    elif not candidate.is_planned_meeting:
        return False
    kind = candidate.trigger.sense.kind
    return candidate.is_meeting and all(kind != m.trigger.sense.kind for m in chosen)


def _governor(plan: EventCandidate) -> EventCandidate | None:
    """Return the candidate that tells how a meeting came to be planned: "invited him to visit"."""
    before = plan.before
    if before is None or before.shape not in _GOVERNING_FORMS or before.order != plan.order - 1:
        return None
    return before if plan.is_planned_meeting and before.who else None
