"""Train the model of quotations from a corpus of marked attributions (JSON Lines).

    python -m timeline.extraction.train CORPUS.jsonl [OUT.json]

A line holds `text` and `gold_quotes`, each with the spans of its `content`, `source` and `cue`.
"""

import json
import sys
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from . import clauses, cues, linear, loose, speakers
from .learning import train_choice, train_yes_no
from .names import find_names
from .passage import OUTSIDE, Passage
from .quotes import attributions, marks_of
from .sentences import split

_RARE = 2
_LEAST_SHARE = 0.1
FUNCTION = frozenset(
    "to of in for about on with by as at from that is was were be been the a his her out up over "  # noqa: SIM905
    "against it and has had have not who an this he she they".split()
)


class Marked(NamedTuple):
    """One marked attribution as ranges of words: content parts, source, and the word of its cue."""

    content: list[tuple[int, int]]
    source: list[tuple[int, int]]
    cue: int


def words_of(passage: Passage, spans: list) -> list[tuple[int, int]]:
    found = [(bisect_left(passage.starts, a), bisect_left(passage.starts, b)) for a, b in spans]
    return [(a, b) for a, b in found if a < b]


def passage_of(text: str) -> Passage:
    sentences = split(text)
    return Passage(text, sentences, find_names(text, sentences))


def telling(passage: Passage, quote: dict) -> list[int]:
    """Return the words of a gold cue that may have made it one."""
    return [
        i
        for a, b in words_of(passage, quote["cue"])
        for i in range(a, b)
        if passage.lower[i] not in FUNCTION and passage.run_at[i] == OUTSIDE
    ]


def marked(passage: Passage, quote: dict, rate: dict[str, float]) -> Marked | None:
    """Return a gold quotation by words; of several telling words the one that most often tells."""
    content = words_of(passage, quote["content"])
    words = telling(passage, quote)
    if not words or not content:
        return None
    cue = max(words, key=lambda i: (rate.get(passage.lower[i], 0.0), -i))
    return Marked(content, words_of(passage, quote["source"]), cue)


def read(path: Path) -> list[tuple[Passage, list[Marked], list]]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    passages = [passage_of(record["text"]) for record in records]
    alone, total = Counter(), Counter()
    for passage, record in zip(passages, records, strict=True):
        total.update(passage.lower)
        for quote in record["gold_quotes"]:
            words = telling(passage, quote)
            if len(words) == 1:
                alone[passage.lower[words[0]]] += 1
    rate = {word: n / (total[word] + 5) for word, n in alone.items()}
    found = []
    for passage, record in zip(passages, records, strict=True):
        quotes = [marked(passage, quote, rate) for quote in record["gold_quotes"]]
        spans = [
            (words_of(passage, q["content"]), words_of(passage, q["source"]))
            for q in record["gold_quotes"]
        ]
        found.append((passage, [quote for quote in quotes if quote], spans))
    return found


def vocabulary(corpus: list[tuple[Passage, list[Marked]]]) -> frozenset[str]:
    """Return the words that attribute often enough to be looked at as cues."""
    used = Counter(passage.lower[q.cue] for passage, quotes, _ in corpus for q in quotes)
    total = Counter(word for passage, *_ in corpus for word in passage.lower if word in used)
    return frozenset(
        word for word, n in used.items() if n >= _RARE and n / total[word] >= _LEAST_SHARE
    )


def sentence_of(passage: Passage, index: int) -> tuple[int, int]:
    return passage.sentence(index)


def side_of(passage: Passage, quote: Marked, last: int) -> str | None:
    left = any(b <= quote.cue for _, b in quote.content)
    right = any(
        a > quote.cue and (a < last or (last < passage.size and ":" in passage.gaps[last]))
        for a, _ in quote.content
    )
    return cues.BOTH if left and right else cues.LEFT if left else cues.RIGHT if right else None


def head_of(passage: Passage, source) -> int:
    """Return the word that heads a gold source: the last of its first noun phrase."""
    if not source:
        return speakers.NOBODY
    a, b = source[0]
    return next((i for i in range(a, b) if speakers.is_head(passage, i, b)), b - 1)


def loose_cases(passage: Passage, all_quotes: list) -> list:
    """Return what each run is that the models in use leave over, from all that is marked."""
    marks = marks_of(list(attributions(passage)))
    found = []
    stream = loose.settings(passage, marks)
    learned = None
    while True:
        try:
            run, setting = stream.send(learned)
        except StopIteration:
            return found
        learned = None
        begin, end = passage.run_words[run]
        owner = None
        for content, source in all_quotes:
            inside = sum(max(0, min(b, end) - max(a, begin)) for a, b in content)
            if 2 * inside >= end - begin:
                owner = source
        choices = loose.options(passage, run, setting)
        right = 0
        if owner is not None:
            learned = loose.Mark(begin, end, head_of(passage, owner), None)
            right = None
            for k, option in enumerate(choices):
                if option.sort == "null" and not owner:
                    right = k
                if right is None and any(a <= option.head < b for a, b in owner):
                    right = k
        if right is not None:
            apart = loose.apart_from(passage, run, setting)
            found.append(
                ([loose.features(passage, run, o, k, apart) for k, o in enumerate(choices)], right)
            )


