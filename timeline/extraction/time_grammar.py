"""Where time expressions stand: words become classes, and rules are patterns over classes.

Each token of the text becomes one character, its class in `lexicon/times.toml`, so that a rule
is a short regular expression over a short string. Only islands of known words with an anchor
among them (a month, a unit, a number that may be a year …) are searched: most of an article is
never looked at twice.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, count, repeat
from pathlib import Path
from typing import Any, NamedTuple

_OTHER = "_"
# A token with the space before it. "a.m." and "B.C." are one token, letters and digits never share
# one, a blank line is one of its own.
_TOKEN = re.compile(
    r"\s*\n\s*\n|\s*(?:[AaPp]\.\s?[Mm]\b\.?|[BA]\.[CD]\.(?:E\.)?|[^\W\d_]+|\d+|[^\w\s]|_)"
)
_PUNCTUATION = {
    ",": "COMMA", ".": "DOT", ":": "COLON", "/": "SLASH", "'": "APOS", "’": "APOS",
    "-": "HYPHEN", "–": "HYPHEN", "‑": "HYPHEN",
}  # fmt: skip


class Rule(NamedTuple):
    """A rule of the lexicon, compiled."""

    name: str
    reading: str
    anchor: frozenset[str]  # classes of which an island must hold one
    pattern: re.Pattern


class Grammar(NamedTuple):
    """The lexicon, compiled."""

    codes: dict[str, str]  # a token → the character of its class
    values: dict[str, Any]  # a token → what it means
    island: re.Pattern
    anchor: re.Pattern
    rules: list[Rule]


class Tokens(NamedTuple):
    """The tokens of a text and where each ends."""

    text: str
    words: list[str]
    ends: list[int]

    def start(self, index: int) -> int:
        return self.ends[index] - len(self.words[index])


class Found:
    """A stretch of tokens that a rule fits, and the words that it captured."""

    __slots__ = ("_match", "_shift", "first", "last", "rule", "tokens")

    def __init__(self, tokens: Tokens, rule: Rule, match: re.Match, shift: int):
        self.tokens, self.rule, self._match, self._shift = tokens, rule, match, shift
        self.first, self.last = match.start() + shift, match.end() + shift

    @property
    def start(self) -> int:
        return self.tokens.start(self.first)

    @property
    def end(self) -> int:
        return self.tokens.ends[self.last - 1]

    def words(self, group: str) -> list[str]:
        """The tokens that `group` captured; none where it took no part or the rule has none."""
        if group not in self._match.re.groupindex:
            return []
        first, last = self._match.span(group)
        return self.tokens.words[first + self._shift : last + self._shift] if first >= 0 else []

    def get(self, group: str, default: Any = None) -> Any:
        """What the first word of `group` means in the lexicon."""
        words = self.words(group)
        return grammar().values[words[0]] if words else default

    def word(self, offset: int) -> str:
        """The token before (-1, -2 …) or after (0, 1 …) the expression; empty past the text."""
        at = self.first + offset if offset < 0 else self.last + offset
        return self.tokens.words[at] if 0 <= at < len(self.tokens.words) else ""


@cache
def grammar() -> Grammar:
    """Read and compile the lexicon, once."""
    source = Path(__file__).with_name("lexicon").joinpath("times.toml").read_text("utf-8")
    data = tomllib.loads(source)
    names = [
        *data["words"],
        "D0",
        "D1",
        "D2",
        "D3",
        "Y4",
        "H4",
        *dict.fromkeys(_PUNCTUATION.values()),
    ]
    letters = dict(zip(names, map(chr, count(0xE000)), strict=False))
    codes, values = _numbers(letters)
    for name, words in data["words"].items():
        for entry in words.split():
            word, _, meaning = entry.partition("=")
            meaning = int(meaning) if meaning.lstrip("-").isdigit() else meaning or word
            for form in {word, word.upper(), *([] if word[0].isupper() else [word.capitalize()])}:
                codes[form], values[form] = letters[name], meaning
    codes |= {mark: letters[name] for mark, name in _PUNCTUATION.items()}
    macros = data["macros"]
    letters |= {
        group: "[" + "".join(_letters(members, letters)) + "]"
        for group, members in data["groups"].items()
    }
    rules = [
        Rule(
            rule["name"],
            rule["reading"],
            frozenset(_letters(rule["anchor"], letters)),
            re.compile(_compiled(rule["pattern"], macros, letters)),
        )
        for rule in data["rule"]
    ]
    known = "".join(letters[name] for name in names)
    anchors = "".join(frozenset.union(*(rule.anchor for rule in rules)))
    return Grammar(codes, values, re.compile(f"[{known}]+"), re.compile(f"[{anchors}]"), rules)


def _letters(members: str, letters: dict[str, str]) -> str:
    return "".join(letters[name].strip("[]") for name in members.split())


def _numbers(letters: dict[str, str]) -> tuple[dict[str, str], dict[str, Any]]:
    """Classes of the numbers in digits: days, hours with a zero, years, and the others."""
    values: dict[str, Any] = {}
    codes: dict[str, str] = {}
    for form, low, high, name in (
        ("{}", 0, 32, "D1"), ("{:02}", 0, 10, "D0"), ("{}", 32, 100, "D2"), ("{}", 100, 1000, "D3"),
        ("{}", 1000, 2400, "Y4"), ("{:04}", 0, 1000, "H4"),
    ):  # fmt: skip
        for number in range(low, high):
            values[form.format(number)] = number
            codes[form.format(number)] = letters[name]
    return codes, values


def _compiled(pattern: str, macros: dict[str, str], letters: dict[str, str]) -> str:
    """A rule's pattern as a regular expression over class characters."""
    while (
        "{" in (spelled := re.sub(r"\{([a-z]+)\}", lambda m: f"({macros[m[1]]})", pattern))
        and spelled != pattern
    ):
        pattern = spelled
    pattern = re.sub(r"\b[A-Z][A-Z0-9]*\b", lambda m: letters[m[0]], spelled)
    pattern = re.sub(r"([a-z]+)=\(", r"(?P<\1>", pattern)
    pattern = re.sub(r"([a-z]+)=(\[[^\]]+\]|.)(\??)", r"(?P<\1>\2\3)", pattern)
    return re.sub(r"\s+", "", re.sub(r"\((?!\?)", "(?:", pattern))


def find(text: str) -> Iterator[Found]:
    """Every fit of every rule, in no particular order; they may overlap."""
    codes, _, island, anchor, rules = grammar()
    chunks = _TOKEN.findall(text.rstrip())
    tokens = Tokens(text, list(map(str.strip, chunks)), list(accumulate(map(len, chunks))))
    classes = "".join(map(codes.get, tokens.words, repeat(_OTHER)))
    # The islands are joined, so that each rule is searched once; `shifts` leads back.
    islands, begins, shifts, length = [], [], [], 0
    for match in island.finditer(classes):
        if anchor.search(classes, match.start(), match.end()):
            islands.append(match[0])
            begins.append(length)
            shifts.append(match.start() - length)
            length += len(match[0]) + 1
    joined = _OTHER.join(islands)
    present = frozenset(joined)
    for rule in rules:
        if not rule.anchor.isdisjoint(present):
            for match in rule.pattern.finditer(joined):
                shift = shifts[bisect_right(begins, match.start()) - 1]
                yield Found(tokens, rule, match, shift)
