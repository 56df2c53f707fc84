"""A text as the reader of quotations sees it: words, sentences, quoted runs and names together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..names import Name
from ..text.quotation_marks import Run, runs
from ..text.sentences import Sentence
from ..text.tokens import tokenise

OUTSIDE = -1
EDGE = "¶"

_SAYING = frozenset({"said", "says", "told", "added", "wrote"})
_OFTEN = 3
_GOES_ON = frozenset({'?"', '!"', ',"', ':"'})

_STRAIGHT = str.maketrans("“”„‟«»’‘", '""""""\'\'')


class Passage:
    """The words of a text in parallel lists, with the sentence, run and name each belongs to.

    Everything is counted in words. `gaps[i]` is what stands before the word i, in few forms;
    `run_at` and `name_at` hold the index of a word's quoted run or name, or OUTSIDE; `run_firsts`
    are the first words of the runs, `edges` those of the sentences and, last, the number of words;
    `breaks` are the gaps that are more than a space, `commas` and `colons` those that hold one.
    """

    __slots__ = (
        "breaks",
        "colons",
        "commas",
        "edges",
        "ends",
        "gaps",
        "lower",
        "name_at",
        "names",
        "openings",
        "run_at",
        "run_firsts",
        "run_words",
        "runs",
        "size",
        "spoken",
        "starts",
        "text",
        "words",
    )

    def __init__(self, text: str, sentences: Sequence[Sentence], names: Sequence[Name]) -> None:
        self.text = text
        self.words, gaps, self.starts, self.ends, self.lower = tokenise(text)
        self.size = len(self.words)
        self.gaps = gaps.copy()
        self.breaks = [index for index, gap in enumerate(gaps) if gap != " "]
        for index in self.breaks:
            self.gaps[index] = _gap(gaps[index])
        self.commas = [index for index in self.breaks if "," in self.gaps[index]]
        self.colons = [index for index in self.breaks if ":" in self.gaps[index]]
        self.runs: list[Run] = runs(text)
        self.run_words = [(self.at(run.start), self.at(run.end)) for run in self.runs]
        self.run_firsts = [first for first, _ in self.run_words]
        self._double_marks()
        self.run_at = self._spread(self.run_words)
        self.names = names
        self.name_at = self._spread([self._words_of(name) for name in names])
        self.edges = self._edges(sentences)
        self.openings = frozenset(self.edges)
        self.spoken = self._spoken()

    def _double_marks(self) -> None:
        """Let ‘ and ’ that bound a run look like “ and ” in the gaps beside it."""
        for run, (first, end) in zip(self.runs, self.run_words, strict=True):
            if self.text[run.left] == "‘":
                self.gaps[first] = self.gaps[first].replace("'", '"')
                self.gaps[end] = self.gaps[end].replace("'", '"')

    def _spoken(self) -> dict[str, int]:
        """Return who speaks here: how often, up to 3, each word stands beside one of saying."""
        lower, gaps, name_at = self.lower, self.gaps, self.name_at
        found: dict[str, int] = {}

        def count(word: str) -> None:
            found[word] = min(found.get(word, 0) + 1, _OFTEN)

        for index in [index for index, word in enumerate(lower) if word in _SAYING]:
            if gaps[index] == " ":
                count(lower[index - 1])
            after = index + 1
            while gaps[after] == " " and after < self.size and name_at[after] != OUTSIDE:
                after += 1
            if after > index + 1:
                count(lower[after - 1])
        return found

    def is_broken(self, one: int, other: int) -> bool:
        """Whether anything but spaces is between the words `one` and `other`."""
        at = bisect_right(self.breaks, one)
        return at < len(self.breaks) and self.breaks[at] <= other

    def at(self, offset: int) -> int:
        """Return the first word that starts at or after a code-point offset."""
        return bisect_left(self.starts, offset)

    def sentence(self, word: int) -> tuple[int, int]:
        """Return the first word of the sentence of `word`, and the first after it."""
        index = bisect_right(self.edges, word)
        return self.edges[index - 1], self.edges[index]

    def first_run(self, word: int) -> int:
        """Return the first quoted run that ends after `word`."""
        run = bisect_left(self.run_firsts, word)
        return run - 1 if run and self.run_words[run - 1][1] > word else run

    def has_run(self, first: int, last: int) -> bool:
        """Whether any of the words from `first` to `last` are in marks."""
        run = self.first_run(first)
        return run < len(self.runs) and self.run_firsts[run] < last

    def _words_of(self, name: Name) -> tuple[int, int]:
        begin = bisect_left(self.starts, name.start)
        return begin, bisect_left(self.starts, name.end, begin)

    def _spread(self, ranges: Iterable[tuple[int, int]]) -> list[int]:
        at = [OUTSIDE] * self.size
        for index, (begin, end) in enumerate(ranges):
            at[begin:end] = [index] * (end - begin)
        return at

    def _edges(self, sentences: Sequence[Sentence]) -> list[int]:
        """Return the first word of each sentence, and the number of words.

        A question in marks and the words after it are one sentence ("Why?" Ann Lee asked), and so
        are a colon and the quotation that follows it, on its line or the next.
        """
        edges: list[int] = []
        for sentence in sentences:
            first = self.at(sentence.start)
            if first < self.size and (not edges or edges[-1] < first):
                goes_on = self.gaps[first] in _GOES_ON
                if not (edges and goes_on):
                    edges.append(first)
        if self.size and not edges:
            edges.append(0)
        edges.append(self.size)
        return edges


@lru_cache(maxsize=4096)
def _gap(gap: str) -> str:
    """Return what stands between two words in few forms: straight marks, one space or line end."""
    marks = "".join(gap.translate(_STRAIGHT).replace("''", '"').replace("``", '"').split())
    if marks == ".,":
        marks = ","  # after "a.m." or "Inc."
    if "\n" in gap and ":" not in marks:
        marks = "\n" + marks
    return marks[:6] or " "
