"""The words for an event: its title, its place, the stance of the report, how its date is known."""

from datetime import timedelta

from ..lexicon import rows
from .dating import span
from .mention import Mention
from .prose import Prose
from .triggers import VERBS
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
_THIRD = {reading.lemma: form for form, reading in VERBS.items() if reading.form == "s"}


def place(prose: Prose, mention: Mention) -> str | None:
    """Return the place that the clause of a mention names: "in Beijing", "visit to China"."""
    trigger, scope = mention.trigger, mention.scope
    if not scope.names:
        return None
    near = [
        name
        for name in scope.names
        if name.what.kind in _PLACES
        and trigger.first - _PLACE <= name.first < trigger.last + _PLACE
    ]
    after = [name for name in near if name.first >= trigger.last]
    for name in after + [name for name in near if name.first - scope.first <= _OPENING]:
        before = prose.lower[name.first - 1] if name.first > scope.first else ""
        if before in _AT or (name.first == trigger.last and trigger.reading.kind == "visit"):
            return name.what.canonical
    return None


def title(prose: Prose, mention: Mention, actors: tuple[str, ...], where: str | None) -> str:
    """Return a short title of actors, deed and place: "Kim Jong-un visits China"."""
    is_noun = mention.trigger.tense == "noun"
    words = _thing(prose, mention, actors) if is_noun else _deed(prose, mention)
    if where and where not in words:
        joint = "to" if mention.trigger.reading.kind == "visit" else "in"
        words = f"{words} {joint} {where}"
    return words[:1].upper() + words[1:]


def _deed(prose: Prose, mention: Mention) -> str:
    """Name an event by its verb: "Kim Jong-un to visit Pyongyang"."""
    trigger = mention.trigger
    lemma = trigger.reading.lemma
    head, _, particle = lemma.partition(" ")
    text = prose.text[prose.starts[trigger.first] : prose.ends[trigger.last - 1]]
    third = _THIRD.get(head)
    subject = "" if mention.who else _subject(prose, mention)
    if trigger.passive or third is None:
        verb = f"to be {text}" if mention.status in ("planned", "expected") else text
    elif mention.status in ("planned", "expected"):
        verb = f"to {lemma}"
    elif mention.status == "possible":
        verb = f"may {lemma}"
    else:
        plural = len(mention.who) > 1 or (not mention.who and subject.endswith("s"))
        verb = lemma if plural else f"{third} {particle}".strip()
    who = _and(mention.who) or subject
    if mention.says and mention.who and not _object(prose, mention):
        return f"{trigger.reading.kind} by {who}"
    return " ".join(filter(None, (who, verb, _object(prose, mention))))


def _subject(prose: Prose, mention: Mention) -> str:
    """Return the last words of a subject that names no actor: "summit location"."""
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


def _thing(prose: Prose, mention: Mention, actors: tuple[str, ...]) -> str:
    """Name an event by its noun: "Kim Jong-un's visit", "Talks: Kim Jong-un and Xi Jinping"."""
    trigger = mention.trigger
    noun = prose.lower[trigger.first]
    if mention.who and len(actors) == 1:
        return f"{_and(mention.who)}’s {noun}"
    if actors and trigger.reading.kind in _MEETINGS:
        return f"{noun} of {_and(actors)}"
    words = " ".join(prose.words[_core(prose, mention) : trigger.last])
    after = prose.lower[trigger.last : trigger.last + 1]
    return f"{words} {_object(prose, mention)}".strip() if after == ["of"] else words


def _core(prose: Prose, mention: Mention) -> int:
    """Return where a noun phrase begins without its determiner."""
    first = mention.trigger.group_start
    while first < mention.trigger.first and (
        prose.lower[first] in ("a", "an", "the", "his", "her", "its", "their", "this", "that")
        or prose.lower[first].endswith("'s")
    ):
        first += 1
    return first


def _object(prose: Prose, mention: Mention) -> str:
    """Return the few words of a verb's object, up to where its clause goes on otherwise."""
    begin = end = mention.trigger.last
    last = min(mention.scope.last, begin + _OBJECT)
    taken = {index for time in mention.scope.times for index in range(time.first, time.last)}
    while end < last and (end not in taken or prose.lower[end - 1] in DETERMINERS):
        if end > begin and prose.gaps[end - 1] != " ":
            break
        if prose.gaps[begin - 1] != " " or prose.lower[end] in OPENERS:
            break
        if prose.lower[end] in PREPOSITIONS and end > begin:
            break
        end += 1
    if end == begin or (end - begin == 1 and prose.lower[begin] in PREPOSITIONS):
        return ""
    stop = prose.ends[end - 1]
    return prose.text[prose.starts[begin] : stop + (prose.text[stop : stop + 1] == "%")]


def _and(actors: tuple[str, ...]) -> str:
    *others, last = actors or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def stance(prose: Prose, mention: Mention) -> str:
    """Return what a report does with its event: announces, confirms, recalls …"""
    if mention.status in ("cancelled", "postponed"):
        return _BY_STATUS[mention.status]
    before = prose.lower[mention.scope.first : mention.trigger.last]
    if not _WORDS_OF_STANCE.isdisjoint(before):
        return next(_STANCES[word] for word in before if word in _STANCES)
    if mention.status in _BY_STATUS:
        return _BY_STATUS[mention.status]
    latest = span(mention.edtf or "").latest
    return "recalls" if latest and prose.published - latest > _RECALLED else "reports"


def derivation(prose: Prose, mention: Mention) -> str:
    """Say in one sentence which words give the date and which the status."""
    trigger = mention.trigger
    word = prose.text[prose.starts[trigger.first] : prose.ends[trigger.last - 1]]
    time = mention.source.derivation.rstrip(".") if mention.source else ""
    how = REASONS[mention.reason].format(time=time, day=prose.day)
    ground = word if mention.ground == word.lower() else mention.ground
    return f"{how}{mention.counted}; “{ground}”: {mention.status}."


REASONS = {
    "stated": "{time}",
    "same clause": "{time}, said of the same sentence",
    "told before": "told before: {time}",
    "in focus": "no date of its own, the article is at {time}",
    "lead": "no date of its own, the article is about {time}",
    "published": "no date stated, told as news of the day of publication, {day}",
    "not set": "no date stated",
    "earlier": "no date stated, earlier than what is told",
    "": "no date stated",
}
