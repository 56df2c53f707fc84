"""Who takes part in an event: the subject of its trigger, and those it is with or by."""

from collections.abc import Iterable

from .article import Article
from .attachment import OPENERS
from .triggers import Trigger

_KINDS = ("person", "organisation", "country")
_POSSESSIVE = ("'s", "’s", "' ", "’ ")
_BODIES = frozenset(
    ["company", "firm", "group", "club", "agency", "ministry", "government", "team", "party", "bank", "union"]
)
_LINKS = frozenset(["and", "or", "as"])
_REACH = 12


class Cast:
    """The actors last spoken of, for pronouns and for "the company"."""

    def __init__(self) -> None:
        self.person: str | None = None
        self.body: str | None = None

    def see(self, subjects: Iterable[str], names: list) -> None:
        """Remember who a sentence speaks of: its subjects before the others it names."""
        kinds = {name.canonical: name.kind for name in names}
        order = [*(actor for actor in subjects if actor in kinds), *kinds]
        self.person = next((a for a in order if kinds[a] == "person"), self.person)
        self.body = next((a for a in order if kinds[a] == "organisation"), self.body)


class Clauses:
    """Reads the actors of the triggers of one sentence, from left to right."""

    def __init__(self, article: Article, first: int, last: int, cast: Cast) -> None:
        self.article = article
        self.first, self.last = first, last
        self.cast = cast
        self.begin = first  # where the region of the next subject begins
        self.subject: tuple[str, ...] = ()  # of the last finite verb

    def actors(self, trigger: Trigger) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return who acts and who else takes part."""
        who = self._who(trigger)
        whom = self._whom(trigger)
        if trigger.tense not in ("noun", "adjective"):
            self.begin = trigger.last
            if who and trigger.tense not in ("gerund", "infinitive", "reduced"):
                self.subject = who
        return who, tuple(actor for actor in whom if actor not in who)

    def _who(self, trigger: Trigger) -> tuple[str, ...]:
        if trigger.tense == "noun":
            return self._owner(trigger)
        if inverted := self._after(trigger):
            return inverted
        lower, start = self.article.words.lower, trigger.group_start
        before = lower[start - 1] if start > self.first else ""
        if before in ("he", "she"):
            return (self.cast.person,) if self.cast.person else ()
        if before == "it":
            return (self.cast.body,) if self.cast.body else ()
        low = self.begin
        for i in range(start - 1, self.begin - 1, -1):
            if lower[i] in OPENERS and lower[i] not in _LINKS:
                low = i + 1
                break
        if low >= start:
            if before in ("who", "which", "that"):
                names = self._names(self.begin, start)
                return (names[-1].canonical,) if names else ()
            return self.subject
        if found := _heads(self.article, self._names(low, start)):
            return found
        if trigger.tense in ("gerund", "infinitive", "reduced"):
            return self.subject
        region = lower[low:start]
        if "he" in region or "she" in region:
            return (self.cast.person,) if self.cast.person else ()
        if before in _BODIES and "the" in region:
            return (self.cast.body,) if self.cast.body else ()
        if low > self.first and (region[0] == "and" or before == "and"):
            return self.subject
        return ()

    def _after(self, trigger: Trigger) -> tuple[str, ...]:
        """The speaker who follows a verb of saying that follows his words: “…,” said Ms Li."""
        if trigger.reading.kind != "statement" or trigger.group_start == self.first:
            return ()
        words = self.article.words
        gap = words.after[trigger.group_start - 1]
        if not any(mark in gap for mark in ",\"”’'") or trigger.last >= self.last:
            return ()
        if words.after[trigger.last - 1] != " " or not words.word[trigger.last][0].isupper():
            return ()
        return _heads(self.article, self._names(trigger.last, min(self.last, trigger.last + 8)))

    def _owner(self, trigger: Trigger) -> tuple[str, ...]:
        """Whose event a noun names: "Kim's visit", "his visit"."""
        words = self.article.words
        for i in range(trigger.group_start, trigger.first):
            if words.lower[i] in ("his", "her"):
                return self.subject or ((self.cast.person,) if self.cast.person else ())
            if words.lower[i] == "its":
                return self.subject or ((self.cast.body,) if self.cast.body else ())
        names = [
            name
            for name in self._names(max(self.first, trigger.group_start - 4), trigger.first)
            if self.article.text[name.end : name.end + 2] in _POSSESSIVE
        ]
        return (names[-1].canonical,) if names else ()

    def _whom(self, trigger: Trigger) -> tuple[str, ...]:
        """Return the actors that follow a trigger in its clause: object, "by", "with", "between"."""
        words = self.article.words
        end = trigger.last
        while end < self.last and end - trigger.last < _REACH:
            if words.lower[end] in OPENERS and words.lower[end] != "and":
                break
            if end > trigger.last and words.after[end - 1].strip(" '’-.\"“”\n"):
                break
            end += 1
        return tuple(dict.fromkeys(n.canonical for n in self._names(trigger.last, end)))

    def _names(self, first: int, last: int) -> list:
        """Return the names of actors among words[first:last]."""
        if first >= last:
            return []
        words = self.article.words
        found = self.article.names_in(words.start[first], words.end(last - 1))
        return [name for name in found if name.kind in _KINDS]


def _heads(article: Article, names: list) -> tuple[str, ...]:
    """Return who a noun phrase with these names speaks of: its people, else its first name."""
    names = [n for n in names if article.text[n.end : n.end + 2] not in _POSSESSIVE] or names
    people = [name.canonical for name in names if name.kind == "person"]
    return tuple(dict.fromkeys(people[:3] or [n.canonical for n in names[:1]]))
