"""What a relative expression is relative to: publication, tense, the date in focus, the genre."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .sentences import Sentence
from .time_points import Point

# The verb nearest to an expression tells its tense; these are the auxiliaries and the commonest
# irregular forms, "-ed" is most of the rest.
_VERB = re.compile(
    r"""\b(?:
    (?P<future>will|shall|'ll|going\ to|about\ to|to\ be|(?:is|are|were|was)\ to
      |(?:(?:is|are|be|being|been|was|were)\s)?(?:\w+ly\s)?(?:expected|scheduled|slated|due|planned|set|poised|bracing)
      |plans?|planning|expects?|hopes?|hoping|intends?|upcoming|deadline|postponed|delayed)
    |(?P<past>was|were|had|did|said|told|went|came|met|took|began|held|left|made|found|gave|got|ran|saw
      |fell|rose|led|sent|won|lost|struck|broke|killed|shot|hit|spoke|wrote|became|brought|kept|knew
      |thought|stood|ate|drove|flew|put|cut|fought|sought|caught|taught|bought|built|read|since|ago
      |has|have|\w+ed)
    )\b""",
    re.VERBOSE,
)
_INFINITIVE = re.compile(r"\bto\s+[a-z]+(?:\s+\S+){0,3}\s*\Z")


@dataclass(slots=True)
class Context:
    """What is known around an expression when it is read."""

    text: str
    published: Point
    sentences: Sequence[Sentence]
    narrative: bool
    focus: Point | None = None  # the last date that the text spoke of
    day: Point | None = None  # the last day that it spoke of
    _at: int = field(default=0)

    @property
    def anchor(self) -> Point:
        """What "in May" is nearest to: the focus of a narrative, the publication of news."""
        return (self.focus or self.published) if self.narrative else self.published

    def note(self, point: Point) -> None:
        self.focus = point
        if point.unit == "day":
            self.day = point

    def tense(self, start: int, end: int) -> str | None:
        """ "past" or "future" by the nearest verb of the sentence, the one before first."""
        begins, ends = self._sentence(start)
        before = self.text[max(begins, start - 150) : start]
        nearest = None
        for nearest in _VERB.finditer(before):
            pass
        if nearest is None:
            nearest = _VERB.search(self.text, end, min(ends, end + 150))
            return nearest and nearest.lastgroup
        if nearest.lastgroup == "past" and re.search(
            r"(?:\b(?:will|to|shall)|'ll)\s+(?:\w+\s+){0,2}\Z", before[: nearest.start()]
        ):
            return "future"
        return nearest.lastgroup

    def _sentence(self, position: int) -> tuple[int, int]:
        """The sentence around `position`; expressions are read in the order of the text."""
        while self._at + 1 < len(self.sentences) and self.sentences[self._at + 1].start <= position:
            self._at += 1
        if not self.sentences:
            return 0, len(self.text)
        sentence = self.sentences[self._at]
        return sentence.start, sentence.end
