"""What the lexicon knows of names: countries, places, media, titles, given and family names."""

from collections.abc import Sequence

from ..lexicon import rows


def _values(field: str) -> list[str]:
    return [value for value in field.split("|") if value]


_KINDS = {"places": "place", "agencies": "organisation", "groups": "organisation"}


def _gazetteer() -> tuple[dict[str, tuple[str, str]], frozenset[str]]:
    """Return {name in text: (canonical, kind)} and the demonyms, a dotted form without its last."""
    known: dict[str, tuple[str, str]] = {}
    demonyms = set()
    for name, aliases, adjectives, capitals, _ in rows("countries"):
        demonyms.update(_values(adjectives))
        known.update((capital, (capital, "place")) for capital in _values(capitals))
        known.update(
            (alias.removeprefix("the "), (name, "country")) for alias in [name, *_values(aliases)]
        )
    for table, kind in _KINDS.items():
        for name, aliases, _ in rows(table):
            known.update((alias, (name, kind)) for alias in [name, *_values(aliases)])
    return known, frozenset(demonyms)


KNOWN, DEMONYMS = _gazetteer()
MEDIA = frozenset(name for name, *_ in rows("agencies"))
TITLES = frozenset(title.lower() for title, _ in rows("titles"))
DEMONYM_BEGINNINGS = frozenset(name.split()[0] for name in DEMONYMS if " " in name)
TITLE_BEGINNINGS = frozenset(title.split()[0] for title in TITLES)
ORGANISATION_WORDS = frozenset(word for word, _ in rows("organisations"))
THINGS = {word: kind for kind, word, _ in rows("things")}
GENDER = {name: gender for gender, names in rows("first_names") for name in names.split()}
FAMILY_FIRST = frozenset(name for _, names in rows("family_names") for name in names.split())
# In Vietnam one is called by the last of one's names: Tran Quoc Hai is Hai.
GIVEN_ALONE = frozenset(
    n for code, names in rows("family_names") if code == "vi" for n in names.split()
)
NOT_NAMES = frozenset(word for words, _ in rows("capitalised") for word in words.split())


def is_family_first(words: Sequence[str]) -> bool:
    """Whether the family name stands first: "Kim Jong-un", "Xi Jinping", "Moon Jae In"."""
    if words[0] not in FAMILY_FIRST or not 2 <= len(words) <= 3:
        return False
    given = words[1]
    return ("-" in given and given.split("-")[1][:1].islower()) or given not in GENDER


def gender_of(full_name: str) -> str | None:
    """Return "m" or "f" where the given name of a person usually tells it, else None."""
    words = full_name.split()
    gender = None if is_family_first(words) else GENDER.get(words[0])
    return None if gender == "x" else gender
