"""The closed classes of English words by which arguments and verb groups are read."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# These begin a noun phrase; the others of DETERMINERS may follow them: "Kim's first visit".
ARTICLES = _set(
    "a an the this these those his her its their our my your some any no each every another such "
    "both"
)
DETERMINERS = ARTICLES | _set("first second third fourth fifth last next latest new recent")
NUMBERS = _set(
    "one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million"
)
PREPOSITIONS = _set(
    "of in on at for with from by about after before during since until over under against between "
    "into through despite amid following ahead without within upon than via per towards toward"
)
PRONOUNS = _set("he she it they we i you who which that there")
WILL = _set("will shall won't must")
MODALS = WILL | _set("would may might could can should must cannot wouldn't can't couldn't")
HAVE = _set("has have had having hasn't haven't hadn't")
WAS = _set("was were wasn't weren't stayed remained")
BE = WAS | _set("is are be been being am isn't aren't stay stays remain remains")
DO = _set("do does did didn't doesn't don't")
AUXILIARIES = MODALS | HAVE | BE | DO | {"to"}
ADVERBS = _set(
    "also not never already now then still recently later just finally apparently formally "
    "soon again first once even only initially previously originally twice officially currently "
    "almost nearly largely ever today yesterday"
)
NEGATIONS = _set(
    "not never no nobody nothing neither nor without cannot didn't doesn't don't won't wouldn't "
    "can't couldn't hasn't haven't hadn't isn't aren't wasn't weren't shouldn't"
)
CONJUNCTIONS = _set("and or but nor as when while where if because although though that so")
RELATIVE = _set("which who whom whose where")
ADVERBIAL = _set(
    "when after before while because although though if since as until unless whether how what"
)
LINKS = _set("and or as")
JOINTS = _set("and or but")
OPENERS = RELATIVE | ADVERBIAL | {"that", "but", "and", "or"}
CLAUSE_OPENERS = OPENERS - LINKS
# What may follow the head of a noun phrase; another word makes the noun qualify it: "trial court".
AFTER_NOUN = (
    PREPOSITIONS
    | PRONOUNS
    | AUXILIARIES
    | ADVERBS
    | CONJUNCTIONS
    | DETERMINERS
    | _set("early late earlier today tomorrow monday tuesday wednesday thursday friday saturday")
    | _set("sunday aimed due set likely here there where")
)
# -ed words that name no event of their own.
NOT_VERBS = _set(
    "united hundred indeed speed breed need armed advanced based related limited supposed sacred "
    "interested naked wicked bleed exceed proceed succeed aged unprecedented experienced skilled "
    "gifted talented concerned dissatisfied satisfied worried pleased tired excited alleged "
    "married located rumoured rumored embed shed sled sped fled involved"
)
# "the company": a body named before, of that kind.
BODIES = dict.fromkeys(
    _set("company firm group club agency team party bank union airline regulator court council")
    | _set("organisation organization"),
    "organisation",
) | {"government": "country"}
# Before the name of a place, of which it is a part: "southern Peru".
SIDES = _set("northern southern eastern western central neighbouring neighboring")
