"""Mentions of one event in an article become one event."""

from .mention import Mention

_STEM = 5  # letters by which "resigned" and "resignation" are one word


class Told:
    """The events told so far: who took part in them, by their words and dates."""

    def __init__(self) -> None:
        self._actors: dict[tuple[str, str | None], set[str]] = {}

    def repeats(self, mention: Mention) -> bool:
        """Whether a mention is of an event told before.

        Their words share a stem, their dates are the same, and they have an actor in common or one
        of them names none. Statements are events of their own.
        """
        if mention.trigger.reading.kind == "statement":
            return False
        actors = self._actors.get(_key(mention))
        if actors is None:
            return False
        return not mention.who or "" in actors or not actors.isdisjoint(mention.who)

    def add(self, mention: Mention) -> None:
        self._actors.setdefault(_key(mention), set()).update(mention.who or ("",))


def _key(mention: Mention) -> tuple[str, str | None]:
    return mention.trigger.reading.lemma[:_STEM], mention.edtf
