"""The forms of the words that name events, as the lexicon has them."""

from dataclasses import dataclass

from ..lexicon import rows
from ..lexicon.inflection import inflect


@dataclass(slots=True, eq=False)
class Reading:
    """What a word form may be: lemma, group and kind of the lexicon, form (base s past … noun)."""

    lemma: str
    group: str
    kind: str
    form: str


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
            for form, tag in inflect(simple.get(head, head)):
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
