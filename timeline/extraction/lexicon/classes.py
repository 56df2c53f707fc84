"""The closed classes of English words by which clauses and verb groups are read."""

from . import words


def _class(*names: str) -> frozenset[str]:
    return words("function_words", *names)


ARTICLES = _class("article")  # these begin a noun phrase
DETERMINERS = ARTICLES | _class("ordinal")  # which may follow them: "Kim's first visit"
NUMBERS = _class("number")
PREPOSITIONS = _class("head preposition")
PRONOUNS = _class("subject pronoun")
WILL = _class("will")
MODALS = WILL | _class("modal", "ability")
HAVE = _class("have", "having")
WAS = _class("was", "stayed")
BE = WAS | _class("is", "be", "stay")
DO = _class("do", "did")
AUXILIARIES = MODALS | HAVE | BE | DO | {"to"}
ADVERBS = _class("verb adverb")
NEGATIONS = _class("negation")
CONJUNCTIONS = _class("clause conjunction")
RELATIVE = _class("relative")
ADVERBIAL = _class("adverbial")
COORDINATORS = _class("coordinator")
OPENERS = RELATIVE | ADVERBIAL | COORDINATORS | {"that"}
CLAUSE_OPENERS = (RELATIVE | ADVERBIAL | {"that", "but"}) - {"as"}
# What may follow the head of a noun phrase; another word makes the noun qualify it: "trial court".
NOT_VERBS = _class("no verb")  # words in -ed that name no event of their own
