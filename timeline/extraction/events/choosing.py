"""Which mentions of a sentence become events of their own."""

from math import prod

from .dating import Calendar
from .forms import event_lemma
from .mention import MERELY_SAYING, Mention

# Least probabilities, chosen by cross-validation over the documents of the development corpora so
# that no more than three events are read for two of the gold:
SENTENCE = 0.33  # that a sentence has a salient mention
MENTION = 0.04  # that a mention is salient whose clause states no date, once its sentence counts
UNDATED = 0.4  # and if it is of no date and no meeting
_TOLD = frozenset({"past", "perfect"})
_NOBODY = ("",)


class Told:
    """The events told so far: who took part in them, by their words and dates."""

    def __init__(self) -> None:
        self._actors: dict[tuple[str, str | None], set[str]] = {}

    def tells_again(self, mention: Mention) -> bool:
        """Whether a mention is of an event told before; if not, it is from now on.

        Their words are of one verb, their dates are the same, and they have an actor in common or
        one of them names none. Statements are events of their own.
        """
        reading, who = mention.trigger.reading, mention.who or _NOBODY
        key = event_lemma(reading), (mention.edtf or "").rstrip("~")
        actors = self._actors.get(key)
        if actors is None:
            self._actors[key] = set(who)
            return False
        if reading.kind != "statement" and (
            who is _NOBODY or "" in actors or not actors.isdisjoint(who)
        ):
            return True
        actors.update(who)
        return False


def choose(mentions: list[Mention], calendar: Calendar, told: Told) -> list[Mention]:
    """Return the most salient mention of a sentence and those of other dates, none told before."""
    if 1 - prod([1 - mention.score for mention in mentions]) <= SENTENCE:
        mentions = [m for m in mentions if m.time is not None or m.is_planned_meeting]
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=_by_salience):
        if mention.time is None and mention.score <= MENTION:
            continue
        if chosen and not _is_further(mention, chosen):
            continue
        calendar.date(mention)
        if not (mention.edtf or mention.score > UNDATED or mention.is_planned_meeting):
            continue
        if mention.is_habit or mention.is_background:
            continue
        if mention.is_unreal or mention.is_hearsay:
            continue
        if not told.tells_again(mention):
            chosen.append(mention)
    if len(mentions) > 1:
        for governor in [_governor(m) for m in chosen if m.tense == "infinitive"]:
            if governor is not None and governor not in chosen:
                calendar.date(governor)
                chosen.append(governor)
        chosen.sort(key=_by_order)
    if len(chosen) > 1:
        chosen = [m for m in chosen if not _is_told_by(m, chosen)]
        return [m for m in chosen if not _is_mere_cue(m)] or chosen
    return chosen


def _is_told_by(noun: Mention, chosen: list[Mention]) -> bool:
    """Whether a bare noun only is the subject of a deed that is told: "A storm killed ten"."""
    if noun.trigger.tense != "noun" or noun.time is not None or noun.predicate or noun.verb:
        return False
    verbs = [m for m in chosen if m.trigger.tense != "noun" and m.order > noun.order]
    phrases = [m.clauses.phrase(m.order) for m in verbs]
    return any(phrase and phrase.head == noun.trigger.first for phrase in phrases)


def _is_mere_cue(mention: Mention) -> bool:
    """Whether a verb of saying only tells who says the rest of its sentence, as a title shows.

    Dated by no words of its own, it tells of no person's words in a clause: "…, Norlak said".
    """
    if mention.time is not None or mention.trigger.reading.group not in MERELY_SAYING:
        return False
    kinds = mention.sentence.doc.kinds
    return not (
        mention.who
        and kinds.get(mention.who[0]) == "person"
        and mention.token
        and mention.token.child("ccomp")
    )


def _by_salience(mention: Mention) -> float:
    return -mention.score


def _by_order(mention: Mention) -> int:
    return mention.order


def _is_further(mention: Mention, chosen: list[Mention]) -> bool:
    """Whether a mention is worth an event beside others of its sentence.

    It is if it has another date, or is a meeting or a deed of another kind spoken of as known.
    """
    if mention.time is not None:
        if all(mention.edtf != other.edtf for other in chosen):
            return True
    elif mention.is_cited:
        return bool(mention.who)
    elif mention.tense == "past" and all(other.is_aside for other in chosen):
        return not mention.is_aside  # "Li, who joined in 1952, resigned"
    elif not mention.is_planned_meeting:
        return False
    kind = mention.trigger.reading.kind
    return mention.is_meeting and all(kind != m.trigger.reading.kind for m in chosen)


def _governor(plan: Mention) -> Mention | None:
    """Return the mention that tells how a meeting came to be planned: "invited him to visit"."""
    before = plan.before
    if before is None or before.tense not in _TOLD or before.order != plan.order - 1:
        return None
    return before if plan.is_planned_meeting and before.who else None
