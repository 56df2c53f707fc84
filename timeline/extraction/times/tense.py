"""The tense of a verb: whether what a sentence tells lies behind its publication or ahead."""

import re
from functools import cache

from ..lexicon import load


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"'ll\b|\bwon't\b|\w+")
# Words that speak of what is to come only together, by the first of them.
_PHRASE = re.compile(
    r"""(?:going\ to|about\ to|to\ be|no\ later\ than|as\ (?:early|soon)\ as|kicks?\ off
      |takes?\ (?:place|effect|over|office)|runs?\ (?:from|until|till|to)|forecast\ (?:for|to)
      |comes?\ into\ (?:force|effect)|walks?\ out
      |go(?:es)?\ (?:on\ (?:sale|trial|show|display)|into\ effect|to\ the\ polls)
      |(?:is|are|were|was)\ to
      |(?:is|are)\ (?:\w+\ )?(?:un)?(?:likely|certain|bound|sure|ready)\ to
      |set\ (?:for|to)|planned\ (?:for|to|an?)|plans?\ (?:to|on\ \w+ing)|deadline(?!\ on)
      |(?:is|are|be|being|been|was|were)\ (?:\w+ly\ )?(?:set|planned))\b""",
    re.VERBOSE,
)
_OPENS_PHRASE = _set(
    "going about to no as take takes run runs forecast kick kicks come comes "
    "walk walks go goes is are were was be being been set planned plan plans deadline"
)
_PLANS_A = re.compile(r" (?:an?|the)\b")
_COPULA = re.compile(r" (?:at \d+ )?(?:on |in |at )?(?:the )?")  # "the funeral is on Thursday"
_PASSIVE = re.compile(r"\b(?:is|are|be|being|been|was|were) (?:\w+ly )?\Z")
_BEFORE_INFINITIVE = re.compile(
    r"(?:(?:\b(?:will|to|shall|may|might|should|must)|'ll)\s+(?:no\s+longer\s+)?"
    r"(?:(?!have\b)[a-z]+\s+){0,2}"
    r"|\b(?P<doubt>could|would)\s+(?:(?!have\b|not\b)[a-z]+\s+){0,2})\Z"
)
_NEITHER = re.compile(r"\b(?:[Nn]either|[Nn]or|[Nn]o|[Nn]obody)\b")
# What somebody agreed or was asked to do lies ahead: "decided to admit them in March".
_COMMITTED = _set(
    "agreed asked decided hoped invited offered pledged promised proposed threatened urged vowed "
    "wanted"
)
_PLANNED = _set("planned scheduled slated due set expected")
_ONCE = re.compile(r"\b(?:had been|had|originally|initially|previously|once|first) \Z")
_TO_DO = re.compile(r"\s+(?:\w+\s+){0,2}to\s+[a-z]")
# What may stand before a verb of what is to come: "polls open", not "the open roads".
_PLURAL = re.compile(
    r"(?:\b(?:[Ww]e|[Yy]ou|[Tt]hey|who|people|police)|\w\w[^\W\dsiu']s|[A-Z]\w\w+) \Z"
)
_ONE = re.compile(r"[^\W\d]{3},? \Z")
_DETERMINER = re.compile(
    r"(?i)\b(?:the|two|for|and|his|her|its|their|any|all|new|more|with|from) \Z"
)
_PROGRESSIVE = re.compile(r"(?:\b(?:am|is|are)|['’](?:s|re|m)) (?:\w+ly )?\Z")
_TO_NEW_DAY = re.compile(r"\b(?:to|until|till|for|through) (?:the )?\Z")
_REFUSED = frozenset(("could", "would"))  # "could not be reached Monday"
# With no verb of the past: "From Monday, buses are free."
_FROM_THEN = re.compile(r"\b(?:[Ff]rom|[Ss]tarting|[Bb]eginning|[Ee]ffective)(?: on)? \Z")
_UNTIL = re.compile(r"\b(?:until|till|by)\W+(?:\S+\s+){0,3}\Z")
_PRESENT = re.compile(r"\b(?:is|are|being)\s+(?:\w+ly\s+)?\Z")
_REACH = 150  # characters on either side in which a verb is looked for
_BACK = 40  # characters before a verb that may change its tense


def tense(text: str, begins: int, start: int, end: int, ends: int) -> str | None:
    """Return "past", "future" or "open" by the verb nearest to text[start:end], those before first.

    Open is what had once been planned: that day may have come or not. `begins` and `ends` are the
    offsets of the sentence around it.
    """
    low, at = max(begins, start - _REACH), start
    for word in reversed(_WORD.findall(text, low, start)):
        at = text.rfind(word, low, at)
        if word in _words()["moved"] and _TO_NEW_DAY.search(text, at, start):
            return "future"
        told = _told(text, word, at, start)
        if told == "past" and word in _COMMITTED and text.startswith("by ", max(start - 3, 0)):
            return "future"  # "promised a decision by January"
        if told == "past":
            return _past(text[max(begins, at - _BACK) : at], word, text[at + len(word) : start])
        if told:
            once = word in _PLANNED and _ONCE.search(text, max(begins, at - _BACK), at)
            return "open" if once else told
    stop = min(ends, end + _REACH)
    for match in _WORD.finditer(text, end, stop):
        if told := _told(text, match[0], match.start(), stop):
            return told
    return "future" if _FROM_THEN.search(text, low, start) else None


def _told(text: str, word: str, at: int, stop: int) -> str | None:
    """Return the tense that the word at `at` tells alone, or with those beside it up to `stop`."""
    words = _words()
    if word in words["future"]:
        return "past" if word in _REFUSED and text.startswith(" not ", at + len(word)) else "future"
    if word in _OPENS_PHRASE:
        coming = word in ("is", "are") and _COPULA.fullmatch(text, at + len(word), stop)
        if coming or _PHRASE.match(text, at, stop):
            undone = word == "take" and text.endswith("did not ", max(at - _BACK, 0), at)
            return "past" if undone else "future"
        if word in ("plan", "plans") and _PLANS_A.match(text, at + len(word), stop):
            return "future" if _is_verb(text, word, at) else None
        if word in ("set", "planned") and _PASSIVE.search(text, max(at - _BACK, 0), at):
            return "future"
    if word in words["past"] or word == "set" or (len(word) > 3 and word.endswith("ed")):
        return "past"
    if word in words["progressive"]:
        return "future" if _PROGRESSIVE.search(text, max(at - _BACK, 0), at) else None
    return "future" if word in words["scheduled"] and _is_verb(text, word, at) else None


def _is_verb(text: str, word: str, at: int) -> bool:
    """Whether a word that may be a noun too is a verb by the word before: "polls open"."""
    low = max(at - _BACK, 0)
    if word.endswith("s"):
        return bool(_ONE.search(text, low, at)) and not _DETERMINER.search(text, low, at)
    return _PLURAL.search(text, low, at) is not None


def _past(left: str, verb: str, right: str) -> str | None:
    """Return the tense of a past form with what stands before and after it."""
    if infinitive := _BEFORE_INFINITIVE.search(left):
        return "past" if infinitive["doubt"] and _NEITHER.search(left) else "future"
    if verb in _COMMITTED and _TO_DO.match(right):
        return "future"
    if verb in ("has", "have"):
        return "future" if _UNTIL.search(right) else "past"
    return None if _PRESENT.search(left) else "past"


@cache
def _words() -> dict[str, frozenset[str]]:
    """Return the words of each group of the lexicon."""
    return {group: _set(data["words"]) for group, data in load("tense").items()}
