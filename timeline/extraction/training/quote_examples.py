"""What a corpus of marked attributions shows of each decision that a reader of quotations makes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ..document import OUTSIDE, Document
from ..lexicon import words
from ..linear_model import QuoteModel
from ..pipeline import read
from ..quotes import attributions, content_spans, cues, run_attribution, source_spans
from ..quotes.cue_trees import CueTree
from ..quotes.run_attribution import NO_CUE
from .softmax import Case, Features, of_option

Range = tuple[int, int]
YesNo = tuple[Features, bool]

_SMALL = words("function_words", "determiner", "preposition", "auxiliary", "conjunction")
_DOUBT = 5
_ANY_DAY = date(2017, 1, 1)  # who says what does not hang on the day of publication


class Marked(NamedTuple):
    """One marked attribution by words: the parts of its content, its source, its cue or NO_CUE."""

    content: list[Range]
    source: list[Range]
    cue: int


class Example(NamedTuple):
    """A text with its marked attributions."""

    doc: Document
    quotes: list[Marked]


def examples(records: list[dict[str, Any]]) -> list[Example]:
    """Return the texts of a corpus; of a cue of several words, the one that most often tells."""
    docs = [read(record["text"], _ANY_DAY) for record in records]
    alone, total = Counter[str](), Counter[str]()
    for doc, record in zip(docs, records, strict=True):
        total.update(doc.lower)
        for quote in record["gold_quotes"]:
            telling = _telling(doc, quote)
            if len(telling) == 1:
                alone[doc.lower[telling[0]]] += 1
    rate = {word: n / (total[word] + _DOUBT) for word, n in alone.items()}
    return [
        Example(doc, [_marked(doc, quote, rate) for quote in record["gold_quotes"]])
        for doc, record in zip(docs, records, strict=True)
    ]


def _ranges(doc: Document, spans: list[Range]) -> list[Range]:
    found = [(doc.at(start), doc.at(end)) for start, end in spans]
    return [(begin, end) for begin, end in found if begin < end]


def _telling(doc: Document, quote: dict[str, Any]) -> list[int]:
    """Return the words of a marked cue that may have made it one."""
    return [
        word
        for begin, end in _ranges(doc, quote["cue"])
        for word in range(begin, end)
        if doc.lower[word] not in _SMALL and doc.quoted_at[word] == OUTSIDE
    ]


def _marked(doc: Document, quote: dict[str, Any], rate: dict[str, float]) -> Marked:
    telling = _telling(doc, quote)
    cue = max(telling, key=lambda word: (rate.get(doc.lower[word], 0.0), -word), default=NO_CUE)
    return Marked(_ranges(doc, quote["content"]), _ranges(doc, quote["source"]), cue)


def _side(doc: Document, quote: Marked, last: int) -> str | None:
    """Return where a marked content stands from its cue, as far as the cue's sentence shows it."""
    after_colon = last < doc.size and ":" in doc.separators[last]
    left = any(end <= quote.cue for _, end in quote.content)
    right = any(begin > quote.cue and (begin < last or after_colon) for begin, _ in quote.content)
    return cues.BOTH if left and right else cues.LEFT if left else cues.RIGHT if right else None


def _head(doc: Document, source: list[Range]) -> int:
    """Return the word that heads a marked source: that on which its others hang."""
    if not source:
        return source_spans.NOBODY
    begin, end = source[0]
    heads = [word for word in range(begin, end) if source_spans.may_head(doc, word)]
    return min(heads, key=lambda word: _depth(doc, word, begin, end), default=end - 1)


def _depth(doc: Document, word: int, begin: int, end: int) -> int:
    """Return how many words of a range stand above one in the tree."""
    token = doc.token_at[word]
    if token is None:
        return word - begin
    start, stop = doc.starts[begin], doc.ends[end - 1]
    return sum(start <= above.start < stop for above in token.ancestors())


def _within(word: int, ranges: list[Range]) -> bool:
    return any(begin <= word < end for begin, end in ranges)


