"""Words that name an event: verbs in their group of auxiliaries, and event nouns."""

from bisect import bisect_left
from typing import NamedTuple

from .lexicon import rows
from .tokens import tokenise


class Words:
    """The words of a text in parallel lists: as written, in lower case, offsets, and what follows."""

    __slots__ = ("after", "ends", "lower", "start", "word")

    def __init__(self, text: str) -> None:
        self.word, gaps, self.start, self.ends = tokenise(text)
        self.lower = [word.lower().replace("’", "'") for word in self.word]
        self.after = gaps[1:]

    def index(self, offset: int) -> int:
        """Return the index of the first word that starts at or after `offset`."""
        return bisect_left(self.start, offset)

    def end(self, index: int) -> int:
        return self.ends[index]


class Reading(NamedTuple):
    """What a word form may be: its lemma, group, kind and form (base s past participle ing noun)."""

    lemma: str
    group: str
    kind: str
    form: str


class Trigger(NamedTuple):
    """A word that names an event: word indexes (end exclusive), its reading, tense and negation."""

    first: int
    last: int
    reading: Reading
    tense: str
    passive: bool
    negated: bool
    group_start: int  # index of the first word of the verb group or noun phrase


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DETERMINERS = _set(
    "a an the this that these those his her its their our my your some any no each every another "
    "first second third fourth fifth last next latest new recent such s both"
)
PREPOSITIONS = _set(
    "of in on at for with from by about after before during since until over under against between "
    "into through despite amid following ahead without within upon than via per"
)
PRONOUNS = _set("he she it they we i you who which that there")
MODALS = _set(
    "will would may might could can should must shall cannot won't wouldn't can't couldn't"
)
HAVE = _set("has have had having hasn't haven't hadn't")
BE = _set("is are was were be been being am isn't aren't wasn't weren't")
DO = _set("do does did didn't doesn't don't")
ADVERBS = _set(
    "also not never already now then still recently later just finally since apparently formally "
    "soon again first once even only initially previously originally twice officially currently "
    "almost nearly largely"
)
NEGATIONS = _set(
    "not never no nobody nothing neither nor without cannot didn't doesn't don't won't wouldn't can't "
    "couldn't hasn't haven't hadn't isn't aren't wasn't weren't shouldn't"
)


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
    if past.endswith("lled") and base.endswith("l"):
        ing = base + "ling"
    forms = [(base, "base"), (third, "s"), (past, "past"), (ing, "ing")]
    if participle != past:
        forms.append((participle, "participle"))
    return forms


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
            lemma = head.split(":")[0].rstrip("+")
            for form, tag in _forms(simple.get(head, head)):
                if particle:
                    key = form, particle.replace("_", " ")
                    phrasal[key] = Reading(f"{lemma} {key[1]}", group, kind, tag)
                    if lemma not in simple:
                        verbs.setdefault(form, Reading(lemma, "other", "other", tag))
                else:
                    verbs.setdefault(form, Reading(lemma, group, kind, tag))
    return verbs, nouns, phrasal


VERBS, NOUNS, PHRASAL = _load()
KNOWN = {**VERBS, **NOUNS}


def find(words: Words, first: int, last: int) -> list[Trigger]:
    """Return the triggers among words[first:last], one sentence, in order."""
    found = []
    lower = words.lower
    for i in range(first, last):
        form = lower[i]
        if form in KNOWN or form[-2:] == "ed" and len(form) > 4:
            trigger = _read(words, i, first, last)
            if trigger:
                found.append(trigger)
    return found


def _read(words: Words, i: int, first: int, last: int) -> Trigger | None:
    lower = words.lower
    form = lower[i]
    verb, noun = VERBS.get(form), NOUNS.get(form)
    before = lower[i - 1] if i > first else ""
    after = lower[i + 1] if i + 1 < last else ""
    if words.word[i][0].isupper() and i > first:
        if verb and not noun or words.word[i - 1][0].isupper() and noun:
            return None
        if not noun:
            return None
    if not verb and not noun:
        if form in _NOT_VERBS:
            return None
        verb = Reading(form, "other", "other", "past")
    if noun and (not verb or _is_noun(form, verb, before, after, words, i)):
        return _noun(words, i, first, noun)
    if not verb or _is_nominal(verb, before):
        return None
    return _verb(words, i, first, last, verb, before, after)


