"""The forms of English verbs, made from what the lexicon writes."""

from . import rows


def inflect(spec: str) -> list[tuple[str, str]]:
    """Return (form, tag) of a verb as the lexicon writes it: "base", "base:past:participle".

    A "+" after the base doubles its last letter; the tags are past, base, s, ing and participle.

    >>> [form for form, _ in inflect("slam+")]
    ['slam', 'slams', 'slamming', 'slammed']
    >>> [form for form, _ in inflect("write:wrote:written")]
    ['wrote', 'write', 'writes', 'writing', 'written']
    """
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


def verbs_of_speech(*classes: str) -> dict[str, str]:
    """Return the class of every form of the verbs of speech, of all or of some classes."""
    return {
        form: kind
        for kind, verbs, _ in rows("speech_verbs")
        if not classes or kind in classes
        for verb in verbs.split()
        for form, _ in inflect(verb)
    }
