"""The forms of the words that name events, as the lexicon has them."""

import re
from dataclasses import dataclass

from ..lexicon import rows

# Ends of stems before "-ed" that belong to a base with a silent e, and to one without.
_TAKES_E = re.compile(r"(?:[vczu]|[bdfgkpt]l|[^aeiou]at|[aeio]s|[rnl]s)\Z")
_TAKES_NONE = re.compile(
    r"(?:[nsclfpr]t|[nlr]d|[lnrs]k|ck|sh|ch|[lr]m|[rw]n|ss|ll|ff|[aeo]y|w|x|[^aeiou]er)\Z"
)


@dataclass(slots=True, eq=False)
class Reading:
    """What a word form may be: lemma, group and kind of the lexicon, form (base s past … noun)."""

    lemma: str
    group: str
    kind: str
    form: str


def _forms(spec: str) -> list[tuple[str, str]]:
    """Return (form, tag) of a verb written as the lexicon writes it."""
    base, *irregular = spec.split(":")
    doubled = base.endswith("+")
    base = base.rstrip("+")
    stem = base + base[-1] if doubled else base
    if base[-1] == "y" and base[-2] not in "aeiou":
        past, third = base[:-1] + "ied", base[:-1] + "ies"
    else:
        past = base + "d" if base[-1] == "e" else stem + "ed"
        third = base + "es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else base + "s"
    ing = base[:-1] + "ing" if base[-1] == "e" and base[-2] not in "eoy" else stem + "ing"
    if base.endswith("ie"):
        ing = base[:-2] + "ying"
    past = irregular[0] if irregular else past
    participle = irregular[1] if len(irregular) > 1 else past
    if past.endswith("lled") and base[-2:] != "ll":
        ing = base + "ling"
    forms = [(past, "past"), (base, "base"), (third, "s"), (ing, "ing"), (participle, "participle")]
    return list(reversed(dict(reversed(forms)).items()))


def base_of(past: str) -> str:
    """Return the base of a regular verb that the lexicon does not have, "" where it is unsure.

    >>> [base_of(past) for past in ("revived", "fretted", "toppled", "mended", "hoped", "vied")]
    ['revive', 'fret', 'topple', 'mend', '', '']
    """
    stem = past.removesuffix("ed")
    if _TAKES_E.search(stem):
        return stem + "e"
    if stem[-2:-1] == stem[-1:] and stem[-1:] not in "lsfz":
        return stem[:-1]
    return stem if _TAKES_NONE.search(stem) else ""


def third_of(base: str) -> str:
    """Return the third person of a regular verb: "revives"."""
    return {tag: form for form, tag in _forms(base)}["s"]


def _plural(noun: str) -> str:
    if noun[-1] == "y" and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _load() -> tuple[dict[str, Reading], dict[str, Reading], dict[tuple[str, str], Reading]]:
    verbs: dict[str, Reading] = {}
    nouns: dict[str, Reading] = {}
    phrasal: dict[tuple[str, str], Reading] = {}
    entries = rows("triggers")
    simple = {
        spec.split(":")[0].rstrip("+"): spec
        for part, *_, specs, _ in entries
        for spec in specs.split()
        if part == "verb" and "_" not in spec
    }
    for part, group, kind, specs, _ in entries:
        for spec in specs.split():
            if part == "noun":
                reading = Reading(spec, "n." + group, kind, "noun")
                nouns.setdefault(spec, reading)
                nouns.setdefault(_plural(spec), reading)
                continue
            head, _, particle = spec.partition("_")
            particle = particle.replace("_", " ")
            lemma = head.split(":")[0].rstrip("+")
            for form, tag in _forms(simple.get(head, head)):
                if particle:
                    phrasal[form, particle] = Reading(f"{lemma} {particle}", group, kind, tag)
                    if lemma not in simple:
                        verbs.setdefault(form, Reading(lemma, "other", "other", tag))
                else:
                    verbs.setdefault(form, Reading(lemma, group, kind, tag))
    return verbs, nouns, phrasal


VERBS, NOUNS, PHRASAL = _load()
_VERB_OF = {noun: verb.replace("_", " ") for noun, verb in rows("event_nouns")} | {
    "quake": "earthquake"
}


def event_lemma(reading: Reading) -> str:
    """Return the word under which an event is known, told by its noun or by its verb: "resign"."""
    return _VERB_OF.get(reading.lemma, reading.lemma)


READINGS = {form: (VERBS.get(form), NOUNS.get(form)) for form in VERBS.keys() | NOUNS.keys()}
HEADS = frozenset(form for form, _ in PHRASAL)
# Forms that end a noun phrase to their right; participles may stand in it: "a planned visit".
FINITE_FORMS = frozenset(
    form
    for form, verb in VERBS.items()
    if form not in NOUNS and verb.form != "participle" and not form.endswith(("ed", "ing"))
)