class Cases:
    """The decisions that the corpus shows, each with its right answer."""

    def __init__(self, words) -> None:
        self.words = words
        self.cue: list = []
        self.side: list = []
        self.source: list = []
        self.right_begin: list = []
        self.right_end: list = []
        self.left_begin: list = []
        self.left_end: list = []
        self.loose: list = []

    def add(self, passage: Passage, quotes: list[Marked]) -> None:
        by_cue = {quote.cue: quote for quote in quotes}
        covered = set()
        for quote in quotes:
            for a, b in quote.content:
                covered.update(range(a, b))
        heads = [(q.cue, head_of(passage, q.source)) for q in quotes]
        heard: set = set()
        for first, last in pairwise(passage.edges):
            for cue in cues.candidates(passage, self.words, first, last):
                quote = by_cue.get(cue)
                side = side_of(passage, quote, last) if quote else None
                around = cues._around(passage, cue, first, last)
                self.cue.append((cues.features(passage, cue, first, last, around), bool(side)))
                if side:
                    self.side.append(
                        (
                            [
                                cues.side_features(passage, cue, first, last, around, s)
                                for s in "LRB"
                            ],
                            "LRB".index(side),
                        )
                    )
                    self.add_quote(
                        passage,
                        quote,
                        side,
                        first,
                        last,
                        heard - {head_of(passage, quote.source)}
                        | {h for c, h in heads if c != cue},
                    )

    def add_quote(self, passage, quote: Marked, side: str, first: int, last: int, heard) -> None:
        self.add_source(passage, quote, side, first, last, heard)
        cue = quote.cue
        if side != cues.LEFT:
            begin, end = next((a, b) for a, b in quote.content if a > cue)
            if begin >= last:
                last = next(e for e in passage.edges if e > begin)
            for index in clauses.right_begins(passage, cue, last):
                values = clauses.right_begin_features(passage, cue, index, last)
                if index <= begin:
                    self.right_begin.append((values, index == begin))
            for count, index in enumerate(clauses.right_ends(passage, begin, last)):
                values = clauses.right_end_features(passage, cue, begin, index, last, count)
                if index <= end:
                    self.right_end.append((values, index == end))
        if side != cues.RIGHT:
            begin, end = [(a, b) for a, b in quote.content if b <= cue][-1]
            marks = cues.marks_left(passage, cue, first)
            for index in clauses.left_ends(passage, cue, first):
                if index >= end:
                    values = clauses.left_end_features(passage, cue, index, first, marks)
                    self.left_end.append((values, index == end))
            start = clauses.left_first(passage, first, end)
            for index in clauses.left_begins(passage, start, end):
                values = clauses.left_begin_features(passage, cue, index, start, end)
                if index <= begin:
                    self.left_begin.append((values, index == begin))

    def add_source(self, passage, quote: Marked, side: str, first: int, last: int, heard) -> None:
        heads = list(speakers.candidates(passage, quote.cue, side, first, last, heard))
        inside = [h for h, _ in heads if any(a <= h < b for a, b in quote.source)]
        if quote.source and not inside:
            return
        options = [speakers.nobody_features(passage, quote.cue, side, first, last)]
        right = 0
        for head, rank in heads:
            if inside and head == min(inside):
                right = len(options)
            elif head in inside:
                continue
            options.append(speakers.features(passage, quote.cue, side, head, rank, first, heard))
        self.source.append((options, right))


def train_cued(corpus) -> dict:
    """Return the models of attributions with a cue."""
    words = vocabulary(corpus)
    linear.use({"cue_words": words})
    cases = Cases(words)
    for passage, quotes, _ in corpus:
        cases.add(passage, quotes)
    return {
        "cue_words": words,
        "cue": train_yes_no(cases.cue, rate=0.05),
        "side": train_choice(cases.side),
        "source": train_choice(cases.source),
        "right_begin": train_yes_no(cases.right_begin, at_least=5),
        "right_end": train_yes_no(cases.right_end, at_least=5),
        "left_begin": train_yes_no(cases.left_begin, at_least=5),
        "left_end": train_yes_no(cases.left_end, at_least=5),
    }


def train_loose(corpus):
    """Return the model of runs without a cue.

    It learns from what the other models leave over in texts they were not trained on, each half
    of the corpus read with models of the other: so it sees what they will really leave.
    """
    cases = []
    halves = corpus[::2], corpus[1::2]
    for seen, unseen in (halves, halves[::-1]):
        linear.use(train_cued(seen))
        for passage, _, spans in unseen:
            cases += loose_cases(passage, spans)
    return train_choice(cases, at_least=5)


def train(corpus) -> dict:
    """Return the models by name, from passages with their marked attributions."""
    loose_model = train_loose(corpus)
    models = train_cued(corpus) | {"loose": loose_model}
    return models | {"cue_words": dict.fromkeys(sorted(models["cue_words"]), 1)}


def main(arguments: list[str]) -> int:
    corpus = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else linear.FILE
    model = train(read(corpus))
    out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
