"""The words for an event: its title, its place, the stance of the report, how its date is known.

How it is known is put into words only where it is read.
"""

from datetime import date, timedelta
from typing import NamedTuple

from ..lexicon import rows
from ..times import Time
from .dating import span
from .mention import Mention
from .triggers import PHRASAL, VERBS
from .wordlists import DETERMINERS, OPENERS, PREPOSITIONS, PRONOUNS

_OBJECT = 6  # words of an object that a title takes over
_SUBJECT = 4  # and of a subject
_PLACE = 10  # words from a trigger to its place
_OPENING = 4  # words of a sentence in which a place holds for all of it: "In Oslo, …"
_AT = frozenset({"in", "at", "to", "near", "from", "across", "outside", "off"})
_MEETINGS = frozenset({"visit", "summit", "talks", "agreement", "speech", "war"})
_PLACES = frozenset({"place", "country"})
_RECALLED = timedelta(days=45)  # after which a report looks back
_STANCES = {form: stance for stance, forms, _ in rows("stances") for form in forms.split()}
_WORDS_OF_STANCE = frozenset(_STANCES)
_BY_STATUS = {
    "planned": "announces",
    "expected": "expects",
    "possible": "expects",
    "cancelled": "cancels",
    "postponed": "postpones",
}
_PLANNED = frozenset({"planned", "expected"})
_THIRD = {reading.lemma: form for form, reading in VERBS.items() if reading.form == "s"} | {
    reading.lemma: " ".join(form) for form, reading in PHRASAL.items() if reading.form == "s"
}


def place(mention: Mention) -> str | None:
    """Return the place that the clause of a mention names: "in Beijing", "visit to China"."""
    scope, trigger = mention.scope, mention.trigger
    places = [(index, name) for index, name in scope.names if name.kind in _PLACES]
    if not places:
        return None
    lower, end = scope.prose.lower, min(trigger.last + _PLACE, mention.end)
    after = [pair for pair in places if trigger.last <= pair[0] < end]
    before = max(trigger.first - _PLACE, scope.first)
    opening = [pair for pair in places if before <= pair[0] <= scope.first + _OPENING]
    for index, name in after + opening:
        if index > scope.first and lower[index - 1] in _AT:
            return name.canonical
        if index == trigger.last and trigger.reading.kind == "visit":
            return name.canonical
    return None


def title(mention: Mention, actors: tuple[str, ...], where: str | None) -> str:
    """Return a short title of actors, deed and place: "Kim Jong-un visits China"."""
    is_noun = mention.trigger.tense == "noun"
    words = _thing(mention, actors) if is_noun else _deed(mention)
    if where and where not in words:
        joint = "to" if mention.trigger.reading.kind == "visit" else "in"
        words = f"{words} {joint} {where}"
    return words[:1].upper() + words[1:]


def _deed(mention: Mention) -> str:
    """Name an event by its verb: "Kim Jong-un to visit Pyongyang"."""
    trigger, who, status = mention.trigger, mention.who, mention.status
    lemma = trigger.reading.lemma
    what = _object(mention)
    if who and not what and mention.says:
        return f"{trigger.reading.kind} by {_and(who)}"
    subject = _and(who) if who else _subject(mention)
    third = _THIRD.get(lemma)
    if trigger.passive or third is None:
        text = mention.words()
        verb = f"to be {text}" if status in _PLANNED else text
    elif status in _PLANNED:
        verb = f"to {lemma}"
    elif status == "possible":
        verb = f"may {lemma}"
    else:
        plural = len(who) > 1 or (not who and subject.endswith("s"))
        verb = lemma if plural else third
    return f"{subject} {verb} {what}".strip()


def _subject(mention: Mention) -> str:
    """Return the last words of a subject that names no actor: "summit location"."""
    prose = mention.scope.prose
    end = mention.trigger.group_start
    begin = end
    while begin > mention.scope.first and end - begin < _SUBJECT:
        word = prose.lower[begin - 1]
        if word in OPENERS or word in PREPOSITIONS or word in DETERMINERS or word in PRONOUNS:
            break
        if prose.gaps[begin - 1] != " ":
            break
        begin -= 1
    return prose.text[prose.starts[begin] : prose.ends[end - 1]] if begin < end else ""


