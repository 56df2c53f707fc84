"""Names of events that give away what was not yet known when they were first reported."""

import re
from typing import NamedTuple


class _Pattern(NamedTuple):
    """A way in which a title tells too much: a regular expression, and a title that it is in."""

    words: str
    example: str


# Words that say little tell of an order or an outcome where one of these is not far behind them.
_EVENT = (
    r"(?=(?: \S+){0,2} (?:summit|talks|negotiations|meeting|visit|trip|round|session|vote|ballot"
    r"|election|referendum|deal|accord|treaty|agreement|ruling|verdict|law|speech|strike|protest"
    r"|attack|test|launch|trial|attempt)s?\b)"
)
# Called so only once there is another, or once it is known that there was none.
_ORDERS = (
    _Pattern(
        r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
        r"|thirteenth|\d+(?:st|nd|rd|th)",
        "First ferry summit",
    ),
    _Pattern(
        r"next[ \-‑]to[ \-‑]last|last|(?<!cup )(?<!league )(?<!trophy )final|penultimate"
        r"|previous(?! conviction)",
        "The last round of talks",
    ),
    _Pattern(r"(?:first|second|third|\d+(?:st|nd|rd|th))[ \-‑]ever", "The second-ever summit"),
    _Pattern(r"inaugural|maiden", "Inaugural ferry summit"),
    _Pattern(r"only", "The only ferry summit"),
    _Pattern(
        r"(?:round (?:one|two|three|four|five|\d)|(?:opening|closing|concluding) round"
        r"|(?:part|phase) (?:one|two|three|four|five|\d)(?= of\b|$|[:;,.]))",
        "Round two of the talks",
    ),
    _Pattern(
        r"(?<=\w )(?:number (?:one|two|three|four|five)|no\. ?[1-9])"
        r"(?=$|[:;,.)]| (?:of|in|at|on|between)\b)",
        "Ferry summit No. 2",
    ),
    _Pattern(
        rf"(?:follow[ \-‑]up|(?<!one )another|repeat|initial|renewed){_EVENT}|resum(?:ed|ption)",
        "Follow-up summit",
    ),
)
# Words behind an order that belong to an office, an age, a name or a date: it tells nothing then.
_NAMED = (
    _Pattern(r"lady|gentleman|family|minister|secretary|deputy|vice", "First Lady visits Elmsport"),
    _Pattern(r"world|century|reich|republic|empire|estate|nations?", "Third Reich"),
    _Pattern(
        r"(?:party |national )?congress|(?:general )?assembly|session", "72nd General Assembly"
    ),
    _Pattern(
        r"floor|street|avenue|amendment|fleet|army|division|bank|infantry|regiment|squadron"
        r"|battalion|brigade|corps",
        "Seventh Fleet in Elmsport",
    ),
    _Pattern(r"anniversary|birthday|parallel", "The 70th anniversary of the truce"),
    _Pattern(r"reading|quarter|half|grade|class|aid|responders?|term|person", "First reading"),
    _Pattern(r"church|baptist|home|country|party|property|rites", "First Baptist Church"),
    _Pattern(
        r"minutes?|week(?:end)?|month|year|decade|night|spring|summer|autumn|winter", "Last week"
    ),
    _Pattern(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", "Last Friday’s talks"),
    _Pattern(
        r"(?:of )?(?:january|february|march|april|may|june|july|august|september|october|november"
        r"|december)",
        "Talks of the 2nd of May",
    ),
    _Pattern(
        r"exams?|whistle|draft|salute|frontier|cut|fantasy|child|connect|form|orders|way",
        "Final exams begin",
    ),
)
_OUTCOMES = (
    _Pattern(
        r"fail(?:s|ed|ures?|ing)?|collaps(?:es?|ed|ing)|founder(?:s|ed|ing)|fruitless|stillborn",
        "The failed coup",
    ),
    _Pattern(
        r"call(?:s|ed|ing)?[ \-‑]off|cancel(?:s|l?ed|l?ing|lation)?|scrap(?:s|ped|ping)|axe[sd]"
        r"|nix(?:es|ed)|ditch(?:es|ed)|scupper(?:s|ed)|scuttle[sd]?",
        "Called-off summit",
    ),
    _Pattern(
        r"postpon(?:e[sd]?|ing)|postponements?|reschedul(?:es|ed|ing)|delayed|shelved",
        "Postponed talks",
    ),
    _Pattern(
        r"abandoned|abort(?:ed|ive|ing)|thwarted|derailed|averted|foiled", "The abortive coup"
    ),
    _Pattern(
        r"stall(?:ed|ing)|suspen(?:ds|ded|sion)(?! bridge)|deadlock(?:ed)?|halted",
        "The stalled talks",
    ),
    _Pattern(
        r"reject(?:s|ed|ion)|veto(?:es|ed)|withdrawn|walk[ \-‑]?outs?|walk(?:s|ed) out of"
        r"|snub(?:s|bed)|overturn(?:s|ed)|recalled|dropped|is off(?=$|[:;,.])|inconclusive|botched"
        r"|fatal|deadly",
        "The rejected deal",
    ),
    _Pattern(
        r"br(?:eak(?:s|ing)?|oken?)[ \-‑](?:down|off|up)|break(?:up|off)"
        r"|breakdown(?= of\b| in\b|$|[:;,.])|unravel(?:s|led|ling)?",
        "Breakdown of the talks",
    ),
    _Pattern(
        r"f(?:alls|ell)[ -]through|c(?:omes|ame)[ -]to[ -]nothing|(?:go(?:es)?|went) nowhere"
        r"|(?:yield|achieve|produce)(?:s|d|ed)? (?:nothing|no)|futile|unreali[sz]ed",
        "The deal that fell through",
    ),
    _Pattern(
        r"attempted(?! (?:murder|rape|robbery|burglary|theft|fraud))|would[ \-‑]be|crushed|quashed"
        r"|reversed|lapse[sd](?! of)|missed (?:deadline|target|chance|opportunity)|fiasco|debacle",
        "The attempted coup",
    ),
    _Pattern(
        r"never[ -](?:was|were|happened|took place)|that (?:was|were)(?: not|n[’']t)|unheld",
        "The summit that never was",
    ),
    _Pattern(
        r"end(?:s|ed|ing) (?:in|with|without)|that ended", "Summit that ended without agreement"
    ),
    _Pattern(
        r"no deal(?! brexit)|without (?:a |an )?(?:deal|agreement|result)", "Talks without result"
    ),
    _Pattern(
        r"historic(?! england| houses| scotland| monument| site| district| building| cent(?:re|er)"
        r"| town| quarter)"
        rf"|landmark{_EVENT}|ill-fated"
        r"|short[ -]lived|doomed|disastrous|breakthrough|(?:un)?success(?:ful)?(?! of pupils)"
        r"|record-breaking",
        "The ill-fated voyage",
    ),
    _Pattern(
        r"defeat(?:s|ed)?|wins|won(?=(?: \w+){0,2} (?:the|a|an|by|over|against)\b)"
        r"|los(?:es|t)(?= (?:the|a|an|to|by)\b)|(?<=vote |poll |case |game )lost"
        r"|ousted|victory(?! (?:day|park|parade|square|column))|re-elected",
        "Vale wins the vote",
    ),
)
# “II” and the like behind a name, in capitals alone: it says that there was another.
_NUMERAL = re.compile(r"(?<=[a-z] )(?:II|III|IV)(?=$|[\s,:;.)])")
# Behind these it is a person's, a ship's, a war's.
_NUMERAL_NAMED = re.compile(
    r"\b(?:World War|War|King|Queen|Pope|Tsar|Emperor|Elizabeth|John Paul|Charles|Philip|Harald"
    r"|Vatican|Type|Phase|Mark|Title|Article|Chapter|Part) (?:II|III|IV)\b"
)


# A house that bears an order or a success in its name: a capital on each of its words.
_HOUSE = re.compile(
    r"\b[A-Z][\w’']*(?: [A-Z][\w’']*)* (?:Bank|Trust|Academy|Palaces|Airlines|Insurance)\b"
)


def _any(ways: tuple[_Pattern, ...]) -> str:
    return "|".join(way.words for way in ways)


_TELLING = re.compile(
    # “last-minute” and “members-only” are words of their own; a called-off summit is not.
    rf"\b(?:(?<![-‑])(?:{_any(_ORDERS)})(?![-‑])(?! (?:{_any(_NAMED)})\b)|(?:{_any(_OUTCOMES)}))\b",
    re.IGNORECASE,
)


def giveaway(title: str) -> str:
    """Return the words of `title` that give an order or an outcome away, or nothing."""
    title = title.replace("\u00ad", "")  # a soft hyphen is seen at the end of a line alone
    title = _HOUSE.sub("", title)
    found = _TELLING.search(title) or _NUMERAL.search(_NUMERAL_NAMED.sub("", title))
    return found[0] if found else ""
