"""What a relative expression is relative to: publication, tense, the date in focus, the genre."""

from collections.abc import Sequence
from functools import cached_property

from timeline.basis import Base

from ..text.sentences import SentenceSpan
from .points import Point
from .tense import tense

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
        sentences: Sequence[SentenceSpan],
        narrative: bool,
        ahead: dict[int, Point],
    ) -> None:
        self.text, self.published, self.sentences = text, published, sentences
        self.narrative, self.ahead = narrative, ahead
        self.focus: Point | None = None  # the last date that the text spoke of
        self.month: Point | None = None  # the last month or day
        self.day: Point | None = None  # the last day
        self.past: Point | None = None  # the last day that is not ahead of the publication
        self.read_up_to = 0  # the token after the last expression that was read
        self._sentence = 0
        self._leaps = 0
        self._noted_at = 0
        self._stated = False

    @cached_property
    def publication(self) -> Base:
        """The day of publication, as what words count from."""
        return Base(self.published.first.isoformat())

    @property
    def anchor(self) -> Point:
        """What "in May" is nearest to: the focus of a narrative, the publication of news."""
        return self.focus if self.narrative and self.focus else self.published

    def note(self, point: Point, position: int, stated: bool) -> None:
        """Move the focus to `point`, unless that is a remark on another age."""
        self._noted_at, self._stated = position, stated
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
            self.past = self.past if point.number > self.published.number else point
        if point.unit in ("day", "month"):
            self.month = point

    def speaks_of_another(self, position: int) -> bool:
        """Whether the sentence around `position` has named a date already."""
        return self.focus is not None and self._noted_at >= self._around(position)[0]

    def stated_beside(self, position: int) -> Point | None:
        """The day or month with a year of its own that was read last, if in the same sentence.

        A sentence later the year is left out where it is that of publication, as often as not.
        """
        focus = self.focus if self._stated and self.speaks_of_another(position) else None
        return focus if focus and focus.unit in ("day", "month") else None

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

    def day_spoken_of(self, start: int, end: int) -> Point | None:
        """The day that text[start:end] counts from: the last, past where the verb beside it is.

        "Voters go to the polls on Friday. A day earlier, six were arrested" is of another day.
        """
        if self.narrative or self.day is self.past or self.speaks_of_another(start):
            return self.day
        return self.past if self.tense(start, end) == "past" else self.day

    def tense(self, start: int, end: int) -> str | None:
        """ "past", "future" or "open" by the verb nearest to text[start:end] in its sentence."""
        begins, ends = self._around(start)
        return tense(self.text, begins, start, end, ends)

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
