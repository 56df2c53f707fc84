"""Who takes part in an event: the subject of its trigger, and those it is with or by."""

from .article import Article
from .dating import OPENERS
from .triggers import BE, DO, HAVE, MODALS, Trigger

ACTOR_KINDS = ("person", "organisation", "country")
_PERSONAL = {"he": "person", "she": "person", "him": "person", "his": "person", "her": "person"}
_BODY = frozenset(
    "company firm group club agency ministry government team party association".split()
)


class Cast:
    """The actors last spoken of, for pronouns and for "the company"."""

    def __init__(self) -> None:
        self.person: str | None = None
        self.body: str | None = None

    def see(self, names: list) -> None:
        for name in names:
            if name.kind == "person":
                self.person = name.canonical
                return
        for name in names:
            if name.kind == "organisation":
                self.body = name.canonical
                return


def subject(
    article: Article,
    first: int,
    trigger: Trigger,
    previous: int,
    cast: Cast,
    inherited: tuple[str, ...],
) -> tuple[str, ...]:
    """Return the actors that stand as the subject of a verb; `previous` is where its region begins."""
    words = article.words
    lower = words.lower
    if trigger.tense == "noun":
        return _possessor(article, first, trigger, cast, inherited)
    before = lower[trigger.group_start - 1] if trigger.group_start > first else ""
    if before in ("he", "she"):
        return (cast.person,) if cast.person else ()
    if before == "it":
        return (cast.body,) if cast.body else ()
    low = previous
    for i in range(trigger.group_start - 1, previous - 1, -1):
        if lower[i] in OPENERS and lower[i] not in ("and", "or", "as"):
            low = i + 1
            break
    if low >= trigger.group_start:
        if before in ("who", "which", "that"):
            names = [
                n
                for n in article.names_in(words.start[previous], words.start[trigger.group_start])
                if n.kind in ACTOR_KINDS
            ]
            return (names[-1].canonical,) if names else ()
        return inherited
    names = [
        n
        for n in article.names_in(words.start[low], words.start[trigger.group_start])
        if n.kind in ACTOR_KINDS
    ]
    persons = [
        n
        for n in names
        if n.kind == "person" and not article.text[n.end : n.end + 2] in ("'s", "’s")
    ]
    if persons:
        return tuple(dict.fromkeys(n.canonical for n in persons[:3]))
    if names:
        return (names[0].canonical,)
    if trigger.tense in ("gerund", "infinitive", "reduced"):
        return inherited
    region = lower[low : trigger.group_start]
    if "he" in region or "she" in region:
        return (cast.person,) if cast.person else ()
    if region and region[-1] in _BODY and "the" in region:
        return (cast.body,) if cast.body else ()
    if low > first and region and (region[-1] == "and" or region[0] in ("and",)):
        return inherited
    if trigger.reading.kind == "statement":
        after = article.names_in(words.end(trigger.last - 1), words.end(trigger.last - 1) + 60)
        after = [n for n in after if n.kind in ACTOR_KINDS]
        if after and not region:
            return (after[0].canonical,)
    return ()


def _possessor(article, first, trigger, cast, inherited):
    words = article.words
    for i in range(trigger.group_start, trigger.first):
        if words.lower[i] in ("his", "her"):
            return inherited or ((cast.person,) if cast.person else ())
    low = max(first, trigger.group_start - 4)
    names = [
        n
        for n in article.names_in(words.start[low], words.start[trigger.first])
        if n.kind in ACTOR_KINDS and article.text[n.end : n.end + 2] in ("'s", "’s")
    ]
    return (names[-1].canonical,) if names else ()


def others(article: Article, last: int, trigger: Trigger) -> tuple[str, ...]:
    """Return the actors that follow a trigger in its clause: object, "by", "with", "between"."""
    words = article.words
    end = trigger.last
    while end < last and end - trigger.last < 10:
        if (
            words.lower[end] in OPENERS
            and words.lower[end] != "and"
            or words.after[end - 1].strip() not in ("", "'", "’", "-", ".", '"')
        ):
            break
        end += 1
    if end == trigger.last:
        return ()
    return tuple(
        dict.fromkeys(
            n.canonical
            for n in article.names_in(words.start[trigger.last], words.end(end - 1))
            if n.kind in ACTOR_KINDS
        )
    )
