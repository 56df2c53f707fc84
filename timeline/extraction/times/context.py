"""What a relative expression is relative to: publication, tense, the date in focus, the genre."""

import re
from collections.abc import Sequence
from functools import cached_property

from ..sentences import Sentence
from .points import Point

# The verb nearest to an expression tells its tense. Besides the auxiliaries, the irregular past
# forms that news uses most; "-ed" is the rest.
_VERB = re.compile(
    r"""\b(?:
    (?P<future>will|shall|would|'ll|won't|going\ to|about\ to|to\ be|could|might|no\ later\ than
      |(?:is|are|were|was)\ to|as\ (?:early|soon)\ as
      |(?:is|are|be|being|been|was|were)\ (?:\w+ly\ )?(?:set|planned)
      |set\ (?:for|to)|planned\ (?:for|to|an?)
      |expected|scheduled|slated|due|poised|bracing|preparing|postponed|postponing|delayed
      |plans?\ (?:to|on|an?|the)|planning|expects?|hopes?|hoping|intends?|vows?|upcoming|deadline
      |starts|begins|resumes|convenes|reconvenes|expires|takes\ place|kicks\ off|meets)
    |(?P<past>was|were|had|did|said|told|went|came|met|took|began|held|left|made|found|gave|got|ran
      |saw|fell|rose|led|sent|won|lost|struck|broke|killed|shot|hit|spoke|wrote|became|brought|kept
      |knew|thought|stood|ate|drove|flew|put|cut|fought|sought|caught|taught|bought|built|grew|tore
      |threw|drew|chose|froze|swore|wore|bore|slept|swept|wept|crept|felt|dealt|meant|spent|lent|bent
      |paid|laid|sold|heard|read|ruled|hung|swung|flung|clung|stuck|dug|spun|fled|bled|fed|sped|slid
      |hid|bit|lit|quit|split|sank|drank|sang|rang|swam|shook|forgot|rode|arose|withdrew|overthrew
      |undertook|withstood|upheld|understood|foresaw|overcame|since|ago
      |has|have|\w\w+ed)
    )\b""",
    re.VERBOSE,
)
_BEFORE_INFINITIVE = re.compile(r"(?:\b(?:will|to|shall)|'ll)\s+(?:\w+\s+){0,2}\Z")
# What somebody agreed or was asked to do lies ahead: "decided to admit them in March".
_COMMITTED = re.compile(
    r"agreed|asked|decided|hoped|invited|offered|pledged|promised|proposed|threatened|urged|vowed"
    r"|wanted"
)
_TO_DO = re.compile(r"\s+(?:\w+\s+){0,2}to\s+[a-z]")
_UNTIL = re.compile(r"\b(?:until|till|by)\W+(?:\S+\s+){0,3}\Z")
_PRESENT = re.compile(r"\b(?:is|are|being)\s+(?:\w+ly\s+)?\Z")
_REACH = 150  # characters on either side in which a verb is looked for
# A narrative that leaps this many years makes a remark; the next date tells if it has moved on.
_LEAP, _MOVED_ON = 15, 3
# What a month costs between a choice and the last month spoken of, forward and backward, and the
# next one stated, where a month to the focus costs 1: the best of twelve settings tried on half of
# WikiWars (value F1 83.9 to 85.3). Months further away than `_FAR` tell no more (24 is as good as
# no limit, 86.1; 18 is worse, 85.7).
_FORWARD, _BACKWARD, _TO_NEXT, _FAR = 0.5, 0.6, 0.5, 24


class Context:
    """What is known around an expression when it is read, in the order of the text."""

    def __init__(
        self,
        text: str,
        published: Point,
        sentences: Sequence[Sentence],
        narrative: bool,
        ahead: dict[int, Point],
    ) -> None:
        self.text, self.published, self.sentences = text, published, sentences
        self.narrative, self.ahead = narrative, ahead
        self.focus: Point | None = None  # the last date that the text spoke of
        self.month: Point | None = None  # the last month or day
        self.day: Point | None = None  # the last day
        self.read_up_to = 0  # the token after the last expression that was read
        self._sentence = 0
        self._leaps = 0
        self._noted_at = 0

    @cached_property
    def published_words(self) -> str:
        """The day of publication for derivations: "Wed 28 March 2018"."""
        day = self.published.first
        return f"{day:%a} {day.day} {day:%B} {day.year}"

    @property
    def anchor(self) -> Point:
        """What "in May" is nearest to: the focus of a narrative, the publication of news."""
        return self.focus if self.narrative and self.focus else self.published

    def note(self, point: Point, position: int, stated: bool) -> None:
        """Move the focus to `point`, unless that is a remark on another age."""
        self._noted_at = position
        if self.narrative and stated:
            if self.focus is None or abs(point.year - self.focus.year) <= _LEAP:
                self._leaps = 0
            else:
                self._leaps += 2 if point.unit in ("day", "month") else 1
                if self._leaps < _MOVED_ON:
                    return
        self.focus = point
        if point.unit == "day":
            self.day = point
        if point.unit in ("day", "month"):
            self.month = point

    def speaks_of_another(self, position: int) -> bool:
        """Whether the sentence around `position` has named a date already."""
        return self.focus is not None and self._noted_at >= self._around(position)[0]

    def placed(self, choices: list[Point], first: int) -> Point:
        """The choice that lies best between the date in focus and the next one that is stated.

        `first` is the token where the expression begins. A story told in order leaps neither
        from the date before nor to the date after.
        """
        after = self.ahead.get(first)

        def leap(choice: Point) -> float:
            cost = _gap(self.focus or self.published, choice)
            if self.month:
                back = choice.months < self.month.months
                gap = min(_gap(self.month, choice), _FAR)
                cost += (_BACKWARD if back else _FORWARD) * gap
            return cost + (_TO_NEXT * _gap(choice, after) if after else 0)

        return min(choices, key=leap)

    def tense(self, start: int, end: int) -> str | None:
        """ "past" or "future" by the nearest verb in the sentence, one before it first."""
        begins, ends = self._around(start)
        before = self.text[max(begins, start - _REACH) : start]
        verbs = list(_VERB.finditer(before))
        nearest = verbs[-1] if verbs else None
        if nearest is None:
            nearest = _VERB.search(self.text, end, min(ends, end + _REACH))
            return nearest and nearest.lastgroup
        if nearest.lastgroup == "future":
            return "future"
        left, right = before[: nearest.start()], before[nearest.end() :]
        if _BEFORE_INFINITIVE.search(left):
            return "future"
        if _COMMITTED.fullmatch(nearest[0]) and _TO_DO.match(right):
            return "future"
        if nearest[0] in ("has", "have"):
            return "future" if _UNTIL.search(right) else "past"
        return None if _PRESENT.search(left) else "past"

    def _around(self, position: int) -> tuple[int, int]:
        """The offsets of the sentence around `position`."""
        sentences = self.sentences
        if not sentences:
            return 0, len(self.text)
        while (
            self._sentence + 1 < len(sentences) and sentences[self._sentence + 1].start <= position
        ):
            self._sentence += 1
        return sentences[self._sentence].start, sentences[self._sentence].end


def _gap(one: Point, other: Point) -> float:
    """Months between two points, 0 where they meet."""
    (begins, ends), (starts, stops) = one.months, other.months
    return max(0.0, starts - ends, begins - stops)