class Cases:
    """The decisions about cues that texts show, each with its right answer."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.cue: list[YesNo] = []
        self.side: list[Case] = []
        self.source: list[Case] = []
        self.right_begin: list[YesNo] = []
        self.right_end: list[YesNo] = []
        self.left_begin: list[YesNo] = []
        self.left_end: list[YesNo] = []

    def add(self, doc: Document, quotes: list[Marked]) -> None:
        """Add the decisions that one text shows."""
        by_cue = {quote.cue: quote for quote in quotes if quote.cue != NO_CUE}
        for cue in cues.find_candidates(doc, self.known):
            tree, quote = CueTree(doc, cue), by_cue.get(cue)
            side = _side(doc, quote, tree.last) if quote else None
            seen = cues.features(tree, cues.cue_context(tree))
            self.cue.append((seen, bool(side)))
            if quote and side:
                options = [of_option(option, seen) for option in cues.SIDES]
                self.side.append((options, cues.SIDES.index(side)))
                self._add_source(tree, quote, side)
                if side != cues.LEFT:
                    self._add_right(tree, next(part for part in quote.content if part[0] > cue))
                if side != cues.RIGHT:
                    self._add_left(tree, [part for part in quote.content if part[1] <= cue][-1])

    def _add_right(self, tree: CueTree, part: Range) -> None:
        doc, (begin, end), last = tree.doc, part, tree.last
        if begin >= last:
            last = doc.sentence(begin)[1]
        for index in content_spans.right_begins(doc, tree.cue, last):
            if index <= begin:
                features = content_spans.features(tree, index, tree.cue, last)
                self.right_begin.append((features, index == begin))
        for index in content_spans.right_ends(doc, begin, last):
            if index <= end:
                features = content_spans.features(tree, index, begin, last)
                self.right_end.append((features, index == end))

    def _add_left(self, tree: CueTree, part: Range) -> None:
        doc, (begin, end) = tree.doc, part
        for index in content_spans.left_ends(tree):
            if index >= end:
                features = content_spans.features(tree, index, tree.cue, tree.first)
                self.left_end.append((features, index == end))
        first = content_spans.left_first(doc, tree.first, end)
        for index in content_spans.left_begins(doc, first, end):
            if index <= begin:
                features = content_spans.features(tree, index, end - 1, first)
                self.left_begin.append((features, index == begin))

    def _add_source(self, tree: CueTree, quote: Marked, side: str) -> None:
        if source_spans.plain_source(tree) is not None:
            return
        heads = list(source_spans.candidates(tree))
        inside = [head for head, _ in heads if _within(head, quote.source)]
        if quote.source and not inside:
            return
        marked = _head(tree.doc, quote.source)
        right = marked if marked in inside else min(inside, default=source_spans.NOBODY)
        options = {source_spans.NOBODY: source_spans.nobody_features(tree, side)}
        for head, rank in heads:
            if head == right or head not in inside:
                options[head] = source_spans.features(tree, side, head, rank)
        self.source.append((list(options.values()), list(options).index(right)))


def owner_cases(doc: Document, quotes: list[Marked], model: QuoteModel) -> Iterator[Case]:
    """Yield whose each run in doubt is, given what a model says of the cues."""
    attributor = run_attribution.RunAttributor(doc, list(attributions(doc, model)))
    for run, context in attributor:
        begin, end = doc.quoted_words[run]
        owner = next((q for q in quotes if _covers(q.content, begin, end)), None)
        options = run_attribution.find_candidates(doc, run, context)
        right = _right_option(options, owner)
        if owner:
            attributor.assign(
                context,
                run_attribution.OwnerCandidate(run_attribution.CLAIM, _head(doc, owner.source)),
            )
        if right is not None:
            seen = run_attribution.features(doc, run, context, options)
            yield [of_option(*features) for features in seen], right


def _covers(content: list[Range], begin: int, end: int) -> bool:
    """Whether a content holds at least half of a run."""
    inside = sum(max(0, min(b, end) - max(a, begin)) for a, b in content)
    return 2 * inside >= end - begin


def _right_option(
    options: list[run_attribution.OwnerCandidate], owner: Marked | None
) -> int | None:
    """Return which option is right, or None where none of them is."""
    if owner is None:
        return 0
    for index, option in enumerate(options[1:], 1):
        if _within(option.head, owner.source) or not (owner.source or option.head >= 0):
            return index
    return None
