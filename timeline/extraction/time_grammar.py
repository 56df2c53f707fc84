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

from . import named_days

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

# Numbers in digits by their looks: a day, an hour with a zero, a year, a military hour …
_DIGITS = {
    "D1": ("{}", 0, 32), "D0": ("{:02}", 0, 10), "D2": ("{}", 32, 100), "D3": ("{}", 100, 1000),
    "Y4": ("{}", 1000, 2400), "H4": ("{:04}", 0, 1000),
}  # fmt: skip
_MACRO = re.compile(r"\{([a-z]+)\}")


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
    heads: dict[str, list[list[str]]]  # the first token of a day's name → the names, longest first
    named: str
    continued: str
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
    names = [*data["words"], *_DIGITS, *dict.fromkeys(_PUNCTUATION.values()), "NAMED", "CONT"]
    letters = dict(zip(names, map(chr, count(0xE000)), strict=False))
    codes = {mark: letters[name] for mark, name in _PUNCTUATION.items()}
    values: dict[str, Any] = {}
    for name, words in data["words"].items():
        for entry in words.split():
            word, _, meaning = entry.partition("=")
            for form in {word, word.upper()} | ({word.capitalize()} if word.islower() else set()):
                codes[form] = letters[name]
                values[form] = int(meaning) if meaning.lstrip("-").isdigit() else meaning or word
    for name, (form, low, high) in _DIGITS.items():
        for number in range(low, high):
            codes[form.format(number)] = letters[name]
            values[form.format(number)] = number
    for name, members in data["groups"].items():
        letters[name] = "[" + "".join(letters[m].strip("[]") for m in members.split()) + "]"
    rules = [
        Rule(
            rule["name"],
            rule["reading"],
            frozenset("".join(letters[name].strip("[]") for name in rule["anchor"].split())),
            re.compile(_compiled(rule["pattern"], data["macros"], letters)),
        )
        for rule in data["rule"]
    ]
    known = "".join(letters[name] for name in names)
    anchors = "".join(frozenset.union(*(rule.anchor for rule in rules)))
    heads: dict[str, list[list[str]]] = {}
    for name in sorted(named_days.rules(), key=len, reverse=True):
        words = [chunk.strip() for chunk in _TOKEN.findall(name)]
        heads.setdefault(words[0], []).append(words)
    return Grammar(
        codes, values, heads, letters["NAMED"], letters["CONT"],
        re.compile(f"[{known}]+"), re.compile(f"[{anchors}]"), rules,
    )  # fmt: skip


def _compiled(pattern: str, macros: dict[str, str], letters: dict[str, str]) -> str:
    """A rule's pattern as a regular expression over class characters."""
    while "{" in pattern and (spelled := _MACRO.sub(lambda m: f"({macros[m[1]]})", pattern)):
        if spelled == pattern:
            break
        pattern = spelled
    pattern = re.sub(r"\b[A-Z][A-Z0-9]*\b", lambda m: letters[m[0]], pattern)
    pattern = re.sub(r"([a-z]+)=\(", r"(?P<\1>", pattern)
    pattern = re.sub(r"([a-z]+)=(\[[^\]]+\]|.)(\??)", r"(?P<\1>\2\3)", pattern)
    return re.sub(r"\s+", "", re.sub(r"\((?!\?)", "(?:", pattern))


def find(text: str) -> Iterator[Found]:
    """Every fit of every rule, in no particular order; they may overlap."""
    codes, _, heads, named, continued, island, anchor, rules = grammar()
    chunks = _TOKEN.findall(text.rstrip())
    tokens = Tokens(text, list(map(str.strip, chunks)), list(accumulate(map(len, chunks))))
    classes = "".join(map(codes.get, tokens.words, repeat(_OTHER)))
    if not heads.keys().isdisjoint(tokens.words):
        classes = _with_names(tokens.words, classes, heads, named, continued)
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


def _with_names(
    words: list[str], classes: str, heads: dict[str, list[list[str]]], named: str, continued: str
) -> str:
    """The classes with each name of a day as one NAMED and its continuation."""
    marked = list(classes)
    for at, word in enumerate(words):
        for name in heads.get(word, ()):
            if words[at : at + len(name)] == name and marked[at] != continued:
                marked[at : at + len(name)] = named + continued * (len(name) - 1)
                break
    return "".join(marked)
