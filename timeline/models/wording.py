"""Names of events that give away what was not yet known when they were first reported."""

import re

# An order (“First …” is called so only once there is a second), and an outcome. Each alternative
# stands for one way in which the desk's own titles did it; what belongs to an office or to an age
# (“First Lady”, “Second World War”) gives nothing away.
_ORDER = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|last"
    r"|final)(?! (?:lady|minister|secretary|deputy|vice|world|gentleman|floor|amendment|century))"
)
_OUTCOME = (
    r"fail(?:s|ed|ure)?|collaps(?:es?|ed)|called off|cancel(?:s|led|ed)?|postponed|abandoned"
    r"|aborted|broke(?:n)? (?:down|off|up)|end(?:s|ed) (?:in|with|without)|that ended|no deal"
    r"|without (?:a |an )?(?:deal|agreement|result)|historic|ill-fated|short-lived|doomed"
    r"|success(?:ful)?|defeat(?:s|ed)?|wins|won|lost|ousted"
)
_TELLING = re.compile(rf"\b(?:{_ORDER}|{_OUTCOME})\b", re.IGNORECASE)


def giveaway(title: str) -> str:
    """Return the words of `title` that give an order or an outcome away, or nothing."""
    found = _TELLING.search(title)
    return found[0] if found else ""
