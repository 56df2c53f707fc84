"""The closed classes of English words by which clauses and verb groups are read."""

from . import words


def _class(name: str) -> frozenset[str]:
    return words("function_words", name)


ARTICLES = _class("article")  # these begin a noun phrase
DETERMINERS = ARTICLES | _class("ordinal")  # which may follow them: "Kim's first visit"
NUMBERS = _class("number")
PREPOSITIONS = _class("head preposition")
PRONOUNS = _class("subject pronoun")
WILL = _class("will")
MODALS = WILL | _class("modal")
HAVE = _class("have")
WAS = _class("was")
BE = WAS | _class("be")
DO = _class("do")
AUXILIARIES = MODALS | HAVE | BE | DO | {"to"}
ADVERBS = _class("verb adverb")
NEGATIONS = _class("negation")
CONJUNCTIONS = _class("clause conjunction")
RELATIVE = _class("relative")
ADVERBIAL = _class("adverbial")
LINKS = _class("link")
JOINTS = _class("joint")
OPENERS = RELATIVE | ADVERBIAL | JOINTS | {"that"}
CLAUSE_OPENERS = OPENERS - LINKS
# What may follow the head of a noun phrase; another word makes the noun qualify it: "trial court".
AFTER_NOUN = (
    PREPOSITIONS
    | PRONOUNS
    | AUXILIARIES
    | ADVERBS
    | CONJUNCTIONS
    | DETERMINERS
    | _class("after noun")
)
NOT_VERBS = _class("no verb")  # words in -ed that name no event of their own
SIDES = _class("side")  # before the name of a place, of which it is a part: "southern Peru"