def _thing(mention: Mention, actors: tuple[str, ...]) -> str:
    """Name an event by its noun: "Kim Jong-un's visit", "Talks: Kim Jong-un and Xi Jinping"."""
    prose = mention.scope.prose
    trigger = mention.trigger
    noun = prose.lower[trigger.first]
    if mention.who and len(actors) == 1:
        return f"{_and(mention.who)}’s {noun}"
    if actors and trigger.reading.kind in _MEETINGS:
        return f"{noun} of {_and(actors)}"
    words = " ".join(prose.words[_core(mention) : trigger.last])
    after = prose.lower[trigger.last : trigger.last + 1]
    return f"{words} {_object(mention)}".strip() if after == ["of"] else words


def _core(mention: Mention) -> int:
    """Return where a noun phrase begins without its determiner."""
    prose = mention.scope.prose
    first = mention.trigger.group_start
    while first < mention.trigger.first and (
        prose.lower[first] in ("a", "an", "the", "his", "her", "its", "their", "this", "that")
        or prose.lower[first].endswith("'s")
    ):
        first += 1
    return first


def _object(mention: Mention) -> str:
    """Return the few words of a verb's object, up to where its clause goes on otherwise."""
    prose, begin = mention.scope.prose, mention.trigger.last
    lower, gaps = prose.lower, prose.gaps
    if gaps[begin - 1] != " ":
        return ""
    last = min(mention.scope.last, begin + _OBJECT)
    for time in mention.scope.times:
        if begin <= time.first < last and (
            time.first == begin or lower[time.first - 1] not in DETERMINERS
        ):
            last = time.first
    end = begin
    while end < last and lower[end] not in OPENERS:
        if end > begin and (gaps[end - 1] != " " or lower[end] in PREPOSITIONS):
            break
        end += 1
    if end == begin or (end - begin == 1 and lower[begin] in PREPOSITIONS):
        return ""
    stop = prose.ends[end - 1]
    return prose.text[prose.starts[begin] : stop + (prose.text[stop : stop + 1] == "%")]


def _and(actors: tuple[str, ...]) -> str:
    *others, last = actors or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def stance(mention: Mention) -> str:
    """Return what a report does with its event: announces, confirms, recalls …"""
    scope, status = mention.scope, mention.status
    if status not in ("cancelled", "postponed"):
        before = scope.prose.lower[scope.first : mention.trigger.last]
        if not _WORDS_OF_STANCE.isdisjoint(before):
            return next(_STANCES[word] for word in before if word in _STANCES)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    latest = span(mention.edtf or "").latest
    return "recalls" if latest and scope.prose.published - latest > _RECALLED else "reports"


class Basis(NamedTuple):
    """What the date and the status of an event rest on."""

    time: Time | None  # that gives the date
    reason: str  # why it does, a key of REASONS
    counted: str  # from its day to another
    ground: str  # the word that gives the status
    published: date

    def derivation(self, status: str) -> str:
        """Say in one sentence which words give the date and which the status."""
        time = self.time.derivation.rstrip(".") if self.time else ""
        day = f"{self.published.day} {self.published:%B %Y}"
        how = REASONS[self.reason].format(time=time, day=day)
        return f"{how}{self.counted}; “{self.ground}”: {status}."


REASONS = {
    "stated": "{time}",
    "same clause": "{time}, said of the same sentence",
    "told before": "told before: {time}",
    "in focus": "no date of its own, the article is at {time}",
    "lead": "no date of its own, the article is about {time}",
    "published": "no date stated, told as news of the day of publication, {day}",
    "cited": "no date stated, spoken of as known by the day of publication, {day}",
    "not set": "no date stated",
    "earlier": "no date stated, earlier than what is told",
    "": "no date stated",
}
