"""Who bears a name: the fullest form that an article uses for the bearer of each short one."""

import itertools
from typing import NamedTuple

from .. import lexicon
from .gazetteer import DEMONYMS, GENDER, GIVEN_ALONE, KNOWN, gender_of, is_family_first


class Name(NamedTuple):
    """A name: code-point offsets (end-exclusive), and who or what it is in this article.

    `rule` names the module and the sign by which it was read: "recognition: its title".
    """

    start: int
    end: int
    text: str
    canonical: str
    kind: str
    title: str | None = None
    rule: str = ""

    def of(self, canonical: str, kind: str) -> "Name":
        """Return the name as that of a bearer whom the article also names otherwise."""
        if (canonical, kind) == (self.canonical, self.kind):
            return self
        return self._replace(
            canonical=canonical, kind=kind, rule=f"{self.rule}, aliases: named elsewhere"
        )

    @property
    def in_full(self) -> str:
        """The full name, of a body with its country before it: "Turkish Ministry of Health"."""
        is_whole = self.kind == "organisation" and self.canonical == self.text
        return (
            f"{self.title} {self.canonical}"
            if is_whole and self.title in DEMONYMS
            else self.canonical
        )

    @property
    def spoken(self) -> str:
        """The full name, but initials as the article has them: "KCNA"."""
        is_initials = self.text.isupper() and self.text not in self.canonical
        return self.text if is_initials else self.canonical


_BEFORE_GIVEN = lexicon.words("name_parts", "before a given name")
# What stands after a family name without being one.
_SUFFIXES = lexicon.words("name_parts", "after a family name")


def resolve_aliases(text: str, found: list[tuple[Name, bool]]) -> list[Name]:
    """Give every short name the fullest form the article uses for the same bearer.

    What only begins a sentence is a name if the article has it elsewhere.
    """
    names = [name for name, sure in found if sure]
    people = _people(text, names)
    initials = _initials(text, names)
    elsewhere = {name.text: name for name in reversed(names)}
    resolved = []
    for name, sure in found:
        if name.text in _SUFFIXES and not name.title:
            continue  # "Ann Lee, PhD, said"; but in "King Jr. said" the name was read as a title
        if name.title in _BEFORE_GIVEN and f"Sir {name.text}" in people:
            name = name.of(people[f"Sir {name.text}"][0], name.kind)
        if not sure and name.text not in people:
            if name.text not in elsewhere:
                continue
            first = elsewhere[name.text]
            name = name.of(first.canonical, first.kind)
        if name.text in initials:
            name = name.of(initials[name.text], "organisation")
        elif (
            name.canonical == " ".join(name.text.split())
            and (name.kind == "person" or name.text not in KNOWN)
            and (bearers := _bearers(name.text, people))
        ):
            name = name.of(_bearer(bearers, name.title), "person")
        resolved.append(name)
    return _dotted(text, resolved)


def _dotted(text: str, names: list[Name]) -> list[Name]:
    """Write “Ann Lee Jr.” with its full stop wherever the article does so once."""
    full = {
        name.canonical
        for name in names
        if name.canonical.endswith((" Jr", " Sr")) and text[name.end : name.end + 1] == "."
    }
    return [
        name._replace(canonical=f"{name.canonical}.") if name.canonical in full else name
        for name in names
    ]


def _bearers(short: str, people: dict[str, list[str]]) -> list[str]:
    """Return the full names that a short one may stand for, with its suffix or without."""
    return people.get(short) or people.get(" ".join(_unsuffixed(short.split())), [])


def _unsuffixed(words: list[str]) -> list[str]:
    """Return the words of a name without “Jr”, “III” or a degree, if any is left."""
    end = len(words)
    while end > 1 and words[end - 1].rstrip(".") in _SUFFIXES:
        end -= 1
    return words[:end]


def _is_byline(text: str, name: Name) -> bool:
    return text[max(name.start - 4, 0) : name.start].lower() in ("by ", "\nby ")


def _people(text: str, names: list[Name]) -> dict[str, list[str]]:
    """Return {family name: the full names that bear it}, in the order they are introduced.

    Beside family names stand those in the middle ("Lula") and, for the titles that go before a
    given name, "Sir Tom". Who wrote the article introduces nobody.
    """
    people: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for name in names:
        if name.kind != "person" or " " not in name.canonical or _is_byline(text, name):
            continue
        words = _unsuffixed(name.canonical.split())
        suffix = " ".join(name.canonical.split()[len(words) :])
        if len(words) < 2:
            continue
        family = words[0] if is_family_first(words) else words[-1]
        for key in {family, words[-1]} if words[0] in GIVEN_ALONE else {family}:
            full = people.setdefault(key, [])
            if name.canonical not in full:
                full.append(name.canonical)
        if suffix:  # "Marsh Jr", and the "Jr" of "King Jr", where King was read as a title
            people.setdefault(f"{family} {suffix}", [name.canonical])
            others.setdefault(suffix, [name.canonical])
        if len(words) > 2 and words[-2] not in GENDER:  # "Mora Diaz" of Ana Mora Diaz
            others.setdefault(" ".join(words[-2:]), [name.canonical])
        if family == words[-1]:
            middle = {word for word in words[1:-1] if word[0].isupper() and word not in GENDER}
            for key in [*(word for word in middle if len(word) > 2), f"Sir {words[0]}"]:
                others.setdefault(key, [name.canonical])
    return others | people


def _bearer(full_names: list[str], title: str | None) -> str:
    """Return who of those with one family name is meant: the first introduced, by Mr or Mrs."""
    gender = {"Mr": "m", "Mrs": "f", "Ms": "f", "Miss": "f"}.get(title or "")
    if gender:
        for full in full_names:
            if gender_of(full) == gender:
                return full
    return full_names[0]


def _initials(text: str, names: list[Name]) -> dict[str, str]:
    """Return {"KCNA": "Korean Central News Agency"} for initials introduced in brackets."""
    found = {}
    for long, short in itertools.pairwise(names):
        if (
            text[long.end : short.start] == " ("
            and short.text.isupper()
            and len(short.text) > 1
            and " " in long.text
            and short.text[0] == long.text[0]
        ):
            found[short.text] = long.canonical
    return found
