"""The tense of a verb: whether what a sentence tells lies behind its publication or ahead.

This reads the words before and after a date alone. `verb_groups` reads the same words in the tree
of a sentence, which times do not have: they are read before it, and where no article is (a query,
a date typed by an editor) without loading spaCy. Both have their auxiliaries from one table.
"""

import re
from functools import cache
from typing import NamedTuple

from ..lexicon import alternatives, load, rows, words

_WORD = re.compile(r"'ll\b|\bwon't\b|\w+")
_COPULA = re.compile(r" (?:at \d+ )?(?:on |in |at )?(?:the )?")  # "the funeral is on Thursday"
_PLANS_A = re.compile(r" (?:an?|the)\b")
_TO_DO = re.compile(r"\s+(?:\w+\s+){0,2}to\s+[a-z]")
# The word before a verb in -s, and names and plurals before one without: "polls open".
_ONE = re.compile(r"[^\W\d]{3,},? \Z")
_PLURAL = r"\w\w[^\W\dsiu']s|[A-Z]\w\w+"
_ANY = {"*": r"(?:\w+ )?", "*ly": r"(?:\w+ly )?", "*ing": r"\w+ing "}
_MAX_DISTANCE = 150  # characters on either side in which a verb is looked for
_BACK = 40  # characters before a verb that may change its tense


class _Tables(NamedTuple):
    """The words of `lexicon/tense.toml` by groups, and the patterns that are made of words."""

    future: frozenset[str]
    past: frozenset[str]
    scheduled: frozenset[str]
    progressive_verbs: frozenset[str]
    delayed: frozenset[str]
    committed: frozenset[str]
    planned: frozenset[str]
    doubted: frozenset[str]
    now: frozenset[str]
    phrase: re.Pattern[str]
    openings: frozenset[str]  # the words with which phrases begin
    is_passive: re.Pattern[str]  # these search up to a verb, the next to what may be one
    is_progressive: re.Pattern[str]
    is_present: re.Pattern[str]
    infinitive: re.Pattern[str]
    are_several: re.Pattern[str]
    is_noun: re.Pattern[str]
    is_none: re.Pattern[str]
    had_been: re.Pattern[str]
    on_new_day: re.Pattern[str]  # these search up to the date
    from_then: re.Pattern[str]
    until: re.Pattern[str]


@cache
def _tables() -> _Tables:
    groups = {group: frozenset(data["words"].split()) for group, data in load("tense").items()}
    will, have, did, was, now, be = (
        frozenset(word for word in words("function_words", *names) if "'" not in word)
        for names in (("will", "modal"), ("have",), ("did",), ("was",), ("is",), ("be",))
    )
    groups["future"] |= will | {"'ll", "won't"}
    groups["past"] |= have | did | was
    groups["now"] = now - {"am"}
    any_of = {group: alternatives(listed) for group, listed in groups.items()}
    phrases = [phrase for phrase, _ in rows("tense_phrases")]
    ahead = alternatives((will | {"to"}) - groups["doubted"])
    return _Tables(
        future=groups["future"],
        past=groups["past"],
        scheduled=groups["scheduled"],
        committed=groups["committed"],
        planned=groups["planned"],
        doubted=groups["doubted"],
        now=groups["now"],
        progressive_verbs=groups["progressive"],
        delayed=groups["moved"] | groups["adjourned"],
        phrase=re.compile(rf"(?:{'|'.join(map(_pattern, phrases))})\b"),
        openings=frozenset(word for phrase in phrases for word in phrase.split()[0].split("/")),
        is_passive=re.compile(rf"\b(?:{alternatives((now | be | was) - {'am'})}) (?:\w+ly )?\Z"),
        is_progressive=re.compile(rf"(?:\b(?:{alternatives(now)})|['’](?:s|re|m)) (?:\w+ly )?\Z"),
        is_present=re.compile(rf"\b(?:{any_of['now']}|being)\s+(?:\w+ly\s+)?\Z"),
        infinitive=re.compile(
            rf"(?:(?:\b(?:{ahead})|'ll)\s+(?:no\s+longer\s+)?(?:(?!have\b)[a-z]+\s+){{0,2}}"
            rf"|\b(?P<doubt>{any_of['doubted']})\s+(?:(?!have\b|not\b)[a-z]+\s+){{0,2}})\Z"
        ),
        are_several=re.compile(rf"(?:\b(?i:{any_of['several']})|{_PLURAL}) \Z"),
        is_noun=re.compile(rf"\b(?i:{any_of['before_noun']}) \Z"),
        is_none=re.compile(rf"\b(?i:{any_of['neither']})\b"),
        had_been=re.compile(rf"\b(?:{any_of['once']}) \Z"),
        on_new_day=re.compile(rf"\b(?:{any_of['to_new_day']}) (?:the )?\Z"),
        from_then=re.compile(rf"\b(?i:{any_of['from_then']})(?: on)? \Z"),
        until=re.compile(rf"\b(?:{any_of['deadline']})\W+(?:\S+\s+){{0,3}}\Z"),
    )


