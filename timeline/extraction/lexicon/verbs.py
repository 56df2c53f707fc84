"""The forms of the words that name events, as the lexicon has them."""

from dataclasses import dataclass

from . import rows
from .inflection import inflect


@dataclass(slots=True, eq=False)
class Sense:
    """What a word form may be: lemma, group and kind of the lexicon, form (base s past … noun)."""

    lemma: str
    group: str
    kind: str
    form: str


def _plural(noun: str) -> str:
    if noun[-1] == "y" and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _load() -> tuple[dict[str, Sense], dict[str, Sense], dict[tuple[str, str], Sense]]:
    verbs: dict[str, Sense] = {}
    nouns: dict[str, Sense] = {}
    phrasal: dict[tuple[str, str], Sense] = {}
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
                sense = Sense(spec, "n." + group, kind, "noun")
                nouns.setdefault(spec, sense)
                nouns.setdefault(_plural(spec), sense)
                continue
            head, _, particle = spec.partition("_")
            particle = particle.replace("_", " ")
            lemma = head.split(":")[0].rstrip("+")
            for form, tag in inflect(simple.get(head, head)):
                if particle:
                    phrasal[form, particle] = Sense(f"{lemma} {particle}", group, kind, tag)
                    if lemma not in simple:
                        verbs.setdefault(form, Sense(lemma, "other", "other", tag))
                else:
                    verbs.setdefault(form, Sense(lemma, group, kind, tag))
    return verbs, nouns, phrasal


VERBS, NOUNS, PHRASAL = _load()
_VERB_OF = {noun: verb.replace("_", " ") for noun, verb in rows("event_nouns")} | {
    "quake": "earthquake"
}


def _forms(tag: str) -> dict[str, str]:
    """Return {lemma: one form} of all verbs."""
    return {sense.lemma: form for form, sense in VERBS.items() if sense.form == tag} | {
        sense.lemma: " ".join(form) for form, sense in PHRASAL.items() if sense.form == tag
    }


_THIRD, GERUNDS = _forms("s"), _forms("ing")


def third_person(lemma: str) -> str:
    """Return the third person of a verb, known or not, with its particle: "takes over"."""
    if known := _THIRD.get(lemma):
        return known
    base, *particle = lemma.split(" ")
    regular = next(form for form, tag in inflect(base) if tag == "s")
    return " ".join([_THIRD.get(base, regular), *particle])


def event_lemma(sense: Sense) -> str:
    """Return the word under which an event is known, told by its noun or by its verb: "resign"."""
    return _VERB_OF.get(sense.lemma, sense.lemma)


READINGS = {form: (VERBS.get(form), NOUNS.get(form)) for form in VERBS.keys() | NOUNS.keys()}
HEADS = frozenset(form for form, _ in PHRASAL)
# Forms that end a noun phrase to their right; participles may stand in it: "a planned visit".
FINITE_FORMS = frozenset(
    form
    for form, verb in VERBS.items()
    if form not in NOUNS and verb.form != "participle" and not form.endswith(("ed", "ing"))
)
