"""A verb that leaves it to a noun to name the event is one mention with that noun."""

from itertools import zip_longest

from ..lexicon import rows
from .mention import Mention

_REACH = 8  # words that may stand between a noun and its verb: "talks with the envoy in Oslo"
_INTRANSITIVE = ("hold", "begin", "end")


def _load(side: str) -> dict[str, str]:
    """Return {lemma: aspect} of the verbs whose noun stands on one side."""
    return {
        verb.replace("_", " "): aspect
        for where, aspect, verbs, _ in rows("light_verbs")
        for verb in verbs.split()
        if where == side
    }


_BEFORE_NOUN, _AFTER_NOUN = _load("object"), _load("subject")


def fold(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions of a sentence, each such verb folded into its noun."""
    if len(mentions) < 2:
        return mentions
    folded: set[Mention] = set()
    for n, noun in enumerate(mentions):
        if noun.tense != "noun":
            continue
        before = noun.before
        if (
            before is not None
            and before not in folded
            and (_takes(before, noun) or _plans(before, noun))
        ):
            _fold(noun, before, _BEFORE_NOUN)
            noun.verb = before
            folded.add(before)
            if noun.aspect == "end" and before.before and _is_subject(before.before, before):
                _end(before.before, noun)
        end = noun.trigger.last
        for after, following in zip_longest(mentions[n + 1 :], mentions[n + 2 :]):
            if not _follows(after, noun, end) or (following and _takes(after, following)):
                break
            _fold(noun, after, _AFTER_NOUN)
            folded.add(after)
            end = after.trigger.last
    return [m for m in mentions if m not in folded] if folded else mentions


def _takes(verb: Mention, noun: Mention) -> bool:
    trigger = verb.trigger
    return (
        trigger.reading.lemma in _BEFORE_NOUN
        and trigger.tense != "noun"
        and not trigger.passive
        and trigger.last >= noun.trigger.group_start - 1
    )


def _is_subject(noun: Mention, verb: Mention) -> bool:
    """Whether a noun of an event is the subject of a verb: "the truce (that) ended the war"."""
    between = noun.scope.prose.lower[noun.trigger.last : verb.trigger.group_start]
    return noun.tense == "noun" and between in ([], ["that"], ["which"])


def _plans(verb: Mention, noun: Mention) -> bool:
    """Whether a verb of planning has the noun after it: "slated for release"."""
    return verb.trigger.reading.group == "plan" and (
        0 <= noun.trigger.group_start - verb.trigger.last <= 1
    )


def _follows(verb: Mention, noun: Mention, end: int) -> bool:
    trigger = verb.trigger
    return (
        trigger.reading.lemma in _AFTER_NOUN
        and trigger.tense != "noun"
        and (trigger.passive or trigger.reading.group in _INTRANSITIVE)
        and trigger.group_start - end <= _REACH
        and verb.opener in ("", noun.opener)
    )


def _fold(noun: Mention, verb: Mention, aspects: dict[str, str]) -> None:
    """Give a noun what its verb says."""
    if verb.tense != "reduced":
        noun.tense = verb.tense
    noun.aspect = aspects.get(verb.trigger.reading.lemma) or noun.aspect
    noun.time = noun.time or verb.time
    if noun.said[0] == "occurred":
        noun.said = verb.state


def _end(noun: Mention, ended: Mention) -> None:
    """Give a noun what is said of what it put an end to."""
    noun.has_ended, noun.time, noun.said = True, ended.time, ended.said
