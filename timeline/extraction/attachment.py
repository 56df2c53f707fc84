"""Which trigger of a sentence a time belongs to."""

from .article import Article
from .triggers import Trigger

OPENERS = frozenset(
    ["that", "which", "who", "whom", "whose", "where", "when", "after", "before", "while", "because", "although", "though", "if", "since", "as", "but", "unless", "until", "whether", "and", "or", "how", "what"]
)
_REACH = 40


def attach(
    article: Article, first: int, last: int, start: int, end: int, found: list[Trigger]
) -> dict[int, object]:
    """Return {index of a trigger: the time that its clause states} for one sentence."""
    attached: dict[int, tuple] = {}
    if not found:
        return {}
    for time in article.times_in(start, end):
        if time.rule == "dateline":
            continue
        cost, owner = min((_cost(article, first, t, time), n) for n, t in enumerate(found))
        rank = (-min(len(time.edtf.lstrip("./")), 10) if ".." not in time.edtf else 0, cost)
        if cost < _REACH and (owner not in attached or rank < attached[owner][0]):
            attached[owner] = rank, time
    return {n: time for n, (_, time) in attached.items()}


def _cost(article: Article, first: int, trigger: Trigger, time) -> float:
    """How badly `time` fits `trigger`: words between them, and more for what separates clauses."""
    words = article.words
    a, b = words.index(time.start), words.index(time.end)
    cost = 0.0
    tense = trigger.tense
    if b <= trigger.first:
        low, high = b, trigger.group_start
        if low >= high and tense == "noun":
            return 0.0
        if a <= first + 1:
            cost -= 4
    elif trigger.last <= a:
        low, high = trigger.last, a
    else:
        return 99.0
    lower = words.lower
    for i in range(low, high):
        cost += 3.5 if lower[i] in OPENERS else 0.5
        gap = words.after[i]
        if gap != " " and ("," in gap or ";" in gap or ":" in gap or "-" in gap):
            cost += 1.0
    if tense == "noun":
        cost += 3
    elif tense in ("gerund", "infinitive", "reduced", "adjective"):
        cost += 2.5
    elif tense == "perfect":
        cost += 1
    future = time.edtf > article.published.isoformat()
    if future and tense in ("past", "perfect", "pluperfect", "reduced"):
        cost += 6
    if not future and tense in ("future", "modal", "infinitive"):
        cost += 6
    if trigger.reading.group == "state":
        cost += 2
    return cost
