"""Names of events that give away what was not yet known when they were first reported."""

import re
from typing import NamedTuple


class _Pattern(NamedTuple):
    """A way in which a title tells too much: a regular expression, and a title that it is in."""

    words: str
    example: str


# Called so only once there is another, or once it is known that there was none.
_ORDERS = (
    _Pattern(
        r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)",
        "First ferry summit",
    ),
    _Pattern(r"last|final", "The last round of talks"),
    _Pattern(r"inaugural|maiden", "Inaugural ferry summit"),
    _Pattern(r"only", "The only ferry summit"),
)
# Words behind an order that belong to an office, an age, a name or a date: it tells nothing then.
_NAMED = (
    _Pattern(r"lady|gentleman|family|minister|secretary|deputy|vice", "First Lady visits Elmsport"),
    _Pattern(r"world|century|reich|republic|empire|estate|nations?", "Third Reich"),
    _Pattern(
        r"floor|street|avenue|amendment|fleet|army|division|bank", "Seventh Fleet in Elmsport"
    ),
    _Pattern(r"anniversary|birthday|parallel", "The 70th anniversary of the truce"),
    _Pattern(
        r"minutes?|week(?:end)?|month|year|decade|night|spring|summer|autumn|winter", "Last week"
    ),
    _Pattern(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", "Last Friday’s talks"),
    _Pattern(
        r"(?:of )?(?:january|february|march|april|may|june|july|august|september|october|november"
        r"|december)",
        "Talks of the 2nd of May",
    ),
)
_OUTCOMES = (
    _Pattern(r"fail(?:s|ed|ure)?|collaps(?:es?|ed)|founder(?:s|ed)|fruitless", "The failed coup"),
    _Pattern(
        r"call(?:s|ed)?[ -]off|cancel(?:s|led|ed|lation)?|scrap(?:s|ped)", "Called-off summit"
    ),
    _Pattern(r"postpone[sd]?|postponements?|reschedul(?:es|ed)|delayed|shelved", "Postponed talks"),
    _Pattern(r"abandoned|aborted|abortive|thwarted|derailed|averted", "The abortive coup"),
    _Pattern(r"brok(?:e|en)[ -](?:down|off|up)|break(?:s[ -]down|down)", "Breakdown of the talks"),
    _Pattern(
        r"f(?:alls|ell)[ -]through|c(?:omes|ame)[ -]to[ -]nothing", "The deal that fell through"
    ),
    _Pattern(
        r"never[ -](?:was|were|happened|took place)|that (?:was|were)(?: not|n[’']t)",
        "The summit that never was",
    ),
    _Pattern(r"end(?:s|ed) (?:in|with|without)|that ended", "Summit that ended without agreement"),
    _Pattern(r"no deal|without (?:a |an )?(?:deal|agreement|result)", "Talks without result"),
    _Pattern(r"historic|ill-fated|short-lived|doomed|success(?:ful)?", "The ill-fated voyage"),
    _Pattern(r"defeat(?:s|ed)?|wins|(?<!\d )won|lost|ousted", "Vale wins the vote"),
)


def _any(ways: tuple[_Pattern, ...]) -> str:
    return "|".join(way.words for way in ways)


_TELLING = re.compile(
    # “last-minute” and “members-only” are words of their own; a called-off summit is not.
    rf"\b(?:(?<!-)(?:{_any(_ORDERS)})(?!-)(?! (?:{_any(_NAMED)})\b)|(?:{_any(_OUTCOMES)}))\b",
    re.IGNORECASE,
)


def giveaway(title: str) -> str:
    """Return the words of `title` that give an order or an outcome away, or nothing."""
    found = _TELLING.search(title)
    return found[0] if found else ""
