"""Where time expressions stand: words become classes, and rules are patterns over classes.

Each token of the text becomes one character, its class in `lexicon/times.toml`, so that a rule is
a short regular expression over a short string. Only islands of known words that hold an anchor of
a rule (a month, a unit, a number that may be a year …) are searched: most of an article is never
looked at twice.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, count, repeat
from typing import Any, NamedTuple

from ..lexicon import load
from . import named_days

_OTHER = "_"
_LONG = 40  # tokens of an island that is not worth remembering; one in news has three
# A token with the space before it. "a.m." and "B.C." are one token, letters and digits never share
# one, a blank line is one of its own. The first two cases are those of the last, three times out of
# four; to try them first takes a third of the time away.
_TOKEN = re.compile(
    r" ?[A-Za-z][A-Za-z]++(?:[^\W\d_]++)?+|[!-/:-@]|\s*\n\s*\n"
    r"|\s*(?:[AaPp]\.\s?[Mm]\b\.?|[BA]\.[CD](?:\.E)?\b\.?|[^\W\d_]+|\d+|[^\w\s]|_)"
)
_MARKS = {
    ",": "COMMA", ".": "DOT", ":": "COLON", "/": "SLASH", "'": "APOS", "’": "APOS", "‘": "APOS",
    "-": "HYPHEN", "–": "HYPHEN", "‑": "HYPHEN",
}  # fmt: skip
# Numbers in digits by their looks: a day, an hour with a zero, a year, a military hour …
_DIGITS = {
    "D1": ("{}", 0, 32), "D0": ("{:02}", 0, 10), "D2": ("{}", 32, 100), "D3": ("{}", 100, 1000),
    "D03": ("{:03}", 0, 100), "Y4": ("{}", 1000, 2400), "H4": ("{:04}", 0, 1000),
}  # fmt: skip
_MACRO = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule of the lexicon; of rules that fit the same words the first in the file wins."""

    order: int
    name: str
    reading: str
    source: str  # a regular expression over class characters

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first needed: an article needs half of the rules."""
        return re.compile(self.source)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The names of what it captures."""
        return frozenset(self.pattern.groupindex)


class Grammar(NamedTuple):
    """The lexicon, ready for use."""

    codes: dict[str, str]  # a token → the character of its class
    values: dict[str, Any]  # a token → what it means
    cues: dict[str, frozenset[str]]  # words around an expression that decide on it
    island: re.Pattern[str]  # known words in a row, an anchor among them
    anchored: dict[str, list[Rule]]  # a class → the rules that it is an anchor of
    names: re.Pattern[str]  # the names of days, longest first
    named: str
    continued: str


class TimeTokens(NamedTuple):
    """The tokens of a text and where each ends."""

    text: str
    words: list[str]
    ends: list[int]

    def start(self, index: int) -> int:
        return self.ends[index] - len(self.words[index])


class Found:
    """A stretch of tokens that a rule fits, and the words that it captured.

    A reading may move `first` and `last` to narrow the expression. `place` orders the fits of a
    text: where they begin, the longest first, the rules in their order.
    """

    __slots__ = ("_match", "_shift", "first", "last", "place", "rule", "tokens")

    def __init__(self, tokens: TimeTokens, rule: Rule, match: re.Match[str], shift: int) -> None:
        self.tokens, self.rule, self._match, self._shift = tokens, rule, match, shift
        self.first, self.last = match.start() + shift, match.end() + shift
        self.place = (self.first, -self.last, rule.order)

    @property
    def start(self) -> int:
        """The code point where it begins."""
        return self.tokens.start(self.first)

    @property
    def end(self) -> int:
        """One past the code point where it ends."""
        return self.tokens.ends[self.last - 1]

    def within(self, first: int) -> "Found | None":
        """Where its rule fits again inside it, from the token `first` on."""
        match = self.rule.pattern.search(
            self._match.string, first - self._shift, self.last - self._shift
        )
        return Found(self.tokens, self.rule, match, self._shift) if match else None

    @property
    def all(self) -> list[str]:
        """Its tokens in lower case."""
        return [word.lower() for word in self.tokens.words[self.first : self.last]]

    def words(self, group: str) -> list[str]:
        """The tokens that `group` captured; none where it took no part or the rule has none."""
        if group not in self.rule.groups:
            return []
        first, last = self._match.span(group)
        return self.tokens.words[first + self._shift : last + self._shift] if first >= 0 else []

    def word(self, group: str) -> str:
        """The first token that `group` captured, in lower case, or an empty string."""
        words = self.words(group)
        return words[0].lower() if words else ""

    def get(self, group: str, default: Any = None) -> Any:
        """What the first token of `group` means in the lexicon."""
        words = self.words(group)
        return grammar().values[words[0]] if words else default

    def near(self, offset: int) -> str:
        """The token before (-1, -2 …) or after (0, 1 …) the expression; empty past the text."""
        at = self.first + offset if offset < 0 else self.last + offset
        return self.tokens.words[at] if 0 <= at < len(self.tokens.words) else ""

    def tells(self, group: str, cue: str) -> bool:
        """Whether the first token that `group` captured is one of the words of a cue."""
        return self.word(group) in grammar().cues[cue]

    def beside(self, offset: int, cue: str) -> bool:
        """Whether the token there is one of the words that the lexicon lists under `cue`."""
        return self.near(offset).lower() in grammar().cues[cue]


