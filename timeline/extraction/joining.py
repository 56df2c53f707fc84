"""Mentions of one event in an article become one event."""

from .mention import Mention

_STEM = 5  # letters by which "resigned" and "resignation" are one word


class Told:
    """The events told so far; of each, its first mention."""

    def __init__(self) -> None:
        self._by_stem: dict[str, list[Mention]] = {}

    def repeats(self, mention: Mention) -> bool:
        """Whether a mention is of an event told before.

        Their words share a stem, their dates are the same, and they have an actor in common or one
        of them names none. Statements are events of their own.
        """
        return mention.trigger.reading.kind != "statement" and any(
            mention.edtf == other.edtf
            and (not mention.who or not other.who or not set(mention.who).isdisjoint(other.who))
            for other in self._by_stem.get(_stem(mention), ())
        )

    def add(self, mention: Mention) -> None:
        self._by_stem.setdefault(_stem(mention), []).append(mention)


def _stem(mention: Mention) -> str:
    return mention.trigger.reading.lemma[:_STEM]
