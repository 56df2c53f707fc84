"""A verdict of the extraction and its reason."""

from typing import NamedTuple

from timeline.basis import Span


class Decision(NamedTuple):
    """What was decided of an event or a quote (`of`: status, date, title …), and why.

    `rule` names the module that decided and its rule, "titles: its verb"; `spans` are the words it
    rests on, code points into the text. A decision is made once and never changed.
    """

    of: str
    value: str
    rule: str
    spans: tuple[Span, ...] = ()
