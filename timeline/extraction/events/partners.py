"""Who takes part in an event besides its subject: the object, and those after "by" and "with"."""

from ..names import Name
from .forms import VERBS
from .prose import Scope
from .triggers import Trigger
from .wordlists import AFTER_NOUN, ARTICLES, AUXILIARIES, OPENERS

_NEXT_CLAUSE = (OPENERS - {"and"}) | (AUXILIARIES - {"to"})
_REACH = 12
# After these a name is of where or about what something happens, not of who takes part.
_WHERE = frozenset(
    {"in", "at", "near", "into", "across", "over", "about", "outside", "off", "around", "along"}
)
_WHERE_TO = _WHERE | {"to", "from", "on", "through", "for", "past"}
_CLOSED = (",", ".", ";", "")  # after a name put between


def with_whom(scope: Scope, trigger: Trigger, last: int) -> tuple[str, ...]:
    """Return the actors after a trigger in its clause: object, "by", "with", "between".

    They stand before words[last].
    """
    begin, last = trigger.last, min(last, trigger.last + _REACH)
    named = [index for index, _ in scope.people if begin <= index < last]
    if not named:
        return ()
    lower, gaps = scope.prose.lower, scope.prose.gaps
    for end in range(begin, named[-1] + 1):
        if lower[end] in _NEXT_CLAUSE:
            break
        if end > begin and gaps[end - 1] != " " and gaps[end - 1].strip(" '’-.\"“”\n"):
            break
    else:
        end = last
    if end < last and gaps[end - 1] == ", " and not ARTICLES.isdisjoint(lower[begin:end]):
        end = _apposed(scope, begin, end)
    names = [
        name
        for index, name in scope.people
        if begin <= index < end and _takes_part(scope, trigger, index, name)
    ]
    taking_part = [n.canonical for n in names if n.kind == "person" or not qualifies(scope, n)]
    return tuple(dict.fromkeys(taking_part))


def _apposed(scope: Scope, begin: int, end: int) -> int:
    """Return where a phrase ends with the name put after it: "her aide, Ann Lee, on"."""
    prose = scope.prose
    for index, name in scope.people:
        title = len((name.title or "").split())
        if name.kind == "person" and begin <= index < end:
            break
        if index - title == end and name.kind == "person":
            is_closed = prose.text[name.end : name.end + 1] in _CLOSED
            return index + 1 if is_closed else end
    return end


def _takes_part(scope: Scope, trigger: Trigger, index: int, name: Name) -> bool:
    """Whether a name after a trigger is not of where it happens: "a march on the Capitol"."""
    lower, kind = scope.prose.lower, trigger.reading.kind
    before = lower[index - 1]
    if before == "the":
        before = lower[index - 2]
    if name.kind == "person":
        return before not in _WHERE
    group = trigger.reading.group
    if name.kind == "country" and group == "n.disaster":
        return False  # "a quake in Peru"
    is_there = name.kind == "country" or kind == "visit" or group == "n.protest"
    return before not in (_WHERE_TO if is_there else _WHERE)


def qualifies(scope: Scope, name: Name) -> bool:
    """Whether a name qualifies the noun beside it: "U.S. officials", "friends of Ann Lee"."""
    prose = scope.prose
    if name.kind == "person":
        index = prose.word_at(name.start)
        return index > scope.first and prose.lower[index - 1] == "of"
    index = prose.word_at(name.end)
    if index >= scope.last or prose.text[name.end : prose.starts[index]] not in (
        " ",
        ". ",
    ):
        return False
    after = prose.lower[index]
    return not (
        after in AFTER_NOUN
        or after in VERBS
        or after.endswith(("ed", "ly"))
        or prose.words[index][0].isupper()
    )