_NOT_VERBS = _set(
    "united hundred indeed speed breed need alleged armed advanced so-called based related limited "
    "supposed interested sacred naked wicked red bed led seed weed feed greed creed exceed proceed "
    "embed shed sled sped bred fled fed aged named noted unnamed unprecedented estimated combined "
    "increased detailed experienced skilled gifted talented associated mixed"
)


def _is_noun(form: str, verb: Reading, before: str, after: str, words: Words, i: int) -> bool:
    if verb.form in ("past", "participle"):
        return before in DETERMINERS and form not in ("said",)
    if before in PRONOUNS and before != "that" or before in MODALS or before in ("to", *DO):
        return False
    if verb.form == "ing":
        return before not in BE and (before in DETERMINERS or after in ("of", "in", "on", "with"))
    if verb.form == "s":
        if i and words.word[i - 1][0].isupper() and before not in DETERMINERS:
            return after in ("of", "in", "on", "with", "for", "at", "between")
        return True
    return True


def _is_nominal(verb: Reading, before: str) -> bool:
    """Whether a base form or -s form that no event noun claims stands where a noun must."""
    return verb.form in ("base", "s") and (
        before in DETERMINERS and before not in ("that", "both") or before in PREPOSITIONS
    )


def _noun(words: Words, i: int, first: int, reading: Reading) -> Trigger:
    start = i
    while start > first and i - start < 5:
        previous = words.lower[start - 1]
        if previous in PREPOSITIONS or previous in BE or words.after[start - 1].strip("-' ’"):
            break
        if previous in VERBS and previous not in NOUNS and not previous.endswith(("ed", "ing")):
            break
        start -= 1
        if previous in DETERMINERS and previous != "s":
            break
    return Trigger(i, i + 1, reading, "noun", False, words.lower[start] in ("no", "any"), start)


def _verb(
    words: Words, i: int, first: int, last: int, verb: Reading, before: str, after: str
) -> Trigger | None:
    lower = words.lower
    end = i + 1
    if after and words.after[i] == " ":
        phrasal = PHRASAL.get((lower[i], after))
        if phrasal:
            verb, end = phrasal, i + 2
        elif i + 2 < last:
            phrasal = PHRASAL.get((lower[i], f"{after} {lower[i + 2]}"))
            if phrasal:
                verb, end = phrasal, i + 3
    j = i - 1
    auxiliaries = []
    while j >= first and i - j < 7:
        word = lower[j]
        if word in MODALS or word in HAVE or word in BE or word in DO or word == "to":
            auxiliaries.append(word)
        elif word not in ADVERBS and not (word[-2:] == "ly"):
            break
        if words.after[j - 1].strip() not in ("", "'", "’") if j else False:
            j -= 1
            break
        j -= 1
    group_start = j + 1
    negated = any(lower[k] in NEGATIONS for k in range(group_start, i))
    passive = False
    form = verb.form
    if form in ("past", "participle"):
        kinds = set(auxiliaries)
        passive = bool(auxiliaries and auxiliaries[0] in BE)
        modal = next((a for a in auxiliaries if a in MODALS), None)
        if modal:
            tense = "future" if modal in ("will", "ll", "shall") else "modal"
        elif "to" in kinds:
            tense = "infinitive"
        elif "had" in kinds:
            tense = "pluperfect"
        elif kinds & {"has", "have", "ve"}:
            tense = "perfect"
        elif kinds & {"was", "were"}:
            tense = "past"
        elif kinds & {"is", "are", "being", "be", "been"}:
            tense = "present"
        elif form == "participle":
            tense, passive = "reduced", True
        elif (
            before in DETERMINERS
            and before not in ("that", "this", "s", "both")
            or (before in PREPOSITIONS)
        ):
            tense = "adjective"
        elif after == "by" and before not in PRONOUNS:
            tense, passive = "reduced", True
        else:
            tense = "past"
    elif form == "ing":
        kinds = set(auxiliaries)
        if kinds & {"was", "were"}:
            tense = "past"
        elif kinds & BE:
            tense = "progressive"
        else:
            tense = "gerund"
    else:
        modal = next((a for a in auxiliaries if a in MODALS), None)
        if modal:
            tense = "future" if modal in ("will", "ll", "shall") else "modal"
        elif "to" in auxiliaries:
            tense = "infinitive"
        elif "did" in auxiliaries:
            tense = "past"
        else:
            tense = "present"
    return Trigger(i, end, verb, tense, passive, negated, group_start)
