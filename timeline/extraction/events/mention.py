"""What an article says where a word names an event, before it is decided what is an event of it."""

from dataclasses import dataclass

from ..times import Time
from .prose import Scope
from .triggers import Trigger

SAYING = frozenset({"statement", "announcement"})  # kinds of events that are somebody's words
_TO_COME = frozenset({"planned", "expected", "possible", "cancelled", "postponed"})


@dataclass(slots=True, eq=False)
class Mention:
    """One trigger in its sentence."""

    scope: Scope
    trigger: Trigger
    order: int  # among the triggers of the sentence
    opener: str  # the word that opens its clause: "", that, which, when, since …
    quoted: bool
    time: Time | None  # the time that its clause states
    who: tuple[str, ...]
    status: str
    ground: str  # the word that decided the status
    tense: str  # of the trigger, or of the verb folded into it
    aspect: str = ""  # begin or end, of the verb folded into it
    edtf: str | None = None
    source: Time | None = None  # the time that its date comes from
    reason: str = ""  # a key of wording.REASONS
    counted: str = ""  # from a day to the other end: “four-day” counted back → 7–10 January 2019
    score: float = 0.0

    def date_as(self, other: "Mention") -> None:
        """Give it the date of another mention."""
        self.source, self.edtf, self.counted = other.source, other.edtf, other.counted

    @property
    def to_come(self) -> bool:
        """Whether it is of something that has not happened: a plan, or one called off."""
        return self.status in _TO_COME

    @property
    def says(self) -> bool:
        """Whether it is somebody's words."""
        return self.trigger.reading.kind in SAYING
