"""The tense of a verb: whether what a sentence tells lies behind its publication or ahead."""

import re
from functools import cache

from ..lexicon import load


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"'ll\b|\bwon't\b|\w+")
# Words that speak of what is to come only together, by the first of them.
_PHRASE = re.compile(
    r"""(?:going\ to|about\ to|to\ be|no\ later\ than|as\ (?:early|soon)\ as|takes\ place|kicks\ off
      |(?:is|are|were|was)\ to|set\ (?:for|to)|planned\ (?:for|to|an?)|plans?\ (?:to|on|an?|the)
      |(?:is|are|be|being|been|was|were)\ (?:\w+ly\ )?(?:set|planned))\b""",
    re.VERBOSE,
)
_OPENS_PHRASE = _set(
    "going about to no as takes kicks is are were was be being been set planned plan plans"
)
_PASSIVE = re.compile(r"\b(?:is|are|be|being|been|was|were) (?:\w+ly )?\Z")
_BEFORE_INFINITIVE = re.compile(r"(?:\b(?:will|to|shall)|'ll)\s+(?:[a-z]+\s+){0,2}\Z")
# What somebody agreed or was asked to do lies ahead: "decided to admit them in March".
_COMMITTED = _set(
    "agreed asked decided hoped invited offered pledged promised proposed threatened urged vowed "
    "wanted"
)
_PLANNED = _set("planned scheduled slated due set expected")
_ONCE = re.compile(r"\b(?:had been|had|originally|initially|previously|once|first) \Z")
_TO_DO = re.compile(r"\s+(?:\w+\s+){0,2}to\s+[a-z]")
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
        told = _told(text, word, at, start)
        if told == "past":
            return _past(text[max(begins, at - _BACK) : at], word, text[at + len(word) : start])
        if told:
            once = word in _PLANNED and _ONCE.search(text, max(begins, at - _BACK), at)
            return "open" if once else told
    stop = min(ends, end + _REACH)
    for match in _WORD.finditer(text, end, stop):
        if told := _told(text, match[0], match.start(), stop):
            return told
    return None


def _told(text: str, word: str, at: int, stop: int) -> str | None:
    """Return the tense that the word at `at` tells alone, or with those after it up to `stop`."""
    future, past = _words()
    if word in future:
        return "future"
    if word in _OPENS_PHRASE:
        if _PHRASE.match(text, at, stop):
            return "future"
        if word in ("set", "planned") and _PASSIVE.search(text, max(at - _BACK, 0), at):
            return "future"
    return "past" if word in past or (len(word) > 3 and word.endswith("ed")) else None


def _past(left: str, verb: str, right: str) -> str | None:
    """Return the tense of a past form with what stands before and after it."""
    if _BEFORE_INFINITIVE.search(left) or (verb in _COMMITTED and _TO_DO.match(right)):
        return "future"
    if verb in ("has", "have"):
        return "future" if _UNTIL.search(right) else "past"
    return None if _PRESENT.search(left) else "past"


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the future and those of the past."""
    data = load("tense")
    return _set(data["future"]["words"]), _set(data["past"]["words"])