@cache
def grammar() -> Grammar:
    """Make the grammar from the lexicon, once."""
    data = load("times")
    names = [*data["words"], *_DIGITS, *dict.fromkeys(_MARKS.values()), "NAMED", "CONT"]
    letters = dict(zip(names, map(chr, count(0xE000)), strict=False))
    known = "".join(letters.values())
    codes, values = _words(data["words"], letters)
    for group, members in data["groups"].items():
        letters[group] = "[" + "".join(letters[name].strip("[]") for name in members.split()) + "]"
    anchored: dict[str, list[Rule]] = {}
    for order, entry in enumerate(data["rule"]):
        pattern = _regular(entry["pattern"], data["macros"], letters)
        rule = Rule(order, entry["name"], entry["reading"], pattern)
        for name in entry["anchor"].split():
            for letter in letters[name].strip("[]"):
                anchored.setdefault(letter, []).append(rule)
    names_of_days = sorted(named_days.rules(), key=len, reverse=True)
    spelled = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names_of_days)
    cues = {name: frozenset(words.split()) for name, words in data["cues"].items()}
    # A row of known words is looked at once, from its beginning, and only if it holds an anchor.
    anchors = "".join(anchored)
    plain = "".join(letter for letter in known if letter not in anchored)
    island = re.compile(f"(?<![{known}])[{plain}]*+[{anchors}][{known}]*")
    days = re.compile(rf"(?:{spelled})\b")  # ten times as fast as with a \b before it
    return Grammar(codes, values, cues, island, anchored, days, letters["NAMED"], letters["CONT"])


def _words(
    classes: dict[str, str], letters: dict[str, str]
) -> tuple[dict[str, str], dict[str, Any]]:
    """The class of each word, number and mark in all its cases, and what it means."""
    codes = {mark: letters[name] for mark, name in _MARKS.items()}
    values: dict[str, Any] = {}
    for name, words in classes.items():
        for entry in words.split():
            word, _, meaning = entry.partition("=")
            for form in {word, word.upper()} | ({word.capitalize()} if word.islower() else set()):
                codes[form] = letters[name]
                values[form] = int(meaning) if meaning.lstrip("-").isdigit() else meaning or word
    for name, (form, low, high) in _DIGITS.items():
        for number in range(low, high):
            codes[form.format(number)] = letters[name]
            values[form.format(number)] = number
    return codes, values


def _regular(pattern: str, macros: dict[str, str], letters: dict[str, str]) -> str:
    """A rule's pattern as a regular expression over class characters."""
    while (spelled := _MACRO.sub(lambda m: f"({macros[m[1]]})", pattern)) != pattern:
        pattern = spelled
    pattern = re.sub(r"\b[A-Z][A-Z0-9]*\b", lambda m: letters[m[0]], pattern)
    pattern = re.sub(r"([a-z]+)=\(", r"(?P<\1>", pattern)
    pattern = re.sub(r"([a-z]+)=(\[[^\]]+\]|.)(\??)", r"(?P<\1>\2\3)", pattern)
    return re.sub(r"\s+", "", re.sub(r"\((?!\?)", "(?:", pattern))


def find(text: str) -> list[Found]:
    """Every fit of every rule, by where it begins, then the longest first; they may overlap."""
    codes, _, _, island, *_ = grammar()
    chunks = _TOKEN.findall(text.rstrip())
    tokens = TimeTokens(text, list(map(str.strip, chunks)), list(accumulate(map(len, chunks))))
    classes = _with_names(tokens, "".join(map(codes.get, tokens.words, repeat(_OTHER))))
    return [
        Found(tokens, rule, fit, match.start())
        for match in island.finditer(classes)
        for rule, fit in (_fits if len(match[0]) < _LONG else _fits.__wrapped__)(match[0])
    ]


@lru_cache(maxsize=4096)  # news has few shapes: of 18 islands in an article, 8 were seen in others
def _fits(known: str) -> list[tuple[Rule, re.Match[str]]]:
    """Every fit of every rule in a row of known classes."""
    anchored = grammar().anchored
    rules = {rule for letter in frozenset(known) for rule in anchored.get(letter, ())}
    fits = [(rule, fit) for rule in rules for fit in rule.pattern.finditer(known)]
    return sorted(fits, key=lambda found: (found[1].start(), -found[1].end(), found[0].order))


def _with_names(tokens: TimeTokens, classes: str) -> str:
    """The classes with each name of a day as one NAMED and its continuation."""
    *_, names, named, continued = grammar()
    matches = list(names.finditer(tokens.text))
    if not matches:
        return classes
    marked = list(classes)
    for match in matches:
        first = bisect_right(tokens.ends, match.start())
        last = bisect_left(tokens.ends, match.end())
        if tokens.start(first) == match.start() and tokens.ends[last] == match.end():
            marked[first : last + 1] = named + continued * (last - first)
    return "".join(marked)