def _pattern(phrase: str) -> str:
    """Return the pattern of a phrase as the lexicon writes it."""
    *slots, last = phrase.split()
    if not last.startswith("!"):
        slots, last = [*slots, last], ""
    parts = (_ANY.get(slot) or f"(?:{alternatives(slot.split('/'))}) " for slot in slots)
    return "".join(parts).removesuffix(" ") + (f"(?! {last[1:]})" if last else "")


def tense(text: str, begins: int, start: int, end: int, ends: int) -> str | None:
    """Return "past", "future" or "open" by the verb nearest to text[start:end], those before first.

    Open is what had once been planned: that day may have come or not. `begins` and `ends` are the
    offsets of the sentence around it.
    """
    tables = _tables()
    low, at = max(begins, start - _MAX_DISTANCE), start
    for word in reversed(_WORD.findall(text, low, start)):
        at = text.rfind(word, low, at)
        if word in tables.delayed and tables.on_new_day.search(text, at, start):
            return "future"
        told = _told(text, word, at, start)
        if (
            told == "past"
            and word in tables.committed
            and text.startswith("by ", max(start - 3, 0))
        ):
            return "future"  # "promised a decision by January"
        if told == "past":
            return _past(text[max(begins, at - _BACK) : at], word, text[at + len(word) : start])
        if told:
            once = word in tables.planned and tables.had_been.search(
                text, max(begins, at - _BACK), at
            )
            return "open" if once else told
    stop = min(ends, end + _MAX_DISTANCE)
    for match in _WORD.finditer(text, end, stop):
        if told := _told(text, match[0], match.start(), stop):
            return told
    return "future" if tables.from_then.search(text, low, start) else None


def _told(text: str, word: str, at: int, stop: int) -> str | None:
    """Return the tense that the word at `at` tells alone, or with those beside it up to `stop`."""
    tables, low = _tables(), max(at - _BACK, 0)
    if word in tables.future:
        doubted = word in tables.doubted and text.startswith(" not ", at + len(word))
        return "past" if doubted else "future"
    if word in tables.openings and (told := _phrase(text, word, at, stop)):
        return None if told == "noun" else told
    if word in tables.past or word == "set" or (len(word) > 3 and word.endswith("ed")):
        return "past"
    if word in tables.progressive_verbs:
        return "future" if tables.is_progressive.search(text, low, at) else None
    return "future" if word in tables.scheduled and _is_verb(text, word, at) else None


def _phrase(text: str, word: str, at: int, stop: int) -> str | None:
    """Return the tense that the words from `at` on tell together; "noun" for those of a noun."""
    tables, low = _tables(), max(at - _BACK, 0)
    coming = word in tables.now and _COPULA.fullmatch(text, at + len(word), stop)
    if coming or tables.phrase.match(text, at, stop):
        undone = word == "take" and text.endswith("did not ", low, at)
        return "past" if undone else "future"
    if word in ("plan", "plans") and _PLANS_A.match(text, at + len(word), stop):
        return "future" if _is_verb(text, word, at) else "noun"
    if word in ("set", "planned") and tables.is_passive.search(text, low, at):
        return "future"
    return None


def _is_verb(text: str, word: str, at: int) -> bool:
    """Whether a word that may be a noun too is a verb by the word before: "polls open"."""
    tables, low = _tables(), max(at - _BACK, 0)
    if word.endswith("s"):
        is_noun = tables.is_noun.search(text, low, at)
        return bool(_ONE.search(text, low, at)) and not is_noun
    return tables.are_several.search(text, low, at) is not None


def _past(left: str, verb: str, right: str) -> str | None:
    """Return the tense of a past form with what stands before and after it."""
    tables = _tables()
    if infinitive := tables.infinitive.search(left):
        return "past" if infinitive["doubt"] and tables.is_none.search(left) else "future"
    if verb in tables.committed and _TO_DO.match(right):
        return "future"
    if verb in ("has", "have"):
        return "future" if tables.until.search(right) else "past"
    return None if tables.is_present.search(left) else "past"
